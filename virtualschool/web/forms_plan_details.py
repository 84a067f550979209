"""Forms of what is filled in beside the words of a plan: a field for each column of the files of plans."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from virtualschool.plans.layout import Column, PlanTable
from virtualschool.web import plan_details
from virtualschool.web.forms_plans import a_day, choice

BLANK_LINES = 2


def field_of(column: Column, label: str = "") -> forms.Field:
    """The field of a column by its type. Nothing is required: what is left blank was left blank."""
    label = label or plan_details.words(column.name)
    if column.type == "date":
        return a_day(label, help_text="")
    if column.type == "yesno":
        return choice(label, {"yes": "Yes", "no": "No"})
    if column.type in ("whole", "number", "money"):
        places = {"whole": 0, "number": 1, "money": 2}[column.type]
        wrong = {"invalid": f"Write a number: {label.lower()}.", "max_decimal_places": f"Write it with {places} decimals at most."}
        return forms.DecimalField(
            label=label, required=False, min_value=0, max_value=1_000_000, decimal_places=places, error_messages=wrong
        )
    if column.values:
        return choice(label, {value: value.replace("_", " ").capitalize() for value in column.values})
    return forms.CharField(label=label, required=False, max_length=1_000)


def kept(column: Column, value: Any) -> Any:
    """What a field says as our table keeps it: days as 2026-03-31, money in pence; None where it was left blank."""
    if value in ("", None):
        return None
    if column.type == "date":
        return value.isoformat()
    if column.type == "yesno":
        return value == "yes"
    if column.type == "money":
        return int(value * 100)
    if column.type == "whole":
        return int(value)
    return str(value.normalize()) if isinstance(value, Decimal) else value


def shown(column: Column, value: Any) -> Any:
    """What our table keeps as the initial value of a field."""
    if value is None:
        return ""
    if column.type == "yesno":
        return "yes" if value else "no"
    if column.type == "date":
        year, month, day = str(value).split("-")
        return f"{day}/{month}/{year}"
    return f"{Decimal(value) / 100:.2f}" if column.type == "money" else value


class DetailsForm(forms.Form):
    def __init__(self, columns: Sequence[Column], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.columns = columns
        for column in columns:
            self.fields[column.name] = field_of(column)

    def told(self) -> dict[str, Any]:
        return {column.name: kept(column, self.cleaned_data[column.name]) for column in self.columns}


class ListForm(forms.Form):
    """A line for each row of a table, and some blank ones; an empty line is none."""

    def __init__(self, table: PlanTable, rows: list[dict[str, Any]], *arguments: Any, **named: Any) -> None:
        aside = plan_details.from_files(table.name)
        self.columns = [column for column in table.columns if column.name not in ("plan", *aside)]
        self.untouched = [{name: row[name] for name in aside if row.get(name) is not None} for row in rows]
        self.needed = {column.name for column in self.columns if column.required or column.name in table.needs}
        self.count = len(rows) + BLANK_LINES
        initial = {
            f"{column.name}-{number}": shown(column, row.get(column.name)) for number, row in enumerate(rows) for column in self.columns
        }
        super().__init__(*arguments, initial=initial, **named)
        for number in range(self.count):
            for column in self.columns:
                field = field_of(column, plan_details.words(column.name))
                field.widget.attrs["aria-label"] = f"{plan_details.words(column.name)}, line {number + 1}"
                self.fields[f"{column.name}-{number}"] = field

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {"number": number + 1, "cells": [self[f"{column.name}-{number}"] for column in self.columns]} for number in range(self.count)
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in range(self.count):
            line = {column.name: said.get(f"{column.name}-{number}") for column in self.columns}
            if any(value not in ("", None) for value in line.values()):
                for column in self.columns:
                    if column.name in self.needed and line[column.name] in ("", None) and f"{column.name}-{number}" not in self.errors:
                        self.add_error(f"{column.name}-{number}", f"Fill in, line {number + 1}: {plan_details.words(column.name).lower()}.")
        return said

    def told(self) -> list[dict[str, Any]]:
        made = []
        for number in range(self.count):
            line = {column.name: kept(column, self.cleaned_data.get(f"{column.name}-{number}")) for column in self.columns}
            if any(value is not None for value in line.values()):
                made.append({**line, **(self.untouched[number] if number < len(self.untouched) else {})})
        return made

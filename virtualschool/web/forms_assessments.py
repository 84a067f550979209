"""Forms of teachers' assessments: a line for each subject of a child, or for each child of a class."""

from typing import Any

from django import forms

from virtualschool.web.actions.assessments import FIELDS

TRACK = [("", "Not told"), ("yes", "On track"), ("no", "Not on track")]
LABELS = {
    "result": "Now",
    "baseline_phase": "At the start of the phase",
    "from_phase": "From there",
    "baseline_entry": "On coming into care",
    "from_entry": "From there",
    "why_not": "Why it cannot be told",
}


class LinesForm(forms.Form):
    """A field `<name>-<line>` for each line and column. `lines` are (number, words)."""

    def __init__(self, lines: list[tuple[int, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.lines = lines
        for number, words in lines:
            for name, label in LABELS.items():
                told = {"required": False, "label": f"{label}: {words}"}
                if name.startswith("from_"):
                    field: forms.Field = forms.ChoiceField(choices=TRACK, **told)
                else:
                    field = forms.CharField(max_length=200 if name == "why_not" else 100, **told)
                field.widget.attrs["aria-label"] = f"{words}: {label.lower()}"
                self.fields[f"{name}-{number}"] = field

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each line with its fields, in the order of the columns."""
        return [{"number": number, "words": words, "cells": [self[f"{name}-{number}"] for name in LABELS]} for number, words in self.lines]

    def said(self, number: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in LABELS:
            value = self.cleaned_data.get(f"{name}-{number}", "")
            values[name] = {"yes": True, "no": False}.get(value) if name.startswith("from_") else value.strip()
        return values


def initial_of(number: int, one: Any, *, only_baselines: bool = False) -> dict[str, Any]:
    """What an assessment says as the initial values of a line; of an earlier term only where the child began."""
    names = [name for name in FIELDS if name in LABELS and (not only_baselines or name.startswith("baseline"))]
    made = {}
    for name in names:
        value = getattr(one, name)
        made[f"{name}-{number}"] = {True: "yes", False: "no", None: ""}[value] if name.startswith("from_") else value
    return made

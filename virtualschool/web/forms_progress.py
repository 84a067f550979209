"""Forms of a child's progress, made from the definitions of what is recorded. Words are taken exactly as they were written."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms

from virtualschool.plans.progress_ways import LONGEST, Field, Kind, values_of
from virtualschool.web import clock, roles
from virtualschool.web.actions.progress import SHARED_WITH
from virtualschool.web.forms_plans import a_day, words

FEW = 5
"""So many answers are shown as buttons, more as a list."""


class RecordForm(forms.Form):
    """The questions of one kind of record. `goals` are the numbers and words of the child's goals, where one is asked for; with
    `corrects` it asks why."""

    def __init__(self, kind: Kind, *arguments: Any, goals: Iterable[tuple[str, str]] = (), corrects: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.kind = kind
        for one in kind.fields:
            self.fields[one.name] = _field(one)
        if kind.name == "goal_rating":
            self.fields["number"] = _choice("Which goal?", dict(goals), needed=True)
        if corrects:
            self.fields["why_changed"] = words("Why is it changed?", needed=True, rows=0, longest=300)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        _, wrong = values_of(self.kind, {name: value for name, value in said.items() if name not in self.errors}, clock.today())
        for one in wrong:
            if one.field not in self.errors:
                field = self.kind.field(one.field)
                self.add_error(one.field, f"{field.ask.rstrip('?')}: {one.wrong} {one.do}")
        return said

    @property
    def answers(self) -> dict[str, Any]:
        return {one.name: self.cleaned_data.get(one.name) for one in self.kind.fields}


def initial_of(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """Kept values as a form takes them."""
    return {
        one.name: datetime.date.fromisoformat(values[one.name]) if one.type == "date" else values[one.name]
        for one in kind.fields
        if values.get(one.name) not in (None, "")
    }


def _field(one: Field) -> forms.Field:
    label = one.ask if one.needed else f"{one.ask} (optional)"
    if one.values is not None:
        return _choice(label, dict(one.values), needed=one.needed)
    if one.type == "date":
        return a_day(label, needed=one.needed)
    if one.type == "whole":
        return forms.IntegerField(
            label=label,
            required=one.needed,
            min_value=one.least,
            max_value=one.most,
            error_messages={
                "required": f"Give a number: {one.ask.lower()}.",
                "invalid": "Write the number in digits, such as 12.",
                "min_value": "Give at least %(limit_value)s.",
                "max_value": "Give at most %(limit_value)s.",
            },
        )
    return words(label, needed=one.needed, rows=3 if one.type == "words" else 0, longest=LONGEST[one.type], help_text=one.hint)


def _choice(label: str, values: dict[str, str], *, needed: bool) -> forms.ChoiceField:
    few = len(values) <= FEW
    listed = [*values.items()] if few and needed else [("", "Not said" if few else "Choose one" if needed else "Not said"), *values.items()]
    return forms.ChoiceField(
        label=label,
        choices=listed,
        required=needed,
        widget=forms.RadioSelect if few else forms.Select,
        error_messages={"required": f"Choose one: {label.lower().rstrip('?')}.", "invalid_choice": "Choose one of the list."},
    )


class WithdrawForm(forms.Form):
    why = words("Why is it taken back?", needed=True, rows=0, longest=300)


class ShareForm(forms.Form):
    """A decision about a record that stays in the home."""

    roles = forms.MultipleChoiceField(
        label="Who may see it?",
        required=False,
        help_text="Tick nobody to record that it was decided not to share it.",
        widget=forms.CheckboxSelectMultiple,
    )
    why = words(
        "Why?",
        needed=True,
        rows=3,
        longest=1_000,
        help_text="What it is needed for, and what the child thinks of it. Do not repeat the record.",
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["roles"].choices = [(name, roles.roles()[name].words) for name in SHARED_WITH]  # type: ignore[attr-defined]


class DocumentForm(forms.Form):
    document = forms.FileField(
        label="The filled document",
        help_text="A Word document (docx) that was downloaded here. Up to 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "Choose the document.", "empty": "The document is empty. Choose another."},
    )

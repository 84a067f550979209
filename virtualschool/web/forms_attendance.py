"""Forms of attendance within the term."""

from typing import Any

from django import forms

from virtualschool.outcomes.marks_watched import THRESHOLDS
from virtualschool.web.forms_plans import a_day, choice, words
from virtualschool.web.models.attendance import CASES, OUTCOMES, STEPS, TOLD_BY
from virtualschool.web.views.casework import OwnedForm


class MarksFileForm(forms.Form):
    file = forms.FileField(
        label="The file",
        help_text="A CSV with a row a day or a row a week for each child. Up to 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another."},
    )


class ThresholdsForm(forms.Form):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, one in THRESHOLDS.items():
            self.fields[name] = forms.IntegerField(
                label=one.words,
                min_value=one.least,
                max_value=one.most,
                help_text=f"{one.unit.capitalize()}, {one.least} to {one.most}. As it comes: {one.value}.",
                error_messages={"required": "Give a number.", "invalid": "Write a whole number."},
            )


class OpenCaseForm(OwnedForm):
    kind = choice("Kind", CASES, needed=True)
    why = words("Why", needed=True, rows=4, longest=4_000, help_text="The facts that led to it.")
    aim = words("What is to be different", needed=True, rows=0, longest=300, help_text="And how that will be seen.")
    due = a_day("Review", needed=True)


class StepForm(forms.Form):
    day = a_day("Day", needed=True)
    what = choice("What was done", STEPS, needed=True)
    note = words("Note", needed=True, rows=4, longest=4_000)
    review = a_day("Next review")


class CloseCaseForm(forms.Form):
    outcome = choice("What came of it", OUTCOMES, needed=True)
    learned = words("What changed, and by what that is known", needed=True, rows=4, longest=4_000)


class MissingForm(forms.Form):
    since = a_day("Missing since", needed=True)
    told_by = choice("Told by", TOLD_BY, needed=True)


class FoundForm(forms.Form):
    ended = a_day("Found on", needed=True)

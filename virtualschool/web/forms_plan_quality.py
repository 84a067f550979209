"""Forms of a plan's quality: a mark, the grade, a sample, a second mark, and the authority's settings."""

from typing import Any

from django import forms

from virtualschool.plans.profiles import Profile
from virtualschool.plans.rules import Settings
from virtualschool.web.forms_plans import choice, words
from virtualschool.web.models.plan_quality import MARKS

LIMITS = {
    "initiate_working_days": "First plan begun, working days after the placement began",
    "first_review_working_days": "First plan ready, working days after coming into care",
    "change_of_school_working_days": "New plan after a change of school, working days",
    "document_working_days": "Document complete after the meeting, working days",
    "min_targets": "Targets at least",
    "max_targets": "Targets at most",
    "attendance_action_below": "Attendance below which there is a step, percent",
    "attendance_reviewed_below": "Attendance below which the Virtual School looks, percent",
    "sdq_concern_score": "SDQ score of concern, from",
    "reduced_timetable_weeks": "Reduced timetable at most, weeks",
    "carer_words": "Words of the carer at least",
}
"""The limits that an authority sets itself, in its words."""


class MarkForm(forms.Form):
    mark = choice("Your own mark", MARKS, none="None: the program's stands")
    why = words("Why", rows=2, longest=1_000)


class GradeForm(forms.Form):
    reason = words("Why, where it differs from what is suggested", rows=2, longest=2_000)
    feedback = words("Feedback to school and social worker", rows=3, longest=4_000)

    def __init__(self, profile: Profile, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["grade"] = choice("Your grade", {grade: grade.capitalize() for grade in profile.grades}, needed=True)
        self.order_fields(["grade", "reason", "feedback"])


class SecondForm(forms.Form):
    def __init__(self, profile: Profile, *arguments: Any, label: str = "Your grade", **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["grade"] = choice(label, {grade: grade.capitalize() for grade in profile.grades}, needed=True)
        self.fields["reason"] = words("Why", needed=True, rows=3, longest=2_000)


def whole(label: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    wrong = {"required": f"Give a number: {label.lower()}.", "invalid": "Write it in digits, such as 10."}
    bounds = {"min_value": f"Write {least} or more.", "max_value": f"Write {most} or less."}
    return forms.IntegerField(label=label, min_value=least, max_value=most, error_messages=wrong | bounds, **more)


class SampleForm(forms.Form):
    share = whole("Percent of the graded plans", 1, 100, initial=10)
    least = whole("At least so many of each reviewer", 0, 50, initial=3)
    seed = whole("Seed", 0, 999_999, initial=1, help_text="Any number: the same one draws the same plans again.")


class SettingForm(forms.Form):
    own_profiles = words(
        "Profiles of your own",
        rows=8,
        longest=20_000,
        help_text="In the layout of the reference, Rules of a plan's quality. Leave empty for none.",
    )

    def __init__(self, profiles: dict[str, Profile], limits: Settings, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # One that stands in the text below may be chosen by its name at once.
        shown = {name: f"{one.title} ({name}, version {one.version})" for name, one in profiles.items()}
        self.fields["profile"] = choice("Grading profile", shown, needed=True)
        for name, label in LIMITS.items():
            self.fields[name] = whole(label, 0, 400, initial=getattr(limits, name))
        self.order_fields(["profile", "own_profiles", *LIMITS])

    @property
    def limits(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in LIMITS}

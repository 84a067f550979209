"""Forms of self-evaluation and of the action plan."""

from typing import Any

from django import forms

from virtualschool import measures
from virtualschool.frameworks import Framework, evaluation
from virtualschool.frameworks.action_plan import OPEN
from virtualschool.frameworks.indicators import EVIDENCE, INDICATORS
from virtualschool.web.actions.evaluation import members
from virtualschool.web.models import Membership
from virtualschool.web.models.action_plan import STATES
from virtualschool.web.models.evaluation import SIDES, WEIGHTS
from virtualschool.web.views.casework import a_day, choice
from virtualschool.web.views.casework import words as text

NO_CHILD = "Name no child, and nothing by which somebody could know one."
MOST_MILESTONES = 5


class OwnedForm(forms.Form):
    """A form with a person to choose among those who may own a criterion or an action."""

    owner_label, owner_needed = "Who answers for it", False

    def __init__(self, *arguments: Any, la: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.members: dict[str, Membership] = {str(one.pk): one for one in members(la)}
        choices = {key: f"{one.person}, {one.get_role_display()}" for key, one in self.members.items()}
        self.fields["owner"] = choice(self.owner_label, choices, needed=self.owner_needed)

    def clean_owner(self):
        return self.members.get(self.cleaned_data["owner"])


class OwnerForm(OwnedForm):
    pass


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(
        label="What it is",
        choices=[(evaluation.DOCUMENT, "A document or note"), (evaluation.VOICE, "What children said")],
        initial=evaluation.DOCUMENT,
        widget=forms.RadioSelect,
    )
    words = text("What it shows", 4_000, area=True, help_text=NO_CHILD)
    document = choice("Kind of document", EVIDENCE, needed=False)
    where = text("Where it is kept", 500, needed=False, help_text="An address, or where it is filed.")
    dated = a_day("Date of the document", needed=False)

    def clean(self):
        said = super().clean()
        if said.get("kind") == evaluation.DOCUMENT and not said.get("document") and "document" not in self.errors:
            self.add_error("document", "Choose one: kind of document.")
        if said.get("kind") == evaluation.VOICE:
            said["document"] = ""
        return said


class FindingForm(forms.Form):
    side = forms.ChoiceField(
        label="Strength or gap", choices=SIDES.items(), widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )
    words = text("What was found", 2_000, area=True, help_text=NO_CHILD)
    weight = forms.ChoiceField(
        label="How much it weighs",
        choices=WEIGHTS.items(),
        widget=forms.RadioSelect,
        help_text="Your judgement; it is kept with your name.",
        error_messages={"required": "Say how much it weighs."},
    )
    action = text(
        "What is done about it", 2_000, needed=False, area=True, help_text="For a gap. Actions with an owner and a date go into the plan."
    )


class TakeBackForm(forms.Form):
    why = text("Why it is taken back", 500)


class GradeForm(forms.Form):
    """Every grade of the framework; those that a must rule forbids say so."""

    def __init__(self, *arguments: Any, framework: Framework, permitted: list[str], may_override: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        labels = {
            grade: label if grade in permitted else f"{label}: not permitted by a rule"
            for grade, label in reversed(list(framework.grades.items()))
        }
        self.fields["grade"] = forms.ChoiceField(
            label="Grade", choices=labels.items(), widget=forms.RadioSelect, error_messages={"required": "Choose a grade."}
        )
        self.fields["reason"] = text(
            "Reason", 4_000, area=True, help_text="Why this grade fits the evidence best. Where something warns of it, answer that here."
        )
        if may_override and len(permitted) < len(framework.grades):
            self.fields["override"] = text(
                "Why a rule is overridden",
                2_000,
                needed=False,
                area=True,
                help_text="Only for a grade that is not permitted. It is kept with your name.",
            )


class RecommendationForm(OwnedForm):
    about = choice("What it is about", {})
    words = text("What is asked", 2_000, area=True, help_text=NO_CHILD)
    source = text("Where it was written", 300, help_text="For example, inspection report of 3 June 2024, recommendation 2.")
    required = forms.BooleanField(label="It is a required action", required=False)
    made_on = a_day("Made on")
    due = a_day("Due")
    done = a_day("Done on", needed=False, help_text="Only when it is done.")
    outcome = text("What was done, and how that is known", 2_000, needed=False, area=True)

    def __init__(self, *arguments: Any, places: dict[str, str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["about"] = choice("What it is about", places)
        self.order_fields(["about", "words", "source", "required", "made_on", "due", "owner", "done", "outcome"])


class CarryForm(forms.Form):
    def __init__(self, *arguments: Any, frameworks: dict[str, str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["old"] = choice("From", frameworks)
        self.fields["new"] = choice("To", frameworks)


class ListForm(forms.Form):
    """One file, a CSV or Excel list."""

    file = forms.FileField(label="File", help_text="CSV or Excel.", error_messages={"required": "Choose a file."})


# --- The action plan ---


class ActionForm(OwnedForm):
    owner_label, owner_needed = "Lead", True
    year = forms.IntegerField(
        label="School year", min_value=2000, max_value=2100, help_text="The year in which it ends: 2027 for 2026/27.",
        error_messages={"required": "Give the school year."},
    )  # fmt: skip
    priority = text("Priority", 200, help_text="Actions with the same priority stand together.")
    words = text("Action", 2_000, area=True, help_text=NO_CHILD)
    support = text("Who helps", 300, needed=False)
    start = a_day("First day", needed=False)
    due = a_day("Due")
    criteria = forms.MultipleChoiceField(label="Criteria that it answers", error_messages={"required": "Choose at least one criterion."})
    measure = choice("Measure that is to move", {}, needed=False)
    target = forms.DecimalField(
        label="Target", required=False, max_digits=10, decimal_places=3, help_text="As the figure is published: 24.5, or 34 for 34%."
    )
    target_year = forms.IntegerField(
        label="Target year", required=False, min_value=2000, max_value=2100, help_text="The year whose figure is to meet it."
    )
    baseline = forms.DecimalField(
        label="Baseline",
        required=False,
        max_digits=10,
        decimal_places=3,
        help_text="Where it stood. Left empty, the newest figure is taken.",
    )
    baseline_year = forms.IntegerField(label="Baseline year", required=False, min_value=2000, max_value=2100)
    indicators = choice("Indicator from elsewhere", {}, needed=False)
    success = text(
        "How it will be known that it worked", 2_000, needed=False, area=True, help_text="In words, for what no measure can say."
    )
    resource = text("Resource and cost", 300, needed=False)
    risk = text("Risk", 500, needed=False)
    board = text("Reported to", 200, needed=False)
    status = choice("Status", STATES)
    impact = text("What changed for children", 4_000, needed=False, area=True, help_text=f"Needed to call it done. {NO_CHILD}")
    evidence = text("How that is known", 4_000, needed=False, area=True, help_text="Needed to call it done.")
    note = text("Reason", 2_000, needed=False, area=True, help_text="Needed where it is dropped.")

    def __init__(self, *arguments: Any, places: dict[str, str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["criteria"].widget = forms.SelectMultiple(attrs={"size": 8})
        self.fields["criteria"].choices = list(places.items())  # type: ignore[attr-defined]
        self.fields["criteria"].help_text = "Hold Ctrl (or Cmd) to choose several."
        chosen = {name: one.title for name, one in measures.ALL.items() if one.better != "neither" and not one.awaits}
        self.fields["measure"] = choice("Measure that is to move", chosen, needed=False)
        self.fields["indicators"] = choice(
            "Indicator from elsewhere", {name: one.title for name, one in INDICATORS.items() if not one.measures}, needed=False
        )
        self.fields["status"] = choice("Status", {name: label for name, label in STATES.items() if name != "carried forward"})
        self.fields["status"].initial = OPEN
        for number in range(1, MOST_MILESTONES + 1):
            self.fields[f"milestone_{number}"] = text(f"Milestone {number}", 300, needed=False)
            self.fields[f"milestone_{number}_due"] = a_day(f"Milestone {number}, due", needed=False, help_text="")
        miles = [name for number in range(1, MOST_MILESTONES + 1) for name in (f"milestone_{number}", f"milestone_{number}_due")]
        self.order_fields(
            ["year", "priority", "words", "owner", "support", "start", "due", "criteria", "measure", "target", "target_year", "baseline",
             "baseline_year", "indicators", "success", *miles, "resource", "risk", "board", "status", "impact", "evidence", "note"]
        )  # fmt: skip

    def clean(self):
        said = super().clean()
        for number in range(1, MOST_MILESTONES + 1):
            if bool(said.get(f"milestone_{number}")) != bool(said.get(f"milestone_{number}_due")):
                self.add_error(f"milestone_{number}", f"Milestone {number} needs both words and a day, or neither.")
        return said

    def milestones(self, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The milestones of the form; one whose words stay keeps the day on which it was reached."""
        reached = {one["words"]: one.get("done") for one in before}
        said = self.cleaned_data
        return [
            {"words": wanted, "due": said[f"milestone_{number}_due"].isoformat(), "done": reached.get(wanted)}
            for number in range(1, MOST_MILESTONES + 1)
            if (wanted := said.get(f"milestone_{number}"))
        ]


class CarryForwardForm(forms.Form):
    year = forms.IntegerField(label="To the plan of", min_value=2000, max_value=2100, help_text="The year in which it ends.")
    why = text("Why it is carried forward", 500)


class PassOverForm(forms.Form):
    why = text("Why it is not taken on", 500)


class PlanFileForm(OwnedForm):
    owner_label, owner_needed = "Who answers for actions whose lead has no account here", True
    file = forms.FileField(label="File", help_text="A plan as CSV or JSON.", error_messages={"required": "Choose a file."})

"""Forms of the premium. Money is written in pounds and kept in pence."""

from typing import Any

from django import forms

from virtualschool.plans.cells import amount
from virtualschool.plans.premium import purposes
from virtualschool.web.children import Child
from virtualschool.web.forms_plans import a_day, choice, words
from virtualschool.web.models.premium import RESULTS, STRANDS, WHERE


class MoneyField(forms.CharField):
    """Pounds as a person writes them, as whole pence; None where it is empty."""

    def __init__(self, label: str, *, needed: bool = True, below: bool = False, **more: Any) -> None:
        self.below = below
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"})
        errors = {"required": f"Give an amount: {label.lower()}."}
        super().__init__(
            label=label, required=needed, widget=widget, error_messages=errors, **{"help_text": "Pounds, such as 550.00.", **more}
        )

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).strip()
        if not text:
            return None
        pence = amount(text.removeprefix("£"), "money")
        if pence is None or (pence < 0 and not self.below):
            raise forms.ValidationError("Write an amount in pounds, such as 550 or 550.00.")
        return int(pence)


def purposes_of() -> dict[str, str]:
    return {name: one.words for name, one in purposes().items()}


class AskForm(forms.Form):
    target = choice("Target of the plan that it helps", {}, needed=True)
    purpose = choice("What it is for", {}, needed=True)
    what = words(
        "What is to be bought",
        needed=True,
        rows=0,
        longest=300,
        help_text="By whom, how often and how long. For example: tutor, one hour a week for twelve weeks.",
    )
    pence = MoneyField("What it costs")
    strand = choice("Which money", STRANDS, needed=True)
    baseline = words("Where the child is now", needed=True, rows=0, longest=300, help_text="The value from which progress is measured.")
    measure = words("How you will know whether it helped", needed=True, rows=0, longest=300)
    child_said = words("What the child says about it", rows=3, longest=2_000)

    def __init__(self, targets: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["target"].choices = [("", "Choose one"), *targets]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = [("", "Choose one"), *purposes_of().items()]  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    why = words("Why it is declined", needed=True, rows=3, longest=2_000, help_text="The school reads this.")


class PayForm(forms.Form):
    on = a_day("Paid on", needed=True)
    reference = words("Reference in the finance system", needed=True, rows=0, longest=60)
    where = choice("Where the money went", WHERE, needed=True)


class EffectForm(forms.Form):
    baseline = words("Value at the start", needed=True, rows=0, longest=300)
    measure = words("How it is measured", needed=True, rows=0, longest=300)
    end_value = words("Value now", rows=0, longest=300)
    result = choice("Did it reach what was hoped for?", RESULTS, needed=True, help_text="That it cannot be told is an answer.")
    child_said = words("What the child says", rows=3, longest=2_000)
    teacher_said = words("What the teacher says", rows=3, longest=2_000)
    carer_said = words("What the carer says", rows=3, longest=2_000)
    next_step = words("What happens next", needed=True, rows=0, longest=300, help_text="Go on, change it, or stop: and why.")


class ChildrenField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class LineForm(forms.Form):
    on = a_day("Paid on", needed=True)
    reference = words("Reference in the finance system", needed=True, rows=0, longest=60)
    pence = MoneyField("Amount")
    strand = choice("Which money", STRANDS, needed=True)
    where = choice("Where the money went", WHERE, needed=True)
    programme = choice(
        "Programme", {}, none="None", help_text="The cost is shared over the children who take part on the day of the payment."
    )
    purpose = choice("What it is for", {}, none="The programme's")
    what = words("What was bought", rows=0, longest=300)
    children = forms.CharField(
        label="Children",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Identifiers of the return, one on a line. Leave it empty for a programme, or for a cohort.",
    )
    cohort = words("Cohort", rows=0, longest=300, help_text="Where it is for no child by name: for which group, and what it needs.")
    target = words("Target of the plan", rows=0, longest=300)
    school = words("School", rows=0, longest=6, help_text="Its URN, six digits. Leave it empty where it went to none.")

    def __init__(self, programmes: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["programme"].choices = [("", "None"), *programmes]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = [("", "The programme's"), *purposes_of().items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("programme") and not said.get("purpose"):
            self.add_error("purpose", "Choose what it is for.")
        return said


class TakeBackForm(forms.Form):
    pence = MoneyField("Amount that came back")
    on = a_day("Day", needed=True)
    reference = words("Reference in the finance system", needed=True, rows=0, longest=60)
    why = words("Why", needed=True, rows=0, longest=300)


class GrantForm(forms.Form):
    financial_year = words("Financial year", needed=True, rows=0, longest=7, help_text="Such as 2025-26, from April to March.")
    strand = choice("Which money", STRANDS, needed=True)
    pence_a_child = MoneyField("Rate a child", needed=False, help_text="Pounds. Leave it empty for the published rate, where there is one.")
    provisional_children = forms.IntegerField(label="Children of the provisional allocation", required=False, min_value=0, max_value=20_000)
    final_children = forms.IntegerField(label="Children of the final allocation", required=False, min_value=0, max_value=20_000)
    provisional_pence = MoneyField("Whole amount, provisional", needed=False, help_text="For money that follows no count of children.")
    final_pence = MoneyField("Whole amount, final", needed=False)
    planned = MoneyField(
        "Planned besides", needed=False, help_text="What will be spent by 31 March besides what is approved: for the forecast."
    )
    note = words("Note", rows=0, longest=300)


class PolicyForm(forms.Form):
    policy = words("The policy", needed=True, rows=12, longest=20_000, help_text="What the premium is for, who decides, and by what.")
    devolved = forms.IntegerField(
        label="Percent that goes to schools",
        min_value=0,
        max_value=100,
        help_text="Of the premium for looked-after children; the rest is held centrally. A whole number.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={
            "required": "Give the percent that goes to schools.",
            "invalid": "Write a whole number, such as 80.",
            "min_value": "Write a number from 0 to 100.",
            "max_value": "Write a number from 0 to 100.",
        },
    )
    kept_for = words("What the share that is kept pays for", rows=4, longest=4_000, help_text="One thing on a line.")
    how_to_ask = words(
        "How schools ask", needed=True, rows=6, longest=8_000, help_text="Where, what to say, by when, and how soon they hear."
    )
    place = forms.URLField(
        label="Address on the authority’s own pages",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="Where everybody reads it, if it stands there already.",
        error_messages={"invalid": "Write a whole address, such as https://www.example.org/policy."},
    )
    approved_by = words("Approved by", needed=True, rows=0, longest=200, help_text="A body or a role, such as the governing board.")
    approved_on = a_day("Approved on", needed=True)
    review_on = a_day("Review by", needed=True)


class ProgrammeForm(forms.Form):
    name = words("Name", needed=True, rows=0, longest=200)
    purpose = choice("What it is for", {}, needed=True)
    approach = words("What is done, by whom and how often", needed=True, rows=0, longest=300)
    provider = words("Provider", rows=0, longest=200)
    stop_when = words("What would make us stop", rows=0, longest=300)
    starts = a_day("First day", needed=True)
    ends = a_day("Last day")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["purpose"].choices = [("", "Choose one"), *purposes_of().items()]  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    starts = a_day("From", needed=True)
    children = ChildrenField(label="Children", required=True, error_messages={"required": "Choose one child or more."})

    def __init__(self, found: list[Child], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["children"].choices = [(one.token, one.name) for one in found]  # type: ignore[attr-defined]


class PaymentsFileForm(forms.Form):
    file = forms.FileField(
        label="The file",
        help_text="A CSV of payments, or of references and amounts out of the finance system. Up to 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another."},
    )

"""Forms of education plans. Words are taken exactly as they were written."""

from typing import Any

from django import forms

from virtualschool.web.models.plans import CATEGORIES, HEADLINES, KINDS, OUTCOMES, PARTICIPATION, PARTS, ROLES, TERMS
from virtualschool.web.plan_sections import Section

DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y")
LONGEST = 8_000
PEOPLE = ("child", "social_worker", "designated_teacher", "carer", "parent", "virtual_school", "reviewing_officer")


def a_day(label: str, *, needed: bool = False, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=needed,
        input_formats=DAYS,
        widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages={"required": f"Give a day: {label.lower()}.", "invalid": "Write the day as 20/04/2026."},
        **{"help_text": "For example, 20/04/2026.", **more},
    )


def words(label: str, *, needed: bool = False, rows: int = 4, longest: int = LONGEST, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=needed,
        max_length=longest,
        strip=False,
        widget=forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(),
        error_messages={"required": f"Fill in: {label.lower()}.", "max_length": f"Write up to {longest:,} characters."},
        **more,
    )


def choice(label: str, values: dict[str, str], *, needed: bool = False, none: str = "Not said", **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "Choose one" if needed else none), *values.items()],
        required=needed,
        error_messages={"required": f"Choose one: {label.lower()}.", "invalid_choice": "Choose one of the list."},
        **more,
    )


class SectionForm(forms.Form):
    """The questions of one section. `seen` is the newest text when the form was made, so that nobody writes over another unseen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, section: Section, kind: str, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.section = section
        for asked in section.asked(kind):
            self.fields[asked.name] = words(asked.question, help_text=asked.hint)
        if section.name == "child":
            self.fields["not_today"] = forms.BooleanField(label="I do not want to say anything today", required=False)
        if section.school_if_allowed:
            told = "My school may read this" if section.name == "child" else "The school may read this"
            self.fields["school_may_read"] = forms.BooleanField(label=told, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.section.name == "child" and said.get("not_today") and any(said.get(one, "").strip() for one in self.answers(said)):
            self.add_error("not_today", "You have written something too. Take the tick out to keep it, or take the words out.")
        return said

    def answers(self, said: dict[str, Any]) -> dict[str, str]:
        return {name: value for name, value in said.items() if name not in ("seen", "not_today", "school_may_read")}


class TargetForm(forms.Form):
    text = words("What will the child do?", needed=True, rows=3, help_text="What will be seen: a skill, knowledge or behaviour.")
    baseline = words("Where is the child now?", rows=2, help_text="In the same measure, with its date.")
    measure = words("How will you know, and how much is success?", rows=2, help_text="Such as 8 of 10, or on four days a week.")
    due = a_day("By when?")
    owner = words("Who sees to it?", rows=0, longest=200, help_text="One person or role.")
    often = words("How often is it worked on?", rows=0, longest=200)
    need = words("Which need does it meet?", rows=2)
    category = choice("What is it about?", CATEGORIES)
    view = words("What did the child say that it comes from?", rows=2)
    help = words("What will be done to help?", rows=2)
    help_by = words("Who with?", rows=0, longest=200)
    help_where = words("Where?", rows=0, longest=200)
    help_when = words("When?", rows=0, longest=200)
    in_own_words = words("In words for the child", rows=2, help_text="As you would say it to them.")
    spend = words("Spending that helps it", rows=0, longest=300, help_text="What is bought and for how much, if anything.")


class ReviewForm(forms.Form):
    outcome = choice("What became of it?", OUTCOMES, needed=True)
    evidence = words("How is that known?", needed=True, rows=3)
    reviewed_on = a_day("Reviewed", needed=True)


class MeetingForm(forms.Form):
    """The meeting, and the part that each role took in it."""

    planned_on = a_day("Day planned")
    held_on = a_day("Day it was held", help_text="Only once it was held.")
    next_on = a_day("Next meeting")
    participation = choice("How did the child take part?", PARTICIPATION)
    participation_why = words("How was the child asked, and how did they choose?", rows=2)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for role in (*PEOPLE, "other"):
            self.fields[f"{role}_part"] = choice(ROLES[role], PARTS, none="Not invited")
            if role != "child":
                self.fields[f"{role}_name"] = words(f"Name: {ROLES[role].lower()}", rows=0, longest=200)

    @property
    def meeting_fields(self) -> list:
        return [self[name] for name in ("planned_on", "held_on", "next_on", "participation", "participation_why")]

    @property
    def people_fields(self) -> list[tuple]:
        return [(self[f"{role}_part"], self[f"{role}_name"] if role != "child" else None) for role in (*PEOPLE, "other")]

    def people(self) -> list[dict[str, str]]:
        said = self.cleaned_data
        return [
            {"role": role, "name": said.get(f"{role}_name", "").strip(), "part": said[f"{role}_part"]}
            for role in (*PEOPLE, "other")
            if said[f"{role}_part"]
        ]

    def meeting(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("planned_on", "held_on", "next_on", "participation", "participation_why")}


class BeginForm(forms.Form):
    kind = choice("Kind of plan", KINDS, needed=True)

    def __init__(self, terms: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["term"] = choice("Term", dict(terms), needed=True)
        self.order_fields(["term", "kind"])


class TermForm(forms.Form):
    school_year = forms.IntegerField(
        label="School year",
        min_value=2015,
        max_value=2100,
        help_text="The year in which it ends: 2026 is 2025/26.",
        error_messages={"required": "Give the school year.", "invalid": "Write the year in digits, such as 2026."},
    )
    term = choice("Term", TERMS, needed=True)
    starts = a_day("First day", needed=True)
    ends = a_day("Last day", needed=True)
    break_starts = a_day("Half term: first day")
    break_ends = a_day("Half term: last day")
    cut_off = a_day("Last day for meetings", help_text="Your authority's own cut-off; the last day of term where you leave it empty.")
    headline = choice("First plan reported by", HEADLINES, needed=True)


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> Any:
        one = super().clean
        return [one(each, initial) for each in data] if isinstance(data, list | tuple) and data else [one(data, initial)]


class FileForm(forms.Form):
    files = FilesField(
        label="The files",
        help_text="One JSON file, or plans.csv with the other tables beside it. Up to 20 MB together.",
        widget=ManyFiles(attrs={"accept": ".csv,.json,text/csv,application/json"}),
        error_messages={"required": "Choose the files of plans.", "empty": "A file is empty. Choose another."},
    )


class ExportForm(forms.Form):
    reason = words("What are the files for?", needed=True, rows=0, longest=300, help_text="It is kept beside your name and the day.")

    def __init__(self, terms: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["term"] = choice("Term", dict(terms), none="All terms")
        self.fields["style"] = choice("Format", {"csv": "CSV, a file for each table, in one zip", "json": "JSON, one file"}, needed=True)
        self.order_fields(["term", "style", "reason"])

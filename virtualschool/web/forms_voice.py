"""Forms of what children say and what becomes of it. A child's words are taken exactly as they were written."""

from typing import Any

from django import forms

from virtualschool import measures
from virtualschool.errors import WrongUse
from virtualschool.plans import kind_words
from virtualschool.web.forms_plans import a_day, choice, words
from virtualschool.web.models.voice import CONSENT, FEELINGS, FORUMS, GROUPS, KEPT, KINDS, METHODS, OUTCOMES, STATES, TOPICS

RATED = {"": "Skip this one", "1": "1 – very low", "2": "2", "3": "3 – in the middle", "4": "4", "5": "5 – very high"}
ASKED = {
    "confidence": ("Confidence", "I can try new things, even when they look hard."),
    "self_esteem": ("Self-esteem", "I like who I am."),
    "resilience": ("Resilience", "When something goes wrong, I can pick myself up again."),
}
OPEN_TO = (".csv", "text/csv")


def ticked(label: str, **more: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, **more)


def radios(label: str, values: dict[str, str], initial: str = "", **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(values.items()),
        widget=forms.RadioSelect,
        initial=initial,
        error_messages={"required": f"Choose one: {label.lower()}.", "invalid_choice": "Choose one of the list."},
        **more,
    )


class SayForm(forms.Form):
    """What a child wants to say. `for_child` uses the child's own words for each question."""

    def __init__(self, listeners: dict[str, str], for_child: bool, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        told = "What do you want to say?" if for_child else "What the child said, in the child's own words"
        hint = "Write as much or as little as you like." if for_child else "Write it as it was said. If you describe what you saw, say so."
        self.fields["words"] = words(told, rows=6, help_text=hint)
        self.fields["topic"] = choice("What is it about?", TOPICS, needed=True)
        if not for_child:
            self.fields["method"] = choice("How the child said it", METHODS, needed=True)
        self.fields["consent"] = radios("What may we do with it?" if for_child else "What the child lets us do with it", CONSENT, "none")
        self.fields["school_may_read"] = ticked("My school may read this" if for_child else "The child lets the school read this")
        if listeners:
            label = "Who would you like to answer you?" if for_child else "Who will listen and answer"
            self.fields["listener"] = choice(label, listeners, none="I do not mind" if for_child else "Whoever answers for the child")
        label = "I do not want to say anything today" if for_child else "The child did not want to say anything today"
        self.fields["not_today"] = ticked(label)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("not_today") and said.get("words", "").strip():
            self.add_error("not_today", "Something is written too. Take the tick out to keep it, or take the words out.")
        elif not said.get("not_today") and not said.get("words", "").strip() and "words" not in self.errors:
            self.add_error("words", "Write something, or tick that nothing is to be said today.")
        return said


class ReplyForm(forms.Form):
    told = words("What you told the child", needed=True, rows=3, help_text="As you said it to the child.")
    changed = radios("Does something change because of what the child said?", {"yes": "Yes", "no": "No"})
    why_not = words("If nothing changes: why", rows=2, help_text="As you told the child.")
    on = a_day("Told on", needed=True)


class ConsentForm(forms.Form):
    consent = radios("What may we do with these words?", CONSENT)


class EndForm(forms.Form):
    outcome = radios("What came of it?", OUTCOMES)
    reference = words("Where it is written", rows=0, longest=100, help_text="The number of the record of social care. No names.")


class PanelForm(forms.Form):
    on = a_day("Day", needed=True)
    group = choice("Council", GROUPS, needed=True)
    asked = words("What they talked about", needed=True, rows=0, longest=300)
    came = forms.IntegerField(label="How many children came", min_value=1, max_value=500, error_messages={"required": "Give a number."})
    said = words("What they said together", rows=6, help_text="One line for each thing, as they said it. Write no names.", longest=8_000)
    topic = choice("Mostly about", TOPICS, needed=True)


class SurveyForm(forms.Form):
    name = words("Name of the survey", needed=True, rows=0, longest=200)
    on = a_day("Day of the survey", needed=True)
    file = forms.FileField(
        label="The answers",
        help_text="A CSV file, up to 5 MB, one row for each answer: see below what it holds.",
        widget=forms.FileInput(attrs={"accept": ",".join(OPEN_TO)}),
        error_messages={"required": "Choose the file of answers.", "empty": "The file is empty. Choose another."},
    )


class ViewsField(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class DecisionForm(forms.Form):
    """You said, we did. `views` are those that may be used, as (number, words in short)."""

    def __init__(self, views: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["you_said"] = words(
            "You said", needed=True, rows=3, help_text="What children said, in short. No names. Children read it."
        )
        self.fields["we_did"] = words("We did", needed=True, rows=3, help_text="In words that a child of eight can read.")
        self.fields["state"] = choice("How it stands", STATES, needed=True)
        self.fields["why_not"] = words("If it could not be done: why", rows=2)
        self.fields["on"] = a_day("Decided on", needed=True)
        self.fields["told_on"] = a_day("Children were told on")
        self.fields["groups"] = forms.MultipleChoiceField(
            label="For which ages",
            choices=list(GROUPS.items()),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="None: all.",
        )
        if views:
            self.fields["views"] = ViewsField(label="What children said that led to it", choices=views, required=False)


class HearingForm(forms.Form):
    def __init__(self, views: list[tuple[str, str]], decisions: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["forum"] = choice("Brought to", FORUMS, needed=True)
        self.fields["on"] = a_day("Day", needed=True)
        self.fields["what"] = words("What was brought", needed=True, rows=3, help_text="In short. No names.")
        self.fields["brought_by"] = words(
            "By whom", needed=True, rows=0, longest=200, help_text="A role or group: the secondary council, a care leaver."
        )
        self.fields["children_there"] = ticked("Children or young people were there")
        self.fields["group"] = choice("Age group", GROUPS, none="More than one")
        self.fields["answer"] = words("What came of it", rows=3)
        if decisions:
            self.fields["decision"] = choice("Decision", dict(decisions), none="None yet")
        if views:
            self.fields["views"] = ViewsField(label="Views that were brought", choices=views, required=False)


class PromiseForm(forms.Form):
    number = forms.IntegerField(label="Number", min_value=1, max_value=50, error_messages={"required": "Give its number."})
    words = words("The promise", needed=True, rows=2, longest=500)
    since = a_day("Since", needed=True)


class LookForm(forms.Form):
    kept = radios("Is it kept?", KEPT)
    evidence = words("How do you know?", needed=True, rows=3)
    children_say = choice("What children say", KEPT, none="They were not asked")
    measure = choice("A figure that shows it", {}, none="None")
    on = a_day("Looked at on", needed=True)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        held = sorted((one.title, name) for name, one in measures.ALL.items() if not one.awaits)
        self.fields["measure"].choices = [("", "None"), *((name, title) for title, name in held)]  # type: ignore[attr-defined]


class ComplaintLookForm(forms.Form):
    def __init__(self, complaints: list[tuple[str, str]], decisions: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if complaints:
            self.fields["complaint"] = choice("A complaint about personal data", dict(complaints), none="Another complaint")
        self.fields["reference"] = words(
            "Reference", rows=0, longest=60, help_text="Where the complaint is kept. What it says stays there."
        )
        self.fields["about"] = choice("What it is about", TOPICS, needed=True)
        self.fields["on"] = a_day("Looked at with children on", needed=True)
        self.fields["group"] = choice("Council", GROUPS, none="More than one")
        self.fields["changed"] = words("What changed", rows=3)
        self.fields["why_not"] = words("If nothing changed: why", rows=2)
        if decisions:
            self.fields["decision"] = choice("Decision", dict(decisions), none="None")


class ActivityForm(forms.Form):
    name = words("What it is", needed=True, rows=0, longest=200)
    kind = choice("Kind", KINDS, needed=True)
    starts = a_day("First day", needed=True)
    ends = a_day("Last day")


class TakePartForm(forms.Form):
    def __init__(self, children: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["children"] = forms.MultipleChoiceField(
            label="Who took part",
            choices=children,
            widget=forms.SelectMultiple(attrs={"size": 10}),
            help_text="Hold Control, or Command on a Mac, to choose several.",
            error_messages={"required": "Choose at least one child."},
        )


class RateForm(forms.Form):
    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["moment"] = radios("When is this?", {"before": "Before it begins", "after": "After it"})
        for name in FEELINGS:
            title, said = ASKED[name]
            self.fields[name] = radios(title, RATED, "", help_text=said, required=False)
        self.fields["words"] = words("Anything you want to say about it", rows=3)

    def rated(self) -> dict[str, int | None]:
        return {name: int(self.cleaned_data[name]) if self.cleaned_data[name] else None for name in FEELINGS}


class VoiceSettingForm(forms.Form):
    def __init__(self, people: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        who = dict(people)
        self.fields["named"] = choice("Who reads worrying statements the same day", who, needed=True)
        self.fields["deputy"] = choice("Who does when they are away", who, none="Nobody")
        self.fields["reply_days"] = forms.IntegerField(
            label="Working days until a child is answered", min_value=1, max_value=20, error_messages={"required": "Give a number."}
        )
        self.fields["preferred"] = words(
            "Words that your children prefer",
            rows=6,
            help_text="One line each: what not to write = what to write. For example: contact = family time.",
        )

    def clean_preferred(self) -> dict[str, str]:
        try:
            return kind_words.own_words(self.cleaned_data["preferred"].splitlines())
        except WrongUse as fault:
            raise forms.ValidationError(str(fault)) from fault

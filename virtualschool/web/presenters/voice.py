"""What children say as pages show it: counted by age group and source, listed, answered; and what of it may be told to others."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from virtualschool.plans import kind_words
from virtualschool.publish.counts import SMALL, counts
from virtualschool.reports.cells import safe
from virtualschool.web import children, clock
from virtualschool.web.actions import voice as actions
from virtualschool.web.actions import voice_safety
from virtualschool.web.models import Concern, Decision, Hearing, View
from virtualschool.web.models.voice import FORUMS, GROUPS, SOURCES
from virtualschool.web.permissions import Viewer
from virtualschool.years import school_year_of, school_year_start

HIDDEN = "c"
PARTS = (
    ("voice", "Overview", "office"),
    ("voice-said", "What children say", "voice"),
    ("voice-you-said", "You said, we did", "everyone"),
    ("voice-where", "Where views went", "office"),
    ("voice-pledge", "Pledge", "everyone"),
    ("voice-complaints", "Complaints", "office"),
    ("voice-panels", "Councils", "office"),
    ("voice-surveys", "Surveys", "office"),
    ("voice-activities", "Activities", "office"),
    ("voice-worries", "Worries", "office"),
    ("voice-settings", "Settings", "office"),
)
UNDER = {"voice-decision": "voice-you-said", "voice-decision-new": "voice-you-said", "voice-promise": "voice-pledge"}
UNDER |= {"voice-survey": "voice-surveys", "voice-activity": "voice-activities", "voice-worry": "voice-worries"}
UNDER |= {"voice-together": "voice-said", "voice-child": "voice-said", "voice-view": "voice-said", "voice-say": "voice-said"}


def parts(viewer: Viewer, here: str) -> list[dict[str, Any]]:
    """The parts of Voice that this viewer may open."""
    from django.urls import reverse

    office = actions.is_office(viewer)
    held = [
        (view, words)
        for view, words, who in PARTS
        if who == "everyone" or office or (who == "voice" and viewer.may("voice") and not actions.is_child(viewer))
    ]
    return [{"address": reverse(view), "words": words, "active": UNDER.get(here, here) == view} for view, words in held]


@dataclass(frozen=True)
class Line:
    """One view in a list: whose, what, and how far it is answered."""

    view: View
    name: str
    state: str
    tag: str
    worry: bool

    @property
    def short(self) -> str:
        words = " ".join(self.view.words.split())
        return words if len(words) <= 160 else f"{words[:157]}…"


def since(today: datetime.date) -> datetime.date:
    """The first day of the school year of a day."""
    return school_year_start(school_year_of(today))


def lines(viewer: Viewer, views: list[View], today: datetime.date) -> list[Line]:
    names = {child.token: child.name for child in children.of(viewer)}
    # A tag could warn the very adult whom a worry concerns: nobody but the Virtual School sees it.
    office = viewer.role is not None and viewer.role.scope == "authority"
    worried = set(Concern.objects.filter(view__in=[one.pk for one in views], ended__isnull=True).values_list("view", flat=True))
    told = set(View.objects.filter(pk__in=[one.pk for one in views]).exclude(replies=None).values_list("pk", flat=True))
    return [
        Line(
            one,
            names.get(one.token, "A child") if one.token else "A council together",
            *answered(one, one.pk in told, today),
            office and one.pk in worried,
        )
        for one in views
    ]


def answered(view: View, is_told: bool, today: datetime.date) -> tuple[str, str]:
    """How far a view is answered, in words, and the colour of its tag."""
    if view.not_today:
        return "Not today", "grey"
    if is_told:
        return "Answered", "green"
    if view.reply_by is None:
        return ("Answered in the plan" if view.source == "plan" else "No answer expected"), "grey"
    return ("Answer overdue", "red") if view.reply_by < today else ("Waits for an answer", "yellow")


@dataclass(frozen=True)
class Said:
    """Views of a school year by age group and source: rows of (words, count by source, all)."""

    sources: list[str]
    rows: list[tuple[str, list[Any], Any]]
    children: int


def counted(viewer: Viewer, views: list[View]) -> Said:
    """Counts of children's views, exact for who may open the children and hidden below six for others."""
    held = Counter((one.group, one.source) for one in views)
    used = [name for name in SOURCES if any(source == name for _, source in held)]
    rows = []
    for group, words in {**GROUPS, "": "Age not known"}.items():
        numbers = [held[group, source] for source in used]
        if group or sum(numbers):
            rows.append((words, counts(numbers, viewer.audience), _whole(sum(numbers), viewer.audience)))
    return Said([SOURCES[name] for name in used], rows, len({one.token for one in views if one.token}))


def _whole(number: int, audience: str) -> Any:
    return HIDDEN if audience != "internal" and 0 < number <= SMALL else number


@dataclass(frozen=True)
class Standing:
    """What waits in an authority today."""

    worries: int
    unlooked: int
    waiting: int
    overdue: int
    decisions: int
    untold: int


def standing(viewer: Viewer, today: datetime.date) -> Standing:
    worries = [one for one in voice_safety.waiting(viewer.la) if voice_safety.may_read(viewer, one)]
    kept = children.kept_from(viewer)
    waiting = [one for one in actions.unanswered(viewer.la) if one.token not in kept]
    decisions = Decision.objects.filter(la=viewer.la, on__gte=since(today))
    return Standing(
        len(worries),
        sum(one.looked is None for one in worries),
        len(waiting),
        sum(one.reply_by is not None and one.reply_by < today for one in waiting),
        decisions.count(),
        decisions.filter(told_on__isnull=True).count(),
    )


def where(viewer: Viewer, from_day: datetime.date) -> list[tuple[str, int, int]]:
    """Each forum in words, how often views were brought there since a day, and how often children were there."""
    held = list(Hearing.objects.filter(la=viewer.la, on__gte=from_day))
    return [
        (words, sum(one.forum == name for one in held), sum(one.forum == name and one.children_there for one in held))
        for name, words in FORUMS.items()
    ]


def choices(viewer: Viewer, also: list[int] | None = None) -> list[tuple[str, str]]:
    """Views that may be linked with a decision or a hearing: those that the child lets us use, of the last two years."""
    back = clock.today() - datetime.timedelta(days=730)
    found = actions.usable(actions.readable(viewer)).filter(said_on__gte=back)[:60]
    return [(str(one.pk), f"{GROUPS.get(one.group, 'Age not known')}, {one.get_topic_display().lower()}: {told(one)}") for one in found]


def told(view: View) -> str:
    """What may be shown of a view without a name: its words where the child lets us, else that they are not shown."""
    words = " ".join(view.words.split())
    shown = words if len(words) <= 100 else f"{words[:97]}…"
    return f"“{shown}”" if view.consent == "quote" else f"words not shown, number {view.pk}"


def decisions(la: str, group: str = "") -> list[Decision]:
    """You said, we did: the newest first, for all ages or for one."""
    found = Decision.objects.filter(la=la).prefetch_related(Prefetch("hearings"))
    return [one for one in found if not group or not one.groups or group in one.groups]


# --- What others may be told ---


def not_told(la: str) -> set[str]:
    """Tokens of children of whom nothing is told to others: protected or adopted."""
    return _protected(la) | actions.sealed(la)


def told_to_others(la: str, from_day: datetime.date, to_day: datetime.date, audience: str = "public") -> dict[str, Any]:
    """What a report may say of children's views: how many children spoke, by age group and topic, hidden below six for the public, and
    words without a name. A child who spoke twice counts once; a panel is one, whoever sat on it.

    Only what children let us use, never a statement about which somebody worried, nothing of protected or adopted children. Words of an
    age group in which fewer than six children spoke bear no group.
    """
    kept = _protected(la) | actions.sealed(la)
    held = View.objects.filter(la=la, said_on__gte=from_day, said_on__lte=to_day).exclude(token__in=kept)
    used = list(actions.usable(actions.standing(held)))
    spoke = Counter(group for group, _ in {(one.group, _who(one)) for one in used})
    groups = counts([spoke[name] for name in GROUPS], audience)
    quotes = [
        {"words": one.words, "group": one.group if spoke[one.group] > SMALL else "", "topic": one.topic, "said_on": one.said_on}
        for one in used
        if one.consent == "quote" and one.words.strip()
    ]
    return {"groups": dict(zip(GROUPS, groups, strict=True)), "quotes": quotes, "topics": _topics(used, audience)}


def _who(view: View) -> str:
    """Who spoke, as far as it takes to count them."""
    return view.token or f"panel {view.panel_id}"


def _topics(views: list[View], audience: str) -> dict[str, Any]:
    held = Counter(topic for topic, _ in {(one.topic, _who(one)) for one in views})
    names = sorted(held)
    return dict(zip(names, counts([held[name] for name in names], audience), strict=True))


def _protected(la: str) -> set[str]:
    from virtualschool.web.models import Protection

    return set(Protection.objects.filter(la=la, ended__isnull=True).values_list("token", flat=True))


COLUMNS = ("month", "age_group", "source", "topic", "words", "changed_something")


def export(la: str, from_day: datetime.date, to_day: datetime.date) -> list[list[Any]]:
    """The rows of a file of what children let us tell: no child's name, token or day stands in it, and no age group in which fewer than
    six children spoke."""
    kept = _protected(la) | actions.sealed(la)
    held = View.objects.filter(la=la, said_on__gte=from_day, said_on__lte=to_day).exclude(token__in=kept)
    used = list(actions.usable(actions.standing(held)))
    changed = set(View.objects.filter(pk__in=[one.pk for one in used], decisions__isnull=False).values_list("pk", flat=True))
    changed |= set(View.objects.filter(pk__in=[one.pk for one in used], replies__changed=True).values_list("pk", flat=True))
    spoke = Counter(group for group, _ in {(one.group, one.token or f"panel {one.panel_id}") for one in used})
    return [
        [
            f"{one.said_on:%Y-%m}",
            GROUPS.get(one.group, "") if spoke[one.group] > SMALL else "",
            one.get_source_display(),
            one.get_topic_display(),
            safe(one.words) if one.consent == "quote" else "",
            "yes" if one.pk in changed else "no",
        ]
        for one in sorted(used, key=lambda one: (one.said_on, one.pk))
    ]


def to_look_at(la: str, *texts: str) -> list[str]:
    """Words of an adult that blame or label, each with what may be written instead; the program changes nothing."""
    found = kind_words.pointed("\n".join(texts), actions.setting(la).preferred)
    return [f"“{one.found}”: {one.write}" for one in found]

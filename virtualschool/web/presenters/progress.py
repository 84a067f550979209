"""A child's progress as pages show it: the list, one child's six ways, one record, documents, and a home's view of its children."""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from virtualschool.plans import progress
from virtualschool.plans.progress import Record, Summary, WayFound
from virtualschool.plans.progress_documents import RecordingDocument, documents
from virtualschool.plans.progress_ways import Kind, kind, kinds, of_way, ways
from virtualschool.reports import progress_words as wording
from virtualschool.reports.forms.sheet import Grid, Sheet, blank, filled
from virtualschool.web import children, clock, roles, stores
from virtualschool.web.actions import progress as actions
from virtualschool.web.children import Child
from virtualschool.web.models import HomeRecord, ProgressRecord, ProgressShare
from virtualschool.web.permissions import Viewer

TAGS = {
    progress.BETTER: "green",
    progress.SAME: "blue",
    progress.WORSE: "orange",
    progress.MIXED: "purple",
    progress.DIFFER: "yellow",
    progress.TOO_SOON: "grey",
    progress.NOT_ENOUGH: "grey",
    progress.TOLD: "turquoise",
    progress.NOTHING: "grey",
}
SHORT = {
    progress.MIXED: "Mixed",
    progress.DIFFER: "Seen differently",
    progress.TOO_SOON: "Too soon",
    progress.NOT_ENOUGH: "Not enough",
    progress.TOLD: "Told",
    progress.NOTHING: "Nothing",
}
FIRST = {
    "award": "what",
    "recognition": "what",
    "teacher_assessment": "subject",
    "habit": "habit",
    "key_worker": "who",
    "goal": "child_words",
    "ambition": "child_view",
    "care_effect": "finding",
    "circumstances": "words",
    "restraint": "why",
}
"""The answer by which a record is known in a list; else the first choice or words of its kind."""
LONG = 160


# --- The list ---


@dataclass(frozen=True)
class Line:
    """A child in the list: how many of the six ways rest on enough, the state of each, and what is due."""

    child: Child
    summary: Summary
    open: frozenset[str]
    """The ways of which something can be said to this viewer."""

    @property
    def covered(self) -> int:
        return sum(one.is_covered for one in self.summary.ways if one.way.name in self.open)

    @property
    def states(self) -> list[dict[str, str]]:
        return [
            {"words": SHORT.get(one.state, wording.STATES[one.state]), "tag": TAGS[one.state]}
            if one.way.name in self.open
            else {"words": "Not open to you", "tag": ""}
            for one in self.summary.ways
        ]

    @property
    def due(self) -> list[str]:
        return wording.due(self.summary)

    @property
    def late(self) -> bool:
        return any(one.late for one in self.summary.due)

    @property
    def number(self) -> int:
        return sum(len(one.records) for one in self.summary.ways)


def lines(viewer: Viewer) -> list[Line]:
    """The children looked after now whom a viewer may see, those with something overdue first."""
    today = clock.today()
    shown = open_ways(viewer)
    seen = [child for child in children.of(viewer) if child.is_current and (child.kinds is None or "progress" in child.kinds)]
    made = []
    for la in sorted({child.la for child in seen}):
        own = [child for child in seen if child.la == la]
        held = actions.seen_of(viewer, la, [child.token for child in own])
        for child in own:
            records = [actions.as_record(row) for row in held.get(child.token, [])]
            found = progress.summary(records, actions.began(child), today)
            # Who does not see reviews is not told that one is due.
            made.append(Line(child, found if actions.sees_all(viewer, "review") else dataclasses.replace(found, due=()), shown))
    return sorted(made, key=lambda one: (not one.late, one.child.name.casefold(), one.child.token))


def open_ways(viewer: Viewer) -> frozenset[str]:
    return frozenset(one.name for one in ways().values() if actions.is_open(viewer, one))


# --- One child ---


def child_page(viewer: Viewer, child: Child) -> dict[str, Any]:
    rows = actions.records_of(viewer, child)
    held = actions.summary_of(viewer, child, rows)
    by_number = {row.series or row.pk: row for row in rows}
    shown = open_ways(viewer)
    return {
        "summary": held,
        "began": held.began,
        "six": [_way(viewer, child, one, by_number, held) for one in held.ways],
        "due": wording.due(held) if actions.sees_all(viewer, "review") else [],
        "in_part": not all(actions.sees_all(viewer, name) for way in ways().values() if way.name in shown for name in way.needs),
        "prompts": wording.prompts(held),
        "covered": sum(one.is_covered for one in held.ways if one.way.name in shown),
        "number_open": len(shown),
        "last_review": _review(held),
        "in_home": bool(actions.home_of(viewer)),
        "may_write": bool(actions.writable(viewer, child)),
        "rules": progress.rules(),
    }


def _way(viewer: Viewer, child: Child, found: WayFound, rows: dict[int, ProgressRecord], held: Summary) -> dict[str, Any]:
    is_open = actions.is_open(viewer, found.way)
    return {
        "way": found.way,
        "state": wording.STATES[found.state] if is_open else "Not open to you",
        "tag": TAGS[found.state] if is_open else "grey",
        "why": wording.way_sentence(found)
        if is_open
        else "Not everything that this rests on is open to you, so nothing is said of it as a whole.",
        "found": [
            {"title": wording.title(one), "state": wording.STATES[one.state], "tag": TAGS[one.state], "words": wording.sentence(one)}
            for one in found.found
            if one.indicator.name not in ("goal_child", "goal_adult")
        ],
        "goals": [_goal(one) for one in held.goals] if found.way.name == "own_context" else [],
        "key_workers": wording.key_workers(held) if found.way.name == "relationships" and is_open else "",
        "missing": wording.missing(found) if is_open else [],
        "records": [brief(rows[one.number]) for one in reversed(found.records)],
        "kinds": [one for one in of_way(found.way.name) if actions.may_write(viewer, one, child)],
    }


def _goal(one: progress.Goal) -> dict[str, Any]:
    return {
        "number": one.number,
        "child_words": one.record.values["child_words"],
        "adult_words": one.record.values["adult_words"],
        "state": wording.STATES[one.state],
        "tag": TAGS[one.state],
        "words": wording.goal_sentence(one),
        "due": datetime.date.fromisoformat(one.record.values["due"]),
        "past": one.past_due,
        "ratings": [{"on": on, "child": child, "adult": adult} for on, child, adult in _ratings(one)],
    }


def _ratings(goal: progress.Goal) -> list[tuple[datetime.date, str, str]]:
    """Each day on which a goal was rated, with both steps."""
    step = kind("goal_rating").field("child_step")
    days: dict[int, Record] = {one.record.number: one.record for found in (goal.child, goal.adult) for one in found.observations}
    listed = sorted(days.values(), key=lambda one: (one.on, one.number))
    none = "not rated"
    return [(one.on, step.shown(one.values.get("child_step")) or none, step.shown(one.values.get("adult_step")) or none) for one in listed]


def _review(held: Summary) -> dict[str, Any] | None:
    one = held.last_review
    if one is None:
        return None
    own = kind("review")
    return {
        "title": own.field("review").shown(one.values["review"]),
        "on": one.on,
        "agrees": own.field("child_agrees").shown(one.values["child_agrees"]),
        "child_view": one.values.get("child_view", ""),
        "next": one.values["next"],
    }


@dataclass(frozen=True)
class Brief:
    """A record in a line: its kind, day, and by what it is known."""

    row: Any
    kind: Kind
    words: str

    @property
    def number(self) -> int:
        return self.row.series or self.row.pk


def brief(row: ProgressRecord | HomeRecord) -> Brief:
    own = kinds()[row.kind]
    name = FIRST.get(row.kind) or next((one.name for one in own.fields if one.type == "choice" and one.name != "source"), "")
    asked = own.field(name) if name else next(one for one in own.fields if one.type in ("words", "text"))
    parts = [asked.shown(row.values.get(asked.name))]
    parts += [one.shown(row.values.get(one.name)) for one in own.fields if one.name in ("standing", "result", "ready") and one.name != name]
    if {"attended", "possible"} <= set(row.values):
        parts = [f"{row.values['attended']} of {row.values['possible']} sessions"]
    if {"number", "nights"} <= set(row.values):
        parts = [f"{row.values['number']} in {row.values['nights']} nights"]
    if "days" in row.values:
        parts.append(f"{row.values['days']} of 28 days")
    if row.kind == "wellbeing":
        parts = [own.field("tool").shown(row.values["tool"]), own.field("rater").shown(row.values["rater"]), str(row.values["score"])]
    if row.kind == "goal_rating":
        parts = [f"goal {row.values['number']}"]
    said = ", ".join(filter(None, parts))
    return Brief(row, own, said if len(said) <= LONG else f"{said[: LONG - 2].rstrip()} …")


# --- One record ---


def record_page(viewer: Viewer, row: ProgressRecord) -> dict[str, Any]:
    own = kinds()[row.kind]
    decides = actions.may_decide(viewer, row)
    shares = ProgressShare.objects.filter(la=row.la, token=row.token, series=row.series or row.pk).order_by("-pk") if decides else []
    return {
        "row": row,
        "kind": own,
        "lines": answers(own, row.values),
        "history": [{"row": one, "lines": answers(own, one.values)} for one in actions.series_rows(row)],
        "may_change": actions.may_change(viewer, row),
        "decides": decides,
        "shares": [{"share": one, "roles": [roles.roles()[name].words for name in one.roles if name in roles.roles()]} for one in shares],
    }


def answers(own: Kind, values: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"ask": one.ask, "said": one.shown(values.get(one.name)), "long": one.type == "words"}
        for one in own.fields
        if one.shown(values.get(one.name))
    ]


def goal_choices(rows: Iterable[ProgressRecord]) -> list[tuple[str, str]]:
    """The child's goals by number, for who says how far one has come."""
    newest = {row.values["number"]: row.values["child_words"] for row in rows if row.kind == "goal"}
    return [(str(number), f"{number}. {words[:LONG]}") for number, words in sorted(newest.items())]


# --- For the child ---


def in_own_words(viewer: Viewer, child: Child) -> list[dict[str, Any]]:
    """The six ways in words for the child, without what stays in the home: the page is taken away."""
    rows = [row for row in actions.records_of(viewer, child) if not row.stays_home]
    return [{"title": title, "said": said} for title, said in wording.for_child(actions.summary_of(viewer, child, rows))]


# --- Documents ---


def listed_documents(about: str) -> list[RecordingDocument]:
    return [one for one in documents().values() if one.about == about]


def child_sheet(viewer: Viewer, child: Child, document: RecordingDocument) -> Sheet:
    """A document about a child, with what this viewer may see.

    Documents are handed on, so what stays in the home is in none of them, but for the page of restraint that says so itself.
    """
    rows = [row for row in actions.records_of(viewer, child) if not row.stays_home or kinds()[row.kind].always_stays_home]
    # A document is passed on, so it says of a way only what somebody says who sees all of it.
    shown = {one.name for one in ways().values() if all(actions.sees_all(viewer, name) for name in one.needs)}
    held, entry = actions.summary_of(viewer, child, [row for row in rows if not row.stays_home]), child.entry
    lives = (entry.home or entry.carer) if entry is not None else ""
    facts = [("Child", child.name), ("Home or carer", lives)]
    return filled(
        document,
        facts=facts,
        records=[actions.as_record(row) for row in rows],
        summary=dataclasses.replace(held, ways=tuple(one for one in held.ways if one.way.name in shown)),
        key=actions.key_of(viewer, child),
        with_home_parts=actions.keeps_home_records(viewer),
        invented=stores.is_invented(),
    )


def home_sheet(viewer: Viewer, document: RecordingDocument) -> Sheet:
    """The six-month review, with the home's children and what it recorded about itself."""
    rows = tuple((line.child.name, f"{line.covered} of 6", *(one["words"] for one in line.states)) for line in lines(viewer))
    columns = ("Child", "Ways covered", *(one.title for one in ways().values()))
    return filled(
        document,
        facts=[("Home", actions.home_of(viewer))],
        records=[actions.as_record(row) for row in actions.home_records(viewer)],
        children=Grid("The children of the home", columns, rows) if rows else None,
        key=actions.key_of(viewer, None),
        with_home_parts=True,
        invented=stores.is_invented(),
    )


def blank_sheet(document: RecordingDocument) -> Sheet:
    return blank(document)


# --- A home ---


def home_page(viewer: Viewer) -> dict[str, Any]:
    """A home's view over its children, what it changed, its staff's skills, and when its own review is due."""
    today, shown = clock.today(), lines(viewer)
    trained = actions.home_records(viewer, "staff_training")
    holds = [row for row in trained if not row.values.get("until") or row.values["until"] >= today.isoformat()]
    topics = kind("staff_training").field("topic").values or {}
    by_topic = Counter(row.values["topic"] for row in holds)
    reviews = actions.home_records(viewer, "home_review")
    due = reviews[-1].on + datetime.timedelta(days=progress.rules().cadence["home"]) if reviews else None
    return {
        "home": actions.home_of(viewer),
        "lines": shown,
        "six": list(ways().values()),
        "counts": _counts(shown),
        "not_covered": [line for line in shown if line.covered < len(line.summary.ways)],
        "skills": [{"topic": words, "number": by_topic[name]} for name, words in topics.items()],
        "untrained": [words for name, words in topics.items() if not by_topic[name]],
        "ended": len(trained) - len(holds),
        "changes": [brief_home(row) for row in reversed(actions.home_records(viewer, "home_change"))],
        "reviews": [brief_home(row) for row in reversed(reviews)],
        "review_due": due,
        "review_late": due is not None and due < today,
        "kinds": [one for one in kinds().values() if one.about == "home"],
    }


def brief_home(row: HomeRecord) -> dict[str, Any]:
    own = kinds()[row.kind]
    return {"row": row, "kind": own, "lines": answers(own, row.values)}


def _counts(shown: list[Line]) -> list[dict[str, Any]]:
    """For each way: how many of the home's children stand how."""
    states = [progress.BETTER, progress.SAME, progress.WORSE, progress.MIXED, progress.DIFFER, progress.TOLD]
    made = []
    for place, way in enumerate(ways().values()):
        number = Counter(line.summary.ways[place].state for line in shown)
        said = sum(number[state] for state in states)
        made.append(
            {
                "way": way,
                "covered": sum(line.summary.ways[place].is_covered for line in shown),
                "better": number[progress.BETTER] + number[progress.TOLD],
                "same": number[progress.SAME],
                "worse": number[progress.WORSE],
                "mixed": number[progress.MIXED] + number[progress.DIFFER],
                "unknown": len(shown) - said,
            }
        )
    return made

"""A page about a child for a meeting: for whom it is decides what stands on it, and what could harm is left out unless someone adds it."""

from dataclasses import dataclass
from typing import Any

from virtualschool.web import clock, stores
from virtualschool.web.children import Child
from virtualschool.web.models import Task
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_facts, timeline


@dataclass(frozen=True)
class Section:
    """A part of the page, with the column that says who may read it."""

    name: str
    words: str
    column: str
    is_delicate: bool = False
    """Left out for every audience, unless someone adds it for this meeting."""


SECTIONS = (
    Section("school", "School and year group", "school"),
    Section("people", "Social worker and reviewing officer", "social_worker"),
    Section("attendance", "Attendance by year", "sessions_missed"),
    Section("results", "Results", "attainment_8"),
    Section("suspensions", "Suspensions and exclusions", "suspensions"),
    Section("needs", "Special educational needs", "sen"),
    Section("placement", "Kind of placement and carer", "placement_type"),
    Section("care", "Periods in care and moves", "period_start"),
    Section("reviews", "Reviews", "reviews"),
    Section("tasks", "Actions that are open", "tasks"),
    Section("address", "Placement address", "placement_address", True),
    Section("need", "Category of need", "category_of_need", True),
    Section("legal", "Legal status", "legal_status", True),
    Section("sdq", "Strengths and difficulties (SDQ)", "sdq_score", True),
    Section("immigration", "Unaccompanied asylum-seeking child", "unaccompanied", True),
    Section("siblings", "Siblings", "siblings", True),
    Section("mother", "Whether she is a mother", "mother", True),
)
AUDIENCES = {
    "school": ("A meeting with the school", ("school", "people", "attendance", "results", "suspensions", "needs", "tasks")),
    "carer": ("A meeting with the carer or home", ("school", "people", "attendance", "results", "needs", "tasks")),
    "child": ("A meeting with the child", ("school", "people", "attendance", "results")),
    "panel": (
        "A panel or a meeting of professionals",
        ("school", "people", "attendance", "results", "suspensions", "needs", "placement", "care", "reviews", "tasks"),
    ),
}


def readable(viewer: Viewer) -> list[Section]:
    """The sections that this viewer may read, and so may put on a page."""
    return [one for one in SECTIONS if (viewer.may("casework") if one.column == "tasks" else viewer.may_read(one.column))]


def preset(viewer: Viewer, audience: str) -> list[str]:
    """The sections that stand on the page of an audience if nobody says otherwise: none that is delicate."""
    return [one.name for one in readable(viewer) if one.name in AUDIENCES[audience][1] and not one.is_delicate]


def page_of(viewer: Viewer, child: Child, chosen: list[str]) -> list[dict[str, Any]]:
    """The parts of the page: title, and lines of words or of marks. Sections that the viewer may not read are never there."""
    facts = children_facts.facts()
    lanes = {lane.name: lane for lane in timeline.timeline(viewer, child)}

    def fact(*names: str) -> list[tuple[str, str]]:
        known = [facts[name] for name in names if children_facts.may_read(viewer, child, name)]
        return [(one.words, one.shown(one.of(child)) or "none") for one in known]

    def marks(*names: str) -> list[tuple[str, str]]:
        return [(mark.time, mark.words) for name in names if name in lanes for mark in reversed(lanes[name].marks)]

    made = {
        "school": lambda: fact("school", "year_group"),
        "people": lambda: fact("social_worker", "reviewing_officer"),
        "attendance": lambda: marks("attendance"),
        "results": lambda: marks("results"),
        "suspensions": lambda: marks("suspensions"),
        "needs": lambda: fact("sen", "primary_need"),
        "placement": lambda: fact("placement", "home", "carer"),
        "care": lambda: marks("care", "placements"),
        "reviews": lambda: marks("reviews"),
        "tasks": lambda: _tasks(viewer, child),
        "address": lambda: fact("placement_address"),
        "need": lambda: fact("category_of_need"),
        "legal": lambda: marks("legal"),
        "sdq": lambda: marks("sdq"),
        "immigration": lambda: fact("unaccompanied"),
        "siblings": lambda: [],
        "mother": lambda: _mother(child),
    }
    none = {"siblings": "Neither return nor roll says who the child's siblings are."}
    return [
        {"title": one.words, "lines": made[one.name](), "none": none.get(one.name, "Nothing is held.")}
        for one in readable(viewer)
        if one.name in chosen
    ]


def _tasks(viewer: Viewer, child: Child) -> list[tuple[str, str]]:
    from virtualschool.web.templatetags.words import day

    open_ones = Task.objects.filter(la=child.la, token=child.token, done__isnull=True).select_related("owner__person").order_by("due", "pk")
    late = clock.today()
    return [
        (
            f"By {day(task.due)}{', overdue' if task.due < late else ''}",
            f"{task.what} ({task.owner.person if task.owner else 'nobody yet'})",
        )
        for task in open_ones
    ]


def _mother(child: Child) -> list[tuple[str, str]]:
    """What the newest return says, for a girl; the field is hers alone."""
    held = stores.snapshot()
    query = """
        SELECT h.mother FROM header h JOIN children c USING (la, child, year) WHERE c.la = ? AND c.token = ? AND h.mother IS NOT NULL
        ORDER BY h.year DESC LIMIT 1
    """
    said = stores.engine(held).rows(query, [child.la, child.token])
    return [("Is a mother", timeline.word("MOTHER", said[0]["mother"]) or "not known")] if said else []

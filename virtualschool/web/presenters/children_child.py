"""One child's page: facts in sections, each for who may read it, and where one can go from here."""

from typing import Any

from virtualschool.web import children
from virtualschool.web.children import Child
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_facts
from virtualschool.web.presenters.children_casework import COMPULSORY
from virtualschool.web.presenters.children_facts import Fact
from virtualschool.web.presenters.home import leads_to

SECTIONS = {
    "School": ("school", "year_group", "school_type", "school_inspection", "absence", "suspensions", "sen", "primary_need", "fsm"),
    "Care": (
        "entered_care",
        "placement",
        "placement_provider",
        "home",
        "carer",
        "placement_began",
        "placement_address",
        "distance_band",
        "out_of_authority",
        "legal_status",
        "category_of_need",
    ),
    "People": ("social_worker", "reviewing_officer", "social_workers_in_year"),
    "The child": ("age", "sex", "ethnicity", "language", "disability", "unaccompanied", "sdq_score", "sdq_band", "flags"),
}
"""The columns of each section of the page."""


def sections(viewer: Viewer, child: Child) -> list[dict[str, Any]]:
    """Each section with the facts in it that this viewer may read; what is not known says so."""
    facts = children_facts.facts()
    facts["suspensions"] = Fact("suspensions", "Suspensions in the year", children_facts.held("suspensions"), children_facts.said)
    made = []
    for title, names in SECTIONS.items():
        known = [facts[name] for name in names if children_facts.may_read(viewer, child, name)]
        lines = [(fact.words, _shown(fact, child)) for fact in known]
        if lines:
            made.append({"title": title, "lines": lines})
    return made


def ways(viewer: Viewer, child: Child) -> list[dict[str, str]]:
    """Pages about this child that this viewer may open, as far as they are there."""
    asked = (
        ("children-meeting", "A page for a meeting", "record"),
        ("plans-child", "Education plans", "plan"),
        ("plans-child-assessments", "Teachers’ assessments", "plan"),
        ("premium-child", "Money", "premium"),
        ("children-attendance-child", "Attendance this term", "record"),
        ("children-progress-child", "Progress from starting points", "progress"),
        ("voice-child", "What the child says", "voice"),
        ("people-ways-in", "Let someone in for one visit", "taking_part"),
        ("people-child-sharing", "Share", "sharing"),
        ("people-child-protection", "Protect", "sharing"),
        ("people-child-events", "Who looked at this child", "events"),
    )
    found = [{"address": leads_to(view, token=child.token), "words": words} for view, words, kind in asked if _may(viewer, child, kind)]
    return [one for one in found if one["address"]]


def who(viewer: Viewer, child: Child) -> str:
    """A line below the name: year group, school and age."""
    facts = children_facts.facts()
    group, age = children_facts.year_group(child), children.age(children_facts.born(child))
    parts = [facts["year_group"].shown(group) if group else "", facts["school"].shown(child.school) if child.school else ""]
    if child.entry is not None and not child.entry.school and group in COMPULSORY:
        parts[1] = "no school place on the roll"
    return ", ".join(filter(None, [*parts, f"aged {age}" if age is not None else ""]))


def _shown(fact: Fact, child: Child) -> str:
    """A value in words; what the roll leaves empty is none, and not unknown."""
    value = fact.of(child)
    if child.entry is not None and value is None and fact.name in ("home", "carer", "school"):
        return "none"
    return fact.shown(value) or "none"


def _may(viewer: Viewer, child: Child, kind: str) -> bool:
    return viewer.may(kind) and (child.kinds is None or kind in child.kinds)

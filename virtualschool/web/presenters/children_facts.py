"""What a list may say of a child, column by column: from the roll of today where it knows, else from the newest row of the store.

A column is given only to who may read it, and of a child who is shared across a border only where the record is shared.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from virtualschool import tables
from virtualschool.benchmarks.request import FILTERS
from virtualschool.publish.rounding import percent
from virtualschool.web import children
from virtualschool.web.children import Child
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters.children_changes import NO_SCHOOL, school_names

WITH_THE_NAME = ("name", "school", "year_group", "age")
"""What stands beside a name whatever is shared of a child: who the child is and where it learns."""


@dataclass(frozen=True)
class Fact:
    """One column of a list: its words, its value of a child (None where not known), and how the value reads."""

    name: str
    words: str
    of: Callable[[Child], Any]
    shown: Callable[[Any], str]
    number: bool = False


def facts() -> dict[str, Fact]:
    """Every column that a list, a filter or a file may have, by name."""
    names = school_names()

    def school(urn: Any) -> str:
        return names.get(urn, f"URN {urn}") if urn else "not known"

    ours = [
        Fact("name", "Name", lambda child: child.name, str),
        Fact("age", "Age", lambda child: children.age(born(child)), said, number=True),
        Fact("year_group", "Year group", year_group, lambda value: "not known" if value is None else year_words(value)),
        Fact("school", "School", lambda child: child.school or None, school),
        Fact("social_worker", "Social worker", entered("social_worker"), said),
        Fact("reviewing_officer", "Reviewing officer", entered("reviewing_officer"), said),
        Fact("placement", "Placement", lambda child: entered("placement")(child) or child.row.get("placement_type"), said),
        Fact("home", "Children's home", entered("home"), said),
        Fact("carer", "Carer", entered("carer"), said),
        Fact("placement_address", "Address", entered("placement_address"), said),
        Fact("placement_began", "Placement began", entered("placement_began"), said),
        Fact("entered_care", "Entered care", lambda child: entered("entered_care")(child) or child.row.get("period_start"), said),
        Fact("flags", "Flags", lambda child: ", ".join(entered("flags")(child) or []) or None, lambda value: value or ""),
        Fact("absence", "Absence", absence, lambda value: "not known" if value is None else f"{value}%", number=True),
    ]
    made = {fact.name: fact for fact in ours}
    for column in FILTERS.values():
        if column.name not in made:
            made[column.name] = Fact(column.name, words_of(column), held(column.name), said, column.type == "integer")
    return made


def may_read(viewer: Viewer, child: Child, name: str) -> bool:
    """Whether this viewer may read a column of this child."""
    level = "sessions_missed" if name == "absence" else name
    return viewer.may_read(level) and (child.kinds is None or "record" in child.kinds or name in WITH_THE_NAME)


def value(viewer: Viewer, child: Child, fact: Fact) -> Any:
    """The value of a column for who may read it; else None, as if it were not known."""
    return fact.of(child) if may_read(viewer, child, fact.name) else None


def held(name: str) -> Callable[[Child], Any]:
    return lambda child: child.row.get(name)


def entered(name: str) -> Callable[[Child], Any]:
    return lambda child: (getattr(child.entry, name) or None) if child.entry is not None else None


def born(child: Child) -> datetime.date | None:
    return child.entry.dob if child.entry is not None and child.entry.dob else child.row.get("dob")


def year_group(child: Child) -> str | None:
    return entered("year_group")(child) or child.row.get("year_group")


def absence(child: Child) -> Decimal | None:
    """Percent of sessions missed in the school year of the newest row, of one child: a record, and no figure of a group."""
    possible, missed = child.row.get("sessions_possible"), child.row.get("sessions_missed")
    if not possible or missed is None:
        return None
    return percent(missed, possible)


def words_of(column: tables.Column) -> str:
    """The heading of a column of the store: `placement_type` is Placement type."""
    words = column.name.replace("_", " ").replace(" la", " authority").replace("sdq", "SDQ").replace("fsm", "free school meals")
    words = "SEN" if words == "sen" else words
    return words[:1].upper() + words[1:]


def year_words(value: str) -> str:
    return {"R": "Reception", "N1": "Nursery 1", "N2": "Nursery 2"}.get(value, f"Year {value}")


def said(value: Any) -> str:
    from virtualschool.web.templatetags.words import shown

    return shown(value)


def place_in_order(value: Any) -> tuple:
    """Where a value stands in a list: numbers by size, year groups by age, words without regard to capitals, and what is not known last."""
    if value is None or value == "" or value == NO_SCHOOL:
        return (1,)
    if isinstance(value, str):
        groups = ("N1", "N2", "R")
        if value in groups:
            return (0, groups.index(value) - 3, "")
        return (0, int(value), "") if value.isdigit() and len(value) < 3 else (0, 1_000_000, value.casefold())
    if isinstance(value, datetime.date):
        return (0, value.toordinal(), "")
    return (0, value, "")

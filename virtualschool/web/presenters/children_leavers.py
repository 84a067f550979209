"""From classroom to care leaver: what becomes of care leavers, by the way they came, and who they are for who may see them."""

from dataclasses import dataclass
from typing import Any

from virtualschool import measures, years
from virtualschool.errors import WrongUse
from virtualschool.measures.care_leavers import OCCUPIED
from virtualschool.web import asking, children, stores
from virtualschool.web.children import Child
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters.figures_choice import label, words
from virtualschool.web.presenters.home import leads_to

OUTCOMES = {
    "eet": "In education, employment or training",
    "in_touch": "In touch with the authority",
    "suitable": "In suitable accommodation",
    "higher_education": "In higher education",
    "apprenticeship": "In an apprenticeship",
    "pathway_current": "Pathway plan in place and reviewed",
}
AGES = {"19": ("19 to 21", "leavers", (19, 21)), "17": ("17 and 18", "leavers_17_18", (17, 18))}
ROUTE = ("route_english_maths", "route_sen", "route_placement", "route_age_at_entry", "route_length_of_care")
NEEDING = {
    "": "Everyone",
    "none": "Not in education, employment or training",
    "unknown": "Activity not known",
    "touch": "Not in touch",
    "unsuitable": "Accommodation not suitable",
    "plan": "No pathway plan of the last six months",
}
COLUMNS = ("leaver_activity", "in_touch", "accommodation", "route_english_maths", "route_sen", "route_placement", "pathway_current")


@dataclass(frozen=True)
class Asked:
    """What the address asks for, each part one that there is."""

    outcome: str = "eet"
    ages: str = "19"
    who: str = ""

    @property
    def measure(self) -> str:
        return f"{AGES[self.ages][1]}_{self.outcome}"


def asked(query: Any) -> Asked:
    outcome, ages, who = query.get("outcome", "eet"), query.get("ages", "19"), query.get("who", "")
    return Asked(outcome if outcome in OUTCOMES else "eet", ages if ages in AGES else "19", who if who in NEEDING else "")


def routes(viewer: Viewer, what: Asked) -> list[dict[str, Any]]:
    """A table for each part of the way: groups of leavers and the outcome in each, as this viewer may see figures."""
    held = stores.snapshot()
    year = stores.newest_year(held, viewer.la)
    if year is None or not viewer.may("figures"):
        return []
    measure = measures.named(what.measure)
    made = []
    for column in ROUTE:
        if not viewer.may_read(column):
            continue
        try:
            found = asking.figures(viewer, [measure.name], held, la=viewer.la, by=column, year=str(year))
        except WrongUse:
            return []
        lines = [line(row, column) for row in found.rows]
        if lines:
            more = leads_to("figures-groups")
            address = f"{more}?measure={measure.name}&by={column}&year={year}" if more else ""
            made.append({"title": label(column), "lines": lines, "address": address, "marks": found.marks.in_words()})
    return made


def line(row: dict[str, Any], column: str) -> dict[str, Any]:
    value = row[column]
    group = {True: "yes", False: "no"}[value] if isinstance(value, bool) else words(column, value)
    return {"group": group, **{name: row[name] for name in ("numerator", "denominator", "value", "low", "high", "symbol", "note")}}


def year_words(viewer: Viewer) -> str:
    year = stores.newest_year(stores.snapshot(), viewer.la)
    return years.label(year) if year else ""


def leavers(viewer: Viewer, what: Asked) -> list[Child]:
    """The care leavers of the newest return whom this viewer may see, of the ages asked for, narrowed to who needs something."""
    held = stores.snapshot()
    newest = stores.newest_year(held, viewer.la)
    low, high = AGES[what.ages][2]
    found = [
        child
        for child in children.of(viewer)
        if child.la == viewer.la and child.row.get("care_leaver") and child.row.get("year") == newest
        and low <= (child.row.get("age_on_31_march") or 0) <= high
    ]  # fmt: skip
    return [child for child in found if needs(child.row, what.who)]


def needs(row: Any, who: str) -> bool:
    activity = row.get("leaver_activity")
    return {
        "": True,
        "none": bool(activity) and activity not in OCCUPIED and activity != "not known",
        "unknown": activity in (None, "not known"),
        "touch": row.get("in_touch") != "in touch",
        "unsuitable": row.get("accommodation_suitable") is False,
        "plan": row.get("pathway_current") is not True,
    }[who]


def lines(viewer: Viewer, found: list[Child]) -> list[dict[str, Any]]:
    """A row of the table for each: the name, age and the columns that this viewer may read."""
    columns = [name for name in COLUMNS if viewer.may_read(name)]
    return [
        {
            "child": child,
            "opens": viewer.may("record"),
            "age": child.row.get("age_on_31_march"),
            "cells": [said(child.row.get(name)) for name in columns],
            "suitable": viewer.may_read("accommodation_suitable") and child.row.get("accommodation_suitable") is False,
        }
        for child in found
    ]


HEADINGS = {
    "leaver_activity": "Activity",
    "in_touch": "In touch",
    "accommodation": "Lives",
    "route_english_maths": "English and maths at 4",
    "route_sen": "Special needs at school",
    "route_placement": "Last placement",
    "pathway_current": "Pathway plan current",
}


def headings(viewer: Viewer) -> list[str]:
    return [HEADINGS[name] for name in COLUMNS if viewer.may_read(name)]


def said(value: Any) -> str:
    return "not known" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)

"""Attendance within the term as pages show it."""

import datetime
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from virtualschool.benchmarks.control import Placed
from virtualschool.outcomes.marks import ABSENT, counted, kind_of, meaning_of, spells
from virtualschool.outcomes.marks_watched import THRESHOLDS, Alert, within
from virtualschool.publish.rounding import rounded
from virtualschool.reports.blocks import Chart, Mark, Table
from virtualschool.web import attendance_watch, clock, stores
from virtualschool.web.actions.attendance import thresholds
from virtualschool.web.attendance_watch import Series, shown
from virtualschool.web.children import Child
from virtualschool.web.models import AttendanceFile, AttendanceWeek, OfficerCase
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters.children_casework import mine
from virtualschool.web.presenters.children_changes import school_names
from virtualschool.web.templatetags.words import day

FOR_WHOM = {
    "attendance": "Below the line",
    "fall": "Falling",
    "run": "Away now",
    "unauthorised": "Unauthorised",
    "suspensions": "Suspended again",
}


@dataclass(frozen=True)
class Line:
    """A child with alerts, its attendance of four weeks, and the open case where there is one."""

    child: Child
    alerts: list[Alert]
    percent: str
    school: str
    case: OfficerCase | None


def current(viewer: Viewer) -> dict[str, Child]:
    return {token: child for token, child in mine(viewer).items() if child.is_current}


def overview(viewer: Viewer, only: str = "") -> dict[str, Any]:
    """Children with an alert, those with most first; children of whom the files have nothing; and who is away and missing."""
    today = clock.today()
    held, limits = attendance_watch.marks(viewer.la, today), thresholds(viewer.la)
    known, names = current(viewer), school_names()
    found = {token: alerts for token, alerts in attendance_watch.alerts_of(held, limits).items() if token in known}
    cases = {one.token: one for one in OfficerCase.objects.filter(la=viewer.la, closed__isnull=True).order_by("opened")}
    counts = {name: sum(any(one.name == name for one in alerts) for alerts in found.values()) for name in FOR_WHOM}
    lines = []
    for token, alerts in found.items():
        if only and not any(one.name == only for one in alerts):
            continue
        now = counted(within(held.by_child[token], held.until, 4)) if held.until else counted(())
        child = known[token]
        lines.append(Line(child, alerts, shown(now.attended, now.possible), names.get(child.school, ""), cases.get(token)))
    lines.sort(key=lambda one: (-len(one.alerts), one.child.name.casefold()))
    return {
        "held": held,
        "lines": lines,
        "all": len(found),
        "counts": [(name, words, counts[name]) for name, words in FOR_WHOM.items() if counts[name]],
        "silent": attendance_watch.without_marks(held, known.values(), limits),
        "away": attendance_watch.away_and_missing(held, known.values()) if viewer.may("missing") else [],
        "limits": [(THRESHOLDS[name], value) for name, value in limits.items()],
    }


def prevention(viewer: Viewer) -> dict[str, Any]:
    """The prevention list, with the facts that this viewer may read."""
    held = attendance_watch.marks(viewer.la, clock.today())
    names = school_names()
    found = attendance_watch.prevention(held, current(viewer).values(), stores.snapshot())
    lines = []
    for one in found:
        facts = [sign for sign in one.signs if viewer.may_read(attendance_watch.SENSITIVE.get(sign.name, "name"))]
        lines.append({"child": one.child, "signs": facts, "case": one.case, "school": names.get(one.child.school, "")})
    return {"lines": lines, "held": held}


# --- Charts ---


def all_series(viewer: Viewer, only: str = "") -> list[Series]:
    """The series of each group of children that has one, or of one group."""
    found = attendance_watch.groups(stores.snapshot(), viewer.la, current(viewer).values())
    held = attendance_watch.weeks_held(viewer.la, clock.today())
    return [attendance_watch.series(held, name, words, tokens) for name, (words, tokens) in found.items() if only in ("", name)]


def chart_of(series: Series) -> Chart:
    """The control chart of a series, in percent."""
    marks = tuple(
        Mark(
            one.point.at, "attendance", _percent(one.point.value), _percent(one.low), _percent(_most(one.high)), why="; ".join(one.signals)
        )
        for one in series.placed
    )
    centre = series.placed[0].centre if series.placed else None
    return Chart(
        f"attendance-{series.name}",
        "control",
        f"Attendance by week: {series.words}",
        series.said,
        "Percent of sessions attended",
        marks,
        (("attendance", "own"),),
        Table("attendance", "Attendance by week", (), ()),
        ("centre", _percent(centre) or 0.0) if centre is not None else None,
    )


def rows_of(series: Series) -> list[dict[str, Any]]:
    """The same as a table, the newest week first."""
    made = []
    for week, placed in zip(series.weeks, series.placed, strict=True):
        made.append(
            {
                "week": day(week.monday),
                "children": week.children,
                "sessions": week.possible,
                "percent": shown(week.attended, week.possible),
                "limits": _limits(placed),
                "signals": "; ".join(placed.signals),
            }
        )
    return made[::-1]


def _limits(placed: Placed) -> str:
    if placed.low is None or placed.high is None:
        return "no limits yet"
    return f"{_said(placed.low)} to {_said(_most(placed.high))}"


def _said(value: float | None) -> str:
    return "" if value is None else f"{rounded(Fraction(value) * 100, 1)}%"


def _percent(value: float | None) -> float | None:
    return None if value is None else float(rounded(Fraction(value) * 100, 1))


def _most(value: float | None) -> float | None:
    """No limit lies above all sessions."""
    return None if value is None else min(value, 1.0)


# --- One child ---


def of_child(viewer: Viewer, child: Child) -> dict[str, Any]:
    """A child's weeks, the newest first, with each mark in words; spells of suspension; and what is to be looked at."""
    weeks = list(AttendanceWeek.objects.filter(la=child.la, token=child.token).order_by("-monday")[:60])
    days = sorted(one for week in weeks for one in attendance_watch.days_of(week))
    found = []
    if viewer.may("casework") and child.la == viewer.la:
        held = attendance_watch.marks(child.la, clock.today(), child.token)
        found = attendance_watch.alerts_of(held, thresholds(child.la)).get(child.token, [])
    rows = []
    for week in weeks:
        cells = []
        said = {one: marks for one, *marks in attendance_watch.days_of(week)}
        for place in range(5):
            when = week.monday + datetime.timedelta(days=place)
            cells.append([_cell(mark, when) for mark in said.get(when, ("", ""))])
        rows.append({"week": week, "cells": cells, "percent": shown(week.attended, week.possible)})
    seen = {mark: meaning_of(mark, when) for when, *marks in days for mark in marks if mark}
    cases = OfficerCase.objects.filter(la=child.la, token=child.token).select_related("owner__person").order_by("closed", "-opened")
    total = counted(days)
    return {
        "rows": rows,
        "alerts": found,
        "suspensions": [(first, last, number) for first, last, number in reversed(spells(days))],
        "codes": sorted(seen.items()),
        "cases": list(cases) if viewer.may("casework") and child.la == viewer.la else [],
        "total": total,
        "percent": shown(total.attended, total.possible),
    }


def _cell(mark: str, when: datetime.date) -> dict[str, str]:
    kind = kind_of(mark, when)
    tone = "absent" if kind in ABSENT else "none" if kind in (None, "not possible") else "present"
    return {"mark": mark, "tone": tone, "words": meaning_of(mark, when) if mark else "no mark"}


def files(la: str) -> list[AttendanceFile]:
    return list(AttendanceFile.objects.filter(la=la).select_related("made_by").order_by("-pk")[:20])

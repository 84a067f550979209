"""Targets met or missed, and a record since a date, as they may leave.

A figure that is hidden has no verdict: one against a target of one's own choosing would give the figure away.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from virtualschool import measures, places, years
from virtualschool.benchmarks import change, targets
from virtualschool.benchmarks.change import Change, Year
from virtualschool.benchmarks.estimate import difference
from virtualschool.errors import WrongUse
from virtualschool.measures import Measure
from virtualschool.publish.passed import Asking, Line, passed
from virtualschool.publish.spread import with_limits
from virtualschool.publish.told import Told, of_difference, of_estimate, printed
from virtualschool.store import Engine, Snapshot

NOT_YET, HIDDEN, NO_FIGURE = "no figure yet", "hidden", "no figure"


def years_held(engine: Engine) -> list[int]:
    rows = engine.rows("SELECT year FROM facts UNION SELECT year FROM published")
    return sorted(row["year"] for row in rows if row["year"] is not None)


# --- Targets ---


def targets_told(snapshot: Snapshot, *, la: str = "all", year: int | None = None, audience: str = "public") -> Told:
    """A row for each target that holds: the figure with its interval, whether it reached the target, and the verdict."""
    asking = Asking(snapshot, audience)
    known = places.of(asking.engine)
    wanted = None if la == "all" else known.authority(la).la
    found = {
        key: target
        for key, target in sorted(targets.held(snapshot.store.path).items())
        if wanted in (None, key[0]) and year in (None, key[2])
    }
    there = years_held(asking.engine)
    by_question: dict[tuple[str, int], list[str]] = {}
    for code, name, at in found:
        by_question.setdefault((code, at), []).append(name)
    lines: dict[tuple[str, str, int], Line] = {}
    marks: dict[str, None] = {}
    notes: dict[str, None] = {}
    for (code, at), names in by_question.items():
        if at in there:
            answered = passed(snapshot, names, audience, asking=asking, la=code, year=at)
            answered, said = with_limits(answered, asking.engine)
            notes |= dict.fromkeys(said)
            marks |= dict.fromkeys(answered.published.marks_in_words())
            lines |= {(code, line.cell.measure.name, at): line for line in answered.lines}
    rows = [target_row(known.name(key[0]), key, target, lines.get(key), max(there, default=0)) for key, target in found.items()]
    if not rows:
        notes["No target is set. Set some: virtualschool targets STORE --add FILE, a CSV of la, measure, year, target."] = None
    return Told(rows, list(marks), list(notes))


def target_row(name: str, key: tuple[str, str, int], target: Decimal, line: Line | None, newest: int) -> dict[str, Any]:
    la, of, year = key
    measure = measures.named(of)
    own = line.own if line else None
    met = own is not None and targets.reached(measure, own, target)
    return {
        "la": la,
        "la_name": name,
        "measure": of,
        "year": year,
        "target": float(target),
        "pupils": line.row["pupils"] if line else None,
        **of_estimate(own, measure),
        "symbol": line.row["symbol"] if line else "",
        "reached": None if own is None else "yes" if met else "no",
        "verdict": verdict(measure, line, target, year, newest),
    }


def verdict(measure: Measure, line: Line | None, target: Decimal, year: int, newest: int) -> str:
    if line is None or line.own is None:
        return HIDDEN if line and line.is_hidden else NOT_YET if year >= newest else NO_FIGURE
    return targets.verdict(measure, line.own, target)


# --- A record since a date ---


def record_told(snapshot: Snapshot, names: Sequence[str] = (), *, la: str, since: str, audience: str = "public") -> Told:
    """A row for each measure and year, from the last year that was over on a date; with each, what changed since.

    `since` is a date such as that of the previous inspection: 2022-06-15 or 15/06/2022.
    """
    day = date_of(since)
    asking = Asking(snapshot, audience)
    known = places.of(asking.engine)
    authority, there = known.authority(la), years_held(asking.engine)
    if not there:
        raise WrongUse("Record", "the store holds no year.", "Build it from returns, education files or DfE's published files.")
    chosen = [measures.named(name) for name in names] or list(measures.ALL.values())
    asked = [measure.name for measure in chosen]
    first = max(min(there), last_year_over(day, True) - 3)
    found = passed(snapshot, asked, audience, asking=asking, la=authority.la, year=f"{first}-{max(there)}", compare="england")
    found, said = with_limits(found, asking.engine)
    set_by = targets.held(snapshot.store.path)
    rows: list[dict[str, Any]] = []
    broken: dict[str, None] = {}
    for measure in chosen:
        lines = [line for line in found.lines if line.cell.measure is measure]
        base = last_year_over(day, measure.of_schools)
        before = [line.cell.year for line in lines if line.own and line.cell.year <= base]
        kept = [line for line in lines if line.cell.year >= max(before, default=base + 1)]
        if not any(line.own or line.is_hidden for line in kept):
            continue
        series = [Year(line.cell.year, line.own.amount, standard_error(line), line.own.is_enough) for line in kept if line.own]
        moved = change.change(measure, series)
        shown = [line.cell.year for line in kept if line.own]
        broken |= dict.fromkeys(f"{measure.title}: {said}" for said in change.breaks(measure, shown))
        for line in kept:
            target = set_by.get((authority.la, measure.name, line.cell.year))
            rows.append(record_row(line, base, moved, target, max(there)))
    notes = [
        f"Before: the last year that was over on {day:%-d %B %Y}. The change is that of a straight line through the years that may be set "
        "beside one another; cannot tell where its 95% interval holds nought.",
        "Many measures stand side by side: of those that did not change, one in twenty looks as if it had.",
        *said,
        *broken,
    ]
    return Told(rows, found.published.marks_in_words(), notes, {"la": authority.la, "la_name": authority.name, "since": day.isoformat()})


def date_of(text: str) -> date:
    day, month, year = [*text.split("/"), "", "", ""][:3] if "/" in text else [*reversed(text.split("-")), "", "", ""][:3]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise WrongUse(f"Date '{text}'", "this is not a date.", "Write it as 2022-06-15 or 15/06/2022.") from None


def last_year_over(day: date, of_schools: bool) -> int:
    """The last school year, or care year, that was over before a day."""
    return (years.school_year_of(day) if of_schools else years.care_year_of(day)) - 1


def standard_error(line: Line) -> float | None:
    """From what the limits span, which for few children is wider than the error by itself."""
    own = line.own
    if own is None or own.low is None or own.high is None:
        return None
    return (own.high - own.low) / 2 / 1.96


def record_row(line: Line, base: int, moved: Change, target: Decimal | None, newest: int) -> dict[str, Any]:
    measure, own, england = line.cell.measure, line.own, line.beside.get("england")
    return {
        "measure": measure.name,
        "title": measure.title,
        "unit": measure.unit,
        "year": line.cell.year,
        "when": "before" if line.cell.year <= base else "since",
        "pupils": line.row["pupils"],
        **of_estimate(own, measure),
        "symbol": line.row["symbol"],
        "note": line.row["note"],
        "england_value": printed(Fraction(england.value) if england else None, measure.decimals),
        **of_difference(difference(own, england) if own and england else None, measure, "england_difference"),
        "target": None if target is None else float(target),
        "target_verdict": None if target is None else verdict(measure, line, target, line.cell.year, newest),
        "change_from": moved.years[0] if len(moved.years) > 1 else None,
        "change_to": moved.years[-1] if len(moved.years) > 1 else None,
        "change": printed(moved.value, measure.decimals),
        "change_low": printed(moved.low, measure.decimals),
        "change_high": printed(moved.high, measure.decimals),
        "changed": in_words(measure, moved),
    }


def in_words(measure: Measure, moved: Change) -> str:
    """better, worse, higher, lower or cannot tell."""
    if moved.direction is None:
        return "cannot tell"
    up = moved.direction > 0
    if measure.better == "neither":
        return "higher" if up else "lower"
    return "better" if up == (measure.better == "higher") else "worse"

"""Control charts as they may leave.

For the public, counts of 1 to 5 are hidden, and as the year's total may be known, so is a second one of the year; attendance of fewer
than 6 children hides its year. Where the year's own figure is hidden, for itself or for what was released before, so is every point
of the year, since they add up to it; of the moves of a year there is no figure. The chart is then drawn from the points that are
left, so that its limits give nothing away.
"""

import getpass
from typing import Any

from virtualschool import places
from virtualschool.benchmarks import control, series
from virtualschool.benchmarks.series import Kind, Tally
from virtualschool.errors import WrongUse, unknown
from virtualschool.outcomes.national import invented
from virtualschool.publish import internal
from virtualschool.publish.counts import SMALL, counts
from virtualschool.publish.hiding import HIDDEN
from virtualschool.publish.passed import Asking, passed
from virtualschool.publish.told import Told, printed
from virtualschool.store import Snapshot

RULE = "Counts of 1 to 5 are hidden, with a second of the same year, and attendance of fewer than 6 children."


def control_told(snapshot: Snapshot, name: str, *, la: str = "all", audience: str = "public", who: str = "", release_as: str = "") -> Told:
    """A row for each term or quarter: the value, its centre and limits, and its signals.

    With `release_as` the figures of the years are entered in the ledger under that name.
    """
    if name not in series.KINDS:
        raise unknown("Series", name, series.KINDS)
    kind, engine = series.KINDS[name], snapshot.engine()
    known = places.of(engine)
    if la == "all" and audience != "internal":
        raise WrongUse("Control chart of all", "what one authority hides could be had from all and the others.", "Name one: --la CODE")
    authority = None if la == "all" else known.authority(la)
    tallies = kind.tallies(engine, authority.la if authority else None)
    if audience == "internal":
        who = who or getpass.getuser()
        marks = [internal.mark(who)]
        line: dict[str, Any] = {"who": who, "when": internal.now(), "command": "control", "series": name, "places": la}
        internal.note_down(snapshot.store.path / "records" / "internal.log", line)
    else:
        marks = [RULE]
    secret: set[Tally] = set()
    if audience != "internal" and authority:
        unseen = hidden_years(snapshot, kind, authority.la, sorted({one.year for one in tallies}), release_as)
        secret = hidden(kind, tallies) | {one for one in tallies if one.year in unseen}
    points = [control.Point(one.at, None if one in secret else value(one), one.season) for one in tallies]
    placed = control.chart(points)
    rows = [row(kind, one, at, one in secret) for one, at in zip(tallies, placed, strict=True)]
    about = {
        "series": kind.name,
        "title": kind.title,
        "unit": kind.unit,
        "la": authority.la if authority else "all",
        "la_name": authority.name if authority else "all authorities of the store",
        "years": sorted({one.year for one in tallies}),
        "invented": invented(engine),
    }
    notes = [control.in_words(placed) if tallies else kind.why_none]
    if secret:
        notes.append(f"{len(secret)} points are hidden, and no run goes through them.")
    if control.seasons(points)[0]:
        notes.append("Each point is set against the mean of its own season.")
    return Told(rows, marks, notes, about)


def value(one: Tally) -> float | None:
    return 100 * one.count / one.of if one.of else None


def hidden_years(snapshot: Snapshot, kind: Kind, la: str, held: list[int], release_as: str) -> set[int]:
    """The years whose own figure is hidden at the door."""
    if not kind.yearly or not held:
        return set()
    asking = Asking(snapshot, "public", release_as, "control")
    found = passed(snapshot, [kind.yearly], "public", asking=asking, la=la, year=f"{held[0]}-{held[-1]}", source="pupils")
    asking.enter()
    return {line.cell.year for line in found.lines if line.is_hidden}


def hidden(kind: Kind, tallies: list[Tally]) -> set[Tally]:
    """The points that the public does not see."""
    by_year: dict[int, list[Tally]] = {}
    for one in tallies:
        by_year.setdefault(one.year, []).append(one)
    found: set[Tally] = set()
    for line in by_year.values():
        if any(one.children <= SMALL for one in line):
            found.update(line)
        elif kind.counts_events:
            shown = counts([one.count for one in line], "public")
            found.update(one for one, count in zip(line, shown, strict=True) if count == HIDDEN)
    return found


def row(kind: Kind, one: Tally, placed: control.Placed, is_hidden: bool) -> dict[str, Any]:
    return {
        "series": kind.name,
        "at": one.at,
        "year": one.year,
        "season": one.season,
        "children": None if is_hidden else one.children,
        "count": None if is_hidden else one.count,
        "value": printed(placed.point.value, 1),
        "symbol": HIDDEN if is_hidden else "" if one.of else "z",
        "centre": printed(placed.centre, 1),
        "low": printed(placed.low, 1),
        "high": printed(placed.high, 1),
        "signals": "; ".join(placed.signals),
    }

"""Control charts: a series over time with the limits that it keeps to by itself, and signals in plain words.

XmR: the centre is the mean, and the limits lie 2.66 mean moving ranges either way. The moving range is from one point to the next, so
that a lasting shift does not widen it. A missing point breaks the series: nothing is measured across it, and no run goes through it.

Where a season comes again (the terms of a year), each point is set against the mean of its own season first, once every season is
held three times; the limits are widened by what that uses up.

Signals: outside the limits; eight in a row on one side of the centre; six in a row rising or falling; two of three in a row in the outer
third on one side.
Sources: W. A. Shewhart, Economic control of quality of manufactured product (1931); D. J. Wheeler, Understanding variation (1993).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

TO_LIMIT = 2.66
"""3 ÷ 1.128: three standard deviations, from the mean range of two normal values."""
FEWEST = 8
"""With fewer points there are no limits."""
OUTSIDE, ONE_SIDE, TREND, OUTER = "outside the limits", "eight in a row on one side", "six in a row one way", "two of three near a limit"
SEASONS_HELD = 3


@dataclass(frozen=True)
class Point:
    """One point of a series; `value` is None where there is none. `season` names what comes again each year."""

    at: str
    value: float | None
    season: str = ""


@dataclass(frozen=True)
class Placed:
    """A point with its own centre and limits (None where there are too few points), and the signals at it."""

    point: Point
    centre: float | None
    low: float | None
    high: float | None
    signals: tuple[str, ...]


def chart(series: Sequence[Point], *, floor: float | None = 0.0) -> list[Placed]:
    """The points of a series in its order, each with its limits; no limit lies below `floor`."""
    known = [point.value for point in series if point.value is not None]
    if len(known) < FEWEST:
        return [Placed(point, None, None, None, ()) for point in series]
    shifts, widened = seasons(series)
    level = fmean(known)
    flat = [None if point.value is None else point.value - shifts.get(point.season, 0.0) for point in series]
    moves = [abs(after - before) for before, after in pairwise(flat) if before is not None and after is not None]
    half = TO_LIMIT * fmean(moves) * widened if moves else 0.0
    found = signals(flat, level, half)
    placed = []
    for at, point in enumerate(series):
        shift = shifts.get(point.season, 0.0)
        low = level + shift - half
        placed.append(
            Placed(point, level + shift, low if floor is None else max(low, floor), level + shift + half, tuple(found.get(at, ())))
        )
    return placed


def seasons(series: Sequence[Point]) -> tuple[dict[str, float], float]:
    """How far each season lies from the mean, and by how much limits are widened for having worked that out."""
    by_season: dict[str, list[float]] = {}
    for point in series:
        if point.value is not None:
            by_season.setdefault(point.season, []).append(point.value)
    fewest = min((len(values) for values in by_season.values()), default=0)
    if len(by_season) < 2 or fewest < SEASONS_HELD:
        return {}, 1.0
    level = fmean(value for values in by_season.values() for value in values)
    return {season: fmean(values) - level for season, values in by_season.items()}, math.sqrt(fewest / (fewest - 1))


def signals(values: Sequence[float | None], level: float, half: float) -> dict[int, list[str]]:
    """The signals at each point that has some: at the point outside, and at every point of a run."""
    found: dict[int, list[str]] = {}

    def note(places: Sequence[int], said: str) -> None:
        for at in places:
            if said not in found.setdefault(at, []):
                found[at].append(said)

    for stretch in stretches(values):
        away = {at: (values[at] or 0.0) - level for at in stretch}
        note([at for at in stretch if abs(away[at]) > half], OUTSIDE)
        for side in (1, -1):
            for run in runs([side * away[at] > 0 for at in stretch], stretch):
                if len(run) >= 8:
                    note(run, ONE_SIDE)
            outer = [at for at in stretch if side * away[at] > half * 2 / 3]
            for at in outer:
                near = [other for other in outer if 0 <= at - other <= 2]
                if half and len(near) >= 2:
                    note(near, OUTER)
            for run in risings([side * away[at] for at in stretch], stretch):
                if len(run) >= 6:
                    note(run, TREND)
    return found


def stretches(values: Sequence[float | None]) -> list[list[int]]:
    """Places of values that follow one another without a gap."""
    found: list[list[int]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append(at)
    return [stretch for stretch in found if stretch]


def runs(belongs: Sequence[bool], stretch: Sequence[int]) -> list[list[int]]:
    """The places of each unbroken run of those that belong."""
    found: list[list[int]] = [[]]
    for at, belongs_here in zip(stretch, belongs, strict=True):
        if belongs_here:
            found[-1].append(at)
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def risings(heights: Sequence[float], stretch: Sequence[int]) -> list[list[int]]:
    """The places of each run in which every point is higher than the one before."""
    found: list[list[int]] = []
    for place, at in enumerate(stretch):
        if found and heights[place] > heights[place - 1]:
            found[-1].append(at)
        else:
            found.append([at])
    return found


def in_words(placed: Sequence[Placed]) -> str:
    """What the chart says, in one sentence."""
    known = [one for one in placed if one.point.value is not None]
    if not known or known[0].centre is None:
        return f"Fewer than {FEWEST} points: there are no limits yet, and nothing can be said of change."
    told: dict[str, list[str]] = {}
    for one in placed:
        for said in one.signals:
            told.setdefault(said, []).append(one.point.at)
    if not told:
        return "No signal: the points move as they have always moved, and a rise or fall from one to the next says nothing."
    return "Signals: " + "; ".join(f"{said} ({', '.join(times)})" for said, times in told.items()) + "."

"""Gaps between looked-after children and others, and whether they are narrowing.

A gap is the children's figure less the others'. Whether it narrows is asked of its size. Yes: the whole 95% interval of the change
lies below nought. No: it lies above nought, and the gap grows. Cannot tell: it holds nought, or there are too few years, or it is not
even clear on which side of the others the children stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from virtualschool import intervals
from virtualschool.benchmarks.change import Change, Year, change
from virtualschool.benchmarks.estimate import Difference, Estimate, difference
from virtualschool.measures import Measure

YES, NO, CANNOT_TELL = "yes", "no", "cannot tell"
POPULATIONS = ("all_pupils", "not_looked_after", "children_in_need")


@dataclass(frozen=True)
class Gap:
    """One year's gap. `own` and `other` are None where there is no figure, and then so is `difference`."""

    year: int
    own: Estimate | None
    other: Estimate | None
    difference: Difference | None

    @property
    def counts(self) -> bool:
        return self.difference is not None and self.own is not None and self.own.is_enough


@dataclass(frozen=True)
class Gaps:
    """A gap over the years: how its size changed, and the answer to whether it is narrowing."""

    years: tuple[Gap, ...]
    change: Change
    side: int
    """1 where the children's figure is the higher, -1 the lower, 0 where that cannot be told."""
    narrowing: str
    why: str


def gap(year: int, own: Estimate | None, other: Estimate | None) -> Gap:
    return Gap(year, own, other, difference(own, other) if own and other else None)


def gaps(measure: Measure, found: Sequence[Gap]) -> Gaps:
    """The gaps of one place and group over the years, the years of one standard set beside one another."""
    in_order = tuple(sorted(found, key=lambda one: one.year))
    series = [Year(one.year, one.difference.value, error(one), one.counts) for one in in_order if one.difference]
    moved = change(measure, series)
    if moved.value is None:
        return Gaps(in_order, moved, 0, CANNOT_TELL, moved.why)
    used = [one for one in series if one.year in moved.years]
    side = which_side(used)
    if not side:
        return Gaps(in_order, moved, 0, CANNOT_TELL, "It cannot be told that there is a gap at all.")
    # Of a gap below nought the size shrinks when it rises.
    sized = moved if side > 0 else turned(moved)
    answer = {-1: YES, 1: NO, None: CANNOT_TELL}[sized.direction]
    why = {YES: "The change is more than chance would make.", NO: "The gap grew by more than chance would make."}.get(
        answer, "Chance alone could make the change."
    )
    return Gaps(in_order, sized, side, answer, why)


def error(one: Gap) -> float | None:
    """The standard error of a gap, from what its limits span."""
    found = one.difference
    if found is None or found.low is None or found.high is None:
        return None
    return (found.high - found.low) / 2 / float(intervals.Z)


def which_side(series: Sequence[Year]) -> int:
    """The side of nought on which the years lie together: their mean, weighted by how sure each is, beyond 1.96 errors."""
    known = [one for one in series if one.error]
    weights = [1 / (one.error or 1.0) ** 2 for one in known]
    if not weights:
        return 0
    level = sum(weight * one.value for weight, one in zip(weights, known, strict=True)) / sum(weights)
    if abs(level) <= float(intervals.Z) / sum(weights) ** 0.5:
        return 0
    return 1 if level > 0 else -1


def turned(moved: Change) -> Change:
    value, low, high = (None if part is None else -part for part in (moved.value, moved.high, moved.low))
    return Change(moved.years, value, low, high, moved.why)

"""What changed over the years, with an interval, and a plain answer.

A straight line is fitted through the years that may be set beside one another (codes/breaks.csv), each weighted by how sure its figure
is; the change is the line's, from its first year to its last. Its interval is 1.96 standard errors either way, times the root of the
scatter about the line where that is more than the figures' own doubt makes (Birge's ratio). Years without a figure are left open, and
years of fewer than 11 children are shown and not used. Children who count in several years make neighbouring figures more alike than
this takes them to be, so that the interval is too wide rather than too narrow.

Sources: R. T. Birge, The calculation of errors by the method of least squares, Physical Review 40 (1932); Particle Data Group, Review of
particle physics, introduction, scale factors.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from virtualschool import codes, intervals
from virtualschool.measures import Measure

TOO_FEW = "Fewer than two years can be set beside one another."
NO_INTERVAL = "Its figures have no interval."


@dataclass(frozen=True)
class Year:
    """One year of a series: a value with its standard error; `counts` says whether there are children enough to conclude from."""

    year: int
    value: float
    error: float | None
    counts: bool = True


@dataclass(frozen=True)
class Change:
    """The change from `first` to `last`, with 95% limits; None where there is none, and then `why`."""

    years: tuple[int, ...]
    value: float | None
    low: float | None
    high: float | None
    why: str = ""

    @property
    def direction(self) -> int | None:
        """1 up, -1 down, where the limits leave out nought; else None."""
        if self.low is None or self.high is None:
            return None
        return 1 if self.low > 0 else -1 if self.high < 0 else None


def standard(measure: Measure, year: int) -> str:
    """The name of what the year was measured by; years of one name may be set beside one another."""
    return found["standard"] if (found := row_of(measure, year)) else ""


def row_of(measure: Measure, year: int) -> dict[str, str] | None:
    """The row of codes/breaks.csv that a measure has in a year."""
    return next((row for row in codes.load("breaks") if measure.name in row["measures"].split() and codes.in_year(row, year)), None)


def breaks(measure: Measure, years: Sequence[int]) -> list[str]:
    """Where the definition changes between years of a series, each in words."""
    said = []
    for before, after in pairwise(sorted(years)):
        if standard(measure, before) != standard(measure, after):
            words = {standard(measure, year): in_words(measure, year) for year in (before, after)}
            said.append(f"{before} cannot be set beside {after}: {' / '.join(words.values())}.")
    return said


def in_words(measure: Measure, year: int) -> str:
    return found["words"] if (found := row_of(measure, year)) else "as usual"


def change(measure: Measure, series: Sequence[Year]) -> Change:
    """The change over the newest years of one standard."""
    usable = sorted((one for one in series if one.counts and one.error is not None), key=lambda one: one.year)
    if usable:
        newest = standard(measure, usable[-1].year)
        usable = [one for one in usable if standard(measure, one.year) == newest]
    years = tuple(one.year for one in usable)
    if len(usable) < 2:
        without = sum(one.counts and one.error is None for one in series) > 1
        return Change(years, None, None, None, NO_INTERVAL if without else TOO_FEW)
    if any(not one.error for one in usable):
        # A share of none or all has no error of its own; a line through it would hold it for certain.
        least = min((one.error for one in usable if one.error), default=None)
        if least is None:
            return Change(years, None, None, None, "No year has doubt that can be reckoned with.")
        usable = [one if one.error else Year(one.year, one.value, least) for one in usable]
    slope, error, scatter = line(usable)
    span = years[-1] - years[0]
    wide = float(intervals.Z) * math.sqrt(max(scatter, 1.0))
    return Change(years, slope * span, (slope - wide * error) * span, (slope + wide * error) * span)


def line(series: Sequence[Year]) -> tuple[float, float, float]:
    """Slope a year, its standard error from the figures' own doubt, and the scatter about the line (1: as much as that doubt makes)."""
    weights = [1 / (one.error or 1.0) ** 2 for one in series]
    total = sum(weights)
    middle = sum(weight * one.year for weight, one in zip(weights, series, strict=True)) / total
    level = sum(weight * one.value for weight, one in zip(weights, series, strict=True)) / total
    across = sum(weight * (one.year - middle) ** 2 for weight, one in zip(weights, series, strict=True))
    slope = sum(weight * (one.year - middle) * (one.value - level) for weight, one in zip(weights, series, strict=True)) / across
    left = sum(weight * (one.value - level - slope * (one.year - middle)) ** 2 for weight, one in zip(weights, series, strict=True))
    return slope, math.sqrt(1 / across), left / (len(series) - 2) if len(series) > 2 else 1.0

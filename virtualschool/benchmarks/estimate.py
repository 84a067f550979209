"""A figure as statistics take it: its value with its doubt, in the unit that is published.

Statistics are worked out in floating point from these, in a fixed order, and rounded at the door like everything else. What
the door hides never becomes an estimate, so nothing that leaves can give it away.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from virtualschool import intervals
from virtualschool.benchmarks.cell import Cell
from virtualschool.benchmarks.published import number
from virtualschool.benchmarks.request import Place
from virtualschool.measures import Measure

ENOUGH = 11
"""With fewer children than this nothing is concluded, whatever the figures say."""
NATIONAL = ("england", "population")


@dataclass(frozen=True)
class Estimate:
    """One figure with a value.

    `value`, `low`, `high` are in the unit that is published; `low` and `high` are 95% limits. `spread` is the standard deviation
    of one pupil's value, so that spread ÷ √pupils is the standard error. What is not known is None.
    """

    measure: Measure
    year: int
    place: Place
    group: tuple
    value: Fraction
    pupils: int | None
    reached: Fraction | None = None
    of: Fraction | None = None
    low: float | None = None
    high: float | None = None
    spread: float | None = None
    source: str = "pupils"
    pupils_telling: float | None = None
    """Where several years are put together: how many children the doubt rests on, if fewer than were counted."""

    @property
    def amount(self) -> float:
        return float(self.value)

    @property
    def error(self) -> float | None:
        """The standard error."""
        if self.spread is None or not self.pupils:
            return None
        return self.spread / math.sqrt(self.telling)

    @property
    def telling(self) -> float:
        """How many pupils the doubt rests on."""
        return self.pupils_telling or self.pupils or 1

    @property
    def is_proportion(self) -> bool:
        return self.measure.interval == "wilson"

    @property
    def is_enough(self) -> bool:
        """Whether there are children enough to conclude anything."""
        return self.pupils is not None and self.pupils >= ENOUGH


def estimate(cell: Cell) -> Estimate | None:
    """The estimate of a cell; None where it has no value."""
    if cell.value is None:
        return None
    return of_print(cell) if cell.printed else of_sums(cell)


def of_sums(cell: Cell) -> Estimate:
    sums, limits = cell.sums, cell.limits
    assert sums is not None and cell.value is not None
    low, high = (float(limits[0]), float(limits[1])) if limits else (None, None)
    return Estimate(
        cell.measure,
        cell.year,
        cell.place,
        cell.group,
        cell.value,
        sums.pupils,
        Fraction(sums.numerator),
        Fraction(sums.denominator),
        low,
        high,
        spread_of_sums(cell),
    )


def spread_of_sums(cell: Cell) -> float | None:
    """The standard deviation of one pupil's value: of the pupils themselves, or for progress scores DfE's national one."""
    sums, scale = cell.sums, 100 if cell.measure.unit == "percent" else 1
    if sums is None or not sums.pupils or not sums.denominator:
        return None
    n, kind = sums.pupils, cell.measure.interval
    if kind == "dfe_progress":
        return None if cell.national_sd is None else float(cell.national_sd)
    share = Fraction(sums.numerator) / Fraction(sums.denominator)
    if kind == "wilson":
        return spread_of_share(float(share)) * scale
    if kind == "none" or n < 2:
        return None
    if kind == "t":
        square = Fraction(sums.squares) - Fraction(sums.numerator) ** 2 / n
        return math.sqrt(max(float(square), 0.0) / (n - 1)) * scale
    # A ratio: what a pupil's numerator lies from the group's ratio of it, for the mean denominator.
    square = Fraction(sums.squares) - 2 * share * Fraction(sums.products) + share * share * Fraction(sums.below)
    return math.sqrt(max(float(square), 0.0) / (n - 1)) * n / float(sums.denominator) * scale


def spread_of_share(share: float) -> float:
    return math.sqrt(max(share * (1 - share), 0.0))


def of_print(cell: Cell) -> Estimate:
    """A printed figure: its own limits where DfE prints some, those of a proportion worked out, and none for a mean or a rate."""
    printed, kind = cell.printed, cell.measure.interval
    assert printed is not None and cell.value is not None
    pupils = number(printed.pupils) or number(printed.denominator)
    low, high = number(printed.low), number(printed.high)
    reached = spread = None
    if kind == "wilson" and pupils:
        reached = count(printed.numerator, cell.value, pupils)
        limits = intervals.wilson(Decimal(reached), pupils)
        if limits:
            low, high = limits[0] * 100, limits[1] * 100
        spread = spread_of_share(float(cell.value) / 100) * 100
    elif kind == "dfe_progress" and pupils and low is not None and high is not None:
        spread = float(high - low) / 2 / float(intervals.Z) * math.sqrt(pupils)
    return Estimate(
        cell.measure,
        cell.year,
        cell.place,
        cell.group,
        cell.value,
        int(pupils) if pupils else None,
        None if reached is None else Fraction(reached),
        Fraction(pupils) if pupils else None,
        None if low is None else float(low),
        None if high is None else float(high),
        spread,
        printed.label,
    )


def count(text: str | None, percent: Fraction, pupils: Decimal) -> int:
    """How many reached it: the printed number, or the whole number nearest to the printed percentage."""
    printed = number(text)
    found = printed if printed is not None else Decimal(math.floor(float(percent) / 100 * float(pupils) + 0.5))
    return int(min(max(found, Decimal(0)), pupils))


def pooled(found: Sequence[Estimate]) -> Estimate | None:
    """Several years of one place as one figure, bearing the last year: sums over sums, or means weighted by pupils.

    Where the same children come again every year, three years of them say less than three times as many children would; the
    doubt is then that of one year's number of children, which is never too small.
    """
    known = [one for one in found if one.pupils]
    if not known:
        return None
    last, pupils = known[-1], sum(one.pupils or 0 for one in known)
    reached: Fraction | None = None
    of: Fraction | None = None
    if all(one.reached is not None and one.of for one in known):
        reached, of = (
            sum((one.reached or Fraction(0) for one in known), Fraction(0)),
            sum((one.of or Fraction(0) for one in known), Fraction(0)),
        )
        value = reached / of * (100 if last.measure.unit == "percent" else 1)
    else:
        value = sum((one.value * (one.pupils or 0) for one in known), Fraction(0)) / pupils
    telling = pupils if last.measure.counts_once else pupils / len(known)
    spread = None
    if last.is_proportion:
        spread = spread_of_share(float(value) / 100) * 100
    elif all(one.spread is not None for one in known):
        spread = math.sqrt(sum((one.spread or 0.0) ** 2 * (one.pupils or 0) for one in known) / pupils)
    low = high = None
    if last.is_proportion:
        limits = intervals.wilson(Decimal(float(value)) / 100 * Decimal(telling), Decimal(telling))
        low, high = (float(limits[0]) * 100, float(limits[1]) * 100) if limits else (None, None)
    elif spread is not None and telling > 1:
        half = float(intervals.Z) * spread / math.sqrt(telling)
        low, high = float(value) - half, float(value) + half
    sources = " and ".join(dict.fromkeys(one.source for one in known))
    return Estimate(last.measure, last.year, last.place, last.group, value, pupils, reached, of, low, high, spread, sources, telling)


@dataclass(frozen=True)
class Difference:
    """One figure less another, with 95% limits and the chance of a difference so large if there were none (None: not known)."""

    value: float
    low: float | None
    high: float | None
    chance: float | None

    @property
    def is_told(self) -> bool:
        """Whether the limits leave out nought."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def difference(one: Estimate, other: Estimate) -> Difference:
    """Between two figures that do not depend on one another; another without limits (a nation's, as printed) is taken as exact.

    Limits: distances to the limits of each add up as squares (R. G. Newcombe, 1998). Chance: of a share beside a nation's exact, else
    from how often those limits' half on the side of nought goes into the difference.
    """
    value = one.amount - other.amount
    if one.low is None or one.high is None:
        return Difference(value, None, None, None)
    below = 0.0 if other.high is None else other.high - other.amount
    above = 0.0 if other.low is None else other.amount - other.low
    low, high = value - math.hypot(one.amount - one.low, below), value + math.hypot(one.high - one.amount, above)
    return Difference(value, low, high, chance_of(one, other, value - low if value > 0 else high - value))


def chance_of(one: Estimate, other: Estimate, half: float) -> float:
    value = abs(one.amount - other.amount)
    if one.is_proportion and one.reached is not None and one.pupils and other.place.level in NATIONAL:
        return exact_chance(int(one.reached), one.pupils, other.amount / 100)
    if not value:
        return 1.0
    if not half:
        return 0.0
    freedom = (one.pupils or 2) - 1
    if one.measure.interval in ("t", "ratio") and freedom > 0:
        from scipy.special import stdtr  # Imported late: it takes longer than all the rest of a command.

        return float(2 * stdtr(freedom, -value / half * float(intervals.student(freedom))))
    return math.erfc(value / half * float(intervals.Z) / math.sqrt(2))


def mean_of(found: Sequence[Estimate], place: Place) -> Estimate | None:
    """The simple mean of several places' figures, as of statistical neighbours; without limits if one of them has none."""
    if not found:
        return None
    value = sum((one.value for one in found), Fraction(0)) / len(found)
    low = high = None
    if all(one.low is not None and one.high is not None for one in found):
        low = float(value) - math.hypot(*(one.amount - (one.low or 0.0) for one in found)) / len(found)
        high = float(value) + math.hypot(*((one.high or 0.0) - one.amount for one in found)) / len(found)
    first = found[0]
    sources = " and ".join(dict.fromkeys(one.source for one in found))
    return Estimate(first.measure, first.year, place, first.group, value, None, low=low, high=high, source=sources)


def exact_chance(reached: int, pupils: int, share: float) -> float:
    """The chance of a count as far out or further, if each pupil reached it with `share`: twice the smaller tail, at most 1."""
    lower = intervals.binomial(reached, pupils, share)
    upper = 1 - (intervals.binomial(reached - 1, pupils, share) if reached else 0.0)
    return min(1.0, 2 * min(lower, upper))

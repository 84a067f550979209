"""Limits for means and rates that DfE prints without any: from how far authorities' figures move from one year to the next.

A printed mean of Attainment 8 says nothing of how its pupils differ. What authorities' figures do from year to year beyond what lasts tells
the standard deviation of one pupil (`benchmarks.reliability`), and that with the number of pupils gives limits. Only what DfE printed is
used, which passes the door as it is.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from virtualschool import intervals
from virtualschool.benchmarks.estimate import Estimate
from virtualschool.benchmarks.published import Key, Printed, number, shelf
from virtualschool.benchmarks.reliability import Reliability, reliability
from virtualschool.measures import Measure
from virtualschool.publish.passed import Passed
from virtualschool.store import Engine

FROM_YEARS = "DfE prints no limits of it: those here are from how far authorities' figures move from one year to the next."
KINDS = ("t", "ratio")


class Spreads:
    """How one pupil's value of some measures is spread, from all that DfE printed of them; fetched once, when first wanted."""

    def __init__(self, engine: Engine, wanted: Iterable[Measure]) -> None:
        self.engine, self.wanted = engine, [measure for measure in wanted if measure.interval in KINDS]

    @cached_property
    def found(self) -> dict[str, Reliability]:
        told: dict[str, Reliability] = {}
        for cohort in dict.fromkeys(measure.cohort for measure in self.wanted):
            alike = [measure for measure in self.wanted if measure.cohort == cohort]
            figures = shelf(self.engine, [measure.name for measure in alike], None, cohort, (), None).figures
            told |= {measure.name: lasting for measure in alike if (lasting := lasting_of(measure, figures))}
        return told

    def sigma(self, measure: Measure) -> float | None:
        return self.found[measure.name].sigma or None if measure.name in self.found else None


def lasting_of(measure: Measure, figures: Mapping[Key, Printed]) -> Reliability | None:
    """What lasts of the differences between authorities in a measure, from the printed figures of all its years.

    Of measures with hundreds of children in most authorities, those with fewer than 30 are left out: a few odd ones among them
    would make up what lasts.
    """
    rows: dict[tuple[int, str], tuple[float, float]] = {}
    centres: dict[int, float] = {}
    for (name, year, level, code, group), printed in figures.items():
        if name != measure.name or group or printed.exact is None:
            continue
        if level == "england":
            centres[year] = float(printed.exact)
        elif level == "la" and (pupils := number(printed.pupils) or number(printed.denominator)):
            rows[year, code] = (float(pupils), float(printed.exact))
    return reliability(rows, centres, 10 if measure.counts_once else 30)


def with_limits(found: Passed, engine: Engine) -> tuple[Passed, list[str]]:
    """The same figures, those of looked-after children that were printed without limits given some; and what is to be said of it."""
    bare = {
        measure.name: measure
        for line in found.lines
        for one in (line.own, *line.beside.values())
        if one and is_bare(one)
        for measure in (one.measure,)
    }
    if not bare:
        return found, []
    spreads = Spreads(engine, bare.values())
    lines = tuple(
        replace(
            line,
            own=limited(line.own, spreads),
            beside={name: other if name in EXACT else limited(other, spreads) for name, other in line.beside.items()},
        )
        for line in found.lines
    )
    told = sorted({measure.title for measure in bare.values() if spreads.sigma(measure)})
    return replace(found, lines=lines), [f"{title}: {FROM_YEARS}" for title in told]


EXACT = ("all_pupils", "not_looked_after", "children_in_need")
"""Populations of hundreds of thousands, or of other children than those whose spread is known: taken as exact."""


def is_bare(one: Estimate) -> bool:
    return one.low is None and one.measure.interval in KINDS and bool(one.pupils) and one.source != "pupils"


def limited(one: Estimate | None, spreads: Spreads) -> Estimate | None:
    if one is None or not is_bare(one) or not (sigma := spreads.sigma(one.measure)):
        return one
    half = float(intervals.Z) * sigma / math.sqrt(one.pupils or 1)
    low = one.amount - half
    # No share, score of points or rate lies below nought.
    return replace(one, spread=sigma, low=low if one.measure.unit == "score" else max(low, 0.0), high=one.amount + half)

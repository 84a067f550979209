"""Limits for means and rates that DfE prints without any: from how far authorities' figures move from one year to the next.

A printed mean of Attainment 8 says nothing of how its pupils differ. What authorities' figures do from year to year beyond what lasts tells
the standard deviation of one pupil (`benchmarks.reliability`), and that with the number of pupils gives limits. Only figures that passed
the door are used.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from virtualschool import intervals
from virtualschool.benchmarks.estimate import Estimate
from virtualschool.benchmarks.reliability import Reliability, reliability
from virtualschool.measures import Measure
from virtualschool.publish.passed import Line, Passed, passed
from virtualschool.store import Engine, Snapshot

FROM_YEARS = "DfE prints no limits of it: those here are from how far authorities' figures move from one year to the next."
KINDS = ("t", "ratio")


class Spreads:
    """How one pupil's value of some measures is spread, from the figures that an audience sees; fetched once, when first wanted."""

    def __init__(self, snapshot: Snapshot, wanted: Iterable[Measure], audience: str, engine: Engine) -> None:
        self.snapshot, self.audience, self.engine = snapshot, audience, engine
        self.wanted = [measure for measure in wanted if measure.interval in KINDS]

    @cached_property
    def found(self) -> dict[str, Reliability]:
        if not self.wanted:
            return {}
        years = self.engine.rows("SELECT min(year) AS first, max(year) AS last FROM published")[0]
        if years["first"] is None:
            return {}
        span = f"{years['first']}-{years['last']}"
        names = [measure.name for measure in self.wanted]
        lines = passed(self.snapshot, names, self.audience, engine=self.engine, la="all", year=span, compare="england").lines
        return {name: lasting for name in names if (lasting := of_lines([line for line in lines if line.cell.measure.name == name]))}

    def sigma(self, measure: Measure) -> float | None:
        return self.found[measure.name].sigma or None if measure.name in self.found else None


def of_lines(lines: Sequence[Line]) -> Reliability | None:
    """What lasts of the differences between authorities, from the figures of one measure over years."""
    rows = {
        (line.cell.year, line.cell.place.code): (float(line.own.pupils), line.own.amount) for line in lines if line.own and line.own.pupils
    }
    centres = {line.cell.year: england.amount for line in lines if (england := line.beside["england"])}
    return reliability(rows, centres)


def with_limits(found: Passed, snapshot: Snapshot, audience: str, engine: Engine) -> tuple[Passed, list[str]]:
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
    spreads = Spreads(snapshot, bare.values(), audience, engine)
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

"""A statistic as it may leave: rows rounded once, with what every output bears and what a reader must know."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from virtualschool.benchmarks.estimate import Difference, Estimate
from virtualschool.measures import Measure
from virtualschool.publish.rounding import rounded


@dataclass(frozen=True)
class Told:
    """`rows` are JSON-ready; `about` holds what is true of all of them; `marks` whose rules hid what, or that it is internal."""

    rows: list[dict[str, Any]]
    marks: Sequence[str]
    notes: Sequence[str] = ()
    about: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"marks": list(self.marks), "notes": list(self.notes), **self.about, "rows": self.rows}


def printed(value: float | Fraction | None, decimals: int) -> float | None:
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return float(rounded(Fraction(value), decimals))


def of_estimate(found: Estimate | None, measure: Measure, name: str = "") -> dict[str, Any]:
    """The value of an estimate and its limits, in columns that begin with `name`."""
    amounts = (found.value, found.low, found.high) if found else (None, None, None)
    parts = {part: printed(amount, measure.decimals) for part, amount in zip(("value", "low", "high"), amounts, strict=True)}
    return {f"{name}_{part}" if name else part: amount for part, amount in parts.items()}


def of_difference(found: Difference | None, measure: Measure, name: str) -> dict[str, Any]:
    parts = (found.value, found.low, found.high) if found else (None, None, None)
    ends = ("", "_low", "_high")
    return {f"{name}{end}": printed(amount, measure.decimals) for end, amount in zip(ends, parts, strict=True)}

"""Bounds of figures as they may leave: for people who may open the records of those children, and nobody else.

How many children have no link, beside the figure of the others, could give away who they are; so there is no public form of it.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from virtualschool.benchmarks.bounds import Bound
from virtualschool.publish.rounding import rounded


def rows(found: Iterable[Bound]) -> list[dict[str, Any]]:
    """A row for each bound, JSON-ready, in the unit that is published and with the measure's decimals.

    measure, title, unit, year, la, la_name, linked, without_link, value, low, high, lowest, highest, basis, note.
    """
    return [
        {
            "measure": bound.measure.name,
            "title": bound.measure.title,
            "unit": bound.measure.unit,
            "year": bound.year,
            "la": bound.la,
            "la_name": bound.la_name,
            "linked": bound.pupils,
            "without_link": bound.without_link,
            **{name: printed(bound, getattr(bound, name)) for name in ("value", "low", "high", "lowest", "highest")},
            "basis": bound.basis,
            "note": bound.note,
        }
        for bound in found
    ]


def printed(bound: Bound, value: Fraction | None) -> float | None:
    scale = 100 if bound.measure.unit == "percent" else 1
    return None if value is None else float(rounded(value * scale, bound.measure.decimals))

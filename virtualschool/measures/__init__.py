"""What we work out for a group of children: one `Measure` each, in the module of its subject.

`ALL` finds them by itself: a new measure is its lines in a module and a test.
"""

from typing import Any

from virtualschool import registry, tables
from virtualschool.errors import unknown
from virtualschool.measures.measure import INTERVALS, Measure

__all__ = ["ALL", "INTERVALS", "Measure", "columns", "describe", "facts", "named"]

ALL: dict[str, Measure] = {measure.name: measure for measure in registry.definitions(__name__, Measure)}

from virtualschool.measures.facts import facts  # noqa: E402  It writes ALL, which must stand first.


def named(name: str) -> Measure:
    """The measure of a name; raises WrongUse, offering the nearest names."""
    if name not in ALL:
        raise unknown("Measure", name, ALL)
    return ALL[name]


def describe(name: str | None = None) -> list[dict[str, Any]]:
    """Every measure, or the one named: name, title, meaning, unit, years, source and the rest, JSON-ready."""
    return [measure.describe() for measure in ([named(name)] if name else ALL.values())]


def columns() -> list[dict[str, Any]]:
    """The columns that figures can be filtered and broken down by: name, meaning, type, values, and whether all pupils have it."""
    return [
        {
            "name": column.name,
            "meaning": column.meaning,
            "type": {"boolean": "yes or no"}.get(column.type, column.type),
            "values": list(column.values) if column.values else ["yes", "no"] if column.type == "boolean" else [],
            "unit": column.unit,
            "all_pupils": column.name in tables.pupils,
        }
        for column in tables.children.columns
        if column.filter
    ]

"""The tables of a file of plans: their columns, types and what recognises them; see formats.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import NamedTuple

from virtualschool.read.headings import fold

PLAIN_TYPES = ("text", "exact", "date", "whole", "number", "money", "yesno")


class Column(NamedTuple):
    name: str
    type: str
    meaning: str
    required: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """The words that it may hold, where it is a choice."""
        return () if self.type in PLAIN_TYPES else tuple(self.type.split())


@dataclass(frozen=True)
class PlanTable:
    name: str
    meaning: str
    needs: tuple[str, ...]
    columns: tuple[Column, ...]
    limits: Mapping[str, tuple[int, int]]
    """The least and the most that a number may be, where not any number of nought or more will do."""
    once: tuple[str, ...]
    """Columns that no two rows may have alike."""

    def wrong_number(self, name: str, value: object) -> str:
        """What is wrong with a number, '' where nothing is. Money may be below nought: it came back."""
        if self.column(name).type not in ("whole", "number") or not isinstance(value, int | Decimal):
            return ""
        least, most = self.limits.get(name, (0, None))
        if value < least:
            return f"this is below {least or 'nought'}."
        return f"this is above {most}." if most is not None and value > most else ""

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@cache
def tables() -> dict[str, PlanTable]:
    """The tables of a file of plans, by name."""
    return _described("formats.toml")


@cache
def assessments() -> PlanTable:
    """The table of a file of teachers' assessments."""
    return _described("assessments.toml")["assessments"]


def _described(file: str) -> dict[str, PlanTable]:
    held = tomllib.loads((resources.files("virtualschool.plans") / file).read_text(encoding="utf-8"))
    return {
        name: PlanTable(
            name,
            table["meaning"],
            tuple(table["needs"]),
            tuple(Column(*column) for column in table["columns"]),
            {column: (least, most) for column, (least, most) in table.get("limits", {}).items()},
            tuple(table.get("once", ())),
        )
        for name, table in held.items()
    }


def recognised(headings: Iterable[str]) -> PlanTable | None:
    """The table with these columns: of those whose needs are there, the one that knows most of them."""
    folded = {fold(heading) for heading in headings}
    fits = [table for table in tables().values() if all(fold(need) in folded for need in table.needs)]
    return max(fits, key=lambda table: (len(folded & {fold(column.name) for column in table.columns}), len(table.needs)), default=None)

"""What DfE's published datasets are, and which of their columns make which figure: the lists in `codes/`, as objects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

import pyarrow as pa

from virtualschool import codes

PARTS = ("pupils", "numerator", "denominator", "value", "low", "high")


@dataclass(frozen=True)
class Figure:
    """How one measure is read from a dataset: `where` chooses rows, `parts` says which column is which part.

    A part may stand in another row: `number[Total]` is column `number` of the row that has Total where this one has the value
    that `where` asks for, and is the same otherwise.
    """

    measure: str
    where: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, str]
    population: str | None
    breakdown: str | None


@dataclass(frozen=True)
class Dataset:
    """One dataset: the headings that tell it, values that must occur (`tells`), and its figures.

    `rest` is the measure of rows that no figure chooses; where it is empty they are set aside. `ignores` are columns that
    say nothing of which pupils a figure is about.
    """

    name: str
    series: str
    layout: str
    headings: tuple[tuple[str, ...], ...]
    tells: Mapping[str, str]
    year: int | None
    population: str | None
    rest: str | None
    ignores: frozenset[str]
    figures: tuple[Figure, ...] = field(repr=False)

    def fits(self, headings: frozenset[str]) -> bool:
        return all(any(name in headings for name in names) for names in self.headings)

    def told_by(self, columns: Mapping[str, pa.Array]) -> bool:
        """Whether the values that tell it from others with the same headings occur."""
        return all(value in map(folded, columns[column].unique().to_pylist()) for column, value in self.tells.items())

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The headings that its figures are read from."""
        return tuple(dict.fromkeys(name for figure in self.figures for part in figure.parts.values() for name in alternatives(part)))


@cache
def datasets(layout: str) -> tuple[Dataset, ...]:
    """Every dataset of a layout, in the order of the list; the first that fits a file is the file's."""
    figures: dict[str, list[Figure]] = {}
    for row in codes.load("published_measures"):
        where = {folded(column): tuple(map(folded, values.split("|"))) for column, values in _pairs(row["where"]).items()}
        parts = {part: row[part] for part in PARTS if row[part]}
        found = Figure(row["measure"], where, parts, row["population"] or None, row["breakdown"] or None)
        for name in row["dataset"].split():
            figures.setdefault(name, []).append(found)
    return tuple(
        Dataset(
            row["dataset"],
            row["series"],
            row["layout"],
            tuple(tuple(map(folded, names.split("|"))) for names in row["headings"].split(";")),
            {folded(column): folded(value) for column, value in _pairs(row["tells"]).items()},
            int(row["year"]) if row["year"] else None,
            row["population"] or None,
            row["rest"] or None,
            frozenset(map(folded, filter(None, row["ignores"].split(";")))),
            tuple(figures.get(row["dataset"], ())),
        )
        for row in codes.load("published_datasets")
        if row["layout"] == layout
    )


@dataclass(frozen=True)
class Filter:
    """A column that divides pupils: our name, the values that mean all of them, and whether it says nothing of pupils."""

    name: str
    totals: frozenset[str]
    ignored: bool


@cache
def filters() -> dict[str, Filter]:
    found: dict[str, Filter] = {}
    for row in codes.load("published_filters"):
        totals = frozenset(folded(value) for value in row["totals"].split("|") if value)
        found[folded(row["heading"])] = Filter(row["name"], totals, row["name"] == "")
    return found


@cache
def populations() -> dict[str, str]:
    return {folded(row["printed"]): row["population"] for row in codes.load("published_populations")}


def folded(text: str | None) -> str:
    """A heading or value as it is compared: small letters, straight quotes, single spaces."""
    return " ".join((text or "").replace("’", "'").casefold().split())


def alternatives(text: str) -> tuple[str, ...]:
    return tuple(map(folded, text.partition("[")[0].split("|")))


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split(";") if pair)

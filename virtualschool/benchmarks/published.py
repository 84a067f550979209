"""The figures that DfE printed, in its own characters, chosen from the store's `published` table.

Two series never meet in one trend: all years of a request come from one, EES before SFR before LAIT, each year from the newest
release of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache, cached_property

from virtualschool import codes
from virtualschool.benchmarks.request import FILTERS
from virtualschool.places import ENGLAND
from virtualschool.store import Engine, remembered

SERIES = ("EES", "SFR", "LAIT")
TOTAL = "total"


@dataclass(frozen=True)
class Printed:
    """One printed figure: every part is DfE's text, or None where the file has no such column."""

    series: str
    release: str
    dataset: str
    pupils: str | None
    numerator: str | None
    denominator: str | None
    value: str | None
    low: str | None
    high: str | None

    @property
    def label(self) -> str:
        return f"{self.series} {self.release}".strip()

    @property
    def exact(self) -> Fraction | None:
        """The printed value as a number: percent as printed."""
        found = number(self.value)
        return None if found is None else Fraction(found)

    @property
    def symbol(self) -> str:
        """The printed symbol where there is no number; x where the cell is blank."""
        return "" if number(self.value) is not None else ((self.value or "").strip() or "x")


def number(text: str | None) -> Decimal | None:
    try:
        found = Decimal((text or "").strip().replace(",", "").removesuffix("%"))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


Key = tuple[str, int, str, str, tuple]
"""Measure, year, level, code of the place, group."""


@dataclass(frozen=True)
class Shelf:
    """The printed figures of one population that a request can use."""

    population: str
    figures: Mapping[Key, Printed]
    elsewhere: Mapping[tuple[str, int], frozenset[str]]
    """The series that hold a measure in a year but are not used, since another serves the trend."""
    names: Mapping[str, str]

    def find(self, measure: str, year: int, level: str, code: str, group: tuple = ()) -> Printed | None:
        return self.figures.get((measure, year, level, code, group))

    def places(self, measure: str, year: int, level: str) -> set[str]:
        return self._index.get((measure, year, level), set())

    def groups(self, measure: str, year: int, level: str, code: str) -> set[tuple]:
        return self._index.get((measure, year, level, code), set())

    @cached_property
    def _index(self) -> dict[tuple, set]:
        found: dict[tuple, set] = {}
        for measure, year, level, code, group in self.figures:
            found.setdefault((measure, year, level), set()).add(code)
            found.setdefault((measure, year, level, code), set()).add(group)
        return found


@remembered
def shelf(
    engine: Engine, measures: Sequence[str], years: Sequence[int] | None, population: str, by: Sequence[str], release: str | None
) -> Shelf:
    """The printed figures of some measures, years (None: all) and one population, broken down by exactly the columns `by`."""
    text = f"SELECT * FROM published WHERE population = ? AND measure IN ({', '.join('?' * len(measures))})"
    values: list = [population, *measures]
    if years is not None:
        text += f" AND year IN ({', '.join('?' * len(years))})"
        values += years
    # What cannot be broken down so is left where it is: there may be far more of it.
    if by:
        text += f" AND breakdown <> '{TOTAL}'" + " AND contains(breakdown, ?)" * len(by)
        values += [f"{name}=" for name in by]
    else:
        text += f" AND coalesce(breakdown, '') IN ('', '{TOTAL}')"
    rows = engine.rows(text + " ORDER BY series, release, measure, year, level, la, region_code, breakdown, file, row", values)
    rows = [{**row, "group": group} for row in rows if (group := group_of(row["breakdown"], by)) is not None]
    if release:
        wanted = release.casefold().split()
        rows = [row for row in rows if wanted in ([row["release"].casefold()], f"{row['series']} {row['release']}".casefold().split())]
    figures: dict[Key, Printed] = {}
    elsewhere: dict[tuple[str, int], set[str]] = {}
    by_measure: dict[str, list[dict]] = {name: [] for name in measures}
    for row in rows:
        by_measure[row["measure"]].append(row)
    for name, of_measure in by_measure.items():
        held = {row["series"] for row in of_measure}
        used = next((series for series in (*SERIES, *sorted(held)) if series in held), None)
        for row in sorted(of_measure, key=lambda row: row["release"] or ""):
            if row["series"] != used:
                elsewhere.setdefault((name, row["year"]), set()).add(row["series"])
                continue
            code = {"la": row["la"], "region": row["region_code"]}.get(row["level"], ENGLAND)
            # Later releases come later in this order, and take the place of earlier ones.
            figures[name, row["year"], row["level"], code, row["group"]] = Printed(
                row["series"], row["release"] or "", row["dataset"] or "", *(row[part] for part in PARTS)
            )
    names = {row["la"]: row["place"] for row in rows if row["level"] == "la" and row["place"]}
    return Shelf(population, figures, {key: frozenset(found) for key, found in elsewhere.items()}, names)


PARTS = ("pupils", "numerator", "denominator", "value", "low", "high")


def group_of(breakdown: str | None, by: Sequence[str]) -> tuple | None:
    """The values of `by` that a printed breakdown is about, or None if it is by other columns."""
    if not breakdown or breakdown == TOTAL:
        return () if not by else None
    pairs = dict(part.partition("=")[::2] for part in breakdown.split(";"))
    if set(pairs) != set(by):
        return None
    return tuple(value_of(name, pairs[name]) for name in by)


def value_of(name: str, text: str):
    """A printed group's value as our column holds it: in our spelling, so that it meets the groups that are worked out here."""
    kind = FILTERS[name].type
    if kind == "boolean":
        return {"yes": True, "true": True, "no": False, "false": False}.get(text.casefold())
    return int(text) if kind == "integer" and text.isdigit() else spellings().get((name, text.casefold()), text)


@cache
def spellings() -> dict[tuple[str, str], str]:
    """Our value for each column and printed value, without capitals."""
    return {(row["column"], row["printed"].casefold()): row["ours"] for row in codes.load("published_values")}

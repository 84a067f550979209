"""Indirect standardisation: what an authority's children would have attained had each group of them attained as that group does in England.

Groups are made by a few columns (special educational needs, sex, kind of school …). The rate of a group is that of all looked-after
children of England in it, where the store holds them; else the one that DfE printed. Groups of fewer than 11 children in England are
put together. Sums are exact; the range is that of chance alone, from the spread within groups.

Source: B. Breslow and N. Day, Statistical methods in cancer research II, 2.3 (indirect standardisation), for means and shares alike.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from virtualschool import places, tables
from virtualschool.errors import unknown
from virtualschool.measures import Measure
from virtualschool.model.design import FEWEST
from virtualschool.store import Engine

COLUMNS = {"attainment": ("school_type", "sen", "sex"), "absence": ("year_group", "sen"), "persistent absence": ("year_group", "sen")}
OTHERS = ("age", "sex")
"""The columns that make groups where none are named: by the measure's release, and for all others."""
COHORTS = {"12months": "looked_after_12_months", "march": "at_31_march", "year": "in_year"}
Z = 1.96
ALL_YEARS = 0


@dataclass(frozen=True)
class Part:
    """Sums over the children of one year, authority and group."""

    children: int = 0
    numerator: Fraction = Fraction(0)
    denominator: Fraction = Fraction(0)
    squares: Fraction = Fraction(0)
    products: Fraction = Fraction(0)
    below: Fraction = Fraction(0)

    def __add__(self, other: "Part") -> "Part":
        return Part(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def rate(self) -> Fraction:
        return self.numerator / self.denominator

    def variance(self, rate: Fraction) -> Fraction:
        """Of one child's numerator about what the rate gives it."""
        left = self.squares - 2 * rate * self.products + rate * rate * self.below
        return max(left, Fraction(0)) / max(self.children - 1, 1)


@dataclass(frozen=True)
class Standardised:
    """An authority's figure of a year (0: all years together) and what is expected of its children; in fractions or points."""

    measure: Measure
    year: int
    years: tuple[int, ...]
    la: str
    children: int
    of: Fraction
    """What the figure is over: its denominator."""
    observed: Fraction
    expected: Fraction
    error: float
    """How far chance alone moves the figure about what is expected: one standard error."""
    by: tuple[str, ...]
    reference: str


def columns_for(measure: Measure, by: Sequence[str]) -> tuple[str, ...]:
    """The columns that make groups; raises WrongUse for one that children have not."""
    known = {column.name for column in tables.children.columns if column.filter}
    for name in by:
        if name not in known:
            raise unknown("Column", name, known)
    return tuple(by) or COLUMNS.get(measure.release, OTHERS)


def standardised(engine: Engine, measure: Measure, years: Sequence[int], by: Sequence[str] = ()) -> tuple[list[Standardised], str]:
    """Every authority of the store in each year and in all years together, and why there are none (empty if there are)."""
    by = columns_for(measure, by)
    if not measure.of_children or measure.cohort not in COHORTS:
        return [], f"{measure.title} cannot be worked out from children's records."
    found: dict[int, dict[str, dict[tuple, Part]]] = {}
    for year, la, group, part in parts(engine, measure, years, by):
        found.setdefault(year, {}).setdefault(la, {})[group] = part
    made: list[Standardised] = []
    why = ""
    for year, of_year in sorted(found.items()):
        rates, reference, missing = rates_of(engine, measure, year, by, of_year)
        why = why or missing
        made += [one(measure, year, la, groups, rates, by, reference) for la, groups in sorted(of_year.items()) if rates]
    return [*made, *together(made)], "" if made else why or "The store holds no children who count in it."


def parts(engine: Engine, measure: Measure, years: Sequence[int], by: Sequence[str]) -> Iterable[tuple[int, str, tuple, Part]]:
    n, d = f'"{measure.name}__n"', f'"{measure.name}__d"'
    wide = lambda column: f"CAST({column} AS DECIMAL(19, 6))"  # noqa: E731
    sums = f"count(*), sum({n}), sum({d}), sum({wide(n)} * {wide(n)}), sum({wide(n)} * {wide(d)}), sum({wide(d)} * {wide(d)})"
    kept = "state_funded IS NOT FALSE" if measure.of_schools else "true"
    # Columns are names of the table `children`, checked before; years are whole numbers.
    grouped = ", ".join(["year", "la", *(f'"{column}"' for column in by)])
    query = (
        f'SELECT {grouped}, {sums} FROM facts WHERE "{COHORTS[measure.cohort]}" AND {d} IS NOT NULL AND {kept} '
        f"AND year IN ({', '.join(str(int(year)) for year in years) or 'NULL'}) GROUP BY {grouped} ORDER BY {grouped}"
    )
    for row in engine.rows(query):
        year, la, *rest = row.values()
        group, (children, *amounts) = tuple(rest[: len(by)]), rest[len(by) :]
        yield year, la, group, Part(children, *(Fraction(amount) for amount in amounts))


Rates = Mapping[tuple, tuple[Fraction, Fraction]]
"""The rate of each group, and the variance of one child's numerator about it."""


def rates_of(
    engine: Engine, measure: Measure, year: int, by: Sequence[str], held: Mapping[str, Mapping[tuple, Part]]
) -> tuple[Rates, str, str]:
    """The rates of England, where they come from, and why there are none."""
    known = places.of(engine)
    if set(known.in_year(year)) <= set(held):
        pooled: dict[tuple, Part] = {}
        for groups in held.values():
            for group, part in groups.items():
                pooled[group] = pooled.get(group, Part()) + part
        rates = enough(pooled, len(by))
        return rates, "all looked-after children of England in this store", ""
    return printed(engine, measure, year, by, held)


def enough(pooled: Mapping[tuple, Part], length: int) -> dict[tuple, tuple[Fraction, Fraction]]:
    """The rate of each group, from children enough: groups too small are put together with those that differ in the last column and are
    too small as well, then in the last but one, and so on. So the expectation of all of England is what all of England attained.

    What is left over in the end, fewer than 11 children in all, is expected to attain what it attained.
    """
    rates: dict[tuple, tuple[Fraction, Fraction]] = {}
    waiting: dict[tuple, list[tuple]] = {group: [group] for group in pooled}
    for kept in range(length, -1, -1):
        together: dict[tuple, list[tuple]] = {}
        for group, members in waiting.items():
            together.setdefault(group[:kept], []).extend(members)
        waiting = {}
        for shared, members in sorted(together.items(), key=repr):
            part = sum((pooled[group] for group in members), Part())
            if (part.children >= FEWEST or kept == 0) and part.denominator:
                rates |= dict.fromkeys(members, (part.rate, part.variance(part.rate)))
            else:
                waiting[shared] = members
    return rates


def printed(
    engine: Engine, measure: Measure, year: int, by: Sequence[str], held: Mapping[str, Mapping[tuple, Part]]
) -> tuple[Rates, str, str]:
    """The rates that DfE printed for England by one column, where it did so for every group of the authority's children."""
    why = f"The store does not hold the children of all England for {year}, and "
    if len(by) != 1:
        return {}, "", why + "DfE prints no rates by several columns at once. Name one: --by sen"
    query = (
        "SELECT release, breakdown, value FROM published WHERE measure = ? AND year = ? AND level = 'england' AND population = ? "
        "ORDER BY release, breakdown"
    )
    rates: dict[tuple, tuple[Fraction, Fraction]] = {}
    release = ""
    scale = 100 if measure.unit == "percent" else 1
    own = sum((part for groups in held.values() for part in groups.values()), Part())
    for row in engine.rows(query, [measure.name, year, measure.cohort]):
        name, _, value = (row["breakdown"] or "").partition("=")
        if name != by[0] or not number(row["value"]):
            continue
        rate = Fraction(Decimal(str(row["value"]).replace(",", "").rstrip("%"))) / scale
        # Of a share of children it follows from the rate; of anything else (sessions, points, events) from the children held.
        spread = rate * (1 - rate) if measure.interval == "wilson" else own.variance(rate)
        rates[(value,)], release = (rate, spread), row["release"] or ""
    wanted = {group for groups in held.values() for group in groups}
    if not wanted <= set(rates):
        return {}, "", why + f"DfE's files here have no rates for all of these groups of {by[0]}."
    return rates, f"England as DfE printed it, release {release}", ""


def number(text: str | None) -> bool:
    return bool(text) and str(text).replace(",", "").rstrip("%").replace(".", "", 1).lstrip("-").isdigit()


def one(
    measure: Measure, year: int, la: str, groups: Mapping[tuple, Part], rates: Rates, by: tuple[str, ...], reference: str
) -> Standardised:
    whole = sum(groups.values(), Part())
    expected, variance = Fraction(0), Fraction(0)
    for group, part in groups.items():
        rate, spread = rates.get(group, (Fraction(0), Fraction(0)))
        expected += part.denominator * rate
        variance += part.children * spread
    error = math.sqrt(variance) / float(whole.denominator)
    of = whole.denominator
    return Standardised(measure, year, (year,), la, whole.children, of, whole.rate, expected / of, error, by, reference)


def together(made: Sequence[Standardised]) -> Iterable[Standardised]:
    """All years of each authority together: sums over sums.

    Where the same children come again every year, what chance did to them in one year it does in the next, and the doubt of several years
    is no less than that of one.
    """
    for la in sorted({row.la for row in made}):
        rows = [row for row in made if row.la == la]
        if len(rows) < 2:
            continue
        first = rows[0]
        of = sum((row.of for row in rows), Fraction(0))
        mean = lambda name: sum((getattr(row, name) * row.of for row in rows), Fraction(0)) / of  # noqa: B023, E731
        errors = [row.error * float(row.of) for row in rows]
        error = (math.hypot(*errors) if first.measure.counts_once else sum(errors)) / float(of)
        years, children = tuple(row.year for row in rows), sum(row.children for row in rows)
        yield Standardised(
            first.measure, ALL_YEARS, years, la, children, of, mean("observed"), mean("expected"), error, first.by, first.reference
        )

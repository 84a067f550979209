"""The one shape of query behind every figure: sums over the columns of facts, by year, authority and the columns asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from virtualschool.benchmarks import sums_kernel
from virtualschool.benchmarks.request import COHORTS, Condition, Request
from virtualschool.measures import Measure
from virtualschool.store import Engine

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a figure is made of, exact: pupils who count, and sums over them. Sums of disjoint groups add up."""

    pupils: int = 0
    numerator: Decimal = NONE
    denominator: Decimal = NONE
    squares: Decimal = NONE
    products: Decimal = NONE
    below: Decimal = NONE
    origins: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.pupils + other.pupils,
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.squares + other.squares,
            self.products + other.products,
            self.below + other.below,
            self.origins | other.origins,
            self.reasons | other.reasons,
        )

    @classmethod
    def pooled(cls, parts: Sequence["Sums"]) -> "Sums":
        """The sums of disjoint groups together."""
        return cls(
            sum(part.pupils for part in parts),
            sum((part.numerator for part in parts), NONE),
            sum((part.denominator for part in parts), NONE),
            sum((part.squares for part in parts), NONE),
            sum((part.products for part in parts), NONE),
            sum((part.below for part in parts), NONE),
            frozenset().union(*(part.origins for part in parts)),
            frozenset().union(*(part.reasons for part in parts)),
        )


def of_children(
    engine: Engine, measures: Sequence[Measure], years: Sequence[int], las: Sequence[str] | None, request: Request
) -> dict[tuple, Sums]:
    """Sums of each (measure, year, la, group); a group is the values of the columns asked for, in that order."""
    rows: dict[tuple, Sums] = {}
    for cohort in dict.fromkeys(request.cohort or measure.cohort for measure in measures):
        column = COHORTS[cohort]
        chosen = [measure for measure in measures if (request.cohort or measure.cohort) == cohort]
        for key, sums in query(engine, "facts", ("la",), chosen, years, las, request.by, request.where, request.schools, f'"{column}"'):
            name, year, (la, *group) = key
            rows[name, year, la, tuple(group)] = sums
    return rows


def of_pupils(
    engine: Engine,
    measures: Sequence[Measure],
    years: Sequence[int],
    by: Sequence[str],
    where: Sequence[Condition],
    schools: str,
    *,
    looked_after: bool | None,
) -> dict[tuple, Sums]:
    """Sums of each (measure, year, group) over all pupils held, or only those looked after for twelve months, or only the others."""
    population = {None: "true", True: "looked_after_12_months", False: "NOT looked_after_12_months"}[looked_after]
    found = query(engine, "pupil_facts", (), [m for m in measures if m.of_pupils], years, None, by, where, schools, population)
    return {(name, year, tuple(group)): sums for (name, year, group), sums in found}


AT_ONCE = 8
"""Measures in one query: with more of them a query of many sums takes longer than in proportion."""


def query(engine, table, keys, measures, years, las, by, where, schools, population):
    """Yields (measure, year, keys and groups) with its sums. Names come from whitelists; everything else is bound."""
    if not measures or not years or (las is not None and not las):
        return
    if engine.lasting and table == "facts":
        try:
            told = sums_kernel.sums(engine, table, keys, measures, years, las, by, where, schools, population.strip('"'))
        except sums_kernel.TooLarge:
            pass
        else:
            for key, (pupils, n, d, squares, products, below, origins, reasons) in told:
                yield key, Sums(pupils, n, d, squares, products, below, frozenset(origins), frozenset(reasons))
            return
    for first in range(0, len(measures), AT_ONCE):
        yield from sums_at_once(engine, table, keys, measures[first : first + AT_ONCE], years, las, by, where, schools, population)


def sums_at_once(engine, table, keys, measures, years, las, by, where, schools, population):
    """Yields as `query` does, from one query."""
    grouped = [f'"{name}"' for name in ("year", *keys, *by)]
    wanted = [part for measure in measures for part in sums_of(measure, schools)]
    tests, values = [population, f"year IN ({', '.join('?' * len(years))})"], [*years]
    if las is not None:
        tests.append(f"la IN ({', '.join('?' * len(las))})")
        values += las
    for condition in where:
        test, bound = condition.sql()
        tests.append(test)
        values += bound
    text = f"SELECT {', '.join([*grouped, *wanted])} FROM {table} WHERE {' AND '.join(tests)} GROUP BY {', '.join(grouped)}"
    for row in engine.rows(text, values):
        cells = list(row.values())
        year, *group = cells[: len(grouped)]
        for number, measure in enumerate(measures):
            pupils, *sums, origins, reasons = cells[len(grouped) + 8 * number : len(grouped) + 8 * number + 8]
            n, d, squares, products, below = (NONE if value is None else value for value in sums)
            yield (
                (measure.name, year, group),
                Sums(pupils, n, d, squares, products, below, frozenset(origins or ()), frozenset(reasons or ())),
            )


def sums_of(measure: Measure, schools: str) -> list[str]:
    """The aggregates of one measure, of pupils in the schools asked for. Squares are summed only where an interval needs them."""
    n, d = f'"{measure.name}__n"', f'"{measure.name}__d"'
    # A school that nobody knows the kind of is not known to be independent, so its pupils stay in.
    kept = "state_funded IS NOT FALSE" if measure.of_schools and schools == "state" else "true"
    squares = measure.interval in ("t", "ratio")
    ratio = measure.interval == "ratio"
    parts = [f"count({d})", f"sum({n})", f"sum({d})"]
    # Products of 18 digits overflow from a value of 1,000 on, which a slip in a file can make; those of 19 do not.
    wide_n, wide_d = f"CAST({n} AS DECIMAL(19, 6))", f"CAST({d} AS DECIMAL(19, 6))"
    parts += [f"sum({wide_n} * {wide_n})" if squares else ""]
    parts += [f"sum({wide_n} * {wide_d})", f"sum({wide_d} * {wide_d})"] if ratio else ["", ""]
    aggregates = [f"{part} FILTER (WHERE {kept})" if part else "NULL" for part in parts]
    if measure.origin:
        origin = f'list(DISTINCT "{measure.origin}")'
        aggregates += [
            f'{origin} FILTER (WHERE {d} IS {test} AND "{measure.origin}" IS NOT NULL AND {kept})' for test in ("NOT NULL", "NULL")
        ]
    else:
        aggregates += ["NULL", "NULL"]
    return [f'{aggregate} AS "{measure.name}.{number}"' for number, aggregate in enumerate(aggregates)]

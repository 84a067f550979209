"""The one shape of query behind every figure: sums over the columns of facts, by year, authority and the columns asked for."""

from collections.abc import Sequence

from virtualschool.benchmarks import sums_kernel
from virtualschool.benchmarks.request import COHORTS, Condition, Request
from virtualschool.benchmarks.sums import NONE, Listed, Sums
from virtualschool.benchmarks.tallies import Tallies, Tally
from virtualschool.measures import Measure
from virtualschool.store import Engine

__all__ = ["NONE", "Sums", "of_children", "of_pupils"]


def of_children(
    engine: Engine, measures: Sequence[Measure], years: Sequence[int], las: Sequence[str] | None, request: Request, only: bool = False
) -> Listed | Tallies:
    """Sums of each (measure, year, la, group); a group is the values of the columns asked for, in that order.

    With `only`, a lasting engine fetches columns of those years alone.
    """
    of_cohort: dict[str, list[Measure]] = {}
    for measure in measures:
        of_cohort.setdefault(COHORTS[request.cohort or measure.cohort], []).append(measure)
    if engine.lasting:
        try:
            tallies: dict[str, Tally] = {}
            facts = f"(SELECT * FROM facts WHERE year IN ({', '.join(map(str, years))}))" if only and years else "facts"
            for column, chosen in of_cohort.items():
                tallies |= sums_kernel.tallies(engine, facts, chosen, years, las, request.by, request.where, request.schools, column)
            return Tallies(tallies)
        except sums_kernel.TooLarge:
            pass
    rows = Listed()
    for column, chosen in of_cohort.items():
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

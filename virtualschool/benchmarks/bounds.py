"""How far a figure could lie from what linked children say: its value if the children without a link did as badly as the worst, or
as well as the best.

A child without a link has no outcomes, and so is in no figure about school. Who of them would have counted is told by what is known
of them: the measure's own cohort, and the age at which a child is looked for in it. The school is not known, so state-funded is
assumed. That is wide on purpose: some of them were taught in Wales or in independent schools and would not have counted.

What a child may have had:

    a share of children      none of them, or all of them
    Attainment 8, EBacc      the lowest and highest that a pupil can have: it does not hang on whom a store happens to hold
    progress                 the lowest and highest of all pupils held, since no rule sets its ends
    absence, suspensions     the rates of the least and most absent (or suspended) linked child, over as many sessions as others had
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import ibis.expr.operations as operations

from virtualschool import measures, places, tables
from virtualschool.benchmarks import figure
from virtualschool.benchmarks.figure import Sums
from virtualschool.benchmarks.request import COHORTS, Request
from virtualschool.measures import Measure
from virtualschool.store import Engine

ALL, ALL_NAME = "all", "all authorities of the store"
AGES = {
    "at_early_years": (4, 4),
    "phonics": (5, 5),
    "phonics_by_year_2": (6, 6),
    "at_ks1": (6, 6),
    "at_multiplication": (8, 8),
    "at_ks2": (10, 10),
    "at_ks4": (15, 15),
    "at_post_16": (16, 18),
    "sessions_possible": (5, 15),
    "on_roll_january": (5, 15),
    "sen": (4, 15),
}
"""Ages on 31 August before the school year at which a child is looked for, by the column that tells whether it counts: 11 and 16
at the end of the key stages, compulsory school age otherwise. A child of unknown age might be of that age, and counts."""
POSSIBLE = {
    "attainment_8": (0, 90),
    "attainment_8_english": (0, 18),
    "attainment_8_maths": (0, 18),
    "attainment_8_ebacc": (0, 27),
    "attainment_8_open": (0, 27),
    "ebacc_aps": (0, 9),
    "multiplication_score": (0, 25),
}
"""The lowest and highest score that a pupil can have: ten slots of grade 9, two or three of them, a mean of grade 9, 25 questions."""


@dataclass(frozen=True)
class Bound:
    """One figure's bounds, exact and as fractions: a percentage of 34 is 0.34.

    `pupils` are the linked children who count, `without_link` the others who would have. `lowest` and `highest` are what one of
    these could have had, and `basis` says why. `note` says why there is no value.
    """

    measure: Measure
    year: int | None
    la: str
    la_name: str
    pupils: int = 0
    without_link: int = 0
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    lowest: Fraction | None = None
    highest: Fraction | None = None
    basis: str = ""
    note: str = ""


def bounds(engine: Engine, names: Sequence[str], year: int | None = None) -> list[Bound]:
    """The bounds of each measure for all authorities of the store together (first) and for each of them, in the order of `names`.

    Of `year`, or of the newest year in which somebody counts. A measure that the link does not touch (placements, SDQ) has none.
    """
    chosen = [measure for measure in map(measures.named, names) if ages(measure)]
    held = {row["column_name"] for row in engine.rows("SELECT column_name FROM (DESCRIBE facts)")}
    there = [measure for measure in chosen if f"{measure.name}__d" in held]
    sums = figure.of_children(engine, there, years_of(engine), None, Request(tuple(measure.name for measure in there)))
    missing = {cohort: without_link(engine, cohort) for cohort in {measure.cohort for measure in there}}
    known = places.of(engine)
    found = []
    for measure in chosen:
        counted = {(at, la): found for (name, at, la, _), found in sums.items() if name == measure.name and found.pupils}
        when = year or max((at for at, _ in counted if measure.exists_for(at)), default=None)
        if when is None or not any(at == when for at, _ in counted) or measure.why_not(when):
            found.append(Bound(measure, when, ALL, ALL_NAME, note=why_none(measure, when)))
            continue
        absent = of_age(missing[measure.cohort], measure, when)
        las = {la for at, la in counted if at == when} | set(absent)
        mine = {la: counted.get((when, la), Sums()) for la in sorted(las)}
        whole = sum(mine.values(), Sums())
        span = Span.of(engine, measure, when)
        found.append(bound(measure, when, ALL, ALL_NAME, whole, sum(absent.values()), span, whole))
        found += [bound(measure, when, la, known.name(la), each, absent.get(la, 0), span, whole) for la, each in mine.items()]
    return found


def bound(measure: Measure, year: int, la: str, name: str, sums: Sums, without: int, span: "Span", whole: Sums) -> Bound:
    """The bounds of one place: so many children more, each with the lowest or the highest."""
    value = Fraction(sums.numerator) / Fraction(sums.denominator) if sums.denominator else None
    # Where nobody counts, a child without a link is taken to have as many sessions as others elsewhere.
    each = mean_denominator(sums) or mean_denominator(whole) or Fraction(1)
    weight = Fraction(sums.denominator) + without * each
    if not weight or span.lowest is None or span.highest is None:
        return Bound(measure, year, la, name, sums.pupils, without, value, value, value, note="" if value else "No child counts in it.")
    low, high = ((Fraction(sums.numerator) + without * each * end) / weight for end in (Fraction(span.lowest), Fraction(span.highest)))
    return Bound(measure, year, la, name, sums.pupils, without, value, low, high, span.lowest, span.highest, span.basis)


def why_none(measure: Measure, year: int | None) -> str:
    if year is None:
        return "No child of the store counts in it in any year."
    return measure.why_not(year) or f"No child of the store counts in it in {year}."


def mean_denominator(sums: Sums) -> Fraction:
    return Fraction(sums.denominator) / sums.pupils if sums.pupils else Fraction(0)


@dataclass(frozen=True)
class Span:
    """What a child without a link may have had, and why just that."""

    lowest: Fraction | None
    highest: Fraction | None
    basis: str

    @classmethod
    def of(cls, engine: Engine, measure: Measure, year: int) -> "Span":
        if measure.name in POSSIBLE:
            lowest, highest = POSSIBLE[measure.name]
            return cls(Fraction(lowest), Fraction(highest), "the lowest and highest that a pupil can have")
        if measure.interval == "wilson":
            return cls(Fraction(0), Fraction(1), "none of them, or all of them")
        if measure.interval == "ratio":
            cohort = COHORTS[measure.cohort]
            return cls.seen(engine, measure, year, "facts", f'"{cohort}"', "the lowest and highest rate of a linked child in the store")
        return cls.seen(engine, measure, year, "pupil_facts", "true", "the lowest and highest of the pupils held")

    @classmethod
    def seen(cls, engine: Engine, measure: Measure, year: int, table: str, population: str, basis: str) -> "Span":
        """The lowest and highest of one pupil, of those in state-funded schools or of unknown ones."""
        n, d = f'"{measure.name}__n"', f'"{measure.name}__d"'
        kept = f"{population} AND year = ? AND state_funded IS NOT FALSE AND {d} > 0"
        # The rates are compared as doubles, and the two that are found worked out exactly.
        ends = f"SELECT arg_min({n}, {n} / {d}) AS n0, arg_min({d}, {n} / {d}) AS d0, arg_max({n}, {n} / {d}) AS n1, "
        row = engine.rows(f"{ends} arg_max({d}, {n} / {d}) AS d1 FROM {table} WHERE {kept}", [year])[0]
        if row["n0"] is None:
            return cls(None, None, "")
        return cls(Fraction(row["n0"]) / Fraction(row["d0"]), Fraction(row["n1"]) / Fraction(row["d1"]), basis)


# --- Who would have counted ---


@cache
def ages(measure: Measure) -> tuple[int, int] | None:
    """The ages at which a child is looked for in a measure; None for one that is not about school."""
    if not (measure.of_children and measure.of_schools and COHORTS[measure.cohort]):
        return None
    eligible = measure.eligible.resolve(tables.children.ibis())
    columns = {field.name for field in eligible.op().find(operations.Field)}
    return next((span for column, span in AGES.items() if column in columns), None)


def without_link(engine: Engine, cohort: str) -> list[dict]:
    """The children of a cohort who have no link: la, year, age, children."""
    return engine.rows(
        f"SELECT la, year, age, count(*) AS children FROM facts WHERE NOT linked AND {COHORTS[cohort]} GROUP BY la, year, age"
    )


def of_age(rows: Iterable[Mapping], measure: Measure, year: int) -> dict[str, int]:
    """How many of them each authority has who would have counted in the measure."""
    youngest, oldest = ages(measure) or (0, 0)
    found: dict[str, int] = {}
    for row in rows:
        if row["year"] == year and (row["age"] is None or youngest <= row["age"] <= oldest):
            found[row["la"]] = found.get(row["la"], 0) + row["children"]
    return found


def years_of(engine: Engine) -> list[int]:
    return [row["year"] for row in engine.rows("SELECT DISTINCT year FROM facts ORDER BY year")]

"""The children that a model is about, one row a child and year, with the result and all that the models know of the child.

They are exactly the children who count in the measure's figure: looked after for twelve months, in state schools, with a result. So
what was observed here is the figure, and nothing can be had by setting the two side by side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from virtualschool import codes, tables
from virtualschool.cohort import periods, placements
from virtualschool.measures import Measure
from virtualschool.outcomes.who import with_pupil
from virtualschool.store import Draft, Engine, sql

TEXTS = ("la", "child", "sex", "sen", "school_type", "ethnic_group", "placement_type", "entered", "ks2_writing")
NUMBERS = (
    "year",
    "unaccompanied",
    "sdq_score",
    "years_in_care",
    "stage",
    "ks2_prior",
    "ks1_average",
    "moves_after_11",
    "school_changed",
    "unauthorised",
    "days_lost",
    "placement_changed",
    "school_moves",
    "suspensions",
    "good_development",
    "phonics",
)
DAYS_A_YEAR = 365.25
RETURNS_FOR_MOVES = 2
"""Moves since the eleventh birthday are said to be known from the third return on: our choice."""


@dataclass(frozen=True)
class Rows:
    """Columns by name: text ('' where not known) or numbers (NaN where not known), and the result as a number."""

    columns: Mapping[str, np.ndarray]
    result: np.ndarray

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.result)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({int(year) for year in self["year"]}))

    def only(self, which: np.ndarray) -> "Rows":
        return Rows({name: values[which] for name, values in self.columns.items()}, self.result[which])


def prepare(draft: Draft) -> None:
    """Lays by what `rows` reads and no table holds as a column: of the pupils who are looked after, what went before."""
    engine = draft.engine
    engine.define("model_placed", placed())
    engine.define("model_pupils", "SELECT DISTINCT pupil FROM children WHERE pupil IS NOT NULL")
    made = {
        "model_moves": MOVES_AFTER_11,
        "model_joined": joined(),
        "model_lost": lost(),
        "model_schools": "SELECT pupil, year, school FROM pupils SEMI JOIN model_pupils USING (pupil)",
        "model_key_stage_1": key_stage_1(),
        "model_early": EARLY,
    }
    for name, query in made.items():
        engine.lay_by(name, query, draft.scratch)
    engine.define("model_first_returns", "SELECT la, min(year) AS first FROM header GROUP BY la")


def placed() -> str:
    """Episodes of care with the placement that each belongs to."""
    return sql(placements.placements(periods.care(periods.episodes_known())))


MOVES_AFTER_11 = """
SELECT c.la, c.child, c.year, count(*) FILTER (WHERE p.nth > 1 AND p.began > c.dob + INTERVAL 11 YEAR) AS moves
FROM children c
JOIN (
    SELECT la, child, began, row_number() OVER (PARTITION BY la, child, period ORDER BY placement) AS nth
    FROM (SELECT la, child, period, placement, min(decom) AS began FROM model_placed GROUP BY ALL)
) p ON p.la = c.la AND p.child = c.child AND p.began <= make_date(c.year, 3, 31)
WHERE c.at_ks4 GROUP BY ALL
"""
"""Changes of placement after the eleventh birthday, to 31 March of the year; the first placement of a period of care is no change."""


def joined() -> str:
    """The day on which each pupil joined the school of a year's census."""
    census = sql(with_pupil(tables.census.ibis()).select("pupil", "year", "entry_date", "enrol_status"))
    return (
        f"SELECT pupil, year, max(entry_date) AS day FROM ({census}) SEMI JOIN model_pupils USING (pupil) "
        "WHERE coalesce(enrol_status, 'C') NOT IN ('S', 'G') AND entry_date IS NOT NULL GROUP BY ALL"
    )


def lost() -> str:
    """School days that each pupil lost to suspension in a year: two sessions are a day."""
    exclusions = sql(with_pupil(tables.exclusions.ibis()).select("pupil", "year", "sessions", "category"))
    return (
        f"SELECT pupil, year, CAST(sum(sessions) AS DOUBLE) / 2 AS days FROM ({exclusions}) SEMI JOIN model_pupils USING (pupil) "
        "WHERE category IS DISTINCT FROM 'permanent' GROUP BY ALL"
    )


def key_stage_1() -> str:
    """Each pupil's key stage 1 average from the assessments held: mathematics counts as much as reading and writing together.

    Points go by the code alone. In `codes` those of standards begin with the key stage 2 of 2022, for those before took no tests; but
    they had standards at seven since 2016, and it is their key stage 4 that has no other starting point.
    """
    values = ", ".join(f"('{code}', {points})" for code, points in sorted(ks1_points().items()))
    subjects = ("reading", "writing", "maths")
    joins = " ".join(f"LEFT JOIN points {name} ON {name}.code = p.ks1_{name}" for name in subjects)
    english = "(coalesce(reading.points, writing.points) + coalesce(writing.points, reading.points)) / 2"
    return (
        f"WITH points(code, points) AS (VALUES {values}) "
        f"SELECT p.pupil, arg_max((coalesce({english}, maths.points) + coalesce(maths.points, {english})) / 2, p.year) AS average "
        f"FROM pupils p {joins} WHERE p.at_ks1 GROUP BY p.pupil"
    )


def ks1_points() -> dict[str, Decimal]:
    """The points of each code: a level and a standard are never spelt alike."""
    return {row["code"]: Decimal(row["points"]) for row in codes.load("ks1_points")}


EARLY = """
SELECT pupil, bool_or(good_development) AS good_development, bool_or(coalesce(phonics_by_year_2, phonics)) AS phonics
FROM pupils WHERE at_early_years OR phonics IS NOT NULL OR phonics_by_year_2 IS NOT NULL GROUP BY pupil
"""
"""What each pupil reached in the early years and in the phonics check."""


CHILDREN = """
SELECT c.la, c.child, c.year, {numerator} AS numerator, {denominator} AS denominator,
    c.sex, c.sen, c.school_type, c.ethnic_group, c.placement_type, c.entered, c.ks2_writing,
    CAST(c.unaccompanied AS INTEGER) AS unaccompanied, c.sdq_score, c.period_days / {days} AS years_in_care,
    CASE WHEN coalesce(TRY_CAST(c.year_group AS INTEGER), c.age - 4) >= 10 THEN 4
         WHEN coalesce(TRY_CAST(c.year_group AS INTEGER), c.age - 4) >= 7 THEN 3 ELSE 2 END AS stage,
    CAST(c.ks2_prior AS DOUBLE) AS ks2_prior,
    CAST(coalesce(c.ks1_average, k.average) AS DOUBLE) AS ks1_average,
    CASE WHEN c.year - held.first >= {returns} THEN coalesce(m.moves, 0) END AS moves_after_11,
    CASE WHEN before.school IS NOT NULL AND earlier.school IS NOT NULL
              THEN CAST(before.school <> c.school OR earlier.school <> before.school AS INTEGER)
         WHEN c.unaccompanied AND earlier.school IS NULL THEN NULL
         WHEN before.school <> c.school THEN 1
         WHEN j.day IS NOT NULL THEN CAST(j.day >= make_date(c.year - 2, 9, 1) AS INTEGER)
    END AS school_changed,
    CASE WHEN c.sessions_possible > 0 THEN CAST(c.sessions_unauthorised AS DOUBLE) / c.sessions_possible END AS unauthorised,
    CASE WHEN excluded.held AND excluded_before.held AND c.pupil IS NOT NULL
         THEN coalesce(l.days, 0) + coalesce(l_before.days, 0) END AS days_lost,
    CAST(c.placement_changed AS INTEGER) AS placement_changed, c.school_moves,
    CASE WHEN excluded.held AND c.pupil IS NOT NULL THEN coalesce(c.suspensions, 0) END AS suspensions,
    CAST(early.good_development AS INTEGER) AS good_development, CAST(early.phonics AS INTEGER) AS phonics
FROM facts f
JOIN children c ON c.la = f.la AND c.child = f.child AND c.year = f.year
LEFT JOIN model_moves m ON m.la = c.la AND m.child = c.child AND m.year = c.year
LEFT JOIN model_first_returns held ON held.la = c.la
LEFT JOIN model_schools before ON before.pupil = c.pupil AND before.year = c.year - 1
LEFT JOIN model_schools earlier ON earlier.pupil = c.pupil AND earlier.year = c.year - 2
LEFT JOIN model_joined j ON j.pupil = c.pupil AND j.year = c.year
LEFT JOIN model_lost l ON l.pupil = c.pupil AND l.year = c.year
LEFT JOIN model_lost l_before ON l_before.pupil = c.pupil AND l_before.year = c.year - 1
LEFT JOIN (SELECT DISTINCT year, true AS held FROM exclusions) excluded ON excluded.year = c.year
LEFT JOIN (SELECT DISTINCT year, true AS held FROM exclusions) excluded_before ON excluded_before.year = c.year - 1
LEFT JOIN model_key_stage_1 k ON k.pupil = c.pupil
LEFT JOIN model_early early ON early.pupil = c.pupil
WHERE f.looked_after_12_months AND {denominator} IS NOT NULL AND {schools} AND f.year IN ({years})
ORDER BY c.year, c.la, c.child
"""


def rows(engine: Engine, measure: Measure, years: Sequence[int], score: str = "") -> Rows:
    """The children who count in a measure in the years. A percentage is in percent, so that effects are percentage points.

    With `score`, a column of `children`, the result is that score, of those who count in the measure and have one.
    """
    text = CHILDREN.format(
        numerator=f"CAST(c.{score} AS DOUBLE)" if score else f'f."{measure.name}__n"',
        denominator=f'CASE WHEN f."{measure.name}__d" IS NOT NULL AND c.{score} IS NOT NULL THEN 1 END'
        if score
        else f'f."{measure.name}__d"',
        days=DAYS_A_YEAR,
        returns=RETURNS_FOR_MOVES,
        schools="f.state_funded IS NOT FALSE" if measure.of_schools else "true",
        years=", ".join(str(int(year)) for year in years),
    )
    found = engine.arrow(text)
    columns: dict[str, np.ndarray] = {}
    for name in TEXTS:
        columns[name] = np.array(["" if value is None else value for value in found[name].to_pylist()], dtype=str)
    for name in NUMBERS:
        columns[name] = np.array([np.nan if value is None else float(value) for value in found[name].to_pylist()], dtype=float)
    scale = 100.0 if measure.unit == "percent" and not score else 1.0
    pairs = zip(found["numerator"].to_pylist(), found["denominator"].to_pylist(), strict=True)
    return Rows(columns, np.array([scale * float(n / d) for n, d in pairs], dtype=float))


def number(engine: Engine, measure: Measure, years: Sequence[int]) -> int:
    """How many rows `rows` would give, which is soon counted."""
    schools = "state_funded IS NOT FALSE" if measure.of_schools else "true"
    listed = ", ".join(str(int(year)) for year in years) or "NULL"
    query = f'SELECT count("{measure.name}__d") FROM facts WHERE looked_after_12_months AND {schools} AND year IN ({listed})'
    return int(engine.value(query))

"""Series by term or quarter, from what the store holds by date: attendance, suspensions, moves of placement.

    attendance     sessions attended of those possible, by term, of children looked after for twelve months; files of terms are needed
    suspensions    by the term in which they began (September to December, January to March, April to August), for a hundred such children
                   on roll in January
    moves          new placements within a period of care, by quarter, for a hundred children looked after in the quarter

Terms are by the calendar, since Easter falls on either side of the end of March.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from virtualschool.store import Engine, sql

TERMS = {"autumn": "Autumn", "spring": "Spring", "summer": "Summer"}
BEGIN_THE_YEAR = ("Autumn", "Apr-Jun", "Jul-Sep", "Oct-Dec")
"""Seasons that lie in the calendar year before the one that their school or care year ends in."""
QUARTERS = {2: "Apr-Jun", 3: "Jul-Sep", 4: "Oct-Dec", 1: "Jan-Mar"}


@dataclass(frozen=True)
class Tally:
    """One point: what happened and of how many. `year` is the school or care year it lies in; `season` comes again in each."""

    year: int
    season: str
    count: int
    of: int
    children: int

    @property
    def at(self) -> str:
        """The season with the calendar year it lies in: the autumn of the school year 2025 is Autumn 2024."""
        return f"{self.season} {self.year - (self.season in BEGIN_THE_YEAR)}"


@dataclass(frozen=True)
class Kind:
    """One kind of series: the tallies of an authority (None: of all), in order of time."""

    name: str
    title: str
    unit: str
    counts_events: bool
    better: str
    tallies: Callable[[Engine, str | None], list[Tally]]
    why_none: str
    yearly: str = ""
    """The measure that says of a whole year what the points of the series add up to."""


def of_la(la: str | None, column: str = "la") -> tuple[str, list]:
    return ("true", []) if la is None else (f"{column} = ?", [la])


PUPIL = """
    SELECT a.*, coalesce(p.pupil, a.pmr, u.pupil, a.upn) AS pupil FROM {table} a
    LEFT JOIN pupil_keys p ON p.kind = 'pmr' AND p.identifier = a.pmr
    LEFT JOIN pupil_keys u ON u.kind = 'upn' AND a.pmr IS NULL AND u.identifier = a.upn
"""


def attendance(engine: Engine, la: str | None) -> list[Tally]:
    test, values = of_la(la)
    rows = engine.rows(
        f"""
        WITH cohort AS (
            SELECT DISTINCT pupil, year FROM children WHERE {test} AND looked_after_12_months AND pupil IS NOT NULL
            AND coalesce(age, 10) BETWEEN 5 AND 15),
        sessions AS (
            SELECT s.*, coalesce(sessions_missed, coalesce(sessions_authorised, 0) + coalesce(sessions_unauthorised, 0)) AS missed
            FROM ({PUPIL.format(table="absence")}) s SEMI JOIN cohort c ON c.pupil = s.pupil AND c.year = s.year
            WHERE term IN ('autumn', 'spring', 'summer') AND sessions_possible > 0
            QUALIFY row_number() OVER (
                PARTITION BY s.pupil, s.year, term
                ORDER BY coalesce(main_enrolment, false) DESC, sessions_possible DESC, laestab, file, row) = 1)
        SELECT year, term, sum(sessions_possible)::BIGINT AS possible, sum(missed)::BIGINT AS missed, count(*) AS children
        FROM sessions GROUP BY year, term
        """,
        values,
    )
    order = list(TERMS)
    rows.sort(key=lambda row: (row["year"], order.index(row["term"])))
    return [Tally(row["year"], TERMS[row["term"]], row["possible"] - row["missed"], row["possible"], row["children"]) for row in rows]


def suspensions(engine: Engine, la: str | None) -> list[Tally]:
    test, values = of_la(la)
    rows = engine.rows(
        f"""
        WITH cohort AS (
            SELECT DISTINCT pupil, year FROM children WHERE {test} AND looked_after_12_months AND pupil IS NOT NULL AND on_roll_january),
        began AS (
            SELECT e.year,
                CASE WHEN month(start_date) >= 9 THEN 'autumn' WHEN month(start_date) <= 3 THEN 'spring' ELSE 'summer' END AS term
            FROM ({PUPIL.format(table="exclusions")}) e SEMI JOIN cohort c ON c.pupil = e.pupil AND c.year = e.year
            WHERE category = 'suspension' AND start_date IS NOT NULL)
        SELECT year, term, (SELECT count(*) FROM began b WHERE b.year = n.year AND b.term = n.term) AS events, children
        FROM (SELECT year, count(*) AS children FROM cohort GROUP BY year) n,
             (SELECT unnest(['autumn', 'spring', 'summer']) AS term) t
        WHERE year IN (SELECT DISTINCT year FROM exclusions)
        """.replace("n.term", "t.term"),
        values,
    )
    order = list(TERMS)
    rows.sort(key=lambda row: (row["year"], order.index(row["term"])))
    return [Tally(row["year"], TERMS[row["term"]], row["events"], row["children"], row["children"]) for row in rows]


def moves(engine: Engine, la: str | None) -> list[Tally]:
    test, values = of_la(la)
    rows = engine.rows(
        f"""
        WITH care AS ({placements_in_sql()}),
        firsts AS (
            SELECT la, child, period, placement, min(decom) AS began FROM care WHERE placement IS NOT NULL AND {test}
            GROUP BY la, child, period, placement),
        moved AS (
            SELECT began FROM firsts
            QUALIFY row_number() OVER (PARTITION BY la, child, period ORDER BY placement) > 1),
        spans AS (SELECT la, child, min(decom) AS since, max(until) AS until FROM care WHERE {test} GROUP BY la, child, period),
        held AS (SELECT DISTINCT year FROM header WHERE {test}),
        quarters AS (
            SELECT year, n, make_date(year - 1, 4, 1) + to_months(3 * n) AS since, make_date(year - 1, 4, 1) + to_months(3 * n + 3) AS until
            FROM held, (SELECT unnest(range(4)) AS n))
        SELECT q.year, q.n,
            (SELECT count(*) FROM moved m WHERE m.began >= q.since AND m.began < q.until) AS events,
            (SELECT count(DISTINCT (s.la, s.child)) FROM spans s WHERE s.since < q.until AND s.until > q.since) AS children
        FROM quarters q ORDER BY q.year, q.n
        """,
        values * 3,
    )
    names = list(QUARTERS.values())
    return [Tally(row["year"], names[row["n"]], row["events"], row["children"], row["children"]) for row in rows]


@cache
def placements_in_sql() -> str:
    """The definition of a placement, in SQL: la, child, period, placement, decom, until … Compiled once in a process."""
    from virtualschool.cohort import periods, placements

    return sql(placements.placements(periods.care(periods.episodes_known())))


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "attendance",
            "Attendance by term",
            "percent of possible sessions",
            False,
            "higher",
            attendance,
            "The store's absence files are of whole years. Read the files of terms: virtualschool build STORE --add FILES",
            "absence_rate",
        ),
        Kind(
            "suspensions",
            "Suspensions by term",
            "for 100 children",
            True,
            "lower",
            suspensions,
            "The store holds no suspensions.",
            "suspension_rate",
        ),
        Kind("moves", "Moves of placement by quarter", "for 100 children", True, "lower", moves, "The store holds no return."),
    )
}

"""What the store knows of children that bears on the premium: facts that show a need, and values of two years for before and after."""

import functools
from typing import Any

from virtualschool.plans.premium import start_of
from virtualschool.plans.premium_effect import Course
from virtualschool.plans.premium_need import Assessed
from virtualschool.web import clock, plan_dates, stores
from virtualschool.web.assessments_held import newest
from virtualschool.web.models import TeacherAssessment

PRIMARY = ("N1", "N2", "R", *(str(year) for year in range(1, 7)))
MEASURES = {
    "absence": ("Absence", "percent of sessions missed", 100),
    "suspensions": ("Suspensions", "suspensions a child in the school year", 1),
    "sdq": ("SDQ score", "points of 40", 1),
}
"""Measures of before and after: words, unit, and how many of the whole units of a course make one. Of each, lower is better."""
COLUMNS = {
    "absence": (
        "CASE WHEN sessions_possible >= 60 THEN (sessions_missed * 20000 + sessions_possible) // (2 * sessions_possible) END",
        "hundredths of a percent",
    ),
    "suspensions": ("suspensions", ""),
    "sdq": ("sdq_score", ""),
}


def facts(of: stores.Snapshot, la: str) -> dict[str, dict[str, Any]]:
    """The facts of each child of an authority, by token, each of the newest year that knows it; all but results no older than a year."""
    return _facts(str(of.store.path), of.name, la)


def known(of: stores.Snapshot, la: str) -> dict[str, dict[str, Any]]:
    """The same with `assessed`: the newest assessment of each child and subject that teachers made in the last three terms and this."""
    made = facts(of, la)
    current = plan_dates.term_on(la, clock.today())
    since = (current.school_year - 1, plan_dates.ORDER.index(current.name))
    held: dict[str, dict[str, TeacherAssessment]] = {}
    for one in newest(la):
        term = plan_dates.TermOfYear(one.school_year, one.term)
        if since <= term.place <= current.place:
            own = held.setdefault(one.token, {})
            before = own.get(one.subject.casefold())
            if before is None or plan_dates.TermOfYear(before.school_year, before.term).place < term.place:
                own[one.subject.casefold()] = one
    return {
        **made,
        **{
            token: {**made.get(token, {}), "assessed": tuple(_assessed(one) for _, one in sorted(own.items()))}
            for token, own in held.items()
        },
    }


def _assessed(one: TeacherAssessment) -> Assessed:
    return Assessed(one.subject, plan_dates.TermOfYear(one.school_year, one.term).words, one.from_phase, one.from_entry)


@functools.lru_cache(maxsize=20)
def _facts(path: str, name: str, la: str) -> dict[str, dict[str, Any]]:
    newest = ("sen", "primary_need", "language", "sdq_band", "sdq_score", "unaccompanied", "school_moves", "year_group")
    results = ("ks2_read_expected", "ks2_writing_expected", "ks2_maths_expected", "ks1_reading", "ks1_writing", "ks1_maths", "phonics")
    picked = ", ".join(f"arg_max({one}, year) FILTER (WHERE {one} IS NOT NULL AND year >= newest - 1) AS {one}" for one in newest)
    known = ", ".join(f"arg_max({one}, year) FILTER (WHERE {one} IS NOT NULL) AS {one}" for one in (*results, "prior_group"))
    year = ", ".join(
        f"arg_max({one}, year) FILTER (WHERE sessions_possible IS NOT NULL AND year >= newest - 1) AS {one}"
        for one in ("sessions_possible", "sessions_missed")
    )
    suspended = "arg_max(suspensions, year) FILTER (WHERE suspensions IS NOT NULL AND year >= newest - 1) AS suspensions"
    query = f"""
        WITH held AS (SELECT *, (SELECT max(year) FROM children WHERE la = ?) AS newest FROM children WHERE la = ?)
        SELECT token, {picked}, {known}, {year}, {suspended} FROM held GROUP BY token
    """
    rows = stores.engine_of(stores._snapshot(path, name), la).rows(query, [la, la])
    short = {f"ks2_{one}_expected": f"ks2_{one}" for one in ("read", "writing", "maths")}
    return {row["token"]: {short.get(column, column): value for column, value in row.items()} for row in rows}


def courses(
    of: stores.Snapshot, la: str, financial_year: str, measure: str, helped: frozenset[str]
) -> tuple[list[Course], tuple[int, int]]:
    """The courses of an authority's children who have a value both before and after, and the two school years.

    Money of 2025-26 is spent from April 2025: before is the school year that ends in 2025, after the one that ends in 2026.
    """
    first = start_of(financial_year).year
    column, _ = COLUMNS[measure]
    query = f"""
        SELECT token, max(value) FILTER (WHERE year = ?) AS before, max(value) FILTER (WHERE year = ?) AS after,
            arg_max(year_group, year) FILTER (WHERE year_group IS NOT NULL) AS year_group
        FROM (SELECT token, year, year_group, {column} AS value FROM children WHERE la = ? AND year IN (?, ?))
        GROUP BY token HAVING before IS NOT NULL AND after IS NOT NULL ORDER BY token
    """
    rows = stores.engine_of(of, la).rows(query, [first, first + 1, la, first, first + 1])
    made = [
        Course(
            row["token"],
            int(row["before"]),
            int(row["after"]),
            "primary" if row["year_group"] in PRIMARY else "secondary",
            row["token"] in helped,
        )
        for row in rows
    ]
    return made, (first, first + 1)

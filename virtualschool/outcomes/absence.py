"""Absence: sessions a pupil could have attended and missed, at the main school, over six half terms.

A file for the year gives all six half terms; files for the terms are added up. A pupil with several enrolments counts once, at the
enrolment marked as main, else at the one with most sessions. Only pupils aged 5 to 15 when the school year began have figures.

Source: DfE, Pupil absence in schools in England: methodology; DfE, Outcomes for children in need: methodology (main enrolment).
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes.who import of_year, once_and_several, one_a_pupil

AGES = (5, 15)
WHOLE_YEAR = "year"
SESSIONS = ("sessions_possible", "sessions_authorised", "sessions_unauthorised", "sessions_missed")


def attended(*, by_upn: bool = True) -> ir.Table:
    """The year's sessions: pupil, year, the four counts, and laestab and school_urn of the main enrolment."""
    rows = of_year(tables.absence, by_upn=by_upn)
    parts = rows.sessions_authorised.fill_null(0) + rows.sessions_unauthorised.fill_null(0)
    known = ibis.coalesce(rows.sessions_authorised, rows.sessions_unauthorised).notnull()
    rows = rows.mutate(
        term=rows.term.fill_null(WHOLE_YEAR),
        sessions_missed=ibis.coalesce(rows.sessions_missed, ibis.ifelse(known, parts, None)).cast("int32"),
    )
    once, several = once_and_several(rows, tables.absence)
    columns = ("pupil", "year", *SESSIONS, "laestab", "school_urn")
    return ibis.union(once.select(*columns), added_up(several).select(*columns))


def added_up(rows: ir.Table) -> ir.Table:
    """One row a pupil from several terms or schools: the file for the year if there is one, else the terms, main enrolments only."""
    main = main_enrolments(rows)
    # Where there is a file for the year the files for its terms say the same again.
    whole = (main.term == WHOLE_YEAR).any().over(group_by=main.pupil)
    main = main.mutate(whole=whole).filter(lambda t: ~t.whole | (t.term == WHOLE_YEAR))
    where = one_a_pupil(main, ibis.desc(_.sessions_possible)).select("pupil", "laestab", "school_urn")
    sums = main.group_by("pupil").aggregate(year=main.year.max(), **{name: main[name].sum().cast("int32") for name in SESSIONS})
    return sums.join(where, "pupil")


def main_enrolments(rows: ir.Table) -> ir.Table:
    """One row a pupil and term: the enrolment marked as main, else that with most sessions."""
    order = ibis.window(
        group_by=[rows.pupil, rows.term],
        order_by=[
            ibis.desc(rows.main_enrolment.fill_null(False)),
            ibis.desc(rows.sessions_possible.fill_null(0)),
            rows.laestab,
            rows.file,
            rows.row,
        ],
    )
    return rows.mutate(nth=ibis.row_number().over(order)).filter(_.nth == 0).drop("nth")


def of_age(age: ir.Value) -> ir.BooleanValue:
    """Whether a pupil is of the ages that absence is published for; someone of unknown age is taken to be."""
    return age.between(*AGES).fill_null(True)

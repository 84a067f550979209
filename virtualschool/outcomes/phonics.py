"""The phonics check: whether a pupil met the standard in year 1, and by the end of year 2.

Only valid outcomes count: met, not met, absent, did not take it, maladministration. Someone without one is left out. By the end of
year 2 those count who have a valid outcome in either year; who met the standard in year 1 need not take the check again.

Source: DfE, Phonics screening check attainment: methodology (valid outcomes).
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes.staging import before
from virtualschool.outcomes.who import of_year, with_pupil

THRESHOLD = 32
"""Marks of 40 that meet the standard, in every year since 2014. It decides where a file gives a mark and no outcome."""
MET, VALID = "WA", ("WA", "WT", "A", "D", "Q")
YEAR_1, YEAR_2 = "1", "2"
WITHOUT_CHECK = (2020, 2021)
"""Years in which pupils in year 1 took no check, and so all took it in year 2."""


def met(rows: ir.Table) -> ir.Value:
    """Whether a row's check was met; null for an outcome that does not count."""
    outcome = rows.outcome.strip().upper()
    by_mark = ibis.ifelse(rows.mark.between(0, 40), rows.mark >= THRESHOLD, ibis.null("boolean"))
    return ibis.cases((outcome.isin(VALID), outcome == MET), (outcome.isnull(), by_mark), else_=ibis.null("boolean"))


def checked(*, by_upn: bool = True) -> ir.Table:
    """The year's checks, one row a pupil: pupil, phonics_year_group, phonics_met (the better of several), and who and where."""
    rows = of_year(tables.phonics, by_upn=by_upn)
    rows = rows.mutate(is_met=met(rows), group=rows.year_group.strip())
    return rows.group_by("pupil").aggregate(
        year=_.year.max(),
        upn=_.upn.max(),
        dob=_.dob.max(),
        sex=_.sex.max(),
        laestab=_.laestab.max(),
        school_urn=_.school_urn.max(),
        phonics_year_group=_.group.max(),
        phonics_met=_.is_met.any(),
    )


def before_now(*, by_upn: bool = True) -> ir.Table:
    """Whether each pupil met the standard in an earlier year; only those with a valid outcome: pupil, met_before."""
    rows = with_pupil(before(tables.phonics), by_upn=by_upn)
    rows = rows.mutate(is_met=met(rows))
    return rows.filter(_.is_met.notnull()).group_by("pupil").aggregate(met_before=_.is_met.any())

"""The multiplication tables check of year 4: the mark, and who was to take it.

A pupil who was to take the check and did not counts among the eligible; one who had left the school, or should not have been on the
register, does not.

Source: DfE, Multiplication tables check attainment: methodology.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes.who import one_of_year

FULL_MARKS = 25
NOT_ELIGIBLE = ("L", "Z", "LEFT SCHOOL", "LEFT", "INCORRECT REGISTRATION")
"""Reasons for which nobody takes the check because the pupil is not the school's: by letter, and in words."""


def checked(*, by_upn: bool = True) -> ir.Table:
    """The year's pupils who were to take the check, one row each: pupil, multiplication_mark, and who and where."""
    rows = one_of_year(tables.multiplication, _.mark.isnull(), by_upn=by_upn)
    mark = ibis.ifelse(rows.mark.between(0, FULL_MARKS), rows.mark, ibis.null("int32"))
    eligible = mark.notnull() | ~rows.reason.strip().upper().isin(NOT_ELIGIBLE).fill_null(False)
    rows = rows.mutate(multiplication_mark=mark.cast("int32"), eligible=eligible).filter(_.eligible)
    return rows.select("pupil", "year", "upn", "dob", "sex", "laestab", "school_urn", "multiplication_mark")

"""The end of 16 to 18 study, as DfE's pupil-level file has it: level 3, and being kept to the end of the core aim.

Source: DfE, National Pupil Database: data item lists, key stage 5.
"""

import functools

import ibis
import ibis.expr.types as ir

from virtualschool import tables
from virtualschool.outcomes.who import one_of_year


def at_the_end(*, by_upn: bool = True) -> ir.Table:
    """The year's students, one row each: pupil, level_3, two_level_3, retained_post_16, and who and where.

    Level 3 is null for someone outside the cohort of level 3, retention for someone in scope of no programme.
    """
    rows = one_of_year(tables.post_16, by_upn=by_upn)
    in_scope = either(rows, "in_scope")
    kept = [rows[f"in_scope_{name}"].fill_null(False) & rows[f"retained_{name}"].fill_null(False) for name in tables.PROGRAMMES]
    at_level_3 = rows.level_3_cohort.fill_null(True)
    return rows.select(
        *("pupil", "year", "upn", "dob", "sex", "laestab", "school_urn"),
        level_3=ibis.ifelse(at_level_3, rows.level_3, ibis.null("boolean")),
        two_level_3=ibis.ifelse(at_level_3, rows.two_level_3, ibis.null("boolean")),
        retained_post_16=ibis.ifelse(in_scope, functools.reduce(lambda one, other: one | other, kept), ibis.null("boolean")),
    )


def either(rows: ir.Table, what: str) -> ir.BooleanValue:
    """Whether any programme's flag is set."""
    flags = [rows[f"{what}_{name}"].fill_null(False) for name in tables.PROGRAMMES]
    return functools.reduce(lambda one, other: one | other, flags)

"""The end of the early years foundation stage: whether a child has a good level of development.

DfE's own flag where the file has it. Else the twelve goals that count: all at the expected level or above. A goal that is not
assessed leaves it open, unless another goal was not reached.

Source: DfE, Early years foundation stage profile results: methodology.
"""

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes.who import one_of_year

GOALS = tuple(name for name in tables.early_years.names if name.startswith("goal_"))
REACHED, NOT_REACHED = ("2", "3"), ("1",)


def at_the_end(*, by_upn: bool = True) -> ir.Table:
    """The year's children, one row each: pupil, good_development, and who and where."""
    rows = one_of_year(tables.early_years, by_upn=by_upn)
    return rows.select(
        *("pupil", "year", "upn", "dob", "sex", "laestab", "school_urn"), good_development=ibis.coalesce(_.good_development, of_goals(rows))
    )


def of_goals(rows: ir.Table) -> ir.BooleanValue:
    """Whether every goal was reached; null where that cannot be told."""
    reached, failed = ibis.literal(True), ibis.literal(False)
    for goal in GOALS:
        reached &= rows[goal].isin(REACHED).fill_null(False)
        failed |= rows[goal].isin(NOT_REACHED).fill_null(False)
    return ibis.cases((failed, False), (reached, True), else_=ibis.null("boolean"))

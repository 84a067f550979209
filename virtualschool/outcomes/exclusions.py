"""Suspensions and permanent exclusions of a pupil in a school year; a lunchtime is not a suspension.

Source: DfE, Permanent exclusions and suspensions in England: methodology.
"""

import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes.who import of_year


def excluded(*, by_upn: bool = True) -> ir.Table:
    """The year's exclusions: pupil, suspensions and permanent_exclusions. Only pupils with a record of any kind."""
    rows = of_year(tables.exclusions, by_upn=by_upn)
    return rows.group_by("pupil").aggregate(
        year=_.year.max(),
        suspensions=(_.category == "suspension").sum().fill_null(0).cast("int32"),
        permanent_exclusions=(_.category == "permanent").sum().fill_null(0).cast("int32"),
    )

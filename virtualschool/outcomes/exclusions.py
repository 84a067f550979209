"""Suspensions and permanent exclusions of a pupil in a school year; a lunchtime is not a suspension.

Source: DfE, Permanent exclusions and suspensions in England: methodology.
"""

import functools

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes.staging import last
from virtualschool.outcomes.who import of_year, with_pupil

MONTHS = (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)
"""The months of a school year, in order: the place of one is the power of two that stands for it in suspension_months."""


def excluded(*, by_upn: bool = True) -> ir.Table:
    """The year's exclusions: pupil, suspensions, permanent_exclusions, suspension_months. Only pupils with a record of any kind."""
    rows = of_year(tables.exclusions, by_upn=by_upn)
    return rows.group_by("pupil").aggregate(
        year=_.year.max(),
        suspensions=(_.category == "suspension").sum().fill_null(0).cast("int32"),
        permanent_exclusions=(_.category == "permanent").sum().fill_null(0).cast("int32"),
        suspension_months=months(rows),
    )


def excluded_last_year(*, by_upn: bool = True) -> ir.Table:
    """The exclusions of the school year before: pupil, suspension_months_before. Only pupils with a record of any kind."""
    rows = with_pupil(last(tables.exclusions), by_upn=by_upn)
    return rows.group_by("pupil").aggregate(suspension_months_before=months(rows))


def months(rows: ir.Table) -> ir.Value:
    """The months in which a suspension of the group began, as a sum of powers of two; null if one has no date in its school year."""
    suspension = rows.category == "suspension"
    in_year = rows.start_date.between(ibis.date(rows.year - 1, 9, 1), ibis.date(rows.year, 8, 31)).fill_null(False)
    undated = (suspension & ~in_year).any().fill_null(False)
    began = [
        ibis.ifelse((suspension & (rows.start_date.month() == month)).any().fill_null(False), 1 << place, 0)
        for place, month in enumerate(MONTHS)
    ]
    total = functools.reduce(lambda one, other: one + other, began)
    return ibis.ifelse(undated, ibis.null("int32"), total.cast("int32"))

"""Limits and rates that the years of children need, as tables of a store: `plan_limits` and `premium_rates`, made once a build."""

import datetime

import pyarrow as pa

from virtualschool import tables
from virtualschool.plans.calendars import WORKING_DAYS
from virtualschool.plans.premium import rates
from virtualschool.plans.rules import defaults
from virtualschool.store import Draft

BEFORE = datetime.timedelta(days=120)
"""How long before the first day of which plans tell a child may have come whose first plan they hold."""


def limits(draft: Draft) -> None:
    """Writes both tables, each where something was read that needs it."""
    span = draft.engine.rows(
        "SELECT min(least(started_on, meeting_on)) AS first, max(coalesce(completed_on, meeting_on)) AS last FROM plans"
    )
    if span and span[0]["first"] and span[0]["last"]:
        draft.write("plan_limits", working_limits(span[0]["first"] - BEFORE, span[0]["last"]), order_by=("day",))
    if draft.engine.value("SELECT count(*) FROM premium_parts"):
        draft.write("premium_rates", pounds_a_child(), order_by=("year", "strand"))


def working_limits(first: datetime.date, last: datetime.date) -> pa.Table:
    """Of each day, ten and twenty working days on: the limits of rules.toml for a first plan begun, and ready for the first review."""
    days = [first + datetime.timedelta(days=number) for number in range((last - first).days + 1)]
    settings = defaults()
    numbers = {"in_10": settings.initiate_working_days, "in_20": settings.first_review_working_days}
    columns = {"day": days, **{name: [WORKING_DAYS.after(day, number) for day in days] for name, number in numbers.items()}}
    return pa.table(columns, schema=tables.ALL["plan_limits"].arrow)


def pounds_a_child() -> pa.Table:
    """The rates that the program carries: the year that the financial year ends in, strand, pounds."""
    rows = [
        {"year": int(rate.financial_year[:4]) + 1, "strand": rate.strand, "pounds": rate.pence // 100}
        for rate in rates().values()
        if rate.pence is not None
    ]
    return pa.Table.from_pylist(rows, schema=tables.ALL["premium_rates"].arrow)

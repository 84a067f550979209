"""A child's social workers."""

import ibis
from ibis import _

from virtualschool import tables

SINCE = 2024
"""The first return with them."""


def worker_fields(years: ibis.Table) -> ibis.Table:
    """Different social workers in the year; one who comes back counts once, and so does one of days when the child was not looked
    after: la, child, year, social_workers_in_year. Children of whom the return names none are left out.

    Source: DfE, local authority interactive tool, data dictionary: social worker stability.
    """
    own = ["la", "child", "year"]
    module = tables.sw_episodes.ibis().filter(_.year >= SINCE)
    rows = years.inner_join(module, own, rname="s_{name}")
    rows = rows.filter((_.sw_decom <= _.finish) & (_.sw_dec.isnull() | (_.sw_dec >= _.start)))
    return rows.group_by(own).aggregate(social_workers_in_year=_.sw_id.nunique().cast("int32"))

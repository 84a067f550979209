"""Spells missing, and away from the placement without authorisation."""

import ibis
from ibis import _

from virtualschool import tables

MISSING, AWAY = "M", "A"


def missing_fields(years: ibis.Table) -> ibis.Table:
    """la, child, year, missing_episodes, away_episodes: spells with a day in the year, as that year's return has them.

    A spell is told by its first day. Null where the authority's return of the year has no spell of anybody: whether nobody was
    missing or nothing was returned is not known.
    """
    own = ["la", "child", "year"]
    spells = tables.missing.ibis().select(*own, "missing", "mis_start", "mis_end").distinct()
    returned = spells.select("la", "year").distinct()
    met = years.inner_join(spells, own, rname="spell_{name}")
    met = met.filter((_.mis_start <= _.finish) & (_.mis_end.isnull() | (_.mis_end >= _.start)))
    of_kind = {
        name: (_.missing == code).ifelse(_.mis_start, ibis.null("date")).nunique().cast("int32")
        for name, code in (("missing_episodes", MISSING), ("away_episodes", AWAY))
    }
    counted = met.group_by(own).aggregate(**of_kind)
    rows = years.select(*own).inner_join(returned, ["la", "year"], rname="returned_{name}").left_join(counted, own, rname="counted_{name}")
    return rows.select(*own, **{name: rows[name].fill_null(0) for name in of_kind})

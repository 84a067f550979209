"""How long a child has lived with the same carers: DfE's long-term placement stability."""

import ibis
from ibis import _

from virtualschool.cohort.periods import april, periods

ADOPTIVE = ("A3", "A4", "A5", "A6")


def stability_fields(years: ibis.Table, known: ibis.Table, care: ibis.Table, placed: ibis.Table, held: ibis.Table) -> ibis.Table:
    """Of children looked after on 31 March, with the days by which DfE judges: la, child, year, in_care_long_term,
    same_carer_2_years, spent_year_before, without_year_before, without_two_years_before.

    In care long term: since 30 September two and a half years before or earlier, in one period of care that did not follow on
    short breaks. The same carer: the placement of 31 March began on 31 March two years before or earlier; an adoptive placement
    counts with the placement before it. A change to fostering by approved adopters (U2, U5) is a change; a temporary stay is none.
    `spent_year_before`: had a day in care in the year before. The last two say why what is asked cannot be known, and are null
    where it can. Age is no part of this.
    Source: DfE, Children looked after in England: data guidance, 2023, placement stability, notes 2 to 4.
    """
    own = ["la", "child", "year"]
    spans = periods(care)
    breaks = known.filter(_.short_break).select(break_la="la", break_child="child", break_until="until").distinct()
    spans = spans.left_join(
        breaks, [spans.la == breaks.break_la, spans.child == breaks.break_child, spans.since == breaks.break_until]
    ).select("la", "child", "period", "since", "until", "is_open", followed=_.break_until.notnull())
    at_end = years.inner_join(spans, ["la", "child"], rname="span_{name}")
    # Who left on 1 April was in care on it, as everywhere.
    before = april(_.year - 2)
    spent = at_end.filter((_.since < _.start) & ((_.until > before) | ((_.until == before) & ~_.is_open))).select(*own).distinct()
    at_end = at_end.filter((_.since <= _.finish) & (_.until > _.finish)).select(*own, "finish", "period", "since", "followed")
    stays = placed.group_by("la", "child", "period", "stay").aggregate(began=_.decom.min())
    lasting = at_end.inner_join(placed.drop("year"), ["la", "child", "period"], rname="placed_{name}").filter(_.decom <= _.finish)
    latest = ibis.row_number().over(ibis.window(group_by=own, order_by=_.decom.desc()))
    lasting = (
        lasting.mutate(latest=latest).filter(_.latest == 0).select(*own, "period", "stay", adoptive=_.place.isin(ADOPTIVE).fill_null(False))
    )
    # An adoptive placement is counted from the start of the one before, if care began with another.
    sought = lasting.mutate(first=_.stay - _.adoptive.ifelse(1, 0))
    began = sought.inner_join(stays, ["la", "child", "period"], rname="stay_{name}")
    began = began.filter((_.stay_stay <= _.stay) & (_.stay_stay >= _.first)).group_by(own).aggregate(began=_.began.min())
    rows = at_end.left_join(began, own, rname="began_{name}")
    rows = rows.left_join(spent.mutate(spent=ibis.literal(True)), own, rname="spent_{name}").left_join(
        held, ["la", "year"], rname="held_{name}"
    )
    half, two = (
        ibis.date(_.year - 3, ibis.literal(9), ibis.literal(30)),
        ibis.date(_.year - 2, ibis.literal(3), ibis.literal(31)),
    )
    return rows.select(
        *own,
        "without_year_before",
        "without_two_years_before",
        in_care_long_term=(_.since <= half) & ~_.followed,
        # Who has had temporary stays only lives nowhere for long.
        same_carer_2_years=(_.began <= two).fill_null(False),
        spent_year_before=_.spent.fill_null(False),
    )

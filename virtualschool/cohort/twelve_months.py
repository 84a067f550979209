"""Who was looked after for the whole year, and who on its last day: DfE's rules, to the day."""

import ibis
from ibis import _

from virtualschool.cohort.periods import CONTINUES, touches


def in_year(years: ibis.Table, known: ibis.Table) -> ibis.Table:
    """The episodes that have a day in a year, for each child and year: those of `years` and of `known` together."""
    return years.inner_join(known.drop("year"), ["la", "child"], rname="known_{name}").filter(touches(_))


def flags(years: ibis.Table, known: ibis.Table) -> ibis.Table:
    """la, child, year, looked_after_12_months, at_31_march, episodes (in the year, short breaks out).

    Looked after for twelve months: in care in the year, and no episode in it that (a) has legal status V3 or V4, (b) starts
    care (S) after 1 April, or (c) ends on or after 1 April and before 31 March with a reason other than X1. So who came
    into care on 1 April counts, and so does who left on 31 March.
    On 31 March: an episode is open at the end of that day; who left on it is not there.
    Source: DfE, SSDA903 validation rules 2021-22, as restated in Data to Insight, csc-validator-be-903; DfE, Children looked
    after in England: data guidance, 2023.
    """
    episodes = in_year(years, known)
    starts = (_.rne == "S").fill_null(False) & (_.decom > _.start)
    ends = ~_.is_open & (_.until >= _.start) & (_.until < _.finish) & ~(_.rec == CONTINUES).fill_null(False)
    open_at_end = ~_.short_break & (_.decom <= _.finish) & (_.until > _.finish)
    judged = episodes.mutate(breaks=_.short_break | starts | ends, open_at_end=open_at_end, counts=(~_.short_break).ifelse(1, 0))
    return judged.group_by("la", "child", "year").aggregate(
        looked_after_12_months=~_.breaks.any(),
        at_31_march=_.open_at_end.any(),
        episodes=_.counts.sum().cast("int32"),
    )

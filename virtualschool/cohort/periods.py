"""Episodes pooled over an authority's returns, and the periods of care that they make.

Episodes of care overlap from return to return: the same one is in each year that it touches, and what was open in one year has
an end in the next. A period of care is unbroken time looked after. Short breaks (legal status V3, V4) are not care here.
"""

import ibis
from ibis import _

from virtualschool import tables

SHORT_BREAKS = ("V3", "V4")
CONTINUES = "X1"
"""Reason for the end of an episode that another follows the same day."""


def april(year: ibis.Value) -> ibis.Value:
    """1 April of a year: the day after the care year of that name ended."""
    return ibis.date(year, ibis.literal(4), ibis.literal(1))


def episodes_known() -> ibis.Table:
    """Each episode of an authority's children once, as the newest return that has it says.

    la, child, decom, until (the day it ended, or the 1 April after the return in which it was last seen open), is_open,
    short_break, rne, ls, cin, place, place_provider, rec, reason_place_change, home_post, pl_post, urn, year (that return).

    Left out: episodes that end on the day they began, for there is no such thing; and open ones that the next return of the
    child no longer has, for it put another in their place.
    """
    episodes = tables.episodes.ibis()
    # One that lasts is believed before one that ends on its first day, in the same return.
    told = [_.year.desc(), _.dec.isnull().desc(), _.dec.desc(), _.file.desc(), _.row.desc()]
    newest = episodes.mutate(place_in_line=ibis.row_number().over(ibis.window(group_by=["la", "child", "decom"], order_by=told)))
    newest = newest.filter(_.place_in_line == 0)
    returned = episodes.select("la", "child", "year").distinct()
    following = returned.select(next_la="la", next_child="child", next_year="year")
    known = newest.left_join(
        following,
        [newest.la == following.next_la, newest.child == following.next_child, newest.year + 1 == following.next_year],
    )
    known = known.filter(_.dec.notnull() | _.next_year.isnull())
    known = known.filter(_.dec.isnull() | (_.dec > _.decom))
    return known.select(
        "la",
        "child",
        "decom",
        until=ibis.coalesce(_.dec, april(_.year)),
        is_open=_.dec.isnull(),
        short_break=_.ls.isin(SHORT_BREAKS).fill_null(False),
        rne=_.rne,
        ls=_.ls,
        cin=_.cin,
        place=_.place,
        place_provider=_.place_provider,
        rec=_.rec,
        reason_place_change=_.reason_place_change,
        home_post=_.home_post,
        pl_post=_.pl_post,
        urn=_.urn,
        year=_.year,
    ).filter(_.until > _.decom)


def child_years(known: ibis.Table) -> ibis.Table:
    """Each child and year of a return that has an episode of that year: la, child, year, start, finish (1 April, 31 March)."""
    episodes = tables.episodes.ibis()
    returned = episodes.select("la", "child", "year").distinct()
    returned = returned.mutate(start=april(_.year - 1), finish=ibis.date(_.year, ibis.literal(3), ibis.literal(31)))
    touching = returned.inner_join(known, ["la", "child"], rname="known_{name}").filter(touches(_))
    return touching.select("la", "child", "year", "start", "finish").distinct()


def returns_held() -> ibis.Table:
    """Each authority's returns with the reason why nothing is known of the year before, and of the two years before; null where it is.

    la, year, without_year_before, without_two_years_before. An episode that ended in a year is in that year's return alone.
    """
    held = tables.episodes.ibis().select("la", "year").distinct()
    one = held.select(one_la="la", one_year="year")
    two = held.select(two_la="la", two_year="year")
    found = held.left_join(one, [held.la == one.one_la, held.year - 1 == one.one_year])
    found = found.left_join(two, [found.la == two.two_la, found.year - 2 == two.two_year])
    before = "The authority's return of the year before is not in the store, and what ended then is in that one alone."
    both = "It needs the authority's returns of three years in a row, for what ended in the two years before."
    return found.select(
        "la",
        "year",
        without_year_before=_.one_year.isnull().ifelse(before, ibis.null("string")),
        without_two_years_before=(_.one_year.isnull() | _.two_year.isnull()).ifelse(both, ibis.null("string")),
    )


def touches(row: ibis.Table, since: ibis.Value | None = None) -> ibis.Value:
    """Whether an episode (decom, until, is_open) has a day in the year (start, finish), or in the days from `since` to its end.

    One that ended on 1 April does: it stands in the year's return, and care ended in the year. One last seen open on 31 March
    of the year before does not: what became of it is not known.
    """
    first = row.start if since is None else since
    return (row.decom <= row.finish) & ((row.until > first) | ((row.until == first) & ~row.is_open))


def care(known: ibis.Table) -> ibis.Table:
    """The episodes of care, short breaks out, with the period that each belongs to: `period` counts a child's from 1.

    A period begins after a gap; or on the day the last one ended, where the new episode says that it starts care (S) and the
    old one does not say that it goes on (X1).
    """
    in_order = ibis.window(group_by=["la", "child"], order_by=["decom"])
    so_far = ibis.cumulative_window(group_by=["la", "child"], order_by=["decom"])
    episodes = known.filter(~known.short_break)
    # The latest end so far, moved on by one: the latest end of the episodes before.
    episodes = episodes.mutate(reached=_.until.max().over(so_far))
    episodes = episodes.mutate(
        reached_before=_.reached.lag(1).over(in_order),
        rec_before=_.rec.lag(1).over(in_order),
    )
    begins = (
        _.reached_before.isnull()
        | (_.reached_before < _.decom)
        | ((_.reached_before == _.decom) & (_.rne == "S").fill_null(False) & ~(_.rec_before == CONTINUES).fill_null(False))
    )
    episodes = episodes.mutate(begins=begins.cast("int32"))
    return episodes.mutate(period=_.begins.sum().over(so_far).cast("int32")).drop("reached", "reached_before", "rec_before", "begins")


def periods(care: ibis.Table) -> ibis.Table:
    """Periods of care: la, child, period, since, until, is_open (the last known of it is open)."""
    spans = care.group_by("la", "child", "period").aggregate(since=_.decom.min(), until=_.until.max())
    last = care.group_by("la", "child", "period").aggregate(decom=_.decom.max())
    ends = last.inner_join(care, ["la", "child", "period", "decom"], rname="care_{name}").select("la", "child", "period", "is_open")
    return spans.inner_join(ends, ["la", "child", "period"], rname="ends_{name}").select(
        "la", "child", "period", "since", "until", "is_open"
    )


def period_fields(years: ibis.Table, care: ibis.Table) -> ibis.Table:
    """What a year's row says of periods: la, child, year, first_entry, period, period_start, period_days, months,
    periods, in_year.

    The latest period that began by 31 March; its days count both its first and its last day, or 31 March, as DfE's
    POC_LENGTH does (the last day is the first plus the length, less one). A child with short breaks only has none.
    """
    held = periods(care)
    joined = years.inner_join(held, ["la", "child"], rname="period_{name}").filter(_.since <= _.finish)
    joined = joined.select("la", "child", "year", "start", "finish", "period", "since", "until", "is_open")
    own = ["la", "child", "year"]
    latest = ibis.row_number().over(ibis.window(group_by=own, order_by=_.period.desc()))
    ranked = joined.mutate(
        latest=latest,
        first_entry=_.since.min().over(ibis.window(group_by=own)),
        periods=_.count().over(ibis.window(group_by=own)).cast("int32"),
    )
    ranked = ranked.filter(_.latest == 0)
    ranked = ranked.filter((_.until > _.start) | ((_.until == _.start) & ~_.is_open))
    # The day after the last that counts: the end itself counts, 31 March is the last that can.
    after = ibis.least(_.until + _.is_open.ifelse(0, 1) * ibis.interval(days=1), april(_.year))
    ranked = ranked.mutate(after=after).mutate(period_days=_.after.cast("date").delta(_.since, unit="day").cast("int32"))
    return ranked.select(
        *own, "first_entry", "period", "periods", "period_days", period_start=_.since, months=full_months(_), in_year=ibis.literal(True)
    )


def full_months(row: ibis.Table) -> ibis.Value:
    """Whole months from the first day of the period to its last, both counted: 1 April to 31 March is twelve."""
    whole = (row.after.year() - row.since.year()) * 12 + row.after.month() - row.since.month()
    return (whole - (row.after.day() < row.since.day()).ifelse(1, 0)).cast("int32")


LENGTHS = ((6, "under 6 months"), (12, "6 to 12 months"), (24, "1 to 2 years"), (60, "2 to 5 years"))


def length_of_care(months: ibis.Value) -> ibis.Value:
    """Length of care in words. Exactly a year is `1 to 2 years`."""
    steps = [(months < until, words) for until, words in LENGTHS]
    return ibis.cases((months.isnull(), ibis.null("string")), *steps, else_="5 years or more")

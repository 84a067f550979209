"""Where a link ends: adoption, special guardianship and child arrangements orders.

A link says that a child of a return and a pupil are one person, and care records say when the authority's business with that
person is over. From the day of such an order a link serves no more:

- Adoption (E11, E12) seals for good. The child has a new identity, and the record before the order must not lead to it. Even a
  child who is returned again under the same identifier, or with the same number, stays sealed.
- Special guardianship (E43 to 2018, E45 to E48 since) and child arrangements, once residence, orders (E41) seal unless the child
  comes back into the authority's care: then the order is part of a history that goes on.

Any other end of care (home, another authority's care, an age) ends no link: it is still the same child's record, and there are
no rows for years after it.
"""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.link.keys import ADOPTED

GUARDIANSHIP = ("E43", "E44", "E45", "E46", "E47", "E48")
"""Held for orders in any year: a code out of its years is the check's business, and still says what it says."""
ARRANGEMENTS = ("E41",)
SHORT_BREAKS = ("V3", "V4")


def adopted() -> ibis.Table:
    """Children who were adopted, by any return: la, child, adopted (the day of the first order)."""
    return orders(ADOPTED).group_by("la", "child").aggregate(adopted=_.ordered.min())


def ends() -> ibis.Table:
    """Children whose link ends: la, child, until (the day of the order, from which it serves no more).

    One row for each; a child without an order that stands has none. Of several orders, the first that stands. To come back
    is to have an episode of care, short breaks (V3, V4) left out, that begins on the day of the order or later.
    """
    latest = care().group_by("la", "child").aggregate(latest=_.decom.max())
    other = orders((*GUARDIANSHIP, *ARRANGEMENTS)).left_join(latest, ["la", "child"], rname="care_{name}")
    standing = other.filter(_.latest.isnull() | (_.latest < _.ordered) | (~_.dated & (_.latest == _.ordered)))
    both = ibis.union(orders(ADOPTED), standing.select("la", "child", "ordered", "dated"))
    return both.group_by("la", "child").aggregate(until=_.ordered.min())


def serves(year: ibis.Value, until: ibis.Value) -> ibis.Value:
    """Whether a link that ends on a day (null: it does not end) may bring a pupil's records to a care year.

    Records of pupils are of whole school years. Those of the care year in which the order was made lie mostly after it (its
    exams always do), so that year has none, nor has any later one; the years before have all of theirs. An order made on
    31 March is in the year that ends then, one made on 1 April in the next.
    """
    return until.isnull() | (year < care_year(until))


def care_year(day: ibis.Value) -> ibis.Value:
    """The care year in which a day lies: the calendar year of its 31 March."""
    return (day.year() + (day.month() >= 4).ifelse(1, 0)).cast("int32")


def orders(reasons: tuple[str, ...]) -> ibis.Table:
    """Orders of some kinds: la, child, ordered, dated.

    An episode with the reason and no end (not `dated`) seals too, from the first day that the order can have: the day the
    episode began, or the first of the return's year.
    """
    episodes = tables.episodes.ibis()
    earliest = ibis.greatest(episodes.decom, ibis.date((episodes.year - 1).cast("int32"), ibis.literal(4), ibis.literal(1)))
    ordered = episodes.filter(episodes.rec.isin(reasons))
    ordered = ordered.select("la", "child", ordered=ibis.coalesce(episodes.dec, earliest), dated=episodes.dec.notnull())
    return ordered.filter(_.ordered.notnull()).distinct()


def care() -> ibis.Table:
    """Episodes of care of any return: la, child, decom; without short breaks, and without those that end as they begin."""
    episodes = tables.episodes.ibis()
    lasting = episodes.dec.isnull() | (episodes.dec > episodes.decom)
    break_ = episodes.ls.isin(SHORT_BREAKS).fill_null(False)
    return episodes.filter(lasting & ~break_).select("la", "child", "decom").distinct()

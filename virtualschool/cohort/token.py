"""A child's token: the opaque name that addresses and plans use.

It stays from snapshot to snapshot, and through a move to another authority where the link shows that both mean one pupil. It
ends with an adoption: who comes into care again after one is somebody else. It is a keyed hash; see link/naming.
"""

import ibis
import pyarrow as pa
from ibis import _

from virtualschool import tables
from virtualschool.link import orders
from virtualschool.link.keys import ADOPTED
from virtualschool.link.naming import opaque


def identities(years: ibis.Table, known: ibis.Table) -> ibis.Table:
    """Who each row is: la, child, year, anchor_la, anchor_child, adoptions (before the period of care, of any authority).

    The anchor is the first authority and identifier under which the pupil was in care; of a child with no link, the child's
    own. So a link that is found later changes nothing for the child who came first. A child who comes back after an adoption
    is sealed off from the pupil, and is its own anchor. Where one authority's order came before care in another, which may
    know of none, the anchor is the first to come after it.
    """
    own, anchor = ["la", "child"], ["anchor_la", "anchor_child"]
    links = tables.links.ibis()
    # Of a care leaver whose care was before the returns held, the year of the first return is all there is.
    unseen = years.anti_join(known, own).group_by(own).aggregate(first=_.start.min())
    first = known.group_by(own).aggregate(first=_.decom.min()).union(unseen)
    children = first.left_join(links.select(*own, "pupil"), own, rname="links_{name}")
    children = children.select(*own, "first", pupil=_.pupil)
    in_line = ibis.window(group_by="pupil", order_by=["first", "la", "child"])
    heads = children.filter(_.pupil.notnull()).mutate(place=ibis.row_number().over(in_line)).filter(_.place == 0)
    heads = heads.select(head_pupil="pupil", head_la="la", head_child="child")
    anchors = children.left_join(heads, children.pupil == heads.head_pupil)
    anchors = anchors.select(*own, "first", anchor_la=ibis.coalesce(_.head_la, _.la), anchor_child=ibis.coalesce(_.head_child, _.child))
    made = known.filter(_.rec.isin(ADOPTED) & ~_.is_open).select(*own, ordered="until")
    made = made.inner_join(anchors, own).select(*anchor, "ordered").distinct()
    rows = years.inner_join(anchors, own, rname="a_{name}").left_join(orders.adopted(), own, rname="o_{name}")
    rows = rows.mutate(began=ibis.coalesce(_.period_start, _.start))
    rows = rows.select(*own, "year", "first", *anchor, "began", sealed=(_.adopted <= _.began).fill_null(False))
    counted = rows.inner_join(made, anchor).filter(_.ordered <= _.began)
    counted = counted.group_by(*own, "year").aggregate(orders=_.count().cast("int32"))
    rows = rows.left_join(counted, [*own, "year"], rname="c_{name}")
    adoptions = ibis.greatest(_.orders.fill_null(0), _.sealed.cast("int32")).cast("int32")
    rows = rows.select(*own, "year", "first", *anchor, "sealed", adoptions=adoptions)
    # The first of those who share anchor and adoptions: by entry, then authority, then child.
    alike = ibis.window(group_by=[*anchor, "adoptions", "sealed"])
    nothing = ibis.null("string")
    rows = rows.mutate(earliest=_.first.min().over(alike))
    rows = rows.mutate(next_la=(_.first == _.earliest).ifelse(_.la, nothing).min().over(alike))
    rows = rows.mutate(next_child=((_.first == _.earliest) & (_.la == _.next_la)).ifelse(_.child, nothing).min().over(alike))
    return rows.select(
        *own,
        "year",
        "adoptions",
        anchor_la=ibis.cases((_.sealed, _.la), (_.adoptions > 0, _.next_la), else_=_.anchor_la),
        anchor_child=ibis.cases((_.sealed, _.child), (_.adoptions > 0, _.next_child), else_=_.anchor_child),
    )


def tokens(identities: pa.Table, key: bytes) -> pa.Table:
    """The token of each different identity: anchor_la, anchor_child, adoptions, token."""
    rows = identities.select(["anchor_la", "anchor_child", "adoptions"]).to_pylist()
    names = [opaque(key, row["anchor_la"], row["anchor_child"], row["adoptions"]) for row in rows]
    return identities.select(["anchor_la", "anchor_child", "adoptions"]).append_column("token", pa.array(names, pa.string()))

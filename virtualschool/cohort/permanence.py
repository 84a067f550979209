"""Whether the return shows a lasting home or the decision for one: what it can say of drift. It holds no care plans."""

import ibis
from ibis import _

from virtualschool import tables

ADOPTION_ORDERS = ("E1", "D1")
LASTING = ("A3", "A4", "A5", "A6", "U1", "U4", "P1")
"""Placed for adoption, fostered for the long term by kin or by others, or with parents. Not fostering by those who may adopt (U2, U5),
which waits for the court."""


def permanence_fields(years: ibis.Table, fields: ibis.Table, care: ibis.Table) -> ibis.Table:
    """la, child, year, permanence_on_record, days_without_permanence; of the latest period of care, to its end or 31 March.

    On record: the latest episode has a placement or freeing order, or a lasting placement; or there is a decision that the child
    should be placed for adoption that has not ceased. Days: from the start of the period to the first such day in it, or to its
    end or 31 March where there is none. Neither sees a plan for a lasting home that is not one of these, nor what ended before the
    first return that is held.
    Source: codes: DfE, SSDA903 guide; what is lasting is our choice.
    """
    own = ["la", "child", "year"]
    lasting = _.ls.isin(ADOPTION_ORDERS).fill_null(False) | _.place.isin(LASTING).fill_null(False)
    spans = years.inner_join(fields.select(*own, "period", "period_start", "period_days"), own, rname="f_{name}")
    spans = spans.select(*own, "start", "finish", "period", "period_start", "period_days")
    during = spans.inner_join(care.drop("year"), ["la", "child", "period"], rname="c_{name}").filter(_.decom <= _.finish)
    during = during.mutate(lasting=lasting, last=ibis.row_number().over(ibis.window(group_by=own, order_by=_.decom.desc())))
    placed = during.group_by(own).aggregate(first=_.lasting.ifelse(_.decom, ibis.null("date")).min(), now=((_.last == 0) & _.lasting).any())
    decisions = tables.placed_for_adoption.ibis().select("la", "child", "year", decided="date_placed", ceased="date_placed_ceased")
    newest = ibis.row_number().over(ibis.window(group_by=["la", "child", "decided"], order_by=[_.year.desc(), _.ceased]))
    decisions = decisions.mutate(newest=newest).filter(_.newest == 0).drop("newest", "year")
    decided = spans.inner_join(decisions, ["la", "child"], rname="d_{name}")
    decided = (
        decided.filter((_.decided <= _.finish) & (_.decided >= _.period_start))
        .group_by(own)
        .aggregate(decided=_.decided.min(), standing=(_.ceased.isnull() | (_.ceased > _.finish)).any())
    )
    rows = spans.left_join(placed, own, rname="p_{name}").left_join(decided, own, rname="d_{name}")
    first = ibis.least(ibis.coalesce(_.first, _.decided), ibis.coalesce(_.decided, _.first))
    waited = first.delta(_.period_start, unit="day").cast("int32")
    return rows.select(
        *own,
        permanence_on_record=_.now.fill_null(False) | _.standing.fill_null(False),
        days_without_permanence=ibis.coalesce(waited, _.period_days).cast("int32"),
    )

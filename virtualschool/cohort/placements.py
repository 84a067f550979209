"""Placements: where one begins, how many there are, and the latest of a year."""

import ibis
from ibis import _

from virtualschool import codes
from virtualschool.cohort.periods import touches

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
WITH_FOSTER_CARER = ("A3", "A5")
"""Placed for adoption with the foster carer the child already lives with: not a move."""
MOVES = ("S", "P", "B")
"""Reasons for a new episode that say the carer is new. T and U change the placement, with the same carer."""


def words(column: ibis.Value, codeset: str) -> ibis.Value:
    """What a code of the return means, in the words that people filter on; null for a code not in the list."""
    known = [(row["code"], row["words"]) for row in codes.load("ssda903") if row["codeset"] == codeset and row["words"]]
    return ibis.cases(*((column == code, said) for code, said in known), else_=ibis.null("string"))


def placements(care: ibis.Table) -> ibis.Table:
    """Episodes of care with the placement that each belongs to: `placement` counts a child's from 1; temporary ones have none.

    A placement begins with a period of care, and where the carer is new (S, P, B). It does not begin with a legal change (L),
    with a change that keeps the carer (T, U), or with adoption by the present foster carer (A3, A5). A temporary stay (T0 to
    T4: hospital, holiday, a carer's holiday) is no placement, and to come back from it to the same place is no move; whether
    DfE counts it so was not found stated. A new episode without a reason is a move where the place differs.
    Source: DfE, Children looked after in England: data guidance, 2023; DfE, SSDA903 guide.
    """
    in_order = ibis.window(group_by=["la", "child"], order_by=["decom"])
    so_far = ibis.cumulative_window(group_by=["la", "child"], order_by=["decom"])
    marked = care.mutate(temporary=_.place.isin(TEMPORARY).fill_null(False))
    marked = marked.mutate(came_back=_.temporary.lag(1).over(in_order).fill_null(False))
    lasting = marked.filter(~_.temporary)
    lasting = lasting.mutate(
        period_before=_.period.lag(1).over(in_order),
        place_before=_.place.lag(1).over(in_order),
        post_before=_.pl_post.lag(1).over(in_order),
        urn_before=_.urn.lag(1).over(in_order),
    )
    same_place = _.place.identical_to(_.place_before) & _.pl_post.identical_to(_.post_before) & _.urn.identical_to(_.urn_before)
    moved = ibis.cases(
        (_.place.isin(WITH_FOSTER_CARER).fill_null(False), False),
        (_.came_back | _.rne.isnull(), ~same_place),
        else_=_.rne.isin(MOVES),
    )
    begins = _.period_before.isnull() | (_.period_before != _.period) | moved
    lasting = lasting.mutate(begins=begins.cast("int32"))
    return lasting.mutate(placement=_.begins.sum().over(so_far).cast("int32")).drop(
        "temporary", "came_back", "period_before", "place_before", "post_before", "urn_before", "begins"
    )


def placement_fields(years: ibis.Table, periods: ibis.Table, placed: ibis.Table) -> ibis.Table:
    """la, child, year, placements_in_year, placement_changed, placements_in_period.

    In the year: those with a day in it, so that one open on 1 April counts. In the period: those of the latest period of
    care, to 31 March. Zero for a child who had temporary stays only.
    """
    joined = years.inner_join(placed.drop("year"), ["la", "child"], rname="placed_{name}").filter(_.decom <= _.finish)
    joined = joined.left_join(periods.select("la", "child", "year", latest="period"), ["la", "child", "year"], rname="latest_{name}")
    counted = joined.mutate(
        of_year=touches(_).ifelse(_.placement, ibis.null("int32")),
        of_period=(_.period == _.latest).ifelse(_.placement, ibis.null("int32")),
    )
    counted = counted.group_by("la", "child", "year").aggregate(
        placements_in_year=_.of_year.nunique().cast("int32"), placements_in_period=_.of_period.nunique().cast("int32")
    )
    own = ["la", "child", "year"]
    rows = periods.select(*own).left_join(counted, own, rname="counted_{name}")
    rows = rows.select(*own, placements_in_year=_.placements_in_year.fill_null(0), placements_in_period=_.placements_in_period.fill_null(0))
    return rows.mutate(placement_changed=_.placements_in_year > 1)


def latest(years: ibis.Table, care: ibis.Table) -> ibis.Table:
    """The child's latest episode of the year, in words: la, child, year, legal_status, category_of_need, disability_need, and of the
    latest that was not a temporary stay: placement_type, placement_provider, home_post, pl_post."""
    own = ["la", "child", "year"]
    joined = years.inner_join(care.drop("year"), ["la", "child"], rname="care_{name}").filter(touches(_))
    joined = joined.mutate(temporary=_.place.isin(TEMPORARY).fill_null(False))
    joined = joined.mutate(
        last=ibis.row_number().over(ibis.window(group_by=own, order_by=_.decom.desc())),
        last_lasting=ibis.row_number().over(ibis.window(group_by=own, order_by=[_.temporary, _.decom.desc()])),
    )
    status = joined.filter(_.last == 0).select(
        *own,
        legal_status=words(_.ls, "LS"),
        category_of_need=words(_.cin, "CIN"),
        disability_need=(_.cin == "N2").fill_null(False),
    )
    place = joined.filter(_.last_lasting == 0).select(
        *own,
        "home_post",
        "pl_post",
        placement_type=words(_.place, "PLACE"),
        placement_provider=words(_.place_provider, "PLACE_PROVIDER"),
    )
    return status.inner_join(place, own)

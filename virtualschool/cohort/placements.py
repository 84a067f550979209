"""Placements: where one begins, how many there are, and the latest of a year."""

import ibis
from ibis import _

from virtualschool import codes
from virtualschool.cohort.periods import april, touches

TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
WITH_FOSTER_CARER = ("A3", "A5")
"""Placed for adoption with the foster carer the child already lives with: not a move."""
MOVES = ("S", "P", "B")
"""Reasons for a new episode that say the carer is new. T and U change the placement, with the same carer."""
UNPLANNED = ("ALLEG", "APPRR", "CHILD", "CLOSE", "CREQB", "CREQO", "STAND")
"""Reasons for a change of placement that say it ended before it was meant to: an allegation, a concern about standards or an
approval taken away, closure or resignation, and where the carer or the child asked for the end. Our choice: no list of DfE's was
found. CARPL and PLACE are plans; CUSTOD, LAREQ (the authority asked) and OTHER do not say which, and are not counted as unplanned."""
APPROVED_ADOPTERS = ("U2", "U5")
"""Fostering with those who may adopt: for long-term stability a change to it is a change of placement."""


def words(column: ibis.Value, codeset: str) -> ibis.Value:
    """What a code of the return means, in the words that people filter on; null for a code not in the list."""
    known = [(row["code"], row["words"]) for row in codes.load("ssda903") if row["codeset"] == codeset and row["words"]]
    return ibis.cases(*((column == code, said) for code, said in known), else_=ibis.null("string"))


def placements(care: ibis.Table) -> ibis.Table:
    """Episodes of care, temporary ones out, with the placement that each belongs to: `placement` counts a child's from 1.

    `moved`: it begins another placement of the same period. `reason_moved` is the reason for that, from the episode that ended.
    `stay` counts as `placement` does, and begins as well where the carers become approved adopters (U2, U5).

    A placement begins with a period of care, and where the carer is new (S, P, B). It does not begin with a legal change (L),
    with a change that keeps the carer (T, U), or with adoption by the present foster carer (A3, A5). A temporary stay (T0 to
    T4: hospital, holiday, a carer's holiday) is no placement, and to come back from it to the same place is no move; whether
    DfE counts it so was not found stated. A new episode without a reason is a move where the place differs.
    Source: DfE, Children looked after in England: data guidance, 2023; DfE, SSDA903 guide.
    """
    in_order = ibis.window(group_by=["la", "child"], order_by=["decom"])
    so_far = ibis.cumulative_window(group_by=["la", "child"], order_by=["decom"])
    marked = care.mutate(temporary=_.place.isin(TEMPORARY).fill_null(False))
    marked = marked.mutate(
        came_back=_.temporary.lag(1).over(in_order).fill_null(False), reason_just_before=_.reason_place_change.lag(1).over(in_order)
    )
    lasting = marked.filter(~_.temporary)
    lasting = lasting.mutate(
        reason_before=_.reason_place_change.lag(1).over(in_order),
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
    first = _.period_before.isnull() | (_.period_before != _.period)
    to_adopters = _.place.isin(APPROVED_ADOPTERS).fill_null(False) & ~_.place.identical_to(_.place_before)
    lasting = lasting.mutate(
        begins=(first | moved).cast("int32"), settles=(first | moved | to_adopters).cast("int32"), moved=~first & moved
    )
    lasting = lasting.mutate(
        placement=_.begins.sum().over(so_far).cast("int32"),
        stay=_.settles.sum().over(so_far).cast("int32"),
        # Nothing is asked for where a stay is temporary, so that what was said before it stands.
        reason_moved=_.moved.ifelse(ibis.coalesce(_.reason_just_before, _.reason_before), ibis.null("string")),
    )
    return lasting.select(*care.columns, "placement", "stay", "moved", "reason_moved")


def placement_fields(years: ibis.Table, periods: ibis.Table, placed: ibis.Table) -> ibis.Table:
    """la, child, year, placements_in_year, placement_changed, placements_in_period, placements_in_2_years, placement_moves,
    placement_moves_explained, unplanned_moves.

    In the year: those with a day in it, so that one open on 1 April counts. In two years: those with a day in it or in the year
    before, as far as returns are held. In the period: those of the latest period of care, to 31 March. Zero for a child who had
    temporary stays only. Moves are those of the year, within a period of care.
    """
    joined = years.inner_join(placed.drop("year"), ["la", "child"], rname="placed_{name}").filter(_.decom <= _.finish)
    joined = joined.left_join(periods.select("la", "child", "year", latest="period"), ["la", "child", "year"], rname="latest_{name}")
    nothing = ibis.null("int32")
    moved = _.moved & (_.decom >= _.start)
    counted = joined.mutate(
        of_year=touches(_).ifelse(_.placement, nothing),
        of_2_years=touches(_, april(_.year - 2)).ifelse(_.placement, nothing),
        of_period=(_.period == _.latest).ifelse(_.placement, nothing),
        moves=moved.ifelse(1, 0),
        explained=(moved & _.reason_moved.notnull()).ifelse(1, 0),
        unplanned=(moved & _.reason_moved.isin(UNPLANNED).fill_null(False)).ifelse(1, 0),
    )
    counted = counted.group_by("la", "child", "year").aggregate(
        placements_in_year=_.of_year.nunique().cast("int32"),
        placements_in_2_years=_.of_2_years.nunique().cast("int32"),
        placements_in_period=_.of_period.nunique().cast("int32"),
        placement_moves=_.moves.sum().cast("int32"),
        placement_moves_explained=_.explained.sum().cast("int32"),
        unplanned_moves=_.unplanned.sum().cast("int32"),
    )
    own = ["la", "child", "year"]
    rows = periods.select(*own).left_join(counted, own, rname="counted_{name}")
    rows = rows.select(*own, **{name: rows[name].fill_null(0) for name in counted.columns if name not in own})
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

"""Moves of school while in care, from the school census."""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.cohort.periods import touches
from virtualschool.outcomes.who import with_pupil

NOT_THE_MAIN_SCHOOL = ("S", "G")
SUMMER = (8, 9)
"""A change in August or September is the turn of the school year, not a move."""
CENSUS_DAYS = {"spring": (1, 15), "summer": (5, 15)}
TERMS = ("autumn", "spring", "summer")


def arrivals(pupils: ibis.Table) -> ibis.Table:
    """Days on which a pupil joined another school: pupil, day; `pupils` says of whom.

    By entry date. Where the census gives none, a school that differs from that of the census before, in the same school year,
    was joined by the day of the census; a change over the summer has no date then and is not counted. The first school known
    is no arrival.
    """
    rolls = with_pupil(tables.census.ibis()).semi_join(pupils, "pupil")
    rolls = rolls.filter(~_.enrol_status.isin(NOT_THE_MAIN_SCHOOL).fill_null(False))
    rolls = rolls.mutate(at=ibis.coalesce(_.laestab, _.school_urn)).filter(_.at.notnull())
    dated = rolls.filter(_.entry_date.notnull()).select("pupil", "at", day=_.entry_date).distinct()
    before = _.at.lag(1).over(ibis.window(group_by="pupil", order_by=["day", "at"]))
    dated = dated.mutate(before=before).filter(_.before != _.at).select("pupil", "day")
    turns = ibis.cases(*((_.term == term, place) for place, term in enumerate(TERMS)), else_=ibis.null("int8"))
    termly = rolls.mutate(turn=turns).filter(_.turn.notnull())
    termly = termly.group_by("pupil", "year", "turn").aggregate(at=_.at.max(), entered=_.entry_date.max())
    in_turn = ibis.window(group_by=["pupil", "year"], order_by="turn")
    termly = termly.mutate(before=_.at.lag(1).over(in_turn)).filter(_.entered.isnull() & (_.before != _.at) & (_.turn > 0))
    census_day = ibis.cases(
        *(
            (_.turn == TERMS.index(term), ibis.date(_.year, ibis.literal(month), ibis.literal(day)))
            for term, (month, day) in CENSUS_DAYS.items()
        ),
        else_=ibis.null("date"),
    )
    undated = termly.select("pupil", day=census_day)
    return ibis.union(dated, undated, distinct=True)


def days_in_care(years: ibis.Table, care: ibis.Table) -> ibis.Table:
    """la, child, year, cared_from: the first day in care of the year, 1 April for who was in care before."""
    own = ["la", "child", "year"]
    during = years.inner_join(care.drop("year"), ["la", "child"], rname="c_{name}").filter(touches(_))
    return during.group_by(own).aggregate(cared_from=ibis.greatest(_.decom, _.start).min())


def moves(linked: ibis.Table, cared: ibis.Table) -> ibis.Table:
    """la, child, year, school_moves: moves of school from 1 April to 31 March, August and September left out, and those before the
    first day in care of the year.

    `linked` holds la, child, year, pupil, start, finish; `cared` is days_in_care. Null for a child who was not in care in the year,
    or whose pupil no census of this or the last school year has.
    Source: DfE, local authority interactive tool, data dictionary: looked-after children, school moves.
    """
    own = ["la", "child", "year"]
    pupils = linked.select("pupil").distinct()
    linked = linked.inner_join(cared, own, rname="d_{name}")
    came = arrivals(pupils).filter(~_.day.month().isin(SUMMER))
    met = linked.inner_join(came, "pupil").filter((_.day >= _.start) & (_.day <= _.finish) & (_.day >= _.cared_from))
    counted = met.group_by(own).aggregate(moves=_.count().cast("int32"))
    rolls = with_pupil(tables.census.ibis()).semi_join(pupils, "pupil").select("pupil", roll_year="year").distinct()
    known = linked.inner_join(rolls, "pupil").filter(_.roll_year.between(_.year - 1, _.year)).select(*own).distinct()
    return known.left_join(counted, own, rname="c_{name}").select(*own, school_moves=_.moves.fill_null(0).cast("int32"))

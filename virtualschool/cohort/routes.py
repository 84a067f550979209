"""The way of a care leaver through school and care, and how the authority prepared the next step.

What a leaver's row knows of school and care lies in the years before: in the results of the same pupil, and in episodes of
returns. It stands beside the outcome, so that outcomes of leavers can be set apart by it like by any other column.
"""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.cohort.children import age_on
from virtualschool.cohort.periods import length_of_care
from virtualschool.cohort.placements import TEMPORARY, words

OWN = ("la", "child", "year")
CURRENT_MONTHS = 6
"""A pathway plan is reviewed at least every six months. Source: The Care Leavers (England) Regulations 2010, regulation 7."""
ENTRY_BANDS = ((5, "under 5"), (11, "5 to 10"), (16, "11 to 15"))


def at_school(leavers: ibis.Table, linked: ibis.Table) -> ibis.Table:
    """la, child, year, route_sen, route_english_maths, route_attainment_8, route_ks4_year: of the pupil that the leaver is linked to.

    Special needs as the newest census up to the year says; results of the newest end of key stage 4 up to the year. Null where no
    such file is held. `linked` are the links that serve in each year, so that nothing crosses an order (see link/orders).
    """
    mine = leavers.select(*OWN).inner_join(linked.select(*OWN, "pupil"), list(OWN), rname="l_{name}").select(*OWN, "pupil")
    pupils = tables.pupils.ibis()
    school_years = pupils.select(
        school_pupil="pupil", school_year="year", needs="sen", ended="at_ks4", points="attainment_8", both="english_maths_94"
    )
    years = mine.inner_join(school_years, [mine.pupil == school_years.school_pupil, mine.year >= school_years.school_year])
    newest = ibis.window(group_by=OWN, order_by=_.school_year.desc())
    needs = years.filter(_.needs.notnull()).mutate(place=ibis.row_number().over(newest)).filter(_.place == 0)
    ended = years.filter(_.ended.fill_null(False)).mutate(place=ibis.row_number().over(newest)).filter(_.place == 0)
    rows = mine.left_join(needs.select(*OWN, route_sen="needs"), list(OWN), rname="n_{name}")
    rows = rows.select(*OWN, "route_sen")
    results = ended.select(*OWN, route_english_maths="both", route_attainment_8="points", route_ks4_year="school_year")
    rows = rows.left_join(results, list(OWN), rname="e_{name}")
    return rows.select(*OWN, "route_sen", "route_english_maths", "route_attainment_8", "route_ks4_year")


def in_care(leavers: ibis.Table, people: ibis.Table, care: ibis.Table) -> ibis.Table:
    """la, child, year, route_placement, route_age_at_entry, route_length_of_care: of the episodes of care up to the year's 31 March.

    Care is known from the first episode that a return held tells of; one that ended before the first return is not. The last
    placement is the last that was not a temporary stay, the last period that of the last episode, to its end or 31 March.
    """
    told = leavers.inner_join(care.drop("year"), ["la", "child"], rname="c_{name}").filter(_.decom <= _.finish)
    told = told.inner_join(people.select(*OWN, born="dob"), list(OWN), rname="p_{name}")
    told = told.mutate(temporary=_.place.isin(TEMPORARY).fill_null(False))
    own = ibis.window(group_by=OWN)
    told = told.mutate(
        first=_.decom.min().over(own),
        latest_period=_.period.max().over(own),
        in_line=ibis.row_number().over(ibis.window(group_by=OWN, order_by=[_.temporary, _.decom.desc()])),
    )
    last = (
        told.filter(_.period == _.latest_period)
        .group_by(*OWN)
        .aggregate(since=_.decom.min(), until=ibis.least(_.until.max(), _.finish.max()))
    )
    months = (_.until.year() - _.since.year()) * 12 + _.until.month() - _.since.month() - (_.until.day() < _.since.day()).ifelse(1, 0)
    last = last.select(*OWN, months=months.cast("int32"))
    rows = told.filter(_.in_line == 0).inner_join(last, list(OWN), rname="m_{name}")
    rows = rows.mutate(entry=age_on(_.born, _.first))
    bands = [(_.entry < below, band) for below, band in ENTRY_BANDS]
    return rows.select(
        *OWN,
        route_placement=words(_.place, "PLACE"),
        route_age_at_entry=ibis.cases((_.entry.isnull(), ibis.null("string")), *bands, else_="16 and over"),
        route_length_of_care=length_of_care(_.months),
    )


def preparation(years: ibis.Table) -> ibis.Table:
    """la, child, year, leaving_eligibility, pathway_current, pathway_part, staying_put, vocational_match, transition_plan: as the
    authority's list of the year says, the last row of a child in it."""
    listed = tables.leaving_care.ibis()
    newest = ibis.window(group_by=OWN, order_by=[_.file.desc(), _.row.desc()])
    listed = listed.mutate(place=ibis.row_number().over(newest)).filter(_.place == 0)
    rows = years.inner_join(listed, list(OWN), rname="l_{name}")
    seen = ibis.greatest(ibis.coalesce(_.pathway_review, _.pathway_plan), ibis.coalesce(_.pathway_plan, _.pathway_review))
    rows = rows.mutate(seen=seen)
    since = _.finish - ibis.interval(months=CURRENT_MONTHS)
    return rows.select(
        *OWN,
        leaving_eligibility=_.eligibility,
        pathway_current=((_.seen > since.cast("date")) & (_.seen <= _.finish)).fill_null(False),
        pathway_part=_.pathway_part,
        staying_put=_.staying_put,
        vocational_match=_.vocational_match,
        transition_plan=_.transition_plan,
    )

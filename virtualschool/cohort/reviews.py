"""Reviews of a child's case: which were due in the year, which were on time, and how the child took part."""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.cohort.periods import april, periods

FIRST_DAYS = 28
"""Twenty working days are taken as four weeks; bank holidays are not reckoned with."""
SECOND_MONTHS, NEXT_MONTHS = 3, 6
UNDER_4 = "PN0"
ATTENDED = ("PN1", "PN2", "PN3", "PN4")
GAVE_VIEWS = ("PN1", "PN2", "PN3", "PN5", "PN6")
AGED_4_AND_OVER = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")


def review_fields(years: ibis.Table, care: ibis.Table) -> ibis.Table:
    """la, child, year, reviews_due, reviews_on_time, reviews_taking_part (of those aged 4 and over), reviews_attended,
    reviews_views_given. Null throughout where the authority's return of the year has no review of anybody.

    The first review of a period of care is due within 20 working days of its start, the second three months after the first,
    others six months after the one before. One that was held counts in the year in which it was held, one that was not in each
    year in which it was overdue at the end of the period or on 31 March. Returns of the year and of the one before are looked at:
    of a period that began before them, the first review found is judged only if it came later than six months after their first
    day, since it is not known when the one before was.
    Source: The Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33; codes: DfE, SSDA903 guide.
    """
    own = ["la", "child", "year"]
    span = [*own, "period"]
    meetings = tables.reviews.ibis().select("la", "child", "year", day="review", code="review_code")
    returned = meetings.select("la", "year").distinct()
    before = returned.select(before_la="la", before_year=_.year + 1)
    returned = returned.left_join(before, [returned.la == before.before_la, returned.year == before.before_year])
    returned = returned.select("la", "year", looked_back=_.before_year.notnull().ifelse(2, 1))
    spans = years.inner_join(periods(care), ["la", "child"], rname="p_{name}").inner_join(returned, ["la", "year"], rname="r_{name}")
    # As everywhere, who left on 1 April was in care in the year.
    spans = spans.filter((_.since <= _.finish) & ((_.until > _.start) | ((_.until == _.start) & ~_.is_open)))
    # The end of care, or the day after 31 March: what was due before it was due in the year.
    spans = spans.select(*span, "start", "since", "until", over=ibis.least(_.until, april(_.year)), seen_from=april(_.year - _.looked_back))
    spans = spans.mutate(began=ibis.greatest(_.since, _.seen_from))
    begun = spans.select(*span, "start", "over", day="began", counts=(_.since >= _.seen_from).ifelse(0, -1).cast("int32"))
    days = meetings.select("la", "child", "day").distinct()
    held = spans.inner_join(days, ["la", "child"], rname="m_{name}")
    held = held.filter((_.day >= _.began) & (_.day <= _.until) & (_.day < april(_.year)))
    events = ibis.union(begun, held.select(*span, "start", "over", "day", counts=ibis.literal(1).cast("int32")))
    in_order = ibis.window(group_by=span, order_by=["day", "counts"])
    so_far = ibis.cumulative_window(group_by=span, order_by=["day", "counts"])
    # -1 begins what is not known from its beginning; otherwise the number of reviews so far.
    events = events.mutate(
        following=_.day.lead(1).over(in_order), unknown=(_.counts == -1).any().over(so_far), number=_.counts.sum().over(so_far)
    )
    events = events.mutate(
        due=ibis.cases(
            (_.counts == 0, _.day + ibis.interval(days=FIRST_DAYS)),
            (~_.unknown & (_.number == 1), _.day + ibis.interval(months=SECOND_MONTHS)),
            else_=_.day + ibis.interval(months=NEXT_MONTHS),
        ).cast("date")
    )
    late = ibis.ifelse(_.following.notnull(), _.following > _.due, _.due < _.over)
    events = events.mutate(late=late)
    of_year = ibis.ifelse(_.following.notnull(), _.following >= _.start, _.late)
    judged = events.filter(of_year & ((_.counts != -1) | _.late))
    timely = judged.group_by(own).aggregate(reviews_due=_.count().cast("int32"), reviews_on_time=(~_.late).ifelse(1, 0).sum().cast("int32"))
    newest = ibis.row_number().over(ibis.window(group_by=[*own, "day"], order_by=_.code))
    taken = meetings.mutate(place=newest).filter(_.place == 0)
    taken = years.inner_join(taken, own, rname="t_{name}").filter(_.day.between(_.start, _.finish))
    taken = taken.group_by(own).aggregate(
        **{
            name: _.code.isin(codes).fill_null(False).ifelse(1, 0).sum().cast("int32")
            for name, codes in (
                ("reviews_taking_part", AGED_4_AND_OVER),
                ("reviews_attended", ATTENDED),
                ("reviews_views_given", GAVE_VIEWS),
            )
        }
    )
    rows = spans.select(*own).distinct().left_join(timely, own, rname="d_{name}").left_join(taken, own, rname="t_{name}")
    names = ("reviews_due", "reviews_on_time", "reviews_taking_part", "reviews_attended", "reviews_views_given")
    return rows.select(*own, **{name: rows[name].fill_null(0) for name in names})

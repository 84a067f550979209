"""Care leavers (OC3): who counts as one, and what the return says of them around their birthday."""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.cohort.periods import april
from virtualschool.cohort.placements import words

NOT_COUNTED = ("DIED", "RHOM")
"""Died, or home with somebody who has parental responsibility for six months or more."""
TAKEN_OVER = "E3"
SUITABLE, NOT_SUITABLE = "1", "2"


def leaver_years() -> ibis.Table:
    """Each care leaver of a return: la, child, year, start, finish (1 April, 31 March).

    A row of the module in which nothing is said (the three fields are all filled or all empty) is nobody's.
    """
    rows = tables.oc3.ibis().filter(_.in_touch.notnull() | _.activ.notnull() | _.accom.notnull()).select("la", "child", "year").distinct()
    return rows.mutate(start=april(_.year - 1), finish=ibis.date(_.year, ibis.literal(3), ibis.literal(31)))


def leaver_fields(leavers: ibis.Table, known: ibis.Table) -> ibis.Table:
    """la, child, year, care_leaver, in_touch, leaver_activity, accommodation, accommodation_suitable.

    `care_leaver` as DfE counts: without those who died or went home, whose care another authority took over, and who had short
    breaks only, in as far as the returns held know. Suitable is what the code says; null where it says nothing, and for those
    gone abroad, deported, or whose residence is not known.
    Source: DfE, Children looked after in England: data guidance, 2023, care leavers, notes 1 and 2; DfE, SSDA903 guide.
    """
    own = ["la", "child", "year"]
    newest = ibis.window(group_by=own, order_by=[_.file.desc(), _.row.desc()])
    told = tables.oc3.ibis().mutate(place=ibis.row_number().over(newest)).filter(_.place == 0)
    told = leavers.inner_join(told, own, rname="t_{name}").select(*own, "finish", "in_touch", "activ", "accom")
    before = told.inner_join(known.drop("year"), ["la", "child"], rname="k_{name}").filter(_.decom <= _.finish)
    before = before.mutate(last=ibis.row_number().over(ibis.window(group_by=own, order_by=_.decom.desc())))
    before = before.group_by(own).aggregate(
        taken_over=((_.last == 0) & (_.rec == TAKEN_OVER).fill_null(False)).any(), breaks_only=_.short_break.all()
    )
    rows = told.left_join(before, own, rname="b_{name}")
    counted = ~_.in_touch.isin(NOT_COUNTED).fill_null(False) & ~_.taken_over.fill_null(False) & ~_.breaks_only.fill_null(False)
    suitability = _.accom.substr(1, 1)
    lives = words(_.accom, "ACCOM")
    return rows.select(
        *own,
        care_leaver=counted,
        in_touch=words(_.in_touch, "IN_TOUCH"),
        leaver_activity=words(_.activ, "ACTIV"),
        accommodation=lives,
        accommodation_suitable=ibis.cases(
            (lives.isin(WITHOUT_SUITABILITY).fill_null(True), ibis.null("boolean")),
            (suitability == SUITABLE, True),
            (suitability == NOT_SUITABLE, False),
            else_=ibis.null("boolean"),
        ),
    )


WITHOUT_SUITABILITY = ("gone abroad", "deported", "residence not known", "not known")

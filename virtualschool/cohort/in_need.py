"""Children in need and children on a protection plan, of the children in need census: DfE sets them beside looked-after children.

The groups exclude one another: who is looked after on 31 March is in neither, and who is on a plan is not among those in need only.
Source: DfE, Outcomes for children in need, including children looked after by local authorities in England, social care groups
`CPPO at 31 March` and `CINO at 31 March` (reference/ees). How DfE dates a plan that ends on 31 March was not found; here it has ended.
"""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.compiled import of_code
from virtualschool.outcomes.who import with_pupil
from virtualschool.store import Draft

LOOKED_AFTER = "CLA"
"""The status of an open case of a looked-after child."""
OWN = ("la", "pupil", "year")
THEIRS = (*tables.CHARACTERISTICS, *tables.SCHOOL, *tables.OUTCOMES)


def in_need(draft: Draft) -> None:
    """Writes `children_in_need`: one row for each child, authority and year in one of the two groups; nothing where no census was read."""
    if not draft.engine.value("SELECT count(*) FROM in_need"):
        return
    found = of_code("cohort: children in need", lambda: with_outcomes(groups()), in_need)
    draft.write(tables.children_in_need.name, found.sql, order_by=tables.children_in_need.key)


def groups() -> ibis.Table:
    """la, pupil, year, dob, sex, in_need and protection_plan of those of whom one of the two holds.

    A record that does not say whether its child is in need on 31 March tells it by the days of referral and closure. Records without
    matching reference and UPN are of nobody whose outcomes could be known, and are left out.
    """
    rows = with_pupil(tables.in_need.ibis())
    finish = ibis.date(rows.year, ibis.literal(3), ibis.literal(31))
    dated = ibis.ifelse(rows.referral.notnull(), (rows.referral <= finish) & goes_beyond(rows.closure, finish), ibis.null("boolean"))
    told = rows.select(
        "pupil",
        "year",
        "dob",
        "sex",
        la="need_la",
        need=ibis.coalesce(rows.at_31_march, dated).fill_null(False),
        plan=((rows.plan_start <= finish) & goes_beyond(rows.plan_end, finish)).fill_null(False),
        cared=(rows.case_status.upper() == LOOKED_AFTER).fill_null(False),
    )
    each = told.group_by(*OWN).aggregate(dob=_.dob.max(), sex=_.sex.max(), need=_.need.any(), plan=_.plan.any(), cared=_.cared.any())
    children = tables.children.ibis()
    looked_after = children.filter(_.at_31_march, _.pupil.notnull()).select(cared_pupil="pupil", cared_year="year").distinct()
    beside = each.left_join(looked_after, [each.pupil == looked_after.cared_pupil, each.year == looked_after.cared_year])
    others = beside.filter(~_.cared & _.cared_pupil.isnull())
    chosen = others.mutate(in_need=_.need & ~_.plan, protection_plan=_.plan)
    return chosen.filter(_.in_need | _.protection_plan).select(*OWN, "dob", "sex", "in_need", "protection_plan")


def goes_beyond(end: ibis.Value, day: ibis.Value) -> ibis.Value:
    return end.isnull() | (end > day)


def with_outcomes(rows: ibis.Table) -> ibis.Table:
    """The rows in the columns of `children`, with their pupil's year where the store has it. `child` is the pupil: the census's
    own number of a child is another in every year."""
    pupils = tables.pupils.ibis()
    theirs = pupils.select(
        their_pupil="pupil", their_year="year", their_dob="dob", **{f"their_{column.name}": pupils[column.name] for column in THEIRS}
    )
    found = rows.left_join(theirs, [rows.pupil == theirs.their_pupil, rows.year == theirs.their_year])
    shared = {column.name for column in THEIRS}
    made = {
        **{name: _[f"their_{name}"] for name in shared},
        "la": _.la,
        "year": _.year,
        "child": _.pupil,
        "pupil": _.pupil,
        "dob": ibis.coalesce(_.dob, _.their_dob),
        "sex": ibis.coalesce(_.their_sex, ibis.cases((_.sex == "F", "female"), (_.sex == "M", "male"), else_=ibis.null("string"))),
        "ethnic_group": ibis.coalesce(_.their_ethnic_group, ibis.literal("not known")),
        "in_need": _.in_need,
        "protection_plan": _.protection_plan,
        "linked": _.their_pupil.notnull(),
        **dict.fromkeys(("looked_after_12_months", "at_31_march", "in_year", "care_leaver", "unaccompanied"), ibis.literal(False)),
    }
    kinds = tables.children_in_need.ibis().schema()
    return found.select(**{name: made[name].cast(kinds[name]) if name in made else ibis.null(kinds[name]) for name in kinds.names})

"""The children table: each child, authority and year, with care history, characteristics, school and outcomes."""

import ibis
from ibis import _

from virtualschool import codes, tables
from virtualschool.cohort.periods import length_of_care
from virtualschool.link import orders
from virtualschool.link.ages import age_before_school_year
from virtualschool.link.children import sex_of

OWN = ("la", "child", "year")
KEY_STAGES = ((1, 2), (3, 6), (7, 9), (10, 11))
"""First and last year group of each key stage."""
DISABILITIES = ("SLD", "PMLD", "HI", "VI", "MSI", "PD", "ASD", "DS")
"""Primary needs that are a disability in themselves; our choice."""
AGE_BANDS = ((1, "under 1"), (5, "1 to 4"), (10, "5 to 9"), (16, "10 to 15"))
"""DfE's ages of children looked after on 31 March; the oldest are `16 and over`."""


def people(years: ibis.Table) -> ibis.Table:
    """Who a child is, as the year's return says, else the newest that has the child: la, child, year, dob, sex, ethnic, flagged."""
    header = tables.header.ibis()
    in_line = [_.year.desc(), _.file.desc(), _.row.desc()]
    ranked = header.mutate(
        of_year=ibis.row_number().over(ibis.window(group_by=OWN, order_by=in_line)),
        of_child=ibis.row_number().over(ibis.window(group_by=OWN[:2], order_by=in_line)),
    )
    now = ranked.filter(_.of_year == 0).select(*OWN, "dob", "ethnic", "uasc", sex=sex_of(_.sex))
    ever = ranked.filter(_.of_child == 0).select("la", "child", ever_dob="dob", ever_ethnic="ethnic", ever_sex=sex_of(_.sex))
    told = years.left_join(now, list(OWN), rname="now_{name}").left_join(ever, ["la", "child"], rname="ever_{name}")
    return told.select(
        *OWN,
        dob=ibis.coalesce(_.dob, _.ever_dob),
        sex=ibis.coalesce(_.sex, _.ever_sex),
        ethnic=ibis.coalesce(_.ethnic, _.ever_ethnic),
        flagged=(_.uasc == "1").fill_null(False),
    )


def dated(years: ibis.Table, fields: ibis.Table) -> ibis.Table:
    """la, child, year, start, finish, and period_start of those in care."""
    found = years.left_join(fields.select("la", "child", "year", "period_start"), ["la", "child", "year"], rname="f_{name}")
    return found.select("la", "child", "year", "start", "finish", "period_start")


def linked(years: ibis.Table) -> ibis.Table:
    """Rows with a link: la, child, year, pupil, method, start, finish, period_start.

    What an order ends (adoption; special guardianship and child arrangements, unless the child came back into care) is no link
    here from the care year of the order on, whatever number the child bears then: `orders.serves` says why. Rows of the years
    before keep theirs, and with it their whole school year, as DfE has it: the group looked after for twelve months at
    31 March is set on that day, and counts with the results of the summer after, also of a child whose order came between.
    A child whom an order takes out of care in the year is not in that group, so that nothing is lost from a figure of it;
    but for an order on 31 March itself, where the seal goes before the figure.
    Source: DfE, Unique pupil numbers: guide, 2019, 6.5 and 6.6; DfE, Outcomes for children in need, including children
    looked after by local authorities in England: methodology, social care groups.
    """
    links = tables.links.ibis().select("la", "child", "pupil", "method")
    rows = years.inner_join(links, ["la", "child"], rname="l_{name}").left_join(orders.ends(), ["la", "child"], rname="o_{name}")
    return rows.filter(orders.serves(_.year, _["until"])).select(*OWN, "pupil", "method", "start", "finish", "period_start")


def unaccompanied(years: ibis.Table) -> ibis.Table:
    """Children who were unaccompanied asylum-seeking at some time in the year, by the UASC module: la, child, year, seeking."""
    module = tables.uasc.ibis()
    rows = years.inner_join(module, list(OWN), rname="u_{name}").filter(_.duc.isnull() | (_.duc >= _.start))
    return rows.select(*OWN).distinct().mutate(seeking=ibis.literal(True))


def came_alone(leavers: ibis.Table) -> ibis.Table:
    """Care leavers who were unaccompanied in some return of the authority up to the year: la, child, year, came_alone. A leaver is no
    longer in the module."""
    module = tables.uasc.ibis().select("la", "child", listed="year").distinct()
    rows = leavers.inner_join(module, ["la", "child"], rname="u_{name}").filter(_.listed <= _.year)
    return rows.select(*OWN).distinct().mutate(came_alone=ibis.literal(True))


def with_pupil(rows: ibis.Table) -> ibis.Table:
    """The rows, with what each part of the cohort says of them, and their pupil's year, in the columns of the table `children`.

    Sex and ethnicity are the return's, and the census's where the return does not know; language, free meals, SEN and year
    group are the census's. A child whose only care in the year were short breaks has a row with `in_year` no, and so has a care
    leaver who was not looked after in the year.
    """
    pupils = tables.pupils.ibis()
    shared = [column.name for column in (*tables.CHARACTERISTICS, *tables.SCHOOL, *tables.OUTCOMES)]
    theirs = pupils.select(school_pupil="pupil", school_year="year", **{f"their_{name}": pupils[name] for name in shared})
    rows = rows.left_join(theirs, [rows.pupil == theirs.school_pupil, rows.year == theirs.school_year])
    rows = rows.mutate(age=age_before_school_year(_.dob, _.year).cast("int32"), on_31_march=age_on(_.dob, _.finish))
    known = ethnicity(_.ethnic, "group") != "not known"
    sexes = ibis.cases((_.sex == "F", "female"), (_.sex == "M", "male"), else_=_.their_sex)
    needs = [row["label"] for row in codes.load("primary_needs") if row["code"] in DISABILITIES]
    made = {
        "sex": sexes,
        "ethnicity": ibis.coalesce(known.ifelse(ethnicity(_.ethnic, "label"), _.their_ethnicity), ethnicity(_.ethnic, "label")),
        "ethnic_group": ibis.coalesce(known.ifelse(ethnicity(_.ethnic, "group"), _.their_ethnic_group), ibis.literal("not known")),
        "disability": _.disability_need.fill_null(False) | _.their_primary_need.isin(needs).fill_null(False),
        "unaccompanied": _.seeking.fill_null(False) | _.flagged | _.came_alone.fill_null(False),
        "looked_after_12_months": _.looked_after_12_months.fill_null(False),
        "at_31_march": _.at_31_march.fill_null(False),
        "in_year": _.in_year.fill_null(False),
        "care_leaver": _.care_leaver.fill_null(False),
        "in_need": ibis.literal(False),
        "protection_plan": ibis.literal(False),
        "age_on_31_march": _.on_31_march,
        "age_band": ibis.cases(
            (_.on_31_march.isnull(), ibis.null("string")),
            *((_.on_31_march < below, band) for below, band in AGE_BANDS),
            else_="16 and over",
        ),
        "age_at_entry": age_on(_.dob, _.first_entry),
        "age_at_period_start": age_on(_.dob, _.period_start),
        "length_of_care": length_of_care(_.months),
        "entered": entered(_.their_year_group, _.age, _.year, _.period_start),
        "linked": _.pupil.notnull(),
        **{name: _[f"their_{name}"] for name in shared if name not in ("sex", "ethnicity", "ethnic_group", "age")},
    }
    chosen = {name: made.get(name, _[name]) for name in tables.children.names}
    return rows.select(**chosen)


def ethnicity(code: ibis.Value, column: str) -> ibis.Value:
    """The `label` or `group` of an ethnicity code; null for a code not in the list."""
    return ibis.cases(*((code == row["code"], row[column]) for row in codes.load("ethnicity")), else_=ibis.null("string"))


def age_on(dob: ibis.Value, day: ibis.Value) -> ibis.Value:
    """Whole years of age on a day; who was born on 29 February has a birthday on 1 March in other years."""
    late = (day.month() * 100 + day.day() < dob.month() * 100 + dob.day()).ifelse(1, 0)
    return (day.year() - dob.year() - late).cast("int32")


def entered(year_group: ibis.Value, age: ibis.Value, year: ibis.Value, period_start: ibis.Value) -> ibis.Value:
    """Whether the period of care began before the key stage of the child's year group, or during it; null outside key stages 1 to 4.

    The year group is the census's, else that of the child's age. A key stage begins on 1 September of its first year.
    """
    by_age = age - 4
    group = ibis.cases(*((year_group == str(number), number) for number in range(1, 15)), else_=by_age)
    steps = []
    for first, last in KEY_STAGES:
        begins = ibis.date((year - 1 - (group - first)).cast("int32"), ibis.literal(9), ibis.literal(1))
        steps.append((group.between(first, last), (period_start < begins).ifelse("before", "during")))
    return ibis.cases(*steps, else_=ibis.null("string"))

"""What a child's year tells of education plans, of what the child said, and of Pupil Premium Plus.

An education plan counts in the row of its school year, a first plan in that of the care year in which the child came into care, money in
that of the financial year, which is the care year. Files name a child by the return's identifier or by the token.
"""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.cohort.children import age_on
from virtualschool.cohort.periods import periods
from virtualschool.outcomes.exact import exact
from virtualschool.tables import SCORE

OWN = ("la", "child", "year")
GOOD = ("green", "gold", "good", "outstanding", "met")
"""Grades at which a plan is good, in the profiles that come with the program; an authority's own profile uses the same words."""
AGE_FROM, ADULT = 2, 18
"""From which age plans are due, as plans/rules.toml has it, and up to which there are looked-after children."""


# --- Whose plans ---


def known_as(who: ibis.Table, named: ibis.Table, anchor: list[str]) -> ibis.Table:
    """How files may name a child: la, child, year, name (the identifier, and the token)."""
    rows = who.inner_join(named, anchor).select(*OWN, "token")
    return ibis.union(rows.select(*OWN, name=_.child), rows.select(*OWN, name=_.token), distinct=True)


def plans_dated() -> ibis.Table:
    """Each plan of which a school year and term are known: la, plan, name, school_year, place (of the term), idx, met, begun, ready, own,
    told_start, told_end, grade. `idx` counts terms on from year to year."""
    plans = tables.ALL["plans"].ibis()
    any_day = ibis.coalesce(_.term_start, _.meeting_on, _.started_on, _.completed_on)
    held = plans.mutate(any_day=any_day)
    held = held.mutate(
        of_year=ibis.coalesce(_.school_year, (_.any_day.year() + (_.any_day.month() >= 9).ifelse(1, 0)).cast("int32")),
        place=ibis.cases(
            (_.term == "autumn", 0),
            (_.term == "spring", 1),
            (_.term == "summer", 2),
            (_.any_day.month() >= 9, 0),
            (_.any_day.month() < 4, 1),
            (_.any_day.notnull(), 2),
        ).cast("int32"),
    )
    return held.filter(_.of_year.notnull() & _.place.notnull()).select(
        "la",
        "plan",
        "place",
        name=_.child,
        school_year=_.of_year.cast("int32"),
        idx=(_.of_year * 3 + _.place).cast("int32"),
        met=_.meeting_on,
        begun=ibis.coalesce(_.started_on, _.meeting_on, _.completed_on),
        ready=ibis.coalesce(_.available_on, _.completed_on),
        own=ibis.coalesce(_.completed_on, _.meeting_on),
        told_start=_.term_start,
        told_end=_.term_end,
        grade=_.grade.lower(),
    )


def spans(dated: ibis.Table) -> ibis.Table:
    """How far an authority's plans tell: la, first_idx, last_idx, first_day, last_day."""
    return dated.group_by("la").aggregate(
        first_idx=_.idx.min(), last_idx=_.idx.max(), first_day=ibis.least(_.begun.min(), _.met.min()), last_day=_.own.max()
    )


def terms_over(dated: ibis.Table, told: ibis.Table) -> ibis.Table:
    """The terms of each authority, from that of its first plan on, that were over by the newest day of which its plans tell: la, year,
    idx, starts, ends. Without dates in the plans a term is taken to last from the first of its months to the end of the last."""
    given = dated.group_by("la", "idx").aggregate(told_start=_.told_start.min(), told_end=_.told_end.max())
    # Every term in between, also one in which nobody had a plan.
    years = dated.select("la", year="school_year").distinct()
    rows = ibis.union(*(years.mutate(term_place=ibis.literal(place).cast("int32")) for place in range(3)))
    rows = rows.mutate(idx=(_.year * 3 + _.term_place).cast("int32"))
    rows = rows.inner_join(told, "la", rname="s_{name}").left_join(given, ["la", "idx"], rname="g_{name}")
    first, last = ibis.literal(1), ibis.literal(31)
    starts = ibis.cases(
        (_.term_place == 0, ibis.date(_.year - 1, ibis.literal(9), first)),
        (_.term_place == 1, ibis.date(_.year, ibis.literal(1), first)),
        else_=ibis.date(_.year, ibis.literal(4), first),
    )
    ends = ibis.cases(
        (_.term_place == 0, ibis.date(_.year - 1, ibis.literal(12), last)),
        (_.term_place == 1, ibis.date(_.year, ibis.literal(3), last)),
        else_=ibis.date(_.year, ibis.literal(7), last),
    )
    rows = rows.mutate(starts=ibis.coalesce(_.told_start, starts), ends=ibis.coalesce(_.told_end, ends))
    rows = rows.filter(_.idx.between(_.first_idx, _.last_idx) & (_.ends <= _.last_day))
    return rows.select("la", "year", "idx", "starts", "ends")


def term_fields(
    years: ibis.Table, people: ibis.Table, care: ibis.Table, known: ibis.Table, dated: ibis.Table, over: ibis.Table
) -> ibis.Table:
    """la, child, year, pep_terms, pep_terms_met, pep_in_place: of the terms through which the child was looked after.

    A period that no return ends is known to last to the 31 March of the newest that has it; terms after it are not counted.
    """
    held = (
        years.select(*OWN)
        .inner_join(people.select(*OWN, "dob"), list(OWN), rname="p_{name}")
        .inner_join(over, ["la", "year"], rname="t_{name}")
    )
    whole = held.inner_join(periods(care), ["la", "child"], rname="c_{name}").filter((_.since <= _.starts) & (_.until >= _.ends))
    whole = whole.filter(_.dob.notnull()).mutate(age=age_on(_.dob, _.starts))
    whole = whole.filter((_.age >= AGE_FROM) & (_.age < ADULT)).select(*OWN, "idx").distinct()
    meetings = dated.filter(_.met.notnull()).inner_join(known, ["la", "name"], rname="k_{name}")
    meetings = meetings.filter(_.school_year == _.year).select(*OWN, "idx").distinct().mutate(held=ibis.literal(1))
    rows = whole.left_join(meetings, [*OWN, "idx"], rname="m_{name}").mutate(held=_.held.fill_null(0))
    rows = rows.mutate(latest=_.idx == _.idx.max().over(ibis.window(group_by=OWN)))
    return rows.group_by(*OWN).aggregate(
        pep_terms=_.count().cast("int32"), pep_terms_met=_.held.sum().cast("int32"), pep_in_place=(_.latest & (_.held == 1)).any()
    )


def first_fields(
    years: ibis.Table, people: ibis.Table, fields: ibis.Table, known: ibis.Table, dated: ibis.Table, told: ibis.Table
) -> ibis.Table:
    """la, child, year, pep_started_in_10, pep_ready_in_20: of children who came into care in the year at an age for a plan, stayed for
    twenty working days, and whose days lie within those of which the authority's plans tell.

    Source: The Care Planning, Placement and Case Review (England) Regulations 2010, regulations 5 and 33; DfE, Promoting the education of
    looked-after and previously looked-after children, 2018.
    """
    came = years.inner_join(fields.select(*OWN, "period_start", "period_days"), list(OWN), rname="f_{name}")
    came = came.filter(_.period_start.between(_.start, _.finish)).select(*OWN, "period_start", "period_days", "finish")
    came = came.inner_join(people.select(*OWN, "dob"), list(OWN), rname="p_{name}")
    came = came.inner_join(tables.ALL["plan_limits"].ibis().rename(period_start="day"), "period_start", rname="l_{name}")
    came = came.inner_join(told, "la", rname="s_{name}")
    came = came.filter((_.first_day <= _.period_start) & (_.in_20 <= _.last_day) & _.dob.notnull())
    came = came.mutate(age=age_on(_.dob, _.period_start)).filter((_.age >= AGE_FROM) & (_.age < ADULT))
    # Who came on 20 March and is still there on 31 March stayed, as far as the return knows; who left before the limit did not.
    came = came.mutate(last=_.period_start + _.period_days.cast("int64") * ibis.interval(days=1) - ibis.interval(days=1))
    came = came.filter((_.last.cast("date") >= _.in_20) | (_.last.cast("date") >= _.finish))
    mine = dated.inner_join(known.select("la", "child", "name").distinct(), ["la", "name"], rname="k_{name}")
    mine = mine.select("la", "child", "begun", "ready")
    both = came.left_join(mine, ["la", "child"], rname="d_{name}")
    after = (_.begun >= _.period_start).fill_null(False)
    both = both.mutate(begun=after.ifelse(_.begun, ibis.null("date")), ready=after.ifelse(_.ready, ibis.null("date")))
    return both.group_by(*OWN).aggregate(
        pep_started_in_10=(_.begun <= _.in_10).fill_null(False).any(), pep_ready_in_20=(_.ready <= _.in_20).fill_null(False).any()
    )


def quality_fields(years: ibis.Table, known: ibis.Table, dated: ibis.Table) -> ibis.Table:
    """la, child, year and counts of the plans of the school year: pep_plans, graded and good, targets and which of them are precise, due
    and met, voice and carer. Null in years of which the authority has no plan."""
    marks, targets = tables.ALL["plan_marks"].ibis(), tables.ALL["plan_target_marks"].ibis()
    of_year = dated.select("la", year="school_year").distinct()
    mine = dated.filter(_.own.notnull()).inner_join(known, ["la", "name"], rname="k_{name}").filter(_.school_year == _.year)
    mine = mine.select(*OWN, "plan", "grade").distinct()
    said = marks.group_by("la", "plan").aggregate(
        **{
            name: ((_.rule == f"PEP-{rule}") & (_.state == state)).any()
            for name, rule, state in (
                ("v1", "V01", "met"),
                ("v1_not", "V01", "not met"),
                ("v2", "V02", "met"),
                ("v2_not", "V02", "not met"),
                ("c1", "C01", "met"),
                ("c1_not", "C01", "not met"),
            )
        }
    )
    of_targets = targets.group_by("la", "plan").aggregate(
        targets=_.count(),
        precise=_.precise.fill_null(False).ifelse(1, 0).sum(),
        due=_.due_passed.fill_null(False).ifelse(1, 0).sum(),
        reached=(_.due_passed.fill_null(False) & _.outcome.isin(("met", "partly"))).fill_null(False).ifelse(1, 0).sum(),
    )
    rows = mine.left_join(said, ["la", "plan"], rname="m_{name}").left_join(of_targets, ["la", "plan"], rname="t_{name}")
    # One of the two not met decides; else both must be met.
    voice, no_voice = (_.v1 & _.v2).fill_null(False), (_.v1_not | _.v2_not).fill_null(False)
    one = ibis.literal(1)
    counted = rows.group_by(*OWN).aggregate(
        pep_plans=_.count(),
        pep_graded=_.grade.notnull().ifelse(one, 0).sum(),
        pep_good=_.grade.isin(GOOD).fill_null(False).ifelse(one, 0).sum(),
        pep_targets=_.targets.fill_null(0).sum(),
        pep_targets_precise=_.precise.fill_null(0).sum(),
        pep_targets_due=_.due.fill_null(0).sum(),
        pep_targets_met=_.reached.fill_null(0).sum(),
        pep_voice_told=(voice | no_voice).ifelse(one, 0).sum(),
        pep_voice=voice.ifelse(one, 0).sum(),
        pep_carer_told=(_.c1 | _.c1_not).fill_null(False).ifelse(one, 0).sum(),
        pep_carer=_.c1.fill_null(False).ifelse(one, 0).sum(),
    )
    names = [name for name in counted.columns if name not in OWN]
    held = years.select(*OWN).inner_join(of_year, ["la", "year"], rname="y_{name}").left_join(counted, list(OWN), rname="q_{name}")
    return held.select(*OWN, **{name: held[name].fill_null(0).cast("int32") for name in names})


def voice_fields(years: ibis.Table, known: ibis.Table, dated: ibis.Table) -> ibis.Table:
    """la, child, year, views_recorded, views_changed: what the child said in the school year, in plans and in lists of what children said.

    In a plan something changed where a view names what it changed, or a target names the view. Null in years of which the authority has
    neither.
    """
    views, targets = tables.ALL["plan_views"].ibis(), tables.ALL["plan_targets"].ibis()
    own = views.filter((_["by"] == "child") & _.words.notnull())
    linked = targets.filter(_["view"].notnull()).select("la", "plan", id="view").distinct().mutate(used=ibis.literal(True))
    own = own.left_join(linked, ["la", "plan", "id"], rname="u_{name}")
    own = own.select("la", "plan", changed=_.changed.notnull() | _.used.fill_null(False))
    of_plans = own.inner_join(dated.select("la", "plan", "name", "school_year"), ["la", "plan"], rname="d_{name}")
    of_plans = of_plans.select("la", "name", "school_year", "changed")
    listed = tables.views_said.ibis()
    listed = listed.select(
        "la",
        name=_.child,
        school_year=(_.said_on.year() + (_.said_on.month() >= 9).ifelse(1, 0)).cast("int32"),
        changed=_.changed.fill_null(False),
    )
    told = ibis.union(of_plans, listed)
    of_year = told.select("la", year="school_year").distinct()
    mine = told.inner_join(known, ["la", "name"], rname="k_{name}").filter(_.school_year == _.year)
    found = mine.group_by(*OWN).aggregate(views_changed=_.changed.any())
    held = years.select(*OWN).inner_join(of_year, ["la", "year"], rname="y_{name}").left_join(found, list(OWN), rname="f_{name}")
    return held.select(*OWN, "views_changed", views_recorded=_.views_changed.notnull())


def premium_fields(years: ibis.Table, known: ibis.Table, people: ibis.Table) -> ibis.Table:
    """la, child, year, premium_rate, premium_spent, premium_devolved (pounds), premium_lines, premium_lines_known: Pupil Premium Plus of
    the strand for looked-after children in the financial year. Null in years of which the authority has no payment.

    The rate is that of a year for a child looked after for a day or longer in reception to year 11, here aged 4 to 15 at the start of the
    school year in which the financial year begins. Source: DfE, Pupil premium: conditions of grant; rates in plans/premium_rates.csv.
    """
    parts = tables.premium_parts.ibis().filter(ibis.coalesce(_.strand, ibis.literal("looked_after")).isin(("looked_after", "")))
    parts = parts.mutate(year=(_.paid_on.year() + (_.paid_on.month() >= 4).ifelse(1, 0)).cast("int32"))
    of_year = parts.select("la", "year").distinct()
    mine = parts.inner_join(
        known.select("la", "child", "name", known_year="year"), [parts.la == known.la, parts.child == known.name], rname="k_{name}"
    )
    mine = mine.filter(_.year == _.known_year).select("la", "year", "pence", "spent_where", "effect", child="k_child")
    is_line = _.pence > 0
    found = mine.group_by("la", "child", "year").aggregate(
        spent=_.pence.sum().cast("int64"),
        devolved=(_.spent_where == "devolved").fill_null(False).ifelse(_.pence, 0).sum().cast("int64"),
        premium_lines=is_line.ifelse(1, 0).sum().cast("int32"),
        premium_lines_known=(is_line & _.effect.fill_null(False)).ifelse(1, 0).sum().cast("int32"),
    )
    held = years.inner_join(of_year, ["la", "year"], rname="y_{name}").left_join(found, list(OWN), rname="f_{name}")
    held = held.inner_join(people.select(*OWN, "dob"), list(OWN), rname="p_{name}")
    held = held.mutate(age=age_on(_.dob, ibis.date(_.year - 1, ibis.literal(8), ibis.literal(31))))
    rates = tables.ALL["premium_rates"].ibis()
    held = held.left_join(rates.filter(_.strand == "looked_after").select("year", "pounds"), "year", rname="r_{name}")
    of_age = _.age.between(4, 15).fill_null(False)
    return held.select(
        *OWN,
        premium_rate=of_age.ifelse(_.pounds, ibis.null("int32")).cast(SCORE),
        premium_spent=pounds(_.spent),
        premium_devolved=pounds(_.devolved),
        premium_lines=_.premium_lines.fill_null(0),
        premium_lines_known=_.premium_lines_known.fill_null(0),
    )


def pounds(pence: ibis.Value) -> ibis.Value:
    """Pence as pounds, exactly; nought where nothing was paid."""
    return exact(pence.fill_null(0).cast(SCORE) * ibis.literal("0.01").cast(SCORE), SCORE)

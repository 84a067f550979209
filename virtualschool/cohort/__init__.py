"""Who counts, and their care history: the children table.

`cohort` writes it. Periods of care stand in `periods`, DfE's twelve-month rule in `twelve_months`, placements in `placements`,
long-term stability in `stability`, where placements are in `places`, moves of school in `schools`; `health`, `reviews`,
`missing`, `workers` and `permanence` say what the return tells of the year, `leavers` who has left care and `routes` by what way,
`token` the tokens;
`in_need` has the children of the children in need census;
`children` puts them together.
"""

from collections.abc import Callable, Sequence

import ibis

from virtualschool import codes, tables
from virtualschool.cohort import children as together
from virtualschool.cohort import (
    education_plans,
    health,
    in_need,
    leavers,
    missing,
    periods,
    permanence,
    placements,
    places,
    reviews,
    routes,
    schools,
    stability,
    token,
    twelve_months,
    workers,
)
from virtualschool.compiled import of_code
from virtualschool.link.naming import store_key
from virtualschool.link.workings import lay_by
from virtualschool.store import Draft


def cohort(draft: Draft) -> None:
    """Writes `children`: one row for each child, authority and year of a return in which the child was looked after, or a care leaver;
    and `children_in_need`, where a children in need census was read."""
    known = worked_out(draft, "episodes_known", periods.episodes_known)
    cared = worked_out(draft, "child_years", lambda: periods.child_years(known))
    care = worked_out(draft, "episodes_of_care", lambda: periods.care(known))
    fields = worked_out(draft, "period_fields", lambda: periods.period_fields(cared, care))
    placed = worked_out(draft, "placements", lambda: placements.placements(care))
    held = worked_out(draft, "returns_held", periods.returns_held)
    latest = worked_out(draft, "latest_episodes", lambda: placements.latest(cared, care))
    districts = lay_by(draft, "districts", codes.arrow("districts"))
    left = worked_out(draft, "leaver_years", leavers.leaver_years)
    years = worked_out(draft, "years", lambda: cared.union(left.select(*cared.columns), distinct=True))
    people = worked_out(draft, "people", lambda: together.people(years))
    dated = worked_out(draft, "dated_years", lambda: together.dated(years, fields))
    linked = worked_out(draft, "linked_years", lambda: together.linked(dated))
    who = worked_out(draft, "identities", lambda: token.identities(dated, known))
    anchor = ["anchor_la", "anchor_child", "adoptions"]
    different = draft.engine.arrow(who.select(anchor).distinct().order_by(anchor))
    named = lay_by(draft, "tokens", token.tokens(different, store_key(draft.store.path / "records")))
    plan_names = worked_out(draft, "plan_names", lambda: education_plans.known_as(who, named, anchor))
    dated_plans = worked_out(draft, "dated_plans", education_plans.plans_dated)
    plan_spans = worked_out(draft, "plan_spans", lambda: education_plans.spans(dated_plans))
    terms_over = worked_out(draft, "terms_over", lambda: education_plans.terms_over(dated_plans, plan_spans))
    of_year = {
        "flag": lambda: twelve_months.flags(cared, known),
        "placement": lambda: placements.placement_fields(cared, fields, placed),
        "place": lambda: places.place_fields(latest, districts),
        "stability": lambda: stability.stability_fields(cared, known, care, placed, held),
        "health": lambda: health.health_fields(cared),
        "review": lambda: reviews.review_fields(cared, care),
        "missing": lambda: missing.missing_fields(cared),
        "worker": lambda: workers.worker_fields(cared),
        "permanence": lambda: permanence.permanence_fields(cared, fields, care),
        "move": lambda: schools.moves(linked, schools.days_in_care(cared, care)),
        "leaver": lambda: leavers.leaver_fields(left, known),
        "school_route": lambda: routes.at_school(left, linked),
        "care_route": lambda: routes.in_care(left, people, care),
        "preparation": lambda: routes.preparation(years),
        "pep_term": lambda: education_plans.term_fields(cared, people, care, plan_names, dated_plans, terms_over),
        "pep_first": lambda: education_plans.first_fields(cared, people, fields, plan_names, dated_plans, plan_spans),
        "pep_quality": lambda: education_plans.quality_fields(cared, plan_names, dated_plans),
        "views": lambda: education_plans.voice_fields(cared, plan_names, dated_plans),
        "premium": lambda: education_plans.premium_fields(cared, plan_names, people),
        "token": lambda: who.inner_join(named, anchor).select("la", "child", "year", "token"),
    }
    of_year |= {
        "uasc": lambda: together.unaccompanied(years),
        "alone": lambda: together.came_alone(left),
        "lasting": lambda: latest.drop("home_post", "pl_post"),
        "link": lambda: linked.select("la", "child", "year", "pupil", link_method="method"),
    }
    parts = [people, fields, *(worked_out(draft, f"{name}_fields", part) for name, part in of_year.items())]
    rows = side_by_side(draft, years, parts)
    whole = of_code("cohort: children", lambda: together.with_pupil(rows), cohort)
    draft.write("children", whole.sql, order_by=tables.children.key)
    in_need.in_need(draft)


def worked_out(draft: Draft, name: str, build: Callable[[], ibis.Table]) -> ibis.Table:
    """The rows of a definition of this room as an unbound table of that name, worked out once."""
    found = of_code(f"cohort: {name}", build, cohort)
    draft.engine.lay_by(name, found.sql, draft.scratch)
    return ibis.table(found.schema, name=name)


def side_by_side(draft: Draft, years: ibis.Table, parts: Sequence[ibis.Table]) -> ibis.Table:
    """The rows of `years` with the columns of every part, as an unbound table. A part has one row at most for each of them, and no
    column of another. Written as SQL: a join of twenty tables and 150 columns takes Ibis longer to put together than to run."""
    joined = " ".join(f'LEFT JOIN "{part.get_name()}" USING (la, child, year)' for part in parts)
    draft.engine.run(f'CREATE OR REPLACE TEMP VIEW of_year AS SELECT * FROM "{years.get_name()}" {joined}')
    columns = dict(years.schema().items())
    for part in parts:
        new = {name: kind for name, kind in part.schema().items() if name not in ("la", "child", "year")}
        if twice := new.keys() & columns:
            raise ValueError(f"Columns {sorted(twice)} are in two parts of `children`.")
        columns |= new
    return ibis.table(columns, name="of_year")

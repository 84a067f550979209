"""Who counts, and their care history: the children table.

`cohort` writes it. Periods of care stand in `periods`, DfE's twelve-month rule in `twelve_months`, placements in `placements`,
long-term stability in `stability`, where placements are in `places`, moves of school in `schools`; `health`, `reviews`,
`missing`, `workers` and `permanence` say what the return tells of the year, `leavers` who has left care, `token` the tokens;
`children` puts them together.
"""

from collections.abc import Sequence

import ibis

from virtualschool import codes, tables
from virtualschool.cohort import children as together
from virtualschool.cohort import (
    health,
    leavers,
    missing,
    periods,
    permanence,
    placements,
    places,
    reviews,
    schools,
    stability,
    token,
    twelve_months,
    workers,
)
from virtualschool.link.naming import store_key
from virtualschool.link.workings import lay_by
from virtualschool.store import Draft


def cohort(draft: Draft) -> None:
    """Writes `children`: one row for each child, authority and year of a return in which the child was looked after, or a care leaver."""
    known = lay_by(draft, "episodes_known", periods.episodes_known())
    cared = lay_by(draft, "child_years", periods.child_years(known))
    care = lay_by(draft, "episodes_of_care", periods.care(known))
    fields = lay_by(draft, "period_fields", periods.period_fields(cared, care))
    placed = lay_by(draft, "placements", placements.placements(care))
    held = lay_by(draft, "returns_held", periods.returns_held())
    latest = lay_by(draft, "latest_episodes", placements.latest(cared, care))
    districts = lay_by(draft, "districts", codes.arrow("districts"))
    left = lay_by(draft, "leaver_years", leavers.leaver_years())
    years = lay_by(draft, "years", cared.union(left.select(*cared.columns), distinct=True))
    people = lay_by(draft, "people", together.people(years))
    dated = years.left_join(fields.select("la", "child", "year", "period_start"), ["la", "child", "year"], rname="f_{name}")
    dated = lay_by(draft, "dated_years", dated.select("la", "child", "year", "start", "finish", "period_start"))
    linked = lay_by(draft, "linked_years", together.linked(dated))
    who = lay_by(draft, "identities", token.identities(dated, known))
    anchor = ["anchor_la", "anchor_child", "adoptions"]
    different = draft.engine.arrow(who.select(anchor).distinct().order_by(anchor))
    named = lay_by(draft, "tokens", token.tokens(different, store_key(draft.store.path / "records")))
    of_year = {
        "flag": twelve_months.flags(cared, known),
        "placement": placements.placement_fields(cared, fields, placed),
        "place": places.place_fields(latest, districts),
        "stability": stability.stability_fields(cared, known, care, placed, held),
        "health": health.health_fields(cared),
        "review": reviews.review_fields(cared, care),
        "missing": missing.missing_fields(cared),
        "worker": workers.worker_fields(cared),
        "permanence": permanence.permanence_fields(cared, fields, care),
        "move": schools.moves(linked, schools.days_in_care(cared, care)),
        "leaver": leavers.leaver_fields(left, known),
        "token": who.inner_join(named, anchor).select("la", "child", "year", "token"),
    }
    of_year |= {
        "uasc": together.unaccompanied(years),
        "alone": together.came_alone(left),
        "lasting": latest.drop("home_post", "pl_post"),
        "link": linked.select("la", "child", "year", "pupil", link_method="method"),
    }
    parts = [people, fields, *(lay_by(draft, f"{name}_fields", part) for name, part in of_year.items())]
    draft.write("children", together.with_pupil(side_by_side(draft, years, parts)), order_by=tables.children.key)


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

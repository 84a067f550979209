"""Who counts, and their care history: the children table.

`cohort` writes it. Periods of care stand in `periods`, DfE's twelve-month rule in `twelve_months`, placements in `placements`,
where they are in `places`, moves of school in `schools`, tokens in `token`; `children` puts them together.
"""

from virtualschool import codes, tables
from virtualschool.cohort import children as together
from virtualschool.cohort import periods, placements, places, schools, token, twelve_months
from virtualschool.link.naming import store_key
from virtualschool.link.workings import lay_by
from virtualschool.store import Draft


def cohort(draft: Draft) -> None:
    """Writes `children`: one row for each child, authority and year of a return in which the child was looked after."""
    known = lay_by(draft, "episodes_known", periods.episodes_known())
    years = lay_by(draft, "child_years", periods.child_years(known))
    care = lay_by(draft, "episodes_of_care", periods.care(known))
    fields = lay_by(draft, "period_fields", periods.period_fields(years, care))
    latest = lay_by(draft, "latest_episodes", placements.latest(years, care))
    placed = lay_by(draft, "placement_fields", placements.placement_fields(years, fields, placements.placements(care)))
    districts = lay_by(draft, "districts", codes.arrow("districts"))
    located = lay_by(draft, "place_fields", places.place_fields(latest, districts))
    people = lay_by(draft, "people", together.people(years))
    dated = years.left_join(fields.select("la", "child", "year", "period_start"), ["la", "child", "year"], rname="f_{name}")
    dated = lay_by(draft, "dated_years", dated.select("la", "child", "year", "start", "finish", "period_start"))
    linked = lay_by(draft, "linked_years", together.linked(dated))
    moves = lay_by(draft, "school_moves", schools.moves(linked))
    who = lay_by(draft, "identities", token.identities(dated, known))
    anchor = ["anchor_la", "anchor_child", "adoptions"]
    different = draft.engine.arrow(who.select(anchor).distinct().order_by(anchor))
    named = lay_by(draft, "tokens", token.tokens(different, store_key(draft.store.path / "records")))
    tokens = lay_by(draft, "child_tokens", who.inner_join(named, anchor).select("la", "child", "year", "token"))
    flags = twelve_months.flags(years, known)
    made = together.children(years, people, flags, fields, placed, latest, located, linked, moves, tokens)
    draft.write("children", made, order_by=tables.children.key)

"""Which care record and which pupil are the same child.

`link` ties every child of a return to a pupil, or says why not. First the rules of `exact`, over pairs that share a UPN
(what an identifier means is in `keys`); then whoever is left is weighed against everyone who could be meant (`weighing`:
pairs from `blocks`, levels from `comparisons`, weights and probabilities from `likely`, one to one by `one_to_one`); then a
person (`decisions`). The reasons stand in `reasons`, who may not be linked in `protected`, where a link ends in `orders`.
The definitions that an engine runs are listed in `plan`.
"""

from collections.abc import Sequence

from virtualschool import codes, tables
from virtualschool.link import cascade, exact, keys, plan, reasons, weighing
from virtualschool.link.model import model
from virtualschool.store import Draft


def link(draft: Draft) -> None:
    """Writes `pupil_keys`, `links`, `link_evidence` and `unlinked`: each child of a header is in `links` or `unlinked`, once."""
    gather(draft)
    made, settled = by_rules(draft)
    shipped = model()
    have = {(row["la"], row["child"]) for row in made}
    sealed = {(row["la"], row["child"]) for row in plan.rows(draft, "children_adopted")}
    closed = have | sealed
    left = [row for row in plan.rows(draft, "children_listed") if (row["la"], row["child"]) not in closed]
    weighed = weighing.weigh(draft, made, sorted(left, key=lambda row: (row["la"], row["child"])), shipped, set())
    links, doubtful, rivals, rank = weighing.proposals(weighed, shipped)
    standing = {**dict.fromkeys(rivals, "rival"), **dict.fromkeys(doubtful, "review"), **dict.fromkeys(links, "linked")}
    names = weighing.names(weighed)
    fixed = {(row["la"], row["child"], row["pupil"]) for row in made}
    standing |= {place: "linked" for place, name in enumerate(names) if name in fixed}
    draft.write("link_evidence", weighing.evidence(weighed, standing, rank), order_by=tables.link_evidence.key)
    fresh = [
        dict(zip(("la", "child", "pupil"), names[place], strict=True))
        | {"method": "likely", "rule": weighing.RULE, "agreed": weighing.agreed(weighed, place)}
        for place in links
    ]
    plan.give(draft, "links_made", [*made, *fresh])
    draft.write("links", plan.sql(draft, "links_written"), order_by=tables.links.key)
    proposed = [names[place][:2] for place in doubtful]
    why = {name: (reasons.SEVERAL if proposed.count(name) > 1 else reasons.TO_JUDGE).name for name in proposed}
    why |= {(row["la"], row["child"]): row["reason"] for row in settled}
    plan.give(draft, "links_settled", [{"la": la, "child": child, "reason": reason} for (la, child), reason in sorted(why.items())])
    draft.write("unlinked", plan.sql(draft, "unlinked_written"), order_by=tables.unlinked.key)


def gather(draft: Draft) -> None:
    """What is known of children, pupils and places, and what identifiers mean; writes `pupil_keys`."""
    plan.give(draft, "link_districts", codes.arrow("districts").select(["district", "la"]))
    plan.define(draft, "sightings")
    plan.lay_by(draft, "known_postcodes", "known_schools", "authorities_with_schools")
    plan.give(draft, "years_held", plan.rows(draft, "years_of_education"))
    plan.lay_by(draft, "number_claims")
    chains = keys.former_numbers(
        plan.rows(draft, "number_claims"),
        plan.rows(draft, "number_bearers"),
        {(row["former_upn"], row["upn"]) for row in plan.rows(draft, "numbers_together")},
        {row["upn"] for row in plan.rows(draft, "numbers_sealed")},
    )
    plan.give(draft, "number_chains", chains)
    draft.write("pupil_keys", plan.sql(draft, "keys_made"), order_by=tables.pupil_keys.key)
    plan.lay_by(draft, "child_numbers", "child_births", "child_stays", "child_features", "child_moves", "child_places")


def by_rules(draft: Draft, rules: Sequence[exact.Rule] = exact.CASCADE) -> tuple[list[dict], list[dict]]:
    """The links of the exact rules, and the children whose pairs are not clear."""
    plan.lay_by(draft, "pairs", "pairs_people", "pairs_born")
    return cascade.run(rules, plan.rows(draft, "pairs_judged"), plan.rows(draft, "pairs_clashing"))

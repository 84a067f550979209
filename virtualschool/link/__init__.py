"""Which care record and which pupil are the same child.

`link` ties every child of a return to a pupil, or says why not. First the rules of `exact`, over pairs that share a UPN
or a ULN (what an identifier means is in `keys`); then whoever is left is weighed against everyone who could be meant (`weighing`:
pairs from `blocks`, levels from `comparisons`, weights and probabilities from `likely`, one to one by `one_to_one`); then a
person (`decisions`). The reasons stand in `reasons`, who may not be linked in `protected`, where a link ends in `orders`.
The definitions that an engine runs are listed in `plan`.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from virtualschool import codes, tables
from virtualschool.link import cascade, decisions, exact, keys, plan, protected, reasons, sifting, weighing
from virtualschool.link.model import model
from virtualschool.store import Draft

OF_ALL_RECORDS = ("numbers_told", "numbers_loose", "roll_births", "rolls_held", "common_births")
OF_CHILDREN = (
    "known_postcodes", "known_schools", "child_numbers", "child_births", "child_learners", "child_names", "child_stays", "child_features",
    "child_moves", "child_places", "stays_placed",
)  # fmt: skip
"""What is worked out first: of all records, and of the children."""


def link(draft: Draft) -> list[str]:
    """Notes on what people have decided and could not be followed.

    Writes `pupil_keys`, `links`, `link_evidence` and `unlinked`: each child of a header is in `links` or `unlinked`, once.
    Raises Unreadable where the do-not-link list or the decisions cannot be read.
    """
    with plan.at_hand(draft):
        return _link(draft)


def _link(draft: Draft) -> list[str]:
    hidden = gather(draft)
    weighing.choose_roll(draft)
    with plan.beside(draft, *weighing.OF_THE_ROLL):
        listed = sorted(plan.rows(draft, "children_listed"), key=lambda row: (row["la"], row["child"]))
        sealed = {(row["la"], row["child"]) for row in plan.rows(draft, "children_adopted")}
        said = decisions.settle(
            draft.engine,
            decisions.decided(draft.store.path / "records"),
            seen=plan.defined("sightings"),
            keys=plan.defined("pupil_keys"),
            stays=plan.defined("child_stays"),
            children=[(row["la"], row["child"]) for row in listed],
            adopted=sealed,
            protected=hidden,
        )
        made, settled = by_rules(draft, said)
    closed = {(row["la"], row["child"]) for row in made} | sealed | hidden
    left = [row for row in listed if (row["la"], row["child"]) not in closed]
    shipped = model()
    weighed = weighing.weigh(draft, made, left, shipped)
    links, doubtful, rivals, rank = weighing.proposals(weighed, shipped)
    standing = {**dict.fromkeys(rivals, "rival"), **dict.fromkeys(doubtful, "review"), **dict.fromkeys(links, "linked")}
    standing |= dict.fromkeys(np.flatnonzero(weighed.linked).tolist(), "linked")
    draft.write("link_evidence", weighing.evidence(weighed, standing, rank), order_by=tables.link_evidence.key)
    fresh = [
        dict(zip(("la", "child", "pupil"), name, strict=True))
        | {"method": "likely", "rule": weighing.RULE, "agreed": weighing.agreed(weighed, place)}
        for place, name in zip(links, weighing.names(weighed.table, links), strict=True)
    ]
    plan.give(draft, "links_made", [*made, *fresh])
    draft.write("links", plan.sql(draft, "links_written"), order_by=tables.links.key)
    proposed = Counter(name[:2] for name in weighing.names(weighed.table, doubtful))
    why = {child: (reasons.SEVERAL if count > 1 else reasons.TO_JUDGE).name for child, count in proposed.items()}
    why |= {(row["la"], row["child"]): row["reason"] for row in settled}
    plan.give(draft, "links_settled", [{"la": la, "child": child, "reason": reason} for (la, child), reason in sorted(why.items())])
    draft.write("unlinked", plan.sql(draft, "unlinked_written"), order_by=tables.unlinked.key)
    return said.notes


def gather(draft: Draft) -> set[tuple[str, str]]:
    """The children who must never be linked; lays by what is known of children, pupils and places, and writes `pupil_keys`."""
    records = draft.store.path / "records"
    hidden, numbers = protected.listed(records), protected.numbers(records)
    plan.give(draft, "children_hidden", [{"la": la, "child": child} for la, child in sorted(hidden)])
    plan.give(draft, "link_districts", codes.arrow("districts").select(["district", "la"]))
    plan.define_sightings(draft)
    if numbers:
        draft.engine.lay_by("sightings_shown", protected.without(plan.defined("sightings"), numbers), draft.scratch)
        draft.engine.define("sightings", "SELECT * FROM sightings_shown")
    plan.lay_by(draft, *OF_ALL_RECORDS, *OF_CHILDREN)
    plan.give(draft, "years_held", plan.rows(draft, "years_of_education"))
    loose = draft.engine.value("SELECT count(*) FROM numbers_loose") > 0
    draft.engine.define("sightings_loose", f"SELECT * FROM sightings WHERE {'pmr IS NULL' if loose else 'false'}")
    said = claims(draft)
    sifting.gather(draft)
    plan.lay_by(draft, "near_number", alone=not plan.few(draft))
    plan.lay_by(draft, "near_reference")
    plan.define(draft, "near_exactly")
    bearers = plan.rows(draft, "number_bearers")
    sealed = {row["upn"] for row in plan.rows(draft, "numbers_sealed")}
    plan.give(draft, "number_chains", keys.former_numbers(said, bearers, keys.on_roll_together(said, bearers), sealed))
    plan.lay_by(draft, "numbers_tied")
    draft.write("pupil_keys", plan.sql(draft, "keys_made"), order_by=tables.pupil_keys.key)
    return hidden


def claims(draft: Draft) -> list[dict]:
    """The claims of former UPNs that lead to or from a number of a child, or one on a record without a reference."""
    asked = {
        number for name in ("child_numbers", "numbers_loose") for number in draft.engine.arrow(f"SELECT upn FROM {name}")["upn"].to_pylist()
    }
    said = keys.concerned(plan.rows(draft, "number_claims"), asked)
    upns = sorted({number for row in said for number in (row["former_upn"], row["upn"])})
    plan.give(draft, "numbers_concerned", [{"upn": upn} for upn in upns])
    return said


def by_rules(draft: Draft, said: decisions.Settled, rules: Sequence[exact.Rule] = exact.CASCADE) -> tuple[list[dict], list[dict]]:
    """What people have accepted and the links of the exact rules, and the children whose pairs are not clear."""
    plan.give(draft, "pairs_accepted", said.accepted)
    refused = [dict(zip(("la", "child", "pupil"), pair, strict=True)) for pair in sorted(said.refused)]
    plan.give(draft, "pairs_refused", refused)
    plan.lay_by(draft, "pairs", "pairs_taken", "pairs_people", "pairs_born")
    within = [row for row in plan.rows(draft, "pairs_clashing") if row["la"] == row["other_la"]]
    return cascade.run(rules, plan.rows(draft, "pairs_judged"), within, said.accepted)

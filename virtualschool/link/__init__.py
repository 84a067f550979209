"""Which care record and which pupil are the same child.

`link` ties every child of a return to a pupil, or says why not. First the rules of `exact`, over pairs that share a UPN
(what an identifier means is in `keys`); then whoever is left is weighed against everyone who could be meant (`weighing`:
pairs from `blocks`, levels from `comparisons`, weights and probabilities from `likely`, one to one by `one_to_one`); then a
person (`decisions`). The reasons stand in `reasons`, who may not be linked in `protected`, where a link ends in `orders`.
"""

from collections.abc import Sequence

import ibis
import pyarrow as pa
from ibis import _

from virtualschool import tables
from virtualschool.link import comparisons, exact, reasons, records, unlinked, weighing
from virtualschool.link.ages import age_before_school_year
from virtualschool.link.cascade import run
from virtualschool.link.children import adoptions
from virtualschool.link.exact import Rule
from virtualschool.link.model import model
from virtualschool.link.orders import ends
from virtualschool.link.sources import Sources, gather
from virtualschool.link.together import clashes
from virtualschool.link.workings import lay_by
from virtualschool.store import Draft

__all__ = ["age_before_school_year", "link", "run"]

MADE = pa.schema(
    [*((name, pa.string()) for name in ("la", "child", "pupil", "method", "rule", "agreed"))]
    + [("weight", pa.decimal128(18, 6)), ("probability", pa.decimal128(18, 6))]
)
SETTLED = pa.schema([(name, pa.string()) for name in ("la", "child", "reason")])


def link(draft: Draft, cascade: Sequence[Rule] = exact.CASCADE) -> None:
    """Writes `pupil_keys`, `links`, `link_evidence` and `unlinked`: each child of a header is in `links` or `unlinked`, once."""
    sources = gather(draft)
    made, settled = by_rules(draft, sources, cascade)
    shipped = model()
    listed = unlinked.listed(draft)
    have = {(row["la"], row["child"]) for row in made}
    never = {(row["la"], row["child"]) for row in draft.engine.rows(adoptions())}
    left = [row for row in listed if (row["la"], row["child"]) not in have and (row["la"], row["child"]) not in never]
    weighed = weighing.weigh(draft, sources, made, left, shipped, set())
    links, doubtful, rivals, rank = weighing.proposals(weighed, shipped)
    write(draft, weighed, made, links, doubtful, rivals, rank)
    proposed = dict.fromkeys(names(weighed, doubtful), reasons.TO_JUDGE.name)
    proposed |= dict.fromkeys(weighing.several(weighed, doubtful), reasons.SEVERAL.name)
    clear = proposed | {(row["la"], row["child"]): row["reason"] for row in settled}
    unlinked.write(draft, sources, lay_by(draft, "links_settled", reasons_table(clear)))


def reasons_table(clear: dict[tuple[str, str], str]) -> pa.Table:
    return pa.Table.from_pylist([{"la": la, "child": child, "reason": why} for (la, child), why in sorted(clear.items())], SETTLED)


def names(weighed: weighing.Weighed, places: Sequence[int]) -> list[tuple[str, str]]:
    la, child = weighed.table["la"].to_pylist(), weighed.table["child"].to_pylist()
    return [(la[place], child[place]) for place in places]


def by_rules(draft: Draft, sources: Sources, cascade: Sequence[Rule]) -> tuple[list[dict], list[dict]]:
    """The links of the exact rules, and the children whose pairs are not clear."""
    engine = draft.engine
    pairs = lay_by(draft, "pairs", exact.same_number(sources.seen, sources.keys))
    people = records.people(pairs.select("pupil").distinct(), sources.seen, sources.keys)
    born = lay_by(draft, "pairs_born", comparisons.births(pairs, people, sources.births))
    both = pairs.inner_join(born, comparisons.PAIR)
    judged = engine.rows(both.select(*comparisons.PAIR, **{rule.name: rule.holds(both) for rule in cascade}))
    return run(cascade, judged, engine.rows(clashes(pairs, pairs, sources.stays)))


def write(
    draft: Draft,
    weighed: weighing.Weighed,
    made: Sequence[dict],
    links: Sequence[int],
    doubtful: Sequence[int],
    rivals: Sequence[int],
    rank,
) -> None:
    """The tables `links` and `link_evidence`."""
    standing = dict.fromkeys(rivals, "rival") | dict.fromkeys(doubtful, "review")
    sure = {(row["la"], row["child"], row["pupil"]): row for row in made}
    la, child, pupil = (weighed.table[name].to_pylist() for name in comparisons.PAIR)
    rows = []
    for place in range(len(la)):
        if (row := sure.get((la[place], child[place], pupil[place]))) is not None:
            standing[place] = "linked"
            rows.append((place, row))
    for place in links:
        standing[place] = "linked"
        rows.append(
            (
                place,
                {
                    "la": la[place],
                    "child": child[place],
                    "pupil": pupil[place],
                    "method": "likely",
                    "rule": weighing.RULE,
                    "agreed": weighing.agreed(weighed, place),
                },
            )
        )
    told = weighing.evidence(weighed, standing, rank)
    draft.write("link_evidence", told, order_by=tables.link_evidence.key)
    worked = lay_by(draft, "links_made", pa.Table.from_pylist([row for _place, row in rows], pa.schema(list(MADE)[:6])))
    weights = tables.link_evidence.ibis().filter(_.standing == "linked").select(*comparisons.PAIR, "weight", "probability")
    found = worked.left_join(weights, comparisons.PAIR, rname="w_{name}")
    found = found.left_join(ends(), ["la", "child"], rname="e_{name}")
    draft.write("links", found.select(*tables.links.names), order_by=tables.links.key)

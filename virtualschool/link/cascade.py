"""What a cascade of rules makes of pairs: links, and children left with a reason."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.link import reasons
from virtualschool.link.exact import Rule
from virtualschool.link.orders import ends


def run(
    cascade: Sequence[Rule], pairs: Sequence[Mapping], clashes: Iterable[Mapping], accepted: Iterable[dict] = ()
) -> tuple[list[dict], list[dict]]:
    """What a cascade makes of pairs: the links, and the children it had to leave, with the reason.

    A pair says of each rule whether it holds, under the rule's name. At each rule a child whose pairs are not clear is left for
    good: a weaker rule must not choose where a stronger one could not. Clear means one pupil for the child, and no other child
    of the authority, in care at the same time, for that pupil. What a person has accepted goes before every rule.
    """
    rivals: dict[tuple, set[tuple]] = defaultdict(set)
    for row in clashes:
        rivals[row["la"], row["child"], row["pupil"]].add((row["la"], row["other"], row["pupil"]))
    made: dict[tuple, dict] = {(row["la"], row["child"]): row for row in accepted}
    settled: dict[tuple, str] = {}
    taken: set[tuple] = {(row["la"], row["child"], row["pupil"]) for row in made.values()}
    for rule in cascade:
        offered: dict[tuple, list[str]] = defaultdict(list)
        for row in pairs:
            child = (row["la"], row["child"])
            if row[rule.name] and child not in made and child not in settled:
                offered[child].append(row["pupil"])
        offers = {(*child, pupil) for child, pupils in offered.items() for pupil in pupils}
        fresh = []
        for child, pupils in offered.items():
            offer = (*child, pupils[0])
            if len(pupils) > 1 or rivals[offer] & offers:
                settled[child] = reasons.SEVERAL.name
            elif rivals[offer] & taken:
                settled[child] = reasons.PUPIL_TAKEN.name
            else:
                fresh.append(offer)
        for la, child, pupil in fresh:
            made[la, child] = {"la": la, "child": child, "pupil": pupil, "method": rule.method, "rule": rule.name, "agreed": rule.agreed}
        taken.update(fresh)
    return list(made.values()), [{"la": la, "child": child, "reason": why} for (la, child), why in settled.items()]


def written(made: ibis.Table) -> ibis.Table:
    """The table `links`: what was made, with the weight of its evidence and the day on which it ends."""
    pair = ["la", "child", "pupil"]
    weights = tables.link_evidence.ibis().filter(_.standing == "linked").select(*pair, "weight", "probability")
    found = made.left_join(weights, pair, rname="w_{name}").left_join(ends(), pair[:2], rname="e_{name}")
    return found.select(*tables.links.names)

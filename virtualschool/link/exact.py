"""The exact rules: the same UPN, present or former, or ULN, with birth date and sex, in full or nearly.

A cascade is a list of rules, run in order.

One pass over the education files gathers every pair of a child and a pupil who share a UPN or ULN, and says what agrees in it; a rule
is then a question about a pair. What no rule settles goes on to be weighed (`likely`).
"""

from collections.abc import Callable
from dataclasses import dataclass

import ibis
from ibis import _

from virtualschool.link.records import seen_on


@dataclass(frozen=True)
class Rule:
    """One step of the cascade. `holds` says of a pair whether it may be a link; `agreed` is what agreed, in words."""

    name: str
    agreed: str
    holds: Callable[[ibis.Table], ibis.Value]
    method: str = "exact"


U1 = Rule("U1", "UPN, birth date and sex", lambda pair: pair.current & pair.born)
U1_FORMER = Rule("U1 former", "former UPN, birth date and sex", lambda pair: pair.upn & pair.born)
U2 = Rule("U2", "UPN and birth date; sex differs or is not known", lambda pair: pair.upn & pair.born_any)
U2_NEARLY = Rule("U2 nearly", "UPN and sex; birth date nearly", lambda pair: pair.upn & pair.nearly_born)
# The ULN of an authority's own list, with that of a census. It comes later than the UPN, and is typed in more often.
U1_ULN = Rule("U1 ULN", "ULN, birth date and sex", lambda pair: pair.uln & pair.born)
U2_ULN = Rule("U2 ULN", "ULN and sex; birth date nearly", lambda pair: pair.uln & pair.nearly_born)
U3 = Rule(
    # A school's results list may give UPNs only. Nothing speaks against these links, and nothing but the number for them.
    "U3",
    "UPN; the pupil's records hold no birth date",
    lambda pair: pair.upn & ~pair.birth_known & ~pair.sex_differs,
)

CASCADE = (U1, U1_FORMER, U2, U2_NEARLY, U1_ULN, U2_ULN, U3)


def judged(pairs: ibis.Table, born: ibis.Table) -> ibis.Table:
    """Pairs, and of each rule whether it holds, under the rule's name: la, child, pupil, U1 …"""
    both = pairs.inner_join(born, ["la", "child", "pupil"])
    return both.select("la", "child", "pupil", **{rule.name: rule.holds(both) for rule in CASCADE})


def with_accepted(pairs: ibis.Table, accepted: ibis.Table) -> ibis.Table:
    """The pairs, and those that a person has accepted: la, child, pupil."""
    pair = ("la", "child", "pupil")
    return ibis.union(pairs.select(*pair), accepted.select(*pair), distinct=True)


def same_number(
    seen: ibis.Table, keys: ibis.Table, given: ibis.Table, learners: ibis.Table, hidden: ibis.Table, refused: ibis.Table
) -> ibis.Table:
    """Children and the pupils who bear their UPN now or bore it, or their ULN: la, child, pupil, current (the UPN is the present one),
    upn, uln (which of them it is).

    Without the children of `hidden` (la, child), who are never to be linked, and the pairs that a person has refused.
    """
    pair = ("la", "child", "pupil")
    first = seen.filter(seen.upn.notnull()).mutate(on=seen_on(seen.year, seen.term)).group_by("upn").aggregate(first=_.on.min())
    borne = given.inner_join(first, "upn").filter(_.before.isnull() | (_["first"] < _.before)).select("la", "child", "upn")
    upns, formers = keys.filter(keys.kind == "upn"), keys.filter(keys.kind == "former_upn")
    present = borne.left_join(upns, borne.upn == upns.identifier)
    present = present.select("la", "child", pupil=ibis.coalesce(_.pupil, _.upn)).select(*pair, **agreeing("current", "upn"))
    former = given.inner_join(formers, given.upn == formers.identifier)
    former = former.select(*pair, **agreeing("upn"))
    learning = seen.filter(seen.uln.notnull()).select("uln", "pmr", bearer="upn").distinct().inner_join(learners, "uln")
    learning = learning.left_join(upns, learning.bearer == upns.identifier)
    learning = learning.select("la", "child", pupil=ibis.coalesce(_.pmr, _.pupil, _.bearer)).filter(_.pupil.notnull())
    found = ibis.union(present, former, learning.select(*pair, **agreeing("uln")))
    found = found.anti_join(hidden, ["la", "child"]).anti_join(refused, pair)
    return found.group_by(*pair).aggregate(current=_.current.any(), upn=_.upn.any(), uln=_.uln.any())


def agreeing(*what: str) -> dict[str, ibis.Value]:
    """Of each thing that may agree in a pair, whether it is one of these."""
    return {name: ibis.literal(name in what) for name in ("current", "upn", "uln")}

"""Evidence carried from one framework to another, by the closest match. A match is no equivalence, and nothing is lost: what has no match
is named, so that a person finds it a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from virtualschool.frameworks.framework import Criterion, Framework
from virtualschool.frameworks.indicators import rows

SAME, SHARED, CLOSEST, NOWHERE = "same", "shared figures", "closest", "nowhere"
"""How a place was found: it keeps its id; it shares figures with the old one within what is closest; it is closest; there is none."""


@dataclass(frozen=True)
class Carried:
    """Where evidence of a criterion or judgement goes: criteria or judgements of the other framework."""

    origin: str
    to: tuple[str, ...]
    how: str


@cache
def pairs() -> Mapping[str, tuple[str, ...]]:
    """The places that each judgement's evidence goes to."""
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("crosswalk"):
        found[row["from"]] = (*found.get(row["from"], ()), row["to"])
    return found


def carry(origins: Iterable[str], old: Framework, new: Framework) -> list[Carried]:
    """Where the evidence of criteria and judgements of one framework goes in another, in the same order."""
    return [carried(origin, old, new) for origin in origins]


def carried(origin: str, old: Framework, new: Framework) -> Carried:
    theirs = {one.id: one for one in new.criteria}
    if origin in theirs or origin in new.judgements:
        return Carried(origin, (origin,), SAME)
    own = next((one for one in old.criteria if one.id == origin), None)
    close = closest(own.judgement if own else origin, old, new)
    if not close:
        return Carried(origin, (), NOWHERE)
    if own and (shared := sharing(own, close, new)):
        return Carried(origin, shared, SHARED)
    return Carried(origin, close, CLOSEST)


def closest(judgement: str, old: Framework, new: Framework) -> tuple[str, ...]:
    """The closest places of a judgement, or else of what it is part of; only those that the new framework has."""
    known = {*new.judgements, *(one.id for one in new.criteria)}
    while judgement:
        if found := tuple(place for place in pairs().get(judgement, ()) if place in known):
            return found
        judgement = old.judgements[judgement].within if judgement in old.judgements else ""
    return ()


def sharing(own: Criterion, close: Iterable[str], new: Framework) -> tuple[str, ...]:
    """Of the criteria that are close, or stand under a judgement that is, those that rest on a figure of this one."""
    places = set(close)
    return tuple(one.id for one in new.criteria if {one.id, one.judgement} & places and set(one.figures) & set(own.figures))

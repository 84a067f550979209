"""Samples of plans to be marked twice, blind: seeded, so that the same asks give the same plans, and spread over groups.

A plan's place in the draw is a hash of the seed and its identifier: a plan that is added does not change the order of the others. The
second marker sees no first mark until both are in: `blind` withholds it.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from virtualschool.errors import WrongUse

SHARE = 10
"""Percent of the plans of a term. Chosen here."""
LEAST = 3
"""Plans of each reviewer in a term at least. Chosen here."""


def sample(
    plans: Sequence[Mapping[str, Any]],
    seed: int,
    *,
    by: Sequence[str] = ("school",),
    share: int = SHARE,
    least: int = LEAST,
    reviewer: str = "reviewer",
) -> list[Mapping[str, Any]]:
    """The plans to be marked a second time, in the order of their identifiers.

    `plans` have a key `plan`, the columns of `by` and the reviewer. First every reviewer has `least` (or all, if there are fewer), drawn
    so that each group of `by` comes up before any comes up twice; then the share is filled in the same way from the rest.
    Raises WrongUse for a share that is none, or a column that is not there.
    """
    if not 0 < share <= 100 or least < 0:
        raise WrongUse("Sample", "the share must be from 1 to 100 percent, and the least not below 0.", "Correct it.")
    for column in (*by, reviewer, "plan"):
        if any(column not in plan for plan in plans):
            raise WrongUse(f"Column '{column}'", "not every plan has it.", "Group by columns that all plans have.")
    drawn: dict[str, Mapping[str, Any]] = {}
    for name in sorted({str(plan[reviewer]) for plan in plans}):
        own = [plan for plan in plans if str(plan[reviewer]) == name]
        for plan in spread(own, seed, by)[:least]:
            drawn[plan["plan"]] = plan
    wanted = math.ceil(len(plans) * share / 100)
    for plan in spread([plan for plan in plans if plan["plan"] not in drawn], seed, by):
        if len(drawn) >= wanted:
            break
        drawn[plan["plan"]] = plan
    return [drawn[key] for key in sorted(drawn)]


def spread(plans: Sequence[Mapping[str, Any]], seed: int, by: Sequence[str]) -> list[Mapping[str, Any]]:
    """The plans in an order that goes round the groups: the first of each, then the second of each."""
    groups: dict[tuple, list[Mapping[str, Any]]] = {}
    for plan in sorted(plans, key=lambda one: draw(seed, one["plan"])):
        groups.setdefault(tuple(str(plan[column]) for column in by), []).append(plan)
    ranked = [(place, draw(seed, "|".join(group)), plan) for group, held in groups.items() for place, plan in enumerate(held)]
    return [plan for _, _, plan in sorted(ranked, key=lambda one: one[:2])]


def draw(seed: int, key: str) -> str:
    return hashlib.sha256(f"{seed}|{key}".encode()).hexdigest()


@dataclass(frozen=True)
class DoubleMark:
    """A plan marked by two people, each without the other's mark."""

    plan: str
    first_by: str
    first: str
    second_by: str = ""
    second: str | None = None

    def seen_by(self, person: str) -> dict[str, str | None]:
        """What a person may see of the marks: only their own, until both are in."""
        done = self.second is not None
        return {
            "plan": self.plan,
            "first": self.first if done or person == self.first_by else None,
            "second": self.second if done or person == self.second_by else None,
        }


def mark_second(mark: DoubleMark, by: str, grade: str) -> DoubleMark:
    """The same with its second mark. Raises WrongUse if one person would mark twice, or it is marked already."""
    if by.strip().casefold() == mark.first_by.strip().casefold():
        raise WrongUse(f"Plan {mark.plan}", "the second mark is another person's.", "Ask somebody else.")
    if mark.second is not None:
        raise WrongUse(f"Plan {mark.plan}", "it has both marks.", "Talk about the difference, and record what was agreed.")
    return DoubleMark(mark.plan, mark.first_by, mark.first, by, grade)

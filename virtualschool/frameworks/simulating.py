"""What would cap us: for each judgement, which change of a single other grade would lower what it may have, and which would raise it."""

from collections.abc import Mapping
from dataclasses import dataclass

from virtualschool.frameworks.framework import Framework
from virtualschool.frameworks.judging import check, firing, strength

LOWERS, LIFTS = "lowers", "lifts"


@dataclass(frozen=True)
class Change:
    """One grade changed, and the limit that it sets to another judgement.

    `was` is None for a judgement without a grade; `limit` and `limit_before` are the highest grade of the target afterwards and
    before. Where `strength` is not must, the target is not capped: published outcomes or the framework make it unlikely.
    """

    target: str
    judgement: str
    was: str | None
    becomes: str
    limit_before: str
    limit: str
    rule: str
    strength: str
    way: str


def changes(framework: Framework, given: Mapping[str, str]) -> list[Change]:
    """Every change of a single grade that moves the limit of another judgement; of those to the same limit, the smallest change.

    Raises WrongUse as `judging.judge` does.
    """
    check(framework, given)
    before = limits(framework, given)
    found: list[Change] = []
    for name in framework.judgements:
        was = given.get(name)
        for becomes in framework.grades:
            if becomes == was:
                continue
            after = limits(framework, {**given, name: becomes})
            for (target, strong), (limit, rule) in after.items():
                limit_before, rule_before = before[target, strong]
                if target == name or limit == limit_before:
                    continue
                lower = framework.order(limit) < framework.order(limit_before)
                moved = rule if lower else rule_before
                found.append(Change(target, name, was, becomes, limit_before, limit, moved, strong, LOWERS if lower else LIFTS))
    return smallest(framework, found)


def smallest(framework: Framework, found: list[Change]) -> list[Change]:
    """Of changes of one judgement that set one limit, the one that is nearest to what the grade was, or the highest where it had none."""
    kept: dict[tuple[str, ...], Change] = {}
    for one in found:
        key = (one.target, one.judgement, one.limit, one.strength, one.way)
        if key not in kept or step(framework, one) < step(framework, kept[key]):
            kept[key] = one
    return list(kept.values())


def step(framework: Framework, one: Change) -> int:
    return abs(framework.order(one.becomes) - (framework.order(one.was) if one.was else len(framework.grades)))


def limits(framework: Framework, given: Mapping[str, str]) -> dict[tuple[str, str], tuple[str, str]]:
    """The highest grade that the rules of each strength leave to each judgement, and the rule that sets it ('' where none does)."""
    highest = list(framework.grades)[-1]
    targets = {(rule.target, strength(rule)) for rule in framework.rules if rule.max_grade}
    found = dict.fromkeys(sorted(targets), (highest, ""))
    for rule in firing(framework, given):
        key = (rule.target, strength(rule))
        if rule.max_grade and framework.order(rule.max_grade) < framework.order(found[key][0]):
            found[key] = (rule.max_grade, rule.id)
    return found

"""The rules of a framework applied to grades: what they cap, what they warn of, what may still be recorded.

Nothing here gives a grade, least of all an overall one. Must rules cap; likely, observed and may rules warn. Judgements without a grade
match no rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from virtualschool.errors import WrongUse, nearest
from virtualschool.frameworks.framework import EVERY_AREA, OVERALL, STRENGTHS, Framework, Rule

UNCONFIRMED = "unconfirmed"
"""The strength that is told of a must rule which nobody has confirmed."""


@dataclass(frozen=True)
class Cap:
    """The highest grade that a must rule leaves to a judgement."""

    rule: Rule
    target: str
    max_grade: str


@dataclass(frozen=True)
class Broken:
    """A grade that was given against a must rule. `missing` are the areas without a grade that it has to rest on."""

    rule: Rule
    target: str
    grade: str
    max_grade: str = ""
    missing: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        if self.missing:
            return f"{self.target} has a grade, and these have none: {', '.join(self.missing)}. {self.rule.words}"
        return f"{self.target} is {self.grade}, and may be {self.max_grade} at best. {self.rule.words}"


@dataclass(frozen=True)
class Judged:
    """What the rules say of grades. `required` pairs a rule with the areas that still have no grade."""

    framework: Framework
    given: Mapping[str, str]
    caps: tuple[Cap, ...]
    warnings: tuple[Rule, ...]
    flags: tuple[Rule, ...]
    required: tuple[tuple[Rule, tuple[str, ...]], ...]
    broken: tuple[Broken, ...]
    allowed: Mapping[str, list[str]]

    def to_json(self) -> dict[str, Any]:
        """As the command prints it. There is no overall grade in it, unless one was given."""
        return {
            "framework": self.framework.id,
            "caps": [{"rule": cap.rule.id, "target": cap.target, "max_grade": cap.max_grade, "words": cap.rule.words} for cap in self.caps],
            "warnings": [
                {
                    "rule": rule.id,
                    "strength": strength(rule),
                    "prompt": rule.said,
                    "target": rule.target,
                    "max_grade": rule.max_grade or None,
                }
                for rule in self.warnings
            ],
            "allowed": {target: list(grades) for target, grades in self.allowed.items()},
            "broken": [
                {
                    "rule": one.rule.id,
                    "target": one.target,
                    "grade": one.grade,
                    "max_grade": one.max_grade or None,
                    "missing": list(one.missing),
                    "words": one.words,
                }
                for one in self.broken
            ],
            "required": [
                {"rule": rule.id, "target": rule.target, "requires": list(rule.requires), "missing": list(missing)}
                for rule, missing in self.required
            ],
            "flags": [{"rule": rule.id, "flag": rule.flag, "confirmed": rule.confirmed, "prompt": rule.said} for rule in self.flags],
        }


def judge(framework: Framework, given: Mapping[str, str]) -> Judged:
    """What the rules of a framework say of grades by judgement.

    Raises WrongUse for judgements and grades that the framework does not have, and for one that is not held.
    """
    check(framework, given)
    fired = list(firing(framework, given))
    ids = {rule.id for rule in fired}
    spoken = [rule for rule in fired if not ids & set(rule.unless)]
    caps = tuple(Cap(rule, rule.target, rule.max_grade) for rule in fired if rule.binds and rule.max_grade)
    required = tuple(
        (rule, tuple(name for name in framework.areas_of(rule.target) if name not in given) if EVERY_AREA in rule.requires else ())
        for rule in fired
        if rule.binds and rule.requires
    )
    return Judged(
        framework=framework,
        given=given,
        caps=caps,
        warnings=tuple(rule for rule in spoken if not rule.binds and not rule.flag),
        flags=tuple(rule for rule in spoken if rule.flag),
        required=required,
        broken=tuple(broken(framework, given, caps, required)),
        allowed={name: allowed(framework, name, caps) for name in framework.judgements},
    )


def firing(framework: Framework, given: Mapping[str, str]) -> Iterator[Rule]:
    """The rules that hold of grades, the firmest first."""
    for rule in sorted(framework.rules, key=lambda rule: STRENGTHS.index(rule.strength)):
        if rule.matches(given):
            yield rule


def allowed(framework: Framework, target: str, caps: tuple[Cap, ...]) -> list[str]:
    """The grades that caps leave to a judgement, the lowest first."""
    at_best = min((framework.order(cap.max_grade) for cap in caps if cap.target == target), default=len(framework.grades) - 1)
    return list(framework.grades)[: at_best + 1]


def broken(
    framework: Framework, given: Mapping[str, str], caps: tuple[Cap, ...], required: tuple[tuple[Rule, tuple[str, ...]], ...]
) -> Iterator[Broken]:
    for cap in caps:
        grade = given.get(cap.target)
        if grade is not None and framework.order(grade) > framework.order(cap.max_grade):
            yield Broken(cap.rule, cap.target, grade, cap.max_grade)
    for rule, missing in required:
        if missing and rule.target in given:
            yield Broken(rule, rule.target, given[rule.target], missing=missing)


def strength(rule: Rule) -> str:
    return rule.strength if rule.confirmed or rule.strength != "must" else UNCONFIRMED


def check(framework: Framework, given: Mapping[str, str]) -> None:
    """Raises WrongUse that names every judgement and grade which the framework does not have, and all that it has."""
    if not framework.held:
        raise WrongUse(f"Framework '{framework.id}'", "it is not held: only its judgements are named.", "Choose another.")
    wrong = []
    for name, grade in given.items():
        if name not in framework.judgements and framework.overall is None and name.endswith(f".{OVERALL}"):
            wrong.append(f"{name} is no judgement of it: {framework.overall_note.rstrip('.')}")
        elif name not in framework.judgements:
            near = nearest(name, framework.judgements, 1)
            wrong.append(f"there is no judgement '{name}'" + (f" (did you mean {near[0]}?)" if near else ""))
        elif grade not in framework.grades:
            wrong.append(f"'{grade}' of {name} is no grade")
    if wrong:
        known = f"Judgements: {', '.join(framework.judgements)}. Grades: {', '.join(framework.grades)}."
        raise WrongUse(f"Grades for {framework.id}", f"{'; '.join(wrong)}.", known)

"""Grading profiles: an authority's own cut-offs, which turn rule outcomes into a suggestion for a person, never into a grade.

What cannot be told makes the suggestion a range: the best that it could be were all of it met, and the worst were none.
"""

import pathlib
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from virtualschool.errors import Unreadable, WrongUse, unknown
from virtualschool.plans.rules import CANNOT_TELL, NOT_MET, SEVERITIES, Outcome, by_id


@dataclass(frozen=True)
class Step:
    grade: str
    most: Mapping[str, int] = field(default_factory=dict)

    def holds(self, counts: Mapping[str, int]) -> bool:
        return all(counts.get(name, 0) <= number for name, number in self.most.items())


@dataclass(frozen=True)
class Profile:
    """`grades` and `steps` stand best first; `sections` names the letters of the rules of each, where a plan is judged by sections."""

    name: str
    version: int
    title: str
    basis: str
    grades: tuple[str, ...]
    steps: tuple[Step, ...]
    guard: str
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roll_up: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """What a profile suggests to the person who grades. `best` and `worst` differ where rules cannot be told."""

    profile: str
    version: int
    best: str
    worst: str
    sections: Mapping[str, tuple[str, str]]
    not_met: Mapping[str, int]
    cannot_tell: int

    @property
    def words(self) -> str:
        held = self.best if self.best == self.worst else f"{self.worst} to {self.best}"
        return f"{held}: a suggestion for a person to decide on, by profile {self.profile} version {self.version}"

    def to_json(self) -> dict[str, Any]:
        return {
            "profile": self.profile,
            "version": self.version,
            "best": self.best,
            "worst": self.worst,
            "sections": {name: {"best": best, "worst": worst} for name, (best, worst) in self.sections.items()},
            "not_met": dict(self.not_met),
            "cannot_tell": self.cannot_tell,
            "grade": None,
            "note": "A suggestion. A named person gives the grade.",
        }


@dataclass(frozen=True)
class Given:
    """A grade as a person gave it, with what had been suggested and why it differs."""

    grade: str
    by: str
    reason: str
    suggestion: Suggestion


@cache
def profiles() -> dict[str, Profile]:
    """The profiles that come with the program, by name."""
    return parsed((resources.files("virtualschool.plans") / "profiles.toml").read_text(encoding="utf-8"), "profiles.toml")


def read_profiles(file: pathlib.Path) -> dict[str, Profile]:
    """The profiles of an authority's own file. Raises Unreadable where it is none."""
    try:
        return parsed(file.read_text(encoding="utf-8"), file.name)
    except FileNotFoundError as fault:
        raise Unreadable(f"File {file}", "there is no such file.", "Name a TOML file of profiles.") from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise Unreadable(f"File {file}", "it cannot be read as text.", "Write it in UTF-8.") from fault


def named(name: str) -> Profile:
    """The profile of a name, or the first of a file whose path it is. Raises WrongUse where there is neither."""
    if name.endswith(".toml"):
        return next(iter(read_profiles(pathlib.Path(name)).values()))
    if name not in profiles():
        raise unknown("Profile", name, profiles())
    return profiles()[name]


def parsed(text: str, file: str) -> dict[str, Profile]:
    try:
        held = tomllib.loads(text).get("profiles", [])
    except tomllib.TOMLDecodeError as fault:
        raise Unreadable(f"File {file}", f"it is not TOML: {fault}.", "Correct it.") from fault
    if not held:
        raise Unreadable(f"File {file}", "it has no profile.", "Write [[profiles]] with name, version, grades and steps.")
    made: dict[str, Profile] = {}
    for number, one in enumerate(held, 1):
        where = f"File {file}, profile {one.get('name', number)}"
        lacking = [key for key in ("name", "version", "grades", "steps") if key not in one]
        if lacking:
            raise Unreadable(where, f"it has no {' or '.join(lacking)}.", "Add it.")
        profile = Profile(
            name=one["name"],
            version=one["version"],
            title=one.get("title", one["name"]),
            basis=one.get("basis", ""),
            grades=tuple(one["grades"]),
            steps=steps_of(one["steps"], where, one["grades"], SEVERITIES),
            guard=one.get("guard", ""),
            sections={name: tuple(letters) for name, letters in one.get("sections", {}).items()},
            roll_up=steps_of(one.get("roll_up", []), where, one["grades"], one["grades"]),
        )
        if bool(profile.sections) != bool(profile.roll_up):
            raise Unreadable(where, "sections and roll_up go together.", "Give both or neither.")
        made[profile.name] = profile
    return made


def steps_of(held: Sequence[Mapping[str, Any]], where: str, grades: Sequence[str], counted: Sequence[str]) -> tuple[Step, ...]:
    """The steps, best first, the last of which always holds."""
    steps = tuple(Step(one["grade"], dict(one.get("most", {}))) for one in held)
    if not steps:
        return steps
    if [step.grade for step in steps] != list(grades):
        raise Unreadable(where, "its steps are not its grades, best first.", f"Write a step for each of {', '.join(grades)}.")
    for step in steps:
        if wrong := [name for name in step.most if name not in counted]:
            raise Unreadable(where, f"nothing is counted as {', '.join(wrong)}.", f"Write one of {', '.join(counted)}.")
    if steps[-1].most:
        raise Unreadable(where, "its last step must always hold.", "Take `most` from it.")
    return steps


def suggest(outcomes: Sequence[Outcome], profile: Profile) -> Suggestion:
    """What the profile suggests for a plan's outcomes."""
    failed = Counter(by_id()[one.rule].severity for one in outcomes if one.state == NOT_MET)
    open_ = sum(one.state == CANNOT_TELL for one in outcomes)
    if not profile.sections:
        best, worst = (first(profile.steps, counts(outcomes, states)) for states in ((NOT_MET,), (NOT_MET, CANNOT_TELL)))
        return Suggestion(profile.name, profile.version, best, worst, {}, dict(failed), open_)
    sections = {}
    for name, letters in profile.sections.items():
        own = [one for one in outcomes if one.rule[4] in letters]
        best, worst = (first(profile.steps, counts(own, states)) for states in ((NOT_MET,), (NOT_MET, CANNOT_TELL)))
        sections[name] = (best, worst)
    best = first(profile.roll_up, Counter(one for one, _ in sections.values()))
    worst = first(profile.roll_up, Counter(one for _, one in sections.values()))
    return Suggestion(profile.name, profile.version, best, worst, sections, dict(failed), open_)


def counts(outcomes: Sequence[Outcome], states: tuple[str, ...]) -> Counter[str]:
    return Counter(by_id()[one.rule].severity for one in outcomes if one.state in states)


def first(steps: Sequence[Step], counts: Mapping[str, int]) -> str:
    return next(step.grade for step in steps if step.holds(counts))


def give(profile: Profile, suggestion: Suggestion, grade: str, by: str, reason: str = "") -> Given:
    """The grade that a person gives.

    Raises WrongUse without a name, for an unknown grade, for a move without a reason or of more than one step from what was suggested,
    and for the best grade where a critical rule is not met.
    """
    if grade not in profile.grades:
        raise unknown("Grade", grade, profile.grades)
    if not by.strip():
        raise WrongUse("Grade", "a grade is given by a named person.", "Say who gives it.")
    place, best, worst = (profile.grades.index(one) for one in (grade, suggestion.best, suggestion.worst))
    if suggestion.not_met.get("critical") and place == 0:
        raise WrongUse(
            f"Grade '{grade}'", "a critical rule is not met, so it cannot be the best grade.", "Mend the plan first, or give another grade."
        )
    if not best <= place <= worst:
        if not best - 1 <= place <= worst + 1:
            raise WrongUse(
                f"Grade '{grade}'",
                "it is more than one step from what the rules suggest.",
                "Give one nearer, or overrule single rules with a reason.",
            )
        if not reason.strip():
            raise WrongUse(f"Grade '{grade}'", "it differs from what the rules suggest.", "Write the reason.")
    return Given(grade, by.strip(), reason.strip(), suggestion)

"""The rules of a plan's quality as objects: what each asks, by whom it is judged, and what to add; see rules.toml."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from virtualschool.errors import WrongUse, unknown

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = "met", "not met", "cannot tell", "does not apply"
STATES = (MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY)
SEVERITIES = ("critical", "major", "minor", "info")


@dataclass(frozen=True)
class Rule:
    """One rule. `judged_by` has program, words or person; `needs` are tables and columns of the files of plans; `prompt` is for the
    person who reviews it; `theme` is what inspectors call it where it is missing."""

    id: str
    title: str
    words: str
    judged_by: tuple[str, ...]
    needs: tuple[str, ...]
    severity: str
    basis: tuple[str, ...]
    source: tuple[str, ...]
    add: str
    theme: str = ""
    note: str = ""
    prompt: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one rule says of one plan: a state, why in plain words, and what to add where it is not met or cannot be told."""

    rule: str
    state: str
    said: str
    add: str = ""

    def to_json(self) -> dict[str, str]:
        rule = by_id()[self.rule]
        return {
            "rule": self.rule,
            "title": rule.title,
            "severity": rule.severity,
            "outcome": self.state,
            "said": self.said,
            "add": self.add,
            "prompt": rule.prompt,
        }


@dataclass(frozen=True)
class Settings:
    """The limits of an authority; `defaults` are those of rules.toml, with the basis of each beside it there."""

    initiate_working_days: int
    first_review_working_days: int
    change_of_school_working_days: int
    document_working_days: int
    age_from_years: int
    age_to_year_group: int
    sdq_concern_score: int
    min_targets: int
    max_targets: int
    similarity_threshold: float
    attendance_action_below: int
    attendance_reviewed_below: int
    carer_words: int
    history_gap_school_days: int
    reduced_timetable_weeks: int
    school_days_to_provision: int
    transfer_school_days: int

    def with_own(self, own: dict[str, Any]) -> "Settings":
        """The same with an authority's own values. Raises WrongUse for a setting that there is not."""
        for name, value in own.items():
            if name not in self.__dataclass_fields__:
                raise unknown("Setting", name, self.__dataclass_fields__)
            if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
                raise WrongUse(f"Setting '{name}'", "its value must be a number, and none below 0.", "Correct it.")
        return replace(self, **own)


@cache
def held() -> dict[str, Any]:
    return tomllib.loads((resources.files("virtualschool.plans") / "rules.toml").read_text(encoding="utf-8"))


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the list."""
    lists = ("judged_by", "needs", "basis", "source")
    made = []
    for held_rule in held()["rules"]:
        values: dict[str, Any] = dict(held_rule)
        for name in lists:
            values[name] = tuple([values[name]] if isinstance(values[name], str) else values[name])
        made.append(Rule(**values))
    return tuple(made)


@cache
def by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in all_rules()}


@cache
def defaults() -> Settings:
    return Settings(**held()["settings"])


def version() -> int:
    return held()["version"]

"""An inspection framework: its judgements, criteria, grades, rules and states, as its file says them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

STRENGTHS = ("must", "likely", "observed", "may")
"""How firmly a rule stands. must: its source leaves no choice; likely: the source says so; observed: read in no framework but in the
published outcomes; may: the source says that it can happen. Only a must caps a grade."""
PROPOSED, CONSULTED, CONFIRMED, IN_FORCE, ENDED = "proposed", "consulted", "confirmed", "in force", "ended"
STATES = (PROPOSED, CONSULTED, CONFIRMED, IN_FORCE, ENDED)
OVERALL = "overall"
EVERY_AREA, REASON = "every area graded", "reason written"
"""What a rule can require before a grade is recorded."""


@dataclass(frozen=True)
class Criterion:
    """What good looks like, in our words.

    `figures` names indicators, `evidence` the kinds of evidence beside them; `national` is an outcome or enabler of the national
    framework (our own tag), `share` the percentage of published reports that touch the theme.
    """

    id: str
    words: str
    judgement: str
    figures: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    national: str = ""
    share: int | None = None
    written_in: str = ""


@dataclass(frozen=True)
class Judgement:
    """Something that gets a grade. `within` is the judgement that it is part of; `apart_from` the one that it was once a part of."""

    id: str
    title: str
    role: str = ""
    within: str = ""
    note: str = ""
    derived_from: tuple[str, ...] = ()
    apart_from: str = ""
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Condition:
    """Holds where at least `at_least` of `judgements` have one of `grades`, or where the one judgement differs from another."""

    judgements: tuple[str, ...]
    grades: frozenset[str] = frozenset()
    at_least: int = 1
    differs_from: str = ""

    def holds(self, given: Mapping[str, str], target: str) -> bool:
        """Whether it holds of these grades. A judgement without a grade never matches; nor does the rule's own target under `x.*`."""
        if self.differs_from:
            own, other = given.get(self.judgements[0]), given.get(self.differs_from)
            return own is not None and other is not None and own != other
        return sum(given[name] in self.grades for name in self.named(given, target)) >= self.at_least

    def named(self, given: Mapping[str, str], target: str) -> list[str]:
        """The judgements with a grade that it asks about."""
        named = [
            name
            for name in given
            for asked in self.judgements
            if name == asked or (asked.endswith(".*") and name.startswith(asked[:-1]) and name != target)
        ]
        return list(dict.fromkeys(named))


@dataclass(frozen=True)
class Rule:
    """What the grades of some judgements mean for another, the `target`."""

    id: str
    strength: str
    words: str
    source: str
    target: str = ""
    max_grade: str = ""
    flag: str = ""
    prompt: str = ""
    requires: tuple[str, ...] = ()
    counted: str = ""
    caution: str = ""
    unless: tuple[str, ...] = ()
    confirmed: bool = True
    always: bool = False
    any: tuple[Condition, ...] = ()
    all: tuple[Condition, ...] = ()

    @property
    def binds(self) -> bool:
        """Whether it narrows what may be recorded. What nobody has confirmed never does."""
        return self.strength == "must" and self.confirmed

    def matches(self, given: Mapping[str, str]) -> bool:
        if self.any and not any(condition.holds(given, self.target) for condition in self.any):
            return False
        if self.all and not all(condition.holds(given, self.target) for condition in self.all):
            return False
        return bool(self.any or self.all or self.always)

    @property
    def said(self) -> str:
        """What a person is told when it fires."""
        told = [self.prompt or self.words, f"Counted: {self.counted}." if self.counted else ""]
        told += [] if self.confirmed else [f"Not confirmed, so it binds nothing. {self.caution}".strip()]
        return " ".join(filter(None, told))


@dataclass(frozen=True)
class State:
    """From when a framework is proposed, consulted, confirmed, in force or ended.

    `since` is the date as it is known: 2012, 2009-06 or 2026-04-01. It counts from its first day, which is `first`.
    `needs` and `under` are the types of inspection, and the frameworks, that an authority has to have had before.
    """

    state: str
    since: str
    first: date
    last: date
    source: str
    note: str = ""
    needs: tuple[str, ...] = ()
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class Framework:
    """One edition. Of one `family` and `subject` a later edition takes the earlier one's place when it comes into force.

    `grades` are the lowest first, with their labels. Where it is not `held` only its judgements are named.
    """

    id: str
    title: str
    edition: str
    subject: str
    family: str
    grades: Mapping[str, str]
    sources: Mapping[str, str]
    states: tuple[State, ...]
    judgements: Mapping[str, Judgement]
    rules: tuple[Rule, ...] = ()
    held: bool = True
    note: str = ""
    overall_note: str = ""
    best_fit: str = ""
    criteria_basis: str = ""
    criteria_read: bool = False
    national: Mapping[str, str] = field(default_factory=dict)
    care_leavers_focus: tuple[str, ...] = ()

    @property
    def overall(self) -> Judgement | None:
        """The overall judgement; None in a framework that gives none."""
        return next((one for one in self.judgements.values() if one.role == OVERALL), None)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(criterion for judgement in self.judgements.values() for criterion in judgement.criteria)

    def state(self, name: str) -> State | None:
        return next((one for one in self.states if one.state == name), None)

    def order(self, grade: str) -> int:
        """The place of a grade, 0 for the lowest."""
        return list(self.grades).index(grade)

    def up_to(self, grade: str) -> list[str]:
        """The grades up to one, the lowest first."""
        return list(self.grades)[: self.order(grade) + 1]

    def areas_of(self, judgement: str) -> Sequence[str]:
        """What a judgement is derived from: the areas named for it."""
        return self.judgements[judgement].derived_from

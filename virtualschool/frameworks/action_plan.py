"""The action plan: priorities, who does what by when, the measure that is to move, milestones, and what came of it.

Plain values that pages, the annual report and files share. An action keeps its place when it is closed: it is done with evidence, or
carried forward or dropped with a reason, and never deleted. Progress is read from the figures with their doubt (`progress`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from virtualschool import measures
from virtualschool.benchmarks import targets
from virtualschool.benchmarks.estimate import ENOUGH
from virtualschool.errors import WrongUse, unknown
from virtualschool.frameworks.indicators import INDICATORS
from virtualschool.frameworks.loading import frameworks

OPEN, DONE, CARRIED, DROPPED = "open", "done", "carried forward", "dropped"
STATES = (OPEN, DONE, CARRIED, DROPPED)
PERSON, EVIDENCE_GAP, EXCEPTION, FAILING, RECOMMENDATION, LAST_YEAR = (
    "person", "evidence gap", "exception", "failing", "recommendation", "last year",
)  # fmt: skip
ORIGINS = (PERSON, EVIDENCE_GAP, EXCEPTION, FAILING, RECOMMENDATION, LAST_YEAR)
"""What an action was drawn from. However it came, a person took it on."""
MET, MISSED, CANNOT_TELL = targets.MET, targets.MISSED, targets.CANNOT_TELL
NOT_YET, NO_FIGURE, HIDDEN, NO_TARGET, TOO_FEW = "no figure yet", "no figure", "hidden", "no target", targets.TOO_FEW
VERDICTS = (MET, MISSED, CANNOT_TELL, TOO_FEW, NOT_YET, NO_FIGURE, HIDDEN, NO_TARGET)


@dataclass(frozen=True)
class Milestone:
    words: str
    due: date
    done: date | None = None

    def is_late(self, today: date) -> bool:
        return self.done is None and today > self.due


@dataclass(frozen=True)
class Reading:
    """The figure of an action's measure as it was read last: from a snapshot, on a day. Numbers are as they were published."""

    year: int
    value: float | None
    low: float | None
    high: float | None
    pupils: int | None
    symbol: str
    snapshot: str
    read: date


@dataclass(frozen=True)
class Action:
    """One action of an authority's plan of a school `year`.

    `criteria` are those of frameworks that it answers, `indicators` those of `indicators.csv`, `measure` the measure of this program that
    is to move from `baseline` (of `baseline_year`) to `target` (by `target_year`), in the unit that is published. `impact` says what
    changed for children, `evidence` how that is known, `note` why it was carried forward or dropped.
    """

    id: str
    la: str
    year: int
    priority: str
    words: str
    owner: str
    due: date
    start: date | None = None
    criteria: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    measure: str = ""
    baseline: Decimal | None = None
    baseline_year: int | None = None
    target: Decimal | None = None
    target_year: int | None = None
    success: str = ""
    """How it will be known that it worked, in words; for what no measure can say."""
    milestones: tuple[Milestone, ...] = ()
    support: str = ""
    resource: str = ""
    risk: str = ""
    board: str = ""
    """Where it is reported to."""
    origin: str = PERSON
    drawn_from: str = ""
    status: str = OPEN
    closed: date | None = None
    impact: str = ""
    evidence: str = ""
    note: str = ""
    carried_to: str = ""
    reading: Reading | None = None

    def is_late(self, today: date) -> bool:
        return self.status == OPEN and today > self.due

    def late_milestones(self, today: date) -> list[Milestone]:
        return [one for one in self.milestones if self.status == OPEN and one.is_late(today)]

    @property
    def unit(self) -> str:
        return measures.named(self.measure).unit if self.measure else ""


@dataclass(frozen=True)
class Progress:
    """Whether an action's measure reached its target, with its doubt, and that in a sentence."""

    verdict: str
    sentence: str


@dataclass(frozen=True)
class Plan:
    """An authority's actions of every year that is held, in order."""

    la: str
    actions: tuple[Action, ...] = field(default=())

    def of(self, year: int) -> list[Action]:
        return [one for one in self.actions if one.year == year]

    def priorities(self, year: int) -> dict[str, list[Action]]:
        """The actions of a year by priority, both in the order of the plan."""
        found: dict[str, list[Action]] = {}
        for one in self.of(year):
            found.setdefault(one.priority, []).append(one)
        return found

    @property
    def years(self) -> list[int]:
        return sorted({one.year for one in self.actions})


# --- Recording ---


def checked(action: Action) -> Action:
    """The action, if it can be recorded. Raises WrongUse that names the first fault.

    One lead and a day; a criterion and an indicator or measure; done only with evidence and what changed; carried forward or dropped
    only with a reason.
    """
    for name, words in (("priority", "Priority"), ("words", "Action"), ("owner", "Owner")):
        if not getattr(action, name).strip():
            raise WrongUse(words, "it is empty.", "Fill it in.")
    _one_of("Status", action.status, STATES)
    _one_of("Origin", action.origin, ORIGINS)
    known = {one.id for framework in frameworks().values() for one in framework.criteria}
    known |= {name for framework in frameworks().values() for name in framework.judgements}
    for criterion in action.criteria:
        _one_of("Criterion", criterion, known)
    for indicator in action.indicators:
        _one_of("Indicator", indicator, INDICATORS)
    if not action.criteria:
        raise WrongUse("Criterion", "none is named.", "Name at least one that the action answers.")
    if not (action.indicators or action.measure or action.success.strip()):
        raise WrongUse("Measure", "nothing says how it will be known that it worked.", "Choose a measure or indicator, or say it in words.")
    if action.start and action.start > action.due:
        raise WrongUse("Due", "it is before the first day.", "Give a later day.")
    _measured(action)
    for milestone in action.milestones:
        if not milestone.words.strip():
            raise WrongUse("Milestone", "it has no words.", "Say what will have happened by then.")
    if action.status == DONE and not (action.evidence.strip() and action.impact.strip()):
        raise WrongUse("Status", "it has no evidence, or not what changed for children.", "Give both, or leave the action open.")
    if action.status in (CARRIED, DROPPED) and not action.note.strip():
        raise WrongUse("Reason", "it is empty.", f"Say why it is {action.status}.")
    if (action.status == OPEN) != (action.closed is None):
        raise WrongUse("Closed", "an open action has no closing day, and a closed one has.", "Put status and day right.")
    return action


def _measured(action: Action) -> None:
    if not action.measure:
        if action.target is not None:
            raise WrongUse("Target", "there is no measure that it is of.", "Choose the measure, or say in words how success is known.")
        return
    measure = measures.named(action.measure)
    if action.target is None:
        return
    if measure.better == "neither":
        raise WrongUse(
            f"Measure '{measure.name}'", "neither more nor less of it is better, so no target can be met.", "Choose another measure."
        )
    if action.target_year is None:
        raise WrongUse("Target", "it has no year.", "Say by which year's figure it is to be met.")
    if why := measure.why_not(action.target_year):
        raise WrongUse(f"{measure.name} in {action.target_year}", why, "Choose another year.")
    if measure.unit == "percent" and measure.counts == "pupils" and not 0 <= action.target <= 100:
        raise WrongUse(f"Target '{action.target}'", "this is not a percentage.", "Write it from 0 to 100.")


# --- Progress ---


def progress(action: Action, reading: Reading | None = None) -> Progress:
    """Whether the figure of the target's year met it: met, missed or cannot tell, by its whole 95% interval; or why there is no answer.

    `reading` is the figure to go by; else the one that was read last is.
    """
    reading = reading or action.reading
    if not action.measure or action.target is None or action.target_year is None:
        return Progress(NO_TARGET, f"To be known by: {action.success}" if action.success else "No measure with a target is set.")
    measure = measures.named(action.measure)
    mark = f"the target of {_number(action.target)}{_unit(measure.unit)} in {action.target_year}"
    if reading is None or reading.year < action.target_year:
        stands = f" In {reading.year} it stood at {_stood(reading, measure.unit)}." if reading and reading.value is not None else ""
        return Progress(NOT_YET, f"{measure.title}: there is no figure of {action.target_year} yet to set beside {mark}.{stands}")
    stood = _stood(reading, measure.unit)
    if reading.value is None:
        hidden = reading.symbol == "c"
        why = "hidden, because it is about few children" if hidden else "not there"
        return Progress(HIDDEN if hidden else NO_FIGURE, f"{measure.title}: the figure of {reading.year} is {why}.")
    if reading.pupils is None or reading.pupils < ENOUGH:
        return Progress(TOO_FEW, f"{measure.title}: {stood} in {reading.year}, of fewer than {ENOUGH} children, so nothing is concluded.")
    if reading.low is None or reading.high is None:
        return Progress(CANNOT_TELL, f"{measure.title}: {stood} in {reading.year}, beside {mark}. Its doubt is not known.")
    better = 1 if measure.better == "higher" else -1
    worst, best = sorted((better * reading.low, better * reading.high))
    goal = better * float(action.target)
    if worst >= goal:
        return Progress(MET, f"{measure.title}: {stood} in {reading.year}, the whole interval at {mark} or better.")
    if best < goal:
        return Progress(MISSED, f"{measure.title}: {stood} in {reading.year}, the whole interval short of {mark}.")
    return Progress(CANNOT_TELL, f"{measure.title}: {stood} in {reading.year}; chance alone can have put it on either side of {mark}.")


def reading_of(row: Mapping[str, Any], snapshot: str, day: date) -> Reading:
    """A published row (`figures --format json`) as a reading."""
    plain = {name: row[name] for name in ("year", "value", "low", "high", "pupils")}
    return Reading(**plain, symbol=row["symbol"] or "", snapshot=snapshot, read=day)


def counted(actions: Iterable[Action], today: date) -> dict[str, int]:
    """How many actions are open, late, done, carried forward and dropped."""
    listed = list(actions)
    counts = {state: sum(one.status == state for one in listed) for state in STATES}
    return {**counts, "late": sum(one.is_late(today) for one in listed)}


def without_measure(actions: Sequence[Action]) -> list[Action]:
    """Those of which no figure can say whether they worked."""
    return [one for one in actions if not one.measure and not one.indicators]


def _stood(reading: Reading, unit: str) -> str:
    if reading.value is None:
        return "no figure"
    doubt = f" (95% interval {reading.low:g} to {reading.high:g})" if reading.low is not None and reading.high is not None else ""
    return f"{reading.value:g}{_unit(unit)}{doubt}"


def _unit(unit: str) -> str:
    return "%" if unit == "percent" else ""


def _number(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _one_of(what: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise unknown(what, value, known)

"""What can be said of a child's progress from starting points: change is declared only where the evidence passes a stated minimum.

The minimum is data (`progress_rules.toml`). A finding keeps what it rests on and why it says no more: no starting point, one record
only, too soon, too small a change, one source. Numbers stay exact; wording is in `reports.progress_words`.
"""

import datetime
import functools
import itertools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import resources
from typing import Any

from virtualschool.plans.progress_ways import Kind, Way, kinds, ways

BETTER, SAME, WORSE, MIXED, DIFFER = "better", "same", "worse", "mixed", "seen differently"
TOO_SOON, NOT_ENOUGH, TOLD, NOTHING = "too soon", "not enough evidence", "told", "nothing recorded"
NO_START, ONE_RECORD, ONE_SOURCE, TOO_SMALL, OTHER_WAY = "no start", "one record", "one source", "too small", "recorded otherwise"
"""Why nothing is declared."""


@dataclass(frozen=True)
class Record:
    """One record of a child: its kind, values as kept, and the number by which it is found again. `source` says who tells of it."""

    kind: str
    values: Mapping[str, Any]
    number: int = 0
    by: str = ""

    @property
    def definition(self) -> Kind:
        return kinds()[self.kind]

    @property
    def on(self) -> datetime.date:
        return self.definition.on(self.values)

    @property
    def source(self) -> str:
        return str(self.values.get("source", ""))


@dataclass(frozen=True)
class Indicator:
    """What is set side by side over time: a value of one kind of record, in its unit, with the least change that counts."""

    name: str
    way: str
    title: str
    child: str
    kind: str
    better: str
    unit: str
    value: str = ""
    part: str = ""
    whole: str = ""
    times: int = 1
    least: int = 0
    share: str = ""
    least_whole: int = 0
    series: tuple[str, ...] = ()
    comparable: str = ""
    by: str = ""
    source: str = ""
    only: Mapping[str, str] = field(default_factory=dict)

    def least_change(self, start: Fraction) -> Fraction:
        return Fraction(self.share) * start if self.share else Fraction(self.least)


@dataclass(frozen=True)
class Rules:
    version: int
    baseline_days: int
    before_days: int
    observations: int
    apart_days: int
    sources: int
    much: int
    cadence: Mapping[str, int]
    indicators: tuple[Indicator, ...]


@functools.cache
def rules() -> Rules:
    held = tomllib.loads(resources.files("virtualschool.plans").joinpath("progress_rules.toml").read_text(encoding="utf-8"))
    indicators = tuple(Indicator(name, **{**row, "series": tuple(row.get("series", ()))}) for name, row in held["indicators"].items())
    return Rules(held["version"], cadence=held["cadence"], indicators=indicators, **held["evidence"])


@dataclass(frozen=True)
class Observation:
    on: datetime.date
    value: Fraction
    source: str
    record: Record


@dataclass(frozen=True)
class Found:
    """What one indicator says: the starting point, the newest record, and the state that follows, with why it is no other.

    `series` says of what (a subject, a goal's number, a habit). `asks_words` is set where so large a change stands without words.
    """

    indicator: Indicator
    series: tuple[str, ...]
    state: str
    why: str
    observations: tuple[Observation, ...]
    start: Observation | None = None
    latest: Observation | None = None
    least: Fraction | None = None
    asks_words: bool = False

    @property
    def change(self) -> Fraction | None:
        return self.latest.value - self.start.value if self.start and self.latest else None

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(one.source for one in self.observations if one.source)


@dataclass(frozen=True)
class Goal:
    """A goal with how far it has come, as the child and as the adult says. `differ` where their newest steps are not the same."""

    record: Record
    child: Found
    adult: Found
    state: str
    differ: bool
    stuck: bool
    """No step in either's view over the last three ratings: time to try something else."""
    past_due: bool

    @property
    def number(self) -> int:
        return self.record.values["number"]


@dataclass(frozen=True)
class WayFound:
    """What can be said of one way: a state, the findings behind it, how many records there are, and what is missing."""

    way: Way
    state: str
    why: str
    found: tuple[Found, ...]
    records: tuple[Record, ...]
    missing: tuple[tuple[str, int, int], ...]
    """Kinds of which more is needed: name, how many there are, how many are the least."""

    @property
    def is_covered(self) -> bool:
        return not self.missing

    @property
    def sources(self) -> frozenset[str]:
        return _sources(self.records)


@dataclass(frozen=True)
class KeyWorkers:
    """Who has been key worker since the child came: how many, for how many nights of all, and since when the one of now."""

    nights: int
    with_one: int
    people: int
    now: str
    since: datetime.date | None

    @property
    def changes(self) -> int:
        return max(0, self.people - 1)


@dataclass(frozen=True)
class Due:
    """Something that is to be done: which review, by when, and whether that day is past."""

    name: str
    by: datetime.date
    late: bool


@dataclass(frozen=True)
class Summary:
    """A child's progress since `began`, as far as these records tell it."""

    began: datetime.date | None
    today: datetime.date
    ways: tuple[WayFound, ...]
    goals: tuple[Goal, ...]
    key_workers: KeyWorkers | None
    due: tuple[Due, ...]
    lowered: bool
    """Whether less is hoped for than before, by the newest record of it."""
    last_review: Record | None

    @property
    def missing_ways(self) -> list[Way]:
        """The ways of the six that do not rest on the least that they need."""
        return [one.way for one in self.ways if not one.is_covered]

    @property
    def found(self) -> Iterable[Found]:
        return itertools.chain.from_iterable(one.found for one in self.ways)


def summary(records: Iterable[Record], began: datetime.date | None, today: datetime.date) -> Summary:
    """What the records of one child tell. `began` is the day the child came; without it no record counts as a starting point."""
    held = sorted(records, key=lambda one: (one.on, one.number))
    goals = _goals(held, began, today)
    found = [_way(way, held, goals, began) for way in ways().values()]
    ambitions = [one for one in held if one.kind == "ambition"]
    reviews = [one for one in held if one.kind == "review"]
    return Summary(
        began=began,
        today=today,
        ways=tuple(found),
        goals=tuple(goals),
        key_workers=_key_workers(held, began, today),
        due=tuple(_due(reviews, began, today)),
        lowered=bool(ambitions) and ambitions[-1].values.get("lowered") == "yes",
        last_review=reviews[-1] if reviews else None,
    )


# --- Indicators ---


def judged(indicator: Indicator, records: Sequence[Record], began: datetime.date | None) -> list[Found]:
    """What an indicator says, for each series that the records hold; nothing where there is none."""
    series: dict[tuple[str, ...], list[Observation]] = {}
    for record in records:
        one = _observation(indicator, record)
        if one is not None:
            series.setdefault(tuple(_folded(record.values.get(name)) for name in indicator.series), []).append(one)
    return [_judged(indicator, key, sorted(held, key=lambda one: (one.on, one.record.number)), began) for key, held in series.items()]


def _judged(indicator: Indicator, series: tuple[str, ...], held: list[Observation], began: datetime.date | None) -> Found:
    rule = rules()
    said: dict[str, Any] = {"indicator": indicator, "series": series, "observations": tuple(held)}
    starts = [one for one in held if began is not None and _is_start(one, began, rule)]
    if not starts:
        return Found(state=NOT_ENOUGH, why=NO_START, latest=held[-1], **said)
    # The record nearest to the day the child came is the starting point; of what is known of before, the newest.
    assert began is not None
    before = [one for one in starts if one.on <= began]
    start, latest = (before[-1] if before else starts[0]), held[-1]
    said |= {"start": start, "latest": latest, "least": indicator.least_change(start.value)}
    if len(held) < rule.observations or latest.record is start.record:
        return Found(state=NOT_ENOUGH, why=ONE_RECORD, **said)
    if (latest.on - start.on).days < rule.apart_days:
        return Found(state=TOO_SOON, why=TOO_SOON, **said)
    after = [one for one in held if (one.on, one.record.number) > (start.on, start.record.number)]
    if indicator.comparable and any(one.record.values.get(indicator.comparable) == "no" for one in after):
        return Found(state=NOT_ENOUGH, why=OTHER_WAY, **said)
    change, least = latest.value - start.value, indicator.least_change(start.value)
    moved = abs(change) >= least and change != 0
    state = SAME if not moved else BETTER if (change > 0) == _higher_is_better(indicator, latest.record) else WORSE
    silent = not str(latest.record.values.get("words", "")).strip() and "words" in {one.name for one in latest.record.definition.fields}
    return Found(state=state, why="" if moved else TOO_SMALL, asks_words=moved and silent and abs(change) >= rule.much * least, **said)


def _is_start(one: Observation, began: datetime.date, rule: Rules) -> bool:
    return -rule.before_days <= (one.on - began).days <= rule.baseline_days


def _observation(indicator: Indicator, record: Record) -> Observation | None:
    """The value of a record under an indicator; None where it holds none, or its whole is too small to count."""
    values = record.values
    if record.kind != indicator.kind or any(values.get(name) != wanted for name, wanted in indicator.only.items()):
        return None
    if indicator.value:
        if values.get(indicator.value) in (None, ""):
            return None
        value = Fraction(int(values[indicator.value]))
    else:
        whole = values.get(indicator.whole)
        if not whole or whole < indicator.least_whole or values.get(indicator.part) is None:
            return None
        value = Fraction(values[indicator.part] * indicator.times, whole)
    source = indicator.by or (str(values.get(indicator.source, "")) if indicator.source else record.source)
    return Observation(record.on, value, source, record)


def _higher_is_better(indicator: Indicator, record: Record) -> bool:
    if indicator.better.startswith("field:"):
        return record.values.get(indicator.better.removeprefix("field:")) == "more"
    return indicator.better == "higher"


def _folded(value: Any) -> str:
    return " ".join(str(value or "").casefold().split())


# --- Ways ---


def _way(way: Way, records: Sequence[Record], goals: Sequence[Goal], began: datetime.date | None) -> WayFound:
    own = tuple(one for one in records if one.definition.way == way.name and one.definition.about == "child")
    found = [found for one in rules().indicators if one.way == way.name for found in judged(one, own, began)]
    missing = tuple((name, has, least) for name, least in way.needs.items() if (has := _number(name, own)) < least)
    state, why = _state(way, own, found, goals, began)
    return WayFound(way, state, why, tuple(found), own, missing)


def _number(kind: str, records: Sequence[Record]) -> int:
    """How many records of a kind there are; of finding, action and effect those that tell all three and how it is known."""
    held = [one for one in records if one.kind == kind]
    return sum(map(is_whole, held)) if kind == "care_effect" else len(held)


def is_whole(record: Record) -> bool:
    """Whether a record of the care given tells what was found, what was done, what came of it, and how that is known."""
    return all(str(record.values.get(name, "")).strip() for name in ("finding", "action", "effect", "known"))


def _state(
    way: Way, records: Sequence[Record], found: Sequence[Found], goals: Sequence[Goal], began: datetime.date | None
) -> tuple[str, str]:
    if not records:
        return NOTHING, NOTHING
    if way.name == "care_effect":
        return (TOLD, "") if any(is_whole(one) for one in records) else (NOT_ENOUGH, ONE_RECORD)
    states = [one.state for one in goals] if way.name == "own_context" else [one.state for one in found]
    if way.name == "education" and began is not None and any(one.kind == "award" and one.on >= began for one in records):
        states.append(BETTER)
    moved = {one for one in states if one in (BETTER, WORSE)}
    if not moved:
        for state in (DIFFER, SAME, TOO_SOON):
            if state in states:
                return state, TOO_SMALL if state == SAME else state
        return NOT_ENOUGH, next((one.why for one in found if one.why), ONE_RECORD)
    if len(_sources(records)) < rules().sources:
        return NOT_ENOUGH, ONE_SOURCE
    return (MIXED, "") if len(moved) > 1 else (moved.pop(), "")


def _sources(records: Iterable[Record]) -> frozenset[str]:
    """Everybody who tells of something in the records, those among them who rated apart."""
    found = set()
    for one in records:
        found.add(one.source or str(one.values.get("rater", "")))
        found |= {"child"} if one.values.get("child_step") or one.values.get("child_says") else set()
        found |= {"staff"} if one.values.get("adult_step") or one.values.get("adult_says") else set()
    return frozenset(found - {""})


# --- Goals ---


def _goals(records: Sequence[Record], began: datetime.date | None, today: datetime.date) -> list[Goal]:
    made = []
    ratings = [one for one in records if one.kind == "goal_rating"]
    newest = {one.values["number"]: one for one in records if one.kind == "goal"}
    by_name = {one.name: one for one in rules().indicators}
    for number, record in sorted(newest.items()):
        own = [one for one in ratings if one.values["number"] == number]
        # A goal's own first day is where it starts, whenever the child came.
        child, adult = (_rated(by_name[name], own, record) for name in ("goal_child", "goal_adult"))
        latest = [one.latest.value if one.latest else None for one in (child, adult)]
        differ = None not in latest and latest[0] != latest[1]
        state = child.state if child.state == adult.state else _one_of(child, adult)
        stuck = bool(child.observations or adult.observations) and all(_stuck(one) for one in (child, adult) if one.observations)
        hoped = any(value is not None and value >= 0 for value in latest)
        past = datetime.date.fromisoformat(record.values["due"]) < today and not hoped
        made.append(Goal(record, child, adult, state, differ, stuck, past))
    return made


def _rated(indicator: Indicator, records: Sequence[Record], goal: Record) -> Found:
    found = judged(indicator, records, goal.on)
    return found[0] if found else Found(indicator, (str(goal.values["number"]),), NOT_ENOUGH, NO_START, ())


def _one_of(child: Found, adult: Found) -> str:
    """The state of a goal on which the two views do not agree: neither is put above the other."""
    known = (BETTER, SAME, WORSE)
    if child.state in known and adult.state in known:
        return DIFFER
    return TOO_SOON if TOO_SOON in (child.state, adult.state) else NOT_ENOUGH


def _stuck(found: Found) -> bool:
    last = [one.value for one in found.observations[-3:]]
    return len(last) == 3 and len(set(last)) == 1 and last[0] < 0


# --- Key workers and what is due ---


def _key_workers(records: Sequence[Record], began: datetime.date | None, today: datetime.date) -> KeyWorkers | None:
    """None where it is not known when the child came. A night is counted once, however many key workers there were."""
    if began is None or began > today:
        return None
    nights = (today - began).days
    spans, people, now, since = [], [], "", None
    for one in (one for one in records if one.kind == "key_worker"):
        first = max(datetime.date.fromisoformat(one.values["from"]), began)
        ended = one.values.get("to")
        last = min(datetime.date.fromisoformat(ended), today) if ended else today
        if last < began:
            continue
        people.append(_folded(one.values["who"]))
        if last > first:
            spans.append((first, last))
        if not ended:
            now, since = one.values["who"], datetime.date.fromisoformat(one.values["from"])
    covered, until = 0, began
    for first, last in sorted(spans):
        covered += max(0, (last - max(first, until)).days)
        until = max(until, last)
    return KeyWorkers(nights, covered, len(set(people)), now, since)


def due(records: Iterable[Record], began: datetime.date | None, today: datetime.date) -> tuple[Due, ...]:
    """Which review is next, and by when, by the records of one child."""
    return tuple(_due(sorted((one for one in records if one.kind == "review"), key=lambda one: one.on), began, today))


def _due(reviews: Sequence[Record], began: datetime.date | None, today: datetime.date) -> Iterable[Due]:
    """The next of baseline and twelve-week review. After a leaving summary nothing is due."""
    cadence = rules().cadence
    own = [one for one in reviews if began is not None and one.on >= began]
    if began is None or any(one.values["review"] == "leaving" for one in own):
        return
    done = [one.on for one in own if one.values["review"] in ("baseline", "twelve_week")]
    if not any(one.values["review"] == "baseline" for one in own) and not done:
        by = began + datetime.timedelta(days=cadence["baseline"])
        yield Due("baseline", by, by < today)
        return
    by = max(done) + datetime.timedelta(days=cadence["review"])
    yield Due("twelve_week", by, by < today)

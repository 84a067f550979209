"""Records of self-evaluation: evidence by criterion, strengths and gaps, grades by named persons with reasons, recommendations.

Plain values and functions, which pages and files keep as they like. Nothing here gives a grade or counts one up: it says what is still
permitted, and a person records the grade and why.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from virtualschool import measures, years
from virtualschool.errors import WrongUse, unknown
from virtualschool.frameworks.crosswalk import carried
from virtualschool.frameworks.framework import Criterion, Framework
from virtualschool.frameworks.indicators import EVIDENCE
from virtualschool.frameworks.judging import Judged, judge
from virtualschool.reports import wording

FIGURE, DOCUMENT, VOICE = "figure", "document", "voice"
KINDS = (FIGURE, DOCUMENT, VOICE)
"""A live figure, pinned; a document or note; what children said."""
STRENGTH, GAP = "strength", "gap"
WEIGHTS = ("slight", "some", "great")
"""How much a finding weighs, which a person says."""


@dataclass(frozen=True)
class Pinned:
    """A published figure as it stood in a snapshot: with its doubt and what stood beside it, so that a later build changes nothing."""

    snapshot: str
    measure: str
    year: int
    la: str
    value: float | None
    low: float | None
    high: float | None
    symbol: str
    note: str
    beside: Mapping[str, float | None] = field(default_factory=dict)
    """The comparators' values by name: england, neighbours …"""


def pin(row: Mapping[str, Any], snapshot: str) -> Pinned:
    """A row of `figures --format json`, pinned to the snapshot that it came from."""
    beside = {name.removesuffix("_value"): value for name, value in row.items() if name.endswith("_value")}
    plain = {name: row[name] for name in ("measure", "year", "la", "value", "low", "high", "symbol", "note")}
    return Pinned(snapshot=snapshot, beside=beside, **plain)


@dataclass(frozen=True)
class Evidence:
    """Something that bears on a criterion (or on a judgement as a whole). `where` is where a document is kept, `origin` where it was
    carried from."""

    criterion: str
    kind: str
    words: str
    by: str
    when: date
    figure: Pinned | None = None
    document: str = ""
    where: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Finding:
    """A strength or a gap of a criterion, its weight and what is done about it; all of them a person's."""

    criterion: str
    side: str
    words: str
    weight: str
    by: str
    when: date
    action: str = ""


@dataclass(frozen=True)
class Owner:
    criterion: str
    who: str


@dataclass(frozen=True)
class Grade:
    """A grade that a person recorded, and why. `against` are the must rules it breaks, which only an override with a reason allows."""

    framework: str
    judgement: str
    grade: str
    by: str
    when: date
    reason: str
    warned_by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    override: str = ""
    override_by: str = ""


@dataclass(frozen=True)
class Recommendation:
    """What an inspection, or a person, asks to be done; `required` is a required action."""

    framework: str
    about: str
    words: str
    source: str
    made: date
    due: date
    required: bool = False
    who: str = ""
    done: date | None = None

    def is_late(self, today: date) -> bool:
        return self.done is None and today > self.due


# --- Recording ---


def evidence(framework: Framework, found: Evidence) -> Evidence:
    """The evidence, if it can be recorded. Raises WrongUse where it names nothing there is, or nobody."""
    named(framework, found.criterion)
    _one_of("Kind of evidence", found.kind, KINDS)
    if found.document:
        _one_of("Kind of document", found.document, EVIDENCE)
    if (found.kind == FIGURE) != (found.figure is not None):
        raise WrongUse("Evidence", "a figure is recorded with its pinned value, and nothing else is.", "Pin the figure.")
    _said("Evidence", found.by, found.words)
    return found


def finding(framework: Framework, found: Finding) -> Finding:
    """The strength or gap, if it can be recorded. Raises WrongUse."""
    named(framework, found.criterion)
    _one_of("Finding", found.side, (STRENGTH, GAP))
    _one_of("Weight", found.weight, WEIGHTS)
    _said("Finding", found.by, found.words)
    return found


def grade(
    framework: Framework,
    so_far: Mapping[str, str],
    judgement: str,
    graded: str,
    *,
    by: str,
    when: date,
    reason: str,
    override: str = "",
    override_by: str = "",
) -> Grade:
    """A grade as a person records it beside those `so_far`.

    Raises WrongUse without a name and a reason, and where a must rule forbids it and nobody overrides that with a reason. What warns
    is kept with the grade: its reason answers it.
    """
    _said(f"Grade of {judgement}", by, reason)
    found = judge(framework, {**so_far, judgement: graded})
    broken = [one for one in found.broken if one.target == judgement]
    if broken and not (override.strip() and override_by.strip()):
        missing = dict.fromkeys(name for one in broken for name in one.missing)
        first = f"Grade {', '.join(missing)} first" if missing else f"Record {' or '.join(permitted(framework, so_far, judgement))}"
        wrong = " ".join(one.words for one in broken)
        raise WrongUse(f"Grade of {judgement}", wrong, f"{first}, or have it overridden by a named person with a reason.")
    warned = tuple(rule.id for rule in found.warnings if rule.target == judgement)
    against = tuple(one.rule.id for one in broken)
    return Grade(
        framework.id, judgement, graded, by, when, reason, warned, against, override if broken else "", override_by if broken else ""
    )


def permitted(framework: Framework, so_far: Mapping[str, str], judgement: str) -> list[str]:
    """The grades that may be recorded for a judgement; the lowest first."""
    return list(judge(framework, {name: held for name, held in so_far.items() if name != judgement}).allowed[judgement])


def grades(records: Iterable[Grade], framework: Framework) -> dict[str, str]:
    """The grades that stand: of each judgement the one that was recorded last."""
    return {one.judgement: one.grade for one in sorted(records, key=lambda one: one.when) if one.framework == framework.id}


def unresolved(records: Sequence[Grade], framework: Framework) -> Judged:
    """What the rules say of the grades that stand now: a grade recorded later can cap one that was recorded before."""
    return judge(framework, grades(records, framework))


# --- Looking ---


@dataclass(frozen=True)
class Since:
    """How a pinned figure stands to the one that holds now: unchanged, restated, or of a later year higher, lower or cannot tell."""

    verdict: str
    sentence: str


def since(pinned: Pinned, now: Pinned) -> Since:
    """What changed since a figure was pinned. Two years differ where the 95% interval of their difference does not hold nought."""
    measure = measures.named(pinned.measure)
    if now.value is None:
        gone = "hidden or not there" if pinned.value is not None else "still hidden or not there"
        return Since("no figure", f"The figure of {years.label(now.year)} is {gone}.")
    stands = f"{wording.amount(now.value, measure)}" + (f" ({said})" if (said := wording.interval(vars(now), measure)) else "")
    if now.year == pinned.year:
        if (now.value, now.low, now.high) == (pinned.value, pinned.low, pinned.high):
            return Since("unchanged", "Unchanged since it was pinned.")
        return Since("restated", f"The figure of the same year is {stands} now: what it was made from changed.")
    if pinned.value is None:
        return Since("later", f"In {years.label(now.year)} it is {stands}.")
    row = {"value": now.value, "low": now.low, "high": now.high}
    row |= {"then_value": pinned.value, "then_low": pinned.low, "then_high": pinned.high}
    found = wording.standing(row, measure, "then")
    words = {"above": "higher than when it was pinned", "below": "lower than when it was pinned"}.get(found)
    tail = f"{words} by more than chance alone would usually make" if words else "chance alone could make the difference"
    return Since({"above": "higher", "below": "lower"}.get(found, "cannot tell"), f"In {years.label(now.year)} it is {stands}: {tail}.")


def mine(owners: Iterable[Owner], who: str, framework: Framework) -> list[Criterion]:
    """The criteria that a person owns, in the order of the framework. The owner named last counts."""
    held = {one.criterion: one.who for one in owners}
    return [one for one in framework.criteria if held.get(one.id) == who]


def best_fit(framework: Framework, judgement: str, evidenced: Iterable[Evidence], findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """What good looks like under a judgement, criterion by criterion, beside what was found. It weighs nothing and suggests no grade."""
    evidenced, findings = list(evidenced), list(findings)
    rows = []
    for one in framework.judgements[judgement].criteria:
        its = [found for found in findings if found.criterion == one.id]
        rows.append(
            {
                "criterion": one.id,
                "good": one.words,
                "strengths": [found for found in its if found.side == STRENGTH],
                "gaps": [found for found in its if found.side == GAP],
                "evidence": {kind: sum(found.criterion == one.id and found.kind == kind for found in evidenced) for kind in KINDS},
            }
        )
    return rows


def move(records: Iterable[Evidence], old: Framework, new: Framework) -> tuple[list[Evidence], list[Evidence]]:
    """Evidence carried to another framework by the closest match, and what found no place there. What it was recorded under is kept."""
    moved: list[Evidence] = []
    left: list[Evidence] = []
    for one in records:
        places = carried(one.criterion, old, new).to
        moved += [replace(one, criterion=place, origin=one.origin or one.criterion) for place in places]
        left += [] if places else [one]
    return moved, left


def named(framework: Framework, name: str) -> None:
    """Raises WrongUse for what is neither criterion nor judgement of a framework."""
    known = {*framework.judgements, *(one.id for one in framework.criteria)}
    if name not in known:
        raise unknown("Criterion", name, known)


def _one_of(what: str, value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise unknown(what, value, known)


def _said(what: str, by: str, words: str) -> None:
    if not by.strip():
        raise WrongUse(what, "it has no name.", "Say who records it.")
    if not words.strip():
        raise WrongUse(what, "it has no words.", "Say why.")

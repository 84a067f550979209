"""Need as the data show it, set beside what was spent: who has a need that no money answers, and who has money that no need answers.

The rules are plain and each names its fact. They do not weigh one child against another, and what the data do not know is not a need:
a child with no fact held is said to be one of whom nothing is known. Money without a need found is no fault: the plan may know what the
data do not. Both are prompts for a person.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from virtualschool import codes
from virtualschool.plans.premium import purposes

PERSISTENT = (1, 10)
"""A tenth of sessions missed: DfE's persistent absence."""
FEWEST_SESSIONS = 60
"""About six weeks; a share of fewer says little; ours."""

NEEDS = {
    "literacy": "Reading or writing below the standard of the age",
    "numeracy": "Maths below the standard of the age",
    "progress": "Not on track in another subject, as teachers assess",
    "attainment": "Well below others at the end of key stage 2",
    "attendance": "Persistent absence",
    "suspension": "Suspended",
    "sen": "Special educational needs",
    "language": "Speech, language and communication needs",
    "eal": "Learns English as another language, or came alone",
    "wellbeing": "SDQ of concern, or social, emotional and mental health needs",
    "moved": "Changed school within the year",
}
"""The needs that are looked for, in words."""


@dataclass(frozen=True)
class Need:
    """One need of one child, with the fact that says so."""

    name: str
    fact: str


@dataclass(frozen=True)
class Standing:
    """A child's needs beside the money spent for it. `spend` is pence by purpose; `answered` are the needs that some of it answers."""

    child: str
    needs: tuple[Need, ...]
    spend: Mapping[str, int]
    known: bool
    """Whether any fact about the child is held at all."""

    @property
    def pence(self) -> int:
        return sum(self.spend.values())

    @property
    def answered(self) -> tuple[str, ...]:
        met = {name for purpose, pence in self.spend.items() if pence > 0 for name in purposes()[purpose].needs}
        return tuple(need.name for need in self.needs if need.name in met)

    @property
    def open(self) -> tuple[Need, ...]:
        """Needs that no purpose of the spend answers."""
        return tuple(need for need in self.needs if need.name not in self.answered)

    @property
    def group(self) -> str:
        """`need, no spend`; `need, spend elsewhere`; `need answered`; `spend, no need found`; `neither`; `nothing known`."""
        if self.needs:
            if self.pence <= 0:
                return "need, no spend"
            return "need answered" if self.answered else "need, spend elsewhere"
        if self.pence > 0:
            return "spend, no need found"
        return "neither" if self.known else "nothing known"


GROUPS = {
    "need, no spend": "Need found, no money spent",
    "need, spend elsewhere": "Need found, money spent on something else",
    "need answered": "Need found, money spent on it",
    "spend, no need found": "Money spent, no need found in the data",
    "neither": "Neither need nor money",
    "nothing known": "Nothing known, no money",
}
FACTS = (
    "sen",
    "sessions_possible",
    "sdq_band",
    "language",
    "unaccompanied",
    "suspensions",
    "ks2_read",
    "ks2_maths",
    "ks1_reading",
    "phonics",
    "assessed",
)
SUBJECTS = (
    ("literacy", re.compile(r"\b(?:reading|writing|english|literacy|phonics|spelling)\b")),
    ("numeracy", re.compile(r"\b(?:maths?|mathematics|numeracy|number|statistics)\b")),
    ("language", re.compile(r"\b(?:communication|speech|speaking)\b")),
    ("wellbeing", re.compile(r"\b(?:social|emotional)\b")),
)
"""Which need a subject that is not on track shows; any other shows `progress`."""


@dataclass(frozen=True)
class Assessed:
    """A teacher's newest assessment of a child in a subject: on track or not from each starting point, None where it is not told."""

    subject: str
    term: str
    from_phase: bool | None
    from_entry: bool | None

    @property
    def behind(self) -> bool:
        return self.from_phase is False or self.from_entry is False

    @property
    def need(self) -> str:
        folded = self.subject.casefold()
        if "english as" in folded:  # English as an additional language.
            return "eal"
        return next((name for name, pattern in SUBJECTS if pattern.search(folded)), "progress")

    @property
    def fact(self) -> str:
        starts = {"from_phase": "the start of the phase", "from_entry": "coming into care"}
        since = " and from ".join(words for name, words in starts.items() if getattr(self, name) is False)
        return f"Not on track in {self.subject} from {since} (teacher, {self.term})"


NOT_ASSESSED = ("A", "D")


def needs_of(facts: Mapping[str, Any]) -> tuple[Need, ...]:
    """The needs that a child's facts show. `facts` bears the names of the store's columns; what is missing or None is not known.

    `ks2_read`, `ks2_writing` and `ks2_maths` are whether the standard was reached at key stage 2, `ks1_…` the outcomes at key stage 1,
    each the newest known; of a later one the earlier says nothing any more. `assessed` are teachers' newest assessments.
    """
    found: list[Need] = []
    found += _standard("literacy", "reading", facts, "ks2_read", "ks1_reading")
    if not any(one.name == "literacy" for one in found):
        found += _standard("literacy", "writing", facts, "ks2_writing", "ks1_writing")
    nothing_later = facts.get("ks2_read") is None and facts.get("ks1_reading") is None
    if not any(one.name == "literacy" for one in found) and nothing_later and facts.get("phonics") is False:
        found.append(Need("literacy", "Did not reach the standard of the phonics check"))
    found += _standard("numeracy", "maths", facts, "ks2_maths", "ks1_maths")
    if (group := facts.get("prior_group")) is not None and group <= LOWEST_GROUPS:
        found.append(Need("attainment", "Among the lowest starting points at the end of key stage 2"))
    possible, missed = facts.get("sessions_possible"), facts.get("sessions_missed")
    if possible and missed is not None and possible >= FEWEST_SESSIONS and missed * PERSISTENT[1] >= possible * PERSISTENT[0]:
        found.append(Need("attendance", f"Missed {missed} of {possible} sessions"))
    if (suspensions := facts.get("suspensions") or 0) > 0:
        found.append(Need("suspension", "Suspended once" if suspensions == 1 else f"Suspended {suspensions} times"))
    primary = facts.get("primary_need") or ""
    if facts.get("sen") in ("support", "EHCP"):
        found.append(
            Need("sen", f"SEN {'support' if facts['sen'] == 'support' else 'with an EHC plan'}{f': {primary}' if primary else ''}")
        )
    if primary.startswith("Speech"):
        found.append(Need("language", primary))
    if facts.get("unaccompanied"):
        found.append(Need("eal", "Came to the country alone"))
    elif facts.get("language") == "other than English":
        found.append(Need("eal", "First language other than English"))
    if facts.get("sdq_band") == "concern":
        found.append(Need("wellbeing", f"SDQ score {facts.get('sdq_score')}, cause for concern"))
    elif primary.startswith("Social, emotional"):
        found.append(Need("wellbeing", primary))
    if (facts.get("school_moves") or 0) > 0:
        found.append(Need("moved", "Changed school within the year"))
    return _with_assessments(found, facts.get("assessed") or ())


def _with_assessments(found: list[Need], assessed: Iterable[Assessed]) -> tuple[Need, ...]:
    """The needs with those that teachers' assessments show. One that is found already bears their fact too."""
    facts: dict[str, list[str]] = {}
    for one in [*found, *(Need(one.need, one.fact) for one in assessed if one.behind)]:
        facts.setdefault(one.name, []).append(one.fact)
    return tuple(Need(name, "; ".join(facts[name])) for name in NEEDS if name in facts)


LOWEST_GROUPS = 6
"""Of the 34 groups by starting point in which DfE publishes estimates of Attainment 8, the lowest six; ours."""


def _standard(need: str, subject: str, facts: Mapping[str, Any], later: str, earlier: str) -> list[Need]:
    if facts.get(later) is not None:
        return [] if facts[later] else [Need(need, f"Below the standard in {subject} at the end of key stage 2")]
    if facts.get(earlier) in _below():
        return [Need(need, f"Below the standard in {subject} at the end of key stage 1")]
    return []


@cache
def _below() -> frozenset[str]:
    """Outcomes of key stage 1 that are below the expected standard; who was absent or disapplied was not assessed."""
    rows = codes.load("ks1_outcomes")
    return frozenset(row["code"] for row in rows if row["counts"] == "yes" and row["expected"] == "no" and row["code"] not in NOT_ASSESSED)


def standings(children: Iterable[tuple[str, Mapping[str, Any]]], spend: Mapping[str, Mapping[str, int]]) -> list[Standing]:
    """Each child's standing, in the order given. `spend` is pence by child and purpose."""
    made = []
    for child, facts in children:
        known = any(facts.get(name) is not None for name in FACTS)
        made.append(Standing(child, needs_of(facts), dict(spend.get(child, {})), known))
    return made


@dataclass(frozen=True)
class NeedLine:
    """One need over a group of children: how many have it, for how many money answers it, and how much that is."""

    name: str
    words: str
    children: int
    answered: int
    no_spend: int
    pence: int


def by_need(found: Sequence[Standing]) -> list[NeedLine]:
    """A line for each need that some child has. `pence` is spend of those children on purposes that answer the need; what answers two
    needs of a child counts at both, so these do not add up to a total."""
    made = []
    for name, words in NEEDS.items():
        have = [one for one in found if any(need.name == name for need in one.needs)]
        if not have:
            continue
        paid = [sum(pence for purpose, pence in one.spend.items() if name in purposes()[purpose].needs) for one in have]
        made.append(NeedLine(name, words, len(have), sum(pence > 0 for pence in paid), sum(one.pence <= 0 for one in have), sum(paid)))
    return made

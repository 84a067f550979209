"""Whether a target is precise, and what to add where it is not.

Precise: it says what will be seen (PEP-G02), how much and from where (PEP-G03), by when (PEP-G06), and is not only a grade (PEP-G07), in
its text or in the columns beside it. A dated first-time task (a visit, an application) needs no baseline. Whose it is (PEP-P04), how often
(PEP-G08) and which need it meets (PEP-G05) are said when they are missing, and do not decide. Whether it is the right target for the child
no program can tell: what is said here is a prompt to a person.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from virtualschool.plans import wording
from virtualschool.plans.clauses import Reading, read
from virtualschool.plans.moments import moments
from virtualschool.plans.quantities import blanked
from virtualschool.plans.spelling import plain

DECIDING = ("PEP-G02", "PEP-G03", "PEP-G06", "PEP-G07")
BESIDE = ("PEP-P04", "PEP-G08", "PEP-G05")
"""Reported, and without a say in whether a target is precise."""


@dataclass(frozen=True)
class Target:
    """A target as a file gives it. Every field is text as it was written, '' where there is none."""

    id: str
    text: str
    baseline: str = ""
    measure: str = ""
    due: str = ""
    owner: str = ""
    often: str = ""
    need: str = ""
    level: str = ""


@dataclass(frozen=True)
class Mark:
    """One rule's outcome for one target. `said` explains it; `add` is what to write where it is not met."""

    rule: str
    met: bool
    said: str
    add: str = ""


@dataclass(frozen=True)
class Judged:
    """A target with its marks and notes for the person who reads it."""

    id: str
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]

    @property
    def precise(self) -> bool:
        return all(mark.met for mark in self.marks if mark.rule in DECIDING)

    @property
    def met(self) -> list[str]:
        return [mark.rule for mark in self.marks if mark.met]

    @property
    def missing(self) -> list[Mark]:
        return [mark for mark in self.marks if not mark.met]


@lru_cache(maxsize=4096)
def judge(target: Target) -> Judged:
    """The marks of a target, deciding rules first."""
    reading = read(target.text)
    beside = read(f"{target.measure}; {target.level}".strip("; ")) if target.measure or target.level else None
    if wording.says_nothing(target.text):
        marks = [Mark(rule, False, "There is no target.", "Write what the child will do.") for rule in DECIDING]
    else:
        marks = [specific(reading, beside), measurable(target, reading, beside), timed(target, reading), not_only_a_grade(reading, beside)]
    marks += [owned(target, reading), repeated(target, reading), needed(target, reading)]
    return Judged(target.id, tuple(marks), tuple(notes(reading)))


# --- The rules that decide ---


def specific(reading: Reading, beside: Reading | None) -> Mark:
    """PEP-G02: what will be seen."""
    text = reading.text
    add = "Name the skill, knowledge or behaviour that will be seen, such as 'spells', 'stays in the lesson', 'asks for help'."
    core = text_without_lead(reading)
    if is_provision(core) or is_provision(text):
        return Mark(
            "PEP-G02",
            False,
            "It says what will be given or done for the child, not what the child will do.",
            add + " Move the help to the support planned.",
        )
    if not content_words(reading):
        return Mark("PEP-G02", False, "It names no skill, knowledge or behaviour.", add)
    if is_task(reading):
        return Mark("PEP-G02", True, "A task that is plain to see when it is done.")
    amounts = has_level(reading) or (beside is not None and has_level(beside))
    named = wording.pattern("named_skills").search(text)
    if begins_vaguely(core) and not amounts and not named:
        return Mark(
            "PEP-G02", False, "Its main verb names nothing that can be seen, and no skill, text, test or number makes it plain.", add
        )
    if len(content_words(reading)) < 2 and not amounts and not named:
        return Mark("PEP-G02", False, "It is a heading, not a target.", add)
    return Mark("PEP-G02", True, "It says what will be seen.")


def measurable(target: Target, reading: Reading, beside: Reading | None) -> Mark:
    """PEP-G03: a baseline and a level of success."""
    if is_task(reading) and deadline(target, reading):
        return Mark("PEP-G03", True, "A dated task done once: it is done or not, and needs no baseline.")
    baseline = has_baseline(target, reading)
    level = has_level(reading) or (beside is not None and has_level(beside)) or (baseline and seen_done(reading))
    if baseline and level:
        return Mark("PEP-G03", True, "It says where the child is now and what will count as success.")
    lacking = []
    if not level:
        lacking.append("how much will count as success (a number, a share such as 8 of 10, or how often), and how it will be known")
    if not baseline:
        lacking.append("where the child is now in the same measure, with its date")
    said = (
        "It has "
        + " and ".join((["no measurable level of success"] if not level else []) + (["no baseline"] if not baseline else []))
        + "."
    )
    return Mark("PEP-G03", False, said, "Say " + "; and ".join(lacking) + ".")


def timed(target: Target, reading: Reading) -> Mark:
    """PEP-G06: a day or term to be done by."""
    if deadline(target, reading):
        return Mark("PEP-G06", True, "It says by when.")
    past = any(moment.role == "past" or moment.strong for moment in reading.times)
    said = "Its date is that of the baseline; there is none to be done by." if past else "There is no date to be done by."
    return Mark("PEP-G06", False, said, "Give a date on or before the next plan's meeting, or a step for each term if it takes longer.")


def not_only_a_grade(reading: Reading, beside: Reading | None) -> Mark:
    """PEP-G07: what the child will learn to do, not only a grade or level."""
    graded = [amount for amount in reading.amounts if amount.kind == "grade"]
    if not graded:
        return Mark("PEP-G07", True, "It is not a grade alone.")
    others = [amount for clause in reading.of("target") for amount in clause.levels if amount.kind != "words"]
    # A measure that is only a digit beside a grade is a grade too.
    told = (
        beside is not None
        and not re.fullmatch(r"[1-9][+-]?", beside.text)
        and any(one.kind != "words" for one in beside.amounts if one.is_level)
    )
    if others or seen_done(reading) or (told and content_words(reading)):
        return Mark("PEP-G07", True, "It names a grade, and beside it what the child will do.")
    if is_task(reading):
        return Mark("PEP-G07", True, "It is a task, not a grade.")
    return Mark(
        "PEP-G07",
        False,
        "It is only a grade or level.",
        "Say which skill or knowledge would lift the grade, such as 'solves linear equations, 8 of 10'; keep the grade as the longer aim.",
    )


# --- The rules that are only reported ---


def owned(target: Target, reading: Reading) -> Mark:
    """PEP-P04: a named person or role."""
    written = target.owner.strip().casefold()
    if (written and written not in wording.words("nobody") and not wording.says_nothing(written)) or (
        not written and wording.pattern("owners").search(reading.text)
    ):
        return Mark("PEP-P04", True, "Somebody is named.")
    return Mark("PEP-P04", False, "Nobody is named who sees to it.", "Name one person or role; 'school' or 'all' is nobody.")


def repeated(target: Target, reading: Reading) -> Mark:
    """PEP-G08, as far as one line can show it: how often."""
    told = " ".join((reading.text, plain(target.often), plain(target.measure)))
    if not wording.says_nothing(target.often) or wording.pattern("frequency").search(told) or is_task(reading):
        return Mark("PEP-G08", True, "It says how often, or is done once.")
    return Mark(
        "PEP-G08", False, "It does not say how often it is worked on.", "Say what will be done, who with, where, when and how often."
    )


def needed(target: Target, reading: Reading) -> Mark:
    """PEP-G05: the need that it meets."""
    if not wording.says_nothing(target.need) or wording.pattern("need").search(reading.text):
        return Mark("PEP-G05", True, "It is tied to a need.")
    return Mark(
        "PEP-G05", False, "It is not tied to a need.", "Say which need of this child it meets, and where the child's own aim comes in."
    )


def notes(reading: Reading) -> list[str]:
    """What a person may look at besides: it decides nothing."""
    said = []
    verbs = re.findall(r"(?:\band|;|&)\s(?:to )?(?:improve|attend|behave|complete|develop|learn|make|be|read|write)\b", reading.text)
    if verbs:
        said.append("It may be two targets in one: see whether to part them.")
    return said


# --- What they are told by ---


def deadline(target: Target, reading: Reading) -> bool:
    if target.due.strip():
        return dated(target.due)
    if any(moment.role == "deadline" for moment in reading.times):
        return True
    roles = ("unmarked", "past") if is_task(reading) else ("unmarked",)
    return any(moment.role in roles and moment.strong for clause in reading.of("target") for moment in clause.times)


def dated(due: str) -> bool:
    """Whether a cell names a day or term: 31/03/2026, Easter, 10 weeks from 12 Jan, 2026-03-31."""
    if wording.says_nothing(due):
        return False
    text = plain(f"by {due}")
    return bool(moments(text)) or bool(re.search(r"\b\d{1,2}/\d{1,2}\b|\d{4}|\b\d+ (?:weeks?|months?|terms?)\b|\b4\d{4}\b", text))


def has_baseline(target: Target, reading: Reading) -> bool:
    if target.baseline.strip():
        return not wording.says_nothing(target.baseline)
    return any(clause.amounts or len(clause.text.split()) > 2 for clause in reading.of("baseline"))


def has_level(reading: Reading) -> bool:
    return any(clause.levels for clause in reading.of("target"))


def seen_done(reading: Reading) -> bool:
    return any(wording.pattern("seen_done").search(clause.text) for clause in reading.of("target"))


def is_task(reading: Reading) -> bool:
    """A step that is done once: nothing in it is a habit, and nothing in it is measured against where the child is now."""
    for clause in reading.of("target"):
        if names_task(clause.text):
            return True
    return names_task(reading.text) and not reading.of("baseline")


def names_task(text: str) -> bool:
    found = wording.pattern("tasks").search(text)
    return bool(found) and not wording.pattern("habits").search(text) and not wording.pattern("not_tasks").search(text)


def text_without_lead(reading: Reading) -> str:
    """What is wanted, without the date, name or heading before it."""
    text = blanked(reading.text, [(moment.start, moment.end) for moment in reading.times])
    wanted = [clause for clause in reading.clauses if clause.part == "target" and re.search(r"[a-z]{3}", clause.text)]
    pieces = [text[clause.start : clause.end].strip() for clause in wanted] or [text]
    for piece in pieces:
        cleaned = wording.pattern("leads").sub("", piece)
        if len(re.findall(r"[a-z]{2,}", cleaned)) > 1 or len(pieces) == 1:
            return cleaned
    return pieces[0]


def is_provision(core: str) -> bool:
    return bool(wording.pattern("provision").search(core)) and not wording.pattern("own_step").match(
        re.sub(r"^(?:\w+ )?(?:will |to )", "", core)
    )


def begins_vaguely(core: str) -> bool:
    return bool(vague_opening().match(core) or vague_opening().match(SUBJECT.sub("", core)))


@cache
def vague_opening() -> re.Pattern[str]:
    return re.compile(rf"{wording.lists()['softeners']}{wording.either('vague_verbs')}s?(?:ing|d|ed)?\b")


SUBJECT = re.compile(r"^(?:(?:for )?\w+ (?:will|to|should|needs to|is to) |will |to |should |i will |i want to |i am going to )")


def content_words(reading: Reading) -> list[str]:
    spans = [(moment.start, moment.end) for moment in reading.times] + [(amount.start, amount.end) for amount in reading.amounts]
    left = re.findall(r"[a-z][a-z'-]{2,}", blanked(reading.text, spans))
    return [word for word in left if word not in wording.words("empty_words") and word not in wording.words("vague_verbs")]

"""Answers of a survey of children, from a CSV file: one row an answer, read with an account of every row.

Columns: `question` and `answer` are needed; `child` (the token or the return's identifier, left empty in a survey without names), `age` or
`group`, `answered_on`, `words` and `may_use` may be there. An answer is yes, no or not sure, or a number from 1 (worst) to 5 (best).
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from virtualschool.errors import Finding, Unreadable
from virtualschool.intervals import wilson
from virtualschool.plans.cells import day
from virtualschool.read.headings import fold

COLUMNS = {
    "child": ("child", "token", "child id"),
    "age": ("age",),
    "group": ("group", "age group"),
    "answered_on": ("answered on", "date", "day"),
    "question": ("question",),
    "answer": ("answer", "response"),
    "words": ("words", "comment", "comments"),
    "may_use": ("may use", "consent"),
}
"""Each column and the headings that it may bear."""
NEEDED = ("question", "answer")
GROUPS = ("primary", "secondary", "over_16")
"""The three councils of children in care: of primary age, of secondary age, and over 16."""
OLDEST_OF_PRIMARY, OLDEST_OF_SECONDARY = 10, 15
CONSENT = {"": "none", "no": "none", "none": "none", "count": "count", "yes": "count", "quote": "quote"}
WORDS = {"yes": "yes", "y": "yes", "no": "no", "n": "no", "not sure": "not sure", "don't know": "not sure", "sometimes": "not sure"}
GOOD = ("yes", "4", "5")
LARGEST, LONGEST = 5_000_000, 4000


def group_of(age: int | None) -> str:
    """The age group of an age: primary to 10, secondary to 15, over_16 from the sixteenth birthday; '' where it is not known."""
    if age is None:
        return ""
    return "primary" if age <= OLDEST_OF_PRIMARY else "secondary" if age <= OLDEST_OF_SECONDARY else "over_16"


@dataclass(frozen=True)
class Answer:
    """One answer of one child. `answer` is yes, no, not sure or 1 to 5; `consent` none, count or quote."""

    question: str
    answer: str
    child: str = ""
    age: int | None = None
    group: str = ""
    answered_on: date | None = None
    words: str = ""
    consent: str = "none"


@dataclass
class Answers:
    """What a file held: its answers, what is wrong in it, and how many records were read. Each is kept or set aside."""

    kept: list[Answer] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    read: int = 0
    ignored: list[str] = field(default_factory=list)

    @property
    def set_aside(self) -> int:
        return self.read - len(self.kept)


def read_survey(content: bytes, name: str) -> Answers:
    """The answers of a file. Raises Unreadable where it is no table of answers at all.

    A record without question or answer, with an answer that is none of the words, or that repeats a child's answer to a question is set
    aside; another cell that cannot be read is left empty. Both are findings, which never show what a cell says.
    """
    lines = list(_records(content, name))
    if not lines:
        raise Unreadable(f"File {name}", "it is empty.", "Write a line of headings and a line for each answer.")
    bearers = {fold(heading): column for column, headings in COLUMNS.items() for heading in headings}
    places: dict[str, int] = {}
    found = Answers()
    for place, heading in enumerate(lines[0][1]):
        column = bearers.get(fold(heading))
        if column and column not in places:
            places[column] = place
        elif heading.strip():
            found.ignored.append(heading.strip())
            _find(found, name, 1, f"column {place + 1}", "this is not a column of a survey.", "It is left out.", "columns")
    if lacking := [column for column in NEEDED if column not in places]:
        raise Unreadable(f"File {name}", f"there is no column {' and no column '.join(lacking)}.", "Write the headings in the first row.")
    seen: set[tuple[str, str]] = set()
    for row, cells in lines[1:]:
        found.read += 1
        said = {column: cells[place].strip() if place < len(cells) else "" for column, place in places.items()}
        if len(cells) > len(lines[0][1]) and any(cell.strip() for cell in cells[len(lines[0][1]) :]):
            _find(
                found,
                name,
                row,
                "",
                "there are more values than headings; it is set aside.",
                "Put quotes around text that holds a comma.",
                "shape",
            )
            continue
        answer = answer_of(said["answer"])
        if not said["question"] or not said["answer"]:
            _find(found, name, row, "question, answer", "one of them is empty; the record is set aside.", "Fill in both.", "set aside")
        elif answer is None:
            wrong = "this is none of the answers; the record is set aside."
            _find(found, name, row, "answer", wrong, "Write yes, no, not sure, or a number from 1 to 5.", "set aside")
        elif said.get("child") and (said["child"], said["question"]) in seen:
            wrong = "this child has answered this question above; the record is set aside."
            _find(found, name, row, "child", wrong, "Leave one answer for each child and question.", "twice")
        else:
            seen.add((said.get("child", ""), said["question"]))
            found.kept.append(_answer(said, answer, name, row, found))
    if not found.read:
        raise Unreadable(f"File {name}", "there is no answer in it.", "Write a row for each answer below the headings.")
    return found


def answer_of(text: str) -> str | None:
    low = text.strip().casefold().rstrip(".")
    if re.fullmatch(r"[1-5](?:\.0+)?", low):
        return low[0]
    return WORDS.get(low)


def _answer(said: Mapping[str, str], answer: str, name: str, row: int, found: Answers) -> Answer:
    age_cell, age = said.get("age", ""), None
    if age_cell:
        age = int(age_cell) if re.fullmatch(r"\d{1,2}", age_cell) and 2 <= int(age_cell) <= 25 else None
        if age is None:
            _find(found, name, row, "age", "this is not an age; it is left empty.", "Write the age in years, 2 to 25.", "type")
    group = re.sub(r"[\s-]+", "_", said.get("group", "").casefold()).replace("16+", "over_16")
    if group and group not in GROUPS:
        _find(found, name, row, "group", "this is none of the age groups; it is left empty.", f"Write {', '.join(GROUPS)}.", "type")
        group = ""
    answered = day(said["answered_on"]) if said.get("answered_on") else None
    if said.get("answered_on") and answered is None:
        _find(found, name, row, "answered_on", "this is not a date; it is left empty.", "Write dates as 31/03/2026.", "type")
    consent = CONSENT.get(said.get("may_use", "").casefold())
    if consent is None:
        _find(found, name, row, "may_use", "this is none of the words; nothing is used.", "Write none, count or quote.", "type")
    words = said.get("words", "")
    if len(words) > LONGEST:
        _find(found, name, row, "words", f"this is longer than {LONGEST} characters; it is left empty.", "Send it by another way.", "type")
        words = ""
    return Answer(said["question"][:300], answer, said.get("child", ""), age, group or group_of(age), answered, words, consent or "none")


def _find(found: Answers, name: str, row: int, column: str, wrong: str, do: str, rule: str) -> None:
    found.findings.append(Finding(name, row, column, wrong, do, rule))


def _records(content: bytes, name: str) -> Iterable[tuple[int, list[str]]]:
    if len(content) > LARGEST:
        raise Unreadable(f"File {name}", f"it is larger than {LARGEST // 1_000_000} MB.", "See that it is the answers, one a row.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable(f"File {name}", "this is a workbook or a document.", "Save it as CSV (UTF-8) and bring that.")
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or not text.strip():
        raise Unreadable(f"File {name}", "this is not text that can be read as a table.", "Save it as CSV (UTF-8) and bring that.")
    first = text.splitlines()[0]
    delimiter = max(",;\t|", key=lambda one: (first.count(one), one == ","))
    for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        if any(cell.strip() for cell in cells):
            yield row, cells


# --- What was answered ---


@dataclass(frozen=True)
class Result:
    """What a group answered to a question: how many, how many of them well (yes, 4 or 5), and what chance alone would allow."""

    question: str
    answered: int
    good: int

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Wilson's 95% interval of the share, as fractions: what it might be of all children like these."""
        return wilson(Decimal(self.good), Decimal(self.answered))


def results(answers: Iterable[tuple[str, str]]) -> list[Result]:
    """A result for each question, in the order in which they come, of (question, answer)."""
    held: dict[str, list[str]] = {}
    for question, answer in answers:
        held.setdefault(question, []).append(answer)
    return [Result(question, len(said), sum(one in GOOD for one in said)) for question, said in held.items()]

"""Files of marks: a CSV with a row a day or a row a week for each child, from whatever register a school or collector uses.

    daily    child, date, am, pm [, school]
    weekly   child, week, mon_am, mon_pm, tue_am … fri_pm [, school]

`child` is the identifier of the return or a token; `week` is any day of the week. Marks are the codes of the register
(codes/attendance.csv) of the school year of the day; a blank is no mark. A mark that the year does not have is a finding and stands as
blank; a row without a child or a date, or about a child who is not the authority's, is set aside. Rows read are rows kept and rows set
aside. No finding shows a mark of a child.
"""

import io
import pathlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from virtualschool import codes
from virtualschool.errors import Finding, Unreadable
from virtualschool.read.headings import fold
from virtualschool.read.roll import date as as_date
from virtualschool.read.text import first_records, opened
from virtualschool.years import school_year_of

LARGEST, MOST = 20_000_000, 200_000
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
HALVES = ("am", "pm")
DAILY = ("child", "date", "am", "pm")
WEEKLY = ("child", "week", *(f"{day}_{half}" for day in WEEKDAYS for half in HALVES))
ALSO = {
    "childid": "child",
    "identifier": "child",
    "upn": "",
    "markdate": "date",
    "day": "date",
    "weekbeginning": "week",
    "weekcommencing": "week",
    "morning": "am",
    "afternoon": "pm",
    "schoolurn": "school",
    "urn": "school",
}
NO_MARK = ("", "-", ".")
DO = f"A file of days has the columns {', '.join(DAILY)}; one of weeks child, week, mon_am, mon_pm to fri_am, fri_pm."


@dataclass
class Marks:
    """What a file held: for each child (by token) and day the morning's mark, the afternoon's, and the school."""

    layout: str
    days: dict[tuple[str, date], tuple[str, str, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    read: int = 0
    set_aside: int = 0

    @property
    def kept(self) -> int:
        return self.read - self.set_aside


def read(file: pathlib.Path, today: date, known: Callable[[str], str | None] = lambda child: child) -> Marks:
    """The marks of a file up to a day. `known` gives the token of a child as the file names it, None for a stranger.

    Raises Unreadable for what is no file of marks.
    """
    headings, records = _records(file)
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if name := _column(heading):
            places.setdefault(name, place)
    layout = "weekly" if all(name in places for name in WEEKLY) else "daily" if all(name in places for name in DAILY) else ""
    if not layout:
        raise Unreadable(f"File {file.name}", "its columns are not those of marks.", DO)
    found = Marks(layout)
    for row, cells in records:
        found.read += 1
        said = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings) :]):
            _aside(found, file, row, "", "there are more values than headings", "Put quotes around text that holds a comma.")
            continue
        _take(found, file, row, said, today, known)
    if not found.read:
        raise Unreadable(f"File {file.name}", "it has headings and no rows.", "Write a row for each child and day or week.")
    found.findings.sort(key=lambda one: (one.row, one.column))
    return found


def _take(found: Marks, file: pathlib.Path, row: int, said: dict[str, str], today: date, known: Callable[[str], str | None]) -> None:
    """Takes the days of a row, or sets it aside."""
    column = "week" if found.layout == "weekly" else "date"
    if not said["child"]:
        return _aside(found, file, row, "child", "there is no child", "Write the identifier of the return, or the token.")
    token = known(said["child"])
    if token is None:
        return _aside(found, file, row, "child", "it is no child of the authority", "Use the identifier of the return, or the token.")
    day = as_date(said[column])
    if day is None:
        return _aside(found, file, row, column, "this is not a date", "Write dates as 31/03/2026.")
    if found.layout == "weekly":
        monday = day - timedelta(days=day.weekday())
        taken: list[tuple[date, str, str, str]] = [
            (monday + timedelta(days=place), said[f"{name}_am"], said[f"{name}_pm"], name) for place, name in enumerate(WEEKDAYS)
        ]
    else:
        taken = [(day, said["am"], said["pm"], "")]
        if day.weekday() > 4:
            return _aside(found, file, row, "date", "it is a Saturday or a Sunday", "Correct the date; schools have no session then.")
    if all(one > today for one, *_ in taken):
        return _aside(found, file, row, column, "it is a day to come", "Bring it when it is past.")
    if any((token, one) in found.days for one, *_ in taken if _says(found.days.get((token, one)))):
        return _aside(
            found, file, row, column, "the child has marks for this time above", "Leave one row; marks of two schools are joined by D."
        )
    for one, morning, afternoon, name in taken:
        if one > today:
            continue
        marks = []
        for half, mark in zip(HALVES, (morning, afternoon), strict=True):
            mark = mark.upper() if mark not in NO_MARK else ""
            if mark and mark not in _codes(school_year_of(one)):
                where = f"{name}_{half}" if name else half
                wrong = "this code is none of the school year's; it stands as no mark."
                found.findings.append(Finding(file.name, row, where, wrong, f"Use the codes of {school_year_of(one)}.", "code"))
                mark = ""
            marks.append(mark)
        if any(marks):
            found.days[token, one] = (marks[0], marks[1], said.get("school", "")[:10])


def _says(held: tuple[str, str, str] | None) -> bool:
    return held is not None and any(held[:2])


def _codes(year: int) -> frozenset[str]:
    return frozenset(row["code"] for row in codes.load("attendance") if codes.in_year(row, year))


def _column(heading: str) -> str:
    name = fold(heading)
    plain = {fold(one): one for one in (*DAILY, *WEEKLY, "school")}
    return plain.get(name) or ALSO.get(name, "")


def _aside(found: Marks, file: pathlib.Path, row: int, column: str, wrong: str, do: str) -> None:
    found.set_aside += 1
    found.findings.append(Finding(file.name, row, column, f"{wrong}; the row is set aside.", do, "set aside"))


def _records(file: pathlib.Path) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """The headings, and the records with their rows as a spreadsheet counts them; blank ones are left out."""
    if file.stat().st_size > LARGEST:
        raise Unreadable(f"File {file.name}", "it is larger than 20 MB.", "Bring it in parts.")
    dialect, lines = first_records(file, lambda line: sum(bool(_column(cell)) for cell in line))
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise Unreadable(f"File {file.name}", "it is empty.", DO)
    with opened(file) as packed, io.TextIOWrapper(packed, dialect.encoding, errors="replace", newline="") as text:
        records = [(row, record) for row, record in enumerate(dialect.records(text), 1) if any(cell.strip() for cell in record)]
    if len(records) > MOST:
        raise Unreadable(f"File {file.name}", f"it has more than {MOST:,} rows.", "Bring it in parts.")
    return tuple(records[0][1]), records[1:]

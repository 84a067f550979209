"""The weekly roll of an authority: a CSV out of the case system, one row a child looked after on a day, with names.

Unlike what else is read, it goes into no store: names live in the application's own records. So this reads the one file by itself and
hands back typed rows, findings and the account of its rows. A finding names file, row and column, and never what stands there.
"""

import csv
import datetime
import io
import pathlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from virtualschool.errors import Finding, Unreadable, nearest

LARGEST = 5_000_000
"""Bytes. Ten thousand children, far more than any authority looks after, fit in half of that."""
EARLIEST = datetime.date(1990, 1, 1)
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The check letters of a UPN in order. Source: DfE, Unique pupil numbers: guide, 2019."""
UNKNOWN_UPN = re.compile(r"UN[0-9]")


@dataclass(frozen=True)
class Field:
    """A column of the file: its name, what it holds, how it is read, and other headings that it may bear."""

    name: str
    meaning: str
    kind: str = "text"
    longest: int = 200
    needed: bool = False
    also: tuple[str, ...] = ()


COLUMNS = (
    Field("la", "The responsible authority: DfE's three-digit code. Empty means the authority that loads the file.", "la", 3),
    Field("child", "The identifier in the SSDA903 return.", "child", 40, needed=True, also=("child id", "child identifier")),
    Field("name", "First name and surname.", needed=True, also=("full name",)),
    Field("preferred_name", "The name the child goes by, where it is another."),
    Field("dob", "Date of birth, 31/03/2012.", "born", also=("date of birth",)),
    Field("upn", "Unique pupil number, or nothing.", "upn", 13),
    Field("year_group", "National curriculum year: N1, N2, R, 1 to 14.", "year_group", 10, also=("ncy", "nc year")),
    Field("school_urn", "URN of the school; nothing where there is no school place.", "urn", 10, also=("urn", "school")),
    Field("school_name", "Name of the school or provision."),
    Field("social_worker", "Name of the social worker."),
    Field("social_worker_email", "Their e-mail address: with it they see the child when they sign in.", "email", 254),
    Field("reviewing_officer", "Name of the independent reviewing officer.", also=("iro",)),
    Field("reviewing_officer_email", "Their e-mail address.", "email", 254, also=("iro email",)),
    Field("carer", "Name of the carer."),
    Field("home", "The children's home, by its URN or name: its staff see the child.", longest=60),
    Field("placement", "The kind of placement, in words.", longest=60, also=("placement kind", "placement type")),
    Field("placement_address", "Where the child lives. It is shown to few.", longest=300),
    Field("placement_began", "When the placement began.", "past"),
    Field("entered_care", "When this period of care began.", "past"),
    Field("flags", "Marks of the case system, with a semicolon between them.", "flags", 60),
)
BY_NAME = {column.name: column for column in COLUMNS}

_DO = {
    "born": "Write it as 31/03/2012.",
    "past": "Write it as 31/03/2026.",
    "upn": "Write all thirteen characters as the school has them, or leave it empty.",
    "year_group": "Write N1, N2, R or a number from 1 to 14.",
    "urn": "Write the six digits of the school's URN, or leave it empty where there is no school place.",
    "email": "Write one address, such as name@council.gov.uk.",
}
_WRONG = {
    "born": "this is not a date of birth of a child.",
    "past": "this is not a date up to the day of the roll.",
    "upn": "this is not a unique pupil number.",
    "year_group": "this is not a year group.",
    "urn": "this is not a school's URN.",
    "email": "this is not an e-mail address.",
}


@dataclass(frozen=True)
class Row:
    """One child: the row of the file that it came from, and a value for each column (flags a list, dates dates, None for no date)."""

    number: int
    values: dict[str, Any]


@dataclass
class Roll:
    """What a file held: the rows kept, what is wrong, and how many records were read. Every record is kept or set aside."""

    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    read: int = 0

    @property
    def kept(self) -> int:
        return len(self.rows)

    @property
    def set_aside(self) -> int:
        return self.read - self.kept


def read(content: bytes, name: str, la: str, as_of: datetime.date, code_of: Callable[[str], str] = str) -> Roll:
    """The roll that a file holds, for one authority as of a day.

    A record without an identifier or a name, of another authority, or of a child who stands above already is set aside; of any
    other, what cannot be read is left empty. Both are findings. `code_of` gives the code of an authority that the file names.
    Raises Unreadable where it is no such table at all.
    """
    lines = _records(content, name)
    found = Roll()
    headings = _headings(next(lines, []), name, found)
    seen: set[str] = set()
    for number, cells in enumerate(lines, 2):
        if not any(cell.strip() for cell in cells):
            continue
        found.read += 1
        row = _row(cells, number, headings, name, as_of, found)
        if row is None:
            continue
        if row["la"] and code_of(row["la"]) != la:
            wrong, do = "this record is another authority's.", "Load it in that authority; here it is set aside."
            found.findings.append(Finding(name, number, "la", wrong, do, "border", la))
        elif row["child"] in seen:
            wrong, do = "this child stands above already.", "Leave one row for each child; this one is set aside."
            found.findings.append(Finding(name, number, "child", wrong, do, "twice", la))
        else:
            seen.add(row["child"])
            found.rows.append(Row(number, {**row, "la": la}))
    if not found.read:
        raise Unreadable(name, "there is no child in it.", "Write a row for each child below the headings.")
    return found


def _records(content: bytes, name: str):
    """The records of the text, blank ones as empty lists. The delimiter is the one that the headings hold most of."""
    if len(content) > LARGEST:
        raise Unreadable(name, f"it is larger than {LARGEST // 1_000_000} MB.", "See that it is the roll, one row a child.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise Unreadable(name, "this is a workbook or a document.", "Save it as CSV (UTF-8) and load that.")
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or not text.strip():
        raise Unreadable(name, "this is not text that can be read as a table.", "Save it as CSV (UTF-8) and load that.")
    first = text.splitlines()[0]
    delimiter = max(",;\t|", key=lambda one: (first.count(one), one == ","))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as fault:
        raise Unreadable(name, "this is not text that can be read as a table.", "Save it as CSV (UTF-8) and load that.") from fault


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


_HEADINGS = {_plain(heading): column for column in COLUMNS for heading in (column.name, *column.also)}


def _headings(cells: list[str], name: str, found: Roll) -> list[Field | None]:
    """The column of each heading, None for one that is not kept; what is strange or lacking becomes a finding."""
    columns: list[Field | None] = []
    for cell in cells:
        column = _HEADINGS.get(_plain(cell))
        if column in columns and column is not None:
            found.findings.append(Finding(name, 1, column.name, "this column stands twice.", "The first is read.", "columns"))
            column = None
        elif column is None and cell.strip():
            near = nearest(cell.strip(), BY_NAME, 1)
            do = f"If you meant {near[0]}, name it so; it was not kept." if near else "It was not kept, and need not be sent."
            place = f"column {len(columns) + 1}"
            found.findings.append(Finding(name, 1, place, "this is not a column of the roll.", do, "columns"))
        columns.append(column)
    lacking = [column.name for column in COLUMNS if column.needed and column not in columns]
    if lacking:
        raise Unreadable(name, f"there is no column {' and no column '.join(lacking)}.", "Write the headings of the roll in the first row.")
    for column in COLUMNS:
        if column not in columns and column.name != "la":
            found.findings.append(Finding(name, 1, column.name, "there is no such column.", "It stays empty for every child.", "columns"))
    return columns


def _row(cells: list[str], number: int, headings: list[Field | None], name: str, as_of: datetime.date, found: Roll) -> dict | None:
    row: dict[str, Any] = {column.name: _nothing(column) for column in COLUMNS}
    whole = True
    if any(cell.strip() for cell in cells[len(headings) :]):
        wrong, do = "there are more values than headings.", "Put quotation marks round values with a comma; the row is set aside."
        found.findings.append(Finding(name, number, "", wrong, do, "shape"))
        return None
    for column, cell in zip(headings, cells, strict=False):
        if column is None:
            continue
        text = " ".join(cell.split())
        value = _typed(column, text, as_of) if text else _nothing(column)
        if text and value is None:
            wrong = _WRONG.get(column.kind, f"this is longer than {column.longest} characters.")
            do = _DO.get(column.kind, "Shorten it.")
            found.findings.append(Finding(name, number, column.name, wrong, f"{do} It was left empty.", "type"))
            value = _nothing(column)
        row[column.name] = value
    if row["dob"] and row["entered_care"] and row["entered_care"] < row["dob"]:
        wrong, do = "care began before the date of birth.", "Correct one of the two; this one was left empty."
        found.findings.append(Finding(name, number, "entered_care", wrong, do, "order"))
        row["entered_care"] = None
    for column in COLUMNS:
        if column.needed and not row[column.name]:
            whole = False
            wrong, do = "there is no value, and a row needs one.", "Fill it in; until then the row is set aside."
            found.findings.append(Finding(name, number, column.name, wrong, do, "missing"))
    return row if whole else None


def _nothing(column: Field) -> Any:
    return [] if column.kind == "flags" else None if column.kind in ("born", "past") else ""


def _typed(column: Field, text: str, as_of: datetime.date) -> Any:
    """The value of a cell that is not empty, or None where it cannot be one of the column."""
    if column.kind == "flags":
        flags = list(dict.fromkeys(flag.strip() for flag in text.split(";") if flag.strip()))
        return flags if all(len(flag) <= column.longest for flag in flags) else None
    if column.kind in ("born", "past"):
        day = date(text)
        return day if day and EARLIEST <= day <= as_of else None
    if column.kind == "upn":
        number = text.replace(" ", "").upper()
        return "" if UNKNOWN_UPN.fullmatch(number) else number if is_upn(number) else None
    if column.kind == "year_group":
        return year_group(text)
    if column.kind == "urn":
        return text if re.fullmatch(r"[0-9]{6}", text) else None
    if column.kind == "email":
        return text.lower() if len(text) <= column.longest and re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+", text) else None
    if column.kind == "child":
        text = re.sub(r"\.0$", "", text)  # What a workbook makes of a number.
    return text if len(text) <= column.longest else None


def date(text: str) -> datetime.date | None:
    """A day as case systems write one; the day stands before the month."""
    text = re.sub(r"[ T][0-9]{1,2}:.*$", "", text)
    for shape in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y"):
        try:
            return datetime.datetime.strptime(text, shape).date()
        except ValueError:
            continue
    return None


def is_upn(number: str) -> bool:
    """Whether a number has the shape and the check letter of a UPN: characters 2 to 13, each times its place, modulo 23."""
    if not re.fullmatch(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]", number):
        return False
    values = [LETTERS.index(sign) if sign.isalpha() else int(sign) for sign in number[1:]]
    return LETTERS[sum(place * value for place, value in enumerate(values, 2)) % 23] == number[0]


def year_group(text: str) -> str | None:
    """A year group as the census writes it: N1, N2, R, 1 to 14; from `Year 9`, `Yr 9`, `Reception` and the like."""
    plain = re.sub(r"^(YEAR|YR|Y|NCY)[ .]*", "", text.upper())
    named = {"RECEPTION": "R", "NURSERY 1": "N1", "NURSERY 2": "N2", "NURSERY": "N2", "0": "R"}
    plain = named.get(plain, plain)
    if plain in ("N1", "N2", "R", "E1", "E2"):
        return plain
    return str(int(plain)) if re.fullmatch(r"[0-9]{1,2}", plain) and 1 <= int(plain) <= 14 else None


def written(rows: list[dict[str, Any]], file: pathlib.Path | None = None) -> str:
    """Rows as the CSV that `read` reads; also into a file."""
    out = io.StringIO(newline="")
    lines = csv.DictWriter(out, [column.name for column in COLUMNS], extrasaction="ignore")
    lines.writeheader()
    for row in rows:
        lines.writerow({column.name: _text(row.get(column.name)) for column in COLUMNS})
    if file is not None:
        file.write_text(out.getvalue(), encoding="utf-8", newline="")
    return out.getvalue()


def _text(value: Any) -> str:
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    return ";".join(value) if isinstance(value, list) else "" if value is None else str(value)

"""What people recorded in a file for a report, because no file of the store holds it: `items.csv` names what there can be.

The file is a CSV: la, year, item, group, number, words, source. One line is one number or sentence of an item. A copy is kept with the
store's records, as `records/annual_report/<la>-<year>.csv`.
"""

import csv
import io
import pathlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from virtualschool.errors import WrongUse, unknown
from virtualschool.reports.annual.parts import rows

COLUMNS = ("la", "year", "item", "group", "number", "words", "source")
FILE = "annual_report.csv"


@dataclass(frozen=True)
class Item:
    """Something that can be recorded. `children`: its numbers count children, and small ones are hidden from the public."""

    name: str
    section: int
    title: str
    children: bool
    groups: str


ITEMS = {
    row["item"]: Item(row["item"], int(row["section"]), row["title"], row["children"] == "yes", row["groups"]) for row in rows("items")
}


@dataclass(frozen=True)
class Line:
    """One number or sentence: of a group, in words, with where it comes from."""

    item: str
    group: str
    number: Decimal | None
    words: str
    source: str


@dataclass(frozen=True)
class Recorded:
    """The lines of one authority and year."""

    lines: tuple[Line, ...] = ()

    def of(self, item: str) -> list[Line]:
        return [line for line in self.lines if line.item == item]


def read(file: pathlib.Path, la: str, year: int) -> Recorded:
    """The lines of a file about an authority and year. Raises WrongUse that names the first row that cannot be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise WrongUse(f"File {file.name}", "it cannot be read as UTF-8 text.", "Save it as CSV, UTF-8.") from fault
    return Recorded(tuple(lines(text, file.name, la, year)))


def lines(text: str, name: str, la: str, year: int) -> Iterable[Line]:
    reader = csv.DictReader(io.StringIO(text))
    if missing := [column for column in COLUMNS[:6] if column not in (reader.fieldnames or ())]:
        raise WrongUse(f"File {name}", f"it has no column {missing[0]}.", f"Its columns are {', '.join(COLUMNS)}.")
    for number, row in enumerate(reader, 2):
        where = f"{name}, row {number}"
        if row["item"] not in ITEMS:
            raise unknown(f"{where}, item", row["item"] or "", ITEMS)
        try:
            value = Decimal(row["number"].replace(",", "")) if (row["number"] or "").strip() else None
            of_year = int(row["year"])
        except (InvalidOperation, ValueError) as fault:
            raise WrongUse(f"{where}, number or year", "it is not a number.", "Write digits alone, the year as 2026.") from fault
        if value is not None and (not value.is_finite() or (ITEMS[row["item"]].children and value % 1 != 0)):
            raise WrongUse(f"{where}, number", "it is no whole number of children.", "Write how many there are.")
        if row["la"] == la and of_year == year:
            yield Line(row["item"], (row["group"] or "").strip(), value, (row["words"] or "").strip(), (row.get("source") or "").strip())


def kept_file(store: pathlib.Path, la: str, year: int) -> pathlib.Path:
    return store / "records" / "annual_report" / f"{la}-{year}.csv"


def kept(store: pathlib.Path, la: str, year: int) -> Recorded:
    """What is kept with a store's records."""
    file = kept_file(store, la, year)
    return read(file, la, year) if file.exists() else Recorded()


def keep(store: pathlib.Path, file: pathlib.Path, la: str, year: int) -> Recorded:
    """Reads a file and keeps a copy of it. Raises WrongUse where it says nothing about the authority and year."""
    found = read(file, la, year)
    if not found.lines:
        raise WrongUse(f"File {file.name}", f"it has no line about {la} in {year}.", "Check its columns la and year.")
    target = kept_file(store, la, year)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_bytes(file.read_bytes())
    part.replace(target)
    return found

"""A documented list that an authority gives as a file: its records, an account of its rows, and findings.

CSV (also gzipped) and Excel are read. Headings are compared without case, spaces and punctuation, in any order; others are left alone.
A record that cannot be used is set aside with a finding: rows read = rows kept + rows set aside. All faults are found in one go.
"""

import hashlib
import pathlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from virtualschool.errors import Finding, Unreadable, not_text
from virtualschool.read.headings import fold
from virtualschool.read.parts import Part, parts
from virtualschool.read.text import Extra


@dataclass
class Account:
    """What became of the rows of a file. `ignored` are headings that have no meaning here."""

    file: str
    sha256: str
    read: int = 0
    kept: int = 0
    set_aside: int = 0
    ignored: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    def find(self, row: int, column: str, wrong: str, do: str, rule: str = "value") -> None:
        self.findings.append(Finding(self.file, row, column, wrong, do, rule))

    def to_json(self) -> dict[str, Any]:
        found = [
            {"row": one.row, "column": one.column, "wrong": one.wrong, "do": one.do, "rule": one.rule}
            for one in sorted(self.findings, key=lambda one: (one.row, one.column))
        ]
        counts = {"read": self.read, "kept": self.kept, "set_aside": self.set_aside}
        return {"file": self.file, "sha256": self.sha256, **counts, "ignored": list(self.ignored), "findings": found}


@dataclass(frozen=True)
class Line:
    """One record: its row as a spreadsheet shows it, and its cells by our names, without outer spaces ('' where empty)."""

    row: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


class Refused(Exception):
    """A record that is set aside, and why."""

    def __init__(self, column: str, wrong: str, do: str) -> None:
        super().__init__(wrong)
        self.column, self.wrong, self.do = column, wrong, do


def opened(file: pathlib.Path, needs: Sequence[str], may: Sequence[str] = ()) -> tuple[Account, Iterator[Line]]:
    """The account of a file, and its records; `needs` are the headings it must have, `may` those it can have.

    Raises Unreadable where no part of it has them. The account counts what is read; who uses the records counts what is kept.
    """
    shape = f"Its first line must name {', '.join(needs)}."
    try:
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
        held = parts(file)
    except OSError as fault:
        raise not_text(file, fault, shape) from fault
    account = Account(file.name, sha256)
    for part in held:
        for number, line in enumerate(part.lines):
            folded = [fold(cell) for cell in line]
            if all(folded.count(fold(name)) == 1 for name in needs):
                places = {name: folded.index(fold(name)) for name in (*needs, *may) if fold(name) in folded}
                account.ignored = tuple(cell for place, cell in enumerate(line) if place not in places.values() and cell.strip())
                return account, lines(account, part, number, places)
    first = {fold(cell) for part in held for line in part.lines[:1] for cell in line}
    lacking = [name for name in needs if fold(name) not in first]
    wrong = f"it has no column {', '.join(lacking)}." if lacking else "a column stands there twice."
    raise Unreadable(f"File {file}", wrong, shape)


def lines(account: Account, part: Part, header: int, places: dict[str, int]) -> Iterator[Line]:
    extras: list[Extra] = []
    for rows, batch in part.batches(header, len(part.lines[header]), extras):
        columns = {name: batch.column(place).to_pylist() for name, place in places.items()}
        for at, row in enumerate(rows.to_pylist()):
            account.read += 1
            yield Line(row, {name: (cells[at] or "").strip() for name, cells in columns.items()})
    for extra in extras:
        account.read += 1
        account.set_aside += 1
        account.find(extra.row, "", "it has more values than there are headings.", "Put values with commas in quotes.", "shape")


def refuse(account: Account, line: Line, fault: Refused) -> None:
    """Sets a record aside."""
    account.set_aside += 1
    account.find(line.row, fault.column, fault.wrong, fault.do)

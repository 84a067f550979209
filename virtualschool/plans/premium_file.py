"""Files of the premium: payments out of the ledger that a finance team keeps, and an extract of the finance system to reconcile with.

    payments   reference, date, amount, where, purpose [, strand, children, school, target, cohort, what]
    extract    reference, amount

A CSV with a line of headings; case, spaces and order do not matter. `children` are identifiers of the return or tokens, with a semicolon
between them; the amount is shared over them to the penny. Every row is kept or set aside with its reason; no finding shows what stands
in a cell.
"""

import io
import pathlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from virtualschool.errors import Finding, Unreadable, WrongUse
from virtualschool.plans.cells import WRONG, amount, day
from virtualschool.plans.premium import CENTRAL, DEVOLVED, STRANDS, checked_purpose, checked_strand, financial_year_of, purposes
from virtualschool.read.headings import fold
from virtualschool.read.text import first_records, opened

LARGEST, MOST = 10_000_000, 20_000
COLUMNS = {
    "reference": ("The payment's own reference; one payment, one reference.", True),
    "date": ("The day it was paid, 31/03/2026; its financial year is that of the day.", True),
    "amount": ("Pounds, such as 550 or 550.00; below nought where money came back.", True),
    "where": ("devolved (to a school) or central.", True),
    "purpose": ("What it is for: one of the list.", True),
    "strand": ("Which money it is; looked_after where it is empty.", False),
    "children": ("The children it is for: identifiers of the return or tokens, a semicolon between them.", False),
    "school": ("URN of the school that it went to.", False),
    "target": ("The target of the plan that it helps.", False),
    "cohort": ("For whom, where it is for no child by name: a group and what it needs.", False),
    "what": ("What was bought.", False),
}
ALSO = {"payment": "reference", "paid": "date", "paidon": "date", "child": "children", "schoolurn": "school", "urn": "school"}
BANK = ("reference", "amount")
DO = "Its columns must be reference, date, amount, where and purpose; an extract of the finance system has reference and amount."


@dataclass(frozen=True)
class Payment:
    """A payment of a file, with the row it stood in. `children` are as the file names them."""

    row: int
    reference: str
    on: date
    pence: int
    where: str
    purpose: str
    strand: str = "looked_after"
    children: tuple[str, ...] = ()
    school: str = ""
    target: str = ""
    cohort: str = ""
    what: str = ""


@dataclass
class Read:
    """What a file held. `kind` is payments or extract; of an extract `bank` has reference and pence of each row."""

    kind: str
    payments: list[Payment] = field(default_factory=list)
    bank: list[tuple[str, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    read: int = 0

    @property
    def kept(self) -> int:
        return len(self.payments) + len(self.bank)

    @property
    def set_aside(self) -> int:
        return self.read - self.kept


def read(file: pathlib.Path, known: Callable[[str], str | None] = lambda child: child) -> Read:
    """The payments or the extract that a file holds. `known` gives the token of a child as the file names it, None for a stranger.

    Raises Unreadable for what is no such file.
    """
    headings, records = _records(file)
    places = {name: place for place, heading in reversed(list(enumerate(headings))) if (name := _column(heading))}
    if not all(name in places for name in BANK):
        raise Unreadable(f"File {file.name}", "its columns are neither those of payments nor of an extract.", DO)
    is_bank = "date" not in places or "purpose" not in places
    found = Read("extract" if is_bank else "payments")
    if not is_bank and (lacking := [name for name, (_, needed) in COLUMNS.items() if needed and name not in places]):
        raise Unreadable(f"File {file.name}", f"it has no column {' or '.join(lacking)}.", DO)
    if strange := [heading for heading in headings if heading.strip() and not _column(heading)]:
        found.findings.append(
            Finding(file.name, 0, ", ".join(strange[:6]), "no column has this name; it is left out.", "Rename it, or leave it so.")
        )
    seen: set[str] = set()
    for row, cells in records:
        found.read += 1
        said = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings) :]):
            _aside(found, file, row, "", "there are more values than headings", "Put quotes around text that holds a comma.")
        elif not said["reference"]:
            _aside(found, file, row, "reference", "there is none", "Give each payment its reference.")
        elif said["reference"] in seen and not is_bank:
            _aside(found, file, row, "reference", "it stands above already", "Give each payment a reference of its own.")
        elif is_bank:
            if (pence := _pence(said["amount"])) is None:
                _aside(found, file, row, "amount", *WRONG["money"])
            else:
                found.bank.append((said["reference"], pence))
        elif (payment := _payment(found, file, row, said, known)) is not None:
            seen.add(payment.reference)
            found.payments.append(payment)
    if not found.read:
        raise Unreadable(f"File {file.name}", "it has headings and no rows.", "Write a row for each payment.")
    return found


def _payment(found: Read, file: pathlib.Path, row: int, said: dict[str, str], known: Callable[[str], str | None]) -> Payment | None:
    """The payment of a row; None where it is set aside, with the finding that says why."""
    on, pence = day(said["date"]), _pence(said["amount"])
    where, strand = said["where"].casefold(), _word(said.get("strand", "")) or "looked_after"
    purpose = _word(said["purpose"])
    if on is None:
        return _aside(found, file, row, "date", *WRONG["date"])
    if pence is None or not pence:
        return _aside(found, file, row, "amount", *WRONG["money"])
    if where not in (DEVOLVED, CENTRAL):
        return _aside(found, file, row, "where", "it is neither devolved nor central", "Write one of the two.")
    try:
        checked_strand(strand)
    except WrongUse as fault:
        do = fault.do if fault.where.startswith("Strand 'prev") else f"Write one of {', '.join(STRANDS)}."
        wrong = fault.wrong.rstrip(".") if fault.where.startswith("Strand 'prev") else "it is none of the strands"
        return _aside(found, file, row, "strand", wrong, do)
    try:
        checked_purpose(purpose, strand)
    except WrongUse:
        return _aside(found, file, row, "purpose", "it is none that this strand pays for", f"Write one of {', '.join(purposes())}.")
    named = tuple(part.strip() for part in re.split(r"[;|]", said.get("children", "")) if part.strip())
    tokens = tuple(known(name) for name in named)
    if None in tokens:
        wrong = "a child in it is not one of the authority's" if len(named) > 1 else "it is no child of the authority"
        return _aside(found, file, row, "children", wrong, "Use identifiers of the return, or tokens.")
    if len(set(tokens)) != len(tokens):
        return _aside(found, file, row, "children", "a child stands there twice", "Name each child once.")
    texts: dict[str, Any] = {name: said.get(name, "")[:300] for name in ("target", "cohort", "what")}
    return Payment(
        row,
        said["reference"][:60],
        on,
        pence,
        where,
        purpose,
        strand,
        tuple(token for token in tokens if token),
        said.get("school", "")[:10],
        **texts,
    )


def years(found: Read) -> list[str]:
    """The financial years of the payments."""
    return sorted({financial_year_of(one.on) for one in found.payments})


def _pence(text: str) -> int | None:
    """An amount in pence; below nought as finance systems write it: -5.00, -£5.00, £-5.00 and (5.00)."""
    pence = amount(re.sub(r"^[(£\s-]+|[)\s]+$", "", text), "money")
    return None if pence is None else -int(pence) if text.lstrip("£ ").startswith(("-", "(")) else int(pence)


def _word(text: str) -> str:
    return re.sub(r"[\s/-]+", "_", text.strip().casefold())


def _column(heading: str) -> str | None:
    name = fold(heading)
    name = ALSO.get(name, name)
    return name if name in COLUMNS else None


def _aside(found: Read, file: pathlib.Path, row: int, column: str, wrong: str, do: str) -> Payment | None:
    """Nothing, with the finding that says why."""
    found.findings.append(Finding(file.name, row, column, f"{wrong.rstrip('.')}; the row is set aside.", do, "set aside"))
    return None


def _records(file: pathlib.Path) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """The headings, and the records with their rows as a spreadsheet counts them; blank ones are left out."""
    if file.stat().st_size > LARGEST:
        raise Unreadable(f"File {file.name}", "it is larger than 10 MB.", "Bring it in parts.")
    dialect, lines = first_records(file, lambda line: sum(bool(_column(cell)) for cell in line))
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise Unreadable(f"File {file.name}", "it is empty.", "Write a line of headings and a line for each payment.")
    with opened(file) as packed, io.TextIOWrapper(packed, dialect.encoding, errors="replace", newline="") as text:
        records = [(row, record) for row, record in enumerate(dialect.records(text), 1) if any(cell.strip() for cell in record)]
    if len(records) > MOST:
        raise Unreadable(f"File {file.name}", f"it has more than {MOST:,} rows.", "Bring it in parts.")
    return tuple(records[0][1]), records[1:]

"""The Pupil Premium Plus ledger: what came in, where it went and what is left, to the penny. Money is whole pence.

The grant follows the count of children, not their days in care: a child is eligible from the first day. A provisional figure comes in
June from the earlier return and a final one in December from the newer; until then the provisional counts. Nothing is carried past the
financial year: what is unspent goes back. The money that schools hold for previously looked-after children is not the virtual school's,
and has no place in this ledger. Source: pupil premium conditions of grant and allocations as listed in premium_rates.csv.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib import resources

from virtualschool.errors import WrongUse, unknown

STRANDS = ("looked_after", "early_years", "post_16", "recovery", "ehcp", "authority", "other")
NOT_OURS = "previously_looked_after"
RETURNED = ("looked_after", "early_years", "post_16", "recovery")
"""Grants of which what is unspent at the year's end goes back; the rest is the authority's own or another budget's."""
FIRST_YEAR = "2014-15"
DEVOLVED, CENTRAL = "devolved", "central"
ALERTS = ((10, 31), (1, 31), (3, 1))
"""Days of the year on which what is not yet committed is pointed out: 31 October, 31 January, 1 March."""


@dataclass(frozen=True)
class Rate:
    """Pence a child in a financial year, None where no figure was found. `confirmed` is yes, second or no."""

    financial_year: str
    strand: str
    pence: int | None
    confirmed: str
    source: str


@cache
def rates() -> dict[tuple[str, str], Rate]:
    """The rates that the program carries, by strand and financial year."""
    text = (resources.files("virtualschool.plans") / "premium_rates.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {
        (row["strand"], row["financial_year"]): Rate(
            row["financial_year"], row["strand"], int(row["pounds"]) * 100 if row["pounds"] else None, row["confirmed"], row["source"]
        )
        for row in rows
    }


def rate(strand: str, financial_year: str, own: Mapping[tuple[str, str], int] | None = None) -> Rate:
    """The rate of a strand and year; `own` are an authority's own, in pence. Raises WrongUse where there is none to be found."""
    checked_strand(strand)
    start_of(financial_year)
    if own and (strand, financial_year) in own:
        return Rate(financial_year, strand, own[strand, financial_year], "own", "entered by the authority")
    held = rates().get((strand, financial_year))
    if held is None or held.pence is None:
        raise WrongUse(f"Rate {financial_year}, {strand}", "no published figure was found.", "Enter the rate of your own allocation.")
    return held


def checked_strand(strand: str) -> str:
    if strand == NOT_OURS:
        raise WrongUse(
            "Strand 'previously_looked_after'",
            "schools hold that money themselves, and the virtual school does not manage it.",
            "Leave it out; the school's head and designated teacher account for it.",
        )
    if strand not in STRANDS:
        raise unknown("Strand", strand, STRANDS)
    return strand


def start_of(financial_year: str) -> date:
    """1 April of a year such as 2024-25. Raises WrongUse for what is no such year."""
    match = re.fullmatch(r"(20\d\d)-(\d\d)", financial_year)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise WrongUse(f"Financial year '{financial_year}'", "this is not a financial year.", "Write it as 2024-25.")
    return date(int(match[1]), 4, 1)


def financial_year_of(day: date) -> str:
    first = day.year - (day < date(day.year, 4, 1))
    return f"{first}-{(first + 1) % 100:02d}"


@dataclass(frozen=True)
class Purpose:
    """What money is spent on. `strands` is empty where any may pay; `everyone` says that it may be what everybody gets anyway."""

    name: str
    words: str
    tier: str
    strands: tuple[str, ...]
    everyone: bool
    other_budget: str
    needs: tuple[str, ...]


@cache
def purposes() -> dict[str, Purpose]:
    """The purposes by name, in the order of the list."""
    text = (resources.files("virtualschool.plans") / "premium_purposes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {
        row["purpose"]: Purpose(
            row["purpose"],
            row["words"],
            row["tier"],
            () if row["strands"] == "*" else tuple(row["strands"].split()),
            row["everyone"] == "yes",
            row["other_budget"],
            tuple(row["needs"].split()),
        )
        for row in rows
    }


def checked_purpose(purpose: str, strand: str) -> str:
    """The purpose; raises WrongUse where there is none of that name, or the strand does not pay for it."""
    held = purposes().get(purpose)
    if held is None:
        raise unknown("Purpose", purpose, purposes())
    if held.strands and strand not in held.strands:
        raise WrongUse(f"Purpose '{purpose}'", f"the strand {strand} does not pay for it.", f"It is paid from {', '.join(held.strands)}.")
    return purpose


@dataclass(frozen=True)
class Allocation:
    """A strand's grant of a year. The children are those counted: provisional from the earlier return, final from the newer.

    Money that does not follow a count of children is given whole, in pence, and then the children are nought.
    """

    financial_year: str
    strand: str
    pence_a_child: int
    provisional_children: int
    final_children: int | None = None
    provisional_whole: int | None = None
    final_whole: int | None = None

    @property
    def provisional(self) -> int:
        return self.pence_a_child * self.provisional_children if self.provisional_whole is None else self.provisional_whole

    @property
    def final(self) -> int | None:
        if self.final_whole is not None:
            return self.final_whole
        return None if self.final_children is None else self.pence_a_child * self.final_children

    @property
    def pence(self) -> int:
        """What to plan by: the final figure once there is one."""
        return self.provisional if self.final is None else self.final

    @property
    def variance(self) -> int | None:
        return None if self.final is None else self.final - self.provisional


@dataclass(frozen=True)
class Request:
    """A school's request in a plan, and what became of it. States go asked → approved or declined; approved → paid → effect known."""

    id: str
    plan: str
    target: str
    pence: int
    purpose: str
    asked_on: date
    state: str = "asked"
    decided_on: date | None = None
    decided_by: str = ""
    paid_on: date | None = None
    effect: str = ""
    why: str = ""


STEPS = {"asked": ("approved", "declined"), "approved": ("paid", "declined"), "paid": ("effect known",), "declined": (), "effect known": ()}


def move(request: Request, to: str, on: date, *, by: str = "", why: str = "", effect: str = "") -> Request:
    """The request one step on. Raises WrongUse for a step that cannot follow, a decision by nobody, or a refusal without its reason."""
    if to not in STEPS[request.state]:
        allowed = " or ".join(STEPS[request.state]) or "nothing"
        raise WrongUse(f"Request {request.id}", f"from '{request.state}' it cannot become '{to}'.", f"What can follow: {allowed}.")
    if to in ("approved", "declined") and not by.strip():
        raise WrongUse(f"Request {request.id}", "a decision is a named person's.", "Say who decides.")
    if to == "declined" and not why.strip():
        raise WrongUse(f"Request {request.id}", "a refusal needs its reason.", "Write why.")
    if to == "effect known" and not effect.strip():
        raise WrongUse(f"Request {request.id}", "nothing is said of the effect.", "Write what it changed; 'cannot tell' is an answer.")
    if to == "paid":
        return replace(request, state=to, paid_on=on)
    if to == "effect known":
        return replace(request, state=to, effect=effect.strip())
    return replace(request, state=to, decided_on=on, decided_by=by.strip(), why=why.strip())


@dataclass(frozen=True)
class Line:
    """A payment. `where` is devolved (to a school) or central; `children` are the tokens of those it is for, none for a whole cohort."""

    id: str
    on: date
    pence: int
    strand: str
    where: str
    purpose: str
    children: tuple[str, ...] = ()
    target: str = ""
    school: str = ""
    request: str = ""


def shares(pence: int, children: Sequence[str]) -> dict[str, int]:
    """A cost over the children it is for, as equal as whole pence are; the odd pence go to the first in the order of their tokens.

    The shares add up to the cost, also where it is a refund (below zero). Raises WrongUse where there is nobody, or somebody twice.
    """
    if not children or len(set(children)) != len(children):
        raise WrongUse("Shares", "a cost is shared over one or more children, each of them once.", "Correct the children.")
    each, odd = divmod(pence, len(children))
    return {child: each + (place < odd) for place, child in enumerate(sorted(children))}


@dataclass(frozen=True)
class Ledger:
    """A strand's year. `requests` that are approved and unpaid are committed; `planned` is what is expected besides, in pence."""

    allocation: Allocation
    lines: tuple[Line, ...]
    requests: tuple[Request, ...] = ()
    planned: int = 0
    own_rates: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        checked_strand(self.allocation.strand)
        seen: set[str] = set()
        for line in self.lines:
            if line.id in seen:
                raise WrongUse(f"Line {line.id}", "it is there twice.", "Enter each payment once.")
            seen.add(line.id)
            if line.strand != self.allocation.strand:
                raise WrongUse(f"Line {line.id}", f"it is of the strand {line.strand}.", "Enter it in that strand's ledger.")
            if financial_year_of(line.on) != self.allocation.financial_year:
                wrong = f"its day is not in {self.allocation.financial_year}."
                raise WrongUse(f"Line {line.id}", wrong, "Nothing is carried over: enter it in its own year.")
            if line.where not in (DEVOLVED, CENTRAL):
                raise unknown("Where", line.where, (DEVOLVED, CENTRAL))

    def paid(self, where: str | None = None) -> int:
        return sum(line.pence for line in self.lines if where in (None, line.where))

    @property
    def committed(self) -> int:
        """Approved and not paid yet."""
        return sum(request.pence for request in self.requests if request.state == "approved")

    @property
    def unspent(self) -> int:
        """Grant that is not paid out; below zero where more was paid than came."""
        return self.allocation.pence - self.paid()

    @property
    def uncommitted(self) -> int:
        return self.unspent - self.committed

    @property
    def forecast(self) -> int:
        """What will have been paid by 31 March: paid, approved, and planned besides."""
        return self.paid() + self.committed + self.planned

    @property
    def forecast_clawback(self) -> int:
        """What would go back at the year's end by the forecast."""
        return max(0, self.allocation.pence - self.forecast)

    @property
    def clawback(self) -> int:
        """What goes back if nothing more is paid."""
        return max(0, self.unspent)

    @property
    def overspent(self) -> int:
        return max(0, -self.unspent)

    def by_child(self) -> dict[str, int]:
        """Pence for each child, shared costs split to the penny; '' holds what is for no child by name."""
        found: dict[str, int] = {}
        for line in self.lines:
            for child, pence in (shares(line.pence, line.children) if line.children else {"": line.pence}).items():
                found[child] = found.get(child, 0) + pence
        return dict(sorted(found.items()))

    def by(self, column: str) -> dict[str, int]:
        """Pence by purpose, school, target or where."""
        found: dict[str, int] = {}
        for line in self.lines:
            key = getattr(line, column)
            found[key] = found.get(key, 0) + line.pence
        return dict(sorted(found.items()))

    def differences(self, bank: Iterable[tuple[str, int]]) -> list[str]:
        """What of the bank's payments (line, pence) and the ledger's does not agree, both ways and to the penny."""
        known = {line.id: line.pence for line in self.lines}
        theirs: dict[str, int] = {}
        for key, pence in bank:
            theirs[key] = theirs.get(key, 0) + pence
        found = [f"Line {key}: in the ledger {pounds(known[key])}, in the bank nothing." for key in known if key not in theirs]
        found += [f"Line {key}: in the bank {pounds(theirs[key])}, in the ledger nothing." for key in theirs if key not in known]
        found += [
            f"Line {key}: in the ledger {pounds(known[key])}, in the bank {pounds(theirs[key])}."
            for key in known
            if key in theirs and known[key] != theirs[key]
        ]
        return sorted(found)

    def alerts(self, today: date) -> list[str]:
        """What to point out on a day: money not yet committed, an overspend, payments whose effect is not known."""
        start = start_of(self.allocation.financial_year)
        passed = [
            date(start.year + (month < 4), month, day) for month, day in ALERTS if today >= date(start.year + (month < 4), month, day)
        ]
        found = []
        if self.overspent:
            found.append(f"More was paid than came: {pounds(self.overspent)}.")
        if passed and self.uncommitted > 0 and self.allocation.strand in RETURNED:
            since = f"{max(passed).day} {max(passed):%B %Y}"
            found.append(f"Not committed on {since} or after: {pounds(self.uncommitted)}. What is unspent on 31 March goes back.")
        open_ = sum(request.state == "paid" for request in self.requests)
        if open_:
            found.append(f"Paid, and the effect is not known yet: {open_}.")
        return found


def pounds(pence: int) -> str:
    """Pence as pounds: 123456 is £1,234.56."""
    return f"{'-' if pence < 0 else ''}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"

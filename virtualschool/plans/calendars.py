"""Working days and school days: what a limit of so many days means.

A working day is Monday to Friday without the bank holidays of England and Wales, from the list that the package govuk-bank-holidays
carries (no call out). A school day is a day of term of a calendar that is given.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache


@cache
def bank_holidays() -> frozenset[date]:
    """The bank holidays of England and Wales that the bundled list knows."""
    from govuk_bank_holidays.bank_holidays import BankHolidays

    return frozenset(
        holiday["date"]
        for holiday in BankHolidays(locale="en", use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
    )


@dataclass(frozen=True)
class Term:
    """A school term: `name` is autumn, spring or summer; `breaks` are its first and last days without school, half term and the like."""

    name: str
    start: date
    end: date
    breaks: tuple[tuple[date, date], ...] = ()

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Calendar:
    """How days are counted: `kind` is working or school; a calendar of school days has terms."""

    kind: str = "working"
    terms: tuple[Term, ...] = ()

    def counts(self, day: date) -> bool:
        if day.weekday() > 4 or day in bank_holidays():
            return False
        if self.kind == "working":
            return True
        return any(term.holds(day) and not any(first <= day <= last for first, last in term.breaks) for term in self.terms)

    def after(self, start: date, days: int) -> date:
        """The day on which so many days that count have passed since `start`, which is not counted itself.

        Raises ValueError where a school calendar ends before.
        """
        day, left = start, days
        last = max((term.end for term in self.terms), default=start) if self.kind == "school" else None
        while left:
            day += timedelta(days=1)
            if last is not None and day > last:
                raise ValueError(f"The school calendar ends on {last}, before {days} school days have passed.")
            left -= self.counts(day)
        return day

    def between(self, start: date, end: date) -> int:
        """How many days that count lie after `start` up to `end`; negative where `end` is before."""
        if end < start:
            return -self.between(end, start)
        return sum(self.counts(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))

    def term_of(self, day: date) -> Term | None:
        return next((term for term in self.terms if term.holds(day)), None)


WORKING_DAYS = Calendar()


def in_term_order(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: term.start))

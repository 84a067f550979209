"""What the rules look at: the children of an authority today, last week's roll, and three years of the store. Each is read once."""

import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from govuk_bank_holidays.bank_holidays import BankHolidays

from virtualschool.store import Snapshot
from virtualschool.web import attendance_watch, children, plan_dates, stores
from virtualschool.web.models import RollEntry, RollFile

HOLIDAYS = BankHolidays(use_cached_holidays=True)
ENGLAND = BankHolidays.ENGLAND_AND_WALES


def working_days_after(day: datetime.date, number: int) -> datetime.date:
    """The day that many working days later, by England's bank holidays."""
    for _ in range(number):
        day = HOLIDAYS.get_next_work_day(division=ENGLAND, date=day)
    return day


@dataclass(frozen=True)
class Evidence:
    """One authority on one day."""

    la: str
    today: datetime.date
    snapshot: Snapshot

    @cached_property
    def children(self) -> list[children.Child]:
        """The children looked after now."""
        return children.looked_after_now(self.la)

    @cached_property
    def rolls(self) -> list[RollFile]:
        """The newest roll and the one before it, as far as there are any."""
        return list(RollFile.objects.filter(la=self.la, as_of__lte=self.today).order_by("-as_of")[:2])

    @cached_property
    def now(self) -> dict[str, RollEntry]:
        return self._entries(0)

    @cached_property
    def before(self) -> dict[str, RollEntry]:
        return self._entries(1)

    @cached_property
    def plans(self) -> list[plan_dates.Standing]:
        """How the education plan of each child stands in the term of the day."""
        return plan_dates.standings(self.la, self.children, plan_dates.term_on(self.la, self.today), self.today)

    @cached_property
    def marks(self) -> attendance_watch.Marks:
        """The marks of the register of the last weeks."""
        return attendance_watch.marks(self.la, self.today)

    def _entries(self, which: int) -> dict[str, RollEntry]:
        if len(self.rolls) <= which:
            return {}
        return children.entries_of(self.rolls[which])

    @cached_property
    def has_two_rolls(self) -> bool:
        return len(self.rolls) == 2

    @cached_property
    def year(self) -> int | None:
        """The newest care year of the store."""
        return stores.newest_year(self.snapshot, self.la)

    @cached_property
    def years(self) -> dict[tuple[str, int], dict[str, Any]]:
        """The rows of the newest three years, by token and year: attendance, suspensions and placements."""
        if self.year is None:
            return {}
        query = """
            SELECT token, year, sessions_possible, sessions_missed, suspensions, permanent_exclusions, placements_in_year, unplanned_moves
            FROM children WHERE la = ? AND year BETWEEN ? AND ?
        """
        rows = stores.engine(self.snapshot).rows(query, [self.la, self.year - 2, self.year])
        return {(row["token"], row["year"]): row for row in rows}

    def absence(self, token: str, year: int) -> float | None:
        """The rate of absence of a child in a year; None where it is not known, or of fewer than sixty possible sessions."""
        row = self.years.get((token, year))
        if row is None or not row["sessions_possible"] or row["sessions_possible"] < FEW_SESSIONS:
            return None
        return row["sessions_missed"] / row["sessions_possible"]

    @cached_property
    def attendance_year(self) -> int | None:
        """The newest year in which attendance of this authority's children is held."""
        years = {year for (_, year), row in self.years.items() if row["sessions_possible"]}
        return max(years, default=None)


FEW_SESSIONS = 60
"""About six weeks: a rate of fewer sessions says little; ours."""

"""A check of whole plans: files read, every rule judged, and a profile's suggestion where one is asked for."""

import pathlib
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from virtualschool.errors import WrongUse
from virtualschool.plans import profiles
from virtualschool.plans.cells import day
from virtualschool.plans.files import Plans, read_plans
from virtualschool.plans.judging import judge_plan
from virtualschool.plans.rules import NOT_MET, Outcome, Settings


@dataclass(frozen=True)
class Checked:
    """Plans as read, and of each its identifier, the outcome of every rule, and the suggestion if a profile was named."""

    read: Plans
    judged: list[tuple[str, list[Outcome], profiles.Suggestion | None]]

    @property
    def has_findings(self) -> bool:
        return bool(self.read.findings) or any(one.state == NOT_MET for _, outcomes, _ in self.judged for one in outcomes)


def check(file: pathlib.Path, today: date, profile: str | None = None, settings: Settings | None = None) -> Checked:
    """Raises Unreadable for a file without plans, WrongUse for a profile that there is not."""
    chosen = profiles.named(profile) if profile else None
    read = read_plans(file)
    judged = []
    for plan in read.plans:
        outcomes = judge_plan(plan, today, settings)
        judged.append((plan.id, outcomes, profiles.suggest(outcomes, chosen) if chosen else None))
    return Checked(read, judged)


def day_of(text: str | None) -> date:
    """The day that an option names, or the day in London. Raises WrongUse for text that is no day."""
    if text is None:
        return datetime.now(ZoneInfo("Europe/London")).date()
    if (found := day(text)) is None:
        raise WrongUse(f"Day '{text}'", "this is not a date.", "Write it as 2026-03-31 or 31/03/2026.")
    return found

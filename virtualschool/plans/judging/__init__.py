"""How each rule is judged: a module for each part of a plan, a function for each rule.

A judge looks at what the files tell. What they do not tell at all is "cannot tell", with the column to add; what they tell and is blank or
wrong is "not met". Where only a person can judge, the outcome is "cannot tell" with the question for that person. No judge gives a grade.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from virtualschool.plans.files import Plan
from virtualschool.plans.rules import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, Outcome, Settings, all_rules, by_id, defaults


@dataclass(frozen=True)
class Asked:
    """A plan to be judged, on a day, by an authority's settings."""

    plan: Plan
    today: date
    settings: Settings

    def told(self, column: str) -> Any:
        """The value of a column of the plan, None where it was left blank. Raises NotTold where the files do not have it."""
        if not self.plan.knows(column):
            raise NotTold(f"plans.{column}")
        return self.plan.get(column)

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of another table. Raises NotTold where there is no such table."""
        if not self.plan.has(table):
            raise NotTold(table)
        return self.plan.all(table)

    def attendance(self) -> Decimal | None:
        """Attendance this term in percent: as the plan says it, else from the table of attendance. Raises NotTold where neither does."""
        if self.plan.knows("attendance_percent"):
            return self.plan.get("attendance_percent")
        start, end = self.plan.get("term_start"), self.plan.get("term_end")
        weeks = [row for row in self.plan.all("attendance") if not (start and end) or start <= row["from"] <= end]
        known = [row for row in weeks if row.get("sessions_possible") and row.get("sessions_missed") is not None]
        possible = sum(row["sessions_possible"] for row in known)
        if not possible:
            raise NotTold("plans.attendance_percent, or the table attendance")
        return Decimal(100 * (possible - sum(row["sessions_missed"] for row in known))) / possible

    def before(self) -> Plan:
        """The plan before. Raises NoneBefore for a first plan, NotTold where it is not in the files."""
        if self.plan.previous is not None:
            return self.plan.previous
        if self.plan.get("number") == 1:
            raise NoneBefore
        raise NotTold("the plan before")


class NotTold(Exception):
    """The files do not tell what a rule needs: `args[0]` is the column or table."""


class NoneBefore(Exception):
    """A rule compares with the plan before, and this is the first."""


Said = tuple[str, str]
"""A state and why."""
Judge = Callable[[Asked], Said]
JUDGES: dict[str, Judge] = {}


def judges(rule: str) -> Callable[[Judge], Judge]:
    """Marks a function as the judge of a rule."""

    def mark(judge: Judge) -> Judge:
        if f"PEP-{rule}" in JUDGES:
            raise ValueError(f"Two judges of PEP-{rule}.")
        JUDGES[f"PEP-{rule}"] = judge
        return judge

    return mark


def judge_plan(plan: Plan, today: date, settings: Settings | None = None) -> list[Outcome]:
    """What every rule says of a plan, in the order of the rules."""
    _load()
    asked = Asked(plan, today, settings or defaults())
    return [outcome(rule.id, asked) for rule in all_rules()]


def outcome(rule: str, asked: Asked) -> Outcome:
    words = by_id()[rule]
    try:
        state, said = JUDGES[rule](asked)
    except NotTold as fault:
        return Outcome(rule, CANNOT_TELL, f"The files do not tell {fault.args[0]}.", f"Add {fault.args[0]}. {words.add}")
    except NoneBefore:
        return Outcome(rule, DOES_NOT_APPLY, "This is the first plan.")
    return Outcome(rule, state, said, words.add if state in (NOT_MET, CANNOT_TELL) else "")


def met(said: str) -> Said:
    return MET, said


def not_met(said: str) -> Said:
    return NOT_MET, said


def no_matter(said: str) -> Said:
    return DOES_NOT_APPLY, said


def for_a_person(said: str) -> Said:
    return CANNOT_TELL, said


def either(good: bool, yes: str, no: str) -> Said:
    return met(yes) if good else not_met(no)


def counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _load() -> None:
    """Import the modules of judges, which fill JUDGES."""
    from virtualschool import registry

    registry.modules("virtualschool.plans.judging")

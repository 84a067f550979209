"""What the action plan tells a report: last year's priorities with what came of each, and the actions of the year to come."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from virtualschool.frameworks.action_plan import OPEN, Action, Plan, progress, reading_of
from virtualschool.reports.blocks import Block, Column, Table


def last_priorities(plan: Plan, year: int, rows: Mapping[str, Mapping[str, Any]], snapshot: str, day: date) -> list[Block]:
    """The actions of a year, each with whether it moved its measure by the figures of `rows` (by measure)."""
    lines = []
    for priority, actions in plan.priorities(year).items():
        for action in actions:
            row = rows.get(action.measure)
            # A row without a figure still says why there is none.
            read = reading_of(row, snapshot, day) if row else None
            moved = progress(action, read)
            evidence = action.evidence or "none recorded"
            still = "closed" if action.status == "done" else action.status + (f": {action.note}" if action.note else "")
            lines.append((priority, action.words, evidence, action.impact or "none recorded", f"{moved.verdict}. {moved.sentence}", still))
    if not lines:
        return []
    columns = ("Priority", "Action", "Evidence", "Impact", "Did its measure move", "Still open")
    return [
        Table(
            "last_priorities",
            f"Priorities of {year}, and what came of them",
            tuple(Column(words) for words in columns),
            tuple(lines),
            source="the action plan",
        )
    ]


def next_priorities(plan: Plan, year: int) -> list[Block]:
    """The actions of a year that are open: who, by when, what is to move and how far."""
    lines = [
        (priority, action.words, action.owner, f"{action.due:%-d %B %Y}", aimed(action), milestones(action))
        for priority, actions in plan.priorities(year).items()
        for action in actions
        if action.status == OPEN
    ]
    if not lines:
        return []
    columns = ("Priority", "Action", "Owner", "By", "Measure and target", "Milestones")
    return [
        Table(
            f"actions_{year}",
            f"Actions of {year}",
            tuple(Column(words) for words in columns),
            tuple(lines),
            source="the action plan",
        )
    ]


def aimed(action: Action) -> str:
    if not action.measure:
        return action.success or "none"
    whole = [action.measure.replace("_", " ")]
    if action.baseline is not None:
        whole.append(f"from {action.baseline}{f' in {action.baseline_year}' if action.baseline_year else ''}")
    if action.target is not None:
        whole.append(f"to {action.target} by {action.target_year}")
    return " ".join(whole)


def milestones(action: Action) -> str:
    return "; ".join(f"{one.words}, {one.due:%-d %B %Y}{' (done)' if one.done else ''}" for one in action.milestones) or "none"


def targets(actions: Sequence[Action]) -> dict[str, Decimal]:
    """The target of each measure that an action names."""
    return {action.measure: action.target for action in actions if action.measure and action.target is not None}

"""What the rules say of the plans of a store: `plan_marks` and `plan_target_marks`, worked out once a build.

A plan is judged on its own day (when it was complete, else met about, begun, or the end of its term), so that the same files give the same
marks whenever they are built. A column that is blank in the whole of an authority's file counts as one that the file does not have: what it
would tell is "cannot tell", not a fault.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import pyarrow as pa

from virtualschool import tables
from virtualschool.plans.cells import day
from virtualschool.plans.files import Plan, before
from virtualschool.plans.judging import judge_plan
from virtualschool.plans.judging.target_quality import target_of
from virtualschool.plans.layout import tables as described
from virtualschool.plans.targets import judge
from virtualschool.store import Draft, Engine


def marks(draft: Draft) -> None:
    """Writes both tables, where plans were read."""
    if not draft.engine.value("SELECT count(*) FROM plans"):
        return
    of_plans: list[dict[str, Any]] = []
    of_targets: list[dict[str, Any]] = []
    for la in [row["la"] for row in draft.engine.rows("SELECT DISTINCT la FROM plans ORDER BY la")]:
        for plan in held(draft.engine, la).values():
            own = own_day(plan)
            if own is not None:
                of_plans += [{"la": la, "plan": plan.id, "rule": one.rule, "state": one.state} for one in judge_plan(plan, own)]
            of_targets += target_marks(la, plan, own)
    for name, rows in (("plan_marks", of_plans), ("plan_target_marks", of_targets)):
        table = tables.ALL[name]
        draft.write(name, pa.Table.from_pylist(rows, schema=table.arrow), order_by=table.key)


def own_day(plan: Plan) -> date | None:
    """The day on which a plan is judged; None where nothing dates it."""
    return next(filter(None, map(plan.get, ("completed_on", "meeting_on", "started_on", "term_end"))), None)


def held(engine: Engine, la: str) -> dict[str, Plan]:
    """The plans of an authority in a store as the judges take them, by identifier, each with the one before."""
    plans: dict[str, Plan] = {}
    for values in _rows(engine, "plans", la):
        plans[values["plan"]] = Plan(values)
    for name in described():
        if name == "plans":
            continue
        rows = _rows(engine, f"plan_{name}", la)
        of_plan: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for values in rows:
            of_plan[values["plan"]].append(values)
        for plan in plans.values() if rows else ():
            plan.rows[name] = of_plan.get(plan.id, [])
    for plan in plans.values():
        plan.previous = before(plan, plans)
    return plans


def _rows(engine: Engine, name: str, la: str) -> list[dict[str, Any]]:
    """The rows of a table, in their order in the files, with the columns that its file tells anything in."""
    found = engine.rows(f'SELECT * FROM "{name}" WHERE la = ? ORDER BY file, row', [la])
    told: dict[int, set[str]] = defaultdict(set)
    for row in found:
        told[row["file"]] |= {column for column, value in row.items() if value is not None}
    return [{key: value for key, value in row.items() if key in told[row["file"]] - {"file", "row"}} for row in found]


def target_marks(la: str, plan: Plan, own: date | None) -> Iterable[dict[str, Any]]:
    for place, row in enumerate(plan.all("targets"), 1):
        judged = judge(target_of(row))
        due = day(row.get("due") or "")
        passed = row.get("outcome") is not None or (due is not None and own is not None and due <= own)
        lacking = " ".join(mark.rule for mark in judged.missing)
        said = {"precise": judged.precise, "lacking": lacking, "outcome": row.get("outcome"), "due_passed": passed}
        yield {"la": la, "plan": plan.id, "place": place, **said}

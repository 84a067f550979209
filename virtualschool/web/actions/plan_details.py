"""What is filled in beside the words of a plan: kept as rows of the files of plans, the newest of a table counting."""

from typing import Any

from virtualschool.errors import WrongUse
from virtualschool.web import events, plan_details
from virtualschool.web.actions.plans import is_open, may_write
from virtualschool.web.children import Child
from virtualschool.web.models import Plan, PlanRows, WorkStamp
from virtualschool.web.permissions import Viewer
from virtualschool.web.plan_details import Group


def own_groups(viewer: Viewer, child: Child) -> list[Group]:
    """The groups that a viewer fills in."""
    if viewer.role is None or viewer.link is not None or not may_write(viewer, child):
        return []
    return [group for group in plan_details.groups() if viewer.role.name in group.writes]


def may_list(viewer: Viewer, child: Child) -> bool:
    return viewer.role is not None and viewer.link is None and viewer.role.name in plan_details.lists()[1] and may_write(viewer, child)


def rows_of(plan: Plan, table: str) -> list[dict[str, Any]]:
    """The rows that stand of a table, as they are kept."""
    newest = plan.records.filter(table=table).order_by("-pk").first()
    return list(newest.rows) if newest else []


def keep(request: Any, child: Child, plan: Plan, table: str, rows: list[dict[str, Any]]) -> bool:
    """Keeps the rows of a table from now on; whether anything changed. Of the table of plans, what others filled in stays."""
    viewer = request.viewer
    allowed = own_groups(viewer, child) if table == "plans" else may_list(viewer, child) and table in plan_details.lists()[0]
    if not allowed:
        raise WrongUse("Plan", "you do not fill this in.", "Ask the Virtual School.")
    if not is_open(plan):
        raise WrongUse("Plan", "it is complete, signed off or closed.", "Open it again as a new version first.")
    before = rows_of(plan, table)
    if table == "plans":
        rows = [{**(before[0] if before else {}), **rows[0]}]
    if rows == before:
        return False
    by = f"{viewer.name}, {viewer.role.words.lower()}" if viewer.role else viewer.name
    PlanRows.objects.create(plan=plan, version=plan.version, table=table, rows=rows, made_by=viewer.person, by=by)
    WorkStamp.objects.filter(la=plan.la).delete()
    events.record(request, "filled in", "plan", token=plan.token, plan=plan.pk, version=plan.version, table=table)
    return True

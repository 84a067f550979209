"""Taking the child-level lists for an inspection away: with a reason, an event, and only children whom the taker may see."""

from typing import Any

from virtualschool.errors import WrongUse
from virtualschool.reports import annex_a
from virtualschool.reports.annex_a import not_held
from virtualschool.reports.annex_a_workbook import workbook
from virtualschool.web import children, events, plan_dates, stores
from virtualschool.web.models import Plan
from virtualschool.web.models.plans import STATES, TERMS
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_files
from virtualschool.years import label

__all__ = ["about", "export", "not_held"]


def found_for(viewer: Viewer) -> annex_a.Lists | None:
    mine = [child for child in children.of(viewer) if child.la == viewer.la]
    beside = {child.token: {"social_worker": child.entry.social_worker} for child in mine if child.entry is not None}
    for token, plan in newest_plans(viewer.la).items():
        beside.setdefault(token, {}).update(plan)
    held = stores.snapshot()
    return annex_a.lists(stores.engine(held), viewer.la, may_see={child.token for child in mine}, beside=beside)


def about(viewer: Viewer) -> dict[str, Any]:
    """How many children would be on which list, and as of when; empty where the authority has no return."""
    found = found_for(viewer)
    if found is None:
        return {}
    return {"as_of": found.as_of, "left_out": found.left_out, "sheets": [(name, len(rows)) for name, (_, rows) in found.sheets.items()]}


def export(request: Any, reason: str) -> bytes:
    """The workbook. Raises WrongUse without a reason, for a role without an authority's records, and where there is no return."""
    viewer: Viewer = request.viewer
    if not viewer.may("record") or viewer.role is None or viewer.role.scope != "authority":
        raise WrongUse("Lists", "they are about children whose records you may not open.", "Ask the Virtual School Head.")
    if len(reason.strip()) < 5:
        raise WrongUse("Reason", "it is empty or too short.", "Say in a few words what the file is for.")
    found = found_for(viewer)
    if found is None:
        raise WrongUse("Lists", "there is no return of this authority in the store.", "Bring the SSDA903 files (Data).")
    if not may_read_all(viewer):
        raise WrongUse("Lists", "they hold columns that your role may not read.", "Ask the Virtual School Head to take them.")
    number = len({row["token"] for _, rows in found.sheets.values() for row in rows})
    content = workbook(found, children_files.mark(viewer, number))
    events.record(
        request, "downloaded", "children", reason=reason.strip(), children=number, style="xlsx", behind="child-level lists 8 and 9"
    )
    return content


def may_read_all(viewer: Viewer) -> bool:
    return all(viewer.may_read(column) for column in ("placement_address", "legal_status", "category_of_need", "missing_episodes"))


def newest_plans(la: str) -> dict[str, dict[str, Any]]:
    """Of each child with a plan the newest: its term, the day of its meeting, and its state in words."""
    order = list(TERMS)
    found: dict[str, Plan] = {}
    for plan in Plan.objects.filter(la=la):
        held = found.get(plan.token)
        place = (plan.school_year, order.index(plan.term))
        if held is None or place > (held.school_year, order.index(held.term)):
            found[plan.token] = plan
    done = plan_dates.done_days(list(found.values()))
    return {
        token: {
            "plan_term": f"{TERMS[plan.term]} {label(plan.school_year)}",
            "plan_met": done[plan.pk][0],
            "plan_state": STATES[plan.state],
        }
        for token, plan in found.items()
    }

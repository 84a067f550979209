"""Items of the worklist as a page shows them: whose, how urgent, and where they are done."""

import datetime
from dataclasses import dataclass

from virtualschool.web import children
from virtualschool.web.models import WorkItem
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters.home import leads_to
from virtualschool.web.worklist import RULES, Rule

OF_A_CHILD = (
    "children-child",
    "children-attendance-child",
    "children-attendance-missing",
    "plans-child",
    "premium-child",
    "voice-child",
)
"""Pages about one child, which need the child's token."""


@dataclass(frozen=True)
class Line:
    """One item. `who` is the child's name for this viewer, empty where the item is about no one child."""

    item: WorkItem
    rule: Rule
    who: str
    address: str
    urgency: str
    tag: str


def lines(viewer: Viewer, items: list[WorkItem], today: datetime.date, seen: list[children.Child]) -> list[Line]:
    """The items of children whom the viewer may see, and those about no one child."""
    wanted = {item.token for item in items}
    known = {child.token: child for child in seen if child.token in wanted}
    made = []
    for item in items:
        child = known.get(item.token)
        if item.token and child is None and item.rule != "left":
            continue
        rule = RULES[item.rule]
        address = leads_to(rule.view, token=item.token) if child and rule.view in OF_A_CHILD else leads_to(rule.view)
        made.append(Line(item, rule, child.name if child else "A child who has left" if item.token else "", address, *urgency(item, today)))
    return made


def urgency(item: WorkItem, today: datetime.date) -> tuple[str, str]:
    """How urgent, in words, and the colour of its tag."""
    if item.due is None:
        return "No date", "grey"
    if item.due < today:
        return "Overdue", "red"
    if item.due <= today + datetime.timedelta(days=7):
        return "Due this week", "yellow"
    return "Due", "blue"

"""The ways within the pages of children, each for who may go there."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

register = template.Library()

WAYS = (
    ("children-list", "Children", "children"),
    ("children-progress", "Progress", "progress"),
    ("children-changes", "Joined, left, moved", "roll"),
    ("children-attendance", "Attendance this term", "casework"),
    ("children-not-full-time", "Not full-time", "casework"),
    ("children-elsewhere", "Taught elsewhere", "casework"),
    ("children-leavers", "Care leavers", "children"),
    ("children-tasks", "Tasks", "casework"),
    ("children-caseloads", "Caseloads", "casework"),
    ("children-enquiries", "Advice and training", "enquiries"),
    ("children-roll", "The weekly roll", "roll"),
)
WITHIN = {
    "children": "children-list",
    "children-child": "children-list",
    "children-export": "children-list",
    "children-meeting": "children-list",
    "children-roll-load": "children-roll",
    "children-roll-file": "children-roll",
    "children-enquiry": "children-enquiries",
    "children-lists": "children-leavers",
    **{f"children-progress-{name}": "children-progress" for name in ("home", "home-add", "home-file", "child", "add", "record", "correct")},
    **{f"children-progress-{name}": "children-progress" for name in ("withdraw", "share", "documents", "file", "home-document")},
}
"""Pages that stand below another."""


@register.simple_tag(takes_context=True)
def children_ways(context: Any) -> list[dict[str, Any]]:
    viewer, match = context["viewer"], getattr(context.get("request"), "resolver_match", None)
    here = match.view_name if match else ""
    here = "children-attendance" if here.startswith("children-attendance") else here
    ways = []
    for view, words, kind in WAYS:
        if not viewer.may(kind):
            continue
        try:
            ways.append({"address": reverse(view), "words": words, "here": WITHIN.get(here, here) == view})
        except NoReverseMatch:
            continue
    return ways if len(ways) > 1 else []


@register.simple_tag(takes_context=True)
def without(context: Any, *names: str) -> str:
    """The query of this address without some of its parts."""
    query = context["request"].GET.copy()
    for name in names:
        query.pop(name, None)
    return f"?{query.urlencode()}"

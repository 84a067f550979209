"""The ways within the pages of attendance, each for who may go there."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()

WAYS = (
    ("children-attendance", "Alerts", "casework"),
    ("children-attendance-prevention", "Prevention of exclusion", "casework"),
    ("children-attendance-charts", "Charts", "marks"),
    ("children-attendance-cases", "Cases", "casework"),
    ("children-attendance-files", "Files of marks", "marks"),
)
WITHIN = {"children-attendance-file": "children-attendance-files", "children-attendance-case": "children-attendance-cases"}


@register.simple_tag(takes_context=True)
def attendance_ways(context: Any) -> list[dict[str, Any]]:
    viewer, match = context["viewer"], getattr(context.get("request"), "resolver_match", None)
    here = match.view_name if match else ""
    ways = [
        {"address": reverse(view), "words": words, "here": WITHIN.get(here, here) == view} for view, words, kind in WAYS if viewer.may(kind)
    ]
    return ways if len(ways) > 1 else []

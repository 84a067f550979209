"""The ways within the pages of the premium, each for who may go there, and pence as pounds."""

from typing import Any

from django import template
from django.urls import reverse

from virtualschool.plans.premium import pounds as as_pounds

register = template.Library()

WAYS = (
    ("premium", "Requests", "premium"),
    ("premium-policy", "Policy", "premium"),
    ("premium-ledger", "Ledger", "premium_ledger"),
    ("premium-payments", "Payments", "premium_ledger"),
    ("premium-programmes", "Programmes", "premium_ledger"),
    ("premium-spend", "Spend", "premium_ledger"),
    ("premium-need", "Need", "premium_ledger"),
    ("premium-effects", "Effect", "premium_ledger"),
    ("premium-files", "Files", "premium_ledger"),
)
WITHIN = {
    "premium-policy-write": "premium-policy",
    "premium-grant": "premium-ledger",
    "premium-add": "premium-payments",
    "premium-back": "premium-payments",
    "premium-programme": "premium-programmes",
    "premium-programme-new": "premium-programmes",
    "premium-places": "premium-programmes",
    "premium-file": "premium-files",
    "premium-request": "premium",
    "premium-decide": "premium",
    "premium-pay": "premium",
    "premium-child": "premium",
    "premium-ask": "premium",
    "premium-effect": "premium",
}
"""Pages that stand below another."""


@register.simple_tag(takes_context=True)
def premium_ways(context: Any) -> list[dict[str, Any]]:
    viewer, match = context["viewer"], getattr(context.get("request"), "resolver_match", None)
    here = match.view_name if match else ""
    ways = [
        {"address": reverse(view), "words": words, "here": WITHIN.get(here, here) == view} for view, words, kind in WAYS if viewer.may(kind)
    ]
    return ways if len(ways) > 1 else []


@register.filter
def pounds(value: int | None) -> str:
    return "" if value is None else as_pounds(value)

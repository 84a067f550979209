"""How values are put in words on pages: dates, numbers, yes and no; and the parts of an address that change."""

import datetime
from decimal import Decimal
from typing import Any

from django import template

register = template.Library()


@register.filter
def day(value: datetime.date | None) -> str:
    """21 November 2026; nothing for none."""
    return f"{value.day} {value:%B %Y}" if value else ""


@register.filter
def moment(value: datetime.datetime | None) -> str:
    """21 November 2026, 3:05pm, in London."""
    from virtualschool.web.clock import LONDON

    if not value:
        return ""
    local = value.astimezone(LONDON)
    return f"{day(local)}, {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


@register.filter
def shown(value: Any) -> str:
    """A value of a record in words: yes and no, a date, 'not known'."""
    if value is None or value == "":
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.date):
        return day(value)
    if isinstance(value, Decimal | float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) and value > 9999 else str(value)


@register.filter
def school_year(value: int | None) -> str:
    """2025/26 of 2026."""
    from virtualschool.years import label

    return label(value) if value else ""


@register.filter
def item(mapping: Any, key: Any) -> Any:
    return mapping.get(key) if hasattr(mapping, "get") else None


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changed: Any) -> str:
    """The query of this address with some parts changed, or taken out where the value is None: `?year=2026&page=2`."""
    query = context["request"].GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"

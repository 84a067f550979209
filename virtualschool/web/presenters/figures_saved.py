"""A saved view in words: what it shows."""

from django.http import QueryDict

from virtualschool import measures
from virtualschool.errors import VirtualSchoolError
from virtualschool.reports import wording
from virtualschool.web.models import SavedViewVersion
from virtualschool.web.presenters import figures_choice as choices

PARTS = {
    "figures": "Table of measures",
    "trend": "Over the years",
    "authorities": "All authorities",
    "gap": "Gaps",
    "groups": "Groups of children",
    "factors": "Factors",
}


def in_words(version: SavedViewVersion) -> str:
    """Over the years: Average Attainment 8 score; sex: female."""
    try:
        choice = choices.of(QueryDict(version.query.removeprefix("?")))
    except VirtualSchoolError as fault:
        return f"It can no longer be read. {fault}"
    named = wording.listed([measures.named(name).title for name in choice.measures]) or "headline measures"
    narrowed = [f"{choices.label(name).lower()}: {' or '.join(choices.words(name, one) for one in values)}" for name, values in
                choice.filters.items()]  # fmt: skip
    span = f"{choice.since or ''}{' to ' if choice.since and choice.year else ''}{choice.year or ''}"
    by = f"by {wording.listed([choices.label(name).lower() for name in choice.by])}" if choice.by else ""
    return f"{PARTS.get(version.part, version.part)}: " + "; ".join(filter(None, [named, span, *narrowed, by]))

"""Taking a list of children away as a file: with a reason, so many at once, and with a word to the head where it is unusually much."""

import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse

from virtualschool.errors import WrongUse
from virtualschool.web import clock, events
from virtualschool.web.actions import messages
from virtualschool.web.models import Event
from virtualschool.web.presenters import children_files
from virtualschool.web.presenters.children_list import Listing

AT_ONCE = 1_000
"""Children in one file; ours. Most authorities look after fewer, and who needs more narrows the list and takes two."""
UNUSUAL = 1_500
"""Children in the files of one person within a day, from which on the heads are told; ours."""
DAY = datetime.timedelta(days=1)


def export(request: Any, asked: Listing, style: str, reason: str) -> bytes:
    """The list as a file of a style. Raises WrongUse without a reason, and for an empty list or too long a one."""
    viewer, number = request.viewer, len(asked.children)
    if len(reason.strip()) < 5:
        raise WrongUse("Reason", "it is empty or too short.", "Say in a few words what the file is for.")
    if style not in children_files.STYLES:
        raise WrongUse("Format", "there is none of that name.", "Choose CSV or Excel.")
    if not number:
        raise WrongUse("List", "there is no child on it.", "Widen the filters.")
    if number > AT_ONCE:
        raise WrongUse("List", f"it has {number:,} children, and a file may have {AT_ONCE:,}.", "Narrow it with a filter.")
    headings, rows = children_files.table(viewer, asked.children)
    made = children_files.as_csv if style == "csv" else children_files.as_xlsx
    content = made(children_files.mark(viewer, number), headings, rows)
    before = taken(viewer.email)
    columns = [one.name for one in asked.chosen]
    events.record(
        request, "downloaded", "children", reason=reason.strip(), children=number, style=style, filters=columns, behind=asked.behind
    )
    if before < UNUSUAL <= before + number:
        events.record(request, "unusual downloads", "children", children=before + number)
        messages.tell(messages.heads(viewer.la), "unusual downloads", _events_page(), viewer.la)
    return content


def taken(email: str) -> int:
    """How many children were in the files that a person took within a day."""
    since = clock.now() - DAY
    found = Event.objects.filter(person=email, action="downloaded", kind="children", when__gte=since).values_list("detail", flat=True)
    return sum(int(detail.get("children", 0)) for detail in found)


def _events_page() -> str:
    try:
        return reverse("people-events")
    except NoReverseMatch:
        return reverse("children-list")

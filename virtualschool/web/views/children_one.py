"""One child: the record with its timeline, and a page of it for a meeting."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from virtualschool.web import clock, events, stores
from virtualschool.web.children import roll_of
from virtualschool.web.permissions import page
from virtualschool.web.presenters import children_casework, children_child, children_meeting, timeline


@page("record")
def child(request: Any, token: str) -> HttpResponse:
    viewer, child = request.viewer, request.child
    lanes = timeline.timeline(viewer, child)
    context = {
        "child": child,
        "who": children_child.who(viewer, child),
        "sections": children_child.sections(viewer, child),
        "child_ways": children_child.ways(viewer, child),
        "lanes": lanes,
        "drawn": timeline.drawn(lanes),
        "summed_up": timeline.summed_up(lanes),
        "roll": roll_of(child.la) if child.entry is not None else None,
        "casework": children_casework.of_child(viewer, child),
    }
    return render(request, "pages/children/child.html", context)


@page("record")
def meeting(request: Any, token: str) -> HttpResponse:
    """Choose for whom the page is and what stands on it; with both chosen, the page itself, and an event that says what was on it."""
    viewer, child = request.viewer, request.child
    audience = request.GET.get("for", "")
    readable = children_meeting.readable(viewer)
    if audience not in children_meeting.AUDIENCES:
        return render(request, "pages/children/meeting_choose.html", {"child": child, "audiences": children_meeting.AUDIENCES})
    preset = children_meeting.preset(viewer, audience)
    if "made" not in request.GET:
        context = {
            "child": child,
            "audience": audience,
            "words": children_meeting.AUDIENCES[audience][0],
            "sections": readable,
            "preset": preset,
        }
        return render(request, "pages/children/meeting_what.html", context)
    chosen = [one.name for one in readable if one.name in request.GET.getlist("with")]
    added = [one.name for one in readable if one.is_delicate and one.name in chosen]
    events.record(request, "printed", "record", token=child.token, audience=audience, sections=chosen, added=added)
    context = {
        "child": child,
        "words": children_meeting.AUDIENCES[audience][0],
        "parts": children_meeting.page_of(viewer, child, chosen),
        "today": clock.today(),
        "snapshot": stores.snapshot().name,
        "viewer_name": viewer.name,
    }
    return render(request, "pages/children/meeting.html", context)

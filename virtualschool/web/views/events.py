"""Who looked at what: of an authority, of one child; and whether events stand as they were written."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from virtualschool.web import events as chain
from virtualschool.web.models import Event, Membership
from virtualschool.web.permissions import page
from virtualschool.web.presenters import events as presented


@page("events")
def events(request: Any) -> HttpResponse:
    """Events of an authority's people, the newest first, by person and by what they did; and the chain looked through."""
    viewer = request.viewer
    found = presented.of_authority(viewer.la)
    person = request.GET.get("person", "")
    if person.isdigit():
        member = Membership.objects.filter(pk=int(person), la=viewer.la).select_related("person").first()
        found = found.filter(person=member.person.email if member else "-")
    if action := request.GET.get("action", ""):
        found = found.filter(action=action)
    if day := _day(request.GET.get("day", "")):
        found = found.filter(when__date=day)
    pages = Paginator(found, 100).get_page(request.GET.get("page"))
    return render(
        request,
        "pages/people/events.html",
        {
            "page": pages,
            "lines": presented.lines(viewer, pages.object_list),
            "people": presented.people_of(viewer.la),
            "person": person,
            "action": action,
            "actions": sorted(set(presented.of_authority(viewer.la).order_by().values_list("action", flat=True).distinct())),
            "day": request.GET.get("day", ""),
        },
    )


@page("events", change="see")
def verify(request: Any) -> HttpResponse:
    """Looks through the chain, all of it, and says whether it stands."""
    if request.method != "POST":
        return redirect("people-events")
    broken = chain.first_broken()
    chain.record(request, "verified events", "events", whole=broken is None)
    if broken is None:
        messages.success(request, f"All {Event.objects.count():,} events stand as they were written, each in its place.")
    else:
        messages.error(
            request,
            f"Event {broken.pk} of {broken.when:%d/%m/%Y} is not as it was written, or the one before it was taken out. Keep a copy of the "
            "database, compare it with a backup from that event on, and find out who could write to it.",
        )
    return redirect("people-events")


@page("events")
def child_events(request: Any, token: str) -> HttpResponse:
    """Who looked at one child's record, by person, and each time."""
    found = presented.of_child(request.child)
    pages = Paginator(found, 100).get_page(request.GET.get("page"))
    return render(
        request,
        "pages/people/child_events.html",
        {
            "child": request.child,
            "by_person": presented.by_person(found),
            "page": pages,
            "lines": presented.lines(request.viewer, pages.object_list),
        },
    )


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None

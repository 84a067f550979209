"""The first page, and the worklist behind it."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.web import children, clock, stores, worklist
from virtualschool.web.actions import worklist as acts
from virtualschool.web.models import Membership, WorkItem
from virtualschool.web.permissions import page
from virtualschool.web.presenters import home as presented
from virtualschool.web.presenters.worklist import lines

FIRST = 12
"""Items of the worklist on the first page."""
OF_EACH = 2
"""Items of one rule that are with nobody, so that what is found often does not hide what is found once."""


@page("signed-in")
def home(request: Any) -> HttpResponse:
    """What has changed and what needs me, by role."""
    viewer, today, snapshot = request.viewer, clock.today(), stores.snapshot()
    shown: dict[str, Any] = {"today": today}
    if viewer.may("figures") and viewer.la:
        shown["cards"] = presented.cards(viewer, snapshot)
    if viewer.may("worklist"):
        seen = worklist.refresh(viewer.la)
        first = worklist.first(viewer, FIRST, OF_EACH)
        shown |= {
            "lines": lines(viewer, first.items, today, children.of(viewer))[:FIRST],
            "waiting": sum(number for _, number in first.counts),
            "mine": first.mine,
            "counts": first.counts,
            "changes": presented.changes(seen),
            "as_of": presented.as_of(seen),
        }
    elif viewer.may("children"):
        shown["own_children"] = children.of(viewer)[:50]
    return render(request, "pages/home/home.html", shown)


@page("worklist")
def work(request: Any) -> HttpResponse:
    """The whole worklist: mine, or everybody's; one rule, or all; also what was put off or done."""
    viewer, today = request.viewer, clock.today()
    worklist.refresh(viewer.la)
    which, rule = request.GET.get("which", "all"), request.GET.get("rule", "")
    items = worklist.held(viewer, which if which in worklist.WHICH else "all")
    counts = worklist.counts(items)
    pages = Paginator(items.filter(rule=rule) if rule else items, 50).get_page(request.GET.get("page"))
    shown = lines(viewer, list(pages.object_list), today, children.of(viewer))
    found = pages.paginator.count
    return render(
        request,
        "pages/home/work.html",
        {"today": today, "page": pages, "lines": shown, "which": which, "rule": rule, "counts": counts, "found": found},
    )


@page("worklist")
def work_item(request: Any, number: int) -> HttpResponse:
    """One item: why it matters, what to do, and what is done with it."""
    viewer, today = request.viewer, clock.today()
    item = acts.item_of(request, number)
    shown = lines(viewer, [item], today, children.of(viewer))
    if not shown:
        raise Http404
    if request.method == "POST":
        return _change(request, item)
    owners = Membership.objects.on(today).filter(la=viewer.la, role__in=("head", "team", "analyst")).select_related("person")
    return render(
        request,
        "pages/home/work_item.html",
        {
            "line": shown[0],
            "today": today,
            "owners": sorted(owners, key=lambda one: str(one.person)),
            "next_week": today + datetime.timedelta(7),
        },
    )


def _change(request: Any, item: WorkItem) -> HttpResponse:
    act = request.POST.get("act")
    try:
        if act == "give":
            chosen = request.POST.get("owner", "")
            acts.give(request, item, Membership.objects.filter(pk=int(chosen)).first() if chosen.isdigit() else None)
        elif act == "put off":
            acts.put_off(request, item, _day(request), request.POST.get("why", ""))
        elif act == "finish":
            acts.finish(request, item, request.POST.get("why", ""))
        elif act == "bring back":
            acts.bring_back(request, item)
        else:
            raise Http404
    except WrongUse as fault:
        messages.error(request, str(fault))
        return redirect("home-work-item", number=item.pk)
    messages.success(request, "Saved.")
    return redirect("home-work")


def _day(request: Any) -> datetime.date:
    try:
        return datetime.date.fromisoformat(request.POST.get("until", ""))
    except ValueError as fault:
        raise WrongUse("Day", "this is not a date.", "Write it as 2026-04-20.") from fault

"""Saved views of figures: the list, one with its versions, opening one, and saving."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from virtualschool.errors import VirtualSchoolError
from virtualschool.web.actions import views as saved
from virtualschool.web.models import SavedView, SavedViewVersion
from virtualschool.web.permissions import page
from virtualschool.web.presenters.figures_saved import in_words


@page("figures", change="see")
def views(request: Any) -> HttpResponse:
    """The authority's saved views; or, sent from a page of figures, one more of them."""
    if request.method != "POST":
        listed = [{"view": view, "newest": view.newest, "words": in_words(view.newest)} for view in saved.held(request.viewer.la)]
        return render(request, "pages/figures/saved.html", {"views": listed})
    part, query = request.POST.get("part", ""), request.POST.get("query", "")
    number = request.POST.get("view", "")
    view = saved.one(request.viewer.la, int(number)) if request.POST.get("act") == "version" and number.isdigit() else None
    try:
        version = saved.save(request, request.POST.get("name", ""), part, query, view)
    except VirtualSchoolError as fault:
        messages.error(request, str(fault))
        return redirect(address(part, query))
    messages.success(request, f"Saved as ‘{version.view.name}’, version {version.number}.")
    return redirect(address(version.part, version.query, version.view))


@page("figures", change="see")
def view(request: Any, number: int) -> HttpResponse:
    """One saved view with all its versions; sent, it is taken off the list."""
    found = saved.one(request.viewer.la, number)
    if request.method == "POST":
        saved.remove(request, found)
        messages.success(request, f"‘{found.name}’ was taken off the list.")
        return redirect("figures-saved")
    versions = [{"version": one, "words": in_words(one)} for one in found.versions.select_related("made_by")]  # type: ignore[attr-defined]
    return render(request, "pages/figures/saved_view.html", {"view": found, "versions": versions})


@page("figures", quiet=True)
def opened(request: Any, number: int, version: int | None = None) -> HttpResponse:
    """Leads to the page of figures that a view holds, in its newest version or an older one."""
    found = saved.one(request.viewer.la, number)
    kept = found.newest if version is None else found.versions.filter(number=version).first()  # type: ignore[attr-defined]
    if kept is None:
        raise Http404
    return redirect(address_of(kept))


def address_of(version: SavedViewVersion) -> str:
    return address(version.part, version.query, version.view)


def address(part: str, query: str, view: SavedView | None = None) -> str:
    """The address of a page of figures, and the view that it was opened from."""
    if part not in saved.PARTS:
        raise Http404
    to = reverse("figures" if part == "figures" else f"figures-{part}")
    query = query.removeprefix("?")
    pairs = [query] if query else []
    pairs += [f"view={view.pk}"] if view else []
    return f"{to}?{'&'.join(pairs)}" if pairs else to

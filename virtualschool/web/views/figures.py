"""Pages of figures: a table of measures, and for one measure its years, authorities, gaps, groups and factors."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from virtualschool import measures
from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.reports.contents import HEADLINES
from virtualschool.web.actions import views as saved
from virtualschool.web.models import SavedView
from virtualschool.web.permissions import page
from virtualschool.web.presenters import (
    figures_authorities,
    figures_choice,
    figures_drawn,
    figures_factors,
    figures_form,
    figures_gaps,
    figures_groups,
    figures_overview,
    figures_pieces,
    figures_trend,
)
from virtualschool.web.presenters.figures_asked import Figures
from virtualschool.web.presenters.figures_pieces import Piece
from virtualschool.web.presenters.figures_shown import shown

PARTS: dict[str, tuple[str, Callable[[Figures], list[Piece]]]] = {
    "trend": ("Over the years", figures_trend.pieces),
    "authorities": ("All authorities", figures_authorities.pieces),
    "gap": ("Gaps", figures_gaps.pieces),
    "groups": ("Groups of children", figures_groups.pieces),
    "factors": ("Factors", figures_factors.pieces),
}


@page("figures")
def figures(request: Any) -> HttpResponse:
    """Several measures in one table, and the form to choose them."""
    try:
        choice = figures_choice.of(request.GET)
        if shorter := plain_address(request, choice):
            return shorter
        asked = Figures(request.viewer, choice)
        found = {"overview": figures_overview.overview(asked)}
    except WrongUse as fault:
        return refused(request, "figures", fault)
    return render(request, "pages/figures/overview.html", around(request, "figures", asked) | found)


@page("figures")
def trend(request: Any) -> HttpResponse:
    return part(request, "trend")


@page("figures")
def authorities(request: Any) -> HttpResponse:
    return part(request, "authorities")


@page("figures")
def gap(request: Any) -> HttpResponse:
    return part(request, "gap")


@page("figures")
def groups(request: Any) -> HttpResponse:
    return part(request, "groups")


@page("figures")
def factors(request: Any) -> HttpResponse:
    return part(request, "factors")


def part(request: Any, name: str) -> HttpResponse:
    """One part of what is known of the first measure chosen."""
    try:
        choice = figures_choice.of(request.GET)
        if shorter := plain_address(request, choice):
            return shorter
        if not choice.measures:
            return redirect(request.path + choice.query(measures=HEADLINES[:1]))
        asked = Figures(request.viewer, choice)
        used = Figures(request.viewer, used_by(name, choice))
        pieces = figures_drawn.keep(used, name, PARTS[name][1](used))
    except WrongUse as fault:
        return refused(request, name, fault)
    found = {
        "measure": measures.named(choice.measure),
        "pieces": [shown(used, name, piece) for piece in pieces],
        "modelled": figures_factors.modelled_measures(),
        "whom": figures_pieces.of_whom(used),
        "unused": bool(choice.filters and not used.choice.filters) or choice.schools != used.choice.schools,
    }
    return render(request, "pages/figures/part.html", around(request, name, asked) | found)


def used_by(name: str, choice: figures_choice.Choice) -> figures_choice.Choice:
    """What of a choice a part uses. All authorities and models are of all children, so that other places' small groups never show."""
    if name in ("authorities", "factors"):
        choice = replace(choice, filters={}, schools="state")
    return choice if name == "groups" else replace(choice, by=())


def plain_address(request: Any, choice: figures_choice.Choice) -> HttpResponse | None:
    """Leads from what a form sends, with all its empty fields, to the address that is worth sharing."""
    if all(value for values in request.GET.lists() for value in values[1]):
        return None
    query = choice.query()
    if number := request.GET.get("view"):
        query += f"{'&' if query else '?'}view={int(number)}" if number.isdigit() else ""
    return redirect(request.path + query)


def around(request: Any, name: str, asked: Figures) -> dict[str, Any]:
    """What stands around every page of figures: the form, the ways to other parts, and the saved view that it came from."""
    query = asked.choice.query()
    return {
        "choice": asked.choice,
        "part": name,
        "form": figures_form.form(asked),
        "parts": [
            {"address": reverse(f"figures-{key}") + query, "words": words, "active": key == name} for key, (words, _) in PARTS.items()
        ],
        "la_name": asked.la_name,
        "internal": asked.is_internal,
        "may_be_internal": request.viewer.audience == "internal" and bool(request.viewer.la),
        "as_public": asked.choice.query(public=True) or "?",
        "as_internal": asked.choice.query(public=False) or "?",
        "why_none_beside": asked.why_none_beside,
        "here": query,
        "view": view_of(request),
        "may_trace": request.viewer.may("files"),
    }


def view_of(request: Any) -> SavedView | None:
    """The saved view that someone came from, by the number in the address."""
    number = request.GET.get("view", "")
    if not number.isdigit():
        return None
    try:
        return saved.one(request.viewer.la, int(number))
    except Http404:
        return None


def refused(request: Any, name: str, fault: VirtualSchoolError) -> HttpResponse:
    """The page with the reason why it has no figures, and the form as far as the choice can be read."""
    try:
        choice = figures_choice.of(request.GET)
        asked = Figures(request.viewer, figures_choice.Choice(measures=choice.measures, cohort=choice.cohort))
    except WrongUse:
        asked = Figures(request.viewer, figures_choice.Choice())
    return render(request, "pages/figures/refused.html", around(request, name, asked) | {"fault": str(fault)}, status=400)

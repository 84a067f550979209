"""Saved views of figures: keep a choice under a name, give it a new version, take it off the list. Each leaves an event."""

from typing import Any

from django.db import transaction
from django.http import Http404, QueryDict

from virtualschool.errors import WrongUse
from virtualschool.web import clock, events
from virtualschool.web.models import SavedView, SavedViewVersion
from virtualschool.web.presenters import figures_choice

PARTS = ("figures", "trend", "authorities", "gap", "groups", "factors")
LONGEST = 120


def held(la: str) -> list[SavedView]:
    """The saved views of an authority, by name."""
    return list(SavedView.objects.filter(la=la, removed__isnull=True).prefetch_related("versions__made_by"))


def one(la: str, number: int) -> SavedView:
    found = SavedView.objects.filter(la=la, removed__isnull=True, pk=number).first()
    if found is None:
        raise Http404
    return found


def save(request: Any, name: str, part: str, query: str, view: SavedView | None = None) -> SavedViewVersion:
    """A new view of that name, or a new version of `view`. Raises WrongUse where the name, or the choice, will not do."""
    if part not in PARTS:
        raise Http404
    choice = figures_choice.of(QueryDict(query.removeprefix("?")))
    name = " ".join(name.split())
    la = request.viewer.la
    if view is None:
        if not name or len(name) > LONGEST:
            raise WrongUse("Name of the view", f"it has {len(name)} letters.", f"Give it from 1 to {LONGEST}.")
        if SavedView.objects.filter(la=la, removed__isnull=True, name__iexact=name).exists():
            raise WrongUse(
                f"View '{name}'", "there is one of that name.", "Choose another name, or open that view and save a new version of it."
            )
    with transaction.atomic():
        view = view or SavedView.objects.create(la=la, name=name, made_by=request.viewer.person)
        last = view.versions.order_by("-number").first()  # type: ignore[attr-defined]
        version = SavedViewVersion.objects.create(
            view=view, number=last.number + 1 if last else 1, part=part, query=choice.query(), made_by=request.viewer.person
        )
        events.record(request, "saved view", "figures", view=view.pk, version=version.number, measures=list(choice.measures))
    return version


def remove(request: Any, view: SavedView) -> None:
    """Takes a view off the list; its versions stay among the records."""
    view.removed = clock.now()
    view.save(update_fields=["removed"])
    events.record(request, "removed view", "figures", view=view.pk)

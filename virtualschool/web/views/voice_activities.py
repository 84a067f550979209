"""Activities: what they are, who took part, and the form in which a child rates how they feel."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from virtualschool.errors import WrongUse
from virtualschool.web import children, clock
from virtualschool.web.actions import voice as actions
from virtualschool.web.actions import voice_activities as acts
from virtualschool.web.forms_voice import ActivityForm, RateForm, TakePartForm
from virtualschool.web.models import Activity, TookPart
from virtualschool.web.permissions import page
from virtualschool.web.presenters import voice_activities as presenter
from virtualschool.web.views.voice import _show


@page("voice")
def activities(request: Any) -> HttpResponse:
    viewer = request.viewer
    if not actions.is_office(viewer):
        raise Http404
    form = ActivityForm(request.POST or None, initial={"starts": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.begin(request, **form.cleaned_data)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "The activity is kept. Now say who took part.")
            return redirect("voice-activity", number=made.pk)
    kept = children.kept_from(viewer)
    held = list(Activity.objects.filter(la=viewer.la).prefetch_related("parts__ratings")[:100])
    seen = [(one, [part for part in one.parts.all() if part.token not in kept]) for one in held]
    rows = [(one, len(parts), sum(all(presenter.newest(part)) for part in parts)) for one, parts in seen]
    parts = [part for _, held_parts in seen for part in held_parts]
    context = {
        "form": form,
        "rows": rows,
        "feelings": presenter.feelings(parts),
        "beside": presenter.beside(viewer, {part.token for part in parts}),
        "children": len({part.token for part in parts}),
    }
    return _show(request, "activities.html", context)


@page("voice")
def activity(request: Any, number: int) -> HttpResponse:
    viewer = request.viewer
    held = Activity.objects.filter(la=viewer.la, pk=number).first()
    if held is None or not actions.is_office(viewer):
        raise Http404
    there = set(held.parts.values_list("token", flat=True))
    able = [
        (child.token, child.name)
        for child in children.of(viewer)
        if child.is_current and child.la == viewer.la and child.token not in there
    ]
    form = TakePartForm(able, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = acts.take_part(request, held, form.cleaned_data["children"])
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"{new} {'child is' if new == 1 else 'children are'} written down.")
            return redirect("voice-activity", number=number)
    people = presenter.people(viewer, held)
    context = {
        "activity": held,
        "people": people,
        "form": form if able else None,
        "feelings": presenter.feelings([one.part for one in people]),
        "beside": presenter.beside(viewer, {one.child.token for one in people}),
    }
    return _show(request, "activity.html", context)


@page("voice")
def rate(request: Any, token: str, part: int) -> HttpResponse:
    """How a child feels, rated by the child; or written down by somebody of the Virtual School as the child said it."""
    viewer, child = request.viewer, request.child
    held = TookPart.objects.filter(pk=part, la=child.la, token=token).select_related("activity").first()
    if held is None or not acts.may_rate(viewer, child):
        raise Http404
    before, _ = presenter.newest(held)
    form = RateForm(request.POST or None, initial={"moment": "after" if before else "before"})
    if request.method == "POST" and form.is_valid():
        try:
            acts.rate(request, child, held, form.cleaned_data["moment"], words=form.cleaned_data["words"], **form.rated())
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "Thank you. It is kept.")
            return redirect("voice-child", token=token)
    return _show(request, "rate.html", {"child": child, "part": held, "form": form, "is_child": actions.is_child(viewer)})

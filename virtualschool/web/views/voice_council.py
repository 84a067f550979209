"""What becomes of views: you said we did, where they went, the pledge, complaints looked at with children, councils and surveys."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from virtualschool import measures
from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.web import clock
from virtualschool.web.actions import voice as actions
from virtualschool.web.actions import voice_council as acts
from virtualschool.web.forms_voice import ComplaintLookForm, DecisionForm, HearingForm, LookForm, PanelForm, PromiseForm, SurveyForm
from virtualschool.web.models import Complaint, ComplaintLook, Decision, Hearing, Panel, Promise, Survey
from virtualschool.web.models.voice import GROUPS
from virtualschool.web.permissions import page
from virtualschool.web.presenters import voice as presenter
from virtualschool.web.presenters import voice_surveys
from virtualschool.web.views.voice import _point, _show


@page("signed-in")
def you_said(request: Any) -> HttpResponse:
    """You said, we did: for everybody of the authority, in words that children can read."""
    viewer = request.viewer
    if not viewer.la:
        raise Http404
    group = request.GET.get("group", "")
    context = {"decisions": presenter.decisions(viewer.la, group if group in GROUPS else ""), "groups": GROUPS, "group": group}
    return _show(request, "you_said.html", {**context, "is_office": actions.is_office(viewer)})


@page("voice")
def decision(request: Any, number: int | None = None) -> HttpResponse:
    viewer = _office(request)
    held = Decision.objects.filter(la=viewer.la, pk=number).first() if number else None
    if number and held is None:
        raise Http404
    initial: dict[str, Any] = {"on": clock.today(), "state": "done"}
    if held is not None:
        names = ("you_said", "we_did", "state", "why_not", "on", "told_on", "groups")
        initial = {name: getattr(held, name) for name in names} | {"views": [str(one) for one in held.views.values_list("pk", flat=True)]}
    form = DecisionForm(presenter.choices(viewer), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            acts.decide(request, held, views=[int(one) for one in given.pop("views", [])], **given)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "It is kept. Children can read it now.")
            _point(request, given["you_said"], given["we_did"], given["why_not"])
            return redirect("voice-you-said")
    return _show(request, "decision.html", {"form": form, "decision": held})


@page("voice")
def hearings(request: Any) -> HttpResponse:
    viewer = _office(request)
    decisions = [(str(one.pk), one.you_said[:80]) for one in presenter.decisions(viewer.la)[:30]]
    form = HearingForm(presenter.choices(viewer), decisions, request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        chosen = given.pop("decision", "")
        given["decision"] = Decision.objects.filter(la=viewer.la, pk=chosen).first() if chosen else None
        try:
            acts.bring(request, views=[int(one) for one in given.pop("views", [])], **given)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "It is kept.")
            _point(request, given["what"], given["answer"])
            return redirect("voice-where")
    held = Hearing.objects.filter(la=viewer.la).select_related("decision")[:100]
    context = {"form": form, "held": held, "where": presenter.where(viewer, presenter.since(clock.today()))}
    return _show(request, "where.html", context)


@page("signed-in")
def pledge(request: Any) -> HttpResponse:
    """The council's pledge, promise by promise, and how it is kept: for everybody of the authority."""
    viewer = request.viewer
    if not viewer.la:
        raise Http404
    office = actions.is_office(viewer)
    form = None
    held = list(Promise.objects.filter(la=viewer.la, ended__isnull=True).prefetch_related("looks"))
    if office:
        following = max((one.number for one in held), default=0) + 1
        form = PromiseForm(request.POST or None, initial={"number": following, "since": clock.today()})
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                acts.promise(request, **form.cleaned_data)
            except WrongUse as fault:
                form.add_error(None, str(fault))
            else:
                messages.success(request, "The promise is kept here.")
                return redirect("voice-pledge")
    promises = [{"promise": one, "look": next(iter(one.looks.all()), None)} for one in held]
    for one in promises:
        look = one["look"]
        one["figure"] = measures.ALL[look.measure].title if look and look.measure in measures.ALL else ""
    return _show(request, "pledge.html", {"promises": promises, "form": form, "is_office": office, "may_figures": viewer.may("figures")})


@page("voice")
def promise(request: Any, number: int) -> HttpResponse:
    viewer = _office(request)
    held = Promise.objects.filter(la=viewer.la, pk=number).first()
    if held is None:
        raise Http404
    form = LookForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            acts.look_at_promise(request, held, **form.cleaned_data)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "The look is kept.")
            _point(request, form.cleaned_data["evidence"])
            return redirect("voice-promise", number=number)
    looks = [(one, measures.ALL[one.measure].title if one.measure in measures.ALL else "") for one in held.looks.all()]
    return _show(request, "promise.html", {"promise": held, "looks": looks, "form": form})


@page("voice")
def complaints(request: Any) -> HttpResponse:
    """Complaints that were looked at with children, and what changed. The complaints themselves stay where they are kept."""
    viewer = _office(request)
    known = Complaint.objects.filter(la=viewer.la).order_by("-received")[:50]
    choices = [(str(one.pk), f"{one.reference}, {one.get_subject_display().lower()}") for one in known]
    decisions = [(str(one.pk), one.you_said[:80]) for one in presenter.decisions(viewer.la)[:30]]
    form = ComplaintLookForm(choices, decisions, request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        complaint, chosen = given.pop("complaint", ""), given.pop("decision", "")
        given["decision"] = Decision.objects.filter(la=viewer.la, pk=chosen).first() if chosen else None
        try:
            acts.look_at_complaint(request, complaint=int(complaint) if complaint else None, **given)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "It is kept.")
            _point(request, given["changed"], given["why_not"])
            return redirect("voice-complaints")
    held = ComplaintLook.objects.filter(la=viewer.la).select_related("complaint", "decision")[:100]
    waiting = [one for one in known if one.answered and not one.looks.exists()]
    context = {"form": form, "held": held, "waiting": len(waiting), "may_settings": viewer.may("settings")}
    return _show(request, "complaints.html", context)


@page("voice")
def panels(request: Any) -> HttpResponse:
    viewer = _office(request)
    form = PanelForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        topic = given.pop("topic")
        given["said"] = [(topic, line) for line in given["said"].splitlines()]
        try:
            acts.hold_panel(request, **given)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "The meeting is kept.")
            return redirect("voice-panels")
    held = list(Panel.objects.filter(la=viewer.la).prefetch_related("views")[:60])
    councils = [(words, [one for one in held if one.group == name]) for name, words in GROUPS.items()]
    return _show(request, "panels.html", {"form": form, "councils": councils})


@page("voice")
def surveys(request: Any) -> HttpResponse:
    viewer = _office(request)
    form = SurveyForm(request.POST or None, request.FILES or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            name = given["file"].name
            made = acts.bring_survey(request, name=given["name"], on=given["on"], file=name, content=given["file"].read())
        except VirtualSchoolError as fault:
            form.add_error("file", f"{fault.wrong.capitalize()} {fault.do}")
        else:
            messages.success(request, f"{made.kept} of {made.read} answers are kept.")
            return redirect("voice-survey", number=made.pk)
    return _show(request, "surveys.html", {"form": form, "held": Survey.objects.filter(la=viewer.la)[:50]})


@page("voice")
def survey(request: Any, number: int) -> HttpResponse:
    """The answers as shares with their doubt, in all and by age group; groups below six are hidden."""
    held = Survey.objects.filter(la=request.viewer.la, pk=number).first()
    if held is None or actions.is_child(request.viewer):
        raise Http404
    return _show(
        request,
        "survey.html",
        {
            "survey": held,
            "results": voice_surveys.results(held, request.viewer.audience),
            "groups": GROUPS,
            "is_office": actions.is_office(request.viewer),
        },
    )


def _office(request: Any) -> Any:
    if not actions.is_office(request.viewer):
        raise Http404
    return request.viewer

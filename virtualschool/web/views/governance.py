"""What a controller keeps: complaints about personal data, incidents, and how long records are kept."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.web import clock, retention
from virtualschool.web.actions import governance as acts
from virtualschool.web.actions import retention as disposing
from virtualschool.web.actions import whole_file
from virtualschool.web.models import Complaint, Disposal, Incident, LegalHold
from virtualschool.web.models.governance import HARM, SUBJECTS
from virtualschool.web.permissions import page

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
HOUR = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ComplaintForm(forms.Form):
    received = forms.DateField(
        widget=DAY, label="Day on which it arrived", error_messages={"required": "Give the day.", "invalid": "Write it as 2026-04-20."}
    )
    subject = forms.ChoiceField(choices=list(SUBJECTS.items()), label="What it is about")
    reference = forms.CharField(
        max_length=60,
        label="Where the letter is kept",
        help_text="A reference of your own. Write no name of a child or a family.",
        error_messages={"required": "Give the reference under which the letter is kept."},
    )


class IncidentForm(forms.Form):
    aware = forms.DateTimeField(
        widget=HOUR,
        label="Known since",
        help_text="The hour in which somebody here first knew. From then on there are 72 hours to tell the Information Commissioner.",
        error_messages={"required": "Give day and hour.", "invalid": "Write it as 2026-04-20T09:30."},
    )
    what = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        label="What happened, and what was done at once",
        help_text="Write no name of a child or a family.",
        error_messages={"required": "Say what happened."},
    )
    people = forms.IntegerField(min_value=0, label="How many people it is about", error_messages={"required": "Give a number; 0 if none."})
    harm = forms.ChoiceField(choices=list(HARM.items()), widget=forms.RadioSelect, label="Likely harm")


@page("settings")
def complaints(request: Any) -> HttpResponse:
    """Complaints about personal data of this authority, and how long there is to acknowledge each."""
    viewer, today = request.viewer, clock.today()
    form = ComplaintForm(request.POST if request.POST.get("act") == "add" else None, initial={"received": today})
    if request.method == "POST":
        try:
            if request.POST.get("act") == "add":
                if form.is_valid():
                    acts.complain(viewer, **form.cleaned_data)
                    return _done(request, "people-complaints", "Written down.")
            else:
                one = _one(Complaint, request, "complaint")
                if request.POST.get("act") == "acknowledge":
                    acts.acknowledge(viewer, one)
                else:
                    acts.answer(viewer, one, request.POST.get("outcome", ""))
                return _done(request, "people-complaints", "Saved.")
        except WrongUse as fault:
            messages.error(request, str(fault))
    rows = [
        {"one": one, "by": acts.acknowledge_by(one), "days": (acts.acknowledge_by(one) - today).days}
        for one in Complaint.objects.filter(la=viewer.la).select_related("made_by")
    ]
    return render(request, "pages/people/complaints.html", {"form": form, "rows": rows}, status=400 if form.errors else 200)


@page("settings")
def incidents(request: Any) -> HttpResponse:
    """Incidents of this authority, and how many hours are left to tell the commissioner."""
    viewer, now = request.viewer, clock.now()
    form = IncidentForm(request.POST if request.POST.get("act") == "add" else None)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "add":
                if form.is_valid():
                    acts.report(viewer, **form.cleaned_data)
                    return _done(request, "people-incidents", "Written down. The 72 hours run from the hour that you gave.")
            else:
                one = _one(Incident, request, "incident")
                if request.POST.get("act") == "told":
                    acts.told(viewer, one)
                else:
                    said = {name: request.POST.get(name, "") for name in ("learned", "children_told_by", "why_not_told")}
                    acts.close(viewer, one, **said)
                return _done(request, "people-incidents", "Saved.")
        except WrongUse as fault:
            messages.error(request, str(fault))
    rows = []
    for one in Incident.objects.filter(la=viewer.la).select_related("made_by"):
        left = acts.tell_by(one) - now
        rows.append({"one": one, "by": acts.tell_by(one), "hours": max(0, int(left / datetime.timedelta(hours=1))), "late": left.days < 0})
    return render(request, "pages/people/incidents.html", {"form": form, "rows": rows}, status=400 if form.errors else 200)


@page("settings")
def kept(request: Any) -> HttpResponse:
    """How long each class of record is kept, what is due, what is held, and what is gone. Children stand here by their token alone."""
    viewer = request.viewer
    if request.method == "POST":
        act, token = request.POST.get("act"), request.POST.get("token", "")[:40]
        try:
            if act == "hold":
                disposing.hold(viewer, _known(viewer.la, token), request.POST.get("why", ""))
            elif act == "end hold":
                disposing.end_hold(viewer, _one(LegalHold, request, "hold"))
            elif act == "ask":
                disposing.ask(viewer, token)
            elif act == "approve":
                disposing.approve(viewer, _one(Disposal, request, "disposal"))
            else:
                raise Http404
            return _done(request, "people-retention", "Saved.")
        except WrongUse as fault:
            messages.error(request, str(fault))
    asked = Disposal.objects.filter(la=viewer.la).select_related("asked_by", "approved_by").order_by("-asked")
    context = {
        "classes": retention.classes().values(),
        "due": sorted(disposing.due_on(viewer.la, clock.today()).items(), key=lambda one: one[1]),
        "holds": LegalHold.objects.filter(la=viewer.la, ended__isnull=True).select_related("made_by").order_by("-made"),
        "waiting": [one for one in asked if one.approved is None],
        "gone": [one for one in asked if one.approved is not None],
    }
    return render(request, "pages/people/retention.html", context)


@page("settings")
def before_use(request: Any) -> HttpResponse:
    """What an authority settles before real children are loaded, and what of it is open."""
    rows = acts.settled()
    return render(request, "pages/people/before_use.html", {"rows": rows, "open": sum(not row.settled for row in rows)})


@page("sharing")
def whole(request: Any, token: str) -> HttpResponse:
    """Everything that is held of one child of the authority's own, as one file."""
    if request.child.la != request.viewer.la:
        raise Http404
    if request.method == "POST":
        try:
            content = whole_file.pack(request, request.child, request.POST.get("reason", ""))
        except WrongUse as fault:
            messages.error(request, str(fault))
        else:
            held = {"Content-Disposition": f'attachment; filename="file-{token[:6]}.zip"'}
            return HttpResponse(content, content_type="application/zip", headers=held)
    return render(request, "pages/people/whole_file.html", {"child": request.child})


def _done(request: Any, view: str, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(view)


def _one(model: Any, request: Any, name: str) -> Any:
    """The row that a form names, of this authority and no other."""
    number = request.POST.get(name, "")
    found = model.objects.filter(pk=int(number), la=request.viewer.la).first() if number.isdigit() else None
    if found is None:
        raise Http404
    return found


def _known(la: str, token: str) -> str:
    from virtualschool.web import children

    if not any(child.token == token for child in children.everyone(la)):
        raise WrongUse("Record", "there is none under this mark.", "Copy the mark from the address of the child's page.")
    return token

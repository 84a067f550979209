"""Cases of inclusion and attendance officers, and that a child is missing: for who needs to know, and without a place."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.web import attendance_watch, clock
from virtualschool.web.actions import attendance as actions
from virtualschool.web.forms_attendance import CloseCaseForm, FoundForm, MissingForm, OpenCaseForm, StepForm
from virtualschool.web.models import MissingReport, OfficerCase
from virtualschool.web.permissions import page
from virtualschool.web.presenters import attendance as presenter
from virtualschool.web.presenters.children_casework import mine

FIELD_OF = {"Review": "due", "Kind": "kind", "Day": "day", "What came of it": "learned", "Since": "since", "Found on": "ended"}


@page("casework")
def cases(request: Any) -> HttpResponse:
    """Open cases, the earliest review first; or those that are closed."""
    closed = request.GET.get("show") == "closed"
    known, today = mine(request.viewer), clock.today()
    found = OfficerCase.objects.filter(la=request.viewer.la, closed__isnull=not closed).select_related("owner__person")
    found = found.order_by("-closed", "-pk") if closed else found.order_by("review", "pk")
    lines = [{"case": one, "child": known[one.token], "late": one.review < today and not one.closed} for one in found if one.token in known]
    return render(request, "pages/attendance/cases.html", {"lines": lines, "closed": closed})


@page("casework", "change")
def open_case(request: Any, token: str) -> HttpResponse:
    child = _own(request)
    held = attendance_watch.marks(child.la, clock.today())
    found = attendance_watch.alerts_of(held, actions.thresholds(child.la)).get(token, [])
    initial = {"why": "\n".join(one.fact for one in found), "kind": request.GET.get("kind", "attendance")}
    form = OpenCaseForm(request.POST or None, la=request.viewer.la, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            made = actions.open_case(request, child, review=said.pop("due"), **said)
        except WrongUse as fault:
            _told(form, fault)
        else:
            messages.success(request, "The case is open.")
            return redirect("children-attendance-case", token=token, number=made.pk)
    context = {"form": form, "title": "Open a case", "child": child, "save": "Open the case"}
    return render(request, "pages/attendance/form.html", context, status=400 if form.errors else 200)


@page("casework", "change")
def case(request: Any, token: str, number: int) -> HttpResponse:
    """A case with its steps, and forms for one more and for its end."""
    child = _own(request)
    held = OfficerCase.objects.filter(pk=number, token=token, la=request.viewer.la).select_related("owner__person").first()
    if held is None:
        raise Http404
    act = request.POST.get("act", "")
    step = StepForm(request.POST if act == "step" else None, initial={"day": clock.today()})
    end = CloseCaseForm(request.POST if act == "close" else None, prefix="end")
    form = step if act == "step" else end
    if request.method == "POST" and form.is_valid():
        try:
            if act == "step":
                actions.step(request, child, held, **step.cleaned_data)
            elif act == "close":
                actions.close_case(request, child, held, **end.cleaned_data)
        except WrongUse as fault:
            _told(form, fault)
        else:
            messages.success(request, "Noted." if act == "step" else "The case is closed.")
            return redirect("children-attendance-case", token=token, number=number)
    context = {
        "case": held,
        "child": child,
        "step": step,
        "end": end,
        "steps": held.steps.select_related("made_by").order_by("-day", "-pk"),
    }  # type: ignore[attr-defined]
    return render(request, "pages/attendance/case.html", context, status=400 if step.errors or end.errors else 200)


@page("missing")
def missing(request: Any, token: str) -> HttpResponse:
    """That a child is missing, and when it was found. Nothing on it says where."""
    child = _own(request)
    may_change = request.viewer.may("missing", "change")
    now = MissingReport.objects.filter(la=child.la, token=token, ended__isnull=True).first()
    form = (FoundForm if now else MissingForm)(request.POST or None, initial={"since": clock.today(), "ended": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            if now:
                actions.found_again(request, child, now, form.cleaned_data["ended"])
            else:
                actions.report_missing(request, child, **form.cleaned_data)
        except WrongUse as fault:
            _told(form, fault)
        else:
            messages.success(request, "It is on record that the child was found." if now else "It is on record that the child is missing.")
            return redirect("children-attendance-missing", token=token)
    earlier = MissingReport.objects.filter(la=child.la, token=token, ended__isnull=False).order_by("-since")
    away = presenter.attendance_watch.away_and_missing(presenter.attendance_watch.marks(child.la, clock.today()), [child])
    context = {"child": child, "now": now, "earlier": earlier, "form": form if may_change else None, "away": away[0] if away else None}
    return render(request, "pages/attendance/missing.html", context, status=400 if form.errors else 200)


def _own(request: Any) -> Any:
    """The child, where the viewer's authority answers for it; raises Http404 where another does."""
    if request.child.la != request.viewer.la:
        raise Http404
    return request.child


def _told(form: Any, fault: WrongUse) -> None:
    field = FIELD_OF.get(fault.where, "")
    form.add_error(field if field in form.fields else None, f"{fault.where}: {fault.wrong} {fault.do}")

"""Attendance within the term: alerts, prevention of exclusion, charts by group, one child's marks, files and thresholds."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.outcomes.marks_watched import THRESHOLDS
from virtualschool.read.marks import DAILY, WEEKLY
from virtualschool.reports import charts as drawing
from virtualschool.web.actions import attendance as actions
from virtualschool.web.forms_attendance import MarksFileForm, ThresholdsForm
from virtualschool.web.models import AttendanceFile
from virtualschool.web.permissions import page
from virtualschool.web.presenters import attendance as presenter


@page("casework")
def overview(request: Any) -> HttpResponse:
    only = request.GET.get("only", "")
    context = presenter.overview(request.viewer, only if only in THRESHOLDS else "")
    context |= {"only": only, "may_change": request.viewer.may("casework", "change"), "may_set": request.viewer.may("settings", "change")}
    return render(request, "pages/attendance/overview.html", context)


@page("casework")
def prevention(request: Any) -> HttpResponse:
    return render(request, "pages/attendance/prevention.html", presenter.prevention(request.viewer))


@page("marks")
def charts(request: Any) -> HttpResponse:
    found = presenter.all_series(request.viewer)
    context = {"series": [(one, presenter.rows_of(one)) for one in found if one.weeks]}
    return render(request, "pages/attendance/charts.html", context)


@page("marks", quiet=True)
def picture(request: Any, part: str) -> HttpResponse:
    """The chart of a group as an SVG."""
    found = next((one for one in presenter.all_series(request.viewer, part) if one.weeks), None)
    if found is None:
        raise Http404
    width = 340 if request.GET.get("width") == "narrow" else 780
    return HttpResponse(drawing.svg(presenter.chart_of(found), width), content_type="image/svg+xml")


@page("record")
def child(request: Any, token: str) -> HttpResponse:
    context = {"child": request.child, **presenter.of_child(request.viewer, request.child)}
    context |= {"may_change": request.viewer.may("casework", "change") and request.child.la == request.viewer.la}
    context |= {"may_report": request.viewer.may("missing") and request.child.la == request.viewer.la}
    return render(request, "pages/attendance/child.html", context)


@page("marks")
def files(request: Any) -> HttpResponse:
    form = MarksFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.read(request, form.cleaned_data["file"])
        except VirtualSchoolError as fault:
            form.add_error("file", f"{fault.wrong.capitalize()} {fault.do}")
        else:
            return redirect("children-attendance-file", number=made.pk)
    context = {"form": form, "held": presenter.files(request.viewer.la), "daily": DAILY, "weekly": WEEKLY}
    return render(request, "pages/attendance/files.html", context, status=400 if form.errors else 200)


@page("marks")
def file(request: Any, number: int) -> HttpResponse:
    held = AttendanceFile.objects.filter(pk=number, la=request.viewer.la).first()
    if held is None:
        raise Http404
    if request.method == "POST":
        try:
            if request.POST.get("act") == "keep":
                kept = actions.keep(request, held)
                messages.success(request, f"The marks of {kept} {'child' if kept == 1 else 'children'} are kept.")
            elif request.POST.get("act") == "discard":
                actions.discard(request, held)
                messages.success(request, "The file is discarded. Nothing of it was kept.")
        except WrongUse as fault:
            messages.error(request, str(fault))
        return redirect("children-attendance-file", number=held.pk)
    return render(request, "pages/attendance/file.html", {"file": held, "children": len({one[0] for one in held.held})})


@page("settings", "change")
def thresholds(request: Any) -> HttpResponse:
    form = ThresholdsForm(request.POST or None, initial=actions.thresholds(request.viewer.la))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_thresholds(request, form.cleaned_data)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "The thresholds are kept.")
            return redirect("children-attendance" if request.viewer.may("casework") else "children-attendance-thresholds")
    return render(request, "pages/attendance/thresholds.html", {"form": form}, status=400 if form.errors else 200)

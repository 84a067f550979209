"""Plans brought by file: the upload, what was read and found, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.plans.layout import tables
from virtualschool.plans.premium import pounds
from virtualschool.web import clock, plan_dates
from virtualschool.web.actions import plan_export
from virtualschool.web.actions import plan_files as actions
from virtualschool.web.actions.plan_payments import ANSWERS
from virtualschool.web.actions.plans import is_office
from virtualschool.web.forms_plans import ExportForm, FileForm
from virtualschool.web.models import PlanFile
from virtualschool.web.permissions import page


@page("plan", "change")
def files(request: Any) -> HttpResponse:
    """The files brought so far, and a form for more."""
    if not is_office(request.viewer):
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = actions.read(request, form.cleaned_data["files"])
        except VirtualSchoolError as fault:
            form.add_error("files", f"{fault.wrong.capitalize()} {fault.do}")
        else:
            return redirect("plans-file", number=file.pk)
    held = PlanFile.objects.filter(la=request.viewer.la, kind="plans").select_related("made_by").order_by("-pk")[:20]
    context = {"form": form, "held": held, "tables": tables().values()}
    return render(request, "pages/plans/files.html", context, status=400 if form.errors else 200)


@page("plan", "change")
def file(request: Any, number: int) -> HttpResponse:
    held = PlanFile.objects.filter(pk=number, la=request.viewer.la, kind="plans").first()
    if held is None or not is_office(request.viewer):
        raise Http404
    if request.method == "POST":
        try:
            if request.POST.get("act") == "keep":
                kept = actions.keep(request, held)
                messages.success(request, f"{kept} {'plan is' if kept == 1 else 'plans are'} kept.")
            elif request.POST.get("act") == "discard":
                actions.discard(request, held)
                messages.success(request, "The files are discarded. Nothing of them was kept.")
        except WrongUse as fault:
            messages.error(request, str(fault))
        return redirect("plans-file", number=held.pk)
    lines = [(words, *held.payments[answer]) for answer, words in ANSWERS.items() if answer in held.payments]
    context = {
        "file": held,
        "plans": len(held.held) or held.plans.count(),
        "payments": [(words, number, pounds(pence)) for words, number, pence in lines],
        "payments_total": (sum(number for _, number, _ in lines), pounds(sum(pence for _, _, pence in lines))),
        "may_ledger": request.viewer.may("premium_ledger"),
    }
    return render(request, "pages/plans/file.html", context)


@page("plan")
def export(request: Any) -> HttpResponse:
    """A form to take plans and assessments away as files."""
    viewer = request.viewer
    if not is_office(viewer):
        raise Http404
    terms = plan_dates.known_terms(viewer.la, clock.today())
    form = ExportForm([(one.key, one.words) for one in terms], request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            content = plan_export.take(request, plan_dates.term_of(viewer.la, said["term"]), said["style"], said["reason"])
        except WrongUse as fault:
            form.add_error("reason" if fault.where == "Reason" else None, f"{fault.where}: {fault.wrong} {fault.do}")
        else:
            ending, kind = ("json", "application/json") if said["style"] == "json" else ("zip", "application/zip")
            response = HttpResponse(content, content_type=kind)
            response["Content-Disposition"] = f'attachment; filename="plans-{clock.today().isoformat()}.{ending}"'
            return response
    return render(request, "pages/plans/export.html", {"form": form}, status=400 if form.errors else 200)

"""The annual report: its parts that people write, the checks, and the files."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool import reports
from virtualschool.errors import VirtualSchoolError
from virtualschool.reports.annual.parts import PARTS
from virtualschool.web import events
from virtualschool.web.actions import annual_report
from virtualschool.web.permissions import page
from virtualschool.web.presenters import report as presenter

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


@page("report")
def overview(request: Any) -> HttpResponse:
    """The report of a year: what is written, what waits, and the files; sent, it has the files made."""
    held = annual_report.years(request.viewer.la)
    asked = request.POST.get("year") or request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in held else (held[0] if held else 0)
    if request.method == "POST":
        try:
            annual_report.ask(request, year, request.POST.get("audience", ""))
        except VirtualSchoolError as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, "The files are being made. That takes about a minute: open this page again to see them.")
        return redirect(f"{request.path}?year={year}")
    return render(request, "pages/report/overview.html", presenter.overview(request.viewer, year, held))


@page("report", "change")
def part(request: Any, year: int, part: str) -> HttpResponse:
    """One part: its text with who wrote it and when; sent, it is saved or checked."""
    if part not in PARTS or year not in annual_report.years(request.viewer.la):
        raise Http404
    wrong = ""
    if request.method == "POST":
        try:
            if request.POST.get("act") == "check":
                annual_report.check(request, year, part, request.POST.get("checked", ""))
                messages.success(request, "The check is recorded. If the words change, they have to be checked again.")
            else:
                annual_report.save(request, year, part, request.POST.get("words", ""), request.POST.get("draft") == "yes")
                messages.success(request, "Saved.")
        except VirtualSchoolError as fault:
            wrong = str(fault)
        else:
            return redirect("improvement-report-part", year=year, part=part)
    context = presenter.part(request.viewer, year, PARTS[part], request.POST.get("words") if wrong else None)
    return render(request, "pages/report/part.html", {**context, "wrong": wrong}, status=400 if wrong else 200)


@page("report", quiet=True)
def file(request: Any, year: int, audience: str, name: str) -> HttpResponse | FileResponse:
    """One of the files. An internal one only for who may see exact figures; for others it does not exist."""
    if audience not in reports.AUDIENCES or (audience == "internal" and not request.viewer.may("exact_figures")):
        raise Http404
    found = {one.name: one for one in annual_report.files(request.viewer.la, year, audience)}
    if name not in found:
        raise Http404
    wanted = found[name]
    events.record(request, "downloaded", "report", format=wanted.suffix.removeprefix("."), year=year, audience=audience)
    # A page of a report has its style within, which our own pages may not: it is saved, and not shown here.
    return FileResponse(wanted.open("rb"), as_attachment=True, filename=name, content_type=KINDS[wanted.suffix])

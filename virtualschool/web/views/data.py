"""Pages of data: bring files, read what is wrong in them, keep or discard them; what the store holds and since when; links to judge."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.link import decisions
from virtualschool.link import review as judging
from virtualschool.link.explaining import SUBJECTS
from virtualschool.link.reasons import REASONS
from virtualschool.reports.cells import safe
from virtualschool.web import clock, events, stores
from virtualschool.web.actions import uploads
from virtualschool.web.models import Upload
from virtualschool.web.permissions import page
from virtualschool.web.presenters import data as presented


@page("files")
def data(request: Any) -> HttpResponse:
    """What the store holds, what was brought lately, and the form to bring more."""
    snapshot = stores.snapshot()
    shown = {
        "kinds": presented.kinds(presented.files(request.viewer, snapshot)),
        "uploads": Upload.objects.filter(la=request.viewer.la).select_related("by")[:10],
        "may_bring": request.viewer.may("files", "change"),
        "findings": sum(row["found"] for row in presented.findings_by_rule(request.viewer, snapshot, None)),
    }
    return render(request, "pages/data/data.html", shown)


@page("files", "change", quiet=True)
def bring(request: Any) -> HttpResponse:
    """Receives files and folders; leads to the page that says how far reading is."""
    if request.method != "POST":
        return redirect("data")
    try:
        upload = uploads.receive(request, [*request.FILES.getlist("files"), *request.FILES.getlist("folder")], request.POST.getlist("path"))
    except WrongUse as fault:
        messages.error(request, str(fault))
        return redirect("data")
    return redirect("data-upload", number=upload.pk)


@page("files")
def upload(request: Any, number: int) -> HttpResponse:
    """One upload: how far it is, its row account and findings, and the choice to keep or discard it."""
    found = uploads.upload_of(request, number)
    if request.method == "POST":
        act = {"keep": uploads.keep, "discard": uploads.discard}.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        try:
            act(request, found)
        except WrongUse as fault:
            messages.error(request, str(fault))
        return redirect("data-upload", number=found.pk)
    pages = Paginator(found.findings, 50)
    template = "pages/data/upload_state.html" if request.headers.get("HX-Request") else "pages/data/upload.html"
    return render(
        request,
        template,
        {"upload": found, "page": pages.get_page(request.GET.get("page")), "may_decide": request.viewer.may("files", "change")},
    )


@page("files")
def files(request: Any) -> HttpResponse:
    """The row account of every file."""
    held = presented.files(request.viewer, stores.snapshot())
    return render(request, "pages/data/files.html", {"page": Paginator(held, 100).get_page(request.GET.get("page")), "all": len(held)})


@page("files")
def findings(request: Any) -> HttpResponse:
    """What is wrong in the files: by rule, or one by one; also as CSV."""
    snapshot, year = stores.snapshot(), _year(request)
    rule = request.GET.get("rule")
    if request.GET.get("format") == "csv":
        return _csv(request, presented.findings(request.viewer, snapshot, year, rule))
    if rule is None:
        return render(
            request, "pages/data/findings.html", {"rules": presented.findings_by_rule(request.viewer, snapshot, year), "year": year}
        )
    pages = Paginator(presented.findings(request.viewer, snapshot, year, rule), 100)
    return render(
        request, "pages/data/findings_of_rule.html", {"page": pages.get_page(request.GET.get("page")), "rule": rule, "year": year}
    )


def _csv(request: Any, rows: list[dict[str, Any]]) -> HttpResponse:
    events.record(request, "downloaded", "files", rows=len(rows), format="csv")
    out = io.StringIO()
    writer = csv.DictWriter(out, ["file", "row", "column", "wrong", "do", "rule", "la", "year"])
    writer.writeheader()
    writer.writerows({name: safe(value) for name, value in row.items()} for row in rows)
    return HttpResponse(
        out.getvalue(), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="findings.csv"'}
    )


@page("files")
def history(request: Any) -> HttpResponse:
    """The snapshots that are kept, and what was brought in each."""
    return render(request, "pages/data/history.html", {"held": presented.history(stores.store())})


@page("files")
def lineage(request: Any, measure: str) -> HttpResponse:
    """Where a figure comes from."""
    try:
        shown = presented.lineage(request.viewer, stores.snapshot(), measure, _year(request), request.GET.get("cohort", ""))
    except VirtualSchoolError as fault:
        raise Http404 from fault
    return render(request, "pages/data/lineage.html", {**shown, "year": _year(request)})


@page("links")
def links(request: Any) -> HttpResponse:
    """Links that a person is to judge: what agrees and differs, never what the record of a pupil says. Each look is on the log."""
    viewer, snapshot = request.viewer, stores.snapshot()
    if request.method == "POST":
        return _judge(request)
    try:
        queue = judging.queue(snapshot, viewer.la, viewer.email, clock.now().isoformat(timespec="seconds"))
    except VirtualSchoolError as fault:
        messages.error(request, str(fault))
        queue = []
    query = "SELECT reason, count(*) AS children FROM unlinked WHERE la = ? GROUP BY reason ORDER BY children DESC, reason"
    words = {reason.name: reason for reason in REASONS}
    reasons = [{**row, "is": words.get(row["reason"])} for row in stores.engine(snapshot).rows(query, [viewer.la])]
    pages = Paginator([{"is": one, "compared": [(SUBJECTS[name], state) for name, state in one.compared.items()]} for one in queue], 10)
    shown = {"page": pages.get_page(request.GET.get("page")), "all": len(queue), "reasons": reasons}
    return render(request, "pages/data/links.html", {**shown, "may_judge": viewer.may("links", "change")})


def _judge(request: Any) -> HttpResponse:
    viewer, item, decision = request.viewer, request.POST.get("item", ""), request.POST.get("decision", "")
    if decision not in decisions.DECISIONS:
        raise Http404
    when = clock.now().isoformat(timespec="seconds")
    try:
        judging.decide(stores.snapshot(), viewer.la, viewer.email, item, decision, request.POST.get("why", ""), when)
    except VirtualSchoolError as fault:
        messages.error(request, str(fault).replace("--why", "The reason"))
        return redirect("data-links")
    events.record(request, "judged", "links", item=item, decision=decision)
    messages.success(request, "Noted. It acts from the next build on.")
    return redirect("data-links")


def _year(request: Any) -> int | None:
    given = request.GET.get("year", "")
    return int(given) if given.isdigit() and len(given) == 4 else None

"""A child's progress: the list, one child's six ways, records, a page to print and one for the child, and a home's own view."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.plans.progress_ways import Kind, kinds, ways
from virtualschool.web import clock, events
from virtualschool.web.actions import progress as actions
from virtualschool.web.forms_progress import DocumentForm, RecordForm, ShareForm, WithdrawForm, initial_of
from virtualschool.web.models import ProgressRecord, ProgressShare
from virtualschool.web.permissions import page
from virtualschool.web.presenters import progress as presenter

LINES = 50


@page("progress")
def listed(request: Any) -> HttpResponse:
    viewer = request.viewer
    _not_the_child(request)
    if actions.keeps_home_records(viewer):
        return redirect("children-progress-home")
    shown = presenter.lines(viewer)
    recorded = request.GET.get("show", "") != "all"
    chosen = [line for line in shown if line.number] if recorded else shown
    found = Paginator(chosen, LINES).get_page(request.GET.get("page"))
    context = {"page": found, "lines": found.object_list, "found": len(chosen), "all": len(shown), "recorded": recorded}
    return render(request, "pages/progress/list.html", {**context, "six": list(ways().values())})


@page("progress")
def child(request: Any, token: str) -> HttpResponse:
    if request.viewer.role.name == "child":
        return redirect("children-progress-mine", token=token)
    return render(request, "pages/progress/child.html", {"child": request.child, **presenter.child_page(request.viewer, request.child)})


@page("progress")
def printed(request: Any, token: str) -> HttpResponse:
    _not_the_child(request)
    events.record(request, "printed", "progress", token=token)
    context = presenter.child_page(request.viewer, request.child)
    return render(request, "pages/progress/print.html", {"child": request.child, "today": clock.today(), **context})


@page("progress")
def mine(request: Any, token: str) -> HttpResponse:
    """What can be said, in words for the child; a page to print and give."""
    viewer = request.viewer
    context = {"child": request.child, "six": presenter.in_own_words(viewer, request.child), "today": clock.today()}
    return render(request, "pages/progress/mine.html", {**context, "is_child": viewer.role.name == "child"})


@page("progress", "change")
def add(request: Any, token: str, record: str) -> HttpResponse:
    kind = _kind(record, "child")
    viewer, child = request.viewer, request.child
    if not actions.may_write(viewer, kind, child):
        raise Http404
    rows = actions.records_of(viewer, child)
    goals = presenter.goal_choices(rows)
    if kind.name == "goal_rating" and not goals:
        messages.info(request, "There is no goal yet. Set one first, then say how far it has come.")
        return redirect("children-progress-add", token=token, record="goal")
    initial = {"number": max((int(number) for number, _ in goals), default=0) + 1} if kind.name == "goal" else {}
    form = RecordForm(kind, request.POST or None, goals=goals, initial={**initial, kind.dated: clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(request, child, kind, form.answers)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"{kind.title}: recorded.")
            return redirect("children-progress-child", token=token)
    context = {"child": child, "kind": kind, "form": form, "way": ways()[kind.way]}
    return render(request, "pages/progress/form.html", context, status=400 if form.errors else 200)


@page("progress")
def record(request: Any, token: str, number: int) -> HttpResponse:
    _not_the_child(request)
    row = _row(request, number)
    context = {"child": request.child, **presenter.record_page(request.viewer, row)}
    return render(request, "pages/progress/record.html", {**context, "withdraw_form": WithdrawForm(), "share_form": ShareForm()})


@page("progress", "change")
def correct(request: Any, token: str, number: int) -> HttpResponse:
    row = _row(request, number)
    kind = kinds()[row.kind]
    if not actions.may_change(request.viewer, row):
        raise Http404
    goals = presenter.goal_choices(actions.records_of(request.viewer, request.child))
    form = RecordForm(kind, request.POST or None, goals=goals, corrects=True, initial=initial_of(kind, row.values))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write(request, request.child, kind, form.answers, row, form.cleaned_data["why_changed"])
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "Corrected. What stood before is kept in the history.")
            return redirect("children-progress-record", token=token, number=number)
    context = {"child": request.child, "kind": kind, "form": form, "way": ways()[kind.way], "row": row}
    return render(request, "pages/progress/form.html", context, status=400 if form.errors else 200)


@page("progress", "change")
def withdraw(request: Any, token: str, number: int) -> HttpResponse:
    row, form = _row(request, number), WithdrawForm(request.POST or None)
    if request.method != "POST" or not actions.may_change(request.viewer, row):
        raise Http404
    if form.is_valid():
        actions.withdraw(request, request.child, row, form.cleaned_data["why"])
        messages.success(request, "Taken back. It stays in the history.")
        return redirect("children-progress-child", token=token)
    context = {"child": request.child, **presenter.record_page(request.viewer, row), "withdraw_form": form, "share_form": ShareForm()}
    return render(request, "pages/progress/record.html", context, status=400)


@page("home_records", "change")
def share(request: Any, token: str, number: int) -> HttpResponse:
    """A decision about a record that stays in the home, or the end of one."""
    row, form = _row(request, number), ShareForm(request.POST or None)
    if request.method != "POST" or not actions.may_decide(request.viewer, row):
        raise Http404
    if end := request.POST.get("end"):
        held = ProgressShare.objects.filter(pk=int(end) if end.isdigit() else 0, la=row.la, token=token).first()
        if held is None:
            raise Http404
        try:
            actions.end_share(request, request.child, row, held)
            messages.success(request, "The sharing is ended. From now on nobody sees the record by that decision.")
        except WrongUse as fault:
            messages.error(request, str(fault))
        return redirect("children-progress-record", token=token, number=number)
    if form.is_valid():
        try:
            made = actions.decide(request, request.child, row, form.cleaned_data["roles"], form.cleaned_data["why"])
        except WrongUse as fault:
            form.add_error("why", f"{fault.wrong.capitalize()} {fault.do}")
        else:
            messages.success(request, "The decision not to share is recorded." if made.refused else "The record is shared.")
            return redirect("children-progress-record", token=token, number=number)
    context = {"child": request.child, **presenter.record_page(request.viewer, row), "withdraw_form": WithdrawForm(), "share_form": form}
    return render(request, "pages/progress/record.html", context, status=400)


@page("home_records")
def home(request: Any) -> HttpResponse:
    """A home's own view over its children, for its six-month review."""
    context = presenter.home_page(request.viewer)
    files = actions.files_of(request.viewer, None).order_by("-pk")[:10]
    return render(request, "pages/progress/home.html", {**context, "files": files, "form": DocumentForm(), "today": clock.today()})


@page("home_records", "change")
def home_add(request: Any) -> HttpResponse:
    kind = _kind(request.GET.get("kind", ""), "home")
    form = RecordForm(kind, request.POST or None, initial={kind.dated: clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_home(request, kind, form.answers)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, f"{kind.title}: recorded.")
            return redirect("children-progress-home")
    context = {"kind": kind, "form": form, "way": ways()[kind.way]}
    return render(request, "pages/progress/form.html", context, status=400 if form.errors else 200)


def _kind(name: str, about: str) -> Kind:
    found = kinds().get(name)
    if found is None or found.about != about:
        raise Http404
    return found


def _row(request: Any, number: int) -> ProgressRecord:
    """The record of this child of this number, as it stands, for who may see it."""
    for row in actions.records_of(request.viewer, request.child):
        if (row.series or row.pk) == number:
            return row
    raise Http404


def _not_the_child(request: Any) -> None:
    """A child reads what can be said in words of their own, and no list of records."""
    if request.viewer.role.name == "child":
        raise Http404

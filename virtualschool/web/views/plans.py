"""Education plans: the list of a term, one child's plans, one plan, and the forms that write in it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.web import clock, events, plan_dates, plan_targets
from virtualschool.web.actions import plans as actions
from virtualschool.web.forms_plans import BeginForm, MeetingForm, ReviewForm, SectionForm, TargetForm, TermForm
from virtualschool.web.models import Plan
from virtualschool.web.models.plans import STATES
from virtualschool.web.permissions import page
from virtualschool.web.presenters import children_facts
from virtualschool.web.presenters import plans as presenter
from virtualschool.web.presenters.plans import IN_WORDS

LINES = 50
FIELD_OF = {
    "Day of the meeting": "held_on",
    "Next meeting": "next_on",
    "Term": "term",
    "Last day": "ends",
    "Cut-off": "cut_off",
    "Half term": "break_starts",
    "Reviewed": "reviewed_on",
}
"""Which field of a form a fault is about."""


@page("plan")
def listed(request: Any) -> HttpResponse:
    viewer, today = request.viewer, clock.today()
    if viewer.link is not None:
        return redirect("plans-visit", token=viewer.link.token)
    term = plan_dates.term_of(viewer.la, request.GET.get("term", "")) or plan_dates.term_on(viewer.la, today)
    lines = presenter.listed(viewer, term)
    schools = sorted({line.school for line in lines})
    asked = {name: request.GET.get(name, "") for name in ("state", "school", "plan")}
    shown = [line for line in lines if asked["school"] in ("", line.school)]
    counts = presenter.counted(shown)
    shown = [line for line in shown if asked["state"] in ("", line.state)]
    if asked["plan"]:
        shown = [line for line in shown if (line.plan.state if line.plan else "none") == asked["plan"]]
    found = Paginator(shown, LINES).get_page(request.GET.get("page"))
    context = {
        "term": term,
        "terms": plan_dates.known_terms(viewer.la, today),
        "counts": counts,
        "schools": schools,
        "asked": asked,
        "page": found,
        "lines": found.object_list,
        "found": len(shown),
        "all": len(lines),
        "states": {"none": "None begun", **STATES},
        "words": IN_WORDS,
        "is_office": actions.is_office(viewer),
        "may_assess": viewer.link is None and viewer.role.name in ("teacher", "head", "team") and viewer.may("plan", "change"),
        "may_give_terms": viewer.may("settings", "change"),
    }
    return render(request, "pages/plans/list.html", context)


@page("settings", "change")
def terms(request: Any) -> HttpResponse:
    """The dates of the authority's terms, and a form for one more."""
    la, today = request.viewer.la, clock.today()
    now = plan_dates.term_on(la, today)
    initial = {"school_year": now.school_year, "term": "" if now.dates else now.name, "headline": "working"}
    form = TermForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_term(request, form.cleaned_data)
        except WrongUse as fault:
            _told(form, fault)
        else:
            messages.success(request, "The dates are kept.")
            return redirect("plans-terms")
    held = sorted(plan_dates.terms_of(la).values(), key=lambda one: one.starts, reverse=True)
    return render(request, "pages/plans/terms.html", {"form": form, "held": held}, status=400 if form.errors else 200)


@page("plan")
def visit(request: Any, token: str) -> HttpResponse:
    """Where someone who takes part goes on: straight to their own section of the newest open plan."""
    child = request.child
    plans = [one["plan"] for one in presenter.of_child(request.viewer, child)]
    for one in plans:
        if actions.is_open(one) and actions.own_section(request.viewer, child, one):
            return redirect("plans-part", token=token, plan=one.pk)
    if request.viewer.link is None:
        return redirect("plans-child", token=token)
    return render(request, "pages/plans/none_open.html", {"child": child})


@page("plan")
def child(request: Any, token: str) -> HttpResponse:
    viewer, child = request.viewer, request.child
    today = clock.today()
    term = plan_dates.term_on(child.la, today)
    may_begin = actions.may_hold_meetings(viewer, child)
    plans = presenter.of_child(viewer, child)
    held = {(one["plan"].school_year, one["plan"].term) for one in plans}
    choices = [(one.key, one.words) for one in plan_dates.known_terms(child.la, today) if (one.school_year, one.name) not in held]
    kind = actions.kind_of(str(children_facts.year_group(child) or ""))
    form = BeginForm(choices, request.POST or None, initial={"term": term.key, "kind": kind}) if may_begin and choices else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                chosen = plan_dates.term_of(child.la, form.cleaned_data["term"])
                plan = actions.begin(request, child, chosen or term, form.cleaned_data["kind"])
            except WrongUse as fault:
                _told(form, fault)
            else:
                messages.success(request, "The plan is begun.")
                return redirect("plans-plan", token=token, plan=plan.pk)
    context = {
        "child": child,
        "plans": plans,
        "dates": presenter.dates(child, child.la) if viewer.may("record") else None,
        "form": form,
        "may_record": viewer.may("record"),
        "sees_assessments": viewer.link is None and viewer.role.name not in ("carer", "child"),
    }
    return render(request, "pages/plans/child.html", context, status=400 if form is not None and form.errors else 200)


@page("plan")
def plan(request: Any, token: str, plan: int, version: int | None = None) -> HttpResponse:
    found = plan_of(request, plan)
    if version is not None and not 1 <= version <= found.version:
        raise Http404
    return render(request, "pages/plans/plan.html", presenter.plan_page(request.viewer, request.child, found, version))


@page("plan")
def printed(request: Any, token: str, plan: int) -> HttpResponse:
    found = plan_of(request, plan)
    events.record(request, "printed", "plan", token=token, plan=found.pk)
    context = presenter.plan_page(request.viewer, request.child, found)
    return render(request, "pages/plans/print.html", {**context, "today": clock.today()})


@page("plan")
def history(request: Any, token: str, plan: int) -> HttpResponse:
    found = plan_of(request, plan)
    viewer = request.viewer
    if viewer.link is not None or viewer.role.name in ("carer", "child"):
        raise Http404
    term = plan_dates.TermOfYear(found.school_year, found.term).words
    found_page = Paginator(presenter.history(viewer, request.child, found), LINES).get_page(request.GET.get("page"))
    context = {"child": request.child, "plan": found, "term": term, "page": found_page, "rows": found_page.object_list}
    return render(request, "pages/plans/history.html", {**context, "versions": range(1, found.version)})


@page("plan", "change")
def part(request: Any, token: str, plan: int) -> HttpResponse:
    """The viewer's own section, to write in."""
    found, viewer, child = plan_of(request, plan), request.viewer, request.child
    section = actions.own_section(viewer, child, found)
    if section is None or not actions.is_open(found):
        raise Http404
    mine = next(one for one in presenter.parts(viewer, child, found) if one.section.name == section.name)
    rows = [one for (name, _), one in actions.texts(found).items() if name == section.name]
    newest = max((one.pk for one in rows), default=0)
    initial = {one["asked"].name: one["text"].words if one["text"] else "" for one in mine.answers}
    initial |= {"seen": newest, "not_today": mine.not_today, "school_may_read": bool(rows) and all(one.school_may_read for one in rows)}
    if not rows and section.name == "carer":
        initial["school_may_read"] = True
    form = SectionForm(section, found.kind, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        last = max(rows, key=lambda one: one.pk, default=None)
        if last is not None and said["seen"] != newest and last.made_by_id != (viewer.person.pk if viewer.person else None):
            form.add_error(None, f"{last.by} wrote here after you opened this page. Look at what they wrote, then save yours again.")
            form.data = {**form.data.dict(), "seen": newest}
        else:
            more = {"not_today": said.get("not_today", False), "school_may_read": said.get("school_may_read", False)}
            actions.write(request, child, found, form.answers(said), **more)
            messages.success(request, "Thank you. What you wrote is kept." if section.name == "child" else "Saved.")
            return redirect("plans-plan", token=token, plan=found.pk)
    context = {
        "child": child,
        "plan": found,
        "form": form,
        "section": section,
        "mine": mine,
        "term": plan_dates.TermOfYear(found.school_year, found.term).words,
        "is_child": section.name == "child",
    }
    return render(request, "pages/plans/part.html", context, status=400 if form.errors else 200)


@page("plan", "change")
def meeting(request: Any, token: str, plan: int) -> HttpResponse:
    found = plan_of(request, plan)
    if not actions.may_hold_meetings(request.viewer, request.child) or not actions.is_open(found):
        raise Http404
    held = actions.newest_meeting(found)
    initial: dict[str, Any] = {}
    if held is not None:
        initial = {name: getattr(held, name) for name in ("planned_on", "held_on", "next_on", "participation", "participation_why")}
        for one in held.people:
            initial |= {f"{one['role']}_part": one["part"], f"{one['role']}_name": one["name"]}
    elif request.child.entry is not None:
        entry = request.child.entry
        initial = {"social_worker_name": entry.social_worker, "carer_name": entry.carer or entry.home}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.meet(request, request.child, found, form.people(), **form.meeting())
        except WrongUse as fault:
            _told(form, fault)
        else:
            messages.success(request, "Saved.")
            return redirect("plans-plan", token=token, plan=found.pk)
    return render(request, "pages/plans/meeting.html", _of(request, found, form), status=400 if form.errors else 200)


@page("plan", "change")
def target(request: Any, token: str, plan: int, target: int | None = None) -> HttpResponse:
    """A target to write; "See what would make it precise" judges it without keeping it."""
    found = plan_of(request, plan)
    if not actions.may_set_targets(request.viewer, request.child) or not actions.is_open(found):
        raise Http404
    held = actions.targets(found).get(target) if target is not None else None
    if target is not None and held is None:
        raise Http404
    form = TargetForm(request.POST or None, initial={name: getattr(held, name) for name in TargetForm().fields} if held else {})
    marks = plan_targets.judged_record(held) if held else None
    if request.method == "POST" and request.POST.get("act") == "withdraw" and held is not None:
        kept = {name: getattr(held, name) for name in TargetForm().fields}
        actions.set_target(request, request.child, found, target, withdrawn=True, **kept)
        messages.success(request, "The target is withdrawn. It stays in the history.")
        return redirect("plans-plan", token=token, plan=found.pk)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        marks = plan_targets.judged(said)
        if request.POST.get("act") != "look":
            try:
                actions.set_target(request, request.child, found, target, **said)
            except WrongUse as fault:
                _told(form, fault)
            else:
                messages.success(request, "The target is kept.")
                return redirect("plans-plan", token=token, plan=found.pk)
    context = {**_of(request, found, form), "target": held, "marks": marks, "said": presenter.said_of(marks) if marks else []}
    return render(request, "pages/plans/target.html", context, status=400 if form.errors else 200)


@page("plan", "change")
def review(request: Any, token: str, plan: int, target: int) -> HttpResponse:
    found = plan_of(request, plan)
    held = actions.targets(found).get(target)
    if held is None or not actions.may_set_targets(request.viewer, request.child) or found.state == "closed":
        raise Http404
    initial = {"outcome": held.outcome, "evidence": held.evidence, "reviewed_on": held.reviewed_on or clock.today()}
    form = ReviewForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_target(request, request.child, found, target, **form.cleaned_data)
        except WrongUse as fault:
            _told(form, fault)
        else:
            messages.success(request, "The review is kept.")
            return redirect("plans-plan", token=token, plan=found.pk)
    return render(request, "pages/plans/review.html", {**_of(request, found, form), "target": held}, status=400 if form.errors else 200)


@page("plan", "change")
def state(request: Any, token: str, plan: int) -> HttpResponse:
    """Completes, signs, opens again or closes a plan."""
    found, child, asked = plan_of(request, plan), request.child, request.POST
    if request.method != "POST":
        raise Http404
    try:
        if asked.get("act") == "complete":
            actions.complete(request, child, found)
            messages.success(request, "The plan is complete and waits for its signatures.")
        elif asked.get("act") == "sign":
            actions.sign(request, child, found)
            messages.success(request, "You have signed." if found.state != "signed" else "You have signed. The plan is signed off.")
        elif asked.get("act") == "sign for":
            actions.sign(request, child, found, role=asked.get("role", ""), for_name=asked.get("name", ""))
            messages.success(request, "The signature is noted.")
        elif asked.get("act") == "open again":
            actions.open_again(request, child, found, asked.get("why", ""))
            messages.success(request, f"Version {found.version} is open. The one before stands as it was.")
        elif asked.get("act") == "close":
            actions.close(request, child, found, asked.get("why", ""))
            messages.success(request, "The plan is closed.")
        else:
            raise Http404
    except WrongUse as fault:
        messages.error(request, str(fault))
    return redirect("plans-plan", token=token, plan=found.pk)


def plan_of(request: Any, number: int) -> Plan:
    """The plan of this child of this number, as its authority holds it."""
    found = Plan.objects.filter(pk=number, token=request.child.token, la=request.child.la).first()
    if found is None:
        raise Http404
    return found


def _of(request: Any, plan: Plan, form: forms.Form) -> dict[str, Any]:
    term = plan_dates.TermOfYear(plan.school_year, plan.term).words
    return {"child": request.child, "plan": plan, "term": term, "form": form}


def _told(form: forms.Form, fault: WrongUse) -> None:
    field = FIELD_OF.get(fault.where, "")
    form.add_error(field if field in form.fields else None, f"{fault.where}: {fault.wrong} {fault.do}")

"""Teachers' assessments: one child's, a whole class's in one subject, and files of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.plans.layout import assessments as layout
from virtualschool.web import clock, plan_dates
from virtualschool.web.actions import assessments as actions
from virtualschool.web.forms_assessments import LABELS, LinesForm, initial_of
from virtualschool.web.forms_plans import FileForm
from virtualschool.web.models import PlanFile
from virtualschool.web.permissions import page
from virtualschool.web.presenters import assessments as presenter

LIMITED = ("carer", "child")


@page("plan")
def of_child(request: Any, token: str) -> HttpResponse:
    """One child's assessments by term, and a form for every subject of a term."""
    viewer, child, today = request.viewer, request.child, clock.today()
    if viewer.link is not None or viewer.role.name in LIMITED:
        raise Http404
    term = plan_dates.term_of(child.la, request.GET.get("term", "")) or plan_dates.term_on(child.la, today)
    held = actions.newest(child.la, [child.token])
    form = None
    if actions.may_assess(viewer, child):
        subjects = [*presenter.subjects_of(child, held), *[""] * 2]
        known, base = {one.subject.casefold(): one for one in actions.newest(child.la, [child.token], term)}, presenter.before(held)
        initial: dict[str, Any] = {}
        for number, subject in enumerate(subjects):
            if one := known.get(subject.casefold()):
                initial |= initial_of(number, one)
            elif one := base.get(subject.casefold()):
                initial |= initial_of(number, one, only_baselines=True)
        lines = [(number, subject or f"another subject, {number - len(subjects) + 3}") for number, subject in enumerate(subjects)]
        form = LinesForm(lines, request.POST or None, initial=initial)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            said = []
            for number, subject in enumerate(subjects):
                name = subject or request.POST.get(f"subject-{number}", "").strip()[:60]
                if name:
                    said.append((child, name, form.said(number)))
            try:
                made = actions.write(request, term, said)
            except WrongUse as fault:
                form.add_error(None, f"{fault.where}: {fault.wrong} {fault.do}")
            else:
                messages.success(request, f"{made} {'assessment is' if made == 1 else 'assessments are'} kept.")
                return redirect(f"{reverse('plans-child-assessments', args=[token])}?term={term.key}")
    context = {
        "child": child,
        "term": term,
        "terms": presenter.terms(child.la, today),
        "held": presenter.of_child(child),
        "form": form,
        "rows": [{**row, "free": not subjects[row["number"]]} for row in form.rows] if form else [],
        "headings": list(LABELS.values()),
    }
    return render(request, "pages/plans/child_assessments.html", context, status=400 if form is not None and form.errors else 200)


@page("plan", "change")
def group(request: Any) -> HttpResponse:
    """A whole class in one subject of one term: a line for each child of a school."""
    viewer, today = request.viewer, clock.today()
    if viewer.link is not None or viewer.role.name not in ("teacher", "head", "team"):
        raise Http404
    term = plan_dates.term_of(viewer.la, request.GET.get("term", "")) or plan_dates.term_on(viewer.la, today)
    school = request.GET.get("school", viewer.membership.school or "")
    own, schools = presenter.group(viewer, term, school)
    if not school and schools and "school" not in request.GET:
        school = next((value for value, _ in schools if value), "")
        own, _ = presenter.group(viewer, term, school)
    subject = (request.GET.get("other", "").strip() or request.GET.get("subject", "") or "Maths")[:60]
    known: dict[str, Any] = {}
    base: dict[str, Any] = {}
    for la in {child.la for child in own}:
        tokens = [child.token for child in own if child.la == la]
        known |= {one.token: one for one in actions.newest(la, tokens, term) if one.subject.casefold() == subject.casefold()}
        earlier = [one for one in actions.newest(la, tokens) if one.subject.casefold() == subject.casefold()]
        for one in sorted(earlier, key=lambda one: plan_dates.TermOfYear(one.school_year, one.term).place):
            base[one.token] = one
    initial: dict[str, Any] = {}
    for number, child in enumerate(own):
        if child.token in known:
            initial |= initial_of(number, known[child.token])
        elif child.token in base:
            initial |= initial_of(number, base[child.token], only_baselines=True)
    form = LinesForm([(number, child.name) for number, child in enumerate(own)], request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        # The form's lines are told by the child's token, so that a roll that changed meanwhile moves nothing to another child.
        asked = request.POST.getlist("token")
        if asked != [child.token for child in own]:
            form.add_error(None, "The list of children has changed since you opened it. Look at it again, then write.")
        else:
            try:
                made = actions.write(request, term, [(child, subject, form.said(number)) for number, child in enumerate(own)])
            except WrongUse as fault:
                form.add_error(None, f"{fault.where}: {fault.wrong} {fault.do}")
            else:
                messages.success(request, f"{made} {'assessment is' if made == 1 else 'assessments are'} kept: {subject}, {term.words}.")
                query = urlencode({"term": term.key, "school": school, "subject": subject})
                return redirect(f"{reverse('plans-assessments')}?{query}")
    context = {
        "term": term,
        "terms": presenter.terms(viewer.la, today),
        "school": school,
        "schools": schools,
        "subject": subject,
        "subjects": presenter.subjects_offered(viewer),
        "form": form,
        "rows": [{**row, "child": own[row["number"]]} for row in form.rows],
        "headings": list(LABELS.values()),
        "done": len(known),
    }
    return render(request, "pages/plans/assessments.html", context, status=400 if form.errors else 200)


@page("plan", "change")
def files(request: Any) -> HttpResponse:
    """A form to bring a file of assessments in, and those brought so far."""
    viewer = request.viewer
    if viewer.link is not None or viewer.role.name not in ("teacher", "head", "team"):
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    form.fields["files"].label = "The file"
    form.fields["files"].help_text = "CSV or JSON, up to 20 MB."
    if request.method == "POST" and form.is_valid():
        try:
            file = actions.read(request, form.cleaned_data["files"])
        except VirtualSchoolError as fault:
            form.add_error("files", f"{fault.wrong.capitalize()} {fault.do}")
        else:
            return redirect("plans-assessments-file", number=file.pk)
    held = _files(viewer).select_related("made_by").order_by("-pk")[:20]
    return render(
        request, "pages/plans/assessment_files.html", {"form": form, "held": held, "table": layout()}, status=400 if form.errors else 200
    )


@page("plan", "change")
def file(request: Any, number: int) -> HttpResponse:
    """What was read of a file of assessments, and the decision about it."""
    held = _files(request.viewer).filter(pk=number).first()
    if held is None or request.viewer.role.name not in ("teacher", "head", "team"):
        raise Http404
    if request.method == "POST":
        try:
            if request.POST.get("act") == "keep":
                kept = actions.keep(request, held)
                messages.success(request, f"{kept} {'assessment is' if kept == 1 else 'assessments are'} kept.")
            elif request.POST.get("act") == "discard":
                from virtualschool.web.actions import plan_files

                plan_files.discard(request, held)
                messages.success(request, "The file is discarded. Nothing of it was kept.")
        except WrongUse as fault:
            messages.error(request, str(fault))
        return redirect("plans-assessments-file", number=held.pk)
    kept = held.account[0]["kept"] if held.account else 0
    return render(request, "pages/plans/file.html", {"file": held, "plans": kept, "is_assessments": True})


def _files(viewer: Any):
    """The files that a viewer may decide about: a teacher those brought by themselves."""
    rows = PlanFile.objects.filter(la=viewer.la, kind="assessments")
    return rows.filter(made_by=viewer.person) if viewer.role.name == "teacher" else rows

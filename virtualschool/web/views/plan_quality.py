"""Pages of quality: one plan by every rule, its grade, samples marked twice, where help is needed, and the authority's settings."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.web import children, clock, plan_dates, plan_profiles
from virtualschool.web.actions import plan_quality as actions
from virtualschool.web.actions.plans import is_office
from virtualschool.web.forms_plan_quality import GradeForm, MarkForm, SampleForm, SecondForm, SettingForm
from virtualschool.web.models import PlanSample, SampledPlan
from virtualschool.web.permissions import page
from virtualschool.web.presenters import plan_help
from virtualschool.web.presenters import plan_quality as presenter
from virtualschool.web.presenters import plan_samples as samples
from virtualschool.web.views.plans import plan_of

LIMITED = ("carer", "child", "home")
"""Who takes part in a plan and does not judge it."""


@page("plan")
def quality(request: Any, token: str, plan: int) -> HttpResponse:
    """One plan by every rule. A grade is given here."""
    found, viewer, child = plan_of(request, plan), request.viewer, request.child
    if viewer.link is not None or viewer.role.name in LIMITED:
        raise Http404
    shown = "all" if request.GET.get("show") == "all" else "open"
    context = presenter.page(viewer, child, found, shown)
    form = None
    if context["may_mark"] and not context["waiting"]:
        now = context["grade"]
        initial = {"grade": now.grade, "reason": now.reason, "feedback": now.feedback} if now else {}
        form = GradeForm(context["profile"], request.POST or None, initial=initial)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            said = form.cleaned_data
            try:
                actions.give_grade(request, child, found, context["suggestion"], said["grade"], said["reason"], said["feedback"])
            except WrongUse as fault:
                form.add_error("reason" if "differs" in fault.wrong else "grade", f"{fault.wrong.capitalize()} {fault.do}")
            else:
                messages.success(request, "The grade is kept, with what was suggested beside it.")
                return redirect("plans-quality", token=token, plan=found.pk)
    term = plan_dates.TermOfYear(found.school_year, found.term).words
    return render(
        request,
        "pages/plans/quality.html",
        {**context, "child": child, "plan": found, "term": term, "form": form},
        status=400 if form is not None and form.errors else 200,
    )


@page("plan", "change")
def mark(request: Any, token: str, plan: int, rule: str) -> HttpResponse:
    """A person's own mark of one rule, beside what the program says."""
    found, viewer, child = plan_of(request, plan), request.viewer, request.child
    line = next((one for one in presenter.quality(viewer, child, found).lines if one.rule.id == rule), None)
    if line is None or not actions.may_mark(viewer, child):
        raise Http404
    initial = {"mark": line.mark.mark, "why": line.mark.why} if line.mark else {}
    form = MarkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_mark(request, child, found, rule, form.cleaned_data["mark"], form.cleaned_data["why"])
        except WrongUse as fault:
            form.add_error("why", f"{fault.wrong.capitalize()} {fault.do}")
        else:
            messages.success(request, "Your mark stands beside the program's." if form.cleaned_data["mark"] else "Your mark is taken back.")
            return redirect("plans-quality", token=token, plan=found.pk)
    term = plan_dates.TermOfYear(found.school_year, found.term).words
    context = {"child": child, "plan": found, "term": term, "line": line, "form": form}
    return render(request, "pages/plans/mark.html", context, status=400 if form.errors else 200)


@page("plan")
def moderation(request: Any) -> HttpResponse:
    """The samples of the authority, and a form to draw one."""
    viewer = request.viewer
    if not is_office(viewer):
        raise Http404
    today = clock.today()
    term = plan_dates.term_of(viewer.la, request.GET.get("term", "")) or plan_dates.term_on(viewer.la, today)
    form = SampleForm(request.POST or None) if actions.may_draw(viewer) else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                schools = {child.token: str(child.school or "") for child in children.everyone(viewer.la)}
                made = actions.draw(request, term, schools, **form.cleaned_data)
            except WrongUse as fault:
                form.add_error(None, f"{fault.where}: {fault.wrong} {fault.do}")
            else:
                messages.success(request, "The sample is drawn. Each plan waits for a mark by another person.")
                return redirect("plans-sample", number=made.pk)
    context = {**samples.listing(viewer, term), "form": form, "term": term, "terms": plan_dates.known_terms(viewer.la, today)}
    return render(request, "pages/plans/moderation.html", context, status=400 if form is not None and form.errors else 200)


@page("plan")
def sample(request: Any, number: int) -> HttpResponse:
    """One sample: what waits, and how far the two markers agree once both marks are in."""
    found = _sample(request, number)
    return render(request, "pages/plans/sample.html", samples.page(request.viewer, found))


@page("plan", "change")
def second(request: Any, number: int, plan: int) -> HttpResponse:
    """The second mark of a plan of a sample, or what the two agree on once they differ."""
    sample, viewer = _sample(request, number), request.viewer
    one = SampledPlan.objects.filter(sample=sample, plan_id=plan).select_related("plan", "first").first()
    child = next((child for child in children.of(viewer) if one is not None and child.token == one.plan.token), None)
    if one is None or child is None:
        raise Http404
    is_first = viewer.person is not None and one.first.made_by_id == viewer.person.pk
    agreeing = bool(one.second) and one.second != one.first.grade and not one.agreed
    if (not one.second and is_first) or (one.second and not agreeing):
        raise Http404
    profile = plan_profiles.held(viewer.la).profiles[sample.profile]
    form = SecondForm(profile, request.POST or None, label="The grade that you agree on" if agreeing else "Your grade")
    if request.method == "POST" and form.is_valid():
        try:
            (actions.agree if agreeing else actions.mark_second)(request, one, form.cleaned_data["grade"], form.cleaned_data["reason"])
        except WrongUse as fault:
            form.add_error(None, f"{fault.where}: {fault.wrong} {fault.do}")
        else:
            messages.success(request, "Kept." if agreeing else "Your mark is in. Both marks are shown now.")
            return redirect("plans-sample", number=sample.pk)
    suggestion = presenter.suggestion_of(viewer, child, one.plan) if not agreeing else None
    context = {"sample": sample, "one": one, "child": child, "plan": one.plan, "form": form, "agreeing": agreeing, "suggestion": suggestion}
    return render(request, "pages/plans/second.html", context, status=400 if form.errors else 200)


@page("figures")
def help_needed(request: Any) -> HttpResponse:
    """Which schools, terms and ages need help with their plans, by the rules that most often are not met; small counts hidden for who may
    not open the children behind them."""
    viewer = request.viewer
    if not viewer.la:
        raise Http404
    return render(request, "pages/plans/help.html", plan_help.page(viewer, request.GET))


@page("settings", "change")
def settings(request: Any) -> HttpResponse:
    """The grading profile and limits of the authority."""
    held = plan_profiles.held(request.viewer.la)
    initial = {"profile": held.profile.name, "own_profiles": held.setting.own_profiles if held.setting else ""}
    form = SettingForm(held.profiles, held.limits, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_setting(request, form.cleaned_data["profile"], form.cleaned_data["own_profiles"], form.limits)
        except VirtualSchoolError as fault:
            form.add_error("own_profiles" if "rofile" in fault.where else None, f"{fault.where}: {fault.wrong} {fault.do}")
        else:
            messages.success(request, "Kept. Plans are looked at by this from now on; grades that were given stay as they are.")
            return redirect("plans-quality-settings")
    return render(request, "pages/plans/quality_settings.html", {"form": form, "held": held}, status=400 if form.errors else 200)


def _sample(request: Any, number: int) -> PlanSample:
    found = PlanSample.objects.filter(pk=number, la=request.viewer.la).first()
    if found is None or not is_office(request.viewer):
        raise Http404
    return found

"""Pages of self-evaluation: frameworks, areas, criteria, grades, the simulator, recommendations, a change of framework, history."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool import measures
from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.frameworks import Framework, evaluation
from virtualschool.web import clock, stores
from virtualschool.web.actions import evaluation as actions
from virtualschool.web.forms_improvement import (
    CarryForm,
    EvidenceForm,
    FindingForm,
    GradeForm,
    OwnerForm,
    RecommendationForm,
    TakeBackForm,
)
from virtualschool.web.models import EvaluationEvidence, EvaluationFinding, Recommendation
from virtualschool.web.permissions import page
from virtualschool.web.presenters import action_plan as plan_presenter
from virtualschool.web.presenters import evaluation as presenter
from virtualschool.web.presenters import evaluation_figures as figures
from virtualschool.web.presenters.evaluation import Records

FIELD_OF = {
    "Date": "dated", "Kind of evidence": "document", "Finding": "side", "Weight": "weight", "Made on": "made_on", "Due": "due",
    "Done": "done",
    "Outcome": "outcome", "Recommendation": "words", "Override": "override",
}  # fmt: skip
WORDS = {evaluation.DOCUMENT: "The document or note is recorded.", evaluation.VOICE: "What children said is recorded."}


def may_change(request: Any) -> bool:
    return request.viewer.may("evaluation", "change")


def told(form: forms.Form, fault: VirtualSchoolError) -> None:
    """Puts a fault beside the field that it is about."""
    field = FIELD_OF.get(fault.where, "")
    form.add_error(field if field in form.fields else None, f"{fault.where}: {fault.wrong} {fault.do}")


@page("evaluation")
def overview(request: Any) -> HttpResponse:
    """The framework in force, the viewer's criteria, and what is late."""
    framework = presenter.in_use()
    records = Records(request.viewer, framework)
    context = {
        "framework": framework,
        "areas": presenter.areas(records),
        "known": presenter.known(request.viewer.la),
        "mine": presenter.mine(request.viewer),
        "plan": plan_presenter.summary(request.viewer),
        "recommendations": [one for one in plan_presenter.recommendations(request.viewer) if not one["row"].done],
    }
    return render(request, "pages/improvement/overview.html", context)


@page("evaluation")
def framework(request: Any, framework: str) -> HttpResponse:
    chosen = presenter.framework_of(framework)
    records = Records(request.viewer, chosen)
    context = {
        "framework": chosen,
        "areas": presenter.areas(records),
        "said": presenter.rules_said(records.judged),
        "states": chosen.states,
        "may_change": may_change(request),
    }
    return render(request, "pages/improvement/framework.html", context)


@page("evaluation")
def area(request: Any, framework: str, judgement: str) -> HttpResponse:
    """A judgement: what good looks like beside what was found, its grade, and what the rules leave open."""
    chosen = presenter.framework_of(framework)
    if judgement not in chosen.judgements:
        raise Http404
    records = Records(request.viewer, chosen)
    one = chosen.judgements[judgement]
    context = {
        "framework": chosen,
        "judgement": one,
        "line": presenter.area_line(records, one),
        "parts": [presenter.area_line(records, part) for part in chosen.judgements.values() if part.within == one.id],
        "lines": presenter.criteria_lines(records, one),
        "said": presenter.rules_said(records.judged, judgement),
        "history": presenter.grade_history(records, judgement),
        "recommendations": [row for row in records.recommendations if row.about == judgement or row.about in {c.id for c in one.criteria}],
        "may_change": may_change(request),
    }
    return render(request, "pages/improvement/area.html", context)


@page("evaluation")
def criterion(request: Any, framework: str, criterion: str) -> HttpResponse:
    """One criterion: its figures, evidence, findings and owner; and the forms that add to them, each told apart by `act`."""
    chosen = presenter.framework_of(framework)
    one, judgement = presenter.criterion_of(chosen, criterion)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    made: dict[str, forms.Form] = {
        "evidence": EvidenceForm(request.POST if act == "evidence" else None, prefix="evidence"),
        "finding": FindingForm(request.POST if act == "finding" else None, prefix="finding"),
        "owner": OwnerForm(request.POST if act == "owner" else None, prefix="owner", la=request.viewer.la),
    }
    if act == "pin":
        return _pin(request, chosen, one.id)
    if act and act not in made:
        raise Http404
    if act and made[act].is_valid():
        try:
            _write(request, chosen, one.id, act, dict(made[act].cleaned_data))
        except WrongUse as fault:
            told(made[act], fault)
        else:
            return redirect("improvement-criterion", framework=chosen.id, criterion=one.id)
    records = Records(request.viewer, chosen)
    shown = presenter.criterion_page(records, one)
    told_by_children = presenter.said_and_done(request.viewer.la)
    if not act and (drawn := next((row for row in told_by_children if str(row.pk) == request.GET.get("said")), None)):
        made["evidence"].initial = presenter.as_evidence(drawn)
        act = "evidence"
    if not act and shown["owner"]:
        made["owner"].initial = {"owner": str(shown["owner"].pk)}
    context = {
        "framework": chosen,
        "criterion": one,
        "judgement": judgement,
        "is_judgement": one.id in chosen.judgements,
        "may_change": may_change(request),
        "opened": act,
        "said_and_done": told_by_children,
        **shown,
        **{f"{name}_form": form for name, form in made.items()},
    }
    wrong = any(form.errors for form in made.values())
    return render(request, "pages/improvement/criterion.html", context, status=400 if wrong else 200)


def _write(request: Any, chosen: Framework, about: str, act: str, said: dict[str, Any]) -> None:
    if act == "evidence":
        made = actions.add_evidence(request, chosen, about, **said)
        messages.success(request, WORDS[made.kind])
    elif act == "finding":
        actions.write_finding(request, chosen, about, **said)
        messages.success(request, "The finding is recorded.")
    else:
        actions.own(request, chosen, about, said["owner"])
        messages.success(request, "The owner is recorded.")


def _pin(request: Any, chosen: Framework, about: str) -> HttpResponse:
    """Pins the figure that a button names, as it stands now."""
    name, words, key = (request.POST.get(part, "") for part in ("figure", "words", "key"))
    pinned = None
    if name.startswith(figures.GIVEN):
        plain, _, group = name.removeprefix(figures.GIVEN).partition("|")
        held = figures.given(request.viewer.la)
        listed = [one for one in held.of(plain) if one.group == group] if held else []
        pinned = figures.pinned_given(listed[0], request.viewer.la) if listed else None
    elif name in measures.ALL:
        rows = figures.live(request.viewer, [name])
        pinned = figures.pinned_of(rows[name], stores.snapshot().name) if name in rows else None
    if pinned is None:
        raise Http404
    actions.pin(request, chosen, about, pinned, words.strip()[:4_000] or "As it stood on that day.", key)
    messages.success(request, "The figure is pinned to this snapshot.")
    return redirect("improvement-criterion", framework=chosen.id, criterion=about)


@page("evaluation", "change")
def finding(request: Any, key: str) -> HttpResponse:
    """A strength or gap, changed."""
    row = actions.row_of(request, EvaluationFinding, key)
    chosen = presenter.framework_of(row.framework)
    form = FindingForm(request.POST or None, initial={name: getattr(row, name) for name in ("side", "words", "weight", "action")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_finding(request, chosen, row.criterion, row, **form.cleaned_data)
        except WrongUse as fault:
            told(form, fault)
        else:
            messages.success(request, "The finding is changed. What stood before is in the history.")
            return redirect("improvement-criterion", framework=chosen.id, criterion=row.criterion)
    return _form(request, form, "Change a finding", chosen, row.criterion)


@page("evaluation", "change")
def take_back(request: Any, kind: str, key: str) -> HttpResponse:
    """Takes evidence, a finding or a recommendation back, with a reason."""
    model = {"evidence": EvaluationEvidence, "finding": EvaluationFinding, "recommendation": Recommendation}.get(kind)
    if model is None:
        raise Http404
    row = actions.row_of(request, model, key)
    chosen = presenter.framework_of(row.framework)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.take_back(request, row, form.cleaned_data["why"])
        messages.success(request, "It is taken back. It stays in the history.")
        if kind == "recommendation":
            return redirect("improvement-recommendations")
        return redirect("improvement-criterion", framework=chosen.id, criterion=row.criterion)
    return _form(request, form, "Take back", chosen, row.about if kind == "recommendation" else row.criterion, "Take back")


@page("evaluation", "change")
def grade(request: Any, framework: str, judgement: str) -> HttpResponse:
    """A grade, recorded by the viewer with a reason; or taken back."""
    chosen = presenter.framework_of(framework)
    if judgement not in chosen.judgements:
        raise Http404
    records = Records(request.viewer, chosen)
    allowed = presenter.permitted(records, judgement)
    overrides = request.viewer.role.name in actions.OVERRIDES
    back = TakeBackForm(request.POST if request.POST.get("act") == "back" else None, prefix="back")
    said = request.POST if request.method == "POST" and request.POST.get("act") != "back" else None
    form = GradeForm(said, framework=chosen, permitted=allowed, may_override=overrides)
    if back.is_bound and back.is_valid():
        actions.take_back_grade(request, chosen, judgement, back.cleaned_data["why"])
        messages.success(request, "The grade no longer stands.")
        return redirect("improvement-area", framework=chosen.id, judgement=judgement)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.grade(request, chosen, judgement, given["grade"], given["reason"], given.get("override", ""))
        except WrongUse as fault:
            told(form, fault)
        else:
            messages.success(request, f"The grade is recorded under your name: {chosen.grades[made.grade]}.")
            return redirect("improvement-area", framework=chosen.id, judgement=judgement)
    context = {
        "framework": chosen,
        "judgement": chosen.judgements[judgement],
        "form": form,
        "back_form": back,
        "line": presenter.area_line(records, chosen.judgements[judgement]),
        "lines": presenter.criteria_lines(records, chosen.judgements[judgement]),
        "said": presenter.rules_said(records.judged, judgement),
        "limits": [rule for rule in chosen.rules if rule.target == judgement],
    }
    return render(request, "pages/improvement/grade.html", context, status=400 if form.errors or back.errors else 200)


@page("evaluation")
def simulator(request: Any, framework: str) -> HttpResponse:
    """What would cap us: the rules applied to grades that are tried out and kept nowhere."""
    chosen = presenter.framework_of(framework)
    asked = any(name in request.GET for name in chosen.judgements)
    recorded = actions.given(request.viewer.la, chosen)
    given = {name: request.GET.get(name, "") for name in chosen.judgements} if asked else recorded
    given = {name: grade for name, grade in given.items() if grade in chosen.grades and name in chosen.judgements}
    choices = [
        {"judgement": one, "depth": presenter.depth(chosen, one), "chosen": given.get(one.id, "")} for one in chosen.judgements.values()
    ]
    tried = presenter.simulated(chosen, given)
    context = {
        "framework": chosen,
        "choices": choices,
        "grades": list(reversed(list(chosen.grades.items()))),
        "asked": asked,
        "rules": tried,
        "allowed": tried["allowed"],
        "moves": tried["moves"],
    }
    return render(request, "pages/improvement/simulator.html", context)


@page("evaluation")
def mine(request: Any) -> HttpResponse:
    return render(request, "pages/improvement/mine.html", {"mine": presenter.mine(request.viewer), "framework": presenter.in_use()})


@page("evaluation")
def history(request: Any, framework: str) -> HttpResponse:
    chosen = presenter.framework_of(framework)
    return render(
        request, "pages/improvement/history.html", {"framework": chosen, "lines": presenter.history(Records(request.viewer, chosen))}
    )


@page("evaluation")
def capacity(request: Any, framework: str) -> HttpResponse:
    """Capacity to improve: the record since the last inspection, what was asked for, and what the plan delivered."""
    chosen = presenter.framework_of(framework)
    context = {"framework": chosen, **plan_presenter.capacity(request.viewer, chosen)}
    return render(request, "pages/improvement/capacity.html", context)


# --- What was asked for ---


@page("evaluation")
def recommendations(request: Any) -> HttpResponse:
    context = {
        "lines": plan_presenter.recommendations(request.viewer),
        "framework": presenter.in_use(),
        "may_change": may_change(request),
    }
    return render(request, "pages/improvement/recommendations.html", context)


@page("evaluation", "change")
def recommendation_new(request: Any, framework: str) -> HttpResponse:
    return _recommendation(request, presenter.framework_of(framework), None)


@page("evaluation", "change")
def recommendation_changed(request: Any, key: str) -> HttpResponse:
    row = actions.row_of(request, Recommendation, key)
    return _recommendation(request, presenter.framework_of(row.framework), row)


def _recommendation(request: Any, chosen: Framework, row: Recommendation | None) -> HttpResponse:
    names = ("about", "words", "source", "required", "made_on", "due", "done", "outcome")
    initial: dict[str, Any] = {name: getattr(row, name) for name in names} if row else {"made_on": clock.today()}
    if row and row.owner:
        initial["owner"] = str(row.owner.pk)
    form = RecommendationForm(request.POST or None, initial=initial, la=request.viewer.la, places=presenter.places(chosen))
    if request.method == "POST" and form.is_valid():
        try:
            actions.recommend(request, row, framework=chosen.id, **form.cleaned_data)
        except WrongUse as fault:
            told(form, fault)
        else:
            messages.success(request, "Saved.")
            return redirect("improvement-recommendations")
    title = "Change what was asked for" if row else "A recommendation or required action"
    return _form(request, form, title, chosen, "", take_back=row)


# --- A change of framework ---


@page("evaluation", "change")
def carry(request: Any) -> HttpResponse:
    """Carries evidence from one framework to another, after showing where each piece would go."""
    known = {row["framework"].id: f"{row['framework'].title}, {row['framework'].edition}" for row in presenter.known(request.viewer.la)}
    form = CarryForm(request.POST or request.GET or None, frameworks=known)
    context: dict[str, Any] = {"form": form, "framework": presenter.in_use()}
    if form.is_bound and form.is_valid():
        old, new = presenter.framework_of(form.cleaned_data["old"]), presenter.framework_of(form.cleaned_data["new"])
        if old.id == new.id:
            form.add_error("new", "Choose another framework than the one it comes from.")
        elif request.method == "POST":
            number = actions.carry(request, old, new)
            messages.success(
                request, f"Evidence was carried to {number} {'place' if number == 1 else 'places'}. The old stays where it was."
            )
            return redirect("improvement-framework", framework=new.id)
        else:
            moved, left = actions.carried(request.viewer.la, old, new)
            context |= {
                "old": old,
                "new": new,
                "moved": [
                    {"row": row, "about": presenter.titled(old, row.criterion), "to": [presenter.titled(new, to) for to in places]}
                    for row, places in moved
                ],
                "left": [{"row": row, "about": presenter.titled(old, row.criterion)} for row in left],
            }
    return render(request, "pages/improvement/carry.html", context, status=400 if form.errors else 200)


def _form(
    request: Any, form: forms.Form, title: str, chosen: Framework, about: str, button: str = "Save", take_back: Any = None
) -> HttpResponse:
    words = presenter.titled(chosen, about) if about else ""
    context = {"form": form, "title": title, "framework": chosen, "about": about, "about_words": words, "button": button}
    return render(request, "pages/improvement/form.html", {**context, "take_back": take_back}, status=400 if form.errors else 200)

"""Pages of the action plan: the plan, one action, proposals to take on, files; and the readiness, inspections and figures that feed it."""

import pathlib
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool import years
from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.frameworks import action_plan_file, elsewhere, keeping, register
from virtualschool.web import brought, clock, events, stores
from virtualschool.web.actions import action_plan as actions
from virtualschool.web.actions.evaluation import row_of
from virtualschool.web.forms_improvement import ActionForm, CarryForwardForm, ListForm, PassOverForm, PlanFileForm
from virtualschool.web.models import PlannedAction
from virtualschool.web.permissions import page
from virtualschool.web.presenters import action_plan as presenter
from virtualschool.web.presenters import action_plan_files as files
from virtualschool.web.presenters import evaluation, evaluation_figures, inspections, readiness
from virtualschool.web.views.evaluation import may_change

FIELD_OF = {
    "Owner": "owner", "Priority": "priority", "Action": "words", "Criterion": "criteria", "Measure": "measure", "Due": "due",
    "Target": "target",
    "Status": "status", "Reason": "note", "Milestone": "milestone_1", "Year": "year",
}  # fmt: skip


def told(form: forms.Form, fault: VirtualSchoolError) -> None:
    field = next((name for words, name in FIELD_OF.items() if fault.where.split(" '")[0] == words), "")
    form.add_error(field if field in form.fields else None, f"{fault.where}: {fault.wrong} {fault.do}")


def year_of(request: Any) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isdigit() and len(text) == 4 else presenter.year_now()


# --- The plan ---


@page("evaluation")
def plan(request: Any) -> HttpResponse:
    context = {**presenter.listed(request.viewer, year_of(request)), "may_change": may_change(request), "kinds": files.KINDS}
    return render(request, "pages/improvement/plan.html", context)


@page("evaluation")
def download(request: Any, kind: str) -> HttpResponse:
    """The plan of a year as a file; what it says of figures is a release."""
    if kind not in files.KINDS:
        raise Http404
    year = year_of(request)
    try:
        content, name = files.made(request.viewer, year, kind)
    except VirtualSchoolError as fault:
        messages.error(request, str(fault))
        return redirect("improvement-plan")
    events.record(request, "downloaded", "evaluation", record="action plan", year=year, format=kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=files.KINDS[kind][1], headers=headers)


@page("evaluation")
def action(request: Any, key: str) -> HttpResponse:
    """One action; a POST marks a milestone, notes the result as it stands, or carries it forward."""
    row = row_of(request, PlannedAction, key)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    carry = CarryForwardForm(request.POST if act == "carry" else None, initial={"year": row.year + 1})
    if act == "milestone":
        number = request.POST.get("number", "")
        actions.reach(request, row, int(number) if number.isdigit() else -1)
        return redirect("improvement-action", key=row.key)
    if act == "note":
        reading = evaluation_figures.reading(request.viewer, row.measure, row.target_year) if row.measure else None
        if reading is None:
            messages.error(request, "The store has no figure of the measure. Nothing was noted.")
        else:
            actions.note_result(request, row, reading)
            messages.success(request, "The result is noted, with the snapshot that it was read from.")
        return redirect("improvement-action", key=row.key)
    if act == "carry" and carry.is_valid():
        try:
            new = actions.carry_forward(request, row, carry.cleaned_data["year"], carry.cleaned_data["why"])
        except WrongUse as fault:
            told(carry, fault)
        else:
            messages.success(request, f"It goes on as {new.ref} in the plan of {years.label(new.year)}.")
            return redirect("improvement-action", key=new.key)
    elif act and act != "carry":
        raise Http404
    context = {**presenter.action_page(request.viewer, row), "may_change": may_change(request), "carry_form": carry}
    return render(request, "pages/improvement/action.html", context, status=400 if carry.errors else 200)


@page("evaluation", "change")
def begin(request: Any) -> HttpResponse:
    """A new action; with `proposal` it is taken on from one."""
    year = year_of(request)
    key = request.GET.get("proposal", "")
    chosen = evaluation.in_use()
    drawn: dict[str, Any] | None = None
    if key:
        waiting = presenter.proposals(request.viewer, chosen, year)["waiting"]
        drawn = next((one for one in waiting if one["key"] == key), None)
        if drawn is None:
            raise Http404
    if drawn and drawn["earlier"]:
        return redirect("improvement-action", key=drawn["earlier"].key)
    initial: dict[str, Any] = {"year": year, "status": "open"}
    if drawn:
        initial |= {name: drawn[name] for name in ("words", "priority", "criteria", "measure")}
        initial |= {"target_year": year} if drawn["measure"] else {}
    mine = [key for key, one in ActionForm(la=request.viewer.la, places={}).members.items() if one == request.viewer.membership]
    form = ActionForm(
        request.POST or None, initial={**initial, "owner": mine[0] if mine else ""}, la=request.viewer.la, places=places(chosen, drawn)
    )
    if request.method == "POST" and form.is_valid():
        origin = (
            {"proposal": key, "origin": drawn["origin"], "drawn_from": drawn["why"][:300]}
            if drawn
            else {"origin": "person", "drawn_from": ""}
        )
        if row := _save(request, form, None, origin):
            return redirect("improvement-action", key=row.key)
    context = {"form": form, "drawn": drawn, "title": "Take on a proposal" if drawn else "A new action"}
    return render(request, "pages/improvement/action_form.html", context, status=400 if form.errors else 200)


@page("evaluation", "change")
def change(request: Any, key: str) -> HttpResponse:
    row = row_of(request, PlannedAction, key)
    initial = {name: getattr(row, name) for name in ActionForm.base_fields if hasattr(row, name)}
    initial |= {"owner": str(row.owner.pk) if row.owner else "", "indicators": row.indicators[0] if row.indicators else ""}
    for number, one in enumerate(action_plan_file.plain(actions.action_of(row))["milestones"], 1):
        initial |= {f"milestone_{number}": one["words"], f"milestone_{number}_due": actions._day(one["due"])}
    chosen = evaluation.in_use()
    form = ActionForm(request.POST or None, initial=initial, la=request.viewer.la, places=places(chosen, {"criteria": row.criteria}))
    if request.method == "POST" and form.is_valid():
        before = row if request.POST.get("version") == str(row.pk) else None
        if before is None:
            form.add_error(None, "Action: somebody changed it meanwhile. Load the page again, and write your change once more.")
        elif saved := _save(request, form, row, {"origin": row.origin, "drawn_from": row.drawn_from}):
            return redirect("improvement-action", key=saved.key)
    context = {"form": form, "row": row, "title": f"Change {row.ref}"}
    return render(request, "pages/improvement/action_form.html", context, status=400 if form.errors else 200)


def places(framework: Any, drawn: dict[str, Any] | None) -> dict[str, str]:
    """The criteria of the framework in force, and those of others that the action answers already."""
    found = evaluation.places(framework)
    more = presenter.titles_of([name for name in (drawn or {}).get("criteria", []) if name not in found])
    return {**{one["name"]: f"{one['words']} ({one['framework']})" for one in more}, **found}


def _save(request: Any, form: ActionForm, before: PlannedAction | None, origin: dict[str, str]) -> PlannedAction | None:
    said = {name: form.cleaned_data[name] for name in ActionForm.base_fields if name not in ("indicators", "criteria")}
    indicator = form.cleaned_data["indicators"]
    said |= {
        "criteria": form.cleaned_data["criteria"],
        "indicators": [indicator] if indicator else [],
        "milestones": form.milestones(before.milestones if before else []),
        "owner": form.cleaned_data["owner"],
    }
    if said["measure"] and said["baseline"] is None and before is None:
        said |= baseline(request, said["measure"])
    try:
        row = actions.write(request, before, **{**said, **origin})
    except WrongUse as fault:
        told(form, fault)
        return None
    messages.success(request, f"{row.ref} is saved." if before else f"{row.ref} is in the plan of {years.label(row.year)}.")
    return row


def baseline(request: Any, measure: str) -> dict[str, Any]:
    """Where a measure stands now, as everybody may see it."""
    from decimal import Decimal

    found = evaluation_figures.reading(request.viewer, measure, None)
    return {"baseline": Decimal(str(found.value)), "baseline_year": found.year} if found and found.value is not None else {}


@page("evaluation")
def proposals(request: Any) -> HttpResponse:
    """What could be taken into the plan, each with why; a POST says why one is not taken on."""
    year, chosen = year_of(request), evaluation.in_use()
    form = PassOverForm(request.POST or None)
    if request.method == "POST":
        key = request.POST.get("proposal", "")
        if form.is_valid() and any(one["key"] == key for one in presenter.proposals(request.viewer, chosen, year)["waiting"]):
            actions.pass_over(request, year, key, form.cleaned_data["why"])
            messages.success(request, "It is noted why this is not taken on.")
        else:
            messages.error(request, "Say in a few words why it is not taken on.")
        return redirect(f"{request.path}?year={year}")
    context = {**presenter.proposals(request.viewer, chosen, year), "year": year, "framework": chosen, "may_change": may_change(request)}
    return render(request, "pages/improvement/proposals.html", context)


@page("evaluation", "change")
def bring(request: Any) -> HttpResponse:
    """Actions from a file, into the plan."""
    form = PlanFileForm(request.POST or None, request.FILES or None, la=request.viewer.la)
    if request.method == "POST" and form.is_valid():
        try:
            with brought.as_file(form.cleaned_data["file"], (".json",)) as file:
                given = action_plan_file.read(file, request.viewer.la)
                number = actions.bring(request, given, form.cleaned_data["owner"])
        except VirtualSchoolError as fault:
            form.add_error("file", f"{fault.wrong} {fault.do}")
        else:
            messages.success(request, f"{number} {'action is' if number == 1 else 'actions are'} in the plan.")
            return redirect("improvement-plan")
    context = {"form": form, "columns": action_plan_file.COLUMNS, "needed": action_plan_file.NEEDED}
    return render(request, "pages/improvement/plan_bring.html", context, status=400 if form.errors else 200)


# --- Readiness ---


@page("evaluation")
def ready(request: Any, framework: str) -> HttpResponse:
    chosen = evaluation.framework_of(framework)
    asked = request.GET.get("year", "")
    year = readiness.year_of(request.viewer, int(asked) if asked.isdigit() else None)
    try:
        shown = readiness.page(request.viewer, chosen, year)
    except VirtualSchoolError as fault:
        shown = {"year": year, "wrong": str(fault), "years": []}
    return render(request, "pages/improvement/readiness.html", {"framework": chosen, **shown})


# --- Lists that an authority gives ---


@page("evaluation")
def given(request: Any) -> HttpResponse:
    """Figures from elsewhere: what the newest list gives, and which indicators have none. A POST brings a list."""
    return _list(request, keeping.ELSEWHERE, lambda file: elsewhere.read(file).account, "elsewhere")


@page("evaluation")
def outcomes(request: Any) -> HttpResponse:
    """The register of inspection outcomes: the authority, its neighbours, care leavers graded apart. A POST brings a register."""
    return _list(request, keeping.OUTCOMES, lambda file: register.read(file, stores.places()).account, "inspections")


def _list(request: Any, kind: str, read: Any, template: str) -> HttpResponse:
    """Shows a list, or keeps one that can be read and has at least one row that can be used."""
    form = ListForm(request.POST or None, request.FILES or None)
    account = None
    if request.method == "POST" and form.is_valid():
        try:
            with brought.as_file(form.cleaned_data["file"]) as file:
                account = read(file)
                if not account.kept:
                    raise WrongUse("File", "no row of it can be used.", "Mend what is listed below, and bring it again.")
                keeping.keep(
                    pathlib.Path(settings.STORE), kind, file, la=request.viewer.la, who=request.viewer.email, when=clock.now().isoformat()
                )
        except VirtualSchoolError as fault:
            form.add_error("file", f"{fault.wrong} {fault.do}")
        else:
            events.record(request, "uploaded", "evaluation", record=kind, rows=account.kept)
            said = f"{account.kept} of {account.read} rows are kept."
            messages.success(request, said if not account.set_aside else f"{said} {account.set_aside} were set aside: see below.")
            return redirect("improvement-given" if kind == keeping.ELSEWHERE else "improvement-inspections")
    shown = inspections.given_page(request.viewer) if kind == keeping.ELSEWHERE else inspections.register_page(request.viewer)
    context = {"form": form, "may_change": may_change(request), "refused": account, **shown}
    return render(request, f"pages/improvement/{template}.html", context, status=400 if form.errors else 200)

"""What is filled in beside the words of a plan: facts by who knows them, and lists with a line for each thing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.plans.layout import tables
from virtualschool.web import plan_dates, plan_details
from virtualschool.web.actions import plan_details as actions
from virtualschool.web.actions.plans import is_open
from virtualschool.web.forms_plan_details import DetailsForm, ListForm, shown
from virtualschool.web.permissions import page
from virtualschool.web.views.plans import plan_of


@page("plan", "change")
def details(request: Any, token: str, plan: int) -> HttpResponse:
    found, child = plan_of(request, plan), request.child
    groups = actions.own_groups(request.viewer, child)
    if not groups or not is_open(found):
        raise Http404
    held = (actions.rows_of(found, "plans") or [{}])[0]
    columns = [column for group in groups for column in group.columns if request.viewer.may_read(column.name)]
    form = DetailsForm(columns, request.POST or None, initial={column.name: shown(column, held.get(column.name)) for column in columns})
    if request.method == "POST" and form.is_valid():
        # What was never filled in and is blank now stays not known.
        told = {name: value for name, value in form.told().items() if value is not None or name in held}
        try:
            changed = actions.keep(request, child, found, "plans", [told])
        except WrongUse as fault:
            form.add_error(None, f"{fault.where}: {fault.wrong} {fault.do}")
        else:
            messages.success(request, "Saved." if changed else "Nothing has changed.")
            return redirect("plans-plan", token=token, plan=found.pk)
    context = {
        "groups": [(group.title, [form[column.name] for column in group.columns if column.name in form.fields]) for group in groups],
        "lists": [(name, plan_details.words(name), len(actions.rows_of(found, name))) for name in plan_details.lists()[0]],
        "may_list": actions.may_list(request.viewer, child),
    }
    return _page(request, found, form, "pages/plans/details.html", context)


@page("plan", "change")
def lines(request: Any, token: str, plan: int, table: str) -> HttpResponse:
    found, child = plan_of(request, plan), request.child
    if table not in plan_details.lists()[0] or not actions.may_list(request.viewer, child) or not is_open(found):
        raise Http404
    form = ListForm(tables()[table], actions.rows_of(found, table), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.keep(request, child, found, table, form.told())
        except WrongUse as fault:
            form.add_error(None, f"{fault.where}: {fault.wrong} {fault.do}")
        else:
            messages.success(request, "Saved." if changed else "Nothing has changed.")
            again = request.POST.get("act") == "more"
            return redirect("plans-lines", token=token, plan=found.pk, table=table) if again else redirect("plans-details", token, found.pk)
    headings = [(plan_details.words(column.name), column.name in form.needed) for column in form.columns]
    context = {"title": plan_details.words(table), "meaning": tables()[table].meaning.partition(" Key: ")[0], "headings": headings}
    return _page(request, found, form, "pages/plans/lines.html", {**context, "rows": form.rows})


def _page(request: Any, plan: Any, form: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    term = plan_dates.TermOfYear(plan.school_year, plan.term).words
    known = {"child": request.child, "plan": plan, "term": term, "form": form}
    return render(request, template, {**known, **context}, status=400 if form.errors else 200)

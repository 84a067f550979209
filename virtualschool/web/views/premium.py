"""The premium for who asks and who decides: requests, one child's money and what it did. A teacher sees the school's children."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.web.actions import plans as plan_actions
from virtualschool.web.actions import premium as actions
from virtualschool.web.forms_premium import AskForm, DeclineForm, EffectForm
from virtualschool.web.models import Plan, PremiumEffect, PremiumLine, PremiumRequest
from virtualschool.web.models.plans import CLOSED
from virtualschool.web.models.premium import APPROVED, ASKED, DECLINED, STATES
from virtualschool.web.permissions import page
from virtualschool.web.presenters import premium as presenter

LINES = 50
FIELD_OF = {
    "Amount": "pence",
    "Reference": "reference",
    "Paid on": "on",
    "Day": "on",
    "Why": "why",
    "Programme": "programme",
    "For whom": "children",
    "Children": "children",
    "Last day": "ends",
    "Financial year": "financial_year",
    "Rate": "pence_a_child",
    "Value now": "end_value",
    "School": "school",
}


@page("premium")
def requests(request: Any) -> HttpResponse:
    state = request.GET.get("state", "")
    found = presenter.requests(request.viewer)
    shown = [one for one in found if state in ("", one.request.state)]
    page_of = Paginator(shown, LINES).get_page(request.GET.get("page"))
    context = {
        "counts": presenter.counted(found),
        "page": page_of,
        "lines": page_of.object_list,
        "state": state if state in STATES else "",
        "all": len(found),
        "may_ask": request.viewer.may("premium", "change"),
        "is_office": request.viewer.may("premium_ledger"),
    }
    return render(request, "pages/premium/requests.html", context)


@page("premium")
def request_of(request: Any, number: int) -> HttpResponse:
    """One request with its way so far, for who may see the child."""
    asked, child = _request(request, number)
    context = {
        "asked": presenter.Asked(asked, child, presenter.school_names().get(asked.school, asked.school), presenter.clock.today()),
        "child": child,
        "steps": asked.steps.order_by("pk"),  # type: ignore[attr-defined]
        "lines": [(line, presenter.pounds(line.pence)) for line in asked.lines.order_by("on", "pk")],  # type: ignore[attr-defined]
        "may_decide": request.viewer.may("premium_decide", "change") and asked.la == request.viewer.la and asked.state == ASKED,
        "may_pay": actions.is_office(request.viewer) and asked.la == request.viewer.la and asked.state == APPROVED,
        "may_say": actions.asks_for(request.viewer, child),
    }
    return render(request, "pages/premium/request.html", context)


@page("premium_decide", "change")
def decide(request: Any, number: int) -> HttpResponse:
    """Approve at once, or decline with the reason."""
    asked, child = _request(request, number)
    if asked.la != request.viewer.la:
        raise Http404
    form = DeclineForm(request.POST if request.POST.get("act") == "decline" else None)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "approve":
                actions.decide(request, asked, APPROVED)
                messages.success(request, "Approved. The money is committed until it is paid.")
                return redirect("premium-request", number=asked.pk)
            if form.is_valid():
                actions.decide(request, asked, DECLINED, form.cleaned_data["why"])
                messages.success(request, "Declined. The school reads the reason.")
                return redirect("premium-request", number=asked.pk)
        except WrongUse as fault:
            messages.error(request, str(fault))
            return redirect("premium-request", number=asked.pk)
    context = {"form": form, "asked": presenter.Asked(asked, child, "", presenter.clock.today()), "child": child}
    return render(request, "pages/premium/decide.html", context, status=400 if form.errors else 200)


@page("premium")
def child(request: Any, token: str) -> HttpResponse:
    context = presenter.of_child(request.child)
    context |= {"child": request.child, "may_ask": actions.asks_for(request.viewer, request.child), "may_plan": request.viewer.may("plan")}
    return render(request, "pages/premium/child.html", context)


@page("premium", "change")
def ask(request: Any, token: str) -> HttpResponse:
    if not actions.asks_for(request.viewer, request.child):
        raise Http404
    plan = Plan.objects.filter(la=request.child.la, token=token).exclude(state=CLOSED).order_by("-school_year", "-pk").first()
    targets = list(plan_actions.targets(plan).values()) if plan else []
    choices = [(str(one.number), one.text[:120]) for one in targets]
    form = AskForm(choices, request.POST or None, initial={"strand": "looked_after"})
    if request.method == "POST" and plan is not None and form.is_valid():
        said = dict(form.cleaned_data)
        target = next(one.text for one in targets if str(one.number) == said.pop("target"))
        try:
            made = actions.ask(request, request.child, plan=plan, target=target, **said)
        except WrongUse as fault:
            told(form, fault)
        else:
            messages.success(request, "The request is with the Virtual School.")
            return redirect("premium-request", number=made.pk)
    context = {"form": form, "child": request.child, "plan": plan, "targets": targets}
    return render(request, "pages/premium/ask.html", context, status=400 if form.errors else 200)


@page("premium", "change")
def effect(request: Any, token: str, line: int) -> HttpResponse:
    found = PremiumLine.objects.filter(pk=line, la=request.child.la, shares__token=token, shares__la=request.child.la).first()
    if found is None or not actions.asks_for(request.viewer, request.child):
        raise Http404
    before = PremiumEffect.objects.filter(line=found, token=token, la=found.la).order_by("made", "pk").last()
    asked = found.request
    initial = {"baseline": asked.baseline, "measure": asked.measure, "child_said": asked.child_said} if asked else {}
    if before is not None:
        initial = {name: getattr(before, name) for name in EffectForm.base_fields}
    form = EffectForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.effect(request, request.child, found, **form.cleaned_data)
        except WrongUse as fault:
            told(form, fault)
        else:
            messages.success(request, "The effect is kept.")
            return redirect("premium-child", token=token)
    context = {"form": form, "child": request.child, "line": found, "amount": presenter.pounds(found.pence), "before": before}
    return render(request, "pages/premium/effect.html", context, status=400 if form.errors else 200)


def _request(request: Any, number: int) -> tuple[PremiumRequest, Any]:
    """A request for a child that the viewer may see; raises Http404 in every other case."""
    asked = PremiumRequest.objects.filter(pk=number).first()
    child = presenter.seen(request.viewer).get((asked.la, asked.token)) if asked is not None else None
    if asked is None or child is None:
        raise Http404
    return asked, child


def told(form: forms.Form, fault: WrongUse) -> None:
    """Says a fault at the field it is about."""
    field = FIELD_OF.get(fault.where.split(" '")[0], "")
    form.add_error(field if field in form.fields else None, f"{fault.where}: {fault.wrong} {fault.do}")

"""The premium's ledger for who keeps it: grant, payments, programmes, spend in sum, need, effect, and files."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.plans import premium as rules
from virtualschool.plans import premium_file
from virtualschool.web import clock, events, premium_facts
from virtualschool.web.actions import premium as actions
from virtualschool.web.actions import premium_files as file_actions
from virtualschool.web.forms_premium import (
    GrantForm,
    JoinForm,
    LineForm,
    PayForm,
    PaymentsFileForm,
    ProgrammeForm,
    TakeBackForm,
    purposes_of,
)
from virtualschool.web.models import PremiumFile, PremiumLine, PremiumProgramme
from virtualschool.web.models.premium import STRANDS, WHERE
from virtualschool.web.permissions import page
from virtualschool.web.presenters import children_files, premium_effects
from virtualschool.web.presenters import premium as presenter
from virtualschool.web.views.premium import _request, told

LINES = 50


def _year(request: Any) -> dict[str, Any]:
    la = request.viewer.la
    return {"year": presenter.year_of(la, request.GET.get("year", "")), "years": presenter.years(la)}


@page("premium_ledger")
def ledger(request: Any) -> HttpResponse:
    context = _year(request)
    la, year = request.viewer.la, context["year"]
    rows = presenter.strand_rows(la, year)
    context |= {
        "rows": rows,
        "alerts": presenter.alerts(rows, clock.today()) if year == rules.financial_year_of(clock.today()) else [],
        "conditions": presenter.conditions(la, year),
        "may_change": actions.is_office(request.viewer),
        "total_in": presenter.pounds(sum(row.ledger.allocation.pence for row in rows)),
        "total_paid": presenter.pounds(sum(row.ledger.paid() for row in rows)),
    }
    return render(request, "pages/premium/ledger.html", context)


@page("premium_ledger", "change")
def grant(request: Any) -> HttpResponse:
    la = request.viewer.la
    year = presenter.year_of(la, request.GET.get("year", ""))
    strand = request.GET.get("strand", "looked_after")
    held = presenter.grants(la, year).get(strand)
    initial: dict[str, Any] = {"financial_year": year, "strand": strand}
    if held is not None:
        initial |= {name: getattr(held, name) for name in ("provisional_children", "final_children", "note")}
        money = ("pence_a_child", "provisional_pence", "final_pence", "planned")
        initial |= {name: _written(getattr(held, name)) for name in money}
    form = GrantForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.grant(request, **{**form.cleaned_data, "planned": form.cleaned_data["planned"] or 0})
        except WrongUse as fault:
            told(form, fault)
        else:
            messages.success(request, "The grant is kept.")
            return redirect(f"{address('premium-ledger')}?year={made.financial_year}")
    context = {"form": form, "rates": [one for one in rules.rates().values() if one.strand in STRANDS], "pounds": rules.pounds}
    return render(request, "pages/premium/grant.html", context, status=400 if form.errors else 200)


@page("premium_ledger", "change")
def pay(request: Any, number: int) -> HttpResponse:
    asked, child = _request(request, number)
    if asked.la != request.viewer.la:
        raise Http404
    form = PayForm(request.POST or None, initial={"on": clock.today(), "where": "devolved"})
    if request.method == "POST" and form.is_valid():
        try:
            actions.pay(request, asked, **form.cleaned_data)
        except WrongUse as fault:
            told(form, fault)
        else:
            messages.success(request, "Paid. Its effect is asked for after twelve weeks.")
            return redirect("premium-request", number=asked.pk)
    context = {
        "form": form,
        "title": f"Pay {rules.pounds(asked.pence)}",
        "caption": child.name,
        "back": address("premium-request", number=asked.pk),
        "save": "Enter the payment",
    }
    return render(request, "pages/premium/form.html", context, status=400 if form.errors else 200)


@page("premium_ledger")
def payments(request: Any) -> HttpResponse:
    context = _year(request)
    asked = {name: request.GET.get(name, "") for name in ("strand", "where", "purpose")}
    asked = {
        name: value if value in known else "" for (name, value), known in zip(asked.items(), (STRANDS, WHERE, purposes_of()), strict=True)
    }
    found = presenter.payments(request.viewer, context["year"], **asked)
    page_of = Paginator(found, LINES).get_page(request.GET.get("page"))
    context |= {
        "page": page_of,
        "lines": page_of.object_list,
        "found": len(found),
        "total": rules.pounds(sum(one.line.pence for one in found)),
        "asked": asked,
        "strands": STRANDS,
        "wheres": WHERE,
        "purposes": purposes_of(),
        "may_change": actions.is_office(request.viewer),
    }
    return render(request, "pages/premium/payments.html", context)


@page("premium_ledger", "change")
def add(request: Any) -> HttpResponse:
    la = request.viewer.la
    programmes = [(str(one.pk), one.name) for one in PremiumProgramme.objects.filter(la=la).order_by("name")]
    initial = {"on": clock.today(), "strand": "looked_after", "where": "central", "programme": request.GET.get("programme", "")}
    form = LineForm(programmes, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        named, chosen = said.pop("children"), said.pop("programme")
        known = actions.known_children(la)
        tokens = [known.get(part.strip(), "") for part in named.replace(",", "\n").replace(";", "\n").split("\n") if part.strip()]
        try:
            if "" in tokens:
                raise WrongUse("Children", "one is no child of the authority.", "Use the identifiers of the return, one on a line.")
            running = PremiumProgramme.objects.filter(la=la, pk=chosen).first() if chosen else None
            actions.pay_line(request, tokens, programme=running, **said)
        except WrongUse as fault:
            told(form, fault)
        else:
            messages.success(request, "The payment is in the ledger.")
            return redirect("premium-payments")
    context = {"form": form, "title": "A payment", "back": address("premium-payments"), "save": "Enter the payment"}
    return render(request, "pages/premium/form.html", context, status=400 if form.errors else 200)


@page("premium_ledger", "change")
def back(request: Any, number: int) -> HttpResponse:
    line = PremiumLine.objects.filter(pk=number, la=request.viewer.la, pence__gt=0).first()
    if line is None:
        raise Http404
    form = TakeBackForm(request.POST or None, initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back(request, line, **form.cleaned_data)
        except WrongUse as fault:
            told(form, fault)
        else:
            messages.success(request, "The money that came back is in the ledger, beside the payment.")
            return redirect(f"{address('premium-payments')}?year={line.financial_year}")
    context = {
        "form": form,
        "title": "Money that came back",
        "caption": f"{line.reference}, {rules.pounds(line.pence)}",
        "back": address("premium-payments"),
        "save": "Enter it",
    }
    return render(request, "pages/premium/form.html", context, status=400 if form.errors else 200)


@page("premium_ledger")
def programmes(request: Any) -> HttpResponse:
    context = {"running": presenter.programmes(request.viewer), "may_change": actions.is_office(request.viewer)}
    return render(request, "pages/premium/programmes.html", context)


@page("premium_ledger", "change")
def programme(request: Any, number: int | None = None) -> HttpResponse:
    held = PremiumProgramme.objects.filter(pk=number, la=request.viewer.la).first() if number is not None else None
    if number is not None and held is None:
        raise Http404
    initial = {name: getattr(held, name) for name in ProgrammeForm.base_fields} if held else {"starts": clock.today()}
    form = ProgrammeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.programme(request, held, **form.cleaned_data)
        except WrongUse as fault:
            told(form, fault)
        else:
            messages.success(request, "The programme is kept.")
            return redirect("premium-places", number=made.pk) if held is None else redirect("premium-programmes")
    title = held.name if held else "A programme for many children"
    context = {"form": form, "title": title, "back": address("premium-programmes"), "save": "Save"}
    return render(request, "pages/premium/form.html", context, status=400 if form.errors else 200)


@page("premium_ledger", "change")
def places(request: Any, number: int) -> HttpResponse:
    """Which children take part in a programme."""
    held = PremiumProgramme.objects.filter(pk=number, la=request.viewer.la).first()
    if held is None:
        raise Http404
    known = {token: child for (la, token), child in presenter.seen(request.viewer).items() if la == held.la and child.is_current}
    taking = set(actions.taking_part(held, clock.today()))
    free = sorted((child for token, child in known.items() if token not in taking), key=lambda one: one.name.casefold())
    form = JoinForm(free, request.POST if request.POST.get("act") == "join" else None, initial={"starts": held.starts})
    if request.method == "POST":
        if request.POST.get("act") == "leave" and request.POST.get("child") in known:
            actions.leave(request, held, known[request.POST["child"]], clock.today())
            messages.success(request, "From today on the child takes part no more.")
            return redirect("premium-places", number=held.pk)
        if form.is_valid():
            for token in form.cleaned_data["children"]:
                actions.join(request, held, known[token], form.cleaned_data["starts"])
            messages.success(request, "They take part.")
            return redirect("premium-places", number=held.pk)
    here = sorted((known[token] for token in taking if token in known), key=lambda one: one.name.casefold())
    context = {"programme": held, "here": here, "hidden": len(taking) - len(here), "form": form}
    return render(request, "pages/premium/places.html", context, status=400 if form.errors else 200)


@page("premium_ledger")
def spend(request: Any) -> HttpResponse:
    context = _year(request)
    strand = request.GET.get("strand", "")
    strand = strand if strand in STRANDS else ""
    found = presenter.sums(request.viewer, context["year"], strand)
    context |= {
        "sums": found,
        "strand": strand,
        "strands": STRANDS,
        "paid": rules.pounds(found[0].paid),
        "adds_up": all(one.adds_up for one in found),
    }
    return render(request, "pages/premium/spend.html", context)


@page("premium_ledger")
def need(request: Any) -> HttpResponse:
    context = _year(request)
    asked = {name: request.GET.get(name, "") for name in ("school", "group")}
    context |= premium_effects.needs(request.viewer, context["year"], **asked)
    context |= {"asked": asked, "words": dict(premium_effects.GROUPS).get(asked["group"], "")}
    return render(request, "pages/premium/need.html", context)


@page("premium_ledger")
def effects(request: Any) -> HttpResponse:
    la = request.viewer.la
    known = presenter.years(la)
    asked = request.GET.get("year", "")
    # What was spent this year has no value after it yet; so the year before comes first where there is one.
    year = asked if asked in known else known[min(1, len(known) - 1)]
    measure = request.GET.get("measure", "absence")
    measure = measure if measure in premium_facts.MEASURES else "absence"
    context = {"year": year, "years": known, "measure": measure, "measures": premium_facts.MEASURES}
    context |= premium_effects.told(request.viewer, year, measure) | {"lines": premium_effects.results(request.viewer, year)}
    return render(request, "pages/premium/effects.html", context)


@page("premium_ledger")
def files(request: Any) -> HttpResponse:
    form = PaymentsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = file_actions.read(request, form.cleaned_data["file"])
        except VirtualSchoolError as fault:
            form.add_error("file", f"{fault.wrong.capitalize()} {fault.do}")
        else:
            return redirect("premium-file", number=made.pk)
    held = PremiumFile.objects.filter(la=request.viewer.la).select_related("made_by").order_by("-pk")[:20]
    columns = [(name, words, needed) for name, (words, needed) in premium_file.COLUMNS.items()]
    context = {"form": form, "held": held, "columns": columns, "purposes": purposes_of(), "may_change": actions.is_office(request.viewer)}
    return render(request, "pages/premium/files.html", context, status=400 if form.errors else 200)


@page("premium_ledger")
def file(request: Any, number: int) -> HttpResponse:
    held = PremiumFile.objects.filter(pk=number, la=request.viewer.la).first()
    if held is None:
        raise Http404
    if request.method == "POST":
        try:
            if request.POST.get("act") == "keep":
                kept = file_actions.keep(request, held)
                messages.success(request, f"{kept} {'payment is' if kept == 1 else 'payments are'} in the ledger.")
            elif request.POST.get("act") == "discard":
                file_actions.discard(request, held)
                messages.success(request, "The file is discarded. Nothing of it was kept.")
        except WrongUse as fault:
            messages.error(request, str(fault))
        return redirect("premium-file", number=held.pk)
    context: dict[str, Any] = {"file": held, "may_change": actions.is_office(request.viewer)}
    if held.kind == "bank":
        context |= {"told": held.held[0] if held.held else {"agreed": 0, "years": []}}
        context["differences"] = [
            {name: rules.pounds(value) if isinstance(value, int) else value for name, value in one.items()} for one in held.held[1:]
        ]
    else:
        context["total"] = rules.pounds(sum(one["pence"] for one in held.held))
    return render(request, "pages/premium/file.html", context)


@page("premium_ledger")
def download(request: Any, what: str, kind: str) -> HttpResponse:
    """Payments, spend by child, or need, as CSV or a workbook; the event says how many rows."""
    year = presenter.year_of(request.viewer.la, request.GET.get("year", ""))
    if what not in DOWNLOADS or kind not in children_files.STYLES:
        raise Http404
    headings, rows = DOWNLOADS[what](request.viewer, year)
    write = children_files.as_csv if kind == "csv" else children_files.as_xlsx
    content = write(children_files.mark(request.viewer, len(rows)), headings, rows)
    events.record(request, "downloaded", "premium_ledger", what=what, year=year, rows=len(rows), style=kind)
    answer = HttpResponse(content, content_type=children_files.STYLES[kind])
    answer["Content-Disposition"] = f'attachment; filename="premium-{what}-{year}.{kind}"'
    return answer


def _payment_rows(viewer: Any, year: str) -> tuple[list[str], list[list[Any]]]:
    """Payments as the file of payments has them, so that they can be brought again."""
    found = presenter.payments(viewer, year)
    rows = [
        [
            one.line.reference,
            one.line.on,
            premium_effects.pounds_number(one.line.pence),
            one.line.where,
            one.line.purpose,
            one.line.strand,
            ";".join(child.token for child in one.names),
            one.line.school,
            one.line.target,
            one.line.cohort,
            one.line.what,
        ]
        for one in found
    ]
    return list(premium_file.COLUMNS), rows


def _child_rows(viewer: Any, year: str) -> tuple[list[str], list[list[Any]]]:
    by_child = next(one for one in presenter.sums(viewer, year) if one.heading == "Child")
    return ["Child", "Spent, pounds"], [[words, premium_effects.pounds_number(pence)] for words, pence, _, _ in by_child.rows]


DOWNLOADS = {"payments": _payment_rows, "children": _child_rows, "need": premium_effects.need_rows}


def address(name: str, **parts: Any) -> str:
    return reverse(name, kwargs=parts)


def _written(pence: int | None) -> str:
    """Pence as a form shows them: pounds without the sign of pounds."""
    return "" if pence is None else f"{pence // 100}.{pence % 100:02d}"

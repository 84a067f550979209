"""Care leavers by the way they came, and the child-level lists for an inspection."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from virtualschool.errors import WrongUse
from virtualschool.web import clock
from virtualschool.web.actions import annex_a
from virtualschool.web.permissions import page
from virtualschool.web.presenters import children_leavers as presenter
from virtualschool.web.presenters.children_list import A_PAGE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page("children")
def leavers(request: Any) -> HttpResponse:
    viewer, asked = request.viewer, presenter.asked(request.GET)
    shown = Paginator(presenter.leavers(viewer, asked), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "outcomes": presenter.OUTCOMES,
        "ages": presenter.AGES,
        "needing": presenter.NEEDING,
        "routes": presenter.routes(viewer, asked),
        "year": presenter.year_words(viewer),
        "outcome_words": presenter.OUTCOMES[asked.outcome],
        "ages_words": presenter.AGES[asked.ages][0],
        "headings": presenter.headings(viewer),
        "page": shown,
        "lines": presenter.lines(viewer, shown.object_list),
        "may_take": viewer.may("exact_figures") and viewer.may("record"),
    }
    return render(request, "pages/children/leavers.html", context)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="What is the file for?",
        help_text="It is kept with your name and the number of children. Do not name a child.",
        max_length=300,
        error_messages={"required": "Say in a few words what the file is for."},
    )


@page("exact_figures", change="see")
def lists(request: Any) -> HttpResponse:
    """Asks for the reason, and answers with the workbook of lists 8 and 9."""
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = annex_a.export(request, form.cleaned_data["reason"])
        except WrongUse as fault:
            form.add_error("reason" if fault.where == "Reason" else None, f"{fault.where}: {fault.wrong} {fault.do}")
        else:
            response = HttpResponse(content, content_type=XLSX)
            response["Content-Disposition"] = f'attachment; filename="child-level-lists-{clock.today().isoformat()}.xlsx"'
            return response
    context = {"form": form, "not_held": annex_a.not_held(), "about": annex_a.about(request.viewer)}
    return render(request, "pages/children/annex_a.html", context, status=400 if form.errors else 200)

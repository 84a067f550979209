"""The list of children: narrowed, sorted, searched by name, and taken away as a file."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from virtualschool.errors import WrongUse
from virtualschool.web import clock, events
from virtualschool.web.actions import children_export
from virtualschool.web.children import roll_of
from virtualschool.web.permissions import page
from virtualschool.web.presenters import children_files, children_list

SEARCH = "children-search"
"""Where a session keeps the name that was searched for: names stand in no address."""


@page("children")
def listed(request: Any) -> HttpResponse:
    viewer = request.viewer
    asked = children_list.listing(viewer, request.GET, request.session.get(SEARCH, ""))
    shown = Paginator(asked.children, children_list.A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "page": shown,
        "lines": children_list.lines(viewer, shown.object_list),
        "headings": children_list.headings(viewer, asked),
        "who": children_list.WHO,
        "kept": [(name, value) for name in ("measure", "year", "part", "cohort", "schools") for value in request.GET.getlist(name)],
        "behind_filters": _narrowed(request) if asked.behind else [],
        "roll": roll_of(viewer.la),
        "may_load": viewer.may("roll", "change"),
    }
    return render(request, "pages/children/list.html", context)


@page("children", quiet=True, change="see")
def search(request: Any) -> HttpResponse:
    """Keeps the name to search for in the session, or forgets it, and goes back to the list."""
    if request.method != "POST":
        raise Http404
    wanted = " ".join(request.POST.get("name", "").split())[:100]
    request.session[SEARCH] = wanted
    if wanted:
        events.record(request, "searched", "children")
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, None) or not back.startswith(reverse("children-list")):
        back = reverse("children-list")
    return redirect(back)


@page("children", change="see")
def export(request: Any) -> HttpResponse:
    """Asks for the format and the reason, and answers with the file."""
    asked = children_list.listing(request.viewer, request.GET, request.session.get(SEARCH, ""))
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        style = form.cleaned_data["style"]
        try:
            content = children_export.export(request, asked, style, form.cleaned_data["reason"])
        except WrongUse as fault:
            form.add_error("reason" if fault.where == "Reason" else None, f"{fault.where}: {fault.wrong} {fault.do}")
        else:
            response = HttpResponse(content, content_type=children_files.STYLES[style])
            response["Content-Disposition"] = f'attachment; filename="children-{clock.today().isoformat()}.{style}"'
            return response
    context = {"form": form, "asked": asked, "at_once": children_export.AT_ONCE}
    return render(request, "pages/children/export.html", context, status=400 if form.errors else 200)


class ExportForm(forms.Form):
    style = forms.ChoiceField(
        label="Format",
        choices=[("xlsx", "Excel"), ("csv", "CSV")],
        initial="xlsx",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a format.", "invalid_choice": "Choose Excel or CSV."},
    )
    reason = forms.CharField(
        label="What is the file for?",
        help_text="It is kept with your name and the number of children. Do not name a child.",
        max_length=300,
        error_messages={"required": "Say in a few words what the file is for."},
    )


def _narrowed(request: Any) -> list[tuple[str, str]]:
    return [(name, value) for name in children_list.FILTERS for value in request.GET.getlist(name)]

"""The weekly roll: loading it, what became of its rows, and who joined, left and moved since."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import VirtualSchoolError
from virtualschool.read.roll import COLUMNS, LARGEST, written
from virtualschool.web import clock
from virtualschool.web.actions import roll as actions
from virtualschool.web.models import RollFile
from virtualschool.web.permissions import page
from virtualschool.web.presenters import children_changes

DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y")


class RollForm(forms.Form):
    file = forms.FileField(
        label="The file",
        help_text=f"A CSV of up to {LARGEST // 1_000_000} MB, one row a child.",
        error_messages={"required": "Choose the file of the roll.", "empty": "The file is empty. Choose another."},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
    as_of = forms.DateField(
        label="The day it was made",
        help_text="For example, 20/04/2026. A roll of the same day takes the place of one loaded before.",
        input_formats=DAYS,
        error_messages={"required": "Give the day on which the list was made.", "invalid": "Write the day as 20/04/2026."},
        widget=forms.DateInput(format="%d/%m/%Y"),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST // 1_000_000} MB. See that it is the roll, one row a child.")
        return file


@page("roll")
def rolls(request: Any) -> HttpResponse:
    found = children_changes.rolls_of(request.viewer.la)
    context = {"rolls": found, "columns": COLUMNS, "may_load": request.viewer.may("roll", "change")}
    return render(request, "pages/children/rolls.html", context)


@page("roll", "change")
def load(request: Any) -> HttpResponse:
    form = RollForm(request.POST or None, request.FILES or None, initial={"as_of": clock.today()})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            file = actions.load(request, sent.read(), sent.name or "", form.cleaned_data["as_of"])
        except VirtualSchoolError as fault:
            form.add_error("as_of" if fault.where == "Day of the roll" else "file", f"{fault.wrong.capitalize()} {fault.do}")
        else:
            messages.success(request, f"The roll is loaded: {file.kept} of {file.read} rows kept.")
            return redirect("children-roll-file", number=file.pk)
    return render(request, "pages/children/roll_load.html", {"form": form}, status=400 if form.errors else 200)


@page("roll")
def roll_file(request: Any, number: int) -> HttpResponse:
    file = RollFile.objects.filter(pk=number, la=request.viewer.la).first()
    if file is None:
        raise Http404
    return render(request, "pages/children/roll_file.html", {"file": file})


@page("roll", quiet=True)
def template(request: Any) -> HttpResponse:
    """The headings of the file, to fill in."""
    response = HttpResponse(written([]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="roll.csv"'
    return response


@page("roll")
def changes(request: Any) -> HttpResponse:
    since = "return" if request.GET.get("since") == "return" else "roll"
    found = (children_changes.since_return if since == "return" else children_changes.since_last_roll)(request.viewer)
    rolls = children_changes.rolls_of(request.viewer.la)
    return render(request, "pages/children/changes.html", {"since": since, "changes": found, "roll": rolls[0] if rolls else None})

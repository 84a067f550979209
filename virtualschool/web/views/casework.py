"""Casework: lists, and forms that write one record about one child; and enquiries, about none."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.web import clock
from virtualschool.web.actions import casework as actions
from virtualschool.web.models import NotFullTime, Task
from virtualschool.web.models.casework import ASKED_BY, GIVEN, GROUPS, HOW, NOT_FULL_TIME, STAGES, TOPICS, WITH_WHOM
from virtualschool.web.permissions import page
from virtualschool.web.presenters import children_casework as presenter

DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y")
FIELD_OF = {
    "Kind": "kind", "First day": "starts", "End date": "due", "Ended": "ended", "Hours a week": "hours", "Stage": "stage",
    "Provider": "provider", "Reduced timetable": "hours", "Day of the visit": "visited", "Day": "day", "Due": "due", "School": "school",
    "Curriculum": "curriculum", "Last looked at": "checked",
}  # fmt: skip
"""Which field of a form a fault is about."""


def a_day(label: str, *, needed: bool = True, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=needed,
        input_formats=DAYS,
        widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages={"required": f"Give a day: {label.lower()}.", "invalid": "Write the day as 20/04/2026."},
        **{"help_text": "For example, 20/04/2026.", **more},
    )


def words(label: str, longest: int, *, needed: bool = True, area: bool = False, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4}) if area else forms.TextInput()
    return forms.CharField(
        label=label,
        max_length=longest,
        required=needed,
        widget=widget,
        error_messages={"required": f"Fill in: {label.lower()}.", "max_length": f"Write up to {longest} characters."},
        **more,
    )


def choice(label: str, values: dict[str, str], *, needed: bool = True, **more: Any) -> forms.ChoiceField:
    choices = [("", "Choose one" if needed else "None"), *values.items()]
    errors = {"required": f"Choose one: {label.lower()}.", "invalid_choice": "Choose one of the list."}
    return forms.ChoiceField(label=label, choices=choices, required=needed, error_messages=errors, **more)


class NotFullTimeForm(forms.Form):
    kind = choice("Kind", NOT_FULL_TIME)
    starts = a_day("First day")
    due = a_day("End date", needed=False, help_text="When it is meant to end or be looked at again. A reduced timetable needs one.")
    stage = choice("Stage", STAGES, needed=False, help_text="Of no school place: how far the search is.")
    hours = forms.DecimalField(label="Hours a week", required=False, max_digits=4, decimal_places=1, help_text="Hours of education.")
    provider = words("Provider", 200, needed=False)
    curriculum = words(
        "Curriculum",
        2_000,
        needed=False,
        area=True,
        help_text="What is taught there, or what of the usual curriculum was changed or left out.",
    )
    checked = a_day("Last looked at", needed=False, help_text="The day on which somebody last looked at the provision.")
    approver = words("Approved by", 200, needed=False)
    note = words("Note", 2_000, needed=False, area=True)


class ChangeNotFullTimeForm(NotFullTimeForm):
    ended = a_day("Ended", needed=False, help_text="Only when it is over.")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        del self.fields["kind"], self.fields["starts"]


class VisitForm(forms.Form):
    visited = a_day("Day of the visit")
    provision = words("Provision", 300, help_text="What the child is taught, where, and how many hours.")
    progress = words("Progress", 2_000, area=True)
    contact = words("Named contact", 200, help_text="Who answers for the child there, and how to reach them.")


class OwnedForm(forms.Form):
    """A form with a person to choose among those who may have a child or a task."""

    def __init__(self, *arguments: Any, la: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.members = {str(one.pk): one for one in actions.owners(la)}
        choices = {key: f"{one.person}, {one.get_role_display()}" for key, one in self.members.items()}
        self.fields["owner"] = choice("Who", choices, needed=False)
        self.order_fields([*(name for name in self.fields if name != "due"), "due"])

    def clean_owner(self):
        return self.members.get(self.cleaned_data["owner"])


class TaskForm(OwnedForm):
    what = words("What is to be done", 300)
    due = a_day("Due")


class ContactForm(OwnedForm):
    day = a_day("Day")
    with_whom = choice("With", WITH_WHOM)
    how = choice("How", HOW)
    what = words("What was said", 4_000, area=True)
    action = words("Action agreed", 300, needed=False, help_text="Only if there is one; it becomes a task.")
    due = a_day("Action due", needed=False)

    def clean(self):
        said = super().clean()
        if said.get("action") and not said.get("due") and "due" not in self.errors:
            self.add_error("due", "Give the day by which the action is due.")
        return said


class AnswersForm(OwnedForm):
    pass


class EnquiryForm(forms.Form):
    day = a_day("Day")
    group = choice("For whom", GROUPS)
    given = choice("What was given", GIVEN)
    topic = choice("Topic", TOPICS)
    asked_by = choice("Asked by", ASKED_BY)
    school = words("School", 6, needed=False, help_text="Its URN, six digits. Leave it empty where it was about none.")
    people = forms.IntegerField(
        label="How many took part", min_value=1, max_value=2_000, initial=1, error_messages={"required": "Say how many took part."}
    )
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=1, max_value=2_000, help_text="If you keep count.")


# --- Lists ---


@page("casework")
def not_full_time(request: Any) -> HttpResponse:
    ended = request.GET.get("show") == "ended"
    lines = presenter.not_full_time(request.viewer, ended=ended)
    context = {"lines": lines, "ended": ended, "without": [] if ended else presenter.without_place(request.viewer)}
    return render(request, "pages/children/not_full_time.html", context)


@page("casework")
def elsewhere(request: Any) -> HttpResponse:
    return render(request, "pages/children/elsewhere.html", {"lines": presenter.elsewhere(request.viewer)})


@page("casework")
def tasks(request: Any) -> HttpResponse:
    whose = "all" if request.GET.get("whose") == "all" else "mine"
    return render(request, "pages/children/tasks.html", {"lines": presenter.tasks(request.viewer, whose), "whose": whose})


@page("casework")
def caseloads(request: Any) -> HttpResponse:
    return render(request, "pages/children/caseloads.html", {"loads": presenter.caseloads(request.viewer)})


@page("enquiries")
def enquiries(request: Any) -> HttpResponse:
    context = {**presenter.enquiries(request.viewer), "may_add": request.viewer.may("enquiries", "change")}
    return render(request, "pages/children/enquiries.html", context)


# --- Forms ---


@page("casework", "change")
def begin(request: Any, token: str) -> HttpResponse:
    form = NotFullTimeForm(request.POST or None, initial={"starts": clock.today()})
    return _write(
        request, form, "Education that is not full-time", lambda said: actions.begin_not_full_time(request, request.child, **said)
    )


@page("casework", "change")
def change(request: Any, token: str, number: int) -> HttpResponse:
    record = NotFullTime.objects.filter(pk=number, token=token, la=request.viewer.la).first()
    if record is None:
        raise Http404
    names = ChangeNotFullTimeForm().fields
    form = ChangeNotFullTimeForm(request.POST or None, initial={name: getattr(record, name) for name in names})
    return _write(
        request, form, record.get_kind_display(), lambda said: actions.change_not_full_time(request, request.child, record, **said)
    )


@page("casework", "change")
def visit(request: Any, token: str) -> HttpResponse:
    form = VisitForm(request.POST or None, initial={"visited": clock.today()})
    return _write(request, form, "A visit to a child taught elsewhere", lambda said: actions.visit(request, request.child, **said))


@page("casework", "change")
def contact(request: Any, token: str) -> HttpResponse:
    form = ContactForm(request.POST or None, initial={"day": clock.today()}, la=request.viewer.la)

    def write(said: dict[str, Any]) -> None:
        what, owner, due = said.pop("action"), said.pop("owner"), said.pop("due")
        actions.contact(request, request.child, action={"what": what, "owner": owner, "due": due} if what else None, **said)

    return _write(request, form, "A contact", write)


@page("casework", "change")
def task(request: Any, token: str) -> HttpResponse:
    form = TaskForm(request.POST or None, la=request.viewer.la)
    return _write(request, form, "A task", lambda said: actions.task(request, request.child, **said))


@page("casework", "change")
def answers(request: Any, token: str) -> HttpResponse:
    held = actions.answering(request.viewer.la).get(token)
    form = AnswersForm(request.POST or None, la=request.viewer.la, initial={"owner": str(held.pk) if held else ""})
    return _write(request, form, "Who answers for the child", lambda said: actions.answer_for(request, request.child, said["owner"]))


@page("casework", "change")
def done(request: Any, token: str, number: int) -> HttpResponse:
    found = Task.objects.filter(pk=number, token=token, la=request.viewer.la).first()
    if found is None or request.method != "POST":
        raise Http404
    actions.finish(request, request.child, found, request.POST.get("outcome", ""))
    messages.success(request, "The task is done.")
    return redirect("children-tasks" if request.POST.get("back") == "tasks" else "children-child", **_to(request))


@page("enquiries", "change")
def enquiry(request: Any) -> HttpResponse:
    form = EnquiryForm(request.POST or None, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.enquiry(request, **form.cleaned_data)
        except WrongUse as fault:
            _told(form, fault)
        else:
            messages.success(request, "The enquiry is noted.")
            return redirect("children-enquiries")
    return render(request, "pages/children/enquiry.html", {"form": form}, status=400 if form.errors else 200)


def _write(request: Any, form: forms.Form, title: str, write) -> HttpResponse:
    """Shows a form about a child, or writes what it says and goes back to the child."""
    if request.child.la != request.viewer.la:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            write(dict(form.cleaned_data))
        except WrongUse as fault:
            _told(form, fault)
        else:
            messages.success(request, "Saved.")
            return redirect("children-child", token=request.child.token)
    context = {"form": form, "title": title, "child": request.child}
    return render(request, "pages/children/casework_form.html", context, status=400 if form.errors else 200)


def _told(form: forms.Form, fault: WrongUse) -> None:
    field = FIELD_OF.get(fault.where, "")
    form.add_error(field if field in form.fields else None, f"{fault.where}: {fault.wrong} {fault.do}")


def _to(request: Any) -> dict[str, str]:
    return {} if request.POST.get("back") == "tasks" else {"token": request.child.token}

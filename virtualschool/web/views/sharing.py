"""Sharing a record, protecting it, and opening it in need."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.web import children, clock, stores
from virtualschool.web.actions import sharing as acts
from virtualschool.web.models import BreakGlass, Protection, Share
from virtualschool.web.permissions import page
from virtualschool.web.presenters import people as presented
from virtualschool.web.presenters import sharing as shown

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ShareForm(forms.Form):
    decision = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("share", "Share"), ("refuse", "Do not share")], initial="share", label="What was decided?"
    )
    with_la = forms.ChoiceField(required=False, label="Another authority")
    with_school = forms.CharField(required=False, max_length=10, label="Or a school, by its URN", help_text="The six digits of the school.")
    kinds = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, choices=list(acts.KINDS.items()), label="What is shared"
    )
    gateway = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        label="The legal ground, and why",
        help_text="Write no more about the child than it takes.",
        error_messages={"required": "Write the legal ground, and why this record is or is not shared."},
    )
    ends = forms.DateField(
        required=False, widget=DAY, label="Ends on", help_text="Within a year. On that day the record is closed to them."
    )

    def __init__(self, *arguments: Any, la: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        standing = [one for one in stores.places().authorities.values() if one.last_year is None and one.la != la]
        known = sorted(((one.la, one.name) for one in standing), key=lambda item: item[1])
        self.fields["with_la"].choices = [("", "None"), *known]  # type: ignore[attr-defined]

    def clean_with_school(self) -> str:
        urn = self.cleaned_data["with_school"].strip()
        if urn and not (urn.isdigit() and len(urn) == 6):
            raise forms.ValidationError("Write the six digits of the school's URN.")
        return urn


@page("sharing")
def shares(request: Any) -> HttpResponse:
    """What the authority shares of whom, with whom, and what it decided not to share; and what others share with it."""
    viewer = request.viewer
    if request.method == "POST":
        made = Share.objects.filter(pk=int(request.POST.get("share", "0") or 0), la=viewer.la).first()
        if made is None:
            raise Http404
        acts.end_share(viewer, made)
        messages.success(request, "Ended. The record is closed to them.")
        if request.POST.get("back") == "child":
            return redirect("people-child-sharing", token=made.token)
        return redirect("people-shares")
    found = shown.of_authority(viewer, ended=request.GET.get("ended") == "1")
    pages = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "pages/people/shares.html", {"page": pages, "found": len(found), "ended": request.GET.get("ended") == "1"})


@page("sharing")
def child_sharing(request: Any, token: str) -> HttpResponse:
    """Sharing one child's record: decide, and see what was decided before."""
    viewer, child = request.viewer, request.child
    if child.la != viewer.la:
        raise Http404
    form = ShareForm(request.POST or None, la=viewer.la, initial={"kinds": ["plan"], "ends": _end_of_school_year()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            acts.share(
                viewer,
                child,
                with_la=given["with_la"],
                with_school=given["with_school"],
                kinds=given["kinds"],
                gateway=given["gateway"],
                ends=given["ends"],
                refused=given["decision"] == "refuse",
            )
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "Written down." if given["decision"] == "refuse" else "Shared.")
            return redirect("people-child-sharing", token=token)
    return render(request, "pages/people/child_sharing.html", {"child": child, "form": form, "shares": shown.of_child(viewer, child)})


def _end_of_school_year() -> datetime.date:
    today = clock.today()
    return datetime.date(today.year + (today.month >= 8), 8, 1)


@page("sharing")
def protected(request: Any) -> HttpResponse:
    """Which records are protected, and who opened one in need."""
    viewer = request.viewer
    if request.method == "POST":
        opening = BreakGlass.objects.filter(pk=int(request.POST.get("opening", "0") or 0), protection__la=viewer.la).first()
        if opening is None:
            raise Http404
        try:
            acts.acknowledge(viewer, opening)
        except WrongUse as fault:
            messages.error(request, str(fault))
        else:
            messages.success(request, "Acknowledged.")
        return redirect("people-protected")
    return render(
        request,
        "pages/people/protected.html",
        {"records": shown.protections(viewer), "openings": shown.openings(viewer)},
    )


@page("sharing")
def child_protection(request: Any, token: str) -> HttpResponse:
    """Protects one child's record, or changes who is named for it."""
    viewer, child = request.viewer, request.child
    if child.la != viewer.la:
        raise Http404
    made: Protection | None = acts.protection_of(viewer.la, token)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "end" and made is not None:
                acts.end_protection(viewer, made, request.POST.get("why", ""))
                messages.success(request, "The record is open again to everybody whose role opens it.")
            else:
                chosen = [int(one) for one in request.POST.getlist("named") if one.isdigit()]
                acts.protect(viewer, child, chosen, request.POST.get("why", ""))
                messages.success(request, "Protected. Only the people named see that there is a record.")
        except WrongUse as fault:
            messages.error(request, str(fault))
        return redirect("people-child-protection", token=token)
    named = set(made.named.values_list("pk", flat=True)) if made else set()
    members = [
        {"one": presented.held(one), "named": one.pk in named, "me": one.pk == viewer.membership.pk} for one in acts.may_be_named(viewer.la)
    ]
    return render(request, "pages/people/child_protection.html", {"child": child, "made": made, "members": members})


class NeedForm(forms.Form):
    child = forms.CharField(required=False, max_length=40, label="Identifier in the return")
    name = forms.CharField(required=False, max_length=200, label="Or the full name")
    born = forms.DateField(required=False, widget=DAY, label="and date of birth")
    why = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        label="What has happened, and why can it not wait?",
        help_text="At least a sentence. The Virtual School Head and the people named for the record read it at once.",
        error_messages={"required": "Say what has happened and why it cannot wait."},
    )


@page("need", quiet=True)
def need(request: Any) -> HttpResponse:
    """Opens a protected record in need."""
    form = NeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opening = acts.open_in_need(request.viewer, **form.cleaned_data)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            child = children.one(request.viewer, opening.protection.token, "record")
            return render(request, "pages/people/opened.html", {"child": child, "opening": opening, "address": shown.page_of(child)})
    return render(request, "pages/people/need.html", {"form": form})

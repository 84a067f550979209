"""Packs for inspectors: made, opened and closed by a head; read page by page, each page stamped."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.errors import WrongUse
from virtualschool.web import clock
from virtualschool.web.actions import packs as acts
from virtualschool.web.models import Pack
from virtualschool.web.permissions import page
from virtualschool.web.presenters import people as presented
from virtualschool.web.views.people import where


class PackForm(forms.Form):
    name = forms.CharField(
        max_length=120, label="Name of the pack", error_messages={"required": "Give the pack a name that says what it is for."}
    )
    sections = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[(name, words) for name, (words, _) in acts.SECTIONS.items()],
        label="What it holds",
        error_messages={"required": "Choose what the pack holds."},
    )
    days = forms.IntegerField(
        min_value=1,
        max_value=acts.LONGEST,
        label="Days it is open",
        error_messages={"required": "Write how many days it is open."},
    )


@page("packs", "change")
def packs(request: Any) -> HttpResponse:
    """The packs of an authority, and a form for a new one."""
    viewer = request.viewer
    form = PackForm(request.POST or None, initial={"sections": list(acts.SECTIONS), "days": 14})
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.make(viewer, **form.cleaned_data)
        except WrongUse as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, "The pack is made. Now let an inspector in.")
            return redirect("people-pack", key=made.key)
    held = [{"pack": one, "open": one.is_open()} for one in Pack.objects.filter(la=viewer.la)]
    return render(request, "pages/people/packs.html", {"packs": held, "form": form})


@page("packs", "change")
def pack(request: Any, key: str) -> HttpResponse:
    """One pack from the side of who made it: who may read it, who did, and closing it."""
    viewer = request.viewer
    found = Pack.objects.filter(key=key, la=viewer.la).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        act = request.POST.get("act")
        try:
            if act == "let in":
                link, secret = acts.let_in(viewer, found, request.POST.get("name", ""))
                address = where(request, "visit-open", secret)
                return render(request, "pages/people/pack_link.html", {"pack": found, "link": link, "address": address})
            if act == "withdraw":
                link = acts.links_of(found).filter(pk=int(request.POST.get("link", "0") or 0)).first()
                if link is None:
                    raise Http404
                acts.withdraw(viewer, found, link)
                messages.success(request, "Withdrawn.")
            elif act == "close":
                acts.close(viewer, found)
                messages.success(request, "Closed. Its links open nothing any more.")
            else:
                raise Http404
        except WrongUse as fault:
            messages.error(request, str(fault))
        return redirect("people-pack", key=key)
    ways = [{"link": one, "state": presented.state_of(one)} for one in acts.links_of(found)]
    return render(
        request,
        "pages/people/pack.html",
        {"pack": found, "open": found.is_open(), "ways": ways, "whole": acts.digest(found.pages) == found.sha256},
    )


@page("packs")
def read(request: Any, key: str, number: int = 0) -> HttpResponse:
    """A page of a pack, stamped with the pack, who reads it and when."""
    found = acts.may_read(request.viewer, key)
    if found is None or number > len(found.pages):
        raise Http404
    shown = found.pages[number - 1] if number else None
    stamp = {"name": found.name, "who": request.viewer.name, "when": clock.now()}
    return render(
        request,
        "pages/people/pack_page.html",
        {
            "pack": found,
            "number": number,
            "shown": shown,
            "stamp": stamp,
            "next": number + 1 if number < len(found.pages) else 0,
            "whole": acts.digest(found.pages) == found.sha256,
            "of": presented.authority_name(found.la),
        },
    )

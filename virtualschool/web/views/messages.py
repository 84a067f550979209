"""One's own inbox."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.web.actions import messages as acts
from virtualschool.web.models import Message
from virtualschool.web.permissions import page


@page("signed-in", quiet=True)
def inbox(request: Any) -> HttpResponse:
    if request.viewer.link is not None:
        raise Http404
    found = Message.objects.filter(person=request.viewer.person)
    if request.method == "POST":
        for message in found.filter(read__isnull=True):
            acts.read(message)
        return redirect("messages")
    pages = Paginator([{"message": one, "kind": acts.KINDS[one.kind]} for one in found], 50)
    return render(request, "pages/people/inbox.html", {"page": pages.get_page(request.GET.get("page"))})


@page("signed-in", quiet=True)
def one(request: Any, number: int) -> HttpResponse:
    """One message: what it says, and the way to what it is about. Opening it is reading it."""
    found = Message.objects.filter(pk=number, person=request.viewer.person).first()
    if found is None or request.viewer.link is not None:
        raise Http404
    acts.read(found)
    return render(request, "pages/people/message.html", {"message": found, "kind": acts.KINDS[found.kind]})

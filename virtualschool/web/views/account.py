"""Around the account: after a sign-out, choosing the role one acts in, and the pages that anyone may read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.web import events, stores
from virtualschool.web.permissions import CHOSEN, memberships_of, page


@page("")
def signed_out(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/signed_out.html")


@page("")
def session_ended(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/session_ended.html")


@page("")
def no_account(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/no_account.html")


@page("")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@page("")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@page("")
def health(request: HttpRequest) -> HttpResponse:
    """Whether the service stands: for what watches over it."""
    stores.snapshot()
    return HttpResponse("ok\n", content_type="text/plain")


@page("signed-in", quiet=True)
def acting_as(request: Any) -> HttpResponse:
    """Change the membership that one acts in: one account, a wall between authorities."""
    if request.method != "POST":
        raise Http404
    chosen = next((one for one in memberships_of(request.user) if str(one.pk) == request.POST.get("membership")), None)
    if chosen is None:
        raise Http404
    request.session.cycle_key()
    request.session[CHOSEN] = chosen.pk
    events.record(request, "changed role", to=chosen.role)
    return redirect("home")

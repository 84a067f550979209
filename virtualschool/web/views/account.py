"""Around the account: after a sign-out, choosing the role one acts in, and the pages that anyone may read."""

from typing import Any

from allauth.account import views as library
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.web import events, stores
from virtualschool.web.permissions import CHOSEN, memberships_of, page
from virtualschool.web.presenters import people as presented


@page("")
def signed_out(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/signed_out.html")


@page("")
def session_ended(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/session_ended.html")


@page("")
def sign_out(request: Any) -> HttpResponse:
    """Ends the session: asked for once more where it comes by a link, at once by the button."""
    if request.method == "POST" and request.viewer.link is not None:
        events.record(request, "signed out", page="account_logout")
        request.session.flush()
        return redirect("signed-out")
    return library.logout(request)


def account(request: Any) -> HttpResponse:
    """One's own account: how it is guarded and what it opens."""
    from virtualschool.web import sign_in

    if request.viewer.link is not None:
        raise Http404
    person = request.viewer.person
    return render(
        request,
        "pages/account.html",
        {
            "has_password": person.has_usable_password(),
            "has_factor": sign_in.has_second_factor(person),
            "roles_held": [presented.held(one) for one in memberships_of(person)],
        },
    )


@page("signed-in", quiet=True)
def factor(request: HttpRequest) -> HttpResponse:
    return redirect("account")


@page("signed-in", quiet=True)
def no_password(request: HttpRequest) -> HttpResponse:
    """Who signs in with their organisation has no password here, and is given none."""
    return redirect("account")


@page("")
def no_account(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/no_account.html")


@page("")
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"contact": settings.CONTACT})


@page("")
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"contact": settings.CONTACT, "notice": settings.NOTICE})


@page("")
def privacy_children(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy_children.html", {"contact": settings.CONTACT})


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
    held = memberships_of(request.user) if request.user.is_authenticated else []
    chosen = next((one for one in held if str(one.pk) == request.POST.get("membership")), None)
    if chosen is None:
        raise Http404
    request.session.cycle_key()
    request.session[CHOSEN] = chosen.pk
    events.record(request, "changed role", to=chosen.role)
    return redirect("home")

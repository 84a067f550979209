"""How people sign in: accounts are made by invitation, and the council's identity provider opens accounts that are known to it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.web.models import Person


class Accounts(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class FromTheCouncil(DefaultSocialAccountAdapter):
    """A sign-in by the council's provider opens the account whose verified e-mail address it gives, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        said = sociallogin.account.extra_data
        said = said.get("userinfo", said)
        email = (said.get("email") or "").lower() if said.get("email_verified") else ""
        person = Person.objects.filter(email=email, is_active=True).first() if email else None
        if person is None:
            raise ImmediateHttpResponse(redirect("no-account"))
        sociallogin.connect(request, person)


def who_tries(request: HttpRequest, credentials: dict | None = None) -> str:
    """The account that a sign-in is about, for the lock-out: a fault is counted to it and not only to a whole council's address."""
    given = credentials or {}
    return str(given.get("email") or given.get("username") or (request.POST.get("login") if request else "") or "").lower()


def locked_out(request: HttpRequest, response: Any = None, credentials: dict | None = None, *args: Any, **kwargs: Any) -> HttpResponse:
    return render(request, "pages/locked_out.html", status=429)

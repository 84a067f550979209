"""How people sign in: accounts are made by invitation, and the council's identity provider opens accounts that are known to it."""

import datetime
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from virtualschool.web import clock, events, links, roles, stores
from virtualschool.web.actions import people
from virtualschool.web.models import Person
from virtualschool.web.permissions import memberships_of

JUST_NOW = 5 * 60
"""Seconds within which a sign-in is fresh enough to add a second factor."""

FACTOR = "second_factor"
"""Where a session keeps that the second factor is there."""


class Accounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not right. Try again, or ask for a new password.",
        "too_many_login_attempts": "Too many attempts. Wait half an hour, or ask for a new password.",
        "incorrect_password": "That is not your password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not while a first second factor is set up straight after signing in: the password was asked for a moment ago."""
        request = self.request
        if isinstance(request.user, Person) and not _had_second_factor(request.user):
            moments = [one.get("at", 0) for one in get_authentication_records(request, request.user)]
            if moments and time.time() - moments[-1] < JUST_NOW:
                return False
        return super().is_reauthentication_required(app=app, **kwargs)


class Factors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Enter the one that the app shows now, or a recovery code that was not used.",
    }


class FromTheCouncil(DefaultSocialAccountAdapter):
    """A sign-in by the council's provider opens the account that it opened before (by the provider's own key of the person, `sub`);
    the first time, the one whose verified e-mail address it gives. It makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            return
        email = verified_email(sociallogin.account.extra_data)
        person = Person.objects.filter(email=email, is_active=True).first() if email else None
        if person is None:
            events.add(action="refused", kind="", page="openid_connect_callback", detail={"why": "no account", **_place(request)})
            raise ImmediateHttpResponse(redirect("no-account"))
        sociallogin.connect(request, person)


def verified_email(said: dict[str, Any]) -> str:
    """The e-mail address of which a provider says that it is the person's; empty where it does not say so.

    OpenID Connect says so by `email_verified`. Entra ID leaves that out and says by the optional claim `xms_edov` that the address
    belongs to a domain the tenant has proved (Microsoft identity platform, optional claims reference).
    """
    for claims in (said.get("userinfo"), said.get("id_token"), said):
        if not isinstance(claims, dict) or not claims.get("email"):
            continue
        if claims.get("email_verified") is True or str(claims.get("xms_edov")).casefold() in ("true", "1"):
            return str(claims["email"]).strip().lower()
    return ""


def needs_second_factor(request: HttpRequest) -> bool:
    """Whether this person must set up a second factor before anything else: a role of theirs asks for one, they have none, the store holds
    real authorities, and it was not the council's provider that let them in (there the council asks for it)."""
    person = request.user
    if not isinstance(person, Person) or request.session.get(FACTOR):
        return False
    if _nobody_is_real() or not any(roles.roles()[one.role].second_factor for one in memberships_of(person)):
        return False
    if came_from_the_council(request) or has_second_factor(person):
        request.session[FACTOR] = True
        return False
    return True


def with_new_password(request: HttpRequest, person: Person) -> None:
    """Signs in who has just chosen a password by an invitation."""
    record_authentication(request, person, "password", email=person.email)
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")


def _nobody_is_real() -> bool:
    """Whether the store holds children, and all of them are invented. A store that holds none yet is not taken for a demonstration."""
    return stores.newest_year(stores.snapshot()) is not None and stores.is_invented()


def has_second_factor(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def _had_second_factor(person: Person) -> bool:
    """Whether there was a second factor before this moment."""
    since = clock.now() - datetime.timedelta(seconds=JUST_NOW)
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP, created_at__lt=since).exists()


def came_from_the_council(request: HttpRequest) -> bool:
    person = request.user
    return isinstance(person, Person) and any(one.get("method") == "socialaccount" for one in get_authentication_records(request, person))


def who_tries(request: HttpRequest, credentials: dict | None = None) -> str:
    """The account that a sign-in is about, for the lock-out: a fault is counted to it and not only to a whole council's address."""
    given = credentials or {}
    return str(given.get("email") or given.get("username") or (request.POST.get("login") if request else "") or "").strip().lower()


def locked_out(request: HttpRequest, response: Any = None, credentials: dict | None = None, *args: Any, **kwargs: Any) -> HttpResponse:
    return render(request, "pages/locked_out.html", status=429)


@receiver(user_logged_in)
def _signed_in(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    # Someone who came by a link for one visit and now signs in leaves that visit.
    request.session.pop(links.VISIT, None)
    ways = [str(one.get("method")) for one in get_authentication_records(request, user)]
    events.add(action="signed in", person=user.email, page="account_login", detail={"by": ways, **_place(request)})
    people.remind(user)


@receiver(user_logged_out)
def _signed_out(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is not None:
        events.add(action="signed out", person=user.email, page="account_logout", detail=_place(request))


@receiver(user_login_failed)
def _failed(sender: Any, credentials: dict, request: HttpRequest | None = None, **kwargs: Any) -> None:
    # What was typed as an address is kept only where it is one of ours: people type passwords into the wrong field.
    if request is not None:
        events.add(action="failed sign-in", person=_known(who_tries(request, credentials)), page="account_login", detail=_place(request))


@receiver(user_locked_out)
def _locked(sender: Any, request: HttpRequest, username: str = "", **kwargs: Any) -> None:
    events.add(action="locked out", person=_known(username), page="account_login", detail=_place(request))


@receiver(authentication_failed)
def _code_failed(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    events.add(action="failed sign-in", person=user.email, page="mfa_authenticate", detail=_place(request))


@receiver(authenticator_added)
@receiver(authenticator_removed)
def _factor_changed(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    request.session.pop(FACTOR, None)
    events.add(action="changed second factor", person=user.email, page="account")


def _known(email: str | None) -> str:
    return Person.objects.filter(email=(email or "").strip().lower()).values_list("email", flat=True).first() or ""


def _place(request: HttpRequest) -> dict[str, str]:
    """From where, as the server saw it."""
    return {"from": request.META.get("REMOTE_ADDR", "")} if request is not None else {}


def mail_is_sent() -> bool:
    return "dummy" not in settings.EMAIL_BACKEND

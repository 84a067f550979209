"""Who may come in: the viewer of a request, and the one way in which a page says what it needs.

A view is decorated with `page`; there is no other. The decorator asks the role table, refuses with "not found" whoever may not see the
page, finds the child of a token for this viewer, and leaves an event. `urls.py` holds no view without it: a test says so.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from virtualschool.web import children, clock, events, links, roles
from virtualschool.web.models import Membership, OneTimeLink, Person
from virtualschool.web.roles import Role

CHOSEN = "membership"
"""Where a session keeps the membership that a person acts in."""


@dataclass(frozen=True)
class Viewer:
    """Someone who asks, in one role and authority. Nobody has neither. Who came by a link for one visit has that `link`, which narrows the
    role to what the link is for."""

    person: Person | None = None
    membership: Membership | None = None
    link: OneTimeLink | None = None

    @property
    def role(self) -> Role | None:
        return roles.roles().get(self.membership.role) if self.membership else None

    @property
    def la(self) -> str:
        return self.membership.la if self.membership else ""

    @property
    def email(self) -> str:
        return self.person.email if self.person else ""

    @property
    def name(self) -> str:
        return str(self.person) if self.person else ""

    def may(self, kind: str, action: str = "see") -> bool:
        if self.link is not None and kind not in roles.purposes()[self.link.purpose].kinds:
            return False
        return self.role is not None and self.role.may(kind, action)

    def may_read(self, column: str) -> bool:
        return self.role is not None and self.role.may_read(column)

    @property
    def audience(self) -> str:
        """The audience of figures for this viewer: internal only for who may open the children behind them."""
        return "internal" if self.may("exact_figures") else "public"


NOBODY = Viewer()


class ViewedRequest(HttpRequest):
    """A request after `middleware.WhoAsks`."""

    viewer: Viewer
    child: children.Child


def memberships_of(person: Person) -> list[Membership]:
    """The memberships that hold today, in a stable order."""
    return list(Membership.objects.on(clock.today()).filter(person=person).order_by("la", "role", "id"))


def viewer_of(request: HttpRequest) -> Viewer:
    """The signed-in person in the membership of their session; in their only or first one, where none was chosen. Or who came by a link."""
    person = request.user
    if not isinstance(person, Person):
        link = links.visit_of(request)
        return Viewer(link.membership.person, link.membership, link) if link else NOBODY
    held = memberships_of(person)
    chosen = request.session.get(CHOSEN)
    membership = next((one for one in held if one.pk == chosen), held[0] if held else None)
    return Viewer(person, membership)


@dataclass(frozen=True)
class Page:
    """What a page needs: a kind of data of the role table and whether it is seen or changed. `kind` is empty for pages that everyone may
    open, and "signed-in" for those of everyone who has an account."""

    kind: str
    action: str = "see"
    quiet: bool = False
    change: str = "change"
    """What a request that changes something needs."""

    def lets_in(self, viewer: Viewer) -> bool:
        if self.kind in ("", "signed-in"):
            return self.kind == "" or viewer.person is not None
        return viewer.may(self.kind, self.action)


def page(kind: str, action: str = "see", *, change: str = "change", quiet: bool = False) -> Callable[[Callable], Callable]:
    """Declares what a view needs. A request that changes something (POST) needs `change`, where the page itself needs `action`.

    A view with `token` in its address gets `request.child`, the child as this viewer may see it. `quiet` leaves no event of a view: for
    what shows nothing of a child, and for pieces of a page that has left one.
    """
    needed = Page(kind, action, quiet, change)

    def decorate(view: Callable) -> Callable:
        @functools.wraps(view)
        def asked(request: Any, *arguments: Any, **named: Any) -> HttpResponse:
            viewer: Viewer = request.viewer
            if viewer.person is None and kind:
                return redirect(f"{_sign_in()}?next={request.path}")
            wants = needed if request.method in ("GET", "HEAD", "OPTIONS") or kind in ("", "signed-in") else Page(kind, change)
            if not wants.lets_in(viewer):
                events.record(request, "refused", kind)
                raise Http404
            if "token" in named:
                try:
                    request.child = children.one(viewer, named["token"], kind)
                except Http404:
                    events.record(request, "refused", kind, token=named["token"])
                    raise
            response = view(request, *arguments, **named)
            if kind and not quiet and response.status_code < 400 and request.method == "GET":
                events.record(request, "viewed", kind, token=named.get("token", ""))
            return response

        asked.page = needed  # type: ignore[attr-defined]
        return asked

    return decorate


def _sign_in() -> str:
    from django.urls import reverse

    return reverse("account_login")

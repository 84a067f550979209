"""What stands on every page about the account: how many messages wait, and whether a second factor is wanted."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from virtualschool.web import roles
from virtualschool.web.models import BreakGlass, Message
from virtualschool.web.permissions import NOBODY, Viewer, memberships_of


def account(request: HttpRequest) -> dict[str, Any]:
    viewer: Viewer = getattr(request, "viewer", NOBODY)
    return {
        "mail_is_sent": SimpleLazyObject(_mail_is_sent),
        "second_factor_needed": SimpleLazyObject(lambda: _role_needs_second_factor(viewer)),
        "unread": SimpleLazyObject(lambda: unread(viewer)),
        "openings_waiting": SimpleLazyObject(lambda: openings_waiting(viewer)),
        "people_parts": SimpleLazyObject(lambda: list(parts(viewer, request))),
    }


PARTS = (
    ("people", "Who has access", "people"),
    ("people-confirm", "Confirm", "people"),
    ("people-roles", "What roles open", "people"),
    ("people-shares", "Sharing", "sharing"),
    ("people-protected", "Protected records", "sharing"),
    ("people-packs", "Packs for inspectors", "packs"),
    ("people-events", "Who looked at what", "events"),
    ("people-complaints", "Complaints", "settings"),
    ("people-incidents", "Incidents", "settings"),
    ("people-retention", "How long kept", "settings"),
    ("people-before-use", "Before use", "settings"),
)


def parts(viewer: Viewer, request: HttpRequest):
    """The parts of People that a viewer may open."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    for view, words, kind in PARTS:
        if viewer.may(kind):
            try:
                yield {"address": reverse(view), "words": words, "active": here == view}
            except NoReverseMatch:
                continue


def openings_waiting(viewer: Viewer) -> int:
    """Protected records that someone opened in need, and no head has acknowledged. Shown on each page of a head until then."""
    if not viewer.la or not viewer.may("sharing", "change"):
        return 0
    return BreakGlass.objects.filter(protection__la=viewer.la, looked_at__isnull=True).exclude(membership__person=viewer.person).count()


def unread(viewer: Viewer) -> int:
    if viewer.person is None or viewer.link is not None:
        return 0
    return Message.objects.filter(person=viewer.person, read__isnull=True).count()


def _mail_is_sent() -> bool:
    from virtualschool.web import sign_in

    return sign_in.mail_is_sent()


def _role_needs_second_factor(viewer: Viewer) -> bool:
    return viewer.person is not None and any(roles.roles()[one.role].second_factor for one in memberships_of(viewer.person))

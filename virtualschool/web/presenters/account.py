"""What stands on every page about the account: how many messages wait, and whether a second factor is wanted."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from virtualschool.web import roles
from virtualschool.web.permissions import NOBODY, Viewer, memberships_of


def account(request: HttpRequest) -> dict[str, Any]:
    viewer: Viewer = getattr(request, "viewer", NOBODY)
    return {
        "mail_is_sent": SimpleLazyObject(_mail_is_sent),
        "second_factor_needed": SimpleLazyObject(lambda: _role_needs_second_factor(viewer)),
    }


def _mail_is_sent() -> bool:
    from virtualschool.web import sign_in

    return sign_in.mail_is_sent()


def _role_needs_second_factor(viewer: Viewer) -> bool:
    return viewer.person is not None and any(roles.roles()[one.role].second_factor for one in memberships_of(viewer.person))

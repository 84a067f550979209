"""People and their roles, in words."""

import datetime
from dataclasses import dataclass

from virtualschool.errors import VirtualSchoolError
from virtualschool.web import roles, stores
from virtualschool.web.models import Membership


@dataclass(frozen=True)
class Held:
    """A membership as a page shows it."""

    number: int
    words: str
    authority: str
    bound: str
    ends: datetime.date | None


def held(membership: Membership) -> Held:
    return Held(membership.pk, roles.roles()[membership.role].words, authority_name(membership.la), bound(membership), membership.ends)


def authority_name(la: str) -> str:
    if not la:
        return "All authorities"
    try:
        return stores.places().name(la)
    except (VirtualSchoolError, OSError, KeyError):
        return la


def bound(membership: Membership) -> str:
    """What a role is bound to: a school, a home, some children; the whole authority where nothing is named."""
    role = roles.roles()[membership.role]
    if role.scope == "school":
        return f"School {membership.school}" if membership.school else "No school yet"
    if role.scope == "home":
        return membership.home or "No home yet"
    if role.scope == "own":
        return "Their own children"
    return "Every authority" if role.scope == "all" else "The authority"

"""People and their roles, in words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from virtualschool.errors import VirtualSchoolError
from virtualschool.web import children, clock, links, roles, stores
from virtualschool.web.actions import people as acts
from virtualschool.web.models import Invitation, Membership, OneTimeLink
from virtualschool.web.permissions import Viewer


@dataclass(frozen=True)
class Held:
    """A membership as a page shows it."""

    number: int
    name: str
    email: str
    words: str
    authority: str
    bound: str
    starts: datetime.date | None
    ends: datetime.date | None
    confirmed: datetime.date | None
    last_login: datetime.datetime | None
    state: str
    """active, invited, comes by link, ended."""
    is_due: bool


def held(membership: Membership, schools: dict[str, str] | None = None, waiting: Iterable[int] = ()) -> Held:
    person, today = membership.person, clock.today()
    ended = membership.ends is not None and membership.ends <= today
    by_link = person.email.endswith(f"@{acts.LINKED}")
    state = "ended" if ended else "comes by link" if by_link else "invited" if membership.pk in set(waiting) else "active"
    confirmed = membership.confirmed or membership.starts or datetime.date.min
    return Held(
        membership.pk,
        str(person),
        "" if by_link else person.email,
        roles.roles()[membership.role].words,
        authority_name(membership.la),
        bound(membership, schools),
        membership.starts,
        membership.ends,
        membership.confirmed,
        person.last_login,
        state,
        not ended and confirmed <= today - acts.QUARTER,
    )


def listed(la: str, ended: bool = False) -> list[Held]:
    """The people of an authority by name; those whose role has ended too, where asked for."""
    known = Membership.objects.filter(la=la) if ended else Membership.objects.on(clock.today()).filter(la=la)
    waiting = set(
        Invitation.objects.filter(used__isnull=True, until__gt=clock.now(), membership__la=la, membership__person__last_login__isnull=True)
        .values_list("membership_id", flat=True)
    )  # fmt: skip
    schools = schools_of(la)
    made = [held(one, schools, waiting) for one in known.select_related("person")]
    return sorted(made, key=lambda one: (one.state == "ended", one.name.casefold(), one.number))


def authority_name(la: str) -> str:
    if not la:
        return "All authorities"
    try:
        return stores.places().name(la)
    except (VirtualSchoolError, OSError, KeyError):
        return la


def bound(membership: Membership, schools: dict[str, str] | None = None) -> str:
    """What a role is bound to: a school, a home, some children; the whole authority where nothing is named."""
    role = roles.roles()[membership.role]
    if role.scope == "school":
        return (schools or {}).get(membership.school) or (f"School {membership.school}" if membership.school else "No school yet")
    if role.scope == "home":
        return membership.home or "No home yet"
    if role.scope == "own":
        number = membership.relationships.on(clock.today()).count()
        return f"{number} {'child' if number == 1 else 'children'} by name"
    return "Every authority" if role.scope == "all" else "The authority"


def schools_of(la: str) -> dict[str, str]:
    """URN and name of each school that an authority's children are at today, by name."""
    found: dict[str, str] = {}
    for child in children.everyone(la):
        if child.is_current and child.school:
            name = child.entry.school_name if child.entry is not None else ""
            found[child.school] = f"{name}, {child.school}" if name else found.get(child.school, f"School {child.school}")
    return dict(sorted(found.items(), key=lambda item: item[1]))


def homes_of(la: str) -> list[str]:
    return sorted({child.home for child in children.everyone(la) if child.is_current and child.home})


@dataclass(frozen=True)
class WayIn:
    """A link that was made for someone around a child."""

    number: int
    who: str
    role: str
    purpose: str
    made: datetime.datetime
    state: str


def ways_in(viewer: Viewer, token: str) -> list[WayIn]:
    found = OneTimeLink.objects.filter(token=token, membership__la=viewer.la).select_related("membership__person").order_by("-made")
    return [
        WayIn(
            one.pk,
            str(one.membership.person),
            roles.roles()[one.membership.role].words,
            roles.purposes()[one.purpose].words,
            one.made,
            state_of(one),
        )
        for one in found[:50]
    ]


def state_of(link: OneTimeLink) -> str:
    if link.ended is not None:
        return "withdrawn"
    if link.used is not None and link.purpose != links.PACK:
        return "used"
    return "waiting" if link.until > clock.now() else "too old"


SCOPES = {
    "authority": "Every child of the authority",
    "school": "Children at their school today",
    "home": "Children who live in their home today",
    "own": "Children they answer for",
    "all": "Every authority, under pseudonyms",
    "none": "No child",
}


def role_table() -> list[dict[str, object]]:
    """Each role: its words, whose records, what it sees and what it also changes, and whether it needs a second factor."""
    kinds = roles.kinds()
    return [
        {
            "words": role.words,
            "whose": SCOPES[role.scope],
            "changes": [words for kind, words in kinds.items() if kind in role.changes],
            "sees": [words for kind, words in kinds.items() if kind in role.sees - role.changes],
            "level": role.level,
            "second_factor": role.second_factor,
        }
        for role in roles.roles().values()
    ]


FILLS = {
    "social_worker": "the social worker's part: what has changed for the child, and what was agreed",
    "reviewing_officer": "the reviewing officer's part: whether the plan is what the review asked for",
    "personal_adviser": "the personal adviser's part: what comes after school",
    "carer": "the carer's part: how learning goes at home, and what would help",
    "child": "what you think, in your own words, as much or as little as you like",
}


def next_page(link: OneTimeLink) -> str:
    """Where a visit goes on: the part of the plan it is for, once there are pages of plans; empty until then."""
    try:
        return reverse("plans-visit", args=[link.token])
    except NoReverseMatch:
        return ""

"""Events in words: who, when, what they did, to what."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from virtualschool.web import children, events, roles
from virtualschool.web.children import Child
from virtualschool.web.models import Event, Membership, Person, Share
from virtualschool.web.permissions import Viewer


@dataclass(frozen=True)
class Line:
    when: datetime.datetime
    who: str
    role: str
    did: str
    what: str
    child: str
    why: str


def of_authority(la: str) -> QuerySet[Event]:
    """Events of an authority, the newest first: those in it, and sign-ins of its people, which happen before a role is known."""
    emails = Membership.objects.filter(la=la).values_list("person__email", flat=True)
    return Event.objects.filter(Q(la=la) | Q(la="", person__in=list(emails))).order_by("-id")


def of_child(child: Child) -> QuerySet[Event]:
    """Events about a child, the newest first: in the responsible authority, and where it shared the record, while it did."""
    wanted = Q(la=child.la)
    for share in Share.objects.filter(la=child.la, token=child.token, refused=False):
        days = Q(when__date__gte=share.starts) if share.starts else Q()
        days &= Q(when__date__lte=share.ends) if share.ends else Q()
        wanted |= (Q(la=share.with_la) if share.with_la else Q(role="teacher")) & days
    before = Q(la=child.la, token__in=events.earlier_tokens(child.la, child.token))
    return Event.objects.filter(wanted & Q(token=child.token) | before).order_by("-id")


def by_person(found: QuerySet[Event]) -> list[dict[str, Any]]:
    """Each person who opened the record: how many times, first and last."""
    grouped = (
        found.exclude(action="refused").order_by().values("person", "role").annotate(times=Count("id"), first=Min("when"), last=Max("when"))
    )
    rows = list(grouped.order_by("-last"))
    people = dict(Person.objects.filter(email__in={row["person"] for row in rows}).values_list("email", "name"))
    return [{**row, "who": people.get(row["person"]) or row["person"], "role": _role(row["role"])} for row in rows]


def lines(viewer: Viewer, found: Iterable[Event]) -> list[Line]:
    """Events for a page. A child's name only for who may see the child; for who sees no records, that there was one."""
    found = list(found)
    tokens = {event.token for event in found if event.token}
    names = {child.token: child.name for child in children.of(viewer) if child.token in tokens} if tokens and viewer.may("record") else {}
    kinds = roles.kinds()
    people = dict(Person.objects.filter(email__in={event.person for event in found}).values_list("email", "name"))
    return [
        Line(
            event.when,
            people.get(event.person) or event.person or "Nobody signed in",
            _role(event.role),
            event.action,
            kinds.get(event.kind, event.page),
            names.get(event.token, "a child") if event.token else "",
            event.reason,
        )
        for event in found
    ]


def people_of(la: str) -> list[Membership]:
    """Everybody who has or had a role in an authority, once each."""
    found = Membership.objects.filter(la=la).select_related("person").order_by("person__name", "-id")
    return list({one.person_id: one for one in found}.values())


def _role(name: str) -> str:
    role = roles.roles().get(name)
    return role.words if role else ""

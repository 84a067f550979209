"""Events: what was looked at, changed, downloaded and refused. Each bears the hash of the one before, so that none can be taken out or
altered unseen; the database refuses changes besides (migration 0002)."""

import datetime
import hashlib
import json
from typing import Any

from django.db import connection, transaction

from virtualschool.web import clock
from virtualschool.web.models import Event

FIRST = "0" * 64


def record(request: Any, action: str, kind: str = "", *, token: str = "", reason: str = "", page: str = "", **detail: Any) -> Event:
    """Adds an event about a request. `detail` may hold counts, names of measures and formats, never
    what belongs to a child."""
    viewer = request.viewer
    match = getattr(request, "resolver_match", None)
    event = add(
        person=viewer.email,
        role=viewer.membership.role if viewer.membership else "",
        la=viewer.la,
        action=action,
        kind=kind,
        page=page or (match.view_name if match else "") or "",
        token=token,
        reason=reason,
        detail=detail,
    )
    if action == "viewed" and token and viewer.person is not None:
        _watch(viewer)
    return event


UNUSUAL = 60
"""Different children's records that one person opens in a day before the heads are told; ours."""


def _watch(viewer: Any) -> None:
    """Tells the heads, once a day for each person, when someone opens unusually many records. Nothing is refused: there may be a reason."""
    start = datetime.datetime.combine(clock.now().astimezone(clock.LONDON).date(), datetime.time(), clock.LONDON)
    today = Event.objects.filter(person=viewer.email, when__gte=start)
    opened = today.filter(action="viewed").exclude(token="").order_by().values("token").distinct().count()
    if opened <= UNUSUAL or today.filter(action="unusual volume").exists():
        return
    from virtualschool.web.actions import messages  # Messages know memberships, and these know events.

    role = viewer.membership.role if viewer.membership else ""
    add(action="unusual volume", person=viewer.email, role=role, la=viewer.la, kind="events", detail={"records": opened})
    messages.tell(messages.heads(viewer.la), "unusual volume", "/people/events", viewer.la)


def add(
    *,
    action: str,
    person: str = "",
    role: str = "",
    la: str = "",
    kind: str = "",
    page: str = "",
    token: str = "",
    reason: str = "",
    detail=None,
) -> Event:
    event = Event(
        when=clock.now(),
        person=person,
        role=role,
        la=la,
        action=action,
        kind=kind,
        page=page,
        token=token,
        reason=reason,
        detail=detail or {},
    )
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(903)")
        last = Event.objects.order_by("-id").values_list("hash", flat=True).first()
        event.before = last or FIRST
        event.hash = fingerprint(event)
        event.save(force_insert=True)
    return event


def fingerprint(event: Event) -> str:
    """The hash of everything an event says and of the hash before it."""
    said = [
        event.before,
        event.when.isoformat(),
        event.person,
        event.role,
        event.la,
        event.action,
        event.kind,
        event.page,
        event.token,
        event.reason,
    ]
    return hashlib.sha256(json.dumps([*said, event.detail], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def earlier_tokens(la: str, token: str) -> set[str]:
    """The tokens under which an authority's records of a child stood before they followed it to this one."""
    found: set[str] = set()
    waiting = [token]
    while waiting:
        for detail in Event.objects.filter(action="records followed", la=la, token=waiting.pop()).values_list("detail", flat=True):
            if detail["from"] not in {token, *found}:
                found.add(detail["from"])
                waiting.append(detail["from"])
    # Those that a build parted again are another child's.
    return found - set(Event.objects.filter(action="records parted", la=la, token__in=found).values_list("token", flat=True))


def first_broken() -> Event | None:
    """The first event that is not as it was written, or does not follow the one before; None where all are whole."""
    before = FIRST
    for event in Event.objects.order_by("id").iterator():
        if event.before != before or event.hash != fingerprint(event):
            return event
        before = event.hash
    return None

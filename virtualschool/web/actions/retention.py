"""Holding records, and disposing of those that are due: asked for by one person, approved by another, and a tombstone left."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction

from virtualschool.errors import WrongUse
from virtualschool.web import children, clock, events, retention, stores
from virtualschool.web.models import Disposal, Event, LegalHold
from virtualschool.web.permissions import Viewer

KEPT = (Disposal, LegalHold, Event)
"""Models with a child's token whose rows outlive the child's records: tombstones, holds that have ended, and events."""
CLASS = "looked_after"
DIED = "E2"
"""The return's reason for the end of an episode."""


def hold(by: Viewer, token: str, why: str) -> LegalHold:
    """Keeps a child's records from disposal until it is ended. Raises WrongUse without a reason."""
    if len(why.strip()) < 5:
        raise WrongUse("Reason", "it is missing.", "Name the inquiry, claim or request for which the records are held.")
    made = LegalHold.objects.create(la=by.la, token=token, why=why.strip(), made_by=by.person)
    _note(by, "held", token)
    return made


def end_hold(by: Viewer, made: LegalHold) -> None:
    made.ended = clock.now()
    made.save(update_fields=["ended"])
    _note(by, "ended hold", made.token)


def due_on(la: str, day: datetime.date) -> dict[str, datetime.date]:
    """The children whose records here are due on a day or before, by token, with the day; whoever is in care now is none of them."""
    kept, died = retention.classes()[CLASS], _deaths(la)
    found = {}
    for child in children.everyone(la):
        born = child.entry.dob if child.entry is not None and child.entry.dob else child.row.get("dob")
        at = retention.due(kept, born, died.get(child.token))
        if at is not None and at <= day and child.entry is None and _rows(la, child.token):
            found[child.token] = at
    return found


def ask(by: Viewer, token: str) -> Disposal:
    """Asks for the disposal of a child's records. Raises WrongUse where they are not due, held, or asked for already."""
    due = due_on(by.la, clock.today()).get(token)
    if due is None:
        raise WrongUse("Disposal", "these records are not due.", "Look in the table when they are.")
    _not_held(by.la, token)
    if Disposal.objects.filter(la=by.la, token=token, approved__isnull=True).exists():
        raise WrongUse("Disposal", "it has been asked for.", "Another person approves it.")
    made = Disposal.objects.create(la=by.la, token=token, record_class=CLASS, due=due, asked_by=by.person)
    _note(by, "asked for disposal", token, due=due.isoformat())
    return made


def approve(by: Viewer, made: Disposal) -> Disposal:
    """Disposes of a child's records in this application, and leaves the tombstone. Raises WrongUse where the same person asked."""
    if made.approved is not None:
        raise WrongUse("Disposal", "it was done before.", "Nothing is left to do.")
    if by.person is None or made.asked_by_id == by.person.pk:
        raise WrongUse("Disposal", "who asks cannot approve.", "Let another head or administrator approve it.")
    _not_held(made.la, made.token)
    with transaction.atomic():
        gone = {}
        for rows in held_rows(made.la, made.token):
            number = rows.count()
            if number:
                gone[rows.model._meta.model_name] = number
                rows.delete()
        made.gone, made.approved, made.approved_by = gone, clock.now(), by.person
        made.save()
        _note(by, "disposed", made.token, rows=sum(gone.values()), due=made.due.isoformat())
    return made


def held_rows(la: str, token: str) -> Iterator[models.QuerySet]:
    """The rows about a child of every model that has its token and authority."""
    for model in apps.get_app_config("web").get_models():
        names = {field.name for field in model._meta.get_fields()}
        if {"token", "la"} <= names and model not in KEPT:
            yield model._default_manager.filter(la=la, token=token)


def _rows(la: str, token: str) -> bool:
    return any(rows.exists() for rows in held_rows(la, token))


def _not_held(la: str, token: str) -> None:
    if LegalHold.objects.filter(la=la, token=token, ended__isnull=True).exists():
        raise WrongUse("Disposal", "these records are held.", "End the hold first, if its reason has passed.")


def _deaths(la: str) -> dict[str, datetime.date]:
    """The day of death of each child whose care ended with it, by token."""
    query = """
        SELECT token, max(dec) AS died FROM children JOIN episodes USING (la, child, year) WHERE la = ? AND rec = ? GROUP BY token
    """
    return {row["token"]: row["died"] for row in stores.engine().rows(query, [la, DIED])}


def _note(by: Viewer, action: str, token: str, **detail: Any) -> None:
    role = by.membership.role if by.membership else ""
    events.add(action=action, person=by.email, role=role, la=by.la, kind="settings", page="people-retention", token=token, detail=detail)

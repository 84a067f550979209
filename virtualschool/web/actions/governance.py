"""Complaints about personal data, and incidents: written down, and timed from the day or the hour they were known."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from virtualschool.errors import WrongUse
from virtualschool.web import clock, events
from virtualschool.web.models import Complaint, Incident
from virtualschool.web.permissions import Viewer

ACKNOWLEDGED_WITHIN = datetime.timedelta(days=30)
"""Data (Use and Access) Act 2025."""
COMMISSIONER_WITHIN = datetime.timedelta(hours=72)
"""UK GDPR: from having become aware, unless a risk to people is unlikely."""


def complain(by: Viewer, received: datetime.date, subject: str, reference: str) -> Complaint:
    """A complaint, written down. Raises WrongUse for a day to come."""
    if received > clock.today():
        raise WrongUse("Received", "this day is still to come.", "Give the day on which the complaint arrived.")
    made = Complaint.objects.create(la=by.la, received=received, subject=subject, reference=reference.strip(), made_by=by.person)
    _note(by, "wrote down a complaint", "people-complaints", number=made.pk)
    return made


def acknowledge(by: Viewer, complaint: Complaint) -> None:
    if complaint.acknowledged is None:
        complaint.acknowledged = clock.today()
        complaint.save(update_fields=["acknowledged"])
        _note(by, "acknowledged a complaint", "people-complaints", number=complaint.pk)


def answer(by: Viewer, complaint: Complaint, outcome: str) -> None:
    """Closes a complaint with what came of it. Raises WrongUse without that."""
    if len(outcome.strip()) < 5:
        raise WrongUse("Outcome", "it is missing.", "Say in a sentence what came of the complaint, without naming anyone.")
    acknowledge(by, complaint)
    complaint.answered, complaint.outcome = clock.today(), outcome.strip()
    complaint.save(update_fields=["answered", "outcome"])
    _note(by, "answered a complaint", "people-complaints", number=complaint.pk)


def acknowledge_by(complaint: Complaint) -> datetime.date:
    """The last day for an acknowledgement."""
    return complaint.received + ACKNOWLEDGED_WITHIN


def report(by: Viewer, aware: datetime.datetime, what: str, people: int, harm: str) -> Incident:
    """An incident, written down. Raises WrongUse for an hour to come."""
    if aware > clock.now():
        raise WrongUse("Known since", "this hour is still to come.", "Give the hour in which somebody here first knew.")
    made = Incident.objects.create(la=by.la, aware=aware, what=what.strip(), people=people, harm=harm, made_by=by.person)
    _note(by, "wrote down an incident", "people-incidents", number=made.pk, harm=harm)
    return made


def tell_by(incident: Incident) -> datetime.datetime:
    """The last moment at which the Information Commissioner is told in time."""
    return incident.aware + COMMISSIONER_WITHIN


def told(by: Viewer, incident: Incident) -> None:
    if incident.commissioner_told is None:
        incident.commissioner_told = clock.now()
        incident.save(update_fields=["commissioner_told"])
        _note(by, "told the commissioner", "people-incidents", number=incident.pk)


def close(by: Viewer, incident: Incident, learned: str, children_told_by: str, why_not_told: str) -> None:
    """Closes an incident. Raises WrongUse where nobody says what was learned, who tells the children of a high risk, or why the
    commissioner was not told."""
    if len(learned.strip()) < 5:
        raise WrongUse("Learned", "it is missing.", "Say what is done so that it does not happen again.")
    if incident.harm == "high" and not children_told_by.strip():
        raise WrongUse("Who tells the children", "it is missing.", "At a high risk they are told without delay: say who does, and how.")
    if incident.commissioner_told is None and len(why_not_told.strip()) < 5:
        raise WrongUse("Commissioner", "they were not told, and no reason is given.", "Tell them, or say why a risk is unlikely.")
    incident.learned, incident.children_told_by, incident.why_not_told = learned.strip(), children_told_by.strip(), why_not_told.strip()
    incident.closed = clock.now()
    incident.save()
    _note(by, "closed an incident", "people-incidents", number=incident.pk)


@dataclass(frozen=True)
class Settled:
    """One thing that an authority settles before use."""

    words: str
    settled: bool
    do: str


def settled() -> list[Settled]:
    """What is settled and what is open, from the settings."""
    named = (
        ("A contact for privacy and accessibility", "CONTACT", "an e-mail address"),
        ("The authority's privacy notice", "NOTICE", "its address"),
        ("The appropriate policy document", "POLICY", "where it is kept"),
        ("Contract between controller and processor", "AGREEMENT", "its reference, or own"),
        ("Country in which the machine stands", "HOSTED", "United Kingdom, or a country with an adequacy decision"),
        ("The system that holds the statutory case record", "CASE_SYSTEM", "its name; what stands here are working copies"),
    )
    made = [Settled(words, bool(getattr(settings, name)), f"Set VIRTUALSCHOOL_{name}: {what}.") for words, name, what in named]
    made.append(Settled("Encrypted connections", settings.SECURE, "Set VIRTUALSCHOOL_ADDRESS to an address that begins with https."))
    made.append(
        Settled(
            "Sign-in with the council's accounts",
            bool(settings.OIDC),
            "Set VIRTUALSCHOOL_OIDC, or have every account set up a second factor.",
        )
    )
    return made


def _note(by: Viewer, action: str, page: str, **detail: Any) -> None:
    events.add(
        action=action,
        person=by.email,
        role=by.membership.role if by.membership else "",
        la=by.la,
        kind="settings",
        page=page,
        detail=detail,
    )

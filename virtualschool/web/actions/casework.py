"""Casework: what is written down about a child's education that is not full-time, visits, contacts, tasks, and who answers for whom;
and enquiries, in which no child stands.

Each writes under the child's token and the authority that answers for the child, and leaves an event without words.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from virtualschool.errors import WrongUse
from virtualschool.web import clock, events, roles, stores
from virtualschool.web.children import Child
from virtualschool.web.models import Caseload, Contact, Enquiry, Membership, NotFullTime, Task, VisitElsewhere
from virtualschool.web.models.casework import CHANGED, NO_PLACE, REDUCED
from virtualschool.web.permissions import Viewer

LONGEST_WEEK = 40
"""Hours of education that a week can have."""


def owners(la: str) -> list[Membership]:
    """Who may be given a child or a task: members of the authority today who change casework, by name."""
    names = [name for name, role in roles.roles().items() if role.may("casework", "change")]
    found = Membership.objects.on(clock.today()).filter(la=la, role__in=names).select_related("person")
    return sorted(found, key=lambda one: (str(one.person).casefold(), one.pk))


def begin_not_full_time(request: Any, child: Child, **said: Any) -> NotFullTime:
    """A new record; raises WrongUse where one of the kind is open, or what is said cannot be."""
    _mine(request.viewer, child)
    record = NotFullTime(token=child.token, la=child.la, made_by=request.viewer.person, **said)
    _check(record)
    open_ones = NotFullTime.objects.filter(la=child.la, token=child.token, kind=record.kind, ended__isnull=True)
    if open_ones.exists():
        raise WrongUse("Kind", "there is an open record of this kind for the child.", "Change that one, or say when it ended.")
    record.save()
    _note(request, child, "began", record=record.pk, what=record.kind)
    return record


def change_not_full_time(request: Any, child: Child, record: NotFullTime, **said: Any) -> None:
    """Changes a record, or ends it; what stood before is kept in the event by its names alone."""
    _mine(request.viewer, child)
    changed = [name for name, value in said.items() if getattr(record, name) != value]
    for name, value in said.items():
        setattr(record, name, value)
    _check(record)
    record.save()
    _note(request, child, "ended" if record.ended and "ended" in changed else "changed", record=record.pk, fields=changed)


def _check(record: NotFullTime) -> None:
    today = clock.today()
    if record.starts > today:
        raise WrongUse("First day", "it is a day to come.", "Give the day on which it began.")
    if record.due and record.due < record.starts:
        raise WrongUse("End date", "it is before the first day.", "Give a later day.")
    if record.ended and not record.starts <= record.ended <= today:
        raise WrongUse("Ended", "it is before the first day, or a day to come.", "Give the day on which it ended, or leave it empty.")
    if record.kind == REDUCED and not (record.hours and record.approver and record.due):
        raise WrongUse(
            "Reduced timetable", "hours, approver or end date is missing.", "Give all three: it is meant to be short, and agreed."
        )
    if record.hours is not None and not 0 <= record.hours <= LONGEST_WEEK:
        raise WrongUse("Hours a week", f"it is not between 0 and {LONGEST_WEEK}.", "Give the hours of education in a week.")
    if record.kind == NO_PLACE and not record.stage:
        raise WrongUse("Stage", "it is not said.", "Say how far the search for a place is.")
    if record.checked and record.checked > today:
        raise WrongUse("Last looked at", "it is a day to come.", "Give the day on which somebody looked at the provision.")
    if record.kind == CHANGED and not record.curriculum.strip():
        raise WrongUse("Curriculum", "it is not said.", "Say what was changed or left out, and what is taught instead.")
    if record.kind not in (NO_PLACE, REDUCED, CHANGED) and not record.provider:
        raise WrongUse("Provider", "it is not said.", "Name the provision.")


def visit(request: Any, child: Child, **said: Any) -> VisitElsewhere:
    _mine(request.viewer, child)
    _not_to_come(said["visited"], "Day of the visit")
    made = VisitElsewhere.objects.create(token=child.token, la=child.la, made_by=request.viewer.person, **said)
    _note(request, child, "noted a visit", record=made.pk)
    return made


@transaction.atomic
def contact(request: Any, child: Child, *, action: dict[str, Any] | None = None, **said: Any) -> Contact:
    """A contact, and the action that was agreed in it where there is one."""
    _mine(request.viewer, child)
    _not_to_come(said["day"], "Day")
    made = Contact.objects.create(token=child.token, la=child.la, made_by=request.viewer.person, **said)
    _note(request, child, "noted a contact", record=made.pk, with_whom=made.with_whom)
    if action:
        task(request, child, contact=made, **action)
    return made


def task(request: Any, child: Child, *, what: str, owner: Membership | None, due: datetime.date, contact: Contact | None = None) -> Task:
    _mine(request.viewer, child)
    if owner is not None and owner not in owners(child.la):
        raise Http404
    if due < clock.today():
        raise WrongUse("Due", "it is a day that is past.", "Give today or a day to come.")
    made = Task.objects.create(
        token=child.token, la=child.la, made_by=request.viewer.person, what=what, owner=owner, due=due, contact=contact
    )
    _note(request, child, "gave a task", record=made.pk, to=owner.person.email if owner else "")
    return made


def finish(request: Any, child: Child, task: Task, outcome: str = "") -> None:
    _mine(request.viewer, child)
    if task.la != child.la or task.token != child.token:
        raise Http404
    if task.done is None:
        task.done, task.done_by, task.outcome = clock.today(), request.viewer.person, outcome.strip()[:300]
        task.save()
        _note(request, child, "finished a task", record=task.pk)


@transaction.atomic
def answer_for(request: Any, child: Child, member: Membership | None) -> None:
    """From today on this member answers for the child, or nobody; who did before does so until today."""
    _mine(request.viewer, child)
    if member is not None and member not in owners(child.la):
        raise Http404
    held = Caseload.objects.filter(la=child.la, token=child.token, ends__isnull=True)
    if member is not None and held.filter(member=member).exists():
        return
    held.update(ends=clock.today())
    if member is not None:
        Caseload.objects.create(token=child.token, la=child.la, member=member, starts=clock.today(), made_by=request.viewer.person)
    _note(request, child, "gave a child", to=member.person.email if member else "")


def enquiry(request: Any, **said: Any) -> Enquiry:
    """Advice or training that was given. Raises WrongUse for a school that nobody knows or a number that cannot be."""
    _not_to_come(said["day"], "Day")
    if said["school"] and said["school"] not in stores.schools(stores.snapshot()):
        raise WrongUse("School", "there is none of this URN in the store.", "Give the six digits, or leave it empty.")
    made = Enquiry.objects.create(la=request.viewer.la, made_by=request.viewer.person, **said)
    events.record(request, "noted", "enquiries", record=made.pk)
    return made


def answering(la: str) -> dict[str, Membership]:
    """Who answers for each child today, by token. Of a member whose role has ended, nobody does."""
    today = clock.today()
    held = Caseload.objects.on(today).filter(la=la).select_related("member__person")
    held = held.filter(Q(member__ends__isnull=True) | Q(member__ends__gt=today))
    return {one.token: one.member for one in held}


def _not_to_come(day: datetime.date, words: str) -> None:
    if day > clock.today():
        raise WrongUse(words, "it is a day to come.", "Give today or a day that is past.")


def _mine(viewer: Viewer, child: Child) -> None:
    """Casework on a child is the responsible authority's, also where the child is shared."""
    if child.la != viewer.la:
        raise Http404


def _note(request: Any, child: Child, action: str, **detail: Any) -> None:
    events.record(request, action, "casework", token=child.token, **detail)

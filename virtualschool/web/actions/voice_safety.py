"""Statements that may mean a child is not safe: brought before a named person the same day, out of every report until they have looked.

Three things raise one: rules of words (plans/worries.toml), the child's own button, and an adult who read it. The message that goes out
holds a link and no word of the child's. The named person has four hours, and never longer than the day; then the heads are told.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django_tasks import task

from virtualschool.errors import WrongUse
from virtualschool.plans.worries import worries
from virtualschool.web import children, clock, events
from virtualschool.web.actions import messages
from virtualschool.web.children import Child
from virtualschool.web.models import Concern, Membership, Person, Protection, View, VoiceSetting, WorkStamp
from virtualschool.web.models.voice import OUTCOMES
from virtualschool.web.permissions import Viewer

WAITS = datetime.timedelta(hours=4)
"""How long the named person is waited for before the heads are told; ours."""


def holds(member: Membership) -> bool:
    """Whether a membership still lets its holder in today."""
    return member.person.is_active and Membership.objects.on(clock.today()).filter(pk=member.pk).exists()


def readers(la: str, token: str = "") -> list[Membership]:
    """Who reads a worry: who is named, the deputy; the heads where nobody is. Of a protected child, those named for the child who have
    a role in the Virtual School."""
    held = VoiceSetting.objects.filter(la=la).select_related("named__person", "deputy__person").order_by("-made", "-pk").first()
    found = [one for one in ((held.named, held.deputy) if held else ()) if one is not None and holds(one)]
    heads = list(Membership.objects.on(clock.today()).filter(la=la, role="head").select_related("person").order_by("pk"))
    found = found or heads
    protection = Protection.objects.filter(la=la, token=token, ended__isnull=True).first() if token else None
    if protection is not None:
        named = list(protection.named.filter(role__in=("head", "team")).select_related("person"))
        found = [one for one in named if holds(one)] or heads
    return list({one.pk: one for one in found}.values())


def may_read(viewer: Viewer, concern: Concern) -> bool:
    """The named person, the deputy and the heads, each of them only where the child is not kept from them."""
    if viewer.membership is None or viewer.link is not None or concern.la != viewer.la or not viewer.may("voice", "change"):
        return False
    if concern.token and concern.token in children.kept_from(viewer):
        return False
    able = {one.pk for one in readers(concern.la, concern.token)} | ({concern.named_id} if concern.named_id else set())
    return viewer.membership.pk in able or viewer.membership.role == "head"


def look_at(view: View) -> Concern | None:
    """The worry that rules of words raise about a statement, if they do."""
    found = worries(view.words)
    return raise_worry(view.la, view.token, "words", view, [one.name for one in found]) if found else None


def raise_worry(la: str, token: str, raised: str, view: View | None = None, rules: Iterable[str] = ()) -> Concern:
    """A worry, brought before the named person now: a message with a link, a line of the worklist, and the heads after four hours."""
    able = readers(la, token)
    with transaction.atomic():
        made = Concern.objects.create(
            la=la, token=token, view=view, raised=raised, rules=list(rules), named=able[0] if able else None, day=clock.today()
        )
        messages.tell((one.person for one in able), _kind(raised), reverse("voice-worry", args=[made.pk]), la)
        events.add(action="raised a worry", la=la, kind="voice", token=token, detail={"worry": made.pk, "raised": raised})
        WorkStamp.objects.filter(la=la).delete()
        transaction.on_commit(lambda: _later(made))
    return made


def want_to_talk(request: Any, child: Child) -> Concern:
    """The child's own button. Pressed again while the first waits, it is the same one."""
    waiting = Concern.objects.filter(la=child.la, token=child.token, raised="child", ended__isnull=True).first()
    if waiting is not None:
        return waiting
    events.record(request, "asked to talk", "voice", token=child.token)
    return raise_worry(child.la, child.token, "child")


def mark(request: Any, view: View) -> Concern:
    """An adult's mark on a statement that they read."""
    if not request.viewer.may("voice") or view.la != request.viewer.la:
        raise WrongUse("Statement", "you do not read it.", "Ask the Virtual School.")
    held = view.concerns.filter(raised="adult").first()
    if held is not None and held.ended is None:
        return held
    events.record(request, "marked a worry", "voice", token=view.token, view=view.pk)
    return raise_worry(view.la, view.token, "adult", view)


def look(request: Any, concern: Concern) -> None:
    """The named person has read it."""
    _may(request.viewer, concern)
    if concern.looked is None:
        concern.looked, concern.looked_by = clock.now(), request.viewer.person
        concern.save(update_fields=["looked", "looked_by"])
        events.record(request, "looked at a worry", "voice", token=concern.token, worry=concern.pk)
        WorkStamp.objects.filter(la=concern.la).delete()


def end(request: Any, concern: Concern, outcome: str, reference: str = "") -> None:
    """What came of it. Raises WrongUse where it was acted on and nobody says where that is written, or a child's own call is waved away."""
    _may(request.viewer, concern)
    if outcome not in OUTCOMES:
        raise WrongUse("What came of it", "it is not said.", "Choose one of the list.")
    if outcome == "no_worry" and concern.raised == "child":
        raise WrongUse("What came of it", "the child asked to talk.", "Talk with the child first, then say so.")
    if outcome == "acted" and len(reference.strip()) < 3:
        raise WrongUse("Where it is written", "it is missing.", "Give the number of the record of social care, without names.")
    look(request, concern)
    concern.outcome, concern.reference = outcome, reference.strip()
    concern.ended, concern.ended_by = clock.now(), request.viewer.person
    concern.save()
    events.record(request, "ended a worry", "voice", token=concern.token, worry=concern.pk, outcome=outcome)
    WorkStamp.objects.filter(la=concern.la).delete()


def kept_out(views: QuerySet[View]) -> QuerySet[Any]:
    """The views among these that stay out of counts, reports, exports and quotes."""
    cleared = Q(raised="words", outcome="no_worry")
    return Concern.objects.filter(view__in=views).exclude(cleared).values("view")


def waiting(la: str) -> QuerySet[Concern]:
    return Concern.objects.filter(la=la, ended__isnull=True).select_related("view", "named__person", "looked_by")


def escalate(la: str) -> list[Concern]:
    """Tells the heads, and whoever else reads it, of worries that nobody has looked at within four hours or by the end of their day. Once
    for each worry and day."""
    today, now = clock.today(), clock.now()
    late = Concern.objects.filter(la=la, looked__isnull=True, ended__isnull=True).filter(Q(day__lt=today) | Q(made__lte=now - WAITS))
    found = list(late.filter(Q(escalated__isnull=True) | Q(escalated__lt=today)))
    for one in found:
        kept = (
            set(Protection.objects.filter(la=la, token=one.token, ended__isnull=True).values_list("named", flat=True))
            if one.token
            else set()
        )
        heads = Membership.objects.on(today).filter(la=la, role="head").select_related("person")
        tell: list[Person] = [head.person for head in heads if not kept or head.pk in kept] + [
            read.person for read in readers(la, one.token)
        ]
        messages.tell(tell or messages.heads(la), "worry not looked at", reverse("voice-worry", args=[one.pk]), la)
        one.escalated = today
        one.save(update_fields=["escalated"])
        events.add(action="escalated a worry", la=la, kind="voice", token=one.token, detail={"worry": one.pk})
    return found


@task()
def escalate_later(la: str) -> None:
    escalate(la)


def _later(made: Concern) -> None:
    if "database" in settings.TASKS["default"]["BACKEND"].casefold():
        escalate_later.using(run_after=clock.now() + WAITS + datetime.timedelta(minutes=1)).enqueue(made.la)


def _kind(raised: str) -> str:
    return "child wants to talk" if raised == "child" else "statement to read today"


def _may(viewer: Viewer, concern: Concern) -> None:
    if not may_read(viewer, concern):
        raise WrongUse("Statement", "you are not named for it.", "Ask the Virtual School Head.")

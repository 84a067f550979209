"""What children say: written down exactly, with consent and age; answered by a named adult within days; linked to what it changed.

Who reads what is in `readable`; what may be counted, told or quoted is in `usable`. Events bear numbers, never words.
"""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from virtualschool.errors import WrongUse
from virtualschool.plans.surveys import group_of
from virtualschool.web import children, clock, events, stores
from virtualschool.web.actions import voice_safety
from virtualschool.web.actions.casework import answering
from virtualschool.web.children import Child
from virtualschool.web.models import Membership, PlanText, View, ViewConsent, ViewReply, VoiceSetting, WorkStamp
from virtualschool.web.models.voice import CONSENT, METHODS, TOPICS
from virtualschool.web.permissions import Viewer
from virtualschool.web.worklist.evidence import working_days_after

OFFICE = ("head", "team")
WRITES = ("child", "home", *OFFICE)
LONGEST = 8_000
TOPIC_OF = {"learning": "learning", "achievements": "learning", "hopes": "future", "help": "adults", "other": "other"}
"""Which topic each question of the child's part of a plan is about."""


def is_office(viewer: Viewer) -> bool:
    return viewer.role is not None and viewer.role.name in OFFICE and viewer.link is None


def is_child(viewer: Viewer) -> bool:
    return viewer.role is not None and viewer.role.name == "child"


def may_write(viewer: Viewer, child: Child) -> bool:
    """Whether a viewer writes down what this child says: the child, the home, and the Virtual School."""
    return viewer.role is not None and viewer.role.name in WRITES and viewer.may("voice", "change") and child.la == viewer.la


def setting(la: str) -> VoiceSetting:
    """What the authority has set; where it has set nothing, nobody is named and a child is answered within ten working days."""
    found = VoiceSetting.objects.filter(la=la).select_related("named__person", "deputy__person").order_by("-made", "-pk").first()
    return found or VoiceSetting(la=la)


def listeners(la: str, token: str = "") -> list[Membership]:
    """The adults who may listen to a child: who answers for the child, who is named and the deputy, then the heads; each once."""
    held = setting(la)
    heads = Membership.objects.on(clock.today()).filter(la=la, role="head").select_related("person").order_by("pk")
    found = [answering(la).get(token), *(one for one in (held.named, held.deputy) if one and voice_safety.holds(one)), *heads]
    return list({one.pk: one for one in found if one is not None}.values())


# --- Who reads what, and what may be used ---


def readable(viewer: Viewer, token: str = "") -> QuerySet[View]:
    """The views that this viewer may read, of one child or of all.

    The Virtual School reads all of its authority but those of protected children; a school what the child lets it read; a home what its
    own people wrote down; social worker, reviewing officer and personal adviser what their children say; a child only its own.
    """
    found = View.objects.filter(la=viewer.la).select_related("listener__person", "panel", "survey", "text")
    if token:
        found = found.filter(token=token)
    if viewer.role is None or not viewer.may("voice"):
        return found.none()
    if is_office(viewer):
        return standing(found.exclude(token__in=children.kept_from(viewer) | sealed(viewer.la)))
    found = found.filter(token__in=[child.token for child in children.of(viewer) if child.la == viewer.la]).exclude(token="")
    if viewer.role.name == "teacher":
        found = found.filter(school_may_read=True)
    if viewer.role.name == "home":
        home = viewer.membership.home if viewer.membership else ""
        colleagues = Membership.objects.filter(la=viewer.la, role="home", home=home).values("person")
        found = found.filter(made_by__in=colleagues)
    return standing(found)


def standing(views: QuerySet[View]) -> QuerySet[View]:
    """Without those from a plan in whose place the child has written something newer, or nothing, whoever may read that."""
    newer = PlanText.objects.filter(
        plan=OuterRef("text__plan"), section=OuterRef("text__section"), field=OuterRef("text__field"), pk__gt=OuterRef("text")
    )
    return views.filter(Q(text=None) | ~Exists(newer))


def sealed(la: str) -> set[str]:
    """Tokens, among those of whom something was said, of children as whom nobody is opened any more: they were adopted."""
    found = stores.sealed(stores.snapshot())
    said = View.objects.filter(la=la).exclude(token="").order_by().values_list("token", flat=True).distinct()
    return {token for token in said if token in found} if found else set()


def usable(views: QuerySet[View], *, words: bool = False) -> QuerySet[View]:
    """Those that may be counted and told of; with `words`, those whose words may be shown without a name.

    Never one that has raised a worry, unless it was raised by rules of words alone and a person read it and found none.
    """
    allowed = views.filter(consent="quote") if words else views.filter(consent__in=("count", "quote"))
    return allowed.filter(not_today=False).exclude(pk__in=voice_safety.kept_out(views))


# --- Said ---


def say(
    request: Any,
    child: Child,
    *,
    words: str = "",
    topic: str = "other",
    method: str = "words",
    consent: str = "none",
    school_may_read: bool = False,
    not_today: bool = False,
    listener: int | None = None,
    source: str = "said",
) -> View:
    """What a child says, kept exactly, with who listens and by when the child is answered.

    Raises WrongUse where nothing is said and the child has not chosen to say nothing today.
    """
    viewer = request.viewer
    if not may_write(viewer, child):
        raise WrongUse("What the child says", "you do not write it down here.", "Ask the Virtual School.")
    if not words.strip() and not not_today:
        raise WrongUse("Your words", "there are none.", "Write something, or tick that you do not want to say anything today.")
    if len(words) > LONGEST or topic not in TOPICS or method not in METHODS or consent not in CONSENT:
        raise WrongUse("Your words", "something of it cannot be kept.", f"Write up to {LONGEST:,} characters and choose from the lists.")
    today = clock.today()
    able = {one.pk: one for one in listeners(viewer.la, child.token)}
    chosen = able.get(listener or 0) or next(iter(able.values()), None)
    with transaction.atomic():
        made = View.objects.create(
            la=child.la,
            token=child.token,
            said_on=today,
            **aged(child, today),
            source="talk" if source == "said" and not is_child(viewer) else source,
            method=method,
            topic=topic,
            words="" if not_today else words,
            not_today=not_today,
            consent=consent,
            school_may_read=school_may_read,
            listener=None if not_today else chosen,
            reply_by=None if not_today else working_days_after(today, setting(viewer.la).reply_days),
            made_by=viewer.person,
            by=_by(viewer),
        )
        _note(request, child.token, "wrote", view=made.pk)
        voice_safety.look_at(made)
        WorkStamp.objects.filter(la=child.la).delete()
    return made


def heard_in_plan(text: PlanText, child: Child | None = None) -> View | None:
    """The view that stands in the child's part of a plan, once something is written there. Nothing for other parts and empty words."""
    if text.section != "child" or not text.words.strip():
        return None
    plan, today = text.plan, clock.today()
    child = child or next((one for one in children.everyone(plan.la) if one.token == plan.token), Child(plan.token, plan.la))
    made = View.objects.create(
        la=child.la,
        token=child.token,
        said_on=today,
        **aged(child, today),
        source="plan",
        topic=TOPIC_OF.get(text.field, "other"),
        words=text.words,
        school_may_read=text.school_may_read,
        text=text,
        listener=next(iter(listeners(child.la, child.token)), None),
        reply_by=working_days_after(today, setting(child.la).reply_days),
        made_by=text.made_by,
        by=text.by,
    )
    voice_safety.look_at(made)
    WorkStamp.objects.filter(la=child.la).delete()
    return made


def allow(request: Any, view: View, consent: str) -> None:
    """Another consent from now on: more, or less, or none. The one before stays on record."""
    if consent not in CONSENT:
        raise WrongUse("What we may do with it", "this is none of the choices.", "Choose one of the list.")
    if consent == view.consent:
        return
    with transaction.atomic():
        ViewConsent.objects.create(
            view=view, la=view.la, token=view.token, consent=consent, made_by=request.viewer.person, by=_by(request.viewer)
        )
        view.consent = consent
        view.save(update_fields=["consent"])
        _note(request, view.token, "changed consent", view=view.pk, consent=consent)


def reply(request: Any, view: View, *, told: str, changed: bool, why_not: str = "", on: datetime.date | None = None) -> ViewReply:
    """What the child was told back. Raises WrongUse where nothing changes and no reason is given."""
    on = on or clock.today()
    if not told.strip():
        raise WrongUse("What you told the child", "it is empty.", "Write it as you said it to the child.")
    if not changed and not why_not.strip():
        raise WrongUse("Reason", "nothing changes, and no reason is given.", "Say why, as you told the child.")
    if not view.said_on <= on <= clock.today():
        raise WrongUse("Told on", "it is before the child said it, or a day to come.", "Give the day on which the child was told.")
    with transaction.atomic():
        made = ViewReply.objects.create(
            view=view,
            la=view.la,
            token=view.token,
            on=on,
            told=told,
            changed=changed,
            why_not="" if changed else why_not,
            made_by=request.viewer.person,
            by=_by(request.viewer),
        )
        _note(request, view.token, "answered", view=view.pk, changed=changed)
        WorkStamp.objects.filter(la=view.la).delete()
    return made


def unanswered(la: str) -> QuerySet[View]:
    """Views that a child waits for an answer to."""
    waiting = View.objects.filter(la=la, not_today=False, replies=None).exclude(reply_by=None)
    return standing(waiting.exclude(token__in=sealed(la))).select_related("listener__person")


def set_up(request: Any, *, named: int | None, deputy: int | None, reply_days: int, preferred: dict[str, str]) -> VoiceSetting:
    """Who is named for worries, how soon a child is answered, and preferred words. Raises WrongUse for who is not of the authority."""
    la = request.viewer.la
    able = {one.pk: one for one in may_be_named(la)}
    if named not in able or (deputy is not None and deputy not in able) or named == deputy:
        raise WrongUse("Named person", "it is not somebody of your Virtual School, or twice the same.", "Choose two people of the list.")
    if not 1 <= reply_days <= 20:
        raise WrongUse("Days to answer", "it is not between 1 and 20 working days.", "Choose a number that a child can wait.")
    made = VoiceSetting.objects.create(
        la=la,
        named=able[named],
        deputy=able.get(deputy or 0),
        reply_days=reply_days,
        preferred=preferred,
        made_by=request.viewer.person,
    )
    events.record(request, "changed", "voice", named=able[named].person.email)
    return made


def may_be_named(la: str) -> list[Membership]:
    found = Membership.objects.on(clock.today()).filter(la=la, role__in=OFFICE).select_related("person")
    return sorted(found, key=lambda one: (str(one.person).casefold(), one.pk))


def aged(child: Child, day: datetime.date) -> dict[str, Any]:
    from virtualschool.years import age_on

    born = (child.entry.dob if child.entry is not None else None) or child.row.get("dob")
    age = age_on(born, day) if born else None
    return {"age": age, "group": group_of(age)}


def _by(viewer: Viewer) -> str:
    return f"{viewer.name}, {viewer.role.words.lower()}" if viewer.role else viewer.name


def _note(request: Any, token: str, action: str, **detail: Any) -> None:
    events.record(request, action, "voice", token=token, **detail)

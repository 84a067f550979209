"""The premium's ledger: what comes in, requests on their way, payments and what they did. Each change leaves an event without words.

A designated teacher asks for the children of the school and says what help did; the Virtual School keeps the ledger; the head decides. A
payment is never changed: money that came back is a line of its own.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404

from virtualschool.errors import WrongUse
from virtualschool.plans import premium as rules
from virtualschool.web import children, clock, events
from virtualschool.web.children import Child
from virtualschool.web.models import (
    Plan,
    PremiumEffect,
    PremiumGrant,
    PremiumLine,
    PremiumPlace,
    PremiumProgramme,
    PremiumRequest,
    PremiumShare,
    PremiumStep,
    WorkStamp,
)
from virtualschool.web.models.premium import APPROVED, ASKED, DECLINED, KNOWN, PAID
from virtualschool.web.permissions import Viewer


def is_office(viewer: Viewer) -> bool:
    """Whether a viewer keeps the ledger."""
    return viewer.may("premium_ledger", "change")


def asks_for(viewer: Viewer, child: Child) -> bool:
    """Whether a viewer asks for money for a child: the Virtual School for its own, a school for a child that learns there."""
    if not viewer.may("premium", "change") or viewer.role is None:
        return False
    return child.la == viewer.la or viewer.role.scope == "school"


# --- Requests ---


def ask(request: Any, child: Child, *, plan: Plan, target: str, pence: int, strand: str, purpose: str, **said: Any) -> PremiumRequest:
    """A request for a child, tied to a target of a plan. Raises WrongUse for an amount or a purpose that cannot be."""
    viewer = request.viewer
    if not asks_for(viewer, child) or (plan.la, plan.token) != (child.la, child.token):
        raise Http404
    rules.checked_strand(strand)
    rules.checked_purpose(purpose, strand)
    if pence <= 0:
        raise WrongUse("Amount", "it is not above nought.", "Give what it will cost, such as 550.00.")
    with transaction.atomic():
        made = PremiumRequest.objects.create(
            token=child.token,
            la=child.la,
            plan=plan,
            target=target[:300],
            strand=strand,
            school=child.school,
            pence=pence,
            purpose=purpose,
            asked_on=clock.today(),
            by=_by(viewer),
            made_by=viewer.person,
            **said,
        )
        _step(viewer, made, ASKED)
        _note(request, made, "asked")
    return made


def decide(request: Any, asked: PremiumRequest, to: str, why: str = "") -> None:
    """Approves or declines. Raises WrongUse for a step that cannot follow or a refusal without its reason."""
    if not request.viewer.may("premium_decide", "change") or asked.la != request.viewer.la or to not in (APPROVED, DECLINED):
        raise Http404
    moved = rules.move(_logic(asked), to, clock.today(), by=_by(request.viewer), why=why)
    asked.state, asked.decided_on, asked.decided_by, asked.why = moved.state, moved.decided_on, moved.decided_by, moved.why
    with transaction.atomic():
        asked.save()
        _step(request.viewer, asked, to, why=why.strip())
        _note(request, asked, to)


def pay(request: Any, asked: PremiumRequest, *, on: datetime.date, reference: str, where: str) -> PremiumLine:
    """Pays what was approved: a line of the ledger with the child's part of it. Raises WrongUse where it is not approved."""
    if not is_office(request.viewer) or asked.la != request.viewer.la:
        raise Http404
    moved = rules.move(_logic(asked), PAID, on)
    if asked.decided_on and on < asked.decided_on:
        raise WrongUse("Paid on", "it is before the day of the decision.", "Give the day of the payment.")
    with transaction.atomic():
        line = _line(
            request.viewer,
            [asked.token],
            reference=reference,
            on=on,
            pence=asked.pence,
            strand=asked.strand,
            where=where,
            purpose=asked.purpose,
            what=asked.what,
            target=asked.target,
            school=asked.school,
            request=asked,
        )
        asked.state, asked.paid_on = moved.state, moved.paid_on
        asked.save()
        _step(request.viewer, asked, PAID, on=on)
        _note(request, asked, "paid")
    return line


def effect(request: Any, child: Child, line: PremiumLine, **said: Any) -> PremiumEffect:
    """What a payment did for a child. Raises WrongUse where nothing is said of it."""
    viewer = request.viewer
    if not asks_for(viewer, child) or not line.shares.filter(token=child.token, la=child.la).exists():  # type: ignore[attr-defined]
        raise Http404
    if said["result"] not in ("cannot_tell",) and not said.get("end_value", "").strip():
        raise WrongUse("Value now", "it is empty.", "Give the value, or say that it cannot be told.")
    with transaction.atomic():
        made = PremiumEffect.objects.create(
            token=child.token, la=child.la, line=line, on=clock.today(), by=_by(viewer), made_by=viewer.person, **said
        )
        asked = line.request
        if asked is not None and asked.state == PAID:
            moved = rules.move(_logic(asked), KNOWN, clock.today(), effect=made.get_result_display())  # type: ignore[attr-defined]
            asked.state = moved.state
            asked.save()
            _step(viewer, asked, KNOWN)
        _again(child.la)
        events.record(request, "said the effect", "premium", token=child.token, line=line.pk)
    return made


# --- Payments ---


def pay_line(request: Any, tokens: Iterable[str] = (), *, programme: PremiumProgramme | None = None, **said: Any) -> PremiumLine:
    """A payment that no request led to: for children by name, for a programme's children, or for a cohort. Raises WrongUse for what
    cannot be."""
    viewer = request.viewer
    if not is_office(viewer) or (programme is not None and programme.la != viewer.la):
        raise Http404
    tokens = sorted(set(tokens))
    if programme is not None:
        tokens = taking_part(programme, said["on"])
        if not tokens:
            raise WrongUse("Programme", "nobody takes part in it on that day.", "Say first which children take part.")
        said |= {"purpose": programme.purpose, "cohort": programme.name}
    if not tokens and not said.get("cohort", "").strip():
        raise WrongUse(
            "For whom", "neither a child nor a cohort is named.", "Choose children, or say for which group and what it needs it is."
        )
    with transaction.atomic():
        line = _line(viewer, tokens, programme=programme, **said)
        _again(viewer.la)
        events.record(request, "paid", "premium_ledger", line=line.pk, children=len(tokens))
    return line


def take_back(request: Any, line: PremiumLine, *, pence: int, on: datetime.date, reference: str, why: str) -> PremiumLine:
    """Money of a payment that came back, or a wrong payment put right: a line below nought. Raises WrongUse for more than is left."""
    viewer = request.viewer
    if not is_office(viewer) or line.la != viewer.la:
        raise Http404
    left = line.pence + sum(one.pence for one in line.corrections.all())  # type: ignore[attr-defined]
    if not 0 < pence <= left:
        raise WrongUse("Amount", f"it is not between a penny and what is left of the payment, {rules.pounds(left)}.", "Correct it.")
    if rules.financial_year_of(on) != line.financial_year:
        raise WrongUse("Day", "it is in another financial year than the payment.", "The year is closed: enter it with the finance team.")
    if not why.strip():
        raise WrongUse("Why", "it is empty.", "Say why the money came back.")
    with transaction.atomic():
        made = _line(
            viewer,
            [share.token for share in line.shares.all()],  # type: ignore[attr-defined]
            reference=reference,
            on=on,
            pence=-pence,
            strand=line.strand,
            where=line.where,
            purpose=line.purpose,
            what=why.strip()[:300],
            target=line.target,
            cohort=line.cohort,
            school=line.school,
            programme=line.programme,
            corrects=line,
        )
        _again(viewer.la)
        events.record(request, "took back", "premium_ledger", line=line.pk)
    return made


def _line(viewer: Viewer, tokens: Sequence[str], *, reference: str, on: datetime.date, pence: int, **said: Any) -> PremiumLine:
    """A line of the ledger with its parts. Raises WrongUse for a reference that is there, a day to come, or a strand that does not pay."""
    if on > clock.today():
        raise WrongUse("Paid on", "it is a day to come.", "Give the day of the payment.")
    rules.checked_strand(said["strand"])
    rules.checked_purpose(said["purpose"], said["strand"])
    reference = reference.strip()
    if not reference:
        raise WrongUse("Reference", "it is empty.", "Give the payment's reference in the finance system.")
    try:
        with transaction.atomic():
            line = PremiumLine.objects.create(
                la=viewer.la,
                reference=reference[:60],
                financial_year=rules.financial_year_of(on),
                on=on,
                pence=pence,
                made_by=viewer.person,
                **said,
            )
    except IntegrityError as fault:
        raise WrongUse("Reference", "a payment of this reference is in the ledger.", "Give each payment a reference of its own.") from fault
    share_out(line, tokens, viewer)
    return line


def share_out(line: PremiumLine, tokens: Sequence[str], viewer: Viewer) -> None:
    """Writes each child's part; the parts add up to the line, to the penny."""
    if tokens:
        parts = rules.shares(line.pence, tokens)
        PremiumShare.objects.bulk_create(
            PremiumShare(line=line, token=token, la=line.la, pence=pence, made_by=viewer.person) for token, pence in parts.items()
        )


# --- Programmes and grants ---


def programme(request: Any, made: PremiumProgramme | None = None, **said: Any) -> PremiumProgramme:
    """A programme, new or changed. Raises WrongUse where it ends before it begins."""
    viewer = request.viewer
    if not is_office(viewer) or (made is not None and made.la != viewer.la):
        raise Http404
    if said.get("ends") and said["ends"] < said["starts"]:
        raise WrongUse("Last day", "it is before the first.", "Give a later day.")
    made = made or PremiumProgramme(la=viewer.la, made_by=viewer.person)
    for name, value in said.items():
        setattr(made, name, value)
    made.save()
    events.record(request, "wrote a programme", "premium_ledger", programme=made.pk)
    return made


def join(request: Any, made: PremiumProgramme, child: Child, starts: datetime.date) -> None:
    """A child takes part from a day on; one that left comes back."""
    viewer = request.viewer
    if not is_office(viewer) or made.la != viewer.la or child.la != viewer.la:
        raise Http404
    PremiumPlace.objects.update_or_create(
        programme=made, token=child.token, la=child.la, defaults={"starts": starts, "ends": None, "made_by": viewer.person}
    )
    events.record(request, "joined", "premium", token=child.token, programme=made.pk)


def leave(request: Any, made: PremiumProgramme, child: Child, ends: datetime.date) -> None:
    if not is_office(request.viewer) or made.la != request.viewer.la:
        raise Http404
    PremiumPlace.objects.filter(programme=made, token=child.token, la=child.la).update(ends=ends)
    events.record(request, "left", "premium", token=child.token, programme=made.pk)


def taking_part(made: PremiumProgramme, day: datetime.date) -> list[str]:
    """Tokens of the children who take part on a day, in order."""
    places = made.places.filter(starts__lte=day)  # type: ignore[attr-defined]
    return sorted(one.token for one in places if one.ends is None or one.ends > day)


def grant(request: Any, **said: Any) -> PremiumGrant:
    """What comes in of a strand in a year. Raises WrongUse where no amount can be told."""
    viewer = request.viewer
    if not is_office(viewer):
        raise Http404
    rules.start_of(said["financial_year"])
    rules.checked_strand(said["strand"])
    if said["financial_year"] < rules.FIRST_YEAR:
        raise WrongUse("Financial year", f"the ledger begins with {rules.FIRST_YEAR}.", "Choose that year or a later one.")
    counted = said.get("provisional_children") is not None or said.get("final_children") is not None
    if said.get("provisional_pence") is None and said.get("final_pence") is None:
        if not counted:
            raise WrongUse("Amount", "neither children nor a whole amount are given.", "Give the children counted, or the whole amount.")
        if said.get("pence_a_child") is None:
            held = rules.rates().get((said["strand"], said["financial_year"]))
            if held is None or held.pence is None:
                raise WrongUse("Rate", "no published figure was found for this strand and year.", "Enter the rate of your own allocation.")
            said["pence_a_child"] = held.pence
    made = PremiumGrant.objects.create(la=viewer.la, made_by=viewer.person, **said)
    _again(viewer.la)
    events.record(request, "wrote the grant", "premium_ledger", year=made.financial_year, strand=made.strand)
    return made


# --- Small things ---


def _logic(asked: PremiumRequest) -> rules.Request:
    return rules.Request(str(asked.pk), str(asked.plan_id or ""), asked.target, asked.pence, asked.purpose, asked.asked_on, asked.state)  # type: ignore[attr-defined]


def _step(viewer: Viewer, asked: PremiumRequest, state: str, *, on: datetime.date | None = None, why: str = "") -> None:
    PremiumStep.objects.create(request=asked, state=state, on=on or clock.today(), by=_by(viewer), why=why, made_by=viewer.person)


def _by(viewer: Viewer) -> str:
    return f"{viewer.name}, {viewer.role.words.lower()}" if viewer.role is not None else viewer.name


def _note(request: Any, asked: PremiumRequest, action: str) -> None:
    _again(asked.la)
    events.record(request, action, "premium", token=asked.token, number=asked.pk)


def _again(la: str) -> None:
    """The worklist of an authority is made again when it is next looked at."""
    WorkStamp.objects.filter(la=la).delete()


def known_children(la: str) -> dict[str, str]:
    """The token of each child of an authority, by its identifier in the return and by the token itself."""
    found: dict[str, str] = {}
    for one in children.everyone(la):
        found[one.token] = one.token
        found[str(one.row.get("child") or getattr(one.entry, "child", ""))] = one.token
    return found

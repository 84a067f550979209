"""Borders around a record: shared with another authority or a school, protected, and opened in need."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from virtualschool.errors import WrongUse
from virtualschool.web import children, clock, events
from virtualschool.web.actions import messages
from virtualschool.web.children import Child
from virtualschool.web.models import BreakGlass, Membership, Protection, Share
from virtualschool.web.permissions import Viewer

KINDS = {
    "record": "The record: school, attendance, results, care history",
    "plan": "Education plans",
    "premium": "Spending",
    "casework": "Casework",
    "voice": "What the child says",
}
"""What may be shared of a child, in words."""
LONGEST = datetime.timedelta(days=366)
"""The longest that a record is shared at once; ours, so that somebody looks again within a year."""
OPEN_FOR = datetime.timedelta(hours=4)
"""How long a protected record stays open to who opened it in need; ours."""
SHORTEST_REASON = 20
"""Characters of a reason for opening a protected record: enough for a sentence; ours."""


def share(
    by: Viewer,
    child: Child,
    *,
    with_la: str = "",
    with_school: str = "",
    kinds: Sequence[str] = (),
    gateway: str = "",
    ends: datetime.date | None = None,
    refused: bool = False,
) -> Share:
    """A record shared from today up to a day; or, with `refused`, the decision not to share it, which is written down too.

    Raises WrongUse without a recipient, a reason, what is shared, or an end within a year.
    """
    _own(by, child)
    if bool(with_la) == bool(with_school) or with_la == by.la:
        raise WrongUse("Who with", "there must be one: another authority, or a school.", "Choose one of them.")
    if len(gateway.strip()) < 10:
        raise WrongUse("Reason", "it is missing.", "Write the legal ground, and why this child's record is or is not shared.")
    today = clock.today()
    if not refused and (not kinds or set(kinds) - set(KINDS)):
        raise WrongUse("What", "nothing is chosen.", "Choose what is shared.")
    if not refused and (ends is None or not today < ends <= today + LONGEST):
        raise WrongUse("Until", "a share ends, within a year.", "Choose a day.")
    with transaction.atomic():
        made = Share.objects.create(
            token=child.token,
            la=by.la,
            with_la=with_la,
            with_school=with_school,
            kinds=[] if refused else sorted(kinds),
            gateway=gateway.strip(),
            refused=refused,
            starts=today,
            ends=None if refused else ends,
            made_by=by.person,
        )
        _note(
            by,
            "decided not to share" if refused else "shared",
            child.token,
            to=with_la or with_school,
            kinds=made.kinds,
            reason=gateway.strip(),
        )
    if with_la and not refused:
        messages.tell(messages.heads(with_la), "record shared", "/children/", with_la)
    return made


def end_share(by: Viewer, made: Share) -> None:
    """Ends a share today."""
    if made.la != by.la:
        raise WrongUse("Share", "there is none of that number in your authority.", "Choose one from the list.")
    made.ends = clock.today()
    made.save(update_fields=["ends"])
    _note(by, "ended share", made.token, to=made.with_la or made.with_school)


def may_be_named(la: str) -> list[Membership]:
    """Members of an authority who could be named for a protected record: those whose role opens records or plans of children."""
    from virtualschool.web import roles

    opens = [name for name, role in roles.roles().items() if role.names and (role.may("record") or role.may("plan"))]
    found = Membership.objects.on(clock.today()).filter(la=la, role__in=opens).select_related("person")
    return sorted(found, key=lambda one: (str(one.person).casefold(), one.pk))


def protection_of(la: str, token: str) -> Protection | None:
    return Protection.objects.filter(la=la, token=token, ended__isnull=True).first()


def protect(by: Viewer, child: Child, named: Sequence[int], why: str) -> Protection:
    """Hides a child from everybody but the members named, or changes who is named. Who protects a record is always named."""
    _own(by, child)
    if by.membership is None:
        raise WrongUse("Record", "only a member protects one.", "Sign in.")
    if len(why.strip()) < 10:
        raise WrongUse("Reason", "it is missing.", "Name the plan or decision that says so, and no more.")
    allowed = {one.pk for one in may_be_named(by.la)}
    chosen = (set(named) & allowed) | {by.membership.pk}
    with transaction.atomic():
        made = protection_of(by.la, child.token) or Protection.objects.create(token=child.token, la=by.la, made_by=by.person)
        made.why = why.strip()
        made.save(update_fields=["why"])
        made.named.set(chosen)
        _note(by, "protected", child.token, named=len(chosen), reason=why.strip())
    return made


def end_protection(by: Viewer, made: Protection, why: str) -> None:
    if made.la != by.la or by.membership is None or not made.named.filter(pk=by.membership.pk).exists():
        raise WrongUse("Record", "you are not named for it.", "Ask someone who is.")
    if len(why.strip()) < 10:
        raise WrongUse("Reason", "it is missing.", "Say why the record needs no protection any more.")
    made.ended = clock.now()
    made.save(update_fields=["ended"])
    _note(by, "ended protection", made.token, reason=why.strip())


def open_in_need(by: Viewer, *, child: str = "", name: str = "", born: datetime.date | None = None, why: str = "") -> BreakGlass:
    """Opens a protected record for four hours to someone not named, who says why; the heads and who is named are told at once.

    The record is asked for by its identifier in the return, or by full name and date of birth. Raises WrongUse with the same words whether
    there is no such child, or one who is not protected, so that asking tells nothing.
    """
    if len(" ".join(why.split())) < SHORTEST_REASON:
        raise WrongUse("Reason", f"it is shorter than {SHORTEST_REASON} characters.", "Say what has happened and why it cannot wait.")
    assert by.membership is not None
    wanted = child.strip().casefold(), " ".join(name.split()).casefold()
    found = [one for one in children.behind_protection(by) if _is(one, *wanted, born)]
    if len(found) != 1:
        _note(by, "refused", "", kind="need", reason=why.strip())
        raise WrongUse(
            "Record", "no protected record answers to that.", "Look whether it is spelt as in the return or on the roll, or ask the head."
        )
    (one,) = found
    protection = protection_of(one.la, one.token)
    assert protection is not None
    now = clock.now()
    with transaction.atomic():
        opening = BreakGlass.objects.create(
            protection=protection, membership=by.membership, why=why.strip(), made=now, until=now + OPEN_FOR
        )
        _note(by, "opened in need", one.token, kind="need", reason=why.strip())
    tell = [*messages.heads(one.la), *(member.person for member in protection.named.select_related("person"))]
    messages.tell(
        [person for person in tell if by.person is None or person.pk != by.person.pk],
        "protected record opened",
        "/people/protected",
        one.la,
    )
    return opening


def waiting(la: str) -> list[BreakGlass]:
    """Openings that no head has acknowledged, the newest first."""
    found = BreakGlass.objects.filter(protection__la=la, looked_at__isnull=True).select_related("protection", "membership__person")
    return list(found.order_by("-made"))


def acknowledge(by: Viewer, opening: BreakGlass) -> None:
    """A head has seen that a protected record was opened, and why. Not one's own."""
    if opening.protection.la != by.la or (by.person is not None and opening.membership.person_id == by.person.pk):
        raise WrongUse("Opening", "you cannot acknowledge this one.", "Another head or whoever you answer to does.")
    opening.looked_at = clock.now()
    opening.save(update_fields=["looked_at"])
    _note(by, "acknowledged opening", opening.protection.token)


def _is(one: Child, child: str, name: str, born: datetime.date | None) -> bool:
    entry = one.entry
    identifier = str(entry.child if entry is not None else one.row.get("child") or "").casefold()
    if child:
        return identifier == child
    if not name or born is None or entry is None:
        return False
    return entry.dob == born and name in (" ".join(entry.name.split()).casefold(), " ".join(entry.preferred_name.split()).casefold())


def _own(by: Viewer, child: Child) -> None:
    if child.la != by.la or not by.la:
        raise WrongUse("Record", "it is another authority's.", "They decide what happens with it.")


def _note(by: Viewer, action: str, token: str, *, kind: str = "sharing", reason: str = "", **detail: Any) -> None:
    events.add(
        action=action,
        person=by.email,
        role=by.membership.role if by.membership else "",
        la=by.la,
        kind=kind,
        token=token,
        reason=reason,
        detail=detail,
    )

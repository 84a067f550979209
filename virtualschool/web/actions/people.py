"""Who has an account and what for: invited, changed, ended, confirmed; and ways in for those who take part for one child."""

import datetime
import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from virtualschool.errors import WrongUse
from virtualschool.web import clock, events, links, roles
from virtualschool.web.actions import messages
from virtualschool.web.children import Child
from virtualschool.web.models import Invitation, Membership, Message, OneTimeLink, Person, Relationship
from virtualschool.web.permissions import Viewer

LIFE = datetime.timedelta(days=7)
"""How long an invitation waits."""
QUARTER = datetime.timedelta(days=91)
"""After how long access must be confirmed again."""
LINKED = "link.invalid"
"""The domain of people who come by link alone and have no address: nothing can be sent there (RFC 2606)."""
TAKING_PART = ("social_worker", "reviewing_officer", "personal_adviser", "carer", "child")


def may_be_given(viewer: Viewer | None) -> list[roles.Role]:
    """The roles that someone of an authority may give. A national host is made on the machine itself; inspectors come by a pack."""
    apart = {"inspector"} if viewer is None else {"inspector", "national_host"}
    return [role for name, role in roles.roles().items() if name not in apart]


def invite(
    by: Viewer | None, la: str, role: str, email: str, name: str, *, school: str = "", home: str = "", ends=None
) -> tuple[Membership, str]:
    """A membership, and the secret of a link with which a new person chooses a password; empty for who has a way in already.

    `by` is None on the machine itself. Raises WrongUse for a role that cannot be given, to oneself, or without what it is bound to.
    """
    email = email.strip().lower()
    if role not in {one.name for one in may_be_given(by)}:
        raise WrongUse("Role", "this one cannot be given here.", "Choose another.")
    if by is not None and email == by.email:
        raise WrongUse("Email address", "it is your own.", "Ask a colleague to change what you may see.")
    scope = roles.roles()[role].scope
    if (scope == "school" and not school) or (scope == "home" and not home):
        raise WrongUse("School or home", "this role is bound to one.", "Choose it.")
    with transaction.atomic():
        person = Person.objects.filter(email=email).first()
        new = person is None
        if person is None:
            person = Person.objects.create_user(email, name.strip())
        bound = {"school": school if scope == "school" else "", "home": home if scope == "home" else ""}
        where = {"person": person, "role": role, "la": "" if scope == "all" else la, **bound}
        if Membership.objects.on(clock.today()).filter(**where).exists():
            raise WrongUse("Email address", "this person has that role already.", "Change it on their page.")
        today = clock.today()
        membership = Membership.objects.create(**where, starts=today, ends=ends, confirmed=today, given_by=by.person if by else None)
        secret = _invitation(membership) if new or not _has_way_in(person) else ""
        _note(by, la, "gave role", membership)
    if not new:
        messages.tell([person], "role given", "/accounts/", la)
    if by is not None and by.membership is not None and by.membership.role == "administrator":
        messages.tell(messages.heads(la), "role given by an administrator", "/people/", la)
    return membership, secret


def renew(by: Viewer, membership: Membership) -> str:
    """The secret of a new link for someone who lost theirs or their password; the old ones stop working.

    Only for who has roles in this authority alone: a link opens the whole account, and what it opens elsewhere is not ours to give.
    """
    theirs(by, membership)
    if Membership.objects.on(clock.today()).filter(person=membership.person).exclude(la=membership.la).exists():
        raise WrongUse("Link", "this person also has a role elsewhere.", "They ask for a new password on the sign-in page.")
    Invitation.objects.filter(membership__person=membership.person, used__isnull=True).update(until=clock.now())
    secret = _invitation(membership)
    messages.tell([membership.person], "way in renewed", "/accounts/", membership.la)
    _note(by, membership.la, "renewed link", membership)
    return secret


def invited(secret: str) -> Invitation | None:
    """The invitation of a secret, if it still works."""
    found = Invitation.objects.select_related("membership__person").filter(secret_hash=links.hashed(secret)).first()
    if found is None or found.used is not None or found.until <= clock.now() or not found.membership.person.is_active:
        return None
    return found if Membership.objects.on(clock.today()).filter(pk=found.membership_id).exists() else None


def accept(invitation: Invitation, password: str) -> Person:
    """The person, with the password they chose; the invitation is used up. Raises ValidationError for a weak password."""
    person = invitation.membership.person
    validate_password(password, person)
    with transaction.atomic():
        used = Invitation.objects.filter(pk=invitation.pk, used__isnull=True).update(used=clock.now())
        if not used:
            raise ValidationError("This link was used already.")
        person.set_password(password)
        person.save()
        events.add(
            action="accepted invitation", person=person.email, role=invitation.membership.role, la=invitation.membership.la, kind="people"
        )
    return person


def change(by: Viewer, membership: Membership, *, school: str, home: str, ends: datetime.date | None) -> None:
    theirs(by, membership)
    scope = roles.roles()[membership.role].scope
    if (scope == "school" and not school) or (scope == "home" and not home):
        raise WrongUse("School or home", "this role is bound to one.", "Choose it.")
    membership.school, membership.home = (school if scope == "school" else ""), (home if scope == "home" else "")
    membership.ends = ends
    membership.save()
    _note(by, membership.la, "changed role", membership)


def end(by: Viewer, membership: Membership) -> None:
    """Ends a role today: the next request finds nothing."""
    theirs(by, membership)
    membership.ends = clock.today()
    membership.save(update_fields=["ends"])
    now = clock.now()
    Invitation.objects.filter(membership=membership, used__isnull=True).update(until=now)
    OneTimeLink.objects.filter(membership=membership, ended__isnull=True).update(ended=now)
    messages.tell([membership.person], "role ended", "/accounts/", membership.la)
    _note(by, membership.la, "ended role", membership)


def to_confirm(la: str) -> list[Membership]:
    """Memberships of an authority that nobody has confirmed for a quarter, the oldest first."""
    today = clock.today()
    held = Membership.objects.on(today).filter(la=la).select_related("person")
    due = [one for one in held if (one.confirmed or one.starts or datetime.date.min) <= today - QUARTER]
    return sorted(due, key=lambda one: (one.confirmed or one.starts or datetime.date.min, str(one.person)))


def remind(person: Person) -> None:
    """Puts a message before a head who comes in while access waits to be confirmed; once a quarter for each authority."""
    since = clock.now() - QUARTER
    for one in Membership.objects.on(clock.today()).filter(person=person, role="head"):
        told = Message.objects.filter(person=person, la=one.la, kind="access to confirm", made__gt=since).exists()
        if not told and any(due.person_id != person.pk for due in to_confirm(one.la)):
            messages.tell([person], "access to confirm", "/people/confirm", one.la)


def confirm(by: Viewer, membership: Membership) -> None:
    theirs(by, membership)
    membership.confirmed = clock.today()
    membership.save(update_fields=["confirmed"])
    _note(by, membership.la, "confirmed role", membership)


def reset_factor(by: Viewer, membership: Membership) -> None:
    """Takes away the second factor of someone who lost their phone and their codes: they set up a new one at the next sign-in.

    Only a head may, so that one administrator cannot both renew a link and take a factor away.
    """
    from allauth.mfa.models import Authenticator

    theirs(by, membership)
    if by.membership is None or by.membership.role != "head":
        raise WrongUse("Second factor", "only a Virtual School Head takes one away.", "Ask them.")
    if Membership.objects.on(clock.today()).filter(person=membership.person).exclude(la=membership.la).exists():
        raise WrongUse("Second factor", "this person also has a role elsewhere.", "Ask whoever runs the service.")
    Authenticator.objects.filter(user=membership.person).delete()
    messages.tell([membership.person], "way in renewed", "/accounts/", membership.la)
    _note(by, membership.la, "took second factor away", membership)


def relate(by: Viewer, membership: Membership, child: Child, ends: datetime.date | None = None) -> Relationship:
    """Gives a member a child to answer for."""
    theirs(by, membership)
    made, _ = Relationship.objects.update_or_create(
        membership=membership, token=child.token, ends=None, defaults={"starts": clock.today(), "ends": ends}
    )
    _note(by, membership.la, "gave child", membership, token=child.token)
    return made


def part(by: Viewer, relationship: Relationship) -> None:
    """Ends the tie between a member and a child today."""
    theirs(by, relationship.membership)
    relationship.ends = clock.today()
    relationship.save(update_fields=["ends"])
    _note(by, relationship.membership.la, "took child away", relationship.membership, token=relationship.token)


def let_in_once(by: Viewer, child: Child, role: str, name: str, email: str, purpose: str) -> tuple[OneTimeLink, str]:
    """A link for one visit of someone who takes part for one child, and its secret. They need no account.

    Someone known to the authority by that address keeps who they are; else a person who comes by link alone is made.
    """
    if role not in TAKING_PART or purpose not in ("plan", "voice") or (purpose == "voice" and role != "child"):
        raise WrongUse("Link", "there is none for that.", "Choose who they are and what they are asked for.")
    if not name.strip():
        raise WrongUse("Name", "it is empty.", "Write who the link is for.")
    email, today = email.strip().lower(), clock.today()
    with transaction.atomic():
        person = Person.objects.filter(email=email).first() if email else None
        if person is None:
            person = Person.objects.create_user(email or f"{secrets.token_hex(8)}@{LINKED}", name.strip())
        membership = Membership.objects.on(today).filter(person=person, role=role, la=by.la).first()
        if membership is None:
            membership = Membership.objects.create(person=person, role=role, la=by.la, starts=today, confirmed=today, given_by=by.person)
        if not membership.relationships.on(today).filter(token=child.token).exists():
            Relationship.objects.create(membership=membership, token=child.token, starts=today)
        link, secret = links.make(membership, child.token, purpose, clock.now() + links.LIFE, by.person)
        _note(by, by.la, "made link", membership, token=child.token, purpose=purpose)
    return link, secret


def withdraw(by: Viewer, link: OneTimeLink) -> None:
    theirs(by, link.membership)
    link.ended = clock.now()
    link.save(update_fields=["ended"])
    _note(by, by.la, "withdrew link", link.membership, token="" if link.purpose == links.PACK else link.token)


def theirs(by: Viewer, membership: Membership) -> None:
    """Raises WrongUse where a membership is another authority's, or one's own."""
    if membership.la != by.la or not by.la:
        raise WrongUse("Person", "there is none of that number in your authority.", "Choose one from the list.")
    if by.person is not None and membership.person_id == by.person.pk:
        raise WrongUse("Person", "this is you.", "Ask a colleague to change what you may see.")


def _invitation(membership: Membership) -> str:
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(membership=membership, secret_hash=links.hashed(secret), until=clock.now() + LIFE)
    return secret


def _has_way_in(person: Person) -> bool:
    return person.has_usable_password() or person.socialaccount_set.exists()  # type: ignore[attr-defined]


def _note(by: Viewer | None, la: str, action: str, membership: Membership, *, token: str = "", **detail: Any) -> None:
    events.add(
        action=action,
        person=by.email if by else "on the machine itself",
        role=by.membership.role if by and by.membership else "",
        la=la,
        kind="people",
        token=token,
        detail={"to": membership.person.email, "role": membership.role, **detail},
    )

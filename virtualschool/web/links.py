"""Ways in without an account: a link for one visit to one child's plan, or to a pack until it ends. What opens is kept in the session."""

import datetime
import hashlib
import secrets

from django.http import HttpRequest

from virtualschool.web import clock
from virtualschool.web.models import Membership, OneTimeLink, Person

VISIT = "visit"
"""Where a session keeps the link by which it came."""

LIFE = datetime.timedelta(hours=72)
"""How long a link for a child waits to be opened. Our choice: long enough for a weekend."""

PACK = "pack"


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def make(membership: Membership, token: str, purpose: str, until: datetime.datetime, made_by: Person | None) -> tuple[OneTimeLink, str]:
    """A new link and its secret, which is nowhere else: only its hash is kept."""
    secret = secrets.token_urlsafe(32)
    link = OneTimeLink.objects.create(
        membership=membership, token=token, purpose=purpose, secret_hash=hashed(secret), until=until, made_by=made_by
    )
    return link, secret


def waiting(secret: str) -> OneTimeLink | None:
    """The link of a secret, if it can still be opened."""
    link = OneTimeLink.objects.select_related("membership__person").filter(secret_hash=hashed(secret), ended__isnull=True).first()
    if link is None or link.until <= clock.now() or (link.used is not None and link.purpose != PACK) or not _holds(link):
        return None
    return link


def visit_of(request: HttpRequest) -> OneTimeLink | None:
    """The link by which this session came, while it holds: withdrawn or ended, it lets nobody further."""
    key = request.session.get(VISIT)
    if key is None:
        return None
    link = OneTimeLink.objects.select_related("membership__person").filter(pk=key, ended__isnull=True).first()
    if link is None or not _holds(link) or (link.purpose == PACK and link.until <= clock.now()):
        return None
    return link


def _holds(link: OneTimeLink) -> bool:
    return link.membership.person.is_active and Membership.objects.on(clock.today()).filter(pk=link.membership_id).exists()

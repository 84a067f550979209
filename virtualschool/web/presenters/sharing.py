"""Shares, protections and openings in words."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from virtualschool.web import children, clock, roles
from virtualschool.web.actions import sharing as acts
from virtualschool.web.children import Child
from virtualschool.web.models import BreakGlass, Protection, Share
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters.people import authority_name


@dataclass(frozen=True)
class Shared:
    """A decision to share, or not to."""

    number: int
    token: str
    child: str
    recipient: str
    kinds: list[str]
    gateway: str
    starts: datetime.date | None
    ends: datetime.date | None
    state: str
    """shared, ended, not shared, shared with us."""
    made_by: str


def of_authority(viewer: Viewer, ended: bool = False) -> list[Shared]:
    """Shares of an authority's own children, and those that others make with it; only of children whom the viewer may see."""
    known = {(child.la, child.token): child for child in children.of(viewer)}
    found = Share.objects.filter(Q(la=viewer.la) | Q(with_la=viewer.la, refused=False)).select_related("made_by").order_by("-made")
    made = [_line(viewer, one, known[one.la, one.token]) for one in found if (one.la, one.token) in known]
    return made if ended else [one for one in made if one.state != "ended"]


def of_child(viewer: Viewer, child: Child) -> list[Shared]:
    found = Share.objects.filter(la=child.la, token=child.token).select_related("made_by").order_by("-made")
    return [_line(viewer, one, child) for one in found]


def _line(viewer: Viewer, one: Share, child: Child) -> Shared:
    theirs = one.la != viewer.la
    over = one.ends is not None and one.ends <= clock.today()
    state = "not shared" if one.refused else "ended" if over else "shared with us" if theirs else "shared"
    recipient = authority_name(one.la) if theirs else authority_name(one.with_la) if one.with_la else f"School {one.with_school}"
    kinds = [acts.KINDS.get(kind, kind) for kind in one.kinds]
    return Shared(one.pk, one.token, child.name, recipient, kinds, one.gateway, one.starts, one.ends, state, str(one.made_by or ""))


@dataclass(frozen=True)
class Kept:
    """A protected record, as far as this viewer may know of it."""

    token: str
    child: str
    since: datetime.datetime
    named: list[str]


def protections(viewer: Viewer) -> list[Kept]:
    """The protected records of an authority. Of one for which the viewer is not named only that it is there, and who is named for it."""
    known = {child.token: child for child in children.of(viewer) if child.la == viewer.la}
    made = []
    for one in Protection.objects.filter(la=viewer.la, ended__isnull=True).prefetch_related("named__person").order_by("-made"):
        seen = one.token in known
        names = sorted(str(member.person) for member in one.named.all())
        made.append(Kept(one.token if seen else "", known[one.token].name if seen else "", one.made, names))
    return made


@dataclass(frozen=True)
class Opening:
    """A protected record opened in need."""

    number: int
    who: str
    role: str
    child: str
    why: str
    made: datetime.datetime
    until: datetime.datetime
    looked_at: datetime.datetime | None
    mine: bool


def openings(viewer: Viewer) -> list[Opening]:
    known = {child.token: child for child in children.of(viewer) if child.la == viewer.la}
    found = BreakGlass.objects.filter(protection__la=viewer.la).select_related("protection", "membership__person").order_by("-made")[:100]
    made = []
    for one in found:
        child = known.get(one.protection.token)
        mine = viewer.person is not None and one.membership.person_id == viewer.person.pk
        words = roles.roles()[one.membership.role].words
        name = child.name if child else "A record for which you are not named"
        made.append(Opening(one.pk, str(one.membership.person), words, name, one.why, one.made, one.until, one.looked_at, mine))
    return made


def page_of(child: Child) -> str:
    """The page of a child, where there is one."""
    for view in ("children-one", "children-child"):
        try:
            return reverse(view, args=[child.token])
        except NoReverseMatch:
            continue
    return ""

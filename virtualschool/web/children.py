"""Which children someone may see, and one of them: from the roll of today where there is one, beside the newest row of the store."""

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import Http404

from virtualschool.web import clock, stores
from virtualschool.web.models import Protection, RollEntry, RollFile, Share

if TYPE_CHECKING:
    from virtualschool.web.permissions import Viewer


@dataclass(frozen=True)
class Child:
    """A child as one viewer may see it. `row` is the newest of the store, `entry` that of the roll; either may be missing."""

    token: str
    la: str
    row: Mapping[str, Any] = field(default_factory=dict)
    entry: RollEntry | None = None
    kinds: frozenset[str] | None = None
    """The kinds of data that are shared across a border; None where nothing but the role limits them."""
    hides_name: bool = False

    @property
    def name(self) -> str:
        """The name to show: the preferred one of the roll; else the identifier of the return; a pseudonym for who may see no names."""
        if self.hides_name:
            return f"Child {self.token[:6]}"
        if self.entry is not None:
            return self.entry.preferred_name or self.entry.name
        return f"Child {self.row.get('child', self.token[:6])}"

    @property
    def is_current(self) -> bool:
        """Whether the child is looked after now, as far as is known: on the roll, or in care at the end of the newest return."""
        return self.entry is not None or bool(self.row.get("at_31_march"))

    @property
    def school(self) -> str:
        return self.entry.school if self.entry is not None else str(self.row.get("school") or "")

    @property
    def home(self) -> str:
        return self.entry.home if self.entry is not None else ""


def of(viewer: "Viewer") -> list[Child]:
    """The children whom a viewer may see, by name. Protected ones are there only for people named, or who opened them in need."""
    if viewer.membership is None or viewer.role is None or viewer.role.scope == "none":
        return []
    kept = _kept_from(viewer, [viewer.la])
    found, shared = [child for child in _in_scope(viewer) if child.token not in kept], _shared_with(viewer)
    if shared:
        found = sorted([*found, *shared], key=_by_name)
    if viewer.link is not None:
        found = [child for child in found if child.token == viewer.link.token]
    return found


def one(viewer: "Viewer", token: str, kind: str = "record") -> Child:
    """The child of a token, for who may see that kind of data about it; raises Http404 in every other case."""
    for child in of(viewer):
        if child.token == token and (child.kinds is None or kind in child.kinds):
            return child
    raise Http404


def behind_protection(viewer: "Viewer") -> list[Child]:
    """The protected children whom a viewer would see by their role alone. For opening one in need, and for nothing else."""
    if viewer.membership is None or viewer.role is None or viewer.link is not None:
        return []
    kept = _kept_from(viewer, [viewer.la])
    return [child for child in _in_scope(viewer) if child.token in kept]


def roll_of(la: str) -> RollFile | None:
    """The newest roll of an authority that is not of a day to come."""
    return RollFile.objects.filter(la=la, as_of__lte=clock.today()).order_by("-as_of").first()


def everyone(la: str) -> list[Child]:
    """Every child of an authority by name, whoever asks, but those whose record an adoption has sealed. For rules and builds; pages ask
    `of`."""
    file = roll_of(la)
    return list(_everyone(stores.snapshot(), la, _written(file) if file else None))


def looked_after_now(la: str) -> list[Child]:
    """Those of `everyone` who are looked after now."""
    file = roll_of(la)
    return list(_looked_after_now(stores.snapshot(), la, _written(file) if file else None))


def entries_of(file: RollFile) -> dict[str, RollEntry]:
    """The entries of a roll by token. They are remembered as long as the roll stands as it is: leave them as they are."""
    return _entries(_written(file))


@dataclass(frozen=True)
class Written:
    """A roll as it stands: another once its entries were written again, or some of them are gone."""

    file: int
    changed: datetime.datetime
    number: int


def _written(file: RollFile) -> Written:
    return Written(file.pk, file.changed, RollEntry.objects.filter(file=file).count())


@functools.lru_cache(maxsize=64)
def _entries(roll: Written) -> dict[str, RollEntry]:
    return {entry.token: entry for entry in RollEntry.objects.filter(file=roll.file)}


@functools.lru_cache(maxsize=32)
def _everyone(held: stores.Snapshot, la: str, roll: Written | None) -> tuple[Child, ...]:
    rows = stores.children_rows(held, la) if stores.newest_year(held, la) else {}
    entries = {token: entry for token, entry in _entries(roll).items() if token not in stores.sealed(held)} if roll else {}
    newest = stores.newest_year(held, la)
    made = []
    for token, row in rows.items():
        # With a roll, who is not on it is not in care now, whatever the return said in March.
        is_known = token in entries if entries else row["year"] == newest
        made.append(Child(token, la, row if is_known else row | {"at_31_march": False}, entries.get(token)))
    made += [Child(token, la, {}, entry) for token, entry in entries.items() if token not in rows]
    return tuple(sorted(made, key=_by_name))


@functools.lru_cache(maxsize=32)
def _looked_after_now(held: stores.Snapshot, la: str, roll: Written | None) -> tuple[Child, ...]:
    return tuple(child for child in _everyone(held, la, roll) if child.is_current)


def _by_name(child: Child) -> tuple[str, str]:
    return child.name.casefold(), child.token


def kept_from(viewer: "Viewer") -> set[str]:
    """Tokens of the authority's protected children whom this viewer may not see."""
    return _kept_from(viewer, [viewer.la]) if viewer.membership is not None else set()


def _in_scope(viewer: "Viewer") -> list[Child]:
    membership, role, today = viewer.membership, viewer.role, clock.today()
    assert membership is not None and role is not None
    if role.scope == "all":
        return []  # The national pages read pseudonymous rows; nobody's record is opened there.
    children = everyone(viewer.la)
    if role.scope == "authority":
        return children
    now = [child for child in children if child.is_current]
    if role.scope == "school":
        return [child for child in now if membership.school and child.school == membership.school]
    if role.scope == "home":
        return [child for child in now if membership.home and child.home == membership.home]
    theirs = set(membership.relationships.on(today).values_list("token", flat=True))
    email = viewer.email.casefold()
    column = {"social_worker": "social_worker_email", "reviewing_officer": "reviewing_officer_email"}.get(role.name)
    if column and email:
        theirs |= {child.token for child in now if child.entry is not None and getattr(child.entry, column).casefold() == email}
    return [child for child in children if child.token in theirs]


def _shared_with(viewer: "Viewer") -> list[Child]:
    """Children of other authorities that these have shared with the viewer's authority or school."""
    membership, role = viewer.membership, viewer.role
    assert membership is not None and role is not None
    if role.scope == "authority":
        mine = Q(with_la=viewer.la, with_school="")
    elif role.scope == "school" and membership.school:
        mine = Q(with_school=membership.school)
    else:
        return []
    shares = Share.objects.on(clock.today()).filter(mine, refused=False).exclude(la=viewer.la)
    kinds: dict[tuple[str, str], set[str]] = {}
    for share in shares:
        kinds.setdefault((share.la, share.token), set()).update(share.kinds)
    if not kinds:
        return []
    kept = _kept_from(viewer, {la for la, _ in kinds})
    made = []
    for la in sorted({la for la, _ in kinds}):
        for child in everyone(la):
            if (la, child.token) in kinds and child.token not in kept:
                made.append(Child(child.token, la, child.row, child.entry, frozenset(kinds[la, child.token])))
    return made


def _kept_from(viewer: "Viewer", las) -> set[str]:
    """Tokens of protected children whom this viewer is neither named for nor has opened in need."""
    assert viewer.membership is not None
    now = clock.now()
    protected = Protection.objects.filter(la__in=list(las), ended__isnull=True)
    tokens = set(protected.values_list("token", flat=True))
    if not tokens:
        return tokens
    open_to = protected.filter(Q(named=viewer.membership) | Q(openings__membership=viewer.membership, openings__until__gt=now))
    return tokens - set(open_to.values_list("token", flat=True))


def age(born: datetime.date | None) -> int | None:
    from virtualschool.years import age_on

    return None if born is None else age_on(born, clock.today())

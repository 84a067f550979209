"""Who joined, left and moved: between two rolls, and between the newest return and the roll."""

import datetime
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from virtualschool.store import Snapshot
from virtualschool.web import children, clock, stores
from virtualschool.web.models import RollEntry, RollFile
from virtualschool.web.permissions import Viewer

NO_SCHOOL = "no school place"


@dataclass(frozen=True)
class Change:
    """One child who joined, left, or has something that is another now. `before` and `after` are words."""

    token: str
    name: str
    before: str = ""
    after: str = ""
    since: datetime.date | None = None
    opens: bool = True
    """Whether the child can be opened: one who was only ever on an earlier roll can not."""


@dataclass(frozen=True)
class Changes:
    """What is another on the roll than on what was before it."""

    since: datetime.date
    joined: list[Change]
    left: list[Change]
    moves: dict[str, list[Change]]

    @property
    def any(self) -> bool:
        return bool(self.joined or self.left or any(self.moves.values()))


def since_last_roll(viewer: Viewer) -> Changes | None:
    """Between the newest roll and the one before it; None where there are not two."""
    rolls = rolls_of(viewer.la)[:2]
    if len(rolls) < 2:
        return None
    now, before = (_entries(file, viewer) for file in rolls)
    openable = {child.token for child in children.of(viewer)}
    school = {token: named(entry) for token, entry in now.items()}
    was = {token: named(entry) for token, entry in before.items()}
    both = [token for token in now if token in before]
    moves = {
        "School": _moves(now, [t for t in both if now[t].school != before[t].school], was, school),
        "Placement": _moves(
            now,
            [t for t in both if _placement(now[t]) != _placement(before[t])] if viewer.may_read("placement") else [],
            {token: _where(entry) for token, entry in before.items()},
            {token: _where(entry) for token, entry in now.items()},
            {token: entry.placement_began for token, entry in now.items()},
        ),
        "Social worker": _moves(
            now,
            [t for t in both if now[t].social_worker != before[t].social_worker],
            {token: entry.social_worker or "nobody named" for token, entry in before.items()},
            {token: entry.social_worker or "nobody named" for token, entry in now.items()},
        ),
    }
    return Changes(
        rolls[1].as_of,
        _ordered(Change(t, shown(now[t]), after=school[t], since=now[t].entered_care) for t in now if t not in before),
        _ordered(Change(t, shown(before[t]), before=was[t], opens=t in openable) for t in before if t not in now),
        moves,
    )


def since_return(viewer: Viewer) -> Changes | None:
    """Between the newest return and the newest roll; None where either is missing."""
    rolls, held = rolls_of(viewer.la)[:1], stores.snapshot()
    year = stores.newest_year(held, viewer.la)
    if not rolls or year is None:
        return None
    end = datetime.date(year, 3, 31)
    now = _entries(rolls[0], viewer)
    may_see = {child.token: child for child in children.of(viewer) if child.la == viewer.la}
    rows = {t: row for t, row in stores.children_rows(held, viewer.la).items() if t in may_see and row["year"] == year}
    then = {token: row for token, row in rows.items() if row["at_31_march"]}
    schools = school_names()
    known = [token for token in now if token in then and then[token]["school"]]
    moved = [token for token in known if now[token].school != then[token]["school"]]
    placed = [t for t in now if t in then and (began := now[t].placement_began) and began > end] if viewer.may_read("placement") else []
    return Changes(
        end,
        _ordered(Change(t, shown(now[t]), after=named(now[t]), since=now[t].entered_care) for t in now if t not in then),
        _ordered(Change(t, may_see[t].name, before=_of_urn(schools, row["school"])) for t, row in then.items() if t not in now),
        {
            "School": _moves(
                now,
                moved,
                {token: _of_urn(schools, then[token]["school"]) for token in moved},
                {token: named(now[token]) for token in moved},
            ),
            "Placement": _moves(
                now,
                placed,
                {token: then[token]["placement_type"] or "" for token in placed},
                {token: _where(now[token]) for token in placed},
                {token: now[token].placement_began for token in placed},
            ),
        },
    )


def rolls_of(la: str) -> list[RollFile]:
    """The rolls of an authority up to today, the newest first."""
    return list(RollFile.objects.filter(la=la, as_of__lte=clock.today()).order_by("-as_of"))


def school_names() -> dict[str, str]:
    """The name of each school that the store holds, by URN."""
    return _school_names(stores.snapshot())


@functools.lru_cache(maxsize=4)
def _school_names(held: Snapshot) -> dict[str, str]:
    return {urn: row["name"] for urn, row in stores.schools(held).items()}


def shown(entry: RollEntry) -> str:
    return entry.preferred_name or entry.name


def named(entry: RollEntry) -> str:
    """The school of an entry in words."""
    return entry.school_name or (f"URN {entry.school}" if entry.school else NO_SCHOOL)


def _of_urn(schools: Mapping[str, str], urn: str | None) -> str:
    return schools.get(urn, f"URN {urn}") if urn else "school not known"


def _entries(file: RollFile, viewer: Viewer) -> dict[str, RollEntry]:
    """The entries of a roll that this viewer may see: protected children are on it for few."""
    kept = children.kept_from(viewer)
    return {entry.token: entry for entry in file.entries.all() if entry.token not in kept}


def _placement(entry: RollEntry) -> tuple[Any, ...]:
    return entry.placement, entry.home, entry.carer, entry.placement_began


def _where(entry: RollEntry) -> str:
    """The placement in words, without its address."""
    return ", ".join(filter(None, (entry.placement, entry.home or entry.carer))) or "not said"


def _moves(
    now: Mapping[str, RollEntry], tokens: Iterable[str], before: Mapping, after: Mapping, since: Mapping | None = None
) -> list[Change]:
    return _ordered(Change(t, shown(now[t]), before[t], after[t], (since or {}).get(t)) for t in tokens)


def _ordered(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.name.casefold(), change.token))

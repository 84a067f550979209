"""Packs for inspectors: what is in one is worked out once, as it is published, and stays."""

import datetime
import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from virtualschool import benchmarks, measures, publish
from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.publish.releases import Release
from virtualschool.reports.contents import HEADLINES
from virtualschool.store import Snapshot
from virtualschool.web import clock, events, links, stores
from virtualschool.web.actions import people
from virtualschool.web.models import Membership, OneTimeLink, Pack, Person
from virtualschool.web.permissions import Viewer
from virtualschool.years import label

LONGEST = 42
"""Days that a pack may be open: an inspection and the weeks around it; ours."""
YEARS = 5
"""Years in an annual table."""

SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "headlines": ("Headline figures beside England, the region and neighbours", HEADLINES),
    "attainment": (
        "Attainment by year",
        (
            "attainment_8",
            "progress_8",
            "english_maths_94",
            "english_maths_95",
            "ebacc_entered",
            "ks2_reading",
            "ks2_writing",
            "ks2_maths",
            "ks2_rwm",
        ),
    ),
    "attendance": (
        "Attendance and suspension by year",
        ("absence_rate", "persistent_absence", "severe_absence", "suspended_once_or_more", "suspension_rate", "permanent_exclusion_rate"),
    ),
    "needs": ("Needs and wellbeing by year", ("sen_support", "ehcp", "sdq_score", "sdq_coverage")),
    "placements": ("Placements by year", ("placements_3_plus", "placement_stability")),
    "leavers": ("Care leavers by year", ("leavers_eet", "leavers_neet", "leavers_suitable", "leavers_in_touch")),
}
"""What a pack may hold: the words of each section, and its measures."""


def make(by: Viewer, name: str, sections: Sequence[str], days: int) -> Pack:
    """A pack of chosen sections, fixed to the snapshot of now, open for some days.

    Its figures are published for the public, as a release: hidden and rounded as DfE does, and held against what was released before.
    Raises WrongUse for no section, no name or too many days.
    """
    chosen = [one for one in SECTIONS if one in sections]
    if not chosen:
        raise WrongUse("Sections", "none is chosen.", "Choose what the pack holds.")
    if not name.strip():
        raise WrongUse("Name", "it is empty.", "Give the pack a name that says what it is for.")
    if not 1 <= days <= LONGEST:
        raise WrongUse("Days", f"{days} is not from 1 to {LONGEST}.", "Choose how long it is open.")
    snapshot = stores.snapshot()
    year = stores.newest_year(snapshot, by.la)
    if year is None:
        raise WrongUse("Pack", "no return of your authority is held.", "Load one on the page Data first.")
    key = secrets.token_urlsafe(16)
    pages = _pages(snapshot, by, key, chosen, year)
    with transaction.atomic():
        made = Pack.objects.create(
            key=key,
            la=by.la,
            name=name.strip(),
            sections=chosen,
            year=year,
            snapshot=snapshot.name,
            pages=pages,
            sha256=digest(pages),
            made_by=by.person,
            until=clock.now() + datetime.timedelta(days=days),
        )
        _note(by, "made pack", made, sections=chosen)
    return made


def let_in(by: Viewer, pack: Pack, name: str) -> tuple[OneTimeLink, str]:
    """An inspector's link to a pack, and its secret. It works until the pack ends."""
    _own(by, pack)
    if not name.strip():
        raise WrongUse("Name", "it is empty.", "Write who the link is for: their name stands on each page.")
    if not pack.is_open():
        raise WrongUse("Pack", "it is closed.", "Make another.")
    with transaction.atomic():
        person = Person.objects.create_user(f"{secrets.token_hex(8)}@{people.LINKED}", name.strip())
        ends = pack.until.astimezone(clock.LONDON).date() + datetime.timedelta(days=1)
        today = clock.today()
        membership = Membership.objects.create(
            person=person,
            role="inspector",
            la=by.la,
            starts=today,
            ends=max(ends, today + datetime.timedelta(days=1)),
            confirmed=today,
            given_by=by.person,
        )
        link, secret = links.make(membership, pack.key, links.PACK, pack.until, by.person)
        _note(by, "made link", pack, to=person.name)
    return link, secret


def withdraw(by: Viewer, pack: Pack, link: OneTimeLink) -> None:
    _own(by, pack)
    link.ended = clock.now()
    link.save(update_fields=["ended"])
    _note(by, "withdrew link", pack)


def close(by: Viewer, pack: Pack) -> None:
    """Closes a pack: its links open nothing any more."""
    _own(by, pack)
    now = clock.now()
    with transaction.atomic():
        pack.closed = now
        pack.save(update_fields=["closed"])
        links_of(pack).filter(ended__isnull=True).update(ended=now)
        _note(by, "closed pack", pack)


def links_of(pack: Pack):
    return OneTimeLink.objects.filter(purpose=links.PACK, token=pack.key).select_related("membership__person").order_by("made")


def may_read(viewer: Viewer, key: str) -> Pack | None:
    """A pack for who may read it: people of the authority who make packs, and an inspector whose link is for it, while it is open."""
    pack = Pack.objects.filter(key=key, la=viewer.la).first() if viewer.la else None
    if pack is None:
        return None
    if viewer.may("packs", "change") and viewer.link is None:
        return pack
    is_theirs = viewer.link is not None and viewer.link.purpose == links.PACK and viewer.link.token == key
    return pack if is_theirs and pack.is_open() else None


def digest(pages: list[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(pages, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _pages(snapshot: Snapshot, by: Viewer, key: str, chosen: Sequence[str], year: int) -> list[dict[str, Any]]:
    engine = stores.engine(snapshot)
    release = Release(snapshot, engine, f"pack {key}", "pack")
    made: list[dict[str, Any]] = []
    for one in chosen:
        title, names = SECTIONS[one]
        asked: dict[str, Any] = {"la": by.la}
        if one == "headlines":
            asked["compare"] = "england,region,neighbours"
        else:
            asked["year"] = f"{year - YEARS + 1}-{year}"
        try:
            request = benchmarks.parse(engine, list(names), **asked)
            found = benchmarks.figures(engine, snapshot.manifest, request)
            published = publish.publish(found, "public", who=by.email, beside=release.of(request))
        except VirtualSchoolError as fault:
            made.append({"title": title, "headings": [], "rows": [], "notes": [str(fault)]})
            continue
        lay = _headlines if one == "headlines" else _by_year
        headings, rows, notes = lay(published, names)
        made.append({"title": title, "headings": headings, "rows": rows, "notes": [*published.marks_in_words(), *notes]})
    release.enter()
    return made


def _headlines(published: publish.Published, names: Sequence[str]) -> tuple[list[str], list[list[str]], list[str]]:
    headings = ["Measure", "Year", "Children", "Figure", "Likely between", "England", "Region", "Neighbours"]
    rows = []
    for row in sorted(published.rows, key=lambda row: names.index(row["measure"])):
        text = lambda key, row=row: published.text(row, key)  # noqa: E731
        between = f"{text('low')} and {text('high')}" if row["low"] is not None else "–"
        rows.append(
            [_title(row["measure"]), label(row["year"]), text("pupils"), text("value"), between]
            + [text(f"{one}_value") or "–" for one in ("england", "region", "neighbours")]
        )
    return headings, rows, _notes(published)


def _by_year(published: publish.Published, names: Sequence[str]) -> tuple[list[str], list[list[str]], list[str]]:
    years = sorted({row["year"] for row in published.rows})
    cells = {(row["measure"], row["year"]): published.text(row) for row in published.rows}
    rows = [[_title(name), *(cells.get((name, year), "–") or "–" for year in years)] for name in names]
    return ["Measure", *(label(year) for year in years)], rows, _notes(published)


def _title(name: str) -> str:
    measure = measures.named(name)
    return f"{measure.title} ({'%' if measure.unit == 'percent' else measure.unit})"


def _notes(published: publish.Published) -> list[str]:
    """Each note once, in the order in which they stand."""
    return list(dict.fromkeys(_each_note(published)))


def _each_note(published: publish.Published) -> Iterator[str]:
    for row in published.rows:
        if row.get("note"):
            yield f"{measures.named(row['measure']).title}, {label(row['year'])}: {row['note']}"


def _own(by: Viewer, pack: Pack) -> None:
    if pack.la != by.la or not by.la:
        raise WrongUse("Pack", "there is none of that name in your authority.", "Choose one from the list.")


def _note(by: Viewer, action: str, pack: Pack, **detail: Any) -> None:
    events.add(
        action=action,
        person=by.email,
        role=by.membership.role if by.membership else "",
        la=by.la,
        kind="packs",
        detail={"pack": pack.pk, **detail},
    )

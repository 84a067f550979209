"""Loading the weekly roll: each row becomes an entry under the child's token, and a roll of the same day is replaced."""

import datetime
import hashlib
from dataclasses import asdict
from typing import Any

from django.db import transaction

from virtualschool.errors import Finding, VirtualSchoolError, WrongUse
from virtualschool.link.naming import opaque, store_key
from virtualschool.read import roll
from virtualschool.web import clock, events, stores
from virtualschool.web.models import Person, RollEntry, RollFile

OLDEST = datetime.timedelta(days=366)
"""How far back a roll may be: last year's, to see who came and went; ours."""
SHOWN = 1_000
"""Findings that are kept with a file; more of them say the same."""


def load(request: Any, content: bytes, name: str, as_of: datetime.date) -> RollFile:
    """The roll of a day from a file that someone sends. Raises WrongUse for a day that cannot be, and Unreadable for what is no roll."""
    today = clock.today()
    if not today - OLDEST <= as_of <= today:
        raise WrongUse("Day of the roll", "it is not within the year to today.", "Give the day on which the list was made.")
    file = keep(request.viewer.la, content, name, as_of, request.viewer.person)
    detail = {"read": file.read, "kept": file.kept, "set_aside": file.set_aside, "findings": len(file.findings), "as_of": as_of.isoformat()}
    events.record(request, "loaded", "roll", **detail)
    return file


def keep(la: str, content: bytes, name: str, as_of: datetime.date, person: Person | None = None) -> RollFile:
    """The roll that a file makes, kept in the place of another of the same day."""
    found = roll.read(content, _harmless(name), la, as_of, _code)
    entries = _entries(la, found, _harmless(name))
    with transaction.atomic():
        RollFile.objects.filter(la=la, as_of=as_of).delete()
        file = RollFile.objects.create(
            la=la,
            as_of=as_of,
            sha256=hashlib.sha256(content).hexdigest(),
            loaded_by=person,
            read=found.read,
            kept=len(entries),
            set_aside=found.read - len(entries),
            findings=[asdict(finding) for finding in sorted(found.findings, key=lambda one: (one.row, one.column))[:SHOWN]],
        )
        for entry in entries:
            entry.file = file
        RollEntry.objects.bulk_create(entries)
    return file


def renew_everywhere() -> int:
    """Renews the tokens of every authority's rolls; how many were others."""
    return sum(renew_tokens(la) for la in RollFile.objects.order_by("la").values_list("la", flat=True).distinct())


def renew_tokens(la: str) -> int:
    """Gives the entries of an authority's rolls the tokens of the snapshot that is current now; how many had another.

    For after a build: a child whom only the roll knew may stand in a return now, or be linked to a pupil who was in care elsewhere first.
    """
    known, key = _known(la), store_key(stores.store().path / "records")
    changed = []
    for entry in RollEntry.objects.filter(la=la):
        token = _token(key, la, entry.child, known.get(entry.child))
        if token != entry.token:
            entry.token = token
            changed.append(entry)
    RollEntry.objects.bulk_update(changed, ["token"], batch_size=500)
    RollFile.objects.filter(la=la).update(changed=clock.now())
    return len(changed)


def _entries(la: str, found: roll.Roll, name: str) -> list[RollEntry]:
    known, key = _known(la), store_key(stores.store().path / "records")
    made: dict[str, RollEntry] = {}
    for row in found.rows:
        values = {**row.values, "school": row.values["school_urn"]}
        del values["school_urn"]
        seen = known.get(values["child"])
        token = _token(key, la, values["child"], seen)
        if seen and seen["dob"] and values["dob"] and seen["dob"] != values["dob"]:
            # Joined under a wrong identifier, two children would become one.
            wrong = "the date of birth is another than in the return under this identifier."
            do = "Correct the one that is wrong; until then the row is set aside."
            found.findings.append(Finding(name, row.number, "dob", wrong, do, "identity", la))
        elif token in made:
            wrong, do = "this is a child who stands above under another identifier.", "Leave one row for each child; this one is set aside."
            found.findings.append(Finding(name, row.number, "child", wrong, do, "twice", la))
        else:
            if seen and seen["sealed"]:
                wrong = "the return says that this child was adopted, and the record before the order is sealed."
                do = "If the child has left care, take the row out. Here it begins a record of its own."
                found.findings.append(Finding(name, row.number, "child", wrong, do, "sealed", la))
            made[token] = RollEntry(token=token, **values)
    return list(made.values())


def _known(la: str) -> dict[str, dict[str, Any]]:
    """Of each child of the authority's returns: token and date of birth of the newest row, whether it is sealed, and how many orders of
    adoption there were."""
    held = stores.snapshot()
    query = """
        WITH ordered AS (
            SELECT child, count(DISTINCT coalesce(dec, decom))::INTEGER AS orders
            FROM episodes WHERE la = ? AND rec IN ('E11', 'E12') GROUP BY child
        )
        SELECT child, token, dob, coalesce(orders, 0) AS orders FROM children LEFT JOIN ordered USING (child) WHERE la = ?
        QUALIFY row_number() OVER (PARTITION BY child ORDER BY year DESC) = 1
    """
    sealed = stores.sealed(held)
    return {row["child"]: {**row, "sealed": row["token"] in sealed} for row in stores.engine(held).rows(query, [la, la])}


def _token(key: bytes, la: str, child: str, seen: dict[str, Any] | None) -> str:
    """The token of the newest row of the return. Of a child in no return, what its first return will give; of one who was adopted, what
    the next return would (cohort/token)."""
    if seen is None:
        return opaque(key, la, child, 0)
    return opaque(key, la, child, max(1, seen["orders"])) if seen["sealed"] else seen["token"]


def _code(said: str) -> str:
    try:
        found = stores.places().find_authority(said)
    except (VirtualSchoolError, OSError):
        found = None
    return found.la if found else said


def _harmless(name: str) -> str:
    """What findings call the file: people name files after children."""
    return "the roll" if not name.lower().endswith(".csv") else "roll.csv"

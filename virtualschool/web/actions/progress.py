"""A child's progress: written, corrected, withdrawn; shared out of a home by decision; filled documents kept or discarded.

Who may write which kind is in `progress_ways.toml`; who sees how delicate a kind is in `roles.toml` (columns `progress_…`). What a home
records of sexual health, drugs or restraint is seen by that home alone, until a decision to share it is recorded. Events bear kinds and
numbers, never what was written.
"""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet

from virtualschool.errors import WrongUse
from virtualschool.plans import progress
from virtualschool.plans.progress_ways import Kind, Way, kinds, values_of
from virtualschool.reports.forms import reading
from virtualschool.web import clock, events
from virtualschool.web.children import Child
from virtualschool.web.models import HomeRecord, ProgressFile, ProgressRecord, ProgressShare
from virtualschool.web.permissions import Viewer

SHARED_WITH = ("head", "team", "social_worker", "reviewing_officer", "personal_adviser", "teacher", "carer")
"""Roles with whom a home can share a record that stays in it."""
LARGEST = 5_000_000
LEAST_REASON = 10


# --- Who may do what ---


def home_of(viewer: Viewer) -> str:
    """The home whose staff a viewer is; empty for everybody else."""
    if viewer.role is None or viewer.role.scope != "home" or viewer.membership is None:
        return ""
    return viewer.membership.home


def keeps_home_records(viewer: Viewer) -> bool:
    return bool(home_of(viewer)) and viewer.may("home_records")


def may_write(viewer: Viewer, kind: Kind, child: Child | None = None) -> bool:
    """Whether a viewer records this kind: about a child of the own authority or school, or about the own home."""
    if viewer.role is None or viewer.role.name not in kind.writes or not viewer.may("progress", "change"):
        return False
    if kind.about == "home" or kind.always_stays_home:
        return keeps_home_records(viewer)
    return child is None or child.la == viewer.la or viewer.role.scope == "school"


def writable(viewer: Viewer, child: Child) -> list[Kind]:
    return [one for one in kinds().values() if one.about == "child" and may_write(viewer, one, child)]


def may_see_kind(viewer: Viewer, kind: Kind) -> bool:
    return viewer.may_read(f"progress_{kind.name}")


def is_open(viewer: Viewer, way: Way) -> bool:
    """Whether something can be said of a way to this viewer: they see, or write themselves, every kind of record that it rests on."""
    role = viewer.role
    if role is None or home_of(viewer) or role.name == "child":
        return role is not None
    return all(may_see_kind(viewer, kinds()[name]) or role.name in kinds()[name].writes for name in way.needs)


def sees_all(viewer: Viewer, kind: str) -> bool:
    """Whether a viewer sees what others wrote of a kind too. Who does not is told of nothing that it is missing or due."""
    return bool(home_of(viewer)) or may_see_kind(viewer, kinds()[kind])


def may_see(viewer: Viewer, row: ProgressRecord, shared: Mapping[int, frozenset[str]]) -> bool:
    """Whether a viewer sees a record. `shared` holds, by the series of a record, the roles that it is shared with."""
    role, own = viewer.role, home_of(viewer)
    if role is None:
        return False
    if own:  # Another home's records are not this one's, whoever lives here now.
        return row.home == own or (not row.home and may_see_kind(viewer, kinds()[row.kind]))
    if row.stays_home:
        return role.name in shared.get(row.series or row.pk, frozenset())
    if role.name == "child" or (viewer.person is not None and row.made_by_id == viewer.person.pk):
        return True  # It is the child's own; a child is shown it in words of theirs. And who wrote something may read it.
    return may_see_kind(viewer, kinds()[row.kind])


# --- What stands ---


def records_of(viewer: Viewer, child: Child) -> list[ProgressRecord]:
    """The records of a child that stand, as far as this viewer may see them, oldest first."""
    return seen_of(viewer, child.la, [child.token]).get(child.token, [])


def seen_of(viewer: Viewer, la: str, tokens: Iterable[str]) -> dict[str, list[ProgressRecord]]:
    """By child: the records that stand and that this viewer may see."""
    listed = list(tokens)
    rows = standing(ProgressRecord.objects.filter(la=la, token__in=listed))
    shared = shares_of(la, listed) if any(row.stays_home for row in rows) else {}
    found: dict[str, list[ProgressRecord]] = {}
    for row in rows:
        if may_see(viewer, row, shared):
            found.setdefault(row.token, []).append(row)
    return found


def standing(rows: QuerySet) -> list[Any]:
    """The newest row of each record that was not withdrawn, by day."""
    newest: dict[int, Any] = {}
    for row in rows.order_by("pk"):
        newest[row.series or row.pk] = row
    return sorted((row for row in newest.values() if not row.withdrawn and row.kind in kinds()), key=lambda row: (row.on, row.pk))


def shares_of(la: str, tokens: Iterable[str]) -> dict[int, frozenset[str]]:
    """By the series of a record: the roles that see it by decisions that hold."""
    found: dict[int, frozenset[str]] = {}
    for one in ProgressShare.objects.filter(la=la, token__in=list(tokens), ended__isnull=True, refused=False):
        found[one.series] = found.get(one.series, frozenset()) | frozenset(one.roles)
    return found


def open_to(viewer: Viewer, rows: QuerySet) -> QuerySet:
    """Rows of a child's whole file without what stays in a home, unless it is shared with the viewer's role."""
    if rows.model not in (ProgressRecord, ProgressShare, ProgressFile):
        return rows
    role, shares = viewer.role.name if viewer.role else "", ProgressShare.objects.filter(ended__isnull=True, refused=False)
    mine = [one for one in shares.filter(la=viewer.la) if role in one.roles]
    if rows.model is ProgressShare:
        return rows.filter(pk__in=[one.pk for one in mine])
    if rows.model is ProgressFile:
        return rows.filter(stays_home=False)
    return rows.filter(Q(stays_home=False) | Q(series__in=[one.series for one in mine]))


def home_records(viewer: Viewer, kind: str = "") -> list[HomeRecord]:
    """What the viewer's home recorded about itself."""
    if not keeps_home_records(viewer):
        return []
    rows = HomeRecord.objects.filter(la=viewer.la, home=home_of(viewer))
    return standing(rows.filter(kind=kind) if kind else rows)


def as_record(row: ProgressRecord | HomeRecord) -> progress.Record:
    return progress.Record(row.kind, row.values, row.series or row.pk, row.by)


def series_rows(row: ProgressRecord) -> list[ProgressRecord]:
    """Every row of a record, the newest first."""
    first = row.series or row.pk
    return list(ProgressRecord.objects.filter(la=row.la, token=row.token, series=first).order_by("-pk"))


# --- Writing ---


def write(
    request: Any, child: Child, kind: Kind, said: Mapping[str, Any], before: ProgressRecord | None = None, why: str = ""
) -> ProgressRecord:
    """A new record; or the record `before` as it is from now on, with the reason. Raises WrongUse for what cannot be kept."""
    viewer = request.viewer
    if not may_write(viewer, kind, child):
        raise WrongUse("Record", "you do not write records of this kind.", "Ask who cares for the child, or the Virtual School.")
    if before is not None:
        _own(viewer, before)
        _reason(why)
    values, wrong = values_of(kind, said, clock.today())
    if wrong:
        raise WrongUse(kind.field(wrong[0].field).ask, wrong[0].wrong, wrong[0].do)
    row = ProgressRecord(
        la=child.la, token=child.token, home=home_of(viewer), kind=kind.name, on=kind.on(values), values=values, why=why.strip()
    )
    # What once stayed in the home goes on to do so when it is corrected. A family has no such records of its own.
    row.stays_home = bool(row.home) and (kind.stays_home(values) or (before is not None and before.stays_home))
    _keep(viewer, row, before)
    events.record(request, "corrected" if before else "recorded", "progress", token=child.token, **_told(row))
    return row


def withdraw(request: Any, child: Child, row: ProgressRecord, why: str) -> None:
    """Takes a record back; it stays in the history with the reason."""
    _own(request.viewer, row)
    _reason(why)
    again = ProgressRecord(
        la=row.la, token=row.token, home=row.home, kind=row.kind, on=row.on, values=row.values, stays_home=row.stays_home
    )
    again.withdrawn, again.why = True, why.strip()
    _keep(request.viewer, again, row)
    events.record(request, "withdrew", "progress", token=child.token, **_told(again))


def write_home(request: Any, kind: Kind, said: Mapping[str, Any]) -> HomeRecord:
    """A new record of the viewer's home about itself."""
    viewer = request.viewer
    if kind.about != "home" or not may_write(viewer, kind):
        raise WrongUse("Record", "it is the home's own.", "Ask the home.")
    values, wrong = values_of(kind, said, clock.today())
    if wrong:
        raise WrongUse(kind.field(wrong[0].field).ask, wrong[0].wrong, wrong[0].do)
    row = HomeRecord(la=viewer.la, home=home_of(viewer), kind=kind.name, on=kind.on(values), values=values)
    _keep(viewer, row, None)
    events.record(request, "recorded", "home_records", kind_of_record=kind.name)
    return row


def may_change(viewer: Viewer, row: ProgressRecord) -> bool:
    """Whether a viewer corrects or withdraws a record: the home that wrote it, the person who did, and the Virtual School what is not a
    home's."""
    if not viewer.may("progress", "change") or viewer.role is None or row.withdrawn:
        return False
    own = home_of(viewer)
    if own or row.home:
        return own == row.home
    return (viewer.person is not None and row.made_by_id == viewer.person.pk) or viewer.role.name in ("head", "team")


def _own(viewer: Viewer, row: ProgressRecord) -> None:
    if not may_change(viewer, row):
        raise WrongUse("Record", "it is not yours to change.", "Ask who wrote it.")


def _reason(why: str) -> None:
    if not why.strip():
        raise WrongUse("Reason", "it is empty.", "Say why it is changed.")


def _keep(viewer: Viewer, row: ProgressRecord | HomeRecord, before: ProgressRecord | None) -> None:
    row.made_by, row.by = viewer.person, by_words(viewer)
    with transaction.atomic():
        row.series = (before.series or before.pk) if before is not None else None
        row.save(force_insert=True)
        if row.series is None:
            row.series = row.pk
            row.save(update_fields=["series"])


def by_words(viewer: Viewer) -> str:
    role = viewer.role.words.lower() if viewer.role else ""
    return ", ".join(filter(None, (viewer.name, role, home_of(viewer))))


def _told(row: ProgressRecord) -> dict[str, Any]:
    """What an event says of a record: of one that stays in the home not even its kind, since heads read events."""
    return {"record": row.series or row.pk} | ({} if row.stays_home else {"kind_of_record": row.kind})


# --- Sharing what stays in the home ---


def may_decide(viewer: Viewer, row: ProgressRecord) -> bool:
    """Whether a viewer decides about sharing a record: the home that wrote it, and nobody else."""
    return row.stays_home and keeps_home_records(viewer) and viewer.may("home_records", "change") and row.home == home_of(viewer)


def decide(request: Any, child: Child, row: ProgressRecord, roles: Iterable[str], why: str) -> ProgressShare:
    """A decision to share a record with some roles; with none, a decision not to. Raises WrongUse without a reason."""
    viewer, chosen = request.viewer, [one for one in SHARED_WITH if one in set(roles)]
    if not may_decide(viewer, row):
        raise WrongUse("Record", "you do not decide about sharing it.", "Ask the home that wrote it.")
    if len(why.strip()) < LEAST_REASON:
        raise WrongUse("Reason", "it is too short.", "Say why it is shared or not, and what the child thinks of it.")
    made = ProgressShare.objects.create(
        la=row.la,
        token=row.token,
        series=row.series or row.pk,
        roles=chosen,
        refused=not chosen,
        why=why.strip(),
        made_by=viewer.person,
        by=by_words(viewer),
    )
    told = {"record": made.series, "decision": made.pk, "roles": chosen}
    events.record(request, "decided not to share" if made.refused else "shared", "home_records", token=child.token, **told)
    return made


def end_share(request: Any, child: Child, row: ProgressRecord, share: ProgressShare) -> None:
    """From now on nobody sees the record by this decision."""
    if not may_decide(request.viewer, row) or share.ended is not None or share.series != (row.series or row.pk):
        raise WrongUse("Decision", "it is not yours to end, or has ended.", "Look at the record again.")
    share.ended, share.ended_by = clock.now(), request.viewer.person
    share.save(update_fields=["ended", "ended_by"])
    events.record(request, "ended sharing", "home_records", token=child.token, record=share.series, decision=share.pk)


# --- Filled documents ---


def bring(request: Any, file: UploadedFile, child: Child | None) -> ProgressFile:
    """What a filled document says, for a person to decide about. Raises WrongUse or Unreadable where it cannot be taken at all."""
    viewer = request.viewer
    if (file.size or 0) > LARGEST:
        raise WrongUse("The document", "it is larger than 5 MB.", "Send the document alone, without pictures.")
    content = file.read()
    found = reading.read(content, clock.today())
    about = "home" if child is None else "child"
    if found.document.about != about:
        where = "the home's page" if found.document.about == "home" else "the child's page"
        raise WrongUse("The document", f"it is about a {found.document.about}.", f"Bring it on {where}.")
    if found.key and found.key != key_of(viewer, child):
        raise WrongUse("The document", "it was made for another child, home or authority.", "Bring it on the page it was downloaded from.")
    sha = hashlib.sha256(content).hexdigest()
    token = child.token if child is not None else ""
    if ProgressFile.objects.filter(la=viewer.la, token=token, home=home_of(viewer), sha256=sha, state="kept").exists():
        raise WrongUse("The document", "it was brought and kept before.", "Bring one that has something new.")
    entries, findings = [], [asdict(one) for one in found.findings]
    known = [dict(row.values) for row in (records_of(viewer, child) if child is not None else home_records(viewer))]
    account = {one.kind: one for one in found.account}
    for entry in found.entries:
        wrong, do = "", ""
        if not may_write(viewer, kinds()[entry.kind], child):
            wrong, do = "you do not write records of this kind", "Ask who cares for the child, or the Virtual School."
        elif dict(entry.values) in known:
            wrong, do = "it is recorded already, in the same words", "Nothing has to be done."
        if wrong:
            place = f"{kinds()[entry.kind].title}, entry {entry.number}"
            findings.append({"column": place, "row": entry.number, "wrong": f"{wrong}; the entry is set aside.", "do": do})
            account[entry.kind].kept -= 1
            account[entry.kind].set_aside += 1
        else:
            entries.append({"kind": entry.kind, "values": dict(entry.values)})
    made = ProgressFile.objects.create(
        la=viewer.la,
        token=token,
        home=home_of(viewer),
        document=found.document.name,
        sha256=sha,
        about={name: str(value)[:200] for name, value in found.about.items() if name in ("by", "on", "child_took_part", "child_has_seen")},
        account=[asdict(one) for one in found.account],
        findings=[{"column": one["column"], "row": one["row"], "wrong": one["wrong"], "do": one["do"]} for one in findings],
        nothing=list(found.nothing),
        held=entries,
        # A home's document may hold anything, so until it is decided about it is the home's alone.
        stays_home=bool(home_of(viewer)),
        made_by=viewer.person,
    )
    events.record(request, "read document", "progress", token=token, file=made.pk, entries=len(entries), findings=len(findings))
    return made


def key_of(viewer: Viewer, child: Child | None) -> str:
    """By what a document for a child or home is known again. A home is not named, only what stands for it."""
    if child is not None:
        return f"{child.token} {child.la}"
    home = home_of(viewer)
    return f"home-{hashlib.sha256(home.encode()).hexdigest()[:12]} {viewer.la}" if home else ""


def files_of(viewer: Viewer, child: Child | None) -> QuerySet:
    """The filled documents that a viewer may decide about and look at: of the own home, or those that no home brought."""
    rows = ProgressFile.objects.filter(la=viewer.la, token=child.token if child is not None else "", home=home_of(viewer))
    office = viewer.role is not None and viewer.role.name in ("head", "team")
    return rows if home_of(viewer) or office else rows.filter(made_by=viewer.person)


def keep_file(request: Any, file: ProgressFile, child: Child | None) -> int:
    """Writes what a document says; how many records. Raises WrongUse where that was decided before."""
    _undecided(file)
    with transaction.atomic():
        held = file.held
        for one in held:
            kind = kinds()[one["kind"]]
            row = write(request, child, kind, one["values"]) if child is not None else write_home(request, kind, one["values"])
            if isinstance(row, ProgressRecord):
                row.file = file
                row.save(update_fields=["file"])
        _decide(request, file, "kept", records=len(held))
    return len(held)


def discard_file(request: Any, file: ProgressFile) -> None:
    _undecided(file)
    _decide(request, file, "discarded")


def _undecided(file: ProgressFile) -> None:
    if file.state != "read":
        raise WrongUse("The document", "it is decided what becomes of it.", "Bring it again if that was wrong.")


def _decide(request: Any, file: ProgressFile, state: str, **detail: Any) -> None:
    file.state, file.held, file.decided, file.decided_by = state, [], clock.now(), request.viewer.person
    file.save()
    events.record(request, f"{state} document", "progress", token=file.token, file=file.pk, **detail)


# --- The whole ---


def began(child: Child) -> datetime.date | None:
    """The day on which the child came to where they live now; else the day on which this time in care began."""
    entry = child.entry
    if entry is not None and (entry.placement_began or entry.entered_care):
        return entry.placement_began or entry.entered_care
    return child.row.get("period_start")


def summary_of(viewer: Viewer, child: Child, rows: Iterable[ProgressRecord] | None = None) -> progress.Summary:
    held = records_of(viewer, child) if rows is None else rows
    return progress.summary([as_record(row) for row in held], began(child), clock.today())

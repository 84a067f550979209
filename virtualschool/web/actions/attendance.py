"""Marks brought by file; an authority's thresholds; officers' cases; and that a child is missing. Each change leaves an event.

A missing report says since when and who told; where a child was last seen is written nowhere here.
"""

import datetime
import hashlib
import pathlib
import tempfile
from collections import defaultdict
from dataclasses import asdict
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404

from virtualschool.errors import WrongUse
from virtualschool.outcomes.marks import counted, monday_of
from virtualschool.outcomes.marks_watched import THRESHOLDS
from virtualschool.read import marks as reader
from virtualschool.web import children, clock, events
from virtualschool.web.actions.casework import owners
from virtualschool.web.children import Child
from virtualschool.web.models import (
    AttendanceFile,
    AttendanceThreshold,
    AttendanceWeek,
    Membership,
    MissingReport,
    OfficerCase,
    OfficerStep,
    WorkStamp,
)
from virtualschool.web.permissions import Viewer

SHOWN = 500


# --- Files ---


def read(request: Any, given: UploadedFile) -> AttendanceFile:
    """What a file of marks holds, for a person to decide about. Raises VirtualSchoolError where it cannot be taken at all."""
    viewer, content = request.viewer, given.read()
    sha = hashlib.sha256(content).hexdigest()
    if not (given.name or "").lower().endswith(".csv"):
        raise WrongUse("File", "it is no CSV.", "Save it as CSV (UTF-8) and bring that.")
    if AttendanceFile.objects.filter(la=viewer.la, sha256=sha, state="kept").exists():
        raise WrongUse("File", "it was brought and kept before.", "Bring one that has changed.")
    known = known_children(viewer.la)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "marks.csv"
        file.write_bytes(content)
        found = reader.read(file, clock.today(), known.get)
    dates = [day for _, day in found.days]
    made = AttendanceFile.objects.create(
        la=viewer.la,
        layout=found.layout,
        name="marks.csv",
        sha256=sha,
        read=found.read,
        kept=found.kept,
        set_aside=found.set_aside,
        first=min(dates, default=None),
        last=max(dates, default=None),
        findings=[asdict(one) for one in found.findings[:SHOWN]],
        held=[[token, day.isoformat(), *marks] for (token, day), marks in sorted(found.days.items())],
        made_by=viewer.person,
    )
    events.record(request, "read", "marks", file=made.pk, rows=made.read, findings=len(made.findings))
    return made


def keep(request: Any, file: AttendanceFile) -> int:
    """Writes the marks of a file into the weeks; how many children they are of. Days that were there take the file's marks."""
    with transaction.atomic():
        held = file.held
        weeks: dict[tuple[str, datetime.date], dict[str, tuple[str, str, str]]] = defaultdict(dict)
        for token, day, morning, afternoon, school in held:
            weeks[token, monday_of(datetime.date.fromisoformat(day))][day] = (morning, afternoon, school)
        _decide(request, file, "kept", days=len(held))
        there = {
            (one.token, one.monday): one for one in AttendanceWeek.objects.filter(la=file.la, monday__in={monday for _, monday in weeks})
        }
        new: list[AttendanceWeek] = []
        changed: list[AttendanceWeek] = []
        for (token, monday), days in weeks.items():
            week = there.get((token, monday)) or AttendanceWeek(la=file.la, token=token, monday=monday, made_by=request.viewer.person)
            write_week(week, days)
            week.file = file
            (changed if week.pk else new).append(week)
        AttendanceWeek.objects.bulk_create(new, batch_size=500)
        AttendanceWeek.objects.bulk_update(changed, ["marks", "school", "file", *COUNTS], batch_size=200)
        _again(file.la)
    return len({token for token, _ in weeks})


COUNTS = ("possible", "attended", "authorised", "unauthorised", "suspended", "part_time")


def write_week(week: AttendanceWeek, days: dict[str, tuple[str, str, str]]) -> None:
    """Puts marks of days into a week and counts it anew."""
    held = {day: (morning, afternoon) for day, morning, afternoon in week.marks}
    held |= {day: (morning, afternoon) for day, (morning, afternoon, _) in days.items()}
    week.marks = [[day, *marks] for day, marks in sorted(held.items())]
    week.school = next((school for *_, school in days.values() if school), week.school)
    found = counted([(datetime.date.fromisoformat(day), *marks) for day, *marks in week.marks])
    for name in COUNTS:
        setattr(week, name, getattr(found, name))


def discard(request: Any, file: AttendanceFile) -> None:
    _decide(request, file, "discarded")


def _decide(request: Any, file: AttendanceFile, state: str, **detail: Any) -> None:
    if file.state != "read":
        raise WrongUse("File", "it is decided what becomes of it.", "Bring it again if that was wrong.")
    file.state, file.held, file.decided, file.decided_by = state, [], clock.now(), request.viewer.person
    file.save()
    events.record(request, f"{state} file", "marks", file=file.pk, **detail)


def known_children(la: str) -> dict[str, str]:
    """The token of each child of an authority, by its identifier in the return and by the token itself."""
    found: dict[str, str] = {}
    for one in children.everyone(la):
        found[one.token] = one.token
        found[str(one.row.get("child") or getattr(one.entry, "child", ""))] = one.token
    return found


# --- Thresholds ---


def thresholds(la: str) -> dict[str, int]:
    """The thresholds of an authority: the newest of each name, else the default."""
    own = {one.name: one.value for one in AttendanceThreshold.objects.filter(la=la).order_by("made", "pk")}
    return {name: own.get(name, one.value) for name, one in THRESHOLDS.items()}


def set_thresholds(request: Any, wanted: dict[str, int]) -> None:
    """Writes those that differ. Raises WrongUse for a value that cannot be."""
    viewer, held = request.viewer, thresholds(request.viewer.la)
    for name, value in wanted.items():
        one = THRESHOLDS[name]
        if not one.least <= value <= one.most:
            raise WrongUse(one.words, f"it is not between {one.least} and {one.most} {one.unit}.", "Correct it.")
    changed = {name: value for name, value in wanted.items() if held[name] != value}
    AttendanceThreshold.objects.bulk_create(
        AttendanceThreshold(la=viewer.la, name=name, value=value, made_by=viewer.person) for name, value in changed.items()
    )
    _again(viewer.la)
    events.record(request, "set thresholds", "settings", thresholds=changed)


# --- Cases ---


def open_case(request: Any, child: Child, *, kind: str, why: str, aim: str, owner: Membership | None, review: datetime.date) -> OfficerCase:
    """A case, with who answers for it. Raises WrongUse where one of the kind is open, or the review is past."""
    _mine(request.viewer, child)
    if owner is not None and owner not in owners(child.la):
        raise Http404
    if review < clock.today():
        raise WrongUse("Review", "it is a day that is past.", "Give today or a day to come.")
    if OfficerCase.objects.filter(la=child.la, token=child.token, kind=kind, closed__isnull=True).exists():
        raise WrongUse("Kind", "there is an open case of this kind for the child.", "Add a step to that one.")
    made = OfficerCase.objects.create(
        token=child.token,
        la=child.la,
        kind=kind,
        why=why,
        aim=aim,
        owner=owner,
        review=review,
        opened=clock.today(),
        made_by=request.viewer.person,
    )
    _note(request, child, "opened a case", case=made.pk)
    return made


def step(
    request: Any, child: Child, case: OfficerCase, *, day: datetime.date, what: str, note: str, review: datetime.date | None
) -> OfficerStep:
    """Something done in a case, and its next review where that is said. Raises WrongUse in a closed case, or for a day to come."""
    _mine(request.viewer, child)
    if case.closed:
        raise WrongUse("Case", "it is closed.", "Open a new one.")
    if not case.opened <= day <= clock.today():
        raise WrongUse("Day", "it is before the case was opened, or a day to come.", "Give the day on which it was done.")
    with transaction.atomic():
        made = OfficerStep.objects.create(
            token=child.token, la=child.la, case=case, day=day, what=what, note=note, made_by=request.viewer.person
        )
        if review:
            case.review = review
            case.save(update_fields=["review"])
        _note(request, child, "noted a step", case=case.pk)
    return made


def close_case(request: Any, child: Child, case: OfficerCase, *, outcome: str, learned: str) -> None:
    """Closes a case with what came of it. Raises WrongUse without a word on it."""
    _mine(request.viewer, child)
    if case.closed:
        raise WrongUse("Case", "it is closed.", "There is nothing more to do.")
    if not learned.strip():
        raise WrongUse("What came of it", "it is empty.", "Say what changed, and by what that is known.")
    case.closed, case.outcome, case.learned = clock.today(), outcome, learned
    case.save(update_fields=["closed", "outcome", "learned"])
    _note(request, child, "closed a case", case=case.pk)


# --- Missing ---


def report_missing(request: Any, child: Child, *, since: datetime.date, told_by: str) -> MissingReport:
    """That a child is missing. Raises WrongUse where that is known, or for a day to come."""
    viewer = request.viewer
    if not viewer.may("missing", "change") or child.la != viewer.la:
        raise Http404
    if since > clock.today():
        raise WrongUse("Since", "it is a day to come.", "Give the day from which the child is missing.")
    if MissingReport.objects.filter(la=child.la, token=child.token, ended__isnull=True).exists():
        raise WrongUse("Missing", "it is on record already.", "Say when the child was found.")
    made = MissingReport.objects.create(token=child.token, la=child.la, since=since, told_by=told_by, made_by=viewer.person)
    _again(child.la)
    events.record(request, "reported", "missing", token=child.token)
    return made


def found_again(request: Any, child: Child, report: MissingReport, ended: datetime.date) -> None:
    viewer = request.viewer
    if not viewer.may("missing", "change") or child.la != viewer.la:
        raise Http404
    if not report.since <= ended <= clock.today():
        raise WrongUse("Found on", "it is before the child was missing, or a day to come.", "Give the day on which the child was found.")
    report.ended = ended
    report.save(update_fields=["ended"])
    _again(child.la)
    events.record(request, "ended", "missing", token=child.token)


# --- Small things ---


def _mine(viewer: Viewer, child: Child) -> None:
    if child.la != viewer.la or not viewer.may("casework", "change"):
        raise Http404


def _note(request: Any, child: Child, action: str, **detail: Any) -> None:
    _again(child.la)
    events.record(request, action, "casework", token=child.token, **detail)


def _again(la: str) -> None:
    """The worklist of an authority is made again when it is next looked at."""
    WorkStamp.objects.filter(la=la).delete()

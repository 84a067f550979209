"""Teachers' termly assessments: written for one child or a whole class at once, or brought by file. A change is a new row and an event."""

import datetime
import hashlib
import pathlib
import re
import tempfile
from dataclasses import asdict
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from virtualschool.errors import Finding, WrongUse
from virtualschool.plans.assessments import read_assessments
from virtualschool.web import children, clock, events
from virtualschool.web.actions.plans import OFFICE, may_write
from virtualschool.web.assessments_held import newest
from virtualschool.web.children import Child
from virtualschool.web.models import PlanFile, TeacherAssessment
from virtualschool.web.permissions import Viewer
from virtualschool.web.plan_dates import TermOfYear
from virtualschool.web.presenters import children_facts

__all__ = ["keep", "may_assess", "newest", "read", "write"]
LARGEST, MOST, SHOWN = 20_000_000, 20_000, 500
FIELDS = ("result", "baseline_phase", "from_phase", "baseline_entry", "from_entry", "why_not", "assessed_on")
AREAS = (
    "Communication and language",
    "Physical development",
    "Personal, social and emotional development",
    "Literacy",
    "Mathematics",
    "Understanding the world",
    "Expressive arts and design",
)
"""The areas of learning of the early years. Source: DfE, Statutory framework for the early years foundation stage."""
SUBJECTS = {
    "early_years": AREAS,
    "primary": ("Reading", "Writing", "Maths", "Science"),
    "secondary": ("English", "Maths", "Science"),
    "post_16": ("Main course", "English", "Maths"),
}
"""The subjects that are offered for each kind of plan; any other is written in."""


def may_assess(viewer: Viewer, child: Child) -> bool:
    """The designated teacher of the child's school, and the Virtual School."""
    return viewer.role is not None and viewer.role.name in ("teacher", *OFFICE) and may_write(viewer, child)


def write(request: Any, term: TermOfYear, said: list[tuple[Child, str, dict[str, Any]]]) -> int:
    """Keeps what is said of children in subjects of a term; how many rows changed. A row that says nothing takes back what was said.

    Raises WrongUse for a child whom the viewer does not assess, and a day to come.
    """
    viewer = request.viewer
    tokens = {child.token for child, _, _ in said}
    held = {(one.token, one.subject.casefold()): one for la in {child.la for child, _, _ in said} for one in newest(la, tokens, term)}
    made = []
    for child, subject, values in said:
        if not may_assess(viewer, child):
            raise WrongUse("Assessment", "you do not assess this child.", "Ask the school or the Virtual School.")
        if values.get("assessed_on") and values["assessed_on"] > clock.today():
            raise WrongUse("Day of the assessment", "it is a day to come.", "Give the day on which it was made.")
        before = held.get((child.token, subject.casefold()))
        now = {name: values.get(name) if values.get(name) is not None else ("" if name in TEXTS else None) for name in FIELDS}
        empty = not any(value not in ("", None) for name, value in now.items() if name != "assessed_on")
        if (before is None and empty) or (before is not None and not empty and all(getattr(before, name) == now[name] for name in FIELDS)):
            continue
        made.append(_row(child, term, subject, now, viewer, withdrawn=empty))
    with transaction.atomic():
        TeacherAssessment.objects.bulk_create(made)
        for token in sorted({one.token for one in made}):
            number = sum(one.token == token for one in made)
            events.record(request, "assessed", "plan", token=token, term=term.key, subjects=number)
    return len(made)


TEXTS = ("result", "baseline_phase", "baseline_entry", "why_not")


def _row(child: Child, term: TermOfYear, subject: str, values: dict[str, Any], viewer: Viewer, **more: Any) -> TeacherAssessment:
    by = f"{viewer.name}, {viewer.role.words.lower()}" if viewer.role else viewer.name
    return TeacherAssessment(
        la=child.la,
        token=child.token,
        school_year=term.school_year,
        term=term.name,
        year_group=str(children_facts.year_group(child) or "")[:3],
        subject=subject.strip()[:60],
        made_by=viewer.person,
        **{"by": by, **values, **more},
    )


# --- By file ---


def read(request: Any, files: list[UploadedFile]) -> PlanFile:
    """What a file of assessments holds, for a person to decide about. Raises WrongUse or Unreadable where it cannot be taken at all."""
    viewer = request.viewer
    if len(files) != 1 or (files[0].size or 0) > LARGEST:
        raise WrongUse("Files", "there is more than one, or it is larger than 20 MB.", "Bring one file of assessments at a time.")
    given = pathlib.PurePath(files[0].name or "").name
    name = re.sub(r"[^A-Za-z0-9._ -]", "_", given).strip(". ")[-80:]
    if not name.lower().endswith((".csv", ".json")):
        raise WrongUse("File", "it is neither CSV nor JSON.", "Save it as one of these.")
    content = files[0].read()
    sha = hashlib.sha256(content).hexdigest()
    if PlanFile.objects.filter(la=viewer.la, sha256=sha, state="kept", kind="assessments").exists():
        raise WrongUse("File", "it was brought and kept before.", "Bring the one that has changed.")
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder) / name
        place.write_bytes(content)
        found = read_assessments(place)
    if len(found.rows) > MOST:
        raise WrongUse("File", f"it holds more than {MOST:,} assessments.", "Bring it in parts.")
    held, findings = [], list(found.findings)
    known: dict[str, Child] = {}
    for one in children.of(viewer):
        known[one.token] = known[str(one.row.get("child") or getattr(one.entry, "child", ""))] = one
    for row, values in found.rows:
        child: Child | None = known.get(values["child"])
        column, wrong, do = "", "", ""
        if values.get("la") and values["la"] != viewer.la:
            column, wrong, do = "la", "it is another authority's", "Give it to that authority."
        elif child is None or not may_assess(viewer, child):
            column, wrong = "child", "no child whom you may assess has this identifier or token"
            do = "Use the identifier of the return, or the token."
        if wrong:
            found.account.kept, found.account.set_aside = found.account.kept - 1, found.account.set_aside + 1
            findings.append(Finding(name, row, column, f"{wrong}; the record is set aside.", do, "set aside"))
            continue
        assert child is not None
        day = values.get("assessed_on")
        held.append({**values, "child": None, "la": None, "token": child.token, "assessed_on": day.isoformat() if day else None})
    account = {"file": name, "part": "", "kind": "assessments", "read": found.account.read}
    made = PlanFile.objects.create(
        la=viewer.la,
        kind="assessments",
        names=[name],
        sha256=sha,
        account=[{**account, "kept": found.account.kept, "set_aside": found.account.set_aside}],
        findings=[asdict(one) for one in sorted(findings, key=lambda one: one.row)[:SHOWN]],
        held=held,
        made_by=viewer.person,
    )
    events.record(request, "read", "plan", file=made.pk, assessments=len(held), findings=len(findings))
    return made


def keep(request: Any, file: PlanFile) -> int:
    """Writes the assessments of a file; how many. Raises WrongUse where that was decided before."""
    if file.state != "read":
        raise WrongUse("Files", "it is decided what becomes of them.", "Bring them again if that was wrong.")
    viewer = request.viewer
    known = {child.token: child for child in children.of(viewer)}
    made = []
    for one in file.held:
        child = known.get(one["token"])
        if child is None or not may_assess(viewer, child):
            continue  # The child has left since the file was read.
        values: dict[str, Any] = {name: one.get(name) or "" for name in TEXTS} | {
            name: one.get(name) for name in ("from_phase", "from_entry")
        }
        values["assessed_on"] = datetime.date.fromisoformat(one["assessed_on"]) if one.get("assessed_on") else None
        term = TermOfYear(one["school_year"], one["term"])
        more = {"year_group": str(one["year_group"])[:3]} if one.get("year_group") else {}
        row = _row(child, term, one["subject"], values, viewer, file=file, by=f"Brought by file, {viewer.name}")
        for name, value in more.items():
            setattr(row, name, value)
        for name in ("result", "baseline_phase", "baseline_entry"):
            setattr(row, name, getattr(row, name)[:100])
        row.why_not = row.why_not[:200]
        made.append(row)
    with transaction.atomic():
        TeacherAssessment.objects.bulk_create(made, batch_size=500)
        file.state, file.held, file.decided, file.decided_by = "kept", [], clock.now(), viewer.person
        file.save()
        events.record(request, "kept file", "plan", file=file.pk, assessments=len(made))
    return len(made)

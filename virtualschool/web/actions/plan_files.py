"""Plans brought by file in the vendor-neutral layout (virtualschool.plans.files): read with an account of every row, then decided about.

A plan is kept for a child of the authority and a term. One that there is already gets a new version where it was finished, so that what
was signed stays; into an open one what the file says is written as any other hand would.
"""

import datetime
import hashlib
import json
import pathlib
import re
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from virtualschool.errors import Finding, WrongUse
from virtualschool.plans import files as reader
from virtualschool.plans.cells import day
from virtualschool.read.headings import fold
from virtualschool.web import children, clock, events, plan_targets, plan_words
from virtualschool.web.actions import plan_payments, voice
from virtualschool.web.actions.plans import is_open, kind_of
from virtualschool.web.models import (
    Plan,
    PlanFacts,
    PlanFile,
    PlanMeeting,
    PlanRows,
    PlanSignature,
    PlanStep,
    PlanTarget,
    PlanText,
    WorkStamp,
)
from virtualschool.web.models.plans import CLOSED, COMPLETE, DRAFT, MET, ROLES, SIGNED
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_facts
from virtualschool.years import label

LARGEST, MOST_FILES, MOST_PLANS, SHOWN = 20_000_000, 20, 5_000, 500
TERM_BY_MONTH = {
    **dict.fromkeys((9, 10, 11, 12), "autumn"),
    **dict.fromkeys((1, 2, 3), "spring"),
    **dict.fromkeys((4, 5, 6, 7, 8), "summer"),
}
FACTS = {
    "attendance_percent": ("sessions_missed", "Attendance this term", "%"),
    "sessions_missed": ("sessions_missed", "Sessions missed this term", ""),
    "suspensions": ("suspensions", "Suspensions this term", ""),
    "exclusions": ("permanent_exclusions", "Permanent exclusions this term", ""),
    "sen": ("sen", "Special educational needs", ""),
    "sdq_score": ("sdq_score", "SDQ score", ""),
    "weekly_hours": ("school", "Hours of education a week", ""),
    "timetable": ("school", "Timetable", ""),
}


DAYS = ("started_on", "meeting_on", "meeting_planned_on", "next_meeting_on", "completed_on", "signed_on", "closed_on")
BESIDE = ("view", "category", "help", "help_by", "help_where", "help_when", "in_own_words", "spend", "precise")
OWN_PLACE = ("signed_by_role", "participation", "participation_why", "closed_why", "school_year", "term", "phase")
"""Columns that stand in the plan itself."""


# --- Reading ---


def read(request: Any, files: list[UploadedFile]) -> PlanFile:
    """What the files hold, for a person to decide about. Raises WrongUse or Unreadable where they cannot be taken at all."""
    viewer = request.viewer
    if len(files) > MOST_FILES or sum(file.size or 0 for file in files) > LARGEST:
        raise WrongUse("Files", f"there are more than {MOST_FILES}, or together they are larger than 20 MB.", "Bring them in parts.")
    with tempfile.TemporaryDirectory() as held:
        folder, sha = pathlib.Path(held), hashlib.sha256()
        names = [_name(file.name or "", number) for number, file in enumerate(files, 1)]
        for file, name in zip(files, names, strict=True):
            content = file.read()
            sha.update(content)
            (folder / name).write_bytes(content)
        if PlanFile.objects.filter(la=viewer.la, sha256=sha.hexdigest(), state="kept").exists():
            raise WrongUse("Files", "these were brought and kept before.", "Bring the ones that have changed.")
        found = reader.read_plans(folder / names[0] if len(names) == 1 else folder)
        rows = _rows([folder / name for name in names])
        spend = _spend_rows([folder / name for name in names])
    if len(found.plans) > MOST_PLANS:
        raise WrongUse("Files", f"they hold more than {MOST_PLANS:,} plans.", "Bring them in parts.")
    held_plans, findings = _matched(viewer.la, found, rows)
    payments = plan_payments.standings(viewer, held_plans)
    findings += plan_payments.findings(payments, spend)
    made = PlanFile.objects.create(
        la=viewer.la,
        names=names,
        sha256=sha.hexdigest(),
        account=[
            {
                "file": one.file,
                "part": one.part,
                "kind": one.kind.removeprefix("plans."),
                "read": one.read,
                "kept": one.kept,
                "set_aside": one.set_aside,
            }
            for one in found.files
        ],
        findings=[asdict(one) for one in [*found.findings, *findings][:SHOWN]],
        held=held_plans,
        payments=plan_payments.counted(payments),
        made_by=viewer.person,
    )
    events.record(request, "read", "plan", file=made.pk, plans=len(held_plans), findings=len(found.findings) + len(findings))
    return made


def _name(given: str, number: int) -> str:
    """A harmless name for a file on our side. Raises WrongUse for kinds that are not read."""
    safe = re.sub(r"[^A-Za-z0-9._ -]", "_", pathlib.PurePath(given).name).strip(". ")[-80:]
    if not safe.lower().endswith((".csv", ".json")):
        raise WrongUse(f"File {number}", "it is neither CSV nor JSON.", "Save it as one of these.")
    return safe


def _rows(files: list[pathlib.Path]) -> dict[str, tuple[str, int]]:
    """By the identifier of a plan: its file, and its row or place there."""
    found: dict[str, tuple[str, int]] = {}
    for file in files:
        if file.suffix.casefold() == ".json":
            held = json.loads(file.read_text(encoding="utf-8-sig"))
            plans = held.get("plans", []) if isinstance(held, dict) else held
            for row, plan in enumerate(plans, 1):
                found.setdefault(str(plan.get("plan")), (file.name, row))
            continue
        headings, records = reader.csv_records(file)
        folded = [fold(heading) for heading in headings]
        if "plan" in folded and "child" in folded:
            for row, cells in records:
                found.setdefault(cells[folded.index("plan")].strip() if len(cells) > folded.index("plan") else "", (file.name, row))
    return found


def _spend_rows(files: list[pathlib.Path]) -> dict[tuple[str, str], tuple[str, int]]:
    """By plan and line of spend: its file, and its row or the plan's place there."""
    found: dict[tuple[str, str], tuple[str, int]] = {}
    for file in files:
        if file.suffix.casefold() == ".json":
            held = json.loads(file.read_text(encoding="utf-8-sig"))
            for row, plan in enumerate(held.get("plans", []) if isinstance(held, dict) else held, 1):
                lines = plan.get("spend")
                for one in lines if isinstance(lines, list) else []:
                    if isinstance(one, dict):
                        found.setdefault((str(plan.get("plan")), str(one.get("line"))), (file.name, row))
            continue
        headings, records = reader.csv_records(file)
        folded = [fold(heading) for heading in headings]
        if {"plan", "line", "amount"} <= set(folded):
            places = folded.index("plan"), folded.index("line")
            for row, cells in records:
                if len(cells) > max(places):
                    found.setdefault((cells[places[0]].strip(), cells[places[1]].strip()), (file.name, row))
    return found


def _matched(la: str, found: reader.Plans, rows: dict[str, tuple[str, int]]) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The plans that belong to a child and a term of the authority; the others are set aside in the account, each with a finding."""
    known: dict[str, children.Child] = {}
    for one in children.everyone(la):
        known[one.token] = known[str(one.row.get("child") or getattr(one.entry, "child", ""))] = one
    held, findings, seen = [], [], set()
    for plan in found.plans:
        child, term = known.get(plan.child), _term(plan)
        column, wrong, do = "", "", ""
        if plan.get("la") and plan.get("la") != la:
            column, wrong, do = "la", "it is another authority's plan", "Give it to that authority."
        elif child is None:
            column, wrong, do = (
                "child",
                "no child of the authority has this identifier or token",
                "Use the identifier of the return, or the token.",
            )
        elif term is None:
            column, wrong, do = "term", "neither a term nor a day tells when the plan is for", "Fill in term and meeting_on, or started_on."
        elif (child.token, *term) in seen:
            column, wrong, do = "term", "the child has another plan for this term in the files", "Keep the one that holds."
        if wrong or child is None or term is None:
            file, row = rows.get(plan.id, (found.files[0].file, 0))
            findings.append(Finding(file, row, column, f"{wrong}; the plan is set aside with its rows.", do, "set aside"))
            _set_aside(found, plan)
            continue
        seen.add((child.token, *term))
        group = str(children_facts.year_group(child) or "")
        held.append(
            {
                "token": child.token,
                "school_year": term[0],
                "term": term[1],
                "kind": plan.get("phase") or kind_of(group),
                "reference": plan.id[:100],
                "fields": {name: _plain(value) for name, value in plan.fields.items()},
                "rows": {name: [{key: _plain(value) for key, value in row.items()} for row in table] for name, table in plan.rows.items()},
            }
        )
    return held, findings


def _term(plan: reader.Plan) -> tuple[int, str] | None:
    if plan.get("school_year") and plan.get("term"):
        return plan.get("school_year"), plan.get("term")
    when = plan.get("meeting_on") or plan.get("started_on") or plan.get("term_start") or plan.get("completed_on")
    if when is None:
        return None
    return when.year + (when.month >= 9), plan.get("term") or TERM_BY_MONTH[when.month]


def _set_aside(found: reader.Plans, plan: reader.Plan) -> None:
    """Moves a plan and its rows from kept to set aside in the account."""
    for table, number in (("plans", 1), *((name, len(rows)) for name, rows in plan.rows.items())):
        for account in found.files:
            if account.kind == f"plans.{table}":
                moved = min(number, account.kept)
                account.kept, account.set_aside, number = account.kept - moved, account.set_aside + moved, number - moved


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else str(value) if isinstance(value, Decimal) else value


# --- Deciding ---


def discard(request: Any, file: PlanFile) -> None:
    _decide(request, file, "discarded")


def keep(request: Any, file: PlanFile) -> int:
    """Writes the plans of a file; how many. Raises WrongUse where that was decided before."""
    with transaction.atomic():
        held = file.held
        for one in held:
            _keep(request.viewer, file, one)
        file.payments = plan_payments.enter(request.viewer, file, held)
        _decide(request, file, "kept", plans=len(held), payments=file.payments.get(plan_payments.NEW, [0])[0])
        WorkStamp.objects.filter(la=file.la).delete()
    return len(held)


def _decide(request: Any, file: PlanFile, state: str, **detail: Any) -> None:
    if file.state != "read":
        raise WrongUse("Files", "it is decided what becomes of them.", "Bring them again if that was wrong.")
    file.state, file.held, file.decided, file.decided_by = state, [], clock.now(), request.viewer.person
    file.save()
    events.record(request, f"{state} file", "plan", file=file.pk, **detail)


def _keep(viewer: Viewer, file: PlanFile, held: dict[str, Any]) -> None:
    place = {"la": file.la, "token": held["token"], "school_year": held["school_year"], "term": held["term"]}
    plan = Plan.objects.filter(**place).first()
    by = f"Brought by file, {viewer.name}"
    begun = plan is None
    if plan is None:
        plan = Plan.objects.create(**place, kind=held["kind"], file=file, reference=held["reference"], made_by=viewer.person)
        _step(plan, DRAFT, viewer, by)
    elif not is_open(plan):
        plan.version += 1
    plan.file, plan.reference = file, held["reference"]
    own = {"plan": plan, "version": plan.version, "made_by": viewer.person, "by": by}
    fields, rows = held["fields"], held["rows"]
    for text in PlanText.objects.bulk_create(_texts(own, fields, rows)):
        voice.heard_in_plan(text)
    PlanRows.objects.bulk_create(
        PlanRows(table=table, rows=[{name: value for name, value in row.items() if name != "plan"} for row in kept], **own)
        for table, kept in (("plans", [_besides(fields)]), *rows.items())
        if table not in ("targets", "people", "texts", "signatures")
    )
    _targets(own, plan, fields, rows.get("targets", []))
    days = {name: _day(fields.get(name)) for name in DAYS}
    _meeting(own, days, fields, rows.get("people", []))
    if lines := _facts(plan, fields, rows.get("attendance", [])):
        PlanFacts.objects.create(snapshot=f"file {file.pk}", lines=lines, **own)
    today = clock.today()
    state = DRAFT
    if days["meeting_on"] and days["meeting_on"] <= today:
        state = MET
    if days["completed_on"]:
        state = COMPLETE
    signed = _signatures(own, days["signed_on"], fields, rows.get("signatures", []))
    if days["signed_on"]:
        state = SIGNED
    PlanSignature.objects.bulk_create(signed)
    if begun and days["started_on"]:
        plan.steps.filter(state=DRAFT).update(on=days["started_on"])
    for reached, on in ((MET, days["meeting_on"]), (COMPLETE, days["completed_on"]), (SIGNED, days["signed_on"])):
        if on and on <= today:
            _step(plan, reached, viewer, by, on)
    if days["closed_on"]:
        state = CLOSED
        _step(plan, CLOSED, viewer, by, days["closed_on"], str(fields.get("closed_why") or "Brought by file"))
    plan.state = state
    plan.save()


def _step(plan: Plan, state: str, viewer: Viewer, by: str, on: datetime.date | None = None, why: str = "Brought by file") -> None:
    PlanStep.objects.create(plan=plan, version=plan.version, state=state, on=on or clock.today(), why=why, made_by=viewer.person, by=by)


def _besides(fields: dict[str, Any]) -> dict[str, Any]:
    """What the table of plans tells that has no place of its own here. A column that is there and blank stays known as blank."""
    return {name: value for name, value in fields.items() if name not in ("plan", "child", "la", "previous_plan", *DAYS[1:], *OWN_PLACE)}


def _signatures(
    own: dict[str, Any], signed_on: datetime.date | None, fields: dict[str, Any], rows: list[dict[str, Any]]
) -> list[PlanSignature]:
    if rows:
        return [
            PlanSignature(role=one["role"], on=_day(one["signed_on"]), for_name=(one.get("name") or "As the file says")[:200], **own)
            for one in rows
        ]
    if signed_on is None:
        return []
    role = re.sub(r"[\s-]+", "_", str(fields.get("signed_by_role") or "other").casefold())
    return [PlanSignature(role=role if role in ROLES else "other", on=signed_on, for_name="As the file says", **own)]


def _texts(own: dict[str, Any], fields: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> list[PlanText]:
    """What stands in which field, as the files tell it."""
    told = {(one["section"], one["field"]): one for one in rows.get("texts", [])}
    made = []
    for place, words in plan_words.composed(fields, rows).items():
        section, name = place
        more = {key: bool(told[place].get(key)) for key in ("not_today", "school_may_read")} if place in told else {}
        made.append(PlanText(section=section, field=name[:30], words=words, **more, **own))
    return made


def _targets(own: dict[str, Any], plan: Plan, fields: dict[str, Any], rows: Iterable[dict[str, Any]]) -> None:
    """The targets of the file, each with a number of its own; those of an earlier file are withdrawn, and stay in the history."""
    newest = {one.number: one for one in plan.targets.order_by("pk")}
    made = []
    for one in newest.values() if rows else ():
        if not one.withdrawn and one.by.startswith("Brought by file"):
            said = {name: getattr(one, name) for name in (*plan_targets.NAMES, *BESIDE)}
            made.append(PlanTarget(number=one.number, withdrawn=True, **said, **own))
    for number, one in enumerate(rows, max(newest, default=0) + 1):
        due = day(one["due"]) if one.get("due") else None
        measure = one.get("measure") or ""
        if one.get("due") and due is None:
            measure = "; ".join(filter(None, (measure, f"by {one['due']}")))  # A term or a week that is no day stays in words.
        said = {"text": one["target"], "measure": measure, "due": due, "owner": (one.get("owner") or "")[:200]}
        said |= {"baseline": one.get("baseline") or "", "often": (one.get("often") or "")[:200], "need": one.get("need") or ""}
        precise = (
            plan_targets.judged({**said, "due": None, "text": _with_due(one, due)}).precise
            if due is None
            else plan_targets.judged(said).precise
        )
        outcome = one.get("outcome") or ""
        told = _day(one.get("reviewed_on")) or _day(fields.get("completed_on")) or _day(fields.get("meeting_on")) or clock.today()
        more = {"outcome": outcome, "evidence": one.get("evidence") or "", "reviewed_on": told if outcome else None, "precise": precise}
        more |= {"in_own_words": one.get("own_words") or "", "spend": (one.get("spend") or "")[:300]}
        more |= {name: (one.get(name) or "")[:200] for name in ("category", "help_by", "help_where", "help_when")}
        more |= {name: one.get(name) or "" for name in ("view", "help")}
        made.append(PlanTarget(number=number, **said, **more, **own))
    PlanTarget.objects.bulk_create(made)


def _with_due(one: dict[str, Any], due: datetime.date | None) -> str:
    return one["target"] if due or not one.get("due") else f"{one['target']} by {one['due']}"


def _meeting(own: dict[str, Any], days: dict[str, datetime.date | None], fields: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    today = clock.today()
    held = days["meeting_on"] if days["meeting_on"] and days["meeting_on"] <= today else None
    people = [{"role": one["role"], "name": one.get("name") or "", "part": one["part"]} for one in rows if one.get("part")]
    if any(days[name] for name in DAYS[1:4]) or people:
        PlanMeeting.objects.create(
            planned_on=days["meeting_planned_on"] or days["meeting_on"],
            held_on=held,
            next_on=days["next_meeting_on"],
            participation=fields.get("participation") or "",
            participation_why=fields.get("participation_why") or "",
            people=people,
            **own,
        )


def _facts(plan: Plan, fields: dict[str, Any], attendance: list[dict[str, Any]]) -> list[dict[str, Any]]:
    year = label(plan.school_year)
    lines = [
        {"column": column, "words": words, "value": f"{fields[name]}{unit}", "year": year}
        for name, (column, words, unit) in FACTS.items()
        if fields.get(name) is not None
    ]
    for one in attendance:
        if one.get("sessions_possible"):
            words = f"Attendance from {plan_words.shown(one['from'])}" + (f" to {plan_words.shown(one['to'])}" if one.get("to") else "")
            value = f"{one.get('sessions_missed') or 0} of {one['sessions_possible']} sessions missed"
            lines.append({"column": "sessions_missed", "words": words, "value": value, "year": year})
    return lines


def _day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None

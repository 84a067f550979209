"""Payments brought by file: read with an account of every row, shown, then kept or discarded; and extracts to reconcile with."""

import datetime
import hashlib
import pathlib
import tempfile
from dataclasses import asdict
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from virtualschool.errors import Finding, WrongUse
from virtualschool.plans import premium as rules
from virtualschool.plans import premium_file as reader
from virtualschool.web import clock, events
from virtualschool.web.actions.premium import known_children, share_out
from virtualschool.web.models import PremiumFile, PremiumLine, WorkStamp
from virtualschool.web.permissions import Viewer

SHOWN = 500


def read(request: Any, given: UploadedFile) -> PremiumFile:
    """What a file holds, for a person to decide about. Raises VirtualSchoolError where it cannot be taken at all."""
    viewer, content = request.viewer, given.read()
    sha = hashlib.sha256(content).hexdigest()
    if PremiumFile.objects.filter(la=viewer.la, sha256=sha, state="kept").exists():
        raise WrongUse("File", "it was brought and kept before.", "Bring one that has changed.")
    if not (given.name or "").lower().endswith(".csv"):
        raise WrongUse("File", "it is no CSV.", "Save it as CSV (UTF-8) and bring that.")
    known = known_children(viewer.la)
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "payments.csv"
        file.write_bytes(content)
        found = reader.read(file, known.get)
    if found.kind == "extract":
        made = _compared(viewer, found, sha)
    else:
        held, findings = _new(viewer.la, found)
        made = PremiumFile(
            la=viewer.la,
            kind="lines",
            name="payments.csv",
            sha256=sha,
            read=found.read,
            kept=len(held),
            set_aside=found.read - len(held),
            findings=[asdict(one) for one in [*found.findings, *findings][:SHOWN]],
            held=held,
            made_by=viewer.person,
        )
    made.save()
    events.record(request, "read", "premium_ledger", file=made.pk, rows=made.read, findings=len(made.findings))
    return made


def _new(la: str, found: reader.Read) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The payments that the ledger does not have; the others are set aside, each with a finding."""
    there = set(PremiumLine.objects.filter(la=la).values_list("reference", flat=True))
    held, findings, today = [], [], clock.today()
    for one in found.payments:
        column, wrong, do = "", "", ""
        if one.reference in there:
            column, wrong, do = (
                "reference",
                "a payment of this reference is in the ledger; the row is set aside.",
                "Nothing more is needed.",
            )
        elif one.on > today:
            column, wrong, do = "date", "it is a day to come; the row is set aside.", "Bring it when it is paid."
        elif rules.financial_year_of(one.on) < rules.FIRST_YEAR:
            column, wrong, do = "date", f"the ledger begins with {rules.FIRST_YEAR}; the row is set aside.", "Leave it out."
        if wrong:
            findings.append(Finding("payments.csv", one.row, column, wrong, do, "set aside"))
        else:
            held.append({**asdict(one), "on": one.on.isoformat()})
    return held, findings


def keep(request: Any, file: PremiumFile) -> int:
    """Writes the payments of a file; how many. Raises WrongUse where that was decided before, or the ledger has one of them by now."""
    with transaction.atomic():
        held = file.held
        _decide(request, file, "kept", rows=len(held))
        there = set(PremiumLine.objects.filter(la=file.la).values_list("reference", flat=True))
        if there & {one["reference"] for one in held}:
            raise WrongUse("File", "the ledger has some of these payments by now.", "Discard it and bring it again.")
        for one in held:
            names = ("reference", "on", "pence", "strand", "where", "purpose", "what", "target", "cohort", "school")
            said = {name: one[name] for name in names}
            line = PremiumLine(la=file.la, file=file, made_by=request.viewer.person, **said)
            line.on = datetime.date.fromisoformat(one["on"])
            line.financial_year = rules.financial_year_of(line.on)
            line.save()
            share_out(line, one["children"], request.viewer)
        WorkStamp.objects.filter(la=file.la).delete()
    return len(held)


def discard(request: Any, file: PremiumFile) -> None:
    _decide(request, file, "discarded")


def _decide(request: Any, file: PremiumFile, state: str, **detail: Any) -> None:
    if file.state != "read":
        raise WrongUse("File", "it is decided what becomes of it.", "Bring it again if that was wrong.")
    file.state, file.held, file.decided, file.decided_by = state, [], clock.now(), request.viewer.person
    file.save()
    events.record(request, f"{state} file", "premium_ledger", file=file.pk, **detail)


def _compared(viewer: Viewer, found: reader.Read, sha: str) -> PremiumFile:
    """An extract set beside the ledger: what of either is not in the other, to the penny, by reference and never by child."""
    theirs: dict[str, int] = {}
    for reference, pence in found.bank:
        theirs[reference] = theirs.get(reference, 0) + pence
    ours = dict(PremiumLine.objects.filter(la=viewer.la).values_list("reference", "pence"))
    years = set(PremiumLine.objects.filter(la=viewer.la, reference__in=list(theirs)).values_list("financial_year", flat=True))
    lines = PremiumLine.objects.filter(la=viewer.la, financial_year__in=years or {rules.financial_year_of(clock.today())})
    wanted = set(lines.values_list("reference", flat=True)) | set(theirs)
    differences = [
        {"reference": one, "ledger": ours.get(one), "extract": theirs.get(one)}
        for one in sorted(wanted)
        if ours.get(one) != theirs.get(one)
    ]
    agreed = len(wanted) - len(differences)
    return PremiumFile(
        la=viewer.la,
        kind="bank",
        name="extract.csv",
        sha256=sha,
        state="compared",
        read=found.read,
        kept=found.kept,
        set_aside=found.set_aside,
        findings=[asdict(one) for one in found.findings[:SHOWN]],
        held=[{"agreed": agreed, "years": sorted(years)}, *differences[:SHOWN]],
        made_by=viewer.person,
        decided=clock.now(),
    )

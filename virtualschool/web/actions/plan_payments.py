"""Payments that files of plans tell of: how each line of spend stands to the ledger, and the new ones entered into it.

A line with a day is a payment. Lines of one reference are one payment, and each is its child's part. Without a reference the plan and the
line are the reference, so that the same file brought twice, or a later version of the plan, enters nothing again. What the ledger has
otherwise is said and not entered: a payment is put right in the ledger.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from virtualschool.errors import Finding, WrongUse
from virtualschool.plans import premium as rules
from virtualschool.plans.premium import CENTRAL, DEVOLVED
from virtualschool.web import children, clock
from virtualschool.web.actions.premium import is_office
from virtualschool.web.models import PlanFile, PremiumEffect, PremiumLine, PremiumShare
from virtualschool.web.permissions import Viewer

NEW, THERE, PLANNED, EARLIER, ASIDE = "new", "there", "planned", "earlier", "aside"
ANSWERS = {
    NEW: "New to the ledger",
    THERE: "In the ledger already, to the penny",
    PLANNED: "Without a day: planned, and no payment yet",
    EARLIER: "Of last term, without a reference: told of, not entered",
    ASIDE: "Not entered, for a reason below",
}


@dataclass(frozen=True)
class Part:
    """One line of spend of one child's plan. `said` are its values as the file had them."""

    token: str
    plan: str
    said: Mapping[str, Any]
    target: str

    @property
    def pence(self) -> int:
        return int(self.said.get("amount") or 0)

    @property
    def own_reference(self) -> str:
        return str(self.said.get("reference") or "").strip()[:60]

    @property
    def reference(self) -> str:
        return self.own_reference or f"{self.plan} {self.said.get('line')}"[:60]

    @property
    def on(self) -> datetime.date | None:
        return datetime.date.fromisoformat(self.said["paid_on"]) if self.said.get("paid_on") else None

    @property
    def strand(self) -> str:
        return str(self.said.get("strand") or "looked_after")

    @property
    def where(self) -> str:
        return CENTRAL if self.said.get("devolved") is False else DEVOLVED

    @property
    def shared(self) -> tuple[Any, ...]:
        """What lines of one payment have alike."""
        return (self.on, self.strand, self.where, self.said.get("purpose"))


@dataclass(frozen=True)
class Standing:
    """The lines of one payment, what becomes of them, and where that is nothing, which column is wrong, why, and what to do."""

    parts: tuple[Part, ...]
    answer: str
    column: str = ""
    wrong: str = ""
    do: str = ""

    @property
    def pence(self) -> int:
        return sum(part.pence for part in self.parts)


def standings(viewer: Viewer, held: Iterable[dict[str, Any]]) -> list[Standing]:
    """Every line of spend of the plans of a file, by payment, with what becomes of it."""
    made: list[Standing] = []
    together: dict[str, list[Part]] = defaultdict(list)
    for part in parts(held):
        if part.on is None:
            made.append(Standing((part,), PLANNED))
        elif part.said.get("term") == "last" and not part.own_reference:
            made.append(Standing((part,), EARLIER))
        else:
            together[part.reference].append(part)
    lines = PremiumLine.objects.filter(la=viewer.la, reference__in=list(together)).prefetch_related("shares")
    ledger = {one.reference: one for one in lines}
    for reference, found in together.items():
        wrong = _wrong(viewer, found, ledger.get(reference))
        answer = ASIDE if wrong else THERE if reference in ledger else NEW
        made.append(Standing(tuple(found), answer, *(wrong or ())))
    return made


def parts(held: Iterable[dict[str, Any]]) -> Iterable[Part]:
    for plan in held:
        texts = {str(one.get("id") or ""): str(one.get("target") or "") for one in plan["rows"].get("targets", [])}
        for said in plan["rows"].get("spend", []):
            target = str(said.get("target") or "")
            yield Part(plan["token"], plan["reference"], said, texts.get(target, target)[:300])


def counted(found: Iterable[Standing]) -> dict[str, list[int]]:
    """For each answer the number of lines and their pence; together they are every line of spend of the file."""
    made: dict[str, list[int]] = {}
    for one in found:
        number, pence = made.get(one.answer, [0, 0])
        made[one.answer] = [number + len(one.parts), pence + one.pence]
    return {answer: made[answer] for answer in ANSWERS if answer in made}


def findings(found: Iterable[Standing], rows: Mapping[tuple[str, str], tuple[str, int]]) -> list[Finding]:
    """A finding for each payment that is not entered; `rows` are file and row by plan and line."""
    made = []
    for one in found:
        if one.answer == ASIDE:
            file, row = rows.get((one.parts[0].plan, str(one.parts[0].said.get("line"))), ("", 0))
            made.append(Finding(file, row, one.column, f"{one.wrong}; the payment is not entered.", one.do, "payment"))
    return made


def _wrong(viewer: Viewer, found: list[Part], line: PremiumLine | None) -> tuple[str, str, str] | None:
    """Column, what is wrong and what to do, where these lines cannot be a payment of the ledger."""
    first, today = found[0], clock.today()
    assert first.on is not None
    if not is_office(viewer):
        return "paid_on", "you do not keep the ledger", "Ask somebody who does to bring the file."
    if len({part.shared for part in found}) > 1:
        return "reference", "lines of this reference differ in day, money or purpose", "Give each payment a reference of its own."
    if len({part.token for part in found}) < len(found):
        return "reference", "two lines of one child bear it", "Give each payment a reference of its own."
    if not all(part.pence for part in found):
        return "amount", "there is none", "Give what was paid."
    if first.on > today:
        return "paid_on", "it is a day to come", "Bring it when it is paid."
    if rules.financial_year_of(first.on) < rules.FIRST_YEAR:
        return "paid_on", f"the ledger begins with {rules.FIRST_YEAR}", "Leave the day out."
    try:
        rules.checked_purpose(str(first.said.get("purpose") or ""), first.strand)
    except WrongUse:
        return "purpose", "there is none that this money pays for", "Give the purpose as the reference of files has it."
    if line is not None:
        ours = {share.token: share.pence for share in line.shares.all()}  # type: ignore[attr-defined]
        if line.on != first.on or ours != {part.token: part.pence for part in found}:
            return (
                "reference",
                "the ledger has a payment of this reference with another day, amount or child",
                "Compare the two; take the payment back in the ledger if that is the wrong one.",
            )
    return None


def enter(viewer: Viewer, file: PlanFile, held: list[dict[str, Any]]) -> dict[str, list[int]]:
    """Enters the payments of a file's plans that the ledger does not have, and what plans tell of the effect of any; how all lines stand.

    Called while the file is kept, in its transaction.
    """
    found = standings(viewer, held)
    known = {child.token: child for child in children.everyone(file.la)}
    for one in found:
        if one.answer not in (NEW, THERE):
            continue
        first = one.parts[0]
        if one.answer == THERE:
            line = PremiumLine.objects.get(la=file.la, reference=first.reference)
        else:
            assert first.on is not None
            schools = {known[part.token].school or "" for part in one.parts if part.token in known}
            line = PremiumLine.objects.create(
                la=file.la,
                reference=first.reference,
                financial_year=rules.financial_year_of(first.on),
                strand=first.strand,
                on=first.on,
                pence=one.pence,
                where=first.where,
                purpose=first.said["purpose"],
                what=str(first.said.get("what") or "")[:300],
                target=first.target,
                school=schools.pop()[:10] if len(schools) == 1 and first.where == DEVOLVED else "",
                plan_file=file,
                made_by=viewer.person,
            )
            PremiumShare.objects.bulk_create(
                PremiumShare(line=line, token=part.token, la=file.la, pence=part.pence, made_by=viewer.person) for part in one.parts
            )
        for part in one.parts:
            _effect(viewer, line, part)
    return counted(found)


def _effect(viewer: Viewer, line: PremiumLine, part: Part) -> None:
    """What the file says that a payment did, where it says whether the aim was reached and that is not the newest word already."""
    if not part.said.get("result"):
        return
    texts = {name: str(part.said.get(name) or "") for name in ("child_said", "teacher_said", "carer_said")}
    short = {name: str(part.said.get(name) or "")[:300] for name in ("baseline", "measure", "next_step")}
    end = str(part.said.get("end_value") or part.said.get("impact") or "")[:300]
    said = {**texts, **short, "end_value": end, "result": part.said["result"]}
    newest = PremiumEffect.objects.filter(la=line.la, token=part.token, line=line).order_by("made", "pk").last()
    if newest is None or any(getattr(newest, name) != value for name, value in said.items()):
        by = f"Brought by file, {viewer.name}"
        PremiumEffect.objects.create(la=line.la, token=part.token, line=line, on=clock.today(), by=by, made_by=viewer.person, **said)

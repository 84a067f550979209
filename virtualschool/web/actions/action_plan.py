"""The action plan: actions written, changed, closed and carried forward; proposals taken on or passed over; results noted.

A change is a new row and leaves an event without words. After each change a copy is written to the store's records, from which reports
draw without a database (`frameworks.action_plan_file`).
"""

import dataclasses
import datetime
import pathlib
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404

from virtualschool.errors import WrongUse
from virtualschool.frameworks import action_plan as plans
from virtualschool.frameworks import action_plan_file
from virtualschool.frameworks.action_plan import Action, Milestone, Plan, Reading
from virtualschool.web import clock, events
from virtualschool.web.actions.evaluation import member_of, members
from virtualschool.web.models import ActionResult, Membership, PlannedAction, ProposalPassed, WorkStamp
from virtualschool.web.models.evaluation import new_key

PLAIN = (
    "year", "priority", "words", "start", "due", "measure", "baseline", "baseline_year", "target", "target_year", "success", "support",
    "resource", "risk", "board", "origin", "drawn_from", "status", "closed", "impact", "evidence", "note",
)  # fmt: skip
"""Fields that an action and its row have alike."""


# --- As values ---


def action_of(row: PlannedAction, result: ActionResult | None = None) -> Action:
    """A row as the value that reports and files share."""
    milestones = tuple(Milestone(one["words"], _day(one["due"]), _day(one["done"]) if one.get("done") else None) for one in row.milestones)
    reading = None
    if result:
        numbers = (result.year, result.value, result.low, result.high, result.pupils)
        reading = Reading(*numbers, symbol=result.symbol, snapshot=result.snapshot, read=result.day)
    return Action(
        id=row.ref,
        la=row.la,
        owner=str(row.owner.person) if row.owner else row.owner_name,
        criteria=tuple(row.criteria),
        indicators=tuple(row.indicators),
        milestones=milestones,
        carried_to=row.carried_to,
        reading=reading,
        **{name: getattr(row, name) for name in PLAIN},
    )


def rows(la: str, **where: Any) -> list[PlannedAction]:
    """The actions that stand, by year, priority as first written, and the order in which they were begun."""
    found = list(PlannedAction.objects.standing(la, **where).select_related("owner__person"))
    first = {priority: at for at, priority in reversed(list(enumerate(one.priority for one in found)))}
    return sorted(found, key=lambda one: (one.year, first[one.priority]))


def results(la: str) -> dict[str, ActionResult]:
    """The newest result that was noted of each action, by its key."""
    return {one.action: one for one in ActionResult.objects.filter(la=la).order_by("pk")}


def plan(la: str) -> Plan:
    noted = results(la)
    return Plan(la, tuple(action_of(row, noted.get(row.key)) for row in rows(la)))


# --- Changes ---


@transaction.atomic
def write(request: Any, before: PlannedAction | None = None, *, owner: Membership | None, proposal: str = "", **said: Any) -> PlannedAction:
    """A new action, or `before` changed. Raises WrongUse for what cannot be recorded (`action_plan.checked`)."""
    la = request.viewer.la
    member_of(la, owner)
    if owner is None:
        raise WrongUse("Owner", "it is empty.", "Choose who answers for it.")
    if before is not None and not PlannedAction.objects.standing(la, key=before.key).filter(pk=before.pk).exists():
        raise WrongUse("Action", "somebody changed it meanwhile.", "Load the page again, and write your change once more.")
    made = PlannedAction(
        la=la,
        made_by=request.viewer.person,
        owner=owner,
        owner_name=str(owner.person),
        ref=before.ref if before else next_ref(la, said["year"]),
        proposal=before.proposal if before else proposal,
        carried_to=before.carried_to if before else "",
        **said,
    )
    if before:
        made.key, made.begun = before.key, before.begun
        made.origin, made.drawn_from = before.origin, before.drawn_from
    made.closed = None if made.status == plans.OPEN else (before.closed if before and before.closed else clock.today())
    plans.checked(action_of(made))
    made.save()
    events.record(request, _word(before, made), "evaluation", record="action", key=made.key, ref=made.ref)
    changed(request)
    return made


@transaction.atomic
def carry_forward(request: Any, row: PlannedAction, year: int, why: str) -> PlannedAction:
    """Closes an action as carried forward, with a reason, and begins it again in a later year's plan."""
    if row.status != plans.OPEN:
        raise WrongUse("Action", "it is closed already.", "Write a new one.")
    if year <= row.year:
        raise WrongUse("Year", "it is not a later one.", "Choose a later school year.")
    if not why.strip():
        raise WrongUse("Reason", "it is empty.", "Say why it is carried forward.")
    key = new_key()
    old = _copy(row, request, status=plans.CARRIED, closed=clock.today(), note=why.strip(), carried_to=key)
    days = max(row.due, clock.today())
    new = _copy(
        row, request, key=key, begun=clock.now(), year=year, ref=next_ref(row.la, year), origin=plans.LAST_YEAR, due=days,
        drawn_from=f"{row.ref} of {row.year}", start=None, note="", proposal="",
    )  # fmt: skip
    old.save()
    new.save()
    events.record(request, "carried forward", "evaluation", record="action", key=row.key, to=key)
    changed(request)
    return new


def reach(request: Any, row: PlannedAction, number: int) -> None:
    """Marks a milestone as reached today, or takes that back."""
    if not 0 <= number < len(row.milestones):
        raise Http404
    listed = [dict(one) for one in row.milestones]
    listed[number]["done"] = None if listed[number].get("done") else clock.today().isoformat()
    _copy(row, request, milestones=listed).save()
    events.record(request, "milestone", "evaluation", record="action", key=row.key, number=number, done=bool(listed[number]["done"]))
    changed(request)


def note_result(request: Any, row: PlannedAction, reading: Reading) -> ActionResult:
    """Notes the figure of an action's measure as it was read, with the verdict of today."""
    told = plans.progress(action_of(row), reading)
    numbers = {name: getattr(reading, name) for name in ("year", "value", "low", "high", "pupils", "symbol", "snapshot")}
    made = ActionResult.objects.create(la=row.la, action=row.key, verdict=told.verdict, made_by=request.viewer.person, **numbers)
    events.record(request, "noted a result", "evaluation", record="action", key=row.key, verdict=told.verdict)
    changed(request)
    return made


def pass_over(request: Any, year: int, proposal: str, why: str) -> None:
    """Notes that somebody read a proposal and does not take it on this year. Raises WrongUse without a reason."""
    if not why.strip():
        raise WrongUse("Reason", "it is empty.", "Say in a few words why it is not taken on.")
    ProposalPassed.objects.update_or_create(
        la=request.viewer.la,
        year=year,
        proposal=proposal[:200],
        defaults={"why": why.strip()[:500], "made": clock.now(), "made_by": request.viewer.person},
    )
    events.record(request, "passed over", "evaluation", record="proposal", proposal=proposal[:200])


def bring(request: Any, given: Plan, owner: Membership) -> int:
    """Adds the actions of a file to the plan; how many. Who is named in it stands as its owner's name; `owner` answers for them here.

    Raises WrongUse where one of them is in the plan already.
    """
    la = request.viewer.la
    member_of(la, owner)
    if given.la not in ("", la):
        raise WrongUse("File", f"it holds the plan of {given.la}.", "Bring a plan of your own authority.")
    there = {(one.year, one.ref) for one in rows(la)}
    if twice := [one.id for one in given.actions if (one.year, one.id) in there]:
        raise WrongUse("File", f"the plan has these already: {', '.join(twice)}.", "Take them out of the file, or change them on the page.")
    by_name = {str(one.person).casefold(): one for one in members(la)}
    with transaction.atomic():
        for one in given.actions:
            held = dataclasses.replace(one, la=la)
            PlannedAction.objects.create(
                la=la, made_by=request.viewer.person, ref=held.id, owner=by_name.get(held.owner.casefold(), owner), owner_name=held.owner,
                criteria=list(held.criteria), indicators=list(held.indicators),
                milestones=action_plan_file.plain(held)["milestones"], **{name: getattr(held, name) for name in PLAIN},
            )  # fmt: skip
    events.record(request, "uploaded", "evaluation", record="action plan", actions=len(given.actions))
    changed(request)
    return len(given.actions)


def changed(request: Any) -> None:
    """Writes the copy that reports read, and lets the worklist look again."""
    WorkStamp.objects.filter(la=request.viewer.la).delete()
    la, store = request.viewer.la, pathlib.Path(settings.STORE)
    transaction.on_commit(lambda: action_plan_file.keep(store, plan(la)))


# --- Small steps ---


def next_ref(la: str, year: int) -> str:
    """The next number of a year's plan: A1, A2 …; numbers are not used again."""
    held = PlannedAction.objects.filter(la=la, year=year).values_list("ref", flat=True)
    return f"A{max((int(ref[1:]) for ref in held if ref[1:].isdigit() and ref.startswith('A')), default=0) + 1}"


def _copy(row: PlannedAction, request: Any, **changes: Any) -> PlannedAction:
    named = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    return PlannedAction(**{**named, "made": clock.now(), "day": clock.today(), "made_by_id": request.viewer.person.pk, **changes})


def _word(before: PlannedAction | None, made: PlannedAction) -> str:
    if before is None:
        return "took on" if made.proposal else "began"
    return "closed" if made.status != plans.OPEN and before.status == plans.OPEN else "changed"


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)

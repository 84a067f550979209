"""Education plans: begun, written by several hands, met about, signed, opened again, closed. Each change is a new row and an event.

Who may write what is in the sections (plan_sections.toml) and in `may_*` here; a view asks these too, so that nobody is shown a form that
is refused. Events bear numbers and names of fields, never what was written.
"""

import datetime
from typing import Any

from django.db import transaction

from virtualschool.errors import WrongUse
from virtualschool.plans.due import owners_of
from virtualschool.web import clock, events, plan_dates, plan_facts, plan_sections, plan_targets
from virtualschool.web.actions import voice
from virtualschool.web.children import Child
from virtualschool.web.models import Plan, PlanFacts, PlanMeeting, PlanSignature, PlanStep, PlanTarget, PlanTerm, PlanText, WorkStamp
from virtualschool.web.models.plans import CLOSED, COMPLETE, DRAFT, KINDS, MET, ROLES, SIGNED
from virtualschool.web.permissions import Viewer
from virtualschool.web.plan_dates import TermOfYear
from virtualschool.web.plan_sections import Section

OFFICE = ("head", "team")
TARGETS = ("teacher", *OFFICE)
MEETINGS = ("teacher", "social_worker", *OFFICE)
SIGNS_AS = {"teacher": "designated_teacher", "social_worker": "social_worker", "head": "virtual_school", "team": "virtual_school"}
OWNER = {
    "social worker": "social_worker",
    "designated teacher": "designated_teacher",
    "virtual school": "virtual_school",
    "head of learning of the establishment": "establishment",
}
OLDEST_PRIMARY, OLDEST_SECONDARY = 6, 11


# --- Who may do what ---


def may_write(viewer: Viewer, child: Child) -> bool:
    """Whether a viewer writes in this child's plans at all: those of the own authority, and the school of a child shared with it."""
    if not viewer.may("plan", "change") or viewer.role is None:
        return False
    return child.la == viewer.la or viewer.role.scope == "school"


def is_office(viewer: Viewer, child: Child | None = None) -> bool:
    """Whether a viewer runs the plans of the authority."""
    return viewer.role is not None and viewer.role.name in OFFICE and (child is None or child.la == viewer.la)


def own_section(viewer: Viewer, child: Child, plan: Plan) -> Section | None:
    """The section that this viewer writes in a plan."""
    if viewer.role is None or not may_write(viewer, child):
        return None
    return plan_sections.own(viewer.role.name, plan.kind)


def may_set_targets(viewer: Viewer, child: Child) -> bool:
    return viewer.role is not None and viewer.role.name in TARGETS and may_write(viewer, child)


def may_hold_meetings(viewer: Viewer, child: Child) -> bool:
    return viewer.role is not None and viewer.role.name in MEETINGS and may_write(viewer, child)


def signs_as(viewer: Viewer, child: Child) -> str:
    """The role under which this viewer signs, '' for who signs no plan."""
    return SIGNS_AS.get(viewer.role.name, "") if viewer.role is not None and may_write(viewer, child) else ""


def is_open(plan: Plan) -> bool:
    """Whether something can still be written in this version: not once it is complete, for names are put under what stands."""
    return plan.state in (DRAFT, MET)


# --- Beginning and ending ---


def kind_of(year_group: str) -> str:
    """The kind of plan of a year group as the roll writes it: N1, R, 1 to 14. Where it is not known, primary, which asks every question."""
    if year_group in ("N1", "N2", "R"):
        return "early_years"
    if not year_group.isdigit():
        return "primary"
    year = int(year_group)
    return "primary" if year <= OLDEST_PRIMARY else "secondary" if year <= OLDEST_SECONDARY else "post_16"


def begin(request: Any, child: Child, term: TermOfYear, kind: str) -> Plan:
    """A new plan of a child. Raises WrongUse where there is one for the term."""
    viewer = request.viewer
    if not may_hold_meetings(viewer, child) or kind not in KINDS:
        raise WrongUse("Plan", "you do not begin plans for this child.", "Ask the Virtual School.")
    if Plan.objects.filter(la=child.la, token=child.token, school_year=term.school_year, term=term.name).exists():
        raise WrongUse("Term", "there is a plan for this term.", "Open that one.")
    with transaction.atomic():
        plan = Plan.objects.create(
            la=child.la, token=child.token, school_year=term.school_year, term=term.name, kind=kind, made_by=viewer.person
        )
        _step(request, plan, DRAFT)
        _note(request, plan, "began")
    return plan


def complete(request: Any, child: Child, plan: Plan) -> None:
    """Declares a plan complete. Raises WrongUse while the meeting, the targets or the child's answer is missing."""
    _open(plan)
    if not may_hold_meetings(request.viewer, child):
        raise WrongUse("Plan", "you do not complete plans.", "Ask the school or the Virtual School.")
    if lacking := missing(plan):
        raise WrongUse("Plan", f"it is not complete: {'; '.join(lacking)}.", "Add what is missing.")
    _to(request, plan, COMPLETE)


def missing(plan: Plan) -> list[str]:
    """What a plan lacks before it can be complete."""
    meeting = newest_meeting(plan)
    answers = texts(plan)
    said = any(one.section == "child" and (one.words.strip() or one.not_today) for one in answers.values())
    if meeting is not None and meeting.participation == "chose_not" and meeting.participation_why.strip():
        said = True
    found = [] if meeting is not None and meeting.held_on else ["the day of the meeting"]
    found += [] if meeting is not None and meeting.next_on else ["the day of the next meeting"]
    found += [] if targets(plan) else ["a target"]
    return found + ([] if said else ["the child's view, or how the child chose to say nothing"])


def sign(request: Any, child: Child, plan: Plan, *, role: str = "", for_name: str = "") -> PlanSignature:
    """The viewer's name under this version; with `for_name`, that of someone who signed on paper. With the last of those who must sign
    the plan is signed off, and the facts of that day are kept with it."""
    viewer, own = request.viewer, signs_as(request.viewer, child)
    if not own or (role and role != own and not is_office(viewer, child)):
        raise WrongUse("Signature", "you do not sign this plan.", "Ask who is named beside it.")
    if plan.state != COMPLETE:
        raise WrongUse("Signature", "only a plan that is complete is signed.", "Complete it first.")
    role = role or own
    if role not in ROLES or (role != own and not for_name.strip()):
        raise WrongUse("Name", "it is empty.", "Write who signed, and as what.")
    if plan.signatures.filter(version=plan.version, role=role).exists():
        raise WrongUse("Signature", "this role has signed this version.", "There is nothing more to do.")
    with transaction.atomic():
        made = PlanSignature.objects.create(
            plan=plan, version=plan.version, role=role, on=clock.today(), for_name=for_name.strip(), made_by=viewer.person, by=_by(viewer)
        )
        _note(request, plan, "signed", role=role)
        if not unsigned(child, plan):
            snapshot, lines = plan_facts.facts_of(child)
            PlanFacts.objects.create(plan=plan, version=plan.version, snapshot=snapshot, lines=lines, made_by=viewer.person)
            _to(request, plan, SIGNED)
    return made


def must_sign(child: Child, evidence: plan_dates.Evidence | None = None) -> tuple[str, ...]:
    """The roles that sign a child's plan: of who sees to it, by where the child learns. `evidence` is the authority's, if it is at hand."""
    episode = (evidence or plan_dates.evidence(child.la)).episodes.get(str(child.row.get("child") or getattr(child.entry, "child", "")))
    known = plan_dates.in_care(child, episode, clock.today())
    if known is None:
        return ("social_worker", "designated_teacher")
    return tuple(OWNER[one] for one in owners_of(known)[0])


def unsigned(child: Child, plan: Plan) -> list[str]:
    """The roles whose signature this version still lacks."""
    held = set(plan.signatures.filter(version=plan.version).values_list("role", flat=True))
    return [role for role in must_sign(child) if role not in held]


def open_again(request: Any, child: Child, plan: Plan, why: str) -> None:
    """A new version of a plan that was signed off, complete or closed; the old one stands as it is."""
    if not may_hold_meetings(request.viewer, child) or is_open(plan):
        raise WrongUse("Plan", "it is open.", "Write in it.")
    if not why.strip():
        raise WrongUse("Reason", "it is empty.", "Say why the plan is opened again.")
    with transaction.atomic():
        plan.version += 1
        _to(request, plan, MET if (met := newest_meeting(plan)) and met.held_on else DRAFT, why.strip())


def close(request: Any, child: Child, plan: Plan, why: str) -> None:
    """Ends a plan with its reason: nothing is due for it, and nobody is reminded."""
    if not is_office(request.viewer, child) or plan.state == CLOSED:
        raise WrongUse("Plan", "you do not close it.", "Ask the Virtual School.")
    if not why.strip():
        raise WrongUse("Reason", "it is empty.", "Say why the plan is closed.")
    _to(request, plan, CLOSED, why.strip())


# --- Writing ---


def write(
    request: Any, child: Child, plan: Plan, said: dict[str, str], *, not_today: bool = False, school_may_read: bool = False
) -> list[str]:
    """What the viewer says in the own section, exactly; the names of the fields that changed. Raises WrongUse for who has no section."""
    _open(plan)
    section = own_section(request.viewer, child, plan)
    if section is None:
        raise WrongUse("Section", "you have none in this plan.", "Ask the Virtual School.")
    held = {field: one for (name, field), one in texts(plan).items() if name == section.name}
    changed = []
    for asked in section.asked(plan.kind):
        before, words = held.get(asked.name), said.get(asked.name, "")
        was = (before.words, before.not_today, before.school_may_read) if before else ("", False, False)
        if (words, not_today, school_may_read) != was and (before or words or not_today):
            changed.append(asked.name)
            made = PlanText.objects.create(
                plan=plan,
                version=plan.version,
                section=section.name,
                field=asked.name,
                words=words,
                not_today=not_today,
                school_may_read=school_may_read and section.school_if_allowed,
                made_by=request.viewer.person,
                by=_by(request.viewer),
            )
            voice.heard_in_plan(made, child)
    if changed:
        _note(request, plan, "wrote", section=section.name, fields=changed)
    return changed


def meet(request: Any, child: Child, plan: Plan, people: list[dict[str, str]], **said: Any) -> PlanMeeting:
    """The meeting as it stands now. A day on which it was held moves a draft on."""
    _open(plan)
    if not may_hold_meetings(request.viewer, child):
        raise WrongUse("Meeting", "you do not write about it.", "Ask the school, the social worker or the Virtual School.")
    today = clock.today()
    if (held := said.get("held_on")) and held > today:
        raise WrongUse("Day of the meeting", "it is a day to come.", "Give it as the day planned, until the meeting was held.")
    if (after := said.get("next_on")) and held and after <= held:
        raise WrongUse("Next meeting", "it is not after this one.", "Give a later day.")
    with transaction.atomic():
        made = PlanMeeting.objects.create(
            plan=plan, version=plan.version, people=people, made_by=request.viewer.person, by=_by(request.viewer), **said
        )
        _note(request, plan, "wrote", section="meeting")
        if plan.state == DRAFT and held:
            _to(request, plan, MET, on=held)
        elif plan.state == MET and not held:
            _to(request, plan, DRAFT)
    return made


def set_target(request: Any, child: Child, plan: Plan, number: int | None, **said: Any) -> PlanTarget:
    """A new target, or a target as it is from now on."""
    _open(plan)
    if not may_set_targets(request.viewer, child):
        raise WrongUse("Target", "you do not set targets.", "Ask the school or the Virtual School.")
    held = {one.number: one for one in PlanTarget.objects.filter(plan=plan).order_by("pk")}
    if number is not None and number not in held:
        raise WrongUse("Target", "there is none of this number.", "Choose one from the plan.")
    if said.get("outcome") and not said.get("reviewed_on"):
        said["reviewed_on"] = clock.today()
    made = PlanTarget.objects.create(
        plan=plan,
        version=plan.version,
        number=number or max(held, default=0) + 1,
        made_by=request.viewer.person,
        by=_by(request.viewer),
        precise=plan_targets.judged(said).precise,
        **said,
    )
    _note(request, plan, "withdrew target" if made.withdrawn else "changed target" if number else "set target", target=made.number)
    return made


def review_target(request: Any, child: Child, plan: Plan, number: int, *, outcome: str, evidence: str, reviewed_on: datetime.date) -> None:
    """What became of a target. A plan that is signed off takes it too: the outcome comes after the plan, and nothing else changes."""
    if not may_set_targets(request.viewer, child) or plan.state == CLOSED:
        raise WrongUse("Target", "you do not review it.", "Ask the school or the Virtual School.")
    held = targets(plan).get(number)
    if held is None:
        raise WrongUse("Target", "there is none of this number.", "Choose one from the plan.")
    if reviewed_on > clock.today():
        raise WrongUse("Reviewed", "it is a day to come.", "Give the day on which it was looked at.")
    held.pk, held.made, held.made_by, held.by = None, clock.now(), request.viewer.person, _by(request.viewer)
    held._state.adding = True
    held.outcome, held.evidence, held.reviewed_on, held.version = outcome, evidence, reviewed_on, plan.version
    held.save(force_insert=True)
    _note(request, plan, "reviewed target", target=number)


def give_term(request: Any, said: dict[str, Any]) -> PlanTerm:
    """The dates of a term. Raises WrongUse where they cannot be."""
    if said["ends"] <= said["starts"]:
        raise WrongUse("Last day", "it is not after the first day.", "Give a later day.")
    if said.get("cut_off") and not said["starts"] <= said["cut_off"] <= said["ends"]:
        raise WrongUse("Cut-off", "it is not within the term.", "Give a day of the term, or leave it empty.")
    first, last = said.get("break_starts"), said.get("break_ends")
    if bool(first) != bool(last) or (first and last and not said["starts"] < first <= last < said["ends"]):
        raise WrongUse("Half term", "it does not lie within the term.", "Give its first and its last day, or neither.")
    made = PlanTerm.objects.create(la=request.viewer.la, made_by=request.viewer.person, **said)
    WorkStamp.objects.filter(la=request.viewer.la).delete()
    events.record(request, "gave term dates", "settings", term=f"{made.school_year}-{made.term}")
    return made


# --- What stands ---


def texts(plan: Plan, version: int | None = None) -> dict[tuple[str, str], PlanText]:
    """The newest text of each field, by section and field: as of now, or at the end of a version."""
    rows = plan.texts.order_by("pk")
    return {(one.section, one.field): one for one in (rows.filter(version__lte=version) if version else rows)}


def targets(plan: Plan, version: int | None = None) -> dict[int, PlanTarget]:
    """The targets that stand, by number."""
    rows = plan.targets.order_by("pk")
    newest = {one.number: one for one in (rows.filter(version__lte=version) if version else rows)}
    return {number: one for number, one in sorted(newest.items()) if not one.withdrawn}


def newest_meeting(plan: Plan, version: int | None = None) -> PlanMeeting | None:
    rows = plan.meetings.order_by("-pk")
    return (rows.filter(version__lte=version) if version else rows).first()


def _open(plan: Plan) -> None:
    if not is_open(plan):
        raise WrongUse("Plan", "it is complete, signed off or closed.", "Open it again as a new version first.")


def _to(request: Any, plan: Plan, state: str, why: str = "", on: datetime.date | None = None) -> None:
    plan.state = state
    with transaction.atomic():
        plan.save(update_fields=["state", "version"])
        _step(request, plan, state, why, on)
        _note(request, plan, f"{state} plan")


def _step(request: Any, plan: Plan, state: str, why: str = "", on: datetime.date | None = None) -> None:
    PlanStep.objects.create(
        plan=plan, version=plan.version, state=state, on=on or clock.today(), why=why, made_by=request.viewer.person, by=_by(request.viewer)
    )


def _by(viewer: Viewer) -> str:
    return f"{viewer.name}, {viewer.role.words.lower()}" if viewer.role else viewer.name


def _note(request: Any, plan: Plan, action: str, **detail: Any) -> None:
    """An event about a plan; the worklist looks anew when it is next opened."""
    WorkStamp.objects.filter(la=plan.la).delete()
    events.record(request, action, "plan", token=plan.token, plan=plan.pk, version=plan.version, **detail)

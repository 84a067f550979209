"""Plans as pages show them: the list of a term, one child's plans, one plan for one viewer, and its history."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from virtualschool.plans import targets as engine
from virtualschool.plans.rules import by_id
from virtualschool.web import children, clock, plan_dates, plan_facts, plan_sections
from virtualschool.web.actions import plan_details as details
from virtualschool.web.actions import plans as actions
from virtualschool.web.children import Child
from virtualschool.web.models import Plan, PlanTarget, PlanText
from virtualschool.web.models.plans import CLOSED, KINDS, PARTS, ROLES, SIGNED, STATES
from virtualschool.web.permissions import Viewer
from virtualschool.web.plan_dates import Standing, TermOfYear
from virtualschool.web.plan_sections import Section
from virtualschool.web.plan_targets import judged_record
from virtualschool.web.presenters import assessments, children_facts
from virtualschool.web.presenters.children_changes import school_names
from virtualschool.web.templatetags.words import day

IN_WORDS = {
    "overdue": "Overdue",
    "due soon": "Due within 10 working days",
    "not yet due": "Not yet due",
    "done in time": "Done on time",
    "done late": "Done late",
    "done": "Done",
    "no date": "No date: term dates are not given",
    "not due": "No plan due",
}
TAGS = {"overdue": "red", "due soon": "yellow", "not yet due": "blue", "done in time": "green", "done late": "orange", "done": "green"}
PLAN_TAGS = {"draft": "grey", "met": "blue", "complete": "turquoise", "signed": "green", "closed": "grey"}


# --- The list ---


@dataclass(frozen=True)
class Line:
    """A child's plan in the list of a term."""

    standing: Standing
    school: str
    year_group: str
    voice: bool
    precise: int
    targets: int

    @property
    def child(self) -> Child:
        return self.standing.child

    @property
    def plan(self) -> Plan | None:
        return self.standing.plan

    @property
    def state(self) -> str:
        return self.standing.state

    @property
    def tag(self) -> str:
        return TAGS.get(self.state, "grey")

    @property
    def plan_tag(self) -> str:
        return PLAN_TAGS.get(self.plan.state, "grey") if self.plan else "grey"

    @property
    def words(self) -> str:
        late = self.standing.late
        if late:
            return f"Overdue by {late} working {'day' if late == 1 else 'days'}"
        return IN_WORDS[self.state]

    @property
    def note(self) -> str:
        return self.standing.why


SORTS = {"overdue": 0, "due soon": 1, "no date": 2, "not yet due": 3, "done late": 4, "done in time": 5, "done": 5, "not due": 6}


def listed(viewer: Viewer, term: TermOfYear) -> list[Line]:
    """The plans of a term that a viewer may see: the most urgent first."""
    today, names = clock.today(), school_names()
    seen = [child for child in children.of(viewer) if child.kinds is None or "plan" in child.kinds]
    lines = []
    for la in sorted({child.la for child in seen}):
        here = term if la == viewer.la else plan_dates.term_of(la, term.key) or term
        lines += plan_dates.standings(la, [child for child in seen if child.la == la], here, today)
    plans = [one.plan for one in lines if one.plan]
    voices, judged = _voices(plans), _judged(plans)
    made = [
        Line(
            one,
            names.get(one.child.school, f"URN {one.child.school}") if one.child.school else "No school",
            _group(one.child),
            one.plan is not None and one.plan.pk in voices,
            *(judged.get(one.plan.pk, (0, 0)) if one.plan else (0, 0)),
        )
        for one in lines
    ]
    far = datetime.date.max
    return sorted(made, key=lambda one: (SORTS[one.state], one.standing.on or far, one.child.name.casefold(), one.child.token))


def counted(lines: list[Line]) -> list[tuple[str, str, int]]:
    """How many plans stand how: key, words and count, in the order of urgency."""
    number = Counter(line.state for line in lines)
    return [(state, IN_WORDS[state], number[state]) for state in SORTS if number[state]]


def _group(child: Child) -> str:
    group = children_facts.year_group(child)
    return children_facts.year_words(group) if group else "not known"


def _voices(plans: list[Plan]) -> set[int]:
    """The plans in which the child has answered, with words or by choosing to say nothing today."""
    said: dict[tuple[int, str], PlanText] = {}
    for one in PlanText.objects.filter(plan__in=plans, section="child").order_by("pk"):
        said[one.plan_id, one.field] = one
    return {plan for (plan, _), one in said.items() if one.words.strip() or one.not_today}


def _judged(plans: list[Plan]) -> dict[int, tuple[int, int]]:
    """By plan: how many of its targets are precise, and how many it has."""
    newest: dict[tuple[int, int], PlanTarget] = {}
    for one in PlanTarget.objects.filter(plan__in=plans).order_by("pk"):
        newest[one.plan_id, one.number] = one
    precise: Counter[int] = Counter()
    number: Counter[int] = Counter()
    for (plan, _), one in newest.items():
        if not one.withdrawn:
            number[plan] += 1
            precise[plan] += one.precise
    return {plan: (precise[plan], number[plan]) for plan in number}


# --- Targets ---


@dataclass(frozen=True)
class Seen:
    """A target with what the rules say of it, and whether its date is past without a review."""

    target: PlanTarget
    marks: engine.Judged
    is_past: bool

    @property
    def said(self) -> list[dict[str, Any]]:
        return said_of(self.marks)


def said_of(marks: engine.Judged) -> list[dict[str, Any]]:
    """Each mark with its title; those that decide first."""
    return [
        {
            "title": by_id()[mark.rule].title,
            "met": mark.met,
            "said": mark.said,
            "add": mark.add,
            "decides": mark.rule in engine.DECIDING,
        }
        for mark in marks.marks
    ]


def targets_of(plan: Plan, version: int | None = None) -> list[Seen]:
    today = clock.today()
    return [
        Seen(one, judged_record(one), one.due is not None and one.due < today and not one.outcome)
        for one in actions.targets(plan, version).values()
    ]


# --- One plan ---


@dataclass(frozen=True)
class Part:
    """A section of a plan as one viewer sees it: what is asked and said, by whom and when."""

    section: Section
    answers: list[dict[str, Any]]
    is_own: bool
    not_today: bool

    @property
    def is_empty(self) -> bool:
        return not any(one["text"] for one in self.answers) and not self.not_today

    @property
    def last(self) -> PlanText | None:
        return max((one["text"] for one in self.answers if one["text"]), key=lambda text: text.made, default=None)


def may_read(viewer: Viewer, section: Section, rows: list[PlanText]) -> bool:
    """Whether a viewer reads a section: by role, or because its writer lets the school read it."""
    name = viewer.role.name if viewer.role else ""
    if name in section.reads or name in section.writes:
        return True
    return name == "teacher" and section.school_if_allowed and bool(rows) and all(one.school_may_read for one in rows)


def _theirs(viewer: Viewer, text: PlanText) -> bool:
    """A carer reads what they wrote themselves: not what the carer before them did."""
    name = viewer.role.name if viewer.role else ""
    return name != "carer" or (viewer.person is not None and text.made_by_id == viewer.person.pk)


def parts(viewer: Viewer, child: Child, plan: Plan, version: int | None = None) -> list[Part]:
    """The sections of a plan that this viewer reads, with what stands in each."""
    held, own = actions.texts(plan, version), actions.own_section(viewer, child, plan)
    made = []
    for section in plan_sections.sections().values():
        rows = [one for (name, _), one in held.items() if name == section.name]
        if not section.is_of(plan.kind) or not may_read(viewer, section, rows):
            continue
        answers = []
        for asked in section.asked(plan.kind):
            text = held.get((section.name, asked.name))
            answers.append({"asked": asked, "text": text if text and text.words.strip() and _theirs(viewer, text) else None})
        not_today = bool(rows) and all(one.not_today for one in rows)
        made.append(Part(section, answers, own is not None and own.name == section.name, not_today))
    return made


def facts(viewer: Viewer, child: Child, plan: Plan, version: int) -> dict[str, Any]:
    """Attendance, attainment and circumstances for this viewer: as kept with a version that is signed off, else from the store now."""
    kept = plan.facts.filter(version=version).order_by("-pk").first()
    snapshot, lines = (kept.snapshot, kept.lines) if kept else plan_facts.facts_of(child)
    return {
        "kept": kept,
        "is_brought": snapshot.startswith("file "),
        "snapshot": snapshot,
        "lines": [line for line in lines if viewer.may_read(line["column"])],
    }


def dates(child: Child, la: str) -> dict[str, Any] | None:
    """Every date by which something of a child's plan is due, past ones of the first plan included."""
    found = plan_dates.dates_of(child, la, clock.today())
    if found is None:
        return None
    counts = {"working": "working days", "school": "school days", "term": "the term"}
    return {
        "why": found.why,
        "is_due": found.state == "due",
        "notes": found.notes,
        "owners": ", ".join(found.owners),
        "lines": [
            {
                "what": one.what.capitalize(),
                "on": one.on,
                "counted": counts[one.counted],
                "headline": one.headline and one.counted != "term",
                "note": one.note,
            }
            for one in found.dates
        ],
    }


def signatures(child: Child, plan: Plan, version: int) -> list[dict[str, Any]]:
    """Who must sign and who has: first those who must."""
    held = {one.role: one for one in plan.signatures.filter(version=version).select_related("made_by").order_by("pk")}
    must = actions.must_sign(child)
    return [{"role": role, "words": ROLES[role], "signed": held.get(role)} for role in (*must, *(one for one in held if one not in must))]


def plan_page(viewer: Viewer, child: Child, plan: Plan, version: int | None = None) -> dict[str, Any]:
    """Everything that the page of a plan shows to a viewer, as of now or at the end of an earlier version."""
    number = version or plan.version
    meeting = actions.newest_meeting(plan, number)
    own, open_now = actions.own_section(viewer, child, plan), actions.is_open(plan) and number == plan.version
    people = [
        {**one, "role": ROLES.get(one["role"], one["role"]), "part": PARTS.get(one["part"], one["part"])}
        for one in (meeting.people if meeting else [])
    ]
    return {
        "child": child,
        "plan": plan,
        "version": number,
        "is_old": number != plan.version,
        "term": TermOfYear(plan.school_year, plan.term).words,
        "state": STATES[plan.state],
        "tag": PLAN_TAGS[plan.state],
        "parts": parts(viewer, child, plan, number),
        "targets": targets_of(plan, number),
        "meeting": meeting,
        "people": people,
        "facts": facts(viewer, child, plan, number) if _sees_facts(viewer, child) else None,
        "signatures": signatures(child, plan, number),
        "steps": list(plan.steps.order_by("pk")),
        "is_open": open_now,
        "own": own,
        "may_write": open_now and own is not None,
        "may_target": open_now and actions.may_set_targets(viewer, child),
        "may_review": plan.state != CLOSED and number == plan.version and actions.may_set_targets(viewer, child),
        "may_meet": open_now and actions.may_hold_meetings(viewer, child),
        "may_sign": plan.state == "complete" and number == plan.version and bool(actions.signs_as(viewer, child)),
        "signs_as": actions.signs_as(viewer, child),
        "may_open_again": not actions.is_open(plan) and actions.may_hold_meetings(viewer, child),
        "may_close": plan.state != CLOSED and actions.is_office(viewer, child),
        "is_office": actions.is_office(viewer, child),
        "lacking": actions.missing(plan) if open_now else [],
        "is_signed": plan.state == SIGNED,
        "may_detail": open_now and bool(details.own_groups(viewer, child)),
        "assessed": assessments.of_term(child, TermOfYear(plan.school_year, plan.term)) if _sees_assessments(viewer) else [],
        "sees_quality": viewer.link is None and viewer.role is not None and viewer.role.name not in ("carer", "child", "home"),
        "kind_words": KINDS[plan.kind],
        "for_child": viewer.role is not None and viewer.role.name == "child",
        "limited": viewer.link is not None or (viewer.role is not None and viewer.role.name in ("carer", "child")),
    }


def _sees_assessments(viewer: Viewer) -> bool:
    return viewer.link is None and viewer.role is not None and viewer.role.name not in ("carer", "child")


def _sees_facts(viewer: Viewer, child: Child) -> bool:
    return viewer.may("record") and (child.kinds is None or "record" in child.kinds)


def of_child(viewer: Viewer, child: Child) -> list[dict[str, Any]]:
    """The plans of a child, the newest first."""
    plans = list(Plan.objects.filter(la=child.la, token=child.token))
    judged_ones, voices, done = _judged(plans), _voices(plans), plan_dates.done_days(plans)
    made = []
    for plan in sorted(plans, key=lambda one: TermOfYear(one.school_year, one.term).place, reverse=True):
        precise, number = judged_ones.get(plan.pk, (0, 0))
        made.append(
            {
                "plan": plan,
                "term": TermOfYear(plan.school_year, plan.term).words,
                "tag": PLAN_TAGS[plan.state],
                "met": done[plan.pk][0],
                "precise": precise,
                "targets": number,
                "voice": plan.pk in voices,
            }
        )
    return made


def history(viewer: Viewer, child: Child, plan: Plan) -> list[dict[str, Any]]:
    """What was done to a plan, the latest first: steps, texts that this viewer may read, targets, meetings and signatures."""
    newest = actions.texts(plan)
    rows: list[dict[str, Any]] = []
    for step in plan.steps.all():
        rows.append(_row(step, STATES[step.state], step.why or (f"On {day(step.on)}" if step.state == "met" else "")))
    for text in plan.texts.all():
        section = plan_sections.sections().get(text.section)
        current = [one for (name, _), one in newest.items() if name == text.section]
        if section is None or not may_read(viewer, section, current) or not _theirs(viewer, text):
            continue
        asked = next((one.question for one in section.fields if one.name == text.field), text.field)
        rows.append(_row(text, f"{section.title}: {asked}", text.words or ("Not today" if text.not_today else "Taken back"), exact=True))
    for target in plan.targets.all():
        told = "withdrawn" if target.withdrawn else dict(PlanTarget._meta.get_field("outcome").choices).get(target.outcome, "")
        rows.append(_row(target, f"Target {target.number}{f', {told.lower()}' if told else ''}", target.text))
    for meeting in plan.meetings.all():
        rows.append(
            _row(meeting, "Meeting", f"Held {day(meeting.held_on)}" if meeting.held_on else f"Planned for {day(meeting.planned_on)}")
        )
    for signature in plan.signatures.all():
        rows.append(_row(signature, f"Signed: {ROLES[signature.role]}", signature.for_name and f"For {signature.for_name}"))
    return sorted(rows, key=lambda row: (row["made"], row["what"]), reverse=True)


def _row(one: Any, what: str, words: str, *, exact: bool = False) -> dict[str, Any]:
    return {"made": one.made, "by": one.by, "version": one.version, "what": what, "words": words, "exact": exact}

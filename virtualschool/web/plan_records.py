"""Plans as the files of plans have them: what was brought or filled in, and before it what stands in the plan's own words, targets,
meeting, names and dates. What rules are judged by, and what is exported.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from virtualschool.plans.files import Plan as Record
from virtualschool.plans.files import before
from virtualschool.plans.layout import tables
from virtualschool.web import clock, plan_dates, plan_sections, plan_words
from virtualschool.web.children import Child
from virtualschool.web.models import (
    Plan,
    PlanGrade,
    PlanMeeting,
    PlanRows,
    PlanSignature,
    PlanStep,
    PlanTarget,
    PlanText,
    TeacherAssessment,
)
from virtualschool.web.models.plans import CLOSED, COMPLETE, DRAFT, SIGNED
from virtualschool.web.plan_dates import TermOfYear
from virtualschool.web.presenters import children_facts

TARGET_COLUMNS = ("view", "category", "help", "help_by", "help_where", "help_when", "owner", "often", "need", "baseline", "measure")


AT_ONCE = 900
"""Plans or children that one question names: a database takes so many values in a question and no more."""


def _batches(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


class _Held:
    """Every row of some plans, read at once: of each plan its own, the oldest first."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        keys = [plan.pk for plan in plans]
        self.of: dict[type, dict[int, list[Any]]] = {}
        for model in (PlanText, PlanTarget, PlanMeeting, PlanSignature, PlanStep, PlanRows, PlanGrade):
            rows: dict[int, list[Any]] = defaultdict(list)
            for some in _batches(keys):
                for row in model.objects.filter(plan__in=some).order_by("pk"):
                    rows[row.plan_id].append(row)
            self.of[model] = rows
        self.assessed: dict[tuple[str, int, str], dict[str, TeacherAssessment]] = defaultdict(dict)
        las = {plan.la for plan in plans}
        for some in _batches(sorted({plan.token for plan in plans})):
            for one in TeacherAssessment.objects.filter(la__in=las, token__in=some).order_by("pk"):
                self.assessed[one.token, one.school_year, one.term][one.subject] = one

    def rows(self, model: type, plan: Plan) -> list[Any]:
        return self.of[model].get(plan.pk, [])


def identifier(plan: Plan) -> str:
    """What files call a plan: what the system that it was brought from called it, else the authority and its number."""
    return plan.reference or f"{plan.la}-{plan.pk}"


def records(plans: Iterable[Plan], children: dict[str, Child], *, with_before: bool = True) -> dict[int, Record]:
    """The newest version of each plan as a record, by its number. `children` are known by token; of others less is told.

    With `with_before` each knows the plan before it, of those given.
    """
    wanted = list(plans)
    held = _Held(wanted)
    terms = {la: plan_dates.evidence(la) for la in {plan.la for plan in wanted}}
    made = {plan.pk: _record(plan, children.get(plan.token), held, terms[plan.la]) for plan in wanted}
    order: dict[tuple[str, str], list[Plan]] = defaultdict(list)
    for plan in sorted(wanted, key=lambda one: TermOfYear(one.school_year, one.term).place):
        order[plan.la, plan.token].append(plan)
    for mine in order.values():
        for number, plan in enumerate(mine):
            record = made[plan.pk]
            if number:
                record.fields["previous_plan"] = identifier(mine[number - 1])
                record.previous = made[mine[number - 1].pk] if with_before else None
            elif "number" not in record.fields and _is_first(record):
                record.fields["number"] = 1
    by_name = {record.id: record for record in made.values()}
    for record in made.values():
        if with_before and record.previous is None:
            record.previous = before(record, by_name)
    return made


def record(plan: Plan, child: Child) -> Record:
    """One plan as a record, with the one before."""
    mine = Plan.objects.filter(la=plan.la, token=plan.token)
    return records(mine, {child.token: child})[plan.pk]


def _record(plan: Plan, child: Child | None, held: _Held, evidence: plan_dates.Evidence) -> Record:
    newest: dict[str, list[dict[str, Any]]] = {}
    for told in held.rows(PlanRows, plan):
        newest[told.table] = [typed(told.table, row) for row in told.rows]
    fields = dict((newest.pop("plans", None) or [{}])[0])
    rows: dict[str, list[dict[str, Any]]] = {name: list(found) for name, found in newest.items()}
    _words(plan, held.rows(PlanText, plan), fields, rows)
    fields |= _facts(plan, child, evidence)
    fields |= _steps(plan, held)
    _meeting(held.rows(PlanMeeting, plan), fields, rows)
    _targets(held.rows(PlanTarget, plan), fields, rows)
    signed = [one for one in held.rows(PlanSignature, plan) if one.version == plan.version]
    rows["signatures"] = [{"role": one.role, "signed_on": one.on, "name": one.for_name or one.by or None} for one in signed]
    _assessed(plan, held, rows)
    fields |= _graded(plan, held)
    return Record({"plan": identifier(plan), "child": plan.token, **fields}, rows)


def typed(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A record as it is kept, with days as days and numbers as decimals."""
    kinds = {column.name: column.type for column in tables()[table].columns}
    made: dict[str, Any] = {}
    for name, value in row.items():
        kind = kinds.get(name)
        if value is not None and kind == "date":
            value = datetime.date.fromisoformat(value)
        elif value is not None and kind == "number":
            value = Decimal(str(value))
        made[name] = value
    return made


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """The same as it is kept in a table of ours."""
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else str(value) if isinstance(value, Decimal) else value
        for name, value in row.items()
        if value is not None
    }


def _words(plan: Plan, texts: list[PlanText], fields: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> None:
    """What is written in the sections, in columns and rows and as it stands. What a section asks and nobody answered was left blank."""
    current = {(text.section, text.field): text for text in texts}
    told = plan_words.composed(fields, rows)
    rows.setdefault("views", [])
    for section in plan_sections.sections().values():
        for asked in section.asked(plan.kind) if section.is_of(plan.kind) else ():
            column = plan_words.MAIN_COLUMN.get((section.name, asked.name))
            if column:
                fields.setdefault(column, None)
    for place, text in current.items():
        if told.get(place, "").strip() != text.words.strip():
            plan_words.say(place, text.words, text.made.astimezone(clock.LONDON).date(), fields, rows)
    if fields.get("aspiration") is None and (hopes := current.get(("child", "hopes"))):
        fields["aspiration"] = hopes.words or None
    rows["texts"] = [
        {
            "section": section,
            "field": field,
            "words": text.words,
            "not_today": text.not_today,
            "school_may_read": text.school_may_read,
        }
        for (section, field), text in current.items()
        if text.words.strip() or text.not_today
    ]


def _facts(plan: Plan, child: Child | None, evidence: plan_dates.Evidence) -> dict[str, Any]:
    """What is known of the plan and its child besides: never a name."""
    told = evidence.terms.get((plan.school_year, plan.term))
    following = evidence.terms.get(_next(plan.school_year, plan.term))
    made: dict[str, Any] = {"la": plan.la, "phase": plan.kind, "school_year": plan.school_year, "term": plan.term}
    if told is not None:
        made |= {"term_start": told.starts, "term_end": told.ends}
    if following is not None:
        made |= {"next_term_start": following.starts, "next_term_end": following.ends}
    if child is None:
        return made
    group = str(children_facts.year_group(child) or "")
    number = plan_dates.NURSERY.get(group, int(group) if group.isdigit() else None)
    if number is not None:
        made["year_group"] = number
    if child.school:
        made["school"] = str(child.school)
    known = plan_dates.in_care(
        child, evidence.episodes.get(str(child.row.get("child") or getattr(child.entry, "child", ""))), clock.today()
    )
    if known is not None:
        made["came_into_care_on"] = known.came_on
        if known.in_custody:
            made["education"] = "custody"
        elif not known.has_school_place:
            made["education"] = "no_place"
    return made


def _next(school_year: int, term: str) -> tuple[int, str]:
    place = plan_dates.ORDER.index(term)
    return (school_year + 1, plan_dates.ORDER[0]) if place == 2 else (school_year, plan_dates.ORDER[place + 1])


def _steps(plan: Plan, held: _Held) -> dict[str, Any]:
    """The days of a plan, and who signed it."""
    made: dict[str, Any] = {}
    for step in held.rows(PlanStep, plan):
        if step.state == DRAFT:
            made.setdefault("started_on", step.on)
        elif step.state == COMPLETE and step.version == plan.version:
            made.setdefault("completed_on", step.on)
        elif step.state == CLOSED:
            made |= {"closed_on": step.on, "closed_why": step.why}
    if plan.state != CLOSED:
        made.pop("closed_on", None), made.pop("closed_why", None)
    signed = [one for one in held.rows(PlanSignature, plan) if one.version == plan.version]
    if plan.state == SIGNED and signed:
        first = next((one for one in signed if one.role == "designated_teacher"), signed[0])
        made |= {"signed_by_role": first.role, "signed_on": max(one.on for one in signed)}
        made.setdefault("completed_on", made["signed_on"])
        made.setdefault("available_on", made["completed_on"])
    return made


def _meeting(meetings: list[PlanMeeting], fields: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> None:
    for name in ("meeting_on", "next_meeting_on", "participation", "participation_why"):
        fields.setdefault(name, None)
    if not meetings:
        return
    now = meetings[-1]
    fields |= {"meeting_planned_on": now.planned_on, "meeting_on": now.held_on, "next_meeting_on": now.next_on}
    fields |= {"participation": now.participation or None, "participation_why": now.participation_why or None}
    rows["people"] = [{"role": one["role"], "part": one["part"], "name": one.get("name") or None} for one in now.people]


def _targets(targets: list[PlanTarget], fields: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> None:
    newest = {one.number: one for one in targets}
    standing = [one for _, one in sorted(newest.items()) if not one.withdrawn]
    rows["targets"] = [
        {
            "id": str(one.number),
            "target": one.text,
            "due": one.due.isoformat() if one.due else None,
            **{name: getattr(one, name) or None for name in TARGET_COLUMNS},
            "outcome": one.outcome or None,
            "evidence": one.evidence or None,
            "reviewed_on": one.reviewed_on,
            "own_words": one.in_own_words or None,
            "spend": one.spend or None,
        }
        for one in standing
    ]
    own_words = " ".join(one.in_own_words for one in standing if one.in_own_words)
    if standing and (own_words or "child_version" not in fields):
        fields["child_version"] = own_words or None


def _assessed(plan: Plan, held: _Held, rows: dict[str, list[dict[str, Any]]]) -> None:
    """The teachers' assessments of the term, where the plan has no attainment of its own."""
    found = held.assessed.get((plan.token, plan.school_year, plan.term), {})
    if rows.get("attainment") or not found:
        return
    rows["attainment"] = [
        {
            "subject": one.subject,
            "result": one.result or None,
            "on_track": one.from_phase if one.from_phase is not None else one.from_entry,
            "baseline": one.baseline_phase or one.baseline_entry or None,
            "recorded_on": one.assessed_on,
        }
        for one in found.values()
        if one.la == plan.la and not one.withdrawn
    ]


def _graded(plan: Plan, held: _Held) -> dict[str, Any]:
    grades = [one for one in held.rows(PlanGrade, plan) if one.version == plan.version]
    if not grades:
        return {}
    now = grades[-1]
    made = {"reviewer": now.by, "reviewed_on": now.given_on, "grade": now.grade}
    return made | ({"feedback": now.feedback} if now.feedback else {})


def _is_first(record: Record) -> bool:
    """Whether the oldest plan held is the first since the child came into care: begun within ten weeks of it."""
    came, begun = record.get("came_into_care_on"), record.get("started_on") or record.get("meeting_on")
    return bool(came and begun and datetime.timedelta(0) <= begun - came <= datetime.timedelta(weeks=10))

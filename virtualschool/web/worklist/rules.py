"""The rules of the worklist. Each finds things to do in an authority's evidence, and says in plain words why it matters and what to do."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from virtualschool.web.models import Concern, Membership, PlannedAction, PlanTarget, PlanText, Recommendation
from virtualschool.web.worklist.evidence import Evidence, working_days_after


@dataclass(frozen=True)
class Found:
    """One thing to do. `key` tells it from others of the rule and holds nothing of a child but the token."""

    key: str
    words: str
    token: str = ""
    due: datetime.date | None = None
    count: int | None = None


@dataclass(frozen=True)
class Rule:
    """A named rule. `kind` is the kind of data that someone must see to be shown what it finds; `view` the page where it is done."""

    name: str
    title: str
    why: str
    do: str
    find: Callable[[Evidence], Iterable[Found]]
    kind: str = "children"
    view: str = "children-child"


RULES: dict[str, Rule] = {}


def rule(title: str, why: str, do: str, **more: str) -> Callable[[Callable[[Evidence], Iterable[Found]]], Rule]:
    """Makes a rule of the function under it, whose name it bears."""

    def made(find: Callable[[Evidence], Iterable[Found]]) -> Rule:
        one = Rule(find.__name__, title, why, do, find, **more)
        RULES[one.name] = one
        return one

    return made


FIRST_PLAN_DAYS = 10
"""Working days from entering care to the first personal education plan. Source: Care Planning, Placement and Case Review (England)
Regulations 2010, regulation 5; DfE, Promoting the education of looked-after children, 2018."""
LATE_ON_A_ROLL = datetime.timedelta(days=28)
"""How long a child may be in care before a roll has it, and still have come into care lately; ours."""
THREE_PLACEMENTS = 3
PERSISTENT = 0.1
"""A tenth of sessions missed: DfE's persistent absence."""
FALL = 0.05
"""A rise of absence by five points of a hundred within a year, about ten school days; ours."""


@rule(
    "Joined",
    "A child who comes into care needs a first personal education plan within 10 working days.",
    "Find out the school, tell its designated teacher, and set a date for the first plan.",
)
def joined(seen: Evidence) -> Iterable[Found]:
    """On the newest roll, and not on the one before."""
    if seen.has_two_rolls:
        for token, entry in seen.now.items():
            if token not in seen.before:
                # Who came into care long before the last roll was left off it, or came from another authority: new to us since this one.
                newest, before = seen.rolls[0].as_of, seen.rolls[1].as_of
                came = entry.entered_care is not None and entry.entered_care > before - LATE_ON_A_ROLL
                began = entry.entered_care if came else newest
                words = "Came into care" if came else "Is new on the roll"
                yield Found(f"{token} {began}", words, token, working_days_after(began or newest, FIRST_PLAN_DAYS))


@rule(
    "Left",
    "Care has ended or the child has moved to another authority; plans, grant and school need to know.",
    "Close or hand on the plan, and see what is owed to the school for this term.",
    view="children-list",
)
def left(seen: Evidence) -> Iterable[Found]:
    """On the roll before, and not on the newest."""
    if seen.has_two_rolls:
        for token in seen.before:
            if token not in seen.now:
                yield Found(
                    f"{token} {seen.rolls[0].as_of}", "Is no longer on the roll", token, working_days_after(seen.rolls[0].as_of, 10)
                )


@rule(
    "Placement moved",
    "A move of placement often means a move of school, a longer journey, or weeks without either.",
    "Ask the social worker whether the school place stands, and how the child gets there.",
)
def placement_moved(seen: Evidence) -> Iterable[Found]:
    """Another placement, home or first day of it than on the roll before."""
    for token, entry in seen.now.items():
        was = seen.before.get(token)
        if was and (entry.placement, entry.home, entry.placement_began) != (was.placement, was.home, was.placement_began):
            moved = entry.placement_began or seen.rolls[0].as_of
            yield Found(f"{token} {moved}", "Moved placement", token, working_days_after(moved, 5))


@rule(
    "School changed",
    "A new school needs the plan, the history and the name of whom to ring.",
    "See that the plan has reached the new designated teacher.",
)
def school_changed(seen: Evidence) -> Iterable[Found]:
    """Another school than on the roll before; both are known."""
    for token, entry in seen.now.items():
        was = seen.before.get(token)
        if was and entry.school and was.school and entry.school != was.school:
            yield Found(f"{token} {entry.school}", "Changed school", token, working_days_after(seen.rolls[0].as_of, 10))


@rule(
    "No school place",
    "A child of school age without a place loses days that are hard to win back. The guidance sets 20 school days as the longest wait.",
    "Apply today, or ask the admission authority for its answer; record the stage.",
)
def no_school_place(seen: Evidence) -> Iterable[Found]:
    """Of compulsory school age on the roll, with no school."""
    for token, entry in seen.now.items():
        if not entry.school and entry.dob and _is_of_school_age(entry.dob, seen.today):
            yield Found(token, "Has no school place on the roll", token, seen.rolls[0].as_of)


@rule(
    "Absence is high and rising",
    "Missing a tenth of school and missing more each year goes with lower results and more suspensions.",
    "Look at the marks week by week with the school, and ask the child what would help.",
)
def absence_rising(seen: Evidence) -> Iterable[Found]:
    """Persistent absence in the newest year with attendance, and five points more than in the year before."""
    year = seen.attendance_year
    for child in seen.children if year else []:
        now, before = seen.absence(child.token, year), seen.absence(child.token, year - 1)  # type: ignore[arg-type,operator]
        if now is not None and before is not None and now >= PERSISTENT and now - before >= FALL:
            yield Found(f"{child.token} {year}", f"Missed {now:.0%} of sessions; {before:.0%} the year before", child.token)


@rule(
    "Suspended more than once",
    "Two suspensions in a year are a warning of permanent exclusion.",
    "Meet with the school before the third: what came before each, and what is in the plan?",
)
def suspended_again(seen: Evidence) -> Iterable[Found]:
    """Two or more suspensions in the newest year that has any."""
    years = {year for (_, year), row in seen.years.items() if row["suspensions"]}
    year = max(years, default=None)
    for child in seen.children if year else []:
        row = seen.years.get((child.token, year))  # type: ignore[arg-type]
        if row and (row["suspensions"] or 0) > 1:
            yield Found(f"{child.token} {year}", f"Suspended {row['suspensions']} times in the school year", child.token)


@rule(
    "Three placements or more in the year",
    "Each move costs schooling; three in a year is DfE's mark of instability.",
    "Ask for education at the placement meeting, and whether the school can stay the same.",
)
def many_placements(seen: Evidence) -> Iterable[Found]:
    for child in seen.children:
        row = seen.years.get((child.token, seen.year or 0))
        if row and (row["placements_in_year"] or 0) >= THREE_PLACEMENTS:
            yield Found(f"{child.token} {seen.year}", f"{row['placements_in_year']} placements in the year", child.token)


@rule(
    "Links to judge",
    "A child without a pupil record is missing from attainment and attendance figures.",
    "Judge the proposals in the review.",
    kind="links",
    view="data-links",
)
def links_to_judge(seen: Evidence) -> Iterable[Found]:
    """Children of the authority whose link waits for a person."""
    waiting = _count(seen, "SELECT count(DISTINCT child) FROM unlinked WHERE la = ? AND reason = 'a person is to judge'")
    if waiting:
        yield Found(seen.snapshot.name, f"{_children(waiting)} wait for a person to judge the link", count=waiting)


@rule(
    "Children of school age with no link",
    "The figures leave them out, and they may differ from the others.",
    "Each has a reason and a next step; most need a UPN from the school.",
    kind="links",
    view="data-links",
)
def unlinked(seen: Evidence) -> Iterable[Found]:
    """Children in the newest return, of school age, whose reason asks for something to be done."""
    query = """
        SELECT count(DISTINCT children.child) FROM unlinked JOIN children USING (la, child)
        WHERE la = ? AND year = (SELECT max(year) FROM children WHERE la = unlinked.la) AND in_year
        AND year_group IS DISTINCT FROM NULL AND age BETWEEN 5 AND 15
        AND reason NOT IN ('UN1', 'UN3', 'over school age', 'under school age', 'a person is to judge')
    """
    found = _count(seen, query)
    if found:
        yield Found(seen.snapshot.name, f"{_children(found)} of school age have no pupil record", count=found)


@rule(
    "Errors in the newest return",
    "What is wrong in the return is wrong in the figures, and the Department will ask.",
    "Correct them in the case system and load the return again.",
    kind="files",
    view="data-findings",
)
def errors_in_return(seen: Evidence) -> Iterable[Found]:
    """Findings of rules in the newest return of the authority."""
    found = _count(seen, "SELECT count(*) FROM findings WHERE la = ? AND year = ?", seen.year)
    if found:
        yield Found(
            f"{seen.snapshot.name} {seen.year}", f"{found:,} {'error' if found == 1 else 'errors'} in the newest return", count=found
        )


@rule(
    "Access to confirm",
    "Who no longer needs access is the commonest way in which data leaks; each is confirmed every quarter.",
    "Confirm or end the access of each person.",
    kind="people",
    view="people",
)
def access_to_confirm(seen: Evidence) -> Iterable[Found]:
    """Members whose access nobody has confirmed for ninety days."""
    old = seen.today - datetime.timedelta(days=90)
    held = Membership.objects.on(seen.today).filter(la=seen.la).exclude(role="child")
    waiting = sum((one.confirmed or one.starts or one.person.made.date()) < old for one in held.select_related("person"))
    if waiting:
        yield Found(f"{seen.today:%Y}-{(seen.today.month - 1) // 3 + 1}", f"{waiting} people's access waits to be confirmed", count=waiting)


@rule(
    "Plan due",
    "A plan that is late is a child without agreed help; inspectors criticise late and missing plans more often than almost anything else.",
    "See that the meeting has a day and that each has written their part.",
    kind="plan",
    view="plans-child",
)
def plan_due(seen: Evidence) -> Iterable[Found]:
    """A plan of the term that is due within ten working days and not done."""
    for one in seen.plans:
        if one.state == "due soon" and one.on:
            yield Found(f"{one.child.token} {one.on}", f"Education plan due: {one.what}", one.child.token, one.on)


@rule(
    "Plan overdue",
    "The child goes into the review without a plan, or the term ends without one.",
    "Hold the meeting this week, or say on the plan why none is due.",
    kind="plan",
    view="plans-child",
)
def plan_overdue(seen: Evidence) -> Iterable[Found]:
    """A plan of the term whose day is past and that is not done."""
    for one in seen.plans:
        if one.state == "overdue" and one.on:
            yield Found(f"{one.child.token} {one.on}", f"Education plan overdue: {one.what}", one.child.token, one.on)


@rule(
    "Plan without the child's view",
    "A plan that does not know what the child thinks is made about the child and not with them.",
    "Send the child a link, or ask somebody they trust to sit with them; saying nothing today is an answer too.",
    kind="plan",
    view="plans-child",
)
def plan_without_voice(seen: Evidence) -> Iterable[Found]:
    """A plan of the term that was met about, or is due within ten working days, in which the child has not answered."""
    begun = {one.plan.pk: one for one in seen.plans if one.plan and (one.plan.state == "met" or one.state in ("due soon", "overdue"))}
    newest = {(text.plan_id, text.field): text for text in PlanText.objects.filter(plan__in=list(begun), section="child").order_by("pk")}
    heard = {plan for (plan, _), text in newest.items() if text.words.strip() or text.not_today}
    for number, one in begun.items():
        if number not in heard:
            yield Found(f"{one.child.token} {number}", "Education plan without the child's view", one.child.token, one.on)


@rule(
    "Target past its date",
    "A target that nobody looks at again shows neither progress nor ambition.",
    "Say what became of it and how that is known; break one that was not met into smaller steps.",
    kind="plan",
    view="plans-child",
)
def target_unreviewed(seen: Evidence) -> Iterable[Found]:
    """Targets of plans that are not closed, past their day, with no outcome."""
    current = {child.token for child in seen.children}
    newest: dict[tuple[int, int], PlanTarget] = {}
    for row in PlanTarget.objects.filter(plan__la=seen.la).exclude(plan__state="closed").select_related("plan").order_by("pk"):
        newest[row.plan_id, row.number] = row
    waiting: dict[int, list[PlanTarget]] = {}
    for row in newest.values():
        if row.plan.token in current and not row.withdrawn and not row.outcome and row.due and row.due < seen.today:
            waiting.setdefault(row.plan_id, []).append(row)
    for number, rows in waiting.items():
        token, due = rows[0].plan.token, min(row.due for row in rows if row.due)
        words = (
            "1 target is past its date without a review" if len(rows) == 1 else f"{len(rows)} targets are past their date without a review"
        )
        yield Found(f"{token} {number}", words, token, due, len(rows))


@rule(
    "Statement to read today",
    "A child wrote something that may mean that somebody is not safe, or asked to talk. It is to be read on the day it was written.",
    "Open it, read it whole, and do what your authority's procedure says. Note what came of it.",
    kind="voice",
    view="voice-worries",
)
def statement_to_read(seen: Evidence) -> Iterable[Found]:
    """Worries that nobody has looked at, and those looked at that have no end; due on the day they were raised."""
    for one in Concern.objects.filter(la=seen.la, ended__isnull=True).order_by("pk"):
        words = "A child wants to talk to someone" if one.raised == "child" else "A child's statement is to be read"
        if one.looked is not None:
            words = "A child's statement was read: say what came of it"
        yield Found(f"worry {one.pk}", words, one.token, one.day)


@rule(
    "Child not answered",
    "A child who says something and hears nothing says nothing the next time.",
    "Tell the child what changed, or why nothing does, and write it down.",
    kind="voice",
    view="voice-child",
)
def child_not_answered(seen: Evidence) -> Iterable[Found]:
    """Children with a view whose day of answer is past, one line for each child."""
    from virtualschool.web.actions.voice import unanswered  # It knows working days by this room.

    late = unanswered(seen.la).filter(reply_by__lt=seen.today).exclude(token="")
    waiting: dict[str, list[datetime.date]] = {}
    for token, day in late.order_by("reply_by", "pk").values_list("token", "reply_by"):
        waiting.setdefault(token, []).append(day)
    for token, days in waiting.items():
        words = "Waits for an answer to what they said" if len(days) == 1 else f"Waits for an answer to {len(days)} things that they said"
        yield Found(f"{token} {days[0]}", words, token, days[0], len(days))


@rule(
    "Action of the plan late",
    "What an authority planned and did not do is the first thing that an inspector asks about.",
    "Do it, or close it with what came of it, or carry it forward with the reason.",
    kind="evaluation",
    view="improvement-plan",
)
def action_late(seen: Evidence) -> Iterable[Found]:
    """Open actions of the action plan past their day."""
    for row in PlannedAction.objects.standing(seen.la, status="open"):
        if seen.today > row.due:
            yield Found(f"{row.key} {row.due}", f"Action {row.ref} is late: {row.words}"[:200], due=row.due)


@rule(
    "Milestone late",
    "A milestone that is missed says early that an action will not be done in time.",
    "Mark it as reached where it was, or change the action.",
    kind="evaluation",
    view="improvement-plan",
)
def milestone_late(seen: Evidence) -> Iterable[Found]:
    """Milestones of open actions past their day and not reached."""
    for row in PlannedAction.objects.standing(seen.la, status="open"):
        for number, one in enumerate(row.milestones):
            due = datetime.date.fromisoformat(one["due"])
            if not one.get("done") and seen.today > due:
                yield Found(f"{row.key} {number} {due}", f"Milestone of {row.ref} is late: {one['words']}"[:200], due=due)


@rule(
    "Recommendation or required action late",
    "Inspectors come back to what they asked for.",
    "Say what was done and how that is known, or what holds it up.",
    kind="evaluation",
    view="improvement-recommendations",
)
def recommendation_late(seen: Evidence) -> Iterable[Found]:
    """Recommendations and required actions past their day and not done."""
    for row in Recommendation.objects.standing(seen.la, done__isnull=True):
        if seen.today > row.due:
            what = "Required action" if row.required else "Recommendation"
            yield Found(f"{row.key} {row.due}", f"{what} is late: {row.words}"[:200], due=row.due)


def _count(seen: Evidence, query: str, *more: object) -> int:
    from virtualschool.web import stores

    return int(stores.engine(seen.snapshot).value(query, [seen.la, *more]) or 0)


def _children(number: int) -> str:
    return "1 child" if number == 1 else f"{number:,} children"


def _is_of_school_age(born: datetime.date, today: datetime.date) -> bool:
    """From the term after the fifth birthday, roughly, to the last Friday in June of year 11: here five to the school year of sixteen."""
    from virtualschool.years import age_on, school_year_of, school_year_start

    return age_on(born, today) >= 5 and age_on(born, school_year_start(school_year_of(today))) < 16

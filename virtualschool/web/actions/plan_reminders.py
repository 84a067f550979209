"""Reminders of education plans that are due soon or late, by both limits and by the authority's own term dates. Each goes out once.

A message holds a link and no child's detail: in the application always, by e-mail where the council's server is set. Who is reminded is who
sees to the plan: the school's designated teacher and the child's social worker; of what is late the Virtual School too.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from virtualschool.plans import due as rules
from virtualschool.plans.due import DueDate
from virtualschool.web import children, clock, events, plan_dates
from virtualschool.web.actions import messages
from virtualschool.web.children import Child
from virtualschool.web.models import Membership, Person, Plan, PlanReminder, Protection, Relationship
from virtualschool.web.models.plans import CLOSED
from virtualschool.web.plan_dates import RECENT

LATE_FOR = datetime.timedelta(days=30)
"""What is late for longer was reminded of, or is old when reminders begin: it stands in the worklist and the list of plans."""
OFFICE = ("head", "team")


@dataclass(frozen=True)
class Reminder:
    """A date of a child's plan that somebody is to be reminded of."""

    child: Child
    one: DueDate
    late: bool

    @property
    def what(self) -> str:
        return f"{self.one.what}, {self.one.counted}"


def remind(la: str) -> dict[str, int]:
    """Reminds of what is due soon or late in an authority today; how many dates and people. A second run on a day reminds of nothing."""
    waiting: dict[tuple[int, bool], list[Reminder]] = defaultdict(list)
    people: dict[int, Person] = {}
    owners = _owners(la)
    known = set(PlanReminder.objects.filter(la=la).values_list("token", "person", "what", "on", "late"))
    dates = list(found(la))
    for one in dates:
        for person in owners(one):
            if (one.child.token, person.pk, one.what, one.one.on, one.late) not in known:
                waiting[person.pk, one.late].append(one)
                people[person.pk] = person
    for (number, late), own in waiting.items():
        PlanReminder.objects.bulk_create(
            PlanReminder(la=la, token=one.child.token, person=people[number], what=one.what[:60], on=one.one.on, late=one.late)
            for one in own
        )
        tokens = {one.child.token for one in own}
        path = reverse("plans-child", args=[tokens.pop()]) if len(tokens) == 1 else _listed(late)
        messages.tell([people[number]], "plans late" if late else "plans due", path, la)
    told = {"dates": len({(one.child.token, one.what, one.late) for own in waiting.values() for one in own}), "people": len(people)}
    if people:
        events.add(action="reminded", la=la, kind="plan", detail=told)
    return told


def _listed(late: bool) -> str:
    return f"{reverse('plans')}?state={'overdue' if late else 'due+soon'}"


def found(la: str) -> Iterable[Reminder]:
    """Dates that are due within ten working days, or passed within the last month, and of which what they ask for is not done."""
    today = clock.today()
    plans: dict[str, list[Plan]] = defaultdict(list)
    for plan in Plan.objects.filter(la=la):
        plans[plan.token].append(plan)
    done = plan_dates.done_days([plan for own in plans.values() for plan in own])
    for child in children.everyone(la):
        if not child.is_current:
            continue
        due = plan_dates.dates_of(child, la, today)
        if due is None or due.state != "due":
            continue
        own = plans.get(child.token, [])
        closed = {(plan.school_year, plan.term) for plan in own if plan.state == CLOSED}
        for one in due.dates:
            if one.on < today - LATE_FOR or (not one.what.startswith("review") and one.on < today - RECENT):
                continue
            if _is_done(one, la, own, done, closed):
                continue
            state = rules.state(one, None, today)
            if state in ("due soon", "overdue"):
                yield Reminder(child, one, state == "overdue")


def _is_done(
    one: DueDate,
    la: str,
    plans: list[Plan],
    done: dict[int, tuple[datetime.date | None, datetime.date | None]],
    closed: set[tuple[int, str]],
) -> bool:
    """Whether what a date asks for is there: a plan begun, one that is complete, or the meeting of the term."""
    if one.what == "first plan begun":
        return bool(plans)
    if one.what == "first plan ready":
        return any(done[plan.pk][1] for plan in plans)
    term = plan_dates.term_on(la, one.on)
    if (term.school_year, term.name) in closed:
        return True
    return any(done[plan.pk][0] for plan in plans if (plan.school_year, plan.term) == (term.school_year, term.name))


def _owners(la: str) -> Callable[[Reminder], list[Person]]:
    """Who is to be reminded of a date: a function of the reminder. Of a protected child only those who are named for the child."""
    today = clock.today()
    held = [one for one in Membership.objects.on(today).filter(la=la).select_related("person") if one.person.is_active]
    teachers: dict[str, list[Membership]] = defaultdict(list)
    for one in held:
        if one.role == "teacher" and one.school:
            teachers[one.school].append(one)
    office = [one for one in held if one.role in OFFICE]
    workers: dict[str, list[Membership]] = defaultdict(list)
    related = Relationship.objects.on(today).filter(membership__in=[one.pk for one in held if one.role == "social_worker"])
    for relation in related.select_related("membership__person"):
        workers[relation.token].append(relation.membership)
    protected = Protection.objects.filter(la=la, ended__isnull=True).prefetch_related("named")
    named = {one.token: {member.pk for member in one.named.all()} for one in protected}

    def owners(one: Reminder) -> list[Person]:
        asked = [*teachers.get(str(one.child.school or ""), []), *workers.get(one.child.token, []), *(office if one.late else [])]
        able = [member for member in asked if one.child.token not in named or member.pk in named[one.child.token]]
        return list({member.person.pk: member.person for member in able}.values())

    return owners

"""Lists of casework: who is not in full-time education, who is taught elsewhere, tasks, caseloads, and enquiries in sum."""

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Any

from virtualschool.web import children, clock, stores
from virtualschool.web.actions.casework import answering, owners
from virtualschool.web.children import Child
from virtualschool.web.models import Caseload, Contact, Enquiry, Membership, NotFullTime, Task, VisitElsewhere
from virtualschool.web.models.casework import ASKED_BY, GIVEN, GROUPS, NO_PLACE, TOPICS
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_facts
from virtualschool.web.presenters.children_changes import school_names
from virtualschool.web.templatetags.words import day
from virtualschool.years import label, school_year_of

COMPULSORY = ("R", *(str(year) for year in range(1, 12)))
"""Year groups in which a child without a school place is a concern at once."""


def mine(viewer: Viewer) -> dict[str, Child]:
    """The authority's own children whom the viewer may see, by token: casework on a child who is shared is the other authority's."""
    return {child.token: child for child in children.of(viewer) if child.la == viewer.la}


# --- Not in full-time education ---


@dataclass(frozen=True)
class Standing:
    """A record of education that is not full-time, as of today."""

    record: NotFullTime
    child: Child
    today: datetime.date

    @property
    def days(self) -> int:
        """Days so far, or until it ended; both ends counted."""
        return ((self.record.ended or self.today) - self.record.starts).days + 1

    @property
    def overdue(self) -> int:
        """Days by which the end date is past."""
        due = self.record.due
        return (self.today - due).days if due and not self.record.ended and due < self.today else 0

    @property
    def ends(self) -> str:
        record = self.record
        if record.ended:
            return f"Ended {day(record.ended)}"
        if record.due is None:
            return "No end date"
        late = f": overdue by {self.overdue} {'day' if self.overdue == 1 else 'days'}" if self.overdue else ""
        return f"{day(record.due)}{late}"

    @property
    def what(self) -> str:
        """What the kind needs said: the stage, the hours and who approved them, or the provider."""
        record = self.record
        hours = f"{record.hours.normalize():f} hours a week" if record.hours is not None else ""
        parts = (record.get_stage_display() if record.kind == NO_PLACE else "", record.provider, hours)
        approved = f"approved by {record.approver}" if record.approver else ""
        looked = f"last looked at {day(record.checked)}" if record.checked else ""
        return ", ".join(filter(None, (*parts, record.curriculum, looked, approved)))


def not_full_time(viewer: Viewer, *, ended: bool = False) -> list[Standing]:
    """Open records, the oldest first; or those that ended, the latest first."""
    seen, today = mine(viewer), clock.today()
    records = NotFullTime.objects.filter(la=viewer.la, ended__isnull=not ended).order_by("starts", "pk")
    found = [Standing(record, seen[record.token], today) for record in records if record.token in seen]
    return sorted(found, key=lambda one: one.record.ended, reverse=True) if ended else found


def without_place(viewer: Viewer) -> list[Child]:
    """Children of compulsory school age on the roll without a school, and with no open record that says so."""
    known = set(NotFullTime.objects.filter(la=viewer.la, ended__isnull=True).values_list("token", flat=True))
    found = [child for child in mine(viewer).values() if child.entry is not None and not child.entry.school and child.token not in known]
    return sorted((one for one in found if children_facts.year_group(one) in COMPULSORY), key=lambda one: (one.name.casefold(), one.token))


# --- Taught outside the authority ---


@dataclass(frozen=True)
class Elsewhere:
    """A child at a school in another authority, with the last visit."""

    child: Child
    school: str
    authority: str
    visit: VisitElsewhere | None
    days: int | None
    """Since the last visit."""

    @property
    def last(self) -> str:
        if self.visit is None:
            return "No visit noted"
        return f"{day(self.visit.visited)}, {self.days} {'day' if self.days == 1 else 'days'} ago"


def elsewhere(viewer: Viewer) -> list[Elsewhere]:
    """Children taught outside the authority now: those without a visit first, then the longest since one."""
    held, places, today = stores.snapshot(), stores.places(), clock.today()
    known, names = stores.schools(held), school_names()
    visits: dict[str, VisitElsewhere] = {}
    for visit in VisitElsewhere.objects.filter(la=viewer.la).order_by("visited", "pk"):
        visits[visit.token] = visit
    found = []
    for child in mine(viewer).values():
        la = known[child.school]["la"] if child.school in known else (None if child.entry else child.row.get("school_la"))
        if child.is_current and la and la != viewer.la:
            visit = visits.get(child.token)
            school = names.get(child.school, f"URN {child.school}")
            found.append(Elsewhere(child, school, places.name(la), visit, (today - visit.visited).days if visit else None))
    return sorted(found, key=lambda one: (one.visit is not None, -(one.days or 0), one.child.name.casefold(), one.child.token))


# --- Tasks and caseloads ---


@dataclass(frozen=True)
class Due:
    """A task as of today."""

    task: Task
    child: Child
    today: datetime.date

    @property
    def standing(self) -> str:
        if self.task.done:
            return f"Done {day(self.task.done)}"
        late = (self.today - self.task.due).days
        return f"Overdue by {late} {'day' if late == 1 else 'days'}" if late > 0 else "Due today" if late == 0 else "Open"

    @property
    def tag(self) -> str:
        return "grey" if self.task.done else "red" if self.task.due < self.today else "yellow" if self.task.due == self.today else "blue"


def tasks(viewer: Viewer, whose: str = "mine") -> list[Due]:
    """Open tasks, the earliest due first: the viewer's own, or everybody's."""
    seen, today = mine(viewer), clock.today()
    found = Task.objects.filter(la=viewer.la, done__isnull=True).select_related("owner__person").order_by("due", "pk")
    if whose == "mine":
        found = found.filter(owner__person=viewer.person)
    return [Due(task, seen[task.token], today) for task in found if task.token in seen]


@dataclass(frozen=True)
class Load:
    """A member with the children and tasks that they answer for; `member` is None for those whom nobody answers for."""

    member: Membership | None
    children: list[Child]
    open_tasks: int
    overdue: int


def caseloads(viewer: Viewer) -> list[Load]:
    """Each member who may answer for children, by name, and then the children for whom nobody does."""
    seen, who, today = mine(viewer), answering(viewer.la), clock.today()
    current = [child for child in seen.values() if child.is_current]
    open_tasks = [task for task in Task.objects.filter(la=viewer.la, done__isnull=True) if task.token in seen]
    made = []
    for member in owners(viewer.la):
        theirs = [task for task in open_tasks if task.owner_id == member.pk]
        held = [child for child in current if child.token in who and who[child.token].pk == member.pk]
        made.append(Load(member, _by_name(held), len(theirs), sum(task.due < today for task in theirs)))
    nobody = [child for child in current if child.token not in who]
    loose = [task for task in open_tasks if task.owner_id is None]
    return [*made, Load(None, _by_name(nobody), len(loose), sum(task.due < today for task in loose))]


def of_child(viewer: Viewer, child: Child) -> dict[str, Any] | None:
    """The casework on one child; None for who may not see it, and for a child of another authority."""
    if not viewer.may("casework") or child.la != viewer.la:
        return None
    own, today = {"la": child.la, "token": child.token}, clock.today()
    tasks = Task.objects.filter(**own).select_related("owner__person").order_by("done", "due", "pk")
    records = NotFullTime.objects.filter(**own).order_by("-starts", "-pk")
    return {
        "not_full_time": [Standing(record, child, today) for record in records],
        "contacts": list(Contact.objects.filter(**own).select_related("made_by").order_by("-day", "-pk")[:20]),
        "tasks": [Due(task, child, today) for task in tasks if task.done is None],
        "finished": [Due(task, child, today) for task in tasks if task.done is not None],
        "visits": list(VisitElsewhere.objects.filter(**own).select_related("made_by").order_by("-visited", "-pk")[:20]),
        "answers": answering(child.la).get(child.token),
        "earlier": list(Caseload.objects.filter(**own, ends__isnull=False).select_related("member__person").order_by("-ends", "-pk")[:5]),
        "may_change": viewer.may("casework", "change"),
    }


def _by_name(found: list[Child]) -> list[Child]:
    return sorted(found, key=lambda child: (child.name.casefold(), child.token))


# --- Enquiries ---


def enquiries(viewer: Viewer) -> dict[str, Any]:
    """Enquiries in sum: by group and kind, by term, by topic, by who asked, and by school. No child is in them."""
    held = list(Enquiry.objects.filter(la=viewer.la).order_by("-day", "-pk"))
    names = school_names()
    by_term = Counter(_term(one.day) for one in held)
    tables = {
        "Term": [(words, count) for (_, words), count in sorted(by_term.items(), reverse=True)],
        "For whom": _counted(GROUPS, (one.group for one in held)),
        "What was given": _counted(GIVEN, (one.given for one in held)),
        "Topic": _counted(TOPICS, (one.topic for one in held)),
        "Asked by": _counted(ASKED_BY, (one.asked_by for one in held)),
        "School": sorted(
            Counter(names.get(one.school, f"URN {one.school}") for one in held if one.school).items(), key=lambda one: (-one[1], one[0])
        ),
    }
    return {"all": len(held), "people": sum(one.people for one in held), "tables": tables, "latest": held[:20], "names": names}


def _counted(words: dict[str, str], values) -> list[tuple[str, int]]:
    found = Counter(values)
    return [(words[name], found[name]) for name in words if found[name]]


def _term(when: datetime.date) -> tuple[tuple[int, int], str]:
    """The term of a day, to sort by and in words. Terms begin in September, January and after Easter, which is put at April here."""
    year = school_year_of(when)
    place = 0 if when.month >= 9 else 1 if when.month < 4 else 2
    return (year, place), f"{('Autumn', 'Spring', 'Summer')[place]} {label(year)}"

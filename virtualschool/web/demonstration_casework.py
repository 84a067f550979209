"""Casework of an invented authority, so that a demonstration's lists have something on them. Every word of it is invented."""

import datetime
import random
from typing import Any

from virtualschool.web import children, clock, stores
from virtualschool.web.actions.casework import owners
from virtualschool.web.models import Caseload, Contact, Enquiry, NotFullTime, Task, VisitElsewhere
from virtualschool.web.models.casework import ASKED_BY, GIVEN, GROUPS, TOPICS
from virtualschool.web.presenters.children_casework import COMPULSORY
from virtualschool.web.presenters.children_facts import year_group

DAY = datetime.timedelta(days=1)
RECORDS: tuple[dict[str, Any], ...] = (
    {"kind": "no place", "stage": "consulted", "starts": 47, "note": "Two schools have been consulted."},
    {"kind": "no place", "stage": "offered", "starts": 16, "due": -6},
    {"kind": "reduced timetable", "hours": "15", "approver": "Invented Headteacher", "starts": 39, "due": 4},
    {"kind": "reduced timetable", "hours": "12.5", "approver": "Invented Headteacher", "starts": 12, "due": -20},
    {"kind": "alternative provision", "provider": "Invented Farm School", "hours": "20", "starts": 84, "due": -30},
    {"kind": "unregistered provision", "provider": "Invented Tuition", "hours": "10", "starts": 25, "due": 2},
)
"""Records by days: how long ago each began, and how long ago it was due (below nought: to come)."""
CONTACTS = (
    ("school", "meeting", "Attendance is better since the change of tutor group. The school will keep the morning check-in."),
    ("social_worker", "call", "The placement is settled. A change of school is not wanted before the summer."),
    ("carer", "visit", "Reading together most evenings. A laptop is still missing."),
)
TASKS = (
    ("Ask the school for the attendance plan", -3),
    ("Book the education plan meeting", 0),
    ("Send the laptop", 6),
    ("Visit the new provision", 15),
)


def fill(la: str) -> None:
    """Writes the records once, where there are people to own them."""
    members = owners(la)
    if not members or NotFullTime.objects.filter(la=la).exists():
        return
    chance, today = random.Random(f"casework of {la}"), clock.today()
    current = sorted(
        (child for child in children.everyone(la) if child.is_current and child.entry is not None), key=lambda child: child.token
    )
    at_school = [child for child in current if year_group(child) in COMPULSORY]
    if len(at_school) < 20:
        return
    chosen = chance.sample(at_school, len(RECORDS) + len(TASKS))
    for child, said in zip(chosen, RECORDS, strict=False):
        dates = {"starts": today - said["starts"] * DAY, "due": today - said["due"] * DAY if "due" in said else None}
        NotFullTime.objects.create(token=child.token, la=la, **{**said, **dates})
    for number, (child, (what, due)) in enumerate(zip(chosen[len(RECORDS) :], TASKS, strict=True)):
        with_whom, how, words = CONTACTS[number % len(CONTACTS)]
        contact = Contact.objects.create(
            token=child.token, la=la, day=today - (8 - due) * DAY if due < 8 else today, with_whom=with_whom, how=how, what=words
        )
        Task.objects.create(
            token=child.token, la=la, contact=contact, what=what, due=today + due * DAY, owner=members[number % len(members)]
        )
    Caseload.objects.bulk_create(
        Caseload(token=child.token, la=la, member=members[number % len(members)], starts=today - 30 * DAY)
        for number, child in enumerate(current[: len(current) * 9 // 10])
    )
    schools = stores.schools(stores.snapshot())
    away = [child for child in current if child.school in schools and schools[child.school]["la"] != la]
    for number, child in enumerate(away[: len(away) // 2]):
        VisitElsewhere.objects.create(
            token=child.token, la=la, visited=today - (20 + 23 * number) * DAY, provision="Full timetable at the school",
            progress="Settled; on course in most subjects.", contact="Invented Designated Teacher, by the school office",
        )  # fmt: skip
    some = [urn for urn, row in schools.items() if row["la"] == la][:4]
    Enquiry.objects.bulk_create(
        Enquiry(
            la=la, day=today - chance.randint(0, 400) * DAY, group=chance.choice(list(GROUPS)), given=chance.choice(list(GIVEN)),
            topic=chance.choice(list(TOPICS)), asked_by=chance.choice(list(ASKED_BY)), school=chance.choice([*some, "", ""]),
            people=chance.choice((1, 1, 1, 2, 14)), minutes=chance.choice((20, 30, 60)),
        )
        for _ in range(40)
    )  # fmt: skip

"""Marks of two terms, cases and a missing child of an invented authority, so that a demonstration shows a term at work. All invented."""

import datetime
import random

from virtualschool.outcomes.marks import monday_of
from virtualschool.web import children, clock
from virtualschool.web.actions.attendance import write_week
from virtualschool.web.actions.casework import owners
from virtualschool.web.models import AttendanceFile, AttendanceWeek, MissingReport, NotFullTime, OfficerCase, OfficerStep
from virtualschool.web.presenters.children_casework import COMPULSORY
from virtualschool.web.presenters.children_facts import year_group

DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(weeks=1)
WEEKS = 34
BREAKS = ((2, 16, 2, 20), (3, 30, 4, 10), (5, 25, 5, 29), (7, 22, 9, 2), (10, 26, 10, 30), (12, 19, 1, 4))
"""Invented holidays: month and day of the first and the last day."""
HABITS = (("steady", 0.965, 12), ("some", 0.94, 4), ("low", 0.78, 2), ("falling", 0.95, 1), ("suspended", 0.88, 1), ("part-time", 0.8, 1))
"""A habit of attendance, the share of sessions attended, and how common it is."""
STEPS = (
    ("call", "The head of year says that Mondays are the worst."),
    ("child", "He says that the bus is full and he is late, and then he does not go in."),
    ("meeting", "A taxi for six weeks, a later start on Mondays, and the same adult at the door."),
)


def fill(la: str) -> None:
    """Writes marks, cases and a missing report once."""
    current = sorted((child for child in children.everyone(la) if child.is_current and child.entry is not None), key=lambda one: one.token)
    pupils = [child for child in current if year_group(child) in COMPULSORY and child.school]
    if len(pupils) < 20 or AttendanceWeek.objects.filter(la=la).exists():
        return
    chance, today = random.Random(f"marks of {la}"), clock.today()
    file = AttendanceFile.objects.create(la=la, layout="weekly", name="marks.csv", sha256="0" * 64, state="kept")
    rows = []
    for child in pupils[2:]:  # Of the first two no school sends marks.
        habit, share, _ = chance.choices(HABITS, [one[2] for one in HABITS])[0]
        rows += _weeks(la, child.token, child.school, habit, share, today, chance, file)
    AttendanceWeek.objects.bulk_create(rows, batch_size=500)
    file.read = file.kept = len(rows)
    file.first, file.last = min(row.monday for row in rows), today
    file.save()
    _cases(la, pupils, today, chance)


def _weeks(
    la: str, token: str, school: str, habit: str, share: float, today: datetime.date, chance: random.Random, file: AttendanceFile
) -> list[AttendanceWeek]:
    made = []
    for back in range(WEEKS, -1, -1):
        monday = monday_of(today) - back * WEEK
        now = share - 0.25 if habit == "falling" and back < 5 else share
        away = habit == "low" and back < 2 and chance.random() < 0.3
        out = habit == "suspended" and (back in (1, 7) or chance.random() < 0.06)
        days: dict[str, tuple[str, str, str]] = {}
        for place in range(5):
            day = monday + place * DAY
            if day > today:
                continue
            if _is_break(day):
                days[day.isoformat()] = ("#", "#", "")
            elif out and place < 2:
                days[day.isoformat()] = ("E", "E", "")
            elif habit == "part-time":
                days[day.isoformat()] = ("/", "C2", "")
            else:
                days[day.isoformat()] = (*_day(0.1 if away else now, habit, chance), "")
        if any(any(mark not in ("#", "") for mark in marks[:2]) for marks in days.values()):
            week = AttendanceWeek(la=la, token=token, monday=monday, school=school, file=file)
            write_week(week, days)
            made.append(week)
    return made


def _day(share: float, habit: str, chance: random.Random) -> tuple[str, str]:
    if chance.random() < share:
        late = chance.random() < 0.04
        return ("L" if late else "/", "\\")
    mark = chance.choice(("I", "I", "M", "O", "U") if habit == "steady" else ("I", "O", "U", "O", "C"))
    return (mark, mark if chance.random() < 0.8 else "\\")


def _is_break(day: datetime.date) -> bool:
    for month, first, to, last in BREAKS:
        begins, ends = datetime.date(day.year, month, first), datetime.date(day.year, to, last)
        if (begins <= day <= ends) if begins <= ends else (day >= begins or day <= ends):
            return True
    return False


def _cases(la: str, pupils: list, today: datetime.date, chance: random.Random) -> None:
    members = owners(la)
    low = sorted(
        {row.token for row in AttendanceWeek.objects.filter(la=la, monday__gte=today - 5 * WEEK) if row.possible > 2 * row.attended}
    )
    for number, token in enumerate(low[:4]):
        opened = today - (30 - 6 * number) * DAY
        case = OfficerCase.objects.create(
            la=la,
            token=token,
            kind=("attendance", "exclusion", "inclusion", "attendance")[number],
            opened=opened,
            why="Half of the sessions of a week were missed.",
            aim="In school on 9 days of 10 by the end of term, by the register",
            owner=members[number % len(members)] if members else None,
            review=today + (10 * number - 5) * DAY,
        )
        OfficerStep.objects.bulk_create(
            OfficerStep(la=la, token=token, case=case, day=opened + (place + 1) * DAY, what=what, note=note)
            for place, (what, note) in enumerate(STEPS[: number + 1])
        )
        if number == 3:
            case.closed, case.outcome, case.learned = today, "better", "Came on 9 days of 10 for three weeks, by the register."
            case.save()
    if low:
        since = today - 3 * DAY
        MissingReport.objects.create(la=la, token=low[-1], since=since, told_by="carer")
        for week in AttendanceWeek.objects.filter(la=la, token=low[-1], monday__gte=monday_of(since)):
            write_week(week, {day: ("O", "O", "") for day, *_ in week.marks if day >= since.isoformat()})
            week.save()
    NotFullTime.objects.create(
        la=la,
        token=chance.choice(pupils).token,
        kind="changed curriculum",
        starts=today - 40 * DAY,
        due=today + 20 * DAY,
        hours="25",
        curriculum="No second language; motor vehicle maintenance on Fridays at the college",
        approver="Invented Headteacher",
        checked=today - 12 * DAY,
    )

"""Rules of attendance within the term: marks that pass an authority's thresholds, suspensions, cases whose review is past, and a child who
is away from school and missing."""

import datetime
from collections.abc import Iterable

from virtualschool.outcomes.marks_watched import Alert, newest_suspension, part_time
from virtualschool.web import attendance_watch
from virtualschool.web.actions.attendance import thresholds
from virtualschool.web.models import NotFullTime, OfficerCase
from virtualschool.web.models.casework import REDUCED
from virtualschool.web.worklist.evidence import Evidence, working_days_after
from virtualschool.web.worklist.rules import Found, rule

VIEW = "children-attendance-child"


def _alerts(seen: Evidence, name: str) -> Iterable[tuple[str, Alert, datetime.date]]:
    """The alerts of one name of the children looked after now, with the last day of the marks."""
    held = seen.marks
    if held.until is None:
        return
    current = {child.token for child in seen.children}
    for token, found in sorted(attendance_watch.alerts_of(held, thresholds(seen.la)).items()):
        for one in found:
            if one.name == name and token in current:
                yield token, one, held.until


@rule(
    "Attendance below the threshold",
    "Each half day that is missed is hard to win back, and weeks in a row become a habit.",
    "Ask school, carer and child what stands in the way, and whether a case is needed.",
    kind="casework",
    view=VIEW,
)
def attendance_below(seen: Evidence) -> Iterable[Found]:
    """Attendance of the last four weeks below the authority's own percentage."""
    for token, one, until in _alerts(seen, "attendance"):
        yield Found(f"{token} {until:%Y-%m}", one.fact, token, working_days_after(until, 5))


@rule(
    "Attendance fell",
    "A fall is the earliest sign that something changed: at school, at home or in contact.",
    "Find out what changed in the weeks of the fall.",
    kind="casework",
    view=VIEW,
)
def attendance_fell(seen: Evidence) -> Iterable[Found]:
    """Attendance of the last four weeks lower than of the eight before by the authority's own number of points."""
    for token, one, until in _alerts(seen, "fall"):
        yield Found(f"{token} {until:%Y-%m}", one.fact, token, working_days_after(until, 5))


@rule(
    "Away from school now",
    "A child who is not in school for days may be ill, may refuse, or may not be where they are thought to be.",
    "Ring school and carer today.",
    kind="casework",
    view=VIEW,
)
def away_now(seen: Evidence) -> Iterable[Found]:
    """Sessions missed in a row up to the newest mark, from the authority's own number on."""
    for token, one, until in _alerts(seen, "run"):
        yield Found(f"{token} {until}", one.fact, token, working_days_after(until, 1))


@rule(
    "Unauthorised absence",
    "Schools act on unauthorised absence, up to notices and court; for a child in care that is a matter for the corporate parent first.",
    "Ask the school for the reasons behind the marks, and agree what happens instead of a notice.",
    kind="casework",
    view=VIEW,
)
def unauthorised_absence(seen: Evidence) -> Iterable[Found]:
    """Sessions of unauthorised absence in ten weeks, from the authority's own number on."""
    for token, one, until in _alerts(seen, "unauthorised"):
        yield Found(f"{token} {until:%Y-%m}", one.fact, token, working_days_after(until, 5))


@rule(
    "Suspended again this term",
    "Suspensions follow one another, and each makes permanent exclusion more likely.",
    "Meet before the next one: what came before each, what does the plan say, what is tried instead?",
    kind="casework",
    view=VIEW,
)
def suspended_this_term(seen: Evidence) -> Iterable[Found]:
    """Suspensions in twelve weeks of marks, from the authority's own number on."""
    for token, one, until in _alerts(seen, "suspensions"):
        yield Found(f"{token} {one.fact}", one.fact, token, working_days_after(until, 3))


@rule(
    "Suspended just now",
    "From the sixth day on, other education is owed to a child who is suspended; for a child in care it should begin on the first.",
    "Ask for the reason in writing, see that work is set, and that the meeting on return has a day.",
    kind="casework",
    view=VIEW,
)
def suspended_now(seen: Evidence) -> Iterable[Found]:
    """A suspension in the last two weeks of marks.

    Sources: East Riding SENDIASS, Exclusions (the sixth day); Lancashire County Council, Exclusions from school (day one in care).
    """
    held = seen.marks
    if held.until is not None:
        for child in seen.children:
            found = newest_suspension(held.by_child.get(child.token, []), held.until)
            if found:
                first, _, number = found
                words = f"Suspended for {number} session{'s' if number > 1 else ''}"
                yield Found(f"{child.token} {first}", words, child.token, working_days_after(first, 1))


@rule(
    "No marks of the register",
    "A child on a school's roll of whom no file has a mark may be missing education without anybody counting it.",
    "Ask the school or the collector why its file has nothing.",
    kind="casework",
    view=VIEW,
)
def no_marks(seen: Evidence) -> Iterable[Found]:
    """On a school's roll, of compulsory school age, and without a mark for the authority's own number of school days."""
    held = seen.marks
    for child in attendance_watch.without_marks(held, seen.children, thresholds(seen.la)):
        until = held.until or seen.today
        yield Found(f"{child.token} {until:%Y-%m}", "No mark of the register of late", child.token, working_days_after(until, 5))


@rule(
    "Part-time marks without a record",
    "A part-time timetable is meant to be short, agreed and written down; marks say that this child has one, and no record does.",
    "Write down hours, who approved it and when it ends, or ask the school to put the marks right.",
    kind="casework",
    view="children-child",
)
def part_time_without_record(seen: Evidence) -> Iterable[Found]:
    """Marks of a temporary part-time timetable in the last four weeks, and no open record of a reduced timetable."""
    held = seen.marks
    if held.until is not None:
        known = set(NotFullTime.objects.filter(la=seen.la, kind=REDUCED, ended__isnull=True).values_list("token", flat=True))
        for child in seen.children:
            number = part_time(held.by_child.get(child.token, []), held.until)
            if number and child.token not in known:
                words = f"{number} part-time session{'s' if number > 1 else ''} in four weeks, and no record of it"
                yield Found(f"{child.token} {held.until:%Y-%m}", words, child.token, working_days_after(held.until, 5))


@rule(
    "On the prevention list without a case",
    "The facts that come before an exclusion are there, and nobody is working on it.",
    "Look at the facts, and open a case or say why not.",
    kind="casework",
    view="children-attendance-prevention",
)
def at_risk_without_case(seen: Evidence) -> Iterable[Found]:
    """The number of children on the prevention list for whom no case is open, once marks are held."""
    held = seen.marks
    if held.is_held:
        waiting = sum(one.case is None for one in attendance_watch.prevention(held, seen.children, seen.snapshot))
        if waiting:
            words = "1 child is" if waiting == 1 else f"{waiting} children are"
            yield Found(f"{seen.today:%Y-%m}", f"{words} on the prevention list without a case", count=waiting)


@rule(
    "Case to review",
    "A case that nobody looks at again helps no child.",
    "Look at what was done, and set the next review or close the case with what came of it.",
    kind="casework",
    view="children-attendance-cases",
)
def case_to_review(seen: Evidence) -> Iterable[Found]:
    """Open cases whose review is today or past."""
    for one in OfficerCase.objects.filter(la=seen.la, closed__isnull=True, review__lte=seen.today).order_by("review", "pk"):
        yield Found(f"case {one.pk} {one.review}", f"{one.get_kind_display()}: review the case", one.token, one.review)  # type: ignore[attr-defined]


@rule(
    "Away from school and missing",
    "A child who is missing and not in school is seen by nobody.",
    "Follow the missing procedure now, with social care and police. Nothing of where goes into this service.",
    kind="missing",
    view="children-attendance-missing",
)
def away_and_missing(seen: Evidence) -> Iterable[Found]:
    """On record as missing, and since then absent at the newest marks, or without a mark."""
    held = seen.marks
    for one in attendance_watch.away_and_missing(held, seen.children):
        words = f"Missing since {one.report.since.day} {one.report.since:%B}, and away from school"
        yield Found(f"{one.child.token} {one.report.since}", words, one.child.token, seen.today)

"""When plans are due: the first plan by both limits, a review in each school term, and what holds in the odd cases.

Limits: begun within 10 working days of the first placement's start (care planning regulations), and ready for the first statutory review,
20 working days after coming into care or on the day of that review if it is earlier (statutory guidance). Authorities that count school
days see both counts; which one is the headline is their setting. Source: rules PEP-T02 to T05 and their sources in rules.toml.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from virtualschool.plans.calendars import WORKING_DAYS, Calendar, Term, in_term_order
from virtualschool.plans.rules import Settings, defaults
from virtualschool.years import age_on

SHORT_BREAKS = ("V3", "V4")
DIED = "E2"
LEAST_DAYS_IN_TERM = 20
"""A child looked after for fewer working days of a term is left out of the measure of plans in place. Chosen here."""


@dataclass(frozen=True)
class InCare:
    """What of a period of care decides when plans are due. `year_group` is null where it is not known; then age decides."""

    came_on: date
    legal_status: str
    born: date
    placed_on: date | None = None
    first_review_on: date | None = None
    ended_on: date | None = None
    why_ended: str = ""
    year_group: int | None = None
    has_school_place: bool = True
    in_custody: bool = False
    """Placed in a young offender institution, a secure training centre or another place of detention."""


@dataclass(frozen=True)
class DueDate:
    """One day by which something is due. `counted` is working, school or term; `headline` is the one that the authority reports by."""

    what: str
    on: date
    counted: str
    rule: str
    headline: bool = False
    note: str = ""


@dataclass(frozen=True)
class Due:
    """The dates of one child. `state` is due, not due or closed; `why` says it in words; `owners` see to the plan."""

    state: str
    why: str
    owners: tuple[str, ...]
    dates: tuple[DueDate, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Authority:
    """How an authority counts: `headline` is working or school; `cut_offs` are its own last days for meetings, by the first day of term."""

    headline: str = "working"
    terms: tuple[Term, ...] = ()
    cut_offs: dict[date, date] = field(default_factory=dict)
    settings: Settings = field(default_factory=defaults)


def due(child: InCare, authority: Authority, today: date) -> Due:
    """What is due for a child, as of a day.

    - Short breaks (V3, V4): no plan is due; the child is not looked after in the sense of the measures.
    - Younger than the age at which plans start, or past year 13: none is due.
    - Death (E2): closed on that day; nothing falls due after, and no reminder is sent.
    - Any other end of care: nothing falls due after it.
    - August: working days run through the holidays; school days begin with the next term. Both are shown.
    - Custody: the same dates; the plan stands in the detention placement plan, and the establishment takes the school's part.
    - No school place: the same dates; social worker and virtual school own the plan.
    """
    if child.legal_status in SHORT_BREAKS:
        return Due("not due", "The child has short breaks only (legal status V3 or V4).", (), ())
    if reason := outside_age(child, authority.settings, today):
        return Due("not due", reason, (), ())
    owners, notes = owners_of(child)
    dates, said = first_plan(child, authority)
    dates += termly(child, authority)
    notes = (*notes, *said)
    ended = child.ended_on if child.ended_on is not None and child.ended_on <= today else None
    if ended is not None:
        dates = [one for one in dates if one.on <= ended]
        if child.why_ended == DIED:
            return Due("closed", "The child died. Nothing is due, and nobody is reminded.", (), ())
        return Due("closed", f"Care ended on {ended}.", (), tuple(sorted(dates, key=in_order)), notes)
    return Due("due", "A plan is due.", owners, tuple(sorted(dates, key=in_order)), notes)


def in_order(one: DueDate) -> tuple[date, str]:
    return one.on, one.what


def outside_age(child: InCare, settings: Settings, today: date) -> str:
    """Why a child's age asks for no plan, '' where it does."""
    if age_on(child.born, today) < settings.age_from_years:
        return f"The child is younger than {settings.age_from_years}."
    if child.year_group is not None and child.year_group > settings.age_to_year_group:
        return f"The young person is past year {settings.age_to_year_group}."
    if child.year_group is None and age_on(child.born, today) > 18:
        return f"The young person is past the age of year {settings.age_to_year_group}."
    return ""


def owners_of(child: InCare) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if child.in_custody:
        return ("social worker", "virtual school", "head of learning of the establishment"), (
            "In custody: the plan is part of the detention placement plan, by the same dates.",
        )
    if not child.has_school_place:
        return ("social worker", "virtual school"), ("No school place: the plan is due all the same, with a date for full-time education.",)
    return ("social worker", "designated teacher"), ()


def first_plan(child: InCare, authority: Authority) -> tuple[list[DueDate], list[str]]:
    """The first plan's dates by working days, and by school days where the authority's calendar has terms."""
    settings, placed = authority.settings, child.placed_on or child.came_on
    notes: list[str] = []
    dates: list[DueDate] = []
    calendars = [WORKING_DAYS, *([Calendar("school", authority.terms)] if authority.terms else [])]
    for calendar in calendars:
        head = calendar.kind == authority.headline
        try:
            dates.append(
                DueDate("first plan begun", calendar.after(placed, settings.initiate_working_days), calendar.kind, "PEP-T02", head)
            )
            ready = calendar.after(child.came_on, settings.first_review_working_days)
        except ValueError as fault:
            notes.append(str(fault))
            continue
        if child.first_review_on is not None and child.first_review_on < ready:
            dates.append(DueDate("first plan ready", child.first_review_on, calendar.kind, "PEP-T03", head, "The day of the first review."))
        else:
            dates.append(DueDate("first plan ready", ready, calendar.kind, "PEP-T03", head))
    if authority.terms and not any(term.holds(child.came_on) for term in authority.terms):
        notes.append("The child came into care in a holiday: working days run on, school days begin with the next term.")
    if authority.headline == "school" and not authority.terms:
        notes.append("The authority counts school days, and no term dates are held: only working days can be shown.")
    return dates, notes


def termly(child: InCare, authority: Authority) -> list[DueDate]:
    """A review in each term in which the child is looked after, by the authority's own cut-off or the term's last day."""
    dates = []
    for term in in_term_order(authority.terms):
        begins, ends = max(child.came_on, term.start), min(child.ended_on or term.end, term.end)
        if begins > ends:
            continue
        days = WORKING_DAYS.between(begins - timedelta(days=1), ends)
        note = "" if days >= LEAST_DAYS_IN_TERM else f"Looked after for {days} working days of the term: left out of the measure."
        cut_off = authority.cut_offs.get(term.start, term.end)
        if cut_off < begins:
            cut_off, note = term.end, " ".join(filter(None, (note, "The authority's cut-off was before the child came into care.")))
        dates.append(DueDate(f"review in the {term.name} term", cut_off, "term", "PEP-T04", True, note))
    return dates


def after_change_of_school(changed_on: date, settings: Settings | None = None) -> DueDate:
    """When the plan is to be done again with a new school."""
    days = (settings or defaults()).change_of_school_working_days
    return DueDate("plan with the new school", WORKING_DAYS.after(changed_on, days), "working", "PEP-T05", True)


def state(one: DueDate, done_on: date | None, today: date, soon: int = 10) -> str:
    """done in time, done late, overdue, due soon (within so many working days) or not yet due."""
    if done_on is not None:
        return "done in time" if done_on <= one.on else "done late"
    if today > one.on:
        return "overdue"
    return "due soon" if WORKING_DAYS.between(today, one.on) <= soon else "not yet due"


def reminders(one: DueDate, before: Sequence[int] = (10, 5, 0)) -> list[date]:
    """The days on which to remind: so many working days before the due date."""
    found = []
    for days in before:
        day, left = one.on, days
        while left or not WORKING_DAYS.counts(day):
            day -= timedelta(days=1)
            left -= WORKING_DAYS.counts(day) if left else 0
        found.append(day)
    return found

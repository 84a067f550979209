"""When each child's plan is due in a term, and how it stands: virtualschool.plans.due asked for the children of an authority."""

import datetime
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from virtualschool.plans import due as rules
from virtualschool.plans.calendars import WORKING_DAYS, Term
from virtualschool.plans.due import Authority, DueDate, InCare
from virtualschool.plans.rules import defaults
from virtualschool.web import stores
from virtualschool.web.children import Child
from virtualschool.web.models import Plan, PlanMeeting, PlanStep, PlanTerm
from virtualschool.web.models.plans import COMPLETE, SIGNED
from virtualschool.years import label, school_year_of

CUSTODY = "R5"
"""The code of a young offender institution or prison in the return of children looked after."""
NURSERY = {"N1": -2, "N2": -1, "R": 0}
COMPULSORY = ("R", *(str(year) for year in range(1, 12)))
AROUND = datetime.timedelta(days=200)
"""How far from today a term is shown."""
RECENT = datetime.timedelta(days=120)
"""A child in care for longer has passed every limit of the first plan."""
ORDER = ("autumn", "spring", "summer")


@dataclass(frozen=True)
class TermOfYear:
    """A term of a school year. `dates` are None where the authority has not given them."""

    school_year: int
    name: str
    dates: PlanTerm | None = None

    @property
    def words(self) -> str:
        return f"{self.name.capitalize()} {label(self.school_year)}"

    @property
    def key(self) -> str:
        return f"{self.school_year}-{self.name}"

    @property
    def place(self) -> tuple[int, int]:
        return self.school_year, ORDER.index(self.name)

    @property
    def term(self) -> Term | None:
        if self.dates is None:
            return None
        halves = ((self.dates.break_starts, self.dates.break_ends),) if self.dates.break_starts and self.dates.break_ends else ()
        return Term(self.name, self.dates.starts, self.dates.ends, halves)


@dataclass(frozen=True)
class Standing:
    """A child's plan in a term: what is due when, and what of it is done. `plan` is None where none was begun."""

    child: Child
    plan: Plan | None
    is_due: bool
    why: str
    """Why no plan is due, where none is; else who owns it and what is to be minded."""
    on: datetime.date | None
    what: str
    done_on: datetime.date | None
    today: datetime.date

    @property
    def state(self) -> str:
        """not due, no date, overdue, due soon, not yet due, done in time, done late."""
        if not self.is_due and self.done_on is None:
            return "not due"
        if self.on is None:
            return "no date" if self.done_on is None else "done"
        return rules.state(DueDate(self.what, self.on, "", ""), self.done_on, self.today)

    @property
    def late(self) -> int:
        """Working days by which it is overdue."""
        return WORKING_DAYS.between(self.on, self.today) if self.state == "overdue" and self.on else 0


@dataclass(frozen=True)
class Evidence:
    """What of an authority decides dates: its terms, and of each child the newest episode."""

    terms: dict[tuple[int, str], PlanTerm] = field(default_factory=dict)
    episodes: dict[str, tuple[str, str, datetime.date | None, str]] = field(default_factory=dict)


# --- Terms ---


def terms_of(la: str) -> dict[tuple[int, str], PlanTerm]:
    """The terms that an authority has given, by school year and name; the newest row of each holds."""
    return {(one.school_year, one.term): one for one in PlanTerm.objects.filter(la=la).order_by("made", "pk")}


def term_on(la: str, day: datetime.date) -> TermOfYear:
    """The term of a day: the one that holds it, or the next to begin; by the month where no dates are given."""
    ahead = sorted((one for one in terms_of(la).values() if one.ends >= day), key=lambda one: one.starts)
    if ahead and ahead[0].starts - day <= datetime.timedelta(days=70):
        return TermOfYear(ahead[0].school_year, ahead[0].term, ahead[0])
    name = "autumn" if day.month >= 9 else "spring" if day.month < 4 else "summer"
    return TermOfYear(school_year_of(day), name, terms_of(la).get((school_year_of(day), name)))


def term_of(la: str, key: str) -> TermOfYear | None:
    """The term that `2026-autumn` names; None for other words."""
    year, _, name = key.partition("-")
    if name not in ORDER or not year.isdigit() or not 2000 <= int(year) <= 2100:
        return None
    return TermOfYear(int(year), name, terms_of(la).get((int(year), name)))


def known_terms(la: str, today: datetime.date) -> list[TermOfYear]:
    """The terms with dates or plans, and today's, the newest first."""
    given = terms_of(la)
    keys = set(given) | set(Plan.objects.filter(la=la).order_by().values_list("school_year", "term").distinct())
    now = term_on(la, today)
    keys.add((now.school_year, now.name))
    return sorted((TermOfYear(year, name, given.get((year, name))) for year, name in keys), key=lambda one: one.place, reverse=True)


# --- A child's dates ---


def in_care(child: Child, episode: tuple[str, str, datetime.date | None, str] | None, today: datetime.date) -> InCare | None:
    """What decides the dates of a child; None where the day of birth or of coming into care is not known."""
    entry, row = child.entry, child.row
    born = (entry.dob if entry is not None else None) or row.get("dob")
    came = (entry.entered_care if entry is not None else None) or row.get("period_start")
    if born is None or came is None:
        return None
    status, place, ended, why = episode or ("", "", None, "")
    if ended is not None and (ended < came or why == "X1" or (child.entry is not None and why != rules.DIED)):
        ended, why = None, ""  # The episode is of an earlier period, or another followed it.
    group = (entry.year_group if entry is not None else "") or row.get("year_group") or ""
    number = NURSERY.get(group, int(group) if group.isdigit() else None)
    if entry is None or not entry.year_group:
        number = None  # The store's year group is that of an earlier year; age decides.
    return InCare(
        came_on=came,
        legal_status=status,
        born=born,
        ended_on=ended,
        why_ended=why,
        year_group=number,
        has_school_place=bool(child.school) or entry is None or group not in COMPULSORY,
        in_custody=place == CUSTODY,
    )


def authority(terms: Iterable[PlanTerm], headline: str = "working") -> Authority:
    held = list(terms)
    made = tuple(one for one in (TermOfYear(term.school_year, term.term, term).term for term in held) if one)
    return Authority(headline, made, {one.starts: one.cut_off for one in held if one.cut_off})


def dates_of(child: Child, la: str, today: datetime.date) -> rules.Due | None:
    """Every date of one child, by working and school days and by term; None where what decides them is not known."""
    held = evidence(la)
    known = in_care(child, held.episodes.get(str(child.row.get("child") or getattr(child.entry, "child", ""))), today)
    if known is None:
        return None
    shown = [one for one in held.terms.values() if one.ends >= today - AROUND and one.starts <= today + AROUND]
    found = _first(known, held, today)
    if found.state != "due":
        return found
    return replace(found, dates=tuple(sorted((*found.dates, *rules.termly(known, authority(shown))), key=rules.in_order)))


def _first(known: InCare, held: Evidence, today: datetime.date) -> rules.Due:
    """Whether a plan is due, and the dates of the first one. School days are counted where the terms since the child came are held."""
    newest = max(held.terms.values(), key=lambda one: (one.made, one.pk), default=None)
    covered = any(one.starts <= known.came_on for one in held.terms.values())
    terms = [one for one in held.terms.values() if one.ends >= known.came_on] if covered else []
    headline = newest.headline if newest and covered else "working"
    found = rules.due(known, authority(terms, headline), today)
    notes = found.notes if covered else (*found.notes, "School days are not counted: no term dates are held for when the child came.")
    return replace(found, dates=tuple(one for one in found.dates if one.counted != "term"), notes=notes)


def evidence(la: str) -> Evidence:
    return Evidence(terms_of(la), _episodes(str(stores.snapshot().store.path), stores.snapshot().name, la))


@functools.lru_cache(maxsize=8)
def _episodes(path: str, name: str, la: str) -> dict[str, tuple[str, str, datetime.date | None, str]]:
    """Of each child of an authority the legal status, placement, end and reason of the newest episode."""
    query = """
        SELECT child, ls, place, dec, rec FROM episodes WHERE la = ?
        QUALIFY row_number() OVER (PARTITION BY child ORDER BY decom DESC, dec DESC NULLS FIRST, year DESC) = 1
    """
    rows = stores.engine(stores.snapshot()).rows(query, [la])
    return {row["child"]: (row["ls"] or "", row["place"] or "", row["dec"], row["rec"] or "") for row in rows}


# --- How plans stand in a term ---


def standings(la: str, children: Iterable[Child], term: TermOfYear, today: datetime.date) -> list[Standing]:
    """How the plan of each child stands in a term, in the order given. Children who left are there if they have a plan in it.

    Of a child who came into care lately and has no complete plan of an earlier term, the first plan is due; of others, the term's review.
    """
    held = evidence(la)
    plans = {plan.token: plan for plan in Plan.objects.filter(la=la, school_year=term.school_year, term=term.name)}
    done = done_days(list(plans.values()))
    full = Plan.objects.filter(la=la, state__in=(COMPLETE, SIGNED)).values_list("token", "school_year", "term")
    before = {token for token, year, name in full if TermOfYear(year, name).place < term.place}
    made = []
    for child in children:
        plan = plans.get(child.token)
        if not child.is_current and plan is None:
            continue
        made.append(_standing(child, plan, held, term, today, done, child.token in before))
    return made


def done_days(plans: list[Plan]) -> dict[int, tuple[datetime.date | None, datetime.date | None]]:
    """By plan: the day of its meeting, and the day on which it was complete, as far as they are there."""
    keys = [plan.pk for plan in plans]
    met = {one.plan_id: one.held_on for one in PlanMeeting.objects.filter(plan__in=keys).order_by("pk")}
    full: dict[int, datetime.date] = {}
    for step in PlanStep.objects.filter(plan__in=keys, state__in=(COMPLETE, SIGNED)).order_by("-pk"):
        full[step.plan_id] = step.on  # The earliest stays.
    return {key: (met.get(key), full.get(key)) for key in keys}


def _standing(child: Child, plan: Plan | None, held: Evidence, term: TermOfYear, today, done, had_one: bool) -> Standing:
    met, full = done.get(plan.pk, (None, None)) if plan else (None, None)
    known = in_care(child, held.episodes.get(str(child.row.get("child") or getattr(child.entry, "child", ""))), today)

    def stands(is_due: bool, why: str, on=None, what="", done_on=met) -> Standing:
        return Standing(child, plan, is_due, why, on, what, done_on, today)

    if plan is not None and plan.state == "closed":
        return stands(False, "The plan was closed.", done_on=None)
    if not child.is_current:
        return stands(False, "Not looked after now.")
    if known is None:
        return stands(True, "The day of birth or of coming into care is not known.")
    told = term.dates
    if told is not None and known.came_on > told.ends:
        return stands(False, "Came into care after the term.")
    recent = today - known.came_on < RECENT or (told is not None and known.came_on >= told.starts - RECENT)
    if recent or known.legal_status in rules.SHORT_BREAKS or known.why_ended:
        result = _first(known, held, today)
        if result.state != "due":
            return stands(False, result.why)
        first = next((one for one in result.dates if one.what == "first plan ready" and one.headline), None)
        if first is not None and not had_one:
            return stands(True, "; ".join(rules.owners_of(known)[1]), first.on, "first plan", full)
    elif reason := rules.outside_age(known, defaults(), today):
        return stands(False, reason)
    notes = rules.owners_of(known)[1]
    dates = rules.termly(known, authority([told])) if told else []
    return stands(True, "; ".join(notes), dates[0].on if dates else None, "review of the term")

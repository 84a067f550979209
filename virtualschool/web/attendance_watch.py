"""The marks of an authority's children, and what they say: alerts, the prevention list, who is away and missing, and series by group."""

import datetime
import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from virtualschool.benchmarks.control import Placed, Point, chart, in_words
from virtualschool.outcomes.marks import ABSENT, Day, sessions
from virtualschool.outcomes.marks_watched import Alert, Sign, alerts, is_at_risk, signs
from virtualschool.publish.rounding import percent
from virtualschool.web import premium_facts, stores
from virtualschool.web.children import Child
from virtualschool.web.models import AttendanceWeek, MissingReport, NotFullTime, OfficerCase
from virtualschool.web.models.casework import REDUCED

WEEKS = 15
"""How far back marks are looked at."""
CHARTED = 40
"""Weeks of school on a chart."""
FEWEST_SESSIONS = 20
"""Possible sessions of a group in a week below which a point is left out: a training day or a holiday of some."""
PRIMARY = ("R", "1", "2", "3", "4", "5", "6")
SECONDARY = ("7", "8", "9", "10", "11")


def days_of(week: AttendanceWeek) -> list[Day]:
    return [(datetime.date.fromisoformat(day), morning, afternoon) for day, morning, afternoon in week.marks]


@dataclass(frozen=True)
class Marks:
    """The marks of an authority up to a day: by child, and the last day that any file has."""

    la: str
    until: datetime.date | None
    by_child: Mapping[str, list[Day]]

    @property
    def is_held(self) -> bool:
        return self.until is not None


def marks(la: str, today: datetime.date, token: str = "") -> Marks:
    """The marks of the last weeks up to the newest day of any file, which is what "the last four weeks" are counted from.

    With `token`, that child's alone; the newest day is still that of any child.
    """
    up_to = AttendanceWeek.objects.filter(la=la, monday__lte=today)
    newest = up_to.order_by("-monday").values_list("monday", flat=True).first()
    if newest is None:
        return Marks(la, None, {})
    wanted = up_to.filter(monday__gt=newest - datetime.timedelta(weeks=WEEKS))
    held: dict[str, list[Day]] = defaultdict(list)
    for week in (wanted.filter(token=token) if token else wanted).order_by("monday"):
        held[week.token] += days_of(week)
    if token:
        return Marks(la, _last_marked(wanted, newest), held)
    until = max((day for days in held.values() for day, *said in days if any(said)), default=newest)
    return Marks(la, until, held)


def _last_marked(weeks: Any, newest: datetime.date) -> datetime.date:
    """The last day of some weeks with a mark of any child; read a week at a time from the newest on, which is nearly always enough."""
    for monday in weeks.order_by("-monday").values_list("monday", flat=True).distinct():
        said = [day for marks in weeks.filter(monday=monday).values_list("marks", flat=True) for day, *halves in marks if any(halves)]
        if said:
            return datetime.date.fromisoformat(max(said))
    return newest


def alerts_of(held: Marks, limits: Mapping[str, int]) -> dict[str, list[Alert]]:
    """The alerts of each child, by token; children without any are left out."""
    if held.until is None:
        return {}
    found = {token: alerts(days, held.until, limits) for token, days in held.by_child.items()}
    return {token: some for token, some in found.items() if some}


def without_marks(held: Marks, current: Iterable[Child], limits: Mapping[str, int]) -> list[Child]:
    """Children on roll at a school, of compulsory school age, of whom the files have nothing for so many school days."""
    if held.until is None:
        return []
    days = {day for some in held.by_child.values() for day, *said in some if any(said)}
    wanted = sorted(days)[-limits["no_marks"] :]
    if len(wanted) < limits["no_marks"]:
        return []
    since = wanted[0]
    silent = []
    for child in current:
        group = year_group(child)
        if (
            child.school
            and group in (*PRIMARY, *SECONDARY)
            and not any(day >= since and any(said) for day, *said in held.by_child.get(child.token, ()))
        ):
            silent.append(child)
    return silent


def year_group(child: Child) -> str:
    return str((child.entry.year_group if child.entry is not None else "") or child.row.get("year_group") or "")


# --- Away and missing ---


@dataclass(frozen=True)
class Away:
    """A child who is on record as missing, and what the register says since."""

    child: Child
    report: MissingReport
    sessions: int
    """Sessions missed since; nought where no mark is held since."""
    marked: bool
    """Whether the register has a mark since."""

    @property
    def fact(self) -> str:
        return f"{self.sessions} sessions missed since" if self.marked else "no mark of the register since"


def away_and_missing(held: Marks, current: Iterable[Child]) -> list[Away]:
    """Children who are missing and not in school: absent at the newest marks since, or without a mark since."""
    reports = {one.token: one for one in MissingReport.objects.filter(la=held.la, ended__isnull=True).order_by("since")}
    made = []
    for child in current:
        report = reports.get(child.token)
        if report is None:
            continue
        since = sessions([one for one in held.by_child.get(child.token, ()) if one[0] >= report.since])
        if since and since[-1][2] not in ABSENT:
            continue  # Seen in school after the report.
        made.append(Away(child, report, sum(kind in ABSENT for *_, kind in since), bool(since)))
    return made


# --- The prevention list ---


@dataclass(frozen=True)
class AtRisk:
    """A child on the prevention list, the facts that put it there, and the open case where there is one."""

    child: Child
    signs: list[Sign]
    case: OfficerCase | None


SENSITIVE = {"semh": "primary_need", "sdq": "sdq_band", "unplanned move": "placement_moves", "suspended last year": "suspensions"}
"""The column that a sign is made of, whose level decides who may read it."""


def prevention(held: Marks, current: Iterable[Child], of: stores.Snapshot) -> list[AtRisk]:
    """The children whom the facts put on the list, those with most strong signs first."""
    known, moved = premium_facts.facts(of, held.la), _moved(str(of.store.path), of.name, held.la)
    reduced = set(NotFullTime.objects.filter(la=held.la, kind=REDUCED, ended__isnull=True).values_list("token", flat=True))
    cases = {one.token: one for one in OfficerCase.objects.filter(la=held.la, closed__isnull=True).order_by("opened")}
    until = held.until or datetime.date.min + datetime.timedelta(weeks=60)
    made = []
    for child in current:
        facts = {**known.get(child.token, {}), **moved.get(child.token, {}), "reduced": child.token in reduced}
        found = signs(held.by_child.get(child.token, []), until, facts)
        if is_at_risk(found):
            made.append(AtRisk(child, found, cases.get(child.token)))
    return sorted(made, key=lambda one: (-sum(sign.weight == "strong" for sign in one.signs), -len(one.signs), one.child.name.casefold()))


@functools.lru_cache(maxsize=20)
def _moved(path: str, name: str, la: str) -> dict[str, dict[str, Any]]:
    """Unplanned moves and permanent exclusions of the newest two years, by token."""
    of = stores._snapshot(path, name)
    query = """
        SELECT token, arg_max(unplanned_moves, year) AS unplanned_moves, max(permanent_exclusions) AS permanent_exclusions
        FROM children WHERE la = ? AND year >= (SELECT max(year) - 1 FROM children WHERE la = ?) GROUP BY token
    """
    return {row["token"]: row for row in stores.engine_of(of, la).rows(query, [la, la])}


# --- Charts ---


@dataclass(frozen=True)
class Week:
    """A point of a series: what a group attended in a week, and how many children it is of."""

    monday: datetime.date
    attended: int
    possible: int
    children: int


@dataclass(frozen=True)
class Series:
    """The weeks of a group with their limits and what they say."""

    name: str
    words: str
    weeks: list[Week]
    placed: list[Placed]

    @property
    def said(self) -> str:
        return in_words(self.placed)


def groups(of: stores.Snapshot, la: str, current: Iterable[Child]) -> dict[str, tuple[str, frozenset[str]]]:
    """The groups of children that have a chart: words and tokens. A group with fewer than ten children has none."""
    known = premium_facts.facts(of, la)
    tests = {
        "all": ("All children looked after now", lambda child, facts: True),
        "primary": ("Reception to year 6", lambda child, facts: year_group(child) in PRIMARY),
        "secondary": ("Years 7 to 11", lambda child, facts: year_group(child) in SECONDARY),
        "sen": ("Special educational needs", lambda child, facts: facts.get("sen") in ("support", "EHCP")),
        "unaccompanied": ("Came to the country alone", lambda child, facts: bool(facts.get("unaccompanied"))),
        "residential": ("In a children's home", lambda child, facts: "home" in str(child.row.get("placement_type") or "")),
        "away": ("Placed outside the authority", lambda child, facts: bool(child.row.get("out_of_authority"))),
    }
    now = list(current)
    found = {
        name: (words, frozenset(child.token for child in now if test(child, known.get(child.token, {}))))
        for name, (words, test) in tests.items()
    }
    return {name: (words, tokens) for name, (words, tokens) in found.items() if len(tokens) >= FEWEST_CHILDREN}


FEWEST_CHILDREN = 10


Held = list[tuple[datetime.date, str, int, int]]
"""Weeks of an authority: Monday, token, sessions attended and possible."""


def weeks_held(la: str, today: datetime.date) -> Held:
    return list(AttendanceWeek.objects.filter(la=la, monday__lte=today).values_list("monday", "token", "attended", "possible"))


def series(held: Held, name: str, words: str, tokens: frozenset[str]) -> Series:
    """The newest weeks of school of a group: attendance as a share, with its limits. Weeks of few sessions have no point."""
    rows: dict[datetime.date, list[int]] = defaultdict(lambda: [0, 0, 0])
    for monday, token, attended, possible in held:
        if token in tokens and possible:
            row = rows[monday]
            row[0], row[1], row[2] = row[0] + attended, row[1] + possible, row[2] + 1
    weeks = [Week(monday, *row) for monday, row in sorted(rows.items()) if row[1] >= FEWEST_SESSIONS][-CHARTED:]
    points = [Point(f"{one.monday:%d %b %y}", one.attended / one.possible) for one in weeks]
    return Series(name, words, weeks, chart(points))


def shown(attended: int, possible: int) -> str:
    return f"{percent(attended, possible)}%" if possible else "–"

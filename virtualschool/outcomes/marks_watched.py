"""What to look at in a child's marks of a term, and the facts that may come before an exclusion. Each says its fact; there is no score.

Thresholds are an authority's own; the defaults are ours, but for the tenth of persistent absence, which is DfE's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from virtualschool.outcomes.marks import PART_TIME, SUSPENDED, Counted, Day, counted, last_run, sessions, spells

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Threshold:
    """A threshold with its words, its unit and its default."""

    name: str
    words: str
    unit: str
    value: int
    least: int
    most: int


THRESHOLDS = {
    one.name: one
    for one in (
        Threshold("attendance", "Attendance of the last four weeks is below", "percent", 90, 1, 100),
        Threshold("fall", "Attendance fell, from the eight weeks before to the last four, by at least", "points", 10, 1, 100),
        Threshold("run", "Sessions missed in a row, up to the newest mark", "sessions", 6, 1, 100),
        Threshold("unauthorised", "Unauthorised absence in the last ten weeks", "sessions", 10, 1, 100),
        Threshold("suspensions", "Suspensions in the last twelve weeks", "suspensions", 2, 1, 20),
        Threshold("no_marks", "No marks for a child at school, while the file has others", "school days", 10, 1, 60),
        Threshold("few", "A rate is looked at from so many possible sessions on", "sessions", 20, 1, 100),
    )
}


@dataclass(frozen=True)
class Alert:
    """Something to look at: the threshold that it passes, and the fact in words."""

    name: str
    fact: str


def within(days: Sequence[Day], until: date, weeks: int, skip: int = 0) -> list[Day]:
    """The days of so many weeks that end on a day, or `skip` weeks before it."""
    last = until - skip * WEEK
    return [one for one in days if last - weeks * WEEK < one[0] <= last]


def alerts(days: Sequence[Day], until: date, limits: Mapping[str, int]) -> list[Alert]:
    """The alerts of a child's marks up to the last day of the files."""
    found = []
    now, before = counted(within(days, until, 4)), counted(within(days, until, 8, skip=4))
    if now.possible >= limits["few"] and now.attended * 100 < now.possible * limits["attendance"]:
        found.append(Alert("attendance", f"Attended {now.attended} of {now.possible} sessions in four weeks"))
    if now.possible >= limits["few"] and before.possible >= limits["few"]:
        fell = before.attended * now.possible - now.attended * before.possible
        if fell * 100 >= limits["fall"] * now.possible * before.possible:
            fact = f"Fell from {before.attended} of {before.possible} sessions in eight weeks to {now.attended} of {now.possible} in four"
            found.append(Alert("fall", fact))
    if (run := last_run(days)) >= limits["run"]:
        found.append(Alert("run", f"Missed the last {run} sessions in a row"))
    if (number := counted(within(days, until, 10)).unauthorised) >= limits["unauthorised"]:
        found.append(Alert("unauthorised", f"{number} sessions of unauthorised absence in ten weeks"))
    if (number := len(spells(within(days, until, 12)))) >= limits["suspensions"]:
        found.append(
            Alert("suspensions", f"Suspended {number} times in twelve weeks" if number > 1 else "Suspended in the last twelve weeks")
        )
    return found


def newest_suspension(days: Sequence[Day], until: date) -> tuple[date, date, int] | None:
    """The newest suspension of the last two weeks."""
    found = spells(within(days, until, 2))
    return found[-1] if found else None


def part_time(days: Sequence[Day], until: date) -> int:
    """Sessions marked as a temporary part-time timetable in the last four weeks."""
    return sum(mark == PART_TIME for _, mark, _ in sessions(within(days, until, 4)))


# --- Before an exclusion ---

STRONG, OTHER = "strong", "other"
TWO_OTHERS = 2


@dataclass(frozen=True)
class Sign:
    """A fact that puts a child on the prevention list: alone if it is strong, together with another if not."""

    name: str
    weight: str
    fact: str


def signs(days: Sequence[Day], until: date, facts: Mapping[str, Any]) -> list[Sign]:
    """The facts about a child, strong ones first. `facts` are of the store and of casework; what is missing or None is not known.

    suspensions (in the newest school year of the store), permanent_exclusions, unplanned_moves, school_moves, primary_need, sdq_band,
    reduced (on a reduced timetable now)
    """
    found = []
    term = spells(within(days, until, 12))
    if len(term) >= 2:
        found.append(Sign("suspended twice", STRONG, f"Suspended {len(term)} times in twelve weeks"))
    longest = sum(number for _, _, number in term)
    if longest >= TEN_SESSIONS:
        found.append(Sign("suspended long", STRONG, f"{longest} sessions lost to suspension in twelve weeks"))
    if (facts.get("permanent_exclusions") or 0) > 0:
        found.append(Sign("excluded before", STRONG, "Permanently excluded before"))
    if len(term) == 1:
        found.append(Sign("suspended once", OTHER, "Suspended in the last twelve weeks"))
    if (before := facts.get("suspensions") or 0) > 0:
        found.append(Sign("suspended last year", OTHER, f"Suspended {_times(before)} in the newest school year of the files"))
    now, earlier = counted(within(days, until, 4)), counted(within(days, until, 8, skip=4))
    if _fell(now, earlier):
        found.append(Sign("attendance falls", OTHER, f"Attended {now.attended} of {now.possible} sessions in four weeks, more before"))
    if part_time(days, until) or facts.get("reduced"):
        found.append(Sign("part-time", OTHER, "On a reduced timetable"))
    if (facts.get("unplanned_moves") or 0) > 0:
        found.append(Sign("unplanned move", OTHER, "An unplanned move of placement in the year"))
    if (facts.get("school_moves") or 0) > 0:
        found.append(Sign("school move", OTHER, "Changed school within the year"))
    if str(facts.get("primary_need") or "").startswith("Social, emotional"):
        found.append(Sign("semh", OTHER, "Social, emotional and mental health needs"))
    elif facts.get("sdq_band") == "concern":
        found.append(Sign("sdq", OTHER, "SDQ of concern"))
    return found


TEN_SESSIONS = 10
"""Five school days."""
RECENT = frozenset(("suspended once", "attendance falls", "part-time", "suspended last year"))
"""Of two other signs one must be of school itself: needs and moves alone put nobody on the list."""


def is_at_risk(found: Sequence[Sign]) -> bool:
    """Whether the signs put a child on the list: a strong one, or two others of which one is of school itself."""
    if any(one.weight == STRONG for one in found):
        return True
    return len(found) >= TWO_OTHERS and any(one.name in RECENT for one in found)


def _fell(now: Counted, before: Counted) -> bool:
    if now.possible < 20 or before.possible < 20:
        return False
    return (before.attended * now.possible - now.attended * before.possible) * 10 >= now.possible * before.possible


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


__all__ = ["SUSPENDED", "THRESHOLDS", "Alert", "Sign", "alerts", "is_at_risk", "newest_suspension", "part_time", "signs", "within"]

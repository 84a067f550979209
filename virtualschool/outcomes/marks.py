"""Marks of a register as weeks of a child: what each session counts as under the codes of its school year.

A session is half a day. The codes are those of `codes/attendance.csv`, by the school year of the day. A blank is no session that anybody
recorded, and counts as nothing.
Source: DfE, Pupil absence in schools in England: methodology; DfE, Working together to improve school attendance (August 2024).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from virtualschool import codes
from virtualschool.years import school_year_of

PRESENT, APPROVED, AUTHORISED, UNAUTHORISED, NOT_POSSIBLE = "present", "approved", "authorised", "unauthorised", "not possible"
ATTENDED, ABSENT = (PRESENT, APPROVED), (AUTHORISED, UNAUTHORISED)
SUSPENDED, PART_TIME = "E", "C2"
Day = tuple[date, str, str]
"""A day with the marks of its morning and its afternoon."""


@cache
def _kinds(year: int) -> dict[str, str]:
    """What each code of a school year counts as."""
    return {row["code"]: row["kind"] for row in codes.load("attendance") if codes.in_year(row, year)}


def kind_of(mark: str, day: date) -> str | None:
    """What a mark of a day counts as; None for a blank and for a code that the year does not have."""
    return _kinds(school_year_of(day)).get(mark)


def meaning_of(mark: str, day: date) -> str:
    """The words of a code in the year of a day."""
    year = school_year_of(day)
    return next((row["meaning"] for row in codes.load("attendance") if row["code"] == mark and codes.in_year(row, year)), "")


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Counted:
    """What marks add up to: possible sessions, those attended, and absence by kind. Suspended and part-time are authorised absence too."""

    possible: int = 0
    attended: int = 0
    authorised: int = 0
    unauthorised: int = 0
    suspended: int = 0
    part_time: int = 0

    @property
    def missed(self) -> int:
        return self.authorised + self.unauthorised


def counted(days: Iterable[Day]) -> Counted:
    """What the marks of some days add up to."""
    found = dict.fromkeys(("possible", "attended", "authorised", "unauthorised", "suspended", "part_time"), 0)
    for day, *marks in days:
        for mark in marks:
            kind = kind_of(mark, day)
            if kind in ATTENDED:
                found["attended"] += 1
            elif kind in ABSENT:
                found[kind] += 1
                found["suspended"] += mark == SUSPENDED
                found["part_time"] += mark == PART_TIME
            found["possible"] += kind in (*ATTENDED, *ABSENT)
    return Counted(**found)


def sessions(days: Iterable[Day]) -> list[tuple[date, str, str]]:
    """The possible sessions of days in order: day, mark and kind."""
    made = []
    for day, *marks in sorted(days):
        for mark in marks:
            kind = kind_of(mark, day)
            if kind in (*ATTENDED, *ABSENT):
                made.append((day, mark, kind))
    return made


def last_run(days: Iterable[Day]) -> int:
    """How many possible sessions were missed in a row up to the last one; nought where that was attended."""
    number = 0
    for _, _, kind in reversed(sessions(days)):
        if kind not in ABSENT:
            break
        number += 1
    return number


def spells(days: Iterable[Day], mark: str = SUSPENDED) -> list[tuple[date, date, int]]:
    """Runs of sessions with a mark: first day, last day, sessions. A session that was not possible does not end a run."""
    made: list[list] = []
    inside = False
    for day, said, _ in sessions(days):
        if said == mark:
            if inside:
                made[-1][1], made[-1][2] = day, made[-1][2] + 1
            else:
                made.append([day, day, 1])
        inside = said == mark
    return [(first, last, number) for first, last, number in made]

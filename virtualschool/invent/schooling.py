"""Where children in care go to school, year by year, and which of them have no record in state schools at all."""

from dataclasses import dataclass

import numpy as np

from virtualschool.invent.careers import Careers, placement_la
from virtualschool.invent.chance import generator, pick, within
from virtualschool.invent.england import ALTERNATIVE, PRIMARY, SECONDARY, SPECIAL, England
from virtualschool.invent.people import (
    CARE_PLAN_NEEDS,
    CARE_SUPPORT_NEEDS,
    ENGLISH_BY_ETHNICITY,
    KS4,
    PLAN,
    RECEPTION,
    Pupils,
    day,
    numbers_of,
    references,
)

YEARS = KS4 - RECEPTION + 1
RECORDED, NEVER_STATE, ABROAD, TOO_LATE = range(4)


@dataclass
class Schooling:
    """The schools of the children of a year group's careers: a row each, a column for each school year from reception.

    `school` is -1 where a child has no school of record. `joined` is the day of joining; `moved` says that it was between
    two schools of one phase and not on 1 September. `record` says why a child has no record of state schooling.
    """

    record: np.ndarray
    school: np.ndarray
    joined: np.ndarray
    moved: np.ndarray
    first_year: np.ndarray
    adopted_year: np.ndarray
    """School year from which an adopted child has a new number and reference; 0 for others."""


def schooling(place: England, made: Careers) -> tuple[Pupils, Schooling]:
    """The children of a year group's careers as pupils, one for each in the same order, and where they go to school."""
    rng = generator(place.seed, "schooling", made.group)
    n = len(made)
    sen = np.where(made.disabled, PLAN, pick(rng, n, (0.43, 0.29, 0.28)))
    sen = np.where(made.unaccompanied, pick(rng, n, (0.93, 0.06, 0.01)), sen)
    need = np.where(sen == PLAN, pick(rng, n, CARE_PLAN_NEEDS), pick(rng, n, CARE_SUPPORT_NEEDS))
    need = np.where(made.disabled, pick(rng, n, (0, 2, 30, 14, 4, 4, 1, 1, 1, 8, 35, 0, 0)), need)
    special = (sen == PLAN) & (rng.random(n) < np.where(made.disabled, 0.9, 0.42))
    first_start = np.full(n, 1 << 40)
    np.minimum.at(first_start, made.child, made.start)
    record = np.where(rng.random(n) < 0.022, NEVER_STATE, np.where(rng.random(n) < 0.014, ABROAD, RECORDED))
    arrives = (
        made.group + RECEPTION + np.array([(first_start > day(made.group + RECEPTION + k, 1, 10)).astype(int) for k in range(YEARS)]).sum(0)
    )
    first_year = np.where(made.unaccompanied, arrives, made.group + RECEPTION)
    late = made.unaccompanied & ((arrives > made.group + KS4) | (rng.random(n) < 0.15))
    record = np.where(late, TOO_LATE, record)
    school, joined, moved = _schools(place, rng, made, special, first_year)
    school[record != RECORDED] = -1
    ability = -0.42 + np.array([0.0, -0.48, -1.1])[sen] - 0.06 * made.male - 0.5 * made.disabled + rng.normal(0, 0.85, n)
    ability = np.where(made.unaccompanied, -1.5 + rng.normal(0, 0.7, n), ability)
    primary = within(rng, place.first_school[made.la, PRIMARY], place.schools_of[made.la, PRIMARY])
    upn, former, changed = _numbers(place, rng, made, first_year, school)
    adopted = np.zeros(n, np.int64)
    ends = np.isin(made.ending, (1, 2))
    year = made.end[ends].astype("datetime64[D]")
    adopted[made.child[ends]] = year.astype("datetime64[Y]").astype(np.int64) + 1970 + 1
    people = Pupils(
        made.group, made.la, made.born, made.male, made.ethnicity, rng.random(n) < ENGLISH_BY_ETHNICITY[made.ethnicity],
        rng.random(n) < 0.42, sen, need, record == RECORDED, made.home, made.home, np.zeros(n, np.int64), primary,
        np.maximum(school[:, -1], 0), upn, former, changed,
        references(made.group, 700_000 + np.arange(n), place.seed), ability, np.arange(n),
    )  # fmt: skip
    people.english &= ~made.unaccompanied
    return people, Schooling(record, school, joined, moved, first_year, adopted)


def _schools(place, rng, made, special, first_year):
    """Each school year's school: kept while the child stays in the authority and the phase, and not always then."""
    n = len(made)
    school = np.full((n, YEARS), -1)
    joined = np.zeros((n, YEARS), np.int64)
    moved = np.zeros((n, YEARS), bool)
    difficulty = made.difficulty
    entered = np.zeros(n, bool)
    for k in range(YEARS):
        year = made.group + RECEPTION + k
        when = day(year, 1, 18)
        episode = made.open_on(when)
        before = made.open_on(when - 365)
        lives = np.where(episode >= 0, placement_la(place, made.postcode[episode]), made.la)
        lives = np.where(lives < 0, made.la, lives)
        kind = np.full(n, PRIMARY if k < 7 else SECONDARY)
        kind = np.where(special, SPECIAL, kind)
        unruly = rng.random(n) < 0.02 * np.exp(0.9 * (difficulty - 0.5)) * (k >= 9)
        kind = np.where(unruly & ~special & (episode >= 0), ALTERNATIVE, kind)
        last = school[:, k - 1] if k else np.full(n, -1)
        other_phase = (place.school_kind[last] != kind) | (last < 0)
        # Another authority means another school for most; a new placement in the same one for some.
        away = (place.school_la[last] != lives) & ~other_phase & (rng.random(n) < (0.75 if k < 9 else 0.55))
        change = (episode >= 0) & (episode != before) & (before >= 0) & ~other_phase & (rng.random(n) < 0.06)
        change |= ~other_phase & (rng.random(n) < 0.025)
        new = within(rng, place.first_school[lives, kind], place.schools_of[lives, kind])
        goes = other_phase | away | change
        school[:, k] = np.where(goes, new, last)
        midway = (away | change) & (school[:, k] != last) & (rng.random(n) < 0.6)
        somewhen = when - rng.integers(0, 350, n)
        # Nobody joins in August; what would fall there falls on 1 September.
        month = somewhen.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
        start = day(year - 1, 9, 1)
        somewhen = np.where(month == 8, start, somewhen)
        previous = joined[:, k - 1] if k else np.full(n, start)
        joined[:, k] = np.where(school[:, k] == last, previous, np.where(midway, somewhen, start))
        begins = first_year == year
        joined[:, k] = np.where(begins & (k > 0), when - rng.integers(3, 90, n), joined[:, k])
        moved[:, k] = midway & ~begins
        entered = first_year <= year
        school[~entered, k] = -1
    return school, joined, moved


def _numbers(place, rng, made, first_year, school):
    """UPNs: from the first school, or from the authority for a child who arrives late; a changed one for some."""
    n = len(made)
    serial = np.zeros(n, np.int64)
    order = np.argsort(made.la, kind="stable")
    counts = np.bincount(made.la, minlength=place.places)
    serial[order] = np.arange(n) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    # Establishment numbers 3950 to 3999 are an authority's own, for children whom it gives a number itself.
    establishment = np.where(made.unaccompanied, 3950 + made.group % 50, 2900 + serial // 900)
    upn = numbers_of(made.la, establishment, first_year - 1, serial % 900 + 50)
    former, changed = np.zeros_like(upn), np.zeros(n, np.int64)
    chosen = np.flatnonzero(rng.random(n) < 0.04)
    changed[chosen] = np.minimum(first_year[chosen] + rng.integers(1, 9, len(chosen)), made.group + KS4)
    temporary = rng.random(len(chosen)) < 0.6
    year = first_year[chosen] - 1
    former[chosen] = np.where(
        temporary[:, None],
        numbers_of(made.la[chosen], establishment[chosen], year, serial[chosen], temporary=True),
        numbers_of((made.la[chosen] + 1) % place.places, establishment[chosen] + 40, year, serial[chosen] % 900 + 50),
    )
    return upn, former, changed

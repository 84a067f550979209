"""Where the people of a trial go to school at each January census, and when they joined.

Most go to one of the nearest schools of their phase; a family's children mostly to the same. Schools change with the phase, with
a move too far away, with some placements in care (days later, or the next September), and now and then for no reason seen here.
"""

import numpy as np

from virtualschool.invent.trial.care import MOST, Care, in_wales
from virtualschool.invent.trial.people import NEVER, People, census_day, start_of
from virtualschool.invent.trial.places import ALTERNATIVE, PRIMARY, SECONDARY, SPECIAL, Places

TOO_FAR = 5_000
MOVES_ANYHOW = 0.035
RANKS = np.array([0.6, 0.82, 0.94])


def kind_of(who: People, year: int) -> np.ndarray:
    return np.where(who.special, SPECIAL, np.where(year - who.group <= 11, PRIMARY, SECONDARY))


def start_of_phase(who: People, year: int) -> np.ndarray:
    """The September in which the present phase began."""
    return start_of(who.group + np.where(year - who.group <= 11, 4, 11))


def schooling(rng: np.random.Generator, place: Places, who: People, years: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The school of each person, and the day of joining it, at each census, as if nobody came into care."""
    n = len(who)
    school, joined = np.zeros((n, len(years)), np.int32), np.zeros((n, len(years)), np.int32)
    of_family = np.searchsorted(RANKS, rng.random(len(who.homes)))[who.family]
    rank = np.where(rng.random(n) < 0.88, of_family, np.searchsorted(RANKS, rng.random(n)))
    for column, year in enumerate(years):
        when, kind, phase = census_day(year), kind_of(who, year), start_of_phase(who, year)
        before, now = who.homes[who.family, column], who.homes[who.family, column + 1]
        usual = place.near_schools[place.sector[now], kind, rank]
        september = phase + 1 + np.minimum(rng.integers(0, 9, n), 5)
        in_year = np.where(rng.random(n) < 0.4, start_of(np.full(n, year - 1)) + rng.integers(1, 6, n), when - rng.integers(5, 360, n))
        moved = place.apart(before, now) > TOO_FAR
        if column == 0:
            earlier = place.near_schools[place.sector[before], kind, rank]
            goes = (moved & (rng.random(n) < 0.85)) | (rng.random(n) < 4 * MOVES_ANYHOW)
            some = np.maximum(phase + 20, when - (rng.random(n) * np.maximum(when - phase, 1)).astype(np.int64))
            school[:, 0] = np.where(goes, np.where(moved, usual, place.near_schools[place.sector[now], kind, (rank + 1) % 4]), earlier)
            joined[:, 0] = np.where(goes, np.minimum(some, when), september)
        else:
            fresh = (kind != kind_of(who, year - 1)) | (year - who.group == 5)
            goes = ~fresh & ((moved & (rng.random(n) < 0.8)) | (rng.random(n) < MOVES_ANYHOW))
            other = place.near_schools[place.sector[now], kind, (rank + 1) % 4]
            school[:, column] = np.where(fresh | (goes & moved), usual, np.where(goes, other, school[:, column - 1]))
            joined[:, column] = np.where(fresh, september, np.where(goes, in_year, joined[:, column - 1]))
            rank = np.where(goes & ~moved, (rank + 1) % 4, rank)
        late = who.arrived > joined[:, column]
        joined[:, column] = np.where(late, np.minimum(who.arrived + 10 + rng.integers(0, 35, n), when), joined[:, column])
    return school, joined


def in_care(
    rng: np.random.Generator, place: Places, who: People, care: Care, school: np.ndarray, joined: np.ndarray, years: tuple[int, ...]
) -> np.ndarray:
    """Changes school and joined for the children in care; whether each is in England at each census."""
    n = len(care)
    far = np.zeros((n, MOST + 1))
    before = care.home
    for k in range(MOST + 1):
        far[:, k] = place.apart(before, care.post[:, k])
        before = np.where(care.date[:, k] < NEVER, care.post[:, k], before)
    chance = np.array([0.10, 0.25, 0.6, 0.92])[np.searchsorted((3_000, 8_000, 25_000), far)]
    moves = (rng.random(far.shape) < chance) & (care.date < NEVER)
    changes = care.date + 2 + rng.gamma(1.3, 16, far.shape).astype(np.int64)
    spring = 1970 + (care.date.clip(max=40_000).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 4) // 12
    next_term = start_of(spring) + 1 + rng.integers(0, 4, far.shape)
    waits = (rng.random(far.shape) < 0.25) | (next_term - care.date < 60)
    changes = np.where(moves, np.where(waits & (far < 25_000), next_term, changes), NEVER)
    special = who.special[care.person] | ((who.sen[care.person] == 2) & (rng.random(n) < 0.25))
    alternative = rng.random(n) < 0.02
    rank = np.searchsorted(RANKS, rng.random((n, MOST + 1)))
    england = np.ones((n, len(years)), bool)
    rows = np.arange(n)
    for column, year in enumerate(years):
        when = census_day(year)
        kind = kind_of(who, year)[care.person]
        kind = np.where(special, SPECIAL, np.where(alternative & (kind == SECONDARY), ALTERNATIVE, kind))
        phase = start_of_phase(who, year)[care.person]
        here = care.at(np.full(n, when))
        last = care.at(np.full(n, when), changes)
        at_start = care.at(phase)
        base, since = school[care.person, column], joined[care.person, column]
        begun = (at_start >= 0) & (phase >= care.start)
        from_start = place.near_schools[place.sector[care.post[rows, np.maximum(at_start, 0)]], kind, rank[rows, np.maximum(at_start, 0)]]
        moved_to = place.near_schools[place.sector[care.post[rows, np.maximum(last, 0)]], kind, rank[rows, np.maximum(last, 0)]]
        moved_on = changes[rows, np.maximum(last, 0)]
        by_move = (last >= 0) & (moved_on >= phase)
        by_phase = ~by_move & begun
        school[care.person, column] = np.where(by_move, moved_to, np.where(by_phase, from_start, base))
        joined[care.person, column] = np.where(by_move, moved_on, np.where(by_phase, phase + 1 + rng.integers(0, 6, n), since))
        england[:, column] = (here < 0) | ~in_wales(place, care.post[rows, np.maximum(here, 0)])
    return england

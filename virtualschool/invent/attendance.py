"""Absence and suspensions: how often each pupil is away, and for what a school sends one home."""

from dataclasses import dataclass

import numpy as np

from virtualschool.invent.chance import generator, pick
from virtualschool.invent.people import KS4, PLAN, RECEPTION, SUPPORT, Pupils, day

SUSPENSION_REASONS = ("PP", "PA", "VP", "VA", "BU", "RA", "SM", "DA", "DM", "TH", "DB", "OT")
REASON_SHARES = (20, 5, 4, 18, 1, 1, 1, 4, 2, 1, 40, 3)


@dataclass
class Habits:
    """What stays with a pupil: share of sessions missed, share of those unauthorised, and how apt to be suspended."""

    absence: np.ndarray
    unauthorised: np.ndarray
    conduct: np.ndarray


def habits(seed: int, people: Pupils, difficulty: np.ndarray | None = None, unaccompanied: np.ndarray | None = None) -> Habits:
    """The habits of a year group's pupils; `difficulty` is given for children ever in care."""
    rng = generator(seed, "habits" if difficulty is None else "habits in care", people.group)
    n = len(people)
    drift = rng.normal(0, 1, n)
    if difficulty is None or unaccompanied is None:
        rate = np.exp(np.log(0.045) + 0.25 * people.fsm + 0.18 * (people.sen == SUPPORT) + 0.35 * (people.sen == PLAN) + 0.78 * drift)
        away = rng.random(n) < 0.019
        share = np.clip(rng.beta(2.0, 4.6, n) + 0.06 * people.fsm, 0.02, 0.95)
        conduct = -0.55 * people.ability + 0.7 * people.fsm + 0.8 * (people.sen > 0) + 1.25 * rng.normal(0, 1, n) + 0.35 * people.male
    else:
        rate = np.exp(np.log(0.036) + 0.28 * difficulty + 0.72 * drift + 0.15 * (people.sen == PLAN))
        away = rng.random(n) < 0.048 * np.exp(0.55 * difficulty)
        share = np.clip(rng.beta(1.8, 3.8, n) + 0.05 * difficulty, 0.02, 0.97)
        conduct = 1.68 + 0.75 * difficulty + 0.4 * (people.sen > 0) + 0.9 * rng.normal(0, 1, n) + 0.3 * people.male - 1.5 * unaccompanied
    rate = np.where(away, rng.uniform(0.5, 0.97, n), np.minimum(rate, 0.6))
    return Habits(rate, share, conduct)


def sessions(seed: int, year: int, people: Pupils, kept: Habits, cared: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sessions possible, missed with leave and missed without, in six half terms (five at the end of key stage 4)."""
    rng = generator(seed, "absence in care" if cared else "absence", people.group, year)
    n = len(people)
    age = year - people.group
    possible = (312 if age == KS4 else 372) - 2 * rng.integers(0, 6, n)
    possible = np.where(rng.random(n) < (0.05 if cared else 0.02), (possible * rng.uniform(0.3, 0.95, n)).astype(np.int64), possible)
    # Older pupils miss more; the years of the pandemic and since are worse than those before.
    by_age = (0.80 if age < 12 else 1.0 + 0.09 * (age - 12)) * (1.03 if cared else 1.0)
    by_year = 0.72 if year < 2020 else 0.75 if year == 2021 else 1.0
    rate = np.minimum(kept.absence * by_age * by_year * np.exp(rng.normal(0, 0.28, n) - 0.04), 0.99)
    missed = rng.binomial(possible, rate)
    without = rng.binomial(missed, np.clip(kept.unauthorised * (0.75 if age < 12 else 1.15), 0, 0.98))
    return possible, missed - without, without


@dataclass
class Suspensions:
    """One row for each suspension or permanent exclusion of a year group in a year."""

    pupil: np.ndarray
    start: np.ndarray
    sessions: np.ndarray
    permanent: np.ndarray
    lunchtime: np.ndarray
    reason: np.ndarray


def suspensions(seed: int, year: int, people: Pupils, kept: Habits, cared: bool) -> Suspensions:
    rng = generator(seed, "suspensions in care" if cared else "suspensions", people.group, year)
    n = len(people)
    age = year - people.group
    base = (0.001, 0.0024, 0.0034, 0.0042, 0.0048, 0.0056, 0.006, 0.011, 0.019, 0.022, 0.023, 0.018)[np.clip(age - RECEPTION, 0, 11)]
    number = np.minimum(rng.poisson(base * np.exp(kept.conduct)), 12)
    pupil = np.repeat(np.arange(n), number)
    m = len(pupil)
    start = day(year - 1, 9, 6) + rng.integers(0, 310, m)
    weekend = (start + 3) % 7
    start = start + np.where(weekend >= 5, 7 - weekend, 0)
    permanent = rng.random(m) < (0.002 if cared else 0.012)
    lunchtime = ~permanent & (rng.random(m) < 0.004)
    length = np.where(lunchtime, 1, 2 * np.minimum(rng.geometric(0.48, m), 15))
    return Suspensions(pupil, start, np.where(permanent, 0, length), permanent, lunchtime, pick(rng, m, REASON_SHARES))


def days_lost(found: Suspensions, n: int) -> np.ndarray:
    """School days that each pupil lost to suspension."""
    return np.bincount(found.pupil, weights=found.sessions / 2, minlength=n)

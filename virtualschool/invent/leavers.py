"""Care leavers: who is returned in a year, and what they do and where they live around their birthday."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from virtualschool.invent.careers import REC, Careers
from virtualschool.invent.chance import generator, pick, pick_each
from virtualschool.invent.england import England
from virtualschool.invent.families import steady
from virtualschool.invent.people import PLAN, Pupils, birthday, day, day_text

IN_TOUCH = ("YES", "NO", "DIED", "REFU", "NREQ", "RHOM")
ACTIVITIES = ("F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6", "0")
ACTIVITY_SHARES = ((3, 0.1, 47, 3, 2, 0.2, 8, 4, 3, 25, 2, 0), (6, 0.3, 17, 4.5, 2, 0.3, 17, 9.5, 8, 26.5, 5, 0))
"""At 17 and 18, and from 19 on."""
ACCOMMODATION = ("B", "C", "D", "E", "K", "R", "S", "T", "U", "V", "W", "X", "Y", "Z", "G")
ACCOMMODATION_SHARES = (
    (12, 4, 37, 7, 0.5, 0.5, 0.5, 4, 10, 1, 0.2, 2, 2.5, 17, 0.1),
    (12, 2, 21, 4, 3, 1, 1.5, 4, 36, 1, 0.7, 3.5, 4, 10, 0.8),
)


@dataclass
class Leavers:
    """Care leavers of one year group in a year: child and authority by position, and the columns of OC3."""

    child: np.ndarray
    la: np.ndarray
    in_touch: pa.Array
    activity: pa.Array
    accommodation: pa.Array


def leavers(place: England, made: Careers, year: int) -> Leavers:
    """Those of 17 to 21 in the year who were in care for 13 weeks from 14 on, some of it after 16.

    Not those of 17 and 18 still in care after that birthday. Source: DfE, SSDA903 guide, OC3.
    """
    rng = generator(place.seed, "leavers", made.group, year)
    n = len(made)
    first, last = day(year - 1, 4, 1), day(year, 3, 31)
    after = np.clip(made.end - np.maximum(made.start, birthday(made.born, 14)[made.child]), 0, None) * ~made.respite[made.child]
    weeks = np.bincount(made.child, weights=after, minlength=n)
    past = made.end > birthday(made.born, 16)[made.child]
    final = np.full(n, -1)
    final[made.child[past]] = np.flatnonzero(past)
    chosen = np.zeros(n, bool)
    for age in range(17, 22):
        when = birthday(made.born, age)
        left = (final >= 0) & (made.end[final] <= when) if age < 19 else final >= 0
        chosen |= (when >= first) & (when <= last) & left
    chosen &= (weeks >= 91) & (final >= 0) & (made.ending[final] != REC["E2"]) & (made.ending[final] != REC["E3"])
    touch = pick(rng, n, (0.935, 0.035, 0.003, 0.012, 0.01, 0.015))
    of_age = (birthday(made.born, 19) <= last).astype(int)
    activity = pick_each(rng, of_age, np.array(ACTIVITY_SHARES))
    home = pick_each(rng, of_age, np.array(ACCOMMODATION_SHARES))
    suitable = (rng.random(n) < 0.975) & ~np.isin(home, (6, 11))
    quiet = touch != 0
    codes = list(ACTIVITIES) if year >= 2022 else [{"F4": "F3", "F5": "F3", "P4": "P3", "P5": "P3"}.get(code, code) for code in ACTIVITIES]
    homes = [letter + digit for letter in ACCOMMODATION for digit in "12"] + ["0"]
    rows = np.flatnonzero(chosen)
    words = lambda words, codes: pa.array(words, pa.string()).take(pa.array(codes))  # noqa: E731
    return Leavers(
        rows, made.period_la[final[rows]], words(IN_TOUCH, touch[rows]), words(codes, np.where(quiet, 11, activity)[rows]),
        words(homes, np.where(quiet, len(homes) - 1, 2 * home + ~suitable)[rows]),
    )  # fmt: skip


def prepared(place: England, made: Careers, people: Pupils, year: int, held: np.ndarray, left: Leavers) -> tuple:
    """The authority's own list of leaving care: child and authority by position, and the columns of the list after CHILD.

    Who is returned as a care leaver, and who is in care at 16 or 17 at the end of the year. Nine in ten plans are of the last six
    months; the chance of each child stays over the years, so that the same young people keep being prepared.
    """
    last = day(year, 3, 31)
    now = held[(made.ceases[held] > last) & (made.begins[held] <= last)]
    child, la = made.child[made.period[now]], made.period_la[made.period[now]]
    age = (last - made.born[child]) / 365.25
    eligible = (age >= 16) & (age < 18) & ~made.respite[child]
    key, kept = np.unique(np.concatenate([left.child * 1000 + left.la, (child * 1000 + la)[eligible]]), return_index=True)
    child, la = key // 1000, key % 1000
    in_care = kept >= len(left.child)
    age = (last - made.born[child]) / 365.25
    chance = lambda number: steady(child, np.full(len(child), number), made.group)  # noqa: E731
    of_year = lambda number: steady(child, np.full(len(child), 1000 * number + year), made.group)  # noqa: E731
    words = lambda words, codes: pa.array(words, pa.string()).take(pa.array(np.maximum(codes, 0), mask=codes < 0))  # noqa: E731
    yes = lambda who, share: words(("no", "yes"), np.where(who, share, -1))  # noqa: E731
    known = chance(1) < 0.97
    back = np.where(of_year(2) < 0.88, 5 + of_year(3) * 170, 190 + of_year(3) * 200).astype(np.int64)
    reviewed = of_year(4) < 0.7
    plan = np.where(reviewed, last - back - 150, last - back)
    disabled = people.sen[child] == PLAN
    youngest = np.where(in_care, 0, np.where(age < 18, 1, 2))
    return (
        child,
        la,
        words(("eligible", "relevant", "former_relevant", "qualifying"), np.where((youngest == 2) & (chance(5) < 0.04), 3, youngest)),
        day_text(plan, known),
        day_text(last - back, known & reviewed),
        yes(known, (of_year(6) < 0.83).astype(int)),
        yes((age >= 18) & (age < 21), (chance(7) < 0.18).astype(int)),
        yes(age < 20, (of_year(8) < 0.74).astype(int)),
        yes(disabled, (of_year(9) < 0.66).astype(int)),
    )

"""The people of one authority in a trial: families at postcodes, their children of every age, and which of them go to school there.

A family has one to five children, moves home now and then and takes them with it. Twins share a birth date. Everyone of an age
for the censuses is here; of the younger and older only some, from whom children in care are drawn.
"""

from dataclasses import dataclass, fields

import numpy as np

from virtualschool.invent.chance import pick
from virtualschool.invent.people import day
from virtualschool.invent.trial.places import Places

YEAR_DAYS = 365.25
COHORTS_ON_ROLL = 12.75
"""Twelve year groups of school age and a third of two more in sixth forms."""
AWAY = 0.06
"""Never on a state school's roll: independent schools, at home, Wales."""
ARRIVED, LEFT = 0.035, 0.015
CHILDREN_IN_FAMILY = (0.49, 0.36, 0.10, 0.035, 0.015)
TWINS = 0.015
MOVES_A_YEAR = 0.06
YOUNGER_AND_OLDER = 0.06
NEVER = 10**6

ETHNICITIES = (
    "WBRI", "WIRI", "WOTH", "WIRT", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH",
    "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT",
)  # fmt: skip
OTHERS = np.array([0.4, 9, 0.1, 0.6, 2.0, 1.2, 2.0, 3.0, 4.5, 5.5, 2.2, 2.6, 1.1, 5.5, 1.0, 0.8, 2.8, 0.4, 0.9])
"""Weights of all but White British, before an authority's own leaning."""


@dataclass
class People:
    """People of one authority as arrays of one length, but `homes`, which is by family: before the first year, then each year."""

    homes: np.ndarray
    family: np.ndarray
    born: np.ndarray
    group: np.ndarray
    """The year in which the youngest of the school year group are born; reception ends five years on."""
    male: np.ndarray
    ethnicity: np.ndarray
    poor: np.ndarray
    english: np.ndarray
    sen: np.ndarray
    """0 none, 1 support, 2 a plan."""
    special: np.ndarray
    arrived: np.ndarray
    """Day of coming to England, or -NEVER."""
    left: np.ndarray
    schooled: np.ndarray
    sixth: np.ndarray
    twin: np.ndarray
    unaccompanied: np.ndarray

    def __len__(self) -> int:
        return len(self.family)

    def joined_by(self, other: "People") -> "People":
        """With other people, of families of their own."""
        parts = {field.name: np.concatenate([getattr(self, field.name), getattr(other, field.name)]) for field in fields(self)}
        parts["family"][len(self) :] += len(self.homes)
        return People(**parts)


def census_day(year: int) -> int:
    """The third Thursday of January."""
    first = day(year, 1, 1)
    return first + (3 - (first + 3) % 7) % 7 + 14


def group_of(born: np.ndarray) -> np.ndarray:
    months = born.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return 1970 + (months + 4) // 12


def start_of(year: np.ndarray) -> np.ndarray:
    """1 September of each year."""
    return ((np.asarray(year) - 1970) * 12 + 8).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def people(rng: np.random.Generator, place: Places, la: int, pupils: float, years: tuple[int, ...]) -> People:
    cohort = pupils / COHORTS_ON_ROLL / (1 - AWAY)
    begin, end = day(years[0] - 18, 4, 1), day(years[-1], 3, 31)
    span = end - begin + 14 * 365
    mean = sum((n + 1) * share for n, share in enumerate(CHILDREN_IN_FAMILY))
    families = max(40, round(cohort / 365.25 * span / mean / (1 + TWINS)))
    children = 1 + pick(rng, families, CHILDREN_IN_FAMILY)
    births = np.empty((families, 5), np.int64)
    births[:, 0] = begin - 14 * 365 + rng.integers(0, span, families)
    births[:, 1:] = 330 + rng.gamma(2.0, 520, (families, 4)).astype(np.int64)
    births = np.cumsum(births, axis=1)
    family, order = np.nonzero((np.arange(5) < children[:, None]) & (births >= begin) & (births <= end))
    born = births[family, order]
    double = rng.random(len(born)) < TWINS
    family, born = np.repeat(family, 1 + double), np.repeat(born, 1 + double)
    twin = np.repeat(double, 1 + double)
    group = group_of(born)
    school_age = (group + 5 <= years[-1]) & (group + 18 >= years[0])
    kept = school_age | (rng.random(len(born)) < YOUNGER_AND_OLDER)
    shuffled = rng.permutation(np.flatnonzero(kept))
    family, born, group, twin = family[shuffled], born[shuffled], group[shuffled], twin[shuffled]
    n = len(born)
    homes = _homes(rng, place, la, families, len(years))
    poor_family = rng.random(families) < np.clip(
        0.05 + 0.33 * _leaning(rng, place, la)[place.sector[homes[:, 0]] - place.first_sector[la]], 0, 0.8
    )
    ethnicity = _ethnicities(rng, place, la, homes[:, 0], family, n)
    male = rng.random(n) < 0.512
    sen = np.searchsorted((0.81, 0.955), rng.random(n) + 0.04 * male + 0.03 * poor_family[family] - 0.02)
    arrived = np.full(n, -NEVER)
    later = np.flatnonzero(rng.random(n) < ARRIVED * np.where(ethnicity == 0, 0.3, 2.0))
    arrived[later] = born[later] + rng.integers(5 * 365, 16 * 365, len(later))
    left = np.where(rng.random(n) < LEFT, day(years[0], 1, 1) + rng.integers(0, 365 * len(years), n), NEVER)
    foreign = np.array([0.01, 0.02, 0.75, 0.05, 0.7, 0.02, 0.2, 0.2, 0.3, 0.55, 0.65, 0.7, 0.6, 0.03, 0.5, 0.4, 0.6, 0.7, 0.2, 0.3])
    return People(
        homes, family, born, group, male, ethnicity, poor_family[family], rng.random(n) >= foreign[ethnicity], sen,
        (sen == 2) & (rng.random(n) < 0.36), arrived, left, rng.random(n) >= AWAY, rng.random(n) < 0.38, twin, np.zeros(n, bool),
    )  # fmt: skip


def newcomers(rng: np.random.Generator, place: Places, la: int, count: int, years: tuple[int, ...]) -> People:
    """Unaccompanied children: nobody of theirs is here, nor any record before the day they came."""
    arrived = day(years[0] - 2, 4, 1) + rng.integers(0, 365 * (len(years) + 1), count)
    born = arrived - (np.minimum(17.6, 12.5 + 5.2 * rng.beta(3.2, 1.1, count)) * YEAR_DAYS).astype(np.int64)
    homes = np.repeat(
        place.postcode_in(place.sector_in(np.full(count, la), rng.random(count)), rng.random(count))[:, None], len(years) + 1, 1
    )
    mix = np.zeros(len(ETHNICITIES))
    mix[[2, 10, 11, 12, 14, 15, 17, 19]] = 8, 2, 1.5, 24, 31, 6, 26, 1.5
    # An age that is only estimated is often given as the first of January.
    first = rng.random(count) < 0.25
    january = born.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    born = np.where(first, january, born)
    return People(
        homes, np.arange(count), born, group_of(born), rng.random(count) < 0.93, pick(rng, count, mix), np.ones(count, bool),
        np.zeros(count, bool), np.zeros(count, np.int64), np.zeros(count, bool), arrived, np.full(count, NEVER), rng.random(count) < 0.75,
        rng.random(count) < 0.5, np.zeros(count, bool), np.ones(count, bool),
    )  # fmt: skip


def on_roll(who: People, years: tuple[int, ...]) -> np.ndarray:
    """Whether each is on a state school's roll at each January census."""
    found = np.empty((len(who), len(years)), bool)
    for column, year in enumerate(years):
        age = year - who.group
        when = census_day(year)
        there = (who.arrived + 45 <= when) & (who.left > when)
        found[:, column] = who.schooled & there & (((age >= 5) & (age <= 16)) | ((age >= 17) & (age <= 18) & who.sixth))
    return found


def _homes(rng: np.random.Generator, place: Places, la: int, families: int, years: int) -> np.ndarray:
    """The postcode of each family, before the first year and in each: moves are mostly near, some beyond the authority."""
    here = np.full(families, la)
    homes = np.empty((families, years + 1), np.int32)
    homes[:, 0] = place.postcode_in(place.sector_in(here, rng.random(families)), rng.random(families))
    for column in range(1, years + 1):
        homes[:, column] = homes[:, column - 1]
        moves = np.flatnonzero(rng.random(families) < (3 if column == 1 else 1) * MOVES_A_YEAR)
        homes[moves, column] = somewhere(rng, place, la, homes[moves, column - 1], (0.45, 0.40, 0.09, 0.06))
    return homes


def somewhere(rng: np.random.Generator, place: Places, la: int, near: np.ndarray, shares: tuple[float, ...]) -> np.ndarray:
    """Postcodes near others, in the authority, in one beside it, or anywhere, by shares."""
    n = len(near)
    return placed(place, la, near, pick(rng, n, shares), rng.random(n), rng.random(n))


def placed(place: Places, la: "int | np.ndarray", near: np.ndarray, how: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The same from draws: `how` is 0 near, 1 in the authority, 2 beside it, 3 anywhere."""
    count = place.near_sectors.shape[1]
    close = place.near_sectors[place.sector[near], (one * count).astype(np.int64)]
    la = np.broadcast_to(np.asarray(la), how.shape)
    beside = place.near_authorities[la, (one * place.near_authorities.shape[1]).astype(np.int64)]
    anywhere = np.searchsorted(np.cumsum(place.share), one * 0.999999)
    chosen = np.select([how == 1, how == 2], [la, beside], anywhere)
    within_it = place.sector_in(chosen, (one * 7_919) % 1)
    return place.postcode_in(np.where(how == 0, close, within_it), other)


def _leaning(rng: np.random.Generator, place: Places, la: int) -> np.ndarray:
    """How poor each sector of the authority is, 0 to 1."""
    return rng.beta(1.4, 1.8, place.sectors_of[la])


def _ethnicities(rng: np.random.Generator, place: Places, la: int, homes: np.ndarray, family: np.ndarray, n: int) -> np.ndarray:
    """Authorities differ much in how many are White British and in who else lives there; so do the parts of one."""
    diverse = np.clip(rng.beta(0.9, 2.2) + 0.03, 0.03, 0.88)
    sector = place.sector[homes] - place.first_sector[la]
    part = np.clip(diverse * np.exp(rng.normal(0, 0.45, place.sectors_of[la])), 0.01, 0.95)
    weights = OTHERS * np.exp(rng.normal(0, 0.9, len(OTHERS)))
    of_family = np.where(rng.random(len(homes)) < part[sector], 1 + pick(rng, len(homes), weights), 0)
    # A brother or sister is sometimes given another code, a mixed one most of all.
    own = of_family[family]
    return np.where(rng.random(n) < 0.05, np.where(rng.random(n) < 0.5, 5 + pick(rng, n, (3, 1, 2, 3)), 1 + pick(rng, n, weights)), own)

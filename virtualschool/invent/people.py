"""Who the children of a year group are: birth dates, sex, ethnicity, and the numbers that schools give them.

A year group is named by the year in which its youngest are born: those of 2010 were born from September 2009 to August
2010, begin reception in the school year 2015, and are at the end of key stages 1, 2 and 4 in 2017, 2021 and 2026.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from virtualschool.invent.chance import generator, pick, within
from virtualschool.invent.england import INDEPENDENT, PRIMARY, SECONDARY, SPECIAL, England
from virtualschool.invent.families import families, steady

RECEPTION, KS1, KS2, KS4 = 5, 7, 11, 16
"""Years from a year group's name to the school year in which it is there."""

ETHNICITIES = (
    "WBRI", "WIRI", "WOTH", "WIRT", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH",
    "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT",
)  # fmt: skip
PUPIL_ETHNICITY = (65.0, 0.3, 7.0, 0.1, 0.4, 1.6, 0.9, 1.5, 2.6, 3.6, 4.6, 1.9, 2.1, 1.0, 4.6, 0.8, 0.6, 2.2, 0.5, 0.7)
CARE_ETHNICITY = (73.0, 0.4, 3.0, 0.2, 0.8, 3.6, 1.2, 1.7, 4.0, 0.5, 1.3, 0.8, 1.0, 1.7, 2.7, 1.3, 0.1, 1.6, 0.3, 0.8)
ARRIVED_ETHNICITY = (0, 0, 8.0, 0, 0, 0, 0, 0, 1.0, 0.5, 2.0, 1.5, 22.0, 0, 30.0, 5.0, 0.5, 27.0, 0.5, 2.0)
ENGLISH_BY_ETHNICITY = np.array(
    [0.99, 0.98, 0.22, 0.95, 0.3, 0.99, 0.75, 0.8, 0.75, 0.45, 0.3, 0.25, 0.35, 0.97, 0.45, 0.6, 0.4, 0.3, 0.8, 0.7]
)
NEEDS = ("SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH", "NSA")
SUPPORT_NEEDS = (14, 19, 0.3, 0.1, 20, 25, 1.6, 1, 0.3, 2, 8, 4.3, 4.4)
PLAN_NEEDS = (3.5, 9, 10, 4, 16, 18, 2, 1, 0.4, 4, 30, 2.1, 0)
CARE_SUPPORT_NEEDS = (7, 16, 0.3, 0.1, 46, 14, 0.8, 0.5, 0.2, 1, 5, 4, 5)
CARE_PLAN_NEEDS = (2, 11, 8, 2, 45, 9, 0.8, 0.5, 0.2, 2.5, 16, 3, 0)
FAMILIES = 100
ONLY_CHILD, TWO_CHILDREN = 0.42, 0.46
"""Shares of pupils with no brother or sister of another age at school, ever, and with one."""
FIRST_MOVES, MOVES_A_YEAR = 1995, 0.03
NO_SEN, SUPPORT, PLAN = range(3)
LETTERS = np.frombuffer(b"ABCDEFGHJKLMNPQRTUVWXYZ", np.uint8)
"""Check letters of a UPN, by the remainder."""


def day(year: int, month: int, number: int) -> int:
    """Days since 1 January 1970: how every date is held here."""
    return date(year, month, number).toordinal() - 719_163


FIRST_DAY = day(1985, 1, 1)
DATES = pa.array([date.fromordinal(n + 719_163 + FIRST_DAY).strftime("%d/%m/%Y") for n in range(day(2050, 1, 1) - FIRST_DAY)])


def day_text(days: np.ndarray, known: np.ndarray | None = None) -> pa.Array:
    """Dates as dd/mm/yyyy; blank where not known."""
    return DATES.take(pa.array(np.asarray(days) - FIRST_DAY, mask=None if known is None else ~known))


def birthday(born: np.ndarray, age: int) -> np.ndarray:
    """The day on which someone reaches an age; 1 March for a child of 29 February where there is none."""
    months = born.astype("datetime64[D]").astype("datetime64[M]")
    offset = born - months.astype("datetime64[D]").astype(np.int64)
    return (months + 12 * age).astype("datetime64[D]").astype(np.int64) + offset


def fixed(matrix: np.ndarray) -> pa.Array:
    """Texts of one length, a row of bytes each, without a Python object for any."""
    n, wide = matrix.shape
    offsets = np.arange(0, (n + 1) * wide, wide, dtype=np.int32)
    return pa.StringArray.from_buffers(n, pa.py_buffer(offsets.tobytes()), pa.py_buffer(np.ascontiguousarray(matrix, np.uint8).tobytes()))


def digits(numbers: np.ndarray, wide: int) -> np.ndarray:
    """Numbers as rows of ASCII digits, with leading zeros."""
    powers = 10 ** np.arange(wide - 1, -1, -1)
    return (np.asarray(numbers, np.int64)[:, None] // powers % 10 + 48).astype(np.uint8)


def numbers_of(la: np.ndarray, establishment: np.ndarray, year: np.ndarray, serial: np.ndarray, temporary: bool = False) -> np.ndarray:
    """UPNs as rows of 13 bytes, with the right check letter: authority, establishment, year of allocation, serial."""
    rows = np.zeros((len(la), 13), np.uint8)
    rows[:, 1:4], rows[:, 4:8] = digits(la + 1, 3), digits(establishment, 4)
    rows[:, 8:10] = digits(np.asarray(year) % 100, 2)
    values = np.zeros((len(la), 12), np.int64)
    if temporary:
        rows[:, 10:12], rows[:, 12] = digits(serial // 23 % 100, 2), LETTERS[serial % 23]
        values[:, :11], values[:, 11] = rows[:, 1:12] - 48, serial % 23
    else:
        rows[:, 10:13] = digits(serial, 3)
        values[:] = rows[:, 1:] - 48
    rows[:, 0] = LETTERS[values @ np.arange(2, 14) % 23]
    return rows


def references(group: int, numbers: np.ndarray, seed: int) -> np.ndarray:
    """Pupil matching references: different for every pupil of every year group, and with no meaning."""
    mixed = (((group - 1970) * 1_000_000 + numbers) * 387_420_489 + seed * 7_919) % 100_000_000
    return np.concatenate([np.tile(np.frombuffer(b"VR", np.uint8), (len(numbers), 1)), digits(mixed, 8)], axis=1)


@dataclass
class Pupils:
    """Pupils of one year group, as arrays of one length. `care` is the position of a child in the group's careers, or -1."""

    group: int
    la: np.ndarray
    """Authority they live in before any placement."""
    born: np.ndarray
    male: np.ndarray
    ethnicity: np.ndarray
    english: np.ndarray
    fsm: np.ndarray
    sen: np.ndarray
    need: np.ndarray
    state: np.ndarray
    postcode: np.ndarray
    next_home: np.ndarray
    moves: np.ndarray
    """The school year in which the family moves to the next home; 0 if it never does."""
    primary: np.ndarray
    secondary: np.ndarray
    upn: np.ndarray
    former: np.ndarray
    """An earlier UPN, or zeros."""
    changed: np.ndarray
    """School year from which the present UPN is used; 0 where there was no other."""
    reference: np.ndarray
    ability: np.ndarray
    care: np.ndarray

    def __len__(self) -> int:
        return len(self.la)


def pupils(place: England, group: int) -> Pupils:
    """The pupils of a year group who are never looked after."""
    rng = generator(place.seed, "pupils", group)
    per_la = np.maximum(1, np.round(place.share * place.size.cohort * rng.normal(1, 0.01, place.places)).astype(int))
    la = np.repeat(np.arange(place.places), per_la)
    n = len(la)
    born = day(group - 1, 9, 1) + rng.integers(0, 365, n)
    twin = np.flatnonzero((rng.random(n) < 0.015) & (np.arange(n) > 0))
    born[twin] = born[twin - 1]
    line = np.arange(n) - np.repeat(np.cumsum(per_la) - per_la, per_la) + la * 1_000_000
    line[twin] = line[twin - 1]
    kin = families(place.seed, FAMILIES, line, group, ONLY_CHILD, TWO_CHILDREN)
    brothers = kin.size > 1
    brothers[twin], brothers[twin - 1] = True, True
    ethnicity = pick(rng, n, PUPIL_ETHNICITY)
    alike = brothers & (rng.random(n) < 0.94)
    steps = np.cumsum(PUPIL_ETHNICITY) / np.sum(PUPIL_ETHNICITY)
    ethnicity = np.where(alike, np.searchsorted(steps, steady(kin.number, 1)), ethnicity)
    male = rng.random(n) < 0.51
    fsm = np.where(brothers, steady(kin.number, 2), rng.random(n)) < 0.24
    chance = rng.random(n) - 0.03 * male - 0.05 * fsm
    sen = np.where(chance < 0.011, PLAN, np.where(chance < 0.140, SUPPORT, NO_SEN))
    need = np.where(sen == PLAN, pick(rng, n, PLAN_NEEDS), pick(rng, n, SUPPORT_NEEDS))
    special = (sen == PLAN) & (rng.random(n) < 0.35)
    state = rng.random(n) < 0.945
    primary = _school(place, rng, la, np.where(special, SPECIAL, PRIMARY))
    secondary = _school(place, rng, la, np.where(state, np.where(special, SPECIAL, SECONDARY), INDEPENDENT))
    # A family's children mostly go to one primary school.
    shared = place.first_school[la, PRIMARY] + (steady(kin.number, 3) * place.schools_of[la, PRIMARY]).astype(np.int64)
    primary = np.where(brothers & ~special & (rng.random(n) < 0.9), shared, primary)
    ability = _ability(rng, male, ethnicity, fsm, sen)
    english = rng.random(n) < ENGLISH_BY_ETHNICITY[ethnicity]
    postcode = place.postcode_at(steady(kin.number, 4), la)
    next_home = place.postcode_at(steady(kin.number, 5), la)
    moves = FIRST_MOVES + (steady(kin.number, 6) / MOVES_A_YEAR).astype(np.int64)
    upn, former, changed = _numbers(place, rng, group, la, primary, 0.004)
    return Pupils(
        group, la, born, male, ethnicity, english, fsm, sen, need, state, postcode, next_home, moves, primary, secondary, upn, former,
        changed, references(group, np.arange(n), place.seed), ability, np.full(n, -1),
    )  # fmt: skip


def _school(place: England, rng: np.random.Generator, la: np.ndarray, kind: np.ndarray) -> np.ndarray:
    return within(rng, place.first_school[la, kind], place.schools_of[la, kind])


def _ability(rng: np.random.Generator, male: np.ndarray, ethnicity: np.ndarray, fsm: np.ndarray, sen: np.ndarray) -> np.ndarray:
    """What a child can do at seven, against all children: mean about 0 and spread about 1."""
    by_ethnicity = np.array([0, 0.1, 0, -0.8, -1.0, -0.1, 0, 0.25, 0.1, 0.45, 0.0, 0.1, 0.2, -0.1, 0.1, -0.05, 0.7, 0.0, 0, -0.1])
    by_sen = np.array([0.22, -0.75, -1.6])
    return 0.08 + by_ethnicity[ethnicity] - 0.38 * fsm + by_sen[sen] - 0.06 * male + rng.normal(0, 0.80, len(male))


def _numbers(place, rng, group, la, school, share_changed):
    """The UPN given on entry to the first school, an earlier temporary one for some, and the school year it changed."""
    order = np.argsort(school, kind="stable")
    counts = np.bincount(school, minlength=len(place.urn))
    serial = np.empty(len(la), np.int64)
    serial[order] = np.arange(len(la)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    establishment = np.array([int(text[3:]) for text in place.laestab])[school]
    year = np.full(len(la), group + RECEPTION - 1)
    upn = numbers_of(la, establishment, year, serial)
    former = np.zeros_like(upn)
    changed = np.zeros(len(la), np.int64)
    chosen = np.flatnonzero(rng.random(len(la)) < share_changed)
    moved = rng.integers(RECEPTION + 1, KS4 + 1, len(chosen))
    changed[chosen] = group + moved
    former[chosen] = numbers_of(la[chosen], establishment[chosen], year[chosen], serial[chosen], temporary=True)
    return upn, former, changed

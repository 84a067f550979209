"""Mistakes as returns have them, at rates that stand in one place: numbers, birth dates, sex and ethnicity.

A mistake is a child's for good, so the same wrong number stands in every year of its returns; a changed sex or ethnicity
code stands from one year on.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from virtualschool.invent.careers import Careers
from virtualschool.invent.chance import generator, pick
from virtualschool.invent.england import England
from virtualschool.invent.people import ETHNICITIES, LETTERS, RECEPTION, Pupils, day, fixed, numbers_of
from virtualschool.invent.schooling import ABROAD, RECORDED, Schooling

RATES = {
    "UPN given as unknown": 0.022,
    "UPN temporary": 0.007,
    "UPN mistyped in one character": 0.012,
    "UPN of another pupil": 0.003,
    "UPN replaced since, the old one still given": 0.6,
    "unknown code of the wrong kind": 0.08,
    "birth date with day and month swapped": 0.006,
    "birth date mistyped": 0.006,
    "sex code changed between years": 0.003,
    "ethnicity code changed between years": 0.02,
}
UNKNOWN = ("UN1", "UN2", "UN3", "UN4", "UN5")


@dataclass
class Reported:
    """What the return says of each child: birth date, and the mistakes in its number, sex and ethnicity."""

    born: np.ndarray
    number: np.ndarray
    keeps_old: np.ndarray
    wrong_code: np.ndarray
    sex_year: np.ndarray
    ethnicity_year: np.ndarray
    ethnicity_before: np.ndarray
    mistyped: np.ndarray
    other: np.ndarray
    temporary: np.ndarray


def reported(place: England, made: Careers, people: Pupils) -> Reported:
    rng = generator(place.seed, "mistakes", made.group)
    n = len(made)
    names = list(RATES)[:4]
    shares = [RATES[name] for name in names]
    number = pick(rng, n, [1 - sum(shares), *shares])
    born = _birth_dates(rng, people.born, n)
    mistyped = people.upn.copy()
    place_wrong = rng.integers(1, 13, n)
    rows = np.arange(n)
    digit = mistyped[rows, place_wrong] - 48
    mistyped[rows, place_wrong] = np.where(digit < 10, (digit + rng.integers(1, 10, n)) % 10 + 48, mistyped[rows, place_wrong])
    letter = rng.random(n) < 0.12
    mistyped[letter, 0] = LETTERS[rng.integers(0, 23, int(letter.sum()))]
    mother = rng.permutation(n)
    sex_changes = rng.random(n) < RATES["sex code changed between years"]
    ethnic_changes = rng.random(n) < RATES["ethnicity code changed between years"]
    years = made.group + rng.integers(4, 17, n)
    before = np.where(
        rng.random(n) < 0.5, ETHNICITIES.index("NOBT"), pick(rng, n, (5, 1, 2, 0, 0, 2, 1, 1, 4, 1, 1, 1, 2, 1, 2, 2, 0, 2, 0, 0))
    )
    return Reported(
        born, number, rng.random(n) < RATES["UPN replaced since, the old one still given"],
        rng.random(n) < RATES["unknown code of the wrong kind"],
        np.where(sex_changes, years, 0), np.where(ethnic_changes, years, 0), before, mistyped, people.upn[mother],
        numbers_of(made.la, np.full(n, 2950), np.full(n, made.group + RECEPTION - 1), rows % 2300, temporary=True),
    )  # fmt: skip


def _birth_dates(rng: np.random.Generator, born: np.ndarray, n: int) -> np.ndarray:
    draw = rng.random(n)
    swap, slip = RATES["birth date with day and month swapped"], RATES["birth date mistyped"]
    said = born.copy()
    months = born.astype("datetime64[D]").astype("datetime64[M]")
    month = months.astype(np.int64) % 12 + 1
    of_month = born - months.astype("datetime64[D]").astype(np.int64) + 1
    first = (months.astype("datetime64[Y]").astype("datetime64[M]") + (of_month - 1).clip(max=11)).astype("datetime64[D]").astype(np.int64)
    swapped = first + month - 1
    # Only days up to the twelfth can be taken for a month, so the rate is among those.
    said = np.where((draw < swap * 365 / 132) & (of_month <= 12), swapped, said)
    return np.where(draw > 1 - slip, born + rng.choice([-10, -1, 1, 10, 365, -365, 30], n), said)


def unique_numbers(
    made: Careers, people: Pupils, schooled: Schooling, said: Reported, rows: np.ndarray, year: int, first: np.ndarray
) -> pa.Array:
    """The UPN that a return gives for children, or the code of why it is not known. `first` is the day care began in the year."""
    upn = people.upn[rows].copy()
    old = (people.changed[rows] > year) | ((people.changed[rows] > 0) & said.keeps_old[rows])
    upn[old] = people.former[rows][old]
    kind = said.number[rows]
    for value, numbers in ((2, said.temporary), (3, said.mistyped), (4, said.other)):
        upn[kind == value] = numbers[rows][kind == value]
    code = np.full(len(rows), -1)
    code = np.where(kind == 1, 4, code)
    record = schooled.record[rows]
    code = np.where((record != RECORDED) & (record != ABROAD), 1, np.where(record == ABROAD, 2, code))
    code = np.where(schooled.first_year[rows] > year, np.where(made.unaccompanied[rows], 1, 0), code)
    code = np.where((first >= day(year, 3, 25)) & (code != 0), 3, code)
    wrong = said.wrong_code[rows] & (code > 0)
    code = np.where(wrong, np.where(code == 4, 0, 4), code)
    words = pa.array(UNKNOWN).take(pa.array(np.maximum(code, 0)))
    return pa.compute.if_else(pa.array(code >= 0), words, fixed(upn))

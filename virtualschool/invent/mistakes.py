"""Mistakes as returns have them, at rates that stand in one place: numbers, birth dates, sex and ethnicity.

Most mistakes are a child's for good, so the same wrong number stands in every year of its returns; some are of one year, and the
next is right. A changed sex or ethnicity code stands from one year on.
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
    "UPN given as unknown": 0.025,
    "UPN temporary": 0.010,
    "UPN mistyped in one character": 0.012,
    "UPN mistyped in two characters": 0.002,
    "UPN with two neighbours swapped": 0.003,
    "UPN with a character left out": 0.001,
    "UPN of another pupil": 0.003,
    "UPN of a pupil with the next number": 0.003,
    "UPN given as unknown in one year": 0.012,
    "UPN mistyped in one year": 0.006,
    "UPN of another pupil in one year": 0.002,
    "UPN replaced since, the old one still given": 0.6,
    "unknown code of the wrong kind": 0.08,
    "birth date with day and month swapped": 0.006,
    "birth date mistyped": 0.006,
    "sex code wrong": 0.002,
    "sex code changed between years": 0.003,
    "ethnicity code changed between years": 0.02,
}
LASTING = tuple(name for name in RATES if name.startswith("UPN") and not name.endswith(("in one year", "still given")))
(_, NOT_GIVEN, TEMPORARY, ONE_WRONG, TWO_WRONG, SWAPPED, LEFT_OUT, ANOTHERS, NEXT) = range(len(LASTING) + 1)
FOR_GOOD = 9999
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
    wrong: np.ndarray
    """The number that the mistake makes of a child's own, as rows of bytes; a character left out is a zero."""
    mistyped: np.ndarray
    other: np.ndarray


def reported(place: England, made: Careers, people: Pupils) -> Reported:
    rng = generator(place.seed, "mistakes", made.group)
    n = len(made)
    shares = [RATES[name] for name in LASTING]
    number = pick(rng, n, [1 - sum(shares), *shares])
    born = _birth_dates(rng, people.born, n)
    mistyped = _mistyped(rng, people.upn)
    letter = rng.random(n) < 0.12
    mistyped[letter, 0] = LETTERS[rng.integers(0, 23, int(letter.sum()))]
    swapped, short = people.upn.copy(), people.upn.copy()
    rows, where = np.arange(n), rng.integers(8, 12, n)
    swapped[rows, where], swapped[rows, where + 1] = people.upn[rows, where + 1], people.upn[rows, where]
    short[rows, where] = 0
    order = np.lexsort(people.upn.T[::-1][:12])
    following = np.empty(n, np.int64)
    following[order] = np.append(order[1:], order[:1])
    other = people.upn[rng.permutation(n)]
    temporary = numbers_of(made.la, np.full(n, 2950), np.full(n, made.group + RECEPTION - 1), rows % 2300, temporary=True)
    wrong = people.upn.copy()
    for kind, values in (
        (TEMPORARY, temporary), (ONE_WRONG, mistyped), (TWO_WRONG, _mistyped(rng, mistyped)), (SWAPPED, swapped),
        (LEFT_OUT, short), (ANOTHERS, other), (NEXT, people.upn[following]),
    ):  # fmt: skip
        wrong[number == kind] = values[number == kind]
    sex_changes = rng.random(n) < RATES["sex code changed between years"]
    sex_wrong = (rng.random(n) < RATES["sex code wrong"]) & ~made.unaccompanied
    ethnic_changes = rng.random(n) < RATES["ethnicity code changed between years"]
    years = made.group + rng.integers(4, 17, n)
    before = np.where(
        rng.random(n) < 0.5, ETHNICITIES.index("NOBT"), pick(rng, n, (5, 1, 2, 0, 0, 2, 1, 1, 4, 1, 1, 1, 2, 1, 2, 2, 0, 2, 0, 0))
    )
    return Reported(
        born, number, rng.random(n) < RATES["UPN replaced since, the old one still given"],
        rng.random(n) < RATES["unknown code of the wrong kind"],
        np.where(sex_wrong, FOR_GOOD, np.where(sex_changes, years, 0)), np.where(ethnic_changes, years, 0), before, wrong, mistyped, other,
    )  # fmt: skip


def _mistyped(rng: np.random.Generator, numbers: np.ndarray) -> np.ndarray:
    """The same with one digit wrong."""
    typed = numbers.copy()
    rows, where = np.arange(len(numbers)), rng.integers(1, 13, len(numbers))
    digit = typed[rows, where].astype(np.int64) - 48
    typed[rows, where] = np.where((digit >= 0) & (digit < 10), (digit + rng.integers(1, 10, len(numbers))) % 10 + 48, typed[rows, where])
    return typed


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
    seed: int, made: Careers, people: Pupils, schooled: Schooling, said: Reported, rows: np.ndarray, year: int, first: np.ndarray
) -> pa.Array:
    """The UPN that a return gives for children, or the code of why it is not known. `first` is the day care began in the year."""
    upn = people.upn[rows].copy()
    old = (people.changed[rows] > year) | ((people.changed[rows] > 0) & said.keeps_old[rows])
    upn[old] = people.former[rows][old]
    kind = said.number[rows]
    upn[kind >= TEMPORARY] = said.wrong[rows][kind >= TEMPORARY]
    once = generator(seed, "mistakes of a year", made.group, year).random(len(made))[rows]
    unknown, typed, another = (RATES[f"UPN {name} in one year"] for name in ("given as unknown", "mistyped", "of another pupil"))
    for low, share, numbers in ((unknown, typed, said.mistyped), (unknown + typed, another, said.other)):
        hit = (once >= low) & (once < low + share) & (kind == 0)
        upn[hit] = numbers[rows][hit]
    code = np.full(len(rows), -1)
    code = np.where((kind == NOT_GIVEN) | ((kind == 0) & (once < unknown)), 4, code)
    record = schooled.record[rows]
    code = np.where((record != RECORDED) & (record != ABROAD), 1, np.where(record == ABROAD, 2, code))
    code = np.where(schooled.first_year[rows] > year, np.where(made.unaccompanied[rows], 1, 0), code)
    code = np.where((first >= day(year, 3, 25)) & (code != 0), 3, code)
    wrong = said.wrong_code[rows] & (code > 0)
    code = np.where(wrong, np.where(code == 4, 0, 4), code)
    words = pa.array(UNKNOWN).take(pa.array(np.maximum(code, 0)))
    return pa.compute.if_else(pa.array(code >= 0), words, pa.compute.replace_substring(fixed(upn), "\0", ""))

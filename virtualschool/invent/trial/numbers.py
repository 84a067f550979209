"""Unique pupil numbers and pupil references of a trial, as whole numbers while they are worked with and as text when written.

A number is its authority, establishment, year and serial put together; a temporary one, which ends in a letter, is held with
`TEMPORARY` added to it. The check letter is worked out on writing.
"""

import numpy as np
import pyarrow as pa

from virtualschool.invent.people import LETTERS, digits, fixed

TEMPORARY = 10**15
NONE = -1


def coded(la: np.ndarray, establishment: np.ndarray, year: np.ndarray, serial: np.ndarray, temporary: bool = False) -> np.ndarray:
    """Numbers from their parts. A serial is below 1,000, or below 2,300 where temporary."""
    front = ((np.asarray(la, np.int64) + 1) * 10_000 + establishment) * 100 + np.asarray(year, np.int64) % 100
    return TEMPORARY + front * 2_300 + serial % 2_300 if temporary else front * 1_000 + serial % 1_000


def letters_of(codes: np.ndarray) -> np.ndarray:
    """Rows of 13 bytes; rows of zeros for NONE."""
    codes = np.asarray(codes, np.int64)
    temporary = codes >= TEMPORARY
    rest = np.where(temporary, codes - TEMPORARY, codes)
    front = np.where(temporary, rest // 2_300, rest // 1_000)
    serial = np.where(temporary, rest % 2_300, rest % 1_000)
    rows = np.empty((len(codes), 13), np.uint8)
    rows[:, 1:10] = digits(front, 9)
    rows[:, 10:13] = digits(np.where(temporary, serial // 23 * 10, serial), 3)
    last = rows[:, 12].astype(np.int64) - 48
    last[temporary] = serial[temporary] % 23
    rows[temporary, 12] = LETTERS[last[temporary]]
    total = 13 * last
    for place in range(1, 12):
        total += (place + 1) * (rows[:, place].astype(np.int64) - 48)
    rows[:, 0] = LETTERS[total % 23]
    rows[codes == NONE] = 0
    return rows


def number_text(rows: np.ndarray) -> pa.Array:
    """Rows of bytes as text; null where a row begins with 0. A byte of 0 within or at the end is left out."""
    known = rows[:, 0] != 0
    if (rows[known] != 0).all():
        made = fixed(np.where(rows == 0, 48, rows))
        return made if known.all() else pa.compute.if_else(pa.array(known), made, pa.scalar(None, pa.string()))
    return pa.array([bytes(row[row != 0]).decode() if row[0] else None for row in rows], pa.string())


def references(seed: int, people: np.ndarray) -> pa.Array:
    """Pupil references: different for everyone, and with no meaning."""
    mixed = (np.asarray(people, np.int64) * 387_420_489 + seed * 7_919) % 100_000_000
    return fixed(np.concatenate([np.tile(np.frombuffer(b"VR", np.uint8), (len(mixed), 1)), digits(mixed, 8)], axis=1))


def allocated(rng: np.random.Generator, la: int, establishment: np.ndarray, year: np.ndarray, family: np.ndarray) -> np.ndarray:
    """Numbers as a first school gives them: by surname within its new pupils of a year, so that twins come one after the other."""
    surname = rng.permutation(int(family.max(initial=0)) + 1)[family]
    order = np.lexsort((surname, year, establishment))
    key = establishment[order].astype(np.int64) * 10_000 + year[order]
    first = np.append(True, key[1:] != key[:-1]) if len(key) else np.zeros(0, bool)
    run = np.arange(len(key)) - np.maximum.accumulate(np.where(first, np.arange(len(key)), 0))
    serial = np.empty(len(key), np.int64)
    serial[order] = run + 1
    return coded(np.full(len(key), la), establishment, year, serial)

"""Which people of different year groups are brothers and sisters, without drawing one group for another.

Everyone has a place in the line of the year group. A place says how many children its families have and how many years lie
between them; so the one in that place some years on is of the same family, whichever groups are asked for.
"""

from dataclasses import dataclass

import numpy as np

GAPS = (1, 2, 3, 4, 5)
GAP_SHARES = np.cumsum((0.07, 0.30, 0.31, 0.20))


@dataclass(frozen=True)
class Families:
    """The family of each place: its number, how many children, how many years apart, and which of them this is (0 is the eldest)."""

    number: np.ndarray
    size: np.ndarray
    gap: np.ndarray
    rank: np.ndarray


def families(seed: int, line: int, places: np.ndarray, group: int, only: float, two: float) -> Families:
    """The families of places in a year group. `line` tells lines apart; `only` and `two` are the shares with one and two children."""
    draw = steady(seed, line, places)
    size = np.where(draw < only, 1, np.where(draw < only + two, 2, 3))
    gap = np.array(GAPS)[np.searchsorted(GAP_SHARES, steady(seed, line + 1, places))]
    # Each place has its own beginning, so that families do not all begin in the same years.
    since = group + (steady(seed, line + 2, places) * 60).astype(np.int64)
    turn, rank = since // gap // size, since // gap % size
    alone = size == 1
    # Of those without brothers or sisters, each year group's is another family.
    number = mixed(seed, line + 3, places, np.where(alone, group, turn), np.where(alone, -1, since % gap))
    return Families(number, size, gap, rank)


def mixed(*parts: "int | np.ndarray") -> np.ndarray:
    """Numbers well mixed from others: the same from the same, and no pattern between."""
    made: np.ndarray = np.zeros(1, np.uint64)
    for part in parts:
        made = (made ^ np.asarray(part).astype(np.int64).astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        made = (made ^ (made >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        made = (made ^ (made >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        made ^= made >> np.uint64(31)
    return made.view(np.int64)


def steady(*parts: "int | np.ndarray") -> np.ndarray:
    """A number from 0 to 1 for each, always the same from the same."""
    return (mixed(*parts).view(np.uint64) >> np.uint64(11)) / float(1 << 53)

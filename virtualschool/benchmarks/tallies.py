"""The sums behind figures as whole numbers side by side: a figure's own, or those of several places together, made when it is wanted.

A request for England is about some two thousand cells, of which most are only ever added up. To make an object of each costs more
than all the sums.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal

import numpy as np

from virtualschool.benchmarks.sums import NONE, Sums

WIDE = Context(prec=60)
"""More digits than any sum has."""


class Cells:
    """Which cells there are: for each its year, its group and its authority, in the order of year, group, authority.

    `keys` are the different pairs of year and group, `starts` where the cells of each begin (and the end of the last), `la_of` the number
    of each cell's authority among `las`, rising within a pair.
    """

    def __init__(self, keys: Sequence[tuple[int, tuple]], starts: np.ndarray, la_of: np.ndarray, las: Sequence[str]) -> None:
        self.keys, self.las, self.la_of = keys, las, la_of
        self.spans = {key: (first, last) for key, first, last in zip(keys, starts[:-1].tolist(), starts[1:].tolist(), strict=True)}
        self._at: dict[tuple[int, tuple], dict[str, int]] = {}
        self._members: dict[tuple[str, ...], np.ndarray] = {}

    def __len__(self) -> int:
        return len(self.la_of)

    def at(self, year: int, group: tuple) -> Mapping[str, int]:
        """The cell of each authority that has one in a year and group."""
        key = (year, group)
        if key not in self._at:
            first, last = self.spans.get(key, (0, 0))
            self._at[key] = dict(zip([self.las[la] for la in self.la_of[first:last].tolist()], range(first, last), strict=True))
        return self._at[key]

    def of(self, year: int, group: tuple, las: tuple[str, ...]) -> np.ndarray:
        """The cells of some authorities in a year and group."""
        first, last = self.spans.get((year, group), (0, 0))
        if las not in self._members:
            wanted = frozenset(las)
            self._members[las] = np.array([la in wanted for la in self.las], bool)
        return first + np.flatnonzero(self._members[las][self.la_of[first:last]])


@dataclass(frozen=True, eq=False)
class Tally:
    """The sums of one measure over cells. An amount is a whole number of its `part`, which is so many decimals from one."""

    cells: Cells
    pupils: np.ndarray
    amounts: tuple[tuple[np.ndarray, int, int] | None, ...]
    """Numerator, denominator, squares, products, squares of the denominator: counts, part and decimals; None where none is asked for."""
    said: tuple[np.ndarray, np.ndarray] | None = None
    """Of each cell which words it has of origins, and of reasons: a bit for each word."""
    words: tuple[str | None, ...] = ()
    _in_words: dict[int, frozenset[str]] = field(default_factory=lambda: {0: frozenset()})
    """The words of each set of bits, once made: there are few."""

    def one(self, at: int) -> Sums:
        """The sums of one cell."""
        n, d, squares, products, below = (NONE if found is None else exact(found[0][at], *found[1:]) for found in self.amounts)
        origins, reasons = (0, 0) if self.said is None else (bits[at] for bits in self.said)
        return Sums(int(self.pupils[at]), n, d, squares, products, below, self.in_words(origins), self.in_words(reasons))

    def several(self, cells: np.ndarray) -> Sums:
        """The sums of several cells together."""
        sums = (NONE if found is None else exact(found[0][cells].sum(), *found[1:]) for found in self.amounts)
        n, d, squares, products, below = sums
        origins, reasons = (0, 0) if self.said is None else (np.bitwise_or.reduce(bits[cells]) for bits in self.said)
        return Sums(int(self.pupils[cells].sum()), n, d, squares, products, below, self.in_words(origins), self.in_words(reasons))

    def in_words(self, bits: int) -> frozenset[str]:
        bits = int(bits)
        if bits not in self._in_words:
            said = (word for number, word in enumerate(self.words) if word is not None and bits >> number & 1)
            self._in_words[bits] = frozenset(said)
        return self._in_words[bits]


def exact(count: int, part: int, places: int) -> Decimal:
    return Decimal(int(count) * part).scaleb(-places, WIDE)


class Tallies(Mapping):
    """The sums of each (measure, year, la, group), as `dict` of Sums has them."""

    def __init__(self, of: Mapping[str, Tally]) -> None:
        self.measures = of

    def pooled(self, name: str, year: int, las: Sequence[str], group: tuple) -> Sums:
        """The sums of a group over all of some authorities."""
        if (tally := self.measures.get(name)) is None:
            return Sums()
        if len(las) == 1:
            at = tally.cells.at(year, group).get(las[0])
            return Sums() if at is None else tally.one(at)
        return tally.several(tally.cells.of(year, group, tuple(las)))

    def held(self) -> Iterator[tuple[str, int, str, tuple]]:
        """Each measure, year, authority and group in which someone counts."""
        for name, tally in self.measures.items():
            counts = tally.pupils > 0
            for (year, group), (first, last) in tally.cells.spans.items():
                for la in tally.cells.la_of[first:last][counts[first:last]].tolist():
                    yield name, year, tally.cells.las[la], group

    def __getitem__(self, key: tuple) -> Sums:
        name, year, la, group = key
        tally = self.measures[name]
        return tally.one(tally.cells.at(year, group)[la])

    def __iter__(self) -> Iterator[tuple]:
        for name, tally in self.measures.items():
            for year, group in tally.cells.keys:
                for la in tally.cells.at(year, group):
                    yield name, year, la, group

    def __len__(self) -> int:
        return sum(len(tally.cells) for tally in self.measures.values())

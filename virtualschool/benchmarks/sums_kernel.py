"""The sums behind figures, in numpy over the columns of facts as whole numbers: what figure.query says, ten times as fast.

The query is the definition; a test holds this to it. It serves engines that were opened to answer many requests: a column is fetched
when it is first wanted and kept, words as the number of the word, amounts as a count of their smallest part. Which rows have a word is
kept as a bit for each row, so that a condition is a few operations on a hundred thousand bytes. Sums are exact: where the numbers are
too large for that, the query is asked instead.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from virtualschool.benchmarks.request import Condition
from virtualschool.benchmarks.tallies import Cells, Tally
from virtualschool.measures import Measure
from virtualschool.store import Engine, remembered

EXACT = 2**53
"""Up to here every whole number is a float of its own, and so is every sum on the way."""
WORD = 2**62
"""Up to here sums of whole numbers are kept in machine words."""
MILLIONTHS = 6
FEW = 1 << 22
"""So many different groups are counted in a table; more are put in order first."""
INDEXED = 256
"""Columns of so many different words have a bit for each row and word; of others each condition looks at every row."""
TOGETHER = 16
"""Columns of amounts in one query."""
KEPT = 1 << 20
"""How many cells of answers are kept for the next who asks the same of another place."""


class TooLarge(ValueError):
    """Numbers whose sums would not be exact here."""


@dataclass(frozen=True, eq=False)
class Words:
    """A column of words, whole numbers or yes and no: for each row the number of its value among `values`, of which None is the last."""

    numbers: np.ndarray
    values: tuple
    _bits: dict[int, np.ndarray] = field(default_factory=dict)

    def where(self, holds: Callable[[Any], bool]) -> np.ndarray | None:
        """A bit for each row, set where its value passes a test; None where every value does."""
        passed = [number for number, value in enumerate(self.values) if holds(value)]
        if len(passed) == len(self.values):
            return None
        if len(self.values) > INDEXED:
            table = np.zeros(len(self.values), bool)
            table[passed] = True
            return np.packbits(table[self.numbers])
        if 2 * len(passed) > len(self.values):
            return ~self._of({*range(len(self.values))}.difference(passed))
        return self._of(passed)

    def _of(self, numbers) -> np.ndarray:
        found = np.zeros((len(self.numbers) + 7) // 8, np.uint8)
        for number in numbers:
            if number not in self._bits:
                self._bits[number] = np.packbits(self.numbers == number)
            found |= self._bits[number]
        return found


@dataclass(frozen=True, eq=False)
class Amounts:
    """A column of amounts: for each row how many of `part` (millionths), 0 where there is none, and whether there is one."""

    counts: np.ndarray
    there: np.ndarray
    part: int
    most: int
    positive: bool
    """Whether every amount is more than nought."""


class Columns:
    """The columns of one table of a snapshot, fetched when they are first wanted, and the last answers from them."""

    def __init__(self, table: str) -> None:
        self.table = table
        self._held: dict[str, Any] = {}
        self._lock = threading.Lock()
        self._answers: OrderedDict[tuple, Any] = OrderedDict()
        self._size = 0

    def words(self, engine: Engine, name: str) -> Words:
        return self._get(engine, name, as_words)

    def amounts(self, engine: Engine, name: str) -> Amounts:
        return self._get(engine, name, as_amounts)

    def fetch(self, engine: Engine, amounts: Sequence[str]) -> None:
        """Fetches those columns of amounts that are not held, a few in one query: to plan one takes longer than a small column."""
        wanted = [name for name in amounts if name not in self._held]
        for first in range(0, len(wanted), TOGETHER):
            few = wanted[first : first + TOGETHER]
            found = engine.arrow(f"SELECT {', '.join(quoted(name) for name in few)} FROM {self.table}")
            for name in few:
                made = as_amounts(found[name])
                with self._lock:
                    self._held.setdefault(name, made)

    def _get(self, engine: Engine, name: str, made_of):
        if name not in self._held:
            with self._lock:
                if name not in self._held:
                    # The name is one of a whitelist or of a measure.
                    self._held[name] = made_of(engine.arrow(f"SELECT {quoted(name)} FROM {self.table}")[name])
        return self._held[name]

    def answer(self, asked: tuple, work: Callable[[], Any]) -> Any:
        """What `work` gives, or gave when the same was asked; of the last answers, up to so many cells."""
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return self._answers[asked]
        made = work()
        with self._lock:
            if asked not in self._answers:
                self._answers[asked] = made
                self._size += cells_of(made)
                while self._size > KEPT and self._answers:
                    self._size -= cells_of(self._answers.popitem(last=False)[1])
        return made


def quoted(name: str) -> str:
    return f'"{name}"'


def cells_of(answer: dict[str, Tally]) -> int:
    return sum(len(tally.cells) for tally in answer.values()) + 1


@remembered
def columns(engine: Engine, table: str) -> Columns:
    """The columns of a table of the engine's snapshot."""
    return Columns(table)


def as_words(column: pa.ChunkedArray) -> Words:
    coded = column.combine_chunks().dictionary_encode()
    coded = pa.concat_arrays(coded.chunks) if isinstance(coded, pa.ChunkedArray) else coded
    values = (*coded.dictionary.to_pylist(), None)
    numbers = coded.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False)
    return Words(numbers.astype(np.uint8 if len(values) <= 256 else np.int32), values)


def as_amounts(column: pa.ChunkedArray) -> Amounts:
    flat = column.combine_chunks()
    there = pc.is_valid(flat).to_numpy(zero_copy_only=False)
    filled = pc.fill_null(flat, pa.scalar(Decimal(0), flat.type))
    # DECIMAL with 18 digits is two machine words a value, of which the low one holds it.
    words = np.frombuffer(filled.buffers()[1], np.int64)[2 * filled.offset : 2 * (filled.offset + len(filled))]
    millionths = words[::2]
    part = int(np.gcd.reduce(millionths)) if len(millionths) else 1
    counts = millionths // max(part, 1)
    most = int(np.abs(counts).max(initial=0))
    narrow = next(kind for kind in (np.int8, np.int16, np.int32, np.int64) if most <= np.iinfo(kind).max)
    return Amounts(counts.astype(narrow), there, max(part, 1), most, bool((counts[there] > 0).all()))


def tallies(
    engine: Engine,
    table: str,
    measures: Sequence[Measure],
    years: Sequence[int],
    las: Sequence[str] | None,
    by: Sequence[str],
    where: Sequence[Condition],
    schools: str,
    population: str,
) -> dict[str, Tally]:
    """The sums of each measure, of those for whom the column `population` holds, as the query has them. Raises TooLarge."""
    held = columns(engine, table)
    named = tuple(measure.name for measure in measures)
    asked = (named, tuple(years), None if las is None else tuple(las), tuple(by), tuple(where), schools, population)
    return held.answer(asked, lambda: worked_out(engine, held, measures, years, las, by, where, schools, population))


def worked_out(engine, held, measures, years, las, by, where, schools, population) -> dict[str, Tally]:
    """The same, from the columns."""
    tests = [held.words(engine, population).where(lambda value: value is True)]
    tests.append(held.words(engine, "year").where(lambda at: at in years))
    if las is not None:
        wanted = frozenset(las)
        tests.append(held.words(engine, "la").where(lambda la: la in wanted))
    for condition in where:
        tests.append(held.words(engine, condition.column).where(lambda value, condition=condition: passes(condition, value)))
    rows = rows_of(tests, len(held.words(engine, "year").numbers))
    cells, cell_of = cells_among(held, engine, by, rows)
    if len(measures) > 1:
        held.fetch(engine, [f"{measure.name}__{part}" for measure in measures for part in "nd"])
    state = None
    found = {}
    for measure in measures:
        kept = rows, cell_of
        if measure.of_schools and schools == "state":
            if state is None:
                words = held.words(engine, "state_funded")
                known = np.array([value is not False for value in words.values], bool)[words.numbers[rows]]
                state = rows[known], cell_of[known]
            kept = state
        found[measure.name] = of_measure(engine, held, measure, cells, *kept)
    return found


def rows_of(tests: Sequence[np.ndarray | None], rows: int) -> np.ndarray:
    """The rows that pass every test."""
    asked = [test for test in tests if test is not None]
    if not asked:
        return np.arange(rows)
    bits = asked[0]
    for test in asked[1:]:
        bits = bits & test
    return np.flatnonzero(np.unpackbits(bits, count=rows).view(bool))


def passes(condition: Condition, value: Any) -> bool:
    """Whether a value passes a condition, as Condition.sql has it."""
    known = [one for one in condition.values if one is not None]
    if condition.operator in ("=", "in"):
        return value in condition.values
    if value is None:
        # What is not known is neither the value nor another.
        return len(known) < len(condition.values) and condition.operator != "!="
    if condition.operator == "!=":
        return not known or value != known[0]
    return {"<": value < known[0], "<=": value <= known[0], ">": value > known[0], ">=": value >= known[0]}[condition.operator]


def cells_among(held: Columns, engine: Engine, by: Sequence[str], rows: np.ndarray) -> tuple[Cells, np.ndarray]:
    """The different years, groups and authorities among some rows, and the number of its cell for each row."""
    grouped = [held.words(engine, name) for name in ("year", *by, "la")]
    sizes = [len(words.values) for words in grouped]
    packed = np.zeros(len(rows), np.int64)
    for words, size in zip(grouped, sizes, strict=True):
        packed *= size
        packed += words.numbers[rows]
    if np.prod(sizes, dtype=float) <= FEW:
        present = np.bincount(packed, minlength=1) > 0
        found = np.flatnonzero(present)
        cell_of = (np.cumsum(present) - 1)[packed]
    elif np.prod(sizes, dtype=float) < WORD:
        found, cell_of = np.unique(packed, return_inverse=True)
    else:
        raise TooLarge
    pairs, la_of = np.divmod(found, sizes[-1])
    starts = np.flatnonzero(np.diff(pairs, prepend=-1))
    left, parts = pairs[starts], []
    for words, size in zip(reversed(grouped[:-1]), reversed(sizes[:-1]), strict=True):
        left, at = np.divmod(left, size)
        parts.append([words.values[one] for one in at.tolist()])
    keys = [(year, tuple(group)) for year, *group in zip(*reversed(parts), strict=True)]
    return Cells(keys, np.append(starts, len(found)), la_of, grouped[-1].values), cell_of


def of_measure(engine: Engine, held: Columns, measure: Measure, cells: Cells, rows: np.ndarray, cell_of: np.ndarray) -> Tally:
    """The sums of a measure over some rows, as figure.sums_of asks for them."""
    n, d = held.amounts(engine, f"{measure.name}__n"), held.amounts(engine, f"{measure.name}__d")
    counts = d.there[rows]
    at, which = rows[counts], cell_of[counts]
    squares, ratio = measure.interval in ("t", "ratio"), measure.interval == "ratio"
    above, below = n.counts[at], d.counts[at]
    size = len(cells)
    pupils = np.bincount(which, minlength=size)
    amounts: list[tuple[np.ndarray, int, int] | None] = [(totals(above, n.most, which, size), n.part, MILLIONTHS), None, None, None, None]
    # Where everyone counts as one, the sum is how many there are.
    ones = d.most == 1 and d.positive
    amounts[1] = (pupils if ones else totals(below, d.most, which, size), d.part, MILLIONTHS)
    if squares:
        amounts[2] = (products(above, n.most, above, n.most, which, size), n.part * n.part, 2 * MILLIONTHS)
    if ratio:
        amounts[3] = (products(above, n.most, below, d.most, which, size), n.part * d.part, 2 * MILLIONTHS)
        amounts[4] = (products(below, d.most, below, d.most, which, size), d.part * d.part, 2 * MILLIONTHS)
    if not measure.origin:
        return Tally(cells, pupils, tuple(amounts))
    words = held.words(engine, measure.origin)
    origins, reasons = (bits_of(words, rows[some], cell_of[some], size) for some in (counts, ~counts))
    return Tally(cells, pupils, tuple(amounts), (origins, reasons), words.values)


def bits_of(words: Words, rows: np.ndarray, cell_of: np.ndarray, cells: int) -> np.ndarray:
    """For each cell a bit for each word among its rows."""
    number = len(words.values)
    if number > 62:
        raise TooLarge
    present = np.zeros(cells * number, bool)
    present[cell_of * number + words.numbers[rows]] = True
    return present.reshape(cells, number) @ (1 << np.arange(number, dtype=np.int64))


def totals(counts: np.ndarray, most: int, which: np.ndarray, cells: int) -> np.ndarray:
    """The sum of each cell."""
    if most * max(len(counts), 1) >= EXACT:
        raise TooLarge
    return np.bincount(which, weights=counts, minlength=cells).astype(np.int64)


def products(one: np.ndarray, most: int, other: np.ndarray, other_most: int, which: np.ndarray, cells: int) -> np.ndarray:
    """The sum of products of each cell, of which large ones are taken apart in two: high and low halves of the first factor."""
    one, other = one.astype(np.int64), other.astype(np.int64)
    largest = most * other_most * max(len(one), 1)
    if largest < EXACT:
        return totals(one * other, most * other_most, which, cells)
    half = (most.bit_length() + 1) // 2
    high = products_of(one >> half, (most >> half) + 1, other, other_most, which, cells)
    low = products_of(one & ((1 << half) - 1), 1 << half, other, other_most, which, cells)
    return joined(high, low, half, largest)


def products_of(one: np.ndarray, most: int, other: np.ndarray, other_most: int, which: np.ndarray, cells: int) -> np.ndarray:
    """The same, with the second factor taken apart."""
    half = (other_most.bit_length() + 1) // 2
    rows = max(len(one), 1)
    if most * ((other_most >> half) + 1) * rows >= EXACT or (most << half) * rows >= EXACT:
        raise TooLarge
    high = totals(one * (other >> half), most * ((other_most >> half) + 1), which, cells)
    low = totals(one * (other & ((1 << half) - 1)), most << half, which, cells)
    return joined(high, low, half, (most << half) * ((other_most >> half) + 1) * rows)


def joined(high: np.ndarray, low: np.ndarray, half: int, largest: int) -> np.ndarray:
    """Sums from their halves; of Python's own whole numbers where a machine word is too narrow."""
    if 4 * largest >= WORD:
        high, low = high.astype(object), low.astype(object)
    return high * (1 << half) + low

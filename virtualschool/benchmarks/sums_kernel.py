"""The sums behind figures, in numpy over the columns of facts as whole numbers: what figure.query says, several times as fast.

The query is the definition; a test holds this to it. It serves engines that were opened to answer many requests: a column is fetched
when it is first wanted and kept, words as the number of the word, amounts as a count of their smallest part. Sums are exact: where the
numbers are too large for that, the query is asked instead.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from virtualschool.benchmarks.request import Condition
from virtualschool.measures import Measure
from virtualschool.store import Engine, remembered

EXACT = 2**53
"""Up to here every whole number is a float of its own, and so is every sum on the way."""
MILLIONTHS = 6
FEW = 1 << 22
"""So many different groups are counted in a table; more are put in order first."""


class TooLarge(ValueError):
    """Numbers whose sums would not be exact here."""


@dataclass(frozen=True)
class Words:
    """A column of words, whole numbers or yes and no: for each row the number of its value among `values`, of which None is the last."""

    numbers: np.ndarray
    values: tuple

    def where(self, holds) -> np.ndarray:
        """The rows whose value passes a test."""
        return np.array([holds(value) for value in self.values], bool)[self.numbers]


@dataclass(frozen=True)
class Amounts:
    """A column of amounts: for each row how many of `part` (millionths), 0 where there is none, and whether there is one."""

    counts: np.ndarray
    there: np.ndarray
    part: int
    most: int


class Columns:
    """The columns of one table of a snapshot, fetched when they are first wanted."""

    def __init__(self, table: str) -> None:
        self.table = table
        self._held: dict[str, Any] = {}
        self._lock = threading.Lock()

    def words(self, engine: Engine, name: str) -> Words:
        return self._get(engine, name, as_words)

    def amounts(self, engine: Engine, name: str) -> Amounts:
        return self._get(engine, name, as_amounts)

    def _get(self, engine: Engine, name: str, made_of):
        if name not in self._held:
            with self._lock:
                if name not in self._held:
                    # The name is one of a whitelist or of a measure.
                    self._held[name] = made_of(engine.arrow(f'SELECT "{name}" FROM {self.table}')[name])
        return self._held[name]


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
    return Amounts(counts.astype(narrow), there, max(part, 1), most)


def sums(
    engine: Engine,
    table: str,
    keys: Sequence[str],
    measures: Sequence[Measure],
    years: Sequence[int],
    las: Sequence[str] | None,
    by: Sequence[str],
    where: Sequence[Condition],
    schools: str,
    population: str,
) -> list[tuple[tuple, tuple]]:
    """(measure, year, keys and groups), each with the eight values that the query has for a measure. Raises TooLarge."""
    held = columns(engine, table)
    chosen = held.words(engine, population).where(lambda value: value is True) & held.words(engine, "year").where(lambda at: at in years)
    if las is not None:
        wanted = frozenset(las)
        chosen &= held.words(engine, "la").where(lambda la: la in wanted)
    for condition in where:
        chosen &= held.words(engine, condition.column).where(lambda value, condition=condition: passes(condition, value))
    rows = np.flatnonzero(chosen)
    grouped = [held.words(engine, name) for name in ("year", *keys, *by)]
    groups, number_of = groups_of(grouped, rows)
    found = []
    for measure in measures:
        parts = of_measure(engine, held, measure, schools, rows, number_of, len(groups))
        found += [((measure.name, year, group), part) for (year, *group), part in zip(groups, parts, strict=True)]
    return found


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


def groups_of(grouped: Sequence[Words], rows: np.ndarray) -> tuple[list[tuple], np.ndarray]:
    """The different groups among some rows, as values, and the number of its group for each row."""
    sizes = [len(words.values) for words in grouped]
    packed = np.zeros(len(rows), np.int64)
    for words, size in zip(grouped, sizes, strict=True):
        packed = packed * size + words.numbers[rows]
    if np.prod(sizes, dtype=float) <= FEW:
        present = np.bincount(packed, minlength=1) > 0
        found = np.flatnonzero(present)
        number_of = (np.cumsum(present) - 1)[packed]
    else:
        found, number_of = np.unique(packed, return_inverse=True)
    columns = []
    for words, size in zip(reversed(grouped), reversed(sizes), strict=True):
        found, at = np.divmod(found, size)
        columns.append([words.values[one] for one in at])
    return list(zip(*reversed(columns), strict=True)), number_of


def of_measure(
    engine: Engine, held: Columns, measure: Measure, schools: str, rows: np.ndarray, number_of: np.ndarray, groups: int
) -> list[tuple]:
    """For each group: pupils, the five sums, origins, reasons; as figure.sums_of asks for them."""
    n, d = held.amounts(engine, f"{measure.name}__n"), held.amounts(engine, f"{measure.name}__d")
    if measure.of_schools and schools == "state":
        kept = held.words(engine, "state_funded").where(lambda value: value is not False)[rows]
        rows, number_of = rows[kept], number_of[kept]
    counts = d.there[rows]
    at, which = rows[counts], number_of[counts]
    squares, ratio = measure.interval in ("t", "ratio"), measure.interval == "ratio"
    above, below = n.counts[at].astype(np.int64), d.counts[at].astype(np.int64)
    pupils = np.bincount(which, minlength=groups)
    one, two = n.part, d.part
    nothing = [Decimal(0)] * groups
    sums = [
        decimals(totals(above, n.most, which, groups), one, MILLIONTHS),
        decimals(totals(below, d.most, which, groups), two, MILLIONTHS),
        decimals(products(above, n.most, above, n.most, which, groups), one * one, 2 * MILLIONTHS) if squares else nothing,
        decimals(products(above, n.most, below, d.most, which, groups), one * two, 2 * MILLIONTHS) if ratio else nothing,
        decimals(products(below, d.most, below, d.most, which, groups), two * two, 2 * MILLIONTHS) if ratio else nothing,
    ]
    said: list[list] = [[()] * groups, [()] * groups]
    if measure.origin:
        words = held.words(engine, measure.origin)
        for place, some in enumerate((counts, ~counts)):
            for group, word in np.unique(np.stack([number_of[some], words.numbers[rows[some]]]), axis=1).T.tolist():
                if words.values[word] is not None:
                    said[place][group] = (*said[place][group], words.values[word])
    return list(zip(pupils.tolist(), *sums, *said, strict=True))


def totals(counts: np.ndarray, most: int, which: np.ndarray, groups: int) -> list[int]:
    """The sum of each group."""
    if most * max(len(counts), 1) >= EXACT:
        raise TooLarge
    return np.bincount(which, weights=counts, minlength=groups).astype(np.int64).tolist()


def products(one: np.ndarray, most: int, other: np.ndarray, other_most: int, which: np.ndarray, groups: int) -> list[int]:
    """The sum of products of each group. Large ones are taken apart in two: high and low halves of the first factor."""
    if most * other_most * max(len(one), 1) < EXACT:
        return totals(one * other, most * other_most, which, groups)
    half = (most.bit_length() + 1) // 2
    high = products_of(one >> half, (most >> half) + 1, other, other_most, which, groups)
    low = products_of(one & ((1 << half) - 1), 1 << half, other, other_most, which, groups)
    return [(upper << half) + lower for upper, lower in zip(high, low, strict=True)]


def products_of(one: np.ndarray, most: int, other: np.ndarray, other_most: int, which: np.ndarray, groups: int) -> list[int]:
    """The same, with the second factor taken apart."""
    half = (other_most.bit_length() + 1) // 2
    if most * ((other_most >> half) + 1) * len(one) >= EXACT or (most << half) * len(one) >= EXACT:
        raise TooLarge
    high = totals(one * (other >> half), most * ((other_most >> half) + 1), which, groups)
    low = totals(one * (other & ((1 << half) - 1)), most << half, which, groups)
    return [(upper << half) + lower for upper, lower in zip(high, low, strict=True)]


def decimals(counts: list[int], part: int, places: int) -> list[Decimal]:
    return [Decimal(count * part).scaleb(-places) for count in counts]

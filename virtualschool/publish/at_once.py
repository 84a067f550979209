"""Many figures published at once: all of some measures for every authority, by one column or none, with nothing beside them.

It gives the very rows that `publish` gives of the same request, a tenth of the time a figure; a test holds it to that. Sums stay whole
numbers side by side from the facts to the row. What is not a plain table worked out here (a printed figure, an authority where
nobody counts, a year of another rounding) goes the usual way, figure by figure.
"""

import getpass
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from virtualschool import intervals, measures
from virtualschool.benchmarks import Request
from virtualschool.benchmarks.cell import Cell, Figure, Figures
from virtualschool.benchmarks.holdings import Holdings, order
from virtualschool.benchmarks.request import Place
from virtualschool.benchmarks.tallies import Tallies, Tally
from virtualschool.measures import Measure
from virtualschool.publish import NUMBERS, ROUNDS_TO_ZERO, Door, Marks, Published, words
from virtualschool.publish.hiding_at_once import Lines, grown, in_shares, small, unknown
from virtualschool.publish.rounding import rounded_all, rounded_floats
from virtualschool.publish.rules import HIDDEN, Rule, rule
from virtualschool.store import Engine

UNIT = 10**6
"""Sums are in millionths."""
UNSURE = 1e-6
"""A spread that is so much less than what it is the difference of is worked out exactly."""


def fits(engine: Engine, request: Request) -> bool:
    """Whether a request is one that is answered here."""
    alone = not request.compare and len(request.by) <= 1 and request.source != "published"
    return engine.lasting and alone and (request.places is None or all(at.level == "la" for at in request.places))


def published(engine: Engine, manifest: Mapping[str, Any], request: Request, *, who: str = "", when: datetime | None = None) -> Published:
    """What publish.publish gives of benchmarks.figures, for the public; the request must fit."""
    holdings = Holdings(engine, request, only=True)
    asked = [(measure, year) for measure in sorted(holdings.measures, key=lambda one: one.name) for year in holdings.years[measure.name]]
    places = [request.places if request.places is not None else holdings.all_authorities(*one) for one in asked]
    blocks = [Block.of(holdings, *one, at) for one, at in zip(asked, places, strict=True)]
    hide([block for block in blocks if block])
    rows: list[dict[str, Any]] = []
    rules: dict[str, None] = {}
    releases: set[str] = set()
    for (measure, year), at, block in zip(asked, places, blocks, strict=True):
        left = [one for one in at if block is None or one.code not in block.place]
        others = one_by_one(holdings, measure, year, left)
        releases |= {figure.cell.printed.label for figure in others if figure.cell.printed}
        if block or any(figure.cell.sums for figure in others):
            rules[rule(measure, year).name] = None
        door = Door(set(), False, Figures(tuple(others), request.by), None, rule)
        found = [door.row(figure) for figure in others]
        if block:
            found += block.rows({one.code: one for one in at}, request.by)
        rows += sorted(found, key=lambda row: row["la"])
    versions = {name: manifest.get("measures", {}).get(name, "") for name in request.measures}
    said = {"measures": versions, **request.in_words()}
    marks = Marks(
        "public", who or getpass.getuser(), f"{when or datetime.now(UTC):%Y-%m-%d %H:%M}", tuple(rules), tuple(sorted(releases)), said
    )
    return Published(rows, marks, request.by, ())


def one_by_one(holdings: Holdings, measure: Measure, year: int, places: Sequence[Place]) -> list[Figure]:
    """The figures of places that are not in a block: nobody counts there, or DfE printed them, so none is hidden."""
    cells = (holdings.cell(measure, year, at, group) for at in places for group in sorted(holdings.groups(measure, year, at), key=order))
    return [Figure(cell, holdings.cohort(measure)) for cell in cells]


def hide(blocks: "Sequence[Block]") -> None:
    """Says of every block which of its cells are hidden, as hiding.judged does."""
    for block in blocks:
        block.hidden = small(block.lines)
        if block.hidden.any():
            block.children = unknown(block.lines, block.hidden)
            block.hidden = grown(block.lines, block.hidden | block.children, block.children)
    wholes: dict[tuple, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.measure.shares:
            wholes[block.measure.shares, block.year].append(block)
    for (name, _), together in wholes.items():
        if len(together) == sum(measure.shares == name for measure in measures.ALL.values()):
            settle(sorted(together, key=lambda block: block.measure.name))


def settle(together: "list[Block]") -> None:
    """Hides the next share of a whole beside each that is hidden, and what that makes necessary, until nothing more is."""
    las = sorted(set.intersection(*(set(block.place) for block in together)))
    groups = [group for group in together[0].groups if all(group in block.groups for block in together)]
    at = [np.ix_([block.place[la] for la in las], [block.groups.index(group) for group in groups]) for block in together]
    parts = [block.lines.part(where) for block, where in zip(together, at, strict=True)]
    there = np.logical_and.reduce([lines.there for lines in parts])
    before = -1
    while (now := sum(int(block.hidden.sum()) for block in together)) > before:
        before = now
        found = in_shares(parts, [block.hidden[where] for block, where in zip(together, at, strict=True)], there)
        for block, where, cells in zip(together, at, found, strict=True):
            block.hidden[where] = cells
            block.hidden = grown(block.lines, block.hidden, block.children)


@dataclass(eq=False)
class Block:
    """The tables of one measure and year that are worked out here: authorities by groups, each cell's number in the tally."""

    measure: Measure
    year: int
    rule: Rule
    tally: Tally
    at: np.ndarray
    """The cell of each authority and group; -1 where there is none."""
    place: Mapping[str, int]
    """The line of each authority."""
    groups: list[tuple]
    lines: Lines
    sd: Decimal | None
    cohort: str
    hidden: np.ndarray
    children: np.ndarray

    @classmethod
    def of(cls, holdings: Holdings, measure: Measure, year: int, asked: Sequence[Place]) -> "Block | None":
        """The block of the places asked for; None where nothing of it can be worked out here."""
        sums = holdings.sums
        if measure.why_not(year) or not isinstance(sums, Tallies) or measure.name not in sums.measures or holdings.beside:
            return None
        followed = rule(measure, year)
        if followed.authority_to != 1:
            return None
        tally = sums.measures[measure.name]
        held = {at.code for at in asked if holdings.has_records(measure, year, at)}
        groups = sorted((group for at, group in tally.cells.keys if at == year), key=order)
        spans = [tally.cells.spans[year, group] for group in groups]
        cells = [np.arange(*span)[tally.pupils[slice(*span)] > 0] for span in spans]
        codes = sorted({tally.cells.las[la] for of in cells for la in np.unique(tally.cells.la_of[of]).tolist()} & held)
        if not codes:
            return None
        line_of = np.full(len(tally.cells.las), -1)
        place = {code: number for number, code in enumerate(codes)}
        for number, la in enumerate(tally.cells.las):
            line_of[number] = place.get(la, -1)
        at = np.full((len(codes), len(groups)), -1)
        for column, of in enumerate(cells):
            line = line_of[tally.cells.la_of[of]]
            at[line[line >= 0], column] = of[line >= 0]
        there = at >= 0
        some = np.any(there, axis=0)
        at, there, groups = at[:, some], there[:, some], [group for group, held_there in zip(groups, some, strict=True) if held_there]
        n, d = (millionths(tally, number, at) for number in (0, 1))
        rank = np.empty(len(groups), np.int64)
        rank[sorted(range(len(groups)), key=lambda number: tuple(map(str, groups[number])))] = np.arange(len(groups))
        lines = Lines(measure, followed, np.where(there, tally.pupils[at], 0), n, d, UNIT, rank)
        none = np.zeros(at.shape, bool)
        return cls(
            measure,
            year,
            followed,
            tally,
            at,
            place,
            groups,
            lines,
            holdings.national_sd(measure, year),
            holdings.cohort(measure),
            none,
            none,
        )

    def rows(self, places: Mapping[str, Place], by: Sequence[str]) -> Iterator[dict[str, Any]]:
        """A row for each cell, as Door.row has it."""
        line, column = np.nonzero(self.lines.there)
        cells, secret = self.at[line, column], self.hidden[line, column].tolist()
        found = Numbers(self, cells)
        number = {name: [*listed] for name, listed in zip(NUMBERS, found.columns(), strict=True)}
        said, vanished = found.notes(), found.vanished(number["value"])
        codes, names = [*self.place], [places[code].name for code in self.place]
        told = [{name: words(value) for name, value in zip(by, group, strict=True)} for group in self.groups]
        head = {"measure": self.measure.name, "year": self.year}
        tail = {"cohort": self.cohort, "source": "pupils", "release": None}
        hidden = {**dict.fromkeys(NUMBERS), "symbol": HIDDEN, "note": ""}
        shown = zip(line.tolist(), column.tolist(), secret, said, vanished, *number.values(), strict=True)
        for la, group, is_secret, note, symbol, pupils, n, d, value, low, high in shown:
            row = {**head, "la": codes[la], "la_name": names[la], **told[group], **tail}
            if is_secret:
                yield {**row, **hidden}
                continue
            if symbol:
                value, note = None, f"{note} Rounds to zero, and is not zero.".strip()
            row["pupils"], row["numerator"], row["denominator"] = pupils, n, d
            row["value"], row["low"], row["high"], row["symbol"], row["note"] = value, low, high, symbol, note
            yield row


def millionths(tally: Tally, number: int, at: np.ndarray) -> np.ndarray:
    """Numerators or denominators, 0 where there is no cell."""
    counts, part, _ = tally.amounts[number]  # type: ignore[misc]
    return np.where(at >= 0, counts[at], 0) * part


@dataclass(eq=False)
class Numbers:
    """The numbers of some cells of a block, as they are printed."""

    block: Block
    cells: np.ndarray

    def __post_init__(self) -> None:
        measure = self.block.measure
        self.scale = 100 if measure.unit == "percent" else 1
        self.pupils = self.block.tally.pupils[self.cells]
        self.n, self.d = (millionths(self.block.tally, number, self.cells) for number in (0, 1))

    def columns(self) -> tuple[list, ...]:
        return (self.pupils.tolist(), whole(self.n), whole(self.d), self.values(), *self.limits())

    def values(self) -> list[float | None]:
        some = self.d > 0
        found = rounded_all(self.n[some] * self.scale, self.d[some], self.block.measure.decimals)
        return spread_out(found, some)

    def notes(self) -> list[str]:
        tally = self.block.tally
        missing = self.block.measure.interval == "dfe_progress" and self.block.sd is None
        bits = tally.said[0][self.cells].tolist() if tally.said else [0] * len(self.cells)
        lasting: dict[int, str] = {}
        for one in set(bits):
            sums = tally.one(int(self.cells[bits.index(one)]))
            cell = Cell(
                self.block.measure, self.block.year, Place("la", "", ""), (), sums=sums, national_sd=Decimal(1) if not missing else None
            )
            lasting[one] = cell.words
        return [lasting[one] for one in bits]

    def vanished(self, values: list) -> list[str]:
        """The symbol of each percentage that rounds to nought and is not."""
        small = self.block.rule.symbol(ROUNDS_TO_ZERO) if self.block.measure.unit == "percent" else ""
        return [small if value == 0 and n else "" for value, n in zip(values, self.n.tolist(), strict=True)]

    # --- Limits ---

    def limits(self) -> tuple[list[float | None], list[float | None]]:
        kind = self.block.measure.interval
        if kind == "none" or (kind == "dfe_progress" and self.block.sd is None):
            nothing: list[float | None] = [None] * len(self.cells)
            return nothing, nothing
        with np.errstate(all="ignore"):
            low, high, some = getattr(self, kind)()
        at = np.flatnonzero(some)
        ends = (
            rounded_floats(end[some] * self.scale, self.block.measure.decimals, self.exact(at, side)) for side, end in ((0, low), (1, high))
        )
        return tuple(spread_out(end, some) for end in ends)  # type: ignore[return-value]

    def exact(self, at: np.ndarray, side: int):
        """Asks for a limit exactly, of the cell of a place among some."""

        def limit(number: int) -> Fraction:
            sums = self.block.tally.one(int(self.cells[at[number]]))
            found = Cell(self.block.measure, self.block.year, Place("la", "", ""), (), sums=sums, national_sd=self.block.sd).limits
            assert found is not None
            return found[side]

        return limit

    def wilson(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        reached, of = self.n / UNIT, self.d / UNIT
        z = float(intervals.Z)
        share, over = reached / of, z * z / of
        middle = (share + over / 2) / (1 + over)
        half = z * np.sqrt(share * (1 - share) / of + over / of / 4) / (1 + over)
        return np.where(self.n == 0, 0, middle - half), np.where(self.n == self.d, 1, middle + half), self.d > 0

    def t(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        n, squares = self.n / UNIT, self.amount(2)
        middle, part = n / self.pupils, n * n / self.pupils
        variance = sure(squares - part, squares) / (self.pupils - 1)
        half = self.student() * np.sqrt(variance / self.pupils)
        return middle - half, middle + half, self.pupils > 1

    def dfe_progress(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        middle = self.n / UNIT / self.pupils
        half = float(intervals.Z * (self.block.sd or 0)) / np.sqrt(self.pupils)
        return middle - half, middle + half, self.pupils > 0

    def ratio(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        n, d = self.n / UNIT, self.d / UNIT
        squares, products, below = (self.amount(number) for number in (2, 3, 4))
        middle = n / d
        left = sure(squares - 2 * middle * products + middle * middle * below, squares)
        half = self.student() * np.sqrt(left * self.pupils / (self.pupils - 1)) / d
        return np.maximum(middle - half, 0), middle + half, (self.pupils > 1) & (self.d > 0)

    def amount(self, number: int) -> np.ndarray:
        """Sums of squares or products."""
        counts, part, places = self.block.tally.amounts[number]  # type: ignore[misc]
        return counts[self.cells].astype(float) * part / 10.0**places

    def student(self) -> np.ndarray:
        return np.array([float(intervals.student(max(number - 1, 1))) for number in range(1, int(self.pupils.max(initial=1)) + 1)])[
            self.pupils - 1
        ]


def sure(difference: np.ndarray, of: np.ndarray) -> np.ndarray:
    """A difference that is not lost in what it is the difference of; where it may be, not a number, so that it is asked for exactly."""
    return np.where(difference > UNSURE * of, difference, np.nan)


def whole(amounts: np.ndarray) -> list[int | float]:
    """Sums in millionths as JSON has them: whole ones without a point."""
    if not (amounts % UNIT).any():
        return (amounts // UNIT).tolist()
    return [one // UNIT if one % UNIT == 0 else one / UNIT for one in amounts.tolist()]


def spread_out(found: list[float], some: np.ndarray) -> list[float | None]:
    """What was found for some, with None for the others."""
    if some.all():
        return [*found]
    spread = np.full(len(some), None, dtype=object)
    spread[some] = found
    return spread.tolist()

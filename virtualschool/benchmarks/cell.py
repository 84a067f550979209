"""One figure before it is published: where it comes from, its exact value and limits, or the symbol and reason why there is none."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from virtualschool import intervals
from virtualschool.benchmarks.figure import Sums
from virtualschool.benchmarks.published import Printed
from virtualschool.benchmarks.request import Place
from virtualschool.measures import Measure

NOT_AVAILABLE, NOT_APPLICABLE = "x", "z"
ORIGINS = {
    "dfe": "DfE's pupil-level figures",
    "results": "examination results",
    "both": "DfE's pupil-level figures, with examination results beside them",
    "store": "scores against the store's own national cohort",
}


def is_reason(origin: str) -> bool:
    """Whether an origin says why there is no value, rather than where one comes from."""
    return origin not in ORIGINS and not origin.startswith("official")


def origin_in_words(origin: str) -> str:
    return ORIGINS.get(origin) or origin.replace("official", "scores against DfE's estimates")


@dataclass(frozen=True, eq=False)
class Cell:
    """One figure of a measure, year, place and group: worked out from `sums`, or `printed` by DfE, or neither and then `symbol`."""

    measure: Measure
    year: int
    place: Place
    group: tuple
    sums: Sums | None = None
    printed: Printed | None = None
    symbol: str = ""
    note: str = ""
    national_sd: Decimal | None = None
    cohort: str = ""
    """Whom it is about where that is another cohort than the request's; of its columns those that all pupils have then make the group."""

    @property
    def source(self) -> str:
        return "pupils" if self.sums else "published" if self.printed else ""

    @cached_property
    def value(self) -> Fraction | None:
        """The exact value in the unit that is published: percent, points or score."""
        if self.printed:
            return self.printed.exact
        if not self.sums or not self.sums.denominator:
            return None
        return Fraction(self.sums.numerator) / Fraction(self.sums.denominator) * (100 if self.measure.unit == "percent" else 1)

    @cached_property
    def limits(self) -> tuple[Fraction, Fraction] | None:
        """The exact 95% limits, in the same unit; None for a printed figure, whose limits are DfE's text."""
        sums, kind = self.sums, self.measure.interval
        if not sums or not sums.pupils:
            return None
        found = None
        if kind == "wilson":
            found = intervals.wilson(sums.numerator, sums.denominator)
        elif kind == "t":
            found = intervals.mean(sums.pupils, sums.numerator, sums.squares)
        elif kind == "dfe_progress":
            found = intervals.progress(sums.pupils, sums.numerator, self.national_sd)
        elif kind == "ratio":
            found = intervals.ratio(sums.pupils, sums.numerator, sums.denominator, sums.squares, sums.products, sums.below)
        scale = 100 if self.measure.unit == "percent" else 1
        return None if found is None else (Fraction(found[0]) * scale, Fraction(found[1]) * scale)

    @property
    def words(self) -> str:
        """The note: why there is no figure, or what it was made from."""
        parts = [self.note] if self.note else []
        if self.sums and self.sums.pupils:
            if self.sums.origins:
                parts.append(f"From {' and '.join(sorted(map(origin_in_words, self.sums.origins)))}.")
            if self.measure.interval == "dfe_progress" and self.national_sd is None:
                parts.append("No interval: the national standard deviation of this year is not known.")
        return " ".join(parts)


@dataclass(frozen=True)
class Comparator:
    """What a figure is put beside: one cell, or the simple mean of several (statistical neighbours)."""

    name: str
    cells: tuple[Cell, ...]
    source: str
    """`pupils`, `EES 2024` …, or `none: ` and why there is no figure."""


@dataclass(frozen=True)
class Figure:
    """One row: a cell and its comparators, in the order asked for."""

    cell: Cell
    cohort: str
    comparators: tuple[Comparator, ...] = ()


@dataclass(frozen=True)
class Figures:
    """The raw rows of a request, sorted by measure, year, authority and group; `publish` is the only way on."""

    figures: tuple[Figure, ...]
    by: tuple[str, ...] = ()
    compare: tuple[str, ...] = ()
    """Names of the comparators, with `regions` spelt out, in order."""
    tables: tuple[tuple[Cell, ...], ...] = ()
    """The whole table of each measure, year and place in use, so that hiding is judged over all of it."""
    pools: tuple[tuple[Cell, tuple[Cell, ...]], ...] = ()
    """Each region and England that stands in the output beside all of the places that make it up."""
    beside: tuple[tuple[tuple[Cell, ...], ...], int] = ((), 0)
    """The whole tables of other children who stand beside, and by how many columns they are broken down."""
    set_apart: tuple[tuple[tuple[Cell, tuple[Cell, ...]], ...], ...] = ()
    """What figures of those not looked after would tell of those who are: whole tables of them, each group with the cells that tell it."""
    asked: dict = field(default_factory=dict)
    """What was asked for, in words: for marks and the log."""

    def __len__(self) -> int:
        return len(self.figures)

    @cached_property
    def weight(self) -> int:
        """How many cells it keeps, by which it is counted among what is remembered."""
        beside = sum(len(other.cells) for figure in self.figures for other in figure.comparators)
        return len(self.figures) + beside + sum(map(len, self.tables)) + 1

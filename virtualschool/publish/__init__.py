"""Hides and rounds: the one door by which numbers about groups of children leave.

`public` follows the rule of the DfE release that a measure belongs to. `internal` is for people who may open the records of those
children: nothing is hidden, every output is marked, and the log of the store says who asked. DfE's own figures pass unchanged.
"""

import getpass
import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from virtualschool import measures
from virtualschool.benchmarks.cell import Cell, Comparator, Figure, Figures
from virtualschool.benchmarks.published import number
from virtualschool.errors import unknown
from virtualschool.publish import internal
from virtualschool.publish.hiding import HIDDEN, hidden
from virtualschool.publish.rounding import rounded, to_nearest
from virtualschool.publish.rules import RuleFor, rule_of

__all__ = ["AUDIENCES", "HIDDEN", "ROUNDS_TO_ZERO", "Marks", "Published", "publish"]

ROUNDS_TO_ZERO = "k"

AUDIENCES = ("public", "internal")
NUMBERS = ("pupils", "numerator", "denominator", "value", "low", "high")


class Beside(Protocol):
    """What was released before, as `publish` asks it: what more must be hidden, and what is to be said of that."""

    def hide(self, figures: Figures, secret: set[Cell], rule_for: RuleFor) -> tuple[set[Cell], tuple[str, ...]]: ...

    def note(self, figures: Figures, rows: Sequence[Mapping[str, Any]], secret: set[Cell]) -> None: ...


@dataclass(frozen=True)
class Marks:
    """What every output bears: for whom it is, who made it and when, and whose rules hid what."""

    audience: str
    who: str
    when: str
    rules: tuple[str, ...]
    releases: tuple[str, ...]
    """DfE's releases whose own figures stand in it."""
    asked: Mapping[str, Any]
    also: tuple[str, ...] = ()
    """What else is to be said of it: what earlier releases made it hide."""

    def in_words(self) -> list[str]:
        lines = []
        if self.audience == "internal":
            lines.append(internal.mark(self.who, self.when))
        else:
            lines += [f"Hidden and rounded by the rule of DfE's release: {name}." for name in self.rules]
        lines += [f"DfE's own figures, unchanged, from {name}." for name in self.releases]
        return [*lines, *self.also]


@dataclass(frozen=True)
class Published:
    """Figures as they may leave. `rows` are JSON-ready: numbers as int or float, null with its symbol where there is none."""

    rows: list[dict[str, Any]]
    marks: Marks
    by: tuple[str, ...]
    compare: tuple[str, ...]

    @property
    def audience(self) -> str:
        return self.marks.audience

    @property
    def is_internal(self) -> bool:
        return self.marks.audience == "internal"

    def marks_in_words(self) -> list[str]:
        return self.marks.in_words()

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys of a row, in order; the same for every row."""
        return (*columns(self.by, self.compare), *(["mark"] if self.is_internal else []))

    def text(self, row: Mapping[str, Any], key: str = "value") -> str:
        """A number of a row as it is printed, with the measure's decimals; its symbol where there is none."""
        found = row[key]
        if found is None:
            return row["symbol"] if key in NUMBERS else ""
        decimals = measures.named(row["measure"]).decimals
        is_value = key in ("value", "low", "high") or key.endswith(("_value", "_difference"))
        return f"{found:,.{decimals}f}" if is_value else f"{found:,}"


def columns(by: tuple[str, ...], compare: tuple[str, ...]) -> tuple[str, ...]:
    named = ("measure", "year", "la", "la_name", *by, "cohort", "source", "release", *NUMBERS, "symbol", "note")
    return (*named, *(f"{name}_{part}" for name in compare for part in ("value", "difference", "source")))


def publish(
    figures: Figures,
    audience: str = "public",
    *,
    who: str = "",
    when: datetime | None = None,
    log: pathlib.Path | None = None,
    setting: str | None = None,
    beside: Beside | None = None,
) -> Published:
    """Figures as they may leave for an audience.

    For `internal`, `log` is the file that is told who asked for what and when (never about which child); it must be given.
    `setting` names one of DfE's rules for all of them (publish.rules); without it each measure follows its own release. `beside`
    hides as well what earlier releases would give away (publish.releases).
    """
    if audience not in AUDIENCES:
        raise unknown("Audience", audience, AUDIENCES)
    exact = audience == "internal"
    if exact and log is None:
        raise ValueError("Internal figures must be logged: give `log`.")
    shown = [figure.cell for figure in figures.figures]
    others = [cell for figure in figures.figures for comparator in figure.comparators for cell in comparator.cells]
    rule_for = rule_of(setting)
    also: tuple[str, ...] = ()
    secret = set() if exact else hidden(figures.tables, len(figures.by), [*shown, *others], figures.pools, rule_for)
    if not exact and figures.beside[0]:
        secret |= hidden(*figures.beside, rule_for=rule_for)
    if not exact:
        secret |= giving_away(figures, rule_for)
    if beside is not None and not exact:
        secret, also = beside.hide(figures, secret, rule_for)
    marks = Marks(
        audience,
        who or getpass.getuser(),
        f"{when or datetime.now(UTC):%Y-%m-%d %H:%M}",
        tuple(dict.fromkeys(rule_for(cell.measure, cell.year).name for cell in shown if cell.sums)),
        tuple(sorted({cell.printed.label for cell in (*shown, *others) if cell.printed})),
        figures.asked,
        also,
    )
    if exact and log is not None:
        note_down(log, marks, shown)
    door = Door(secret, exact, figures, None if setting is None else rule_for, rule_for)
    # Rows travel alone, as JSON and CSV, so what is internal says so on each.
    mark = {"mark": " ".join(marks.in_words()[:1])} if exact else {}
    rows = [door.row(figure) | mark for figure in figures.figures]
    if beside is not None and not exact:
        beside.note(figures, rows, secret)
    return Published(rows, marks, figures.by, figures.compare)


def giving_away(figures: Figures, rule_for: RuleFor) -> set[Cell]:
    """The figures of those not looked after that, taken from those of all pupils, would leave too few who are: by the rule and by the lines
    of their own table. They are England's, and of its small groups they differ by few."""
    found: set[Cell] = set()
    for table in figures.set_apart:
        left = [cell for cell, _ in table]
        secret = hidden([left], len(left[0].group) if left else 0, left, rule_for=rule_for)
        found |= {told for cell, telling in table if cell in secret for told in telling}
    return found


def note_down(log: pathlib.Path, marks: Marks, cells: list[Cell]) -> None:
    """Adds a line to the log of internal figures: who, when, and what was asked for."""
    asked = {key: value for key, value in marks.asked.items() if key != "measures"}
    names, years = sorted({cell.measure.name for cell in cells}), sorted({cell.year for cell in cells})
    internal.note_down(log, {"who": marks.who, "when": marks.when, "measures": names, "years": years, **asked})


@dataclass(frozen=True)
class Door:
    """Makes rows, with the cells that are secret hidden and everything else rounded once."""

    secret: set[Cell]
    internal: bool
    figures: Figures
    symbols_of: RuleFor | None
    """Whose symbols are printed; None: those of today, so that one symbol means one thing over all years."""
    rule_for: RuleFor

    def row(self, figure: Figure) -> dict[str, Any]:
        cell = figure.cell
        row: dict[str, Any] = {"measure": cell.measure.name, "year": cell.year, "la": cell.place.code, "la_name": cell.place.name}
        row |= {name: words(value) for name, value in zip(self.figures.by, cell.group, strict=True)}
        row |= {"cohort": figure.cohort, "source": cell.source or None, "release": cell.printed.label if cell.printed else None}
        row |= self.numbers(cell)
        beside = {comparator.name: comparator for comparator in figure.comparators}
        for name in self.figures.compare:
            row |= self.beside(cell, beside.get(name) or Comparator(name, (), "none"))
        return row

    def numbers(self, cell: Cell) -> dict[str, Any]:
        """Everything about one cell but its comparators."""
        if cell in self.secret:
            return {**dict.fromkeys(NUMBERS), "symbol": self.symbol(cell, HIDDEN), "note": ""}
        if cell.printed:
            printed = {name: plain(number(getattr(cell.printed, name))) for name in NUMBERS[:3]}
            printed |= {name: as_float(number(getattr(cell.printed, name))) for name in NUMBERS[3:]}
            return {**printed, "symbol": cell.symbol, "note": cell.words}
        sums, limits = cell.sums, cell.limits
        counts = (None, None, None) if sums is None else (Decimal(sums.pupils), sums.numerator, sums.denominator)
        numbers = {name: self.count(cell, name, found) for name, found in zip(NUMBERS[:3], counts, strict=True)}
        numbers["value"] = self.printed(cell, cell.value)
        vanish = {name for name, true in zip(NUMBERS, (*counts, cell.value), strict=False) if true and numbers[name] == 0}
        if cell.measure.unit != "percent":
            vanish.discard("value")  # A score of 0.00 is a score.
        numbers |= {"low": self.printed(cell, limits[0] if limits else None), "high": self.printed(cell, limits[1] if limits else None)}
        symbol, words = cell.symbol, cell.words
        if vanish and not self.internal and (small := self.rule_for(cell.measure, cell.year).symbol(ROUNDS_TO_ZERO)):
            numbers |= dict.fromkeys(vanish)
            symbol, words = small, f"{words} Rounds to zero, and is not zero.".strip()
        return {**numbers, "symbol": self.symbol(cell, symbol), "note": words}

    def symbol(self, cell: Cell, symbol: str) -> str:
        return self.symbols_of(cell.measure, cell.year).symbol(symbol) if self.symbols_of else symbol

    def count(self, cell: Cell, name: str, found: Decimal | None) -> int | float | None:
        """A count, rounded for regions and England, and for authorities where the rule says so. Totals of points are not counts."""
        if found is None or self.internal or (name == "numerator" and cell.measure.counts == "points"):
            return plain(found)
        rule = self.rule_for(cell.measure, cell.year)
        step = rule.authority_to if cell.place.level == "la" else rule.national_to
        return plain(found) if step == 1 else to_nearest(Fraction(found), step)

    def printed(self, cell: Cell, value: Fraction | None) -> int | float | None:
        return None if value is None else float(rounded(value, cell.measure.decimals))

    def beside(self, cell: Cell, comparator: Comparator) -> dict[str, Any]:
        """A comparator's value, how far the figure is from it, and where it comes from; nothing of what is hidden."""
        fit = [other.value for other in comparator.cells if other not in self.secret and other.value is not None]
        value = sum(fit, Fraction(0)) / len(fit) if fit else None
        # A single figure of DfE's stands as it was printed, whatever its decimals.
        as_it_is = number(comparator.cells[0].printed.value) if len(comparator.cells) == 1 and comparator.cells[0].printed else None
        source = comparator.source
        if len(comparator.cells) > 1 and fit:
            source = f"{source}, mean of {len(fit)} of {len(comparator.cells)}"
        elif not fit and comparator.cells and not source.startswith("none"):
            source = f"{source}, {comparator.cells[0].symbol or self.symbol(comparator.cells[0], HIDDEN)}"
        own = None if cell in self.secret else cell.value
        return {
            f"{comparator.name}_value": as_float(as_it_is) if as_it_is is not None else self.printed(cell, value),
            f"{comparator.name}_difference": self.printed(cell, own - value) if own is not None and value is not None else None,
            f"{comparator.name}_source": source,
        }


def plain(value: Decimal | None) -> int | float | None:
    """A number as JSON has it: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def as_float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def words(value: Any) -> Any:
    """A group's value as people filter by it: yes and no."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value

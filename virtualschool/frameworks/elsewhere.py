"""Figures from elsewhere: one file brings in what no return holds, so that criteria have figures or are known to have none.

A CSV (or Excel) of indicator, numerator, denominator, period, source, and if wanted group, for what a figure is one of several
(`unit_cost` by kind of placement). Indicators are those of `indicators.csv`. A percentage is numerator over denominator.
"""

import pathlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from typing import Any

from virtualschool import measures, years
from virtualschool.errors import nearest
from virtualschool.frameworks.framework import Criterion, Framework
from virtualschool.frameworks.given import Account, Line, Refused, opened, refuse
from virtualschool.frameworks.indicators import INDICATORS, Indicator
from virtualschool.frameworks.loading import span
from virtualschool.publish.rounding import rounded
from virtualschool.store import Engine

COLUMNS = ("indicator", "numerator", "denominator", "period", "source")
GROUP = "group"
HUNDRED = ("percent", "per 100", "percent of budget")
"""Units that are a hundred times numerator over denominator."""
OVER = (*HUNDRED, "rate")
"""Units that need a denominator."""
BELOW_NOTHING = ("percentage points", "score", "gbp", "percent of budget")
"""Units in which an amount can be below nothing."""
TERMS = {"autumn": (9, 12), "spring": (1, 3), "summer": (4, 8)}
NONE, GIVEN, MEASURED = "none", "given", "measured"


@dataclass(frozen=True)
class Figure:
    """One figure from elsewhere. `until` is the last day of its period; `row` and `sha256` say where it stood."""

    indicator: Indicator
    numerator: Decimal
    denominator: Decimal | None
    period: str
    until: date
    source: str
    group: str
    row: int
    sha256: str

    @property
    def value(self) -> Fraction:
        """The figure in its unit, exact."""
        amount = Fraction(self.numerator) / Fraction(self.denominator) if self.denominator else Fraction(self.numerator)
        return amount * 100 if self.denominator and self.indicator.unit in (*HUNDRED, "profile") else amount

    @property
    def printed(self) -> Decimal:
        """The figure as it is shown, rounded once."""
        whole = self.denominator is None and Fraction(self.numerator).denominator == 1
        return rounded(self.value, 0 if whole else 2 if self.indicator.unit in ("gbp", "rate") else 1)

    def to_json(self) -> dict[str, Any]:
        return {
            "indicator": self.indicator.name,
            "group": self.group or None,
            "numerator": str(self.numerator),
            "denominator": None if self.denominator is None else str(self.denominator),
            "value": float(self.printed),
            "unit": self.indicator.unit,
            "period": self.period,
            "source": self.source,
        }


@dataclass(frozen=True)
class Elsewhere:
    """The figures of a file, and the account of its rows."""

    figures: tuple[Figure, ...]
    account: Account

    def of(self, indicator: str) -> list[Figure]:
        """The figures of an indicator, the newest first."""
        return sorted((one for one in self.figures if one.indicator.name == indicator), key=lambda one: (one.until, -one.row), reverse=True)


def read(file: pathlib.Path) -> Elsewhere:
    """The figures of a file. Raises Unreadable for one that has not the columns; every other fault is a finding."""
    account, lines = opened(file, COLUMNS, (GROUP,))
    kept: list[Figure] = []
    rows: dict[tuple[str, str, date, str], int] = {}
    for line in lines:
        try:
            figure = figure_of(line, account.sha256)
            key = (figure.indicator.name, figure.group, figure.until, figure.period)
            if key in rows:
                raise Refused("indicator", f"row {rows[key]} has this indicator and period already.", "Keep one of them.")
        except Refused as fault:
            refuse(account, line, fault)
            continue
        rows[key] = line.row
        account.kept += 1
        kept.append(figure)
    return Elsewhere(tuple(kept), account)


def of_store(engine: Engine, la: str) -> Elsewhere | None:
    """The figures that a store holds of an authority, brought in with its files; None where it holds none. Of an indicator, part and period
    the one that was read last counts."""
    query = "SELECT indicator, numerator, denominator, period, source, part, row FROM figures_elsewhere WHERE la = ? ORDER BY file, row"
    account = Account("figures from elsewhere", "")
    kept: dict[tuple[str, str, date], Figure] = {}
    for row in engine.rows(query, [la]):
        account.read += 1
        cells = {name: "" if row[name] is None else str(row[name]) for name in COLUMNS} | {GROUP: row["part"] or ""}
        for name in ("numerator", "denominator"):
            cells[name] = f"{Decimal(cells[name]).normalize():f}" if cells[name] else ""
        line = Line(row["row"], cells)
        try:
            figure = figure_of(line, "")
        except Refused as fault:
            refuse(account, line, fault)
            continue
        account.kept += 1
        kept[figure.indicator.name, figure.group, figure.until] = figure
    return Elsewhere(tuple(kept.values()), account) if account.read else None


def together(earlier: Elsewhere | None, later: Elsewhere | None) -> Elsewhere | None:
    """Two sources of figures as one: of an indicator, group and period the later one's counts; the account is its, too."""
    if earlier is None or later is None:
        return later or earlier
    said = {(one.indicator.name, one.group, one.until) for one in later.figures}
    left = (one for one in earlier.figures if (one.indicator.name, one.group, one.until) not in said)
    return Elsewhere((*left, *later.figures), later.account)


def figure_of(line: Line, sha256: str) -> Figure:
    name = line["indicator"]
    if name not in INDICATORS:
        raise Refused("indicator", f"there is no indicator '{name}'." if name else "it is empty.", meant(name))
    indicator = INDICATORS[name]
    numerator = number(line, "numerator")
    denominator = number(line, "denominator") if line["denominator"] else None
    if numerator < 0 and indicator.unit not in BELOW_NOTHING:
        raise Refused("numerator", "it is below nothing.", f"A {indicator.unit} is nothing or more.")
    if denominator is None and indicator.unit in OVER:
        raise Refused("denominator", f"it is empty, and a {indicator.unit} needs one.", "Give the number that it is out of.")
    if denominator is not None and denominator <= 0:
        raise Refused("denominator", "it is nothing or less.", "Give the number that it is out of; leave the row out where it is nothing.")
    if indicator.unit == "percent" and denominator is not None and numerator > denominator:
        raise Refused("numerator", "it is more than the denominator.", "Give the part first, then the whole, both as numbers.")
    until = period_end(line["period"])
    if until is None:
        raise Refused("period", "this is no period.", "Write 2025, 2024/25, 2025-03, 2025-03-31, or autumn 2024.")
    if not line["source"]:
        raise Refused("source", "it is empty.", "Say where the figure is from.")
    return Figure(indicator, numerator, denominator, line["period"], until, line["source"], line[GROUP], line.row, sha256)


@cache
def meant(name: str) -> str:
    near = nearest(name, INDICATORS, 2)
    return f"Did you mean {' or '.join(near)}?" if near else "See docs/reference/frameworks.md."


def number(line: Line, column: str) -> Decimal:
    text = line[column].replace(",", "").removeprefix("£")
    if text.endswith("%"):
        raise Refused(column, "this is a percentage.", "Give the two numbers that make it: part and whole.")
    try:
        found = Decimal(text)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) >= 10**15:
        raise Refused(column, "this is not a number." if text else "it is empty.", "Write digits: 34 or 34.5.")
    return found


def period_end(text: str) -> date | None:
    """The last day of a period: a year (2025, 2024/25: to 31 August), a month, a day, or a term; None where it is none."""
    if days := span(text) if "-" in text else None:
        return days[1]
    if year := years.from_text(text):
        return date(year, 8, 31)
    match = re.fullmatch(r"(autumn|spring|summer) (\d{4})", text.casefold())
    if not match or int(match[2]) == 0:
        return None
    days = span(f"{match[2]}-{TERMS[match[1]][1]:02d}")
    return days[1] if days else None


# --- What criteria have ---


@dataclass(frozen=True)
class Held:
    """What a criterion has of one indicator.

    `state` is measured (our measures give it), given (from elsewhere) or none; `measures` are those that have a figure.
    """

    indicator: Indicator
    state: str
    measures: tuple[str, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class CriterionFigures:
    """A criterion with what it has of each of its indicators. One that names none rests on other evidence."""

    criterion: Criterion
    held: tuple[Held, ...]

    @property
    def without(self) -> tuple[str, ...]:
        return tuple(one.indicator.name for one in self.held if one.state == NONE)

    def to_json(self) -> dict[str, Any]:
        return {
            "criterion": self.criterion.id,
            "words": self.criterion.words,
            "evidence": list(self.criterion.evidence),
            "figures": [
                {
                    "indicator": one.indicator.name,
                    "title": one.indicator.title,
                    "state": one.state,
                    "measures": list(one.measures),
                    "given": [figure.to_json() for figure in one.figures],
                }
                for one in self.held
            ],
            "without": list(self.without),
        }


def criteria_figures(
    framework: Framework, elsewhere: Elsewhere | None = None, with_figures: Iterable[str] | None = None
) -> list[CriterionFigures]:
    """What each criterion of a framework has of its figures.

    `with_figures` are the measures of which there is a figure; without it every measure counts that can have one.
    """
    able = {name for name, one in measures.ALL.items() if not one.awaits}
    known = able if with_figures is None else set(with_figures) & able
    held = {name: held_of(indicator, elsewhere, known) for name, indicator in INDICATORS.items()}
    return [CriterionFigures(one, tuple(held[name] for name in one.figures)) for one in framework.criteria]


def held_of(indicator: Indicator, elsewhere: Elsewhere | None, known: set[str]) -> Held:
    ours = tuple(name for name in indicator.measures if name in known)
    given = tuple(elsewhere.of(indicator.name)) if elsewhere else ()
    return Held(indicator, MEASURED if ours else GIVEN if given else NONE, ours, given)


def counted(found: Iterable[CriterionFigures]) -> Mapping[str, int]:
    """How many criteria have every figure, some, none of theirs, or name none."""
    counts = {"every figure": 0, "some": 0, "none of theirs": 0, "rest on other evidence": 0}
    for one in found:
        lacking = len(one.without)
        if not one.held:
            counts["rest on other evidence"] += 1
        else:
            counts["every figure" if not lacking else "none of theirs" if lacking == len(one.held) else "some"] += 1
    return counts

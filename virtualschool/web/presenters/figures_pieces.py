"""Pieces of a page of figures: a sentence that says what is seen, a chart, its table, and what one must know of the figures."""

import datetime
import functools
import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from virtualschool import measures, years
from virtualschool.measures import INTERVALS, Measure
from virtualschool.reports import wording
from virtualschool.reports.blocks import Cell, Chart, Column, Mark, Table
from virtualschool.web.presenters import figures_choice as choices
from virtualschool.web.presenters.figures_asked import BESIDE, Figures, Row

OTHERS = {"england": "England", "region": "its region", "neighbours": "its statistical neighbours"}
TITLES = {"england": "England", "region": "Region", "neighbours": "Statistical neighbours"}


@dataclass(frozen=True)
class Piece:
    """One figure of a page. `name` is its part of addresses; `behind` has for each row of the table the lists of children behind it,
    words and address each; `sentence` is what the chart shows, from a test and never from how it looks."""

    name: str
    title: str
    sentence: str
    chart: Chart | None
    table: Table
    marks: Sequence[str] = ()
    notes: Sequence[str] = ()
    behind: Sequence[Sequence[tuple[str, str]]] = ()
    label: str = ""
    """A word that stands beside the title, as of what is no figure of the measure itself: Stand-in."""
    measure: str = ""
    more: Sequence[str] = field(default_factory=tuple)
    """Sentences under the first."""
    causes: Sequence[str] = ()
    """What of it is a cause and what is not, in sentences that stand open on the page."""
    key: Mapping[str, str] = field(default_factory=dict)
    """The one figure to read first."""


# --- Cells ---


def cell(row: Any, name: str) -> Cell:
    """A number of a published row, or the symbol that stands in its place."""
    value = row.get(name)
    return wording.of_today(row.get("symbol") or "") or "x" if value is None else exact(value)


def beside(row: Any, name: str) -> Cell:
    """A comparator's number, or its symbol: hidden where its source says so, else not available."""
    value = row.get(f"{name}_value")
    if value is not None:
        return exact(value)
    symbol = (row.get(f"{name}_source") or "").rpartition(", ")[2]
    return symbol if symbol in wording.SYMBOLS else "x"


def exact(value: Any) -> Cell:
    from decimal import Decimal

    return value if isinstance(value, int) else Decimal(str(value))


def plain(value: Any) -> float | None:
    return None if value is None else float(value)


def number(measure: Measure, title: str) -> Column:
    return Column(title, measure.unit, measure.decimals)


def count(title: str) -> Column:
    return Column(title, "count", 0)


def group_words(by: Sequence[str], group: Sequence[Any]) -> str:
    return ", ".join(choices.words(column, value) for column, value in zip(by, group, strict=True))


def standing(row: Row, measure: Measure, name: str = "england") -> str:
    """How a figure stands to a comparator, in a word or two."""
    return wording.one_word(wording.standing(row.values, measure, name), measure)


# --- Words ---


def of_whom(figures: Figures) -> str:
    """Whom the figures are about, in words."""
    choice = figures.choice
    measure = measures.ALL.get(choice.measure)
    said = choices.cohort_words(choice.cohort or (measure.cohort if measure else "12months"))
    if choice.schools == "all":
        said += ", in schools of every kind"
    narrowed = [f"{choices.label(name).lower()}: {' or '.join(choices.words(name, one) for one in values)}" for name, values in
                choice.filters.items()]  # fmt: skip
    return "; ".join([said, *narrowed])


def says(row: Row, measure: Measure) -> list[str]:
    """A figure beside others, in sentences that a test made."""
    others = {name: OTHERS[name] for name in BESIDE if row.values.get(f"{name}_value") is not None}
    if row.values["value"] is None:
        return wording.comparisons(row.values, measure, others)
    return wording.comparisons(row.values, measure, others) or ["Nothing stands beside it."]


def with_limits(rows: Sequence[Row], limits: dict[tuple, tuple[float | None, float | None]]) -> list[Row]:
    """Rows with the limits of the neighbours' mean, by (measure, year)."""
    return [
        replace(row, values={**row.values, "neighbours_low": found[0], "neighbours_high": found[1]})
        if (found := limits.get((row.line.cell.measure.name, row.year)))
        else row
        for row in rows
    ]


def about(figures: Figures, piece: Piece) -> list[tuple[str, str]]:
    """What one must know of a piece's figures: a term and its words each."""
    choice, found = figures.choice, []
    measure = measures.ALL.get(piece.measure or choice.measure)
    if measure:
        found += [("What it is", wording.sentence(measure.meaning)), ("Which way is better", BETTER[measure.better])]
        found += [("Years", f"{measure.title} exists {measure.years_in_words}.")]
        if measure.awaits:
            found.append(("What it waits for", measure.awaits))
        if measure.uncertain:
            found.append(("Not settled", measure.uncertain))
    found += [("Of whom", f"{of_whom(figures)}.")]
    if measure and measure.of_schools:
        found.append(("Schools", "State-funded schools." if choice.schools == "state" else "Schools of every kind."))
    if measure:
        found += [("Interval", INTERVALS[measure.interval]), ("Source of the definition", measure.source)]
        found.append(("Version of the definition", measure.version))
    found += [("Rules and marks", " ".join(piece.marks))] if piece.marks else []
    found.append(("From", f"Snapshot {figures.snapshot.name} of the store, {made(figures)}"))
    found.append(("Command that repeats it", command(figures)))
    if symbols := used_symbols(piece.table):
        found.append(("Signs", ". ".join(f"{symbol}: {wording.SYMBOLS[symbol]}" for symbol in symbols) + "."))
    return found


BETTER = {"higher": "Higher is better.", "lower": "Lower is better.", "neither": "Neither is better."}


def made(figures: Figures) -> str:
    """When the snapshot was written."""
    written = datetime.datetime.fromtimestamp(_written(str(figures.snapshot.store.path), figures.snapshot.name), datetime.UTC)
    return f"written on {written.day} {written:%B %Y}."


@functools.lru_cache(maxsize=8)
def _written(path: str, name: str) -> float:
    return (pathlib.Path(path) / "snapshots" / name / "manifest.json").stat().st_mtime


def command(figures: Figures) -> str:
    choice = figures.choice
    words = ["virtualschool figures STORE", *choice.measures, f"--la {figures.la}", f"--year {figures.year}"]
    words += [f"--where '{choice.where}'"] if choice.where else []
    words += [f"--by {','.join(choice.by)}"] if choice.by else []
    words += [f"--cohort {choice.cohort}"] if choice.cohort else []
    words += ["--schools all"] if choice.schools == "all" else []
    return " ".join([*words, f"--compare england,region,neighbours --audience {figures.audience}"])


def used_symbols(table: Table) -> list[str]:
    numbers = [at for at, column in enumerate(table.columns) if column.is_number]
    return sorted({str(row[at]) for row in table.rows for at in numbers} & set(wording.SYMBOLS))


# --- Rows of the table as a page lays them out ---


def laid_out(piece: Piece) -> list[dict[str, Any]]:
    """The rows of the table, each cell as text; the first cell is the row's heading."""
    rows = []
    for at, row in enumerate(piece.table.rows):
        cells = [
            {"text": text(value, column), "is_number": column.is_number} for value, column in zip(row, piece.table.columns, strict=True)
        ]
        rows.append({"head": cells[0], "cells": cells[1:], "behind": piece.behind[at] if at < len(piece.behind) else ()})
    return rows


def text(value: Cell, column: Column) -> str:
    if value is None or value == "":
        return ""
    if column.is_number and not isinstance(value, str):
        return wording.number(value, column.decimals or 0)
    return str(value)


def heading(column: Column) -> str:
    unit = {"percent": "%", "count": "", "points": "", "score": "", "number": ""}.get(column.unit, column.unit)
    return f"{column.title}, {unit}" if unit else column.title


def year_words(year: int) -> str:
    return years.label(year)


def mark_of(at: str, series: str, row: Row, group: str = "") -> Mark:
    """A mark of a row's own figure."""
    values = row.values
    why = "" if values["value"] is not None else wording.SHORT.get(wording.of_today(values["symbol"] or ""), "no figure")
    return Mark(at, series, plain(values["value"]), plain(values["low"]), plain(values["high"]), why, group)

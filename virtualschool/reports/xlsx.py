"""A report as an Excel workbook that follows the government's good practice for statistical tables.

Cover, contents, notes, then one table a sheet: a title and what one must know above it, one header row, no merged or
empty cells, nothing hidden, symbols explained, no formulas. Charts are left to the page; their tables are here.
Source: Government Analysis Function, Releasing statistics in spreadsheets.
"""

import datetime
import io
import math
import pathlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from virtualschool.reports import wording
from virtualschool.reports.blocks import Cell, Column, Report, Table

MADE = datetime.datetime(2020, 1, 1)
"""A workbook wants a time; a fixed one keeps the same report the same bytes."""
COVER_WIDE = 85
"""The width of the cover's one column, in characters."""
LOOKS: dict[str, dict[str, Any]] = {
    "cover title": {"bold": True, "font_size": 16, "text_wrap": True},
    "cover heading": {"bold": True, "font_size": 14, "text_wrap": True},
    "cover text": {"text_wrap": True},
    "title": {"bold": True, "font_size": 16},
    "subtitle": {"font_size": 14},
    "text": {},
    "header": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "cell": {"text_wrap": True},
    "link": {"text_wrap": True, "underline": True, "font_color": "blue"},
}
"""How each kind of cell looks, beside Arial 12."""


def write(report: Report, file: pathlib.Path) -> None:
    """Write the report's tables to a workbook."""
    file.write_bytes(as_bytes(report))


def as_bytes(report: Report) -> bytes:
    """The workbook of a report."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": report.title, "subject": report.mark, "author": "Virtual School", "created": MADE})
        fill(Book(book), report)
    return out.getvalue()


def fill(book: "Book", report: Report) -> None:
    """Cover, contents, notes where there are some, and a sheet for each table that has rows."""
    tables = [table for table in report.tables() if table.rows]
    notes = Notes()
    references = [[notes.add(text) for text in table.notes] for table in tables]
    cover(book, report)
    listed = [(f"Table_{number}", table.title) for number, table in enumerate(tables, start=1)]
    contents = Sheet("contents_table", (("Sheet name", None), ("Table description", None)), listed, linked=True)
    book.sheet("Contents", [("Table of contents", "title"), (ONE, "text")], contents)
    if notes.texts:
        numbered = [(number, text) for text, number in notes.texts.items()]
        told = Sheet("notes_table", (("Note number", None), ("Note text", None)), numbered)
        book.sheet("Notes", [("Notes", "title"), (ONE, "text")], told)
    for (label, _), table, numbers in zip(listed, tables, references, strict=True):
        columns = tuple((heading(column), column.decimals) for column in table.columns)
        rows = [tuple(written(value, column) for value, column in zip(row, table.columns, strict=True)) for row in table.rows]
        book.sheet(label, above(report, table, numbers), Sheet(table.name, columns, rows))


ONE = "This worksheet contains one table."


def cover(book: "Book", report: Report) -> None:
    symbols = "; ".join(f"[{symbol}] {meaning}" for symbol, meaning in wording.SYMBOLS.items())
    lines = [
        (report.title, "cover title"),
        ("Introductory information", "cover heading"),
        *((text, "cover text") for text in (report.mark, report.subtitle, *report.summary)),
        ("About these data", "cover heading"),
        (
            "One table on each sheet. The Contents sheet lists them; the Notes sheet explains figures that are missing.",
            "cover text",
        ),
        (f"Letters in square brackets stand in the place of a number: {symbols}.", "cover text"),
        ("Percentages are percent, from 0 to 100. Limits are of 95% intervals.", "cover text"),
    ]
    book.lines("Cover", lines).set_column(0, 0, COVER_WIDE)


def above(report: Report, table: Table, numbers: Sequence[int]) -> list[tuple[str, str]]:
    """What stands above a table, each line with its look."""
    return [
        (table.title + "".join(f"[note {number}]" for number in numbers), "title"),
        (report.mark, "subtitle"),
        *([("Invented places and people: no real child is in this table.", "subtitle")] if report.invented else []),
        ("This sheet holds one table." + (" Numbers in square brackets refer to the Notes sheet." if numbers else ""), "text"),
        *((text, "text") for text in legend(table)),
        (f"Source: {table.source or 'the definitions of the program'}", "text"),
    ]


@dataclass(frozen=True)
class Sheet:
    """A table as a sheet holds it. A column is its heading and its decimals, which words have none of; `linked` leads to other sheets."""

    name: str
    columns: tuple[tuple[str, int | None], ...]
    rows: Sequence[tuple[Any, ...]]
    linked: bool = False

    def look(self, at: int) -> tuple[tuple[str, Any], ...]:
        """How the cells of a column are set: numbers to the right."""
        decimals = self.columns[at][1]
        if decimals is not None:
            return ("align", "right"), ("num_format", "#,##0" + ("." + "0" * decimals if decimals else ""))
        cells = [row[at] for row in self.rows]
        numbers = any(not isinstance(cell, str) for cell in cells) and all(
            not isinstance(cell, str) or SYMBOL.fullmatch(cell) for cell in cells
        )
        return (("align", "right" if numbers and at else "left"),)


SYMBOL = re.compile(r"\[[\w\s]+\]")


@dataclass
class Book:
    """A workbook that is being written, with each look made once."""

    book: Any
    made: dict[tuple, Any] = field(default_factory=dict)

    def look(self, name: str, more: tuple[tuple[str, Any], ...] = ()) -> Any:
        if (name, more) not in self.made:
            self.made[name, more] = self.book.add_format({"font_name": "Arial", "font_size": 12, **LOOKS[name], **dict(more)})
        return self.made[name, more]

    def lines(self, label: str, lines: Sequence[tuple[str, str]]) -> Any:
        """A new sheet with a line of words in each row, where there are words."""
        sheet = self.book.add_worksheet(label)
        sheet.hide_gridlines(2)
        for row, (text, name) in enumerate(line for line in lines if line[0]):
            sheet.write_string(row, 0, text, self.look(name))
        return sheet

    def sheet(self, label: str, lines: Sequence[tuple[str, str]], table: Sheet) -> None:
        """A new sheet with a table under its lines, marked as a table so that it can be found by its name."""
        sheet = self.lines(label, lines)
        top = sum(bool(text) for text, _ in lines)
        headers = []
        for at, (title, _) in enumerate(table.columns):
            set_so = table.look(at)
            headers.append({"header": title, "header_format": self.look("header", set_so)})
            look = self.look("link" if table.linked and not at else "cell", set_so)
            for row, cells in enumerate(table.rows, top + 1):
                if table.linked and not at:
                    sheet.write_url(row, at, f"internal:'{cells[at]}'!A1", look, cells[at])
                elif isinstance(cells[at], str):
                    sheet.write_string(row, at, cells[at], look)
                else:
                    sheet.write_number(row, at, cells[at], look)
            sheet.set_column_pixels(at, at, max(wide(title, bold=True), *(wide(str(cells[at])) for cells in table.rows)))
        # Excel's names of tables have letters, digits and lines under them alone.
        name = re.sub(r"\W", "_", table.name)
        given = {"header_row": True, "autofilter": False, "columns": headers, "style": None, "name": name}
        sheet.add_table(top, 0, top + len(table.rows), len(table.columns) - 1, given)


def wide(text: str, *, bold: bool = False) -> int:
    """The pixels that a cell's longest line takes in Arial 12; the sheet's own measure is of Calibri 11."""
    from xlsxwriter.utility import cell_autofit_width

    longest = max(text.split("\n"), key=len)
    capitals = sum(letter.isupper() for letter in longest) / max(len(longest), 1)
    return math.ceil(cell_autofit_width(longest) * (12 / 11) * (1.1 if bold else 1.0) * (1.0 + 0.15 * capitals))


class Notes:
    """The notes of all sheets, each said once and numbered as it comes."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def add(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts) + 1)


def heading(column: Column) -> str:
    return f"{column.title} ({column.unit})" if column.unit and column.unit != "count" else column.title


def written(value: Cell, column: Column) -> Any:
    """A cell as the sheet holds it: a number as a number, a symbol in brackets, nothing ever empty."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal | float):
        return float(value)
    if value in wording.SYMBOLS and column.is_number:
        return f"[{value}]"
    if column.is_number and value:
        return float(value)
    return value if value and value.strip() else "[z]"


def legend(table: Table) -> list[str]:
    """The symbols that the table uses, explained."""
    used = {str(value) for row in table.rows for value, column in zip(row, table.columns, strict=True) if column.is_number}
    return [f"[{symbol}] {meaning}" for symbol, meaning in sorted(wording.SYMBOLS.items()) if symbol in used]

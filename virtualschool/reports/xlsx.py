"""A report as an Excel workbook that follows the government's good practice for statistical tables.

Cover, contents, notes, then one table a sheet: a title and what one must know above it, one header row, no merged or
empty cells, nothing hidden, symbols explained, no formulas. Charts are left to the page; their tables are here.
Source: Government Analysis Function, Releasing statistics in spreadsheets.
"""

import datetime
import pathlib
import warnings
from decimal import Decimal
from typing import Any

from virtualschool.reports import wording
from virtualschool.reports.blocks import Cell, Column, Report, Table

MADE = datetime.datetime(2020, 1, 1)
"""A workbook wants a time; a fixed one keeps the same report the same bytes."""


def write(report: Report, file: pathlib.Path) -> None:
    """Write the report's tables to a workbook."""
    with warnings.catch_warnings():
        # gptables uses parts of pandas that are to go; that is nothing to a person who wants a report.
        warnings.simplefilter("ignore")
        _write(report, file)


def as_bytes(report: Report) -> bytes:
    """The workbook of a report."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "report.xlsx"
        write(report, file)
        return file.read_bytes()


def _write(report: Report, file: pathlib.Path) -> None:
    # They bring pandas, which takes a second that no other command should wait for.
    import gptables
    import pandas

    tables = [table for table in report.tables() if table.rows]
    numbered = {table.name: f"Table_{number}" for number, table in enumerate(tables, start=1)}
    notes = Notes()
    sheets = {}
    for table in tables:
        frame, formats = framed(table)
        references = [notes.add(text) for text in table.notes]
        sheets[numbered[table.name]] = gptables.GPTable(
            table=pandas.DataFrame(frame, columns=[heading(column) for column in table.columns], dtype=object),
            table_name=table.name,
            title=f"{table.title}" + "".join(f"$${reference}$$" for reference in references),
            subtitles=[report.mark, *(["Invented places and people: no real child is in this table."] if report.invented else [])],
            instructions="This sheet holds one table." + (" Numbers in square brackets refer to the Notes sheet." if references else ""),
            legend=legend(table),
            source=f"Source: {table.source or 'the definitions of the program'}",
            index_columns={2: 0},
            additional_formatting=formats,
        )
    book = gptables.produce_workbook(
        str(file),
        sheets,
        cover=gptables.Cover(
            cover_label="Cover",
            title=report.title,
            intro=[report.mark, report.subtitle, *report.summary],
            about=[
                "One table on each sheet. The Contents sheet lists them; the Notes sheet explains figures that are missing.",
                "Letters in square brackets stand in the place of a number: "
                + "; ".join(f"[{symbol}] {meaning}" for symbol, meaning in wording.SYMBOLS.items())
                + ".",
                "Percentages are percent, from 0 to 100. Limits are of 95% intervals.",
            ],
        ),
        contentsheet_label="Contents",
        notes_table=notes.frame(pandas) if notes else None,
        notesheet_label="Notes",
        auto_width=True,
        workbook_options={"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": report.title, "subject": report.mark, "author": "Virtual School", "created": MADE})
    book.close()


class Notes:
    """The notes of all sheets, each said once and numbered as it comes."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.texts)

    def add(self, text: str) -> str:
        return self.texts.setdefault(text, f"note{len(self.texts) + 1}")

    def frame(self, pandas: Any) -> Any:
        rows = [(reference, text) for text, reference in self.texts.items()]
        return pandas.DataFrame(rows, columns=["Note reference", "Note text"])


def framed(table: Table) -> tuple[list[list[Any]], list[dict]]:
    """The rows of a sheet, and the number format of each column of numbers."""
    rows = [[written(value, column) for value, column in zip(row, table.columns, strict=True)] for row in table.rows]
    formats = [
        {
            "column": {
                "columns": [heading(column)],
                "format": {"num_format": "#,##0" + ("." + "0" * column.decimals if column.decimals else ""), "align": "right"},
            }
        }
        for column in table.columns
        if column.decimals is not None
    ]
    return rows, formats


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
    return value or "[z]"


def legend(table: Table) -> list[str]:
    """The symbols that the table uses, explained."""
    used = {str(value) for row in table.rows for value, column in zip(row, table.columns, strict=True) if column.is_number}
    return [f"[{symbol}] {meaning}" for symbol, meaning in sorted(wording.SYMBOLS.items()) if symbol in used]

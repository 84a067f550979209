"""What a document is: its title, for whom it is, and its blocks in reading order."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from virtualschool.reports import wording
from virtualschool.reports.blocks import Block, Cell, Column, Report

MADE = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
"""A file wants a time; a fixed one keeps the same document the same bytes."""
INVENTED = "Invented places and people: no real child is in this document."


@dataclass(frozen=True)
class Document:
    """What a document says, whatever its format.

    `mark` is what every page bears: for whom it is. `about` names the authority, the child's plan or whatever the document is about; it
    stands at the foot of each page. `summary` are the sentences of a box on the first page, under `summary_title`. `contents` says
    whether it has a list of its parts.
    """

    title: str
    mark: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    about: str = ""
    summary: tuple[str, ...] = ()
    summary_title: str = "In short"
    contents: bool = True
    one_page: bool = False
    """Whether it is laid out small, to fit a page."""
    internal: bool = False
    invented: bool = False
    language: str = "en-GB"
    made: datetime.datetime = MADE


def of_report(report: Report, contents: bool = True, one_page: bool = False) -> Document:
    """A report as a document, with a list of its parts or without."""
    return Document(
        title=report.title,
        mark=report.mark,
        blocks=report.blocks,
        subtitle=report.subtitle,
        about=f"{report.la_name}, {report.year}",
        summary=report.summary,
        contents=contents,
        one_page=one_page,
        internal=report.audience == "internal",
        invented=report.invented,
    )


def shown(value: Cell, column: Column) -> str:
    """A cell as it is read: a number with the column's decimals, a symbol in square brackets, never nothing."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal | float):
        return wording.number(value, column.decimals or 0)
    if value in wording.SYMBOLS and (column.is_number or column.unit):
        return f"[{value}]"
    return value or ("[z]" if column.is_number else "–")


def heading(column: Column) -> str:
    return f"{column.title} ({column.unit})" if column.unit and column.unit != "count" else column.title


def weights(columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> list[float]:
    """How wide each column of a table is beside the others: by its longest cells, short ones no narrower than their longest word."""
    found = []
    for number, column in enumerate(columns):
        texts = [shown(row[number], column) for row in rows]
        longest = max((len(text) for text in texts), default=4)
        words = [len(word) for text in (heading(column), *texts) for word in text.split()]
        found.append(float(max(min(longest, 46) ** 0.85, max(words, default=4) * 1.05, 4.5)))
    return found


def symbols(columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> str:
    """The symbols that a table uses, explained in a sentence; nothing where it uses none."""
    used = {value for row in rows for value, column in zip(row, columns, strict=True) if column.is_number and value in wording.SYMBOLS}
    return "; ".join(f"[{symbol}] {wording.SYMBOLS[symbol]}" for symbol in sorted(str(one) for one in used)) + "." if used else ""

"""Workbooks as records: each sheet a part, each cell as the text that it would be in a CSV."""

import datetime
import itertools
import pathlib
import zipfile
from collections.abc import Iterator

import openpyxl
import pyarrow as pa

from virtualschool.errors import Unreadable
from virtualschool.read.text import FIRST_RECORDS, ROWS_AT_ONCE, Extra

MOST_UNPACKED = 4 << 30
"""A workbook that unpacks to more bytes than this is refused."""


def sheets(path: pathlib.Path) -> list[tuple[str, list[tuple[str, ...]]]]:
    """The sheets that hold anything, each with its first rows."""
    _safe(path)
    book = _open(path)
    try:
        found = []
        for sheet in book.worksheets:
            lines = [tuple(_text(cell) or "" for cell in row) for row in itertools.islice(sheet.iter_rows(values_only=True), FIRST_RECORDS)]
            if any(any(line) for line in lines):
                found.append((sheet.title, [_without_blank_end(line) for line in lines]))
        return found
    finally:
        book.close()


def batches(path: pathlib.Path, sheet: str, header: int, width: int, extras: list[Extra]) -> Iterator[tuple[pa.Array, pa.RecordBatch]]:
    """The rows of a sheet below its headings (row number `header`, from 0), as `text.batches` gives those of a text file."""
    names = [f"c{place}" for place in range(width)]
    book = _open(path)
    try:
        rows = enumerate(book[sheet].iter_rows(values_only=True), 1)
        below = itertools.islice(rows, header + 1, None)
        while chunk := list(itertools.islice(below, ROWS_AT_ONCE)):
            numbers, records = [], []
            for number, cells in chunk:
                record = _without_blank_end([_text(cell) for cell in cells])
                if len(record) > width:
                    extras.append(Extra(number, tuple(cell or "" for cell in record)))
                elif record:
                    numbers.append(number)
                    records.append([*record, *([None] * (width - len(record)))])
            if records:
                columns = [pa.array(column, pa.string()) for column in zip(*records, strict=True)]
                yield pa.array(numbers, pa.int32()), pa.RecordBatch.from_arrays(columns, names)
    finally:
        book.close()


def _open(path: pathlib.Path) -> openpyxl.Workbook:
    try:
        # Given opened, since the store's copies have no suffix and the library goes by it.
        return openpyxl.load_workbook(path.open("rb"), read_only=True, data_only=True)
    except Exception as fault:  # The library raises whatever the damage leads it to.
        raise Unreadable(path.name, "this is not a workbook that can be opened.", "Save it as .xlsx or CSV again.") from fault


def _safe(path: pathlib.Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
            declares = any(b"<!ENTITY" in packed.open(entry).read(4096) for entry in packed.infolist() if entry.filename.endswith(".xml"))
    except (zipfile.BadZipFile, OSError, RuntimeError) as fault:
        raise Unreadable(path.name, "this is not a workbook that can be opened.", "Save it as .xlsx or CSV again.") from fault
    if size > MOST_UNPACKED or declares:
        raise Unreadable(path.name, "it unpacks to more than a workbook holds.", "Save its sheets as CSV.")


def _text(cell: object) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "seconds")
    return str(cell)


def _without_blank_end(record):
    end = len(record)
    while end and not (record[end - 1] or "").strip():
        end -= 1
    return record[:end]

"""Files as they would come: CSV with dates as dd/mm/yyyy, or typed Parquet, written as their rows are made."""

from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from virtualschool.invent.people import DATES, FIRST_DAY

PLAIN = pyarrow.csv.WriteOptions(include_header=False, quoting_style="none")
"""No cell here holds a comma, quotation mark or line end; the writer refuses one that does."""


def coded(words, codes: np.ndarray, known: np.ndarray | None = None) -> pa.Array:
    """Words by their positions; null where not known."""
    mask = codes < 0 if known is None else ~known
    return pa.DictionaryArray.from_arrays(pa.array(np.asarray(codes, np.int32), mask=mask), pa.array(words, pa.string()))


def same(word: str, n: int) -> pa.Array:
    return coded([word], np.zeros(n, np.int32))


def dates(days: np.ndarray, known: np.ndarray | None = None) -> pa.Array:
    return pa.array(np.asarray(days, np.int32), mask=None if known is None else ~known).cast(pa.date32())


def whole(numbers: np.ndarray, known: np.ndarray | None = None) -> pa.Array:
    return pa.array(np.asarray(numbers, np.int32), mask=None if known is None else ~known)


def real(numbers: np.ndarray, decimals: int) -> pa.Array:
    """Numbers to some decimals; null where there is none."""
    rounded = np.round(np.asarray(numbers, float), decimals) + 0.0
    return pa.array(rounded, mask=np.isnan(rounded))


def blank(texts: pa.Array, known: np.ndarray) -> pa.Array:
    """The texts that are known; null for the rest."""
    return texts.take(pa.array(np.arange(len(texts)), mask=~known))


def as_text(table: pa.Table) -> pa.Table:
    """A table as a CSV file would show it: words spelled out, dates as dd/mm/yyyy."""
    columns = []
    for column in table.columns:
        column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        elif pa.types.is_date(column.type):
            days = pa.compute.subtract(column.cast(pa.int32()), FIRST_DAY)
            column = DATES.take(days)
        columns.append(column)
    return pa.table(columns, names=table.column_names)


class Files:
    """Files being written, each in as many parts as its rows come in. Close it at the end."""

    def __init__(self, folder: Path, parquet: bool) -> None:
        self.folder, self.parquet = folder, parquet
        self.open: dict[Path, pyarrow.parquet.ParquetWriter | None] = {}

    def append(self, name: str, table: pa.Table) -> None:
        """Add rows to `name`, a path without its ending."""
        path = self.folder / f"{name}.{'parquet' if self.parquet else 'csv'}"
        fresh = path not in self.open
        if fresh:
            path.parent.mkdir(parents=True, exist_ok=True)
        if self.parquet:
            if fresh:
                # Numbers that differ for every pupil gain nothing from a dictionary and cost its building.
                few = [column.name for column in table.schema if pa.types.is_dictionary(column.type) or pa.types.is_integer(column.type)]
                self.open[path] = pyarrow.parquet.ParquetWriter(
                    path, table.schema, compression="zstd", compression_level=1, use_dictionary=few
                )
            writer = self.open[path]
            assert writer is not None
            writer.write_table(table, row_group_size=122_880)
        else:
            self.open[path] = None
            with path.open("wb" if fresh else "ab") as opened:
                put(opened, as_text(table), fresh)

    def close(self) -> None:
        for writer in self.open.values():
            if writer is not None:
                writer.close()


def write_csv(path: Path, table: pa.Table) -> None:
    """One CSV file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as opened:
        put(opened, as_text(table))


def put(opened: BinaryIO, table: pa.Table, heading: bool = True) -> None:
    """Write rows of text and numbers, after the heading line."""
    if heading:
        opened.write((",".join(table.column_names) + "\n").encode())
    if table.num_rows:
        pyarrow.csv.write_csv(table, opened, PLAIN)


def write_rows(path: Path, header: str, rows) -> None:
    """One small CSV file from rows of values; None is blank."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [header]
    for row in rows:
        cells = ["" if cell is None else str(cell) for cell in row]
        lines.append(",".join(f'"{cell}"' if "," in cell or '"' in cell else cell for cell in cells))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

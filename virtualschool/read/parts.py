"""What a file holds: one part, or one for each sheet or XML element. What a file is shows in its first bytes, whatever its name."""

import pathlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from virtualschool.errors import Unreadable
from virtualschool.read import headings, sheets, text, xml_return
from virtualschool.read.kinds import Reshape
from virtualschool.read.text import Extra

Batches = Iterator[tuple[pa.Array, pa.RecordBatch]]


@dataclass
class Part:
    """One table of a file.

    `lines` are its first records; `batches(header, width, extras)` yields rows and text columns c0, c1 … below the headings
    that stand in record `header`. `parquet` is set where the file is Parquet and can be asked directly.
    """

    name: str
    lines: list[tuple[str, ...]]
    batches: Callable[[int, int, list[Extra]], Batches]
    parquet: pathlib.Path | None = None

    def recognised(self) -> tuple[int, Reshape | headings.Recognised | None]:
        """The number of the record that holds the headings, and what they say; (best guess, None) for an unknown part."""
        best = 0
        most = -1
        for number, line in enumerate(self.lines):
            if found := headings.recognise(line):
                return number, found
            if (score := headings.known(line) * 1000 + len(line)) > most and len(line) > 1:
                best, most = number, score
        return best, None


def parts(path: pathlib.Path) -> list[Part]:
    """The parts of a file. Raises Unreadable where it is not what its first bytes say, or nothing that we read."""
    with path.open("rb") as file:
        start = file.read(512)
    if start.startswith(b"PAR1"):
        return [_parquet(path)]
    if start.startswith(b"PK\x03\x04"):
        return [_sheet(path, name, lines) for name, lines in sheets.sheets(path)]
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return [_element(name, table) for name, table in xml_return.modules(path).items()]
    dialect, lines = text.first_records(path, headings.known)
    return [Part("", lines, lambda header, width, extras: text.batches(path, dialect, header, width, extras))]


def _sheet(path: pathlib.Path, name: str, lines: list[tuple[str, ...]]) -> Part:
    return Part(name, lines, lambda header, width, extras: sheets.batches(path, name, header, width, extras))


def _element(name: str, table: pa.Table) -> Part:
    def batches(header: int, width: int, extras: list[Extra]) -> Batches:
        renamed = table.rename_columns([f"c{place}" for place in range(width)]).combine_chunks()
        for batch in renamed.to_batches():
            yield pa.array(range(2, batch.num_rows + 2), pa.int32()), batch

    return Part(name, [tuple(table.column_names)], batches)


def _parquet(path: pathlib.Path) -> Part:
    try:
        file = pa.parquet.ParquetFile(path)
    except pa.ArrowInvalid as fault:
        raise Unreadable(path.name, "this is not a Parquet file that can be opened.", "Write it again.") from fault

    def batches(header: int, width: int, extras: list[Extra]) -> Batches:
        first = 2
        with pa.parquet.ParquetFile(path) as opened:
            for batch in opened.iter_batches(batch_size=text.ROWS_AT_ONCE):
                columns = [pc.cast(column, pa.string()) for column in batch.columns]
                yield (
                    pa.array(range(first, first + batch.num_rows), pa.int32()),
                    pa.RecordBatch.from_arrays(columns, [f"c{place}" for place in range(width)]),
                )
                first += batch.num_rows

    return Part("", [tuple(file.schema_arrow.names)], batches, path)

"""Text files as records: encoding, delimiter, quoting, blank lines and ragged rows.

A record's row is its place as a spreadsheet shows it: the first record of the file, headings or title, is row 1; a blank
line counts as a row though it is no record; a line break inside quotes does not begin a row.
"""

import codecs
import csv
import gzip
import io
import itertools
import pathlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from virtualschool.errors import Unreadable

DELIMITERS = (",", ";", "\t", "|")
BLOCK = 1 << 24
ROWS_AT_ONCE = 50_000
FIRST_RECORDS = 25
LONGEST_CELL = 1 << 26
MOST_UNPACKED = 64 << 30
"""A packed file that unpacks to more bytes than this is refused."""

csv.field_size_limit(LONGEST_CELL)
# The few bytes that cp1252 leaves out are taken as the control characters they are in Latin-1, so that no byte is lost.
codecs.register_error("as_latin_1", lambda fault: (fault.object[fault.start : fault.end].decode("latin-1"), fault.end))  # type: ignore[attr-defined]


class Extra(NamedTuple):
    """A record that has more values than there are headings."""

    row: int
    record: tuple[str, ...]


@dataclass(frozen=True)
class Dialect:
    encoding: str
    delimiter: str
    quoted: bool = True
    """False when quotation marks do not pair; each line is then a record."""

    def records(self, lines: Iterator[str]) -> Iterator[list[str]]:
        if self.quoted:
            return csv.reader(lines, delimiter=self.delimiter)
        return (
            [_without_quotes(cell) for cell in record] for record in csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
        )


def first_records(path: pathlib.Path, score: Callable[[tuple[str, ...]], int]) -> tuple[Dialect, list[tuple[str, ...]]]:
    """How a file is written, and its first records. `score` says how many cells of a line are known headings."""
    encoding, quotes = _survey(path)
    with opened(path) as file:
        text = io.TextIOWrapper(io.BytesIO(file.read(1 << 18)), encoding, errors="replace", newline="").read()
    best: tuple[tuple[int, int], Dialect, list[tuple[str, ...]]] | None = None
    for delimiter in DELIMITERS:
        dialect = Dialect(encoding, delimiter)
        try:
            records = [tuple(record) for record in itertools.islice(dialect.records(io.StringIO(text, newline="")), FIRST_RECORDS)]
        except csv.Error:
            continue
        if records and (score(records[0]) > 1 and all(other not in records[0][0] for other in DELIMITERS)):
            best = ((0, 0), dialect, records)
            break
        # Of the line that is most like headings: how many it knows, then how many there are.
        rank = max(((score(record), len(record)) for record in records if any(cell.strip() for cell in record)), default=(0, 0))
        if best is None or rank > best[0]:
            best = (rank, dialect, records)
    if best is None or "\0" in text[:4096]:
        raise Unreadable(path.name, "this is not text that can be read as a table.", "Save it as CSV (UTF-8).")
    dialect, records = best[1:]
    unquoted = Dialect(encoding, dialect.delimiter, quoted=False)
    if quotes % 2 and _misfits(path, unquoted) <= _misfits(path, dialect):  # One that is never closed would swallow the rows below.
        dialect = unquoted
        records = [tuple(record) for record in itertools.islice(dialect.records(io.StringIO(text, newline="")), FIRST_RECORDS)]
    return dialect, records


def batches(
    path: pathlib.Path, dialect: Dialect, header: int, width: int, extras: list[Extra]
) -> Iterator[tuple[pa.Array, pa.RecordBatch]]:
    """The records below the headings (record number `header`, from 0): rows, and `width` text columns c0, c1 …

    Blank records are left out. A record with fewer values has null for the rest; one with more, not blank, goes to `extras` instead.
    The quick way is taken until the file turns out ragged; from there it is read record by record.
    """
    done = header + 1
    if dialect.quoted:
        try:
            for rows, batch in _quick(path, dialect, width):
                done = rows[-1].as_py()
                yield from _without_blank(_below(rows, batch, header + 1))
        except (_Ragged, pa.ArrowInvalid):
            done = max(done, header + 1)
        else:
            return
    for rows, batch in _slow(path, dialect, width, done, extras):
        yield from _without_blank((rows, batch))


def opened(path: pathlib.Path) -> BinaryIO:
    """The file's bytes, unpacked if it is a gzip file (told by its first bytes)."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return _Counted(path) if packed else path.open("rb")  # type: ignore[return-value]


# --- How it is done ---


class _Ragged(Exception):
    """A record has another number of values than there are headings."""


def _quick(path: pathlib.Path, dialect: Dialect, width: int) -> Iterator[tuple[pa.Array, pa.RecordBatch]]:
    ragged = []

    def remember(row) -> str:
        ragged.append(row)
        return "skip"

    names = [f"c{place}" for place in range(width)]
    with opened(path) as file:
        stream = file if dialect.encoding == "utf-8-sig" else _Transcoded(file, dialect.encoding)
        reader = pyarrow.csv.open_csv(
            pa.PythonFile(stream, mode="r"),
            pyarrow.csv.ReadOptions(column_names=names, block_size=BLOCK),
            pyarrow.csv.ParseOptions(
                delimiter=dialect.delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=remember
            ),
            pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
        first = 1
        for batch in reader:
            if ragged:
                break
            if batch.num_rows:
                yield pa.array(range(first, first + batch.num_rows), pa.int32()), batch
            first += batch.num_rows
    if ragged:
        raise _Ragged


def _slow(path: pathlib.Path, dialect: Dialect, width: int, after: int, extras: list[Extra]) -> Iterator[tuple[pa.Array, pa.RecordBatch]]:
    names = [f"c{place}" for place in range(width)]
    errors = "as_latin_1" if dialect.encoding == "cp1252" else "replace"
    with opened(path) as file, io.TextIOWrapper(file, dialect.encoding, errors=errors, newline="") as lines:
        numbered = ((row, record) for row, record in enumerate(dialect.records(lines), 1) if row > after)
        while chunk := list(itertools.islice(numbered, ROWS_AT_ONCE)):
            rows, records = [], []
            for row, record in chunk:
                if len(record) > width:
                    if any(cell.strip() for cell in record[width:]):
                        extras.append(Extra(row, tuple(record)))
                        continue
                    record = record[:width]
                rows.append(row)
                records.append(record + [None] * (width - len(record)))  # type: ignore[list-item]
            columns = zip(*records, strict=True) if records else ([] for _ in names)
            yield pa.array(rows, pa.int32()), pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in columns], names)


def _below(rows: pa.Array, batch: pa.RecordBatch, last: int) -> tuple[pa.Array, pa.RecordBatch]:
    skip = max(0, last - rows[0].as_py() + 1)
    return rows[skip:], batch.slice(skip)


def _without_blank(part: tuple[pa.Array, pa.RecordBatch]) -> Iterator[tuple[pa.Array, pa.RecordBatch]]:
    rows, batch = part
    blank = None
    for column in batch.columns:
        empty = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(column), ""), True)
        blank = empty if blank is None else pc.and_(blank, empty)
        if not pc.any(blank).as_py():
            break
    else:
        kept = pc.invert(blank)
        rows, batch = rows.filter(kept), batch.filter(kept)
    if batch.num_rows:
        yield rows, batch


def _survey(path: pathlib.Path) -> tuple[str, int]:
    """The encoding of a whole file (utf-8-sig, utf-16 or cp1252) and the number of its quotation marks."""
    with opened(path) as file:
        block = file.read(BLOCK)
        if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", 0
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        encoding, quotes = "utf-8-sig", 0
        while block:
            quotes += block.count(b'"')
            if encoding == "utf-8-sig":
                try:
                    decoder.decode(block)
                except UnicodeDecodeError:
                    encoding = "cp1252"
            block = file.read(BLOCK)
        if encoding == "utf-8-sig" and decoder.getstate()[0]:
            encoding = "cp1252"
    return encoding, quotes


def _misfits(path: pathlib.Path, dialect: Dialect) -> tuple[int, int]:
    """How many records have more or fewer values than the first, and minus how many there are: the better reading has less.

    A quotation mark that is never closed swallows the lines to the next one, or to the end of the file.
    """
    width, wrong, count = 0, 0, 0
    with opened(path) as file, io.TextIOWrapper(file, dialect.encoding, errors="replace", newline="") as lines:
        try:
            for record in dialect.records(lines):
                width = width or len(record)
                wrong += bool(record) and len(record) != width
                count += 1
        except csv.Error:
            return 1 << 60, 0
    return wrong, -count


def _without_quotes(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


class _Transcoded(io.RawIOBase):
    """A stream in another encoding as UTF-8."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self.file = file
        self.decoder = codecs.getincrementaldecoder(encoding)("as_latin_1" if encoding == "cp1252" else "replace")
        self.left = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self.left) < size or size < 0:
            block = self.file.read(BLOCK)
            self.left += self.decoder.decode(block, final=not block).encode()
            if not block:
                break
        taken, self.left = (self.left, b"") if size < 0 else (self.left[:size], self.left[size:])
        return taken


class _Counted(gzip.GzipFile):
    """A packed file that stops before it fills the machine."""

    def __init__(self, path: pathlib.Path) -> None:
        super().__init__(path, "rb")
        self.unpacked = 0

    def read(self, size: int | None = -1) -> bytes:
        return self.counted(super().read, size)

    def read1(self, size: int | None = -1) -> bytes:
        return self.counted(lambda most: super(_Counted, self).read1(-1 if most is None else most), size)

    def counted(self, read: Callable[[int | None], bytes], size: int | None) -> bytes:
        try:
            block = read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
            raise Unreadable(str(self.name), "this packed file is cut off or damaged.", "Pack it again, or give it unpacked.") from fault
        self.unpacked += len(block)
        if self.unpacked > MOST_UNPACKED:
            raise Unreadable(str(self.name), "it unpacks to more than the program reads.", "Give the file unpacked, in parts.")
        return block

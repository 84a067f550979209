"""Records on their way into tables: those of one kind from many files are typed together, some hundred thousand at a time.

Typing is one query a block, whatever the number of files. What is kept goes to a Parquet file of the draft's scratch folder.
"""

import pathlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from virtualschool import codes
from virtualschool.read import account, values
from virtualschool.read.account import FileAccount, Log
from virtualschool.read.headings import Recognised
from virtualschool.read.kinds import Kind
from virtualschool.read.whose import UNKNOWN, Authorities
from virtualschool.store import ROWS_IN_A_GROUP, Engine, quote

BLOCK = 400_000
YEAR_NOT_TOLD = (
    "nothing tells the year of this file.",
    "Add a column YEAR, or put the file in a folder named after the year, such as 2026.",
)


@dataclass
class Block:
    """A stretch of records of one file, as they stand in it."""

    account: FileAccount
    headings: tuple[str, ...]
    rows: pa.Array
    cells: pa.RecordBatch


@dataclass
class Records:
    """The records of one kind: `push` them, `flush` at the end; `chunks` are the files of typed rows."""

    kind: Kind
    engine: Engine
    scratch: pathlib.Path
    authorities: Authorities
    log: Log
    chunks: list[pathlib.Path] = field(default_factory=list)
    found: dict[int, tuple[FileAccount, Recognised, tuple[str, ...]]] = field(default_factory=dict)
    _waiting: list[Block] = field(default_factory=list)
    _tables: list[pa.Table] = field(default_factory=list)
    _rows: int = 0
    _without_year: set[int] = field(default_factory=set)
    copies: dict[int, pathlib.Path] = field(default_factory=dict)

    def push(
        self, given: FileAccount, told: dict, recognised: Recognised, headings: tuple[str, ...], rows: pa.Array, cells: pa.RecordBatch
    ):
        """Take records of a file. `told` has la, year and term: what the file's surroundings say of all of them."""
        self.found[given.number] = (given, recognised, headings)
        count = cells.num_rows
        columns = {
            "file": pa.repeat(pa.scalar(given.number, pa.int32()), count),
            "row": rows.cast(pa.int32()),
            "file_la": pa.repeat(pa.scalar(told["la"], pa.string()), count),
            "file_year": pa.repeat(pa.scalar(told["year"], pa.int32()), count),
            "file_term": pa.repeat(pa.scalar(told["term"], pa.string()), count),
        }
        for column, places in sorted(recognised.columns.items()):
            columns[column] = first_not_blank([cells.column(place) for place in places])
        self._tables.append(pa.table(columns))
        self._waiting.append(Block(given, headings, rows, cells))
        self._rows += count
        if self._rows >= BLOCK:
            self.flush()

    def flush(self) -> None:
        """Type what is waiting."""
        if not self._tables:
            return
        records = pa.concat_tables(self._tables, promote_options="default")
        given = set(records.column_names)
        self._tables, self._rows = [], 0
        self.engine.register("records", records)
        if self.kind.table.of_authorities:
            named = pc.unique(records.column("la")).to_pylist() if "la" in given else []
            self.engine.register("authority_names", self.authorities.lookup(named))
        register_codes(self.engine, *self.kind.values.values(), *self.kind.derived.values())
        self.engine.run(f"CREATE OR REPLACE TEMP TABLE typed_now AS {values.query(self.kind, given)}")
        self.engine.connection.unregister("records")
        self._keep("ORDER BY file, row")
        self._waiting = []
        self.engine.run("DROP TABLE typed_now")

    def take_parquet(self, given: FileAccount, told: dict, recognised: Recognised, headings: tuple[str, ...], file: pathlib.Path) -> None:
        """Type a Parquet file, some row groups at a time, its own types kept where they are those of the column."""
        self.flush()
        self.found[given.number] = (given, recognised, headings)
        self.copies[given.number] = file
        register_codes(self.engine, *self.kind.values.values(), *self.kind.derived.values())
        wanted = sorted({headings[place] for places in recognised.columns.values() for place in places})
        row = 2
        with pyarrow.parquet.ParquetFile(file) as opened:
            for groups in _row_groups(opened):
                held = opened.read_row_groups(groups, columns=wanted)
                rows = pa.array(range(row, row + held.num_rows), pa.int32())
                self.engine.register("held_now", pa.table({**{name: without_spaces(held[name]) for name in wanted}, "its row": rows}))
                self._type_native(given, told, recognised, headings)
                row += held.num_rows
        given.read += row - 2

    def _type_native(self, given: FileAccount, told: dict, recognised: Recognised, headings: tuple[str, ...]) -> None:
        types = {row["column_name"]: row["column_type"] for row in self.engine.rows("DESCRIBE SELECT * FROM held_now")}
        columns, native = [], {}
        for column, places in recognised.columns.items():
            names = [headings[place] for place in places]
            if len(names) == 1:
                columns.append(f"{_q(names[0])} AS {_q(column)}")
                if types[names[0]] != "VARCHAR":
                    native[column] = types[names[0]]
            else:
                each = ", ".join(values.known(f"CAST({_q(name)} AS VARCHAR)") for name in names)
                columns.append(f"coalesce({each}) AS {_q(column)}")
        la, term = (f"CAST({quote(told[name]) if told[name] else 'NULL'} AS VARCHAR)" for name in ("la", "term"))
        year = f"CAST({told['year'] or 'NULL'} AS INTEGER)"
        self.engine.run(
            f'CREATE OR REPLACE TEMP VIEW records AS SELECT CAST({given.number} AS INTEGER) AS file, "its row" AS row, '
            f"{la} AS file_la, {year} AS file_year, {term} AS file_term, {', '.join(columns)} FROM held_now"
        )
        years = self._years() if "year" in recognised.columns and "year" not in native and "year" not in self.kind.values else None
        self.engine.run(f"CREATE OR REPLACE TEMP TABLE typed_now AS {values.query(self.kind, set(recognised.columns), native, years)}")
        self._keep("ORDER BY row")
        self.engine.run("DROP TABLE typed_now")
        self.engine.run("DROP VIEW records")
        self.engine.connection.unregister("held_now")

    def _years(self) -> list[str] | None:
        """What the records say of their year, where that is few different things."""
        found = self.engine.rows("SELECT DISTINCT year FROM records WHERE nullif(year, '') IS NOT NULL ORDER BY year LIMIT 20")
        return [row["year"] for row in found] if len(found) < 20 else None

    # --- From `typed_now` to chunks, accounts, findings and records set aside ---

    def _keep(self, order: str) -> None:
        table = self.kind.table
        required = [column for column in table.columns if column.required]
        whole = " AND ".join(f"{_q(column.name)} IS NOT NULL" for column in required) or "true"
        checked = values.checked(self.kind)
        told = [name for name in ("la", "year", "term") if name in table]
        sums = [f"min({name}) FILTER ({whole}) AS {name}_from, max({name}) FILTER ({whole}) AS {name}_to" for name in told]
        wrong = [f"count(*) FILTER ({_q(column.name + ' wrong')}) AS {_q(column.name)}" for column in checked]
        absent = [f"count(*) FILTER ({_absent(column.name, checked)}) AS {_q(column.name + ' absent')}" for column in required]
        counts = self.engine.rows(
            f"SELECT file, count(*) AS records, count(*) FILTER ({whole}) AS kept, {', '.join([*sums, *wrong, *absent])} "
            "FROM typed_now GROUP BY file ORDER BY file"
            if sums or wrong or absent
            else f"SELECT file, count(*) AS records, count(*) FILTER ({whole}) AS kept FROM typed_now GROUP BY file ORDER BY file"
        )
        for count in counts:
            given = self.found[count["file"]][0]
            given.kept += count["kept"]
            given.set_aside += count["records"] - count["kept"]
            self._spans(given, count, told)
        for column in checked:
            if any(count[column.name] for count in counts):
                self._found(column.name, _q(column.name + " wrong"), *values.words(column), "type")
        for column in required:
            files = [count["file"] for count in counts if count[column.name + " absent"]]
            if column.name == "year":
                for file in files:
                    self._year_not_told(self.found[file][0])
            elif files:
                self._found(column.name, _absent(column.name, checked), *values.WRONG["missing"], "missing value")
        if sum(count["records"] - count["kept"] for count in counts):
            self._set_aside(required, checked, whole)
        if sum(count["kept"] for count in counts):
            chunk = self.scratch / f"{self.kind.name}-{len(self.chunks)}.parquet"
            listed = ", ".join(_q(column.name) for column in table.columns)
            self.engine.run(
                f"COPY (SELECT {listed} FROM typed_now WHERE {whole} {order}) TO {quote(str(chunk))} "
                f"(FORMAT parquet, COMPRESSION lz4, ROW_GROUP_SIZE {ROWS_IN_A_GROUP})"
            )
            self.chunks.append(chunk)

    def _spans(self, given: FileAccount, count: dict, told: Sequence[str]) -> None:
        """Widen what the account says of authority, year and term by the records kept."""
        if not count["kept"]:
            return
        span = given.spans
        for name in told:
            low, high = count[f"{name}_from"], count[f"{name}_to"]
            if low is None:
                continue
            before = span.get(name)
            span[name] = (min(low, before[0]), max(high, before[1])) if before else (low, high)
            low, high = span[name]
            if name != "la" or self.kind.table.of_authorities:
                setattr(given, name, low if low == high and low != UNKNOWN else None)

    def _found(self, column: str, condition: str, wrong: str, do: str, rule: str) -> None:
        """Log a finding for each record that meets a condition."""
        told = ", ".join(name if name in self.kind.table else f"NULL AS {name}" for name in ("la", "year"))
        rows = self.engine.arrow(f"SELECT file, row, {told} FROM typed_now WHERE {condition}")
        files = rows.column("file").combine_chunks()
        names = {number: given.name for number, (given, _, _) in self.found.items()}
        headings = {number: recognised.heading_of(column, written) for number, (_, recognised, written) in self.found.items()}
        count = rows.num_rows
        self.log.find_all(
            pa.table(
                {
                    "file": account.names_of(files, names),
                    "row": rows.column("row"),
                    "column": account.names_of(files, headings),
                    "wrong": pa.repeat(wrong, count),
                    "do": pa.repeat(do, count),
                    "rule": pa.repeat(rule, count),
                    "la": rows.column("la").cast(pa.string()),
                    "year": rows.column("year").cast(pa.int32()),
                }
            )
        )

    def _year_not_told(self, given: FileAccount) -> None:
        if given.number not in self._without_year:
            self._without_year.add(given.number)
            self.log.find(given.name, 0, "", *YEAR_NOT_TOLD, "year", given.la)

    def _set_aside(self, required: Sequence, checked: Sequence, whole: str) -> None:
        flagged = {column.name for column in checked}
        reasons = []
        for column in required:
            if column.name in flagged:
                reasons.append(f"CASE WHEN {_q(column.name + ' wrong')} THEN '{column.name}: cannot be read' END")
            told = "nothing tells it" if column.name == "year" else "there is no value"
            reasons.append(f"CASE WHEN {_absent(column.name, checked)} THEN '{column.name}: {told}' END")
        rows = self.engine.rows(f"SELECT file, row, concat_ws('; ', {', '.join(reasons)}) AS reason FROM typed_now WHERE NOT ({whole})")
        self.log.set_aside((one["file"], one["row"], one["reason"], text) for one, text in self._texts(rows))

    def _texts(self, rows: list[dict]):
        """Each row with the record that it was in the file."""
        if not self._waiting:  # Parquet, whose records are not waiting.
            yield from self._texts_of_parquet(rows)
            return
        wanted: dict[int, dict[int, dict]] = {}
        for row in rows:
            wanted.setdefault(row["file"], {})[row["row"]] = row
        for block in self._waiting:
            if not (of_file := wanted.get(block.account.number)):
                continue
            for place, number in enumerate(block.rows.to_pylist()):
                if asked := of_file.get(number):
                    yield asked, account.record(block.headings, [column[place].as_py() for column in block.cells.columns])

    def _texts_of_parquet(self, rows: list[dict]):
        given, _, headings = self.found[rows[0]["file"]]
        file = self.copies[given.number]
        self.engine.register("rows_now", pa.table({"row": pa.array([row["row"] for row in rows], pa.int64())}))
        cells = ", ".join(f"CAST({_q(heading)} AS VARCHAR)" for heading in headings)
        found = self.engine.connection.execute(
            f"SELECT file_row_number + 2, {cells} FROM read_parquet({quote(str(file))}, file_row_number = true) "
            "WHERE file_row_number + 2 IN (SELECT row FROM rows_now)"
        ).fetchall()
        texts = {record[0]: account.record(headings, record[1:]) for record in found}
        yield from ((row, texts[row["row"]]) for row in rows)


def _row_groups(file: pyarrow.parquet.ParquetFile) -> Iterator[list[int]]:
    """Row groups together, of about a block's rows."""
    groups: list[int] = []
    rows = 0
    for group in range(file.num_row_groups):
        groups.append(group)
        rows += file.metadata.row_group(group).num_rows
        if rows >= BLOCK:
            yield groups
            groups, rows = [], 0
    if groups:
        yield groups


def first_not_blank(columns: list[pa.Array]) -> pa.Array:
    """The first of several cells that is not blank, record by record, without the spaces around it."""
    trimmed = [without_spaces(column) for column in columns]
    return trimmed[0] if len(trimmed) == 1 else pc.coalesce(*(pc.if_else(pc.equal(column, ""), None, column) for column in trimmed))


def without_spaces(column):
    """Text without the spaces around it; what is not text as it is."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    return pc.utf8_trim(column, values.SPACES + " ") if text else column


def register_codes(engine: Engine, *queries: str) -> None:
    """Make the code lists that SQL asks tables of the engine."""
    for name in sorted(set(re.findall(r"\bcodes_(\w+)", " ".join(queries)))):
        engine.register(f"codes_{name}", codes.arrow(name))


def _absent(name: str, checked: Sequence) -> str:
    wrong = f" AND NOT {_q(name + ' wrong')}" if name in {column.name for column in checked} else ""
    return f"{_q(name)} IS NULL{wrong}"


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

"""The order of reading: copy, recognise, tell whose and when, type, compare, assemble, write."""

import functools
import pathlib
from collections.abc import Callable, Iterator, Sequence

import pyarrow as pa

from virtualschool import tables
from virtualschool.errors import Finding, WrongUse
from virtualschool.read import account, duplicates, headings, whose
from virtualschool.read.account import FileAccount, Input, Log, Reading
from virtualschool.read.kinds import Reshape, Source
from virtualschool.read.opening import Found, Opening, unlike
from virtualschool.read.records import Records, register_codes
from virtualschool.read.replacing import Replacing
from virtualschool.read.returns import Returns
from virtualschool.read.whose import UNKNOWN
from virtualschool.store import ROWS_IN_A_GROUP, Draft, quote
from virtualschool.tables import Table

TOO_MANY = ("this record has more values than there are headings.", "Check its quotation marks and delimiters; it is set aside.")


class Reader:
    """One reading of inputs into a draft."""

    def __init__(self, inputs: Sequence[Input], draft: Draft, tell: Callable[[str, int, int], None]) -> None:
        self.inputs, self.draft, self.engine, self.tell = inputs, draft, draft.engine, tell
        self.log = Log()
        self.authorities = whose.Authorities.of_england()
        self.accounts: list[FileAccount] = []
        self.records: dict[str, Records] = {}
        self.chunks: dict[str, list[pathlib.Path]] = {}
        self.seen: dict[tuple, str] = {}
        self.taken: set[int] = set()
        """The inputs (by identity) of which some part was read."""
        self.adding = any(given.added for given in inputs)
        self.opening = Opening(inputs, draft, tell, self.log, self.authorities)
        self.returns = Returns(self.engine, self.log)
        self.replacing = Replacing(self.engine, self.log, self.authorities)

    def read(self) -> Reading:
        # The optimiser would make a join of each `x IN (…)` in the SQL that types, of which there are hundreds.
        self.engine.run("SET disabled_optimizers = 'in_clause'")
        try:
            return self.read_all()
        finally:
            self.engine.run("RESET disabled_optimizers")

    def read_all(self) -> Reading:
        folders = self.opening.open_all()
        self.opening.learn_authorities([found for folder in folders for found in folder])
        done, of = 0, sum(map(len, folders))
        for folder in sorted(folders, key=lambda folder: not any(found.given.added for found in folder)):
            for found in self.returns.whose_and_when(folder):
                self.take(found)
                done += 1
                self.tell("Reading files", done, of)
        for records in self.records.values():
            records.flush()
            self.chunks.setdefault(records.kind.table.name, []).extend(records.chunks)
        for folder in folders:
            for found in folder:
                self.returns.compare_columns_with_path(found)
        self.assemble()
        self.set_duplicates_aside()
        self.write()
        self.refuse_mixture()
        findings = self.log.findings()
        self.draft.write("findings", findings)
        self.engine.register("files", self.named())
        self.draft.write("set_aside", self.log.asides(), order_by=("file", "row", "reason", "record"))
        return Reading(sorted(self.accounts, key=lambda one: one.number), account.listed(findings), self.kept_inputs())

    def named(self) -> pa.Table:
        """The number of each file and what a finding calls it: the table `files`, for the rules to name places by."""
        entries = self.accounts
        return pa.table(
            {
                "number": pa.array([entry.number for entry in entries], pa.int32()),
                "file": pa.array([entry.name for entry in entries], pa.string()),
            }
        )

    # --- Records into tables ---

    def take(self, found: Found) -> None:
        """Read one part whole, unless a file that is added replaces it or the same file was read before."""
        entry = found.account
        if self.adding and not self.replacing.stands_beside(found):
            return
        self.accounts.append(entry)
        self.taken.add(id(found.given))
        entry.la, entry.year = found.la if found.la != UNKNOWN else None, found.year
        same = (found.kind.name, found.la, found.year, found.term, entry.sha256, entry.part)
        if same in self.seen:
            self.same_file(found, self.seen[same])
            return
        self.seen[same] = entry.name
        if isinstance(found.says, Reshape):
            self.reshape(found, found.says)
            return
        kind = found.says.kind
        if kind.name not in self.records:
            self.records[kind.name] = Records(kind, self.engine, self.draft.scratch, self.authorities, self.log)
        records = self.records[kind.name]
        told = {"la": found.la, "year": found.year, "term": found.term}
        if found.part.parquet and found.blocks is None:
            records.take_parquet(entry, told, found.says, found.headings, found.part.parquet)
            return
        for rows, batch in found.batches():
            records.push(entry, told, found.says, found.headings, rows, batch)
        self.too_many(found)
        found.blocks = None

    def too_many(self, found: Found) -> None:
        entry = found.account
        for extra in found.extras:
            self.log.find(entry.name, extra.row, "", *TOO_MANY, "shape", found.la, found.year)
        self.log.set_aside(
            (entry.number, extra.row, "more values than headings", account.record(found.headings, extra.record)) for extra in found.extras
        )
        entry.set_aside += len(found.extras)

    def same_file(self, found: Found, first: str) -> None:
        entry = found.account
        if found.blocks is None:
            for _ in found.batches():
                pass
        entry.set_aside = entry.read
        reason = f"the same file as {first}"
        self.log.set_aside([(entry.number, 0, reason, "")] if entry.read else [])
        self.log.find(entry.name, 0, "", f"this is {reason}; it is set aside.", "Leave one of them out.", "duplicate", found.la, found.year)

    def reshape(self, found: Found, kind: Reshape) -> None:
        entry = found.account
        names = unlike(found.headings)

        def batches() -> Iterator[tuple[pa.Array, pa.RecordBatch]]:
            for rows, batch in found.batches():
                yield rows, pa.RecordBatch.from_arrays(batch.columns, names)

        source = Source(entry.number, found.given.root, entry.file, entry.part, names, tuple(found.part.lines[: found.header]), batches)
        made = [self.fitted(table, kind.table, entry.number) for table in kind.reads(source)]
        if not entry.read:
            for _ in batches():
                pass
        aside = dict(reversed(source.aside))
        if aside:
            texts = self.texts(found, set(aside))
            self.log.set_aside((entry.number, row, aside[row], texts.get(row, "")) for row in sorted(aside))
        self.too_many(found)
        entry.set_aside += len(aside)
        entry.kept = entry.read - entry.set_aside
        self.log.single.extend(
            Finding(entry.name, one.row, one.column, one.wrong, one.do, one.rule, one.la, one.year) for one in source.findings
        )
        if rows := [table for table in made if table.num_rows]:
            self.engine.register("made_now", pa.concat_tables(rows))
            if "year" in kind.table:
                low, high = next(iter(self.engine.rows("SELECT min(year) AS low, max(year) AS high FROM made_now"))).values()
                entry.year = low if low == high else None
            self.write_chunk(kind.table, "SELECT * FROM made_now")

    def fitted(self, made: pa.Table | pa.RecordBatch, table: Table, number: int) -> pa.Table:
        rows = made.num_rows
        columns = []
        for column in table.columns:
            if column.name == "file":
                columns.append(pa.repeat(pa.scalar(number, pa.int32()), rows))
            elif column.name in made.schema.names:
                columns.append(made.column(column.name).cast(column.arrow))
            else:
                columns.append(pa.nulls(rows, column.arrow))
        return pa.table(columns, schema=table.arrow)

    def texts(self, found: Found, wanted: set[int]) -> dict[int, str]:
        texts = {}
        for rows, batch in found.part.batches(found.header, len(found.headings), []):
            for place, row in enumerate(rows.to_pylist()):
                if row in wanted:
                    texts[row] = account.record(found.headings, [column[place].as_py() for column in batch.columns])
        return texts

    def write_chunk(self, table: Table, query: str) -> None:
        listed = self.chunks.setdefault(table.name, [])
        chunk = self.draft.scratch / f"{table.name}-made-{len(listed)}.parquet"
        self.engine.run(f"COPY ({query}) TO {quote(str(chunk))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_IN_A_GROUP})")
        listed.append(chunk)

    # --- Tables whole ---

    def assemble(self) -> None:
        """Make rows of kept tables from the staging tables."""
        staging = {kind.table.name: kind.table for kind in headings.kinds() if kind.staging}
        for name, table in staging.items():
            if chunks := self.chunks.pop(name, []):
                self.engine.view(name, chunks)
            else:
                self.engine.empty(table)
        for assembly in headings.assemblies():
            if not all(self.engine.value(f'SELECT EXISTS (SELECT 1 FROM "{used}")') for used in assembly.uses):
                continue
            register_codes(self.engine, assembly.query)
            given = {row["column_name"] for row in self.engine.rows(f"DESCRIBE {assembly.query}")}
            columns = ", ".join(
                f"CAST({_q(column.name) if column.name in given else 'NULL'} AS {column.sql}) AS {_q(column.name)}"
                for column in assembly.table.columns
            )
            order = ", ".join(("file", "row", *(_q(name) for name in assembly.table.names if name not in ("file", "row"))))
            self.write_chunk(assembly.table, f"SELECT {columns} FROM ({assembly.query}) ORDER BY {order}")
        for name in staging:
            self.engine.run(f'DROP VIEW "{name}"')

    def set_duplicates_aside(self) -> None:
        """Leave out of each table the records that stand in it already."""
        accounts = {entry.number: entry for entry in self.accounts}
        for name, chunks in self.chunks.items():
            table = tables.ALL[name]
            if not chunks or not duplicates.wanted(table, [entry for entry in self.accounts if entry.kept and self.gives(entry, name)]):
                continue
            found = duplicates.find(self.engine, table, chunks)
            self.engine.register(f"dropped_{name}", pa.table({"file": found.column("file"), "row": found.column("row")}))
            if not found.num_rows:
                continue
            columns = {key: found.column(key).to_pylist() for key in found.column_names}
            for file, row, first_file, first_row, record, la, year in zip(*columns.values(), strict=True):
                entry, first = accounts[file], accounts[first_file]
                entry.kept, entry.set_aside = entry.kept - 1, entry.set_aside + 1
                place = f"row {first_row}" if entry is first else f"{first.name}, row {first_row}"
                alike = "the same plan" if table.family == "plans" else "the same record"
                self.log.set_aside([(file, row, f"{alike} as {place}", record)])
                wrong = f"{alike} stands in {place}."
                self.log.find(entry.name, row, "", wrong, "Leave it out; it is set aside.", "duplicate", la, year)

    def gives(self, entry: FileAccount, table: str) -> bool:
        return entry.kind in self.records and self.records[entry.kind].kind.table.name == table

    def write(self) -> None:
        for place, (name, chunks) in enumerate(self.chunks.items()):
            self.tell("Writing tables", place, len(self.chunks))
            if not chunks:
                continue
            table = tables.ALL[name]
            dropped = self.engine.value("SELECT count(*) FROM duckdb_views() WHERE view_name = ?", [f"dropped_{name}"])
            without = f"WHERE (file, row) NOT IN (SELECT (file, row) FROM dropped_{name})" if dropped else ""
            if table.family == "education":
                parts = [f"SELECT * FROM read_parquet({quote(str(chunk))}) {without}" for chunk in chunks]
                if not dropped:
                    self.draft.tables[name] = [self.draft.adopt(chunk) for chunk in chunks]
                    self.engine.view(name, [self.draft.store.path / "objects" / sha for sha in self.draft.tables[name]])
                    continue
                self.draft.write(name, *parts, order_by=("file", "row"))
                continue
            listed = ", ".join(quote(str(chunk)) for chunk in chunks)
            first = (*table.key, "file", "row")
            order = (*first, *(column for column in table.names if column not in first)) if name == "published" else first
            self.draft.write(name, f"SELECT * FROM read_parquet([{listed}]) {without}", order_by=order)

    def refuse_mixture(self) -> None:
        """Raise WrongUse where real authorities and invented ones came together."""
        held = set()
        for name in self.chunks:
            if name in self.draft.tables and "la" in tables.ALL[name]:
                held |= {row["la"] for row in self.engine.rows(f'SELECT DISTINCT la FROM "{name}" WHERE la IS NOT NULL')}
        invented = sorted(la for la in held if whose.INVENTED.fullmatch(la))
        real = sorted(held & REAL())
        if invented and real:
            raise WrongUse(
                "These files",
                f"some are of invented authorities ({invented[0]} …), some of real ones ({real[0]} …).",
                "Build a store of each; they never mix in one.",
            )

    def kept_inputs(self) -> list[dict]:
        kept = []
        for place, given in enumerate(self.inputs):
            if given.strange or (id(given) in self.replacing.dropped and id(given) not in self.taken):
                continue
            kept.append({"name": given.name, "root": given.root, "la": given.la, "sha256": self.opening.hashes[place]})
        return kept


@functools.cache
def REAL() -> frozenset[str]:
    return frozenset(whose.Authorities.of_england().codes)


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

"""The order of reading: copy, recognise, tell whose and when, type, compare, assemble, write."""

import functools
import pathlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from virtualschool import tables
from virtualschool.errors import Finding, Unreadable, WrongUse
from virtualschool.read import account, duplicates, headings, values, whose
from virtualschool.read.account import FileAccount, Input, Log, Reading
from virtualschool.read.headings import Recognised
from virtualschool.read.kinds import Reshape, Source
from virtualschool.read.parts import Part, parts
from virtualschool.read.records import Records, first_not_blank, register_codes
from virtualschool.read.text import Extra
from virtualschool.read.whose import UNKNOWN
from virtualschool.store import ROWS_IN_A_GROUP, Draft, quote
from virtualschool.tables import Table

TOO_MANY = ("this record has more values than there are headings.", "Check its quotation marks and delimiters; it is set aside.")


@dataclass
class Found:
    """One part of an input that was recognised."""

    given: Input
    copy: pathlib.Path
    part: Part
    header: int
    says: Recognised | Reshape
    account: FileAccount
    told: whose.Told
    la: str | None = None
    year: int | None = None
    blocks: list[tuple[pa.Array, pa.RecordBatch]] | None = None
    extras: list[Extra] = field(default_factory=list)

    @property
    def kind(self):
        return self.says.kind if isinstance(self.says, Recognised) else self.says

    @property
    def table(self) -> Table:
        return self.kind.table

    @property
    def headings(self) -> tuple[str, ...]:
        return self.part.lines[self.header]

    @property
    def term(self) -> str | None:
        return (self.says.term if isinstance(self.says, Recognised) else None) or self.told.term

    def batches(self) -> Iterator[tuple[pa.Array, pa.RecordBatch]]:
        """The records, counted into the account as they come."""
        if self.blocks is not None:
            yield from self.blocks
            return
        self.extras.clear()
        self.account.read = 0
        for rows, batch in self.part.batches(self.header, len(self.headings), self.extras):
            self.account.read += batch.num_rows
            yield rows, batch
        self.account.read += len(self.extras)


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
        self.adding = any(given.added for given in inputs)
        self.added: dict[tuple, set[tuple]] = {}
        self.dropped: set[int] = set()
        self.hashes: dict[int, str] = {}

    def read(self) -> Reading:
        # The optimiser would make a join of each `x IN (…)` in the SQL that types, of which there are hundreds.
        self.engine.run("SET disabled_optimizers = 'in_clause'")
        try:
            return self.read_all()
        finally:
            self.engine.run("RESET disabled_optimizers")

    def read_all(self) -> Reading:
        folders = self.open_all()
        self.learn_authorities([found for folder in folders for found in folder])
        done, of = 0, sum(map(len, folders))
        for folder in sorted(folders, key=lambda folder: not any(found.given.added for found in folder)):
            for found in self.whose_and_when(folder):
                self.take(found)
                done += 1
                self.tell("Reading files", done, of)
        for records in self.records.values():
            records.flush()
            self.chunks.setdefault(records.kind.table.name, []).extend(records.chunks)
        self.assemble()
        self.set_duplicates_aside()
        self.write()
        self.refuse_mixture()
        findings = self.log.findings()
        self.draft.write("findings", findings)
        self.draft.write("set_aside", self.log.asides(), order_by=("file", "row", "reason", "record"))
        return Reading(sorted(self.accounts, key=lambda one: one.number), account.listed(findings), self.kept_inputs())

    # --- What the files are ---

    def open_all(self) -> list[list[Found]]:
        """The parts that were recognised, folder by folder; the rest become findings, or errors if they were named by themselves."""
        folders: dict[tuple[str, str], list[Found]] = {}
        number = 0
        for place, given in enumerate(self.inputs):
            self.tell("Recognising files", place, len(self.inputs))
            sha, copy = self.draft.keep_input(given.path)
            self.hashes[place] = sha
            try:
                held = parts(copy)
            except Unreadable as fault:
                self.unknown(given, "", fault.wrong, fault.do)
                continue
            told = whose.path(given.root, given.name, self.authorities)
            unknown = []
            for part in held:
                header, says = part.recognised()
                if says is None:
                    unknown.append((part, header))
                    continue
                number += 1
                kind = says.kind if isinstance(says, Recognised) else says
                ignored = says.ignored if isinstance(says, Recognised) else ()
                entry = FileAccount(number, given.name, part.name, kind.name, None, None, sha, ignored=ignored)
                found = Found(given, copy, part, header, says, entry, told)
                folders.setdefault((given.root, given.name.rpartition("/")[0]), []).append(found)
                if isinstance(says, Recognised) and says.doubtful:
                    self.log.find(
                        entry.name,
                        0,
                        ", ".join(says.doubtful[:6]),
                        f"these {len(says.doubtful)} headings are of another year or term than the rest; they are left out.",
                        "Give each year and term a file of its own.",
                        "shape",
                    )
            for part, header in unknown:
                wrong, do = strange(part, header)
                self.unknown(given, part.name, wrong, do, alone=len(unknown) == len(held))
        return list(folders.values())

    def unknown(self, given: Input, part: str, wrong: str, do: str, *, alone: bool = True) -> None:
        name = f"{given.name}, {part}" if part else given.name
        if given.alone and alone:
            raise Unreadable(name, wrong, do)
        self.log.find(name, 0, "", wrong, do, "unknown file")

    def learn_authorities(self, found: list[Found]) -> None:
        """Know the authorities of the geography files before the names of authorities are read in others."""
        for one in found:
            if one.table is not tables.authorities or not isinstance(one.says, Recognised):
                continue
            for _, batch in one.part.batches(one.header, len(one.headings), []):
                cells = {
                    column: batch.column(places[0]).to_pylist() if places else [None] * batch.num_rows
                    for column, places in ((name, one.says.columns.get(name, ())) for name in ("la", "name", "ons_code"))
                }
                for la, name, ons in zip(cells["la"], cells["name"], cells["ons_code"], strict=True):
                    if la and la.strip():
                        self.authorities.add(la.strip().upper(), (name, ons))
        # A code that only a geography file knows may stand in a path.
        for one in found:
            one.told = whose.path(one.given.root, one.given.name, self.authorities)

    # --- Whose and when ---

    def whose_and_when(self, folder: list[Found]) -> list[Found]:
        """The same parts, with the authority and year that hold for records that do not name their own."""
        returns: dict[tuple, list[Found]] = {}
        for found in folder:
            found.la, found.year = found.told.la or found.given.la, found.told.year
            if isinstance(found.says, Recognised) and found.says.year:
                if found.told.own_year and found.told.own_year != found.says.year:
                    found.year = found.says.year
                    self.disagree(found, found.says.year, "its headings", found.told.own_year)
                found.year = found.says.year
            if found.table.family == "care" and isinstance(found.says, Recognised):
                found.blocks = list(found.batches())
                returns.setdefault((found.told.own_la, found.told.own_year), []).append(found)
            elif found.given.la and found.told.la and found.given.la != found.told.la:
                self.disagree_about_la(found)
        if not returns:
            return folder
        days = {key: self.days(each) for key, each in returns.items()}
        all_days = [sum((each[place] for each in days.values()), Counter()) for place in (0, 1)]
        for key, each in returns.items():
            # Files that bear a code or year of their own but come without episodes are dated by those of the folder.
            self.one_return(each, *(days[key] if any(days[key]) else all_days))
        return folder

    def one_return(self, files: list[Found], began: Counter, ended: Counter) -> None:
        of_path = files[0].told.own_year or files[0].told.year
        year, most = whose.care_year(began, ended, of_path)
        for found in files:
            found.year = year
            if found.given.la and found.told.la and found.given.la != found.told.la:
                self.disagree_about_la(found)
        if homeless := [found for found in files if found.la is None]:
            for found in homeless:
                found.la = UNKNOWN
            if unsaid := [found for found in homeless if self.some_blank(found, "la")]:
                self.log.find(
                    unsaid[0].account.name,
                    0,
                    "",
                    f"nothing tells whose {'this file is' if len(unsaid) == 1 else f'the {len(unsaid)} files of this return are'}; "
                    "the records are kept without an authority.",
                    "Put it in a folder named after the authority's code, or name the code: 301=FOLDER.",
                    "unknown authority",
                    year=year,
                )
        if most and of_path and most != of_path and (undated := [found for found in files if self.some_blank(found, "year")]):
            self.disagree(undated[0], most, "most days on which its episodes begin and end", of_path)

    def days(self, files: list[Found]) -> tuple[Counter, Counter]:
        """The days on which episodes of a return began and ended, each counted, of files that do not name their year."""
        days: dict[str, Counter] = {"decom": Counter(), "dec": Counter()}
        for found in files:
            if found.table is not tables.episodes or not isinstance(found.says, Recognised) or not found.blocks:
                continue
            if "year" in found.says.columns:
                continue
            for column, counts in days.items():
                if not (places := found.says.columns.get(column, ())):
                    continue
                texts = pa.table({"text": pa.chunked_array([batch.column(places[0]) for _, batch in found.blocks])})
                self.engine.register("days_now", texts)
                each = f"SELECT text, count(*) AS records FROM (SELECT {values.trimmed('text')} AS text FROM days_now) GROUP BY text"
                day = f"SELECT {values.without_time('text')} AS text, records FROM ({each})"
                for row in self.engine.rows(f"SELECT {values.date('text')} AS day, records FROM ({day})"):
                    if row["day"] and 1990 < row["day"].year < 2100:
                        counts[row["day"]] += row["records"]
        return days["decom"], days["dec"]

    def some_blank(self, found: Found, column: str) -> bool:
        """Whether some record does not say for itself what the file's surroundings have to."""
        assert isinstance(found.says, Recognised)
        if not (places := found.says.columns.get(column, ())):
            return True
        return any(not (cell or "").strip() for _, batch in found.blocks or () for cell in batch.column(places[0]).to_pylist())

    def disagree(self, found: Found, year: int, by: str, of_path: int) -> None:
        self.log.find(
            found.account.name,
            0,
            "",
            f"by {by} this is of {year}, by its path of {of_path}; it is read as {found.year}.",
            "Put it in the folder of its year.",
            "year",
            found.la,
            found.year,
        )

    def disagree_about_la(self, found: Found) -> None:
        self.log.find(
            found.account.name,
            0,
            "",
            f"by its path this is a file of {found.told.la}, by the command of {found.given.la}; it is read as {found.la}.",
            "Put it in the folder of its authority.",
            "unknown authority",
            found.la,
            found.year,
        )

    # --- Records into tables ---

    def take(self, found: Found) -> None:
        """Read one part whole, unless a file that is added replaces it or the same file was read before."""
        entry = found.account
        if self.adding and not self.stands_beside(found):
            return
        self.accounts.append(entry)
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

    def stands_beside(self, found: Found) -> bool:
        """Whether a part is still wanted beside what is added: not if all of its authorities, years and terms are replaced.

        Of a file that is replaced in part, the records that are replaced are taken away.
        """
        if isinstance(found.says, Reshape):
            kind, about = (found.kind.name, found.account.file.rpartition("/")[2], found.account.part), {()}
        elif found.says.kind.whole:
            kind, about = (found.kind.name,), self.about(found)
        else:
            return True
        if found.given.added:
            self.added.setdefault(kind, set()).update(about)
            return True
        replaced = about & self.added.get(kind, set())
        if about and replaced == about:
            self.dropped.add(id(found.given))
            return False
        if replaced and found.blocks is not None:
            self.take_away(found, replaced)
        return True

    def about(self, found: Found) -> set[tuple]:
        """The authorities, years and terms of the records of a part; those of its surroundings where it has no records."""
        about: set[tuple] = set()
        for _, batch in found.batches():
            different = self.words(found, batch).group_by(["la", "year", "term"]).aggregate([])
            about |= {self.meant(*row.values()) for row in different.to_pylist()}
        return about or {self.meant(found.la, found.year, found.term)}

    def words(self, found: Found, batch: pa.RecordBatch) -> pa.Table:
        """The authority, year and term of each record, in the words of its own columns or else of its surroundings."""
        assert isinstance(found.says, Recognised)
        columns = {}
        for name, otherwise in (("la", found.la), ("year", found.year), ("term", found.term)):
            said = pa.scalar(None if otherwise is None else str(otherwise), pa.string())
            own = name in found.says.columns and name in found.table and (name != "la" or found.table.family == "care")
            cells = (
                first_not_blank([batch.column(place) for place in found.says.columns[name]])
                if own
                else pa.nulls(batch.num_rows, pa.string())
            )
            columns[name] = pc.fill_null(pc.if_else(pc.equal(cells, ""), None, cells), said) if said.is_valid else cells
        return pa.table(columns)

    @functools.cache  # noqa: B019  A reader lives as long as one reading.
    def meant(self, la: str | None, year: str | int | None, term: str | None) -> tuple:
        number = self.engine.value(f"SELECT {values.year('said')} FROM (SELECT CAST(? AS VARCHAR) AS said)", [year])
        codes = [row for row in self.authorities.lookup([la]).to_pylist() if row["first_year"] <= (number or 9999) <= row["last_year"]]
        return codes[0]["la_code"] if codes else la, number, (term or "")[:3].casefold()

    def take_away(self, found: Found, replaced: set[tuple]) -> None:
        """Set the records aside that an added file replaces."""
        left = []
        for rows, batch in found.blocks or ():
            there = [self.meant(*row.values()) not in replaced for row in self.words(found, batch).to_pylist()]
            self.log.set_aside(
                (found.account.number, row, "replaced by a file that was added", account.record(found.headings, list(record.values())))
                for row, record, stays in zip(rows.to_pylist(), batch.to_pylist(), there, strict=True)
                if not stays
            )
            found.account.set_aside += there.count(False)
            left.append((rows.filter(pa.array(there)), batch.filter(pa.array(there))))
        found.blocks = left

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
                self.log.set_aside([(file, row, f"the same record as {place}", record)])
                self.log.find(
                    entry.name, row, "", f"the same record stands in {place}.", "Leave it out; it is set aside.", "duplicate", la, year
                )

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
        still = {id(found) for found in self.dropped_partly()}
        for place, given in enumerate(self.inputs):
            if id(given) in self.dropped and id(given) not in still:
                continue
            kept.append({"name": given.name, "root": given.root, "la": given.la, "sha256": self.hashes[place]})
        return kept

    def dropped_partly(self) -> list[Input]:
        """Inputs of which one part was replaced and another was read."""
        read = {(entry.file, entry.sha256) for entry in self.accounts}
        return [given for place, given in enumerate(self.inputs) if (given.name, self.hashes[place]) in read]


@functools.cache
def REAL() -> frozenset[str]:
    return frozenset(whose.Authorities.of_england().codes)


def strange(part: Part, header: int) -> tuple[str, str]:
    """What is wrong with a part that is no kind we know, and what to do. Headings are named only where they are headings."""
    lines = part.lines[header : header + 1]
    if not lines or not any(cell.strip() for cell in lines[0]):
        return "it is empty.", "Leave it out, or export it again."
    near = headings.nearest(lines[0]) if headings.known(lines[0]) > 1 else None
    if near is None:
        return "this is no table that we know, and none of its headings are.", "Leave it out, or give it a line of headings."
    kind, lacking, strange_ = near
    parts_ = [f"missing here: {_some(lacking)}" if lacking else "", f"unknown there: {_some(strange_)}" if strange_ else ""]
    differ = "; ".join(filter(None, parts_))
    return f"this is no table that we know. The nearest is {kind.name} ({differ}).", "Give it the headings of that table, or leave it out."


def unlike(names: tuple[str, ...]) -> tuple[str, ...]:
    """Headings made different from one another and from nothing."""
    made: list[str] = []
    for place, name in enumerate(names):
        name = name.strip() or f"column {place + 1}"
        bearer, count = name, 1
        while bearer in made:
            count += 1
            bearer = f"{name} ({count})"
        made.append(bearer)
    return tuple(made)


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(name.strip() for name in names[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown


def _q(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

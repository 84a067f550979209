"""The store: a folder of snapshots, opened on DuckDB, replaced whole and never half. `spark` has the engine of a national host.

    current            names one snapshot; swapped last, atomically
    snapshots/<id>/    manifest.json
    objects/<sha256>   Parquet by content, shared between snapshots, never changed
    inputs/<sha256>    a copy of every file read
    records/           append-only files of decisions, read by every build

A build is a `Draft`: it writes objects as it goes and becomes a snapshot only when `finish` swaps `current`. Whatever
kills it before leaves the old snapshot as it was; what it left behind is swept by the next build.
"""

import contextlib
import fcntl
import functools
import getpass
import hashlib
import json
import os
import pathlib
import re
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from virtualschool import tables
from virtualschool.errors import Busy, Damaged, NotAStore, WrongUse, no_room
from virtualschool.turns import Turns

FORMAT = 1
_TURNS = Turns()
"""Of all lasting engines of a process: they share its one interpreter."""
SNAPSHOTS_KEPT = 5
ROWS_IN_A_GROUP = 122_880


class Engine:
    """DuckDB behind one thin adapter: SQL in, Arrow out, nothing half read, nothing fetched from anywhere.

    Tables are views over Parquet under their own names. Use one `cursor()` for each thread. Another engine has the same face.
    """

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection, snapshot: str = "", *, lasting: bool = False) -> None:
        self.connection = connection
        self.snapshot = snapshot
        """The snapshot that it reads, by its place; empty for a draft, whose tables change."""
        self.lasting = lasting
        """Whether it was opened to answer many requests, so that fetching what several need pays."""

    @classmethod
    def open(cls, *, threads: int | None = None, memory: str = "", scratch: pathlib.Path | None = None) -> "Engine":
        config: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
        if threads:
            config["threads"] = threads
        if memory:
            config["memory_limit"] = memory
        if scratch:
            config["temp_directory"] = str(scratch)
        return cls(duckdb.connect(":memory:", config=config))

    def cursor(self) -> "Engine":
        return Engine(self.connection.cursor(), self.snapshot, lasting=self.lasting)

    def turn(self) -> contextlib.AbstractContextManager:
        """A turn at work that keeps the interpreter busy; on an engine that answers many at once, one after the other."""
        return _TURNS.take() if self.lasting else contextlib.nullcontext()

    def sql(self, query: "str | ibis.Expr") -> str:
        """The SQL of a definition for this engine; text passes as it is."""
        return sql(query)

    def run(self, query: str, values: Sequence = ()) -> None:
        self.connection.execute(query, list(values)).fetchall()

    def arrow(self, query: "str | ibis.Expr", values: Sequence = ()) -> pa.Table:
        self.connection.execute(self.sql(query), list(values))
        return self.connection.to_arrow_table()

    def rows(self, query: "str | ibis.Expr", values: Sequence = ()) -> list[dict]:
        self.connection.execute(self.sql(query), list(values))
        names = [column[0] for column in self.connection.description or ()]
        return [dict(zip(names, row, strict=True)) for row in self.connection.fetchall()]

    def value(self, query: "str | ibis.Expr", values: Sequence = ()) -> Any:
        return self.connection.execute(self.sql(query), list(values)).fetchall()[0][0]

    def register(self, name: str, table: pa.Table) -> None:
        self.connection.register(name, table)

    def view(self, name: str, files: Sequence[pathlib.Path]) -> None:
        listed = ", ".join(quote(str(file)) for file in files)
        self.run(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet([{listed}])')

    def define(self, name: str, query: "str | ibis.Expr") -> None:
        """Gives a query a name; it is worked out wherever the name is used."""
        self.run(f'CREATE OR REPLACE VIEW "{name}" AS {self.sql(query)}')

    def empty(self, table: tables.Table) -> None:
        columns = ", ".join(f'CAST(NULL AS {column.sql}) AS "{column.name}"' for column in table.columns)
        self.run(f'CREATE OR REPLACE VIEW "{table.name}" AS SELECT {columns} WHERE false')

    def write_parquet(self, made: "str | ibis.Expr | pa.Table", file: pathlib.Path, order_by: Sequence[str] = ()) -> None:
        """Write rows as an object of a store is written: one file, in order, the same bytes for the same rows."""
        if isinstance(made, pa.Table):
            self.register("written_now", made)
            made = "SELECT * FROM written_now"
        query = self.sql(made)
        if order_by:
            query = f"SELECT * FROM ({query}) ORDER BY " + ", ".join(f'"{column}" NULLS FIRST' for column in order_by)
        written_as = f"FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {ROWS_IN_A_GROUP}"
        self.run(f"COPY ({query}) TO {quote(str(file))} ({written_as})")

    def lay_by(self, name: str, query: "str | ibis.Expr", folder: pathlib.Path) -> None:
        """Work a query out once, in files of `folder`, and make it a view of that name, in the place of what bore it before."""
        file = folder / f"{name}.parquet"
        self.run(f"COPY ({self.sql(query)}) TO {quote(str(file))} (FORMAT parquet)")
        self.view(name, [file])

    def hold(self, name: str, made: "str | ibis.Expr | pa.Table") -> None:
        """Work a query out once, in memory, and make it a view of that name, which every cursor sees."""
        if isinstance(made, pa.Table):
            self.register("held_now", made)
            made = "SELECT * FROM held_now"
        self.run(f'CREATE OR REPLACE TABLE "{name}, held" AS {self.sql(made)}')
        self.run(f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM "{name}, held"')

    def forget(self, name: str) -> None:
        """Give back the memory of what was held under a name; the name must be another view's by now."""
        self.run(f'DROP TABLE "{name}, held"')

    def views(self, names: Sequence[str]) -> dict[str, str]:
        """What the views of some names are views of, by name; without those that are none."""
        listed = ", ".join(map(quote, names))
        found = self.rows(f"SELECT view_name, sql FROM duckdb_views() WHERE view_name IN ({listed})")
        return {row["view_name"]: row["sql"].partition(" AS ")[2].rstrip(";\n ") for row in found}

    @property
    def processors(self) -> int:
        """How many processors a statement may have."""
        return self.value("SELECT current_setting('threads')")

    @processors.setter
    def processors(self, most: int) -> None:
        self.run(f"SET threads = {most:d}")


def sql(query: "str | ibis.Expr") -> str:
    """The SQL of a definition for the embedded engine; text passes as it is."""
    return query if isinstance(query, str) else str(ibis.to_sql(query, dialect="duckdb"))


def quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


REMEMBERED = 100_000
"""How much is remembered: each answer counts as its `weight`, or its length, or as one. All of it is looked through by the interpreter's
collector of garbage, which everybody waits for: a tenth of a second for so much."""
_remembered: OrderedDict[tuple, tuple[Any, int]] = OrderedDict()
"""Each answer with how much it counts as."""
_remembering = threading.Lock()
_kept = 0
"""How much all of them count as together."""


def of_the_engine(fault: Exception) -> "Damaged | WrongUse | None":
    """What to say of an engine's fault that comes from a full disk, or from a file of a store that is not as written; else None."""
    if not isinstance(fault, duckdb.Error):
        return None
    if "No space left on device" in str(fault):
        return no_room("What was to be written")
    if named := re.search(r"([^\s\"']+)/objects/([0-9a-f]{64})", str(fault)):
        wrong = f"its file objects/{named[2][:10]}… is gone, or is not as it was written."
        return Damaged(f"Store {named[1]}", wrong, "Restore it from a backup, or build it again from its files.")
    return None


def remembered(answer: Callable) -> Callable:
    """A question about a snapshot, asked of an engine, that is answered once and remembered: a snapshot never changes.

    The last answers of a process are kept, under the snapshot and what was asked. Of a draft nothing is. Whoever asks must leave the
    answer as it is.
    """

    @functools.wraps(answer)
    def asked(engine: Engine, *arguments: Any, **more: Any) -> Any:
        snapshot = getattr(engine, "snapshot", "")
        if not snapshot:
            return answer(engine, *arguments, **more)
        key = (answer.__module__, answer.__qualname__, snapshot, _fixed(arguments), _fixed(tuple(sorted(more.items()))))
        with _remembering:
            if key in _remembered:
                _remembered.move_to_end(key)
                return _remembered[key][0]
        made = answer(engine, *arguments, **more)
        remember(key, made)
        return made

    return asked


def remember(key: tuple, made: Any) -> None:
    """Keeps an answer, and lets go of those that were not asked for the longest."""
    global _kept
    size = _size(made)
    with _remembering:
        _kept += size - _remembered.get(key, (None, 0))[1]
        _remembered[key] = made, size
        while _kept > REMEMBERED and len(_remembered) > 1:
            _, (_, freed) = _remembered.popitem(last=False)
            _kept -= freed


def forget() -> None:
    """Lets go of all that is remembered."""
    global _kept
    with _remembering:
        _remembered.clear()
        _kept = 0


def _size(answer: Any) -> int:
    if (weight := getattr(answer, "weight", None)) is not None:
        return weight
    return max(1, len(answer)) if hasattr(answer, "__len__") else 1


def _fixed(asked: Any) -> Any:
    return tuple(map(_fixed, asked)) if isinstance(asked, list | tuple) else asked


class Snapshot:
    """One finished build, read-only. `manifest` holds inputs, tables, row accounts, findings' count, versions, times."""

    def __init__(self, store: "Store", name: str) -> None:
        self.store, self.name = store, name
        try:
            self.manifest: dict = json.loads((store.path / "snapshots" / name / "manifest.json").read_text())
        except (OSError, ValueError) as fault:
            raise Damaged(f"Store {store.path}", "the current snapshot cannot be read.", "Build the store again from its files.") from fault
        if self.manifest.get("format", 0) > FORMAT:
            raise NotAStore(
                f"Store {store.path}",
                "it was written by a later version of the program.",
                "Use that version, or build it again with this one.",
            )

    def has(self, table: str) -> bool:
        return bool(self.manifest["tables"].get(table))

    def files(self, table: str) -> list[pathlib.Path]:
        return [self.store.path / "objects" / sha for sha in self.manifest["tables"].get(table, ())]

    def engine(self, *, threads: int | None = None, memory: str = "", lasting: bool = False) -> Engine:
        """An engine in which every table of the snapshot is a view; known tables that it lacks are empty views.

        One that is `lasting` answers many requests, as a worker of the web does.
        """
        engine = Engine.open(threads=threads, memory=memory)
        engine.snapshot, engine.lasting = str((self.store.path / "snapshots" / self.name).resolve()), lasting
        for name in self.manifest["tables"]:
            engine.view(name, self.files(name))
        for name, table in tables.ALL.items():
            if not self.has(name):
                engine.empty(table)
        return engine


class Store:
    """A store folder. `open` wants one that stands; `Store(path)` may be new."""

    def __init__(self, path: os.PathLike | str) -> None:
        self.path = pathlib.Path(path)

    @classmethod
    def open(cls, path: os.PathLike | str) -> "Store":
        store = cls(path)
        if not (store.path / "current").is_file():
            raise NotAStore(
                f"Store {store.path}", "there is no store in this place.", f"Build one: virtualschool build {store.path} --from FOLDER"
            )
        return store

    def current(self) -> Snapshot:
        return Snapshot(self, (self.path / "current").read_text().strip())

    def snapshots(self) -> list[str]:
        folder = self.path / "snapshots"
        return sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith(".")) if folder.is_dir() else []

    @contextlib.contextmanager
    def draft(self, *, threads: int | None = None, memory: str = "") -> Iterator["Draft"]:
        """A build in progress. One at a time: raises Busy, saying who, when another holds the lock."""
        if self.path.exists() and not self.path.is_dir():
            raise WrongUse(f"Store {self.path}", "this is a file.", "Name a folder that does not exist yet, or a store.")
        if (
            self.path.is_dir()
            and any(self.path.iterdir())
            and not any((self.path / known).exists() for known in ("current", "objects", "lock"))
        ):
            raise WrongUse(f"Store {self.path}", "this folder holds other things.", "Name a folder that does not exist yet, or a store.")
        for folder in ("snapshots", "objects", "inputs", "records"):
            (self.path / folder).mkdir(parents=True, exist_ok=True)
        with (self.path / "lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as held:
                lock.seek(0)
                raise Busy(
                    f"Store {self.path}",
                    f"another build is running ({lock.read().strip() or 'by someone'}).",
                    "Wait for it to end, then run the command again.",
                ) from held
            lock.truncate(0)
            lock.write(f"{getpass.getuser()}, process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
            lock.flush()
            self.sweep()
            scratch = pathlib.Path(tempfile.mkdtemp(prefix=".draft-", dir=self.path))
            try:
                yield Draft(self, scratch, Engine.open(threads=threads, memory=memory, scratch=scratch / "spill"))
            finally:
                # Also what a build that failed has copied: files of children must not lie about unowned.
                shutil.rmtree(scratch, ignore_errors=True)
                self.sweep()
                lock.truncate(0)

    def sweep(self) -> None:
        """Remove what no kept snapshot names: old snapshots, their objects and inputs, and the remains of a killed build."""
        for left in self.path.glob(".draft-*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in (self.path / "snapshots").glob(".*"):
            shutil.rmtree(left, ignore_errors=True)
        names = self.snapshots()
        standing = (self.path / "current").read_text().strip() if (self.path / "current").is_file() else None
        kept = {*names[-SNAPSHOTS_KEPT:], *([standing] if standing else [])}
        objects: set[str] = set()
        inputs: set[str] = set()
        for name in names:
            if name not in kept:
                shutil.rmtree(self.path / "snapshots" / name)
                continue
            try:
                manifest = Snapshot(self, name).manifest
            except Damaged:
                if name == standing:
                    return  # What it needs cannot be known, so nothing more is removed.
                shutil.rmtree(self.path / "snapshots" / name)
                continue
            objects.update(sha for shas in manifest["tables"].values() for sha in shas)
            inputs.update(entry["sha256"] for entry in manifest["inputs"])
        for folder, named in (("objects", objects), ("inputs", inputs)):
            for entry in (self.path / folder).iterdir():
                if entry.name not in named:
                    entry.unlink()


class Draft:
    """A build in progress: a scratch folder, an engine, and the tables written so far (views under their names)."""

    def __init__(self, store: Store, scratch: pathlib.Path, engine: Engine) -> None:
        self.store, self.scratch, self.engine = store, scratch, engine
        self.tables: dict[str, list[str]] = {}
        (scratch / "spill").mkdir()

    def keep_input(self, file: pathlib.Path) -> tuple[str, pathlib.Path]:
        """The SHA-256 of a file and the copy of it in the store; what is read is the copy."""
        digest = hashlib.sha256()
        copy = self.scratch / "input"
        with file.open("rb") as source, copy.open("wb") as target:
            while block := source.read(1 << 22):
                digest.update(block)
                target.write(block)
        sha = digest.hexdigest()
        place = self.store.path / "inputs" / sha
        copy.replace(place)
        return sha, place

    def write(self, name: str, *parts: "str | ibis.Expr | pa.Table", order_by: Sequence[str] = ()) -> None:
        """Write a table from one or more parts, each a query or Arrow table, and make it a view of the engine.

        `order_by` must be a total order, so that the same rows are the same bytes. Without it the order of the part stands.
        """
        shas = []
        for part in parts:
            place = self.scratch / "object.parquet"
            self.engine.write_parquet(part, place, order_by)
            shas.append(self.adopt(place))
        self.tables[name] = shas
        self.engine.view(name, self.files(name))

    def adopt(self, file: pathlib.Path) -> str:
        """Move a finished Parquet file among the objects, under its hash."""
        with file.open("rb") as opened:
            sha = hashlib.file_digest(opened, "sha256").hexdigest()
            os.fsync(opened.fileno())
        file.replace(self.store.path / "objects" / sha)
        return sha

    @contextlib.contextmanager
    def on(self, engine: Engine) -> "Iterator[Draft]":
        """The same draft on another engine for a while: it sees every table, and what is written there is there afterwards."""
        own, before = self.engine, dict(self.tables)
        for name in filter(self.files, self.tables):
            engine.view(name, self.files(name))
        self.engine = engine
        self.rest_empty()
        try:
            yield self
        finally:
            self.engine = own
            for name in filter(self.files, self.tables):
                if self.tables[name] != before.get(name):
                    own.view(name, self.files(name))

    def files(self, table: str) -> list[pathlib.Path]:
        return [self.store.path / "objects" / sha for sha in self.tables.get(table, ())]

    def rest_empty(self) -> None:
        """Make every known table that nothing has been written to an empty view."""
        for name, table in tables.ALL.items():
            if name not in self.tables:
                self.engine.empty(table)

    def finish(self, manifest: dict) -> Snapshot:
        """Make the draft a snapshot, and then the current one. `manifest` is what the steps have to say; see pipeline."""
        last = max((int(name.split("-")[0]) for name in self.store.snapshots()), default=0)
        text = json.dumps({"format": FORMAT, **manifest, "tables": self.tables}, indent=1, sort_keys=True, default=str)
        name = f"{last + 1:06d}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"
        half = self.store.path / "snapshots" / f".{name}"
        half.mkdir()
        _write_through(half / "manifest.json", text)
        half.rename(self.store.path / "snapshots" / name)
        _write_through(self.store.path / "current.next", name + "\n")
        (self.store.path / "current.next").replace(self.store.path / "current")
        return Snapshot(self.store, name)


def _write_through(file: pathlib.Path, text: str) -> None:
    with file.open("w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())

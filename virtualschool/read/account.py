"""What reading has to tell: an account of each file, findings, and the records set aside with their reasons."""

import json
import pathlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from virtualschool.errors import Finding

FINDINGS = pa.schema(
    [
        ("file", pa.string()),
        ("row", pa.int32()),
        ("column", pa.string()),
        ("wrong", pa.string()),
        ("do", pa.string()),
        ("rule", pa.string()),
        ("la", pa.string()),
        ("year", pa.int32()),
    ]
)
"""Table `findings`: a row for each."""
SET_ASIDE = pa.schema([("file", pa.int32()), ("row", pa.int32()), ("reason", pa.string()), ("record", pa.string())])
"""Table `set_aside`: `record` is the whole record, heading by heading, as JSON. Row 0 stands for all records of the file."""
LISTED = 1000
"""Findings of one kind in one column of a file that are listed one by one; the table has them all."""


@dataclass(frozen=True)
class Input:
    """One file to be read.

    `name` is its path below `root`, what it was given as; `la` the authority that the command names for it. `added` says that
    it replaces what the store held of the same; `alone` that it was named by itself, so that it has to be readable; `strange` that
    it lies in a folder and is of no suffix that we read: it is told of and left there.
    """

    name: str
    root: str
    path: pathlib.Path
    la: str | None = None
    added: bool = False
    alone: bool = False
    strange: bool = False


@dataclass
class FileAccount:
    """What became of the records of a file, or of one part of it: read = kept + set_aside.

    `la` and `year` are null where the file holds several, or nothing tells them. `ignored` are headings that no column has.
    """

    number: int
    file: str
    part: str
    kind: str
    la: str | None
    year: int | None
    sha256: str
    term: str | None = None
    read: int = 0
    kept: int = 0
    set_aside: int = 0
    ignored: tuple[str, ...] = ()
    spans: dict[str, tuple] = field(default_factory=dict, repr=False)
    """The first and last authority, year and term of its records kept."""

    @property
    def name(self) -> str:
        """The file, and its part if it has one, as a finding names it."""
        return f"{self.file}, {self.part}" if self.part else self.file

    def to_json(self) -> dict:
        return {
            "number": self.number,
            "file": self.file,
            "part": self.part,
            "kind": self.kind,
            "year": self.year,
            "la": self.la,
            "read": self.read,
            "kept": self.kept,
            "set_aside": self.set_aside,
            "sha256": self.sha256,
            "ignored": list(self.ignored),
        }


@dataclass
class Reading:
    """What reading made: accounts in the order of the files, findings (all are in table `findings`), and the inputs that count."""

    files: list[FileAccount]
    findings: list[Finding]
    kept_inputs: list[dict]

    def inputs(self) -> list[dict]:
        """What a later build needs to read the same again; see `inputs_kept`."""
        return self.kept_inputs


@dataclass
class Log:
    """Findings and records set aside, as they come up."""

    found: list[pa.Table] = field(default_factory=list)
    single: list[Finding] = field(default_factory=list)
    aside: list[pa.Table] = field(default_factory=list)

    def find(
        self, file: str, row: int, column: str, wrong: str, do: str, rule: str, la: str | None = None, year: int | None = None
    ) -> None:
        self.single.append(Finding(file, row, column, wrong, do, rule, la, year))

    def find_all(self, table: pa.Table) -> None:
        self.found.append(table.cast(FINDINGS))

    def set_aside(self, rows: Iterable[tuple[int, int, str, str]]) -> None:
        listed = list(rows)
        if listed:
            self.aside.append(pa.table([pa.array(column) for column in zip(*listed, strict=True)], SET_ASIDE))

    def findings(self) -> pa.Table:
        single = [
            pa.Table.from_pylist(
                [
                    {
                        "file": one.file,
                        "row": one.row,
                        "column": one.column,
                        "wrong": one.wrong,
                        "do": one.do,
                        "rule": one.rule,
                        "la": one.la,
                        "year": one.year,
                    }
                    for one in self.single
                ],
                FINDINGS,
            )
        ]
        return pa.concat_tables([*single, *self.found]).sort_by(
            [(name, "ascending") for name in ("file", "row", "column", "rule", "wrong")]
        )

    def asides(self) -> pa.Table:
        return pa.concat_tables([SET_ASIDE.empty_table(), *self.aside])


def listed(findings: pa.Table) -> list[Finding]:
    """Findings one by one, the first of each kind in each column of a file; the rest of that kind as one more."""
    if not findings.num_rows:
        return []
    key = ["file", "column", "wrong"]
    counts = {
        tuple(row[name] for name in key): row["row_count"] for row in findings.group_by(key).aggregate([("row", "count")]).to_pylist()
    }
    many = {group: count for group, count in counts.items() if count > LISTED}
    result: list[Finding] = []
    if not many:
        return [Finding(**row) for row in findings.to_pylist()]
    # One pass in blocks: a file may have a million findings, of which a thousand are made into objects.
    seen: dict[tuple, int] = {}
    for batch in findings.to_batches(max_chunksize=50_000):
        files, columns, wrongs = (batch.column(name).to_pylist() for name in key)
        wanted = []
        for place, group in enumerate(zip(files, columns, wrongs, strict=True)):
            seen[group] = seen.get(group, 0) + 1
            if seen[group] <= LISTED:
                wanted.append(place)
        result.extend(Finding(**row) for row in batch.take(pa.array(wanted, pa.int32())).to_pylist())
    for (file, column, wrong), count in many.items():
        result.append(Finding(file, 0, column, f"{count - LISTED:,} more: {wrong}", "The table `findings` lists them all.", "more"))
    return result


def record(headings: Sequence[str], cells: Sequence[str | None]) -> str:
    """A whole record as JSON, heading by heading, without blank cells; values beyond the headings stand under their place."""
    names = [*headings, *(f"value {place + 1}" for place in range(len(headings), len(cells)))]
    return json.dumps({name: cell for name, cell in zip(names, cells, strict=False) if cell not in (None, "")}, ensure_ascii=False)


def names_of(files: pa.Array, names: dict[int, str]) -> pa.Array:
    """The text that belongs to each file number."""
    numbers = sorted(names)
    places = pc.index_in(files, pa.array(numbers, pa.int32()))
    return pa.array([names[number] for number in numbers], pa.string()).take(places)

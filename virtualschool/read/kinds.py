"""What a file can be. A `Kind` says which headings tell it, and how its values become one of our tables.

A file is recognised by its columns, never by its name. Headings are compared without case, spaces and punctuation. A
heading may hold `[yy]`, `[yyyy]` or `[term]` in `names`, which match digits or a term (Aut, Spr, Sum, or in full) and tell the
year and term of the file (`SessionsPossible_6HalfTerms_ab[yy]`). Adding a kind is writing one object at the top of a
module of `virtualschool.read`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from virtualschool.errors import Finding
from virtualschool.tables import Table


@dataclass(frozen=True, eq=False)
class Kind:
    """One kind of file in which a record is a row of `table`.

    `needs` are columns that must be recognised for a file to be of this kind; of several kinds that fit, the one
    that recognises most headings wins, then the one with more `needs`. `forbids` are headings that say it is another kind.

    `names` adds headings to those of the table's columns. Where several headings of a file give one column, the first in
    the order of `headings(column)` that is not blank counts. `also` are further text columns, not of the table, that
    `needs`, `values` and `derived` may use; one that the file lacks is null.

    `values` maps a column to SQL over the placeholder {value} (the cell's text, trimmed, null if blank), applied before
    typing (not to a column of a Parquet file that has the type it should have already). `derived` maps a column to SQL used
    where no heading gives it a value: over the columns of the table and of `also` (all of them text, by name, null where the
    file lacks them, after `values`), {year} (integer: the year that a heading or the path tells), {term} ('autumn', 'spring',
    'summer' or null: of a heading or the path) and {la} (text: authority of the path or command).
    A code list `codes/x.csv` may be asked as table `codes_x`.

    `whole` says that a file holds all there is of its kind for its authority, year and term, so that one given with
    `build --add` replaces an earlier one; else it joins it. `staging` rows are not kept: an `Assembly` makes rows of a kept
    table from them.
    """

    name: str
    table: Table
    needs: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forbids: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    derived: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True
    staging: bool = False
    source: str = ""

    def headings(self, column: str) -> tuple[str, ...]:
        """Every heading that this column may bear in this kind of file; those of the kind come before those of the table."""
        if column in self.also:
            return self.also[column]
        return (*self.names.get(column, ()), *self.table[column].names)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a heading can give: those of the table, without lineage, and `also`."""
        return (*(name for name in self.table.names if name not in ("file", "row")), *self.also)


@dataclass
class Source:
    """One table of a file that a `Reshape` reads: all of it text, under the headings as they stand.

    `headings` is the line that was recognised (a second bearer of one name is called `name (2)`, a blank one `column 3`), `above`
    the lines over it. `batches()` yields the records below: their row numbers, and text columns under `headings`.
    """

    number: int
    root: str
    name: str
    part: str
    headings: tuple[str, ...]
    above: tuple[tuple[str, ...], ...]
    batches: Callable[[], Iterator[tuple[pa.Array, pa.RecordBatch]]]
    aside: list[tuple[int, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def table(self) -> pa.Table:
        """All records as one table, with their row numbers as its last column, `row`."""
        parts = [batch.append_column("row", rows.cast(pa.int32())) for rows, batch in self.batches()]
        schema = pa.schema([*((name, pa.string()) for name in self.headings), ("row", pa.int32())])
        return pa.Table.from_batches(parts, schema)

    def set_aside(self, row: int, reason: str) -> None:
        """Say that a record is not kept, and why. Every other record counts as kept, whether or not it gave rows."""
        self.aside.append((row, reason))

    def find(self, row: int, column: str, wrong: str, do: str, rule: str = "type") -> None:
        self.findings.append(Finding(self.name, row, column, wrong, do, rule))


@dataclass(frozen=True)
class Reshape:
    """A kind whose layout is not one record a row (wide statistics, several header lines).

    `recognises(headings)` says whether a line of headings, as they stand, is one; it is asked about each of the first lines
    of a file, before any `Kind`. `reads(source)` yields Arrow tables or batches with columns of the kept table: those it leaves
    out are null, `row` is the record's, `file` is filled in.
    """

    name: str
    table: Table
    recognises: Callable[[tuple[str, ...]], bool]
    reads: Callable[[Source], Iterable[pa.Table | pa.RecordBatch]]
    source: str = ""


@dataclass(frozen=True)
class Assembly:
    """Rows of a kept table made from staging tables once every file is read: one query, run if all `uses` have rows.

    Other staging tables may be asked as well; they are empty where no file gave them. The query gives every column of `table`
    by name (those it leaves out are null), `file` and `row` among them.
    """

    name: str
    table: Table
    uses: tuple[str, ...]
    query: str

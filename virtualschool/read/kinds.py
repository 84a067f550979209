"""What a file can be. A `Kind` says which headings tell it, and how its values become one of our tables.

A file is recognised by its columns, never by its name. Headings are compared without case, spaces and punctuation. A
heading may hold `[yy]`, `[yyyy]` or `[term]` in `names`, which match digits or a term and tell the year and term of the file
(`SessionsPossible_6HalfTerms_ab[yy]`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from virtualschool.tables import Table


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    `needs` are columns of `table` that must be recognised for a file to be of this kind; of several kinds that fit, the one
    that recognises most headings wins, then the one with more `needs`. `forbids` are headings that say it is another kind.
    `values` maps a column to SQL over the placeholder {value} (the cell's text, trimmed, null if blank), applied before
    typing. `derived` maps a column that no heading gives to SQL over the file's recognised columns (text) and the variables
    {term} and {year}. `staging` tables are not kept: an `Assembly` makes rows of a kept table from them.
    """

    name: str
    table: Table
    needs: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    forbids: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    derived: Mapping[str, str] = field(default_factory=dict)
    staging: bool = False
    source: str = ""

    def headings(self, column: str) -> tuple[str, ...]:
        """Every heading that this column may bear in this kind of file."""
        return (*self.names.get(column, ()), *self.table[column].names)


@dataclass(frozen=True)
class Reshape:
    """A kind whose layout is not one record a row (wide statistics, XML, several header lines).

    `recognises(headings)` says whether it is one; `reads(file)` yields Arrow batches of the kept table.
    """

    name: str
    table: Table
    recognises: Callable[..., bool]
    reads: Callable[..., object]


@dataclass(frozen=True)
class Assembly:
    """Rows of a kept table made from staging tables once every file is read: one query, run if all `uses` have rows."""

    name: str
    table: Table
    uses: tuple[str, ...]
    query: str

"""What files that are added replace of what a store held: the same kind, authority, year and term; of lists, the same file."""

import functools
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from virtualschool.read import account, values, whose
from virtualschool.read.account import Log
from virtualschool.read.headings import Recognised
from virtualschool.read.kinds import Reshape
from virtualschool.read.opening import Found
from virtualschool.read.records import first_not_blank
from virtualschool.store import Engine


@dataclass(eq=False)
class Replacing:
    """What was added so far; added files have to come first. `dropped` are the inputs (by identity) of which a part was replaced whole."""

    engine: Engine
    log: Log
    authorities: whose.Authorities
    added: dict[tuple, set[tuple]] = field(default_factory=dict)
    dropped: set[int] = field(default_factory=set)

    def stands_beside(self, found: Found) -> bool:
        """Whether a part is still wanted beside what is added: not if all of its authorities, years and terms are replaced.

        Of a file that is replaced in part, the records that are replaced are taken away.
        """
        if isinstance(found.says, Reshape):
            kind: tuple = (found.kind.name, found.account.file.rpartition("/")[2], found.account.part)
            about: set[tuple] = {()}
        elif found.says.kind.whole:
            kind, about = (found.kind.name,), self.about(found)
        else:
            # A list joins those that are held, but for the one that was read from its place before.
            kind, about = (found.kind.name, found.given.root, found.account.file, found.account.part), {()}
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
            own = name in found.says.columns and name in found.table and (name != "la" or found.table.of_authorities)
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

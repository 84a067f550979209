"""Inputs copied, opened and recognised: which parts of them can be read, and what is said of those that cannot."""

import pathlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from virtualschool import codes, tables
from virtualschool.errors import Unreadable, unknown
from virtualschool.read import headings, whose
from virtualschool.read.account import FileAccount, Input, Log
from virtualschool.read.headings import Recognised
from virtualschool.read.kinds import Reshape
from virtualschool.read.parts import Part, parts
from virtualschool.read.text import Extra
from virtualschool.store import Draft
from virtualschool.tables import Table


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
    said_la: str | None = None
    """The authority that the command names for it, by its code."""
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


@dataclass
class Opening:
    """The opening of inputs. `hashes` are their SHA-256 sums, in their order."""

    inputs: Sequence[Input]
    draft: Draft
    tell: Callable[[str, int, int], None]
    log: Log
    authorities: whose.Authorities
    hashes: list[str] = field(default_factory=list)

    def open_all(self) -> list[list[Found]]:
        """The parts that were recognised, folder by folder; the rest become findings, or errors if they were named by themselves."""
        folders: dict[tuple, list[Found]] = {}
        number = 0
        for place, given in enumerate(self.inputs):
            self.tell("Recognising files", place, len(self.inputs))
            if given.strange:
                self.hashes.append("")  # It is not copied: it may be anything, of any size.
                self.unknown(given, "", "we do not read files of this kind.", "Save it as CSV, Excel (.xlsx) or Parquet, or leave it out.")
                continue
            sha, copy = self.draft.keep_input(given.path)
            self.hashes.append(sha)
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
                # A folder that is added again is another than the one that was read from its place before.
                folders.setdefault((given.added, given.root, given.name.rpartition("/")[0]), []).append(found)
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
        said = {name: self.said(name) for name in sorted({given.la for given in self.inputs if given.la})}
        for one in found:
            one.said_la = said.get(one.given.la) if one.given.la else None

    def said(self, name: str) -> str:
        """The code of an authority that the command names. Raises WrongUse where there is none."""
        if code := self.authorities.code(name):
            return code
        raise unknown("Authority", name, {f"{row['name']} ({row['la']})" for row in codes.load("authorities")})


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

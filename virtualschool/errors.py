"""What we explain to a person: errors, each with its exit code, and findings in what was read.

A message says where it is, what is wrong and what to do. It never shows what belongs to a child.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class VirtualSchoolError(Exception):
    """An error that a person can do something about; shown without a traceback."""

    exit_code = 2

    def __init__(self, where: str, wrong: str, do: str) -> None:
        self.where, self.wrong, self.do = where, wrong, do
        super().__init__(f"{where}: {wrong} {do}".strip())


class WrongUse(VirtualSchoolError):
    """A command was called with something that does not exist here: a measure, column, authority, year or option."""


class Unreadable(VirtualSchoolError):
    """A file that was named by itself and cannot be read."""


def not_text(file: object, fault: Exception, do: str) -> Unreadable:
    """What to raise where a file was to be read as text and `fault` came of it."""
    why = "there is no such file." if isinstance(fault, FileNotFoundError) else "it cannot be read as text."
    return Unreadable(f"File {file}", why, do)


class NotAStore(VirtualSchoolError):
    """A folder that holds no store, or one from a later version."""


class Busy(VirtualSchoolError):
    """Another build holds the store's lock."""


class Damaged(VirtualSchoolError):
    """The store is not as it was written."""

    exit_code = 3


def nearest(wanted: str, known: Iterable[str], n: int = 3) -> list[str]:
    """The names that `wanted` was most likely meant to be, best first; empty when nothing is near."""
    by_folded = {name.casefold(): name for name in known}
    folded = difflib.get_close_matches(wanted.casefold(), by_folded, n=n, cutoff=0.5)
    contained = [name for name in by_folded if wanted.casefold() in name and name not in folded]
    return [by_folded[name] for name in [*folded, *contained][:n]]


def unknown(kind: str, wanted: str, known: Iterable[str]) -> WrongUse:
    """The error for a name that is not there, which offers the nearest that are."""
    known = sorted(known)
    near = nearest(wanted, known)
    do = f"Did you mean {' or '.join(near)}?" if near else f"Known: {', '.join(known[:12])}{' …' if len(known) > 12 else ''}."
    return WrongUse(f"{kind} '{wanted}'", "there is none of that name.", do)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong in what was read.

    `row` counts records as a spreadsheet shows them: the header is row 1. It is 0 where the finding is about the
    whole file. `rule` is a rule's code, or the name of the step that found it (`type`, `shape`, `unknown file` …).
    """

    file: str
    row: int
    column: str
    wrong: str
    do: str
    rule: str = ""
    la: str | None = None
    year: int | None = None

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, f"row {self.row}" if self.row else "", self.column) if part)
        return f"{place}: {self.wrong} {self.do}".strip()

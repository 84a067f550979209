"""What we explain to a person: errors, each with its exit code, and findings in what was read.

A message says where it is, what is wrong and what to do. It never shows what belongs to a child.
"""

import difflib
import errno
import pathlib
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


NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)
NOT_AS_NEEDED = {
    errno.ENOENT: "there is no such place.",
    errno.ENOTDIR: "a file stands where a folder has to be.",
    errno.EEXIST: "a file stands where a folder has to be.",
    errno.EISDIR: "this is a folder.",
    errno.ENAMETOOLONG: "this name is too long.",
}


def no_room(where: str) -> WrongUse:
    """What to raise where a disk is full."""
    return WrongUse(where, "the disk has no room left.", "Make room on it, then run the command again.")


def of_a_place(fault: OSError) -> WrongUse | None:
    """What to say of a full disk, or of a file or folder that may not be read or written; None where the fault is ours."""
    where = f"Place {fault.filename}" if isinstance(fault.filename, str) else ""
    if fault.errno in NO_ROOM:
        return no_room(where or "What was to be written")
    if not where or pathlib.Path(__file__).parent in pathlib.Path(fault.filename).parents:
        return None
    if fault.errno in NOT_ALLOWED:
        return WrongUse(where, "it may not be read or written by you.", "Ask whoever keeps it for leave, or name another.")
    if wrong := NOT_AS_NEEDED.get(fault.errno or 0):
        return WrongUse(where, wrong, "Check the path, or name another.")
    return None


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

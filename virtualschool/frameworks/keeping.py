"""Lists that an authority gave, kept with a store's records: figures from elsewhere, and the register of outcomes.

A file is kept whole under its SHA-256 in `records/given/`, and `records/given.csv` has a line for each time that one was given: list, la,
sha256, file, who, when. The line that was written last for a list and authority holds; nothing is ever changed or deleted.
"""

import csv
import hashlib
import io
import pathlib
import shutil
from dataclasses import dataclass

from virtualschool.errors import WrongUse, not_text, unknown

ELSEWHERE, OUTCOMES = "figures from elsewhere", "inspection outcomes"
LISTS = (ELSEWHERE, OUTCOMES)
COLUMNS = ("list", "la", "sha256", "file", "who", "when")


@dataclass(frozen=True)
class Kept:
    """One file that was given. `path` is our copy; `la` is empty for a list about all authorities."""

    list: str
    la: str
    sha256: str
    file: str
    who: str
    when: str
    path: pathlib.Path


def keep(store: pathlib.Path, kind: str, file: pathlib.Path, *, la: str = "", who: str, when: str) -> Kept:
    """Keeps a copy of a file that somebody gave. Read it first: what cannot be read is not worth keeping.

    Raises WrongUse for an unknown list, for nobody, and where records cannot be written.
    """
    if kind not in LISTS:
        raise unknown("List", kind, LISTS)
    if not who.strip():
        raise WrongUse(f"The list of {kind}", "what is given is kept with a name.", "Say who gives it.")
    try:
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as fault:
        raise not_text(file, fault, "Name a file.") from fault
    folder = store / "records"
    copy = folder / "given" / (sha256 + "".join(file.suffixes[-2:]))
    said = Kept(kind, la, sha256, file.name, who.strip(), when, copy)
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    log = folder / "given.csv"
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not copy.exists():
            shutil.copyfile(file, copy.with_suffix(".part"))
            copy.with_suffix(".part").replace(copy)
        if not log.exists():
            writer.writerow(COLUMNS)
        writer.writerow([getattr(said, name) for name in COLUMNS])
        with log.open("a", encoding="utf-8", newline="") as opened:
            opened.write(line.getvalue())
    except OSError as fault:
        raise WrongUse(f"Records {folder}", "they cannot be written.", "Ask whoever keeps the store for leave to write.") from fault
    return said


def given(store: pathlib.Path, kind: str) -> list[Kept]:
    """Every file that was given for a list, the first one first."""
    log = store / "records" / "given.csv"
    if not log.exists():
        return []
    with log.open(encoding="utf-8", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["list"] == kind]
    folder = store / "records" / "given"
    return [Kept(**row, path=folder / (row["sha256"] + "".join(pathlib.PurePath(row["file"]).suffixes[-2:]))) for row in rows]


def held(store: pathlib.Path, kind: str, la: str = "") -> Kept | None:
    """The file of a list that holds for an authority; None where none was given."""
    found = [one for one in given(store, kind) if one.la == la]
    return found[-1] if found else None

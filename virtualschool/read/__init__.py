"""A source's files into our tables, typed, with an account of every record and a finding for everything that is wrong.

A module for each source says what its files are (`Kind`, `Reshape` or `Assembly`, see `kinds`); the rest of the modules read them all.
"""

import pathlib
from collections.abc import Callable, Sequence

from virtualschool.errors import Unreadable, WrongUse
from virtualschool.read.account import FileAccount, Input, Reading
from virtualschool.read.whose import UNKNOWN
from virtualschool.store import Draft, Snapshot

__all__ = ["READ", "UNKNOWN", "FileAccount", "Input", "Reading", "inputs_kept", "inputs_of", "read"]

READ = (".csv", ".csv.gz", ".xml", ".xlsx", ".parquet")
OF_THE_FOLDER = ("readme", "sources.md", "thumbs.db", "desktop.ini")
"""How the names of files begin that only tell of their folder, or that a desktop leaves there."""


def read(inputs: Sequence[Input], draft: Draft, tell: Callable[[str, int, int], None] = lambda step, done, of: None) -> Reading:
    """What became of the inputs. Their records are in the draft's tables, with `findings` and `set_aside`.

    Raises Unreadable where a file that was named by itself is nothing we know, and WrongUse where real and invented authorities mix.
    """
    from virtualschool.read.reading import Reader  # It finds the kinds by importing the modules of this package.

    return Reader(inputs, draft, tell).read()


def inputs_of(sources: Sequence[tuple[str | None, pathlib.Path]], *, added: bool = False) -> list[Input]:
    """The files of some paths, each with the authority it was given for, or None; folders in sorted order with all that is below.

    In a folder, hidden files and what only tells of the folder are passed over; files of other suffixes are `strange`.
    Raises Unreadable where a path does not exist, is a file of another suffix, or is a folder without any file that we read.
    """
    inputs: list[Input] = []
    for la, given in sources:
        path = pathlib.Path(given)
        if path.is_dir():
            files = sorted((file for file in path.rglob("*") if _is_given(file, path)), key=lambda file: file.relative_to(path).parts)
            strange = [not file.name.lower().endswith(READ) for file in files]
            if all(strange):
                raise Unreadable(str(path), "there is no file in this folder that we read.", f"We read {', '.join(READ)}.")
            inputs.extend(
                Input(file.relative_to(path).as_posix(), path.as_posix(), file, la, added, strange=unlike)
                for file, unlike in zip(files, strange, strict=True)
            )
        elif not path.exists():
            raise Unreadable(str(path), "there is no such file or folder.", "Check the path.")
        elif not path.name.lower().endswith(READ):
            raise Unreadable(str(path), "we do not read files of this kind.", f"We read {', '.join(READ)}.")
        else:
            inputs.append(Input(path.name, path.parent.as_posix(), path, la, added, alone=True))
    return inputs


def inputs_kept(snapshot: Snapshot) -> list[Input]:
    """The inputs of a snapshot, read from the copies in the store."""
    folder = snapshot.store.path / "inputs"
    inputs = []
    for entry in snapshot.manifest["inputs"]:
        copy = folder / entry["sha256"]
        if not copy.is_file():
            raise WrongUse(f"Store {snapshot.store.path}", f"its copy of {entry['name']} is gone.", "Build it again with --from.")
        inputs.append(Input(entry["name"], entry["root"], copy, entry["la"]))
    return inputs


def _is_given(file: pathlib.Path, below: pathlib.Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in file.relative_to(below).parts)
    return not hidden and not file.name.lower().startswith(OF_THE_FOLDER) and file.is_file()

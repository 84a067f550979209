"""The ledger of what has been released: an append-only file among the records of a store.

It holds nothing that was not published: for each release its name, who made it and when, and for each figure the question, the printed
numbers, or that it was hidden. Of a hidden figure it does not say why. Each line bears the hash of the line before it, so that a
line changed or taken out is noticed.
"""

import fcntl
import hashlib
import json
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from virtualschool.errors import Damaged, WrongUse

Question = tuple[tuple[str, str, tuple], ...]
"""Which children a figure is about: conditions (column, operator, values), all of which hold, in order."""
NUMBERS = ("pupils", "numerator", "denominator", "value")


@dataclass(frozen=True)
class Seen:
    """One figure as it was released. `numbers` is None where it was hidden."""

    measure: str
    year: int
    level: str
    place: str
    question: Question
    numbers: tuple[float | None, ...] | None
    snapshot: str = ""
    release: str = ""

    @property
    def key(self) -> tuple:
        return self.measure, self.year, self.place, self.question


@dataclass(frozen=True)
class Entry:
    """One release, as `releases` lists it."""

    number: int
    name: str
    kind: str
    who: str
    when: str
    snapshot: str
    rule: str
    figures: int
    hidden: int
    seen: tuple[Seen, ...]


class Ledger:
    """The ledger of one store, in `records/releases`."""

    def __init__(self, store: pathlib.Path) -> None:
        self.file = store / "records" / "releases"

    @property
    def stamp(self) -> tuple[int, int] | None:
        """What changes whenever the ledger does; None where there is none yet."""
        return stamp_of(self.file)

    def entries(self) -> list[Entry]:
        """Every release, oldest first. Raises Damaged where a line is not as it was written."""
        return list(read(self.file))

    def of_year(self, year: int) -> Mapping[str, Sequence[tuple[int, Seen]]]:
        """The released figures of a year by measure, each with its number in the order of release."""
        return index(self.file).get(year, {})

    def add(self, name: str, kind: str, who: str, when: str, snapshot: str, rule: str, seen: Sequence[Seen]) -> None:
        """Adds a release. Raises WrongUse where the ledger cannot be written, and Damaged where it is not whole."""
        read(self.file)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a+", encoding="utf-8") as opened:
                fcntl.flock(opened, fcntl.LOCK_EX)
                opened.seek(0)
                lines = opened.read().splitlines()
                line = {"number": len(lines) + 1, "name": name, "kind": kind, "who": who, "when": when, "snapshot": snapshot, "rule": rule}
                line |= {"before": digest(lines[-1]) if lines else "", "tables": tables_of(seen)}
                opened.write(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n")
        except OSError as fault:
            raise WrongUse(
                f"Ledger {self.file}",
                "it cannot be written, and nothing is released that later releases cannot be held against.",
                "Ask whoever keeps the store for leave to write.",
            ) from fault
        _READ.pop(self.file, None)


_READ: dict[pathlib.Path, tuple[tuple, list[Entry]]] = {}
"""What was read of each ledger, for as long as the file stays as it was."""


def read(file: pathlib.Path) -> list[Entry]:
    if (stamp := stamp_of(file)) is None:
        return []
    if file not in _READ or _READ[file][0] != stamp:
        _READ[file] = (stamp, list(entries(file)))
    return _READ[file][1]


_INDEX: dict[pathlib.Path, tuple[list[Entry], dict[int, dict[str, list[tuple[int, Seen]]]]]] = {}
"""The figures of each ledger by year and measure, with what was read of it."""


def index(file: pathlib.Path) -> dict[int, dict[str, list[tuple[int, Seen]]]]:
    entered = read(file)
    if file not in _INDEX or _INDEX[file][0] is not entered:
        found: dict[int, dict[str, list[tuple[int, Seen]]]] = {}
        for number, seen in enumerate(seen for entry in entered for seen in entry.seen):
            found.setdefault(seen.year, {}).setdefault(seen.measure, []).append((number, seen))
        _INDEX[file] = entered, found
    return _INDEX[file][1]


def stamp_of(file: pathlib.Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def entries(file: pathlib.Path) -> Iterator[Entry]:
    before = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            held = json.loads(line)
            if held["before"] != before:
                raise ValueError
            seen = tuple(seen_in(held))
        except (ValueError, KeyError, TypeError) as fault:
            raise Damaged(
                f"Ledger {file}, line {number}",
                "it is not as it was written.",
                "Put the file back from a backup: without it nothing can be released safely.",
            ) from fault
        before = digest(line)
        hidden = sum(one.numbers is None for one in seen)
        named = {name: held[name] for name in ("number", "name", "kind", "who", "when", "snapshot", "rule")}
        yield Entry(**named, figures=len(seen), hidden=hidden, seen=seen)


def digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def tables_of(seen: Sequence[Seen]) -> list[dict[str, Any]]:
    """Figures put together by measure and year, as the file has them."""
    found: dict[tuple, list] = {}
    for one in seen:
        cells = found.setdefault((one.measure, one.year), [])
        cells.append([one.level, one.place, one.question, *(["c"] if one.numbers is None else one.numbers)])
    return [{"measure": measure, "year": year, "figures": cells} for (measure, year), cells in found.items()]


def seen_in(line: Mapping[str, Any]) -> Iterator[Seen]:
    for table in line["tables"]:
        for level, place, question, *numbers in table["figures"]:
            asked = tuple((column, operator, tuple(values)) for column, operator, values in question)
            printed = None if numbers == ["c"] else tuple(numbers)
            yield Seen(table["measure"], table["year"], level, place, asked, printed, line["snapshot"], line["name"])

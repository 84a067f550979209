"""The ten recording documents: what each asks, from `progress_documents.toml`. How they look is in `reports.forms`."""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from virtualschool.errors import unknown
from virtualschool.plans.progress_ways import Kind, kinds


@dataclass(frozen=True)
class Asked:
    """A part of a document: a kind of record and the entries to fill in, each with the answers that are given already."""

    kind: Kind
    entries: tuple[Mapping[str, str], ...]
    recorded: bool


@dataclass(frozen=True)
class RecordingDocument:
    """`about` is child or home; `way` names the one of the six that it records; `words` what it says of the evidence so far."""

    name: str
    title: str
    who: str
    when: str
    parts: tuple[Asked, ...]
    words: tuple[str, ...] = ()
    way: str = ""
    about: str = "child"

    def part(self, kind: str) -> Asked | None:
        return next((one for one in self.parts if one.kind.name == kind), None)


@dataclass(frozen=True)
class _Held:
    version: int
    documents: Mapping[str, RecordingDocument] = field(default_factory=dict)


@functools.cache
def _held() -> _Held:
    table = tomllib.loads(resources.files("virtualschool.plans").joinpath("progress_documents.toml").read_text(encoding="utf-8"))
    return _Held(table["version"], {name: _document(name, row) for name, row in table["documents"].items()})


def documents() -> Mapping[str, RecordingDocument]:
    """The ten by name, in their order."""
    return _held().documents


def version() -> int:
    """What a filled document says it was made from."""
    return _held().version


def document(name: str) -> RecordingDocument:
    """Raises WrongUse for a document that there is none of."""
    if name not in documents():
        raise unknown("Document", name, documents())
    return documents()[name]


def _document(name: str, row: dict[str, Any]) -> RecordingDocument:
    row = dict(row)
    parts = tuple(_part(one, bool(row.get("way"))) for one in row.pop("parts"))
    return RecordingDocument(name, parts=parts, words=tuple(row.pop("words", ())), **row)


def _part(row: dict[str, Any], of_a_way: bool) -> Asked:
    kind = kinds()[row["kind"]]
    preset = row.get("preset", {})
    if each := row.get("each"):
        entries = [{**preset, each: value} for value in kind.field(each).values or {}]
    else:
        entries = [dict(preset) for _ in range(row["blanks"])]
    return Asked(kind, tuple(entries), row.get("recorded", of_a_way))

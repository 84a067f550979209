"""Reads a filled recording document back: the values of its content controls, with an account of every entry and what is wrong with some.

Nothing else of the file is looked at: no pictures, no macros, no outside parts. A message says which part, entry and question, never
what was answered.
"""

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from virtualschool.errors import Finding, Unreadable, WrongUse
from virtualschool.plans.progress_documents import RecordingDocument, documents, version
from virtualschool.plans.progress_ways import Kind, kinds, values_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
LARGEST, UNPACKED = 5_000_000, 40_000_000
AGAIN = "Download the document from this page, fill that one in, and save it as docx."


@dataclass
class Account:
    """Entries of one kind: filled in ones are kept or set aside; empty ones are not counted."""

    kind: str
    read: int = 0
    kept: int = 0
    set_aside: int = 0


@dataclass(frozen=True)
class Entry:
    """One entry that can be kept: kind, number in the document, and values as they are kept."""

    kind: str
    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Filled:
    """What a filled document holds. `key` is whom it was made for, empty for a blank one; `nothing` the kinds of which there is nothing
    to record today; `about` what was said at its top: by, on, child_took_part, child_has_seen."""

    document: RecordingDocument
    key: str
    about: Mapping[str, str]
    entries: tuple[Entry, ...]
    account: tuple[Account, ...]
    findings: tuple[Finding, ...]
    nothing: tuple[str, ...] = field(default_factory=tuple)


def read(content: bytes, today: datetime.date, name: str = "the document") -> Filled:
    """What a filled Word document says. Raises Unreadable or WrongUse where it is none of ours, or cannot be read at all."""
    root = _body(content, name)
    said = list(_answers(root))
    document, key = _reference(said, name)
    about, ticked = {}, []
    found: dict[tuple[str, str, int], dict[str, str]] = {}
    strange = 0
    for tag, text, place in said:
        first, _, rest = tag.partition(":")
        if first == "about":
            about[rest.partition(":")[2]] = text.strip()
        elif first == "none":
            ticked += [rest.partition(":")[0]] if text else []
        elif first in kinds() and rest.count(":") == 1 and document.part(first) is not None:
            number, _, question = rest.partition(":")
            found.setdefault((first, number, place), {})[question] = text
        elif tag != "form":
            strange += 1
    entries, account, findings = _entries(document, found, today, name)
    if strange:
        findings.append(
            Finding(name, 0, "", f"{strange} fields are not of this document.", "Look whether something was pasted in.", "shape")
        )
    filled = {one.kind for one in entries}
    nothing = tuple(one for one in ticked if one not in filled)
    return Filled(document, key, about, tuple(entries), tuple(account.values()), tuple(findings), nothing)


# --- The file ---


def _body(content: bytes, name: str) -> Any:
    from lxml import etree

    if len(content) > LARGEST:
        raise WrongUse(f"File {name}", "it is larger than 5 MB.", "Send the document alone, without pictures.")
    if content[:4] == b"%PDF":
        raise Unreadable(f"File {name}", "a PDF is for printing and cannot be read back.", "Fill in the Word document, or type it in here.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            if sum(part.file_size for part in held.infolist()) > UNPACKED:
                raise Unreadable(f"File {name}", "it would unpack to far more than its size.", AGAIN)
            xml = held.read("word/document.xml")
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, RuntimeError, NotImplementedError, zlib.error) as fault:
        raise Unreadable(f"File {name}", "it is no Word document (docx).", AGAIN) from fault
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Unreadable(f"File {name}", "it declares a document type, which Word never does.", AGAIN)
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as fault:
        raise Unreadable(f"File {name}", "its text cannot be read.", AGAIN) from fault


def _answers(root: Any) -> Iterable[tuple[str, str, int]]:
    """Tag, text and place of every content control, in reading order. The place is that of the table row or table around it, so that one
    that was copied is an entry of its own."""
    for control in root.iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        tag = properties.find(f"{W}tag") if properties is not None else None
        if tag is None:
            continue
        name = tag.get(f"{W}val") or ""
        kind = kinds().get(name.partition(":")[0])
        around = f"{W}tr" if kind is not None and kind.layout == "row" else f"{W}tbl"
        holder = next(control.iterancestors(around), None)
        yield name, _text(control, properties), id(holder) if holder is not None else 0


def _text(control: Any, properties: Any) -> str:
    """What a person put into a control: nothing while it shows its prompt."""
    box = properties.find(f"{W14}checkbox")
    if box is not None:
        checked = box.find(f"{W14}checked")
        return "yes" if checked is not None and checked.get(f"{W14}val") in ("1", "true", "on") else ""
    if properties.find(f"{W}showingPlcHdr") is not None:
        return ""
    content = control.find(f"{W}sdtContent")
    if content is None:
        return ""
    paragraphs = list(content.iter(f"{W}p"))
    return "\n".join(_line(one) for one in paragraphs) if paragraphs else _line(content)


def _line(held: Any) -> str:
    parts = {f"{W}t": lambda one: one.text or "", f"{W}br": lambda _: "\n", f"{W}cr": lambda _: "\n", f"{W}tab": lambda _: "\t"}
    return "".join(parts[one.tag](one) for one in held.iter(*parts))


def _reference(said: list[tuple[str, str, int]], name: str) -> tuple[RecordingDocument, str]:
    words = next((text.split() for tag, text, _ in said if tag == "form"), [])
    if len(words) < 3 or words[0] != "progress" or words[1] not in documents():
        raise Unreadable(f"File {name}", "it is none of the recording documents, or its form reference was changed.", AGAIN)
    if words[2] != str(version()):
        raise Unreadable(f"File {name}", f"it was made from version {words[2]} of the documents, and {version()} holds now.", AGAIN)
    return documents()[words[1]], " ".join(words[3:])


# --- Entries ---


def _entries(
    document: RecordingDocument, found: Mapping[tuple[str, str, int], Mapping[str, str]], today: datetime.date, name: str
) -> tuple[list[Entry], dict[str, Account], list[Finding]]:
    entries, findings = [], []
    account = {one.kind.name: Account(one.kind.name) for one in document.parts}
    counted: dict[str, int] = {}
    for (kind_name, given, _), said in found.items():
        kind = kinds()[kind_name]
        number = counted[kind_name] = counted.get(kind_name, 0) + 1
        if _is_empty(document, kind_name, given, said):
            continue
        held = account[kind_name]
        held.read += 1
        values, wrong = values_of(kind, said, today)
        for one in wrong:
            place = f"{kind.title}, entry {number}, {_ask(kind, one.field)}"
            findings.append(Finding(name, number, place, one.wrong, f"{one.do} The entry is set aside.", "set aside"))
        if wrong:
            held.set_aside += 1
        else:
            held.kept += 1
            entries.append(Entry(kind_name, number, values))
    return entries, account, findings


def _is_empty(document: RecordingDocument, kind: str, number: str, said: Mapping[str, str]) -> bool:
    """Whether nothing was filled in beyond what the document gave itself."""
    part = document.part(kind)
    given: Mapping[str, str] = {}
    if part is not None and number.isdigit() and 1 <= int(number) <= len(part.entries):
        given = part.entries[int(number) - 1]
    return not any(text.strip() for name, text in said.items() if name not in given)


def _ask(kind: Kind, name: str) -> str:
    return kind.field(name).ask

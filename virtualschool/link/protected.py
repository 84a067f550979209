"""The do-not-link list: children whom an authority has said must never be tied to a pupil, and numbers that must never be.

A child with a changed identity, or one who is sought by someone dangerous, is on no list that a person may come upon. So the
list is one encrypted file in the store's records, made at the first build whether anybody is on it or not, and of the same
size up to some hundreds of entries: neither that it is there nor how long it is tells anything. It outlives rebuilds. Nothing
that a build writes names it; a child on it is linked to nobody, and its reason is the one it would have if no pupil were near.

Entries are only ever added: taking a child off is an entry too, with who, when and why. The key is in the file that
VIRTUALSCHOOL_KEY_FILE names, else in records/protected.key. Beside the list a key protects a copy of the list alone, and
nothing else; docs/how-to/protected-children.md says so.
"""

import contextlib
import fcntl
import json
import math
import os
import pathlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

import ibis
from cryptography.fernet import Fernet, InvalidToken

from virtualschool import codes
from virtualschool.errors import Unreadable, WrongUse, unknown
from virtualschool.link.naming import keep_secret
from virtualschool.store import Store

KEY_FILE = "VIRTUALSCHOOL_KEY_FILE"
LIST, KEY = "protected.list", "protected.key"
ACTIONS = ("add", "remove")
SIZE = 1 << 16
"""Bytes: what is encrypted is filled up to a multiple of it, which holds some three hundred entries."""
NUMBER = re.compile(r"[A-Z0-9]{13}")
INVENTED = re.compile(r"V\d{2,3}")


@dataclass(frozen=True)
class Entry:
    """One line of the list: a child of an authority (`child`), or a number that must lead to no child (`upn`)."""

    la: str
    action: str
    who: str
    when: str
    why: str
    child: str = ""
    upn: str = ""


@dataclass(frozen=True)
class Asked:
    """What a file of identifiers names."""

    children: tuple[str, ...] = ()
    upns: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.children) + len(self.upns)


def listed(records: pathlib.Path) -> set[tuple[str, str]]:
    """The children who must never be linked: (la, child). A build asks this before anything is weighed.

    Raises Unreadable where there is a list that cannot be read: nothing is ever linked without it.
    """
    return {(la, value) for la, kind, value in standing(entries(records)) if kind == "child"}


def numbers(records: pathlib.Path) -> set[str]:
    """The UPNs that must lead to no child, in capitals and without spaces. Raises Unreadable as `listed`."""
    return {value for _, kind, value in standing(entries(records)) if kind == "upn"}


def without(seen: ibis.Table, upns: Collection[str]) -> ibis.Table:
    """Records of pupils (`sightings`) without those who bear one of some UPNs, or bore it: as if no such pupil were held."""
    borne = [column.isin(sorted(upns)).fill_null(False) for column in (seen.upn, seen.former_upn)]
    references = seen.filter(ibis.or_(*borne) & seen.pmr.notnull()).select(hidden="pmr").distinct()
    learners = seen.filter(ibis.or_(*borne) & seen.uln.notnull()).select(learner="uln").distinct()
    kept = seen.filter(~ibis.or_(*borne))
    kept = kept.anti_join(references, kept.pmr == references.hidden)
    return kept.anti_join(learners, kept.uln == learners.learner)


def standing(made: Iterable[Entry]) -> set[tuple[str, str, str]]:
    """What is on the list now: la, `child` or `upn`, and the identifier."""
    now: set[tuple[str, str, str]] = set()
    for entry in made:
        change = now.add if entry.action == "add" else now.discard
        for kind, value in (("child", entry.child), ("upn", entry.upn)):
            if value:
                change((entry.la, kind, value))
    return now


def change(records: pathlib.Path, la: str, action: str, asked: Asked, *, who: str, when: str, why: str) -> int:
    """Adds entries that put an authority's children and numbers on the list, or take its own off; how many of them were news.

    Raises WrongUse where who or why is missing, or nobody is named; Unreadable as `listed`.
    """
    if action not in ACTIONS:
        raise ValueError(f"An action is one of {ACTIONS}, not {action!r}.")
    for said, name in ((who, "--as"), (why, "--why")):
        if not said.strip():
            raise WrongUse("protect", f"{name} is empty.", "The list keeps who changed it, and why.")
    if not asked:
        raise WrongUse("protect", "nobody is named.", "Give a file with one identifier of a child in each line.")
    fresh = [Entry(la, action, who, when, why, child=child) for child in asked.children]
    fresh += [Entry(la, action, who, when, why, upn=upn) for upn in asked.upns]
    with locked(records):
        start(records)
        made = entries(records)
        write(records, [*made, *fresh])
    return len(standing(made) ^ standing([*made, *fresh]))


def protect(store: Store, la: str, action: str, asked: Asked, *, who: str, when: str, why: str) -> tuple[int, int | None]:
    """Changes the list of a store, which may be a new one; how many changes were news, and how many of the children named no
    return of the authority holds (None where the store holds nothing yet).

    Raises WrongUse for a code that is no authority's, and as `change`.
    """
    stands = (store.path / "current").is_file()
    children: set[str] | None = None
    known = {row["la"] for row in codes.load("authorities")}
    if stands:
        rows = store.current().engine().rows("SELECT DISTINCT la, child FROM header")
        known |= {row["la"] for row in rows}
        children = {row["child"] for row in rows if row["la"] == la}
    if la not in known and not INVENTED.fullmatch(la):
        raise unknown("Authority", la, known)
    if not stands:
        # Children may be listed before anything is built, so that no build ever links them.
        with store.draft():
            pass
    news = change(store.path / "records", la, action, asked, who=who, when=when, why=why)
    return news, None if children is None else len(set(asked.children) - children)


def read_identifiers(text: str, where: str) -> Asked:
    """The identifiers in a text: one in each line, or a CSV with the columns `child`, `upn` or both.

    Raises WrongUse, with the line and never with what stands in it.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1) if line.strip()]
    heading = [name.strip().casefold() for name in lines[0][1].split(",")] if lines else []
    columns = heading if heading and set(heading) <= {"child", "upn"} else None
    children: dict[str, None] = {}
    upns: dict[str, None] = {}
    for number, line in lines[1:] if columns else lines:
        cells = [cell.strip().strip('"').strip() for cell in line.split(",")]
        if len(cells) != len(columns or ["child"]):
            raise WrongUse(f"{where}, line {number}", "it has another number of cells than the first.", "Write one child in each line.")
        for name, cell in zip(columns or ["child"], cells, strict=True):
            if cell and name == "child":
                children[cell] = None
            elif cell:
                upn = cell.upper().replace(" ", "")
                if not NUMBER.fullmatch(upn):
                    raise WrongUse(f"{where}, line {number}", "this is not a UPN.", "A UPN has 13 letters and digits.")
                upns[upn] = None
    return Asked(tuple(children), tuple(upns))


# --- The file ---


def entries(records: pathlib.Path) -> list[Entry]:
    """Every entry, in order. Where there is no list yet, one is made, with nobody on it."""
    place = records / LIST
    if not place.exists():
        with locked(records):
            start(records)
    try:
        text = Fernet(secret(records)).decrypt(place.read_bytes()).decode()
        return [Entry(**checked(json.loads(line))) for line in text.splitlines() if line.strip()]
    except InvalidToken as fault:
        raise Unreadable(
            f"The do-not-link list {place}",
            f"it cannot be read with the key in {key_file(records)}.",
            f"Set {KEY_FILE} to the file of its key, or bring list and key back from a backup. Nothing is linked until then.",
        ) from fault
    except (ValueError, TypeError, KeyError) as fault:
        raise Unreadable(
            f"The do-not-link list {place}",
            "what it holds was not written by this program.",
            "Bring it back from a backup. Nothing is linked until then.",
        ) from fault


def start(records: pathlib.Path) -> None:
    """Makes list and key where there is neither; for a process that holds the lock."""
    place, key = records / LIST, key_file(records)
    if place.exists():
        return
    if (records / KEY).exists():
        raise Unreadable(
            f"The do-not-link list {place}",
            "it is gone, and its key is there.",
            "Bring it back from a backup. Nothing is linked until then.",
        )
    if not key.exists():
        with unreadable(key):
            keep_secret(key, Fernet.generate_key() + b"\n")
    write(records, [])


def checked(entry: Mapping) -> dict[str, str]:
    known = {found.name for found in fields(Entry)}
    if set(entry) - known or entry["action"] not in ACTIONS or not all(isinstance(value, str) for value in entry.values()):
        raise ValueError
    return dict(entry)


def write(records: pathlib.Path, made: Sequence[Entry]) -> None:
    """The list, put in the place of the one before in one step."""
    text = "".join(json.dumps({name: value for name, value in asdict(entry).items() if value}) + "\n" for entry in made).encode()
    filled = text.ljust(SIZE * max(1, math.ceil(len(text) / SIZE)))
    fresh = records / f".{LIST}-{os.getpid()}"
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(Fernet(secret(records)).encrypt(filled))
        opened.flush()
        os.fsync(opened.fileno())
    fresh.replace(records / LIST)


def key_file(records: pathlib.Path) -> pathlib.Path:
    named = os.environ.get(KEY_FILE, "").strip()
    return pathlib.Path(named) if named else records / KEY


def secret(records: pathlib.Path) -> bytes:
    place = key_file(records)
    with unreadable(place):
        found = place.read_bytes().strip()
        Fernet(found)
    return found


@contextlib.contextmanager
def unreadable(key: pathlib.Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as fault:
        raise Unreadable(
            f"The key of the do-not-link list, {key}",
            "it cannot be read.",
            f"Set {KEY_FILE} to the file of the key, or bring it back from a backup. Nothing is linked until then.",
        ) from fault


@contextlib.contextmanager
def locked(records: pathlib.Path) -> Iterator[None]:
    """Lets one process at a time change the list."""
    records.mkdir(parents=True, exist_ok=True)
    handle = os.open(records, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)

"""A store as one encrypted file, and back: for a copy away from the machine that a fire or a thief can't use.

The file is a tar of the store, compressed, in blocks of AES-256-GCM: each block is bound to its place and the last one says that it
is the last, so that a block that is altered, moved, taken out or cut off is noticed. The key is a file of its own; without it nothing
can be had. Databases of SQLite are copied as they stand at one moment, also while they are written. Records that are kept in
PostgreSQL are not in it: its own `pg_dump` copies them.
"""

import base64
import contextlib
import fcntl
import gzip
import hashlib
import os
import pathlib
import secrets
import shutil
import sqlite3
import struct
import tarfile
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from virtualschool.errors import Busy, Damaged, Unreadable, WrongUse
from virtualschool.link.naming import keep_secret
from virtualschool.store import Store

MAGIC = b"virtualschool-backup-1\n"
BLOCK = 1 << 20
KEY_BYTES = 32
LEFT_OUT = ("lock", "uploads")
"""What a store works with and can do without. Files of an upload that nobody has decided on are brought again."""


def new_key(file: pathlib.Path) -> None:
    """Writes a new key to a file that only its owner may read. Raises WrongUse where the file is there already."""
    if file.exists():
        raise WrongUse(f"Key {file}", "there is a file of that name already.", "Name another, or use that one: --key FILE")
    keep_secret(file, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")


def read_key(file: pathlib.Path) -> bytes:
    try:
        key = base64.b64decode(file.read_bytes().strip(), validate=True)
    except (OSError, ValueError) as fault:
        raise Unreadable(
            f"Key {file}", "it cannot be read as a key.", "Make one: virtualschool backup STORE FILE --new-key KEYFILE"
        ) from fault
    if len(key) != KEY_BYTES:
        raise Unreadable(f"Key {file}", "it is not a key of a backup.", "Name the file that --new-key made.")
    return key


def backup(store: pathlib.Path, file: pathlib.Path, key: bytes) -> int:
    """Writes the store, encrypted, to a file that is whole or not there; its bytes. No build may run meanwhile: raises Busy."""
    Store.open(store).current()
    if file.exists():
        raise WrongUse(f"File {file}", "it is there already.", "Name one that is not.")
    half = file.with_name(f".{file.name}.half")
    try:
        with held(store), tempfile.TemporaryDirectory(dir=file.resolve().parent) as scratch, half.open("wb") as out:
            os.chmod(half, 0o600)
            with (
                Sealed(out, key) as sealed,
                gzip.GzipFile(fileobj=cast(BinaryIO, sealed), mode="wb", compresslevel=1, mtime=0) as packed,
                tarfile.open(fileobj=packed, mode="w|") as archive,
            ):
                add(archive, store, pathlib.Path(scratch))
            out.flush()
            os.fsync(out.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    return file.stat().st_size


def restore(file: pathlib.Path, store: pathlib.Path, key: bytes) -> None:
    """Makes the store of a backup again in a place where there is nothing. Raises Damaged where the file is not as it was written, or
    the key is another's; then nothing is left behind."""
    if store.exists() and (not store.is_dir() or any(store.iterdir())):
        raise WrongUse(f"Store {store}", "there is something in this place.", "Name a folder that does not exist yet.")
    store.parent.mkdir(parents=True, exist_ok=True)
    half = pathlib.Path(tempfile.mkdtemp(prefix=f".{store.name}-", dir=store.parent))
    try:
        with opened(file) as source, tarfile.open(fileobj=cast(BinaryIO, Unsealed(source, key, file)), mode="r|gz") as archive:
            archive.extractall(half, filter="data")
        Store.open(half).current()
        if store.exists():
            store.rmdir()
        half.rename(store)
    except (tarfile.TarError, EOFError, OSError) as fault:
        if isinstance(fault, OSError) and fault.errno:
            raise
        raise damaged(file) from fault
    finally:
        shutil.rmtree(half, ignore_errors=True)


def add(archive: tarfile.TarFile, store: pathlib.Path, scratch: pathlib.Path) -> None:
    """The files of a store, in order; databases as copies made at one moment."""
    for path in sorted(store.rglob("*")):
        name = path.relative_to(store)
        if name.parts[0] in LEFT_OUT or name.parts[0].startswith(".draft-") or path.name.endswith(("-wal", "-shm", "-journal")):
            continue
        if path.suffix == ".sqlite3":
            copy = scratch / path.name
            with contextlib.closing(sqlite3.connect(path)) as source, contextlib.closing(sqlite3.connect(copy)) as target:
                source.backup(target)
            path = copy
        archive.add(path, str(name), recursive=False)


@contextlib.contextmanager
def held(store: pathlib.Path) -> Iterator[None]:
    """Holds the lock that builds take, so that nothing is swept away meanwhile."""
    with (store / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise Busy(f"Store {store}", "a build is running.", "Wait for it to end, then run the command again.") from fault
        yield


@contextlib.contextmanager
def opened(file: pathlib.Path) -> Iterator[BinaryIO]:
    try:
        source = file.open("rb")
    except OSError as fault:
        raise Unreadable(f"File {file}", "there is no such file, or it cannot be read.", "Check the path.") from fault
    with source:
        if source.read(len(MAGIC)) != MAGIC:
            raise Unreadable(f"File {file}", "it is no backup of a store.", "Name a file that `virtualschool backup` wrote.")
        yield source


def damaged(file: pathlib.Path) -> Damaged:
    return Damaged(f"File {file}", "it cannot be opened: the key is another's, or the file is not as it was written.", "Try another copy.")


def nonce_and_mark(salt: bytes, number: int, last: bool) -> tuple[bytes, bytes]:
    return salt + struct.pack(">I", number), b"last" if last else b"more"


class Sealed:
    """A file to write to: what is written goes out in encrypted blocks."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        # Each backup has a key of its own, so that no nonce is used twice under one.
        self.out, self.salt, self.number, self.waiting = out, secrets.token_bytes(8), 0, bytearray()
        own = secrets.token_bytes(16)
        self.cipher = AESGCM(derived(key, own))
        out.write(MAGIC + own + self.salt)

    def __enter__(self) -> "Sealed":
        return self

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            self.block(bytes(self.waiting), last=True)

    def write(self, some: bytes) -> int:
        self.waiting += some
        while len(self.waiting) > BLOCK:
            self.block(bytes(self.waiting[:BLOCK]), last=False)
            del self.waiting[:BLOCK]
        return len(some)

    def block(self, some: bytes, last: bool) -> None:
        nonce, mark = nonce_and_mark(self.salt, self.number, last)
        sealed = self.cipher.encrypt(nonce, some, mark)
        self.out.write(struct.pack(">?I", last, len(sealed)) + sealed)
        self.number += 1


class Unsealed:
    """A file to read from: blocks are opened, in order, and each is proved before any of it is given."""

    def __init__(self, source: BinaryIO, key: bytes, file: pathlib.Path) -> None:
        own, self.salt = source.read(16), source.read(8)
        self.source, self.file, self.number, self.held, self.ended = source, file, 0, bytearray(), False
        self.cipher = AESGCM(derived(key, own))

    def read(self, size: int) -> bytes:
        while len(self.held) < size and not self.ended:
            self.held += self.block()
        given = bytes(self.held[:size])
        del self.held[:size]
        return given

    def block(self) -> bytes:
        head = self.source.read(5)
        if len(head) < 5:
            raise damaged(self.file)
        last, length = struct.unpack(">?I", head)
        if length > BLOCK + 16:
            raise damaged(self.file)
        nonce, mark = nonce_and_mark(self.salt, self.number, last)
        try:
            some = self.cipher.decrypt(nonce, self.source.read(length), mark)
        except InvalidTag as fault:
            raise damaged(self.file) from fault
        self.number += 1
        self.ended = last
        return some


def derived(key: bytes, own: bytes) -> bytes:
    """The key of one backup."""
    return hashlib.blake2b(own, key=key, digest_size=KEY_BYTES, person=b"vs-backup").digest()

"""A backup is a whole store, encrypted, and comes back the same or not at all."""

import contextlib
import fcntl
import pathlib
import sqlite3

import pytest

from virtualschool import backup
from virtualschool.errors import Busy, Damaged, Unreadable, WrongUse


@pytest.fixture
def key(tmp_path) -> bytes:
    backup.new_key(tmp_path / "key")
    return backup.read_key(tmp_path / "key")


@pytest.fixture
def store(tmp_path) -> pathlib.Path:
    """A store by hand: one snapshot, a record, a database with a row that is still in its log, and things that are left out."""
    place = tmp_path / "store"
    for folder in ("snapshots/000001-a", "objects", "records", "uploads/1"):
        (place / folder).mkdir(parents=True)
    (place / "snapshots/000001-a/manifest.json").write_text('{"format": 1, "tables": {}, "inputs": []}')
    (place / "current").write_text("000001-a\n")
    (place / "objects/abc").write_bytes(bytes(range(256)) * 12_000)
    (place / "records/token.key").write_bytes(b"KID-SECRET")
    (place / "uploads/1/header.csv").write_text("waiting")
    (place / "lock").touch()
    database = sqlite3.connect(place / "web.sqlite3")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE notes (words)")
    database.execute("INSERT INTO notes VALUES ('KID-NOTE')")
    database.commit()
    yield place
    database.close()


def test_a_store_comes_back_as_it_was(store, key, tmp_path):
    file = tmp_path / "backup"
    backup.backup(store, file, key)
    backup.restore(file, tmp_path / "again", key)
    same = ["current", "objects/abc", "records/token.key", "snapshots/000001-a/manifest.json"]
    assert [(tmp_path / "again" / name).read_bytes() == (store / name).read_bytes() for name in same] == [True] * 4
    with contextlib.closing(sqlite3.connect(tmp_path / "again/web.sqlite3")) as database:
        assert database.execute("SELECT words FROM notes").fetchall() == [("KID-NOTE",)]
    assert not (tmp_path / "again/uploads").exists()


def test_the_file_tells_nothing_without_the_key(store, key, tmp_path):
    backup.backup(store, tmp_path / "backup", key)
    text = (tmp_path / "backup").read_bytes()
    assert b"KID" not in text and b"manifest" not in text and b"snapshots" not in text
    assert (tmp_path / "backup").stat().st_mode & 0o077 == 0 and (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_another_key_opens_nothing_and_leaves_nothing(store, key, tmp_path):
    backup.backup(store, tmp_path / "backup", key)
    backup.new_key(tmp_path / "other")
    with pytest.raises(Damaged, match="the key is another's"):
        backup.restore(tmp_path / "backup", tmp_path / "again", backup.read_key(tmp_path / "other"))
    assert not (tmp_path / "again").exists() and not list(tmp_path.glob(".again*"))


@pytest.mark.parametrize("hurt", ["a bit turned", "cut off", "a block taken out", "blocks changed about"])
def test_a_file_that_was_tampered_with_is_refused(store, key, tmp_path, hurt):
    (store / "objects/noise").write_bytes(__import__("random").Random(1).randbytes(3_500_000))
    file = tmp_path / "backup"
    backup.backup(store, file, key)
    text, head = bytearray(file.read_bytes()), len(backup.MAGIC) + 24
    one = 5 + backup.BLOCK + 16
    first, second = text[head : head + one], text[head + one : head + 2 * one]
    if hurt == "a bit turned":
        text[-100] ^= 1
    elif hurt == "cut off":
        del text[head + 2 * one :]
    elif hurt == "a block taken out":
        del text[head : head + one]
    else:
        text[head : head + 2 * one] = second + first
    file.write_bytes(text)
    with pytest.raises(Damaged):
        backup.restore(file, tmp_path / "again", key)
    assert not (tmp_path / "again").exists()


def test_no_backup_is_made_while_a_build_runs(store, key, tmp_path):
    with (store / "lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Busy, match="a build is running"):
            backup.backup(store, tmp_path / "backup", key)
    assert list(tmp_path.glob("*backup*")) == []


def test_wrong_use_is_told(store, key, tmp_path):
    backup.backup(store, tmp_path / "backup", key)
    with pytest.raises(WrongUse, match="it is there already"):
        backup.backup(store, tmp_path / "backup", key)
    with pytest.raises(WrongUse, match="there is something in this place"):
        backup.restore(tmp_path / "backup", store, key)
    with pytest.raises(Unreadable, match="it is no backup"):
        backup.restore(store / "current", tmp_path / "again", key)
    with pytest.raises(Unreadable, match="cannot be read as a key"):
        backup.read_key(store / "current")
    with pytest.raises(WrongUse, match="there is a file of that name"):
        backup.new_key(tmp_path / "key")

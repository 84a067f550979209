import json
import multiprocessing
import os
import signal
import time
from types import SimpleNamespace

import duckdb
import pyarrow as pa
import pytest

from virtualschool import store
from virtualschool.errors import Busy, Damaged, NotAStore, WrongUse
from virtualschool.store import SNAPSHOTS_KEPT, Store

ROWS = pa.table({"la": ["302", "301"], "n": pa.array([2, 1], pa.int32())})


def built(path, table=ROWS) -> str:
    with Store(path).draft() as draft:
        draft.write("numbers", table, order_by=("la",))
        return draft.finish({"inputs": []}).name


def test_what_was_written_is_read_back_in_order(tmp_path):
    built(tmp_path / "store")
    assert Store.open(tmp_path / "store").current().engine().rows("SELECT la, n FROM numbers") == [
        {"la": "301", "n": 1},
        {"la": "302", "n": 2},
    ]


@pytest.mark.parametrize("left", [b"PAR1 and no more", None])
def test_a_file_of_the_store_that_is_damaged_or_gone_is_named_with_what_to_do(tmp_path, left):
    built(tmp_path / "store")
    (sha,) = Store.open(tmp_path / "store").current().manifest["tables"]["numbers"]
    place = tmp_path / "store" / "objects" / sha
    place.unlink() if left is None else place.write_bytes(left)
    with pytest.raises(duckdb.Error) as fault:
        Store.open(tmp_path / "store").current().engine().rows("SELECT n FROM numbers")
    assert str(store.of_the_engine(fault.value)) == (
        f"Store {tmp_path}/store: its file objects/{sha[:10]}… is gone, or is not as it was written. "
        "Restore it from a backup, or build it again from its files."
    )
    assert store.of_the_engine(duckdb.IOException("Could not write: No space left on device")).exit_code == 2
    assert store.of_the_engine(duckdb.ParserException("SELEKT")) is None


def test_tables_that_nothing_was_written_to_are_there_and_empty(tmp_path):
    built(tmp_path / "store")
    assert Store.open(tmp_path / "store").current().engine().value("SELECT count(*) FROM children") == 0


def test_the_same_rows_are_the_same_bytes_whatever_order_they_came_in(tmp_path):
    built(tmp_path / "one")
    built(tmp_path / "two", ROWS.take([1, 0]))
    one, two = (Store.open(tmp_path / name).current().manifest["tables"]["numbers"] for name in ("one", "two"))
    assert one == two


def test_a_folder_without_a_store_is_refused_with_what_to_do(tmp_path):
    with pytest.raises(NotAStore) as fault:
        Store.open(tmp_path / "nowhere")
    assert str(fault.value) == (
        f"Store {tmp_path}/nowhere: there is no store in this place. Build one: virtualschool build {tmp_path}/nowhere --from FOLDER"
    )


def test_a_folder_with_other_things_in_it_is_not_built_in(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(WrongUse, match="this folder holds other things"), Store(tmp_path).draft():
        pass


def test_a_draft_that_fails_leaves_the_snapshot_that_stood(tmp_path):
    name = built(tmp_path / "store")
    with pytest.raises(RuntimeError), Store(tmp_path / "store").draft() as draft:
        draft.write("numbers", ROWS.slice(0, 1))
        raise RuntimeError
    assert Store.open(tmp_path / "store").current().name == name
    assert not list((tmp_path / "store").glob(".draft-*"))


def build_and_hang(path, ready):
    with Store(path).draft() as draft:
        draft.write("numbers", ROWS.slice(0, 1))
        ready.set()
        time.sleep(60)


def test_a_build_that_is_killed_leaves_the_store_as_it_was_and_the_next_sweeps_up(tmp_path):
    path = tmp_path / "store"
    name = built(path)
    ready = multiprocessing.get_context("spawn").Event()
    other = multiprocessing.get_context("spawn").Process(target=build_and_hang, args=(path, ready))
    other.start()
    assert ready.wait(30)
    with pytest.raises(Busy, match="another build is running"), Store(path).draft():
        pass
    os.kill(other.pid, signal.SIGKILL)
    other.join()
    assert Store.open(path).current().name == name
    assert Store.open(path).current().engine().value("SELECT sum(n) FROM numbers") == 3
    again = built(path)
    assert again != name
    assert not list(path.glob(".draft-*"))
    assert len(list((path / "objects").iterdir())) == 1


def test_the_last_five_snapshots_are_kept_with_what_they_need(tmp_path):
    for number in range(SNAPSHOTS_KEPT + 3):
        built(tmp_path / "store", pa.table({"la": ["301"], "n": pa.array([number], pa.int32())}))
    store = Store.open(tmp_path / "store")
    assert len(store.snapshots()) == SNAPSHOTS_KEPT
    assert len(list((store.path / "objects").iterdir())) == SNAPSHOTS_KEPT
    assert store.current().engine().value("SELECT n FROM numbers") == SNAPSHOTS_KEPT + 2


def test_a_store_of_a_later_version_is_not_misread(tmp_path):
    name = built(tmp_path / "store")
    file = tmp_path / "store" / "snapshots" / name / "manifest.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "format": 99}))
    with pytest.raises(NotAStore, match="written by a later version"):
        Store.open(tmp_path / "store").current()


def test_an_input_is_copied_under_its_hash(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"abc")
    with Store(tmp_path / "store").draft() as draft:
        sha, copy = draft.keep_input(tmp_path / "a.csv")
        assert sha == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        assert copy.read_bytes() == b"abc"


def test_a_build_that_fails_keeps_no_copy_of_its_files(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"abc")
    with pytest.raises(RuntimeError), Store(tmp_path / "store").draft() as draft:
        draft.keep_input(tmp_path / "a.csv")
        raise RuntimeError
    assert not list((tmp_path / "store" / "inputs").iterdir())


def test_a_damaged_snapshot_does_not_stand_in_the_way_of_a_new_build(tmp_path):
    name = built(tmp_path / "store")
    (tmp_path / "store" / "snapshots" / name / "manifest.json").write_text("{")
    with pytest.raises(Damaged, match="the current snapshot cannot be read"):
        Store.open(tmp_path / "store").current()
    assert built(tmp_path / "store") != name
    assert Store.open(tmp_path / "store").current().engine().value("SELECT sum(n) FROM numbers") == 3


def test_what_is_remembered_is_let_go_of_by_its_size_the_longest_unasked_first(monkeypatch):
    asked = []

    @store.remembered
    def letters(engine, name, number):
        asked.append(name)
        return name * number

    monkeypatch.setattr(store, "REMEMBERED", 10)
    store.forget()
    try:
        engine = SimpleNamespace(snapshot="a snapshot")
        for name in ("A", "B", "A"):
            letters(engine, name, 4)
        assert asked == ["A", "B"]
        letters(engine, "C", 5)  # 13 in all: B goes, which was asked for the longest ago.
        letters(engine, "A", 4)
        assert asked == ["A", "B", "C"]
        letters(engine, "B", 4)
        assert asked == ["A", "B", "C", "B"]
        letters(SimpleNamespace(snapshot=""), "B", 4)  # Of a draft nothing is kept.
        assert asked[-2:] == ["B", "B"]
    finally:
        store.forget()

"""From files to a store: the row account, the same bytes twice, killed builds, replaced files."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pytest

from virtualschool.store import Store


def test_every_row_read_is_kept_or_set_aside(run, built):
    status = run.json("status", built)
    assert {"snapshot", "files", "links", "findings"} <= set(status)
    assert status["files"]
    for file in status["files"]:
        assert file["read"] == file["kept"] + file["set_aside"], file
    assert status["links"]["linked"] > 0.4 * status["links"]["children"]  # Headers hold care leavers and children under five too.


@pytest.mark.parametrize("seconds", [2.0, 8.0])
def test_a_build_killed_at_any_moment_leaves_the_store_as_it_was(run, england, built, tmp_path, seconds):
    store = tmp_path / "store"
    shutil.copytree(built, store)
    before = run.json("figures", store, "attainment_8", "--year", 2024)
    building = subprocess.Popen(
        [sys.executable, "-m", "virtualschool", "build", str(store), "--from", str(england)], stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    os.kill(building.pid, signal.SIGKILL)
    building.wait()
    assert run.json("figures", store, "attainment_8", "--year", 2024) == before


def test_after_a_killed_build_the_next_completes_and_the_same_files_give_the_same_bytes(run, england, built, tmp_path):
    store = tmp_path / "store"
    shutil.copytree(built, store)
    building = subprocess.Popen(
        [sys.executable, "-m", "virtualschool", "build", str(store), "--from", str(england)], stderr=subprocess.DEVNULL
    )
    time.sleep(4)
    os.kill(building.pid, signal.SIGKILL)
    building.wait()
    run("build", store, "--from", england)
    assert not list(store.glob(".draft-*"))
    assert Store.open(store).current().manifest["tables"] == Store.open(built).current().manifest["tables"]


def test_a_second_build_at_the_same_time_is_told_who_builds(run, england, tmp_path):
    store = Store(tmp_path / "store")
    with store.draft():
        done = run("build", store.path, "--from", england, code=2)
    assert "another build is running" in done.stderr


def test_an_added_file_takes_the_place_of_its_like(run, england, built, tmp_path):
    store = tmp_path / "store"
    shutil.copytree(built, store)
    la, year = "V01", 2025
    newer = tmp_path / "newer" / la / str(year)
    newer.mkdir(parents=True)
    lines = (england / "care" / la / str(year) / "header.csv").read_text().splitlines(keepends=True)
    (newer / "header.csv").write_text("".join(lines[:-5]))
    run("build", store, "--add", tmp_path / "newer")
    before, after = ({key(file): file["read"] for file in run.json("status", place)["files"]} for place in (built, store))
    assert after[("ssda903.header", la, year)] == before[("ssda903.header", la, year)] - 5
    del before[("ssda903.header", la, year)], after[("ssda903.header", la, year)]
    assert after == before


def key(file: dict) -> tuple:
    return file["kind"], file["la"], file["year"]


def test_a_file_named_by_itself_that_is_nothing_we_know_is_refused_with_the_nearest(run, tmp_path):
    (tmp_path / "odd.csv").write_text("CHILD,SEX,DOB,ETHNICITY,NUMBER\n1,M,01/01/2010,WBRI,X\n")
    done = run("build", tmp_path / "store", "--from", tmp_path / "odd.csv", code=2)
    assert "odd.csv" in done.stderr
    assert "header" in done.stderr
    assert not (tmp_path / "store" / "current").exists()


def test_an_unknown_file_in_a_folder_is_a_finding(run, england, tmp_path):
    folder = tmp_path / "in"
    shutil.copytree(england / "care" / "V01" / "2025", folder / "V01" / "2025")
    (folder / "V01" / "2025" / "odd.csv").write_text("a,b\n1,2\n")
    run("build", tmp_path / "store", "--from", folder)
    findings = Store.open(tmp_path / "store").current().engine().rows("SELECT * FROM findings WHERE rule = 'unknown file'")
    assert [finding["file"] for finding in findings] == ["V01/2025/odd.csv"]


def test_no_value_of_a_child_is_in_the_manifest_or_the_findings(built):
    snapshot = Store.open(built).current()
    engine = snapshot.engine()
    upns = {row["upn"] for row in engine.rows("SELECT DISTINCT upn FROM header WHERE length(upn) = 13")}
    children = {row["child"] for row in engine.rows("SELECT DISTINCT child FROM header") if len(row["child"]) >= 6}
    said = json.dumps(snapshot.manifest) + json.dumps(engine.rows("SELECT * FROM findings"))
    words = set(said.replace('"', " ").replace(",", " ").replace(":", " ").split())
    assert not words & upns
    assert not words & children


def test_the_truth_is_known_and_not_used(built):
    truth = [file for file in Store.open(built).current().manifest["files"] if pathlib.PurePath(file["file"]).parts[0] == "truth"]
    assert [(file["kind"], file["kept"]) for file in truth] == [("truth.effects", 0), ("truth.links", 0)]

"""From files to a store: the row account, the same bytes twice, killed builds, replaced files."""

import csv
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

YEAR = "2025"
TERMS = {"Autumn": (100, 10), "Spring": (80, 4), "Summer": (60, 6)}
"""Sessions possible and missed of every child, in a file for each term."""


def test_every_row_read_is_kept_or_set_aside(run, built):
    status = run.json("status", built)
    assert {"snapshot", "files", "links", "findings"} <= set(status)
    assert status["files"]
    for file in status["files"]:
        assert file["read"] == file["kept"] + file["set_aside"], file
    assert status["links"]["linked"] > 0.4 * status["links"]["children"]  # Headers hold care leavers and children under five too.


@pytest.fixture(scope="module")
def part(england, tmp_path_factory) -> pathlib.Path:
    """Some of the files: one authority's returns of two years, with census, key stage 4 and exclusions of one. Soon built."""
    folder = tmp_path_factory.mktemp("part") / "in"
    shutil.copytree(england / "geography", folder / "geography")
    for year in ("2024", YEAR):
        shutil.copytree(england / "care" / "V01" / year, folder / "care" / "V01" / year)
    (folder / "education" / YEAR).mkdir(parents=True)
    for name in ("ks4.csv", "exclusions.csv", "cin.csv"):
        shutil.copy(england / "education" / YEAR / name, folder / "education" / YEAR / name)
    with (england / "care" / "V01" / YEAR / "header.csv").open(encoding="utf-8") as opened:
        numbers = [row["UPN"] for row in csv.DictReader(opened) if len(row["UPN"]) == 13]
    for term, (possible, missed) in TERMS.items():
        head = f"AcademicYear_ab25,UPN_ab25,SessionsPossible_{term}_ab25,AuthorisedAbsence_{term}_ab25,UnauthorisedAbsence_{term}_ab25"
        rows = [f"2024/2025,{number},{possible},{missed - 1},1" for number in numbers]
        (folder / "education" / YEAR / f"absence_{term}.csv").write_text("\n".join([head, *rows]) + "\n")
    return folder


@pytest.fixture(scope="module")
def built_of_part(run, part) -> pathlib.Path:
    run("build", part.parent / "store", "--from", part)
    return part.parent / "store"


@pytest.fixture
def store(built_of_part, tmp_path) -> pathlib.Path:
    """A store that a test may build in."""
    return shutil.copytree(built_of_part, tmp_path / "store")


def killed(store: pathlib.Path, files: pathlib.Path, seconds: float) -> None:
    """Begins a build and kills it after so many seconds."""
    words = [sys.executable, "-m", "virtualschool", "build", str(store), "--from", str(files)]
    building = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    os.kill(building.pid, signal.SIGKILL)
    building.wait()


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [1.5, 4.0])
def test_a_build_killed_at_any_moment_leaves_the_store_as_it_was(run, england, store, seconds):
    asked = ("figures", store, "attainment_8", "--year", YEAR, "--la", "V01")
    before = run.json(*asked)
    # All files are more than can be built in that time.
    killed(store, england, seconds)
    assert run.json(*asked) == before


@pytest.mark.slow
def test_after_a_killed_build_the_next_completes_and_the_same_files_give_the_same_bytes(run, england, part, built_of_part, store):
    killed(store, england, 3)
    run("build", store, "--from", part)
    assert not list(store.glob(".draft-*"))
    assert Store.open(store).current().manifest["tables"] == Store.open(built_of_part).current().manifest["tables"]


def test_a_second_build_at_the_same_time_is_told_who_builds(run, england, tmp_path):
    store = Store(tmp_path / "store")
    with store.draft():
        done = run("build", store.path, "--from", england, code=2)
    assert "another build is running" in done.stderr


@pytest.mark.slow
def test_an_added_file_takes_the_place_of_its_like(run, england, built_of_part, store, tmp_path):
    la, year = "V01", int(YEAR)
    newer = tmp_path / "newer" / la / str(year)
    newer.mkdir(parents=True)
    lines = (england / "care" / la / str(year) / "header.csv").read_text().splitlines(keepends=True)
    (newer / "header.csv").write_text("".join(lines[:-5]))
    run("build", store, "--add", tmp_path / "newer")
    before, after = ({key(file): file["read"] for file in run.json("status", place)["files"]} for place in (built_of_part, store))
    assert after[("ssda903.header", la, year)] == before[("ssda903.header", la, year)] - 5
    del before[("ssda903.header", la, year)], after[("ssda903.header", la, year)]
    assert after == before


@pytest.mark.slow
def test_attendance_by_term_is_what_the_files_of_terms_say(run, built_of_part):
    rows = run.json("control", built_of_part, "attendance", "--la", "V01", "--audience", "internal")["rows"]
    assert [(row["at"], row["value"]) for row in rows] == [("Autumn 2024", 90.0), ("Spring 2025", 95.0), ("Summer 2025", 90.0)]
    [children] = {row["children"] for row in rows}
    assert children > 20
    assert [row["count"] for row in rows] == [90 * children, 76 * children, 54 * children]


def key(file: dict) -> tuple:
    return file["kind"], file["la"], file["year"]


def test_a_file_named_by_itself_that_is_nothing_we_know_is_refused_with_the_nearest(run, tmp_path):
    (tmp_path / "odd.csv").write_text("CHILD,SEX,DOB,ETHNICITY,NUMBER\n1,M,01/01/2010,WBRI,X\n")
    done = run("build", tmp_path / "store", "--from", tmp_path / "odd.csv", code=2)
    assert "odd.csv" in done.stderr
    assert "header" in done.stderr
    assert not (tmp_path / "store" / "current").exists()


@pytest.mark.slow
def test_an_unknown_file_in_a_folder_is_a_finding(run, england, store, tmp_path):
    folder = tmp_path / "in"
    (folder / "V01" / YEAR).mkdir(parents=True)
    (folder / "V01" / YEAR / "odd.csv").write_text("a,b\n1,2\n")
    shutil.copy(england / "care" / "V01" / YEAR / "header.csv", folder / "V01" / YEAR)
    run("build", store, "--from", folder)
    findings = Store.open(store).current().engine().rows("SELECT * FROM findings WHERE rule = 'unknown file'")
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

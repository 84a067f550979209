"""The commands with right and wrong words."""

import csv
import subprocess
import sys
import time

import pyarrow as pa
import pytest
import typer

from virtualschool import cli
from virtualschool.reports.reference import every_command
from virtualschool.store import Store

KEYS = [
    "measure",
    "year",
    "la",
    "la_name",
    "cohort",
    "source",
    "release",
    "pupils",
    "numerator",
    "denominator",
    "value",
    "low",
    "high",
    "symbol",
    "note",
    "england_value",
    "england_difference",
    "neighbours_value",
    "neighbours_difference",
]


def test_figures_have_every_key_always(run, built):
    rows = run.json("figures", built, "attainment_8", "--year", 2024, "--compare", "england,neighbours")
    assert rows
    for row in rows:
        assert set(KEYS) <= set(row)
    assert [row["la"] for row in rows] == sorted(row["la"] for row in rows)


def test_a_year_in_which_a_measure_cannot_exist_is_a_row_with_its_reason(run, built):
    for row in run.json("figures", built, "progress_8", "--year", 2025):
        assert row["value"] is None
        assert row["symbol"] in ("x", "z")
        assert row["note"]


def test_an_internal_figure_is_marked_and_logged(run, built):
    done = run("figures", built, "absence_rate", "--year", 2024, "--by", "sex,sen", "--where", "age >= 10", "--audience", "internal")
    assert "internal, not for release. Made by " in done.stdout
    assert "absence_rate" in (built / "records" / "internal.log").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("atainment_8",), "attainment_8"),
        (("attainment_8", "--by", "colour"), "colour"),
        (("attainment_8", "--where", "age ~ 3"), "age ~ 3"),
        (("attainment_8", "--where", "colour = red"), "colour"),
        (("attainment_8", "--la", "Nowhere"), "Nowhere"),
        (("attainment_8", "--year", "20x4"), "20x4"),
        (("attainment_8", "--year", "2021"), "2021"),
        (("attainment_8", "--compare", "scotland"), "scotland"),
        (("attainment_8", "--cohort", "everyone"), "everyone"),
    ],
)
def test_wrong_words_are_named_and_nothing_else_happens(run, built, arguments, said):
    done = run("figures", built, *arguments, code=2)
    assert said in done.stderr
    assert not done.stdout


@pytest.mark.slow
def test_a_process_of_its_own_says_the_same(run, built):
    asked = ("figures", built, "attainment_8", "--year", 2024, "--format", "csv")
    assert run.alone(*asked).stdout == run(*asked).stdout
    wrong = ("figures", built, "atainment_8")
    assert run.alone(*wrong, code=2).stderr == run(*wrong, code=2).stderr


def test_no_store_is_told_how_to_build_one(run, tmp_path):
    done = run("status", tmp_path / "nowhere", code=2)
    assert f"Build one: virtualschool build {tmp_path}/nowhere --from FOLDER" in done.stderr


@pytest.mark.parametrize("style", ["table", "csv", "json"])
def test_figures_come_in_each_style(run, built, style):
    done = run("figures", built, "ks2_rwm", "--year", 2024, "--format", style)
    assert "ks2_rwm" in done.stdout
    assert "\x1b" not in done.stdout


def test_measures_and_columns_are_listed(run):
    names = {row["name"] for row in run.json("measures")}
    assert {"attainment_8", "progress_8", "ks2_rwm", "absence_rate", "persistent_absence"} <= names
    columns = {row["name"] for row in run.json("measures", "--columns")}
    assert {"sex", "sen", "placement_type", "entered", "length_of_care", "sdq_band", "school"} <= columns
    assert run("measures", "progress_8").stdout


@pytest.mark.parametrize(("name", "command"), list(every_command(typer.main.get_command(cli.app))))
def test_every_command_helps_with_an_example_and_can_be_quiet(name, command):
    assert f"Example: [bold]virtualschool {name}" in command.help
    assert sum("--quiet" in part.opts for part in command.params) == 1


def test_a_quiet_command_gives_its_result(run, built):
    assert run.json("status", built, "--quiet") == run.json("status", built)


def test_findings_of_a_build_are_listed(run, built):
    counted, listed = run.json("status", built)["findings"], run.json("status", built, "--findings")
    assert len(listed) == counted > 0
    assert list(listed[0]) == ["file", "row", "column", "wrong", "do", "rule", "la", "year"]
    lines = list(csv.DictReader(run("status", built, "--findings", "--format", "csv").stdout.splitlines()))
    assert len(lines) == counted
    assert listed[0]["wrong"] in run("status", built, "--findings").stdout


def test_a_release_to_where_no_file_can_be_is_not_noted(run, built, tmp_path):
    before = run.json("releases", built)
    for place in (tmp_path, tmp_path / "nowhere" / "a.csv"):
        done = run("figures", built, "attainment_8", "--output", place, code=2)
        assert done.stderr == f"Output {place}: no file can be written there. Name a file in a folder that exists.\n"
        run("funnel", built, "attainment_8", "--output", place, code=2)
    assert run.json("releases", built) == before


def test_a_report_to_a_file_is_refused(run, built, tmp_path):
    (tmp_path / "taken").write_text("")
    done = run("report", built, "--la", "V01", "--year", 2024, "--to", tmp_path / "taken", code=2)
    assert done.stderr == f"Folder {tmp_path}/taken: no report can be written there. Name another.\n"


def test_a_store_with_a_damaged_file_is_one_message(run, tmp_path):
    with Store(tmp_path / "store").draft() as draft:
        draft.write("children", pa.table({"la": ["V01"]}))
        made = draft.finish({"inputs": []})
    made.files("children")[0].write_bytes(b"PAR1 and no more")
    assert "is gone, or is not as it was written." in run("figures", tmp_path / "store", "attainment_8", code=3).stderr


def test_a_build_that_is_told_to_end_leaves_no_copy_of_a_file(england, tmp_path):
    words = [sys.executable, "-m", "virtualschool", "build", str(tmp_path / "store"), "--from", str(england / "care")]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as building:
        while building.poll() is None and not list(tmp_path.glob("store/inputs/*")):
            time.sleep(0.05)
        building.terminate()
        assert building.communicate()[1] == "Stopped. A store is as it was.\n"
    assert building.returncode == cli.INTERRUPTED
    assert not [file for file in (tmp_path / "store").rglob("*") if file.is_file() and file.name != "lock"]


def test_files_that_are_no_return_are_not_checked(run, england):
    said = run("check", england / "geography", code=2).stderr
    assert said == "check: no file of an SSDA903 return is among these. Name the files of a return, or its folder.\n"


def test_links_are_judged_by_the_truth(run, built, england):
    judged = run.json("links", built, "--truth", england / "truth" / "links.csv")
    assert {"children", "linked", "by_method", "by_reason", "precision", "recall", "by_group"} <= set(judged)
    assert judged["precision"] > 0.99
    assert sum(judged["by_reason"].values()) == judged["children"] - judged["linked"]


def test_links_are_a_page_and_a_list_and_one_child_is_explained(run, built, england, tmp_path):
    run("links", built, "--truth", england / "truth" / "links.csv", "--format", "html", "--output", tmp_path / "links.html")
    page = (tmp_path / "links.html").read_text()
    assert "How right the links are" in page
    assert "<script" not in page
    rows = list(csv.DictReader(run("links", built, "--format", "csv").stdout.splitlines()))
    one = next(row for row in rows if row["method"] == "exact" and not row["until"])
    said = run("links", built, "--child", one["token"]).stdout
    assert "Linked by the exact rule" in said
    assert one["pupil"] not in said


def test_wrong_words_about_links_are_one_message(run, built, tmp_path):
    assert "no child of that token" in run("links", built, "--child", "nobody", code=2).stderr
    assert "Did you mean" in run("links", built, "--format", "htm", code=2).stderr


def test_check_exits_with_one_when_something_is_wrong(run, england, tmp_path):
    folder = tmp_path / "V01" / "2025"
    folder.mkdir(parents=True)
    text = (england / "care" / "V01" / "2025" / "header.csv").read_text().splitlines()
    (folder / "header.csv").write_text("\n".join([text[0], "77,Q,01/01/2012,WBRI,UN5,,"]) + "\n")
    done = run("check", folder, code=1)
    assert "101" in done.stdout


def test_a_report_is_a_page_and_a_workbook(run, built, tmp_path):
    done = run("report", built, "--la", "V01", "--year", 2024, "--to", tmp_path / "report", "--format", "html,xlsx")
    files = sorted((tmp_path / "report").iterdir())
    assert [file.suffix for file in files] == [".html", ".xlsx"]
    assert all(str(file) in done.stdout for file in files)


def test_a_report_in_an_unknown_format_is_refused(run, built, tmp_path):
    assert "pptx" in run("report", built, "--la", "V01", "--year", 2024, "--to", tmp_path, "--format", "pptx", code=2).stderr

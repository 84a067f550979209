"""The commands of statistics: every style, and what they refuse."""

import csv
import io
import json
import re

import pytest
from typer.testing import CliRunner

from virtualschool.cli import app
from virtualschool.errors import Unreadable, WrongUse
from virtualschool.publish.controlled import control_told
from virtualschool.publish.doubt import funnel_told
from virtualschool.reports import charts, doubt_charts


@pytest.fixture
def run(snapshot):
    def called(command: str, *arguments) -> str:
        done = CliRunner().invoke(app, [command, str(snapshot.store.path), *map(str, arguments)], catch_exceptions=True)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.stdout

    return called


def test_gaps_print_an_answer_for_each_series(run):
    rows = list(csv.DictReader(io.StringIO(run("gaps", "attainment_8", "--year", "2023-2026", "--la", "V01", "--format", "csv"))))
    assert {row["other"] for row in rows} == {"all_pupils", "not_looked_after", "children_in_need"}
    assert {row["narrowing"] for row in rows} <= {"yes", "no", "cannot tell"} and len(rows) == 12


def test_ranks_are_one_object_with_its_marks_and_notes(run):
    said = json.loads(run("ranks", "attainment_8", "--year", "2026", "--format", "json"))
    assert said["rows"][0]["rank_low"] <= said["rows"][0]["rank"] <= said["rows"][0]["rank_high"]
    assert said["marks"] and said["notes"] and said["measure"] == "attainment_8"


def test_a_table_for_a_person_tells_marks_and_notes(run):
    said = run("funnel", "english_maths_94", "--year", "2024")
    assert "Hidden and rounded by the rule of DfE's release" in said
    assert "2 authorities are hidden and take no part." in said and "more up" in said


def test_exceptions_and_groups_are_told(run):
    assert "what differs" in run("exceptions", "english_maths_94", "--la", "V01", "--year", "2024")
    rows = json.loads(run("equality", "absence_rate", "--la", "V01", "--year", "2024", "--by", "sex", "--format", "json"))["rows"]
    assert [row["group"] for row in rows] == ["female", "male"]


def test_the_exception_page_parts_better_from_worse(run, tmp_path):
    run(
        "exceptions",
        "english_maths_94",
        "attainment_8",
        "--la",
        "V01",
        "--year",
        "2024",
        "--format",
        "html",
        "--output",
        tmp_path / "page.html",
    )
    page = (tmp_path / "page.html").read_text()
    assert ">Worse<" in page and ">Better<" not in page and "statistical neighbours" in page and "<script" not in page


def test_targets_are_set_with_a_name_and_then_told(run, tmp_path):
    file = tmp_path / "targets.csv"
    file.write_text("la,measure,year,target\nV03,absence_rate,2026,50\n")
    with pytest.raises(WrongUse, match="what is set is kept with a name"):
        run("targets", "--add", file)
    assert re.search(r"V03 .*absence_rate +2026 .* met", run("targets", "--add", file, "--as", "A. Person", "--la", "V03"))
    assert "2024-11-05" in run("record", "absence_rate", "--la", "V03", "--since", "2024-11-05")


def test_a_format_that_there_is_none_of_is_refused(run):
    with pytest.raises(WrongUse, match="Format 'pdf'"):
        run("funnel", "attainment_8", "--format", "pdf")
    with pytest.raises(WrongUse, match="Series 'rainfall'"):
        run("control", "rainfall", "--la", "V01")


def test_a_funnel_is_drawn_with_limits_and_a_table(snapshot):
    told = funnel_told(snapshot, "attainment_8", year=2024)
    chart = doubt_charts.funnel(told, "V01")
    drawing = charts.svg(chart)
    assert drawing == charts.svg(chart) and "<script" not in drawing and "Invented V01" in drawing
    assert len(chart.table.rows) == len(told.rows)
    drawn = charts.specification(chart)
    limits = [part for part in drawn["layer"] if part["mark"].get("type") == "line"]
    assert len(limits) == 4 and all(0 < len(part["data"]["values"]) <= len(told.about["lines"]) for part in limits)
    # Those within are hollow, so that nothing rests on colour alone.
    assert {part["mark"].get("filled", False) for part in drawn["layer"] if part["mark"]["type"] == "point"} == {False, True}


def test_a_page_of_a_funnel_says_what_it_shows(run, tmp_path):
    run("funnel", "attainment_8", "--year", "2024", "--format", "html", "--output", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    assert "Funnel plot: each mark is an authority" in page and "<script" not in page and "<table" in page


def test_a_control_chart_is_drawn_open_where_points_are_hidden(snapshot):
    chart = doubt_charts.control(control_told(snapshot, "suspensions", la="V01"))
    assert all(mark.value is None for mark in chart.marks)
    assert charts.svg(chart).startswith("<svg")


def test_a_funnel_marks_an_authority_by_name_and_refuses_one_that_is_none(run, snapshot):
    with pytest.raises(WrongUse, match="Nowhere"):
        run("funnel", "english_maths_94", "--year", "2024", "--la", "Nowhere")
    name = snapshot.engine().value("SELECT name FROM authorities WHERE la = 'V01' LIMIT 1")
    assert run("funnel", "english_maths_94", "--year", "2024", "--la", name, "--format", "svg") == run(
        "funnel", "english_maths_94", "--year", "2024", "--la", "V01", "--format", "svg"
    )


def test_targets_of_a_file_that_is_not_there_say_so(run, tmp_path):
    with pytest.raises(Unreadable, match="there is no such file"):
        run("targets", "--add", tmp_path / "none.csv", "--as", "me")

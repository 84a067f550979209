"""The commands of the models on a small invented England: too few children for most, and the words for it."""

import json

import pytest
from typer.testing import CliRunner

from virtualschool.cli import app
from virtualschool.errors import WrongUse


def ask(*arguments: str) -> str:
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    return done.output


def test_what_makes_the_most_difference_is_told_with_its_doubt(built):
    told = json.loads(ask("factors", built, "persistent_absence", "--format", "json"))
    assert told["method"] == "levels"
    assert told["authorities"] == 2
    assert [row["place"] for row in told["rows"]] == list(range(1, len(told["rows"]) + 1))
    assert all(row["low"] <= row["effect"] <= row["high"] for row in told["rows"])


def test_a_model_of_too_few_children_is_not_fitted_and_says_so(built):
    assert "A model needs 120 children and more, and the store holds fewer." in ask("factors", built, "attainment_8")


def test_a_store_of_few_authorities_sets_children_beside_the_groups_of_england(built):
    rows = json.loads(ask("expected", built, "attainment_8", "--method", "groups", "--format", "json"))["rows"]
    assert {row["la"] for row in rows} == {"V01", "V02"}
    shown = [row for row in rows if row["difference"] is not None]
    assert all(row["range_low"] <= row["expected"] <= row["range_high"] for row in shown)


def test_the_stand_in_says_that_it_is_not_progress_8_and_why_there_is_none(built):
    told = ask("stand-in", built, "progress_8", "--year", "2025")
    assert "This is not Progress 8." in told
    assert "Children of 10 authorities and more are needed" in told


@pytest.mark.parametrize("asked", [("factors", "attainment_8"), ("expected", "attainment_8"), ("stand-in", "progress_8")])
def test_a_year_that_is_not_held_is_refused(built, asked):
    command, measure = asked
    done = CliRunner().invoke(app, [command, str(built), measure, "--year", "1990"])
    assert isinstance(done.exception, WrongUse) and "Year 1990: the store holds nothing for it." in str(done.exception)


def test_whoever_asks_for_what_is_internal_stands_in_the_log(built):
    ask("factors", built, "persistent_absence", "--audience", "internal")
    line = json.loads((built / "records" / "internal.log").read_text(encoding="utf-8").splitlines()[-1])
    assert line["command"] == "factors" and line["who"] and line["when"]


def test_a_page_about_invented_children_says_so(built):
    for asked in (("control", built, "moves", "--la", "V01"), ("funnel", built, "absence_rate"), ("stand-in", built, "progress_8")):
        assert "no real child is in this report" in ask(*asked, "--format", "html"), asked[0]

"""`pep targets` and `pep check` as they are called."""

import json

import pytest
from an_invented_plan import BEFORE, PLAN, plan
from typer.testing import CliRunner

from virtualschool.cli import app
from virtualschool.errors import VirtualSchoolError


def called(*arguments):
    done = CliRunner().invoke(app, ["pep", *map(str, arguments)])
    if isinstance(done.exception, VirtualSchoolError):
        return done.exception.exit_code, str(done.exception), ""
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def targets(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text('id,target\n007,Improve reading\n2,"By 28 March, solve 8 of 10 money problems (2 of 10 in January)"\n')
    return file


def test_targets_as_json_have_their_rules_and_what_to_add(targets):
    code, out, _ = called("targets", targets, "--format", "json")
    first, second = json.loads(out)
    assert code == 0
    assert (first["id"], first["precise"], second["precise"]) == ("007", False, True)
    assert {one["rule"] for one in first["missing"] if one["decides"]} == {"PEP-G02", "PEP-G03", "PEP-G06"}
    assert all(one["add"] for one in first["missing"] + second["missing"])
    assert second["met"][:4] == ["PEP-G02", "PEP-G03", "PEP-G06", "PEP-G07"]


def test_targets_as_csv_and_as_a_table(targets):
    assert called("targets", targets, "--format", "csv")[1].splitlines()[0] == "id,precise,met,missing,add"
    out = called("targets", targets)[1]
    assert "Precise: 1 of 2." in out and "no grade" in out


def test_a_wrong_file_is_said_plainly(tmp_path, targets):
    assert called("targets", tmp_path / "none.csv")[:2] == (
        2,
        f"File {tmp_path / 'none.csv'}: there is no such file. Name a CSV of targets. Its columns must be id and target; "
        "it may also have baseline, measure, due, owner.",
    )
    assert called("check", targets)[0] == called("check", tmp_path / "none")[0] == 2
    assert called("check", targets, "--profile", "gold")[0] == 2
    assert called("check", targets, "--today", "soon")[0] == 2


def test_a_check_exits_with_1_where_a_rule_is_not_met_and_0_where_none_is(tmp_path):
    file = tmp_path / "plans.json"
    before = {"plan": "P1", "child": "T-1", "number": 1, "meeting_on": BEFORE["meeting_on"]}
    good = plan(feedback_open="0")
    file.write_text(json.dumps({"plans": [before, good]}))
    code, out, _ = called("check", file, "--today", "2027-02-12", "--format", "json", "--profile", "red_amber_green")
    held = json.loads(out)
    assert (code, held["plans"][1]["counts"]["not_met"]) == (0, 0)
    assert held["plans"][1]["suggestion"]["grade"] is None
    assert all(one["read"] == one["kept"] + one["set_aside"] for one in held["files"])
    file.write_text(json.dumps({"plans": [{**PLAN, "leisure": None}]}))
    code, out, _ = called("check", file, "--today", "2027-02-12")
    assert code == 1
    assert "PEP-S07" in out and "No interests are recorded." in out
    code, out, _ = called("check", file, "--today", "2027-02-12", "--format", "csv")
    assert code == 1 and out.splitlines()[0] == "plan,rule,title,severity,outcome,said,add,prompt" and len(out.splitlines()) == 63

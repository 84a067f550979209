"""Files of plans: every row is accounted for, and a fault is told with its place and what to do."""

import json
import pathlib
from datetime import date

import pytest
from an_invented_plan import BEFORE, PLAN

from virtualschool.errors import Unreadable
from virtualschool.plans.cells import day, typed_value
from virtualschool.plans.files import read_plans
from virtualschool.plans.layout import Column, tables
from virtualschool.plans.target_file import judge_file


def folder(tmp_path: pathlib.Path, **files: str) -> pathlib.Path:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_of_csv_and_a_json_file_read_alike(tmp_path):
    (tmp_path / "all.json").write_text(json.dumps({"plans": [BEFORE, PLAN]}))
    made = tmp_path / "csv"
    made.mkdir()
    import csv

    held = {"plans": [{key: value for key, value in one.items() if not isinstance(value, list)} for one in (BEFORE, PLAN)]}
    for name in tables():
        if name != "plans":
            held[name] = [{"plan": one["plan"], **row} for one in (BEFORE, PLAN) for row in one.get(name, [])]
    for name, rows in held.items():
        if rows:
            with (made / f"any name {name}.csv").open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
                writer.writeheader()
                writer.writerows(rows)
    from_json, from_csv = read_plans(tmp_path / "all.json"), read_plans(made)
    assert not from_json.findings and not from_csv.findings
    # A CSV knows each of its columns for every plan; JSON only what each plan says. The values are the same.
    for one, other in zip(from_json.plans, from_csv.plans, strict=True):
        assert {key: value for key, value in other.fields.items() if value is not None} == {
            key: value for key, value in one.fields.items() if value is not None
        }
        assert {key: len(rows) for key, rows in one.rows.items()} == {key: len(rows) for key, rows in other.rows.items() if key in one.rows}
    assert {account.kind: account.kept for account in from_json.files} == {account.kind: account.kept for account in from_csv.files}
    assert from_csv.plans[1].previous is from_csv.plans[0]


def test_every_row_is_kept_or_set_aside_and_told(tmp_path):
    read = read_plans(
        folder(
            tmp_path,
            plans="Plan,Child,Meeting On,SDQ score,Colour\nP1,T-1,31/02/2027,many,red\nP2,,,,\nP1,T-1,,,\n",
            targets="plan,target,outcome\nP1,Read 40 words,Met\nP7,Read 50 words,met\nP1,Swim 10 m,maybe\nP1,Hop,met,really\n",
        )
    )
    assert [(one.file, one.read, one.kept, one.set_aside) for one in read.files] == [("plans.csv", 3, 1, 2), ("targets.csv", 4, 2, 2)]
    assert [str(finding) for finding in read.findings] == [
        "plans.csv, Colour: no column has this name; it is left out. Rename it, or leave it so.",
        "plans.csv, row 2, meeting_on: this is not a date. Write dates as 31/03/2026.",
        "plans.csv, row 2, sdq_score: this is not a whole number. Write it in digits, such as 12.",
        "plans.csv, row 3, child: there is no value, and a record needs one; it is set aside. Fill it in.",
        "plans.csv, row 4, plan: a plan of this identifier is there already; the record is set aside. "
        "Give each plan an identifier of its own.",
        "targets.csv, row 3, plan: there is no plan of this identifier; the record is set aside. "
        "Add the plan to the table of plans, or correct the identifier.",
        "targets.csv, row 4, outcome: this is none of the words that it may hold. Write one of met, partly, not_met, stopped.",
        "targets.csv, row 5: there are more values than headings; the record is set aside. Put quotes around text that holds a comma.",
    ]
    assert [row["outcome"] for row in read.plans[0].rows["targets"]] == ["met", None]


def test_what_stands_twice_is_kept_once_and_a_number_that_cannot_be_is_not_known(tmp_path):
    plan = {"plan": "P1", "child": "T-1", "attendance_percent": 101, "sdq_score": -1, "targets": [{"target": "Hop"}]}
    file = tmp_path / "plans.json"
    file.write_text(json.dumps([{**plan, "spend": [{"line": "1", "amount": 5}, {"line": "1", "amount": 5}]}, plan]))
    read = read_plans(file)
    assert [(one.kind, one.read, one.kept, one.set_aside) for one in read.files] == [
        ("plans.plans", 2, 1, 1),
        ("plans.targets", 2, 1, 1),
        ("plans.spend", 2, 1, 1),
    ]
    assert [one.wrong for one in read.findings if one.row == 1] == [
        "this is above 100.",
        "this is below nought.",
        "a record with these stands above; this one is set aside.",
    ]
    assert read.plans[0].fields["attendance_percent"] is None and read.plans[0].fields["sdq_score"] is None


def test_no_message_shows_what_a_cell_holds(tmp_path):
    secret = "Zebedee"
    read = read_plans(folder(tmp_path, plans=f"plan,child,sdq_score,phase\nP1,T-1,{secret},{secret}\n{secret},,,\n"))
    assert read.findings and not any(secret in str(finding) for finding in read.findings)


@pytest.mark.parametrize(
    "name, text, wrong",
    [
        ("a.csv", "pupil,subject,grade\np,English,5\n", "its columns are of no table of plans."),
        ("a.csv", "plan,target\nP1,Read\n", "there is no table of plans in it."),
        ("a.csv", "", "it is empty."),
        ("a.json", "{", "this is not JSON that can be read."),
        ("a.json", '{"pupils": []}', "it holds no list of plans."),
    ],
)
def test_a_file_that_is_no_file_of_plans_is_refused(tmp_path, name, text, wrong):
    (tmp_path / name).write_text(text)
    with pytest.raises(Unreadable, match=wrong.replace(".", r"\.")):
        read_plans(tmp_path / name)


def test_values_are_read_in_the_ways_they_are_written():
    assert [day(text) for text in ("31/03/2026", "1.4.26", "2026-03-31T00:00:00", "31 March 2026", "31-Mar-26", "46112", "31/02/2026")] == [
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2026, 3, 31),
        date(2026, 3, 31),
        date(2026, 3, 31),
        date(2026, 3, 31),
        None,
    ]
    money = Column("amount", "money", "")
    assert [typed_value(money, text)[0] for text in ("550", "£1,250.50", "0.1", "0.001", "-3", "many")] == [
        55000,
        125050,
        10,
        None,
        -300,
        None,
    ]
    choice = Column("part", "present sent_views", "")
    assert [typed_value(choice, text) for text in ("Sent views", "PRESENT", "gone", "")] == [
        ("sent_views", True),
        ("present", True),
        (None, False),
        (None, True),
    ]


def test_a_file_of_targets_is_read_whatever_its_dress(tmp_path):
    plain = tmp_path / "targets.csv"
    plain.write_bytes("ID;Target;Due date\r\n1;“Read 40 words”, from 12;Easter\r\n\r\n2;;\r\n;Swim;\r\n".encode("cp1252", "replace"))
    found = judge_file(plain)
    assert [(one.id, one.precise) for one in found.judged] == [("1", True), ("2", False), ("row 5", False)]
    assert (found.account.read, found.account.kept, found.account.set_aside) == (3, 3, 0)
    loose = tmp_path / "loose.csv"
    loose.write_text("id,target\n1,By 28 March, solve 8 of 10 problems (2 of 10 in January)\n")
    found = judge_file(loose)
    assert found.judged[0].precise and found.findings[0].rule == "shape"
    loose.write_text("id,target,due\n1,By Easter, read 8 of 10,Easter\n")
    assert (judge_file(loose).account.kept, judge_file(loose).account.set_aside) == (0, 1)


@pytest.mark.parametrize(
    "text, wrong",
    [
        ("name,words\na,b\n", "it has no column id or target."),
        ("id,words\na,b\n", "it has no column target."),
        ("id,target\n", "it has headings and no rows."),
    ],
)
def test_a_file_without_targets_is_refused(tmp_path, text, wrong):
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(Unreadable, match=wrong.replace(".", r"\.")):
        judge_file(tmp_path / "t.csv")

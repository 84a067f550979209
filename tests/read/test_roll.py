"""The weekly roll: one row a child, read with findings that tell nothing of a child."""

import datetime
import pathlib

import pytest

from virtualschool.errors import Unreadable
from virtualschool.read import roll

DAY = datetime.date(2026, 4, 20)
WHOLE = ",".join(column.name for column in roll.COLUMNS)


def read(text: str, la: str = "V01") -> roll.Roll:
    return roll.read(text.encode(), "roll.csv", la, DAY)


def told(found: roll.Roll) -> list[tuple]:
    return [(finding.row, finding.column, finding.wrong, finding.do) for finding in found.findings if finding.rule != "columns"]


def test_a_row_becomes_a_child_with_typed_values():
    found = read(
        f"{WHOLE}\n"
        "V01,1001,Ada Invented,Addie,02/03/2012,H801200001001,Year 9,900001,Invented School,S Worker,S.Worker@example.invalid,"
        "R Officer,r@example.invalid,C Carer,,foster,1 Made Up Lane,01/02/2026,05/06/2020,EHCP review; new school\n"
    )
    (row,) = found.rows
    assert found.findings == [] and (found.read, found.kept, found.set_aside) == (1, 1, 0)
    assert row.values["dob"] == datetime.date(2012, 3, 2) and row.values["year_group"] == "9"
    assert row.values["social_worker_email"] == "s.worker@example.invalid" and row.values["flags"] == ["EHCP review", "new school"]
    assert row.values["home"] == "" and row.values["entered_care"] == datetime.date(2020, 6, 5)


def test_every_record_is_kept_or_set_aside_with_a_reason():
    found = read(
        "la,child,name\nV01,1,Ada Invented\nV02,2,Bob Invented\n,3,Cat Invented\nV01,1,Ada Again\nV01,,Dan Invented\nV01,5,\n\n,,\n"
    )
    assert [row.values["child"] for row in found.rows] == ["1", "3"] and {row.values["la"] for row in found.rows} == {"V01"}
    assert (found.read, found.kept, found.set_aside) == (6, 2, 4)
    missing = ("there is no value, and a row needs one.", "Fill it in; until then the row is set aside.")
    assert told(found) == [
        (3, "la", "this record is another authority's.", "Load it in that authority; here it is set aside."),
        (5, "child", "this child stands above already.", "Leave one row for each child; this one is set aside."),
        (6, "child", *missing),
        (7, "name", *missing),
    ]


@pytest.mark.parametrize(
    ("column", "cell", "wrong"),
    [
        ("dob", "31/02/2012", "this is not a date of birth of a child."),
        ("dob", "21/04/2026", "this is not a date of birth of a child."),
        ("placement_began", "21/04/2026", "this is not a date up to the day of the roll."),
        ("upn", "A801200001001", "this is not a unique pupil number."),
        ("year_group", "15", "this is not a year group."),
        ("school_urn", "12345", "this is not a school's URN."),
        ("social_worker_email", "nobody", "this is not an e-mail address."),
        ("carer", "x" * 201, "this is longer than 200 characters."),
    ],
)
def test_what_cannot_be_read_is_left_empty_and_said_without_its_value(column, cell, wrong):
    found = read(f"child,name,{column}\n1,Ada Invented,{cell}\n")
    assert found.kept == 1 and not found.rows[0].values[column]
    ((row, where, said, do),) = told(found)
    assert (row, where, said) == (2, column, wrong) and cell not in do


@pytest.mark.parametrize(
    ("text", "is_one"), [("H801200001001", True), ("X00180001701A", True), ("A801200001001", False), ("H80120000100", False)]
)
def test_a_upn_has_its_check_letter(text, is_one):
    assert roll.is_upn(text) is is_one


@pytest.mark.parametrize(
    ("text", "group"), [("Reception", "R"), ("Yr 7", "7"), ("Y10", "10"), ("0", "R"), ("N1", "N1"), ("14", "14"), ("x", None)]
)
def test_a_year_group_is_read_in_the_ways_people_write_it(text, group):
    assert roll.year_group(text) == group


def test_columns_that_are_strange_or_lacking_are_said():
    found = read("child,name,shoe size\n1,Ada Invented,4\n")
    assert ("column 3", "this is not a column of the roll.") in {(finding.column, finding.wrong) for finding in found.findings}
    assert ("dob", "there is no such column.") in {(finding.column, finding.wrong) for finding in found.findings}


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"PK\x03\x04rest", "roll.csv: this is a workbook or a document. Save it as CSV (UTF-8) and load that."),
        (b"child\n1\n", "roll.csv: there is no column name. Write the headings of the roll in the first row."),
        (b"child,name\n", "roll.csv: there is no child in it. Write a row for each child below the headings."),
        (b"a\0b", "roll.csv: this is not text that can be read as a table. Save it as CSV (UTF-8) and load that."),
        (b"child,name\n" + b"x" * roll.LARGEST, "roll.csv: it is larger than 5 MB. See that it is the roll, one row a child."),
    ],
    ids=["workbook", "no name", "no child", "not text", "too large"],
)
def test_a_file_that_is_no_roll_is_refused_with_what_to_do(content, wrong):
    with pytest.raises(Unreadable) as told:
        roll.read(content, "roll.csv", "V01", DAY)
    assert str(told.value) == wrong


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_names_are_read_in_the_encodings_that_workbooks_write(encoding):
    found = roll.read("child;name\n1;Zoë O’Invented\n".encode(encoding), "roll.csv", "V01", DAY)
    assert found.rows[0].values["name"] == "Zoë O’Invented"


def test_what_is_written_reads_back_as_it_was():
    row = read("child,name,dob,flags\n1,Ada Invented,02/03/2012,one;two\n").rows[0].values
    again = roll.read(roll.written([row]).encode(), "roll.csv", "V01", DAY)
    assert again.rows[0].values == row and again.findings == []


def test_the_manual_has_every_column_as_it_is_read():
    page = (pathlib.Path(__file__).resolve().parents[2] / "docs" / "reference" / "roll.md").read_text(encoding="utf-8")
    for column in roll.COLUMNS:
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{column.name}` |")]
        assert column.meaning in line and line.endswith("| yes |") is column.needed and all(heading in line for heading in column.also)

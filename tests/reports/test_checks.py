"""The check of a return, in every format it is written in."""

import csv
import io
import json

import openpyxl
import pytest

from virtualschool.check import Checked, Outcome
from virtualschool.errors import Finding, WrongUse
from virtualschool.reports import listing

FOUND = Checked(
    [
        Outcome("101", "SEX must be a code.", "V01", 2024, "clean"),
        Outcome("148", "DEC and REC go together.", "V01", 2024, "failed", 1),
        Outcome("204", "ETHNIC is another.", "V01", 2024, "could not run", 0, "The return of the year before is not here."),
    ],
    [Finding("episodes.csv", 14, "DEC, REC", "DEC and REC go together.", "Correct it.", "148", "V01", 2024)],
)
CLEAN = Checked([Outcome("101", "SEX must be a code.", "V01", 2024, "clean")], [])


def test_a_check_is_a_table_of_what_failed_and_what_could_not_run(capsys):
    listing.checked(FOUND, "table")
    printed = capsys.readouterr().out
    assert "3 rules checked in 1 return (an authority and a year): 1 clean, 1 failed, 1 could not run.\nThere is 1 finding.\n" in printed
    assert "The return of the year before is not here.      1  204" in printed
    assert "episodes.csv  14   DEC, REC  DEC and REC go together.  Correct it.  148" in printed


def test_a_check_as_csv_has_every_finding_and_its_heading_even_when_all_is_well(capsys):
    listing.checked(FOUND, "csv")
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["file"] == "episodes.csv" and row["row"] == "14" and row["rule"] == "148" and row["year"] == "2024"
    listing.checked(CLEAN, "csv")
    assert capsys.readouterr().out == "file,row,column,wrong,do,rule,la,year\n"


def test_a_check_as_json_counts_its_states(tmp_path):
    listing.checked(FOUND, "json", tmp_path / "check.json")
    said = json.loads((tmp_path / "check.json").read_text())
    assert (said["clean"], said["failed"], said["could_not_run"], len(said["rules"]), len(said["findings"])) == (1, 1, 1, 3, 1)


def test_a_check_is_a_page_and_a_workbook(tmp_path):
    listing.checked(FOUND, "html", tmp_path / "check.html")
    page = (tmp_path / "check.html").read_text()
    assert "<h1>Check of the return of V01, 2024</h1>" in page and "DEC and REC go together." in page
    listing.checked(FOUND, "xlsx", tmp_path / "check.xlsx")
    book = openpyxl.load_workbook(tmp_path / "check.xlsx")
    assert book.sheetnames == ["Cover", "Contents", "Table_1", "Table_2", "Table_3"]
    listing.checked(CLEAN, "html", tmp_path / "clean.html")
    assert "No rule failed." in (tmp_path / "clean.html").read_text()


def test_a_workbook_needs_a_place_and_a_format_must_be_known():
    with pytest.raises(WrongUse) as refused:
        listing.check_style("xlsx", None)
    assert str(refused.value) == "Format 'xlsx': a workbook cannot be printed. Say where to write it: --output FILE.xlsx"
    with pytest.raises(WrongUse):
        listing.check_style("word", None)


def test_the_list_of_measures_is_narrow_and_one_measure_is_whole(capsys):
    from virtualschool import measures

    listing.definitions(measures.describe(), "table", whole=False)
    assert max(map(len, capsys.readouterr().out.splitlines())) < 200
    listing.definitions(measures.describe("progress_8"), "table", whole=True)
    printed = capsys.readouterr().out
    assert "2020: There were no exams in 2020 and 2021" in printed and "{" not in printed

"""Files of marks: by the day and by the week, with an account of every row."""

from datetime import date

import pytest

from virtualschool.errors import Unreadable
from virtualschool.read.marks import read

TODAY = date(2025, 4, 28)
KNOWN = {"C1": "aaa", "C2": "bbb"}
WEEKLY = "child,week,mon_am,mon_pm,tue_am,tue_pm,wed_am,wed_pm,thu_am,thu_pm,fri_am,fri_pm"


def taken(tmp_path, *lines):
    file = tmp_path / "marks.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read(file, TODAY, KNOWN.get)


def test_a_file_of_days_gives_the_marks_of_each_child_and_day(tmp_path):
    found = taken(tmp_path, "Child,Date,AM,PM,School URN", "C1,24/04/2025,/,\\,900001", "C2,2025-04-24,i,-,")
    assert found.layout == "daily" and (found.read, found.kept, found.set_aside) == (2, 2, 0)
    assert found.days == {("aaa", date(2025, 4, 24)): ("/", "\\", "900001"), ("bbb", date(2025, 4, 24)): ("I", "", "")}


def test_a_file_of_weeks_gives_five_days_from_any_day_of_the_week(tmp_path):
    found = taken(tmp_path, WEEKLY, "C1,23/04/2025,#,#,/,\\,/,\\,E,E,E,E")
    assert found.layout == "weekly" and [(day.day, *marks[:2]) for (_, day), marks in found.days.items()] == [
        (21, "#", "#"), (22, "/", "\\"), (23, "/", "\\"), (24, "E", "E"), (25, "E", "E"),
    ]  # fmt: skip


def test_days_to_come_of_the_running_week_are_left_out(tmp_path):
    found = taken(tmp_path, WEEKLY, "C1,28/04/2025,/,\\,/,\\,/,\\,/,\\,/,\\")
    assert list(found.days) == [("aaa", date(2025, 4, 28))] and found.kept == 1


@pytest.mark.parametrize(
    ("line", "column", "wrong"),
    [
        (",24/04/2025,/,/", "child", "there is no child"),
        ("C9,24/04/2025,/,/", "child", "it is no child of the authority"),
        ("C1,24/04,/,/", "date", "this is not a date"),
        ("C1,26/04/2025,/,/", "date", "it is a Saturday or a Sunday"),
        ("C1,29/04/2025,/,/", "date", "it is a day to come"),
        ("C2,23/04/2025,I,I", "date", "the child has marks for this time above"),
        ("C1,24/04/2025,/,/,x,y,z", "", "there are more values than headings"),
    ],
)
def test_a_row_that_cannot_be_used_is_set_aside_and_said_why(tmp_path, line, column, wrong):
    found = taken(tmp_path, "child,date,am,pm", "C2,23/04/2025,/,/", line)
    assert (found.read, found.kept, found.set_aside) == (2, 1, 1)
    (finding,) = found.findings
    assert (finding.row, finding.column, finding.wrong) == (3, column, f"{wrong}; the row is set aside.") and finding.do
    assert "C9" not in str(finding)


def test_a_code_of_another_year_is_a_finding_and_stands_as_no_mark(tmp_path):
    found = taken(tmp_path, "child,date,am,pm", "C1,24/04/2025,H,/", "C1,24/04/2024,H,/")
    assert found.days[("aaa", date(2025, 4, 24))][0] == "" and found.days[("aaa", date(2024, 4, 24))][0] == "H"
    (finding,) = found.findings
    assert (finding.row, finding.column, finding.rule) == (2, "am", "code") and "H" not in finding.wrong


def test_what_is_no_file_of_marks_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="not those of marks"):
        taken(tmp_path, "child,mark", "C1,/")

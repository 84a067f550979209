"""Targets and the record since a date."""

from datetime import date
from decimal import Decimal

import pytest
from benchmarks.conftest import mean, share

from virtualschool import measures, places
from virtualschool.benchmarks import targets
from virtualschool.benchmarks.targets import CANNOT_TELL, MET, MISSED, TOO_FEW, Target
from virtualschool.errors import Unreadable, WrongUse
from virtualschool.publish.goals import date_of, last_year_over, record_told, targets_told

A8, ABSENT = measures.named("attainment_8"), measures.named("persistent_absence")


@pytest.mark.parametrize(
    ("target", "verdict"),
    [("10", MET), ("17", MET), ("19.9", CANNOT_TELL), ("20", CANNOT_TELL), ("20.1", CANNOT_TELL), ("23", MISSED), ("40", MISSED)],
)
def test_met_and_missed_need_the_whole_interval(target, verdict):
    found = mean([16, 18, 20, 22, 24] * 6)
    assert 17 < found.low < 19.9 and 20.1 < found.high < 23
    assert targets.verdict(A8, found, Decimal(target)) == verdict


def test_where_lower_is_better_the_target_is_a_ceiling():
    found = share(200, 40, name="persistent_absence")
    assert [targets.verdict(ABSENT, found, Decimal(at)) for at in (10, 18, 20, 22, 30)] == [
        MISSED,
        CANNOT_TELL,
        CANNOT_TELL,
        CANNOT_TELL,
        MET,
    ]
    assert [targets.reached(ABSENT, found, Decimal(at)) for at in (19, 20, 21)] == [False, True, True]


def test_ten_children_neither_meet_nor_miss():
    assert targets.verdict(A8, mean([20.0, 21] * 5), Decimal(1)) == TOO_FEW


def given(folder, text: str):
    file = folder / "mine.csv"
    file.write_text("la,measure,year,target\n" + text)
    return file


def test_targets_are_read_as_they_are_published(tmp_path):
    file = given(tmp_path, "301,attainment_8,2024,24.5\nBarnet,ks2_rwm,2025,40%\n302,ks2_rwm,2024,\n")
    assert targets.read(file, places.england()) == [
        Target("301", "attainment_8", 2024, Decimal("24.5")),
        Target("302", "ks2_rwm", 2025, Decimal(40)),
        Target("302", "ks2_rwm", 2024, None),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("301,ks2_rwm,2024,140", "mine.csv, row 2, target '140': this is not a percentage. Write it from 0 to 100."),
        (
            "301,ks2_rwm,2024,many",
            "mine.csv, row 2, target 'many': this is not a number. Write it as it is published: 24.5, or 34 for 34%.",
        ),
        ("301,ks2_rwm,24,40", "mine.csv, row 2, year '24': this is not a year. Write the year it ends in: 2026."),
        (
            "301,sen_support,2024,10",
            "mine.csv, row 2, measure 'sen_support': neither more nor less of it is better, so no target can be met. "
            "Choose another measure.",
        ),
        (
            "301,progress_8,2025,-1",
            "mine.csv, row 2, progress_8 in 2025: There is no Progress 8 for this year: its pupils took no key stage 2 tests, which were "
            "cancelled in 2020 and 2021. Choose another year.",
        ),
    ],
)
def test_a_slip_in_a_target_is_told_with_its_row(tmp_path, line, message):
    with pytest.raises(WrongUse) as fault:
        targets.read(given(tmp_path, line + "\n"), places.england())
    assert str(fault.value) == message


def test_every_slip_of_a_file_is_told_at_once_and_blank_lines_are_passed_over(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("la,measure,year,target\n301,ks2_rwm,2024,140\n,,,\n301,ks2_rwm,2024,40\n301,ks2_rwm,24\n")
    with pytest.raises(WrongUse) as fault:
        targets.read(file, places.england())
    assert str(fault.value) == (
        "File mine.csv: 2 of its rows cannot be kept, so none is. Mend them:\n"
        "mine.csv, row 2, target '140': this is not a percentage. Write it from 0 to 100.\n"
        "mine.csv, row 5, year '24': this is not a year. Write the year it ends in: 2026."
    )


def test_a_file_without_a_column_is_refused(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("la,measure,year\n")
    with pytest.raises(Unreadable, match="it has no column target"):
        targets.read(file, places.england())


def test_the_newest_line_holds_and_an_empty_one_takes_back(tmp_path):
    def keep(*found) -> int:
        made = [Target("301", name, 2024, value) for name, value in found]
        return targets.keep(tmp_path, made, "A. Person", "2026-01-01")

    assert targets.held(tmp_path) == {}
    assert keep(("attainment_8", Decimal(20)), ("ks2_rwm", Decimal(40))) == 2
    keep(("attainment_8", Decimal("21.5")), ("ks2_rwm", None))
    assert targets.held(tmp_path) == {("301", "attainment_8", 2024): Decimal("21.5")}
    assert targets.file_of(tmp_path).read_text().splitlines()[:2] == [
        "la,measure,year,target,who,when",
        "301,attainment_8,2024,20,A. Person,2026-01-01",
    ]


def test_a_hidden_figure_has_no_verdict(snapshot):
    targets.file_of(snapshot.store.path).unlink(missing_ok=True)
    asked = [("V02", "english_maths_94", 2024), ("V01", "english_maths_94", 2024), ("V01", "attainment_8", 2027)]
    targets.keep(snapshot.store.path, [Target(la, name, year, Decimal(90)) for la, name, year in asked], "A. Person", "now")
    rows = {(row["la"], row["year"], row["measure"]): row for row in targets_told(snapshot).rows}
    hidden = rows["V02", 2024, "english_maths_94"]
    assert (hidden["verdict"], hidden["reached"], hidden["value"], hidden["pupils"], hidden["symbol"]) == ("hidden", None, None, None, "c")
    assert rows["V01", 2024, "english_maths_94"]["verdict"] == MISSED
    assert rows["V01", 2027, "attainment_8"]["verdict"] == "no figure yet"
    exact = targets_told(snapshot, la="V02", audience="internal").rows
    assert [row["verdict"] for row in exact] == [TOO_FEW]


# --- The record ---


@pytest.mark.parametrize(
    ("day", "school", "care"),
    [("2024-03-31", 2023, 2023), ("2024-04-01", 2023, 2024), ("31/08/2024", 2023, 2024), ("01/09/2024", 2024, 2024)],
)
def test_the_year_before_is_the_last_that_was_over(day, school, care):
    assert (last_year_over(date_of(day), True), last_year_over(date_of(day), False)) == (school, care)


@pytest.mark.parametrize("text", ["soon", "2024-13-01", "2024", "31/02/2024", ""])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(WrongUse) as fault:
        date_of(text)
    assert str(fault.value) == f"Date '{text}': this is not a date. Write it as 2022-06-15 or 15/06/2022."
    assert date_of("15/06/2022") == date(2022, 6, 15)


def test_a_record_begins_with_the_year_before_and_has_every_year_since(snapshot):
    told = record_told(snapshot, ["attainment_8", "absence_rate"], la="V01", since="2024-11-05")
    assert [(row["measure"], row["year"], row["when"]) for row in told.rows] == [
        (name, year, when)
        for name in ("attainment_8", "absence_rate")
        for year, when in ((2024, "before"), (2025, "since"), (2026, "since"))
    ]
    row = told.rows[0]
    assert (row["change_from"], row["change_to"]) == (2024, 2026) and row["changed"] in ("better", "worse", "cannot tell")
    assert row["change_low"] <= row["change"] <= row["change_high"]

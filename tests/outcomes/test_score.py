"""The command `score`: a file of results in, one row a pupil out; every message whole."""

import csv
import random
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.outcomes import slow
from tests.outcomes.test_attainment_8 import invented_results
from virtualschool import codes
from virtualschool.errors import Unreadable, WrongUse
from virtualschool.outcomes.score import entry, score

PRINTED = "Points are those that DfE printed for 2019, used for {}."
REVISED = "Estimates: revised of 2023; before the floor on extreme scores."
PROVISIONAL = "Estimates: provisional of 2024; before the floor on extreme scores."


def file(folder, text, name="results.csv"):
    place = folder / name
    place.write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n")
    return place


def test_the_row_of_a_pupil(tmp_path):
    results = file(
        tmp_path,
        """pupil,subject,grade
        p,English language,4
        p,English literature,5
        p,Mathematics,6
        p,Combined science,5-4
        p,French,3
        p,Art and design,7""",
    )
    ks2 = file(tmp_path, "pupil,reading,maths\np,100,101", "ks2.csv")
    assert score(results, ks2, 2024) == [
        {
            "pupil": "p",
            "attainment_8": 45,
            "english": 10,
            "maths": 12,
            "ebacc": 12,
            "open": 11,
            "slots": [
                {"slot": "english", "subject": "English literature", "grade": "5", "points": 5},
                {"slot": "maths", "subject": "Mathematics", "grade": "6", "points": 6},
                {"slot": "ebacc", "subject": "Combined science", "grade": "5-4", "points": 4.5},
                {"slot": "ebacc", "subject": "Combined science", "grade": "5-4", "points": 4.5},
                {"slot": "ebacc", "subject": "French", "grade": "3", "points": 3},
                {"slot": "open", "subject": "Art and design", "grade": "7", "points": 7},
                {"slot": "open", "subject": "English language", "grade": "4", "points": 4},
            ],
            "prior_attainment": 100.5,
            "group": 15,
            "estimate": 37.27,
            "progress_8": 0.773,
            "ebacc_aps": 3.8333,
            "ebacc_entered": False,
            "note": f"{PRINTED.format(2024)} {PROVISIONAL}",
        }
    ]


def test_points_of_a_star_to_g_are_those_of_the_year(tmp_path):
    results = file(tmp_path, "pupil,subject,grade\np,Art,A*\np,Music,C")
    assert [score(results, None, year)[0]["open"] for year in (2016, 2017, 2018)] == [13, 12.5, 12.5]


def test_an_unreformed_gcse_stops_counting_in_the_year_its_subject_is_reformed(tmp_path):
    results = file(tmp_path, "pupil,subject,grade\np,Maths,C\np,History,C\np,Art,C")
    rows = {year: score(results, None, year)[0] for year in (2016, 2017, 2018)}
    found = {year: [row[name] for name in ("maths", "ebacc", "open")] for year, row in rows.items()}
    assert found == {2016: [10, 5, 5], 2017: [0, 4, 4], 2018: [0, 0, 4]}


def test_combined_english_of_2016_stands_alone_and_is_doubled_and_later_english_is_english_language(tmp_path):
    (row,) = score(file(tmp_path, "pupil,subject,grade\np,English,B"), None, 2016)
    assert (row["english"], row["slots"][0]["subject"]) == (12, "English")
    (row,) = score(file(tmp_path, "pupil,subject,grade\np,English,6"), None, 2017)
    assert (row["english"], row["slots"][0]["subject"]) == (6, "English language")


def test_a_double_award_split_between_ebacc_and_open_stands_in_both(tmp_path):
    results = file(tmp_path, "pupil,subject,grade\np,History,9\np,French,8\np,Combined science,54\np,Art,3")
    (row,) = score(results, None, 2019)
    assert [(slot["slot"], slot["subject"]) for slot in row["slots"]] == [
        ("ebacc", "History"),
        ("ebacc", "French"),
        ("ebacc", "Combined science"),
        ("open", "Combined science"),
        ("open", "Art and design"),
    ]


@pytest.mark.parametrize(
    "line, points, note",
    [
        ("Underwater basketry,,5,", 5, "Underwater basketry: not a subject we know, so it may fill an open slot only."),
        ("Art,,10,", 0, "Art and design: '10' is not a grade of GCSE 9-1 in 2024, so it scores nothing."),
        ("Art,,-5,", 0, "Art and design: '-5' is not a grade of GCSE 9-1 in 2024, so it scores nothing."),
        ("Art,,,", 0, "Art and design: there is no grade, so it scores nothing."),
        (
            "Art,NVQ,Pass,",
            0,
            "Art and design: the qualification 'NVQ' is not one we know and no points are given, so it scores nothing.",
        ),
        ("Art,NVQ,Pass,4", 4, ""),
        (
            "Art,VRQ Level 2,D,",
            0,
            "Art and design: the points of grade D differ between qualifications of this kind; give them. It scores nothing.",
        ),
        ("Art,GCSE,C,", 4, ""),
        ("History,GCSE,C,", 0, "History: from 2018 only GCSEs graded 9 to 1 count."),
        ("Art,GCSE,5,many", 5, "Row 2, points: this is not a number, so it is passed over."),
    ],
)
def test_what_cannot_be_read_scores_nothing_and_the_note_says_why(tmp_path, line, points, note):
    (row,) = score(file(tmp_path, f"pupil,subject,qualification,grade,points\np,{line}"), None, 2024)
    common = f"{PRINTED.format(2024)} {PROVISIONAL} No Progress 8: no key stage 2 file."
    said = row["note"].replace(f" {PROVISIONAL}", "", 1)
    assert row["open"] == points
    assert said == " ".join(part for part in (note, common.replace(f" {PROVISIONAL}", "", 1)) if part)


def test_the_first_of_two_attempts_counts_and_the_note_says_so(tmp_path):
    results = file(tmp_path, "pupil,subject,grade,entered\np,French,7,2023-06-01\np,French,3,2022-06-01\np,German,9,no")
    (row,) = score(results, None, 2023)
    assert row["ebacc"] == 3
    assert row["note"].startswith("French: one of its 2 results counts. ")


def test_pupils_come_in_the_order_of_the_file_and_headings_in_any_case_order_and_delimiter(tmp_path):
    results = tmp_path / "results.csv"
    results.write_bytes("\ufeffGRADE;Subject;Pupil\r\n5;Français;z\r\n\r\n6;maths;a\r\n4;maths;z\r\n".encode("utf-8"))
    assert [(row["pupil"], row["maths"]) for row in score(results, None, 2023)] == [("z", 8), ("a", 12)]


def test_years_without_progress_8_or_estimates_say_why(tmp_path):
    results = file(tmp_path, "pupil,subject,grade\np,Maths,5")
    ks2 = file(tmp_path, "pupil,reading,maths\np,100,100", "ks2.csv")
    notes = {year: score(results, ks2, year)[0] for year in (2019, 2021, 2025)}
    assert {year: (row["progress_8"], row["estimate"], row["note"]) for year, row in notes.items()} == {
        2019: (None, None, "No Progress 8: no official estimates of 2019 are held."),
        2021: (None, None, f"{PRINTED.format(2021)} There is no Progress 8 in 2021: exams of 2021 were cancelled."),
        2025: (None, None, f"{PRINTED.format(2025)} There is no Progress 8 in 2025: these pupils had no key stage 2 tests in 2020."),
    }


def test_progress_8_is_null_with_a_note_without_a_key_stage_2_result_that_scores(tmp_path):
    results = file(tmp_path, "pupil,subject,grade\np,Maths,5\nq,Maths,5")
    ks2 = file(tmp_path, "pupil,reading,maths\np,A,M", "ks2.csv")
    note = f"{PRINTED.format(2023)} {REVISED} No Progress 8: there is no key stage 2 result that has a score."
    assert [(row["progress_8"], row["note"]) for row in score(results, ks2, 2023)] == [(None, note), (None, note)]


def test_a_pupil_none_of_whose_results_counts_has_nought_and_the_progress_that_makes(tmp_path):
    # Two codes below the test are 77.5, group 1 of 2024: -15.96 / 10. Neither result was taken.
    results = file(tmp_path, "pupil,subject,grade,entered\np,Maths,9,no\np,Art,7,no\nq,Maths,5,yes")
    ks2 = file(tmp_path, "pupil,reading,maths,ks2_year\np,PK5,PK6,2019\nq,100,100,2019", "ks2.csv")
    first, second = score(results, ks2, 2024)
    assert {name: first[name] for name in ("attainment_8", "english", "maths", "ebacc", "open", "slots", "ebacc_aps", "ebacc_entered")} == {
        **dict.fromkeys(("attainment_8", "english", "maths", "ebacc", "open", "ebacc_aps"), 0),
        "slots": [],
        "ebacc_entered": False,
    }
    assert (first["prior_attainment"], first["group"], first["estimate"], first["progress_8"]) == (77.5, 1, 15.96, -1.596)
    assert first["note"] == f"{PRINTED.format(2024)} {PROVISIONAL}"
    assert second["attainment_8"] == 10
    # Before 2018 there is no average point score, of nobody.
    assert [row["ebacc_aps"] for row in score(results, None, 2017)] == [None, None]


def test_the_first_key_stage_2_row_of_a_pupil_counts_and_the_note_says_so(tmp_path):
    results = file(tmp_path, "pupil,subject,grade\np,Maths,5")
    (row,) = score(results, file(tmp_path, "pupil,reading,maths\np,100,101\np,120,120", "ks2.csv"), 2024)
    assert row["prior_attainment"] == 100.5
    assert row["note"].startswith("Key stage 2: the file has several rows for this pupil; the first counts. Points are")


@pytest.mark.parametrize("text", ["79", "121", "100.5", "-4", "TA"])
def test_a_key_stage_2_result_that_is_no_score_and_no_code_is_told(tmp_path, text):
    results = file(tmp_path, "pupil,subject,grade\np,Maths,5")
    (row,) = score(results, file(tmp_path, f"pupil,reading,maths\np,{text},101.0", "ks2.csv"), 2024)
    assert row["prior_attainment"] == 101
    said = f"Key stage 2 reading: '{text}' is neither a score from 80 to 120 nor a code of 2019, so it does not count. "
    assert row["note"].startswith(said)


def test_results_in_utf_16_are_read(tmp_path):
    results = tmp_path / "results.csv"
    results.write_bytes("pupil\tsubject\tgrade\nz\tFrench\t5\n".encode("utf-16"))
    assert score(results, None, 2023)[0]["ebacc"] == 5


def test_points_below_nought_are_refused(tmp_path):
    with pytest.raises(Unreadable) as refused:
        score(file(tmp_path, "pupil,subject,grade,points\np,Art,5,-7"), None, 2024)
    assert str(refused.value) == "results.csv, row 2, points: this is below nought. Write the points of the result, or leave it blank."


def test_the_newest_year_with_estimates_serves_where_none_is_named(tmp_path):
    (row,) = score(file(tmp_path, "pupil,subject,grade\np,Maths,5"))
    assert row["note"].startswith(PRINTED.format(2024))


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "File results.csv: it is empty. Write a heading row (pupil, subject, grade) and a row for each result."),
        ("pupil,subject,grade", "File results.csv: it has headings and no rows. Write a row for each result."),
        (
            "pupil,subject\np,Maths",
            "File results.csv: it has no column grade. Its columns must be pupil, subject, grade; it may also have "
            "qualification, points, size, entered.",
        ),
        ("pupil,subject,grade\n,Maths,5", "results.csv, row 2, pupil: the row names no pupil. Write who each result belongs to."),
    ],
)
def test_a_file_that_is_not_a_list_of_results_is_refused(tmp_path, text, message):
    with pytest.raises(Unreadable) as refused:
        score(file(tmp_path, text), None, 2024)
    assert str(refused.value) == message and refused.value.exit_code == 2


def test_a_file_that_is_not_there_and_a_year_before_attainment_8_are_refused(tmp_path):
    with pytest.raises(Unreadable) as refused:
        score(tmp_path / "none.csv", None, 2024)
    assert str(refused.value) == f"File {tmp_path / 'none.csv'}: it cannot be opened. Check its name and that you may read it."
    with pytest.raises(WrongUse) as refused:
        score(file(tmp_path, "pupil,subject,grade\np,Maths,5"), None, 2015)
    assert str(refused.value) == "Year 2015: Attainment 8 begins in 2016. Name 2016 or a later year."


def test_what_entered_may_say():
    found = [entry(text) for text in ("yes", "N", "2024", "2024-06", "2024-06-12", "12/06/2024", "12/13/2024", "soon", "")]
    days = [None if day is None else day.isoformat() for day, _taken in found]
    assert days == [None, None, "2024-01-01", "2024-06-01", "2024-06-12", "2024-06-12", None, None, None]
    assert [taken for _day, taken in found] == [True, False, *[None] * 7]


def test_five_hundred_invented_pupils_have_the_same_scores_worked_out_one_at_a_time(tmp_path):
    chance = random.Random(4)
    by_pupil = {pupil: rows for pupil, rows in invented_results(21, 500).items() if rows}
    with (tmp_path / "results.csv").open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(("pupil", "subject", "qualification", "grade", "entered"))
        for pupil, rows in by_pupil.items():
            writer.writerows((pupil, s, q or "", g, f"2023-06-0{day}" if day else "") for s, q, g, day in rows)
    ks2 = {pupil: (chance.randint(80, 120), chance.choice((79, *range(80, 121)))) for pupil in by_pupil}
    with (tmp_path / "ks2.csv").open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(("pupil", "reading", "maths"))
        writer.writerows((pupil, reading, "N" if maths == 79 else maths) for pupil, (reading, maths) in ks2.items())
    estimates = [row for row in codes.load("attainment8_estimates") if (row["year"], row["status"]) == ("2023", "revised")]
    bounds = [(int(row["group"]), Decimal(row["low"]), Decimal(row["high"])) for row in estimates]
    estimate = {int(row["group"]): Decimal(row["attainment_8"]) for row in estimates}
    for row in score(tmp_path / "results.csv", tmp_path / "ks2.csv", 2023):
        elements = slow.attainment_8(by_pupil[row["pupil"]])
        group = slow.group_of(Decimal(sum(ks2[row["pupil"]])) / 2, bounds)
        total = Decimal(sum(elements))
        progress = ((total - estimate[group]) / 10).quantize(Decimal("0.001"), ROUND_HALF_UP)
        *_flags, entered, average = slow.ebacc(by_pupil[row["pupil"]])
        assert [row[name] for name in ("english", "maths", "ebacc", "open", "attainment_8")] == [
            float(value) for value in (*elements, total)
        ]
        assert (row["group"], row["progress_8"], row["ebacc_entered"]) == (group, float(progress), entered)
        assert abs(row["ebacc_aps"] - float(average)) < 0.00005001
        used = {name: [slot["points"] for slot in row["slots"] if slot["slot"] == name] for name in ("english", "maths", "ebacc", "open")}
        assert [len(points) <= most for points, most in zip(used.values(), (1, 1, 3, 3), strict=True)] == [True] * 4
        assert [sum(used["maths"]) * 2, *(pytest.approx(sum(used[name])) for name in ("ebacc", "open"))] == [float(e) for e in elements[1:]]
        assert float(elements[0]) in (pytest.approx(sum(used["english"])), pytest.approx(sum(used["english"]) * 2))

"""Attainment 8 and the EBacc: the worked examples, each rule's edges, and the same again one pupil at a time."""

import random
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa

from tests.outcomes import slow
from virtualschool import outcomes, tables

BTEC = "BTEC First Award"
SCIENCE_BTEC = "BTEC First Award L1/2 - Band C - P-D*"


def results(store, drawing, year=2024):
    """Draws results of one pupil or more: pmr | subject | qualification | grade (and more), numbered in order."""
    lines = drawing.strip().splitlines()
    head, body = lines[0], lines[1:]
    rows = [f"year | file | row | {head}", *(f"{year} | 1 | {n} | {line}" for n, line in enumerate(body, start=2))]
    store.add(tables.ks4_results, "\n".join(rows))
    outcomes.outcomes(store.draft)


ELEMENTS = ("attainment_8_english", "attainment_8_maths", "attainment_8_ebacc", "attainment_8_open", "attainment_8")


def elements(store):
    return {row[0]: [float(value) for value in row[1:]] for row in store.rows("SELECT * FROM pupils", "pupil", *ELEMENTS)}


def test_the_worked_examples_of_attainment_8(store):
    results(
        store,
        """pmr | subject | qualification | grade
        A | English language | | 5
        A | English literature | | 6
        A | Mathematics | | 4
        A | Combined science | | 5-4
        A | History | | 4
        A | French | | 3
        A | Art | | 6
        A | Sport | BTEC First Award | Level 2 Merit
        A | RS | | 5
        B | English language | | 3
        B | English literature | | 2
        B | Combined science | | 2-2
        B | Child development | Cambridge National | Level 1 Distinction
        C | English literature | | 4
        C | Maths | | U
        C | Combined science | | 3-3
        C | RS | | 2
        D | Maths | | 2
        D | History | | 1
        D | Sport | BTEC First Award | Level 1 Pass""",
    )
    assert elements(store) == {
        "A": [12, 8, 13, 16.5, 49.5],
        "B": [6, 0, 4, 5, 15],
        "C": [4, 0, 6, 2, 12],
        "D": [0, 4, 1, 1.75, 6.75],
    }


def test_the_worked_examples_of_the_ebacc(store):
    results(
        store,
        """pmr | subject | qualification | grade
        A | English language | | 5
        A | English literature | | 6
        A | Maths | | 4
        A | Combined science | | 5-4
        A | History | | 4
        A | French | | 3
        B | English language | | 3
        B | English literature | | 2
        B | Maths | | 2
        B | Combined science | | 2-2
        B | Geography | | 3""",
    )
    rows = store.rows("SELECT * FROM pupils", "pupil", "ebacc_aps", "ebacc_entered")
    assert rows == [("A", Decimal("4.333333"), True), ("B", Decimal("2.000000"), False)]


def test_english_is_doubled_only_with_both_papers_and_the_weaker_may_fill_an_open_slot(store):
    results(
        store,
        """pmr | subject | qualification | grade
        A | English language | | 5
        A | English literature | | 3
        B | English language | | 5
        C | English language | | 5
        C | English literature | | U
        D | English literature | | 7""",
    )
    assert {pupil: (row[0], row[3]) for pupil, row in elements(store).items()} == {"A": (10, 3), "B": (5, 0), "C": (10, 0), "D": (7, 0)}


def test_a_second_result_in_mathematics_goes_nowhere(store):
    results(
        store,
        """pmr | subject | qualification | grade | exam_date
        A | Maths | | 4 | 2023-06-01
        A | Maths | | 6 | 2024-06-01""",
    )
    assert elements(store)["A"] == [0, 8, 0, 0, 8]


def test_the_first_attempt_counts_and_of_one_day_the_best(store):
    results(
        store,
        """pmr | subject | qualification | grade | exam_date
        A | French | | 3 | 2023-06-01
        A | French | | 7 | 2024-06-01
        B | French | | 3 | 2024-06-01
        B | French | | 7 | 2024-06-01
        C | French | | 3 |
        C | French | | 7 |
        D | French | | 7 |
        D | French | | 3 | 2024-06-01""",
    )
    assert {pupil: row[4] for pupil, row in elements(store).items()} == {"A": 3, "B": 7, "C": 7, "D": 3}


def test_an_as_discounts_the_gcse_of_its_subject_whenever_it_was_sat(store):
    results(
        store,
        """pmr | subject | qualification | grade | exam_date
        A | Maths | GCSE | 9 | 2023-06-01
        A | Maths | AS | E | 2024-06-01""",
    )
    assert elements(store)["A"] == [0, 7, 0, 0, 7]


def test_results_with_one_discount_code_discount_one_another(store):
    results(
        store,
        """pmr | subject | qualification | grade | discount_code
        A | Physical education | | 4 | MA1
        A | Sport | BTEC First Award | M2 | MA1
        B | Physical education | | 4 |
        B | Sport | BTEC First Award | M2 | """,
    )
    assert {pupil: row[3] for pupil, row in elements(store).items()} == {"A": 5.5, "B": 9.5}


def test_a_result_that_dfe_discounted_is_left_out(store):
    results(
        store,
        """pmr | subject | qualification | grade | discounted
        A | History | | 7 | yes
        A | Geography | | 4 | no
        A | French | | 3 | """,
    )
    assert elements(store)["A"] == [0, 0, 7, 0, 7]


def test_a_double_award_may_fill_the_last_ebacc_slot_and_an_open_one(store):
    results(
        store,
        """pmr | subject | qualification | grade
        A | History | | 9
        A | French | | 8
        A | Combined science | | 5-4
        A | Art | | 3""",
    )
    assert elements(store)["A"] == [0, 0, 21.5, 7.5, 29]


def test_a_fourth_ebacc_result_and_no_more_than_three_others_are_open(store):
    results(
        store,
        """pmr | subject | qualification | grade
        A | History | | 9
        A | French | | 8
        A | Biology | | 7
        A | Physics | | 6
        A | Art | | 5
        A | Music | | 4
        A | Drama | | 3""",
    )
    assert elements(store)["A"] == [0, 0, 24, 15, 39]


def test_a_btec_in_science_fills_an_open_slot_and_no_ebacc_slot(store):
    results(store, f"pmr | subject | qualification | grade\nA | Biology | {SCIENCE_BTEC} | D2")
    assert elements(store)["A"] == [0, 0, 0, 7, 7]


def test_the_points_of_a_file_serve_where_the_kind_is_unknown_and_old_scales_do_not(store):
    results(
        store,
        """pmr | subject | qualification | grade | result_points
        A | Dance | NVQ of some kind | Pass | 4
        B | Dance | NVQ of some kind | Pass | 40
        C | Art | GCSE | 5 | 40
        D | Dance | VRQ Level 2 | D | 7.75
        E | Dance | VRQ Level 2 | D | """,
    )
    assert {pupil: row[3] for pupil, row in elements(store).items()} == {"A": 4, "B": 0, "C": 5, "D": 7.75, "E": 0}


def test_results_of_the_pandemic_are_left_out_of_2022_and_2023_and_of_no_other_year(store):
    """From January 2020 to August 2021; of two results in mathematics the first that is left counts."""
    entries = {"2020-01-01": 9, "2021-08-31": 8, "2021-09-01": 5}
    years = (2022, 2023, 2024)
    lines = [
        f"{year} | P{year} | Maths | {grade} | {day} | 1 | {year}{n}" for year in years for n, (day, grade) in enumerate(entries.items())
    ]
    lines.append("2023 | Q | Maths | 1 | 2019-12-31 | 1 | 9")
    store.add(tables.ks4_results, "year | pmr | subject | grade | exam_date | file | row\n" + "\n".join(lines))
    outcomes.outcomes(store.draft)
    found = dict(store.rows("SELECT * FROM pupils", "pupil", "attainment_8_maths"))
    assert found == {"P2022": 10, "P2023": 10, "P2024": 18, "Q": 2}


def test_either_english_paper_serves_for_grades_4_and_5_in_english_and_mathematics(store):
    grades = {"A": "4 4", "B": "3 4 4", "C": "3 4", "D": "5 5", "E": "5 4", "F": "5"}
    lines = []
    for pupil, given in grades.items():
        language, *literature, maths = given.split() if " " in given else (given, "")
        papers = {"English language": language, "English literature": "".join(literature), "Maths": maths}
        lines += [f"{pupil} | {subject} | {grade}" for subject, grade in papers.items() if grade]
    results(store, "pmr | subject | grade\n" + "\n".join(lines))
    found = {pupil: flags for pupil, *flags in store.rows("SELECT * FROM pupils", "pupil", "english_maths_94", "english_maths_95")}
    assert found == {
        "A": [True, False],
        "B": [True, False],
        "C": [False, False],
        "D": [True, True],
        "E": [True, False],
        "F": [False, False],
    }


def test_two_single_sciences_do_not_enter_a_pupil_for_science_and_three_do(store):
    common = ["English language | 5", "English literature | 5", "Maths | 5", "History | 5", "French | 5", "Biology | 6", "Physics | 6"]
    drawing = (
        "pmr | subject | grade\n" + "\n".join(f"{pupil} | {entry}" for pupil in "AB" for entry in common) + "\nB | Computer science | 3"
    )
    results(store, drawing)
    rows = store.rows("SELECT * FROM pupils", "pupil", "ebacc_entered", "ebacc_aps")
    assert rows == [("A", False, Decimal("3.333333")), ("B", True, Decimal("5.333333"))]


SUBJECTS = (
    "English language", "English literature", "Mathematics", "Combined science", *slow.SCIENCES, *slow.HUMANITIES, *slow.LANGUAGES,
    "Art and design", "Music", "Drama", "Religious studies", "Physical education",
)  # fmt: skip


def invented_results(seed, pupils):
    """Results of pupils by chance, with repeats, AS levels, BTECs and missing dates."""
    chance = random.Random(seed)
    found = {}
    for number in range(pupils):
        rows = []
        for subject in chance.sample(SUBJECTS, chance.randint(0, 12)):
            for _attempt in range(chance.choice((1, 1, 1, 1, 2))):
                qualification = chance.choice((None, None, None, None, "GCSE", "AS", BTEC))
                if subject == "Combined science" and qualification == "AS":
                    qualification = None
                if qualification == BTEC:
                    grade = chance.choice((*slow.BTEC, "U"))
                elif qualification == "AS":
                    grade = chance.choice((*slow.AS, "U"))
                elif subject == "Combined science":
                    high = chance.randint(1, 9)
                    grade = chance.choice((f"{high}-{high}", f"{high}{max(high - 1, 1)}", "U"))
                else:
                    grade = chance.choice((*"987654321", "U", "X"))
                day = chance.choice((None, None, 1, 2, 3))
                rows.append((subject, qualification, grade, day))
        found[f"P{number:05d}"] = rows
    return found


def test_two_thousand_invented_pupils_have_the_same_figures_worked_out_one_at_a_time(store):
    by_pupil = invented_results(8, 2000)
    made = []
    for pupil, rows in by_pupil.items():
        for subject, qualification, grade, day in rows:
            date = None if day is None else f"2024-06-0{day}"
            made.append({"year": 2024, "pmr": pupil, "subject": subject, "qualification": qualification, "grade": grade, "exam_date": date})
    random.Random(9).shuffle(made)
    for number, row in enumerate(made, start=2):
        row |= {"file": 1, "row": number}
    columns = {column.name: [row.get(column.name) for row in made] for column in tables.ks4_results.columns}
    columns["exam_date"] = pa.array(columns["exam_date"]).cast(pa.date32())
    store.draft.write("ks4_results", pa.table(columns, schema=tables.ks4_results.arrow))
    outcomes.outcomes(store.draft)
    names = ("pupil", *ELEMENTS[:4], "english_maths_94", "english_maths_95", "ebacc_entered", "ebacc_94", "ebacc_95", "ebacc_aps")
    found = {row[0]: row[1:] for row in store.rows("SELECT * FROM pupils", *names)}
    expected = {}
    for pupil, rows in by_pupil.items():
        if rows:
            *flags, average = slow.ebacc(rows)
            as_decimal = (Decimal(average.numerator) / average.denominator).quantize(Decimal("0.000001"), ROUND_HALF_UP)
            expected[pupil] = (*slow.attainment_8(rows), *flags, *slow.ebacc_achieved(rows), as_decimal)
    assert found == expected

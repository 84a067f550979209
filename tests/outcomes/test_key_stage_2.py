"""Key stages 1 and 2: standards, denominators, the key stage 1 average and progress from it."""

import random
from decimal import ROUND_HALF_UP, Decimal

from virtualschool import outcomes, tables
from virtualschool.outcomes import key_stage_2

STANDARDS = ("pupil", "ks2_read_expected", "ks2_maths_expected", "ks2_writing_expected", "ks2_rwm_expected", "ks2_rwm_higher")


def ks2(store, drawing, year=2024):
    head, *lines = [line.strip() for line in drawing.strip().splitlines()]
    rows = [f"year | file | row | {head}", *(f"{year} | 1 | {n} | {line}" for n, line in enumerate(lines, start=2))]
    store.add(tables.ks2, "\n".join(rows))
    return outcomes.outcomes(store.draft)


def test_the_worked_examples_of_reading_writing_and_mathematics(store):
    ks2(
        store,
        """pmr | read_result | maths_result | writing_result
        A | 100 | 99 | EXS
        B | 112 | 110 | GDS
        C | 104 | 108 | WTS""",
    )
    assert store.rows("SELECT * FROM pupils", *STANDARDS) == [
        ("A", True, False, True, False, False),
        ("B", True, True, True, True, True),
        ("C", True, True, False, False, False),
    ]


def test_the_higher_standard_begins_at_110_in_both_and_greater_depth(store):
    ks2(
        store,
        """pmr | read_result | maths_result | writing_result
        A | 109 | 110 | GDS
        B | 110 | 109 | GDS
        C | 110 | 110 | EXS
        D | 110 | 110 | GDS""",
    )
    assert [row[-1] for row in store.rows("SELECT * FROM pupils", *STANDARDS)] == [False, False, False, True]


def test_codes_below_the_test_count_and_missing_lost_or_annulled_results_do_not(store):
    ks2(
        store,
        """pmr | read_result | maths_result | writing_result
        A | B   | N   | PK3
        B | A   | 100 | EXS
        C | M   | 100 | EXS
        D | 100 | Q   | EXS
        E | 100 | 100 | L
        F | 100 | 100 | """,
    )
    assert store.rows("SELECT * FROM pupils", *STANDARDS[:5]) == [
        ("A", False, False, False, False),
        ("B", False, True, True, False),
        ("C", None, True, True, None),
        ("D", True, None, True, None),
        ("E", True, True, None, None),
        ("F", True, True, None, None),
    ]


def test_dfe_s_flags_win_and_a_pupil_it_leaves_out_does_not_count(store):
    ks2(
        store,
        """pmr | read_result | maths_result | writing_result | read_expected | read_eligible | rwm_expected | rwm_valid
        A | 99  | 100 | EXS | yes | yes | yes |
        B | 110 | 110 | GDS |     | no  |     |
        C | 110 | 110 | GDS |     |     |     | no""",
    )
    assert store.rows("SELECT * FROM pupils", *STANDARDS) == [
        ("A", True, True, True, True, False),
        ("B", None, True, True, None, None),
        ("C", True, True, True, None, None),
    ]


def test_the_worked_examples_of_the_key_stage_1_average(store):
    store.add(
        tables.ks1,
        """
        year | pmr | reading | writing | maths | file | row
        -----+-----+---------+---------+-------+------+----
        2019 | A   | EXS     | WTS     | GDS   |    2 |   2
        2019 | B   | PKF     | PKF     | WTS   |    2 |   3
        2019 | C   | EXS     |         | GDS   |    2 |   4
        2019 | D   |         |         | GDS   |    2 |   5
        2019 | E   | GDS     | EXS     |       |    2 |   6
        2019 | F   |         |         |       |    2 |   7
        """,
    )
    ks2(store, "pmr | read_result\n" + "\n".join(f"{pupil} | 100" for pupil in "ABCDEF"), 2023)
    rows = store.rows("SELECT * FROM pupils WHERE year = 2023", "pupil", "ks1_average")
    assert rows == [
        ("A", Decimal("8.5")),
        ("B", Decimal(5)),
        ("C", Decimal(9)),
        ("D", Decimal(10)),
        ("E", Decimal(9)),
        ("F", None),
    ]


def test_progress_is_dfe_s_where_the_file_has_it(store):
    ks2(
        store,
        """pmr | read_result | read_progress | in_read_progress | maths_progress
        A | 100 | -1.25 | yes | 2
        B | 100 | 3 | no | """,
        2023,
    )
    rows = store.rows("SELECT * FROM pupils", "pupil", "ks2_read_progress", "ks2_maths_progress", "ks2_progress_source")
    assert rows == [("A", Decimal("-1.25"), Decimal(2), "dfe"), ("B", None, None, "dfe")]


def cohort(store, pupils, printed, year):
    chance = random.Random(5)
    if printed is not None:
        store.add(
            tables.published,
            f"""measure | year | level | population | breakdown | pupils | file | row
            ks2_rwm | {year} | england | all_pupils | total | {printed} | 7 | 2""",
        )
    lines = ["pmr | read_result | writing_result | ks1_reading_points | ks1_writing_points | ks1_maths_points"]
    drawn = []
    for n in range(pupils):
        points = [chance.choice((4, 6, 8, 10)) for _ in range(3)]
        score = chance.randint(80, 120)
        drawn.append((f"P{n:03d}", score, Decimal(points[0] + points[1]) / 4 + Decimal(points[2]) / 2))
        lines.append(f"P{n:03d} | {score} | {chance.choice(('GDS', 'EXS', 'WTS', 'PK4'))} | " + " | ".join(map(str, points)))
    return drawn, ks2(store, "\n".join(lines), year)


def test_own_progress_worked_out_one_pupil_at_a_time(store):
    drawn, notes = cohort(store, 700, 700, 2017)
    of = key_stage_2.merged([(average, Decimal(score), 1) for _pupil, score, average in drawn])
    groups: dict[int, list[int]] = {}
    for _pupil, score, average in drawn:
        groups.setdefault(of[average], []).append(score)
    assert len(groups) > 2 and min(len(scores) for scores in groups.values()) >= key_stage_2.SMALLEST_GROUP
    mean = {n: (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.000001"), ROUND_HALF_UP) for n, scores in groups.items()}
    expected = [(pupil, score - mean[of[average]], "store") for pupil, score, average in drawn]
    assert store.rows("SELECT * FROM pupils", "pupil", "ks2_read_progress", "ks2_progress_source") == expected
    assert notes == ["Key stage 2 progress 2017: estimates from the pupils of this store."]


def test_own_progress_is_refused_where_the_store_is_not_the_nation(store):
    for printed, why in (
        (None, "no national number of pupils is held to compare the store's with."),
        (600_000, "the store holds 10 of 600,000 pupils."),
    ):
        _drawn, notes = cohort(store, 10, printed, 2023)
        assert notes == [f"Key stage 2 progress 2023: No estimates: DfE's are not published, and {why}"]
        assert {row[0] for row in store.rows("SELECT * FROM pupils", "ks2_read_progress")} == {None}


def test_years_with_progress_from_key_stage_1():
    assert [year for year in range(2015, 2029) if key_stage_2.why_not(year) is None] == [2016, 2017, 2018, 2019, 2022, 2023, 2026, 2027]
    assert key_stage_2.why_not(2025) == "There is no key stage 2 progress in 2025: these pupils have no key stage 1 results."


def test_small_groups_join_the_next_and_the_last_joins_the_one_before():
    rows = [(Decimal(average), Decimal(100), pupils) for average, pupils in ((4, 60), (5, 39), (6, 1), (7, 100), (8, 99))]
    assert key_stage_2.merged(rows) == {Decimal(4): 1, Decimal(5): 1, Decimal(6): 1, Decimal(7): 2, Decimal(8): 2}

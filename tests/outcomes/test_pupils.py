"""Who a pupil is, where, and how much of school they missed; and the shape of the table."""

import datetime

from virtualschool import outcomes, tables
from virtualschool.outcomes.who import with_pupil


def census(store, drawing, year=2024):
    head, *lines = [line.strip() for line in drawing.strip().splitlines()]
    rows = [f"year | file | row | {head}", *(f"{year} | 1 | {n} | {line}" for n, line in enumerate(lines, start=2))]
    store.add(tables.census, "\n".join(rows))
    return outcomes.outcomes(store.draft)


def test_codes_become_words(store):
    census(
        store,
        """pmr | term | sex | ethnicity | language | sen | primary_need | fsm | year_group
        A | spring | F | CHNE | ENG | K | SEMH | yes | 9
        B | spring | M | WCOR | POL | E | ASD | no | 10
        C | spring |  | REFU | NOT | N | | | 11
        D | spring | M | | ENB | S | XXX | | 11""",
    )
    columns = ("pupil", "sex", "ethnicity", "ethnic_group", "language", "sen", "primary_need", "fsm", "year_group")
    assert store.rows("SELECT * FROM pupils", *columns) == [
        ("A", "female", "Chinese", "Asian", "English", "support", "Social, emotional and mental health", True, "9"),
        ("B", "male", None, "White", "other than English", "EHCP", "Autistic spectrum disorder", False, "10"),
        ("C", None, "Refused", "not known", None, "none", None, None, "11"),
        ("D", "male", None, "not known", "English", "EHCP", None, None, "11"),
    ]


def test_the_january_census_counts_and_a_pupil_on_two_rolls_has_the_higher_provision(store):
    census(
        store,
        """pmr | term | sen | enrol_status | school_urn | on_roll
        A | autumn | N | C | 1 | yes
        A | spring | K | C | 2 | yes
        A | summer | E | C | 3 | yes
        B | spring | N | M | 1 | yes
        B | spring | E | S | 2 | yes
        C | summer | K | C | 1 | yes
        D | spring | K | C | 1 | no
        D | spring | N | C | 2 | yes""",
    )
    rows = store.rows("SELECT * FROM pupils", "pupil", "sen", "school", "on_roll_january")
    assert rows == [("A", "support", "2", True), ("B", "EHCP", "1", True), ("C", "support", "1", False), ("D", "none", "2", True)]


def test_age_is_that_on_31_august_before_the_school_year(store):
    census(store, "pmr | term | dob\nA | spring | 31/08/2012\nB | spring | 01/09/2012\nC | spring | 29/02/2012")
    assert store.rows("SELECT * FROM pupils", "pupil", "age") == [("A", 11), ("B", 10), ("C", 11)]


def test_moves_of_school_from_october_to_july_count_and_those_of_the_summer_do_not(store):
    census(
        store,
        """pmr | term | laestab | entry_date | enrol_status
        A | spring | 3010001 | 30/09/2023 | C
        B | spring | 3010001 | 01/10/2023 | C
        C | spring | 3010001 | 31/07/2024 | C
        D | spring | 3010001 | 01/08/2024 | C
        E | autumn | 3010001 | 01/09/2020 | C
        E | spring | 3010002 | 08/01/2024 | C
        F | autumn | 3010001 | | C
        F | spring | 3010002 | | C
        G | spring | 3010002 | 08/01/2024 | S""",
    )
    moves = dict(store.rows("SELECT * FROM pupils", "pupil", "school_moves"))
    assert moves == {"A": 0, "B": 1, "C": 1, "D": 0, "E": 1, "F": 1, "G": 0}


def test_a_pupil_is_the_one_its_reference_means_else_its_upn(store):
    store.add(
        tables.pupil_keys,
        """
        identifier    | kind | pupil
        --------------+------+------
        OLD           | pmr  | A
        A             | pmr  | A
        A123456789012 | upn  | A
        """,
    )
    store.add(
        tables.exclusions,
        """
        pmr | upn           | row
        ----+---------------+----
        OLD |               |   1
        A   | B123456789012 |   2
            | A123456789012 |   3
            | B123456789012 |   4
        NEW | A123456789012 |   5
            |               |   6
        """,
    )
    assert store.rows(with_pupil(tables.exclusions.ibis()), "row", "pupil") == [
        (1, "A"),
        (2, "A"),
        (3, "A"),
        (4, "B123456789012"),
        (5, "NEW"),
    ]
    assert store.rows(with_pupil(tables.exclusions.ibis(), by_upn=False), "row", "pupil") == [(1, "A"), (2, "A"), (5, "NEW")]


def test_the_school_comes_from_the_register_by_urn_else_by_laestab_else_from_the_type_code(store):
    store.add(
        tables.schools,
        """
        school_urn | laestab | type_group | la  | phase     | inspection_outcome | file | row
        -----------+---------+------------+-----+-----------+--------------------+------+----
        100001     | 3014001 | special    | 301 | Secondary | Good               |    9 |   2
        """,
    )
    store.add(
        tables.ks4,
        """
        year | pmr | school_urn | laestab | school_type | file | row
        -----+-----+------------+---------+-------------+------+----
        2024 | A   | 100001     |         |             |    1 |   2
        2024 | B   |            | 3014001 | 30          |    1 |   3
        2024 | C   | 100009     | 3024001 | 30          |    1 |   4
        2024 | D   | 100009     | 3024001 | 51          |    1 |   5
        2024 | E   |            |         |             |    1 |   6
        """,
    )
    outcomes.outcomes(store.draft)
    columns = ("pupil", "school", "school_la", "school_type", "school_phase", "school_inspection", "state_funded")
    assert store.rows("SELECT * FROM pupils", *columns) == [
        ("A", "100001", "301", "special", "Secondary", "Good", True),
        ("B", "100001", "301", "special", "Secondary", "Good", True),
        ("C", "100009", "302", "independent", None, None, False),
        ("D", "100009", "302", "mainstream", None, None, True),
        ("E", None, None, None, None, None, None),
    ]


def sessions(store, drawing):
    """Draws absence in 2024."""
    head, line, *rows = drawing.strip().splitlines()
    store.add(tables.absence, "\n".join([f"year | file | {head}", line, *(f"2024 | 1 | {row}" for row in rows)]))


SESSIONS = ("pupil", "sessions_possible", "sessions_authorised", "sessions_unauthorised", "sessions_missed")


def test_sessions_are_those_of_the_main_enrolment_the_year_s_file_before_the_terms(store):
    sessions(
        store,
        """
        pmr | term   | sessions_possible | sessions_authorised | sessions_unauthorised | sessions_missed | main_enrolment | row
        ----+--------+-------------------+---------------------+-----------------------+-----------------+----------------+----
        A   | year   | 300               | 10                  | 5                     | 15              |                | 2
        A   | autumn | 120               | 1                   | 1                     | 2               |                | 3
        B   | autumn | 120               | 4                   | 2                     |                 |                | 4
        B   | spring | 100               | 3                   | 1                     |                 |                | 5
        C   | year   | 300               | 1                   | 1                     | 2               | no             | 6
        C   | year   | 200               | 7                   | 0                     | 7               | yes            | 7
        D   | year   | 100               | 1                   | 1                     | 2               |                | 8
        D   | year   | 200               | 2                   | 2                     | 4               |                | 9
        """,
    )
    outcomes.outcomes(store.draft)
    rows = store.rows("SELECT * FROM pupils", *SESSIONS)
    assert rows == [("A", 300, 10, 5, 15), ("B", 220, 7, 3, 10), ("C", 200, 7, 0, 7), ("D", 200, 2, 2, 4)]


def test_sessions_are_of_pupils_aged_5_to_15(store):
    born = {"A": "01/09/2018", "B": "31/08/2018", "C": "01/09/2007", "D": "31/08/2007"}
    sessions(store, "pmr | term | sessions_possible | row\n---\n" + "\n".join(f"{pupil} | year | 300 | {ord(pupil)}" for pupil in born))
    census(store, "pmr | term | dob\n" + "\n".join(f"{pupil} | spring | {day}" for pupil, day in born.items()))
    assert store.rows("SELECT * FROM pupils", "pupil", "sessions_possible") == [("A", None), ("B", 300), ("C", 300), ("D", None)]


def test_suspensions_are_counted_without_lunchtimes_and_are_nought_for_others_on_a_roll(store):
    store.add(
        tables.exclusions,
        """
        year | pmr | category   | file | row
        -----+-----+------------+------+----
        2024 | A   | suspension |    2 |   2
        2024 | A   | suspension |    2 |   3
        2024 | A   | lunchtime  |    2 |   4
        2024 | A   | permanent  |    2 |   5
        2024 | B   | lunchtime  |    2 |   6
        """,
    )
    store.add(tables.ks1, "year | pmr | reading | file | row\n2024 | D | EXS | 3 | 2")
    census(store, "pmr | term\nA | spring\nC | spring")
    rows = store.rows("SELECT * FROM pupils", "pupil", "suspensions", "permanent_exclusions")
    assert rows == [("A", 2, 1), ("B", 0, 0), ("C", 0, 0), ("D", None, None)]


def test_exclusions_are_not_known_where_no_file_was_read(store):
    census(store, "pmr | term\nA | spring")
    assert store.rows("SELECT * FROM pupils", "suspensions", "permanent_exclusions") == [(None, None)]


def test_one_row_a_pupil_and_year_in_the_types_of_the_table_and_in_order(store):
    store.add(
        tables.census,
        """
        year | pmr | term   | dob        | file | row
        -----+-----+--------+------------+------+----
        2023 | B   | spring | 2010-01-01 |    1 |   2
        2023 | A   | spring | 2010-01-01 |    1 |   3
        2024 | A   | spring | 2010-01-01 |    1 |   4
        2024 | A   | autumn | 2010-01-01 |    1 |   5
        """,
    )
    store.add(
        tables.ks4, "year | pmr | attainment_8 | ks2_reading | ks2_maths | progress_8 | file | row\n2023 | A | 40 | 100 | 100 | 0.1 | 2 | 2"
    )
    store.add(tables.ks2, "year | pmr | read_result | ks1_reading_points | read_progress | file | row\n2023 | B | 100 | 8 | 1 | 2 | 2")
    outcomes.outcomes(store.draft)
    rows = store.engine.rows("SELECT year, pupil, dob FROM pupils")
    born = datetime.date(2010, 1, 1)
    assert [tuple(row.values()) for row in rows] == [(2023, "A", born), (2023, "B", born), (2024, "A", born)]
    stored = {row["column_name"]: row["column_type"] for row in store.engine.rows("DESCRIBE pupils")}
    assert stored == {column.name: column.sql for column in tables.pupils.columns}


def test_a_result_alone_is_of_key_stage_4_unless_a_census_or_the_table_has_the_pupil_younger(store):
    store.add(
        tables.ks4_results,
        "year | pmr | subject | grade | file | row\n"
        + "\n".join(f"2024 | {p} | French | 5 | 1 | {n}" for n, p in enumerate("ABCD", start=2)),
    )
    store.add(tables.ks4, "year | pmr | end_of_key_stage | file | row\n2024 | C | no | 2 | 2\n2024 | E | yes | 2 | 3")
    census(store, "pmr | term | year_group\nA | spring | 10\nB | spring | 11")
    rows = store.rows("SELECT * FROM pupils", "pupil", "at_ks4", "attainment_8", "ks4_source")
    assert rows == [("A", False, None, None), ("B", True, 5, "results"), ("D", True, 5, "results"), ("E", True, 0, "results")]


def test_outcomes_of_an_empty_store_are_none(store):
    assert outcomes.outcomes(store.draft) == []
    assert store.rows("SELECT * FROM pupils", "pupil") == []

from virtualschool import tables
from virtualschool.check import failures
from virtualschool.check import header as rules


def rows_that_fail(store, rule):
    return [row["row"] for row in failures(store.engine, rule)]


def test_sex_is_a_digit_to_2024_and_a_letter_from_2025(store):
    store.add(
        tables.header,
        """
        la  | year | child | sex | row
        ----+------+-------+-----+----
        301 | 2024 | A     | 1   | 2
        301 | 2024 | B     | M   | 3
        301 | 2024 | C     |     | 4
        301 | 2025 | A     | M   | 2
        301 | 2025 | B     | 2   | 3
        301 | 2025 | C     | U   | 4
        """,
    )
    assert rows_that_fail(store, rules.sex_not_a_code) == [3, 4]
    assert rows_that_fail(store, rules.sex_not_a_letter) == [3]


def test_a_upn_has_thirteen_characters_of_the_right_shape_or_is_an_unknown_code(store):
    store.add(
        tables.header,
        """
        la  | year | child | upn           | row
        ----+------+-------+---------------+----
        301 | 2025 | A     | H801200001001 | 2
        301 | 2025 | B     | U80120000100A | 3
        301 | 2025 | C     | UN5           | 4
        301 | 2025 | D     | UN0           | 5
        301 | 2025 | E     | I801200001001 | 6
        301 | 2025 | F     | H80120000100  | 7
        301 | 2025 | G     |               | 8
        """,
    )
    assert rows_that_fail(store, rules.upn_shape) == [5, 6, 7, 8]


def test_un1_is_for_children_under_four_on_31_august(store):
    store.add(
        tables.header,
        """
        la  | year | child | upn | dob        | row
        ----+------+-------+-----+------------+----
        301 | 2025 | A     | UN1 | 31/08/2020 | 2
        301 | 2025 | B     | UN1 | 01/09/2020 | 3
        """,
    )
    assert rows_that_fail(store, rules.un1_at_school_age) == [2]


def test_un4_is_for_children_looked_after_for_a_week_at_most(store):
    store.add(
        tables.header,
        """
        la  | year | child | upn | row
        ----+------+-------+-----+----
        301 | 2025 | A     | UN4 | 2
        301 | 2025 | B     | UN4 | 3
        """,
    )
    store.add(
        tables.episodes,
        """
        la  | year | child | decom
        ----+------+-------+-----------
        301 | 2025 | A     | 23/03/2025
        301 | 2025 | B     | 24/03/2025
        """,
    )
    assert rows_that_fail(store, rules.un4_too_long) == [2]

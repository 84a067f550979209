import pytest

from virtualschool import tables
from virtualschool.check import episodes as rules
from virtualschool.check import failures, sequences


def rows_that_fail(store, rule):
    return [row["row"] for row in failures(store.engine, rule)]


def test_an_end_needs_a_reason_and_a_reason_an_end(store):
    store.add(
        tables.episodes,
        """
        la  | year | child | decom      | dec        | rec | row
        ----+------+-------+------------+------------+-----+----
        301 | 2025 | A     | 01/05/2024 | 01/06/2024 | E4A | 2
        301 | 2025 | B     | 01/05/2024 |            | E4A | 3
        301 | 2025 | C     | 01/05/2024 | 01/06/2024 |     | 4
        301 | 2025 | D     | 01/05/2024 |            |     | 5
        """,
    )
    assert rows_that_fail(store, rules.end_without_reason) == [3, 4]


def test_an_episode_ends_after_the_day_it_begins(store):
    store.add(
        tables.episodes,
        """
        la  | year | child | decom      | dec        | row
        ----+------+-------+------------+------------+----
        301 | 2025 | A     | 01/05/2024 | 02/05/2024 | 2
        301 | 2025 | B     | 01/05/2024 | 01/05/2024 | 3
        301 | 2025 | C     | 01/05/2024 | 30/04/2024 | 4
        """,
    )
    assert rows_that_fail(store, rules.one_day) == [3]
    assert rows_that_fail(store, rules.ends_before_it_begins) == [4]


def test_dates_may_reach_31_march_and_no_further(store):
    store.add(
        tables.episodes,
        """
        la  | year | child | decom      | dec        | row
        ----+------+-------+------------+------------+----
        301 | 2025 | A     | 31/03/2025 |            | 2
        301 | 2025 | B     | 01/04/2025 |            | 3
        301 | 2025 | C     | 01/05/2024 | 31/03/2025 | 4
        301 | 2025 | D     | 01/05/2024 | 01/04/2025 | 5
        """,
    )
    assert rows_that_fail(store, rules.begins_after_the_year) == [3]
    assert rows_that_fail(store, rules.ends_after_the_year) == [5]


@pytest.mark.parametrize(("born", "fails"), [("01/09/2008", []), ("02/09/2008", [2])])
def test_supported_accommodation_is_for_those_who_have_turned_16(store, born, fails):
    store.add(
        tables.header,
        f"""
        la  | year | child | dob
        ----+------+-------+-------
        301 | 2025 | A     | {born}
        """,
    )
    store.add(
        tables.episodes,
        """
        la  | year | child | decom      | place | row
        ----+------+-------+------------+-------+----
        301 | 2025 | A     | 01/09/2024 | K3    | 2
        """,
    )
    assert rows_that_fail(store, rules.supported_at_16) == fails


def test_a_child_born_on_29_february_turns_18_on_1_march(store):
    store.add(
        tables.header,
        """
        la  | year | child | dob
        ----+------+-------+-----------
        301 | 2026 | A     | 29/02/2008
        301 | 2026 | B     | 29/02/2008
        """,
    )
    store.add(
        tables.episodes,
        """
        la  | year | child | decom      | dec        | rec | row
        ----+------+-------+------------+------------+-----+----
        301 | 2026 | A     | 01/09/2024 | 28/02/2026 | E17 | 2
        301 | 2026 | B     | 01/09/2024 | 01/03/2026 | E17 | 3
        """,
    )
    assert rows_that_fail(store, rules.stayed_put_too_young) == [2]


def test_x1_means_that_another_episode_begins_the_same_day(store):
    store.add(
        tables.episodes,
        """
        la  | year | child | decom      | dec        | rec | row
        ----+------+-------+------------+------------+-----+----
        301 | 2025 | A     | 01/05/2024 | 01/06/2024 | X1  | 2
        301 | 2025 | A     | 01/06/2024 |            |     | 3
        301 | 2025 | B     | 01/05/2024 | 01/06/2024 | X1  | 4
        301 | 2025 | B     | 02/06/2024 |            |     | 5
        301 | 2025 | C     | 01/05/2024 | 01/06/2024 | E4A | 6
        301 | 2025 | C     | 01/06/2024 |            |     | 7
        301 | 2025 | D     | 01/05/2024 | 01/06/2024 | X1  | 8
        """,
    )
    assert rows_that_fail(store, sequences.next_episode_and_reason_disagree) == [4, 6, 8]


def test_a_placement_change_changes_the_placement_and_not_the_legal_status(store):
    store.add(
        tables.episodes,
        """
        la  | year | child | decom      | dec        | rec | rne | ls | place | pl_post | row
        ----+------+-------+------------+------------+-----+-----+----+-------+---------+----
        301 | 2025 | A     | 01/05/2024 | 01/06/2024 | X1  | S   | C2 | U6    |         | 2
        301 | 2025 | A     | 01/06/2024 | 01/07/2024 | X1  | P   | C2 | U4    |         | 3
        301 | 2025 | A     | 01/07/2024 | 01/08/2024 | X1  | P   | C2 | U4    |         | 4
        301 | 2025 | A     | 01/08/2024 |            |     | P   | E1 | K2    |         | 5
        """,
    )
    assert rows_that_fail(store, sequences.placement_change_that_is_none) == [4, 5]


def test_last_years_open_episode_goes_on_as_it_was_and_h5_may_become_k3(store):
    store.add(
        tables.episodes,
        """
        la  | year | child | decom      | dec        | ls | place | row
        ----+------+-------+------------+------------+----+-------+----
        301 | 2024 | A     | 01/05/2023 |            | C2 | H5    | 2
        301 | 2025 | A     | 01/05/2023 |            | C2 | K3    | 3
        301 | 2024 | B     | 01/05/2023 |            | C2 | U6    | 4
        301 | 2025 | B     | 01/05/2023 |            | V2 | K2    | 5
        301 | 2024 | C     | 01/05/2023 |            | C2 | U6    | 6
        301 | 2025 | C     | 02/05/2023 |            | C2 | U6    | 7
        """,
    )
    assert rows_that_fail(store, sequences.other_place) == [5]
    assert rows_that_fail(store, sequences.other_ls) == [5]
    assert rows_that_fail(store, sequences.another_start_than_last_year) == [7]

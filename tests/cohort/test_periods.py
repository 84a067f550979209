import datetime

import ibis
import pytest

from virtualschool import tables
from virtualschool.cohort import periods
from virtualschool.link.workings import lay_by


def draw(store, episodes: str):
    """The store, with these episodes; its known episodes and its rows of years."""
    store.add(tables.episodes, episodes)
    known = lay_by(store.draft, "known", periods.episodes_known())
    return known, lay_by(store.draft, "years", periods.child_years(known))


def test_an_episode_in_several_returns_is_known_once_as_the_newest_says(store):
    known, years = draw(
        store,
        """
        la  | child | year | decom      | dec        | place | ls | rec
        ----+-------+------+------------+------------+-------+----+----
        301 | A     | 2023 | 01/05/2022 |            | U6    | C2 |
        301 | A     | 2024 | 01/05/2022 | 10/06/2023 | U4    | C2 | E4A
        302 | A     | 2023 | 01/05/2022 |            | K2    | C2 |
        301 | B     | 2023 | 01/05/2022 |            | U6    | C2 |
        301 | B     | 2024 | 02/05/2022 |            | U6    | C2 |
        301 | C     | 2024 | 05/05/2023 | 05/05/2023 | U6    | C2 | E4A
        301 | D     | 2024 | 05/05/2023 | 05/05/2023 | T0    | C2 | X1
        301 | D     | 2024 | 05/05/2023 |            | U6    | C2 |
        """,
    )
    assert store.rows(known, "la", "child", "decom", "until", "is_open", "place") == [
        ("301", "A", day("2022-05-01"), day("2023-06-10"), False, "U4"),
        ("301", "B", day("2022-05-02"), day("2024-04-01"), True, "U6"),
        ("301", "D", day("2023-05-05"), day("2024-04-01"), True, "U6"),
        ("302", "A", day("2022-05-01"), day("2023-04-01"), True, "K2"),
    ]
    assert store.rows(years, "la", "child", "year") == [
        ("301", "A", 2023),
        ("301", "A", 2024),
        ("301", "B", 2023),
        ("301", "B", 2024),
        ("301", "D", 2024),
        ("302", "A", 2023),
    ]


def test_a_year_has_a_row_from_an_episode_that_ends_on_1_april_and_not_from_one_that_ends_on_31_march(store):
    _known, years = draw(
        store,
        """
        la  | child | year | decom      | dec        | rec
        ----+-------+------+------------+------------+----
        301 | A     | 2024 | 01/05/2022 | 01/04/2023 | E4A
        301 | B     | 2024 | 01/05/2022 | 31/03/2023 | E4A
        301 | C     | 2024 | 31/03/2024 |            |
        301 | D     | 2024 | 01/04/2024 |            |
        """,
    )
    assert store.rows(years, "child", "year") == [("A", 2024), ("C", 2024)]


PERIODS = """
la  | child     | year | decom      | dec        | rne | rec | ls
----+-----------+------+------------+------------+-----+-----+---
301 | joined    | 2024 | 01/05/2021 | 01/06/2023 | S   | X1  | C1
301 | joined    | 2024 | 01/06/2023 |            | L   |     | C2
301 | gap       | 2024 | 01/05/2021 | 01/06/2023 | S   | E4A | C2
301 | gap       | 2024 | 02/06/2023 |            | S   |     | C2
301 | same day  | 2024 | 01/05/2021 | 01/06/2023 | S   | E4A | C2
301 | same day  | 2024 | 01/06/2023 |            | S   |     | C2
301 | x1 then s | 2024 | 01/05/2021 | 01/06/2023 | S   | X1  | C2
301 | x1 then s | 2024 | 01/06/2023 |            | S   |     | C2
301 | overlap   | 2024 | 01/05/2021 | 01/08/2023 | S   | X1  | C2
301 | overlap   | 2024 | 01/06/2023 | 01/07/2023 | P   | X1  | C2
301 | overlap   | 2024 | 15/07/2023 | 30/09/2023 | P   | E4A | C2
301 | respite   | 2024 | 01/05/2023 | 01/06/2023 | S   | X1  | V3
301 | respite   | 2024 | 01/06/2023 |            | L   |     | C2
301 | only v4   | 2024 | 01/05/2023 |            | S   |     | V4
"""


def test_periods_of_care_are_broken_by_gaps_and_new_starts(store):
    known, years = draw(store, PERIODS)
    fields = periods.period_fields(years, lay_by(store.draft, "care", periods.care(known)))
    assert store.rows(fields, "child", "periods", "first_entry", "period_start", "period_days", "months") == [
        ("gap", 2, day("2021-05-01"), day("2023-06-02"), 304, 9),
        ("joined", 1, day("2021-05-01"), day("2021-05-01"), 1066, 35),
        ("overlap", 1, day("2021-05-01"), day("2021-05-01"), 883, 29),
        ("respite", 1, day("2023-06-01"), day("2023-06-01"), 305, 10),
        ("same day", 2, day("2021-05-01"), day("2023-06-01"), 305, 10),
        ("x1 then s", 1, day("2021-05-01"), day("2021-05-01"), 1066, 35),
    ]


def test_a_year_knows_of_no_period_that_began_after_it(store):
    known, years = draw(
        store,
        """
        la  | child | year | decom      | dec        | rne | rec
        ----+-------+------+------------+------------+-----+----
        301 | A     | 2023 | 01/05/2021 | 01/06/2022 | S   | E4A
        301 | A     | 2024 | 01/05/2023 |            | S   |
        """,
    )
    fields = periods.period_fields(years, lay_by(store.draft, "care", periods.care(known)))
    assert store.rows(fields, "year", "periods", "period_start") == [(2023, 1, day("2021-05-01")), (2024, 2, day("2023-05-01"))]


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (0, "under 6 months"),
        (5, "under 6 months"),
        (6, "6 to 12 months"),
        (11, "6 to 12 months"),
        (12, "1 to 2 years"),
        (23, "1 to 2 years"),
        (24, "2 to 5 years"),
        (59, "2 to 5 years"),
        (60, "5 years or more"),
        (None, None),
    ],
)
def test_lengths_of_care_meet_at_whole_months(store, months, words):
    told = periods.length_of_care(ibis.literal(months, type="int32")).name("length").as_table()
    assert store.engine.rows(told) == [{"length": words}]


def day(text: str):
    return datetime.date.fromisoformat(text)

"""What the models know of a child's history, from drawn returns and school records."""

import datetime

import pytest
from drawn_cohorts import facts_of, standing, write

from virtualschool import measures, tables
from virtualschool.model.rows import number, prepare, rows

EPISODES = """
la  | year | child | decom      | rne | ls | place | pl_post | dec        | rec
----+------+-------+------------+-----+----+-------+---------+------------+----
301 | 2024 | A     | 01/02/2018 | S   | C2 | U4    | P1      | 01/06/2020 | X1
301 | 2024 | A     | 01/06/2020 | P   | C2 | U4    | P2      | 01/09/2021 | X1
301 | 2024 | A     | 01/09/2021 | L   | C2 | U4    | P2      | 01/05/2022 | X1
301 | 2024 | A     | 01/05/2022 | P   | C2 | K2    | P3      | 01/06/2022 | X1
301 | 2024 | A     | 01/06/2022 | T   | C2 | U4    | P3      |            |
301 | 2024 | B     | 01/02/2018 | S   | C2 | U4    | P4      |            |
302 | 2024 | E     | 01/02/2018 | S   | C2 | U4    | P4      |            |
"""
HEADER = """
la  | year | child | dob
----+------+-------+-----------
301 | 2022 | A     | 01/09/2008
301 | 2024 | A     | 01/09/2008
301 | 2024 | B     | 01/03/2008
302 | 2024 | E     | 01/03/2008
"""
CENSUS = """
year | pmr | entry_date | enrol_status
-----+-----+------------+-------------
2024 | PA  | 01/11/2022 | C
2024 | PB  | 01/09/2019 | C
"""
EXCLUSIONS = """
year | pmr | category   | sessions
-----+-----+------------+---------
2023 | PA  | suspension | 3
2024 | PA  | suspension | 2
2024 | PA  | permanent  |
2024 | PC  | suspension | 9
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """A moved twice after the eleventh birthday, changed school in Year 10 and lost two and a half days; B did none of these."""
    common = {"la": "301", "year": 2024, "at_ks4": True, "looked_after_12_months": True, "attainment_8": 20, "state_funded": True}
    common |= {"sen": "none", "sex": "male", "unaccompanied": False, "period_days": 1461, "placement_type": "foster", "school": "11"}
    with standing(tmp_path_factory.mktemp("rows")) as store:
        store.add(tables.header, HEADER)
        store.add(tables.episodes, EPISODES)
        store.add(tables.census, CENSUS)
        store.add(tables.exclusions, EXCLUSIONS)
        a = {**common, "child": "A", "pupil": "PA", "dob": datetime.date(2008, 9, 1), "sessions_possible": 300, "sessions_unauthorised": 30}
        b = {**common, "child": "B", "pupil": "PB", "dob": datetime.date(2008, 3, 1), "sdq_score": 14}
        other = {**common, "child": "C", "looked_after_12_months": False}
        away = {**common, "child": "D", "state_funded": False}
        late = {**b, "la": "302", "child": "E", "pupil": None}
        write(store, tables.children, [a, b, other, away, late])
        write(store, tables.pupils, [])
        facts_of(store, "attainment_8")
        prepare(store.draft)
        yield rows(store.engine, measures.named("attainment_8"), [2024]), store.engine


def of(found, column: str) -> list:
    return [None if value != value else value for value in found[0][column].tolist()]


def test_the_children_are_those_of_the_figure(found):
    assert found[0]["child"].tolist() == ["A", "B", "E"]
    assert found[0].result.tolist() == [20.0, 20.0, 20.0]
    assert number(found[1], measures.named("attainment_8"), [2024]) == 3


def test_a_move_counts_from_the_eleventh_birthday_and_not_with_the_same_carer(found):
    # Of A's four new episodes, L changes no placement and T keeps the carer; June 2020 is after the birthday of September 2019.
    assert of(found, "moves_after_11")[:2] == [2.0, 0.0]


def test_moves_are_not_known_before_the_third_return(found):
    # 301 has made returns since 2022, so that 2024 is its third; the first of 302 is for 2024.
    assert of(found, "moves_after_11") == [2.0, 0.0, None]


def test_a_school_joined_since_year_10_began_is_a_change(found):
    assert of(found, "school_changed") == [1.0, 0.0, None]


def test_days_lost_are_sessions_of_two_years_by_two_without_permanent_exclusions(found):
    assert of(found, "days_lost") == [2.5, 0.0, None]
    assert of(found, "suspensions") == [0.0, 0.0, None]


def test_what_is_not_known_is_not_nought(found):
    assert of(found, "sdq_score") == [None, 14.0, 14.0]
    assert of(found, "unauthorised") == [0.1, None, None]


def test_time_in_care_is_in_years_of_the_latest_period(found):
    assert of(found, "years_in_care") == [4.0, 4.0, 4.0]

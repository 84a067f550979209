"""Placement moves of the year, the reasons for them, and placements over two years."""

import pytest
from conftest import DrawnStore

from virtualschool import tables
from virtualschool.cohort import periods, placements
from virtualschool.store import Store

EPISODES = """
la  | year | child      | decom      | dec        | rne | rec | ls | place | pl_post | reason_place_change
----+------+------------+------------+------------+-----+-----+----+-------+---------+--------------------
301 | 2024 | stays      | 01/06/2019 |            | S   |     | C2 | U6    | AA1 1AA |
301 | 2024 | planned    | 01/06/2019 | 01/06/2023 | S   | X1  | C2 | U6    | AA1 1AA | CARPL
301 | 2024 | planned    | 01/06/2023 |            | P   |     | C2 | U4    | BB2 2BB |
301 | 2024 | on 1 April | 01/06/2019 | 01/04/2023 | S   | X1  | C2 | U6    | AA1 1AA | ALLEG
301 | 2024 | on 1 April | 01/04/2023 |            | B   |     | C2 | U4    | BB2 2BB |
301 | 2023 | before     | 01/06/2019 | 31/03/2023 | S   | X1  | C2 | U6    | AA1 1AA | ALLEG
301 | 2024 | before     | 31/03/2023 |            | P   |     | C2 | U4    | BB2 2BB |
301 | 2024 | on the end | 01/06/2019 | 31/03/2024 | S   | X1  | C2 | U6    | AA1 1AA | CREQB
301 | 2024 | on the end | 31/03/2024 |            | P   |     | C2 | K2    | BB2 2BB |
301 | 2024 | same carer | 01/06/2019 | 01/06/2023 | S   | X1  | C2 | U6    | AA1 1AA | PLACE
301 | 2024 | same carer | 01/06/2023 | 01/07/2023 | T   | X1  | C2 | U4    | AA1 1AA | PLACE
301 | 2024 | same carer | 01/07/2023 |            | U   |     | C1 | U6    | AA1 1AA |
301 | 2024 | hospital   | 01/06/2019 | 01/06/2023 | S   | X1  | C2 | U6    | AA1 1AA |
301 | 2024 | hospital   | 01/06/2023 | 05/06/2023 | P   | X1  | C2 | T1    | HH8 8HH |
301 | 2024 | hospital   | 05/06/2023 |            | P   |     | C2 | U6    | AA1 1AA |
301 | 2024 | not back   | 01/06/2019 | 01/06/2023 | S   | X1  | C2 | U6    | AA1 1AA | STAND
301 | 2024 | not back   | 01/06/2023 | 05/06/2023 | P   | X1  | C2 | T1    | HH8 8HH |
301 | 2024 | not back   | 05/06/2023 |            | P   |     | C2 | U6    | CC3 3CC |
301 | 2024 | back       | 01/06/2019 | 01/06/2023 | S   | E4A | C2 | U6    | AA1 1AA | CHILD
301 | 2024 | back       | 01/09/2023 |            | S   |     | C2 | U6    | BB2 2BB |
301 | 2024 | not told   | 01/06/2019 | 01/06/2023 | S   | X1  | C2 | U6    | AA1 1AA |
301 | 2024 | not told   | 01/06/2023 | 01/07/2023 | P   | X1  | C2 | U6    | BB2 2BB | OTHER
301 | 2024 | not told   | 01/07/2023 |            | P   |     | C2 | U6    | CC3 3CC |
301 | 2024 | adopted    | 01/06/2019 | 01/06/2023 | S   | X1  | E1 | U6    | AA1 1AA | CARPL
301 | 2024 | adopted    | 01/06/2023 |            | P   |     | E1 | A5    | AA1 1AA |
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("moves") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        DrawnStore(draft).add(tables.episodes, EPISODES)
        known = periods.episodes_known()
        years, care = periods.child_years(known), periods.care(known)
        made = placements.placement_fields(years, periods.period_fields(years, care), placements.placements(care))
        yield {row["child"]: row for row in draft.engine.rows(made) if row["year"] == 2024}


def moves(rows, child):
    """(moves, of known reason, unplanned)"""
    return tuple(rows[child][name] for name in ("placement_moves", "placement_moves_explained", "unplanned_moves"))


def test_a_move_is_planned_or_not_by_the_reason_on_the_episode_that_ended(rows):
    assert moves(rows, "stays") == (0, 0, 0)
    assert moves(rows, "planned") == (1, 1, 0)
    assert moves(rows, "on the end") == (1, 1, 1)
    assert moves(rows, "not told") == (2, 1, 0)


def test_moves_of_1_april_are_of_the_year_and_those_of_31_march_of_the_one_before(rows):
    assert moves(rows, "on 1 April") == (1, 1, 1)
    assert moves(rows, "before") == (0, 0, 0)


def test_with_the_same_carer_or_back_from_hospital_or_into_care_is_no_move(rows):
    for child in ("same carer", "hospital", "back", "adopted"):
        assert moves(rows, child) == (0, 0, 0)


def test_the_reason_before_a_stay_in_hospital_is_that_of_the_move_after_it(rows):
    assert moves(rows, "not back") == (1, 1, 1)


def test_placements_over_two_years_take_in_the_year_before(rows):
    assert (rows["before"]["placements_in_year"], rows["before"]["placements_in_2_years"]) == (1, 2)
    assert (rows["back"]["placements_in_year"], rows["back"]["placements_in_2_years"]) == (2, 2)

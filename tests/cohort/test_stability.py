"""Long-term stability and placements over two years, by DfE's cut-offs, both sides of every edge."""

import pytest
from conftest import DrawnStore

from virtualschool import tables
from virtualschool.cohort import periods, placements, stability
from virtualschool.store import Store

# The year is 2024: in care since 30 September 2021 or before, with the same carers since 31 March 2022 or before.
EPISODES = """
la  | year | child          | decom      | dec        | rne | rec | ls | place | pl_post | reason_place_change
----+------+----------------+------------+------------+-----+-----+----+-------+---------+--------------------
301 | 2024 | settled        | 01/06/2019 |            | S   |     | C2 | U6    | AA1 1AA |
301 | 2024 | last day       | 30/09/2021 |            | S   |     | C2 | U6    | AA1 1AA |
301 | 2024 | a day late     | 01/10/2021 |            | S   |     | C2 | U6    | AA1 1AA |
301 | 2022 | moved in time  | 01/06/2019 | 31/03/2022 | S   | X1  | C2 | U6    | AA1 1AA | CARPL
301 | 2024 | moved in time  | 31/03/2022 |            | P   |     | C2 | U4    | BB2 2BB |
301 | 2023 | moved late     | 01/06/2019 | 01/04/2022 | S   | X1  | C2 | U6    | AA1 1AA | CREQB
301 | 2024 | moved late     | 01/04/2022 |            | P   |     | C2 | U4    | BB2 2BB |
301 | 2023 | new order      | 01/06/2019 | 01/06/2022 | S   | X1  | C1 | U6    | AA1 1AA |
301 | 2024 | new order      | 01/06/2022 |            | L   |     | C2 | U6    | AA1 1AA |
301 | 2023 | same carer     | 01/06/2019 | 01/06/2022 | S   | X1  | C2 | U6    | AA1 1AA | PLACE
301 | 2024 | same carer     | 01/06/2022 |            | T   |     | C2 | U4    | AA1 1AA |
301 | 2023 | to adopters    | 01/06/2019 | 01/06/2022 | S   | X1  | C2 | U6    | AA1 1AA | PLACE
301 | 2024 | to adopters    | 01/06/2022 |            | T   |     | C2 | U5    | AA1 1AA |
301 | 2023 | adopted soon   | 01/06/2019 | 01/06/2022 | S   | X1  | E1 | U6    | AA1 1AA | CARPL
301 | 2024 | adopted soon   | 01/06/2022 |            | P   |     | E1 | A6    | BB2 2BB |
301 | 2023 | adopted third  | 01/06/2019 | 01/05/2022 | S   | X1  | E1 | U6    | AA1 1AA | CARPL
301 | 2023 | adopted third  | 01/05/2022 | 01/06/2022 | P   | X1  | E1 | U6    | CC3 3CC | CARPL
301 | 2024 | adopted third  | 01/06/2022 |            | P   |     | E1 | A6    | BB2 2BB |
301 | 2022 | in hospital    | 01/06/2019 | 01/03/2022 | S   | X1  | C2 | U6    | AA1 1AA |
301 | 2023 | in hospital    | 01/03/2022 | 01/05/2022 | P   | X1  | C2 | T1    | HH8 8HH |
301 | 2024 | in hospital    | 01/05/2022 |            | P   |     | C2 | U6    | AA1 1AA |
301 | 2024 | after breaks   | 01/06/2019 |            | P   |     | C2 | U6    | AA1 1AA |
301 | 2022 | after breaks   | 01/01/2019 | 01/06/2019 | S   | X1  | V3 | U6    | AA1 1AA |
301 | 2024 | left           | 01/06/2019 | 31/03/2024 | S   | E4A | C2 | U6    | AA1 1AA |
301 | 2024 | back           | 01/02/2024 |            | S   |     | C2 | U6    | AA1 1AA |
301 | 2023 | back           | 01/06/2019 | 01/04/2022 | S   | E4A | C2 | U6    | AA1 1AA |
301 | 2023 | twin           | 01/06/2019 | 01/04/2022 | S   | X1  | C2 | U6    | AA1 1AA | CREQB
301 | 2024 | twin           | 01/04/2022 |            | P   |     | C2 | U4    | BB2 2BB |
302 | 2024 | settled        | 01/06/2019 |            | S   |     | C2 | U6    | AA1 1AA |
302 | 2023 | settled        | 01/06/2019 |            | S   |     | C2 | U6    | AA1 1AA |
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """What is said of 2024, by authority and child."""
    with Store(tmp_path_factory.mktemp("stability") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        DrawnStore(draft).add(tables.episodes, EPISODES)
        known = periods.episodes_known()
        years, care = periods.child_years(known), periods.care(known)
        made = stability.stability_fields(years, known, care, placements.placements(care), periods.returns_held())
        yield {(row["la"], row["child"]): row for row in draft.engine.rows(made) if row["year"] == 2024}


def yes(rows, column):
    return {child for (la, child), row in rows.items() if la == "301" and row[column]}


def test_who_left_on_31_march_is_not_there_on_it(rows):
    assert ("301", "left") not in rows


def test_in_care_since_30_september_two_and_a_half_years_before_counts_and_1_october_does_not(rows):
    assert {"settled", "last day", "moved late"} <= yes(rows, "in_care_long_term")
    assert not {"a day late", "back"} & yes(rows, "in_care_long_term")


def test_care_that_followed_on_short_breaks_is_left_out(rows):
    assert "after breaks" not in yes(rows, "in_care_long_term")


def test_the_same_carers_since_31_march_two_years_before_counts_and_1_april_does_not(rows):
    same = yes(rows, "same_carer_2_years")
    assert {"settled", "moved in time", "new order", "same carer"} <= same
    assert not {"moved late", "twin", "back"} & same


def test_a_change_to_approved_adopters_is_a_change_even_with_the_same_carer(rows):
    assert "to adopters" not in yes(rows, "same_carer_2_years")


def test_an_adoptive_placement_counts_with_the_one_before_it_and_not_with_the_one_before_that(rows):
    same = yes(rows, "same_carer_2_years")
    assert "adopted soon" in same
    assert "adopted third" not in same


def test_a_stay_in_hospital_does_not_end_the_time_with_the_carers(rows):
    assert "in hospital" in yes(rows, "same_carer_2_years")


def test_a_day_in_care_in_the_year_before_is_asked_for(rows):
    spent = yes(rows, "spent_year_before")
    assert {"settled", "back", "moved late"} <= spent


def test_without_the_returns_of_three_years_the_reason_is_said(rows):
    assert rows["301", "settled"]["without_two_years_before"] is None
    assert rows["302", "settled"]["without_year_before"] is None
    assert rows["302", "settled"]["without_two_years_before"] == (
        "It needs the authority's returns of three years in a row, for what ended in the two years before."
    )

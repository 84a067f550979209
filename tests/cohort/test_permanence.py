import datetime

import pytest
from conftest import DrawnStore

from virtualschool import tables
from virtualschool.cohort import periods, permanence
from virtualschool.store import Store

EPISODES = """
la  | year | child        | decom      | dec        | rne | rec | ls | place
----+------+--------------+------------+------------+-----+-----+----+------
301 | 2024 | short term   | 01/04/2023 |            | S   |     | C2 | U6
301 | 2024 | long term    | 01/04/2023 | 01/07/2023 | S   | X1  | C2 | U6
301 | 2024 | long term    | 01/07/2023 |            | T   |     | C2 | U4
301 | 2024 | from the day | 01/04/2023 |            | S   |     | C2 | U1
301 | 2024 | order        | 01/04/2023 | 11/04/2023 | S   | X1  | C1 | U6
301 | 2024 | order        | 11/04/2023 |            | L   |     | E1 | U6
301 | 2024 | decided      | 01/04/2023 |            | S   |     | C2 | U6
301 | 2024 | undecided    | 01/04/2023 |            | S   |     | C2 | U6
301 | 2024 | broke down   | 01/04/2023 | 01/06/2023 | S   | X1  | C2 | U4
301 | 2024 | broke down   | 01/06/2023 |            | P   |     | C2 | K2
301 | 2024 | concurrent   | 01/04/2023 |            | S   |     | C1 | U5
301 | 2024 | another time | 01/04/2015 | 01/06/2023 | S   | E4A | C2 | U4
301 | 2024 | another time | 01/09/2023 |            | S   |     | C2 | U6
"""
DECISIONS = """
la  | year | child     | date_placed | date_placed_ceased
----+------+-----------+-------------+-------------------
301 | 2024 | decided   | 21/04/2023  |
301 | 2024 | undecided | 21/04/2023  | 31/03/2024
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("permanence") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        store.add(tables.episodes, EPISODES)
        store.add(tables.placed_for_adoption, DECISIONS)
        known = periods.episodes_known()
        years, care = periods.child_years(known), periods.care(known)
        made = permanence.permanence_fields(years, periods.period_fields(years, care), care)
        yield {row["child"]: (row["permanence_on_record"], row["days_without_permanence"]) for row in draft.engine.rows(made)}


YEAR = (datetime.date(2024, 4, 1) - datetime.date(2023, 4, 1)).days


def test_a_lasting_home_an_order_or_a_standing_decision_is_permanence_on_record(rows):
    assert rows["long term"] == (True, 91)
    assert rows["from the day"] == (True, 0)
    assert rows["order"] == (True, 10)
    assert rows["decided"] == (True, 20)


def test_without_one_the_days_run_to_31_march(rows):
    assert rows["short term"] == (False, YEAR)
    assert rows["concurrent"] == (False, YEAR)


def test_what_ended_is_no_longer_on_record_though_the_days_until_it_stand(rows):
    assert rows["undecided"] == (False, 20)
    assert rows["broke down"] == (False, 0)


def test_an_earlier_period_of_care_says_nothing_of_this_one(rows):
    assert rows["another time"] == (False, (datetime.date(2024, 4, 1) - datetime.date(2023, 9, 1)).days)

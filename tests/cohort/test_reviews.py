"""Reviews on time: 20 working days (four weeks), three months, then every six months; and how the child took part."""

import pytest
from conftest import DrawnStore

from virtualschool import tables
from virtualschool.cohort import periods, reviews
from virtualschool.store import Store

# The year is 2024; the return of 2023 is held, so that days from 1 April 2022 are looked at.
EPISODES = """
la  | year | child        | decom      | dec        | rne | rec | ls
----+------+--------------+------------+------------+-----+-----+----
301 | 2024 | in time      | 01/05/2023 |            | S   |     | C2
301 | 2024 | first late   | 01/05/2023 |            | S   |     | C2
301 | 2024 | second late  | 01/05/2023 |            | S   |     | C2
301 | 2024 | third late   | 01/05/2023 |            | S   |     | C2
301 | 2024 | none         | 01/05/2023 |            | S   |     | C2
301 | 2024 | none due     | 04/03/2024 |            | S   |     | C2
301 | 2024 | due and over | 03/03/2024 |            | S   |     | C2
301 | 2024 | left in time | 01/05/2023 | 29/05/2023 | S   | E4A | C2
301 | 2024 | left late    | 01/05/2023 | 30/05/2023 | S   | E4A | C2
301 | 2024 | long ago     | 01/05/2015 |            | S   |     | C2
301 | 2024 | long silent  | 01/05/2015 |            | S   |     | C2
301 | 2024 | across years | 01/05/2015 |            | S   |     | C2
301 | 2024 | short breaks | 01/05/2023 |            | S   |     | V3
302 | 2024 | elsewhere    | 01/05/2015 |            | S   |     | C2
303 | 2024 | no module    | 01/05/2023 |            | S   |     | C2
"""
REVIEWS = """
la  | year | child        | review     | review_code
----+------+--------------+------------+------------
301 | 2024 | in time      | 29/05/2023 | PN1
301 | 2024 | in time      | 29/08/2023 | PN4
301 | 2024 | in time      | 29/02/2024 | PN7
301 | 2024 | first late   | 30/05/2023 | PN2
301 | 2024 | first late   | 30/08/2023 | PN3
301 | 2024 | first late   | 28/02/2024 | PN5
301 | 2024 | second late  | 29/05/2023 | PN6
301 | 2024 | second late  | 30/08/2023 | PN0
301 | 2024 | second late  | 28/02/2024 |
301 | 2024 | third late   | 29/05/2023 | PN1
301 | 2024 | third late   | 29/08/2023 | PN1
301 | 2024 | third late   | 01/03/2024 | PN1
301 | 2023 | long ago     | 10/12/2022 | PN1
301 | 2024 | long ago     | 10/06/2023 | PN1
301 | 2024 | long ago     | 10/12/2023 | PN1
301 | 2023 | across years | 10/09/2022 | PN1
301 | 2024 | across years | 11/04/2023 | PN1
301 | 2024 | across years | 11/10/2023 | PN1
302 | 2024 | elsewhere    | 30/09/2023 | PN1
302 | 2024 | elsewhere    | 30/03/2024 | PN1
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("reviews") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        store.add(tables.episodes, EPISODES)
        store.add(tables.reviews, REVIEWS)
        known = periods.episodes_known()
        made = reviews.review_fields(periods.child_years(known), periods.care(known))
        yield {row["child"]: row for row in draft.engine.rows(made)}


def due(rows, child):
    """(on time, due)"""
    return rows[child]["reviews_on_time"], rows[child]["reviews_due"]


def test_the_last_day_of_each_span_is_in_time_and_the_next_is_late(rows):
    assert due(rows, "in time") == (3, 3)
    assert due(rows, "first late") == (2, 3)
    assert due(rows, "second late") == (2, 3)
    assert due(rows, "third late") == (2, 3)


def test_a_review_that_was_never_held_is_late_once_it_was_due(rows):
    assert due(rows, "none") == (0, 1)
    # Four weeks from 3 March are over on 31 March, from 4 March on 1 April.
    assert due(rows, "due and over") == (0, 1)
    assert due(rows, "none due") == (0, 0)


def test_nothing_is_due_on_the_day_on_which_care_ends(rows):
    assert due(rows, "left in time") == (0, 0)
    assert due(rows, "left late") == (0, 1)


def test_reviews_of_the_year_before_tell_when_the_next_was_due(rows):
    assert due(rows, "long ago") == (2, 2)
    assert due(rows, "across years") == (1, 2)
    assert due(rows, "long silent") == (0, 1)


def test_where_it_is_not_known_when_the_one_before_was_only_what_is_late_for_certain_is_judged(rows):
    # Only the return of 2024 is held: a first review within six months of 1 April 2023 may or may not have been on time.
    assert due(rows, "elsewhere") == (1, 1)


def test_without_any_review_in_a_return_nothing_is_known_and_short_breaks_are_not_reviewed(rows):
    assert "no module" not in rows
    assert "short breaks" not in rows


def test_taking_part_is_told_by_the_code_and_not_asked_of_those_under_four(rows):
    told = {child: tuple(rows[child][f"reviews_{name}"] for name in ("attended", "views_given", "taking_part")) for child in rows}
    assert told["in time"] == (2, 1, 3)
    assert told["first late"] == (2, 3, 3)
    assert told["second late"] == (0, 1, 1)
    assert told["none"] == (0, 0, 0)

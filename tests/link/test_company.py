"""What free school meals, and children who came into care together, say of a pair."""

import pytest

from virtualschool import tables
from virtualschool.link import children, comparisons, orders, plan
from virtualschool.link.comparisons import LEVELS

HEADERS = """
la  | child  | year | uasc
301 | A      | 2025 | 0
301 | with   | 2025 | 0
301 | moved  | 2025 | 0
301 | later  | 2025 | 0
301 | sealed | 2025 | 0
301 | alone  | 2025 | 1
302 | far    | 2025 | 0
"""
EPISODES = """
la  | child  | year | decom      | dec        | rec | rne
301 | A      | 2025 | 01/05/2022 | 10/02/2024 | X1  | S
301 | A      | 2025 | 10/02/2024 |            |     | P
301 | with   | 2025 | 01/05/2022 |            |     | S
301 | moved  | 2025 | 01/03/2021 | 01/05/2022 | X1  | S
301 | moved  | 2025 | 01/05/2022 | 10/02/2024 | X1  | P
301 | moved  | 2025 | 10/02/2024 |            |     | P
301 | later  | 2025 | 10/02/2024 |            |     | S
301 | sealed | 2025 | 01/05/2022 | 01/02/2025 | E12 | S
301 | alone  | 2025 | 01/05/2022 |            |     | S
302 | far    | 2025 | 01/05/2022 |            |     | S
"""


@pytest.fixture
def companions(store):
    """The companions of child A, where each child of `linked` has the link to a pupil who is named after it."""
    store.add(tables.header, HEADERS)
    store.add(tables.episodes, EPISODES)
    plan.give(store.draft, "pairs_short", [{"la": "301", "child": "A", "pupil": "P"}])

    def found(*linked):
        made = [{"la": la, "child": child, "pupil": f"pupil of {child}"} for la, child in linked]
        plan.give(store.draft, "pairs_made", made)
        asked = plan.defined("pairs_short"), plan.defined("pairs_made"), children.moves(), children.features(), orders.adopted()
        return store.rows(comparisons.companions(*asked), "child", "companion", "often")

    return found


def test_companions_came_on_one_day_or_moved_on_two(companions):
    found = companions(("301", "with"), ("301", "moved"), ("301", "later"))
    assert sorted(found) == [("A", "pupil of moved", True), ("A", "pupil of with", False)]


def test_nobody_is_a_companion_who_has_no_link_came_alone_was_adopted_or_is_another_authoritys(companions):
    assert companions(("301", "sealed"), ("301", "alone"), ("302", "far")) == []
    assert companions() == []


@pytest.mark.parametrize(
    ("theirs", "born", "words"),
    [
        (("2024-01-18", "3010001"), "2014-05-01", ["at one school"]),
        (("2024-01-18", "3010002"), "2014-05-01", ["never at one school"]),
        (("2023-01-18", "3010001"), "2014-05-01", []),
        # The pupil is ten on 31 August before; a companion of eleven goes to another kind of school.
        (("2024-01-18", "3010001"), "2012-09-01", ["at one school"]),
        (("2024-01-18", "3010002"), "2012-08-31", []),
    ],
)
def test_a_pair_is_asked_for_a_school_shared_on_one_day_at_ages_of_one_kind_of_school(store, theirs, born, words):
    assert company(store, theirs, born, often=False) == words


def test_who_moved_together_too_says_more(store):
    assert company(store, ("2024-01-18", "3010001"), "2014-05-01", often=True) == ["at one school, and moved together"]
    assert company(store, ("2024-01-18", "3010002"), "2014-05-01", often=True) == ["never at one school"]


def test_a_pupil_is_no_company_of_its_own(store):
    assert company(store, ("2024-01-18", "3010001"), "2014-05-01", often=False, companion="P") == []


def company(store, theirs, born, often, companion="Q"):
    plan.give(store.draft, "pairs_made", [{"la": "301", "child": "A", "pupil": "P"}])
    store.engine.define("child_companions", f"SELECT '301' AS la, 'A' AS child, '{companion}' AS companion, {often} AS often")
    own = "SELECT 'P' AS pupil, DATE '2024-01-18' AS seen_on, '3010001' AS laestab, DATE '2013-03-04' AS dob"
    other = f"SELECT 'Q' AS pupil, DATE '{theirs[0]}' AS seen_on, '{theirs[1]}' AS laestab, DATE '{born}' AS dob"
    store.engine.define("records_near", f"{own} UNION ALL {other}")
    store.draft.engine.lay_by("companion_schools", plan.sql(store.draft, "companion_schools"), store.draft.scratch)
    found = comparisons.company(plan.defined("pairs_made"), plan.defined("records_near"), plan.defined("companion_schools"))
    return [LEVELS["company"][level] for (level,) in store.rows(found, "company")]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (["true", "true"], ["always free"]),
        (["true", "NULL"], ["always free"]),
        (["true", "false"], ["free at times"]),
        (["false", "NULL"], ["never free"]),
        (["NULL", "NULL"], []),
    ],
)
def test_free_meals_are_counted_over_the_records_that_tell_of_them(store, told, words):
    plan.give(store.draft, "pairs_made", [{"la": "301", "child": "A", "pupil": "P"}])
    store.engine.define("records_near", " UNION ALL ".join(f"SELECT 'P' AS pupil, CAST({one} AS BOOLEAN) AS fsm" for one in told))
    found = comparisons.meals(plan.defined("pairs_made"), plan.defined("records_near"))
    assert [LEVELS["meals"][level] for (level,) in store.rows(found, "meals")] == words

"""What moves of placement, beside the days on which a pupil joined a school, say of a pair."""

import pytest

from virtualschool import tables
from virtualschool.link import children, comparisons, plan
from virtualschool.link.comparisons import LEVELS

EPISODES = """
la  | child | year | decom      | dec        | rec | rne
301 | home  | 2024 | 01/05/2022 | 10/02/2024 | E4A | S
301 | order | 2024 | 01/05/2022 | 10/02/2024 | E45 | S
301 | given | 2024 | 01/05/2022 | 10/02/2024 | E12 | S
301 | other | 2024 | 01/05/2022 | 10/02/2024 | E3  | S
301 | stays | 2024 | 01/05/2022 | 10/02/2024 | X1  | S
301 | stays | 2024 | 10/02/2024 |            |     | L
301 | again | 2024 | 01/05/2022 | 10/02/2024 | X1  | S
301 | again | 2024 | 10/02/2024 |            |     | P
"""


def test_a_child_moves_with_a_placement_and_when_it_goes_home_but_not_with_an_order(store):
    store.add(tables.episodes, EPISODES)
    found = store.rows(children.moves(), "child", "moved")
    assert sorted((child, f"{moved:%d/%m/%Y}") for child, moved in found) == [
        ("again", "01/05/2022"),
        ("again", "10/02/2024"),
        ("given", "01/05/2022"),
        ("home", "01/05/2022"),
        ("home", "10/02/2024"),
        ("order", "01/05/2022"),
        ("other", "01/05/2022"),
        ("stays", "01/05/2022"),
    ]


@pytest.mark.parametrize(
    ("joined", "born", "words"),
    [
        # The child moved on 1 March 2023. Who is born in March 2013 is 10 when September 2023 comes, one year before secondary school.
        ("2023-03-20", "2013-03-04", "joined a school soon after a move"),
        ("2023-05-02", "2013-03-04", "joined a school some weeks after a move"),
        ("2023-09-04", "2013-03-04", "joined a school the next September after a move"),
        ("2023-09-15", "2013-03-04", "joined a school the next September after a move"),
        ("2023-09-16", "2013-03-04", "joined no school after a move"),
        ("2024-09-04", "2013-03-04", "joined no school after a move"),
        ("2022-09-05", "2013-03-04", "joined no school after a move"),
        # Eleven on 31 August: all begin a secondary school. Born a day later, in the year before.
        ("2023-09-04", "2012-08-31", "joined no school after a move"),
        ("2023-09-04", "2012-09-01", "joined a school the next September after a move"),
        # Seven, a junior school; four and fifteen, the first school year and the last.
        ("2023-09-04", "2016-03-04", "joined no school after a move"),
        ("2023-09-04", "2019-03-04", "joined no school after a move"),
        ("2023-09-04", "2018-03-04", "joined a school the next September after a move"),
        ("2023-09-04", "2008-03-04", "joined a school the next September after a move"),
        ("2023-09-04", "2007-03-04", "joined no school after a move"),
        ("2023-09-04", "", "joined no school after a move"),
    ],
)
def test_to_join_a_school_in_september_says_something_where_most_stay(store, joined, born, words):
    assert levels(store, ["01/03/2023"], joined, born) == [words]


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        # The last record is of 18 January 2025, and says how it was two weeks before at the latest.
        (["05/01/2025"], []),
        (["04/01/2025"], ["joined no school after a move"]),
        (["04/01/2025", "05/01/2025"], ["joined no school after a move"]),
        (["03/01/2025", "04/01/2025", "05/01/2025"], ["joined no school after a few moves"]),
        (["01/01/2025", "02/01/2025", "03/01/2025", "05/01/2025"], ["joined no school after a few moves"]),
        (["01/01/2025", "02/01/2025", "03/01/2025", "04/01/2025"], ["joined no school after many moves"]),
    ],
)
def test_a_move_after_the_last_record_says_nothing_against_a_pair(store, moves, words):
    assert levels(store, moves, "2020-09-03", "2013-03-04") == words


def levels(store, moves, joined, born):
    """The levels of a pair: of a child who moved on these days, and a pupil who joined a school on a day."""
    lines = [f"301 | A | 2025 | {day} | | | P" for day in moves]
    store.add(tables.episodes, "\n".join(["la | child | year | decom | dec | rec | rne", *lines]))
    plan.give(store.draft, "pairs_made", [{"la": "301", "child": "A", "pupil": "P"}])
    born = f"DATE '{born}'" if born else "CAST(NULL AS DATE)"
    seen = "DATE '2025-01-18' AS seen_on"
    store.engine.define("records_near", f"SELECT 'P' AS pupil, DATE '{joined}' AS entry_date, {born} AS dob, {seen}")
    found = comparisons.moves(plan.defined("pairs_made"), plan.defined("records_near"), children.moves())
    return [LEVELS["moves"][level] for (level,) in store.rows(found, "moves")]

"""What can be known of hidden counts, held against a solver that counts every table through."""

import pathlib
import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from exact import fewest_more, intervals, protected

from virtualschool.publish import known
from virtualschool.publish.known import Counts, interval, protect, unprotected

APART = 3
"""In the random tables counts of 1 and 2 are small, so that they can be counted through."""


def table(rows: list[list[int]]) -> Counts:
    """A table with its totals: rows, columns and all."""
    down, across = range(len(rows)), range(len(rows[0]))
    values = {(row, column): rows[row][column] for row in down for column in across}
    values |= {(row, "all"): sum(rows[row]) for row in down}
    values |= {("all", column): sum(rows[row][column] for row in down) for column in across}
    values["all", "all"] = sum(map(sum, rows))
    sums = [((row, "all"), tuple((row, column) for column in across)) for row in down]
    sums += [(("all", column), tuple((row, column) for row in down)) for column in across]
    sums += [(("all", "all"), tuple((row, "all") for row in down)), (("all", "all"), tuple(("all", column) for column in across))]
    return Counts(values, sums)


def small(counts: Counts, apart: int = APART) -> dict:
    return {key: apart for key, value in counts.values.items() if 0 < value < apart}


def test_one_hidden_cell_of_a_line_is_known_and_two_are_not():
    counts = table([[4, 9, 30]])
    asked = {(0, 0): 6}
    totals = {("all", 0), ("all", 1)}
    assert unprotected(counts, {(0, 0), ("all", 0)}, asked) == {(0, 0)}
    assert not unprotected(counts, {(0, 0), (0, 1), *totals}, asked)
    assert interval(counts, {(0, 0), (0, 1), *totals}, (0, 0)) == (0, 13)


def test_two_hidden_cells_in_every_line_can_still_be_known():
    """Each line has two hidden cells, and yet the sums of the first two rows, less the first two columns, give one away."""
    rows = [[3, 9, 20, 7], [8, 7, 30, 9], [20, 30, 8, 9], [9, 9, 7, 8]]
    hidden = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)}
    counts = table(rows)
    assert not unprotected(counts, hidden, {(0, 0): 6})
    hidden = {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)}
    assert unprotected(counts, hidden, {(1, 2): 1}) == {(1, 2)}
    assert interval(counts, hidden, (1, 2)) == (30, 30)
    more, lost = protect(counts, hidden, {(1, 2): 6}, {key: value for key, value in counts.values.items() if key not in hidden})
    assert not lost and not unprotected(counts, hidden | more, {(1, 2): 6})


def test_a_count_is_bounded_by_those_it_is_among():
    """Of 8 children 7 reached it, of 11 others 9: if the children are known, the first group's figure lies between 5 and 8."""
    values = {"all": 16, "a": 7, "b": 9, "children a": 8, "children b": 11}
    counts = Counts(values, [("all", ("a", "b"))], [("a", "children a"), ("b", "children b")])
    assert interval(counts, {"a", "b"}, "a") == (5, 8)
    assert unprotected(counts, {"a", "b"}, {"a": 6}) == {"a"}
    assert not unprotected(counts, {"a", "b", "children b"}, {"a": 6})


def test_what_nothing_can_protect_is_said():
    counts = Counts({"all": 40, "a": 3, "b": 37}, [("all", ("a", "b"))])
    assert protect(counts, {"a"}, {"a": 6}, {}) == (set(), {"a"})
    assert protect(counts, {"a"}, {"a": 6}, {"b": 37}) == ({"b"}, set())


counts_of_cells = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5])


@settings(max_examples=12, deadline=None, derandomize=True, database=None)
@given(st.lists(st.lists(counts_of_cells, min_size=3, max_size=3), min_size=2, max_size=2), st.randoms(use_true_random=False))
def test_whether_a_count_is_protected_is_what_counting_through_says(rows, chance):
    counts = table(rows)
    inner = [key for key in counts.values if "all" not in key]
    hidden = {key for key in inner if chance.random() < 0.75}
    asked = {key: chance.choice((1, 2, 3)) for key in hidden}
    exact = intervals(counts, hidden)
    assert unprotected(counts, hidden, asked) == {key for key in hidden if exact[key][1] - exact[key][0] < asked[key]}
    assert all(interval(counts, hidden, key) == exact[key] for key in hidden)


def test_what_is_hidden_in_random_tables_protects_and_is_little_more_than_the_fewest():
    """Nine small tables drawn by chance: together at most half as many cells more than the fewest that would do, found by trying all."""
    chance = random.Random(3)
    hidden, fewest = 0, 0
    for _ in range(9):
        counts = table([[chance.choice((0, 0, 1, 2, 3, 4, 5)) for _ in range(3)] for _ in range(2)])
        asked = small(counts)
        may_hide = {key: value for key, value in counts.values.items() if key not in asked and value}
        more, lost = protect(counts, set(asked), asked, may_hide)
        assert not lost
        assert protected(counts, set(asked) | more, {**dict.fromkeys(more, 1), **asked})
        hidden, fewest = hidden + len(more), fewest + fewest_more(counts, asked, asked, may_hide)
    assert fewest <= hidden <= fewest * 1.5


@pytest.mark.parametrize("seed", range(3))
def test_pushing_many_counts_at_once_says_the_same_of_each_as_moving_it_alone(monkeypatch, seed):
    chance = random.Random(seed)
    counts = table([[chance.choice((0, 1, 2, 3, 8)) for _ in range(4)] for _ in range(18)])
    hidden = {key for key, value in counts.values.items() if value <= 3 and chance.random() < 0.9}
    asked = {key: chance.choice((1, 4, 6)) for key in hidden}
    told = []
    for many in (known.MANY, 1, 10_000):
        monkeypatch.setattr(known, "MANY", many)
        known._PROVED.clear()
        told.append(unprotected(counts, hidden, asked))
    assert len(hidden) > 2 * 18 and told[0] == told[1] == told[2] != set()


@pytest.mark.parametrize("authorities", [20])
def test_a_table_of_many_authorities_is_protected_within_a_moment(authorities):
    rows = [[(7 * row + 5 * column * column) % 17 for column in range(6)] for row in range(authorities)]
    counts = table(rows)
    asked = small(counts, 6)
    more, lost = protect(counts, set(asked), asked, {key: value for key, value in counts.values.items() if key not in asked})
    assert not lost and not unprotected(counts, set(asked) | more, {**dict.fromkeys(more, 1), **asked})
    assert len(more) < len(asked)

"""The assignment of pupils to children, against every way of assigning them counted through."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from virtualschool.link import one_to_one

CHILDREN, PUPILS = "ABCD", "wxyz"
ODDS = st.floats(1e-3, 1e4)
KNOTS = st.fixed_dictionaries({child: st.dictionaries(st.sampled_from(PUPILS), ODDS, max_size=4) for child in CHILDREN})
RIVALS = st.sets(st.sampled_from(list(itertools.combinations(CHILDREN, 2))))


def counted_through(odds, rivals):
    """The share of each pair in all ways to give each child one of its pupils or none, and no pupil to two rivals."""
    mass, total = dict.fromkeys(((child, pupil) for child in odds for pupil in odds[child]), 0.0), 0.0
    for way in itertools.product(*([None, *odds[child]] for child in odds)):
        given = dict(zip(odds, way, strict=True))
        if any(given[one] is not None and given[one] == given[other] for one, other in rivals):
            continue
        likelihood = math.prod(odds[child][pupil] for child, pupil in given.items() if pupil is not None)
        total += likelihood
        for pair in given.items():
            if pair in mass:
                mass[pair] += likelihood
    return {pair: share / total for pair, share in mass.items()}


@settings(deadline=None, derandomize=True)
@given(KNOTS, RIVALS)
def test_the_shares_are_those_of_all_ways_counted_through(odds, rivals):
    assert one_to_one.settle(odds, sorted(rivals)) == pytest.approx(counted_through(odds, rivals), rel=1e-9, abs=1e-12)


@settings(deadline=None, derandomize=True)
@given(KNOTS, RIVALS, st.sampled_from([1, 10, one_to_one.WAYS]))
def test_neither_a_child_nor_a_pupil_among_rivals_is_given_more_than_once(odds, rivals, ways):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(one_to_one, "WAYS", ways)
        found = one_to_one.settle(odds, sorted(rivals))
    assert set(found) == {(child, pupil) for child in odds for pupil in odds[child]}
    for child in odds:
        assert sum(found[child, pupil] for pupil in odds[child]) <= 1 + 1e-9
    for one, other in rivals:
        for pupil in odds[one].keys() & odds[other].keys():
            assert found[one, pupil] + found[other, pupil] <= 1 + 1e-9


def test_two_brothers_with_one_good_pupil_are_two_halves_of_a_doubt():
    found = one_to_one.settle({"A": {"x": 1e6}, "B": {"x": 1e6}}, [("A", "B")])
    assert found == pytest.approx({("A", "x"): 0.5, ("B", "x"): 0.5}, abs=1e-6)


def test_a_pupil_who_is_surely_the_brother_leaves_the_other_pupil():
    odds = {"A": {"x": 1e9, "y": 1.0}, "B": {"x": 1e3, "y": 1e3}}
    found = one_to_one.settle(odds, [("A", "B")])
    assert found["A", "x"] > 0.999
    assert found["B", "x"] < 0.001
    assert found["B", "y"] > 0.998


def test_children_who_are_no_rivals_may_have_one_pupil():
    assert one_to_one.settle({"A": {"x": 99.0}, "B": {"x": 99.0}}, []) == {("A", "x"): 0.99, ("B", "x"): 0.99}


def test_a_knot_too_large_to_count_through_is_given_the_best_assignment():
    odds = {f"child {n}": {f"pupil {(n + step) % 12}": 100.0 if step == 0 else 1.0 for step in range(8)} for n in range(12)}
    found = one_to_one.settle(odds, list(itertools.combinations(odds, 2)))
    assert sorted(pair for pair, share in found.items() if share > 0.5) == sorted((f"child {n}", f"pupil {n}") for n in range(12))
    assert sum(found.values()) <= 12

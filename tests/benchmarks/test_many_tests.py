"""Control over many tests, and what is said to differ."""

import random

import pytest
from benchmarks.conftest import share
from scipy import stats

from virtualschool.benchmarks.exceptions import CANNOT_TELL, DIFFERS, TOO_FEW, compared
from virtualschool.benchmarks.many_tests import FALSE_SHARE, adjusted

# Benjamini and Hochberg (1995), section 3.1: fifteen tests of which the first four are listed, where Bonferroni's way lists three.
PRINTED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]


def test_the_printed_example_lists_four():
    assert [chance <= FALSE_SHARE for chance in adjusted(PRINTED)] == [True] * 4 + [False] * 11


def test_adjusted_chances_are_scipys_and_those_of_a_slow_way():
    chance = random.Random(1)
    drawn = [chance.random() ** 3 for _ in range(30)]
    found = adjusted(drawn)
    assert found == pytest.approx(stats.false_discovery_control(drawn))
    in_order = sorted(drawn)
    for one, given in zip(found, drawn, strict=True):
        assert one == pytest.approx(min(1.0, *(p * 30 / (at + 1) for at, p in enumerate(in_order) if p >= given)))
    assert adjusted([]) == []


def test_of_measures_that_do_not_differ_a_page_lists_any_seldom():
    england, pages = share(100_000, 30_000, "E", level="england"), 0
    for seed in range(80):
        chance = random.Random(seed)
        pairs = [
            (share(n := chance.randrange(20, 90), sum(chance.random() < 0.3 for _ in range(n))), england, "england") for _ in range(30)
        ]
        pages += any(one.verdict == DIFFERS for one in compared(pairs))
    assert pages / 80 < 0.07


def test_ten_children_differ_from_nothing_and_eleven_may():
    england = share(20_000, 18_000, "E", level="england")
    few, enough = compared([(share(10, 0), england, "england"), (share(11, 0), england, "england")])
    assert (few.verdict, few.chance, few.way) == (TOO_FEW, None, "")
    assert (enough.verdict, enough.way) == (DIFFERS, "below")


def test_a_group_beside_ten_others_is_not_judged():
    (found,) = compared([(share(60, 50), share(10, 1), "others")])
    assert found.verdict == TOO_FEW
    (found,) = compared([(share(60, 30), share(40, 19), "others")])
    assert found.verdict == CANNOT_TELL

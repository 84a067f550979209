"""Figures as statistics take them: spread, difference, chance, and years put together; each worked out a second, slow way."""

import math
import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from benchmarks.conftest import mean, share
from scipy import stats

from virtualschool import intervals, measures
from virtualschool.benchmarks.cell import Cell
from virtualschool.benchmarks.estimate import difference, estimate, exact_chance, mean_of, pooled
from virtualschool.benchmarks.figure import Sums
from virtualschool.benchmarks.published import Printed
from virtualschool.benchmarks.request import Place


def exactly(reached: int, pupils: int, percent: int) -> Fraction:
    """The chance of so many or fewer, in whole numbers."""
    share = Fraction(percent, 100)
    return sum((math.comb(pupils, k) * share**k * (1 - share) ** (pupils - k) for k in range(reached + 1)), Fraction(0))


def test_the_spread_of_a_mean_is_that_of_its_pupils():
    values = [3.5, 8, 21.25, 40, 0]
    found = mean(values)
    assert found.spread == pytest.approx(statistics.stdev(values))
    assert found.error == pytest.approx(statistics.stdev(values) / math.sqrt(5))


def test_the_spread_of_a_ratio_is_of_what_pupils_lie_from_it():
    missed, possible = [10, 0, 50, 100], [100, 200, 300, 380]
    sums = Sums(
        4,
        Decimal(sum(missed)),
        Decimal(sum(possible)),
        Decimal(sum(one * one for one in missed)),
        Decimal(sum(one * two for one, two in zip(missed, possible, strict=True))),
        Decimal(sum(two * two for two in possible)),
    )
    found = estimate(Cell(measures.named("absence_rate"), 2024, Place("la", "301", "x"), (), sums=sums))
    rate = sum(missed) / sum(possible)
    left = [one - rate * two for one, two in zip(missed, possible, strict=True)]
    slow = math.sqrt(sum(one * one for one in left) / 3) / (sum(possible) / 4) * 100
    assert found is not None and found.spread == pytest.approx(slow)
    half = float(intervals.student(3)) * found.error
    assert (found.amount + half) == pytest.approx(found.high)


def test_the_difference_of_two_shares_is_as_newcombe_printed_it():
    # Statistics in Medicine 17 (1998), table II, method 10: 56/70 less 48/80 is 0.2000, from 0.0524 to 0.3339.
    found = difference(share(70, 56), share(80, 48))
    assert (found.value, found.low, found.high) == pytest.approx((20.0, 5.24, 33.39), abs=0.01)
    assert found.is_told


@pytest.mark.parametrize(("reached", "pupils", "percent"), [(0, 12, 30), (3, 30, 34), (18, 36, 34), (36, 36, 90), (5, 400, 2)])
def test_the_chance_of_a_count_is_exact(reached, pupils, percent):
    lower, upper = exactly(reached, pupils, percent), 1 - exactly(reached - 1, pupils, percent)
    slow = min(1.0, float(2 * min(lower, upper)))
    assert exact_chance(reached, pupils, percent / 100) == pytest.approx(slow, rel=1e-9)
    assert slow == pytest.approx(
        min(1, 2 * min(stats.binom.cdf(reached, pupils, percent / 100), stats.binom.sf(reached - 1, pupils, percent / 100)))
    )


def test_the_chance_of_a_mean_beside_another_is_students():
    one, other = mean([10, 20, 30, 25, 15, 22, 18, 9, 31, 27, 16, 20]), mean([30.5] * 2, level="england")
    values = [10, 20, 30, 25, 15, 22, 18, 9, 31, 27, 16, 20]
    assert difference(one, other).chance == pytest.approx(stats.ttest_1samp(values, 30.5).pvalue)


def test_a_difference_without_limits_says_nothing():
    bare = estimate(Cell(measures.named("attainment_8"), 2024, Place("la", "301", "x"), (), printed=printed("24.0", "30")))
    assert bare is not None and bare.low is None and bare.error is None
    found = difference(bare, mean([20, 21, 22]))
    assert (found.low, found.high, found.chance, found.is_told) == (None, None, None, False)


def printed(value: str, pupils: str, numerator: str | None = None) -> Printed:
    return Printed("EES", "2024", "file", pupils, numerator, None, value, None, None)


def test_a_printed_percentage_without_a_count_takes_the_nearest_whole_one():
    found = estimate(Cell(measures.named("ks2_rwm"), 2024, Place("la", "301", "x"), (), printed=printed("37", "27")))
    assert found is not None and found.reached == 10


def test_years_of_a_key_stage_put_together_count_every_child():
    found = pooled([share(30, 9, year=2023), share(20, 11, year=2024)])
    assert found is not None
    low, high = intervals.wilson(Decimal(20), Decimal(50))
    assert (found.value, found.pupils, found.low, found.high) == (40, 50, pytest.approx(float(low) * 100), pytest.approx(float(high) * 100))


def test_years_in_which_the_same_children_come_again_are_no_surer_than_one():
    years = [share(100, 20, year=year, name="persistent_absence") for year in (2022, 2023, 2024)]
    found = pooled(years)
    assert found is not None and found.pupils == 300 and found.error == pytest.approx(years[0].error)
    assert measures.named("attainment_8").counts_once and not measures.named("persistent_absence").counts_once


def test_the_doubt_of_neighbours_is_that_of_their_mean():
    found = mean_of([share(50, 10), share(80, 40)], Place("mean", "n", "neighbours"))
    parts = share(50, 10), share(80, 40)
    assert found is not None and found.amount == pytest.approx(35)
    assert found.amount - found.low == pytest.approx(math.hypot(*(one.amount - one.low for one in parts)) / 2)

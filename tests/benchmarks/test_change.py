"""Changes over the years, gaps, and whether they are narrowing."""

import math
import random

import numpy as np
import pytest
from benchmarks.conftest import mean, share

from virtualschool import codes, measures
from virtualschool.benchmarks.change import Year, breaks, change, line, standard
from virtualschool.benchmarks.gaps import CANNOT_TELL, NO, YES, gap, gaps

ABSENCE, A8, KS2 = measures.named("absence_rate"), measures.named("attainment_8"), measures.named("ks2_rwm")


def series(*values: float, error: float = 1.0, first: int = 2022) -> list[Year]:
    return [Year(first + at, value, error) for at, value in enumerate(values)]


def test_the_line_is_numpys_weighted_one():
    found = [Year(2022, 10.0, 1.0), Year(2023, 12.0, 2.0), Year(2025, 11.0, 0.5), Year(2026, 15.0, 1.5)]
    slope, error, scatter = line(found)
    weights = [1 / one.error for one in found]
    fit, covariance = np.polyfit([one.year for one in found], [one.value for one in found], 1, w=weights, cov="unscaled")
    left = sum((w * (one.value - np.polyval(fit, one.year))) ** 2 for w, one in zip(weights, found, strict=True))
    assert (slope, error, scatter) == pytest.approx((fit[0], math.sqrt(covariance[0, 0]), left / 2), rel=1e-6)


def test_of_two_years_the_change_is_their_difference():
    found = change(ABSENCE, [Year(2023, 10.0, 0.6), Year(2025, 8.0, 0.8)])
    assert (found.value, found.low, found.high) == pytest.approx((-2, -2 - 1.96, -2 + 1.96))
    assert found.direction == -1 and found.years == (2023, 2025)


def test_scatter_beyond_the_figures_own_doubt_widens_the_interval():
    calm, wild = change(ABSENCE, series(10, 9, 8, 7, error=0.2)), change(ABSENCE, series(10, 7, 10, 7, error=0.2))
    assert calm.direction == -1 and wild.direction is None
    # Slope -0.6 a year, residuals 0.6 1.8 1.8 0.6 of 0.2: scatter 90, error of the slope 0.2 / √5.
    assert (wild.value, wild.high - wild.value) == pytest.approx((-1.8, 3 * 1.96 * 0.2 / math.sqrt(5) * math.sqrt(90)))


def test_a_new_definition_breaks_a_series():
    found = change(KS2, [Year(2016, 20, 1), Year(2017, 25, 1), Year(2018, 40, 1), Year(2019, 41, 1)])
    assert found.years == (2018, 2019)
    assert breaks(KS2, [2016, 2017, 2018]) == [
        "2017 cannot be set beside 2018: the framework for writing of 2016 / the framework for writing of 2018."
    ]


def test_grades_of_2023_are_set_beside_2019_and_not_beside_2022():
    assert standard(A8, 2023) == standard(A8, 2019) != standard(A8, 2022)
    assert change(A8, [Year(2019, 19, 1), Year(2022, 25, 1), Year(2023, 19, 1)]).years == (2019, 2023)


def test_every_break_is_of_a_measure_and_no_year_has_two():
    rows = codes.load("breaks")
    named = {name for row in rows for name in row["measures"].split()}
    assert named <= set(measures.ALL)
    for name in named:
        for year in range(2016, 2028):
            assert sum(name in row["measures"].split() and codes.in_year(row, year) for row in rows) <= 1, (name, year)


def test_missing_years_and_years_of_few_children_are_left_open():
    found = change(ABSENCE, [Year(2022, 10, 1), Year(2024, 5, 1, counts=False), Year(2026, 10, 1)])
    assert found.years == (2022, 2026) and found.value == pytest.approx(0)
    assert change(ABSENCE, [Year(2022, 10, None), Year(2023, 10, 1)]).why == "Fewer than two years can be set beside one another."
    assert change(ABSENCE, [Year(2022, 10, None), Year(2023, 10, None)]).why == "Its figures have no interval."


def test_a_share_of_none_has_the_doubt_of_the_surest_other_year():
    found = change(ABSENCE, [Year(2022, 0, 0.0), Year(2023, 3, 2.0), Year(2024, 4, 2.0)])
    assert found.low is not None and found.direction is None


# --- Gaps ---


def of_years(own: list[float], other: float, spread: float = 3.0, pupils: int = 40, first: int = 2023):
    found = []
    for at, value in enumerate(own):
        values = [value - spread, value + spread] * (pupils // 2)
        found.append(
            gap(first + at, mean(values, year=first + at), mean([other - 1, other + 1] * 500, level="population", year=first + at))
        )
    return gaps(A8, found)


@pytest.mark.parametrize(
    ("own", "narrowing"),
    [
        ([15, 18, 21, 24], YES),
        ([24, 21, 18, 15], NO),
        ([20, 20.1, 20, 20.1], CANNOT_TELL),
        ([20, 20.3, 20.2, 20.5], CANNOT_TELL),
        ([20], CANNOT_TELL),
    ],
)
def test_whether_a_gap_is_narrowing(own, narrowing):
    assert of_years(own, 45).narrowing == narrowing


def test_the_size_of_a_gap_narrows_from_either_side():
    found = of_years([55, 52, 49], 45)
    assert (found.side, found.narrowing) == (1, YES) and found.change.value == pytest.approx(-6)
    assert of_years([49, 52, 55], 45).narrowing == NO


def test_where_there_may_be_no_gap_nothing_narrows():
    found = of_years([44.9, 45.1, 45], 45)
    assert (found.narrowing, found.why) == (CANNOT_TELL, "It cannot be told that there is a gap at all.")


def test_ten_children_are_shown_and_nothing_is_concluded_from_them():
    found = of_years([15, 18, 21, 24], 45, pupils=10)
    assert found.narrowing == CANNOT_TELL and all(one.difference for one in found.years)


def test_a_gap_that_stays_is_seldom_called_narrowing_or_widening():
    told = 0
    for seed in range(400):
        chance = random.Random(seed)
        values = [chance.gauss(-25, 3) for _ in range(4)]
        told += change(A8, [Year(2023 + at, value, 3.0) for at, value in enumerate(values)]).direction is not None
    assert told / 400 < 0.06


def test_a_gap_of_shares_is_in_percentage_points():
    found = gap(2024, share(40, 10), share(10000, 6500, "P", level="population"))
    assert found.difference is not None and found.difference.value == pytest.approx(-40)

"""Control charts: limits, each signal in words, seasons, gaps; by hand and by simulation."""

import random

import pytest

from virtualschool.benchmarks.control import FEWEST, ONE_SIDE, OUTER, OUTSIDE, TREND, Point, chart, in_words


def points(*values: float | None) -> list[Point]:
    return [Point(str(at), value) for at, value in enumerate(values)]


def said(*values: float | None) -> dict[str, tuple[str, ...]]:
    return {one.point.at: one.signals for one in chart(points(*values)) if one.signals}


def test_limits_by_hand():
    # Mean 13, moving ranges 2 4 2 2 4 2 2: mean 18/7; 2.66 of them is 6.84.
    found = chart(points(12, 14, 10, 12, 14, 18, 16, 14))
    assert (found[0].centre, found[0].low, found[0].high) == pytest.approx((13.75, 13.75 - 2.66 * 18 / 7, 13.75 + 2.66 * 18 / 7))


def test_limits_need_eight_points():
    found = chart(points(*[5.0] * (FEWEST - 1)))
    assert found[0].centre is None
    assert in_words(found) == "Fewer than 8 points: there are no limits yet, and nothing can be said of change."


def test_no_limit_lies_below_nought():
    assert chart(points(1, 0, 3, 0, 2, 0, 1, 0))[0].low == 0


def test_a_point_outside_is_told():
    found = said(10, 11, 10, 9, 10, 11, 10, 30, 10, 9, 10, 11)
    assert OUTSIDE in found["7"]


def test_eight_on_one_side_are_told_and_seven_are_not():
    eight = [10, 12, 10, 12, 10, 12, 10, 12, *[13, 15] * 4]
    assert sum(ONE_SIDE in signals for signals in said(*eight).values()) == 16
    seven = [10.0, 12, 11, 14, 12, 13, 11, 9, 8, 12, 9, 10, 12, 9]
    assert not any(ONE_SIDE in signals for signals in said(*seven).values())


def test_six_in_a_row_one_way_are_told():
    rising = said(12, 11, 10, 11, 12, 13, 14, 15, 12, 13, 12, 11)
    assert [at for at, signals in rising.items() if TREND in signals] == ["2", "3", "4", "5", "6", "7"]
    assert not any(TREND in signals for signals in said(12, 11, 10, 11, 12, 13, 14, 12, 12, 13, 12, 11).values())


def test_two_of_three_near_a_limit_are_told():
    # Mean 10.3, limits 10.3 and 4.8: the outer third begins at 13.5.
    found = said(10, 9, 10, 11, 9, 10, 14, 11, 14, 9, 8, 10, 9, 10)
    assert [at for at, signals in found.items() if OUTER in signals] == ["6", "8"]


def test_a_missing_point_breaks_runs_and_ranges():
    whole = [10, 12, 10, 12, 10, 12, 10, 12, *[13, 15] * 4]
    holed = [*whole[:12], None, *whole[12:]]
    assert not any(ONE_SIDE in signals and int(at) > 8 for at, signals in said(*holed).items())
    # A leap across the hole is no moving range.
    low, high = chart(points(*[10, 11] * 4, None, *[30, 31] * 4))[0], 2.66
    assert low.high == pytest.approx(20.5 + high * 1)


def test_what_comes_again_each_year_is_no_signal():
    terms = [("autumn", 90.0), ("spring", 94.0), ("summer", 98.0)]
    chance = random.Random(1)
    series = [Point(f"{name} {year}", level + chance.gauss(0, 0.5), name) for year in range(6) for name, level in terms]
    with_seasons = chart(series)
    assert not any(OUTSIDE in one.signals for one in with_seasons)
    assert with_seasons[0].centre == pytest.approx(90, abs=0.8) and with_seasons[2].centre == pytest.approx(98, abs=0.8)


@pytest.mark.parametrize("seasonal", [False, True])
def test_a_series_in_control_is_seldom_told_to_be_outside(seasonal):
    outside = total = 0
    for seed in range(200):
        chance = random.Random(seed)
        series = [
            Point(f"{year} {season}", 50 + (3 * season if seasonal else 0) + chance.gauss(0, 2), str(season) if seasonal else "")
            for year in range(8)
            for season in range(3)
        ]
        found = chart(series)
        outside += sum(OUTSIDE in one.signals for one in found)
        total += len(found)
    # Three standard deviations leave out 0.27%; limits worked out from 24 points leave out somewhat more.
    assert outside / total < 0.012


def test_a_quiet_series_says_so():
    assert in_words(chart(points(10, 11, 10, 9, 10, 11, 10, 11, 9))).startswith("No signal")

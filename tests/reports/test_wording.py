from types import SimpleNamespace

import pytest

from virtualschool.reports import wording
from virtualschool.reports.asking import limits_of_mean

SCORE = SimpleNamespace(unit="points", decimals=1, better="higher")
SHARE = SimpleNamespace(unit="percent", decimals=0, better="lower")


def row(value, low, high, **others):
    return {"value": value, "low": low, "high": high, "symbol": "", "note": "", "year": 2024, **others}


@pytest.mark.parametrize(
    ("england", "stands"),
    [(17.9, "above"), (18.0, "cannot tell"), (20.0, "cannot tell"), (22.0, "cannot tell"), (22.1, "below"), (None, "unknown")],
)
def test_a_figure_differs_only_from_what_lies_outside_its_interval(england, stands):
    assert wording.standing(row(20.0, 18.0, 22.0, england_value=england), SCORE, "england") == stands


@pytest.mark.parametrize(("other", "stands"), [(14.9, "above"), (15.0, "cannot tell"), (25.0, "cannot tell"), (25.1, "below")])
def test_the_doubt_of_the_comparator_counts_too(other, stands):
    # Limits 3 and 4 away from the two figures: together 5.
    figure = row(20.0, 17.0, 23.0, region_value=other, region_low=other - 4, region_high=other + 4)
    assert wording.standing(figure, SCORE, "region") == stands


def test_without_an_interval_nothing_can_be_told():
    figure = row(20.0, None, None, england_value=12.0, england_difference=8.0)
    assert wording.standing(figure, SCORE, "england") == "cannot tell"
    assert wording.comparisons(figure, SCORE, {"england": "England"}) == [
        "We cannot tell whether it differs from England (12.0): it has no interval."
    ]


def test_a_comparison_says_what_it_can_and_what_it_cannot():
    figure = row(30, 24, 37, england_value=22, england_difference=8, region_value=25, region_difference=5, neighbours_value=None)
    said = wording.comparisons(figure, SHARE, wording.COMPARATORS)
    assert said == [
        "Higher than England (22%) by 8 percentage points, more than chance alone would usually make.",
        "We cannot tell whether it differs from its region (25%): chance alone could make the difference.",
        "No figure for its statistical neighbours.",
    ]


def test_two_differences_one_way_share_a_sentence():
    figure = row(15.0, 14.0, 16.0, england_value=19.2, england_difference=-4.2, region_value=17.0, region_difference=-2.0)
    said = wording.comparisons(figure, SCORE, {"england": "England", "region": "its region"})
    assert said == ["Lower than England (19.2) and its region (17.0) by 4.2 and 2.0 points, more than chance alone would usually make."]


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        (SCORE, 24, "Better than England"),
        (SHARE, 24, "Worse than England"),
        (SimpleNamespace(unit="percent", decimals=0, better="neither"), 24, "Higher than England"),
    ],
)
def test_better_and_worse_follow_the_measure(measure, value, words):
    stands = wording.standing(row(value, 22, 26, england_value=20), measure, "england")
    assert wording.at_a_glance(stands, measure, "England") == words


def test_numbers_have_a_true_minus_and_their_decimals():
    assert wording.number(-1.3, 2) == "−1.30"
    assert wording.amount(34.0, SHARE) == "34%"
    assert wording.gap(-1.0, SCORE) == "1.0 point"
    assert wording.gap(-2.5, SCORE) == "2.5 points"


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ((22.0, 19.9, 24.1), "no clear change from 2023 to 2024"),
        ((23.0, 20.1, 25.9), "higher in 2024 than in 2023"),
        ((15.0, 14.1, 15.9), "lower in 2024 than in 2023"),
    ],
)
def test_a_trend_is_called_a_change_only_when_the_intervals_part(last, told):
    first = {**row(18.0, 16.0, 20.0), "year": 2023}
    assert wording.change(first, row(*last)) == told


def test_a_reason_is_the_note_or_the_meaning_of_the_symbol():
    assert wording.reason({"note": "no tests in 2020", "symbol": "x"}) == "No tests in 2020."
    assert wording.reason({"note": "", "symbol": "c"}) == "Hidden, because it is about few children or would show such a figure."


def test_the_limits_of_a_mean_of_several_come_from_the_limits_of_each():
    # Figures 10 and 20, 3 and 4 below them their lower limits: the mean is 15, and its limit √(9 + 16) / 2 below.
    rows = [{"value": 10.0, "low": 7.0, "high": 13.0}, {"value": 20.0, "low": 16.0, "high": 24.0}]
    assert limits_of_mean(rows) == (12.5, 17.5)
    assert limits_of_mean(rows[:1]) == (7.0, 13.0)
    assert limits_of_mean([*rows, {"value": 15.0, "low": None, "high": None}]) == (None, None)
    assert limits_of_mean([]) == (None, None)

"""Limits of funnels, overdispersion, and how many more children would change a verdict; checked by simulation too."""

import math
import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from benchmarks.conftest import mean, share
from scipy import stats
from scipy.stats import mstats

from virtualschool import intervals, measures
from virtualschool.benchmarks import funnel
from virtualschool.benchmarks.estimate import Estimate
from virtualschool.benchmarks.request import Place


def counted(pupils: int, value: float, la: str, name: str = "attainment_8", spread: float | None = None) -> Estimate:
    return Estimate(measures.named(name), 2024, Place("la", la, la), (), Fraction(value), pupils, spread=spread)


def slow_tail(count: int, pupils: int, percent: int) -> Fraction:
    share = Fraction(percent, 100)
    return sum((math.comb(pupils, k) * share**k * (1 - share) ** (pupils - k) for k in range(count + 1)), Fraction(0))


@pytest.mark.parametrize(("pupils", "percent"), [(11, 34), (36, 34), (48, 7), (27, 50)])
@pytest.mark.parametrize("tail", [0.025, 0.001])
def test_a_count_is_outside_just_where_its_tail_is_too_small(pupils, percent, tail):
    low, high = intervals.exact_limits(pupils, percent / 100, tail)
    for count in range(pupils + 1):
        below = slow_tail(count, pupils, percent) < Fraction(tail)
        above = 1 - (slow_tail(count - 1, pupils, percent) if count else 0) < Fraction(tail)
        assert (count / pupils < low - 1e-12, count / pupils > high + 1e-12) == (below, above)
    assert stats.binom.ppf(tail, pupils, percent / 100) / pupils == pytest.approx(low, abs=1 / pupils)


def test_the_lower_line_is_where_spiegelhalter_puts_it():
    # (r - a) / n, with r the first count whose tail reaches 2.5% and a the share of its step that is left over.
    r = stats.binom.ppf(0.025, 36, 0.34)
    a = (stats.binom.cdf(r, 36, 0.34) - 0.025) / stats.binom.pmf(r, 36, 0.34)
    assert intervals.exact_limits(36, 0.34, 0.025)[0] == pytest.approx((r - a) / 36)


def test_limits_of_a_mean_are_the_centre_and_its_errors():
    found = funnel.limits(measures.named("progress_8"), 49, -1.3, 1.4)
    assert (found.low95, found.high95) == pytest.approx((-1.3 - 1.959964 * 0.2, -1.3 + 1.959964 * 0.2))
    assert found.high998 == pytest.approx(-1.3 + 3.090232 * 0.2)


def test_wide_limits_add_what_authorities_differ_by():
    found = funnel.limits(measures.named("progress_8"), 49, -1.3, 1.4, tau=0.15)
    assert found.high95 == pytest.approx(-1.3 + 1.959964 * math.hypot(0.2, 0.15))


@pytest.mark.parametrize("kind", ["share", "mean"])
def test_limits_hold_so_many_of_authorities_that_differ_by_chance(kind):
    chance = np.random.default_rng(11)
    sizes = chance.integers(12, 90, 1500)
    if kind == "share":
        shares = chance.binomial(sizes, 0.3)
        stands = [
            funnel.limits(measures.named("ks2_rwm"), int(n), 30, 45.8).standing(100 * r / n) for n, r in zip(sizes, shares, strict=True)
        ]
    else:
        values = chance.normal(19, 19 / np.sqrt(sizes))
        stands = [funnel.limits(measures.named("progress_8"), int(n), 19, 19).standing(v) for n, v in zip(sizes, values, strict=True)]
    inside = sum("95%" not in one and "99.8%" not in one for one in stands) / len(stands)
    far = sum("99.8%" in one for one in stands) / len(stands)
    # Counts come in steps, so that exact limits hold rather more than they promise.
    assert (0.95 if kind == "share" else 0.937) < inside < (0.985 if kind == "share" else 0.963)
    assert far < 0.006


def test_overdispersion_by_another_way():
    chance = random.Random(3)
    found = [counted(n := chance.randrange(10, 80), chance.gauss(19, 4 + 19 / math.sqrt(n)), f"{at:03d}") for at in range(40)]
    made = funnel.dispersion(found, 19.0, 19.0)
    errors = np.array([19 / math.sqrt(one.pupils) for one in found])
    scores = mstats.winsorize((np.array([one.amount for one in found]) - 19) / errors, limits=(0.1, 0.1))
    left = stats.truncnorm.var(-1.2815515655, 1.2815515655) * 0.8 + 0.2 * 1.2815515655**2
    phi = float((scores**2).mean()) / left
    weights = 1 / errors**2
    tau = math.sqrt((40 * phi - 39) / (weights.sum() - (weights**2).sum() / weights.sum()))
    assert made.phi == pytest.approx(phi) and made.tau == pytest.approx(tau) and made.tau > 0


def test_chance_alone_is_seldom_called_overdispersion_and_phi_is_about_one():
    phis, called = [], 0
    for seed in range(150):
        chance = random.Random(seed)
        found = [counted(n := chance.randrange(12, 80), chance.gauss(19, 19 / math.sqrt(n)), str(at)) for at in range(100)]
        made = funnel.dispersion(found, 19.0, 19.0)
        phis.append(made.phi)
        called += made.tau > 0
    assert 0.95 < sum(phis) / len(phis) < 1.05
    assert called / 150 < 0.08


def test_wide_limits_hold_95_of_100_authorities_that_do_differ():
    inside = total = 0
    for seed in range(12):
        chance = random.Random(seed)
        found = [
            counted(n := chance.randrange(40, 400), chance.gauss(9, math.hypot(1.2, 12 / math.sqrt(n))), f"{at:03d}") for at in range(150)
        ]
        made = funnel.funnel(found, replace(counted(20000, 9, "E", spread=12.0), place=Place("england", "E", "England")))
        assert made is not None
        inside += sum(spot.stands == "within" for spot in made.spots)
        total += len(made.spots)
    assert 0.93 < inside / total < 0.975


@pytest.mark.parametrize(("pupils", "reached"), [(30, 3), (30, 10), (30, 20), (14, 0), (60, 9)])
def test_how_many_more_children_is_found_by_trying_each(pupils, reached):
    england = share(20000, 6800, "E", level="england")
    made = funnel.funnel([share(pupils, reached)], england)
    assert made is not None
    spot = made.spots[0]

    def side(count: int) -> str:
        return made.limits(pupils).standing(100 * count / pupils).split()[0]

    now = side(reached)
    up = next((to - reached for to in range(reached, pupils + 1) if side(to) != now), None)
    down = next((to - reached for to in range(reached, -1, -1) if side(to) != now), None)
    assert (spot.more_up, spot.more_down) == (up, down)
    assert up is None or side(reached + up - 1) == now


def test_where_many_are_hidden_nothing_is_said_of_how_shares_differ():
    england = share(20000, 6800, "E", level="england")
    found = [share(30, 15 + at % 8, f"{at:03d}") for at in range(40)]
    assert funnel.funnel(found, england, hidden=4).dispersion.phi is not None
    assert funnel.funnel(found, england, hidden=5).dispersion.selected
    assert "nothing can be said" in funnel.funnel(found, england, hidden=5).dispersion.in_words


def test_a_mean_without_any_spread_has_no_funnel():
    bare = replace(mean([19.0] * 30, level="england"), spread=None)
    assert funnel.funnel([counted(30, 20, "301")], bare) is None
    assert funnel.funnel([counted(30, 20, "301")], bare, 18.8, "years").spread_from == "years"

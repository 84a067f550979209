"""Ranks with their range, shrinkage, and reliability from years; against slow ways, published rows and simulations."""

import csv
import gzip
import math
import random
from fractions import Fraction
from statistics import fmean, median

import pytest
from scipy import integrate

from virtualschool import measures
from virtualschool.benchmarks.estimate import Estimate
from virtualschool.benchmarks.ranks import ranking
from virtualschool.benchmarks.reliability import reliability
from virtualschool.benchmarks.request import Place


def placed(value: float, pupils: int, la: str, level: str = "la", name: str = "attainment_8") -> Estimate:
    return Estimate(measures.named(name), 2024, Place(level, la, la), (), Fraction(value), pupils)


ENGLAND = placed(19, 9000, "E", "england")


def test_what_a_level_is_drawn_in_to_is_the_same_by_integration():
    values = [(30.0, 20), (22.0, 60), (18.0, 45), (12.0, 33), (25.0, 90), (16.0, 12)]
    found = ranking([placed(value, n, f"{at:03d}") for at, (value, n) in enumerate(values)], ENGLAND, 19.0)
    most = 2 * math.sqrt(fmean((value - 19) ** 2 for value, _ in values)) + 19 / math.sqrt(90)

    def fits(tau: float) -> float:
        parts = ((value - 19, tau**2 + 361 / n) for value, n in values)
        return math.prod(math.exp(-0.5 * away**2 / variance) / math.sqrt(variance) for away, variance in parts)

    whole = integrate.quad(fits, 0, most)[0]
    for one, (value, n) in zip(found.ranked, values, strict=True):
        kept = integrate.quad(lambda tau, n=n: fits(tau) * tau**2 / (tau**2 + 361 / n), 0, most)[0] / whole
        assert one.reliability == pytest.approx(kept, abs=0.01)
        assert one.shrunk == pytest.approx(19 + kept * (value - 19), abs=0.1)


def test_ranks_by_a_slow_way_where_one_is_far_ahead_and_one_far_behind():
    found = ranking([placed(v, 900, str(at)) for at, v in enumerate((40, 20, 19, 18, 19.5, 20.5, 18.5, 2))], ENGLAND, 19.0)
    first, last = found.ranked[0], found.ranked[-1]
    assert (first.rank_low, first.rank_high, first.lowest_quarter) == (1, 1, 0.0)
    assert (last.rank_low, last.rank_high, last.lowest_quarter) == (8, 8, 1.0)
    assert sum(one.rank for one in found.ranked) == pytest.approx(36)
    # Two of eight stand in the lowest quarter in every draw.
    assert sum(one.lowest_quarter for one in found.ranked) == pytest.approx(2)


def test_lower_is_better_turns_the_ranks_round():
    found = ranking(
        [placed(v, 900, str(at), name="absence_rate") for at, v in enumerate((2, 20, 19, 40))],
        placed(20, 9000, "E", "england", "absence_rate"),
        19.0,
    )
    assert found.ranked[0].rank_high == 1 and found.ranked[3].rank_low == 4


def test_figures_that_are_all_chance_leave_every_rank_open():
    chance = random.Random(5)
    found = ranking([placed(chance.gauss(19, 19 / math.sqrt(30)), 30, f"{at:03d}") for at in range(60)], ENGLAND, 19.0)
    assert median(one.rank_high - one.rank_low for one in found.ranked) > 40
    assert max(one.reliability for one in found.ranked) < 0.35


def test_the_same_figures_give_the_same_ranks():
    found = [placed(15 + at % 7, 20 + at, f"{at:03d}") for at in range(20)]
    assert ranking(found, ENGLAND, 19.0) == ranking(list(reversed(found)), ENGLAND, 19.0)


def test_ranges_hold_the_true_levels_and_ranks():
    levels = ranks = total = 0
    for seed in range(40):
        chance = random.Random(100 + seed)
        true = [chance.gauss(19, 2) for _ in range(60)]
        sizes = [chance.randrange(12, 90) for _ in true]
        found = ranking(
            [placed(chance.gauss(level, 19 / math.sqrt(n)), n, f"{at:03d}") for at, (level, n) in enumerate(zip(true, sizes, strict=True))],
            ENGLAND,
            19.0,
            draws=300,
        )
        for one, level in zip(found.ranked, true, strict=True):
            rank = 1 + sum(other > level for other in true)
            levels += one.low <= level <= one.high
            ranks += one.rank_low <= rank <= one.rank_high
            total += 1
    assert 0.92 < levels / total < 0.975
    assert ranks / total > 0.93


def test_three_authorities_have_no_quarter():
    assert ranking([placed(20, 30, str(at)) for at in range(3)], ENGLAND, 19.0) is None


# --- Reliability ---


def test_what_lasts_is_told_from_what_does_not():
    chance = random.Random(2)
    rows = {}
    for at in range(400):
        level = chance.gauss(0, 2)
        for year in (2017, 2018, 2019, 2022):
            n = chance.randrange(15, 60)
            rows[year, str(at)] = (n, 19 + level + chance.gauss(0, 19 / math.sqrt(n)))
    found = reliability(rows, dict.fromkeys((2017, 2018, 2019, 2022), 19.0))
    assert found.tau == pytest.approx(2, abs=0.25) and found.sigma == pytest.approx(19, abs=0.6)
    assert found.at(36) == pytest.approx(4 / (4 + 361 / 36), abs=0.06)
    assert found.pairs == 1200


def test_too_few_years_say_nothing_of_what_lasts():
    assert reliability({(2024, str(at)): (30, 19.0) for at in range(100)}, {2024: 19.0}) is None


@pytest.mark.parametrize(
    ("measure", "pupils", "value", "near"),
    [
        ("ks4_attainment8_mean", "t_pupils", "avg_att8", (0.12, 0.6, 0.04)),
        ("ks4_progress8_mean", "t_inp8calc", "avg_p8score", (0.02, 0.12, 0.04)),
    ],
)
def test_published_rows_are_as_reliable_as_was_found_before(real_data, measure, pupils, value, near):
    """Rows of 12 months' looked-after children, 2016/17 to 2023/24; before: a working by hand of the same files."""
    file = real_data / "published_la_reliability.csv"
    with file.open(encoding="utf-8") as opened:
        before = next(row for row in csv.DictReader(opened) if row["measure"] == measure)
    rows: dict[tuple[int, str], tuple[float, float]] = {}
    for release in ("ks4_la__rel2023", "ks4_la__rel2024"):
        with gzip.open(real_data / "published" / "ees_outcomes" / f"{release}.csv.gz", "rt", encoding="utf-8-sig") as opened:
            for row in csv.DictReader(opened):
                if row["geographic_level"] == "Local authority" and row["social_care_group"].startswith("CLA 12"):
                    try:
                        rows[int(row["time_period"][:4]) + 1, row["new_la_code"]] = (float(row[pupils]), float(row[value]))
                    except ValueError:
                        continue
    years = {year for year, _ in rows}
    weighted = {
        year: sum(n * v for (at, _), (n, v) in rows.items() if at == year) / sum(n for (at, _), (n, _) in rows.items() if at == year)
        for year in years
    }
    found = reliability(rows, weighted)
    tau, sigma, share = near
    assert found.tau == pytest.approx(float(before["persistent_between_la_sd_tau"]), abs=tau)
    assert found.sigma == pytest.approx(float(before["implied_pupil_level_sd"]), abs=sigma)
    assert found.at(float(before["median_n"])) == pytest.approx(float(before["reliability_at_median_n"]), abs=share)
    assert found.correlation == pytest.approx(float(before["adjacent_year_correlation"]), abs=0.05)

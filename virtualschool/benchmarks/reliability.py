"""How much of the spread between authorities comes back next year, and how much is one year's chance.

An authority's distance from England in one year, times its distance in the next, on average over authorities, is the variance that
lasts (τ²): chance does not come back. What is left, times the pupils, is the variance of one pupil. Reliability at n pupils is
τ² ÷ (τ² + σ² ÷ n). What holds for one year only counts as chance here.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median


@dataclass(frozen=True)
class Reliability:
    """`tau` and `sigma` are standard deviations in the measure's unit; `correlation` is of two years that follow one another."""

    authority_years: int
    pairs: int
    tau: float
    sigma: float
    correlation: float | None
    median_pupils: float

    def at(self, pupils: float) -> float:
        """The reliability of a figure on so many pupils, from 0 (all chance) to 1."""
        together = self.tau**2 + self.sigma**2 / pupils
        return self.tau**2 / together if together else 0.0


FEWEST = 20
"""With fewer pairs of years than this nothing is said."""


def reliability(
    rows: Mapping[tuple[int, str], tuple[float, float]], centres: Mapping[int, float], at_least: int = 10
) -> Reliability | None:
    """From figures by (year, authority), each (pupils, value), and England's figure of each year; None where too few years follow.

    Years follow one another as the measure has them, so that those without it are stepped over. Authorities with fewer than
    `at_least` pupils are left out.
    """
    away = {
        (year, la): (pupils, value - centres[year])
        for (year, la), (pupils, value) in rows.items()
        if pupils >= at_least and year in centres
    }
    following = dict(pairwise(sorted({year for year, _ in away})))
    pairs = [
        (first, away[following[year], la][1])
        for (year, la), (_, first) in sorted(away.items())
        if year in following and (following[year], la) in away
    ]
    if len(pairs) < FEWEST:
        return None
    lasting = max(fmean(first * second for first, second in pairs), 0.0)
    of_one = max(fmean(pupils * (distance**2 - lasting) for pupils, distance in away.values()), 0.0)
    return Reliability(
        len(away), len(pairs), math.sqrt(lasting), math.sqrt(of_one), correlation(pairs), median(pupils for pupils, _ in away.values())
    )


def correlation(pairs: list[tuple[float, float]]) -> float | None:
    first, second = fmean(one for one, _ in pairs), fmean(two for _, two in pairs)
    across = sum((one - first) ** 2 for one, _ in pairs) * sum((two - second) ** 2 for _, two in pairs)
    return sum((one - first) * (two - second) for one, two in pairs) / math.sqrt(across) if across else None

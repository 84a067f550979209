"""Ranks with their range, and the chance of being in the lowest quarter, from figures drawn in to England's by how little they tell.

Each authority's own level is taken to lie about England's with a standard deviation τ, and its figure about that level with its
standard error. How large τ is, the figures themselves say: every τ of a grid counts by how well it fits them (no τ is
favoured beforehand), so that doubt about τ is in every rank. Levels are then drawn many times, with a fixed seed, and ranked.
Source: H. Goldstein and D. J. Spiegelhalter, League tables and their limitations, Journal of the Royal Statistical Society A 159 (1996);
A. Gelman, Prior distributions for variance parameters in hierarchical models, Bayesian Analysis 1 (2006).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from virtualschool.benchmarks.estimate import Estimate

DRAWS, SEED, GRID = 4000, 20170401, 60
FEWEST = 4
"""Fewer authorities have no quarter."""
MOST_HIDDEN = 0.25
"""With more hidden than this, who is in the lowest quarter of those shown says little of who is in the lowest quarter."""


@dataclass(frozen=True)
class Ranked:
    """One authority. `shrunk` with its 95% limits is what its level is expected to be; rank 1 is best.

    `reliability` is the share of its distance from England that it keeps; `lowest_quarter` a chance from 0 to 1.
    """

    estimate: Estimate
    shrunk: float
    low: float
    high: float
    reliability: float
    rank: float
    rank_low: int
    rank_high: int
    lowest_quarter: float


@dataclass(frozen=True)
class Ranking:
    centre: float
    tau: float
    """The middle of what τ may be."""
    tau_low: float
    tau_high: float
    ranked: tuple[Ranked, ...]


def ranking(found: Sequence[Estimate], centre: Estimate, spread: float, *, draws: int = DRAWS, seed: int = SEED) -> Ranking | None:
    """The ranking of four authorities or more, by their codes; `spread` is the standard deviation of one pupil about the centre.

    Where lower is better the lowest value ranks first; where neither is better, the highest does.
    """
    counted = sorted((one for one in found if one.pupils), key=lambda one: one.place.code)
    if len(counted) < FEWEST or not spread:
        return None
    import numpy as np

    errors = np.array([spread / math.sqrt(one.telling) for one in counted])
    away = np.array([one.amount - centre.amount for one in counted])
    taus, weights = tau_grid(away, errors)
    kept = taus[:, None] ** 2 / (taus[:, None] ** 2 + errors**2)
    chance = np.random.default_rng(seed)
    drawn = chance.choice(len(taus), size=draws, p=weights)
    levels = kept[drawn] * away + np.sqrt(kept[drawn]) * errors * chance.standard_normal((draws, len(counted)))
    best_first = levels if centre.measure.better == "lower" else -levels
    # At τ of nought all levels are alike: noise too small to matter puts them in an order of chance.
    best_first = best_first + 1e-9 * float(errors.max()) * chance.standard_normal(best_first.shape)
    ranks = best_first.argsort(axis=1).argsort(axis=1) + 1
    shrunk = weights @ (kept * away)
    ends = np.quantile(levels, [0.025, 0.975], axis=0)
    rank_ends = np.quantile(ranks, [0.025, 0.975], axis=0, method="inverted_cdf")
    lowest = (ranks > len(counted) - len(counted) / 4).mean(axis=0)
    mean_kept, mean_rank = weights @ kept, ranks.mean(axis=0)
    ranked = tuple(
        Ranked(
            one,
            centre.amount + float(shrunk[at]),
            centre.amount + float(ends[0, at]),
            centre.amount + float(ends[1, at]),
            float(mean_kept[at]),
            float(mean_rank[at]),
            int(rank_ends[0, at]),
            int(rank_ends[1, at]),
            float(lowest[at]),
        )
        for at, one in enumerate(counted)
    )
    so_far = weights.cumsum()
    tau_ends = [float(taus[min(int(np.searchsorted(so_far, share)), len(taus) - 1)]) for share in (0.5, 0.025, 0.975)]
    return Ranking(centre.amount, tau_ends[0], tau_ends[1], tau_ends[2], ranked)


def tau_grid(away, errors):
    """Values that τ may have, and how likely each is given the distances: flat beforehand, from nought to twice what they could be."""
    import numpy as np

    most = 2 * float(np.sqrt(np.mean(away**2))) + float(errors.min())
    taus = np.linspace(0, most, GRID)
    variances = taus[:, None] ** 2 + errors**2
    fits = -0.5 * (np.log(variances) + away**2 / variances).sum(axis=1)
    weights = np.exp(fits - fits.max())
    return taus, weights / weights.sum()

"""Fits a straight-line model with a level for each authority, drawn from a common spread: children in authorities.

statsmodels does the fitting (restricted maximum likelihood). As the model has one random intercept, its likelihood can be worked out
exactly for any ratio of the two spreads; that gives statsmodels a start, and says whether it ended at the best place, which from a
poor start it does not always. With few authorities no spread between them can be seen, and each has a level of its own.

Source: Sebba and others 2015 (two-level models); J. Pinheiro and D. Bates, Mixed-effects models in S and S-PLUS, 2.2 (the profiled
restricted likelihood).
"""

import warnings
from dataclasses import dataclass

import numpy as np

FEWEST_AUTHORITIES = 10
"""A spread between fewer authorities than this is not estimated: our choice."""
HIGHEST_RATIO = 4.0
"""Of the variance between authorities to that within, far above anything seen (0.01 to 0.1)."""
NEAR = 1e-3
"""How far from the best restricted log-likelihood statsmodels may end."""


@dataclass(frozen=True)
class Sums:
    """All that the likelihood needs of the children, by authority: number, sums of columns and result, and their products."""

    number: np.ndarray
    columns: np.ndarray
    result: np.ndarray
    squares: np.ndarray
    products: np.ndarray
    total: float

    @classmethod
    def of(cls, values: np.ndarray, result: np.ndarray, group: np.ndarray, groups: int) -> "Sums":
        number = np.bincount(group, minlength=groups).astype(float)
        columns = np.zeros((groups, values.shape[1]))
        np.add.at(columns, group, values)
        return cls(
            number,
            columns,
            np.bincount(group, weights=result, minlength=groups),
            values.T @ values,
            values.T @ result,
            float(result @ result),
        )

    def less(self, other: "Sums") -> "Sums":
        return Sums(*(getattr(self, name) - getattr(other, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Fit:
    """Effects of the columns with their covariance, and the variances within and between authorities (nought where not estimated)."""

    effects: np.ndarray
    covariance: np.ndarray
    within: float
    between: float
    multilevel: bool
    converged: bool


def solve(sums: Sums, ratio: float) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Effects, the inverse of the information (before the variance within), the variance within, and minus twice the restricted
    log-likelihood but for a constant, when the variance between authorities is `ratio` times that within."""
    drawn = ratio / (1 + sums.number * ratio)
    information = sums.squares - (sums.columns * drawn[:, None]).T @ sums.columns
    right = sums.products - sums.columns.T @ (drawn * sums.result)
    inverse = np.linalg.inv(information)
    effects = inverse @ right
    left = sums.total - float(drawn @ sums.result**2) - float(right @ effects)
    freedom = sums.number.sum() - len(effects)
    within = max(left, 1e-12) / freedom
    log_size = float(np.linalg.slogdet(information)[1])
    return effects, inverse, within, freedom * np.log(within) + float(np.log1p(sums.number * ratio).sum()) + log_size


def best_ratio(sums: Sums) -> float:
    """The ratio of the variances with the highest restricted likelihood; nought where none is higher than at nought."""
    from scipy.optimize import minimize_scalar

    found = minimize_scalar(
        lambda root: solve(sums, root * root)[3], bounds=(0.0, HIGHEST_RATIO**0.5), method="bounded", options={"xatol": 1e-6}
    )
    ratio = float(found.x) ** 2
    return ratio if solve(sums, 0.0)[3] - solve(sums, ratio)[3] > NEAR else 0.0


def fit(values: np.ndarray, result: np.ndarray, las: np.ndarray) -> Fit:
    """The model fitted to these columns and results; multilevel where there are authorities enough."""
    names, group = np.unique(las, return_inverse=True)
    sums = Sums.of(values, result, group, len(names))
    if len(names) < FEWEST_AUTHORITIES:
        effects, inverse, within, _ = solve(sums, 0.0)
        return Fit(effects, inverse * within, within, 0.0, multilevel=False, converged=True)
    ratio = best_ratio(sums)
    if ratio == 0.0:
        effects, inverse, within, _ = solve(sums, 0.0)
        return Fit(effects, inverse * within, within, 0.0, multilevel=True, converged=True)
    return by_library(values, result, group, sums, ratio)


def by_library(values: np.ndarray, result: np.ndarray, group: np.ndarray, sums: Sums, ratio: float) -> Fit:
    """What statsmodels finds, from a start at the best ratio; where it ends elsewhere, the best itself, marked as not converged."""
    # Imported here: it takes seconds, and a store of few authorities does not need it.
    from statsmodels.regression.mixed_linear_model import MixedLM, MixedLMParams

    effects, inverse, within, best = solve(sums, ratio)
    start = MixedLMParams.from_components(fe_params=effects, cov_re=np.array([[ratio]]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = MixedLM(result, values, groups=group).fit(reml=True, method=["bfgs", "lbfgs"], start_params=start)
    theirs = float(found.cov_re[0, 0]) / float(found.scale)
    if not found.converged or not np.isfinite(theirs) or solve(sums, max(theirs, 0.0))[3] - best > NEAR:
        return Fit(effects, inverse * within, within, ratio * within, multilevel=True, converged=False)
    # Of the effects alone: what statsmodels gives is of the effects and the ratio together, a little off in small stores.
    _, inverse, within, _ = solve(sums, theirs)
    return Fit(
        np.asarray(found.fe_params), inverse * within, float(found.scale), float(found.cov_re[0, 0]), multilevel=True, converged=True
    )

"""Whether a fitted model can be trusted: out-of-sample error, calibration, residuals, collinearity, and what one authority does to it.

Out of sample: the children are put into ten parts by a hash of who they are, so that a child's years stay together; each part is
predicted by a model fitted on the nine others, with the ratio of the two variances as it was found on all.
"""

import zlib
from dataclasses import dataclass

import numpy as np

from virtualschool.model.design import FEWEST, Design
from virtualschool.model.fitting import Fit, Sums, solve
from virtualschool.model.rows import Rows

FOLDS = 10
TENTHS = 10
FAR = 3.0
"""Residuals beyond so many standard deviations are counted."""


@dataclass(frozen=True)
class Check:
    """One line of a check: what, of which part, the number, another beside it, and how many children it is about."""

    name: str
    part: str
    value: float
    beside: float | None = None
    children: int | None = None


def checks(rows: Rows, design: Design, fit: Fit) -> list[Check]:
    """Every check of one model, in the order in which it is read."""
    names, group = np.unique(rows["la"], return_inverse=True)
    sums = Sums.of(design.values, rows.result, group, len(names))
    ratio = fit.between / fit.within if fit.within else 0.0
    predicted = out_of_sample(rows, design.values, rows.result, group, len(names), sums, ratio)
    found = [*prediction(rows.result, predicted), *calibration(rows.result, predicted)]
    found += residuals(rows.result, design.values @ fit.effects)
    found += [Check("collinearity", column.name, value) for column, value in inflation(design)]
    if len(names) > 1:
        found += influence(names, group, design, rows, fit, sums, ratio)
    return found


def folds(rows: Rows) -> np.ndarray:
    """The part of each child, 0 to 9; the same in every year and on every machine."""
    return np.array([zlib.crc32(f"{la}/{child}".encode()) % FOLDS for la, child in zip(rows["la"], rows["child"], strict=True)])


def out_of_sample(rows: Rows, values, result, group, groups: int, sums: Sums, ratio: float) -> np.ndarray:
    """Each child's result as predicted by a model that has not seen the child."""
    part = folds(rows)
    predicted = np.full(len(result), result.mean())
    for fold in range(FOLDS):
        held = part == fold
        if not held.any() or held.all():
            continue
        others = sums.less(Sums.of(values[held], result[held], group[held], groups))
        # A column that only the part held back has cannot be fitted without it; the least of shifts keeps the answer finite.
        effects = solve(steady(others), ratio)[0]
        predicted[held] = values[held] @ effects
    return predicted


def steady(sums: Sums) -> Sums:
    width = len(sums.products)
    return Sums(sums.number, sums.columns, sums.result, sums.squares + 1e-6 * np.eye(width), sums.products, sums.total)


def prediction(result: np.ndarray, predicted: np.ndarray) -> list[Check]:
    error = float(np.sqrt(np.mean((result - predicted) ** 2)))
    spread = float(np.sqrt(np.mean((result - result.mean()) ** 2)))
    return [
        Check("out of sample", "error of one child's prediction", error, spread, len(result)),
        Check("out of sample", "share of the spread foretold", 1 - error**2 / spread**2 if spread else 0.0),
    ]


def calibration(result: np.ndarray, predicted: np.ndarray) -> list[Check]:
    """Children in tenths by what was predicted: the mean predicted, and beside it the mean observed."""
    order = np.argsort(predicted, kind="stable")
    parts = min(TENTHS, len(result) // FEWEST)
    return [
        Check("calibration", f"{number} of {parts}", float(predicted[part].mean()), float(result[part].mean()), len(part))
        for number, part in enumerate(np.array_split(order, parts) if parts else [], start=1)
    ]


def residuals(result: np.ndarray, expected: np.ndarray) -> list[Check]:
    left = result - expected
    spread = left.std()
    if not spread:
        return []
    order = np.argsort(expected, kind="stable")
    thirds = np.array_split(order, 3)
    return [
        Check("residuals", "skewness", float(np.mean((left / spread) ** 3))),
        Check("residuals", f"share beyond {FAR:.0f} standard deviations", float(np.mean(np.abs(left) > FAR * spread))),
        Check("residuals", "spread among the third with the lowest expectation", float(left[thirds[0]].std())),
        Check("residuals", "spread among the third with the highest expectation", float(left[thirds[2]].std())),
    ]


def inflation(design: Design) -> list[tuple]:
    """How much the variance of each shown effect grows because its factor goes together with others (1: not at all)."""
    rest = design.values[:, 1:]
    spread = rest.std(0)
    correlation = ((rest - rest.mean(0)) / spread).T @ ((rest - rest.mean(0)) / spread) / len(rest)
    grown = np.diag(np.linalg.inv(correlation + 1e-9 * np.eye(len(correlation))))
    return [(design.columns[at], float(grown[at - 1])) for at in design.shown()]


def influence(names, group, design: Design, rows: Rows, fit: Fit, sums: Sums, ratio: float) -> list[Check]:
    """The largest change of any shown effect when one authority is left out, in its standard errors; and which authority and effect."""
    shown = design.shown()
    if not shown:
        return []
    errors = np.sqrt(np.diag(fit.covariance))[shown]
    most = (0.0, "", "")
    for number, la in enumerate(names):
        own = group == number
        without = sums.less(Sums.of(design.values[own], rows.result[own], group[own], len(names)))
        moved = np.abs(solve(steady(without), ratio)[0][shown] - fit.effects[shown]) / errors
        at = int(moved.argmax())
        most = max(most, (float(moved[at]), str(la), design.columns[shown[at]].name))
    return [Check("influence", most[2], most[0]), Check("influence of", most[1], most[0])]

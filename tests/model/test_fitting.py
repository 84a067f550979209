"""The fitting, worked out a second time by dense matrices, and what it does where little can be known."""

import numpy as np
import pytest

from virtualschool.model.fitting import FEWEST_AUTHORITIES, Sums, best_ratio, by_library, fit, solve


def made(authorities: int, children: int, between: float, seed: int = 7):
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(authorities), children)
    values = np.column_stack([np.ones(len(group)), rng.normal(size=len(group)), rng.random(len(group)) < 0.3]).astype(float)
    level = rng.normal(0, between, authorities)[group]
    return values, values @ [20.0, 3.0, -6.0] + level + rng.normal(0, 10, len(group)), np.array([f"V{at:02d}" for at in group])


def slow_likelihood(values, result, group, ratio: float) -> tuple[float, np.ndarray, np.ndarray]:
    """Minus twice the restricted log-likelihood, the effects and their covariance, with the whole covariance of the results."""
    same = (group[:, None] == group[None, :]).astype(float)
    cover = np.linalg.inv(np.eye(len(group)) + ratio * same)
    information = values.T @ cover @ values
    effects = np.linalg.solve(information, values.T @ cover @ result)
    left = result - values @ effects
    freedom = len(result) - values.shape[1]
    within = float(left @ cover @ left) / freedom
    size = -float(np.linalg.slogdet(cover)[1]) + float(np.linalg.slogdet(information)[1])
    return freedom * np.log(within) + size, effects, within * np.linalg.inv(information)


def test_effects_and_their_doubt_are_those_of_the_whole_covariance():
    values, result, las = made(12, 6, between=6)
    fitted = fit(values, result, las)
    _, group = np.unique(las, return_inverse=True)
    ratios = np.linspace(0.02, 1.0, 25)
    slow = [slow_likelihood(values, result, group, ratio)[0] for ratio in ratios]
    best = ratios[int(np.argmin(slow))]
    assert fitted.multilevel
    assert fitted.converged
    assert fitted.between / fitted.within == pytest.approx(best, abs=0.04)
    _, effects, covariance = slow_likelihood(values, result, group, fitted.between / fitted.within)
    assert fitted.effects == pytest.approx(effects, abs=1e-6)
    assert fitted.covariance == pytest.approx(covariance, abs=1e-6)


def test_a_library_that_ends_in_the_wrong_place_is_not_believed(monkeypatch):
    from statsmodels.regression import mixed_linear_model

    values, result, las = made(12, 9, between=6)
    names, group = np.unique(las, return_inverse=True)
    sums = Sums.of(values, result, group, len(names))
    ratio = best_ratio(sums)

    class Wrong:
        def __init__(self, *given, **more):
            pass

        def fit(self, **asked):
            return type("Found", (), {"cov_re": np.array([[0.0]]), "scale": 100.0, "converged": True})()

    monkeypatch.setattr(mixed_linear_model, "MixedLM", Wrong)
    fitted = by_library(values, result, group, sums, ratio)
    assert not fitted.converged
    assert fitted.between == pytest.approx(ratio * solve(sums, ratio)[2])


def test_no_spread_is_claimed_between_authorities_that_are_alike():
    values, result, las = made(12, 9, between=0)
    fitted = fit(values, result - np.repeat([result[las == la].mean() for la in np.unique(las)], 9), las)
    assert fitted.multilevel
    assert fitted.between == 0.0


def test_few_authorities_have_no_spread_estimated():
    values, result, las = made(FEWEST_AUTHORITIES - 1, 12, between=6)
    fitted = fit(values, result, las)
    assert not fitted.multilevel
    effects, left, *_ = np.linalg.lstsq(values, result, rcond=None)
    assert fitted.effects == pytest.approx(effects)
    assert fitted.within == pytest.approx(left[0] / (len(result) - 3))


def test_the_same_children_in_another_order_give_the_same_effects():
    values, result, las = made(12, 9, between=6)
    order = np.random.default_rng(1).permutation(len(result))
    one, other = fit(values, result, las), fit(values[order], result[order], las[order])
    assert np.round(one.effects, 6).tolist() == np.round(other.effects, 6).tolist()

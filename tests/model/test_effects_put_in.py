"""The effects put into an invented England come out of the models."""

import numpy as np
import pytest
from invented_children import PUT_IN, invented

from virtualschool.invent.england import england
from virtualschool.model.checking import calibration, out_of_sample
from virtualschool.model.design import design
from virtualschool.model.factors import STARTING_POINTS
from virtualschool.model.fitting import Sums, fit
from virtualschool.model.modelled import MODELLED

YEARS = (2023, 2024)
Z = 1.96


@pytest.fixture(scope="module")
def world():
    """Some 1,100 children of 15 authorities with the model of everything that happened to them."""
    made = invented("region", YEARS)
    columns = design(made.rows, MODELLED["attainment_8"].chosen("all"), STARTING_POINTS["ks2"])
    return made, columns, fit(columns.values, made.rows.result, made.rows["la"])


@pytest.mark.parametrize("name", PUT_IN)
def test_the_interval_of_an_effect_holds_what_the_factor_changed_for_those_who_have_it(world, name):
    made, columns, fitted = world
    at = [column.name for column in columns.columns].index(name)
    error = float(np.sqrt(fitted.covariance[at, at]))
    really = float(np.nanmean(made.changed[name]))
    assert abs(fitted.effects[at] - really) <= Z * error, (fitted.effects[at], error, really)
    # An interval that holds everything would pass too: each but the smallest leaves nought out.
    assert name in ("placement change after 11", "fixed-term exclusion") or abs(fitted.effects[at]) > Z * error


def test_what_authorities_add_comes_out_as_the_spread_between_them(world):
    # They add some hundredths of a grade a subject; with 15 authorities the spread itself is known to a half either way.
    _, _, fitted = world
    put_in = 8 * float(np.std(england("region", 1).quality))
    assert fitted.multilevel
    assert fitted.converged
    assert fitted.between**0.5 < 3 * put_in


def test_children_it_has_not_seen_attain_what_it_foretells(world):
    made, columns, fitted = world
    rows = made.rows
    names, group = np.unique(rows["la"], return_inverse=True)
    sums = Sums.of(columns.values, rows.result, group, len(names))
    foretold = out_of_sample(rows, columns.values, rows.result, group, len(names), sums, fitted.between / fitted.within)
    assert np.mean((rows.result - foretold) ** 2) < 0.55 * np.var(rows.result)
    tenths = calibration(rows.result, foretold)
    observed = [part.beside for part in tenths]
    assert observed == sorted(observed)
    # Nobody has less than nought, which a straight line does not know: it is off by most at the lower end.
    assert np.mean([abs(part.value - part.beside) for part in tenths]) < 3

"""An attacker on what models tell of groups, who knows more than anyone: who is in which group, and all numbers exactly.

Each number that is printed is then a sum over children, with weights that the attacker knows. A child is given away where some of these
sums, added and subtracted, leave that child alone: where the child's own row lies in what the rows of the sums span.

A figure is a sum of what children reached; the stand-in is one of what they reached less what was expected of them. What was expected is
nowhere printed, so both are unknown of every child: a sum of the stand-in stands over both, a figure over the first alone.
"""

from types import SimpleNamespace

import numpy as np
import pytest

from virtualschool import measures
from virtualschool.benchmarks.cell import Cell
from virtualschool.benchmarks.figure import Sums
from virtualschool.benchmarks.request import Place
from virtualschool.model import stand_in
from virtualschool.model.design import design
from virtualschool.model.factors import AT_16, CARE_HISTORY, STARTING_POINTS, WHO_THEY_ARE
from virtualschool.model.fitting import Sums as SumsOfFit
from virtualschool.model.fitting import solve
from virtualschool.model.in_place import STAND_INS
from virtualschool.model.rows import NUMBERS, TEXTS, Rows
from virtualschool.publish import hiding
from virtualschool.publish import stand_in as door

MEASURE = measures.named("attainment_8")
FOUND = STAND_INS["progress_8"]


def cohort(seed: int, sizes: list[int]) -> tuple[Rows, np.ndarray]:
    """Children of so many authorities, and the starting point of each; few have none, or another than most."""
    chance = np.random.default_rng(seed)
    number = sum(sizes)
    columns: dict[str, np.ndarray] = {name: chance.normal(0, 1, number) for name in NUMBERS}
    columns |= {name: np.full(number, "", dtype="<U20") for name in TEXTS}
    columns |= {"la": np.repeat([f"V{at:02d}" for at in range(len(sizes))], sizes), "child": np.arange(number).astype(str)}
    columns |= {"year": np.full(number, 2025.0), "unaccompanied": (chance.random(number) < 0.1).astype(float)}
    for name, words, shares in (
        ("sex", ("female", "male"), (0.45, 0.55)),
        ("sen", ("none", "support", "EHCP"), (0.5, 0.3, 0.2)),
        ("ethnic_group", ("White", "Mixed", "Black", "Asian"), (0.7, 0.15, 0.1, 0.05)),
        ("placement_type", ("foster", "residential", "independent"), (0.7, 0.2, 0.1)),
        ("school_type", ("mainstream", "special", "alternative provision"), (0.7, 0.2, 0.1)),
        ("entered", ("before", "during"), (0.6, 0.4)),
    ):
        columns[name] = chance.choice(words, number, p=shares)
    start = chance.choice(("ks2", "ks1", "teacher", ""), number, p=(0.45, 0.45, 0.06, 0.04))
    return Rows(columns, chance.gamma(4, 5, number)), start


def orthogonal(sums: list[np.ndarray]) -> np.ndarray:
    """Rows at right angles that span what the sums do."""
    _, sizes, rows = np.linalg.svd(np.array(sums), full_matrices=False)
    return rows[sizes > 1e-9 * sizes.max()]


def spanned(basis: np.ndarray, secret: np.ndarray) -> bool:
    return bool(((basis @ secret) ** 2).sum() > (secret @ secret) * (1 - 1e-7))


def alone(sums: list[np.ndarray]) -> list[int]:
    """The children whose own result the sums give away."""
    basis = orthogonal(sums)
    return np.flatnonzero((basis**2).sum(axis=0) > 1 - 1e-7).tolist()


def figures(rows: Rows, column: str | None) -> list[np.ndarray]:
    """The figures that are printed, each as the children in it: of every authority, whole or by a column."""
    values = stand_in.words(rows, column) if column else np.full(len(rows), "")
    tables, members = [], {}
    for la in np.unique(rows["la"]):
        table = []
        for value in np.unique(values[rows["la"] == la]):
            which = (rows["la"] == la) & (values == value)
            group = (str(value),) if column else ()
            table.append(Cell(MEASURE, 2025, Place("la", str(la), str(la)), group, sums=Sums(int(which.sum()))))
            members[table[-1]] = which
        tables.append(table)
    secret = hiding.hidden(tables, 1 if column else 0, members)
    return [which.astype(float) for cell, which in members.items() if cell not in secret]


def told(rows: Rows, start: np.ndarray, column: str | None) -> list[np.ndarray]:
    """The rows of the stand-in that are printed, whole or by a column, each as the children in it."""
    kept = SimpleNamespace(places=[])
    nothing = np.zeros((len(rows), 1))
    for name in np.unique(start):
        own = start == name
        stand_in.put(
            kept, {"measure": FOUND.name, "start": name or "history"}, rows.only(own), rows, nothing[own], nothing[own, 0], np.zeros((1, 1))
        )
    known = SimpleNamespace(name=lambda la: la)
    totals = {(row["year"], row["la"] or "england", row["start"]): row["children"] for row in kept.places if row["grouped_by"] is None}
    listed = [row for row in kept.places if row["grouped_by"] == column]
    printed = door.hide_small_rests([door.stand_in_row(FOUND, row, {"within": 1.0}, known, "public") for row in listed], totals)
    found = []
    for row, shown in zip(listed, printed, strict=True):
        which = np.where(start == "", "history", start) == row["start"]
        if row["la"]:
            which &= rows["la"] == row["la"]
        if column:
            which &= stand_in.words(rows, column) == row["value"]
        if shown["symbol"] != "c":
            found.append(which.astype(float))
    return found


SIZES = [13, 24, 40, 41, 55, 90]
COLUMNS = (None, *stand_in.BY)


@pytest.mark.parametrize("seed", range(4))
def test_the_stand_in_by_every_column_beside_the_figures_leaves_no_child_alone(seed):
    rows, start = cohort(seed, SIZES)
    less_expected = [row for column in COLUMNS for row in told(rows, start, column)]
    reached = [row for column in (None, "sex") for row in figures(rows, column)]
    assert len(less_expected) > 40
    assert len(reached) > 10
    both = [np.concatenate([row, -row]) for row in less_expected] + [np.concatenate([row, 0 * row]) for row in reached]
    basis = orthogonal(both)
    for child in range(len(rows)):
        one = np.eye(len(rows))[child]
        for secret in (np.concatenate([one, 0 * one]), np.concatenate([one, -one])):
            assert not spanned(basis, secret), child


def test_figures_add_nothing_to_the_stand_in():
    # In what is left of figures nothing was expected, and in what is left of the stand-in as much as was reached: neither mends the other.
    rows, start = cohort(0, SIZES)
    less_expected, reached = told(rows, start, "sex"), figures(rows, None)
    both = [np.concatenate([row, -row]) for row in less_expected] + [np.concatenate([row, 0 * row]) for row in reached]
    assert len(orthogonal(both)) == len(orthogonal(less_expected)) + len(orthogonal(reached))


def test_the_attacker_finds_children_where_small_groups_are_told(monkeypatch):
    monkeypatch.setattr(stand_in, "FEWEST", 1)
    monkeypatch.setattr(door, "FEWEST", 1)
    rows, start = cohort(0, SIZES)
    assert alone(told(rows, start, None) + told(rows, start, "ethnic_group"))


@pytest.mark.parametrize("seed", range(2))
def test_what_makes_the_most_difference_beside_the_figures_leaves_no_child_alone(seed):
    rows, _ = cohort(seed, [60, 70, 80, 60, 50, 40, 30, 20, 15, 12, 90, 100])
    made = design(rows, WHO_THEY_ARE + CARE_HISTORY + AT_16, STARTING_POINTS["ks2"])
    # Every effect is a sum of results with weights that rest on who the children are, whatever authorities share.
    ratio = 0.05
    names, group = np.unique(rows["la"], return_inverse=True)
    found = solve(SumsOfFit.of(made.values, rows.result, group, len(names)), ratio)[0]
    weights = np.linalg.inv(np.eye(len(rows)) + ratio * (group[:, None] == group[None, :]))
    slopes = np.linalg.solve(made.values.T @ weights @ made.values, made.values.T @ weights)
    assert np.allclose(slopes @ rows.result, found)
    effects = [slopes[at] for at in made.shown()]
    assert len(effects) > 8
    beside = [figure for column in (None, "sex") for figure in figures(rows, column)]
    assert alone(effects + beside) == []


def test_an_effect_that_is_of_one_child_would_give_the_child_away():
    # A factor that one child has: its slope beside the mean of the others is the child's own result.
    values = np.column_stack([np.ones(40), np.arange(40) == 7])
    slopes = np.linalg.solve(values.T @ values, values.T)
    assert alone([slopes[0], slopes[1]]) == [7]
    assert alone([slopes[1]]) == []

"""The columns of a model: what is shown, what only keeps other things alike, and what is not known."""

import numpy as np

from virtualschool.model.design import FEWEST, design
from virtualschool.model.factors import STARTING_POINTS, WHO_THEY_ARE, words
from virtualschool.model.modelled import MODELLED
from virtualschool.model.rows import NUMBERS, TEXTS, Rows


def drawn(n: int = 60, **given) -> Rows:
    """Children alike in everything but what is given."""
    columns = {name: np.full(n, "", dtype="<U24") for name in TEXTS} | {name: np.full(n, np.nan) for name in NUMBERS}
    columns |= {"year": np.full(n, 2024.0), "sen": np.full(n, "none"), "ethnic_group": np.full(n, "White"), "unaccompanied": np.zeros(n)}
    columns |= {"sex": np.where(np.arange(n) % 2, "male", "female"), "la": np.full(n, "V01"), "child": np.arange(n).astype(str)}
    return Rows(columns | given, np.arange(n, dtype=float))


def some(n: int, number: int, word: str, other: str) -> np.ndarray:
    return np.where(np.arange(n) < number, word, other)


def test_an_effect_that_rests_on_fewer_than_11_children_is_in_the_model_and_not_shown():
    few = design(drawn(sen=some(60, FEWEST - 1, "EHCP", "none")), WHO_THEY_ARE, None)
    enough = design(drawn(sen=some(60, FEWEST, "EHCP", "none")), WHO_THEY_ARE, None)
    shown = lambda made: [made.columns[at].name for at in made.shown()]  # noqa: E731
    assert "EHCP" in [column.name for column in few.columns]
    assert "EHCP" in few.not_shown
    assert shown(few) == ["girl"]
    assert shown(enough) == ["girl", "EHCP"]


def test_all_but_ten_are_too_few_to_compare_with():
    made = design(drawn(sen=some(60, 50, "EHCP", "none")), WHO_THEY_ARE, None)
    assert "EHCP" in made.not_shown


def test_a_child_of_whom_something_is_not_known_stays_in_and_is_kept_apart():
    score = np.where(np.arange(60) < 20, np.nan, 7.0 * (np.arange(60) % 3))
    made = design(drawn(sdq_score=score), WHO_THEY_ARE, None)
    names = [column.name for column in made.columns]
    assert made.values.shape[0] == 60
    assert made.unknown["strengths and difficulties"] == 20
    apart = made.values[:, names.index("strengths and difficulties, not known")]
    assert apart.tolist() == [1.0] * 20 + [0.0] * 40
    at = names.index("strengths and difficulties")
    assert set(made.values[:20, at]) == {0.0}
    assert made.columns[at].children == 40


def test_a_factor_that_others_already_make_up_is_left_out():
    everyone = some(60, 30, "special", "mainstream")
    made = design(drawn(school_type=everyone, sen=some(60, 30, "EHCP", "none")), WHO_THEY_ARE, None)
    assert "special school" in made.not_shown
    assert np.linalg.matrix_rank(made.values) == made.values.shape[1]


def test_a_starting_point_may_bend_and_its_effect_is_that_at_the_average():
    prior = np.linspace(80, 115, 60)
    made = design(drawn(ks2_prior=prior), (), STARTING_POINTS["ks2"])
    assert [column.name for column in made.columns][1:] == ["starting point", "starting point, bend", "starting point, second bend"]
    assert abs(made.values[:, 1].mean()) < 1e-9


def test_every_factor_of_every_measure_has_its_words():
    for modelled in MODELLED.values():
        for factor in modelled.factors:
            assert factor.words["can_say"]
            assert factor.part in ("who", "care", "happened")
    assert {factor.name for factor in STARTING_POINTS.values()} <= set(words())

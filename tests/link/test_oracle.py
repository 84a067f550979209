"""Splink as an oracle: with the same shares it weighs as we do, and left to itself it comes to nearly the same links."""

import csv
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pytest

from virtualschool.invent.trial import ERRORS, Trial, invent_trial, load
from virtualschool.link import chance, likely, link, training, weighing
from virtualschool.link.comparisons import PAIR
from virtualschool.link.model import model
from virtualschool.store import Draft, Store

splink = pytest.importorskip("splink")
compare = pytest.importorskip("splink.comparison_library")
TRIAL = Trial(300, 20_000, 4, errors=ERRORS["fifteen"])


@dataclass(frozen=True)
class Linked:
    draft: Draft
    pairs: likely.Pairs
    names: list[tuple[str, str, str]]
    links: set[tuple[str, str, str]]
    truth: dict[tuple[str, str], set[str]]


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    """A trial, linked."""
    folder = tmp_path_factory.mktemp("trial")
    invent_trial(TRIAL, folder / "trial")
    with (folder / "trial" / "truth.csv").open(encoding="utf-8", newline="") as opened:
        truth = {(row["la"], row["child"]): {row["pupil"], row["also"]} for row in csv.DictReader(opened)}
    with Store(folder / "store").draft(threads=2) as draft:
        load(folder / "trial", draft)
        link(draft)
        table, pupils = weighing.ready(draft)
        names = list(zip(*(table[name].to_pylist() for name in PAIR), strict=True))
        made = draft.engine.arrow("SELECT la, child, pupil FROM links")
        links = set(zip(*(made[name].to_pylist() for name in PAIR), strict=True))
        yield Linked(draft, weighing.pairs(table, pupils, tuple(model().present)), names, links, truth)


def predicted(columns: pa.Table, held) -> dict[str, np.ndarray]:
    """What Splink makes of pairs whose levels it is given, with the shares of a model: its columns, in the order of the pairs."""
    api = splink.DuckDBAPI()
    settings = splink.SettingsCreator(
        link_type="link_only",
        comparisons=[training.comparison(column, held) for column in columns.column_names],
        blocking_rules_to_generate_predictions=[splink.block_on("pair")],
        retain_intermediate_calculation_columns=True,
    )
    numbers = pa.array(np.arange(columns.num_rows))
    whole = columns.append_column("pair", numbers).append_column("unique_id", numbers)
    sides = [api.register(whole, dataset_display_name=side) for side in ("care", "pupils")]
    found = splink.Linker(sides, settings, log_level="ERROR").inference.predict().as_pyarrow_table().sort_by("unique_id_l")
    assert found.num_rows == columns.num_rows
    return {name: found[name].to_numpy() for name in found.column_names if found[name].type in (pa.float64(), pa.int64())}


def test_with_the_same_shares_splink_weighs_each_level_as_we_do(linked):
    judged = likely.judge(linked.pairs, model())
    ours = replace(model(), m=judged.m, u=judged.u | {name: model().u[name] for name in ("birth", "sex", "place")})
    columns = training.columns(linked.pairs, "linked", np.ones(len(linked.names), bool))
    homes = chance.OF_HOMES[linked.pairs.levels["place"]]
    theirs = predicted(columns, ours)
    for name in ("moves", "needs", "arrival"):
        assert np.abs(theirs[f"mw_{name}"] - judged.weights[name]).max() < 1e-9
    for place in range(len(training.HOMES)):
        here = homes == place
        assert np.abs(theirs[f"mw_number_{place}"][here] - judged.weights["number"][here]).max(initial=0) < 1e-9
        # Where homes do not say the authority, the school weighs by the share of pupils in it, which Splink does not know.
        if 2 <= place < chance.SAME_HOME:
            assert np.abs(theirs[f"mw_school_{place}"][here] - judged.weights["school"][here]).max(initial=0) < 1e-9


def test_left_to_itself_splink_comes_to_nearly_the_same_links(linked):
    theirs = by_itself(linked.draft)
    right = {(*child, pupil) for child, pupils in linked.truth.items() for pupil in pupils}
    # Measured: 263 links of Splink, of which 258 are ours; 274 of ours, all right, of which 258 are Splink's.
    assert len(theirs) > 250
    assert len(theirs & linked.links) / len(theirs) >= 0.97
    assert len(theirs & linked.links) / len(linked.links) >= 0.92
    assert len(linked.links - right) <= len(theirs - right)


def by_itself(draft: Draft) -> set[tuple[str, str, str]]:
    """The links that Splink makes from the newest record of each child and pupil, trained by itself on these."""
    api = splink.DuckDBAPI()
    care, pupils = draft.engine.arrow(CARE), draft.engine.arrow(PUPILS)
    # Pairs drawn at random hardly ever have the same number, so how often they do is given: once in so many pupils.
    once = 1 / pupils.num_rows
    upn = compare.LevenshteinAtThresholds("upn", [2])
    settings = splink.SettingsCreator(
        link_type="link_only",
        comparisons=[
            upn.configure(m_probabilities=[0.85, 0.05, 0.10], u_probabilities=[once, 1e-5, 1 - 1e-5 - once]),
            *(compare.ExactMatch(name) for name in ("dob", "sex", "ethnicity", "la", "postcode")),
        ],
        blocking_rules_to_generate_predictions=[splink.block_on(*names) for names in (["upn"], ["dob", "sex", "la"], ["dob", "postcode"])],
        probability_two_random_records_match=0.9 * once,
    )
    sides = [api.register(rows, dataset_display_name=name) for name, rows in (("care", care), ("pupils", pupils))]
    linker = splink.Linker(sides, settings, log_level="ERROR")
    linker.training.estimate_u_using_random_sampling(max_pairs=3e5, seed=1, num_chunks=1)
    for block in (["upn"], ["dob", "postcode"]):
        learn = linker.training.estimate_parameters_using_expectation_maximisation
        learn(splink.block_on(*block), estimate_without_term_frequencies=True)
    found = linker.inference.predict(threshold_match_probability=0.95).as_pyarrow_table().to_pylist()
    best = {row["unique_id_l"]: row["unique_id_r"] for row in sorted(found, key=lambda row: (row["match_weight"], row["unique_id_r"]))}
    return {(*child.split("-"), pupil) for child, pupil in best.items()}


CARE = """
    SELECT h.la || '-' || h.child AS unique_id, h.la, CASE WHEN length(h.upn) > 3 THEN h.upn END AS upn, h.dob,
           CASE h.sex WHEN '1' THEN 'M' WHEN '2' THEN 'F' ELSE h.sex END AS sex, h.ethnic AS ethnicity,
           replace(coalesce(e.pl_post, e.home_post), ' ', '') AS postcode
    FROM (SELECT * FROM header QUALIFY row_number() OVER (PARTITION BY la, child ORDER BY year DESC) = 1) h
    LEFT JOIN (SELECT * FROM episodes QUALIFY row_number() OVER (PARTITION BY la, child ORDER BY year DESC, decom DESC) = 1) e
    USING (la, child)
"""
PUPILS = """
    SELECT c.pmr AS unique_id, s.la, c.upn, c.dob, c.sex, c.ethnicity, replace(c.postcode, ' ', '') AS postcode
    FROM (SELECT * FROM census QUALIFY row_number() OVER (PARTITION BY pmr ORDER BY year DESC) = 1) c
    LEFT JOIN schools s USING (laestab)
"""

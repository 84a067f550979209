"""Models of twelve drawn authorities as they leave: hidden where the figure is, marked and logged where they are exact."""

import json
from decimal import Decimal

import pytest
from drawn_cohorts import children, facts_of, figures, pupils, standing, write

from virtualschool import tables
from virtualschool.errors import WrongUse
from virtualschool.model import keeping, stand_in
from virtualschool.model.modelled import MODELLED
from virtualschool.publish.effects import factors_told
from virtualschool.publish.expected import expected_told
from virtualschool.reports import expecting

LAS = [f"V{number:02d}" for number in range(1, 13)]


class Held:
    """As much of a snapshot as the door asks for."""

    def __init__(self, drawn) -> None:
        self.drawn, self.store, self.manifest, self.name = drawn, drawn.draft.store, {}, "drawn"

    def has(self, table: str) -> bool:
        return table in self.drawn.draft.tables

    def engine(self):
        return self.drawn.engine


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """Twelve authorities of 24 children, but that V11 has ten and V12 five. A plan takes off 12 points, exactly; V01 adds 6."""
    rows = []
    for la in LAS:
        number = {"V11": 10, "V12": 5}.get(la, 24)
        for at in range(number):
            plan, girl = at % 3 == 0, at % 2 == 0
            points = 30 - 12 * plan + 2 * girl + (6 if la == "V01" else 0) + (at % 5 - 2)
            common = {"linked": True, "age": 15, "at_ks4": True, "state_funded": True, "sex": "female" if girl else "male"}
            common |= {"sen": "EHCP" if plan else "none", "school_type": "mainstream", "ethnic_group": "White", "unaccompanied": False}
            rows += children(la, 2025, 1, **common, period_days=1000 + at, placement_type="foster", attainment_8=Decimal(points))
    with standing(tmp_path_factory.mktemp("door")) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "MODELLED", {"attainment_8": MODELLED["attainment_8"]})
        patch.setattr(stand_in, "STAND_INS", {})
        write(store, tables.authorities, [{"la": la, "name": f"Place {la}", "first_year": 2016} for la in LAS])
        write(store, tables.children, rows)
        write(store, tables.pupils, pupils(2025, 1))
        facts_of(store, "attainment_8")
        keeping.models(store.draft)
        yield Held(store)


def test_what_was_observed_is_the_figure_itself(snapshot):
    printed = {row["la"]: row["value"] for row in figures(snapshot.drawn, "attainment_8", year="2025")}
    told = expected_told(snapshot, "attainment_8", year="2025")
    assert len(told.rows) == 10
    assert {row["la"]: row["observed"] for row in told.rows} == {la: value for la, value in printed.items() if la in LAS[:10]}


def test_an_authority_whose_children_attain_more_than_such_children_do_is_above_what_was_expected(snapshot):
    rows = {row["la"]: row for row in expected_told(snapshot, "attainment_8").rows}
    assert rows["V01"]["verdict"] == "above what was expected"
    assert rows["V01"]["low"] <= 5.5 <= rows["V01"]["high"]
    assert {row["verdict"] for la, row in rows.items() if la != "V01"} == {"cannot tell"}
    assert 0 < rows["V01"]["shrunk"] < rows["V01"]["difference"]


def test_nothing_is_said_of_ten_children_to_anybody(snapshot):
    told = expected_told(snapshot, "attainment_8", audience="internal")
    groups = expected_told(snapshot, "attainment_8", method="groups", by=["sen"], audience="internal")
    assert {row["la"] for row in told.rows} == {row["la"] for row in groups.rows} == set(LAS[:10])


def test_both_ways_expect_much_the_same(snapshot):
    model = {row["la"]: row["expected"] for row in expected_told(snapshot, "attainment_8").rows}
    groups = {row["la"]: row["expected"] for row in expected_told(snapshot, "attainment_8", method="groups", by=["sen", "sex"]).rows}
    assert groups.keys() == model.keys()
    assert max(abs(model[la] - groups[la]) for la in model) < 1.0


def test_a_year_that_is_hidden_hides_all_years_together(snapshot, monkeypatch):
    from virtualschool.publish import expected

    seen = expected.passing
    monkeypatch.setattr(expected, "passing", lambda *given: {key: sums for key, sums in seen(*given).items() if key[0] != "V02"})
    rows = {row["la"]: row for row in expected_told(snapshot, "attainment_8").rows}
    assert (rows["V02"]["symbol"], rows["V02"]["observed"], rows["V02"]["children"], rows["V02"]["verdict"]) == ("c", None, None, "")
    assert rows["V03"]["symbol"] == ""


def test_effects_come_in_the_order_of_what_makes_the_most_difference(snapshot):
    told = factors_told(snapshot, "attainment_8", "who")
    first = told.rows[0]
    assert (first["factor"], first["clear"]) == ("EHCP", True)
    assert first["low"] <= -12 <= first["high"]
    assert first["says"].startswith("Lower by 1")
    assert [row["place"] for row in told.rows] == list(range(1, len(told.rows) + 1))
    assert "unaccompanied" not in {row["factor"] for row in told.rows}


def test_every_table_says_what_is_a_cause_and_what_is_not(snapshot):
    assert any(
        "They are not what would happen if somebody changed one thing" in note for note in factors_told(snapshot, "attainment_8").notes
    )
    assert any("It is no target" in note for note in expected_told(snapshot, "attainment_8").notes)
    assert all(row["can_say"] for row in factors_told(snapshot, "attainment_8").rows)


def test_the_models_checks_come_with_it(snapshot):
    about = factors_told(snapshot, "attainment_8", "who").about
    assert {row["check"] for row in about["checks"]} == {"out of sample", "calibration", "residuals", "collinearity", "influence"}
    assert (about["authorities"], about["method"], about["converged"]) == (12, "multilevel", True)
    assert about["out_of_sample_foretold"] > 0.7
    assert about["children"] % 10 == 0


def test_what_is_internal_is_exact_marked_and_logged(snapshot):
    told = factors_told(snapshot, "attainment_8", audience="internal")
    assert "internal, not for release" in told.marks[0]
    assert told.about["children"] == 255
    log = (snapshot.store.path / "records" / "internal.log").read_text().splitlines()
    assert json.loads(log[-1])["command"] == "factors"


def test_the_same_store_gives_the_same_rows(snapshot):
    before = expected_told(snapshot, "attainment_8").rows, factors_told(snapshot, "attainment_8").rows
    keeping.models(snapshot.drawn.draft)
    assert (expected_told(snapshot, "attainment_8").rows, factors_told(snapshot, "attainment_8").rows) == before


def test_a_page_says_what_the_table_says(snapshot):
    told = factors_told(snapshot, "attainment_8")
    page = expecting.factors(told)
    effects, checks = page.tables()
    assert [row[0] for row in effects.rows] == [row["title"] for row in told.rows]
    assert len(checks.rows) == len(told.about["checks"])
    assert [heading.text for heading, _ in page.parts()][1] == "What is a cause and what is not"
    assert page.invented
    (shown,) = expecting.expected(expected_told(snapshot, "attainment_8")).tables()
    assert [row[0] for row in shown.rows] == [f"Place {la}" for la in LAS[:10]]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (lambda held: factors_told(held, "sdq_score"), "Measure 'sdq_score': it has no model."),
        (lambda held: factors_told(held, "attainment_8", "mine"), "Model 'mine'"),
        (lambda held: factors_told(held, "attainment_8", start="ks2"), "Starting point 'ks2'"),
        (lambda held: expected_told(held, "attainment_8", method="magic"), "Method 'magic'"),
        (lambda held: expected_told(held, "attainment_8", la="Nowhere"), "Authority 'Nowhere'"),
        (lambda held: factors_told(held, "attainment_8", audience="press"), "Audience 'press'"),
    ],
)
def test_what_there_is_none_of_is_refused(snapshot, asked, message):
    with pytest.raises(WrongUse) as refused:
        asked(snapshot)
    assert message in str(refused.value)

"""Statistics that are written to a file are releases: what they were worked out from is in the ledger, and binds what comes later."""

import shutil
from dataclasses import replace

import pytest

from virtualschool import pipeline
from virtualschool.benchmarks import series
from virtualschool.publish.controlled import control_told
from virtualschool.publish.doubt import funnel_told
from virtualschool.publish.exceptions import exceptions_told
from virtualschool.publish.expected import expected_told
from virtualschool.publish.ledger import Ledger
from virtualschool.store import Store

NAME = "english_maths_94"


@pytest.fixture
def store(snapshot, tmp_path) -> Store:
    """A store of its own in which nothing was released, for what is released stays."""
    copy = Store(shutil.copytree(snapshot.store.path, tmp_path / "store"))
    Ledger(copy.path).file.unlink(missing_ok=True)
    return copy


def entries(store: Store) -> list[tuple]:
    return [(entry.name, entry.kind, sorted({one.measure for one in entry.seen})) for entry in Ledger(store.path).entries()]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("funnel", lambda held, **more: funnel_told(held, NAME, year=2024, **more)),
        ("exceptions", lambda held, **more: exceptions_told(held, "V01", year=2024, names=[NAME], **more)),
        ("expected", lambda held, **more: expected_told(held, NAME, year="2024", method="groups", by=["sex"], **more)),
    ],
)
def test_a_statistic_on_the_terminal_is_a_look_and_one_in_a_file_a_release(store, kind, told):
    told(store.current())
    assert entries(store) == []
    told(store.current(), audience="internal", release_as="internal.csv")
    assert entries(store) == []
    told(store.current(), release_as="out.csv")
    assert entries(store) == [("out.csv", kind, [NAME])]


def test_a_figure_is_held_against_a_funnel_that_was_released(store):
    asked = {"audience": "public", "la": "V01", "year": 2024, "where": "unaccompanied = no"}
    [before] = pipeline.figures(store, [NAME], **asked).rows
    assert before["value"] is not None
    funnel_told(store.current(), NAME, year=2024, release_as="funnel.html")
    # The six who are left out would be had from the two figures.
    [after] = pipeline.figures(store, [NAME], **asked).rows
    assert (after["value"], after["symbol"]) == (None, "c")


def test_a_year_whose_own_figure_is_hidden_has_no_points(store, monkeypatch):
    monkeypatch.setitem(series.KINDS, "suspensions", replace(series.KINDS["suspensions"], yearly=""))
    assert {row["count"] for row in control_told(store.current(), "suspensions", la="V02").rows} == {0}
    monkeypatch.setitem(series.KINDS, "suspensions", replace(series.KINDS["suspensions"], yearly=NAME))
    told = control_told(store.current(), "suspensions", la="V02", release_as="control.csv")
    assert {(row["count"], row["children"], row["symbol"]) for row in told.rows} == {(None, None, "c")}
    assert entries(store) == [("control.csv", "control", [NAME])]


def test_each_series_with_a_figure_of_the_year_names_its_measure():
    assert {name: kind.yearly for name, kind in series.KINDS.items()} == {
        "attendance": "absence_rate",
        "suspensions": "suspension_rate",
        "moves": "",
    }

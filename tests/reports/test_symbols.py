"""Symbols of older releases, in reports."""

import pytest

from virtualschool.reports import contents, wording


@pytest.mark.parametrize(
    ("printed", "today"), [(".", "z"), ("-", "x"), (":", "x"), ("~", "k"), ("low", "k"), ("c", "c"), ("x", "x"), ("#", "x"), ("", "")]
)
def test_a_symbol_of_an_older_release_is_written_as_today(printed, today):
    assert wording.of_today(printed) == today


def test_a_cell_without_a_number_always_has_a_symbol_that_is_explained():
    row = {"value": None, "pupils": None, "symbol": "-", "note": ""}
    assert contents.cell(row, "value") == contents.cell(row, "pupils") == "x"
    assert contents.cell({"value": 3.0, "low": None, "symbol": ""}, "low") == "z"
    assert wording.reason(row) == "Not available."

import dataclasses
import re

import pytest
from lxml import etree

from virtualschool.reports import charts
from virtualschool.reports.blocks import Chart, Column, Mark, Table

TABLE = Table("numbers", "Numbers", (Column("Year"),), (("2022",),))
TREND = Chart(
    name="score-trend",
    kind="trend",
    title="Score: no clear change <so far>",
    description="Line chart of a score & its interval.",
    axis="Points",
    marks=tuple(
        mark
        for year, value in (("2019", 20.0), ("2020", None), ("2021", None), ("2022", 18.0), ("2023", 19.0))
        for mark in (
            Mark(year, "Here", value, value and value - 2, value and value + 2),
            Mark(year, "England", value and value + 1),
        )
    ),
    series=(("Here", "own"), ("England", "england")),
    table=TABLE,
)
DOTS = Chart(
    name="score-groups",
    kind="dots",
    title="Score by sex",
    description="Dot chart.",
    axis="Points",
    marks=(
        Mark("Sex", "Sex", None, group="Sex"),
        Mark("female", "All", 20.0, 18.0, 22.0, group="Sex"),
        Mark("not known", "All", None, why="hidden", group="Sex"),
        Mark("SEN", "SEN", None, group="SEN"),
        Mark("not known", "All", 17.0, group="SEN"),
    ),
    series=(("All", "own"),),
    table=TABLE,
    reference=("All", 19.0),
)


def words(drawing: str) -> list[str]:
    return [element.text for element in etree.fromstring(drawing).iter("{*}text") if element.text]


def test_the_same_chart_is_the_same_bytes():
    assert charts.svg(TREND) == charts.svg(TREND)


def test_a_chart_has_its_title_and_description_for_those_who_hear_it():
    drawing = etree.fromstring(charts.svg(TREND))
    assert drawing.get("role") == "img"
    title, text = drawing.get("aria-labelledby").split()
    assert {element.get("id"): element.text for element in drawing[:2]} == {
        title: "Score: no clear change <so far>",
        text: "Line chart of a score & its interval.",
    }


def test_a_chart_fetches_nothing_and_keeps_its_text_as_text():
    drawing = charts.svg(TREND)
    assert not re.search(r"<script|<image|<use|url\(|href=|style=", drawing)
    assert {"2019", "2023", "Here", "England", "Points"} <= set(words(drawing))


def test_a_line_is_left_open_where_there_is_no_figure():
    paths = [element.get("d") for element in etree.fromstring(charts.svg(TREND)).iter("{*}path") if element.get("stroke") == "#f46a25"]
    line = max(paths, key=len)
    # A single year, then two in a row: two strokes begin, and one line is drawn.
    assert (line.count("M"), line.count("L")) == (2, 1)
    assert words(charts.svg(TREND)).count("no figure") == 2


def test_a_value_that_is_not_known_may_stand_in_two_groups_and_a_hidden_one_says_so():
    said = words(charts.svg(DOTS))
    assert said.count("not known") == 2
    assert said.count("hidden") == 1


def test_limits_many_times_as_wide_as_the_values_do_not_rule_the_axis():
    wide = dataclasses.replace(DOTS, marks=(*DOTS.marks, Mark("two", "All", 19.0, -60.0, 98.0, group="SEN")))
    low, high = charts._domain(wide)
    # Values 17 to 20 and the first limits 18 to 22: a span of 5, and half as much on either side.
    assert (low, high) == pytest.approx((14.5 - 0.6, 24.5 + 0.6))


def test_a_narrow_chart_is_drawn_for_a_narrow_screen():
    wide, narrow = (etree.fromstring(charts.svg(TREND, width)) for width in (charts.WIDE, charts.NARROW))
    assert float(wide.get("width")) == charts.WIDE
    assert float(narrow.get("width")) == charts.NARROW
    assert (wide.get("class"), narrow.get("class")) == ("drawing wide", "drawing narrow")


def contrast(colour: str) -> float:
    """Contrast on white, as the Web Content Accessibility Guidelines define it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_marks_stand_out_three_times_and_text_four_and_a_half_times_from_the_paper():
    assert all(contrast(colour) >= 3 for colour in charts.COLOURS.values())
    assert all(contrast(colour) >= 4.5 for colour in (charts.INK, charts.QUIET))
    # No series is told by its colour alone.
    assert len(set(charts.SHAPES.values()) - {"circle"}) == 3

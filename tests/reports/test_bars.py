import dataclasses

import pytest
from lxml import etree

from virtualschool.reports import charts
from virtualschool.reports.blocks import Chart, Column, Mark, Table
from virtualschool.reports.drawing import EDGES, FILLS, PAPER

STEPS = Chart(
    name="steps",
    kind="waterfall",
    title="What speaks for it",
    description="Waterfall chart.",
    axis="Weight in bits",
    marks=(
        Mark("Start\nBefore anything", "Whole", -20.0, 0.0, -20.0, "−20.0"),
        Mark("UPN\nThe same UPN", "For", 25.0, -20.0, 5.0, "+25.0"),
        Mark("School\nSchool in another authority than the child lived in", "Whole", 0.0, 5.0, 5.0, "0.0"),
        Mark("Ethnicity\nEthnicity differs", "Against", -2.0, 5.0, 3.0, "−2.0"),
        Mark("Sum\nEverything together", "Whole", 3.0, 0.0, 3.0, "+3.0"),
    ),
    series=(("For", "for"), ("Against", "against"), ("Whole", "whole")),
    table=Table("numbers", "Numbers", (Column("Step"),), (("Start",),)),
)
COUNTS = dataclasses.replace(
    STEPS,
    name="counts",
    kind="bars",
    marks=(Mark("sure", "For", 5, 0, 5, ""), Mark("sure", "Against", 2, 5, 7, "5 and 2"), Mark("less sure", "For", 0, 0, 0, "0")),
)


def words(chart, width=charts.WIDE) -> list[str]:
    drawn = etree.fromstring(charts.svg(chart, width))
    return ["".join(element.itertext()) for element in drawn.iter("{*}text") if "".join(element.itertext()).strip()]


def rectangles(chart) -> list[dict]:
    layers = charts.specification(chart)["layer"]
    return next(layer for layer in layers if layer["mark"]["type"] == "rect")["data"]["values"]


def test_each_bar_begins_where_the_one_above_ends_and_the_sum_at_nought():
    assert [(row["low"], row["high"], row["series"]) for row in rectangles(STEPS)] == [
        (-20, 0, "Whole"),
        (-20, 5, "For"),
        (5, 5, "Whole"),
        (3, 5, "Against"),
        (0, 3, "Whole"),
    ]
    joints = charts.specification(STEPS)["layer"][1]["data"]["values"]
    assert [joint["at"] for joint in joints] == [-20, 5, 5, 3]


def test_the_sign_of_a_weight_is_written_and_its_bar_hollow_so_that_colour_tells_nothing_alone():
    assert {"+25.0", "−2.0", "−20.0", "0.0", "+3.0"} <= set(words(STEPS))
    assert FILLS["against"] == PAPER != FILLS["for"]


def test_a_wide_chart_names_what_was_found_and_a_narrow_one_the_comparison():
    assert {"The same UPN", "Ethnicity differs", "Everything together"} <= set(words(STEPS))
    assert any(word.startswith("School in another authority") for word in words(STEPS))
    assert {"UPN", "Ethnicity", "Sum"} <= set(words(STEPS, charts.NARROW))


@pytest.mark.parametrize("chart", [STEPS, COUNTS], ids=lambda chart: chart.kind)
@pytest.mark.parametrize("width", [charts.WIDE, charts.NARROW])
def test_bars_are_drawn_as_wide_as_asked_for_and_always_the_same(chart, width):
    drawn = charts.svg(chart, width)
    assert drawn == charts.svg(chart, width)
    assert float(etree.fromstring(drawn).get("width")) == width


def test_bars_of_one_row_stand_in_one_line_with_one_number_at_the_end():
    rows = rectangles(COUNTS)
    assert [(row["middle"], row["low"], row["high"]) for row in rows] == [(0, 0, 5), (0, 5, 7), (1, 0, 0)]
    assert {"5 and 2", "0"} <= set(words(COUNTS))


def contrast(colour: str) -> float:
    """Contrast on white, as the Web Content Accessibility Guidelines define it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_edges_and_filled_bars_stand_out_three_times_from_the_paper():
    assert all(contrast(colour) >= 3 for colour in (*EDGES.values(), *(fill for fill in FILLS.values() if fill != PAPER)))

"""Bars as Vega-Lite: from `low` to `high` in a row each, with `why` beside it; a waterfall's begin where the one above ends.

What speaks for something is filled, what speaks against it hollow, so that neither rests on its colour; the number beside a bar
has its sign. The first line of `at` names a row where there is little room; a second one says more, where there is.
"""

import textwrap
from typing import Any

from virtualschool.reports.blocks import Chart, Mark
from virtualschool.reports.drawing import EDGES, FILLS, INK, QUIET, layer, legend, names

HALF = 0.3
"""Half of a bar's thickness, in rows."""
LETTERS = 38


def waterfall(chart: Chart, width: int) -> tuple[list[dict], dict]:
    """A row for each step; lines lead from the end of one to the beginning of the next."""
    layers, size = bars(chart, width)
    ends = [mark.high if mark.high is not None else 0 for mark in chart.marks]
    # The last row is the sum: it begins at nought, and ends where the last step does.
    joints = [{"at": end, "top": place + HALF, "bottom": place + 1 - HALF} for place, end in enumerate(ends[:-1])]
    scale = layers[0]["encoding"]
    lines = layer(
        joints,
        {"type": "rule", "color": QUIET, "strokeWidth": 1},
        {"x": {**scale["x"], "field": "at"}, "y": {**scale["y"], "field": "top"}, "y2": {"field": "bottom"}},
    )
    return [*layers[:1], lines, *layers[1:]], size


def bars(chart: Chart, width: int) -> tuple[list[dict], dict]:
    """A row for each different `at`; marks of one row stand in one line."""
    rows_named = list(dict.fromkeys(mark.at for mark in chart.marks))
    domain = span(chart, width)
    rows = [bar(mark, rows_named.index(mark.at)) for mark in chart.marks if mark.low is not None]
    labels = [lines_of(name, width) for name in rows_named]
    look = {"grid": False, "ticks": False, "domain": False, "labelPadding": 8, "values": list(range(len(labels)))}
    look |= {"labelLimit": 270 if width > 500 else 130, **names(labels)}
    upright = {"zero": False, "nice": False, "reverse": True, "domain": [-0.5, len(labels) - 0.5]}
    y = {"field": "top", "type": "quantitative", "title": None, "scale": upright, "axis": look}
    across = {"zero": False, "nice": False, "domain": domain}
    ticks = {"tickCount": 7 if width > 500 else 4, "format": ",d"}
    x = {"field": "low", "type": "quantitative", "title": chart.axis, "scale": across, "axis": ticks}
    fill, edge = (
        {
            "field": "series",
            "legend": legend(width),
            "scale": {"domain": [name for name, _ in chart.series], "range": [looks[role] for _, role in chart.series]},
        }
        for looks in (FILLS, EDGES)
    )
    whole = {"x": x, "x2": {"field": "high"}, "y": y, "y2": {"field": "bottom"}}
    layers = [
        layer([{"low": 0}], {"type": "rule", "color": INK, "strokeWidth": 1.25}, {"x": x, "y": {**y, "value": 0}}),
        layer(rows, {"type": "rect", "strokeWidth": 2}, {**whole, "fill": fill, "stroke": edge}),
    ]
    layers[0]["encoding"] = {"x": x, "y": {**y, "field": "top"}, "y2": {"field": "bottom"}}
    layers[0]["data"]["values"] = [{"low": 0, "top": -0.5, "bottom": len(labels) - 0.5}]
    for side, align, off in (("right", "left", 6), ("left", "right", -6)):
        said = [row for row in rows if row["side"] == side and row["why"]]
        word = {"type": "text", "align": align, "dx": off, "color": INK, "fontSize": 13, "baseline": "middle"}
        layers.append(layer(said, word, {"x": {**x, "field": side}, "y": {**y, "field": "middle"}, "text": {"field": "why"}}))
    return layers, {"width": width, "height": (14 + 16 * max(map(len, labels), default=1)) * len(labels)}


def bar(mark: Mark, place: int) -> dict[str, Any]:
    """A mark as the drawing takes it; its number stands at the end that it goes to."""
    low, high = mark.low or 0, mark.high or 0
    return {
        "series": mark.series,
        "low": min(low, high),
        "high": max(low, high),
        "left": min(low, high),
        "right": max(low, high),
        "top": place - HALF,
        "middle": place,
        "bottom": place + HALF,
        "side": "left" if (mark.value or 0) < 0 else "right",
        "why": mark.why,
    }


def span(chart: Chart, width: int) -> list[float]:
    """The span of the axis: every bar and nought, with room for a number at either end that has one."""
    ends = [0.0, *(end for mark in chart.marks for end in (mark.low, mark.high) if end is not None)]
    low, high = min(ends), max(ends)
    air = (high - low or 1) * (0.12 if width > 500 else 0.28)
    left = air if any((mark.value or 0) < 0 for mark in chart.marks) else 0
    right = air if any((mark.value or 0) > 0 for mark in chart.marks) else 0
    return [round(low - left, 4), round(high + right, 4)]


def lines_of(name: str, width: int) -> list[str]:
    """The lines of a row's name."""
    short, _, long = name.partition("\n")
    return textwrap.wrap(long or short, LETTERS)[:2] if width > 500 else textwrap.wrap(short, 18)

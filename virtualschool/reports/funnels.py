"""Funnel plots and control charts as Vega-Lite: a value against how many children it rests on, or against time, with limits.

What chance alone keeps to is drawn in grey lines, 95% broken and 99.8% whole; what is kept to when authorities differ by more than
chance is the grey ground. What lies beyond is filled and named, so that nothing rests on colour alone.
"""

from typing import Any

from virtualschool.reports.blocks import Chart, Mark
from virtualschool.reports.drawing import COLOURS, DASHES, INK, PAPER, QUIET, layer

WITHIN_WIDE, BY_CHANCE_95, BY_CHANCE_998 = "95%, wide", "95%", "99.8%"
GROUND = "#e8e8e6"
NAMED = 12
"""So many names are written beside their marks, no more; the table has all of them."""


def funnel(chart: Chart, width: int) -> tuple[list[dict], dict]:
    """Marks whose `at` is a number of children: values in a series each, and limits in the series of limits; `why` is a name."""
    roles = dict(chart.series)
    dots = [dot(mark, roles) for mark in chart.marks if mark.value is not None]
    most = max([row["at"] for row in dots], default=1)
    domain = span([*(row["value"] for row in dots), *([chart.reference[1]] if chart.reference else [])], chart.marks)
    x = {"field": "at", "type": "quantitative", "title": "Children", "scale": {"domain": [0, most * 1.06], "nice": False}}
    x["axis"] = {"tickCount": 7 if width > 500 else 4}
    y = {"field": "value", "type": "quantitative", "title": chart.axis, "scale": {"zero": False, "domain": domain}}
    layers = [ground(chart, domain, x, y)]
    for series, dash, weight in ((BY_CHANCE_95, [6, 3], 1.25), (BY_CHANCE_998, [1, 0], 1.25)):
        limits = [
            {"at": float(mark.at), "low": mark.low, "high": mark.high}
            for mark in chart.marks
            if mark.series == series and mark.low is not None and mark.high is not None
        ]
        for end in ("low", "high"):
            line = {"type": "line", "color": QUIET, "strokeDash": dash, "strokeWidth": weight}
            # A line begins where it comes into the picture.
            inside = [row for row in limits if domain[0] <= row[end] <= domain[1]]
            layers.append(layer(inside, line, {"x": x, "y": {**y, "field": end}}))
    if chart.reference:
        rule = {"type": "rule", "color": COLOURS["england"], "strokeDash": DASHES["england"], "strokeWidth": 1.5}
        layers.append(layer([{"value": chart.reference[1]}], rule, {"y": y}))
    others = [row for row in dots if row["role"] != "own"]
    beyond, own = [row for row in others if row["beyond"]], [row for row in dots if row["role"] == "own"]
    point = {"type": "point", "opacity": 1, "size": 45}
    layers += [
        layer([row for row in others if not row["beyond"]], {**point, "color": COLOURS["other"], "fill": PAPER}, {"x": x, "y": y}),
        layer(beyond, {**point, "filled": True, "color": COLOURS["other"]}, {"x": x, "y": y}),
        layer(own, {**point, "filled": True, "size": 130, "color": COLOURS["own"], "stroke": INK, "strokeWidth": 1}, {"x": x, "y": y}),
    ]
    if width > 500:
        word = {"type": "text", "align": "left", "dx": 7, "dy": -5, "fontSize": 11, "color": INK}
        named = [*own, *sorted(beyond, key=lambda row: -row["at"])[:NAMED]]
        layers.append(layer(named, word, {"x": x, "y": y, "text": {"field": "name"}}))
    return layers, {"width": width, "height": 380 if width > 500 else 300}


def dot(mark: Mark, roles: dict[str, str]) -> dict[str, Any]:
    return {
        "at": float(mark.at),
        "value": mark.value,
        "name": mark.why,
        "role": roles.get(mark.series, "other"),
        "beyond": mark.group == "beyond",
    }


def ground(chart: Chart, domain: list[float], x: dict, y: dict) -> dict[str, Any]:
    wide = [
        {"at": float(mark.at), "low": min(max(mark.low, domain[0]), domain[1]), "high": min(max(mark.high, domain[0]), domain[1])}
        for mark in chart.marks
        if mark.series == WITHIN_WIDE and mark.low is not None and mark.high is not None
    ]
    area = {"type": "area", "color": GROUND}
    return layer(wide, area, {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}})


def span(values: list[float], marks: tuple[Mark, ...]) -> list[float]:
    """The span of the axis: every value, and the limits as far as half the values' span beyond them."""
    if not values:
        return [0, 1]
    low, high = min(values), max(values)
    reach = (high - low or abs(high) or 1) / 2
    limits = [end for mark in marks for end in (mark.low, mark.high) if end is not None]
    low, high = min(low, max(min(limits, default=low), low - reach)), max(high, min(max(limits, default=high), high + reach))
    air = (high - low or 1) * 0.04
    return [low - air if low else 0, high + air]


def control(chart: Chart, width: int) -> tuple[list[dict], dict]:
    """Marks whose `at` is a time, in order: values, each with its limits in `low` and `high`; `why` is the signal, if there is one."""
    times = list(dict.fromkeys(mark.at for mark in chart.marks))
    rows = [{"at": mark.at, "value": mark.value, "low": mark.low, "high": mark.high, "signal": mark.why} for mark in chart.marks]
    known = [row for row in rows if row["value"] is not None]
    ends = [end for mark in chart.marks for end in (mark.value, mark.low, mark.high) if end is not None] or [0, 1]
    air = (max(ends) - min(ends) or 1) * 0.06
    # Names of times stand upright and far enough apart to be read.
    every = max(1, len(times) // (20 if width > 500 else 8))
    axis = {"labelAngle": -90, "values": times[::every]}
    x = {"field": "at", "type": "nominal", "title": None, "scale": {"domain": times}, "axis": axis, "sort": None}
    low = min(ends) - air if min(ends) else 0
    y = {"field": "value", "type": "quantitative", "title": chart.axis, "scale": {"zero": False, "domain": [low, max(ends) + air]}}
    layers = []
    for end in ("low", "high"):
        line = {"type": "line", "color": QUIET, "strokeDash": [6, 3], "strokeWidth": 1.25, "invalid": "break-paths-show-path-domains"}
        layers.append(layer(rows, line, {"x": x, "y": {**y, "field": end}}))
    if chart.reference:
        layers.append(layer([{"value": chart.reference[1]}], {"type": "rule", "color": QUIET, "strokeWidth": 1.25}, {"y": y}))
    path = {"type": "line", "color": COLOURS["own"], "strokeWidth": 2.5, "invalid": "break-paths-show-path-domains"}
    point = {"type": "point", "opacity": 1, "size": 60, "color": COLOURS["own"]}
    layers += [
        layer(rows, path, {"x": x, "y": y}),
        layer([row for row in known if not row["signal"]], {**point, "fill": PAPER}, {"x": x, "y": y}),
        layer(
            [row for row in known if row["signal"]],
            {**point, "filled": True, "size": 120, "stroke": INK, "strokeWidth": 1},
            {"x": x, "y": y},
        ),
    ]
    return layers, {"width": width, "height": 260}

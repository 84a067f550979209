"""Charts as SVG: the same bytes for the same chart, text as text, nothing fetched.

What colours and shapes mean stands in `drawing`. The words around a chart (title, description) belong to the page, so that
they wrap.
"""

import json
import re
import textwrap
from typing import Any

from virtualschool.reports import bars, funnels
from virtualschool.reports.blocks import Chart, Mark
from virtualschool.reports.drawing import COLOURS, CONFIG, DASHES, INK, NARROW, PAPER, QUIET, SHAPES, WIDE, layer, legend, names


def svg(chart: Chart, width: int = WIDE) -> str:
    """The chart drawn `width` pixels wide, as an SVG element with its title and description inside."""
    drawn = specification(chart, width)
    return _labelled(_compact(_render(drawn)), chart, "narrow" if width <= NARROW else "wide")


def specification(chart: Chart, width: int = WIDE) -> dict[str, Any]:
    """The chart in Vega-Lite, as plain data."""
    layers, size = KINDS[chart.kind](chart, width)
    fit = {"type": "fit-x", "contains": "padding"}
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "config": CONFIG, "autosize": fit, "layer": layers, **size}


def _trend(chart: Chart, width: int) -> tuple[list[dict], dict]:
    roles = dict(chart.series)
    years = sorted({mark.at for mark in chart.marks})
    domain = _domain(chart)
    rows = [_row(mark, roles, domain) for mark in chart.marks]
    gaps = [{"at": year} for year in years if all(mark.value is None for mark in chart.marks if mark.at == year)]
    own = [row for row in rows if row["role"] == "own" and row["low"] is not None]
    upright = -90 if width < 500 and len(years) > 5 else 0
    x = {"field": "at", "type": "nominal", "title": None, "scale": {"domain": years}, "axis": {"labelAngle": upright}}
    y = {"field": "value", "type": "quantitative", "title": chart.axis, "scale": {"zero": False, "domain": domain}}
    limits = {"y": {**y, "field": "low"}, "y2": {"field": "high"}}
    colour, shape = ({"field": "series", "legend": legend(width), "scale": _by_role(chart, looks)} for looks in (COLOURS, SHAPES))
    layers = [
        layer(gaps, {"type": "rect", "color": "#f3f2f1"}, {"x": x}),
        layer(gaps, {"type": "text", "text": "no figure", "angle": 270, "color": QUIET, "fontSize": 12}, {"x": x, "y": {"value": 130}}),
        layer(own, {"type": "rule", "strokeWidth": 10, "opacity": 0.28, "color": COLOURS["own"]}, {"x": x, **limits}),
    ]
    for name, role in reversed(chart.series):
        line = [row for row in rows if row["series"] == name]
        heavy = role == "own"
        # A line goes through years that follow one another; a year without a value leaves it open.
        path = {"type": "line", "strokeWidth": 3.5 if heavy else 2.25, "invalid": "break-paths-show-path-domains"}
        path |= {"color": COLOURS[role], "strokeDash": DASHES[role]}
        point = {"type": "point", "filled": True, "size": 95 if heavy else 60, "opacity": 1, "strokeWidth": 1}
        layers.append(layer(line, path, {"x": x, "y": y}))
        layers.append(
            layer(
                [row for row in line if row["value"] is not None],
                {**point, "stroke": INK if heavy else PAPER},
                {"x": x, "y": y, "color": colour, "shape": shape},
            )
        )
    return layers, {"width": width, "height": 260}


def _dots(chart: Chart, width: int) -> tuple[list[dict], dict]:
    roles = dict(chart.series)
    # Two marks of one row stand in one line.
    order = list(dict.fromkeys(_place(mark) for mark in chart.marks))
    domain = _domain(chart)
    rows = [_row(mark, roles, domain) for mark in chart.marks]
    known = [row for row in rows if row["value"] is not None]
    words, group = "split(datum.value, '|')[1]", "split(datum.value, '|')[0]"
    rows_named = order
    lines = [wrapped(name.partition("|")[2], width) for name in rows_named]
    label = {
        **names(lines, f"indexof({json.dumps(rows_named)}, datum.value)"),
        "labelLimit": 240 if width > 500 else 125,
        # A row that bears its group's name is a heading within the chart.
        "labelFontWeight": {"condition": {"test": f"{words} == {group}", "value": "bold"}, "value": "normal"},
        "grid": False,
        "ticks": False,
        "domain": False,
        "labelPadding": 10,
    }
    scale = {"zero": False, "domain": domain}
    y = {"field": "place", "type": "nominal", "title": None, "scale": {"domain": order}, "axis": label}
    x = {"field": "value", "type": "quantitative", "title": chart.axis, "scale": scale, "axis": {"tickCount": 6 if width > 500 else 4}}
    colour, shape = (
        {"field": "role", "legend": None, "scale": {"domain": list(looks), "range": list(looks.values())}} for looks in (COLOURS, SHAPES)
    )
    limited = [row for row in known if row["low"] is not None]
    without = [row for row in rows if row["value"] is None and row["why"]]
    reference = [{"value": chart.reference[1]}] if chart.reference else []
    role = "england" if chart.reference and chart.reference[0] == "England" else "region"
    layers = [
        layer(reference, {"type": "rule", "color": COLOURS[role], "strokeDash": DASHES["england"], "strokeWidth": 1.5}, {"x": x}),
        layer(
            limited,
            {"type": "rule", "strokeWidth": 2.5},
            {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": colour},
        ),
        layer(
            known,
            {"type": "point", "filled": True, "opacity": 1, "stroke": INK, "strokeWidth": 1, "size": 95},
            {"x": x, "y": y, "color": colour, "shape": shape},
        ),
        layer(
            without,
            {"type": "text", "align": "left", "color": QUIET, "fontSize": 12, "dx": 4},
            {"y": y, "x": {"value": 0}, "text": {"field": "why"}},
        ),
    ]
    return layers, {"width": width, "height": {"step": 26 if max(map(len, lines), default=1) < 2 else 34}}


def wrapped(name: str, width: int) -> list[str]:
    """A row's name in one line or two."""
    return textwrap.wrap(name, 34 if width > 500 else 17, max_lines=2, placeholder=" …") or [name]


def _row(mark: Mark, roles: dict[str, str], domain: list[float]) -> dict[str, Any]:
    """A mark as the drawing takes it; limits beyond the axis end at its edge."""
    low, high = (None if limit is None else min(max(limit, domain[0]), domain[1]) for limit in (mark.low, mark.high))
    return {
        "at": mark.at,
        "place": _place(mark),
        "series": mark.series,
        "role": roles.get(mark.series, "other"),
        "value": mark.value,
        "low": low,
        "high": high,
        "why": mark.why,
    }


def _place(mark: Mark) -> str:
    """A row's address: the group it stands in and its words, so that `not known` may stand in two groups."""
    return f"{mark.group or 'row'}|{mark.at}"


def _domain(chart: Chart) -> list[float]:
    """The span of the axis: every value and limit, with some air; from 0 to 1 when there is none.

    The limits of two or three children can be many times as wide as all values. Then the axis keeps to the values, and such a
    line is cut at the edge.
    """
    values = [mark.value for mark in chart.marks if mark.value is not None] + ([chart.reference[1]] if chart.reference else [])
    if not values:
        return [0, 1]
    limits = [limit for mark in chart.marks for limit in (mark.low, mark.high) if limit is not None]
    first = next((mark for mark in chart.marks if mark.value is not None), None)
    own = [limit for limit in (first.low, first.high) if limit is not None] if first else []
    low, high = min([*values, *limits]), max([*values, *limits])
    inner = min([*values, *own]), max([*values, *own])
    width = inner[1] - inner[0]
    if width and high - low > 2.5 * width:
        low, high = max(low, inner[0] - width / 2), min(high, inner[1] + width / 2)
    air = (high - low or abs(high) or 1) * 0.06
    return [round(low - air if low < 0 or low > air else 0, 4), round(high + air, 4)]


def _by_role(chart: Chart, looks: dict[str, Any]) -> dict:
    return {"domain": [name for name, _ in chart.series], "range": [looks[role] for _, role in chart.series]}


KINDS = {
    "trend": _trend,
    "dots": _dots,
    "waterfall": bars.waterfall,
    "bars": bars.bars,
    "funnel": funnels.funnel,
    "control": funnels.control,
}


def _render(drawn: dict) -> str:
    # It brings an engine of its own, which only those who draw should wait for.
    import vl_convert

    return vl_convert.vegalite_to_svg(drawn, vl_version="6.4")


def _compact(drawing: str) -> str:
    """The drawing without what a still picture has no use for. Its parts are not announced: the picture is, as one."""
    drawing = re.sub(r' (?:role|aria-[a-z]+|pointer-events|class)="[^"]*"', "", drawing)
    drawing = re.sub(r'<path d=""[^>]*/>|<g/>|<g></g>', "", drawing)
    return re.sub(r"(\d+\.\d{2})\d+", r"\1", drawing)


def _labelled(drawing: str, chart: Chart, width: str) -> str:
    name = f"{chart.name}-{width}"
    head = re.match(r"<svg[^>]*?width=\"([\d.]+)\" height=\"([\d.]+)\"[^>]*>", drawing)
    if not head:
        raise ValueError(f"The chart {chart.name} was not drawn.")
    across, down = head[1], head[2]
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing {width}" role="img" aria-labelledby="{name}-title {name}-text" '
        f'width="{across}" height="{down}" viewBox="0 0 {across} {down}">'
        f'<title id="{name}-title">{_escape(chart.title)}</title><desc id="{name}-text">{_escape(chart.description)}</desc>'
    )
    return opening + drawing[head.end() :]


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

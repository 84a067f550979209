"""What all charts share: colours and shapes with their meanings, layers, and the look of axes and legends.

One colour, shape and dash has one meaning in every chart: the authority orange and heavy, England dark pink, the region
dark grey, neighbours turquoise; what speaks for something is filled and dark blue, what speaks against it hollow and dark red.
Colours are those of the Government Analysis Function, but for the red (3:1 or more on white); text is near black.
"""

import json
from typing import Any

INK, QUIET, RULE, PAPER = "#0b0c0c", "#484949", "#d9d9d9", "#ffffff"
COLOURS = {"own": "#f46a25", "england": "#801650", "region": "#3d3d3d", "neighbours": "#28a197", "other": "#12436d"}
SHAPES = {"own": "circle", "england": "diamond", "region": "square", "neighbours": "triangle-up", "other": "circle"}
DASHES = {"own": [1, 0], "england": [6, 3], "region": [2, 2], "neighbours": [8, 3, 2, 3], "other": [1, 0]}
FILLS = {"for": "#12436d", "against": PAPER, "whole": "#6f777b"}
EDGES = {"for": "#12436d", "against": "#9e2b2b", "whole": "#3d3d3d"}
WIDE, NARROW = 680, 330


def layer(rows: list[dict], mark: dict, encoding: dict) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def legend(width: int) -> dict[str, Any]:
    columns = 4 if width > 500 else 1
    return {"title": None, "orient": "top", "direction": "horizontal", "columns": columns, "symbolSize": 120, "labelLimit": 280}


def names(lines: list[list[str]], place: str = "datum.value") -> dict[str, Any]:
    """An axis's labels of one line or two: `lines` of each, and where in them a value's stand."""
    two = json.dumps([at for at, found in enumerate(lines) if len(found) > 1])
    # Of two lines the first ends at the height of the row and the second begins there.
    lifted = {"condition": {"test": f"indexof({two}, {place}) >= 0", "value": "bottom"}, "value": "middle"}
    return {"labelExpr": f"{json.dumps(lines)}[{place}]", "labelBaseline": lifted}


CONFIG = {
    "background": PAPER,
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": RULE,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "titlePadding": 10,
    },
    "legend": {"labelColor": INK, "labelFontSize": 13, "columnPadding": 22},
}

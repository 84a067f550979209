"""Charts of figures pages: drawn on the server on first use, kept by what they show, and told to the browser as plain data."""

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

from virtualschool.reports import charts
from virtualschool.reports.blocks import Chart
from virtualschool.reports.drawing import INK, NARROW, QUIET, WIDE
from virtualschool.web.presenters.figures_asked import Figures
from virtualschool.web.presenters.figures_pieces import Piece

PAGES_KEPT, DRAWINGS_KEPT = 64, 256
_kept: OrderedDict[tuple, list[Piece]] = OrderedDict()
_keeping = threading.Lock()


def key_of(figures: Figures, part: str) -> tuple:
    """Which page of whom: exact figures are kept for the one who asked, so that nobody has them unlogged."""
    who = figures.viewer.email if figures.is_internal else ""
    return str(figures.snapshot.store.path), figures.snapshot.name, figures.la, figures.audience, who, part, figures.choice.query()


def keep(figures: Figures, part: str, pieces: list[Piece]) -> list[Piece]:
    """Keeps what a page shows, for the pictures that the browser asks for next."""
    with _keeping:
        _kept[key_of(figures, part)] = pieces
        _kept.move_to_end(key_of(figures, part))
        while len(_kept) > PAGES_KEPT:
            _kept.popitem(last=False)
    return pieces


def kept(figures: Figures, part: str, make: Callable[[Figures], list[Piece]]) -> list[Piece]:
    """What a page of this choice shows, made again where this process has not just made it."""
    with _keeping:
        found = _kept.get(key_of(figures, part))
    return found if found is not None else keep(figures, part, make(figures))


@functools.lru_cache(maxsize=DRAWINGS_KEPT)
def svg(chart: Chart, width: int = WIDE) -> str:
    return charts.svg(chart, width)


def specification(chart: Chart, width: int) -> dict[str, Any]:
    """The chart for the browser: with words for a mark that is pointed at, and read out as one picture."""
    drawn = deepcopy(charts.specification(chart, width))
    drawn["config"] = {**drawn["config"], "aria": False}
    if isinstance(drawn["height"], dict):
        # The browser fits the width only where the height is a number.
        drawn["height"] = drawn["height"]["step"] * len(drawn["layer"][-1]["encoding"]["y"]["scale"]["domain"])
    for layer in drawn["layer"]:
        if layer["mark"].get("type") in ("point", "rect") and (found := pointed_at(layer["data"]["values"], chart)):
            layer["encoding"]["tooltip"] = found
    return drawn


WORDS = {"name": "Place", "series": "Who", "at": "At", "value": "Figure", "low": "From", "high": "To"}


def pointed_at(rows: Sequence[dict[str, Any]], chart: Chart) -> list[dict[str, str]]:
    """What is said of a mark when it is pointed at: the fields that its rows have, under words."""
    if not rows:
        return []
    names = [name for name in WORDS if name in rows[0] and any(row[name] not in (None, "") for row in rows)]
    at = {"trend": "Year", "funnel": "Children", "dots": "Group or place"}.get(chart.kind, "At")
    return [
        {"field": name, "title": at if name == "at" else WORDS[name]} for name in names if not (chart.kind == "bars" and name != "value")
    ]


# --- As files ---


def as_file(chart: Chart, kind: str, said: Sequence[str]) -> bytes:
    """The chart as an SVG or PNG that stands alone: its title above it, and under that whose figures they are and what they bear."""
    import textwrap

    import vl_convert

    drawn = charts.specification(chart, WIDE)
    lines = [line for text in said for line in textwrap.wrap(text, 105)]
    drawn["title"] = {
        "text": textwrap.wrap(chart.title, 75),
        "subtitle": lines,
        "anchor": "start",
        "fontSize": 17,
        "subtitleFontSize": 12,
        "color": INK,
        "subtitleColor": QUIET,
        "offset": 16,
        "subtitlePadding": 6,
    }
    drawn["padding"] = 16
    if kind == "svg":
        return vl_convert.vegalite_to_svg(drawn, vl_version="6.4").encode()
    return vl_convert.vegalite_to_png(drawn, vl_version="6.4", scale=2)


WIDTHS = {"wide": 780, "narrow": NARROW}
"""Widths of pictures on pages."""

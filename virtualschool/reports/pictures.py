"""Charts as pictures for documents: each is drawn once, whatever number of documents it stands in."""

import re
from functools import lru_cache

from virtualschool.reports import charts
from virtualschool.reports.blocks import Chart

FONT = re.compile(r'font-family="[^"]*"')
SHARP = 2.0
"""Pixels of a picture for each of its drawing, so that print is sharp."""


@lru_cache(maxsize=256)
def svg(chart: Chart, width: int = charts.WIDE) -> str:
    """The drawing of a chart."""
    return charts.svg(chart, width)


@lru_cache(maxsize=64)
def png(chart: Chart, width: int = charts.WIDE) -> bytes:
    """The drawing as a picture of dots."""
    import vl_convert

    return vl_convert.svg_to_png(svg(chart, width), scale=SHARP)


def for_pdf(chart: Chart, font: str, width: int = charts.WIDE) -> str:
    """The drawing with its words in the document's own font."""
    return FONT.sub(f'font-family="{font}"', svg(chart, width))


def size(drawing: str) -> tuple[int, int]:
    """The width and height of a drawing in pixels."""
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', drawing)
    return (int(float(found[1])), int(float(found[2]))) if found else (0, 0)


def size_of_png(dots: bytes) -> tuple[int, int]:
    """The width and height of a PNG, which stand in its first part."""
    return int.from_bytes(dots[16:20], "big"), int.from_bytes(dots[20:24], "big")

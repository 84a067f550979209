"""A report as one HTML page that needs nothing else: its style is inside, its charts are SVG, it has no script.

Every chart is drawn twice, for a wide and a narrow screen; the style shows one of them, and paper gets the wide one.
"""

from decimal import Decimal
from functools import cache
from importlib import resources

import jinja2
from markupsafe import Markup

from virtualschool.reports import charts, pictures, wording
from virtualschool.reports.blocks import Cell, Chart, Column, Gap, Heading, KeyFigures, Note, Paragraph, Place, Points, Report, Table


def html(report: Report) -> str:
    """The whole page."""
    style = (resources.files("virtualschool.reports") / "templates" / "style.css").read_text(encoding="utf-8")
    return (
        _templates()
        .get_template("report.html.j2")
        .render(report=report, style=Markup(style), running=running(report), parts=list(report.parts()))
    )


def running(report: Report) -> Markup:
    """What stands at the foot of each printed page, as the inside of a CSS string."""
    told = f"{report.la_name}, {report.year}. {report.mark}"
    return Markup("".join(letter if letter.isalnum() or letter in " .,:-" else f"\\{ord(letter):x} " for letter in told))


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("virtualschool.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["cell"] = shown
    environment.filters["meaning"] = lambda symbol: wording.SYMBOLS.get(symbol, "")
    environment.globals["wide"] = lambda chart: Markup(pictures.svg(chart, charts.WIDE))
    environment.globals["narrow"] = lambda chart: Markup(pictures.svg(chart, charts.NARROW))
    kinds = (Heading, Paragraph, Points, Note, KeyFigures, Table, Chart, Gap, Place)
    for kind in kinds:
        environment.tests[kind.__name__.lower()] = lambda block, kind=kind: isinstance(block, kind)
    return environment


def shown(value: Cell, column: Column) -> str | Markup:
    """A cell as it is read: numbers with the column's decimals, symbols with their meaning for those who hear the page."""
    if isinstance(value, int | Decimal | float):
        return wording.number(value, column.decimals or 0)
    if value in wording.SYMBOLS and (column.is_number or column.unit):
        return Markup('<abbr title="{}">{}</abbr>').format(wording.SYMBOLS[value], f"[{value}]")
    return value if value is not None else ""

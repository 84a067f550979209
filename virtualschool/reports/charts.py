"""Charts as SVG: the same bytes for the same chart, text as text, nothing fetched.

One colour, shape and dash has one meaning in every chart: the authority orange and heavy, England dark pink, the region
dark grey, neighbours turquoise. Colours are those of the Government Analysis Function (3:1 or more on white); text is
near black. The words around a chart (title, description) belong to the page, so that they wrap.
"""

import re
from functools import cache
from typing import Any

from virtualschool.reports.blocks import Chart, Mark

INK, QUIET, RULE, PAPER = "#0b0c0c", "#484949", "#d9d9d9", "#ffffff"
COLOURS = {"own": "#f46a25", "england": "#801650", "region": "#3d3d3d", "neighbours": "#28a197", "other": "#12436d"}
SHAPES = {"own": "circle", "england": "diamond", "region": "square", "neighbours": "triangle-up", "other": "circle"}
DASHES = {"own": [1, 0], "england": [6, 3], "region": [2, 2], "neighbours": [8, 3, 2, 3], "other": [1, 0]}
WIDE, NARROW = 680, 330


def svg(chart: Chart, width: int = WIDE) -> str:
    """The chart drawn `width` pixels wide, as an SVG element with its title and description inside."""
    drawn = _trend(chart, width) if chart.kind == "trend" else _dots(chart, width)
    return _labelled(_compact(_render(drawn)), chart, "narrow" if width <= NARROW else "wide")


def _trend(chart: Chart, width: int) -> Any:
    alt = _altair()
    roles = dict(chart.series)
    years = sorted({mark.at for mark in chart.marks})
    names = [name for name, _ in chart.series]
    rows = [_row(mark, roles) for mark in chart.marks]
    gaps = [{"at": year} for year in years if all(mark.value is None for mark in chart.marks if mark.at == year)]
    x = alt.X("at:N", title=None, sort=years, scale=alt.Scale(domain=years), axis=alt.Axis(labelAngle=0 if width > 500 else -90))
    y = alt.Y("value:Q", title=chart.axis, scale=alt.Scale(zero=False, nice=True, domain=_domain(chart.marks)))
    colour = alt.Color("series:N", legend=_legend(alt, width), scale=_by_role(alt, chart, COLOURS))
    shape = alt.Shape("series:N", legend=_legend(alt, width), scale=_by_role(alt, chart, SHAPES))
    dash = alt.StrokeDash("series:N", legend=_legend(alt, width), scale=_by_role(alt, chart, DASHES))
    known = [row for row in rows if row["value"] is not None]
    own = [row for row in known if row["role"] == "own" and row["low"] is not None]
    layers = [
        alt.Chart(alt.Data(values=gaps)).mark_rect(color="#f3f2f1").encode(x=x),
        alt.Chart(alt.Data(values=gaps))
        .mark_text(text="no figure", angle=270, color=QUIET, fontSize=12, align="center")
        .encode(x=x, y=alt.value(130)),
        alt.Chart(alt.Data(values=own)).mark_rule(strokeWidth=9, opacity=0.28, color=COLOURS["own"]).encode(x=x, y="low:Q", y2="high:Q"),
    ]
    for name in reversed(names):
        line = [row for row in rows if row["series"] == name]
        heavy = roles[name] == "own"
        layers.append(
            alt.Chart(alt.Data(values=line))
            .mark_line(strokeWidth=3.5 if heavy else 2, invalid="break-paths-show-path-domains")
            .encode(x=x, y=y, color=colour, strokeDash=dash)
        )
        layers.append(
            alt.Chart(alt.Data(values=[row for row in line if row["value"] is not None]))
            .mark_point(filled=True, size=90 if heavy else 55, opacity=1, stroke=INK if heavy else PAPER, strokeWidth=1)
            .encode(x=x, y=y, color=colour, shape=shape)
        )
    return alt.layer(*layers).properties(width=width - 64, height=260)


def _dots(chart: Chart, width: int) -> Any:
    alt = _altair()
    roles = dict(chart.series)
    order = [_place(mark) for mark in chart.marks]
    rows = [_row(mark, roles) for mark in chart.marks]
    known = [row for row in rows if row["value"] is not None]
    hidden = [row for row in rows if row["value"] is None and row["why"]]
    named = 250 if width > 500 else 128
    label = alt.Axis(
        labelExpr="split(datum.value, '|')[1]",
        labelLimit=named,
        labelFontWeight=alt.condition("split(datum.value, '|')[1] == split(datum.value, '|')[0]", alt.value("bold"), alt.value("normal")),
        grid=False,
        ticks=False,
        domain=False,
        labelPadding=10,
    )
    y = alt.Y("place:N", title=None, sort=order, scale=alt.Scale(domain=order), axis=label)
    scale = alt.Scale(zero=False, nice=True, domain=_domain(chart.marks, chart.reference))
    x = alt.X("value:Q", title=chart.axis, scale=scale, axis=alt.Axis(tickCount=6 if width > 500 else 4))
    colour = alt.Color("role:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())))
    shape = alt.Shape("role:N", legend=None, scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())))
    layers = []
    if chart.reference:
        at = [{"value": chart.reference[1]}]
        layers.append(
            alt.Chart(alt.Data(values=at)).mark_rule(color=COLOURS["england"], strokeDash=DASHES["england"], strokeWidth=1.5).encode(x=x)
        )
    layers += [
        alt.Chart(alt.Data(values=[row for row in known if row["low"] is not None]))
        .mark_rule(strokeWidth=2.5)
        .encode(x=alt.X("low:Q", scale=scale, title=chart.axis), x2="high:Q", y=y, color=colour),
        alt.Chart(alt.Data(values=known))
        .mark_point(filled=True, opacity=1, stroke=INK, strokeWidth=1, size=95)
        .encode(x=x, y=y, color=colour, shape=shape),
        alt.Chart(alt.Data(values=hidden))
        .mark_text(align="left", color=QUIET, fontSize=12, dx=4)
        .encode(y=y, x=alt.value(0), text="why:N"),
    ]
    return alt.layer(*layers).properties(width=width - named - 40, height=alt.Step(26))


def _row(mark: Mark, roles: dict[str, str]) -> dict[str, Any]:
    return {
        "at": mark.at,
        "place": _place(mark),
        "series": mark.series,
        "role": roles.get(mark.series, "other"),
        "value": mark.value,
        "low": mark.low,
        "high": mark.high,
        "why": mark.why,
    }


def _place(mark: Mark) -> str:
    """A row's address: the group it stands in and its words, so that `not known` may stand in two groups."""
    return f"{mark.group or 'row'}|{mark.at}"


def _domain(marks: tuple[Mark, ...], reference: tuple[str, float] | None = None) -> list[float]:
    """The span of the axis: every value and limit, with some air; from 0 to 1 when there is none."""
    values = [value for mark in marks for value in (mark.value, mark.low, mark.high) if value is not None]
    values += [reference[1]] if reference else []
    if not values:
        return [0, 1]
    low, high = min(values), max(values)
    air = (high - low or abs(high) or 1) * 0.06
    return [round(low - air if low < 0 or low > air else 0, 4), round(high + air, 4)]


def _legend(alt: Any, width: int) -> Any:
    columns = 4 if width > 500 else 1
    return alt.Legend(title=None, orient="top", direction="horizontal", columns=columns, symbolSize=120, symbolStrokeWidth=2.5, labelLimit=280)


def _by_role(alt: Any, chart: Chart, looks: dict[str, Any]) -> Any:
    return alt.Scale(domain=[name for name, _ in chart.series], range=[looks[role] for _, role in chart.series])


@cache
def _altair() -> Any:
    # Importing it takes two seconds, which no other command should pay for.
    import altair

    return altair


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


def _render(chart: Any) -> str:
    import vl_convert

    specification = chart.configure(**CONFIG).to_dict()
    return vl_convert.vegalite_to_svg(specification, vl_version="6.4")


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

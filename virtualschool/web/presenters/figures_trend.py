"""A measure over the years, with its interval and gaps left open, beside England, its region and its neighbours."""

from dataclasses import replace
from typing import Any

from virtualschool import years
from virtualschool.benchmarks import change as changes
from virtualschool.benchmarks.estimate import Estimate, mean_of
from virtualschool.benchmarks.request import Place
from virtualschool.measures import Measure
from virtualschool.model.in_place import STAND_INS
from virtualschool.places import ENGLAND
from virtualschool.reports import wording
from virtualschool.reports.blocks import Cell, Chart, Column, Mark, Table
from virtualschool.web.presenters import behind
from virtualschool.web.presenters.figures_asked import Figures, Row, measure_of, span
from virtualschool.web.presenters.figures_pieces import (
    TITLES,
    Piece,
    beside,
    cell,
    count,
    mark_of,
    number,
    plain,
    says,
    standing,
    with_limits,
)

NEIGHBOURS = Place("mean", "neighbours", "statistical neighbours")


def pieces(figures: Figures) -> list[Piece]:
    """The trend and the comparison with single places; what stands in the measure's place in years that have none."""
    measure = measure_of(figures)
    rows = figures.rows([measure.name], span(figures))
    places = of_places(figures, measure)
    mean = mean_of([one for role, one, _ in places if role == "neighbours" and one], NEIGHBOURS)
    rows = with_limits(rows, {(measure.name, figures.year): (mean.low, mean.high)} if mean else {})
    made = [trend(figures, measure, rows)]
    if len(places) > 1:
        made.append(compared(figures, measure, rows, places))
    if found := stand_in(figures, measure):
        made.append(found)
    return made


def of_year(rows: list[Row], year: int) -> Row | None:
    return next((row for row in rows if row.year == year), rows[-1] if rows else None)


def trend(figures: Figures, measure: Measure, rows: list[Row]) -> Piece:
    now = of_year(rows, figures.year)
    held = [row for row in rows if row.values["value"] is not None]
    told = wording.change(held[0].values, held[-1].values) if held else "no figure"
    gaps = {row.year: in_pages(wording.reason(row.values)) for row in rows if row.values["value"] is None}
    series = [(figures.la_name, "own")]
    names = [name for name in TITLES if any(row.values.get(f"{name}_value") is not None for row in rows)]
    series += [(TITLES[name], name) for name in names if TITLES[name] != figures.la_name]
    marks = []
    for row in rows:
        at = str(row.year)
        marks.append(mark_of(at, figures.la_name, row))
        marks += [Mark(at, words, plain(row.values.get(f"{name}_value"))) for words, name in series[1:]]
    sentence = f"{measure.title}: {told}." + (f" No figure for {years.runs(gaps)}, where the line is open." if gaps else "")
    breaks = changes.breaks(measure, [row.year for row in held])
    table = trend_table(figures, measure, rows, gaps)
    chart = Chart(
        name=f"{measure.name}-trend",
        kind="trend",
        title=f"{measure.title}, {figures.la_name}: {told}",
        description=f"Line chart by year. {sentence} {spoken(measure, held, figures.la_name)}",
        axis=wording.axis(measure),
        marks=tuple(marks),
        series=tuple(series),
        table=table,
    )
    internal = figures.is_internal
    links = [behind.both(figures.choice, measure.name, row.year) if internal and row.line.row["source"] == "pupils" else () for row in rows]
    marks_said = [*figures_marks(figures, measure, rows)]
    return Piece(
        "trend",
        "Over the years",
        sentence,
        chart if held or names else None,
        table,
        marks_said,
        notes=[*breaks, *(f"{year}: {why}" for year, why in gaps.items())],
        behind=links,
        more=says(now, measure) if now else [],
        key=key(figures, measure, rows),
    )


def figures_marks(figures: Figures, measure: Measure, rows: list[Row]) -> list[str]:
    """What the door said of the figures: that they are internal, or whose rules hid what."""
    own = figures.own([measure.name], f"{figures.year}") if not figures.is_internal else None
    marks = own.published.marks_in_words() if own else list(dict.fromkeys(row.line.row.get("mark", "") for row in rows))[:1]
    return [*marks, *(["England, the region and the neighbours are as everybody may see them."] if figures.is_internal else [])]


def key(figures: Figures, measure: Measure, rows: list[Row]) -> dict[str, str]:
    """The newest figure as a person reads it first: value, of how many, interval, how it stands to England."""
    now = of_year(rows, figures.year)
    if now is None:
        return {}
    values = now.values
    known = values["value"] is not None
    return {
        "year": years.label(now.year),
        "value": wording.amount(values["value"], measure) if known else short(values["symbol"]),
        "unit": wording.unit_word(measure) if known else "",
        "interval": wording.interval(values, measure) if known else "",
        "made_of": made_of(measure, values) if known else "",
        "standing": wording.at_a_glance(wording.standing(values, measure, "england"), measure, "England") if known else "",
        "england": wording.amount(values["england_value"], measure) if values.get("england_value") is not None else "",
        "why": "" if known else in_pages(wording.reason(values)),
    }


def short(symbol: str | None) -> str:
    """Why there is no figure, in a word or two."""
    return wording.SHORT.get(wording.of_today(symbol or "x"), "no figure")


def made_of(measure: Measure, values: Any) -> str:
    """`35 of 210 children`, or what else the figure is made of."""
    top, bottom, pupils = (values[name] for name in ("numerator", "denominator", "pupils"))
    if pupils is None:
        return ""
    if top is None or bottom is None:
        return wording.several(pupils, "child", "children")
    if measure.counts == "pupils" and measure.unit == "percent":
        return f"{wording.number(top, 0)} of {wording.several(int(bottom), 'child', 'children')}"
    said = wording.number(top, of_what(measure, "numerator").decimals or 0)
    if measure.counts == "sessions":
        return f"{said} of {wording.number(bottom, 0)} possible sessions, {wording.several(pupils, 'child', 'children')}"
    things = {"points": "points", "events": "events", "pupils": "in all"}[measure.counts]
    return f"{said} {things} over {wording.several(pupils, 'child', 'children')}"


def in_pages(text: str) -> str:
    """A reason without the command that a terminal would be told."""
    return text.replace(
        ", and is not the same: virtualschool stand-in.", ", and is not the same: it stands under Over the years, marked Stand-in."
    )


def trend_table(figures: Figures, measure: Measure, rows: list[Row], gaps: dict[int, str]) -> Table:
    beside_it = figures.la != ENGLAND
    others = [number(measure, TITLES[name]) for name in TITLES] + [Column("Beside England")] if beside_it else []
    columns = (
        Column("School year"),
        count("Children"),
        of_what(measure, "numerator"),
        of_what(measure, "denominator"),
        number(measure, "Figure"),
        number(measure, "From"),
        number(measure, "To"),
        *others,
    )
    made = []
    for row in rows:
        values = row.values
        found: list[Cell] = [years.label(row.year), cell(values, "pupils"), cell(values, "numerator"), cell(values, "denominator")]
        found += [
            cell(values, "value"),
            *(cell(values, name) if values["value"] is None else limit(values, name) for name in ("low", "high")),
        ]
        if beside_it:
            found += [*(beside(values, name) for name in TITLES), standing(row, measure)]
        made.append(tuple(found))
    return Table(
        f"{measure.name}_years",
        f"{measure.title} over the years, {figures.la_name}",
        columns,
        tuple(made),
        tuple(f"{year}: {why}" for year, why in gaps.items()),
        f"{measure.source}; {figures.source}",
    )


def limit(values: Any, name: str) -> Cell:
    return "z" if values[name] is None else cell(values, name)


def of_what(measure: Measure, part: str) -> Column:
    """A column of what the figure is made of: counts, or totals of points."""
    words = {
        "numerator": {"pupils": "Of them", "events": "Events", "points": "Points in all", "sessions": "Sessions missed"},
        "denominator": {"pupils": "Counted", "events": "Counted", "points": "Counted", "sessions": "Possible sessions"},
    }
    decimals = 1 if part == "numerator" and measure.counts == "points" else 0
    return Column(words[part][measure.counts], "count", decimals)


def spoken(measure: Measure, held: list[Row], name: str) -> str:
    said = [f"{wording.amount(row.values['value'], measure)} in {row.year}" for row in held]
    return f"{name}: {wording.listed(said)}." if said else f"{name} has no figure."


# --- Beside single places ---


def of_places(figures: Figures, measure: Measure) -> list[tuple[str, Estimate | None, Any]]:
    """England, the region and each neighbour in the year: role, estimate and published row."""
    if figures.la == ENGLAND or figures.why_none_beside:
        return []
    year = figures.year
    region = figures.known.region_of(figures.la)
    roles = {ENGLAND: "england", **({region: "region"} if region else {})}
    roles |= {la: "neighbours" for la in figures.neighbours(year) if la not in roles and la != figures.la}
    found = figures.of_choice(figures.public([measure.name], ",".join(roles), str(year)), ())
    order = list(roles)
    lines = sorted((line for line, _ in found if line.row["la"] in roles), key=lambda line: order.index(line.row["la"]))
    return [(roles[line.row["la"]], line.own, line.row) for line in lines]


def compared(figures: Figures, measure: Measure, rows: list[Row], places: list) -> Piece:
    year = figures.year
    now = next((row for row in rows if row.year == year), None)
    marks = [mark_of(figures.la_name, figures.la_name, now)] if now else []
    lines: list[tuple[Cell, ...]] = []
    links = []
    if now:
        values = now.values
        lines.append(
            (figures.la_name, "this authority", cell(values, "pupils"), *(cell(values, name) for name in ("value", "low", "high")), "")
        )
        shown = figures.is_internal and now.line.row["source"] == "pupils"
        links.append(behind.both(figures.choice, measure.name, year) if shown else ())
    for role, own, row in places:
        why = "" if row["value"] is not None else wording.SHORT.get(wording.of_today(row["symbol"] or ""), "no figure")
        marks.append(Mark(row["la_name"], TITLES[role], plain(row["value"]), plain(row["low"]), plain(row["high"]), why))
        lines.append(
            (
                row["la_name"],
                KINDS[role],
                cell(row, "pupils"),
                *(cell(row, name) for name in ("value", "low", "high")),
                against(now, own, measure),
            )
        )
    england = next((row["value"] for role, _, row in places if role == "england"), None)
    table = Table(
        f"{measure.name}_places",
        f"{measure.title} in {years.label(year)}, {figures.la_name} beside England, its region and its neighbours",
        (Column("Place"), Column("Kind"), count("Children"), number(measure, "Figure"), number(measure, "From"), number(measure, "To"),
         Column(f"{figures.la_name} is")),
        tuple(lines),
        (),
        f"{measure.source}; {figures.source}",
    )  # fmt: skip
    near = [(own, row) for role, own, row in places if role == "neighbours"]
    apart = [word for own, _ in near if (word := against(now, own, measure)) in ("higher", "lower", "better", "worse")]
    known = [own for own, _ in near if own]
    if not now or now.values["value"] is None:
        sentence = "There is no figure to compare."
    elif not known:
        sentence = "No statistical neighbour has a figure to compare with."
    else:
        of = wording.several(len(known), "statistical neighbour") + " with a figure"
        sentence = f"Clearly different from {len(apart)} of {of}" if apart else f"No clear difference from any of {of}"
        sentence += "; from the others it cannot be told." if apart and len(apart) < len(known) else "."
    chart = Chart(
        f"{measure.name}-beside",
        "dots",
        f"{measure.title} in {years.label(year)}, beside England and {wording.several(len(near), 'neighbour')}",
        f"Dot chart with 95% intervals where they are known. {sentence}",
        wording.axis(measure),
        tuple(marks),
        ((figures.la_name, "own"), *((TITLES[name], name) for name in TITLES)),
        table,
        ("England", float(england)) if england is not None else None,
    )
    drawn = chart if any(mark.value is not None for mark in marks) else None
    return Piece("places", "Beside other places", sentence, drawn, table, figures_marks(figures, measure, rows), behind=links)


KINDS = {"england": "nation", "region": "region", "neighbours": "statistical neighbour"}


def against(now: Row | None, other: Estimate | None, measure: Measure) -> str:
    """How the page's own figure stands to another place's, in a word."""
    if now is None or other is None or now.values["value"] is None:
        return "no figure"
    row = {**now.values, "it_value": other.amount, "it_low": other.low, "it_high": other.high}
    return wording.one_word(wording.standing(row, measure, "it"), measure)


# --- In the place of a measure that does not exist ---


def stand_in(figures: Figures, measure: Measure) -> Piece | None:
    """What stands in the measure's place in years that have none, named as such; None where nothing does."""
    if measure.name not in STAND_INS or figures.choice.filters or figures.choice.cohort not in ("", measure.cohort):
        return None
    from virtualschool.errors import WrongUse
    from virtualschool.reports import expecting

    try:
        told = figures.stand_in(measure.name)
    except WrongUse:
        return None
    rows = [row for row in told.rows if row["difference"] is not None]
    if not rows:
        return None
    chart = replace(expecting.differences_chart(told, rows, group="year"), name=f"{measure.name}-stand-in")
    said = [f"{row['year']}: {row['verdict']}" for row in rows]
    return Piece(
        "stand-in",
        told.about["title"],
        f"{measure.title} does not exist for these years. What stands here in its place is not {measure.title.lower()}: {'; '.join(said)}.",
        chart,
        chart.table,
        told.marks,
        told.notes,
        label="Stand-in",
        measure=measure.name,
    )

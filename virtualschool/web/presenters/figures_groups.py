"""A measure for groups of children in one year, each beside England's children of the same group."""

from typing import Any

from virtualschool import years
from virtualschool.benchmarks.request import FILTERS
from virtualschool.measures import Measure
from virtualschool.reports import wording
from virtualschool.reports.blocks import Chart, Column, Mark, Table
from virtualschool.web.presenters import behind
from virtualschool.web.presenters import figures_choice as choices
from virtualschool.web.presenters.figures_asked import Figures, Row, measure_of
from virtualschool.web.presenters.figures_pieces import Piece, beside, cell, count, group_words, mark_of, number, plain, standing
from virtualschool.web.presenters.figures_trend import figures_marks, limit, of_what

USUAL = ("sex", "sen", "placement_type")
"""What a measure is broken down by where nothing is chosen."""
MOST_ROWS = 40


def pieces(figures: Figures) -> list[Piece]:
    measure = measure_of(figures)
    if figures.choice.by:
        return [groups(figures, measure, figures.choice.by)]
    room = choices.MOST_COLUMNS - len(figures.choice.filters)
    columns = [name for name in USUAL if name not in figures.choice.filters] if figures.is_internal or room > 0 else []
    return [groups(figures, measure, (name,)) for name in columns]


def groups(figures: Figures, measure: Measure, by: tuple[str, ...]) -> Piece:
    year = figures.year
    rows = sorted(
        figures.rows([measure.name], str(year), by), key=lambda row: [place(name, value) for name, value in zip(by, row.group, strict=True)]
    )
    title = wording.listed([choices.label(name) for name in by])
    marks, lines, links = [], [], []
    for row in rows:
        name = group_words(by, row.group)
        values = row.values
        marks.append(mark_of(name, figures.la_name, row))
        if values.get("england_value") is not None:
            marks.append(Mark(name, "England", plain(values["england_value"]), plain(values["england_low"]), plain(values["england_high"])))
        lines.append(
            (name, cell(values, "pupils"), cell(values, "numerator"), cell(values, "denominator"), cell(values, "value"),
             *(cell(values, part) if values["value"] is None else limit(values, part) for part in ("low", "high")),
             beside(values, "england"), standing(row, measure))
        )  # fmt: skip
        shown = figures.is_internal and row.line.row["source"] == "pupils"
        group = list(zip(by, row.group, strict=True))
        links.append(behind.both(figures.choice, measure.name, year, group) if shown else ())
    table = Table(
        f"{measure.name}_by_{'_'.join(by)}",
        f"{measure.title} in {years.label(year)} by {title.lower()}, {figures.la_name}",
        (Column(title), count("Children"), of_what(measure, "numerator"), of_what(measure, "denominator"), number(measure, "Figure"),
         number(measure, "From"), number(measure, "To"), number(measure, "England"), Column("Beside England")),
        tuple(lines),
        (),
        f"{measure.source}; {figures.source}",
    )  # fmt: skip
    sentence = told(rows, measure, by)
    held = [row for row in rows if row.values["value"] is not None]
    with_england = any(mark.series == "England" for mark in marks)
    shown_in_chart = held and len(rows) <= MOST_ROWS
    chart = Chart(
        f"{measure.name}-by-{'-'.join(by)}",
        "dots",
        f"{measure.title} in {years.label(year)} by {title.lower()}",
        f"Dot chart with 95% intervals. {sentence}",
        wording.axis(measure),
        tuple(marks),
        ((figures.la_name, "own"), ("England", "england")),
        table,
    )
    notes = ["Groups are small: where two intervals overlap, it cannot be told whether the groups differ."]
    if figures.why_none_beside:
        notes.append(f"Nothing of England stands beside it. {figures.why_none_beside}")
    if held and not shown_in_chart:
        notes.append("So many groups cannot be read in a chart.")
    return Piece(
        f"by-{'-'.join(by)}",
        f"By {title.lower()}",
        sentence,
        chart if shown_in_chart else None,
        table,
        figures_marks(figures, measure, rows),
        notes,
        behind=links,
        more=[f"In the chart circles are {figures.la_name}, diamonds England's children of the same group."] if with_england else [],
    )


def place(column: str, value: Any) -> tuple:
    """Where a value stands among those of its column: in the order of its list, numbers by size, not known last."""
    listed = FILTERS[column].values
    if value is None or value == "not known":
        return (2, 0, "")
    text = str(value)
    if text in listed:
        return (0, listed.index(text), "")
    return (0, int(text), "") if text.isdigit() else (1, 0, text)


def told(rows: list[Row], measure: Measure, by: tuple[str, ...]) -> str:
    """Which groups stand apart from one another as far as their intervals tell, in a sentence."""
    held = [row for row in rows if row.values["value"] is not None and row.values["low"] is not None]
    if len(held) < 2:
        return "There are not two groups with a figure and an interval to compare."
    top, bottom = max(held, key=lambda row: row.values["value"]), min(held, key=lambda row: row.values["value"])
    pair = {**top.values, "it_value": bottom.values["value"], "it_low": bottom.values["low"], "it_high": bottom.values["high"]}
    if wording.standing(pair, measure, "it") != "above":
        return "No clear difference between the groups: chance alone could make the differences seen."
    high, low = group_words(by, top.group), group_words(by, bottom.group)
    amounts = [wording.amount(row.values["value"], measure) for row in (top, bottom)]
    return (
        f"Highest for {high} ({amounts[0]}) and lowest for {low} ({amounts[1]}), by more than chance alone would usually make of these two."
    )

"""All authorities: the funnel, ranks with their range, and how figures are spread. Everybody sees the same."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from typing import Any

from virtualschool import measures, years
from virtualschool.measures import Measure
from virtualschool.publish.rounding import rounded
from virtualschool.publish.told import Told
from virtualschool.reports import doubt_charts, wording
from virtualschool.reports.blocks import Cell, Chart, Column, Mark, Table
from virtualschool.web.presenters.figures_asked import Figures, measure_of
from virtualschool.web.presenters.figures_pieces import Piece, count, exact, number

BANDS = 12
TOO_FEW = "too few children"


def pieces(figures: Figures) -> list[Piece]:
    measure = measure_of(figures)
    funnelled, ranked = figures.funnel(measure.name), figures.funnel(measure.name, ranks=True)
    return [funnel(figures, measure, funnelled), ranks(figures, measure, ranked), spread(figures, measure, funnelled)]


def funnel(figures: Figures, measure: Measure, told: Told) -> Piece:
    chart = doubt_charts.funnel(told, figures.la)
    own = next((row for row in told.rows if row["la"] == figures.la), None)
    if not told.rows:
        sentence = told.notes[0] if told.notes else "No authority has a figure that may be shown."
    elif own is None:
        sentence = f"{figures.la_name} has no figure here that everybody may see."
    elif own["stands"] == TOO_FEW:
        sentence = f"{figures.la_name} has too few children for anything to be concluded."
    elif own["stands"] == "within":
        sentence = f"{figures.la_name} lies within the limits: no clear difference from England, given how many children it has."
    else:
        way, _, limit = own["stands"].partition(" ")
        sentence = (
            f"{figures.la_name} lies {way} the {limit} limit, so that it differs from England by more than chance would usually make."
        )
    if own and own.get("more_up") is not None:
        sentence += f" With {own['more_up']} more of its children counted in it, that would change."
    table = ordered(chart.table, figures.la_name)
    chart = replace(chart, table=table) if told.rows else None  # type: ignore[assignment]
    return Piece("funnel", "Given how many children each has", sentence, chart, table, told.marks, told.notes)


def ordered(table: Table, own: str) -> Table:
    """The table with the page's own authority first."""
    return replace(table, rows=tuple(sorted(table.rows, key=lambda row: row[0] != own)))


def ranks(figures: Figures, measure: Measure, told: Told) -> Piece:
    own = next((row for row in told.rows if row["la"] == figures.la), None)
    near = figures.neighbours(figures.year)
    shown = [row for row in told.rows if row["la"] == figures.la or row["la"] in near]
    if not told.rows:
        sentence = told.notes[0] if told.notes else "No ranks."
    elif own is None:
        sentence = f"{figures.la_name} has no figure here that everybody may see, and so no rank."
    else:
        sentence = (
            f"{figures.la_name} ranks about {own['rank']:.0f} of {len(told.rows)}; its rank could be anything from {own['rank_low']} to "
            f"{own['rank_high']}. The chance that it is in the lowest quarter is {100 * own['lowest_quarter']:.0f}%."
        )
    in_order = sorted(told.rows, key=lambda row: (row["rank"], row["la"]))
    table = Table(
        f"{measure.name}_ranks",
        f"{measure.title}: ranks of authorities with their range",
        (Column("Authority"), count("Children"), number(measure, "Figure"), number(measure, "Drawn in to England"), count("Rank"),
         count("Rank from"), count("Rank to"), Column("Chance of the lowest quarter", "%", 0)),
        tuple(rank_row(row) for row in sorted(in_order, key=lambda row: row["la"] != figures.la)),
        (),
        f"{measure.source}; {figures.source}",
    )  # fmt: skip
    series = ((figures.la_name, "own"), ("Statistical neighbours", "neighbours"))
    marks = tuple(
        Mark(row["la_name"], series[row["la"] != figures.la][0], row["rank"], row["rank_low"], row["rank_high"])
        for row in sorted(shown, key=lambda row: (row["la"] != figures.la, row["rank"]))
    )  # fmt: skip
    chart = Chart(
        f"{measure.name}-ranks",
        "dots",
        f"{measure.title}: rank with its range",
        f"Dot chart of ranks with the range that each could have. {sentence}",
        f"Rank of {len(told.rows)}, 1 is best" if measure.better != "neither" else f"Rank of {len(told.rows)}",
        marks,
        series,
        table,
    )
    return Piece("ranks", "Ranks and the range of each", sentence, chart if marks else None, table, told.marks, told.notes)


def whole(number: float) -> int:
    return int(rounded(Fraction(number), 0))


def rank_row(row: dict[str, Any]) -> tuple[Cell, ...]:
    share = whole(100 * row["lowest_quarter"])
    amounts = (exact(row["value"]), exact(row["shrunk"]))
    return (row["la_name"], row["pupils"], *amounts, whole(row["rank"]), row["rank_low"], row["rank_high"], share)


def spread(figures: Figures, measure: Measure, told: Told) -> Piece:
    """How many authorities have a figure in each band."""
    span = years.runs(told.about["years"])
    values = {row["la"]: row["value"] for row in told.rows}
    bands = bands_of(list(values.values()), measure)
    found = Counter(band_of(value, bands) for value in values.values())
    own = band_of(values[figures.la], bands) if figures.la in values else None
    names = [f"{wording.amount(low, measure)} to {wording.amount(high, measure)}" for low, high in bands]
    here = f", {figures.la_name}"
    marks = tuple(
        Mark(name, figures.la_name if at == own else "Authorities", found[at], 0, found[at], f"{found[at]}{here if at == own else ''}")
        for at, name in enumerate(names)
    )  # fmt: skip
    in_order = sorted(values.values())
    if in_order:
        middle, quarters = in_order[len(in_order) // 2], (in_order[len(in_order) // 4], in_order[(3 * len(in_order)) // 4])
        sentence = (
            f"Half of the {len(in_order)} authorities shown lie between {wording.amount(quarters[0], measure)} and "
            f"{wording.amount(quarters[1], measure)}; the middle one has {wording.amount(middle, measure)}."
        )
    else:
        sentence = "No authority has a figure that may be shown."
    rows = tuple((name, found[at], figures.la_name if at == own else "") for at, name in enumerate(names))
    table = Table(
        f"{measure.name}_spread",
        f"{measure.title}, {span}: authorities by their figure",
        (Column("From and up to"), count("Authorities"), Column("Where this authority is")),
        rows,
        (),
        f"{measure.source}; {figures.source}",
    )
    chart = Chart(
        f"{measure.name}-spread",
        "bars",
        f"{measure.title}, {span}: how authorities' figures are spread",
        f"Bar chart of how many authorities have a figure in each band. {sentence}",
        "Authorities",
        marks,
        ((figures.la_name, "for"), ("Authorities", "whole")),
        table,
    )
    return Piece("spread", "How figures are spread", sentence, chart if in_order else None, table, told.marks)


def bands_of(values: list[float], measure: Measure) -> list[tuple[float, float]]:
    """Bands of equal width with round ends that hold all values."""
    if not values:
        return []
    low, high = min(values), max(values)
    smallest = 10.0**-measure.decimals
    steps = (size * 10.0**power for power in range(-4, 7) for size in (1, 2, 5))
    step = next((one for one in steps if one >= smallest and (high - low) / one <= BANDS), 1.0)
    first = int(low // step)
    last = int(high // step)
    return [(at * step, (at + 1) * step) for at in range(first, last + 1)]


def band_of(value: float, bands: list[tuple[float, float]]) -> int:
    return next((at for at, (low, high) in enumerate(bands) if low <= value < high), len(bands) - 1)


def title(name: str) -> str:
    return measures.named(name).title

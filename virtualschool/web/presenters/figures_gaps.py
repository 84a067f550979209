"""The gap to other children over the years, and whether it is narrowing: yes, no, or cannot tell."""

from virtualschool import years
from virtualschool.measures import Measure
from virtualschool.publish.told import Told
from virtualschool.reports import wording
from virtualschool.reports.blocks import Chart, Column, Mark, Table
from virtualschool.web.presenters.figures_asked import Figures, measure_of, span
from virtualschool.web.presenters.figures_pieces import Piece, cell, count, exact, number, plain

OTHERS = {"all_pupils": "all pupils", "not_looked_after": "pupils who are not looked after", "children_in_need": "children in need"}


def pieces(figures: Figures) -> list[Piece]:
    """A piece for each other population that has a figure; one that says why where none has."""
    measure = measure_of(figures)
    told = figures.gaps(measure.name, span(figures), list(OTHERS))
    made = [gap(figures, measure, told, other) for other in OTHERS]
    found = [piece for piece in made if piece.chart]
    return found or made[:1]


def gap(figures: Figures, measure: Measure, told: Told, other: str) -> Piece:
    rows = [row for row in told.rows if row["other"] == other]
    held = [row for row in rows if row["gap"] is not None]
    words = OTHERS[other]
    table = Table(
        f"{measure.name}_gap_{other}",
        f"{measure.title}: {figures.la_name} beside {words} in England",
        (Column("School year"), count("Children"), number(measure, "Figure"), number(measure, f"{words[:1].upper()}{words[1:]}"),
         number(measure, "Gap"), number(measure, "From"), number(measure, "To"), Column("Counts in the answer")),
        tuple(
            (years.label(row["year"]), cell(row, "pupils"), cell(row, "value"), amount(row["other_value"]), amount(row["gap"]),
             amount(row["gap_low"]), amount(row["gap_high"]), "yes" if row["used"] else "no")
            for row in rows
        ),
        (),
        f"{measure.source}; {figures.source}",
    )  # fmt: skip
    sentence, more = answer(measure, rows, held, words)
    series = "Gap"
    chart = Chart(
        f"{measure.name}-gap-{other}",
        "trend",
        f"Gap to {words}: is it narrowing?",
        f"Line chart of the gap by year. {sentence}",
        {"percent": "Percentage points"}.get(measure.unit, wording.axis(measure)),
        tuple(Mark(str(row["year"]), series, plain(row["gap"]), plain(row["gap_low"]), plain(row["gap_high"])) for row in rows),
        ((series, "own"),),
        table,
    )
    return Piece(
        f"gap-{other.replace('_', '-')}", f"Gap to {words}", sentence, chart if held else None, table, told.marks, told.notes, more=more
    )


def answer(measure: Measure, rows: list, held: list, words: str) -> tuple[str, list[str]]:
    """Whether the gap is narrowing, and what is known of the newest one."""
    if not held:
        return f"There is no figure of {words} to set beside it.", []
    last = held[-1]
    narrowing = last["narrowing"]
    said = {"yes": "The gap is narrowing.", "no": "The gap is growing.", "cannot tell": "It cannot be told whether the gap is narrowing."}
    sentence = f"{said[narrowing]} {wording.sentence(last['why'])}"
    more = []
    if last["change"] is not None and last["since"]:
        more.append(
            f"From {last['since']} to {last['until']} its size changed by {wording.number(last['change'], measure.decimals)} "
            f"({wording.number(last['change_low'], measure.decimals)} to {wording.number(last['change_high'], measure.decimals)})."
        )
    clear = last["gap_low"] is not None and (last["gap_low"] > 0 or last["gap_high"] < 0)
    size = wording.gap(last["gap"], measure)
    more.append(
        f"In {years.label(last['year'])} these children were {size} {'above' if last['gap'] > 0 else 'below'} {words}."
        if clear
        else f"In {years.label(last['year'])} there was no clear difference from {words}."
    )
    return sentence, more


def amount(value):
    return "x" if value is None else exact(value)

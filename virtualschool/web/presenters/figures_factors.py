"""What was expected of children like these beside what was observed, and what makes the most difference, cause or not."""

from dataclasses import replace

from virtualschool import measures
from virtualschool.errors import WrongUse
from virtualschool.measures import Measure
from virtualschool.model.modelled import MODELLED
from virtualschool.publish import modelling
from virtualschool.publish.told import Told
from virtualschool.reports import expecting, wording
from virtualschool.reports.blocks import Table
from virtualschool.web.presenters.figures_asked import Figures, measure_of
from virtualschool.web.presenters.figures_pieces import Piece

TITLES = {
    "who": "What makes the most difference: who the children are and their care history",
    "all": "With what happened too: absence, suspension, moves, which may be consequences of other things",
}


def pieces(figures: Figures) -> list[Piece]:
    """Observed against expected, and the effects, without and with what happened. Empty for a measure without a model."""
    measure = measure_of(figures)
    if measure.name not in MODELLED:
        return []
    made = []
    for make, adjusted in ((against_expected, "who"), (effects, "who"), (effects, "all")):
        try:
            made.append(make(figures, measure, adjusted))
        except WrongUse as fault:
            title = TITLES[adjusted] if make is effects else "Observed against expected"
            made.append(nothing(f"{make.__name__.replace('_', '-')}-{adjusted}", title, str(fault)))
    return made


def modelled_measures() -> list[Measure]:
    return [measures.named(name) for name in MODELLED]


def nothing(name: str, title: str, why: str) -> Piece:
    return Piece(name, f"{title}: no model", why, None, Table(name, "", (), ()))


def against_expected(figures: Figures, measure: Measure, adjusted: str) -> Piece:
    told = figures.expected(measure.name, adjusted)
    rows = [row for row in told.rows if row["difference"] is not None]
    name = "against-expected"
    if not rows:
        return nothing(name, "Observed against expected", told.notes[0] if told.notes else "There is nothing to compare.")
    chart = replace(expecting.differences_chart(told, rows), name=f"{measure.name}-expected")
    said = []
    for row in rows:
        of = f" ({row['starting_point']})" if row.get("starting_point") and len(rows) > 1 else ""
        observed, wanted = wording.amount(row["observed"], measure), wording.amount(row["expected"], measure)
        said.append(f"{row['years']}{of}: {observed} observed, {wanted} expected of children like these: {row['verdict']}.")
    causes = modelling.beside("expected", but="without consequences")
    notes = [note for note in told.notes if note not in causes]
    return Piece(name, "Observed against expected", " ".join(said), chart, chart.table, told.marks, notes, causes=causes)


def effects(figures: Figures, measure: Measure, adjusted: str) -> Piece:
    told: Told = figures.factors(measure.name, adjusted)
    name = f"effects-{adjusted}"
    if not told.rows:
        return nothing(name, TITLES[adjusted], told.notes[0] if told.notes else "There is no model.")
    chart = replace(expecting.effects_chart(told), name=f"{measure.name}-{name}")
    clear = [row for row in told.rows if row["clear"]][:3]
    sentence = (
        "What goes with the greatest differences: "
        + "; ".join(f"{row['title'].lower()} ({row['says'].rstrip('.').lower()})" for row in clear)
        if clear
        else "No factor goes with a difference that is clear"
    )
    more = [f"{row['title']}. {row['says']} {row['can_say']}" for row in told.rows]
    causes = modelling.beside("factors")
    notes = [note for note in told.notes if note not in causes]
    return Piece(name, TITLES[adjusted], f"{sentence}.", chart, chart.table, told.marks, notes, more=more, causes=causes)

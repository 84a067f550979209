"""What was expected of children like these beside what was observed, and what makes the most difference, cause or not."""

from dataclasses import replace

from virtualschool import measures
from virtualschool.errors import WrongUse
from virtualschool.measures import Measure
from virtualschool.model.modelled import MODELLED
from virtualschool.publish.told import Told
from virtualschool.reports import expecting, wording
from virtualschool.reports.blocks import Table
from virtualschool.web.presenters.figures_asked import Figures, measure_of
from virtualschool.web.presenters.figures_pieces import Piece

WORDS_OF = {
    "who": "without what happened in the years modelled (absence, suspension, moves), which may be consequences of other things",
    "all": "with everything, absence, suspension and moves too",
}


def pieces(figures: Figures, adjusted: str = "who") -> list[Piece]:
    """Observed against expected, and the effects. `adjusted` is who or all. Empty for a measure without a model."""
    measure = measure_of(figures)
    if measure.name not in MODELLED:
        return []
    made = []
    for make in (against_expected, effects):
        try:
            made.append(make(figures, measure, adjusted))
        except WrongUse as fault:
            made.append(nothing(make.__name__.replace("_", "-"), str(fault)))
    return made


def modelled_measures() -> list[Measure]:
    return [measures.named(name) for name in MODELLED]


def nothing(name: str, why: str) -> Piece:
    return Piece(name, "No model", why, None, Table(name, "", (), ()))


def against_expected(figures: Figures, measure: Measure, adjusted: str) -> Piece:
    told = figures.expected(measure.name, adjusted)
    rows = [row for row in told.rows if row["difference"] is not None]
    name = "against-expected"
    if not rows:
        return nothing(name, told.notes[0] if told.notes else "There is nothing to compare.")
    chart = replace(expecting.differences_chart(told, rows), name=f"{measure.name}-expected")
    said = []
    for row in rows:
        of = f" ({row['starting_point']})" if row.get("starting_point") and len(rows) > 1 else ""
        observed, wanted = wording.amount(row["observed"], measure), wording.amount(row["expected"], measure)
        said.append(f"{row['years']}{of}: {observed} observed, {wanted} expected of children like these: {row['verdict']}.")
    return Piece(name, "Observed against expected", " ".join(said), chart, chart.table, told.marks, told.notes)


def effects(figures: Figures, measure: Measure, adjusted: str) -> Piece:
    told: Told = figures.factors(measure.name, adjusted)
    name = "effects"
    if not told.rows:
        return nothing(name, told.notes[0] if told.notes else "There is no model.")
    chart = replace(expecting.effects_chart(told), name=f"{measure.name}-effects")
    clear = [row for row in told.rows if row["clear"]][:3]
    sentence = (
        "What goes with the greatest differences: "
        + "; ".join(f"{row['title'].lower()} ({row['says'].rstrip('.').lower()})" for row in clear)
        if clear
        else "No factor goes with a difference that is clear"
    )
    more = [f"{row['title']}. {row['says']} {row['can_say']}" for row in told.rows]
    return Piece(name, "What makes the most difference", f"{sentence}.", chart, chart.table, told.marks, told.notes, more=more)

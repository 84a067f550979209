"""What makes the most difference: the effects of one model as they may leave, the greatest first, with the checks of the model.

What is told is not entered in the ledger of releases: slopes of a model of all children together, with numbers of children rounded to ten,
can be subtracted from no figure of a group.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from virtualschool import years
from virtualschool.errors import unknown
from virtualschool.measures import Measure
from virtualschool.model.factors import words as factor_words
from virtualschool.model.modelled import MODELLED, START_WORDS
from virtualschool.publish.modelling import (
    ADJUSTED_WORDS,
    about_measure,
    beside,
    fits_of,
    marks,
    modelled,
    number,
    refuse_years_not_held,
    shown,
    unit_of,
)
from virtualschool.publish.rounding import rounded
from virtualschool.publish.told import Told
from virtualschool.store import Snapshot

PART_WORDS = {"who": "who the child is", "care": "care history", "happened": "what happened"}


def factors_told(
    snapshot: Snapshot, name: str, adjusted: str = "all", start: str | None = None, audience: str = "public", year: int | None = None
) -> Told:
    """The effects of one model, the greatest first, with the checks of the model.

    `adjusted` is who or all; `start` or `year` chooses among the models of different years. Raises WrongUse for what there is none of.
    """
    measure = modelled(name)
    if adjusted not in ADJUSTED_WORDS:
        raise unknown("Model", adjusted, ADJUSTED_WORDS)
    engine = snapshot.engine()
    fits = [fit for fit in fits_of(snapshot, engine, name) if fit["adjusted"] == adjusted]
    if start is not None and start not in {fit["start"] for fit in fits}:
        raise unknown("Starting point", start, {fit["start"] for fit in fits})
    if year is not None:
        refuse_years_not_held(engine, [year])
        fits = [fit for fit in fits if str(year) in (fit["years"] or "").split()]
    fit = next((fit for fit in fits if start is None or fit["start"] == start), None)
    said = marks(snapshot, audience, {"command": "factors", "measures": [name], "model": adjusted})
    about = about_measure(measure, engine) | {"model": adjusted, "adjusted_for": ADJUSTED_WORDS[adjusted]}
    if fit is None or fit["why_not"]:
        why = fit["why_not"] if fit else "No model is of this year." if year else "The store holds no children who count in it."
        return Told([], said, [why], about | ({"years": fit["years"]} if fit else {}))
    key = [name, fit["start"], adjusted]
    effects = engine.rows("SELECT * FROM model_effects WHERE measure = ? AND start = ? AND adjusted = ? ORDER BY place", key)
    checks = engine.rows("SELECT * FROM model_checks WHERE measure = ? AND start = ? AND adjusted = ? ORDER BY place", key)
    inflation = {row["part"]: row["value"] for row in checks if row["name"] == "collinearity"}
    ranked = sorted((effect_row(measure, effect, inflation, audience) for effect in effects), key=order)
    rows = [{"place": place, **row} for place, row in enumerate(ranked, start=1)]
    notes = [*beside("factors"), *about_the_fit(measure, fit, checks, audience)]
    notes.append(f"By chance alone about one in twenty effects looks clear that is not: one, perhaps, of these {len(rows)}.")
    return Told(rows, said, notes, about | in_figures(measure, fit, checks, audience))


def effect_row(measure: Measure, effect: dict, inflation: dict, audience: str) -> dict[str, Any]:
    words = factor_words()[effect["factor"]]
    size, error, typical = (Fraction(effect[part]) for part in ("effect", "error", "typical"))
    decimals = measure.decimals + 1
    low, high = size - Fraction("1.96") * error, size + Fraction("1.96") * error
    clear = low > 0 or high < 0
    return {
        "factor": effect["factor"],
        "title": words["title"],
        "unit": words["unit"],
        "part": PART_WORDS[words["part"]],
        "effect": shown(size, decimals),
        "low": shown(low, decimals),
        "high": shown(high, decimals),
        "clear": clear,
        "typical": shown(typical, 1),
        "typical_effect": shown(size * typical, decimals),
        "typical_low": shown(low * typical, decimals),
        "typical_high": shown(high * typical, decimals),
        "children": number(effect["children"], audience),
        "inflation": shown(inflation.get(effect["factor"]), 1),
        "says": sentence(measure, words, size, low, high, clear, decimals),
        "can_say": words["can_say"],
    }


def sentence(measure: Measure, words: dict, size: Fraction, low: Fraction, high: Fraction, clear: bool, decimals: int) -> str:
    """What the effect says, in plain words."""
    ends = sorted((abs(low), abs(high)))
    amount = lambda value: f"{rounded(value, decimals):f}"  # noqa: E731
    unit = unit_of(measure) if measure.unit != "score" else "of the score"
    if not clear:
        return f"Cannot tell: {amount(low)} to {amount(high)} {unit}, {words['unit']}."
    return f"{'Higher' if size > 0 else 'Lower'} by {amount(abs(size))} ({amount(ends[0])} to {amount(ends[1])}) {unit}, {words['unit']}."


def order(row: dict[str, Any]) -> tuple:
    """What is clear first, and the greatest first between a child with much of it and one with little."""
    return not row["clear"], -abs(row["typical_effect"]), row["factor"]


def in_figures(measure: Measure, fit: dict, checks: Sequence[dict], audience: str) -> dict[str, Any]:
    """The model in figures, JSON-ready."""
    found = {(row["name"], row["part"]): row for row in checks}
    error = found.get(("out of sample", "error of one child's prediction"))
    foretold = found.get(("out of sample", "share of the spread foretold"))
    decimals = measure.decimals + 1
    within, between = fit["within"], fit["between"]
    variance = within * within + between * between if between is not None else None
    influence = next((row for row in checks if row["name"] == "influence"), None)
    return {
        "start": fit["start"],
        "starting_point": START_WORDS.get(fit["start"], fit["start"]),
        "years": fit["years"],
        "children": number(fit["children"], audience),
        "authorities": fit["authorities"],
        "method": fit["method"],
        "converged": fit["converged"],
        "spread": shown(fit["spread"], decimals),
        "within": shown(within, decimals),
        "between": shown(between, decimals),
        "shared_between_authorities": shown(Fraction(between * between) / Fraction(variance), 3) if variance else None,
        "explained": shown(fit["explained"], 3),
        "out_of_sample_error": shown(error["value"], decimals) if error else None,
        "out_of_sample_foretold": shown(foretold["value"], 3) if foretold else None,
        "most_moved_by_leaving_one_authority_out": shown(influence["value"], 2) if influence and fit["method"] == "multilevel" else None,
        "not_shown": [name for name in (fit["not_shown"] or "").split(";") if name],
        "unknown": unknown_counts(fit, audience),
        "checks": [check_row(measure, row, audience) for row in checks if row["name"] != "influence of"],
    }


def unknown_counts(fit: dict, audience: str) -> dict[str, int | None]:
    pairs = (pair.partition("=") for pair in (fit["unknown"] or "").split(";") if pair)
    return {name: number(int(count), audience) for name, _, count in pairs}


def check_row(measure: Measure, row: dict, audience: str) -> dict[str, Any]:
    return {
        "check": row["name"],
        "part": row["part"],
        "value": shown(row["value"], 3),
        "beside": shown(row["beside"], 3),
        "children": number(row["children"], audience),
    }


def about_the_fit(measure: Measure, fit: dict, checks: Sequence[dict], audience: str) -> list[str]:
    """What a reader must know of the model, in sentences."""
    figures = in_figures(measure, fit, checks, audience)
    lines = [
        f"The model is of {figures['children']:,} results of {years.runs(map(int, fit['years'].split()))}, each adjusted for "
        + ADJUSTED_WORDS[fit["adjusted"]]
        + f". Starting point: {figures['starting_point']}."
    ]
    if fit["start"] == "none" and MODELLED[measure.name].starts:
        lines.append("No starting point is known for these years, so what the children could do before is in every number.")
    if fit["method"] == "multilevel":
        share = figures["shared_between_authorities"] or 0.0
        lines.append(
            f"Authorities share {100 * share:.1f}% of what the model does not explain; the rest lies between children of one authority."
        )
    else:
        lines.append(f"With {fit['authorities']} authorities a spread between them cannot be seen: each has its own level in the model.")
    if figures["out_of_sample_foretold"] is not None:
        foretold, error, spread = (figures[name] for name in ("out_of_sample_foretold", "out_of_sample_error", "spread"))
        lines.append(
            f"Of the spread among children it has not seen it foretells {100 * foretold:.0f}%. "
            f"For one child it errs by {error} where results spread by {spread}, so it says little of any one child."
        )
    if not fit["converged"]:
        lines.append("The fitting did not come to its end as it should; take the numbers with care.")
    if figures["not_shown"]:
        lines.append(f"In the model but not shown, for they rest on fewer than 11 children: {', '.join(figures['not_shown'])}.")
    if figures["unknown"]:
        told = ", ".join(f"{name} of {count:,}" for name, count in figures["unknown"].items() if count)
        lines.append(f"Not known, and kept apart in the model as such: {told}.") if told else None
    return lines

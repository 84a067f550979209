"""What models of expected values and their stand-ins share at the door: marks, numbers of children, and which fits a store has.

Nothing is said of fewer than 11 children, and numbers of children are rounded to ten for the public.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from virtualschool import codes, measures, places, years
from virtualschool.errors import WrongUse, unknown
from virtualschool.measures import Measure
from virtualschool.model.modelled import MODELLED
from virtualschool.outcomes.national import invented
from virtualschool.publish import AUDIENCES, internal
from virtualschool.publish.rounding import rounded, to_nearest
from virtualschool.store import Engine, Snapshot

Z = 1.96
ADJUSTED_WORDS = {
    "who": "who the children are and their care history",
    "all": "who the children are, their care history, and what happened in care and school",
}
ABOVE, BELOW, CANNOT_TELL = "above what was expected", "below what was expected", "cannot tell"
OLD = "The store was built before models were kept."


def beside(where: str, but: str = "") -> list[str]:
    """What is said beside every table of a kind: what is a cause and what is not. `but` names what does not hold of this one."""
    return [row["text"] for row in codes.load("model_words") if row["where"] in (where, "all") and row["name"] != but]


def unit_of(measure: Measure) -> str:
    return "percentage points" if measure.unit == "percent" else "points" if measure.unit == "points" else "score"


def shown(value: Any, decimals: int) -> float | None:
    return (
        None
        if value is None
        else float(rounded(Fraction(value if isinstance(value, Fraction | Decimal | int) else Decimal(repr(value))), decimals))
    )


ROUNDED = "Public: nothing is said of fewer than 11 children, and numbers of children are rounded to ten."
HIDDEN_AS_FIGURES = "Public: nothing is said of fewer than 11 children, nor where the figure itself is hidden."


def marks(snapshot: Snapshot, audience: str, asked: dict[str, Any], public: str = ROUNDED, who: str = "") -> list[str]:
    """What the output bears; what is internal is logged."""
    if audience not in AUDIENCES:
        raise unknown("Audience", audience, AUDIENCES)
    if audience != "internal":
        return [public]
    internal.note_down(snapshot.store.path / "records" / "internal.log", {**({"who": who} if who else {}), **asked})
    return [internal.mark(who)]


def number(count: int | None, audience: str) -> int | None:
    return count if count is None or audience == "internal" else to_nearest(Fraction(count), 10)


def fits_of(snapshot: Snapshot, engine: Engine, measure: str) -> list[dict]:
    """The fits of a measure, those with a starting point first. Raises WrongUse where the store is older than its models."""
    if not snapshot.has("model_fits"):
        raise WrongUse("Models", OLD, "Build the store again: virtualschool build STORE --from PATH")
    rows = engine.rows("SELECT * FROM model_fits WHERE measure = ? ORDER BY start, adjusted", [measure])
    return sorted(rows, key=lambda row: (row["start"] == "none", -int((row["years"] or "0").split()[-1])))


def modelled(name: str) -> Measure:
    measure = measures.named(name)
    if name not in MODELLED:
        raise WrongUse(f"Measure '{name}'", "it has no model.", f"These have: {', '.join(MODELLED)}. Or: --method groups")
    return measure


def refuse_years_not_held(engine: Engine, wanted: Sequence[int]) -> None:
    """Raises WrongUse where the store holds nothing for any of the years."""
    held = [row["year"] for row in engine.rows("SELECT DISTINCT year FROM facts ORDER BY year")]
    if not set(held).intersection(wanted):
        do = f"It holds {years.runs(held)}." if held else "Build it from returns and education files."
        raise WrongUse(f"Year {years.runs(wanted)}", "the store holds nothing for it.", do)


def authority(engine: Engine, text: str) -> str:
    return "england" if text.strip().casefold() == "england" else places.of(engine).authority(text.strip()).la


def about_measure(measure: Measure, engine: Engine) -> dict[str, Any]:
    """What is true of every row about a measure; `invented` says that no real child is in the store."""
    told = {"measure": measure.name, "title": measure.title, "unit": unit_of(measure), "better": measure.better}
    return told | {"invented": invented(engine)}

"""What authorities' children attained against what is expected of children like them, as it may leave.

What was observed is the figure itself, so a row stands only where the figure passed the door, and over several years only where each
of them did.
"""

import math
from collections.abc import Sequence
from typing import Any

from virtualschool import measures, places, years
from virtualschool.errors import unknown
from virtualschool.measures import Measure
from virtualschool.model import standardised
from virtualschool.model.modelled import START_WORDS
from virtualschool.publish.modelling import (
    ABOVE,
    ADJUSTED_WORDS,
    BELOW,
    CANNOT_TELL,
    Z,
    about_measure,
    authority,
    beside,
    fits_of,
    marks,
    modelled,
    number,
    shown,
)
from virtualschool.publish.passed import passed
from virtualschool.publish.told import Told
from virtualschool.store import Engine, Snapshot


def expected_told(
    snapshot: Snapshot,
    name: str,
    *,
    la: str = "all",
    year: str | None = None,
    method: str = "model",
    by: Sequence[str] = (),
    adjusted: str = "who",
    audience: str = "public",
) -> Told:
    """A row for each authority and year, or all years of a model together where no year is named: observed, expected and range."""
    engine = snapshot.engine()
    if method not in ("model", "groups"):
        raise unknown("Method", method, ("model", "groups"))
    measure = modelled(name) if method == "model" else measures.named(name)
    if adjusted not in ADJUSTED_WORDS:
        raise unknown("Model", adjusted, ADJUSTED_WORDS)
    wanted = years.span(year) if year is not None else None
    chosen = None if la.casefold() == "all" else {authority(engine, part) for part in la.split(",") if part.strip()}
    said = marks(snapshot, audience, {"command": "expected", "measures": [name], "la": la, "years": year or "all"})
    found, why, about = from_model(engine, measure, adjusted, wanted) if method == "model" else from_groups(engine, measure, by, wanted)
    known = places.of(engine)
    seen = passing(snapshot, measure, sorted({each for row in found for each in row["years"]}), audience) if found else set()
    rows = []
    for row in found:
        if chosen is not None and row["la"] not in chosen:
            continue
        rows.append(against(measure, row, known, audience, all((row["la"], each) in seen for each in row["years"])))
    notes = [*([why] if why else []), *beside("expected")]
    if len(rows) > 20:
        notes.append(f"By chance alone about one in twenty stands outside its range: some {len(rows) // 20} of these {len(rows)}.")
    return Told(rows, said, notes, about_measure(measure) | {"method": method} | about)


def from_model(engine: Engine, measure: Measure, adjusted: str, wanted: Sequence[int] | None) -> tuple[list[dict], str, dict]:
    fits = [fit for fit in fits_of(engine, measure.name) if fit["adjusted"] == adjusted]
    by_start = {fit["start"]: fit for fit in fits}
    rows = []
    for row in engine.rows(
        "SELECT * FROM model_places WHERE measure = ? AND adjusted = ? AND grouped_by IS NULL ORDER BY start, year, la NULLS FIRST",
        [measure.name, adjusted],
    ):
        if (row["year"] == 0) != (wanted is None) or (wanted is not None and row["year"] not in wanted):
            continue
        fit = by_start[row["start"]]
        within, between = float(fit["within"]), float(fit["between"] or 0)
        of = tuple(map(int, fit["years"].split())) if row["year"] == 0 else (row["year"],)
        noise = within**2 / row["children"]
        share = between**2 / (between**2 + noise) if between else 0.0
        rows.append(
            {
                "la": row["la"] or "england",
                "years": of,
                "starting_point": START_WORDS.get(row["start"], row["start"]),
                "children": row["children"],
                "observed": float(row["observed"]),
                "expected": float(row["expected"]),
                "error": math.sqrt(noise + float(row["error"]) ** 2),
                "share": share if row["la"] else None,
                "left_over": math.sqrt(between**2 * (1 - share)),
            }
        )
    whys = list(dict.fromkeys(fit["why_not"] for fit in fits if fit["why_not"]))
    if not rows and not whys:
        whys = [
            "Authorities are set beside what is expected where the store holds children of ten authorities and more; "
            "for fewer, ask with --method groups."
        ]
    return rows, " ".join(whys), {"model": adjusted, "adjusted_for": ADJUSTED_WORDS[adjusted]}


def from_groups(engine: Engine, measure: Measure, by: Sequence[str], wanted: Sequence[int] | None) -> tuple[list[dict], str, dict]:
    held = [row["year"] for row in engine.rows("SELECT DISTINCT year FROM facts ORDER BY year")]
    asked = [each for each in (wanted or held[-5:]) if measure.exists_for(each)]
    found, why = standardised.standardised(engine, measure, asked, by)
    several = len({row.year for row in found if row.year}) > 1
    scale = 100 if measure.unit == "percent" else 1
    rows = [
        {
            "la": row.la,
            "years": row.years,
            "starting_point": "",
            "children": row.children,
            "observed": float(row.observed * scale),
            "expected": float(row.expected * scale),
            "error": row.error * scale,
            "share": None,
            "left_over": 0.0,
        }
        for row in found
        if row.children >= standardised.FEWEST and (row.year != 0 if wanted is not None or not several else row.year == 0)
    ]
    columns = standardised.columns_for(measure, by)
    return rows, why, {"by": list(columns), "reference": found[0].reference if found else ""}


def passing(snapshot: Snapshot, measure: Measure, wanted: Sequence[int], audience: str) -> set[tuple[str, int]]:
    """The authorities and years whose figure passed the door; England is `england`."""
    span = f"{min(wanted)}-{max(wanted)}" if wanted else None
    found: set[tuple[str, int]] = set()
    for la in ("all", "england"):
        for line in passed(snapshot, [measure.name], audience, la=la, year=span, source="pupils").lines:
            if line.own is not None:
                found.add((line.cell.place.code if la == "all" else "england", line.cell.year))
    return found


def against(measure: Measure, row: dict, known: places.Places, audience: str, is_shown: bool) -> dict[str, Any]:
    """One row as it may leave; of one that is hidden, nothing but whose it is."""
    decimals = measure.decimals
    head = {
        "measure": measure.name,
        "la": row["la"],
        "la_name": "England" if row["la"] == "england" else known.name(row["la"]),
        "years": years.runs(row["years"]),
        "starting_point": row["starting_point"],
    }
    if not is_shown:
        return head | dict.fromkeys(COLUMNS) | {"symbol": "c", "verdict": ""}
    difference, half = row["observed"] - row["expected"], Z * row["error"]
    low, high = difference - half, difference + half
    shrunk = row["share"] * difference if row["share"] is not None else None
    spare = Z * row["left_over"]
    return head | {
        "children": number(row["children"], audience),
        "observed": shown(row["observed"], decimals),
        "expected": shown(row["expected"], decimals),
        "range_low": shown(row["expected"] - half, decimals),
        "range_high": shown(row["expected"] + half, decimals),
        "difference": shown(difference, decimals),
        "low": shown(low, decimals),
        "high": shown(high, decimals),
        "reliability": shown(row["share"], 2),
        "shrunk": shown(shrunk, decimals),
        "shrunk_low": shown(shrunk - spare, decimals) if shrunk is not None else None,
        "shrunk_high": shown(shrunk + spare, decimals) if shrunk is not None else None,
        "symbol": "",
        "verdict": ABOVE if low > 0 else BELOW if high < 0 else CANNOT_TELL,
    }


COLUMNS = (
    "children",
    "observed",
    "expected",
    "range_low",
    "range_high",
    "difference",
    "low",
    "high",
    "reliability",
    "shrunk",
    "shrunk_low",
    "shrunk_high",
)

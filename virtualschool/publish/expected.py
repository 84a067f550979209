"""What authorities' children attained against what is expected of children like them, as it may leave.

What was observed is the figure itself, so a row stands only where the figure passed the door; over several years, only where every
year's did, or the years that did not might be shown together.
"""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from virtualschool import measures, places, years
from virtualschool.benchmarks.figure import Sums
from virtualschool.errors import unknown
from virtualschool.measures import Measure
from virtualschool.model import standardised
from virtualschool.model.design import FEWEST
from virtualschool.model.modelled import START_WORDS
from virtualschool.publish.hiding import HIDDEN, rule
from virtualschool.publish.modelling import (
    ABOVE,
    ADJUSTED_WORDS,
    BELOW,
    CANNOT_TELL,
    HIDDEN_AS_FIGURES,
    Z,
    about_measure,
    authority,
    beside,
    fits_of,
    marks,
    modelled,
    number,
    refuse_years_not_held,
    shown,
)
from virtualschool.publish.passed import Asking, passed
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
    release_as: str = "",
    who: str = "",
    asking: Asking | None = None,
) -> Told:
    """A row for each authority and year, or all years of a model together where no year is named: observed, expected and range.

    With `release_as` the figures it was worked out from are entered in the ledger under that name.
    """
    engine = snapshot.engine()
    if method not in ("model", "groups"):
        raise unknown("Method", method, ("model", "groups"))
    measure = modelled(name) if method == "model" else measures.named(name)
    if adjusted not in ADJUSTED_WORDS:
        raise unknown("Model", adjusted, ADJUSTED_WORDS)
    wanted = years.span(year) if year is not None else None
    if wanted is not None:
        refuse_years_not_held(engine, wanted)
    chosen = None if la.casefold() == "all" else {authority(engine, part) for part in la.split(",") if part.strip()}
    said = marks(snapshot, audience, {"command": "expected", "measures": [name], "la": la, "years": year or "all"}, HIDDEN_AS_FIGURES, who)
    found, why, about = (
        from_model(snapshot, engine, measure, adjusted, wanted) if method == "model" else from_groups(engine, measure, by, wanted)
    )
    known = places.of(engine)
    seen = (
        passing(snapshot, measure, sorted({each for row in found for each in row["years"]}), audience, release_as, asking, who)
        if found
        else {}
    )
    # All children of England are what is expected of all of them, so that row says nothing and stands only where it is asked for.
    rows = [
        against(measure, row, known, audience, may_be_seen(measure, row, seen))
        for row in found
        if (row["la"] != "england" if chosen is None else row["la"] in chosen)
    ]
    notes = [*([why] if why else []), *beside("expected", but="" if method == "model" and adjusted == "who" else "without consequences")]
    if len(rows) > 20:
        notes.append(f"By chance alone about one in twenty stands outside its range: some {len(rows) // 20} of these {len(rows)}.")
    return Told(rows, said, notes, about_measure(measure, engine) | {"method": method} | about)


def from_model(
    snapshot: Snapshot, engine: Engine, measure: Measure, adjusted: str, wanted: Sequence[int] | None
) -> tuple[list[dict], str, dict]:
    fits = [fit for fit in fits_of(snapshot, engine, measure.name) if fit["adjusted"] == adjusted]
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
        if row.children >= FEWEST and (row.year != 0 if wanted is not None or not several else row.year == 0)
    ]
    columns = standardised.columns_for(measure, by)
    return rows, why, {"by": list(columns), "reference": found[0].reference if found else ""}


def passing(
    snapshot: Snapshot,
    measure: Measure,
    wanted: Sequence[int],
    audience: str,
    release_as: str = "",
    asking: Asking | None = None,
    who: str = "",
) -> dict[tuple[str, int], Sums]:
    """What the figures that passed the door are made of, by authority and year; England is `england`."""
    span = f"{min(wanted)}-{max(wanted)}" if wanted else None
    found: dict[tuple[str, int], Sums] = {}
    asking = asking or Asking(snapshot, audience, release_as, "expected")
    for la in ("all", "england"):
        for line in passed(snapshot, [measure.name], audience, asking=asking, who=who, la=la, year=span, source="pupils").lines:
            if line.own is not None and line.cell.sums is not None:
                found[line.cell.place.code if la == "all" else "england", line.cell.year] = line.cell.sums
    asking.enter()
    return found


def may_be_seen(measure: Measure, row: dict, seen: Mapping[tuple[str, int], Sums]) -> bool:
    """Whether a row may be shown: its figure was, or of several years so many that the rest, taken together, might be shown itself."""
    shown_years = [seen[row["la"], year] for year in row["years"] if (row["la"], year) in seen]
    hidden = len(row["years"]) - len(shown_years)
    if not hidden or not shown_years:
        return not hidden
    scale = Decimal(100 if measure.unit == "percent" else 1)
    pupils = row["children"] - sum(sums.pupils for sums in shown_years)
    reached = Decimal(repr(row["observed"])) / scale * row["children"] - sum(sums.numerator for sums in shown_years)
    rest = Sums(pupils, round(reached) if measure.counts == "pupils" else reached, Decimal(pupils))  # type: ignore[arg-type]
    if hidden == 1 or pupils < FEWEST:
        return False
    return rule(measure, row["years"][-1]).shows(measure, rest)


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
        return head | dict.fromkeys(COLUMNS) | {"symbol": HIDDEN, "verdict": ""}
    difference, half = row["observed"] - row["expected"], Z * row["error"]
    low, high = difference - half, difference + half
    shrunk = row["share"] * difference if row["share"] is not None else None
    spare = Z * row["left_over"]
    return head | {
        # Numbers of England are rounded as they are in its figures.
        "children": number(row["children"], audience) if row["la"] == "england" else row["children"],
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

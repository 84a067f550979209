"""The stand-in for years without progress, as it may leave: differences of groups, and never what was expected of a child or a school.

What is told is not entered in the ledger of releases: it is differences from an expectation that is nowhere printed, with numbers of
children rounded to ten, so what was reached can't be had from it; and its own rows are held against one another (`hide_small_rests`)."""

import math
from collections.abc import Mapping
from typing import Any

from virtualschool import measures, places, years
from virtualschool.errors import WrongUse
from virtualschool.measures import Measure
from virtualschool.model import stand_in
from virtualschool.model.design import FEWEST
from virtualschool.model.in_place import STAND_INS, StandIn
from virtualschool.outcomes.national import invented
from virtualschool.publish.hiding import HIDDEN
from virtualschool.publish.modelling import (
    ABOVE,
    BELOW,
    CANNOT_TELL,
    Z,
    authority,
    beside,
    fits_of,
    marks,
    number,
    refuse_years_not_held,
    shown,
)
from virtualschool.publish.told import Told
from virtualschool.store import Engine, Snapshot


def stand_in_told(
    snapshot: Snapshot, name: str, *, year: str | None = None, la: str = "all", by: str | None = None, audience: str = "public"
) -> Told:
    """A row for each authority, year, group and kind of starting point; refused for schools, for other columns and other measures."""
    found = STAND_INS.get(name) or next((each for each in STAND_INS.values() if each.name == name), None)
    if found is None:
        measures.named(name)
        raise WrongUse(f"Measure '{name}'", "nothing stands in its place.", f"These have a stand-in: {', '.join(STAND_INS)}.")
    refuse_school(by)
    engine = snapshot.engine()
    wanted = years.span(year) if year is not None else found.years
    if year is not None:
        refuse_years_not_held(engine, wanted)
    chosen = None if la.casefold() == "all" else {authority(engine, part) for part in la.split(",") if part.strip()}
    said = marks(snapshot, audience, {"command": "stand-in", "measures": [found.name], "la": la, "years": year or "all"})
    measure, known = measures.named(found.instead_of), places.of(engine)
    fits = {fit["start"]: fit for fit in fits_of(snapshot, engine, found.name)}
    rows = [
        stand_in_row(found, row, fits[row["start"]], known, audience)
        for row in engine.rows(
            "SELECT * FROM model_places WHERE measure = ? AND grouped_by IS NOT DISTINCT FROM ? "
            "ORDER BY year, la NULLS FIRST, start, value",
            [found.name, by],
        )
        if row["year"] in wanted
    ]
    if audience != "internal":
        query = "SELECT year, la, start, children FROM model_places WHERE measure = ? AND grouped_by IS NULL"
        totals = {(row["year"], row["la"] or ENGLAND, row["start"]): row["children"] for row in engine.rows(query, [found.name])}
        rows = hide_small_rests(rows, totals)
    rows = [{name: value for name, value in row.items() if name not in INSIDE} for row in rows]
    if chosen is not None:
        rows = [row for row in rows if row["la"] in chosen]
    notes = beside("stand_in")
    notes += [f"{each}: {why}" for each in wanted if (why := not_wanted(measure, each))]
    for start, fit in fits.items():
        of = set(map(int, (fit["years"] or "").split())) & set(wanted)
        if fit["why_not"] and of:
            notes.append(
                f"{years.runs(of)}, pupils with {stand_in.START_WORDS[start]} ({number(fit['children'], audience):,}): {fit['why_not']}"
            )
    notes += [error_words(found, start, fit, engine) for start, fit in fits.items() if not fit["why_not"]]
    about: dict[str, Any] = {
        "measure": found.name,
        "title": found.title,
        "unit": found.unit,
        "instead_of": found.instead_of,
        "years": years.runs(wanted),
    }
    about["invented"] = invented(engine)
    return Told(rows, said, notes, about)


def refuse_school(by: str | None) -> None:
    if by is None or by in stand_in.BY:
        return
    if by.startswith("school"):
        raise WrongUse(
            f"Column '{by}'",
            "the stand-in is not made by schools, for an expectation that is low because a child is in care limits hope.",
            f"Leave it out, or name one of: {', '.join(stand_in.BY)}.",
        )
    raise WrongUse(f"Column '{by}'", "the stand-in is not made by it, and for no single child.", f"Name one of: {', '.join(stand_in.BY)}.")


def not_wanted(measure: Measure, year: int) -> str:
    """What is said of a year in which the measure itself exists, or no measure does; empty for one of the stand-in's."""
    if measure.missing_years.get(year):
        return ""
    return f"{measure.title} needs no stand-in: virtualschool figures." if measure.exists_for(year) else measure.why_not(year)


def stand_in_row(found: StandIn, row: dict, fit: dict, known: places.Places, audience: str) -> dict[str, Any]:
    observed, expected = float(row["observed"]), float(row["expected"])
    error = math.sqrt(float(fit["within"]) ** 2 / row["children"] + float(row["error"]) ** 2)
    difference, half = observed - expected, Z * error
    by = {row["grouped_by"]: row["value"]} if row["grouped_by"] else {}
    low, high = difference - half, difference + half
    return {
        "measure": found.name,
        "year": row["year"],
        "la": row["la"] or "england",
        "la_name": known.name(row["la"]) if row["la"] else "England",
        **by,
        "baseline": row["start"],
        "starting_point": stand_in.START_WORDS[row["start"]],
        "beside": "other children in care of the same kind" if row["start"] == stand_in.HISTORY else "all pupils with the same results",
        "children": number(row["children"], audience),
        "others": number(row["others"], audience),
        "difference": shown(difference, found.decimals),
        "low": shown(low, found.decimals),
        "high": shown(high, found.decimals),
        "unit": found.unit,
        "symbol": "",
        "verdict": ABOVE if low > 0 else BELOW if high < 0 else CANNOT_TELL,
        "rest": row["others"],
        "exactly": row["children"],
        "group": row["value"],
    }


ENGLAND = "england"
INSIDE = ("rest", "exactly", "group")
"""What hiding goes by and nobody is shown."""
NUMBERS = ("children", "others", "difference", "low", "high")


def hide_small_rests(rows: list[dict[str, Any]], totals: Mapping[tuple, int]) -> list[dict[str, Any]]:
    """The rows with those hidden that would tell of few others: what is said of most, beside what is said of all, says who the rest are.

    A row is hidden where the rest of its place is fewer than 11. Of the groups of a place the smallest are, until those not shown are
    none, or 11 and more; and England is, where the authorities not shown are fewer. `totals` has the children of each year, place and
    starting point.
    """
    secret = {at for at, row in enumerate(rows) if 0 < row["rest"] < FEWEST}
    groups: dict[tuple, list[int]] = {}
    of_england: dict[tuple, list[int]] = {}
    for at, row in enumerate(rows):
        if row["group"] is not None:
            groups.setdefault((row["year"], row["la"], row["baseline"]), []).append(at)
        if row["la"] != ENGLAND:
            of_england.setdefault((row["year"], row["baseline"], row["group"]), []).append(at)
    left = lambda whole, parts: whole - sum(rows[at]["exactly"] for at in parts if at not in secret)  # noqa: E731
    for key, parts in groups.items():
        for at in sorted(parts, key=lambda at: rows[at]["exactly"]):
            if 0 < left(totals.get(key, 0), parts) < FEWEST:
                secret.add(at)
    for at, row in enumerate(rows):
        parts = of_england.get((row["year"], row["baseline"], row["group"]), [])
        if row["la"] == ENGLAND and 0 < left(row["exactly"], parts) < FEWEST:
            secret.add(at)
    return [row | dict.fromkeys(NUMBERS) | {"symbol": HIDDEN, "verdict": ""} if at in secret else row for at, row in enumerate(rows)]


def error_words(found: StandIn, start: str, fit: dict, engine: Engine) -> str:
    """How well the starting point foretells one pupil's result, and so how wide the doubt of a group is."""
    error = engine.value(
        "SELECT max(value) FROM model_checks WHERE measure = ? AND start = ? AND name = 'out of sample' AND part LIKE 'error%'",
        [found.name, start],
    )
    one, group = shown(error, found.decimals), shown(Z * float(error) / math.sqrt(30), found.decimals)
    return (
        f"From {stand_in.START_WORDS[start]}: for one child it would err by {one} {found.unit}, which is why it is said of none; "
        f"the mean of 30 children may lie {group} either way by chance."
    )

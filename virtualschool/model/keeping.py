"""Fits every model of a store and keeps what came out: fits, effects, checks, and what groups of children attained against expectation.

What is kept of children are sums over groups of 11 or more; the expectation of one child is worked out on the way and thrown away.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
import pyarrow as pa

from virtualschool import measures, tables
from virtualschool.model import stand_in
from virtualschool.model.checking import checks
from virtualschool.model.design import FEWEST, Design, design
from virtualschool.model.factors import BLOCKS, STARTING_POINTS
from virtualschool.model.fitting import FEWEST_AUTHORITIES, Fit, fit
from virtualschool.model.modelled import FEWEST_CHILDREN, MODELLED, NO_START, Modelled, start_of_year
from virtualschool.model.rows import Rows, number, prepare, rows
from virtualschool.store import Draft, Engine

ALL_YEARS = 0
TOO_FEW = f"A model needs {FEWEST_CHILDREN} children and more, and the store holds fewer."


@dataclass
class Kept:
    """Rows of the four tables, as they come."""

    fits: list[dict] = field(default_factory=list)
    effects: list[dict] = field(default_factory=list)
    checks: list[dict] = field(default_factory=list)
    places: list[dict] = field(default_factory=list)


def models(draft: Draft) -> None:
    """Writes model_fits, model_effects, model_checks and model_places."""
    kept = Kept()
    prepare(draft)
    for modelled in MODELLED.values():
        keep(draft.engine, modelled, kept)
    stand_in.keep(draft.engine, kept)
    for table, found in zip(tables.MODELS, (kept.fits, kept.effects, kept.checks, kept.places), strict=True):
        draft.write(table.name, as_arrow(table, found), order_by=table.key)


def keep(engine: Engine, modelled: Modelled, kept: Kept) -> None:
    """Fits the models of one measure: one for each starting point that its years have, without and with what happened."""
    measure = measures.named(modelled.measure)
    held = [row["year"] for row in engine.rows(f'SELECT DISTINCT year FROM facts WHERE "{measure.name}__d" IS NOT NULL ORDER BY year')]
    newest = held[-modelled.years :]
    if (there := number(engine, measure, newest)) < FEWEST_CHILDREN:
        for adjusted in BLOCKS if there else ():
            key = {"measure": measure.name, "start": NO_START, "adjusted": adjusted}
            kept.fits.append(key | {"years": " ".join(map(str, newest)), "children": there, "why_not": TOO_FEW})
        return
    found = rows(engine, measure, newest)
    by_start: dict[str, list[int]] = {}
    for year in found.years:
        by_start.setdefault(start_of_year(found, modelled, year), []).append(year)
    for start, years in by_start.items():
        own = found.only(np.isin(found["year"], years))
        for adjusted in BLOCKS:
            key = {"measure": measure.name, "start": start, "adjusted": adjusted}
            if len(own) < FEWEST_CHILDREN:
                kept.fits.append(key | about(own) | {"why_not": TOO_FEW})
                continue
            one(own, modelled, start, key, kept)


def one(own: Rows, modelled: Modelled, start: str, key: dict, kept: Kept) -> None:
    """Fits and checks one model and keeps what came out."""
    las = sorted(set(own["la"]))
    # Too few authorities to draw levels from a common spread: each has its own, and cannot be set beside what is expected.
    levels = las if len(las) < FEWEST_AUTHORITIES else ()
    made = design(own, modelled.chosen(key["adjusted"]), STARTING_POINTS.get(start), levels)
    fitted = fit(made.values, own.result, own["la"])
    expected = made.values @ fitted.effects
    kept.fits.append(key | about(own) | described(made, fitted, own.result, expected))
    errors = np.sqrt(np.diag(fitted.covariance))
    for place, at in enumerate(made.shown()):
        column = made.columns[at]
        kept.effects.append(
            key
            | {"factor": column.name, "place": place, "effect": fitted.effects[at], "error": errors[at], "typical": column.typical}
            | {"children": column.children}
        )
    for place, check in enumerate(checks(own, made, fitted)):
        kept.checks.append(
            key
            | {"place": place, "name": check.name, "part": getattr(check.part, "name", check.part), "value": check.value}
            | {"beside": check.beside, "children": check.children}
        )
    if fitted.multilevel:
        kept.places += places(key, own, made.values, expected, fitted.covariance)


def about(own: Rows) -> dict:
    return {
        "years": " ".join(map(str, own.years)),
        "children": len(own),
        "authorities": len(set(own["la"])),
        "mean": float(own.result.mean()),
        "spread": float(own.result.std()),
    }


def described(made: Design, fitted: Fit, result: np.ndarray, expected: np.ndarray) -> dict:
    total = float(np.var(result))
    return {
        "method": "multilevel" if fitted.multilevel else "levels",
        "converged": fitted.converged,
        "within": float(np.sqrt(fitted.within)),
        "between": float(np.sqrt(fitted.between)) if fitted.multilevel else None,
        "explained": 1 - float(np.var(result - expected)) / total if total else 0.0,
        "not_shown": ";".join(made.not_shown),
        "unknown": ";".join(f"{name}={number}" for name, number in made.unknown.items()),
    }


def places(
    key: dict, own: Rows, values: np.ndarray, expected: np.ndarray, covariance: np.ndarray, counted: "Rows | None" = None
) -> Iterable[dict]:
    """The rows of model_places: each authority and all of them together, each year and all years; none of fewer than 11 children."""
    counted = counted if counted is not None else own
    for year in (*own.years, ALL_YEARS):
        of_year = np.ones(len(own), bool) if year == ALL_YEARS else own["year"] == year
        of_all = np.ones(len(counted), bool) if year == ALL_YEARS else counted["year"] == year
        for la in (None, *sorted(set(own["la"][of_year]))):
            which = of_year if la is None else of_year & (own["la"] == la)
            others = int((of_all if la is None else of_all & (counted["la"] == la)).sum() - which.sum())
            if which.sum() >= FEWEST:
                yield key | {"year": year, "la": la} | group(own.result, values, expected, covariance, which) | {"others": others}


def group(result: np.ndarray, values: np.ndarray, expected: np.ndarray, covariance: np.ndarray, which: np.ndarray) -> dict:
    middle = values[which].mean(0)
    return {
        "children": int(which.sum()),
        "observed": float(result[which].mean()),
        "expected": float(expected[which].mean()),
        "error": float(np.sqrt(max(middle @ covariance @ middle, 0.0))),
    }


def as_arrow(table: tables.Table, found: list[dict]) -> pa.Table:
    """Rows as the table holds them; numbers to six decimals, so that the last bits of a sum do not matter."""
    arrays = []
    for column in table.columns:
        cells = [row.get(column.name) for row in found]
        if column.type == tables.SCORE:
            cells = [six_decimals(cell) for cell in cells]
        arrays.append(pa.array(cells, column.arrow))
    return pa.table(arrays, schema=table.arrow)


def six_decimals(number: float | None) -> Decimal | None:
    return None if number is None or not np.isfinite(number) else Decimal(f"{float(number):.6f}")

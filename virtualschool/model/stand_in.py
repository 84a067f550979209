"""The stand-in for years without progress: what pupils attained against what is expected from whatever starting point they have.

Progress 8 needs key stage 2 results, and key stage 2 progress those of key stage 1. In years whose pupils have none, and in those without
exams, each pupil is set beside all pupils with the same result in the best starting point that this pupil has. Where there is none at
all, a looked-after child is set beside looked-after children of the same kind and care history; that is another question, and has rows
of its own that are never added to the others. No expectation of a child is kept: only means of groups of 11 or more.

Source: DfE, Secondary accountability measures guide (years without Progress 8 and why); the models are our own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from virtualschool import measures
from virtualschool.model.design import FEWEST, design
from virtualschool.model.factors import CARE_HISTORY, WHO_THEY_ARE
from virtualschool.model.fitting import FEWEST_AUTHORITIES, Sums, fit, solve
from virtualschool.model.in_place import STAND_INS, StandIn
from virtualschool.model.modelled import FEWEST_CHILDREN
from virtualschool.model.rows import Rows, rows
from virtualschool.outcomes.national import invented, printed_pupils
from virtualschool.outcomes.own_cohort import is_national
from virtualschool.store import Engine

HISTORY = "history"
BY = ("sex", "sen", "ethnic_group", "placement_type", "unaccompanied")
"""Columns that groups may be made by. A school is none of them."""
FEWEST_PUPILS = 500
"""All pupils who have a starting point, for a model of it: our choice."""
PARTS = 10


STARTS = {
    "ks2": "CAST(p.ks2_prior AS DOUBLE)",
    "ks1": "CAST(coalesce(p.ks1_average, k.average) AS DOUBLE)",
    "teacher": "CAST(t.writing AS DOUBLE)",
    "phonics": "CAST(CAST(e.phonics AS INTEGER) AS DOUBLE)",
    "early": "CAST(CAST(e.good_development AS INTEGER) AS DOUBLE)",
}
"""What each starting point is of a pupil: the key stage 2 average; key stage 1 points; the place of the key stage 2 teacher assessment in
writing among its codes; 1 or 0 for the phonics check and for a good level of development."""
START_WORDS = {
    "ks2": "key stage 2 tests",
    "ks1": "key stage 1 assessments",
    "teacher": "the teacher assessment of writing at key stage 2",
    "phonics": "the phonics check",
    "early": "the early years profile",
    HISTORY: "no results: who the child is and the care history",
}
WRITING = """
SELECT pupil, arg_max(CASE ks2_writing WHEN 'GDS' THEN 3 WHEN 'EXS' THEN 2 WHEN 'WTS' THEN 1 ELSE 0 END, year) AS writing
FROM pupils WHERE at_ks2 AND ks2_writing IS NOT NULL AND ks2_writing NOT IN ('A', 'D', 'L', 'F', 'Q') GROUP BY pupil
"""
FROM_PUPILS = """
FROM pupils p
LEFT JOIN model_key_stage_1 k ON k.pupil = p.pupil
LEFT JOIN model_early e ON e.pupil = p.pupil
LEFT JOIN model_writing t ON t.pupil = p.pupil
WHERE p.{at} AND p.{score} IS NOT NULL AND p.state_funded IS NOT FALSE AND p.year IN ({years})
"""


def keep(engine: Engine, kept: Any) -> None:
    """Adds what can be said of every stand-in to the rows that are kept."""
    engine.define("model_writing", WRITING)
    for stand_in in STAND_INS.values():
        of_one(engine, stand_in, kept)


def of_one(engine: Engine, stand_in: StandIn, kept: Any) -> None:
    held = [row["year"] for row in engine.rows(f"SELECT DISTINCT year FROM pupils WHERE {stand_in.at} AND {stand_in.score} IS NOT NULL")]
    wanted = sorted(set(held) & set(stand_in.years))
    if not wanted:
        return
    measure = measures.named(stand_in.measure)
    children = rows(engine, measure, sorted(held), stand_in.score)
    if not len(children):
        return
    own = children.only(np.isin(children["year"], wanted))
    best = starts_of_children(engine, stand_in, own)
    for start in stand_in.starts:
        which = best["start"] == start
        years = sorted({int(year) for year in own["year"][which]})
        if not years:
            continue
        key = {"measure": stand_in.name, "start": start, "adjusted": "start"}
        why = why_not_national(engine, stand_in, years)
        model = None if why else against_all(engine, stand_in, start, years)
        if model is None:
            why = why or f"A model needs {FEWEST_PUPILS} pupils with this starting point and more."
            kept.fits.append(key | {"years": spelt(years), "children": int(which.sum()), "why_not": why})
            continue
        kept.fits.append(key | model.about)
        kept.checks += [key | check for check in model.checks]
        values = model.columns(own["year"][which], best["value"][which])
        put(kept, key, own.only(which), own, values, values @ model.effects, model.covariance)
    by_history(children, own, best["start"] == "", stand_in, kept)


def spelt(years: Sequence[int]) -> str:
    return " ".join(map(str, years))


def why_not_national(engine: Engine, stand_in: StandIn, years: Sequence[int]) -> str:
    """Why the store's pupils do not stand for all pupils; empty where they do."""
    if invented(engine):
        return ""
    for year in years:
        cohort = {"at_ks4": "attainment_8", "at_ks2": "ks2_rwm"}[stand_in.at]
        query = (
            f"SELECT count(*) FROM pupils WHERE year = ? AND {stand_in.at} AND {stand_in.score} IS NOT NULL AND state_funded IS NOT FALSE"
        )
        printed = printed_pupils(engine, cohort, year)
        if printed is None or not is_national(engine.value(query, [year]), printed):
            return "The store does not hold the pupils of all England for this year, and without them nobody knows what to expect."
    return ""


def starts_of_children(engine: Engine, stand_in: StandIn, own: Rows) -> dict[str, np.ndarray]:
    """The best starting point of each child ('' for none) and its value."""
    listed = ", ".join(f'{STARTS[start]} AS "{start}"' for start in stand_in.starts)
    years = ", ".join(map(str, own.years))
    found = engine.rows(
        f"SELECT c.la, c.child, c.year, {listed} "
        + FROM_PUPILS.format(at=stand_in.at, score=stand_in.score, years=years).replace(
            "FROM pupils p", "FROM pupils p JOIN children c ON c.pupil = p.pupil AND c.year = p.year"
        )
    )
    by_child = {(row["la"], row["child"], float(row["year"])): row for row in found}
    start, value = np.full(len(own), "", dtype="<U8"), np.full(len(own), np.nan)
    for at, key in enumerate(zip(own["la"], own["child"], own["year"], strict=True)):
        row = by_child.get((str(key[0]), str(key[1]), float(key[2])), {})
        for name in stand_in.starts:
            if row.get(name) is not None:
                start[at], value[at] = name, row[name]
                break
    return {"start": start, "value": value}


@dataclass(frozen=True)
class AgainstAll:
    """A model of all pupils with one starting point: a curve for each year, or a mean for each value where there are few values."""

    years: tuple[int, ...]
    middle: float
    scale: float
    bends: int
    effects: np.ndarray
    covariance: np.ndarray
    about: dict
    checks: list[dict]

    def columns(self, years: np.ndarray, values: np.ndarray) -> np.ndarray:
        return curve(self.years, self.middle, self.scale, self.bends, years, values)


def curve(known: Sequence[int], middle: float, scale: float, bends: int, years: np.ndarray, values: np.ndarray) -> np.ndarray:
    steps = (values - middle) / scale
    powers = np.column_stack([steps**power for power in range(bends + 1)])
    return np.column_stack([powers * (years == year)[:, None] for year in known])


def against_all(engine: Engine, stand_in: StandIn, start: str, years: Sequence[int]) -> AgainstAll | None:
    """The model of all pupils who have the starting point, in these years; None where they are too few."""
    # How many pupils of each value have what sum is all that the fit needs, however many they are.
    score = f"CAST(p.{stand_in.score} AS DOUBLE)"
    found = engine.rows(
        f"SELECT p.year, {STARTS[start]} AS value, hash(p.pupil) % {PARTS} AS part, count(*) AS n, "
        f"sum({score}) AS total, sum({score} * {score}) AS squares "
        + FROM_PUPILS.format(at=stand_in.at, score=stand_in.score, years=", ".join(map(str, years)))
        + f" AND {STARTS[start]} IS NOT NULL GROUP BY ALL ORDER BY ALL"
    )
    year, value, part, n, total, squares = (np.array([float(row[name]) for row in found]) for name in NAMES)
    if not len(found) or n.sum() < FEWEST_PUPILS:
        return None
    middle = float((n * value).sum() / n.sum())
    scale = float(np.sqrt((n * (value - middle) ** 2).sum() / n.sum())) or 1.0
    bends = min(3, len(set(value)) - 1)
    columns = curve(years, middle, scale, bends, year, value)
    columns_sums = lambda which: weighted(columns[which], n[which], total[which], squares[which])  # noqa: E731
    everyone = np.ones(len(n), bool)
    effects, inverse, within, _ = solve(steady(columns_sums(everyone)), 0.0)
    error, foretold = 0.0, np.zeros(len(n))
    for number in range(PARTS):
        held = part == number
        if held.any() and not held.all():
            foretold[held] = columns[held] @ solve(steady(columns_sums(~held)), 0.0)[0]
    error = float((squares - 2 * foretold * total + n * foretold**2).sum())
    mean = float(total.sum() / n.sum())
    spread = float(np.sqrt(squares.sum() / n.sum() - mean**2))
    root = float(np.sqrt(max(error, 0.0) / n.sum()))
    about = {
        "years": spelt(years),
        "children": int(n.sum()),
        "method": "all pupils",
        "converged": True,
        "mean": mean,
        "spread": spread,
        "within": float(np.sqrt(within)),
        "explained": 1 - within / spread**2 if spread else 0.0,
    }
    checks: list[dict] = [
        {
            "place": 0,
            "name": "out of sample",
            "part": "error of one pupil's prediction",
            "value": root,
            "beside": spread,
            "children": int(n.sum()),
        },
        {"place": 1, "name": "out of sample", "part": "share of the spread foretold", "value": 1 - (root / spread) ** 2 if spread else 0.0},
    ]
    return AgainstAll(tuple(years), middle, scale, bends, effects, inverse * within, about, checks)


NAMES = ("year", "value", "part", "n", "total", "squares")


def weighted(columns: np.ndarray, n: np.ndarray, total: np.ndarray, squares: np.ndarray) -> Sums:
    """The sums of a fit without levels, from values with the number of pupils who have each."""
    products = columns.T @ total
    return Sums(
        np.array([n.sum()]),
        np.zeros((1, columns.shape[1])),
        np.zeros(1),
        (columns * n[:, None]).T @ columns,
        products,
        float(squares.sum()),
    )


def steady(sums: Sums) -> Sums:
    """The least of shifts, where a year has fewer values than its curve has bends."""
    return Sums(sums.number, sums.columns, sums.result, sums.squares + 1e-6 * np.eye(len(sums.products)), sums.products, sums.total)


def by_history(children: Rows, own: Rows, which: np.ndarray, stand_in: StandIn, kept: Any) -> None:
    """Children without any result of earlier years, beside all looked-after children of the same kind and care history."""
    if not which.any():
        return
    key: dict = {"measure": stand_in.name, "start": HISTORY, "adjusted": "start"}
    las = set(children["la"])
    years = sorted({int(year) for year in own["year"][which]})
    why = ""
    if len(las) < FEWEST_AUTHORITIES:
        why = (
            f"Children of {FEWEST_AUTHORITIES} authorities and more are needed to know what to expect, and the store holds those of fewer."
        )
    elif len(children) < FEWEST_CHILDREN:
        why = f"A model needs {FEWEST_CHILDREN} children and more, and the store holds fewer."
    if why:
        kept.fits.append(key | {"years": spelt(years), "children": int(which.sum()), "authorities": len(las), "why_not": why})
        return
    made = design(children, WHO_THEY_ARE + CARE_HISTORY, None)
    fitted = fit(made.values, children.result, children["la"])
    expected = made.values @ fitted.effects
    spread = float(children.result.std())
    kept.fits.append(
        key
        | {"years": spelt(years), "children": len(children), "authorities": len(las), "method": "multilevel", "converged": fitted.converged}
        | {"mean": float(children.result.mean()), "spread": spread, "within": float(np.sqrt(fitted.within))}
        | {"between": float(np.sqrt(fitted.between)), "explained": 1 - float(np.var(children.result - expected)) / spread**2}
    )
    from virtualschool.model.checking import out_of_sample, prediction

    names, group = np.unique(children["la"], return_inverse=True)
    sums = Sums.of(made.values, children.result, group, len(names))
    foretold = out_of_sample(children, made.values, children.result, group, len(names), sums, fitted.between / fitted.within)
    kept.checks += [
        key
        | {"place": place, "name": check.name, "part": check.part, "value": check.value, "beside": check.beside, "children": check.children}
        for place, check in enumerate(prediction(children.result, foretold))
    ]
    inside = np.isin(children["year"], own.years)
    put(kept, key, own.only(which), own, made.values[inside][which], expected[inside][which], fitted.covariance)


def put(kept: Any, key: dict, rows_of: Rows, counted: Rows, values: np.ndarray, expected: np.ndarray, covariance: np.ndarray) -> None:
    """Adds the means of each authority and of all, in each year, whole and by each column of BY; none of fewer than 11 children."""
    for year in rows_of.years:
        for la in (None, *sorted(set(rows_of["la"]))):
            here = (rows_of["year"] == year) & ((rows_of["la"] == la) if la else True)
            there = (counted["year"] == year) & ((counted["la"] == la) if la else True)
            for column in (None, *BY):
                for value in [None] if column is None else sorted(set(words(rows_of, column)[here])):
                    which = here if column is None else here & (words(rows_of, column) == value)
                    if which.sum() < FEWEST:
                        continue
                    middle = values[which].mean(0)
                    kept.places.append(
                        key
                        | {"year": year, "la": la, "grouped_by": column, "value": value, "children": int(which.sum())}
                        | {"others": int(there.sum() - which.sum())}
                        | {"observed": float(rows_of.result[which].mean()), "expected": float(expected[which].mean())}
                        | {"error": float(np.sqrt(max(middle @ covariance @ middle, 0.0)))}
                    )


def words(rows_of: Rows, column: str) -> np.ndarray:
    """A column's values as people filter by them."""
    if column == "unaccompanied":
        return np.where(rows_of[column] == 1, "yes", "no")
    return np.where(rows_of[column] == "", "not known", rows_of[column])

"""The columns that a model is fitted on: the years, the starting point, the factors, and who has something that is not known."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from virtualschool.model.factors import Factor
from virtualschool.model.rows import Rows

FEWEST = 11
"""No effect is shown that rests on fewer children than this, on either side of it."""

UNKNOWN = {"": True, "not known": True}
TEXTS = {"sen": ("SEN support", "EHCP"), "ethnic_group": ("Asian", "Black", "Mixed", "Other"), "entered": ("entered during the key stage",)}
"""Texts that may be unknown, with the factors that come from them."""
SMALL = 1e-8


@dataclass(frozen=True)
class Column:
    """One column: a factor's, or one that only keeps other things alike (`factor` is None)."""

    name: str
    factor: Factor | None = None
    children: int = 0
    """Children who have it, or of whom the number is known."""
    typical: float = 1.0
    """How far apart two children are of whom one has much of it and the other little: 1 for a yes or no, else the ninth tenth less the
    first."""


@dataclass(frozen=True)
class Design:
    """`values` has a row a child and a column for each of `columns`; the first is the same for all."""

    columns: tuple[Column, ...]
    values: np.ndarray
    not_shown: tuple[str, ...]
    """Factors that are in the model but rest on too few children to be shown, or cannot be told from others."""
    unknown: dict[str, int]
    """Children of whom something is not known, by factor."""

    def shown(self) -> list[int]:
        """Positions of the columns whose effects may be shown."""
        return [at for at, column in enumerate(self.columns) if column.factor and column.factor.name not in self.not_shown]


def design(rows: Rows, factors: Sequence[Factor], start: Factor | None, levels: Sequence[str] = ()) -> Design:
    """The columns for these children. `start` is the starting point, which may bend; `levels` are authorities with a level of their own."""
    n = len(rows)
    columns, values, not_shown, unknown = [Column("all")], [np.ones(n)], [], {}

    def put(column: Column, numbers: np.ndarray) -> None:
        columns.append(column)
        values.append(numbers)

    for year in rows.years[1:]:
        put(Column(f"year {year}"), (rows["year"] == year).astype(float))
    for la in levels[1:]:
        put(Column(f"authority {la}"), (rows["la"] == la).astype(float))
    for factor in [*([start] if start else []), *factors]:
        numbers = factor.numbers(rows)
        missing = np.isnan(numbers)
        if missing.any():
            unknown[factor.name] = int(missing.sum())
        known = numbers[~missing]
        if not len(known) or np.ptp(known) == 0:
            not_shown.append(factor.name)
            continue
        middle = known.mean() if factor.counts else 0.0
        filled = np.where(missing, known.mean() - middle, numbers - middle)
        with_it = len(known) if factor.counts else int((known == 1).sum())
        differ = int((known != np.median(known)).sum()) if factor.counts else min(with_it, len(known) - with_it)
        if min(with_it, differ) < FEWEST:
            not_shown.append(factor.name)
        spread = float(np.quantile(known, 0.9) - np.quantile(known, 0.1)) if factor.counts else 1.0
        put(Column(factor.name, factor, with_it, spread), filled)
        if factor is start:
            # The starting point says less at its ends, where results stop; these two keep it from pulling on the rest.
            put(Column("starting point, bend"), filled**2 / 10)
            put(Column("starting point, second bend"), filled**3 / 100)
        if missing.any():
            put(Column(f"{factor.name}, not known"), missing.astype(float))
    for name, meant in TEXTS.items():
        blank = np.isin(rows[name], list(UNKNOWN))
        if blank.any() and any(factor.name in meant for factor in factors):
            unknown[name.replace("_", " ")] = int(blank.sum())
            put(Column(f"{name}, not known"), blank.astype(float))
    return independent(columns, np.column_stack(values), not_shown, unknown)


def independent(columns: list[Column], values: np.ndarray, not_shown: list[str], unknown: dict[str, int]) -> Design:
    """The design without the columns that those before them already make up."""
    scale = np.sqrt((values**2).sum(0))
    scale[scale == 0] = 1.0
    left_over = np.abs(np.diag(np.linalg.qr(values / scale, mode="r")))
    keep = left_over > SMALL
    not_shown += [column.factor.name for column, kept in zip(columns, keep, strict=True) if column.factor and not kept]
    return Design(
        tuple(column for column, kept in zip(columns, keep, strict=True) if kept),
        values[:, keep],
        tuple(dict.fromkeys(not_shown)),
        unknown,
    )

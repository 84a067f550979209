"""How far two people who mark blind agree: Cohen's kappa, plain and weighted, with its 95% interval.

The large-sample variance is that of Fleiss, Cohen and Everitt, Large sample standard errors of kappa and weighted kappa, Psychological
Bulletin 72 (1969), 323-327. With few plans the interval is rough, and is said to be.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from virtualschool.errors import WrongUse

Z = 1.959963984540054
FEW = 30
"""Fewer plans than this: the interval is rough."""
WEIGHTS = ("none", "linear", "quadratic")


@dataclass(frozen=True)
class Agreement:
    """`value` is None where kappa has no value: all marks of both are one grade. `low` and `high` bound it at 95%."""

    plans: int
    same: int
    value: float | None
    error: float | None
    low: float | None
    high: float | None
    weights: str
    note: str

    @property
    def share(self) -> float:
        """The share of plans with the same mark."""
        return self.same / self.plans


def table_of(pairs: Sequence[tuple[str, str]], grades: Sequence[str]) -> list[list[int]]:
    """How often the first person gave the grade of the row and the second that of the column."""
    places = {grade: place for place, grade in enumerate(grades)}
    table = [[0] * len(grades) for _ in grades]
    for first, second in pairs:
        for grade in (first, second):
            if grade not in places:
                raise WrongUse(f"Grade '{grade}'", "it is none of the profile's.", f"The grades are {', '.join(grades)}.")
        table[places[first]][places[second]] += 1
    return table


def kappa(table: Sequence[Sequence[int]], weights: str = "none") -> Agreement:
    """Cohen's kappa of a square table of counts, the grades in order.

    `weights`: none counts only the same grade; linear and quadratic count near misses in part. Raises WrongUse where there is nothing.
    """
    if weights not in WEIGHTS:
        raise WrongUse(f"Weights '{weights}'", "there are none of that name.", f"Write one of {', '.join(WEIGHTS)}.")
    size, total = len(table), sum(map(sum, table))
    if not total:
        raise WrongUse("Agreement", "no plan was marked by both.", "Mark some plans twice, blind.")
    same = sum(table[place][place] for place in range(size))
    share = [[count / total for count in row] for row in table]
    rows = [sum(row) for row in share]
    columns = [sum(row[place] for row in share) for place in range(size)]
    weight = [[_weight(i, j, size, weights) for j in range(size)] for i in range(size)]
    observed = sum(weight[i][j] * share[i][j] for i in range(size) for j in range(size))
    chance = sum(weight[i][j] * rows[i] * columns[j] for i in range(size) for j in range(size))
    if math.isclose(chance, 1.0):
        return Agreement(total, same, None, None, None, None, weights, "All marks are one grade: kappa has no value.")
    value = (observed - chance) / (1 - chance)
    by_row = [sum(columns[j] * weight[i][j] for j in range(size)) for i in range(size)]
    by_column = [sum(rows[i] * weight[i][j] for i in range(size)) for j in range(size)]
    spread = sum(
        share[i][j] * (weight[i][j] * (1 - chance) - (by_row[i] + by_column[j]) * (1 - observed)) ** 2
        for i in range(size)
        for j in range(size)
    )
    variance = (spread - (observed * chance - 2 * chance + observed) ** 2) / (total * (1 - chance) ** 4)
    error = math.sqrt(max(variance, 0.0))
    note = f"Fewer than {FEW} plans: the interval is rough." if total < FEW else ""
    return Agreement(total, same, value, error, max(-1.0, value - Z * error), min(1.0, value + Z * error), weights, note)


def _weight(i: int, j: int, size: int, weights: str) -> float:
    if weights == "none" or size < 2:
        return float(i == j)
    apart = abs(i - j) / (size - 1)
    return 1 - apart if weights == "linear" else 1 - apart**2

"""What the models know of a child: each factor with its number for a row, and its words from codes/model_factors.csv.

A factor is 0 or 1 (a girl or not), or counts something in the unit that its words name. Not known is NaN.

Source: Sebba and others 2015, The Educational Progress of Looked After Children in England: linking care and educational data, the
blocks of technical report 1 and the key findings.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from virtualschool import codes
from virtualschool.model.rows import Rows

Numbers = Callable[[Rows], np.ndarray]

WHO, CARE, HAPPENED = "who", "care", "happened"
BLOCKS = {"who": (WHO, CARE), "all": (WHO, CARE, HAPPENED)}
"""The parts in each of the two models: who the children are, and that with what happened to them."""

LONG_CARE = 8.0
"""More years in care than this count as this: our choice."""


@dataclass(frozen=True)
class Factor:
    """One factor. `counts` says that it counts something and is not a yes or no."""

    name: str
    numbers: Numbers
    counts: bool = False
    known_only: bool = False
    """Not known is no value of its own, but the rows in which it is not known differ, so they are told apart."""

    @property
    def words(self) -> dict[str, str]:
        return words()[self.name]

    @property
    def part(self) -> str:
        return self.words["part"]


@cache
def words() -> dict[str, dict[str, str]]:
    """The words of each factor: name, title, unit, part, can_say."""
    return {row["name"]: dict(row) for row in codes.load("model_factors")}


def is_(column: str, *values) -> Numbers:
    """1 where the column has one of the values, 0 where it has another; a word that is not known is no such value."""
    return lambda rows: np.isin(rows[column], values).astype(float)


def yes(column: str) -> Numbers:
    return lambda rows: np.nan_to_num(rows[column])


def known(column: str, per: float = 1.0, most: float = np.inf) -> Numbers:
    return lambda rows: np.minimum(rows[column], most) / per


FOSTERED = ("foster", "kinship foster", "parents", "adoption")


def not_fostered(rows: Rows) -> np.ndarray:
    return np.where(rows["placement_type"] == "", np.nan, (~np.isin(rows["placement_type"], FOSTERED)).astype(float))


def some(column: str) -> Numbers:
    """1 where a count is one or more, 0 where it is none, NaN where it is not known."""
    return lambda rows: np.where(np.isnan(rows[column]), np.nan, (rows[column] > 0).astype(float))


WHO_THEY_ARE = (
    Factor("girl", is_("sex", "female")),
    Factor("SEN support", is_("sen", "support")),
    Factor("EHCP", is_("sen", "EHCP")),
    Factor("special school", is_("school_type", "special")),
    *(Factor(group, is_("ethnic_group", group)) for group in ("Asian", "Black", "Mixed", "Other")),
    Factor("unaccompanied", yes("unaccompanied")),
    Factor("strengths and difficulties", known("sdq_score", per=7.0), counts=True),
)
CARE_HISTORY = (
    Factor("years in care", known("years_in_care", most=LONG_CARE), counts=True),
    Factor("entered during the key stage", is_("entered", "during")),
    Factor("residential or other placement", not_fostered),
)
AT_16 = (
    Factor("placement change after 11", known("moves_after_11"), counts=True),
    Factor("school change in year 10 or 11", known("school_changed")),
    Factor("unauthorised absence", known("unauthorised", per=0.05), counts=True),
    Factor("fixed-term exclusion", known("days_lost", most=45.0), counts=True),
    Factor("alternative provision", is_("school_type", "alternative provision")),
)
IN_THE_YEAR = (
    Factor("placement changed", known("placement_changed")),
    Factor("school move", some("school_moves")),
    Factor("unauthorised absence", known("unauthorised", per=0.05), counts=True),
    Factor("suspended", some("suspensions")),
    Factor("alternative provision", is_("school_type", "alternative provision")),
)
AGES = (Factor("years 7 to 9", is_("stage", 3.0)), Factor("years 10 and 11", is_("stage", 4.0)))
STARTING_POINTS = {
    "ks2": Factor("starting point", known("ks2_prior", per=5.0), counts=True),
    "ks2 levels": Factor("starting point", known("ks2_prior"), counts=True),
    "ks1": Factor("starting point ks1", known("ks1_average", per=2.0), counts=True),
}
"""Of each baseline that a model can start from."""

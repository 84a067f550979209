"""The measures that are modelled, and with what: the factors of each, and the starting points that its pupils may have."""

from dataclasses import dataclass

import numpy as np

from virtualschool.model.factors import AGES, AT_16, BLOCKS, CARE_HISTORY, IN_THE_YEAR, WHO_THEY_ARE, Factor
from virtualschool.model.rows import Rows

FEWEST_CHILDREN = 120
"""A model of fewer children than this is not fitted: our choice, some five for each of its columns."""
NEWEST = 5
SCALED_SCORES_FROM = 2022
"""Year of key stage 4 from which the key stage 2 average is a scaled score and no level."""


@dataclass(frozen=True)
class Modelled:
    """A measure, its factors, and the columns of starting points in the order in which they are preferred."""

    measure: str
    factors: tuple[Factor, ...]
    starts: tuple[str, ...] = ()
    years: int = NEWEST

    def chosen(self, adjusted: str) -> tuple[Factor, ...]:
        return tuple(factor for factor in self.factors if factor.part in BLOCKS[adjusted])


MODELLED = {
    modelled.measure: modelled
    for modelled in (
        Modelled("attainment_8", WHO_THEY_ARE + CARE_HISTORY + AT_16, ("ks2", "ks2 levels", "ks1")),
        Modelled("progress_8", WHO_THEY_ARE + CARE_HISTORY + AT_16, ("ks2", "ks2 levels")),
        Modelled("ks2_rwm", WHO_THEY_ARE + CARE_HISTORY + IN_THE_YEAR, ("ks1",)),
        Modelled(
            "persistent_absence",
            WHO_THEY_ARE + AGES + CARE_HISTORY + tuple(factor for factor in IN_THE_YEAR if factor.name != "unauthorised absence"),
            years=3,
        ),
    )
}
NO_START = "none"
START_WORDS = {
    "ks2": "key stage 2 scaled scores",
    "ks2 levels": "key stage 2 levels",
    "ks1": "key stage 1 points",
    NO_START: "no starting point",
}


def known_in(rows: Rows, start: str) -> np.ndarray:
    """Who has a starting point of the kind."""
    if start == "ks1":
        return ~np.isnan(rows["ks1_average"])
    scaled = rows["year"] >= SCALED_SCORES_FROM
    return ~np.isnan(rows["ks2_prior"]) & (scaled if start == "ks2" else ~scaled)


def start_of_year(rows: Rows, modelled: Modelled, year: int) -> str:
    """The starting point from which a year is modelled: the first that at least half of its children have."""
    own = rows["year"] == year
    for start in modelled.starts:
        if own.any() and known_in(rows, start)[own].mean() >= 0.5:
            return start
    return NO_START

"""What differs from year to year in the definitions of key stage 4, so that years with the same rules share one definition."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """The rules of a year: points (hundredths) of a pass in English and mathematics, whether there is a measure at grade 5,
    whether there is an EBacc average point score, and the scale of prior attainment."""

    passed: int
    grade_5: bool
    point_score: bool
    prior: str


def rules_of(year: int) -> Rules:
    """The rules of key stage 4 in a year.

    In 2016 a pass was a C, 5 points on the scale of that year; since then a 4. Key stage 2 averages were fine levels to 2019.
    """
    return Rules(
        passed=500 if year <= 2016 else 400,
        grade_5=year >= 2017,
        point_score=year >= 2018,
        prior="fine level" if year <= 2019 else "scaled score",
    )

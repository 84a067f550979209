"""The strengths and difficulties questionnaire (SDQ) of children looked after for twelve months, aged 5 to 16 on 31 March.

Scores are asked for at ages 4 to 16 on the day of the assessment; that day is not collected, so DfE publishes ages 5 to 16.
"""

import ibis
from ibis import _

from virtualschool.measures.measure import Measure

SOURCE = "DfE, Children looked after in England: data guidance, emotional and behavioural health"
OF_AGE = (_.dob <= ibis.date(_.year - 5, 3, 31)) & (_.dob > ibis.date(_.year - 17, 3, 31))
SCORED = OF_AGE & _.sdq_score.notnull()


def share(name: str, title: str, meaning: str, reached, eligible=SCORED, better: str = "higher", shares: str = "") -> Measure:
    """The share of children, of those with a score unless `eligible` says otherwise."""
    return Measure(
        name=name,
        title=title,
        meaning=meaning,
        eligible=eligible,
        numerator=reached,
        unit="percent",
        better=better,
        decimals=0,
        shares=shares,
        release="looked after",
        first_year=2016,
        of_schools=False,
        of_pupils=False,
        source=SOURCE,
    )


sdq_score = Measure(
    name="sdq_score",
    title="Average SDQ score",
    meaning="Strengths and difficulties score, 0 to 40, on average over children with a score; the higher, the more difficulties.",
    eligible=OF_AGE,
    numerator=_.sdq_score,
    unit="score",
    better="lower",
    interval="t",
    counts="points",
    release="looked after",
    first_year=2016,
    of_schools=False,
    of_pupils=False,
    source=SOURCE,
)
sdq_coverage = share(
    "sdq_coverage", "SDQ score received", "Children with a strengths and difficulties score in the year.", _.sdq_score.notnull(), OF_AGE
)
sdq_normal = share(
    "sdq_normal",
    "SDQ score normal",
    "Children with a score from 0 to 13, of those with a score.",
    _.sdq_score <= 13,
    shares="sdq bands",
)
sdq_borderline = share(
    "sdq_borderline",
    "SDQ score borderline",
    "Children with a score from 14 to 16, of those with a score.",
    _.sdq_score.between(14, 16),
    better="neither",
    shares="sdq bands",
)
sdq_concern = share(
    "sdq_concern",
    "SDQ score a cause for concern",
    "Children with a score from 17 to 40, of those with a score.",
    _.sdq_score >= 17,
    better="lower",
    shares="sdq bands",
)

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


def reason(name: str, title: str, meaning: str, words: str) -> Measure:
    """The share of a reason, of children without a score."""
    unscored = OF_AGE & _.sdq_score.isnull()
    return share(name, title, meaning, _.sdq_reason.fill_null("") == words, unscored, better="neither", shares="reasons for no sdq score")


WITHOUT = "of those aged 5 to 16 on 31 March without a score"
sdq_none_of_age = reason(
    "sdq_none_of_age", "No SDQ score: age", f"Children who were under 4 or over 16 at the last assessment, {WITHOUT}.", "under 4 or over 16"
)
sdq_none_carer_refused = reason(
    "sdq_none_carer_refused",
    "No SDQ score: carer refused",
    f"Children whose carer refused to fill in the form, {WITHOUT}.",
    "carer refused",
)
sdq_none_child_refused = reason(
    "sdq_none_child_refused", "No SDQ score: child refused", f"Children who refused themselves, {WITHOUT}.", "child refused"
)
sdq_none_disability = reason(
    "sdq_none_disability",
    "No SDQ score: disability",
    f"Children whose disability was too severe for the form, {WITHOUT}.",
    "child's disability",
)
sdq_none_other = reason("sdq_none_other", "No SDQ score: other", f"Children without a score for another reason, {WITHOUT}.", "other")
sdq_none_not_told = reason(
    "sdq_none_not_told", "No SDQ score: no reason given", f"Children of whom the return gives neither score nor reason, {WITHOUT}.", ""
)

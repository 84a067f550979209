"""Teacher assessment at the end of key stage 1, in the years in which it was statutory."""

from ibis import _

from virtualschool import codes
from virtualschool.measures.measure import Measure

NOT_ASSESSED = "There was no key stage 1 assessment in 2020 and 2021."
SOURCE = "DfE, Key stage 1 and phonics screening check attainment: methodology; SFR12/2017 notes"
ABSENT = "That pupils who were absent or disapplied count as not having reached the standard was not confirmed for these years."

OUTCOMES = codes.load("ks1_outcomes")
COUNTING = [row["code"] for row in OUTCOMES if row["counts"] == "yes"]
EXPECTED = [row["code"] for row in OUTCOMES if row["expected"] == "yes"]
GREATER_DEPTH = [row["code"] for row in OUTCOMES if row["greater_depth"] == "yes"]


def share(name: str, subject: str, standard: str, outcome, reached: list[str]) -> Measure:
    """The share of pupils assessed at one of some codes, of those with an assessment."""
    return Measure(
        name=name,
        title=f"Key stage 1 {subject}, {standard}",
        meaning=f"Pupils assessed as {' or '.join(reached)} in {subject} at the end of key stage 1, of those with an assessment.",
        eligible=_.at_ks1 & outcome.isin(COUNTING),
        numerator=outcome.isin(reached),
        unit="percent",
        better="higher",
        decimals=0,
        first_year=2016,
        last_year=2023,
        missing_years={2020: NOT_ASSESSED, 2021: NOT_ASSESSED},
        after_last_year="Key stage 1 assessment was statutory for the last time in 2023.",
        source=SOURCE,
        uncertain=ABSENT,
    )


ks1_reading = share("ks1_reading", "reading", "expected standard", _.ks1_reading, EXPECTED)
ks1_writing = share("ks1_writing", "writing", "expected standard", _.ks1_writing, EXPECTED)
ks1_maths = share("ks1_maths", "mathematics", "expected standard", _.ks1_maths, EXPECTED)
ks1_reading_greater_depth = share("ks1_reading_greater_depth", "reading", "greater depth", _.ks1_reading, GREATER_DEPTH)
ks1_writing_greater_depth = share("ks1_writing_greater_depth", "writing", "greater depth", _.ks1_writing, GREATER_DEPTH)
ks1_maths_greater_depth = share("ks1_maths_greater_depth", "mathematics", "greater depth", _.ks1_maths, GREATER_DEPTH)

"""Prior attainment for Progress 8: a pupil's key stage 2 average and the group it falls in.

To 2019 the average is a mean fine level, which files give and nobody can work out from levels. From 2022 it is the mean
of the reading and mathematics scaled scores; codes given below the tests have nominal scores, by the year of the tests.

Source: DfE, Progress 8 ready reckoner; DfE, Secondary accountability measures guide (nominal scores).
"""

import functools
import re
from decimal import Decimal

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from virtualschool import codes
from virtualschool.outcomes.exact import exact
from virtualschool.outcomes.rules import Rules
from virtualschool.tables import POINTS

KS2_SCORES = ibis.table({"tested": "int32", "code": "string", "score": "int32"}, name="ks2_scores")
"""What a key stage 2 result counts as, by the year of the tests: a scaled score, or the nominal score of a code."""

YEARS_BETWEEN = 5
"""From the tests in year 6 to the end of year 11."""

SCALED_SCORES = range(80, 121)
FIRST_SCALED = 2016


def ks2_scores(first: int = FIRST_SCALED, last: int = 2030) -> pa.Table:
    """The rows of KS2_SCORES for these years of tests."""
    rows = []
    for year in range(first, last + 1):
        rows += [(year, str(score), score) for score in SCALED_SCORES]
        rows += [(year, row["code"], int(row["score"])) for row in codes.load("ks2_nominal_scores") if codes.in_year(row, year)]
    columns = list(zip(*rows, strict=True))
    kinds = (pa.int32(), pa.string(), pa.int32())
    return pa.table({name: pa.array(column, kind) for name, column, kind in zip(KS2_SCORES.columns, columns, kinds, strict=True)})


def is_known(result: str, tested: int) -> bool:
    """Whether a result of the tests of a year is a scaled score or a code, be it one that has a score or not; before 2016 all are."""
    text = re.sub(r"\.0+$", "", result.strip().upper())
    return tested < FIRST_SCALED or text in map(str, SCALED_SCORES) or text in _codes_of_tests(tested)


@functools.cache
def _codes_of_tests(tested: int) -> frozenset[str]:
    scored = (row["code"] for row in codes.load("ks2_nominal_scores") if codes.in_year(row, tested))
    return frozenset((*scored, *(row["code"] for row in codes.load("ks2_outcomes"))))


def with_average(pupils: ir.Table) -> ir.Table:
    """The pupils with `ks2_prior`, from the columns given_average, ks2_reading, ks2_maths and tested (the year of the tests).

    The average that the file gives, else the mean of the two scores, else the one there is, else null. Before 2016 there
    were no scaled scores, so only the given average serves.
    """
    reading = KS2_SCORES.select(reading_tested="tested", reading_code="code", reading_score="score")
    maths = KS2_SCORES.select(maths_tested="tested", maths_code="code", maths_score="score")
    pupils = pupils.mutate(ks2_reading=written(pupils.ks2_reading), ks2_maths=written(pupils.ks2_maths))
    found = pupils.left_join(reading, [pupils.tested == reading.reading_tested, pupils.ks2_reading == reading.reading_code])
    found = found.left_join(maths, [found.tested == maths.maths_tested, found.ks2_maths == maths.maths_code])
    one = ibis.coalesce(found.reading_score, found.maths_score)
    other = ibis.coalesce(found.maths_score, found.reading_score)
    mean = exact((one + other).cast("decimal(9, 1)") * ibis.literal(Decimal("0.5"), type="decimal(2, 1)"), POINTS)
    return found.mutate(ks2_prior=ibis.coalesce(found.given_average, mean)).drop(
        "reading_tested", "reading_code", "maths_tested", "maths_code", "reading_score", "maths_score"
    )


def written(result: ir.StringValue) -> ir.StringValue:
    """A key stage 2 result as KS2_SCORES writes it: capitals, and a whole number without decimals."""
    return result.strip().upper().re_replace(r"\.0+$", "")


def group(average: ir.Value, rules: Rules) -> ir.IntegerValue:
    """The prior attainment group of Progress 8, 1 (lowest) to 34; null without an average."""
    lows = sorted(
        ((Decimal(row["low"]), int(row["group"])) for row in codes.load("prior_groups") if row["scale"] == rules.prior), reverse=True
    )
    # Fine levels are grouped as printed, to one decimal place: 3.25 counts as 3.3.
    half = Decimal("0.05") if rules.prior == "fine level" else Decimal(0)
    reached = [(average >= ibis.literal(low - half, type=POINTS), ibis.literal(number, type="int32")) for low, number in lows[:-1]]
    return ibis.cases((average.isnull(), ibis.null("int32")), *reached, else_=ibis.literal(1, type="int32"))

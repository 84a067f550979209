"""The English Baccalaureate and the two subjects: entry, achievement, average point score, grades 4 and 5 in English and mathematics.

Source: DfE, EBacc qualifications list 2016 to 2021; DfE, Key stage 4 performance methodology.
"""

import itertools
from decimal import Decimal

import ibis
import ibis.expr.types as ir

from virtualschool.outcomes.attainment_8 import taken_both
from virtualschool.outcomes.exact import exact
from virtualschool.outcomes.rules import Rules
from virtualschool.tables import POINTS, SCORE

SINGLES = ("biology", "chemistry", "physics", "computer science")


def parts(rows: ir.Table) -> dict[str, ir.Value]:
    """The aggregates over a pupil's counting entries that the measures here are made of; best points are hundredths."""

    def best(*names: str) -> ir.Value:
        return rows.points.max(where=rows.part.isin(names))

    return {
        "both_english": taken_both(rows),
        "best_english": best("language", "literature", "both"),
        "best_maths": best("maths"),
        "best_combined": best("combined science"),
        **{f"best_{name.replace(' ', '_')}": best(name) for name in SINGLES},
        "best_humanity": best("humanities"),
        "best_language": best("foreign language"),
    }


def measures(pupils: ir.Table, rules: Rules) -> dict[str, ir.Value]:
    """english_maths_94, english_maths_95, ebacc_entered, ebacc_94, ebacc_95 and ebacc_aps of a table that has the columns of `parts`."""
    english, maths = pupils.best_english, pupils.best_maths

    def both_at(hundredths: int) -> ir.Value:
        return (english >= hundredths).fill_null(False) & (maths >= hundredths).fill_null(False)

    singles = [pupils[f"best_{name.replace(' ', '_')}"] for name in SINGLES]
    taken = sum((single.notnull().cast("int32") for single in singles[1:]), singles[0].notnull().cast("int32"))
    three_singles = taken >= 3
    pairs = [one.fill_null(0) + other.fill_null(0) for one, other in itertools.combinations(singles, 2)]
    # The best two sciences are two of the six; combined science is both of them.
    two_sciences = ibis.greatest(
        ibis.ifelse(three_singles, ibis.greatest(*pairs), 0),
        pupils.best_combined.fill_null(0) * 2,
    )
    english_pillar = ibis.ifelse(pupils.both_english, english.fill_null(0), 0)
    whole = [english_pillar, maths.fill_null(0), pupils.best_humanity.fill_null(0), pupils.best_language.fill_null(0)]
    total = sum(whole[1:], whole[0]) + two_sciences
    entered = (
        pupils.both_english
        & maths.notnull()
        & (three_singles | pupils.best_combined.notnull())
        & pupils.best_humanity.notnull()
        & pupils.best_language.notnull()
    )

    def at_least(value: ir.Value, hundredths: int) -> ir.BooleanValue:
        return (value >= hundredths).fill_null(False)

    passes = [at_least(single, 400).cast("int32") for single in singles]
    # Two of three sciences taken, or combined science, whose points are the mean of its two grades.
    sciences = (three_singles & (sum(passes[1:], passes[0]) >= 2)) | at_least(pupils.best_combined, 400)
    others = sciences & at_least(pupils.best_humanity, 400) & at_least(pupils.best_language, 400)
    achieved = {grade: pupils.both_english & both_at(100 * grade) & others for grade in (4, 5)}
    # In hundredths. The quotient of two whole numbers is the same on every machine.
    average = (total / (6 * 100)).cast(SCORE)
    return {
        "english_maths_94": both_at(rules.passed),
        "english_maths_95": both_at(500) if rules.grade_5 else ibis.null("boolean"),
        "ebacc_entered": entered,
        "ebacc_94": achieved[4] if rules.grade_5 else ibis.null("boolean"),
        "ebacc_95": achieved[5] if rules.grade_5 else ibis.null("boolean"),
        "ebacc_aps": average if rules.point_score else ibis.null(SCORE),
    }


def as_points(hundredths: ir.Value) -> ir.Value:
    """Hundredths as points: DECIMAL, exact."""
    return exact(hundredths.cast("decimal(9, 2)") * ibis.literal(Decimal("0.01"), type="decimal(3, 2)"), POINTS)

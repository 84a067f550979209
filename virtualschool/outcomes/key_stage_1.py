"""Key stage 1: a pupil's teacher assessments, and the average of their points from which key stage 2 progress starts.

Source: DfE, Primary accountability technical guide (mathematics counts as much as reading and writing together).
"""

from decimal import Decimal

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from virtualschool import codes, tables
from virtualschool.outcomes.exact import exact
from virtualschool.outcomes.staging import before
from virtualschool.outcomes.who import one_a_pupil, one_of_year, with_pupil
from virtualschool.tables import POINTS

KS1_POINTS = ibis.table({"code": "string", "points": POINTS}, name="ks1_code_points")
"""Points of a key stage 1 outcome, for one year of key stage 2."""


def points_table(ks2_year: int) -> pa.Table:
    """The rows of KS1_POINTS for pupils who end key stage 2 in a year."""
    rows = [(row["code"], Decimal(row["points"])) for row in codes.load("ks1_points") if codes.in_year(row, ks2_year)]
    return pa.table(
        {"code": pa.array([code for code, _points in rows], pa.string()), "points": pa.array([p for _code, p in rows], pa.decimal128(9, 4))}
    )


def assessed(*, by_upn: bool = True) -> ir.Table:
    """The year's assessments: pupil, ks1_reading, ks1_writing, ks1_maths, and who and where."""
    return one_of_year(tables.ks1, by_upn=by_upn).select(
        "pupil",
        "year",
        "upn",
        "dob",
        "sex",
        "laestab",
        "school_urn",
        **{f"ks1_{name}": _[name].strip().upper() for name in ("reading", "writing", "maths")},
    )


def latest(*, by_upn: bool = True) -> ir.Table:
    """Each pupil's assessments of the last year before the one that is worked on: pupil and the three codes."""
    rows = with_pupil(before(tables.ks1), by_upn=by_upn)
    newest = one_a_pupil(rows, ibis.desc(_.year))
    return newest.select("pupil", before_reading=_.reading, before_writing=_.writing, before_maths=_.maths)


def average(reading: ir.Value, writing: ir.Value, maths: ir.Value) -> ir.Value:
    """The key stage 1 average of three points: ((reading + writing) / 2 + mathematics) / 2.

    Where one of reading and writing is missing the other stands for English; where mathematics or English is, the other stands alone.
    """
    english = half(ibis.coalesce(reading, writing), ibis.coalesce(writing, reading))
    return half(ibis.coalesce(english, maths), ibis.coalesce(maths, english))


def half(one: ir.Value, other: ir.Value) -> ir.Value:
    """The mean of two points, exact to four decimals."""
    return exact((one + other).cast(POINTS) * ibis.literal(Decimal("0.5"), type="decimal(2, 1)"), POINTS)

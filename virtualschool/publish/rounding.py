"""The one rounding of the project: an exact number, once, half away from zero.

Python's own `round` takes halves to the even digit and works on binary fractions; it misses one printed figure in a hundred.
"""

from decimal import Decimal
from fractions import Fraction


def rounded(value: Fraction, decimals: int) -> Decimal:
    """A number with so many decimals, halves away from zero: 34.25 is 34.3, -0.125 is -0.13."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals) if whole else Decimal(0).scaleb(-decimals)


def percent(part: int, whole: int, decimals: int = 1) -> Decimal:
    """A share of a whole as a percentage: of one child's record, which is no figure of a group. `whole` is not zero."""
    return rounded(Fraction(100 * part, whole), decimals)


def to_nearest(value: Fraction, step: int) -> int:
    """A count to the nearest `step`, halves away from zero."""
    return int(rounded(value / step, 0)) * step

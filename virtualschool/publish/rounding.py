"""The one rounding of the project: an exact number, once, half away from zero.

Python's own `round` takes halves to the even digit and works on binary fractions; it misses one printed figure in a hundred.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

NEAR = 1e-6
"""How near to a half a number of floating point is not trusted, beside its size."""


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


def rounded_all(numerator: "np.ndarray", denominator: "np.ndarray", decimals: int) -> list[float]:
    """Exact quotients of whole numbers, each as `rounded` has it; denominators are above nought."""
    import numpy as np

    scale = 10**decimals
    largest = 2 * scale * int(np.abs(numerator).max(initial=0)) + int(denominator.max(initial=1))
    if largest >= 2**62:
        numerator, denominator = numerator.astype(object), denominator.astype(object)
    whole = (2 * scale * abs(numerator) + denominator) // (2 * denominator)
    # Both are whole numbers that a float holds, so that their quotient is the float nearest to the decimal.
    return [one / scale for one in np.where(numerator < 0, -whole, whole).tolist()]


def rounded_floats(values: "np.ndarray", decimals: int, exact: Callable[[int], Fraction]) -> list[float]:
    """Numbers worked out in floating point, rounded as the exact ones would be: one that lies near a half, or is not a number at all, is
    asked for exactly, by its place."""
    import numpy as np

    scale = 10**decimals
    scaled = np.abs(values) * scale
    whole = np.floor(scaled + 0.5)
    # What floats may be wrong by is a thousand times less than this.
    sure = np.abs(scaled - np.floor(scaled) - 0.5) > NEAR * np.maximum(1, scaled)
    found = [one / scale for one in np.where(values < 0, -whole, whole).tolist()]
    for at in np.flatnonzero(~sure).tolist():
        found[at] = float(rounded(exact(at), decimals))
    return [one or 0.0 for one in found]

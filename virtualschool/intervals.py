"""95% intervals, in exact decimals of 40 digits; nothing is rounded here.

    wilson         proportions: Wilson's score interval with z = 1.96
    t              means: mean ± t × s / √n, with s from n - 1
    dfe_progress   progress scores: mean ± 1.96 × national SD / √n, the SD of the year and not of the group
    ratio          a ratio of two totals over n pupils: R ± t × √(n / (n - 1) × Σ(numerator - R × denominator)²) / Σ denominator
    exact_limits   what a share of n pupils may be by chance alone, from the binomial distribution: for funnel plots

z is 1.96, as in DfE's own intervals. Sources: E. B. Wilson, Probable inference, the law of succession, and statistical inference
(1927); DfE, Secondary accountability measures, confidence intervals; W. G. Cochran, Sampling techniques, ratio estimates.
"""

from decimal import Decimal, localcontext
from functools import cache

from virtualschool import codes

DIGITS = 40
Z = Decimal("1.96")
STATUSES = ("final", "revised", "provisional")
Interval = tuple[Decimal, Decimal] | None


def wilson(reached: Decimal, of: Decimal) -> Interval:
    if of <= 0:
        return None
    with localcontext(prec=DIGITS):
        share, over = reached / of, Z * Z / of
        middle = (share + over / 2) / (1 + over)
        half = Z * (share * (1 - share) / of + over / of / 4).sqrt() / (1 + over)
        return (Decimal(0) if reached == 0 else middle - half), (Decimal(1) if reached == of else middle + half)


def mean(pupils: int, total: Decimal, squares: Decimal) -> Interval:
    """Of a mean over two pupils or more."""
    if pupils < 2:
        return None
    with localcontext(prec=DIGITS):
        middle = total / pupils
        variance = max(squares - total * total / pupils, Decimal(0)) / (pupils - 1)
        half = student(pupils - 1) * (variance / pupils).sqrt()
        return middle - half, middle + half


def progress(pupils: int, total: Decimal, national_sd: Decimal | None) -> Interval:
    if pupils < 1 or national_sd is None:
        return None
    with localcontext(prec=DIGITS):
        half = Z * national_sd / Decimal(pupils).sqrt()
        return total / pupils - half, total / pupils + half


def ratio(pupils: int, numerator: Decimal, denominator: Decimal, squares: Decimal, products: Decimal, below: Decimal) -> Interval:
    """`squares` are of numerators, `below` squares of denominators, `products` numerator times denominator. Never below nought."""
    if pupils < 2 or denominator <= 0:
        return None
    with localcontext(prec=DIGITS):
        middle = numerator / denominator
        left = max(squares - 2 * middle * products + middle * middle * below, Decimal(0))
        half = student(pupils - 1) * (left * pupils / (pupils - 1)).sqrt() / denominator
        return max(middle - half, Decimal(0)), middle + half


def binomial(reached: int, pupils: int, share: float) -> float:
    """The chance that `reached` pupils or fewer reach it, if each does with `share`."""
    if reached < 0:
        return 0.0
    if reached >= pupils or share <= 0:
        return 1.0
    from scipy.special import bdtr

    return float(bdtr(reached, pupils, share))


def exact_limits(pupils: int, share: float, tail: float) -> tuple[float, float]:
    """The lowest and highest share of so many pupils that chance makes, with at most `tail` beyond each.

    A count is beyond a limit just where the chance of it, and of all further out, is less than `tail`. Between the last count
    inside and the first outside the line stands as far as the tail leaves room (Spiegelhalter's interpolation), the same way on
    both sides; his own formula for the upper side would call outside what chance makes more often than `tail`.
    Source: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005), appendix A.1.1.
    """
    if pupils < 1:
        return 0.0, 1.0
    low, high = _lowest(pupils, share, tail) / pupils, 1 - _lowest(pupils, 1 - share, tail) / pupils
    return max(low, 0.0), min(high, 1.0)


def _lowest(pupils: int, share: float, tail: float) -> float:
    """The smallest count that is inside, less what the tail leaves over."""
    first, last = 0, pupils
    while first < last:
        middle = (first + last) // 2
        if binomial(middle, pupils, share) >= tail:
            last = middle
        else:
            first = middle + 1
    at, before = binomial(first, pupils, share), binomial(first - 1, pupils, share)
    return first - ((at - tail) / (at - before) if at > before else 0.0)


@cache
def student(freedom: int) -> Decimal:
    """The 97.5% point of Student's t."""
    # Imported here: it takes half as long as all the rest of a command, and few figures want it.
    from scipy.special import stdtrit

    return Decimal(repr(float(stdtrit(freedom, 0.975))))


@cache
def published_sd(series: str, year: int) -> Decimal | None:
    """The national standard deviation that DfE used in a year: final, else revised, else provisional; None if nobody found it.

    `series` is a list of codes/ and the measure or subject in it: `p8_national_sd/progress8`.
    """
    name, _, wanted = series.partition("/")
    try:
        rows = codes.load(name)
    except FileNotFoundError:
        return None
    found = [row for row in rows if row["year"] == str(year) and row.get("measure", row.get("subject")) == wanted and row["sd"]]
    for status in STATUSES:
        for row in found:
            if row["status"].startswith(status):
                return Decimal(row["sd"])
    return None

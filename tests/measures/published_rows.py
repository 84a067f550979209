"""Every figure that DfE printed for an authority, worked out again from the parts printed beside it, with our arithmetic and our rounding.

A row can be worked out if its numerator, denominator and value are numbers; ROUNDED_PARTS says of which files they are not what they
were. The figure is the exact quotient, rounded once, halves away from zero. Two things are told apart from that:

    sums of scores are printed rounded: what they leave open is counted as agreeing within it, no more
    a quotient just between two printed values: DfE's arithmetic in binary fractions sometimes falls short of it (23 of 80 is
    28.75 and printed as 28.7). It is counted only where the same arithmetic falls short here
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from virtualschool import intervals, measures
from virtualschool.benchmarks.published import number
from virtualschool.publish.rounding import rounded

ROUNDED_PARTS = {
    "sfr_2016_sen_sheet": "counts are printed to the nearest five",
    "sfr_2016_sdq_sheet": "counts are printed to the nearest five",
}
PER_TEN_THOUSAND = {"looked_after_rate", "started_rate", "ceased_rate"}
NO_PERCENT = {"points", "score", "number"}


@dataclass
class Tally:
    """How many rows agreed, and why others were not compared; what is wrong, row by row."""

    counts: Counter = field(default_factory=Counter)
    wrong: list[tuple] = field(default_factory=list)


def worked_out_again(rows: Sequence[dict]) -> Tally:
    """The tally over rows of tables.published, those of authorities alone."""
    found, decimals = Tally(), decimals_of_sums(rows)
    for row in rows:
        if row["level"] != "la":
            continue
        above, below, value = (number(row[name]) for name in ("numerator", "denominator", "value"))
        if above is None or below is None or value is None:
            found.counts["no parts, or hidden"] += 1
        elif reason := ROUNDED_PARTS.get(row["dataset"]):
            found.counts[reason] += 1
        elif not below:
            found.counts["of nobody"] += 1
        else:
            measure = measures.ALL.get(row["measure"])
            # A sum of scores is known to half of the last place that is printed.
            open_ = Fraction(1, 2 * 10 ** decimals[series(row)]) if measure and measure.unit == "score" else Fraction(0)
            times = scale(row["measure"])
            compare(
                found, row, "value", Fraction(above) / Fraction(below) * times, open_ / Fraction(below), float(above) / float(below) * times
            )
            for name, limit in limits(found, row, above, measure):
                compare(found, row, name, Fraction(limit), open_ / Fraction(below), float(limit))
    return found


def series(row: dict) -> tuple:
    return row["dataset"], row["release"], row["measure"], row["year"]


def decimals_of_sums(rows: Iterable[dict]) -> dict[tuple, int]:
    """To how many decimals the numerators of each series are printed, trailing noughts left out."""
    found: dict[tuple, int] = {}
    for row in rows:
        if number(row["numerator"]) is not None:
            found[series(row)] = max(found.get(series(row), 0), len(row["numerator"].strip().partition(".")[2]))
    return found


def limits(found: Tally, row: dict, total: Decimal, measure: measures.Measure | None) -> list[tuple[str, Decimal]]:
    """The limits of a progress score, where DfE printed them and the national deviation of the year is known."""
    pupils = number(row["pupils"])
    if measure is None or measure.interval != "dfe_progress" or pupils is None or number(row["low"]) is None or number(row["high"]) is None:
        return []
    deviation = intervals.published_sd(measure.national_sd, row["year"])
    if deviation is None or row["population"] == "all_pupils":
        # The deviations that were found are those of the release on looked-after children.
        found.counts["limits without a national deviation"] += 2
        return []
    return list(zip(("low", "high"), intervals.progress(int(pupils), total, deviation) or (), strict=False))


def scale(name: str) -> int:
    """What a fraction is printed in: percent, unless the measure is in points or is a rate of children."""
    if name in PER_TEN_THOUSAND:
        return 10_000
    return 1 if name in measures.ALL and measures.ALL[name].unit in NO_PERCENT else 100


def compare(found: Tally, row: dict, what: str, exact: Fraction, open_: Fraction, binary: float) -> None:
    """Counts whether what is printed is the exact number rounded; `open_` is how far the number itself is not known."""
    printed = row[what].strip()
    decimals, shown, measure = len(printed.partition(".")[2]), number(printed), measures.ALL.get(row["measure"])
    # A trailing nought is not printed, so the figure may have been rounded to more decimals than it shows.
    places = {decimals, max(decimals, measure.decimals if measure else 0)}
    kind = "value" if what == "value" else "limit"
    if any(rounded(exact, at) == shown for at in places):
        found.counts[f"{kind} agrees"] += 1
    elif open_ and any(rounded(exact - open_, at) <= shown <= rounded(exact + open_, at) for at in places):
        found.counts[f"{kind} agrees within its rounded sum"] += 1
    elif (exact * 10**decimals * 2).denominator == 1 and abs(Fraction(binary)) < abs(exact) and abs(shown) == below_half(exact, decimals):
        found.counts["value just short of a half in binary"] += 1
    else:
        found.wrong.append((*series(row), row["la"], row["breakdown"], what, row["numerator"], row["denominator"], printed))


def below_half(exact: Fraction, decimals: int) -> Decimal:
    """A half at so many decimals, rounded towards zero."""
    return Decimal(int(abs(exact) * 10**decimals)).scaleb(-decimals)

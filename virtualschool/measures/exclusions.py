"""Suspension and permanent exclusion in the school year, of pupils on roll in January (sole and dual main)."""

import ibis
from ibis import _

from virtualschool.measures.measure import Measure

SOURCE = "DfE, Suspensions and permanent exclusions in England: methodology"

suspended_once_or_more = Measure(
    name="suspended_once_or_more",
    title="Suspended once or more",
    meaning="Pupils with at least one suspension in the school year, of pupils on roll in January.",
    eligible=_.on_roll_january,
    numerator=_.suspensions > 0,
    unit="percent",
    better="lower",
    decimals=2,
    release="exclusions",
    first_year=2016,
    source=SOURCE,
)
suspension_rate = Measure(
    name="suspension_rate",
    title="Suspension rate",
    meaning="Suspensions in the school year for every hundred pupils on roll in January; it can exceed 100.",
    eligible=_.on_roll_january,
    numerator=_.suspensions,
    unit="percent",
    better="lower",
    interval="ratio",
    decimals=2,
    counts="events",
    release="exclusions",
    first_year=2016,
    source=SOURCE,
)
permanent_exclusion_rate = Measure(
    name="permanent_exclusion_rate",
    title="Permanent exclusion rate",
    meaning="Permanent exclusions in the school year for every hundred pupils on roll in January.",
    eligible=_.on_roll_january,
    numerator=_.permanent_exclusions,
    unit="percent",
    better="lower",
    interval="ratio",
    decimals=2,
    counts="events",
    release="exclusions",
    first_year=2016,
    source=SOURCE,
)


# --- Over twelve months to any month ---

MONTHS = (
    *("september", "october", "november", "december", "january", "february"),
    *("march", "april", "may", "june", "july", "august"),
)


def suspended_to(place: int, month: str) -> Measure:
    """Pupils suspended at least once in the twelve months that end with a month of the school year (0: September)."""
    so_far = (2 << place) - 1
    this_year = _.suspension_months & ibis.literal(so_far, type="int32")
    year_before = _.suspension_months_before & ibis.literal(4095 - so_far, type="int32")
    known = _.suspension_months.notnull() & (_.suspension_months_before.notnull() if place < 11 else True)
    return Measure(
        name=f"suspended_12_months_to_{month}",
        title=f"Suspended once or more in twelve months to {month.capitalize()}",
        meaning=(
            f"Pupils with at least one suspension that began in the twelve months to the end of {month.capitalize()} of the school year, "
            "of pupils on roll in January. 2026 is the school year 2025/26."
        ),
        eligible=_.on_roll_january & known,
        numerator=(this_year > 0) | ((year_before > 0) if place < 11 else False),
        unit="percent",
        better="lower",
        decimals=2,
        release="exclusions",
        first_year=2016,
        of_pupils=False,
        source=SOURCE,
        uncertain=(
            "DfE prints no rolling figure. It needs dated suspensions of the school year and the one before; a pupil with a suspension "
            "without a date is left out. A file that ends before the month makes the figure too low, and nothing in it says so."
        ),
    )


suspended_12_months = tuple(suspended_to(place, month) for place, month in enumerate(MONTHS))

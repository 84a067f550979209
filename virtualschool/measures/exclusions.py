"""Suspension and permanent exclusion in the school year, of pupils on roll in January (sole and dual main)."""

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

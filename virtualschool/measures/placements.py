"""How settled children are in their placements."""

from ibis import _

from virtualschool.measures.measure import Measure

placements_3_plus = Measure(
    name="placements_3_plus",
    title="Three or more placements in the year",
    meaning="Children looked after on 31 March who had three or more placements in the year, those open on 1 April counted.",
    eligible=_.at_31_march,
    numerator=_.placements_in_year >= 3,
    unit="percent",
    better="lower",
    decimals=0,
    release="looked after",
    cohort="march",
    first_year=2016,
    of_schools=False,
    of_pupils=False,
    source="DfE, Children looked after in England: data guidance, placement stability",
)
placement_stability = Measure(
    name="placement_stability",
    title="Long-term placement stability",
    meaning=(
        "Children under 16 looked after for two and a half years or more on 31 March, who lived in the same placement for two years "
        "or more or were placed for adoption. As DfE printed it: records of two and a half years back are not read."
    ),
    eligible=False,
    numerator=None,
    unit="percent",
    better="higher",
    decimals=0,
    release="looked after",
    cohort="march",
    first_year=2018,
    of_schools=False,
    of_pupils=False,
    of_children=False,
    source="DfE, Children looked after in England: data guidance, placement stability",
)

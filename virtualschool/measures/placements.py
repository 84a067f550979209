"""How settled children are in their placements, and where these are."""

from ibis import _

from virtualschool.measures.of_care import GUIDANCE, share

SOURCE = f"{GUIDANCE}, placement stability"
TEMPORARY = "That temporary stays (T0 to T4) are no placements was not found stated by DfE; DfE counts placements of 24 hours or more."

placements_3_plus = share(
    "placements_3_plus",
    "Three or more placements in the year",
    "Children looked after on 31 March who had three or more placements in the year, those open on 1 April counted.",
    _.placements_in_year >= 3,
    _.at_31_march,
    cohort="march",
    source=SOURCE,
    uncertain=TEMPORARY,
)
placements_3_plus_in_2_years = share(
    "placements_3_plus_in_2_years",
    "Three or more placements in two years",
    "Children looked after on 31 March who also spent at least a day in care in the year before, and who had three or more placements "
    "in the two years.",
    _.placements_in_2_years >= 3,
    _.at_31_march & _.spent_year_before & _.without_year_before.isnull(),
    cohort="march",
    first_year=2018,
    origin="without_year_before",
    source=SOURCE,
    uncertain=TEMPORARY,
)
placement_stability = share(
    "placement_stability",
    "Long-term placement stability",
    "Children under 16 on 31 March who had been looked after since 30 September two and a half years before or longer, and who lived "
    "with the same carers since 31 March two years before or longer, or were placed for adoption where that placement and the one "
    "before it lasted so long. Care that followed on short breaks is left out, and a change to foster carers who are approved adopters "
    "(U2, U5) is a change.",
    _.same_carer_2_years,
    _.at_31_march & (_.age_on_31_march < 16) & _.in_care_long_term & _.without_two_years_before.isnull(),
    better="higher",
    cohort="march",
    first_year=2018,
    origin="without_two_years_before",
    source=SOURCE,
    uncertain="That a temporary stay (T0 to T4) does not end the stay with the same carers was not found stated by DfE.",
)
placed_out_of_authority = share(
    "placed_out_of_authority",
    "Placed outside the authority",
    "Children looked after on 31 March whose placement stands outside the responsible authority, of those of whom it is known.",
    _.out_of_authority,
    better="neither",
    cohort="march",
    source=f"{GUIDANCE}, locality of placement",
)
placed_over_20_miles_outside = share(
    "placed_over_20_miles_outside",
    "Placed over 20 miles from home, outside the authority",
    "Children looked after on 31 March whose placement stands more than 20 miles from home and outside the responsible authority, of "
    "all of them: those of whom the distance is not known are among them.",
    (_.distance_band == "over 20 miles") & _.out_of_authority.fill_null(False),
    _.distance_band.notnull(),
    cohort="march",
    source="DfE, local authority interactive tool, data dictionary, children placed more than 20 miles from home",
)

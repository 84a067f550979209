"""Files that stand beside DfE's published statistics and hold no figure of pupils: known, and set aside with the reason."""

from virtualschool.read.unused import unused

IN_THE_PROGRAM = "the program has this list itself, for each year"

dictionary = unused(
    "unused.dictionary",
    "it says what measures mean and holds no figures",
    "Measure_short",
    "Polarity",
    source="DfE, Local Authority Interactive Tool: data dictionary",
)
neighbours_2021 = unused(
    "unused.neighbours_2021", IN_THE_PROGRAM, "LA number", "SN1", "SN10", source="DfE, statistical neighbours, April 2021"
)
neighbours_2025 = unused(
    "unused.neighbours_2025", IN_THE_PROGRAM, "old_la_code", "SN_1", "SN_10", source="DfE, statistical neighbours, May 2025"
)
neighbours_sheet = unused("unused.neighbours_sheet", IN_THE_PROGRAM, "A", "B", "C", "D", "E", "3", "22")
authorities_of_tool = unused("unused.authorities_of_tool", IN_THE_PROGRAM, "LA Number", "LA Name", "Region", "Type")
districts = unused("unused.districts", IN_THE_PROGRAM, "LTLA*", "UTLA*", source="ONS, Lower Tier to Upper Tier Local Authority lookup")
deprivation = unused(
    "unused.deprivation", "deprivation of areas is not measured here", "IMD - Average rank", source="English Indices of Deprivation"
)
population = unused(
    "unused.population",
    "it counts the children who live in an area, not pupils",
    "time_period",
    "geographic_level",
    "age_group",
    "population_estimate",
    forbids=("number", "social_care_group"),
    source="ONS, mid-year population estimates",
)

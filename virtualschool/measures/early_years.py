"""The end of the early years foundation stage, phonics, and the multiplication tables check."""

from ibis import _

from virtualschool.measures.measure import Measure

NO_CHECK = "There was no phonics check in 2020 and 2021."
PROFILE = "DfE, Early years foundation stage profile results: methodology"
OTHER_GOALS = (
    "A goal that was not assessed (A) leaves the child out unless DfE's own flag is there or another goal was not reached; how DfE counts "
    "it was not found."
)

good_level_of_development = Measure(
    name="good_level_of_development",
    title="Good level of development",
    meaning=(
        "Children at the end of the early years foundation stage at the expected level in all twelve goals of communication and language; "
        "personal, social and emotional development; physical development; literacy; and mathematics. Not comparable with earlier years."
    ),
    eligible=_.at_early_years,
    numerator=_.good_development,
    unit="percent",
    better="higher",
    first_year=2022,
    source=PROFILE,
    uncertain=OTHER_GOALS,
)
good_level_of_development_2013 = Measure(
    name="good_level_of_development_2013",
    title="Good level of development, as defined from 2013 to 2019",
    meaning=(
        "Children at the end of the early years foundation stage at least at the expected level in the twelve goals of the prime areas, "
        "literacy and mathematics of the profile of 2013. Not comparable with later years."
    ),
    eligible=_.at_early_years,
    numerator=_.good_development,
    unit="percent",
    better="higher",
    first_year=2013,
    last_year=2019,
    after_last_year="The profile was not collected in 2020 and 2021, and from 2022 it is another: see good_level_of_development.",
    source=PROFILE,
    uncertain=f"That levels are 1 emerging, 2 expected and 3 exceeding was not confirmed. {OTHER_GOALS}",
)
phonics = Measure(
    name="phonics",
    title="Phonics standard met in year 1",
    meaning=(
        "Pupils in year 1 who met the standard of the phonics check (32 marks of 40), of those with a valid outcome: met, not met, absent, "
        "did not take it, maladministration."
    ),
    eligible=_.phonics.notnull(),
    numerator=_.phonics,
    unit="percent",
    better="higher",
    decimals=0,
    first_year=2016,
    missing_years={2020: NO_CHECK, 2021: NO_CHECK},
    source="DfE, Phonics screening check attainment: methodology",
)
phonics_by_year_2 = Measure(
    name="phonics_by_year_2",
    title="Phonics standard met by the end of year 2",
    meaning="Pupils in year 2 who met the standard of the phonics check in year 1 or 2, of those with a valid outcome in either.",
    eligible=_.phonics_by_year_2.notnull(),
    numerator=_.phonics_by_year_2,
    unit="percent",
    better="higher",
    decimals=0,
    first_year=2016,
    missing_years={2020: NO_CHECK, 2021: NO_CHECK},
    source="DfE, Phonics screening check attainment: methodology",
    uncertain=(
        "It needs the files of both years, since who met the standard in year 1 takes no other check; without the earlier file there is no "
        "figure. The check of autumn 2021, which pupils in "
        "year 2 took in place of that of 2021, counts only where a file has it among the outcomes of 2022."
    ),
)
ELIGIBLE = (
    "DfE counts all eligible pupils. Those who had left or were registered by mistake are taken not to be; the letters by which a file "
    "gives reasons were not found."
)
multiplication_full_marks = Measure(
    name="multiplication_full_marks",
    title="Full marks in the multiplication tables check",
    meaning="Pupils in year 4 who scored 25 of 25, of all who were to take the check.",
    eligible=_.at_multiplication,
    numerator=(_.multiplication_mark == 25).fill_null(False),
    unit="percent",
    better="higher",
    decimals=0,
    first_year=2022,
    source="DfE, Multiplication tables check attainment: methodology",
    uncertain=ELIGIBLE,
)
multiplication_score = Measure(
    name="multiplication_score",
    title="Average score in the multiplication tables check",
    meaning="Marks of 25 in the check of year 4, on average over pupils who took it, those who scored nothing among them.",
    eligible=_.at_multiplication,
    numerator=_.multiplication_mark,
    unit="points",
    better="higher",
    interval="t",
    counts="points",
    first_year=2022,
    source="DfE, Multiplication tables check attainment: methodology",
)

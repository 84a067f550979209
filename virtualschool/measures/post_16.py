"""The end of 16 to 18 study of young people who are still in an authority's return, and what is reached by 19.

What is reached by 19 has its place only. DfE works it out from a data set of its own, prints it of all young people by what the school
census said of them at 15, and not of those looked after; the items of that data set that were found tell who someone is, and not what
was reached. Results at 18 would miss whatever was taken or taken again in the year after, which for care leavers is much.
"""

from ibis import _

from virtualschool.measures.measure import Measure

SOURCE = "DfE, National Pupil Database: data item lists, key stage 5"
ITEMS = (
    "Taken from DfE's pupil-level flags as they stand. The item list that was found ends with 2017/18 and explains the flags in a few "
    "words, so neither who is in the cohort nor a change since then is confirmed."
)
GONE = "Most looked-after children turn 18 and leave the return before they end their course, so few are counted."


def share(name: str, title: str, meaning: str, reached) -> Measure:
    """The share of students at the end of 16 to 18 study."""
    return Measure(
        name=name,
        title=title,
        meaning=f"{meaning} {GONE}",
        eligible=_.at_post_16,
        numerator=reached,
        unit="percent",
        better="higher",
        cohort="year",
        first_year=2017,
        of_pupils=False,
        source=SOURCE,
        uncertain=ITEMS,
    )


post_16_level_3 = share(
    "post_16_level_3",
    "At least one level 3 qualification at the end of 16 to 18 study",
    "Students at the end of 16 to 18 study with one or more qualifications of level 3, of those in DfE's cohort of level 3.",
    _.level_3,
)
post_16_two_level_3 = share(
    "post_16_two_level_3",
    "Two A levels or the like at the end of 16 to 18 study",
    "Students at the end of 16 to 18 study with two A levels or qualifications of their size, of those in DfE's cohort of level 3.",
    _.two_level_3,
)
post_16_retained = share(
    "post_16_retained",
    "Kept to the end of the course after 16",
    "Students at the end of 16 to 18 study who were kept to the end of the core aim of their programme, of those in scope of a programme.",
    _.retained_post_16,
)

BY_19 = "DfE, Level 2 and 3 attainment age 16 to 25: methodology and data guidance, 2022/23"
AWAITS = (
    "No file that is read says what was reached by 19: DfE works it out from its matched data of young people, and prints it of nobody "
    "looked after."
)


def by_19(name: str, title: str, reached: str) -> Measure:
    """A measure that has its place, and waits for a file."""
    return Measure(
        name=name,
        title=title,
        meaning=f"Young people who turned 19 in the school year and had reached, by the end of that August, {reached}; of those who were "
        "in a state-funded school at 15.",
        eligible=False,
        numerator=None,
        unit="percent",
        better="higher",
        cohort="leavers",
        first_year=2016,
        of_schools=False,
        of_pupils=False,
        of_children=False,
        source=BY_19,
        uncertain="DfE prints none of looked-after children or care leavers, so whom it would be of is our choice: those who are 19 in the "
        "return. Which other qualifications stand for five GCSEs or two A levels, and how size is counted, was not found.",
        awaits=AWAITS,
    )


level_2_by_19 = by_19("level_2_by_19", "Level 2 by the age of 19", "level 2: five GCSEs at grades 9 to 4 (A* to C), or the like")
level_2_english_maths_by_19 = by_19(
    "level_2_english_maths_by_19",
    "Level 2 in English and mathematics by the age of 19",
    "grades 9 to 4 (A* to C) at GCSE in both English and mathematics, or the like",
)
level_3_by_19 = by_19("level_3_by_19", "Level 3 by the age of 19", "level 3: two A levels or the like")

"""The end of 16 to 18 study of young people who are still in an authority's return; of care leavers see care_leavers.

Level 2 and level 3 by the age of 19 are not here: DfE prints them of all pupils by special educational needs only, and no pupil-level
item of them is known.
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

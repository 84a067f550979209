"""Reviews of the cases of children looked after at any time in the year: when they were held, and how the child took part."""

from ibis import _

from virtualschool.cohort.reviews import FIRST_DAYS
from virtualschool.measures.of_care import events, share

REGULATIONS = "The Care Planning, Placement and Case Review (England) Regulations 2010, regulation 33"
CODES = "Codes: DfE, SSDA903 guide, reviews. DfE prints no such figure."

reviews_on_time = share(
    "reviews_on_time",
    "All reviews on time",
    "Children all of whose reviews of the year were held on time, of those who had one in the year or were due one: the first within "
    "20 working days of the start of care, the second within three months of the first, others within six months of the one before.",
    _.reviews_on_time == _.reviews_due,
    _.reviews_due > 0,
    better="higher",
    cohort="year",
    source=REGULATIONS,
    uncertain=(
        f"Twenty working days are taken as {FIRST_DAYS} days, without bank holidays. Where a period of care began before the returns that "
        "are looked at (of the year and the year before), the first review found in them is judged only if it came later than six months "
        "after their first day. No current definition of DfE's was found."
    ),
)
reviews_views_given = events(
    "reviews_views_given",
    "Views given to reviews",
    "Reviews in the year of children aged 4 or over to which the child's views were given: by the child, by an advocate or otherwise, "
    "there or from afar (PN1 to PN3, PN5, PN6).",
    _.reviews_views_given,
    _.reviews_taking_part > 0,
    denominator=_.reviews_taking_part,
    unit="percent",
    decimals=0,
    better="higher",
    cohort="year",
    source=CODES,
)
reviews_attended = events(
    "reviews_attended",
    "Reviews attended by the child",
    "Reviews in the year of children aged 4 or over that the child attended, whether or not views were given (PN1 to PN4).",
    _.reviews_attended,
    _.reviews_taking_part > 0,
    denominator=_.reviews_taking_part,
    unit="percent",
    decimals=0,
    better="higher",
    cohort="year",
    source=CODES,
)
reviews_all_views_given = share(
    "reviews_all_views_given",
    "Views given to every review",
    "Children aged 4 or over whose views were given, in any way, to each of their reviews in the year.",
    _.reviews_views_given == _.reviews_taking_part,
    _.reviews_taking_part > 0,
    better="higher",
    cohort="year",
    source=CODES,
)

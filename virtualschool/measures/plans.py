"""Personal education plans. Their places are kept: plans are not among the files that are read yet, so that no figure can be made."""

from virtualschool.measures.measure import Measure

AWAITS = "No plans are held: personal education plans are in no file that is read."


def waiting(name: str, title: str, meaning: str, source: str) -> Measure:
    return Measure(
        name=name,
        title=title,
        meaning=meaning,
        eligible=False,
        numerator=None,
        unit="percent",
        better="higher",
        release="looked after",
        cohort="year",
        first_year=2016,
        of_schools=False,
        of_pupils=False,
        of_children=False,
        awaits=AWAITS,
        source=source,
    )


GUIDANCE = "DfE, Promoting the education of looked-after and previously looked-after children, statutory guidance, 2018"
REGULATIONS = "The Care Planning, Placement and Case Review (England) Regulations 2010, regulation 5 and schedule 1"

pep_in_place = waiting(
    "pep_in_place", "Personal education plan in place", "Children of an age for a plan who have one that is not out of date.", REGULATIONS
)
pep_in_time = waiting(
    "pep_in_time",
    "First personal education plan in time",
    "Children who came into care in the year whose plan was ready for the first review, 20 working days after.",
    REGULATIONS,
)
pep_reviewed_each_term = waiting(
    "pep_reviewed_each_term",
    "Personal education plan reviewed each term",
    "Children whose plan was reviewed in each school term in which they were looked after throughout.",
    GUIDANCE,
)
pep_quality = waiting(
    "pep_quality",
    "Personal education plan of good quality",
    "Plans of the year that met the authority's own standard of quality, of those that were judged.",
    GUIDANCE,
)

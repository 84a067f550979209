"""What becomes of care leavers around their 17th to 21st birthday: in touch, occupied, housed. Each measure twice, for those aged
19 to 21 (DfE's headline) and for those aged 17 and 18.

Left out, as DfE leaves them out: who died, who went home to somebody with parental responsibility for six months, whose care
another authority took over, and who had short breaks only.
"""

from typing import Any

from ibis import _

from virtualschool.measures.measure import Measure
from virtualschool.measures.of_care import GUIDANCE, share

SOURCE = f"{GUIDANCE}, care leavers"
HIGHER, OTHER_EDUCATION, APPRENTICE = "higher education", "other education", "apprenticeship"
AT_WORK, AT_WORK_NO_APPRENTICE = "training or employment", "training or employment, no apprenticeship"
OCCUPIED = (HIGHER, OTHER_EDUCATION, APPRENTICE, AT_WORK, AT_WORK_NO_APPRENTICE)
ILL, PARENT, OTHERWISE = "none: illness or disability", "none: pregnancy or parenting", "none: other circumstances"
WITHOUT_SUITABILITY = ("gone abroad", "deported", "residence not known")
APPRENTICESHIPS = 2022
"""The first year in which the return tells apprenticeships from other training and employment."""
ALL = "of all of them, those of whom nothing is known among them"


def both(
    name: str, title: str, meaning: str, reached: Any, *, better: str = "higher", shares: str = "", **more: Any
) -> tuple[Measure, Measure]:
    """The measure of those aged 19 to 21, and of those aged 17 and 18. `{leavers}` in the meaning is who they are."""
    eligible = more.pop("eligible", None)
    made = []
    for prefix, ages, words, since in (("leavers", (19, 21), "19 to 21", 2016), ("leavers_17_18", (17, 18), "17 and 18", 2017)):
        aged = _.age_on_31_march.between(*ages)
        given: dict[str, Any] = {"first_year": since, "cohort": "leavers", "source": SOURCE, "shares": shares and f"{shares} {words}"}
        made.append(
            share(
                f"{prefix}_{name}",
                f"Care leavers aged {words}: {title}",
                meaning.format(leavers=f"Care leavers aged {words}"),
                reached,
                aged if eligible is None else aged & eligible,
                better=better,
                **(given | more),
            )
        )
    return made[0], made[1]


def active(
    name: str, title: str, meaning: str, *words: str, better: str = "neither", shares: str = "", **more: Any
) -> tuple[Measure, Measure]:
    return both(
        name, title, f"{{leavers}} {meaning}, {ALL}.", _.leaver_activity.isin(words).fill_null(False), better=better, shares=shares, **more
    )


def living(name: str, title: str, meaning: str, *words: str, better: str = "neither") -> tuple[Measure, Measure]:
    return both(name, title, f"{{leavers}} {meaning}, {ALL}.", _.accommodation.isin(words).fill_null(False), better=better)


leavers_in_touch, leavers_17_18_in_touch = both(
    "in_touch",
    "in touch",
    f"{{leavers}} with whom the authority is in touch, {ALL}.",
    (_.in_touch == "in touch").fill_null(False),
    shares="contact with care leavers",
)
leavers_not_in_touch, leavers_17_18_not_in_touch = both(
    "not_in_touch",
    "not in touch",
    f"{{leavers}} with whom the authority is not in touch, {ALL}. Not those who refuse contact or no longer want services.",
    (_.in_touch == "not in touch").fill_null(False),
    better="lower",
    shares="contact with care leavers",
    uncertain="DfE leaves out those whose activity is known through someone else; the return does not mark them, so they count here.",
)
leavers_refuse_contact, leavers_17_18_refuse_contact = both(
    "refuse_contact",
    "refuse contact",
    f"{{leavers}} who refuse contact, {ALL}.",
    (_.in_touch == "refuses contact").fill_null(False),
    better="neither",
    shares="contact with care leavers",
)
leavers_need_no_services, leavers_17_18_need_no_services = both(
    "need_no_services",
    "no longer require services",
    f"{{leavers}} who no longer require services, {ALL}.",
    (_.in_touch == "no longer requires services").fill_null(False),
    better="neither",
    shares="contact with care leavers",
)

leavers_eet, leavers_17_18_eet = active(
    "eet",
    "in education, employment or training",
    "in education, employment or training, full time or part time",
    *OCCUPIED,
    better="higher",
    shares="activity of care leavers",
)
leavers_neet, leavers_17_18_neet = active(
    "neet",
    "not in education, employment or training",
    "not in education, employment or training",
    ILL,
    PARENT,
    OTHERWISE,
    better="lower",
    shares="activity of care leavers",
)
leavers_activity_not_known, leavers_17_18_activity_not_known = both(
    "activity_not_known",
    "activity not known",
    "{leavers} of whom it is not known what they do, of all of them.",
    (_.leaver_activity == "not known").fill_null(True),
    better="lower",
    shares="activity of care leavers",
)
leavers_higher_education, leavers_17_18_higher_education = active(
    "higher_education", "in higher education", "in higher education", HIGHER, better="higher", shares="occupied care leavers"
)
leavers_other_education, leavers_17_18_other_education = active(
    "other_education", "in other education", "in education other than higher education", OTHER_EDUCATION, shares="occupied care leavers"
)
leavers_apprenticeship, leavers_17_18_apprenticeship = active(
    "apprenticeship", "in an apprenticeship", "in an apprenticeship", APPRENTICE, shares="occupied care leavers", first_year=APPRENTICESHIPS
)
leavers_work_not_apprenticeship, leavers_17_18_work_not_apprenticeship = active(
    "work_not_apprenticeship",
    "in work or training, no apprenticeship",
    "in training or employment other than an apprenticeship",
    AT_WORK_NO_APPRENTICE,
    shares="occupied care leavers",
    first_year=APPRENTICESHIPS,
)
leavers_training_or_employment, leavers_17_18_training_or_employment = active(
    "training_or_employment",
    "in training or employment",
    "in training or employment, apprenticeships among it",
    AT_WORK,
    last_year=APPRENTICESHIPS - 1,
    after_last_year="From 2022 apprenticeships are told from other training and employment.",
)
leavers_neet_illness, leavers_17_18_neet_illness = active(
    "neet_illness",
    "not occupied: illness or disability",
    "not in education, employment or training owing to illness or disability",
    ILL,
    shares="unoccupied care leavers",
)
leavers_neet_parenting, leavers_17_18_neet_parenting = active(
    "neet_parenting",
    "not occupied: pregnancy or parenting",
    "not in education, employment or training owing to pregnancy or parenting",
    PARENT,
    shares="unoccupied care leavers",
)
leavers_neet_other, leavers_17_18_neet_other = active(
    "neet_other",
    "not occupied: other reasons",
    "not in education, employment or training owing to other reasons",
    OTHERWISE,
    shares="unoccupied care leavers",
)

# Who went abroad, was deported, or has no known residence is in no figure of suitability.
HOUSED = ~_.accommodation.isin(WITHOUT_SUITABILITY).fill_null(False)
NO_INFORMATION = "those without information among them; not those gone abroad, deported or of no known residence"

leavers_suitable, leavers_17_18_suitable = both(
    "suitable",
    "in suitable accommodation",
    f"{{leavers}} in accommodation considered suitable, of all of them, {NO_INFORMATION}.",
    _.accommodation_suitable.fill_null(False),
    eligible=HOUSED,
    shares="suitability of accommodation",
)
leavers_unsuitable, leavers_17_18_unsuitable = both(
    "unsuitable",
    "in unsuitable accommodation",
    f"{{leavers}} in accommodation considered not suitable, of all of them, {NO_INFORMATION}.",
    (~_.accommodation_suitable).fill_null(False),
    eligible=HOUSED,
    better="lower",
    shares="suitability of accommodation",
)
leavers_suitability_not_known, leavers_17_18_suitability_not_known = both(
    "suitability_not_known",
    "no information on suitability",
    f"{{leavers}} without information on whether their accommodation is suitable, of all of them, {NO_INFORMATION}.",
    _.accommodation_suitable.isnull(),
    eligible=HOUSED,
    better="lower",
    shares="suitability of accommodation",
)

leavers_with_family, leavers_17_18_with_family = living(
    "with_family", "with parents or relatives", "who live with parents or relatives", "parents or relatives"
)
leavers_independent, leavers_17_18_independent = living(
    "independent", "living independently", "who live independently", "independent living"
)
leavers_semi_independent, leavers_17_18_semi_independent = living(
    "semi_independent",
    "in semi-independent accommodation",
    "in semi-independent or transitional accommodation, supported lodgings or a foyer",
    "semi-independent",
    "supported lodgings",
    "foyer",
)
leavers_with_former_carers, leavers_17_18_with_former_carers = living(
    "with_former_carers", "with former foster carers", "who live with their former foster carers", "former foster carers"
)
leavers_in_custody, leavers_17_18_in_custody = living("in_custody", "in custody", "in custody", "custody", better="lower")
leavers_insecure, leavers_17_18_insecure = living(
    "insecure",
    "homeless or in makeshift accommodation",
    "of no fixed abode, in emergency accommodation or in bed and breakfast",
    "no fixed abode",
    "emergency accommodation",
    "bed and breakfast",
    better="lower",
)
leavers_elsewhere, leavers_17_18_elsewhere = living(
    "elsewhere",
    "in other accommodation",
    "in residential care, ordinary lodgings or other accommodation, or abroad",
    "residential care",
    "ordinary lodgings",
    "other",
    "gone abroad",
    "deported",
)
leavers_accommodation_not_known, leavers_17_18_accommodation_not_known = both(
    "accommodation_not_known",
    "accommodation not known",
    "{leavers} of whom it is not known where they live, of all of them.",
    _.accommodation.isin(("not known", "residence not known")).fill_null(True),
    better="lower",
)

LISTED = "Source of the facts: the authority's own list of those who leave care (list.leaving_care)"
NOT_PRINTED = "The authority's own list says it, and DfE prints no such figure."
OWN_LIST = "a list of leaving care"


def prepared(name: str, title: str, meaning: str, reached: Any, eligible: Any, **more: Any) -> tuple[Measure, Measure]:
    """Of those on the authority's own list of whom it says so."""
    told: dict[str, Any] = {"better": "higher", "uncertain": NOT_PRINTED, "first_year": 2017, "own_records": OWN_LIST}
    return both(name, title, meaning, reached, eligible=eligible, **told, **more)


leavers_pathway_current, leavers_17_18_pathway_current = prepared(
    "pathway_current",
    "pathway plan in place and reviewed",
    "{leavers} whose pathway plan was made or reviewed in the six months to 31 March, of those on the authority's own list.",
    _.pathway_current,
    _.pathway_current.notnull(),
    source=f"The Care Leavers (England) Regulations 2010, regulation 7. {LISTED}",
)
leavers_pathway_part, leavers_17_18_pathway_part = prepared(
    "pathway_part",
    "took part in the pathway plan",
    "{leavers} who took part in making their pathway plan or in its latest review, of those of whom the authority's list says.",
    _.pathway_part,
    _.pathway_part.notnull(),
    source=LISTED,
)
leavers_staying_put, leavers_17_18_staying_put = prepared(
    "staying_put",
    "staying put",
    "{leavers} who live on with their former foster carer by a staying put arrangement, of those whose last placement was with a foster "
    "carer and of whom the authority's list says.",
    _.staying_put,
    _.staying_put.notnull() & _.route_placement.isin(("foster", "kinship foster")).fill_null(False),
    source=LISTED,
)
leavers_vocational_match, leavers_17_18_vocational_match = prepared(
    "vocational_match",
    "offered a vocational option that matches",
    "{leavers} who were offered a vocational option that matches what they want to do, of those of whom the authority's list says.",
    _.vocational_match,
    _.vocational_match.notnull(),
    source=LISTED,
)
leavers_transition_plan, leavers_17_18_transition_plan = prepared(
    "transition_plan",
    "plan for the move to adult services",
    "{leavers} with a plan for the move to adult services in place, of those of whom the authority's list says: disabled young people.",
    _.transition_plan,
    _.transition_plan.notnull(),
    source=LISTED,
)

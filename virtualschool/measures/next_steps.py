"""Next steps of young people still in care: what the authority's own list of leaving care says of those of 14 to 17."""

from ibis import _

from virtualschool.measures.care_leavers import LISTED, NOT_PRINTED, OWN_LIST
from virtualschool.measures.of_care import share

AGED = _.age_on_31_march.between(14, 17)

vocational_match = share(
    "vocational_match",
    "Offered a vocational option that matches",
    "Looked-after young people aged 14 to 17 who were offered a vocational option that matches what they want to do, of those of whom the "
    "authority's list of leaving care says.",
    _.vocational_match,
    AGED & _.vocational_match.notnull(),
    better="higher",
    cohort="march",
    source=LISTED,
    uncertain=NOT_PRINTED,
    own_records=OWN_LIST,
)
transition_plan = share(
    "transition_plan",
    "Plan for the move to adult services",
    "Looked-after disabled young people aged 14 to 17 with a plan for the move to adult services in place, of those of whom the "
    "authority's list of leaving care says.",
    _.transition_plan,
    AGED & _.transition_plan.notnull(),
    better="higher",
    cohort="march",
    source=LISTED,
    uncertain=NOT_PRINTED,
    own_records=OWN_LIST,
)
eligible_pathway_current = share(
    "eligible_pathway_current",
    "Eligible young people: pathway plan in place and reviewed",
    "Looked-after young people aged 16 and 17 whose pathway plan was made or reviewed in the six months to 31 March, of those on the "
    "authority's list of leaving care.",
    _.pathway_current,
    _.age_on_31_march.between(16, 17) & _.pathway_current.notnull(),
    better="higher",
    cohort="march",
    source=LISTED,
    uncertain=NOT_PRINTED,
    own_records=OWN_LIST,
)

"""Health of children looked after for twelve months, as the return says it (OC2)."""

from ibis import _

from virtualschool.measures.of_care import GUIDANCE, share

SOURCE = f"{GUIDANCE}, conviction and health outcomes"

health_assessment = share(
    "health_assessment",
    "Annual health assessment",
    "Children who had their annual health assessment in the year: two of them under the age of 5, one at 5 and over.",
    _.health_assessed,
    better="higher",
    source=SOURCE,
)
dental_check = share(
    "dental_check",
    "Teeth checked by a dentist",
    "Children whose teeth were checked by a dentist in the year.",
    _.teeth_checked,
    better="higher",
    source=SOURCE,
)
immunisations = share(
    "immunisations",
    "Immunisations up to date",
    "Children who by 31 March had every immunisation that a child of their age should have had.",
    _.immunised,
    better="higher",
    source=SOURCE,
)
development_assessment = share(
    "development_assessment",
    "Development checks up to date",
    "Children aged 4 or under on 31 March whose health surveillance or promotion checks were up to date.",
    _.development_checks,
    _.age_on_31_march.between(0, 4),
    better="higher",
    source=SOURCE,
)
substance_misuse = share(
    "substance_misuse",
    "Substance misuse problem",
    "Children with whom a substance misuse problem was found in the year.",
    _.substance_misuse,
    source=SOURCE,
)
substance_misuse_intervention = share(
    "substance_misuse_intervention",
    "Received help for substance misuse",
    "Children who received an intervention for their substance misuse problem, of those with whom one was found.",
    _.intervention_received.fill_null(False),
    _.substance_misuse,
    better="higher",
    source=SOURCE,
)
substance_misuse_refused = share(
    "substance_misuse_refused",
    "Refused help for substance misuse",
    "Children who were offered an intervention for their substance misuse problem and refused it, of those with whom one was found.",
    _.intervention_refused.fill_null(False),
    _.substance_misuse,
    source=SOURCE,
)

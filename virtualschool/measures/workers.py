"""How often a child's social worker changes."""

from ibis import _

from virtualschool.measures.of_care import share

social_workers_3_plus = share(
    "social_workers_3_plus",
    "Three or more social workers in the year",
    "Children looked after on 31 March who had three or more different social workers from 1 April to 31 March; one who comes back counts "
    "once. Children of whom the return names none are left out.",
    _.social_workers_in_year >= 3,
    cohort="march",
    first_year=2024,
    source="DfE, local authority interactive tool, data dictionary, social worker stability",
    uncertain=(
        "The return has social workers since 2024; DfE's figures of earlier years came from another source. DfE counts workers of days "
        "when the child was not yet looked after, so far as the return names them."
    ),
)

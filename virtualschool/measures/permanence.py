"""Drift: time in care without a lasting home or the decision for one, in as far as the return can show it.

The plan for permanence is due by the second review, about four months after care began. The return holds no care plans.
"""

from ibis import _

from virtualschool.measures.of_care import events, share

FOUR_MONTHS = 120
DUE = _.period_days > FOUR_MONTHS
EVIDENCE = (
    "What shows it: a placement order, a decision that the child should be placed for adoption, placement for adoption, long-term "
    "fostering by kin or others, or placement with parents."
)
LIMITS = (
    "Our own definition: the return does not say what the care plan is. A settled home that is none of these (a children's home, or "
    "fostering that is not coded as long-term) shows as drift, and what ended before the first return in the store is not seen."
)
SOURCE = (
    "DfE, The Children Act 1989 guidance and regulations, volume 2: care planning, placement and case review (a plan for permanence by "
    "the second review); codes: DfE, SSDA903 guide"
)

no_permanence_on_record = share(
    "no_permanence_on_record",
    "No permanence on record",
    f"Children looked after on 31 March for more than {FOUR_MONTHS} days of whom the return shows no lasting home and no decision for one. "
    f"{EVIDENCE}",
    ~_.permanence_on_record,
    DUE,
    cohort="march",
    source=SOURCE,
    uncertain=LIMITS,
)
days_without_permanence = events(
    "days_without_permanence",
    "Days in care without permanence on record",
    f"Days from the start of the period of care to the first lasting home or decision for one, or to 31 March, on average over children "
    f"looked after on 31 March for more than {FOUR_MONTHS} days. {EVIDENCE}",
    _.days_without_permanence,
    DUE,
    decimals=0,
    interval="t",
    counts="points",
    cohort="march",
    source=SOURCE,
    uncertain=LIMITS,
)

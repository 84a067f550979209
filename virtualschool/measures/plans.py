"""Personal education plans, Pupil Premium Plus and children's voice, of children looked after at any time in the year.

Everything here rests on an authority's own records: plans, payments and what children said, brought by file or kept in the web application.
Nobody publishes such figures for England, so an authority is set beside itself over time, and beside others where a store holds them.
"""

from typing import Any

from ibis import _

from virtualschool.measures.of_care import events, share

GUIDANCE = "DfE, Promoting the education of looked-after and previously looked-after children, statutory guidance, 2018"
REGULATIONS = "The Care Planning, Placement and Case Review (England) Regulations 2010, regulation 5 and schedule 1"
CONDITIONS = "DfE, Pupil premium: conditions of grant; spending by the authority's own ledger"
UNPUBLISHED = "No figure of this is published for England or any authority, so there is none to set beside it."
TERMS = (
    "A term counts once it was over by the newest day of which the authority's plans tell, from the term of its first plan on, and for "
    "children whom the returns show in care from its first to its last day; after the newest return that is not known. Where the plans do "
    "not give the dates of a term, it is taken to last from the first of September, January or April to the end of December, March or July."
)
OF_A_YEAR: dict[str, Any] = {"cohort": "year", "better": "higher", "own_records": "plans"}
POOLED: dict[str, Any] = {"unit": "percent", "decimals": 0, **OF_A_YEAR}

pep_in_place = share(
    "pep_in_place",
    "Personal education plan in place",
    "Children of an age for a plan, looked after through at least one school term of the year, about whose plan a meeting was held in the "
    "last such term.",
    _.pep_in_place,
    _.pep_terms > 0,
    source=REGULATIONS,
    uncertain=f"{TERMS} {UNPUBLISHED}",
    **OF_A_YEAR,
)
pep_in_time = share(
    "pep_in_time",
    "First personal education plan in time",
    "Children who came into care in the year at an age for a plan and stayed, whose first plan was ready within 20 working days, for the "
    "first review.",
    _.pep_ready_in_20,
    source=REGULATIONS,
    uncertain=f"Counted where the authority's plans tell of the days from entry to the limit. {UNPUBLISHED}",
    **OF_A_YEAR,
)
pep_started_in_10_days = share(
    "pep_started_in_10_days",
    "First personal education plan begun within 10 working days",
    "Children who came into care in the year at an age for a plan and stayed, whose first plan was begun within 10 working days.",
    _.pep_started_in_10,
    source=REGULATIONS,
    uncertain=f"Counted from the first day of the period of care, as the first placement begins on it. {UNPUBLISHED}",
    **OF_A_YEAR,
)
pep_reviewed_each_term = share(
    "pep_reviewed_each_term",
    "Personal education plan reviewed each term",
    "Children about whose plan a meeting was held in each school term of the year in which they were looked after throughout.",
    _.pep_terms_met == _.pep_terms,
    _.pep_terms > 0,
    source=GUIDANCE,
    uncertain=f"{TERMS} {UNPUBLISHED}",
    **OF_A_YEAR,
)
pep_quality = events(
    "pep_quality",
    "Personal education plan of good quality",
    "Plans of the school year that a person graded as good by the authority's own profile (green, gold, good, outstanding or met), of "
    "those that were graded.",
    _.pep_good,
    _.pep_graded > 0,
    denominator=_.pep_graded,
    source=GUIDANCE,
    uncertain=f"Authorities grade by profiles of their own, so a difference between two may be one of profiles. {UNPUBLISHED}",
    **POOLED,
)
pep_targets_precise = events(
    "pep_targets_precise",
    "Targets of plans that are precise",
    "Targets that say what will be seen, how much and from where, and by when, and are not only a grade, of all targets of plans of the "
    "school year.",
    _.pep_targets_precise,
    _.pep_targets > 0,
    denominator=_.pep_targets,
    source="Rules PEP-G02, G03, G06 and G07 of plans/rules.toml",
    uncertain=f"Read by rules of words, which agree with a person in about nine of ten targets. {UNPUBLISHED}",
    **POOLED,
)
pep_targets_met = events(
    "pep_targets_met",
    "Targets of plans met or partly met",
    "Targets of plans of the school year whose time was over and that were met or partly met; one without an outcome was not.",
    _.pep_targets_met,
    _.pep_targets_due > 0,
    denominator=_.pep_targets_due,
    source=GUIDANCE,
    uncertain=f"A high share may also mean that targets were easy. {UNPUBLISHED}",
    **POOLED,
)
pep_child_voice = events(
    "pep_child_voice",
    "Plans with the child's own views",
    "Plans of the school year with the child's views on learning, progress, achievements and hopes, in the child's words, of those of "
    "which it can be told.",
    _.pep_voice,
    _.pep_voice_told > 0,
    denominator=_.pep_voice_told,
    source="Rules PEP-V01 and V02 of plans/rules.toml",
    uncertain=f"Whether words are the child's own is read by rules of words. {UNPUBLISHED}",
    **POOLED,
)
pep_carer_part = events(
    "pep_carer_part",
    "Plans with the carer's part",
    "Plans of the school year in which the carer says what helps at home and what they will do, of those of which it can be told.",
    _.pep_carer,
    _.pep_carer_told > 0,
    denominator=_.pep_carer_told,
    source="Rule PEP-C01 of plans/rules.toml",
    uncertain=UNPUBLISHED,
    **POOLED,
)
views_recorded = share(
    "views_recorded",
    "Children whose views are recorded",
    "Children aged 4 or over on 31 March, looked after in the year, of whom something that they said in the school year is recorded, in a "
    "plan or otherwise.",
    _.views_recorded,
    _.in_year & (_.age_on_31_march >= 4),
    source=GUIDANCE,
    uncertain=UNPUBLISHED,
    **{**OF_A_YEAR, "own_records": "views"},
)
views_changed_something = share(
    "views_changed_something",
    "Children whose views changed something",
    "Children of whom something that they said in the school year is recorded, and changed a target, an action or another decision.",
    _.views_changed,
    _.views_recorded,
    source=GUIDANCE,
    uncertain=f"What is not written down as a change does not count. {UNPUBLISHED}",
    **{**OF_A_YEAR, "own_records": "views"},
)
PAID: dict[str, Any] = {"first_year": 2015, "source": CONDITIONS, "own_records": "payments"}
MONEY: dict[str, Any] = {**POOLED, **PAID, "counts": "points"}
premium_spent = events(
    "premium_spent",
    "Pupil Premium Plus spent",
    "What was spent on children in the financial year, of the rate of the year for each child looked after in reception to year 11. Money "
    "for groups that is no child's part is not in it.",
    _.premium_spent,
    _.premium_rate > 0,
    denominator=_.premium_rate,
    uncertain=f"The grant follows a count of children at a day; this counts all of the year, so it accounts for no grant. {UNPUBLISHED}",
    **MONEY,
)
premium_devolved = events(
    "premium_devolved",
    "Pupil Premium Plus devolved to schools",
    "What went to schools, of what was spent on children in the financial year.",
    _.premium_devolved,
    _.premium_spent > 0,
    denominator=_.premium_spent,
    uncertain=UNPUBLISHED,
    **{**MONEY, "better": "neither"},
)
premium_effect_recorded = events(
    "premium_effect_recorded",
    "Pupil Premium Plus with its effect recorded",
    "Payments for children in the financial year of which it is recorded what they did, of all such payments.",
    _.premium_lines_known,
    _.premium_lines > 0,
    denominator=_.premium_lines,
    uncertain=f"That an effect is recorded does not say that there was one. {UNPUBLISHED}",
    **{**POOLED, **PAID},
)

"""Rules about OC2 (health, convictions, SDQ) and OC3 (care leavers)."""

import ibis

from virtualschool import tables
from virtualschool.check.dates import birthday, year_end, year_start, younger_than
from virtualschool.check.episodes import not_listed
from virtualschool.check.rules import rule

oc2, oc3, ad1, episodes = tables.oc2, tables.oc3, tables.ad1, tables.episodes

FLAGS = (
    "convicted",
    "health_check",
    "immunisations",
    "teeth_check",
    "health_assessment",
    "substance_misuse",
    "intervention_received",
    "intervention_offered",
)
ALL_AGES = ("immunisations", "teeth_check", "health_assessment", "substance_misuse")


def any_filled(rows, names):
    return ibis.or_(*(rows[name].notnull() for name in names))


def any_empty(rows, names):
    return ibis.or_(*(rows[name].isnull() for name in names))


@rule("180", "SDQ_SCORE must be a whole number from 0 to 40.", oc2, columns="sdq_score")
def score_out_of_range(oc2):
    return oc2.filter((oc2.sdq_score < 0) | (oc2.sdq_score > 40))


@rule("196", "SDQ_REASON must be SDQ1 to SDQ5.", oc2, columns="sdq_reason")
def reason_not_a_code(oc2):
    return oc2.filter(not_listed(oc2.sdq_reason, "SDQ_REASON"))


@rule("197a", "SDQ_REASON must be empty when there is a score.", oc2, columns="sdq_score sdq_reason")
def score_and_reason(oc2):
    return oc2.filter(oc2.sdq_score.notnull() & oc2.sdq_reason.notnull())


@rule("188", "SDQ fields must be empty for a child under 4 at the end of the year.", oc2, columns="sdq_score sdq_reason")
def score_under_four(oc2):
    return oc2.filter(younger_than(oc2.dob, 4, year_end(oc2)) & any_filled(oc2, ("sdq_score", "sdq_reason")))


@rule("189", "SDQ fields must be empty for someone of 17 or over at the start of the year.", oc2, columns="sdq_score sdq_reason")
def score_over_seventeen(oc2):
    return oc2.filter((birthday(oc2.dob, 17) <= year_start(oc2)) & any_filled(oc2, ("sdq_score", "sdq_reason")))


@rule("181", "Each flag of OC2 must be 0 or 1.", oc2, columns=" ".join(FLAGS))
def flag_not_a_flag(oc2):
    return oc2.filter(ibis.or_(*(oc2[name].notnull() & oc2[name].notin(("0", "1")) for name in FLAGS)))


@rule("182", "If any flag of OC2 is filled, the four for all ages must be.", oc2, columns=" ".join(ALL_AGES))
def flags_half_filled(oc2):
    return oc2.filter(any_filled(oc2, FLAGS) & any_empty(oc2, ALL_AGES))


@rule(
    "158", "INTERVENTION_OFFERED must be empty when INTERVENTION_RECEIVED is 1.", oc2, columns="intervention_received intervention_offered"
)
def offered_though_received(oc2):
    return oc2.filter((oc2.intervention_received == "1") & oc2.intervention_offered.notnull())


@rule("159", "INTERVENTION_OFFERED is needed when none was received.", oc2, columns="intervention_received intervention_offered")
def offer_not_given(oc2):
    return oc2.filter((oc2.substance_misuse == "1") & (oc2.intervention_received == "0") & oc2.intervention_offered.isnull())


@rule("192", "INTERVENTION_RECEIVED is needed when SUBSTANCE_MISUSE is 1.", oc2, columns="substance_misuse intervention_received")
def intervention_not_given(oc2):
    return oc2.filter((oc2.substance_misuse == "1") & oc2.intervention_received.isnull())


@rule("193", "Intervention fields must be empty when no problem was found.", oc2, columns="substance_misuse intervention_received")
def intervention_without_need(oc2):
    none_found = oc2.substance_misuse.isnull() | (oc2.substance_misuse == "0")
    return oc2.filter(none_found & any_filled(oc2, ("intervention_received", "intervention_offered")))


@rule("542", "CONVICTED must be empty for a child under 10 on 31 March.", oc2, columns="convicted dob")
def convicted_under_ten(oc2):
    return oc2.filter(younger_than(oc2.dob, 10, year_end(oc2)) & oc2.convicted.notnull())


@rule("544", "If CONVICTED is filled, the four health flags must be.", oc2, columns="convicted")
def convicted_alone(oc2):
    return oc2.filter(oc2.convicted.notnull() & any_empty(oc2, ALL_AGES))


@rule("546", "HEALTH_CHECK must be empty for a child of 5 or over.", oc2, columns="health_check dob")
def development_check_over_five(oc2):
    return oc2.filter((birthday(oc2.dob, 5) <= year_end(oc2)) & oc2.health_check.notnull())


@rule("547", "If HEALTH_CHECK is filled, the four health flags must be.", oc2, columns="health_check")
def development_check_alone(oc2):
    return oc2.filter(oc2.health_check.notnull() & any_empty(oc2, ALL_AGES))


@rule("131", "IN_TOUCH must be a code of the list.", oc3, columns="in_touch")
def in_touch_not_a_code(oc3):
    return oc3.filter(not_listed(oc3.in_touch, "IN_TOUCH"))


@rule("132", "ACTIV must be a code of the list.", oc3, columns="activ")
def activity_not_a_code(oc3):
    return oc3.filter(not_listed(oc3.activ, "ACTIV"))


@rule("133", "ACCOM must be a code of the list.", oc3, columns="accom")
def accommodation_not_a_code(oc3):
    return oc3.filter(not_listed(oc3.accom, "ACCOM"))


LEAVER = ("in_touch", "activ", "accom")


@rule("153", "IN_TOUCH, ACTIV and ACCOM must be all filled or all empty.", oc3, columns="in_touch activ accom")
def leaver_half_filled(oc3):
    return oc3.filter(any_filled(oc3, LEAVER) & any_empty(oc3, LEAVER))


@rule("344", "When IN_TOUCH is DIED or RHOM, ACTIV and ACCOM must be 0.", oc3, columns="in_touch activ accom")
def activity_of_the_gone(oc3):
    return oc3.filter(oc3.in_touch.isin(("DIED", "RHOM")) & ((oc3.activ != "0") | (oc3.accom != "0")))


@rule("345", "When IN_TOUCH is YES, ACTIV and ACCOM may not be 0.", oc3, columns="in_touch activ accom")
def in_touch_and_not_known(oc3):
    return oc3.filter((oc3.in_touch == "YES") & ((oc3.activ == "0") | (oc3.accom == "0")))


@rule("391", "OC3 is for those who have turned 17 by the end of the year.", oc3, columns="dob")
def leaver_under_seventeen(oc3):
    return oc3.filter(younger_than(oc3.dob, 17, year_end(oc3)) & any_filled(oc3, LEAVER))


@rule("134", "A care leaver must have no adoption data.", oc3, ad1, columns="in_touch activ accom")
def leaver_adopted(oc3, ad1):
    given = ad1.filter(any_filled(ad1, ("date_int", "date_match", "foster_care", "nb_adoptr", "sex_adoptr", "ls_adoptr")))
    return oc3.filter(any_filled(oc3, LEAVER)).semi_join(given, ["la", "year", "child"])


@rule("215", "A care leaver must have no OC2 flags.", oc3, oc2, columns="in_touch activ accom")
def leaver_with_health(oc3, oc2):
    return oc3.filter(any_filled(oc3, LEAVER)).semi_join(oc2.filter(any_filled(oc2, FLAGS)), ["la", "year", "child"])

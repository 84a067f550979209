"""Rules about adoption (AD1), decisions that a child should be placed for it, and earlier permanence."""

import ibis

from virtualschool import tables
from virtualschool.check.dates import year_end
from virtualschool.check.episodes import ADOPTIVE, not_listed
from virtualschool.check.outcomes_of_the_year import any_empty, any_filled
from virtualschool.check.rules import rule

ad1, placed, permanence, episodes = tables.ad1, tables.placed_for_adoption, tables.previous_permanence, tables.episodes

FIELDS = ("date_int", "date_match", "foster_care", "nb_adoptr", "sex_adoptr", "ls_adoptr")
COUPLES = ("MM", "FF", "MF")
KEY = ["la", "year", "child"]


@rule("114", "FOSTER_CARE must be 0 or 1.", ad1, columns="foster_care")
def foster_care_not_a_flag(ad1):
    return ad1.filter(ad1.foster_care.notnull() & ad1.foster_care.notin(("0", "1")))


@rule("151", "The six fields of AD1 must be all filled or all empty.", ad1, columns=" ".join(FIELDS))
def adoption_half_filled(ad1):
    return ad1.filter(any_filled(ad1, FIELDS) & any_empty(ad1, FIELDS))


@rule("175", "NB_ADOPTR must be 1 or 2.", ad1, columns="nb_adoptr")
def number_of_adopters(ad1):
    return ad1.filter(ad1.nb_adoptr.notnull() & ad1.nb_adoptr.notin(("1", "2")))


@rule("176", "SEX_ADOPTR must be a code of the list.", ad1, columns="sex_adoptr")
def sex_of_adopters(ad1):
    return ad1.filter(not_listed(ad1.sex_adoptr, "SEX_ADOPTR"))


@rule("177", "LS_ADOPTR must be a code of the list.", ad1, columns="ls_adoptr")
def status_of_adopters(ad1):
    return ad1.filter(not_listed(ad1.ls_adoptr, "LS_ADOPTR"))


@rule("333", "DATE_MATCH needs DATE_INT, on or before it.", ad1, columns="date_int date_match")
def matched_before_the_decision(ad1):
    return ad1.filter(ad1.date_match.notnull() & (ad1.date_int.isnull() | (ad1.date_int > ad1.date_match)))


@rule("511", "Two adopters need SEX_ADOPTR MM, FF or MF.", ad1, columns="nb_adoptr sex_adoptr")
def two_adopters(ad1):
    return ad1.filter((ad1.nb_adoptr == "2") & ad1.sex_adoptr.notin(COUPLES))


def status_needs(status: str, *sexes: str):
    def failing(ad1):
        return ad1.filter((ad1.ls_adoptr == status) & ad1.sex_adoptr.notin(sexes))

    return failing


single = rule("514", "LS_ADOPTR L0 needs one adopter.", ad1, columns="ls_adoptr sex_adoptr")(status_needs("L0", "M1", "F1"))
unmarried = rule("517", "LS_ADOPTR L3 needs SEX_ADOPTR MF.", ad1, columns="ls_adoptr sex_adoptr")(status_needs("L3", "MF"))
same_sex = rule("518", "LS_ADOPTR L4 needs SEX_ADOPTR MM or FF.", ad1, columns="ls_adoptr sex_adoptr")(status_needs("L4", "MM", "FF"))
partners = rule("519", "LS_ADOPTR L2 needs a couple.", ad1, columns="ls_adoptr sex_adoptr")(status_needs("L2", *COUPLES))
married = rule("520", "LS_ADOPTR L11 needs SEX_ADOPTR MF.", ad1, columns="ls_adoptr sex_adoptr")(status_needs("L11", "MF"))
married_same = rule("524", "LS_ADOPTR L12 needs SEX_ADOPTR MM or FF.", ad1, columns="ls_adoptr sex_adoptr")(status_needs("L12", "MM", "FF"))


@rule("602", "AD1 is filled, but nobody was adopted in the year.", ad1, episodes, columns=" ".join(FIELDS))
def adoption_without_ending(ad1, episodes):
    adopted = episodes.filter(episodes.rec.isin(("E11", "E12")))
    return ad1.filter(any_filled(ad1, FIELDS)).anti_join(adopted, KEY)


@rule("601", "A child was adopted in the year, and AD1 is empty.", episodes, ad1, columns="rec")
def ending_without_adoption(episodes, ad1):
    return episodes.filter(episodes.rec.isin(("E11", "E12"))).anti_join(ad1.filter(any_filled(ad1, FIELDS)), KEY)


@rule("119", "DATE_PLACED_CEASED and REASON_PLACED_CEASED must be both filled or both empty.", placed, columns="date_placed_ceased")
def ceased_without_reason(placed):
    return placed.filter(placed.date_placed_ceased.isnull() != placed.reason_placed_ceased.isnull())


@rule("120", "REASON_PLACED_CEASED must be RD1 to RD4.", placed, columns="reason_placed_ceased")
def ceased_reason_not_a_code(placed):
    return placed.filter(not_listed(placed.reason_placed_ceased, "REASON_PLACED_CEASED"))


@rule("184", "DATE_PLACED is before the date of birth.", placed, columns="date_placed dob")
def decided_before_birth(placed):
    return placed.filter(placed.date_placed < placed.dob)


@rule("522", "DATE_PLACED must be on or before DATE_PLACED_CEASED.", placed, columns="date_placed date_placed_ceased")
def ceased_before_decided(placed):
    return placed.filter(placed.date_placed > placed.date_placed_ceased)


@rule("563", "DATE_PLACED_CEASED or its reason is given without DATE_PLACED.", placed, columns="date_placed")
def ceased_without_decision(placed):
    return placed.filter(placed.date_placed.isnull() & any_filled(placed, ("date_placed_ceased", "reason_placed_ceased")))


@rule("523", "DATE_PLACED must be the DATE_INT of AD1.", placed, ad1, columns="date_placed")
def two_decisions(placed, ad1):
    newest = placed.group_by(*KEY).agg(newest=placed.date_placed.max())
    both = placed.join(newest, KEY).join(ad1.select(*KEY, decided=ad1.date_int), KEY)
    return both.filter((both.date_placed == both.newest) & (both.date_placed != both.decided))


@rule("551", "Placed for adoption (A3 to A6), and there is no DATE_PLACED.", episodes, placed, columns="place")
def placed_without_decision(episodes, placed):
    return episodes.filter(episodes.place.isin(ADOPTIVE)).anti_join(placed.filter(placed.date_placed.notnull()), KEY)


@rule("553", "There is a placement order (E1), and no DATE_PLACED.", episodes, placed, columns="ls")
def order_without_decision(episodes, placed):
    return episodes.filter(episodes.ls == "E1").anti_join(placed.filter(placed.date_placed.notnull()), KEY)


@rule("631", "PREV_PERM must be P1 to P4 or Z1.", permanence, columns="prev_perm")
def permanence_not_a_code(permanence):
    return permanence.filter(not_listed(permanence.prev_perm, "PREV_PERM"))


@rule("635", "LA_PERM and DATE_PERM must be empty when PREV_PERM is Z1.", permanence, columns="la_perm date_perm prev_perm")
def details_of_no_permanence(permanence):
    return permanence.filter((permanence.prev_perm == "Z1") & any_filled(permanence, ("la_perm", "date_perm")))


@rule("630", "A child who starts to be looked after in the year needs PREV_PERM.", episodes, permanence, columns="rne")
def starter_without_permanence(episodes, permanence):
    starts = episodes.filter(
        (episodes.rne == "S")
        & episodes.decom.between(ibis.date(episodes.year - 1, 4, 1), year_end(episodes))
        & episodes.ls.notin(("V3", "V4"))
    )
    return starts.anti_join(permanence.filter(permanence.prev_perm.notnull()), KEY)

"""Rules about one episode by itself: its codes, its dates, and what goes with what."""

import ibis

from virtualschool import codes, tables
from virtualschool.check.dates import birthday, days_between, year_end, younger_than
from virtualschool.check.rules import rule

episodes, header = tables.episodes, tables.header

SHORT_BREAKS = ("V3", "V4")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
FOSTER = ("U1", "U2", "U3", "U4", "U5", "U6")
ADOPTIVE = ("A3", "A4", "A5", "A6")
NO_PROVIDER = (*TEMPORARY, "Z1", "Z11", "Z12", "Z13", "Z14")


def listed(codeset: str) -> list[str]:
    """Every code that a list has had in any year."""
    return sorted({row["code"] for row in codes.load("ssda903") if row["codeset"] == codeset})


def not_listed(column, codeset: str):
    return column.notnull() & column.notin(listed(codeset))


def with_birth(episodes, header):
    """Episodes with the child's date of birth as `born`."""
    return episodes.join(header.select("la", "year", "child", born=header.dob), ["la", "year", "child"])


@rule("143", "RNE must be a code of the list.", episodes, columns="rne")
def rne_not_a_code(episodes):
    return episodes.filter(not_listed(episodes.rne, "RNE"))


@rule("144", "LS must be a code of the list.", episodes, columns="ls")
def ls_not_a_code(episodes):
    return episodes.filter(not_listed(episodes.ls, "LS"))


@rule("145", "CIN must be a code of the list.", episodes, columns="cin")
def cin_not_a_code(episodes):
    return episodes.filter(not_listed(episodes.cin, "CIN"))


@rule("146", "PLACE must be a code of the list.", episodes, columns="place")
def place_not_a_code(episodes):
    return episodes.filter(not_listed(episodes.place, "PLACE"))


@rule("148", "DEC and REC must be both filled or both empty.", episodes, columns="dec rec")
def end_without_reason(episodes):
    return episodes.filter(episodes.dec.isnull() != episodes.rec.isnull())


@rule("149", "REC must be a code of the list.", episodes, columns="rec")
def rec_not_a_code(episodes):
    return episodes.filter(not_listed(episodes.rec, "REC"))


@rule("178", "PLACE_PROVIDER must be PR0 to PR5.", episodes, columns="place_provider")
def provider_not_a_code(episodes):
    return episodes.filter(not_listed(episodes.place_provider, "PLACE_PROVIDER"))


@rule("213", "PLACE_PROVIDER must be empty for temporary and other placements.", episodes, columns="place place_provider")
def provider_of_a_temporary_placement(episodes):
    return episodes.filter(episodes.place.isin(NO_PROVIDER) & episodes.place_provider.notnull())


@rule("526", "PLACE_PROVIDER is needed unless the placement is temporary or other.", episodes, columns="place place_provider")
def provider_not_given(episodes):
    breaks = episodes.ls.isin(SHORT_BREAKS).fill_null(False)
    return episodes.filter(episodes.place.notnull() & episodes.place.notin(NO_PROVIDER) & episodes.place_provider.isnull() & ~breaks)


@rule("527", "PR1 does not go with P1, R2 or R5.", episodes, columns="place place_provider")
def own_provision_at_home(episodes):
    return episodes.filter((episodes.place_provider == "PR1") & episodes.place.isin(("P1", "R2", "R5")))


@rule("528", "PR2 does not go with P1, R2 or R5.", episodes, columns="place place_provider")
def other_authority_at_home(episodes):
    return episodes.filter((episodes.place_provider == "PR2") & episodes.place.isin(("P1", "R2", "R5")))


@rule("529", "PR3 does not go with P1, K1, K2 or a foster or adoptive placement.", episodes, columns="place place_provider")
def other_public_provision(episodes):
    return episodes.filter((episodes.place_provider == "PR3") & episodes.place.isin(("P1", "K1", "K2", *ADOPTIVE, *FOSTER)))


@rule("530", "PR4 does not go with P1.", episodes, columns="place place_provider")
def private_provision_at_home(episodes):
    return episodes.filter((episodes.place_provider == "PR4") & (episodes.place == "P1"))


@rule("531", "PR5 does not go with P1.", episodes, columns="place place_provider")
def voluntary_provision_at_home(episodes):
    return episodes.filter((episodes.place_provider == "PR5") & (episodes.place == "P1"))


@rule("550", "PR0 goes with P1 only.", episodes, columns="place place_provider")
def parents_as_providers_elsewhere(episodes):
    return episodes.filter((episodes.place_provider == "PR0") & (episodes.place != "P1"))


@rule("1009", "REASON_PLACE_CHANGE must be a code of the list.", episodes, columns="reason_place_change")
def change_reason_not_a_code(episodes):
    return episodes.filter(not_listed(episodes.reason_place_change, "REASON_PLACE_CHANGE"))


@rule("233", "REASON_PLACE_CHANGE must be empty while the episode is open.", episodes, columns="reason_place_change", first_year=2026)
def change_reason_while_open(episodes):
    return episodes.filter(episodes.dec.isnull() & episodes.reason_place_change.notnull())


@rule("214", "Placement postcode and URN must be empty for short breaks (V3, V4).", episodes, columns="pl_post urn")
def place_of_a_short_break(episodes):
    return episodes.filter(episodes.ls.isin(SHORT_BREAKS) & (episodes.pl_post.notnull() | episodes.urn.notnull()))


@rule("398", "Postcodes must be empty for short breaks (V3, V4).", episodes, columns="home_post pl_post")
def postcode_of_a_short_break(episodes):
    return episodes.filter(episodes.ls.isin(SHORT_BREAKS) & (episodes.pl_post.notnull() | episodes.home_post.notnull()))


@rule(
    "392d",
    "Home and placement postcode are the same, and the child is not placed with parents.",
    episodes,
    columns="home_post pl_post place",
)
def placed_at_home(episodes):
    return episodes.filter((episodes.home_post == episodes.pl_post) & (episodes.place != "P1"))


@rule("353", "No episode may begin before 14 October 1991.", episodes, columns="decom")
def before_the_act(episodes):
    return episodes.filter(episodes.decom < ibis.date(1991, 10, 14))


@rule("354", "DECOM is after the end of the year.", episodes, columns="decom")
def begins_after_the_year(episodes):
    return episodes.filter(episodes.decom > year_end(episodes))


@rule("355", "An episode may not begin and end on one day.", episodes, columns="decom dec")
def one_day(episodes):
    return episodes.filter(episodes.decom == episodes.dec)


@rule("356", "DEC is before DECOM.", episodes, columns="decom dec")
def ends_before_it_begins(episodes):
    return episodes.filter(episodes.dec < episodes.decom)


@rule("385", "DEC is after the end of the year.", episodes, columns="dec")
def ends_after_the_year(episodes):
    return episodes.filter(episodes.dec > year_end(episodes))


@rule("446", "E1 is not valid for episodes that began before December 2005.", episodes, columns="ls decom")
def placement_order_too_early(episodes):
    return episodes.filter((episodes.ls == "E1") & (episodes.decom < ibis.date(2005, 12, 1)))


@rule(
    "217t", "P2 cannot be used for episodes that run past 28 October 2023.", episodes, columns="place dec", first_year=2024, last_year=2024
)
def independent_living_after_regulation(episodes):
    return episodes.filter((episodes.place == "P2") & (episodes.dec.isnull() | (episodes.dec > ibis.date(2023, 10, 28))))


@rule("217", "A3 and A5 must begin with RNE S, T or U.", episodes, columns="place rne")
def adoption_by_the_carer(episodes):
    return episodes.filter(episodes.place.isin(("A3", "A5")) & episodes.rne.notin(("S", "T", "U")))


@rule("378", "P1 cannot go with V2.", episodes, columns="place ls")
def accommodated_at_home(episodes):
    return episodes.filter((episodes.place == "P1") & (episodes.ls == "V2"))


@rule("382", "A short break (V3, V4) cannot be in a temporary placement.", episodes, columns="ls place")
def short_break_in_a_temporary_placement(episodes):
    return episodes.filter(episodes.ls.isin(SHORT_BREAKS) & episodes.place.isin(TEMPORARY))


@rule("384", "A short break (V3, V4) cannot be in a long-term foster placement.", episodes, columns="ls place")
def short_break_in_long_term_fostering(episodes):
    return episodes.filter(episodes.ls.isin(SHORT_BREAKS) & episodes.place.isin(("U1", "U4")))


@rule("390", "Adoption (E11, E12) needs an adoptive placement.", episodes, columns="rec place")
def adopted_from_elsewhere(episodes):
    return episodes.filter(episodes.rec.isin(("E11", "E12")) & episodes.place.notin(ADOPTIVE))


@rule("408", "A5 and A6 need legal status E1.", episodes, columns="place ls")
def placed_without_an_order(episodes):
    return episodes.filter(episodes.place.isin(("A5", "A6")) & (episodes.ls != "E1"))


@rule("516", "E45 and E46 need a foster placement.", episodes, columns="rec place")
def guardianship_from_elsewhere(episodes):
    return episodes.filter(episodes.rec.isin(("E45", "E46")) & episodes.place.notin(FOSTER))


@rule("363", "A child assessment order (L3) may not exceed 7 days.", episodes, columns="ls decom dec")
def assessment_order_too_long(episodes):
    return episodes.filter((episodes.ls == "L3") & (days_between(episodes.decom, ibis.coalesce(episodes.dec, year_end(episodes))) > 7))


@rule("364", "J2 may not exceed 21 days.", episodes, columns="ls decom dec")
def police_custody_too_long(episodes):
    return episodes.filter((episodes.ls == "J2") & (days_between(episodes.decom, ibis.coalesce(episodes.dec, year_end(episodes))) > 21))


@rule("365", "One short break (V3) may not exceed 17 days.", episodes, columns="ls decom dec")
def short_break_too_long(episodes):
    return episodes.filter((episodes.ls == "V3") & (days_between(episodes.decom, ibis.coalesce(episodes.dec, year_end(episodes))) > 17))


@rule("375", "A hospital stay (T1) may not exceed six weeks.", episodes, columns="place decom dec")
def hospital_too_long(episodes):
    return episodes.filter((episodes.place == "T1") & (days_between(episodes.decom, ibis.coalesce(episodes.dec, year_end(episodes))) > 42))


@rule("376", "T3 may not exceed three weeks.", episodes, columns="place decom dec")
def carers_holiday_too_long(episodes):
    return episodes.filter((episodes.place == "T3") & (days_between(episodes.decom, ibis.coalesce(episodes.dec, year_end(episodes))) > 21))


@rule("379", "T4 may not exceed seven days.", episodes, columns="place decom dec")
def temporary_too_long(episodes):
    return episodes.filter((episodes.place == "T4") & (days_between(episodes.decom, ibis.coalesce(episodes.dec, year_end(episodes))) > 7))


def too_young_at_start(code: str, age: int):
    def failing(episodes, header):
        joined = with_birth(episodes, header)
        return joined.filter((joined.place == code) & younger_than(joined.born, age, joined.decom))

    return failing


residential_employment = rule("374", "P3 needs the child to be at least 14.", episodes, header, columns="decom place")(
    too_young_at_start("P3", 14)
)
young_offender = rule("372", "R5 needs the child to be at least 10.", episodes, header, columns="decom place")(too_young_at_start("R5", 10))
residential_school = rule("373", "S1 needs the child to be at least 4.", episodes, header, columns="decom place")(
    too_young_at_start("S1", 4)
)
independent_at_15 = rule("370", "P2 needs the child to be at least 15.", episodes, header, columns="decom place", last_year=2023)(
    too_young_at_start("P2", 15)
)
independent_at_16 = rule("370", "P2 needs the child to be at least 16.", episodes, header, columns="decom place", first_year=2024)(
    too_young_at_start("P2", 16)
)
supported_at_14 = rule("371", "H5 needs the child to be at least 14.", episodes, header, columns="decom place", last_year=2023)(
    too_young_at_start("H5", 14)
)
supported_at_16 = rule("371", "K3 needs the child to be at least 16.", episodes, header, columns="decom place", first_year=2025)(
    too_young_at_start("K3", 16)
)


@rule("352", "Nobody starts to be looked after at 18 or over.", episodes, header, columns="decom rne")
def starts_as_an_adult(episodes, header):
    joined = with_birth(episodes, header)
    return joined.filter((joined.rne == "S") & (joined.decom >= birthday(joined.born, 18)))


@rule("358", "J1 to J3 need the child to be at least 10.", episodes, header, columns="decom ls")
def youth_justice_under_ten(episodes, header):
    joined = with_birth(episodes, header)
    return joined.filter(joined.ls.isin(("J1", "J2", "J3")) & younger_than(joined.born, 10, joined.decom))


@rule("359", "An open episode of someone over 18 is only allowed with V2 and K2.", episodes, header, columns="dec ls place")
def open_after_eighteen(episodes, header):
    joined = with_birth(episodes, header)
    allowed = ((joined.ls == "V2") & (joined.place == "K2")).fill_null(False)
    return joined.filter(joined.dec.isnull() & (birthday(joined.born, 18) < year_end(joined)) & ~allowed)


@rule("386", "Adopted (E11, E12), but 18 or over.", episodes, header, columns="rec dec")
def adopted_as_an_adult(episodes, header):
    joined = with_birth(episodes, header)
    return joined.filter(joined.rec.isin(("E11", "E12")) & (joined.dec >= birthday(joined.born, 18)))


@rule("387", "E5 and E6 need the child to be at least 14.", episodes, header, columns="rec dec")
def independent_too_young(episodes, header):
    joined = with_birth(episodes, header)
    return joined.filter(joined.rec.isin(("E5", "E6")) & younger_than(joined.born, 14, joined.dec))


@rule("389", "E7 needs the child to be at least 16.", episodes, header, columns="rec dec")
def adult_care_too_young(episodes, header):
    joined = with_birth(episodes, header)
    return joined.filter((joined.rec == "E7") & younger_than(joined.born, 16, joined.dec))


@rule("407", "Special guardianship (E45 to E48), but 18 or over.", episodes, header, columns="rec dec")
def guardianship_of_an_adult(episodes, header):
    joined = with_birth(episodes, header)
    return joined.filter(joined.rec.isin(("E45", "E46", "E47", "E48")) & (joined.dec >= birthday(joined.born, 18)))


@rule("460", "E17 is for those who have turned 18.", episodes, header, columns="rec dec")
def stayed_put_too_young(episodes, header):
    joined = with_birth(episodes, header)
    return joined.filter((joined.rec == "E17") & younger_than(joined.born, 18, joined.dec))


@rule(
    "234",
    "CUSTOD cannot be the reason for a change for a child under 10.",
    episodes,
    header,
    columns="reason_place_change",
    first_year=2026,
)
def custody_under_ten(episodes, header):
    joined = with_birth(episodes, header)
    return joined.filter((joined.reason_place_change == "CUSTOD") & younger_than(joined.born, 10, joined.dec))


@rule(
    "442",
    "A UPN, or a reason for having none, is needed for any child with an episode outside short breaks.",
    header,
    episodes,
    columns="upn",
)
def upn_not_given(header, episodes):
    outside = episodes.filter(episodes.ls.notin(SHORT_BREAKS)).select("la", "year", "child")
    return header.filter(header.upn.isnull()).semi_join(outside, ["la", "year", "child"])

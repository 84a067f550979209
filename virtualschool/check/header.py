"""Rules about the header: who the child is."""

import ibis

from virtualschool import codes, tables
from virtualschool.check.rules import rule

header, episodes = tables.header, tables.episodes

UPN_SHAPE = "^([A-HJ-NP-RT-Z][0-9]{11}[0-9A-Z]|UN[1-5])$"


@rule("101", "SEX must be one of the codes of the year: 1 or 2.", header, columns="sex", last_year=2024)
def sex_not_a_code(header):
    return header.filter(header.sex.isnull() | header.sex.notin(["1", "2"]))


@rule("101", "SEX must be one of the codes of the year: M, F or U.", header, columns="sex", first_year=2025)
def sex_not_a_letter(header):
    return header.filter(header.sex.isnull() | header.sex.notin(["M", "F", "U"]))


@rule("103", "ETHNIC must be present and a code of the list.", header, columns="ethnic")
def ethnicity_not_a_code(header):
    known = [row["code"] for row in codes.load("ethnicity")]
    return header.filter(header.ethnic.isnull() | header.ethnic.notin(known))


@rule("168", "UPN must be thirteen characters of the right shape, or UN1 to UN5.", header, columns="upn")
def upn_shape(header):
    return header.filter(header.upn.isnull() | ~header.upn.re_search(UPN_SHAPE))


@rule("209", "UN1 is not for a child of school age (4 or over on 31 August).", header, columns="upn dob")
def un1_at_school_age(header):
    return header.filter((header.upn == "UN1") & (header.dob <= ibis.date(header.year - 5, 8, 31)))


@rule("210", "UN4 is not for a child looked after for more than a week by 31 March.", header, episodes, columns="upn")
def un4_too_long(header, episodes):
    early = episodes.filter(episodes.decom < ibis.date(episodes.year, 3, 24)).select("la", "year", "child")
    return header.filter(header.upn == "UN4").semi_join(early, ["la", "year", "child"])


@rule("301", "The date of birth is after the end of the year.", header, columns="dob")
def born_after_the_year(header):
    return header.filter(header.dob > ibis.date(header.year, 3, 31))


@rule("302", "An episode begins before the date of birth.", header, episodes, columns="dob")
def looked_after_before_birth(header, episodes):
    first = episodes.group_by("la", "year", "child").agg(first=episodes.decom.min())
    joined = header.join(first, ["la", "year", "child"])
    return joined.filter(joined.first < joined.dob)


@rule("351", "Nobody over 25 at the start of the year belongs in the return.", header, columns="dob")
def too_old(header):
    return header.filter(header.dob < ibis.date(header.year - 1 - 26, 4, 1))


@rule("444", "Two children may not share a real UPN.", header, columns="upn", first_year=2026)
def shared_upn(header):
    real = header.filter(header.upn.notnull() & ~header.upn.startswith("UN"))
    shared = real.group_by("la", "year", "upn").agg(children=real.child.nunique()).filter(lambda t: t.children > 1)
    return real.semi_join(shared, ["la", "year", "upn"])


@rule("INT32", "A child stands twice in the header.", header, columns="child")
def child_twice(header):
    counted = header.group_by("la", "year", "child").agg(times=header.count()).filter(lambda t: t.times > 1)
    return header.semi_join(counted, ["la", "year", "child"])


@rule("EPI", "A child of the header has no episode and is no care leaver (OC3) either.", header, episodes, columns="child")
def no_episode(header, episodes):
    leavers = tables.oc3.ibis().select("la", "year", "child")
    return header.anti_join(episodes, ["la", "year", "child"]).anti_join(leavers, ["la", "year", "child"])

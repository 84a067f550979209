"""Rules about reviews, missing spells, social workers, deprivation of liberty orders and unaccompanied children."""

import ibis

from virtualschool import tables
from virtualschool.check.dates import birthday, year_end, year_start, younger_than
from virtualschool.check.episodes import SHORT_BREAKS, not_listed
from virtualschool.check.rules import rule

reviews, missing, sw_episodes, dolo, uasc, header, episodes = (
    tables.reviews,
    tables.missing,
    tables.sw_episodes,
    tables.dolo,
    tables.uasc,
    tables.header,
    tables.episodes,
)
KEY = ["la", "year", "child"]


@rule("167", "REVIEW_CODE must be PN0 to PN7.", reviews, columns="review_code")
def review_code_not_a_code(reviews):
    return reviews.filter(reviews.review_code.isnull() | not_listed(reviews.review_code, "REVIEW_CODE"))


@rule("440", "PN0 is for a child under 4 at the review.", reviews, columns="review review_code dob")
def too_old_to_be_left_out(reviews):
    return reviews.filter((reviews.review_code == "PN0") & (birthday(reviews.dob, 4) <= reviews.review))


@rule("441", "PN1 to PN7 are for a child of 4 or over at the review.", reviews, columns="review review_code dob")
def too_young_to_take_part(reviews):
    return reviews.filter((reviews.review_code != "PN0") & younger_than(reviews.dob, 4, reviews.review))


@rule("1006", "MISSING must be M or A.", missing, columns="missing")
def missing_not_a_code(missing):
    return missing.filter(missing.missing.notnull() & missing.missing.notin(("M", "A")))


@rule("565", "MIS_START is given without MISSING.", missing, columns="missing mis_start")
def missing_without_kind(missing):
    return missing.filter(missing.missing.isnull() & missing.mis_start.notnull())


@rule("567", "MIS_END is before MIS_START.", missing, columns="mis_start mis_end")
def found_before_missing(missing):
    return missing.filter(missing.mis_end < missing.mis_start)


@rule("570", "MIS_START is after the end of the year.", missing, columns="mis_start")
def missing_after_the_year(missing):
    return missing.filter(missing.mis_start > year_end(missing))


@rule("571", "MIS_END must fall in the year.", missing, columns="mis_end")
def found_outside_the_year(missing):
    return missing.filter((missing.mis_end < year_start(missing)) | (missing.mis_end > year_end(missing)))


@rule("586", "MIS_START is before the date of birth.", missing, columns="mis_start dob")
def missing_before_birth(missing):
    return missing.filter(missing.mis_start < missing.dob)


def overlapping(rows, start: str, end: str):
    """Spells that begin before the one before them ended, or while it is open."""
    turn = ibis.window(group_by=KEY, order_by=[start, "row"])
    known = rows.mutate(before_start=rows[start].lag().over(turn), before_end=rows[end].lag().over(turn))
    return known.filter(known.before_start.notnull() & (known.before_end.isnull() | (known[start] < known.before_end)))


@rule("574", "Spells missing may not overlap.", missing, columns="mis_start mis_end")
def missing_twice_at_once(missing):
    return overlapping(missing, "mis_start", "mis_end")


@rule("SW02STG1", "SW_ID must begin with SW or XX.", sw_episodes, columns="sw_id", first_year=2024)
def social_worker_not_a_number(sw_episodes):
    given = sw_episodes.sw_id
    return sw_episodes.filter(given.notnull() & ~(given.startswith("SW") | given.startswith("XX")))


@rule("SW06STG2", "SW_DECOM is after the end of the year.", sw_episodes, columns="sw_decom", first_year=2024)
def social_worker_after_the_year(sw_episodes):
    return sw_episodes.filter(sw_episodes.sw_decom > year_end(sw_episodes))


@rule("SW08STG2", "Every social worker's episode except the last needs SW_DEC.", sw_episodes, columns="sw_dec", first_year=2024)
def social_worker_open_in_the_middle(sw_episodes):
    turn = ibis.window(group_by=KEY, order_by=["sw_decom", "row"])
    known = sw_episodes.mutate(following=sw_episodes.sw_decom.lead().over(turn))
    return known.filter(known.following.notnull() & known.sw_dec.isnull())


@rule("SW09STG2", "A social worker's episode begins and ends on one day.", sw_episodes, columns="sw_decom sw_dec", first_year=2024)
def social_worker_for_a_day(sw_episodes):
    return sw_episodes.filter(sw_episodes.sw_decom == sw_episodes.sw_dec)


@rule("SW13STG1", "SW_REASON must be a code of the list.", sw_episodes, columns="sw_reason", first_year=2024)
def social_worker_reason_not_a_code(sw_episodes):
    return sw_episodes.filter(not_listed(sw_episodes.sw_reason, "SW_REASON"))


@rule(
    "SW01STG1",
    "A child in care on 31 March needs a social worker.",
    episodes,
    sw_episodes,
    columns="child",
    first_year=2024,
    last_year=2024,
)
def no_social_worker(episodes, sw_episodes):
    held = episodes.filter(episodes.dec.isnull() & episodes.ls.notin(SHORT_BREAKS))
    return held.anti_join(sw_episodes, KEY)


@rule("702", "DOLO_END must be after DOLO_START.", dolo, columns="dolo_start dolo_end", first_year=2027)
def order_ends_before_it_begins(dolo):
    return dolo.filter(dolo.dolo_end <= dolo.dolo_start)


@rule("703", "DOLO_START is after the end of the year.", dolo, columns="dolo_start", first_year=2027)
def order_after_the_year(dolo):
    return dolo.filter(dolo.dolo_start > year_end(dolo))


@rule("704", "DOLO_END must fall in the year.", dolo, columns="dolo_end", first_year=2027)
def order_ends_outside_the_year(dolo):
    return dolo.filter((dolo.dolo_end < year_start(dolo)) | (dolo.dolo_end > year_end(dolo)))


@rule("705", "Deprivation of liberty orders may not overlap.", dolo, columns="dolo_start dolo_end", first_year=2027)
def two_orders_at_once(dolo):
    return overlapping(dolo, "dolo_start", "dolo_end")


@rule("708", "DOLO_START must be after the date of birth.", dolo, columns="dolo_start dob", first_year=2027)
def order_before_birth(dolo):
    return dolo.filter(dolo.dolo_start <= dolo.dob)


@rule("304", "DUC must be on or before the 18th birthday.", uasc, columns="duc dob")
def unaccompanied_as_an_adult(uasc):
    return uasc.filter(uasc.duc > birthday(uasc.dob, 18))


@rule("231", "An unaccompanied child is expected to be over 11 at the end of the year.", uasc, columns="dob", first_year=2025)
def unaccompanied_and_small(uasc):
    return uasc.filter(younger_than(uasc.dob, 12, year_end(uasc)))


@rule("399", "There are no reviews for a child who has only short breaks (V3, V4).", reviews, episodes, columns="review")
def review_of_a_short_break(reviews, episodes):
    outside = episodes.filter(episodes.ls.notin(SHORT_BREAKS))
    return reviews.semi_join(episodes, KEY).anti_join(outside, KEY)

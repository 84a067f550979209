"""The school censuses of a trial: a row for each pupil on roll in January, with the errors that schools make."""

import numpy as np
import pyarrow as pa

from virtualschool import tables
from virtualschool.invent.chance import pick
from virtualschool.invent.trial.care import MOST, Care
from virtualschool.invent.trial.numbers import NONE, letters_of, number_text, references
from virtualschool.invent.trial.people import NEVER, People, census_day
from virtualschool.invent.trial.places import Places, shaped
from virtualschool.invent.trial.rates import Errors
from virtualschool.invent.trial.returns import (
    Draws,
    Numbers,
    kinds_of_error,
    reported_ethnicities,
    shown,
    typed_wrong,
    wrong,
)

NEEDS = ("SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "PD", "ASD", "OTH")
OF_SUPPORT = (14, 19, 0.3, 0.1, 20, 25, 1.6, 1, 2, 8, 9)
OF_PLAN = (3.5, 9, 10, 4, 16, 18, 2, 1, 4, 30, 2.1)
MENDED, MENDED_AFTER = 0.7, 400
"""So many days after a placement began, so many schools have the address that they lacked at first."""
YEAR_GROUPS = ("R", *(str(n) for n in range(1, 15)))


def addresses(
    rng: np.random.Generator, errors: Errors, place: Places, who: People, care: Care, school: np.ndarray, years: tuple[int, ...]
) -> np.ndarray:
    """The postcode that a school holds of each person at each census, as a position; -1 where it holds none."""
    held = np.empty((len(who), len(years)), np.int64)
    each = np.arange(len(care))
    # How a school errs about a child in care mostly stays so, and is drawn once for each placement.
    rates = [errors.care_postcode_home, errors.care_postcode_before, errors.care_postcode_school, errors.care_postcode_other]
    how = pick(rng, len(care) * (MOST + 1), [*rates, 1 - sum(rates)]).reshape(len(care), MOST + 1)
    elsewhere = place.near_sectors[place.sector[care.post], rng.integers(0, place.near_sectors.shape[1], care.post.shape)]
    elsewhere = place.postcode_in(elsewhere, rng.random(care.post.shape))
    mended = rng.random(how.shape) < MENDED
    for column, year in enumerate(years):
        stale = rng.random(len(who.homes)) < errors.census_postcode_old
        homes = np.where(stale, who.homes[:, column], who.homes[:, column + 1])
        held[:, column] = homes[who.family]
        k = care.at(np.full(len(care), census_day(year)))
        k = np.where((k == MOST) & (care.end >= NEVER), MOST - 1, k)
        at = np.maximum(k, 0)
        error = np.where(at == MOST, 9, how[each, at])
        long_ago = care.date[each, at] < census_day(year) - MENDED_AFTER
        error = np.where((error <= 1) & mended[each, at] & long_ago, 9, error)
        known = np.select(
            [error == 0, (error == 1) & (at > 0), error == 2, error == 3],
            [care.home, care.post[each, np.maximum(at - 1, 0)], place.school_postcode[school[care.person, column]], elsewhere[each, at]],
            care.post[each, at],
        )
        held[care.person, column] = np.where(k >= 0, known, held[care.person, column])
    missing = kinds_of_error(rng, errors, ("census_postcode_missing",), np.tile(np.arange(len(who)), len(years)))[0] >= 0
    held[missing.reshape(len(years), -1).T] = -1
    return held


def reported(rng: np.random.Generator, errors: Errors, who: People, numbers: Numbers, on: np.ndarray, evidence) -> dict:
    """What schools say of each person whatever the year: as arrays by person, or by census and person where errors pass."""
    n, years = on.shape
    person = np.tile(np.arange(n), years)
    sex = who.male[person] ^ wrong(rng, errors, "census_sex_wrong", person)
    kind, lasts = kinds_of_error(rng, errors, ("census_dob_wrong",), person)
    draw = Draws(rng, person, lasts)
    off = np.array([-365, -31, -10, -1, 1, 1, 2, 10, 30, 365, 9, -9])[draw.whole(0, 12)]
    kinds = ("census_upn_missing", "census_upn_one_character")
    number, lasting = kinds_of_error(rng, errors, kinds, person)
    draw = Draws(rng, person, lasting)
    return {
        "male": sex.reshape(years, n),
        "born": np.where(kind >= 0, who.born[person] + off, who.born[person]).reshape(years, n),
        "number": number.reshape(years, n),
        "where": draw.whole(1, 13).reshape(years, n),
        "digit": draw.whole(1, 10).reshape(years, n),
        "former": rng.random(n) >= errors.former_upn_missing,
        "typed": wrong(rng, errors, "census_postcode_typo", person).reshape(years, n),
        "ethnicity": reported_ethnicities(
            rng, errors, who.ethnicity[person], person, ("census_ethnicity_other", "census_ethnicity_missing")
        ),
        "support": np.where((who.sen < 2)[None, :] & (rng.random((years, n)) < 0.03), 1 - who.sen.clip(max=1)[None, :], who.sen[None, :]),
        "need": np.where(who.sen == 2, pick(rng, n, OF_PLAN), pick(rng, n, OF_SUPPORT)),
        "fsm": who.poor[None, :] ^ (rng.random((years, n)) < 0.06),
        "evidence": evidence,
    }


def census(
    rng: np.random.Generator, place: Places, who: People, numbers: Numbers, said: dict, on: np.ndarray, held: np.ndarray,
    school: np.ndarray, joined: np.ndarray, column: int, year: int, first_person: int, first_row: int,
) -> pa.Table:  # fmt: skip
    """Rows of one census. `first_person` numbers the people of this authority; pupil references follow from it."""
    evidence = said["evidence"]
    rows = np.flatnonzero(on[:, column])
    n = len(rows)
    when = census_day(year)
    before = (numbers.former[rows] != NONE) & (numbers.changed[rows] > when)
    changed = (numbers.former[rows] != NONE) & ~before
    written = letters_of(np.where(before, numbers.former[rows], numbers.present[rows]))
    kind, where = said["number"][column, rows], said["where"][column, rows]
    slip = np.flatnonzero((kind == 1) & (written[np.arange(n), where] < 65))
    written[slip, where[slip]] = (written[slip, where[slip]] - 48 + said["digit"][column, rows][slip]) % 10 + 48
    written[kind == 0] = 0
    former = None
    if evidence.former_upn and (told := changed & said["former"][rows]).any():
        former = number_text(letters_of(np.where(told, numbers.former[rows], NONE)))
    postcode = None
    if evidence.postcodes in ("full", "sector", "census"):
        address = held[rows, column]
        text = pa.compute.if_else(pa.array(address >= 0), place.text.take(pa.array(np.maximum(address, 0))), None)
        typed = np.flatnonzero(said["typed"][column, rows])
        if len(typed):
            text = pa.compute.replace_with_mask(text, pa.array(said["typed"][column, rows]), typed_wrong(rng, text.take(pa.array(typed))))
        # As reading leaves it: capitals, no space.
        postcode = pa.compute.replace_substring(shown(text, evidence.postcodes, "census"), " ", "")
    sen = said["support"][column, rows]
    at = pa.array(school[rows, column])
    return shaped(
        tables.census, n,
        year=pa.array(np.full(n, year, np.int32)),
        pmr=references(evidence.seed, first_person + rows) if evidence.pmr else None,
        upn=number_text(written), former_upn=former,
        dob=pa.array(said["born"][column, rows].astype("datetime64[D]")),
        sex=pa.array(["F", "M"]).take(pa.array(said["male"][column, rows].astype(np.int8))),
        laestab=place.laestab.take(at), school_urn=place.urn.take(at),
        term=pa.array(["spring"]).take(pa.array(np.zeros(n, np.int8))),
        ethnicity=said["ethnicity"].take(pa.array(column * len(who) + rows)),
        language=pa.array(["OTB", "ENG"]).take(pa.array(who.english[rows].astype(np.int8))),
        fsm=pa.array(said["fsm"][column, rows]),
        sen=pa.array(["N", "K", "E"]).take(pa.array(sen)),
        primary_need=pa.compute.if_else(pa.array(sen > 0), pa.array(NEEDS).take(pa.array(said["need"][rows])), None),
        year_group=pa.array(YEAR_GROUPS).take(pa.array(np.clip(year - who.group[rows] - 5, 0, 14))),
        enrol_status=pa.array(["C"]).take(pa.array(np.zeros(n, np.int8))),
        on_roll=pa.array(np.ones(n, bool)),
        entry_date=pa.array(joined[rows, column].astype("datetime64[D]")) if evidence.entry_dates else None,
        postcode=postcode,
        file=pa.array(np.full(n, 100 + column, np.int32)),
        row=pa.array(np.arange(first_row, first_row + n, dtype=np.int32)),
    )  # fmt: skip

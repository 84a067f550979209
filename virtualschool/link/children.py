"""What the returns say of a child, over all years: births, numbers, ethnicity, where it lived when, and when it was in care."""

import unicodedata

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.link.geography import district, postcode, sector
from virtualschool.link.keys import identifier
from virtualschool.link.orders import ADOPTED, ARRANGEMENTS, GUARDIANSHIP, adopted, care_year

SEXES = (("1", "M"), ("M", "M"), ("2", "F"), ("F", "F"))
OWN = ("la", "child")
DAYS_AHEAD, DAYS_SOON, DAYS_AFTER = 7, 42, 75
"""A school is joined so many days before or after a move of placement: soon after it, or when a place was found."""
NO_MOVE = ("X1", "E2", "E3", *ADOPTED, *GUARDIANSHIP, *ARRANGEMENTS)
"""Reasons for an episode's end with which a child does not move out of care: the next episode begins, it died, another authority takes
over, or an order ends the link."""
DAYS_EARLY, DAYS_LATE = 14, 60
"""A census may show a new address some days before the return does, or the old one for weeks."""
EVER, NEVER = ibis.literal("1900-01-01").cast("date"), ibis.literal("2200-01-01").cast("date")


def sex_of(code: ibis.Value) -> ibis.Value:
    """M or F of a return's code, in either coding and any year; null for U and what is not a code."""
    return ibis.cases(*((code == known, sex) for known, sex in SEXES), else_=ibis.null("string"))


def numbers() -> ibis.Table:
    """The UPNs of each child over all returns: la, child, upn, before (of a child who was adopted, the day of the order).

    Of a child who was adopted those given before the care year of the order; if there are none, those of that year. A number
    that came with the order, or after it, belongs to another identity, which is not ours to join to this one: so a pupil must
    have been seen under the number before that day.
    """
    header = tables.header.ibis()
    given = header.select(*OWN, "year", upn=identifier(header.upn)).filter(_.upn.notnull())
    given = given.left_join(adopted(), OWN, rname="a_{name}").select(*OWN, "year", "upn", before="adopted")
    of_order = care_year(given.before)
    earlier = (given.year < of_order).fill_null(False)
    own = ibis.window(group_by=[given.la, given.child])
    given = given.mutate(earlier=earlier, of_order=of_order, any_earlier=earlier.cast("int32").max().over(own) == 1)
    kept = given.filter(given.before.isnull() | given.earlier | (~given.any_earlier & (given.year == given.of_order)))
    return kept.select(*OWN, "upn", "before").distinct()


def births() -> ibis.Table:
    """The birth dates and sexes of each child over all returns: la, child, dob, sex."""
    header = tables.header.ibis()
    return header.select(*OWN, "dob", sex=sex_of(header.sex)).distinct()


def learners() -> ibis.Table:
    """The learner numbers (ULN) of each child, of an authority's own list: la, child, uln.

    Not of a child who was adopted: a learner number comes late, and may belong to the identity after the order.
    """
    listed = tables.names.ibis()
    listed = listed.filter(listed.uln.notnull()).semi_join(tables.header.ibis(), OWN).anti_join(adopted(), OWN)
    return listed.select(*OWN, "uln").distinct()


def names() -> ibis.Table:
    """The names of each child, of an authority's own list, in plain capitals: la, child, forename, surname."""
    listed = tables.names.ibis()
    plain = listed.select(*OWN, forename=letters(listed.forename), surname=letters(listed.surname)).distinct()
    return plain.filter(_.forename.notnull() | _.surname.notnull())


def letters(name: ibis.Value) -> ibis.Value:
    """A name in capitals from A to Z, without accents, spaces and punctuation; null where nothing is left."""
    for one, other in TWO_LETTERS.items():
        name = name.replace(one, other)
    return name.upper().translate(ACCENTED, PLAIN).re_replace("[^A-Z]", "").nullif("")


def stays() -> ibis.Table:
    """When each child was in an authority's care: la, child, since, until; a child without episodes is there in its returns' years."""
    episodes, header = tables.episodes.ibis(), tables.header.ibis()
    in_care = episodes.select(*OWN, since=episodes.decom, until=ibis.coalesce(episodes.dec, first_of_april(episodes.year)))
    others = header.anti_join(episodes, OWN)
    listed = others.select(*OWN, since=first_of_april(others.year - 1), until=first_of_april(others.year))
    return ibis.union(in_care, listed, distinct=True)


def stays_placed(stays: ibis.Table) -> ibis.Table:
    """Stays in care, with the authority that looked after the child as the place: la, child, first_day, last_day, in_la."""
    whole = stays.group_by(*OWN).aggregate(since=_.since.min(), until=_["until"].max())
    return told_between(whole).select(*OWN, "first_day", "last_day", in_la=_.la)


def told_between(rows: ibis.Table) -> ibis.Table:
    """Rows with since and until, and the days between which a school's record may tell of the same time: first_day, last_day."""
    early, late = ibis.interval(days=DAYS_EARLY), ibis.interval(days=DAYS_LATE)
    return rows.mutate(first_day=as_day(rows.since - early), last_day=as_day(rows["until"] + late))


def as_day(moment: ibis.Value) -> ibis.Value:
    """A day and an interval are a day on every engine: some make a time of them, which is slower to compare."""
    return moment.cast("timestamp").cast("date")


def first_of_april(year: ibis.Value) -> ibis.Value:
    return ibis.date(year.cast("int32"), ibis.literal(4), ibis.literal(1))


def places(known: ibis.Table) -> ibis.Table:
    """Where each child lived and when: la, child, at_home, code, sector, district, in_la, east, north, since, until.

    A placement from its first to its last day; the home (`at_home` is yes) before care began and after it ended. `code` is the
    postcode; `known` says where postcodes are (geography.postcodes).
    """
    episodes = tables.episodes.ibis()
    until = ibis.coalesce(episodes.dec, first_of_april(episodes.year))
    placed = episodes.select(*OWN, at_home=ibis.literal(False), code=postcode(episodes.pl_post), since="decom", until=until)
    care = stays().group_by(*OWN).aggregate(begun=_.since.min(), over=_["until"].max())
    homes = episodes.select(*OWN, code=postcode(episodes.home_post)).distinct().inner_join(care, OWN)
    before = homes.select(*OWN, "code", at_home=ibis.literal(True), since=EVER, until="begun")
    after = homes.select(*OWN, "code", at_home=ibis.literal(True), since="over", until=NEVER)
    columns = (*OWN, "at_home", "code", "since", "until")
    lived = ibis.union(placed.select(*columns), before.select(*columns), after.select(*columns)).filter(_.code.notnull())
    # Years repeat an episode that goes on, and one address serves many episodes.
    lived = lived.group_by(*OWN, "at_home", "code", "since").aggregate(until=_["until"].max())
    located = known.select(known_code="postcode", in_la="in_la", east="easting", north="northing")
    found = lived.left_join(located, lived.code == located.known_code)
    return found.select(
        *OWN,
        "at_home",
        "code",
        "in_la",
        "east",
        "north",
        "since",
        "until",
        sector=sector(_.code),
        district=district(_.code),
    )


def moves() -> ibis.Table:
    """The days on which a child moved: la, child, moved, and the days from which and to which it may have joined a
    school for it: joined_from, joined_soon, joined_late; and a year from the move, joined_year.

    A child moves when a placement begins, and when it goes home or elsewhere out of care. Not on the day of an order, with which a
    link ends: what the pupil did then is not asked. Nor when another authority takes over, for then it may stay where it is.
    """
    episodes = tables.episodes.ibis()
    began = episodes.filter(episodes.rne.isin(("S", "P", "B")) | episodes.rne.isnull()).select(*OWN, moved="decom")
    left = episodes.filter(episodes.dec.notnull() & episodes.rec.notnull() & ~episodes.rec.isin(NO_MOVE)).select(*OWN, moved="dec")
    moved = ibis.union(began, left, distinct=True)
    days = {"joined_from": -DAYS_AHEAD, "joined_soon": DAYS_SOON, "joined_late": DAYS_AFTER, "joined_year": 365}
    return moved.select(
        *OWN,
        "moved",
        **{name: as_day(moved.moved + ibis.interval(days=apart)) for name, apart in days.items()},
    )


def features() -> ibis.Table:
    """What does not change, or is said once: la, child, ethnic, disabled, unaccompanied, begun (first day in care).

    `ethnic` is the newest code that says something.
    """
    header, episodes, seeking = tables.header.ibis(), tables.episodes.ibis(), tables.uasc.ibis()
    said = header.filter(header.ethnic.notnull() & ~header.ethnic.isin(UNTOLD))
    newest = said.group_by(*OWN).aggregate(ethnic=_.ethnic.argmax(_.year * 1_000_000 + _.row))
    care = episodes.group_by(*OWN).aggregate(disabled=(_.cin == "N2").any(), begun=_.decom.min())
    flagged = ibis.union(seeking.select(*OWN), header.filter(header.uasc == "1").select(*OWN), distinct=True)
    flagged = flagged.mutate(seeking=ibis.literal(True))
    listed = header.select(*OWN).distinct()
    found = listed.left_join(newest, OWN, rname="n_{name}").left_join(care, OWN, rname="c_{name}").left_join(flagged, OWN, rname="f_{name}")
    return found.select(*OWN, "ethnic", "begun", disabled=_.disabled.fill_null(False), unaccompanied=_.seeking.fill_null(False))


TWO_LETTERS = {"ß": "SS", "ẞ": "SS", "Æ": "AE", "æ": "AE", "Œ": "OE", "œ": "OE", "Þ": "TH", "þ": "TH"}
STROKES = {"Ø": "O", "Đ": "D", "Ð": "D", "Ł": "L", "Ħ": "H", "Ŧ": "T"}
_BARE = {letter: unicodedata.normalize("NFD", letter)[0] for letter in map(chr, range(0xC0, 0x250)) if letter.isupper()} | STROKES
ACCENTED, PLAIN = ("".join(part) for part in zip(*(pair for pair in _BARE.items() if pair[1] in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), strict=True))
"""Latin capitals with accents, and the same without, in one order."""
UNTOLD = ("NOBT", "REFU", "")
"""Codes that say nothing of an ethnicity."""

"""Who could be whom: the pairs worth weighing. A pair that shares none of these has no chance to be a link.

Each block is a join on keys that are equal, so that a pass over eight million pupils is a look-up in a small table.
"""

from collections.abc import Callable

import ibis
from ibis import _

from virtualschool.link.children import OWN
from virtualschool.link.dates import nearly
from virtualschool.link.geography import whole
from virtualschool.link.records import SEEN, with_authority

HEAD, TAIL = 8, 5
"""Where two UPNs differ in one character, or in two that are neighbours, the first eight or the last five agree."""
LONGEST_SECTOR = 5
NAMED = (*OWN, "pmr", "upn")


def marks(wanted: ibis.Table, births: ibis.Table, numbers: ibis.Table, places: ibis.Table, schools: ibis.Table) -> ibis.Table:
    """What is sought of each birth date of the children of `wanted` (la, child): born, and four lists in words, each with a comma
    between: schools (sex and the first three digits of a school's number), sectors (sex and postcode sector), heads and tails of UPNs.

    A record that is in none of them is near nobody, unless it bears a postcode that is sought.
    """
    born = births.semi_join(wanted, OWN).filter(_.dob.notnull())
    sexed = born.filter(born.sex.notnull())
    lived = places.semi_join(wanted, OWN)
    sought = authorities(wanted, lived)
    # The number of a school begins with its authority's as a rule; where authorities have been divided, with the old one's.
    spelled = ibis.union(
        schools.filter(schools.school_la.notnull()).select(in_la="school_la", digits=schools.laestab.substr(0, 3)),
        sought.select(in_la="in_la", digits="in_la"),
        distinct=True,
    )
    at_school = sought.inner_join(sexed, OWN).inner_join(spelled, "in_la").select("dob", mark=_.sex + _.digits)
    at_home = lived.filter(lived.sector.notnull()).inner_join(sexed, OWN).select("dob", mark=_.sex + _.sector)
    born_to = whole_numbers(numbers.semi_join(wanted, OWN)).inner_join(born.select(*OWN, "dob").distinct(), OWN)
    lists = {
        "schools": at_school,
        "sectors": at_home,
        "heads": born_to.select("dob", mark=beginning(_.upn)),
        "tails": born_to.select("dob", mark=ending(_.upn)),
    }
    none = ibis.null("string")
    every = ibis.union(
        *(
            rows.distinct().select(born="dob", **{other: _.mark if other == name else none for other in lists})
            for name, rows in lists.items()
        )
    )
    return every.group_by("born").aggregate(**{name: every[name].group_concat(",") for name in lists})


def marked(seen: ibis.Table, marks: ibis.Table, codes: ibis.Table) -> ibis.Table:
    """The records that may be near a child of `marks`, and all that are, with the columns of SEEN: found by one look-up of the birth
    date and one of the home (`codes`: code)."""
    rows = seen.left_join(marks, seen.dob == marks.born)
    sector_only = rows.home.length() <= LONGEST_SECTOR
    listed = (
        rows.schools.contains(rows.sex + rows.laestab.substr(0, 3))
        | rows.heads.contains(beginning(rows.upn))
        | rows.tails.contains(ending(rows.upn))
        | sector_only.ifelse(rows.sectors.contains(rows.sex + rows.home), False)
    )
    return rows.filter(rows.home.isin(codes.code) | (rows.born.notnull() & listed)).select(*SEEN)


def near(
    seen: ibis.Table,
    wanted: ibis.Table,
    births: ibis.Table,
    numbers: ibis.Table,
    places: ibis.Table,
    schools: ibis.Table,
    marks: ibis.Table,
) -> ibis.Table:
    """The records that share something with one of the children of `wanted` (la, child), with the columns of SEEN.

    One pass over all records, which keeps those of `marks`; these are looked up in small tables: birth date and sex with the
    school's authority or, where an extract tells only that of a home, with the postcode sector; the postcode; and birth date with
    the beginning or end of the UPN.
    """
    born = births.semi_join(wanted, OWN).filter(_.dob.notnull())
    sexed = born.filter(born.sex.notnull())
    lived = places.semi_join(wanted, OWN)
    given = whole_numbers(numbers.semi_join(wanted, OWN))
    by_authority = authorities(wanted, lived).inner_join(sexed, OWN)
    by_authority = by_authority.select(dob_1="dob", sex_1="sex", la_1="in_la").distinct()
    by_sector = lived.filter(lived.sector.notnull()).inner_join(sexed, OWN)
    by_sector = by_sector.select(dob_2="dob", sex_2="sex", sector_2="sector").distinct()
    by_code = lived.filter(whole(lived.code)).select("code").distinct()
    born_to = given.inner_join(born.select(*OWN, "dob").distinct(), OWN)
    by_head = born_to.select(head_4=beginning(_.upn), dob_4="dob").distinct()
    by_tail = born_to.select(tail_5=ending(_.upn), dob_5="dob").distinct()
    rows = with_authority(marked(seen, marks, by_code), schools)
    rows = rows.mutate(number_head=beginning(rows.upn), number_tail=ending(rows.upn))
    rows = rows.select(*SEEN, "in_la", "number_head", "number_tail")
    by_code = by_code.select(code_3="code")
    rows = rows.left_join(by_authority, [rows.dob == by_authority.dob_1, rows.sex == by_authority.sex_1, rows.in_la == by_authority.la_1])
    rows = rows.left_join(by_sector, [rows.dob == by_sector.dob_2, rows.sex == by_sector.sex_2, rows.home == by_sector.sector_2])
    rows = rows.left_join(by_code, rows.home == by_code.code_3)
    rows = rows.left_join(by_head, [rows.number_head == by_head.head_4, rows.dob == by_head.dob_4])
    rows = rows.left_join(by_tail, [rows.number_tail == by_tail.tail_5, rows.dob == by_tail.dob_5])
    met = ibis.or_(*(rows[name].notnull() for name in ("dob_1", "dob_2", "code_3", "dob_4", "dob_5")))
    return rows.filter(met).select(*SEEN)


def beginning(upn: ibis.Value) -> ibis.Value:
    return upn.substr(0, HEAD)


def ending(upn: ibis.Value) -> ibis.Value:
    """The last characters of a UPN of thirteen."""
    return upn.substr(13 - TAIL, TAIL)


def candidates(
    wanted: ibis.Table,
    seen: ibis.Table,
    keys: ibis.Table,
    births: ibis.Table,
    numbers: ibis.Table,
    places: ibis.Table,
    refused: ibis.Table,
    made: ibis.Table,
) -> ibis.Table:
    """Pairs of the children of `wanted` (la, child) and pupils, and those of the links that were `made`: la, child, pupil.

    `seen` are the records that have to do with a child (records.placed).

    They share the UPN, present or former; or birth date and sex with a school's authority or a postcode district; or birth
    date and the beginning or end of the UPN; or a postcode and nearly the birth date. Without the pairs that a person has
    `refused`.
    """
    born = births.semi_join(wanted, OWN).filter(_.dob.notnull())
    given = numbers.semi_join(wanted, OWN)
    lived = places.semi_join(wanted, OWN)
    found = seen.filter(seen.dob.notnull())
    blocks = (
        given.inner_join(seen.select("pmr", "upn"), "upn").select(*NAMED),
        same_former_number(given, seen),
        in_authority(wanted, born, lived, found),
        in_district(born, lived, found),
        at_postcode(born, lived, found),
        like_number(born, given, found, beginning),
        like_number(born, given, found, ending),
    )
    pairs = ibis.union(*(block.select(*NAMED) for block in blocks), distinct=True)
    upns = keys.filter(keys.kind == "upn").select("identifier", meant="pupil")
    named = pairs.left_join(upns, pairs.upn == upns.identifier)
    paired = named.select(*OWN, pupil=ibis.coalesce(_.pmr, _.meant, _.upn)).filter(_.pupil.notnull())
    paired = paired.anti_join(refused, [*OWN, "pupil"])
    return ibis.union(paired, made.select(*OWN, "pupil"), distinct=True)


def same_former_number(given: ibis.Table, seen: ibis.Table) -> ibis.Table:
    borne = seen.filter(seen.former_upn.notnull()).select("pmr", "upn", former="former_upn")
    return given.select(*OWN, number="upn").inner_join(borne, _.number == borne.former)


def in_authority(wanted: ibis.Table, born: ibis.Table, lived: ibis.Table, found: ibis.Table) -> ibis.Table:
    """Birth date and sex, at a school of an authority in which the child lived or that looks after it."""
    sought = born.filter(born.sex.notnull()).inner_join(authorities(wanted, lived), OWN)
    return sought.inner_join(found.select("pmr", "upn", "dob", "sex", in_la="at_la"), ["dob", "sex", "in_la"])


def in_district(born: ibis.Table, lived: ibis.Table, found: ibis.Table) -> ibis.Table:
    where = lived.filter(lived.district.notnull()).select(*OWN, "district").distinct()
    sought = born.filter(born.sex.notnull()).inner_join(where, OWN)
    homes = found.filter(found.home_district.notnull())
    return sought.inner_join(homes.select("pmr", "upn", "dob", "sex", district="home_district"), ["dob", "sex", "district"])


def at_postcode(born: ibis.Table, lived: ibis.Table, found: ibis.Table) -> ibis.Table:
    """A postcode, with the birth date, or nearly it and the sex."""
    where = lived.filter(whole(lived.code)).select(*OWN, "code").distinct()
    sought = born.inner_join(where, OWN)
    there = found.filter(found.home.notnull()).select("pmr", "upn", "home", their_dob="dob", their_sex="sex")
    met = sought.inner_join(there, sought.code == there.home)
    return met.filter((_.dob == _.their_dob) | (nearly(_.dob, _.their_dob) & (_.sex == _.their_sex)))


def like_number(born: ibis.Table, given: ibis.Table, found: ibis.Table, part: Callable[[ibis.Value], ibis.Value]) -> ibis.Table:
    """A UPN of which a part is alike, with the birth date."""
    ours = whole_numbers(given)
    sought = ours.select(*OWN, part=part(ours.upn)).distinct().inner_join(born.select(*OWN, "dob").distinct(), OWN)
    there = found.filter(found.upn.notnull()).select("pmr", "upn", "dob", part=part(found.upn))
    return sought.inner_join(there, ["part", "dob"])


def whole_numbers(given: ibis.Table) -> ibis.Table:
    """UPNs of about the right length."""
    return given.filter(given.upn.length().between(12, 14))


def authorities(wanted: ibis.Table, lived: ibis.Table) -> ibis.Table:
    """The authorities in which a child lived, and the one that looks after it: la, child, in_la."""
    known = lived.filter(lived.in_la.notnull()).select(*OWN, "in_la")
    return ibis.union(known, wanted.select("la", "child", in_la="la"), distinct=True)

"""Who could be whom: the pairs worth weighing. A pair that shares none of these has no chance to be a link.

Each block is a join on keys that are equal, so that a pass over eight million pupils is a look-up in a small table.
"""

import ibis
from ibis import _

from virtualschool.link.children import OWN
from virtualschool.link.dates import nearly
from virtualschool.link.geography import district, whole
from virtualschool.link.records import with_authority

HEAD, TAIL = 8, 5
"""Where two UPNs differ in one character, or in two that are neighbours, the first eight or the last five agree."""
NAMED = (*OWN, "pmr", "upn")


def candidates(
    wanted: ibis.Table,
    seen: ibis.Table,
    keys: ibis.Table,
    births: ibis.Table,
    numbers: ibis.Table,
    places: ibis.Table,
    schools: ibis.Table,
    refused: ibis.Table,
    made: ibis.Table,
) -> ibis.Table:
    """Pairs of the children of `wanted` (la, child) and pupils, and those of the links that were `made`: la, child, pupil.

    Without the pairs that a person has `refused`.

    They share the UPN, present or former; or birth date and sex with a school's authority, a postcode district, or the
    beginning or end of the UPN; or a postcode and nearly the birth date.
    """
    born = births.semi_join(wanted, OWN).filter(_.dob.notnull())
    given = numbers.semi_join(wanted, OWN)
    lived = places.semi_join(wanted, OWN)
    found = seen.filter(seen.dob.notnull())
    blocks = (
        given.inner_join(seen.select("pmr", "upn"), "upn").select(*NAMED),
        same_former_number(given, seen),
        in_authority(wanted, born, lived, found, schools),
        in_district(born, lived, found),
        at_postcode(born, lived, found),
        like_number(born, given, found, head=True),
        like_number(born, given, found, head=False),
    )
    pairs = ibis.union(*(block.select(*NAMED) for block in blocks), distinct=True)
    upns = keys.filter(keys.kind == "upn").select("identifier", meant="pupil")
    named = pairs.left_join(upns, pairs.upn == upns.identifier)
    found = named.select(*OWN, pupil=ibis.coalesce(_.pmr, _.meant, _.upn)).filter(_.pupil.notnull())
    found = found.anti_join(refused, [*OWN, "pupil"])
    return ibis.union(found, made.select(*OWN, "pupil"), distinct=True)


def same_former_number(given: ibis.Table, seen: ibis.Table) -> ibis.Table:
    borne = seen.filter(seen.former_upn.notnull()).select("pmr", "upn", former="former_upn")
    return given.select(*OWN, number="upn").inner_join(borne, _.number == borne.former)


def in_authority(wanted: ibis.Table, born: ibis.Table, lived: ibis.Table, found: ibis.Table, schools: ibis.Table) -> ibis.Table:
    """Birth date and sex, at a school of an authority in which the child lived or that looks after it."""
    known = lived.filter(lived.in_la.notnull()).select(*OWN, "in_la")
    where = ibis.union(known, wanted.select("la", "child", in_la="la"), distinct=True)
    sought = born.filter(born.sex.notnull()).inner_join(where, OWN)
    there = with_authority(found.select("pmr", "upn", "dob", "sex", "laestab"), schools)
    return sought.inner_join(there, ["dob", "sex", "in_la"])


def in_district(born: ibis.Table, lived: ibis.Table, found: ibis.Table) -> ibis.Table:
    where = lived.filter(lived.district.notnull()).select(*OWN, "district").distinct()
    sought = born.filter(born.sex.notnull()).inner_join(where, OWN)
    homes = found.filter(found.home.notnull())
    return sought.inner_join(homes.select("pmr", "upn", "dob", "sex", district=district(homes.home)), ["dob", "sex", "district"])


def at_postcode(born: ibis.Table, lived: ibis.Table, found: ibis.Table) -> ibis.Table:
    """A postcode, with the birth date, or nearly it and the sex."""
    where = lived.filter(whole(lived.code)).select(*OWN, "code").distinct()
    sought = born.inner_join(where, OWN)
    there = found.filter(found.home.notnull()).select("pmr", "upn", "home", their_dob="dob", their_sex="sex")
    met = sought.inner_join(there, sought.code == there.home)
    return met.filter((_.dob == _.their_dob) | (nearly(_.dob, _.their_dob) & (_.sex == _.their_sex)))


def like_number(born: ibis.Table, given: ibis.Table, found: ibis.Table, *, head: bool) -> ibis.Table:
    """A UPN that begins alike, with sex and nearly the birth date; or one that ends alike, with both.

    Serial numbers are small and years few, so that thousands of pupils share an ending; a beginning names the school.
    """

    def part(number: ibis.Value) -> ibis.Value:
        return number.substr(0, HEAD) if head else number.right(TAIL)

    whole = given.filter(given.upn.length().between(12, 14))
    sought = whole.select(*OWN, part=part(whole.upn)).distinct().inner_join(born.filter(born.sex.notnull()), OWN)
    there = found.filter(found.upn.notnull()).select("pmr", "upn", "sex", part=part(found.upn), their_dob="dob")
    if not head:
        return sought.inner_join(there, [sought.part == there.part, sought.sex == there.sex, sought.dob == there.their_dob])
    return sought.inner_join(there, ["part", "sex"]).filter((_.dob == _.their_dob) | nearly(_.dob, _.their_dob))

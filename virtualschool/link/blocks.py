"""Who could be whom: the pairs worth weighing. A pair that shares none of these has no chance to be a link.

Each block is a join on keys that are equal, so that a pass over eight million pupils is a look-up in a small table.
"""

from collections.abc import Callable

import ibis
import ibis.expr.datatypes as dt
from ibis import _

from virtualschool.link.children import OWN
from virtualschool.link.dates import nearly
from virtualschool.link.geography import whole
from virtualschool.link.records import SEEN

HEAD, TAIL = 8, 5
"""Where two UPNs differ in one character, or in two that are neighbours, the first eight or the last five agree."""
NAMED = (*OWN, "pupil")


# Their values are of any type, so that their arguments have none here.
@ibis.udf.scalar.builtin(name="hash")
def mark(_first, _second) -> dt.int64:  # type: ignore[no-untyped-def, valid-type]
    """A number of 64 bits that stands for values together. Each engine has its own; where one value is null it is nobody's."""


@ibis.udf.scalar.builtin(name="hash")
def mark_of_three(_first, _second, _third) -> dt.int64:  # type: ignore[no-untyped-def, valid-type]
    """The same of three values."""


def shared(wanted: ibis.Table, births: ibis.Table, numbers: ibis.Table, places: ibis.Table, schools: ibis.Table) -> ibis.Table:
    """What records share that are near a child of `wanted` (la, child): kind, dob, number, sex, word.

    kind        what a record shares
    school      birth date (dob) and sex, with the first digits (word) of schools in an authority of the child's
    year        the year of birth (number), with the postcode (word)
    birthday    the birthday (number), with the postcode, or its sector where an extract tells no more
    beginning   birth date, with the beginning of the UPN (word)
    ending      birth date, with the end of the UPN
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
    at_school = sought.inner_join(sexed, OWN).select("dob", "sex", "in_la").distinct().inner_join(spelled, "in_la")
    at_code = lived.filter(whole(lived.code)).select(*OWN, word="code").inner_join(born, OWN)
    in_sector = lived.filter(lived.sector.notnull()).select(*OWN, word="sector").inner_join(sexed, OWN)
    numbered = whole_numbers(numbers.semi_join(wanted, OWN)).inner_join(born.select(*OWN, "dob").distinct(), OWN)
    at_home = ibis.union(at_code, in_sector)
    return ibis.union(
        what("school", at_school, dob=at_school.dob, sex=at_school.sex, word=at_school.digits),
        # Two birth dates that are nearly the same have the year or the birthday in common.
        what("year", at_code, number=year(at_code.dob), word=at_code.word),
        what("birthday", at_home, number=birthday(at_home.dob), word=at_home.word),
        what("beginning", numbered, dob=numbered.dob, word=beginning(numbered.upn)),
        what("ending", numbered, dob=numbered.dob, word=ending(numbered.upn)),
        distinct=True,
    )


def what(kind: str, rows: ibis.Table, **told: ibis.Value) -> ibis.Table:
    """Rows of `shared` of one kind."""
    columns = {"dob": ibis.null("date"), "number": ibis.null("int64"), "sex": ibis.null("string")} | told
    return rows.select(kind=ibis.literal(kind), **columns)


def near(seen: ibis.Table, shared: ibis.Table) -> ibis.Table:
    """The records that share something with a child (`shared`, as above), with the columns of SEEN.

    One pass over all records looks each thing up as one number (`mark`) in a small table. A record too many, which is nobody's, does
    no harm: pairs are made of the values.
    """

    return seen.filter(at_school(seen, shared) | otherwise_near(seen, shared)).select(*SEEN)


def near_in_turn(seen: ibis.Table, shared: ibis.Table) -> ibis.Table:
    """The same rows of records in memory: most share a school, and what else is shared is asked only of the others."""
    alike = at_school(seen, shared)
    return ibis.union(seen.filter(alike).select(*SEEN), seen.filter(~alike).filter(otherwise_near(seen, shared)).select(*SEEN))


def at_school(seen: ibis.Table, shared: ibis.Table) -> ibis.Value:
    return mark_of_three(seen.dob, seen.sex, seen.laestab.substr(0, 3)).isin(marks(shared, "school", "dob", "sex", "word"))


def otherwise_near(seen: ibis.Table, shared: ibis.Table) -> ibis.Value:
    return (
        mark(year(seen.dob), seen.home).isin(marks(shared, "year", "number", "word"))
        | mark(birthday(seen.dob), seen.home).isin(marks(shared, "birthday", "number", "word"))
        | mark(seen.dob, beginning(seen.upn)).isin(marks(shared, "beginning", "dob", "word"))
        | mark(seen.dob, ending(seen.upn)).isin(marks(shared, "ending", "dob", "word"))
    )


def marks(shared: ibis.Table, kind: str, *columns: str) -> ibis.Value:
    """The marks of what is shared, of one kind."""
    rows = shared.filter(shared.kind == kind)
    make = mark if len(columns) == 2 else mark_of_three
    return rows.select(mark=make(*(rows[column] for column in columns))).distinct()["mark"]


def year(born: ibis.Value) -> ibis.Value:
    return born.year().cast("int64")


def birthday(born: ibis.Value) -> ibis.Value:
    # Each part by itself: a number has another mark in another type, and an engine's own types are not Ibis's.
    return born.month().cast("int64") * 100 + born.day().cast("int64")


def beginning(upn: ibis.Value) -> ibis.Value:
    return upn.substr(0, HEAD)


def ending(upn: ibis.Value) -> ibis.Value:
    """The last characters of a UPN of thirteen."""
    return upn.substr(13 - TAIL, TAIL)


def candidates(
    wanted: ibis.Table,
    seen: ibis.Table,
    births: ibis.Table,
    numbers: ibis.Table,
    places: ibis.Table,
    refused: ibis.Table,
    made: ibis.Table,
) -> ibis.Table:
    """Pairs of the children of `wanted` (la, child) and pupils, and those of the links that were `made`: la, child, pupil, and pair,
    their number in this order.

    `seen` are the records that have to do with a child (records.placed).

    They share the UPN, present or former; or birth date and sex with a school's authority or a postcode district; or birth
    date and the beginning or end of the UPN; or a postcode and nearly the birth date. Without the pairs that a person has
    `refused`.
    """
    born = births.semi_join(wanted, OWN).filter(_.dob.notnull())
    given = numbers.semi_join(wanted, OWN)
    lived = places.semi_join(wanted, OWN)
    dated = seen.filter(seen.dob.notnull())
    blocks = (
        given.inner_join(seen.select("pupil", "upn"), "upn").select(*NAMED),
        same_former_number(given, seen),
        in_authority(wanted, born, lived, dated),
        in_district(born, lived, dated),
        at_postcode(born, lived, dated),
        like_number(born, given, dated, beginning),
        like_number(born, given, dated, ending),
    )
    found = ibis.union(*(block.select(*NAMED) for block in blocks)).anti_join(refused, NAMED)
    pairs = ibis.union(found, made.select(*NAMED), distinct=True)
    return pairs.mutate(pair=ibis.row_number().over(ibis.window(order_by=NAMED)))


def same_former_number(given: ibis.Table, seen: ibis.Table) -> ibis.Table:
    borne = seen.filter(seen.former_upn.notnull()).select("pupil", former="former_upn")
    return given.select(*OWN, number="upn").inner_join(borne, _.number == borne.former)


def in_authority(wanted: ibis.Table, born: ibis.Table, lived: ibis.Table, found: ibis.Table) -> ibis.Table:
    """Birth date and sex, at a school of an authority in which the child lived or that looks after it."""
    sought = born.filter(born.sex.notnull()).inner_join(authorities(wanted, lived), OWN)
    return sought.inner_join(found.select("pupil", "dob", "sex", in_la="at_la"), ["dob", "sex", "in_la"])


def in_district(born: ibis.Table, lived: ibis.Table, found: ibis.Table) -> ibis.Table:
    where = lived.filter(lived.district.notnull()).select(*OWN, "district").distinct()
    sought = born.filter(born.sex.notnull()).inner_join(where, OWN)
    homes = found.filter(found.home_district.notnull())
    return sought.inner_join(homes.select("pupil", "dob", "sex", district="home_district"), ["dob", "sex", "district"])


def at_postcode(born: ibis.Table, lived: ibis.Table, found: ibis.Table) -> ibis.Table:
    """A postcode, with the birth date, or nearly it and the sex."""
    where = lived.filter(whole(lived.code)).select(*OWN, "code").distinct()
    sought = born.inner_join(where, OWN)
    there = found.filter(found.home.notnull()).select("pupil", "home", their_dob="dob", their_sex="sex")
    met = sought.inner_join(there, sought.code == there.home)
    return met.filter((_.dob == _.their_dob) | (nearly(_.dob, _.their_dob) & (_.sex == _.their_sex)))


def like_number(born: ibis.Table, given: ibis.Table, found: ibis.Table, part: Callable[[ibis.Value], ibis.Value]) -> ibis.Table:
    """A UPN of which a part is alike, with the birth date."""
    ours = whole_numbers(given)
    sought = ours.select(*OWN, part=part(ours.upn)).distinct().inner_join(born.select(*OWN, "dob").distinct(), OWN)
    there = found.filter(found.upn.notnull()).select("pupil", "dob", part=part(found.upn))
    return sought.inner_join(there, ["part", "dob"])


def whole_numbers(given: ibis.Table) -> ibis.Table:
    """UPNs of about the right length."""
    return given.filter(given.upn.length().between(12, 14))


def authorities(wanted: ibis.Table, lived: ibis.Table) -> ibis.Table:
    """The authorities in which a child lived, and the one that looks after it: la, child, in_la."""
    known = lived.filter(lived.in_la.notnull()).select(*OWN, "in_la")
    return ibis.union(known, wanted.select("la", "child", in_la="la"), distinct=True)

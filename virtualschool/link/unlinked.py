"""The children without a link: who they are before anything is weighed, and the reason that each is left with."""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.link import reasons
from virtualschool.link.ages import age_before_school_year
from virtualschool.link.children import OWN

CODES = (reasons.UN1, reasons.UN2, reasons.UN3, reasons.UN4, reasons.UN5)
NEVER_AT_SCHOOL = (reasons.UN2.name, reasons.UN3.name)
"""Codes of children who were never at a school in England, as far as the authority knows."""
OUTSIDE_ENGLAND = ("WAL", "SCO", "NIR")
RESIDENTIAL_SCHOOL = "S1"
FIRST_SCHOOL_AGE, LAST_SCHOOL_AGE = 4, 16


def newest_headers() -> ibis.Table:
    """What the newest return says of each child: la, child, dob, upn."""
    header = tables.header.ibis()
    newest = ibis.window(group_by=[header.la, header.child], order_by=[header.year.desc(), header.file.desc(), header.row.desc()])
    return header.mutate(place=ibis.row_number().over(newest)).filter(_.place == 0).select(*OWN, "dob", "upn")


def years_of_education() -> ibis.Table:
    """The first and last school year of any education file: first_year, last_year."""
    held = [table.ibis().aggregate(first_year=_.year.min(), last_year=_.year.max()) for table in tables.EDUCATION]
    return ibis.union(*held).aggregate(first_year=_.first_year.min(), last_year=_.last_year.max())


def listed(numbers: ibis.Table, years: ibis.Table) -> ibis.Table:
    """Every child of a header and the group that tells how likely it is to be among the pupils: la, child, group."""
    have = numbers.select(*OWN).distinct().mutate(numbered=ibis.literal(True))
    rows = newest_headers().left_join(have, OWN, rname="n_{name}").cross_join(years)
    age = ibis.cases(
        (under_age(rows), "under school age"),
        (over_age(rows), "past school age"),
        else_="of school age",
    )
    number = ibis.cases(
        (rows.numbered.fill_null(False), "number not found, "),
        (rows.upn.upper().replace(" ", "").isin(NEVER_AT_SCHOOL).fill_null(False), "never at a school, "),
        else_="no number, ",
    )
    return rows.select(*OWN, group=number.concat(age))


def under_age(rows: ibis.Table) -> ibis.Value:
    """Too young for the newest school year held."""
    return (age_before_school_year(rows.dob, rows.last_year) < FIRST_SCHOOL_AGE).fill_null(False)


def over_age(rows: ibis.Table) -> ibis.Value:
    """Past year 11 before the first school year held."""
    return (age_before_school_year(rows.dob, rows.first_year) >= LAST_SCHOOL_AGE).fill_null(False)


def unlinked(
    settled: ibis.Table, born: ibis.Table, places: ibis.Table, features: ibis.Table, with_schools: ibis.Table, years: ibis.Table
) -> ibis.Table:
    """The table `unlinked`: every child of a header that is not in `links`, with its reason.

    `settled` has the reasons that are known already; `born` says what pairs with the same UPN or ULN agree in (comparisons.births).
    """
    children = newest_headers().anti_join(tables.links.ibis(), OWN).left_join(settled, OWN, rname="settled_{name}").cross_join(years)
    told = born.filter(born.birth_known).group_by(*OWN).aggregate(near=_.nearly_born_any.any(), alike=_.nearly_born.any())
    children = children.left_join(told.mutate(found=ibis.literal(True)), OWN, rname="told_{name}")
    children = children.left_join(last_places(places, with_schools), OWN, rname="place_{name}")
    arrived = features.filter(features.unaccompanied).select(*OWN, arrived="begun")
    children = children.left_join(arrived, OWN, rname="arrived_{name}")
    code = children.upn.upper().replace(" ", "")
    newly = ibis.date((children.last_year - 1).cast("int32"), ibis.literal(4), ibis.literal(1))
    steps = [
        (children.first_year.isnull(), reasons.NO_EDUCATION),
        (children.reason.notnull(), None),
        (children.alike, reasons.SWAPPED),
        (children.near, reasons.SEX_DIFFERS),
        (children.found, reasons.BIRTH_DIFFERS),
        *((code == reason.name, reason) for reason in CODES),
        (under_age(children), reasons.UNDER_AGE),
        (over_age(children), reasons.OVER_AGE),
        (children.in_la.isin(OUTSIDE_ENGLAND), reasons.WALES_OR_SCOTLAND),
        (children.arrived >= newly, reasons.ARRIVED),
        (children.residential, reasons.INDEPENDENT),
        (children.elsewhere, reasons.NOT_HELD),
        (code.isnull() | (code == "") | (code == "UN0"), reasons.NO_UPN),
    ]
    reason = ibis.cases(
        *((holds.fill_null(False), children.reason if why is None else ibis.literal(why.name)) for holds, why in steps),
        else_=reasons.NOT_FOUND.name,
    )
    return children.select(*OWN, reason=reason)


def last_places(places: ibis.Table, with_schools: ibis.Table) -> ibis.Table:
    """Where each child was placed last: la, child, in_la, residential (in a residential school), elsewhere (no file of a school there)."""
    episodes = tables.episodes.ibis()
    kinds = episodes.group_by(*OWN).aggregate(last_kind=_.place.argmax(_.decom))
    placed = places.filter(~places.at_home).group_by(*OWN).aggregate(in_la=_.in_la.argmax(_.since))
    held = with_schools.mutate(there=ibis.literal(True))
    found = kinds.left_join(placed, OWN, rname="p_{name}").mutate(school_la=ibis.coalesce(_.in_la, _.la))
    found = found.left_join(held, found.school_la == held.held_la)
    return found.select(*OWN, "in_la", residential=_.last_kind == RESIDENTIAL_SCHOOL, elsewhere=_.there.isnull())

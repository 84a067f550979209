"""Where a postcode is, and what a postcode says of itself: authority, grid reference, sector, district."""

import ibis
from ibis import _

from virtualschool import tables


def postcode(column: ibis.Value) -> ibis.Value:
    """A postcode in one spelling: capitals, no space; null where blank."""
    return column.upper().replace(" ", "").nullif("")


def whole(spelled: ibis.Value) -> ibis.Value:
    """Whether this is a whole postcode. Some extracts give the sector only: it ends in a digit."""
    return (spelled.length() >= 5) & ~spelled.right(1).between("0", "9")


def sector(spelled: ibis.Value) -> ibis.Value:
    """The postcode without its last two letters: some 3,000 households."""
    return ibis.cases((spelled.length() < 3, ibis.null("string")), (whole(spelled), spelled.substr(0, spelled.length() - 2)), else_=spelled)


def district(spelled: ibis.Value) -> ibis.Value:
    """The first part of a postcode: some 10,000 households."""
    return ibis.cases(
        (spelled.length() < 3, ibis.null("string")),
        (whole(spelled), spelled.substr(0, spelled.length() - 3)),
        else_=spelled.substr(0, spelled.length() - 1),
    )


def postcodes(districts: ibis.Table) -> ibis.Table:
    """Postcodes with their authority: postcode, in_la (WAL, SCO, NIR outside England), easting, northing.

    `districts` are those of codes/districts.csv, for files that give the lower-tier authority only.
    """
    table = tables.postcodes.ibis()
    upper = districts.select("district", district_la="la")
    nations = [(_.oslaua.startswith(letter), nation) for letter, nation in (("W", "WAL"), ("S", "SCO"), ("N", "NIR"))]
    joined = table.left_join(upper, table.oslaua == upper.district)
    return joined.select(
        "easting",
        "northing",
        postcode=postcode(_.postcode),
        in_la=ibis.coalesce(_.la, _.district_la, ibis.cases(*nations, else_=ibis.null("string"))),
    )


def located_schools(known: ibis.Table) -> ibis.Table:
    """Schools of the register with their authority and, where the postcode is known, their place: laestab, school_la, school_east,
    school_north. `known` is what `postcodes` gives."""
    schools = tables.schools.ibis()
    listed = schools.filter(schools.laestab.notnull()).select("laestab", "la", code=postcode(schools.postcode))
    found = listed.left_join(known, listed.code == known.postcode)
    return found.group_by("laestab").aggregate(school_la=_.la.max(), school_east=_.easting.max(), school_north=_.northing.max())

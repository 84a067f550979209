"""Where a placement is: in which authority, and how far from home."""

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.link.geography import postcode, postcodes

METRES_OF_20_MILES = 32_266_465
"""Thousandths of a metre: distances are printed to one place, in miles of 1,609.3 metres, so up to 20.05 is 20.0."""


def place_fields(latest: ibis.Table, districts: ibis.Table) -> ibis.Table:
    """la, child, year, placement_la, out_of_authority, distance_band.

    Null throughout where the store holds no postcodes. A postcode that is blank or not among them gives no authority, and
    the distance `not known`. Distance is the straight line between the grid references of home and placement.
    Source: Data to Insight, csc-validator-be-903 (PL_LA, PL_DISTANCE: root of the squares, over 1,000, over 1.6093, one decimal).
    """
    known = postcodes(districts)
    own = ["la", "child", "year"]
    sought = latest.select(*own, home=postcode(_.home_post), placed=postcode(_.pl_post))
    home = known.select(home_code="postcode", home_east="easting", home_north="northing")
    there = known.select(there_code="postcode", placement_la="in_la", east="easting", north="northing")
    found = sought.left_join(home, sought.home == home.home_code)
    found = found.left_join(there, found.placed == there.there_code)
    found = found.cross_join(tables.postcodes.ibis().aggregate(held=_.count() > 0))
    # Cast before they are taken from one another: a square of metres is too long for 32 bits.
    apart = _.east.cast("int64") - _.home_east.cast("int64"), _.north.cast("int64") - _.home_north.cast("int64")
    square = (apart[0] * apart[0] + apart[1] * apart[1]) * 1_000_000
    band = ibis.cases(
        (~_.held, ibis.null("string")),
        (square < METRES_OF_20_MILES**2, "20 miles or under"),
        (square >= METRES_OF_20_MILES**2, "over 20 miles"),
        else_="not known",
    )
    return found.select(*own, "placement_la", out_of_authority=_.placement_la != _.la, distance_band=band)

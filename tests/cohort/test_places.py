from virtualschool import codes, tables
from virtualschool.cohort import places
from virtualschool.link.workings import lay_by

LATEST = """
la  | child | year | home_post | pl_post
----+-------+------+-----------+--------
301 | near  | 2024 | AA1 1AA   | aa11ab
301 | edge  | 2024 | AA1 1AA   | AA1 1AC
301 | past  | 2024 | AA1 1AA   | AA1 1AD
301 | wales | 2024 | AA1 1AA   | CF1 1AA
301 | blank | 2024 | AA1 1AA   |
301 | other | 2024 | ZZ9 9ZZ   | AA1 1AB
"""
POSTCODES = """
postcode | la  | oslaua    | easting | northing
---------+-----+-----------+---------+---------
AA1 1AA  | 301 |           |  400000 |   100000
AA11AB   |     | E06000001 |  403000 |   104000
AA11AC   | 302 |           |  432266 |   100000
AA11AD   | 302 |           |  432267 |   100000
CF11AA   |     | W06000015 |  318000 |   176000
"""


def fields(store):
    columns = tables.Table("latest", "", (tables.LA, tables.CHILD, tables.YEAR, tables.episodes["home_post"], tables.episodes["pl_post"]))
    store.add(columns, LATEST)
    found = places.place_fields(columns.ibis(), lay_by(store.draft, "districts", codes.arrow("districts")))
    return store.rows(found, "child", "placement_la", "out_of_authority", "distance_band")


def test_a_postcode_gives_authority_and_distance(store):
    store.add(tables.postcodes, POSTCODES)
    assert fields(store) == [
        ("blank", None, None, "not known"),
        ("edge", "302", True, "20 miles or under"),
        ("near", "805", True, "20 miles or under"),
        ("other", "805", True, "not known"),
        ("past", "302", True, "over 20 miles"),
        ("wales", "WAL", True, "over 20 miles"),
    ]


def test_without_postcodes_nothing_is_known(store):
    assert {row[1:] for row in fields(store)} == {(None, None, None)}

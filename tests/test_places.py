"""Authorities, regions and neighbours are the right ones in each year, and people find them by name."""

import pytest

from virtualschool import codes, places, tables
from virtualschool.errors import WrongUse


@pytest.mark.parametrize(("first", "last", "count"), [(2016, 2019, 152), (2020, 2021, 151), (2022, 2023, 152), (2024, 2026, 153)])
def test_the_authorities_that_make_a_return_change_with_the_care_year(first, last, count):
    assert {len(places.england().in_year(year)) for year in range(first, last + 1)} == {count}


def test_the_return_to_31_march_is_that_of_the_authority_before_a_change_on_1_april():
    england = places.england()
    assert {"835", "836", "837"} <= set(england.in_year(2019)) and not {"838", "839"} & set(england.in_year(2019))
    assert {"838", "839"} <= set(england.in_year(2020)) and not {"835", "836", "837"} & set(england.in_year(2020))
    assert "928" in england.in_year(2021) and {"940", "941"} <= set(england.in_year(2022))
    assert "909" in england.in_year(2023) and {"942", "943"} <= set(england.in_year(2024))


def test_every_authority_has_ten_neighbours_in_each_model_in_which_it_is():
    counts: dict[tuple, list] = {}
    for row in codes.load("neighbours"):
        counts.setdefault((row["model"], row["la"]), []).append((int(row["rank"]), row["neighbour"]))
    for (_, la), found in counts.items():
        assert sorted(rank for rank, _ in found) == list(range(1, 11))
        assert len({neighbour for _, neighbour in found} - {la}) == 10
    sizes = {model: len({la for of, la in counts if of == model}) for model, _ in counts}
    assert sizes == {"before April 2021": 152, "April 2021": 156, "May 2025": 158}


@pytest.mark.parametrize("year", range(2016, 2027))
def test_every_authority_of_a_year_has_ten_neighbours_by_one_model(year):
    england = places.england()
    assert {len(england.neighbours(la, year)) for la in england.in_year(year)} == {10}


def test_the_model_of_neighbours_is_the_one_in_force_for_the_year():
    england = places.england()
    assert [england.neighbour_model("886", year) for year in (2020, 2021, 2024, 2025)] == [
        "before April 2021",
        "April 2021",
        "April 2021",
        "May 2025",
    ]
    # Cumberland came after the model of 2021 was made.
    assert england.neighbour_model("942", 2024) == "May 2025"
    assert england.neighbours("201", 2024)[:3] == ["207", "213", "212"]


def test_every_neighbour_and_successor_is_a_known_authority():
    england = places.england()
    assert {row["neighbour"] for row in codes.load("neighbours")} <= set(england.authorities)
    assert {la for authority in england.authorities.values() for la in authority.became} <= set(england.authorities)


def test_regions_hold_every_authority_once_and_london_has_two_parts():
    england = places.england()
    regions = england.whole_regions()
    assert len(regions) == 9
    members = [la for region in regions for la in england.in_region(region.code, 2024)]
    assert sorted(members) == england.in_year(2024)
    assert len(england.in_region("E12000007", 2024)) == 33
    inner, outer = england.in_region("E13000001", 2024), england.in_region("E13000002", 2024)
    assert (len(inner), len(outer)) == (14, 19) and not set(inner) & set(outer)
    assert england.in_region(places.ENGLAND, 2024) == england.in_year(2024)


@pytest.mark.parametrize(
    ("wanted", "la"),
    [
        ("886", "886"),
        ("kent", "886"),
        ("Bristol", "801"),
        ("Bristol, City of", "801"),
        ("Durham", "840"),
        ("st helens", "342"),
        ("Dorset", "838"),
        ("E10000002", "825"),
        ("E06000060", "825"),
        ("Bedford Borough", "822"),
        ("Hull", "810"),
        ("Hammersmith & Fulham", "205"),
    ],
)
def test_an_authority_is_found_by_code_and_by_the_names_people_use(wanted, la):
    assert places.england().authority(wanted).la == la


def test_an_unknown_authority_is_refused_with_the_nearest_names():
    with pytest.raises(WrongUse) as refused:
        places.england().authority("Barnett")
    assert str(refused.value) == "Authority 'Barnett': there is none of that name. Did you mean Barnet (302)?"
    with pytest.raises(WrongUse) as refused:
        places.england().region("North")
    assert str(refused.value) == "Region 'North': there is none of that name. Did you mean North West or North East?"


@pytest.mark.parametrize(
    ("wanted", "code"), [("london", "E12000007"), ("London (Inner)", "E13000001"), ("970", "E92000001"), ("East", "E12000006")]
)
def test_a_region_is_found_by_each_name_that_dfe_prints(wanted, code):
    assert places.england().region(wanted).code == code


def test_the_authority_in_force_is_the_one_that_answered_then_where_there_is_just_one():
    england = places.england()
    assert england.in_force("942", 2023) == "909" and england.in_force("942", 2024) == "942"
    assert england.in_force("836", 2020) == "839" and england.in_force("836", 2019) == "836"
    assert england.in_force("909", 2024) is None  # It became two.
    assert england.in_force("839", 2019) is None  # It was two.
    assert england.in_force("000", 2024) is None


def test_a_district_tells_its_authority():
    districts = places.districts()
    assert districts["E07000106"] == "886"  # Canterbury, Kent
    assert districts["E06000063"] == "942" and districts["E07000026"] == "909"  # Allerdale, until 2023
    assert districts["E08000016"] == districts["E08000038"] == "370"  # Barnsley, both codes
    assert set(districts.values()) <= set(places.england().authorities)


def test_the_tables_for_a_store_have_a_row_for_each_authority_and_neighbour():
    authorities, neighbours = places.authorities_table(), places.neighbours_table()
    assert authorities.schema == tables.authorities.arrow and neighbours.schema == tables.neighbours.arrow
    assert authorities.num_rows == 158 and neighbours.num_rows == 4660


def test_a_store_of_invented_authorities_has_places_of_its_own(store):
    assert places.of(store.engine) is places.england()
    store.add(
        tables.authorities,
        """
        la  | name      | region_code | region | first_year | last_year
        ----+-----------+-------------+--------+------------+----------
        V01 | Fernshire | R01         | Vale   |            |
        V02 | Oldtown   | R01         | Vale   |            | 2020
        """,
    )
    store.add(
        tables.neighbours,
        """
        la  | neighbour | rank | first_year | model
        ----+-----------+------+------------+------
        V01 | V02       | 1    | 2016       | made
        """,
    )
    invented = places.of(store.engine)
    assert invented.authority("fernshire").la == "V01" and invented.find_authority("Kent") is None
    assert invented.in_year(2020) == ["V01", "V02"] and invented.in_year(2021) == ["V01"]
    assert [region.name for region in invented.whole_regions()] == ["Vale"]
    assert invented.neighbours("V01", 2024) == ["V02"] and invented.name("V02") == "Oldtown"

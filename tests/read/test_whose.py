"""Whose a file is, and when."""

from collections import Counter
from datetime import date

import pytest

from virtualschool.read import whose

ENGLAND = whose.Authorities.of_england()


@pytest.mark.parametrize(
    ("root", "name", "la", "year"),
    [
        ("in", "care/V01/2023/header.csv", "V01", 2023),
        ("returns", "301/2022-23/episodes.csv", "301", 2023),
        ("returns", "301/2022_23/episodes.csv", "301", 2023),
        ("returns/301/2024", "episodes.csv", "301", 2024),
        ("returns", "301_episodes_2024.csv", "301", 2024),
        ("returns", "episodes 2023-24.csv.gz", None, 2024),
        ("returns/2020", "2023/episodes.csv", None, 2023),
        ("returns", "999/episodes.csv", None, None),
        # A number inside a folder's name is no code, but see below.
        ("run-301", "episodes.csv", None, None),
        # The day of an export is not what it is about.
        ("returns", "301/2024/export 2025-01-10.csv", "301", 2024),
        ("returns", "301/episodes_20250110.csv", "301", None),
    ],
)
def test_the_part_of_a_path_nearest_to_the_file_tells(root, name, la, year):
    told = whose.path(root, name, ENGLAND)
    assert (told.la, told.year) == (la, year)


@pytest.mark.parametrize(
    ("root", "name", "la", "year"),
    [
        ("returns/2020", "302_2022-23/episodes.csv", "302", 2023),
        ("returns/302_2022-23", "episodes.csv", "302", 2023),
        ("returns", "Barnet 2023/episodes.csv", "302", 2023),
        ("Barnet/returns", "episodes.csv", None, None),
        ("returns", "Barking & Dagenham/SSDA903 2023-24/episodes.csv", "301", 2024),
        # Its name meant another authority to 2019.
        ("returns", "Dorset/episodes.csv", None, None),
    ],
)
def test_a_word_of_a_folders_name_tells_where_nothing_better_does(root, name, la, year):
    told = whose.path(root, name, ENGLAND)
    assert (told.word_la, told.year) == (la, year)


def test_a_path_tells_a_term_by_a_word_of_its_own():
    assert whose.path("in", "2024_autumn_pupilonroll.csv", ENGLAND).term == "autumn"
    assert whose.path("in", "spring/census.csv", ENGLAND).term == "spring"
    assert whose.path("in", "summerhalfterm2sessions.csv", ENGLAND).term is None


def meanings(*written):
    return [tuple(row.values()) for row in ENGLAND.lookup(written).to_pylist()]


@pytest.mark.parametrize(
    ("written", "la"),
    [
        ("301", "301"),
        ("301.0", "301"),
        (" Barking and Dagenham", "301"),
        ("barking & dagenham", "301"),
        ("London Borough of Barking and Dagenham", "301"),
        ("E09000002", "301"),
        ("Bristol, City of", "801"),
        ("Bristol", "801"),
        ("V07", "V07"),
    ],
)
def test_an_authority_is_known_by_code_and_name(written, la):
    assert meanings(written) == [(written.strip().upper(), 0, 9999, la)]


def test_a_name_means_the_authority_that_bore_it_in_the_year():
    assert meanings("Dorset") == [("DORSET", 0, 2019, "835"), ("DORSET", 2020, 9999, "838")]


def test_what_is_no_authority_means_nothing():
    assert meanings("London", "000", "Atlantis", None, "") == []


def days(*text):
    return Counter(date.fromisoformat(day) for day in text)


def test_the_year_is_the_one_in_which_most_episodes_begin_and_end():
    began, ended = days("2023-05-01", "2023-06-01", "2022-05-01"), days("2024-03-31")
    assert whose.care_year(began, ended, None) == (2024, 2024)


def test_of_two_years_with_as_many_days_the_later_is_taken():
    assert whose.care_year(days("2023-05-01", "2022-05-01"), Counter(), None) == (2024, 2024)


def test_a_year_of_the_path_stands_where_the_days_allow_it():
    long_in_care = days("2019-05-01", "2019-06-01", "2022-05-01")
    assert whose.care_year(long_in_care, days("2024-03-31"), 2024) == (2024, 2020)


def test_a_year_of_the_path_gives_way_to_an_episode_that_ended_in_another():
    assert whose.care_year(days("2023-05-01", "2023-06-01"), days("2023-03-31"), 2023) == (2024, 2024)
    assert whose.care_year(days("2022-05-01", "2022-06-01"), days("2023-03-31"), 2024) == (2023, 2023)


def test_without_days_the_path_tells():
    assert whose.care_year(Counter(), Counter(), 2024) == (2024, None)
    assert whose.care_year(Counter(), Counter(), None) == (None, None)


def test_an_authority_is_named_on_the_command_by_code_or_name():
    assert [ENGLAND.code(written) for written in ("301", "barnet", "V07", "999", "Dorset")] == ["301", "302", "V07", None, None]

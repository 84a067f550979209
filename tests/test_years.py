from datetime import date

import pytest

from virtualschool import years
from virtualschool.errors import WrongUse


def test_the_care_year_turns_on_1_april():
    assert years.care_year_of(date(2026, 3, 31)) == 2026
    assert years.care_year_of(date(2026, 4, 1)) == 2027


def test_the_school_year_turns_on_1_september():
    assert years.school_year_of(date(2026, 8, 31)) == 2026
    assert years.school_year_of(date(2026, 9, 1)) == 2027


def test_age_counts_birthdays_and_a_leap_day_child_turns_on_1_march():
    assert years.age_on(date(2010, 9, 1), date(2025, 8, 31)) == 14
    assert years.age_on(date(2010, 9, 1), date(2025, 9, 1)) == 15
    assert years.age_on(date(2008, 2, 29), date(2025, 2, 28)) == 16
    assert years.age_on(date(2008, 2, 29), date(2025, 3, 1)) == 17


@pytest.mark.parametrize(
    ("text", "year"),
    [("2024", 2024), ("202324", 2024), ("2023/24", 2024), ("2023-24", 2024), ("2023_24", 2024), ("2023/2024", 2024), ("FY2024", 2024)],
)
def test_a_year_is_read_in_each_way_that_people_write_it(text, year):
    assert years.from_text(text) == year


@pytest.mark.parametrize("text", ["", "24", "202325", "returns", "20234", "1899"])
def test_what_is_no_year_is_none(text):
    assert years.from_text(text) is None


def test_a_span_of_years_is_every_year_in_it():
    assert years.span("2024") == (2024,)
    assert years.span("2022-2024") == (2022, 2023, 2024)
    assert years.span("2024,2022") == (2022, 2024)


@pytest.mark.parametrize("text", ["", "abc", "2024-2022", "24", "2022-"])
def test_a_span_that_is_none_is_refused(text):
    if text == "2022-":
        assert years.span(text) == (2022,)
        return
    with pytest.raises(WrongUse, match="this is not a year or a span of years"):
        years.span(text)


def test_years_are_told_in_as_few_words_as_they_take():
    assert years.runs([2016, 2017, 2018, 2019, 2022]) == "2016 to 2019, 2022"
    assert years.label(2024) == "2023/24"

"""Cohorts: each is one word on every row, of records or of printed figures, and what cannot be is refused in words."""

import pytest
from drawn_cohorts import built, children, figures, standing, write

from virtualschool import benchmarks, codes, measures, tables
from virtualschool.benchmarks.request import COHORTS
from virtualschool.errors import WrongUse


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """One authority: 12 looked after all year, 8 more on 31 March, 5 more at some time; two of the first at an independent school."""
    sessions = {"age": 12, "sessions_possible": 100, "at_ks4": True, "attainment_8": 20, "in_year": True}
    rows = [
        *children("301", 2024, 10, **sessions, sessions_missed=10),
        *children("301", 2024, 2, **sessions, sessions_missed=10, state_funded=False),
        *children("301", 2024, 8, **{**sessions, "looked_after_12_months": False}, sessions_missed=20),
        *children("301", 2024, 5, **{**sessions, "looked_after_12_months": False, "at_31_march": False}, sessions_missed=40),
    ]
    with standing(tmp_path_factory.mktemp("cohorts")) as store:
        built(store, rows)
        line = {
            "series": "EES",
            "release": "2024",
            "measure": "attainment_8",
            "year": 2024,
            "level": "la",
            "la": "301",
            "breakdown": "total",
        }
        write(store, tables.published, [{**line, "population": "cin", "value": "23.1"}])
        yield store


@pytest.mark.parametrize(
    ("cohort", "schools", "pupils", "missed"),
    [
        ("12months", "state", 10, 10.0),
        ("12months", "all", 12, 10.0),
        ("march", "state", 18, 14.4),
        ("march", "all", 20, 14.0),
        ("year", "state", 23, 20.0),
        ("year", "all", 25, 19.2),
    ],
)
def test_the_same_measure_of_each_cohort_and_kind_of_school(held, cohort, schools, pupils, missed):
    [row] = figures(held, "absence_rate", "internal", la="301", cohort=cohort, schools=schools)
    assert (row["cohort"], row["pupils"], row["value"]) == (cohort, pupils, missed)


def test_attendance_of_all_is_of_everyone_looked_after_in_the_year_without_being_asked(held):
    [row] = figures(held, "attendance_all_looked_after", "internal", la="301")
    assert (row["cohort"], row["pupils"], row["numerator"], row["denominator"], row["value"]) == ("year", 23, 1840, 2300, 80.0)


def test_without_a_census_children_in_need_are_as_dfe_printed_them_and_no_others(held):
    [row] = figures(held, "attainment_8", la="301", year=2024, cohort="cin")
    assert (row["cohort"], row["source"], row["value"]) == ("cin", "published", 23.1)
    [row] = figures(held, "attainment_8", la="301", year=2024, cohort="cpp")
    assert (row["cohort"], row["value"], row["symbol"]) == ("cpp", None, "x")
    assert row["note"] == (
        "The store holds no children in need census, and no published file in it has cohort cpp for Barking and Dagenham in 2024."
    )
    with pytest.raises(WrongUse) as refused:
        benchmarks.parse(held.engine, ["attainment_8"], cohort="cpp", source="pupils")
    assert str(refused.value) == (
        "Cohort 'cpp': the store holds no children in need census, so it is known from DfE's printed figures alone. "
        "Ask with --source published, or read the census: virtualschool build STORE --add FILES"
    )


def test_every_cohort_is_in_the_list_and_says_whether_records_tell_it():
    listed = {row["cohort"]: row["records"] == "yes" for row in codes.load("cohorts")}
    assert listed == dict.fromkeys(COHORTS, True)
    assert {measure.cohort for measure in measures.ALL.values()} <= set(listed)


@pytest.mark.parametrize("name", ["progress_8", "progress_8_english", "progress_8_maths", "progress_8_ebacc", "progress_8_open"])
def test_a_year_that_does_not_exist_is_a_row_with_its_reason(held, name):
    rows = figures(held, name, la="301", year="2020-2021") + figures(held, name, la="301", year="2025-2026")
    assert [(row["value"], row["symbol"]) for row in rows] == [(None, "x")] * 4
    assert all(row["note"].startswith("There ") and row["cohort"] == "12months" for row in rows)


@pytest.mark.parametrize("name", ["level_2_by_19", "level_2_english_maths_by_19", "level_3_by_19"])
def test_what_is_reached_by_19_has_its_place_and_says_what_it_waits_for(held, name):
    [row] = figures(held, name, year=2024, la="301")
    assert (row["value"], row["symbol"]) == (None, "x")
    assert row["note"] == (
        "No file that is read says what was reached by 19: DfE works it out from its matched data of young people, and prints it of "
        "nobody looked after."
    )
    assert "five GCSEs or two A levels" in measures.named(name).uncertain

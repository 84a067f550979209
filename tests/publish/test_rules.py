"""DfE's rules of disclosure as named settings, at both sides of their edges."""

from decimal import Decimal

import pytest
from drawn_cohorts import built, children, standing

from virtualschool import benchmarks, measures, publish
from virtualschool.benchmarks.cell import Figure
from virtualschool.benchmarks.figure import Sums
from virtualschool.errors import WrongUse
from virtualschool.publish.rules import rule, rule_of, settings


def shows(setting: str, measure: str, pupils: int, numerator: int) -> bool:
    found = measures.named(measure)
    return rule_of(setting)(found, 2024).shows(found, Sums(pupils, Decimal(numerator), Decimal(pupils)))


def test_every_setting_has_its_name():
    assert settings() == (
        "outcomes 2015 and 2016",
        "outcomes 2017",
        "outcomes 2018 and 2019",
        "outcomes since 2020",
        "CLA 2017",
        "CLA since 2018",
        "care leavers",
        "exclusions of all pupils",
    )


@pytest.mark.parametrize(
    ("measure", "year", "setting"),
    [
        ("attainment_8", 2016, "outcomes 2015 and 2016"),
        ("attainment_8", 2017, "outcomes 2017"),
        ("persistent_absence", 2018, "outcomes 2018 and 2019"),
        ("suspension_rate", 2019, "outcomes 2018 and 2019"),
        ("attainment_8", 2020, "outcomes since 2020"),
        ("ehcp", 2026, "outcomes since 2020"),
        ("placements_3_plus", 2017, "CLA 2017"),
        ("placements_3_plus", 2018, "CLA since 2018"),
        ("leavers_eet", 2024, "CLA since 2018"),
    ],
)
def test_a_measure_follows_its_release_as_it_was_in_that_year(measure, year, setting):
    assert rule(measures.named(measure), year).setting == setting


@pytest.mark.parametrize(
    ("setting", "measure", "pupils", "numerator", "shown"),
    [
        ("outcomes 2015 and 2016", "english_maths_94", 11, 6, True),
        ("outcomes 2015 and 2016", "english_maths_94", 10, 6, False),
        ("outcomes 2015 and 2016", "persistent_absence", 40, 0, False),
        ("outcomes 2017", "persistent_absence", 40, 0, False),
        ("outcomes since 2020", "persistent_absence", 40, 0, True),
        ("outcomes 2017", "attainment_8", 5, 100, False),
        ("outcomes 2017", "attainment_8", 6, 100, True),
        ("CLA 2017", "placements_3_plus", 40, 0, True),
        ("CLA 2017", "placements_3_plus", 40, 5, False),
        ("exclusions of all pupils", "permanent_exclusion_rate", 300, 2, False),
        ("exclusions of all pupils", "permanent_exclusion_rate", 300, 3, True),
    ],
)
def test_each_setting_hides_what_its_release_hid(setting, measure, pupils, numerator, shown):
    assert shows(setting, measure, pupils, numerator) is shown


def test_a_setting_that_there_is_none_of_offers_the_nearest():
    with pytest.raises(WrongUse) as refused:
        rule_of("outcomes 2018")
    assert str(refused.value).startswith("Rule 'outcomes 2018': there is none of that name. Did you mean outcomes")


@pytest.fixture(scope="module")
def four_groups(tmp_path_factory):
    """Of 23 girls 8 reached grade 4 and of 31 boys 3; in another authority 14 of 33 and 17 of 32."""
    with standing(tmp_path_factory.mktemp("settings")) as store:
        rows = []
        for la, sex, reached, of in (("301", "female", 8, 23), ("301", "male", 3, 31), ("302", "female", 14, 33), ("302", "male", 17, 32)):
            rows += children(la, 2024, reached, sex=sex, at_ks4=True, english_maths_94=True)
            rows += children(la, 2024, of - reached, sex=sex, at_ks4=True, english_maths_94=False)
        built(store, rows)
        yield store


def rows_of(store, setting: str | None, **asked) -> list[dict]:
    raw = benchmarks.figures(store.engine, {}, benchmarks.parse(store.engine, ["english_maths_94"], **asked))
    return publish.publish(raw, "public", who="tester", setting=setting).rows


def test_a_setting_by_name_rounds_and_prints_as_its_release_did(four_groups):
    usual = rows_of(four_groups, None, by="sex")
    assert [(row["pupils"], row["numerator"], row["value"], row["symbol"]) for row in usual] == [
        (None, None, None, "c"),
        (None, None, None, "c"),
        (33, 14, 42.4, ""),
        (32, 17, 53.1, ""),
    ]
    older = rows_of(four_groups, "outcomes 2015 and 2016", by="sex")
    assert [(row["pupils"], row["numerator"], row["value"], row["symbol"]) for row in older] == [
        (None, None, None, "x"),
        (None, None, None, "x"),
        (35, 15, 42.4, ""),
        (30, 15, 53.1, ""),
    ]


def test_what_rounds_to_nought_and_is_not_bears_k():
    at = benchmarks.Place("england", "E92000001", "England")

    def printed(measure: str, numerator: int) -> dict:
        cell = benchmarks.Cell(measures.named(measure), 2024, at, (), sums=Sums(30000, Decimal(numerator), Decimal(30000)))
        return publish.publish(benchmarks.Figures((Figure(cell, "12months"),)), "public", who="tester").rows[0]

    row = printed("english_maths_94", 12)
    assert (row["value"], row["numerator"], row["symbol"], row["note"]) == (None, 10, "k", "Rounds to zero, and is not zero.")
    row = printed("persistent_absence", 0)
    assert (row["value"], row["numerator"], row["symbol"], row["note"]) == (0.0, 0, "", "")

"""Indirect standardisation, worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest
from drawn_cohorts import children, facts_of, standing, write
from hypothesis import given, settings
from hypothesis import strategies as some

from virtualschool import measures, tables
from virtualschool.errors import WrongUse
from virtualschool.model.standardised import Part, enough, standardised

AT_KS4 = {"linked": True, "age": 15, "at_ks4": True}


def invented_places(store, las):
    write(store, tables.authorities, [{"la": la, "name": la, "first_year": 2016} for la in las])


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """V01 has 20 without needs at 30 points and 10 with a plan at 10; V02 has 10 at 40 and 20 with a plan at 16."""
    rows = [
        *children("V01", 2024, 20, **AT_KS4, sen="none", attainment_8=Decimal(30)),
        *children("V01", 2024, 10, **AT_KS4, sen="EHCP", attainment_8=Decimal(10)),
        *children("V02", 2024, 10, **AT_KS4, sen="none", attainment_8=Decimal(40)),
        *children("V02", 2024, 20, **AT_KS4, sen="EHCP", attainment_8=Decimal(16)),
    ]
    with standing(tmp_path_factory.mktemp("standardised")) as store:
        invented_places(store, ("V01", "V02"))
        write(store, tables.children, rows)
        facts_of(store, "attainment_8")
        yield store


def test_an_authority_is_expected_to_attain_what_its_groups_attain_in_england(drawn):
    # In England: no needs (600 + 400) / 30 = 100/3; with a plan (100 + 320) / 30 = 14.
    found, why = standardised(drawn.engine, measures.named("attainment_8"), [2024], ["sen"])
    mine = {row.la: row for row in found}
    assert why == ""
    assert mine["V01"].observed == Fraction(700, 30)
    assert mine["V01"].expected == (20 * Fraction(100, 3) + 10 * 14) / 30
    assert mine["V02"].expected == (10 * Fraction(100, 3) + 20 * 14) / 30
    # Within no needs the squares about 100/3 are 20 × (10/3)² + 10 × (20/3)² = 2000/3 over 29; with a plan 10 × 4² + 20 × 2² = 240 over 29.
    variance = 20 * Fraction(2000, 3) / 29 + 10 * Fraction(240, 29)
    assert mine["V01"].error == pytest.approx(float(variance) ** 0.5 / 30)


def test_england_without_every_authority_is_not_england(tmp_path):
    with standing(tmp_path) as store:
        invented_places(store, ("V01", "V02", "V03"))
        write(store, tables.children, children("V01", 2024, 30, **AT_KS4, sen="none", attainment_8=Decimal(30)))
        facts_of(store, "attainment_8")
        found, why = standardised(store.engine, measures.named("attainment_8"), [2024], ["sen", "sex"])
        assert found == []
        assert why == (
            "The store does not hold the children of all England for 2024, and DfE prints no rates by several columns at once. "
            "Name one: --by sen"
        )
        printed = [("sen=none", "28.5"), ("sen=EHCP", "9.9")]
        common = {"series": "EES", "release": "2024", "measure": "attainment_8", "year": 2024, "level": "england", "population": "12months"}
        write(store, tables.published, [{**common, "breakdown": part, "value": value} for part, value in printed])
        (mine,), why = standardised(store.engine, measures.named("attainment_8"), [2024], ["sen"])
        assert (mine.observed, mine.expected, mine.reference) == (30, Fraction("28.5"), "England as DfE printed it, release 2024")


def absent(la: str, year: int, number: int, missed: tuple[int, ...], possible: int = 200):
    rows = children(la, year, number, linked=True, age=12, sen="none", sessions_possible=possible)
    return [row | {"sessions_missed": missed[at % len(missed)]} for at, row in enumerate(rows)]


def test_beside_a_printed_rate_of_sessions_the_doubt_is_of_children_and_not_of_sessions(tmp_path):
    # Twenty children, half of whom missed 40 of 200 sessions: each is 20 sessions from the printed tenth.
    with standing(tmp_path) as store:
        invented_places(store, ("V01", "V02"))
        write(store, tables.children, absent("V01", 2024, 20, (40, 0)))
        facts_of(store, "absence_rate")
        common = {"series": "EES", "release": "2024", "measure": "absence_rate", "year": 2024, "level": "england", "population": "12months"}
        write(store, tables.published, [{**common, "breakdown": "sen=none", "value": "10.0"}])
        (mine,), _ = standardised(store.engine, measures.named("absence_rate"), [2024], ["sen"])
        assert (mine.observed, mine.expected) == (Fraction(1, 10), Fraction(1, 10))
        # 20 children of a variance of 20 × 20² / 19, over 4,000 sessions.
        assert mine.error == pytest.approx((20 * 20 * 400 / 19) ** 0.5 / 4000)


def test_several_years_together_are_sums_over_sums_and_the_same_children_are_no_surer_for_coming_again(tmp_path):
    with standing(tmp_path) as store:
        invented_places(store, ("V01", "V02"))
        rows = [*absent("V01", 2023, 20, (40, 0)), *absent("V01", 2024, 20, (10, 10), possible=100)]
        rows += [*absent("V02", 2023, 20, (10, 30)), *absent("V02", 2024, 20, (0, 20))]
        write(store, tables.children, rows)
        facts_of(store, "absence_rate")
        found, _ = standardised(store.engine, measures.named("absence_rate"), [2023, 2024], ["sen"])
        mine = {row.year: row for row in found if row.la == "V01"}
        # 400 of 4,000 sessions and 200 of 2,000: 600 of 6,000.
        assert mine[0].observed == Fraction(600, 6000)
        assert mine[0].expected == (mine[2023].expected * 4000 + mine[2024].expected * 2000) / 6000
        assert mine[0].error == pytest.approx((mine[2023].error * 4000 + mine[2024].error * 2000) / 6000)


def test_a_column_that_children_have_not_is_refused(drawn):
    with pytest.raises(WrongUse, match="Column 'shoe_size'"):
        standardised(drawn.engine, measures.named("attainment_8"), [2024], ["shoe_size"])


@settings(max_examples=30, deadline=None)
@given(some.dictionaries(some.tuples(some.sampled_from("ab"), some.sampled_from("xyz")), some.integers(1, 30), min_size=1))
def test_all_england_is_expected_to_attain_what_it_attained_however_small_its_groups(sizes):
    pooled = {
        group: Part(n, Fraction(n * (3 + at)), Fraction(n), Fraction(n * (3 + at) ** 2), Fraction(n * (3 + at)), Fraction(n))
        for at, (group, n) in enumerate(sorted(sizes.items()))
    }
    rates = enough(pooled, 2)
    assert set(rates) == set(pooled)
    assert sum(rates[group][0] * part.denominator for group, part in pooled.items()) == sum(part.numerator for part in pooled.values())

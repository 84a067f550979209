"""How far a figure could lie from what linked children say, on drawn children."""

from decimal import Decimal
from fractions import Fraction

import pytest
from drawn_cohorts import built, children, pupils, standing

from virtualschool import measures
from virtualschool.benchmarks.bounds import ages, bounds
from virtualschool.errors import WrongUse
from virtualschool.publish import internal
from virtualschool.publish.bounds import rows

AT_KS4 = {"linked": True, "age": 15, "at_ks4": True, "english_maths_94": False}
NO_LINK = {"linked": False, "age": 15}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """V01 has three children at the end of key stage 4 with links and two without; V02 one with and none without."""
    rows = [
        *children("V01", 2024, 1, **AT_KS4, attainment_8=Decimal(30), progress_8=Decimal("-1.5")),
        *children("V01", 2024, 1, **{**AT_KS4, "english_maths_94": True}, attainment_8=Decimal(50)),
        *children("V01", 2024, 1, **AT_KS4, attainment_8=Decimal(10)),
        *children("V01", 2024, 1, **AT_KS4, attainment_8=Decimal(90), state_funded=False),
        *children("V01", 2024, 2, **NO_LINK),
        # Of another age, or not in care for the twelve months: they would not have counted.
        *children("V01", 2024, 4, linked=False, age=14),
        *children("V01", 2024, 3, linked=False, age=16),
        *children("V01", 2024, 5, **{**NO_LINK, "looked_after_12_months": False}),
        *children("V02", 2024, 1, **AT_KS4, attainment_8=Decimal(20), sessions_possible=300, sessions_missed=30),
        *children("V01", 2024, 1, linked=True, age=10, sessions_possible=380, sessions_missed=0),
        *children("V01", 2024, 1, linked=True, age=10, sessions_possible=400, sessions_missed=100),
        *children("V03", 2024, 1, **NO_LINK),
        *children("V02", 2023, 1, **{**AT_KS4, "english_maths_94": True}),
        *children("V02", 2023, 7, **NO_LINK),
    ]
    held = [*pupils(2024, 1, at_ks4=True, progress_8=Decimal("2.25")), *pupils(2024, 1, at_ks4=True, progress_8=Decimal("-3"))]
    with standing(tmp_path_factory.mktemp("bounds")) as store:
        built(store, rows, held)
        yield store


def found(store, name, year=None):
    return {bound.la: bound for bound in bounds(store.engine, [name], year)}


def test_a_share_could_be_that_of_none_or_of_all_who_have_no_link(drawn):
    mine = found(drawn, "english_maths_94")["V01"]
    assert (mine.pupils, mine.without_link, mine.value) == (3, 2, Fraction(1, 3))
    assert (mine.low, mine.high) == (Fraction(1, 5), Fraction(3, 5))
    assert (mine.lowest, mine.highest, mine.basis) == (0, 1, "none of them, or all of them")


def test_a_score_could_be_the_lowest_or_highest_that_a_pupil_can_have(drawn):
    mine = found(drawn, "attainment_8")["V01"]
    assert mine.value == 30
    assert (mine.low, mine.high) == (Fraction(90 + 0, 5), Fraction(90 + 180, 5))


def test_progress_could_be_the_lowest_or_highest_of_all_pupils_held(drawn):
    mine = found(drawn, "progress_8")["V01"]
    assert (mine.value, mine.lowest, mine.highest) == (Fraction(-3, 2), -3, Fraction(9, 4))
    assert (mine.low, mine.high) == (Fraction("-1.5") * Fraction(1, 3) - 2, (Fraction("-1.5") + Fraction("4.5")) / 3)


def test_absence_could_be_that_of_the_least_or_most_absent_over_as_many_sessions_as_others_had(drawn):
    # Linked children miss 0 of 380, 100 of 400 and 30 of 300, so from none to a quarter. In V01 390 sessions are usual. Without a
    # link and aged 5 to 15: two of 15 and four of 14.
    mine = found(drawn, "absence_rate")["V01"]
    assert (mine.without_link, mine.lowest, mine.highest) == (6, 0, Fraction(1, 4))
    assert mine.value == Fraction(100, 780)
    assert mine.low == Fraction(100, 780 + 6 * 390)
    assert mine.high == (100 + 6 * 390 * Fraction(1, 4)) / (780 + 6 * 390)


def test_where_all_have_a_link_the_bounds_are_the_figure_and_where_none_has_one_it_could_be_anything(drawn):
    mine = found(drawn, "english_maths_94")
    assert (mine["V02"].value, mine["V02"].low, mine["V02"].high) == (0, 0, 0)
    assert (mine["V03"].value, mine["V03"].low, mine["V03"].high) == (None, 0, 1)


def test_all_authorities_together_stand_first_and_add_up(drawn):
    mine = list(found(drawn, "english_maths_94").values())
    assert [bound.la for bound in mine] == ["all", "V01", "V02", "V03"]
    assert (mine[0].pupils, mine[0].without_link, mine[0].low, mine[0].high) == (4, 3, Fraction(1, 7), Fraction(4, 7))


def test_the_newest_year_is_taken_unless_another_is_asked_for(drawn):
    assert {bound.year for bound in found(drawn, "english_maths_94").values()} == {2024}
    earlier = found(drawn, "english_maths_94", 2023)["V02"]
    assert (earlier.value, earlier.low, earlier.high) == (1, Fraction(1, 8), 1)


def test_a_measure_that_cannot_be_in_a_year_says_why(drawn):
    mine = bounds(drawn.engine, ["progress_8", "ks2_rwm"], 2025)
    assert [(bound.la, bound.value, bound.note) for bound in mine] == [
        ("all", None, measures.named("progress_8").why_not(2025)),
        ("all", None, "No child of the store counts in it in 2025."),
    ]
    assert bounds(drawn.engine, ["ks2_rwm"])[0].note == "No child of the store counts in it in any year."


def test_measures_that_the_link_does_not_touch_have_no_bounds(drawn):
    assert bounds(drawn.engine, ["sdq_score", "placements_3_plus", "leavers_eet"]) == []


def test_every_measure_about_schools_says_at_which_age_a_child_is_looked_for():
    without = [name for name, measure in measures.ALL.items() if measure.of_children and measure.of_schools and not ages(measure)]
    assert not without
    assert ages(measures.named("ks2_rwm")) == (10, 10)
    assert ages(measures.named("attainment_8")) == (15, 15)


def test_bounds_agree_with_a_plain_count_over_the_children(drawn):
    """Another way: every child without a link gets an outcome, first the worst, then the best, and the figure is worked out again."""
    held = drawn.engine.rows("SELECT * FROM children WHERE year = 2024 AND looked_after_12_months")
    for la in ("V01", "V02", "V03"):
        for name, worst, best in (("english_maths_94", 0, 1), ("attainment_8", 0, 90)):
            for end, outcome in (("low", worst), ("high", best)):
                total = counted = 0
                for row in held:
                    if row["la"] != la or row["state_funded"] is False:
                        continue
                    if row["linked"] and row["at_ks4"]:
                        total, counted = total + Fraction(row[name]), counted + 1
                    elif not row["linked"] and row["age"] == 15:
                        total, counted = total + outcome, counted + 1
                assert getattr(found(drawn, name)[la], end) == total / Fraction(counted), (la, name, end)


def test_bounds_leave_rounded_once_in_the_unit_that_is_published(drawn):
    row = next(row for row in rows(bounds(drawn.engine, ["english_maths_94"])) if row["la"] == "V01")
    assert {name: row[name] for name in ("title", "year", "linked", "without_link", "value", "low", "high")} == {
        "title": "Grade 4 or better in English and maths",
        "year": 2024,
        "linked": 3,
        "without_link": 2,
        "value": 33.3,
        "low": 20.0,
        "high": 60.0,
    }


def test_what_hides_nothing_is_not_given_where_the_log_cannot_be_written(tmp_path):
    (tmp_path / "records").touch()
    with pytest.raises(WrongUse) as told:
        internal.note_down(tmp_path / "records" / "internal.log", {"who": "tester"})
    assert "it cannot be written" in str(told.value)

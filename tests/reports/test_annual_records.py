"""The annual report's tables from records: what is hidden from the public, and what is not said at all."""

from datetime import date

import pytest

from virtualschool.frameworks.evaluation import Grade
from virtualschool.frameworks.evaluation_file import SelfEvaluation
from virtualschool.reports.annual import records
from virtualschool.reports.annual.records import Counted, Money, Quote, Received
from virtualschool.reports.blocks import Note

SPENT = [Money("Tutoring", 900_00, 12), Money("Trips", 40_00, 2), Money("Training", 250_00, 0), Money("Laptops", 300_00, 9)]


def test_an_amount_for_few_children_is_hidden_with_another_and_stands_in_the_internal_report():
    (public,), (internal,) = (records.money("m", "Money", "Purpose", SPENT, audience) for audience in ("public", "internal"))
    assert public.rows == (("Tutoring", "£900.00", 12), ("Trips", "c", "c"), ("Training", "£250.00", 0), ("Laptops", "c", "c"))
    assert internal.rows[1] == ("Trips", "£40.00", 2)


def test_one_hidden_amount_is_never_alone_where_the_others_are_no_childs():
    shown = records.amounts([Money("Trips", 40_00, 2), Money("Training", 250_00, 0)], "public")
    assert shown == ["c", "c"]


def test_a_grant_for_few_children_is_hidden():
    rows = [Received("Looked after", 100_00, None, 40), Received("Early years", 5_00, 6_00, 3), Received("Post-16", 7_00, None, None)]
    (table,) = records.received(rows, "2024-25", "public")
    assert [row[1:] for row in table.rows] == [("c", "c"), ("c", "c"), ("£7.00", "not yet")]


def test_a_row_that_is_small_in_one_column_is_hidden_in_all():
    rows = [Counted("Reduced", (20, 2)), Counted("None", (30, 9)), Counted("Changed", (40, 12))]
    (table,) = records.counted("t", "Times", ("Kind", "Children", "Still"), rows, "public", "records")
    assert table.rows == (("Reduced", "c", "c"), ("None", "c", "c"), ("Changed", 40, 12))


@pytest.mark.parametrize(("audience", "checked", "told"), [("public", False, False), ("public", True, True), ("internal", False, True)])
def test_childrens_words_are_public_only_after_a_check(audience, checked, told):
    (block,) = records.quotes([Quote("I want to stay at my school.", "School and learning", "")], "2024/25", checked, audience)
    assert isinstance(block, Note) is not told
    assert ("I want to stay at my school." in str(block)) is told


def test_a_grade_is_told_with_its_reason_and_who_gave_it_only_within():
    grade = Grade("ilacs-2023", "care_leavers", "good", "A. Head", date(2025, 5, 1), "Most are in touch.")
    held = SelfEvaluation("V01", next(iter(records.frameworks())), (grade,))
    (public,), (internal,) = (records.grades(held, audience) for audience in ("public", "internal"))
    assert "Most are in touch." in public.rows[0] and "A. Head" not in public.rows[0]
    assert "A. Head" in internal.rows[0]
    assert records.grades(SelfEvaluation("V01"), "internal") == []

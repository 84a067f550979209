"""Surveys of children and ratings before and after: read with an account of every row, and said with the doubt that there is."""

from decimal import Decimal

import pytest

from virtualschool.errors import Unreadable
from virtualschool.plans.before_and_after import CANNOT_TELL, DOWN, TOO_FEW, UP, change
from virtualschool.plans.surveys import group_of, read_survey, results

FILE = """Child,Age,Question,Answer,Words,May use,Date,Colour
A1,9,Do you like school?,yes,It is ok,quote,31/03/2025,blue
A1,9,Do you like school?,no,,,,
A2,15,Do you like school?,4,,count,31/03/2025,
,99,Do you like school?,not sure,,maybe,32/03/2025,
A3,16,Do you like school?,often,,,,
A4,16,,yes,,,,
"""


def test_every_answer_is_kept_or_set_aside_and_each_fault_names_its_row_and_column():
    found = read_survey(FILE.encode(), "survey.csv")
    assert (found.read, len(found.kept), found.set_aside) == (6, 3, 3)
    assert [(one.row, one.column, one.rule) for one in found.findings] == [
        (1, "column 8", "columns"),
        (3, "child", "twice"),
        (5, "age", "type"),
        (5, "answered_on", "type"),
        (5, "may_use", "type"),
        (6, "answer", "set aside"),
        (7, "question, answer", "set aside"),
    ]
    assert [(one.group, one.answer, one.consent) for one in found.kept] == [
        ("primary", "yes", "quote"),
        ("secondary", "4", "count"),
        ("", "not sure", "none"),
    ]


def test_findings_never_show_what_a_cell_says():
    found = read_survey(FILE.encode(), "survey.csv")
    said = " ".join(f"{one.wrong} {one.do}" for one in found.findings)
    assert "often" not in said and "99" not in said and "A1" not in said


@pytest.mark.parametrize(("age", "group"), [(10, "primary"), (11, "secondary"), (15, "secondary"), (16, "over_16"), (None, "")])
def test_the_three_councils_are_of_primary_age_of_secondary_age_and_over_16(age, group):
    assert group_of(age) == group


def test_a_file_without_answers_is_refused_with_what_to_do():
    with pytest.raises(Unreadable) as fault:
        read_survey(b"child,question\nA,Why?\n", "s.csv")
    assert str(fault.value) == "File s.csv: there is no column answer. Write the headings in the first row."


def test_yes_and_four_and_five_are_good_answers_and_the_share_has_its_doubt():
    (one,) = results([("Q", "yes"), ("Q", "4"), ("Q", "5"), ("Q", "no"), ("Q", "not sure"), ("Q", "3")])
    assert (one.answered, one.good) == (6, 3)
    low, high = one.interval
    assert low < Decimal("0.19") and high > Decimal("0.81")  # Wilson's interval of 3 in 6.


def test_ten_children_who_all_rate_one_higher_went_up():
    assert change([(3, 4)] * 9 + [(2, 4)]).said == UP
    assert change([(4, 3)] * 9 + [(4, 2)]).said == DOWN


def test_of_nine_children_nothing_is_said_whatever_they_rate():
    assert change([(1, 5)] * 9).said == TOO_FEW


def test_where_chance_alone_would_do_it_cannot_be_told():
    found = change([(3, 4), (4, 3)] * 5 + [(3, 4), (2, None), (None, 5)])
    assert (found.pairs, found.total, found.up, found.down, found.said) == (11, 1, 6, 5, CANNOT_TELL)

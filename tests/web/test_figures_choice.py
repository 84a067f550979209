"""A choice of figures and its address: the one makes the other, and neither says what is not on a whitelist."""

import pytest
from django.http import QueryDict

from virtualschool.errors import WrongUse
from virtualschool.web.presenters import figures_choice as choices


def chosen(query: str) -> choices.Choice:
    return choices.of(QueryDict(query))


def test_an_address_holds_the_whole_choice_and_gives_it_back():
    query = "measure=attainment_8&since=2022&year=2026&cohort=march&schools=all&sex=female&age=10-15&sen=support&sen=EHCP&by=fsm"
    assert chosen(chosen(query).query()[1:]) == chosen(query)
    assert chosen(query).where == 'sex = "female" and sen in ("support", "EHCP") and age >= 10 and age <= 15'


def test_empty_fields_of_a_form_are_no_choice():
    assert chosen("measure=&year=&sex=&by=&schools=state").query() == ""


def test_numbers_may_be_listed_with_commas():
    assert chosen("age=10,+11").filters == {"age": ("10", "11")}


def test_what_is_on_no_whitelist_is_refused_or_left_out():
    for query in ("measure=attanment_8", "by=child", "cohort=all", "schools=private", "year=26"):
        with pytest.raises(WrongUse):
            chosen(query)
    assert chosen("child=1&upn=A&token=x").pairs() == []


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("sex=female&by=sen", ""),
        ("sex=female&sen=EHCP&by=fsm", "Figures for everyone take 2 columns at once, filters and breakdown together."),
        ("sen=EHCP&sen=support", "Figures for everyone take one value of a column at a time."),
        ("age=10-12", "Figures for everyone take one value of a column at a time."),
        ("sex=female&by=sex", "A figure for everyone is not broken down by a column that it is filtered by."),
        ("schools=all", "Figures for everyone are of state-funded schools, as DfE's are."),
    ],
)
def test_the_public_may_choose_two_columns_and_one_value_of_each(query, why):
    assert chosen(query).why_not_public == why


def test_a_filter_can_be_taken_away_by_itself():
    assert chosen("sen=support&sen=EHCP").without("sen", "EHCP").pairs() == [("sen", "support")]

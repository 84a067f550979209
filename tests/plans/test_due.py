"""When plans are due: both limits, both calendars, and each odd case with its outcome."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from virtualschool.plans.calendars import WORKING_DAYS, Calendar, Term, bank_holidays
from virtualschool.plans.due import Authority, DueDate, InCare, after_change_of_school, due, reminders, state
from virtualschool.plans.rules import defaults

TERMS = (
    Term("autumn", date(2026, 9, 2), date(2026, 12, 18), ((date(2026, 10, 26), date(2026, 10, 30)),)),
    Term("spring", date(2027, 1, 4), date(2027, 3, 25), ((date(2027, 2, 15), date(2027, 2, 19)),)),
    Term("summer", date(2027, 4, 12), date(2027, 7, 21), ((date(2027, 5, 31), date(2027, 6, 4)),)),
)
HERE = Authority(terms=TERMS)
CHILD = InCare(came_on=date(2026, 9, 7), legal_status="C2", born=date(2016, 5, 1), year_group=5)
TODAY = date(2027, 1, 20)


def dates(child=CHILD, authority=HERE, today=TODAY):
    return {(one.what, one.counted): one.on for one in due(child, authority, today).dates}


def test_both_limits_are_given_by_working_and_by_school_days():
    found = dates()
    assert found["first plan begun", "working"] == date(2026, 9, 21)
    assert found["first plan ready", "working"] == date(2026, 10, 5)
    assert found["first plan begun", "school"] == date(2026, 9, 21)
    later = dates(replace(CHILD, came_on=date(2026, 10, 12)))
    # Half term has five working days and no school day.
    assert later["first plan ready", "working"] == date(2026, 11, 9)
    assert later["first plan ready", "school"] == date(2026, 11, 16)


def test_the_headline_is_the_authoritys_choice():
    for headline in ("working", "school"):
        found = due(CHILD, replace(HERE, headline=headline), TODAY).dates
        assert {one.counted for one in found if one.headline} == {headline, "term"}


def test_an_earlier_first_review_comes_before_the_twenty_days():
    assert dates(replace(CHILD, first_review_on=date(2026, 9, 30)))["first plan ready", "working"] == date(2026, 9, 30)
    assert dates(replace(CHILD, first_review_on=date(2026, 10, 9)))["first plan ready", "working"] == date(2026, 10, 5)


def test_the_first_limit_runs_from_the_placement_and_the_second_from_care():
    found = dates(replace(CHILD, placed_on=date(2026, 9, 14)))
    assert found["first plan begun", "working"] == date(2026, 9, 28)
    assert found["first plan ready", "working"] == date(2026, 10, 5)


def test_in_august_working_days_run_on_and_school_days_wait_for_term():
    found = due(replace(CHILD, came_on=date(2026, 8, 3)), HERE, TODAY)
    on = {(one.what, one.counted): one.on for one in found.dates}
    assert on["first plan begun", "working"] == date(2026, 8, 17)
    assert on["first plan ready", "working"] == date(2026, 9, 1)  # 31 August is a bank holiday.
    assert on["first plan begun", "school"] == date(2026, 9, 15)
    assert found.notes == ("The child came into care in a holiday: working days run on, school days begin with the next term.",)


def test_short_breaks_ask_for_no_plan():
    for status in ("V3", "V4"):
        found = due(replace(CHILD, legal_status=status), HERE, TODAY)
        assert (found.state, found.dates, found.owners) == ("not due", (), ())
    assert due(replace(CHILD, legal_status="V2"), HERE, TODAY).state == "due"


def test_a_death_closes_everything_and_nobody_is_reminded():
    found = due(replace(CHILD, ended_on=date(2027, 1, 20), why_ended="E2"), HERE, TODAY)
    assert (found.state, found.dates, found.owners) == ("closed", (), ())
    # Until that day the plan was due.
    assert due(replace(CHILD, ended_on=date(2027, 1, 21), why_ended="E2"), HERE, TODAY).state == "due"


def test_after_care_ends_nothing_falls_due():
    found = due(replace(CHILD, ended_on=date(2026, 11, 30), why_ended="E4A"), HERE, TODAY)
    assert found.state == "closed"
    # The review of the autumn term, by 18 December, is no more due.
    assert max(one.on for one in found.dates) == date(2026, 10, 5)


def test_in_custody_the_same_dates_hold_in_the_detention_placement_plan():
    found = due(replace(CHILD, in_custody=True, legal_status="J1"), HERE, TODAY)
    assert found.dates == due(CHILD, HERE, TODAY).dates
    assert found.owners == ("social worker", "virtual school", "head of learning of the establishment")
    assert "detention placement plan" in found.notes[0]


def test_without_a_school_place_social_worker_and_virtual_school_own_the_plan():
    found = due(replace(CHILD, has_school_place=False), HERE, TODAY)
    assert found.dates == due(CHILD, HERE, TODAY).dates
    assert found.owners == ("social worker", "virtual school")


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"born": date(2025, 1, 21), "year_group": None}, "not due"),  # The day before the second birthday.
        ({"born": date(2025, 1, 20), "year_group": None}, "due"),
        ({"born": date(2008, 10, 1), "year_group": 13}, "due"),
        ({"born": date(2008, 10, 1), "year_group": 14}, "not due"),
        ({"born": date(2008, 1, 20), "year_group": None}, "not due"),
    ],
)
def test_the_age_range_is_a_setting_with_two_ends(changes, expected):
    assert due(replace(CHILD, **changes), HERE, TODAY).state == expected


def test_each_term_in_care_has_a_review_by_the_cut_off_or_its_last_day():
    found = dates(authority=replace(HERE, cut_offs={date(2026, 9, 2): date(2026, 11, 27)}))
    assert found["review in the autumn term", "term"] == date(2026, 11, 27)
    assert found["review in the spring term", "term"] == date(2027, 3, 25)
    late = due(replace(CHILD, came_on=date(2026, 12, 1)), replace(HERE, cut_offs={date(2026, 9, 2): date(2026, 11, 27)}), TODAY)
    autumn = next(one for one in late.dates if one.what == "review in the autumn term")
    assert autumn.on == date(2026, 12, 18)
    assert autumn.note == (
        "Looked after for 14 working days of the term: left out of the measure. "
        "The authority's cut-off was before the child came into care."
    )


def test_a_school_calendar_that_ends_is_told():
    found = due(replace(CHILD, came_on=date(2027, 7, 12)), HERE, date(2027, 7, 13))
    assert "The school calendar ends on 2027-07-21, before 10 school days have passed." in found.notes
    assert ("first plan begun", "working") in {(one.what, one.counted) for one in found.dates}
    assert due(CHILD, Authority(headline="school"), TODAY).notes == (
        "The authority counts school days, and no term dates are held: only working days can be shown.",
    )


def test_states_and_reminders():
    one = DueDate("review", date(2027, 3, 25), "term", "PEP-T04")
    assert state(one, date(2027, 3, 25), TODAY) == "done in time"
    assert state(one, date(2027, 3, 26), TODAY) == "done late"
    assert state(one, None, date(2027, 3, 26)) == "overdue"
    assert state(one, None, date(2027, 3, 11)) == "due soon"
    assert state(one, None, date(2027, 3, 10)) == "not yet due"
    assert reminders(one) == [date(2027, 3, 11), date(2027, 3, 18), date(2027, 3, 25)]


def test_working_days_skip_week_ends_and_bank_holidays():
    assert date(2026, 12, 25) in bank_holidays()
    assert WORKING_DAYS.after(date(2026, 12, 24), 1) == date(2026, 12, 29)  # Boxing Day is a Saturday: Monday is its substitute.
    assert WORKING_DAYS.between(date(2026, 12, 24), date(2026, 12, 29)) == 1
    assert WORKING_DAYS.between(date(2026, 12, 29), date(2026, 12, 24)) == -1
    assert after_change_of_school(date(2027, 1, 6)).on == date(2027, 1, 20)
    for number in range(400):
        start = date(2026, 3, 1) + timedelta(days=number)
        # Worked out a second time, a day at a time.
        day, left = start, 10
        while left:
            day += timedelta(days=1)
            left -= day.weekday() < 5 and day not in bank_holidays()
        assert WORKING_DAYS.after(start, defaults().initiate_working_days) == day
    assert Calendar("school", TERMS).between(date(2026, 10, 23), date(2026, 11, 2)) == 1

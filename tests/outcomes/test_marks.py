"""Marks of a register, what they count as, and what to look at in them."""

from datetime import date, timedelta

import pytest

from virtualschool.outcomes.marks import counted, kind_of, last_run, monday_of, spells
from virtualschool.outcomes.marks_watched import THRESHOLDS, alerts, is_at_risk, newest_suspension, part_time, signs

MONDAY = date(2025, 3, 3)
UNTIL = date(2025, 4, 25)  # a Friday
LIMITS = {name: one.value for name, one in THRESHOLDS.items()}


def days(text: str, start: date = MONDAY) -> list[tuple[date, str, str]]:
    """School days from a Monday on: `/\\ EE UU` is a day attended, one suspended, one late."""
    made, day = [], start
    for pair in text.split():
        made.append((day, *(pair.split(",") if "," in pair else (pair[0], pair[1]))))
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    return made


def weeks(number: int, pair: str, until: date = UNTIL) -> list[tuple[date, str, str]]:
    """So many whole weeks of the same day, the last of which ends on a Friday."""
    return days(" ".join([pair] * 5 * number), monday_of(until) - timedelta(weeks=number - 1))


def test_each_code_counts_as_the_guidance_of_its_year_says():
    found = counted(days("/\\ LB EI GU OX"))
    assert (found.possible, found.attended, found.authorised, found.unauthorised, found.suspended) == (9, 4, 2, 3, 1)


@pytest.mark.parametrize(
    ("mark", "day", "kind"),
    [
        ("J", date(2024, 7, 19), "approved"),  # retired with the summer of 2024
        ("J", date(2024, 9, 3), None),
        ("J1", date(2024, 9, 3), "authorised"),
        ("H", date(2024, 8, 31), "authorised"),
        ("H", date(2024, 9, 1), None),
        ("C2", date(2024, 8, 31), None),
        ("C2", date(2024, 9, 1), "authorised"),
        ("Y", date(2024, 7, 19), "not possible"),
        ("Y1", date(2025, 1, 7), "not possible"),
        ("K", date(2025, 1, 7), "approved"),
        ("", date(2025, 1, 7), None),
    ],
)
def test_a_code_holds_in_its_own_years_only(mark, day, kind):
    assert kind_of(mark, day) == kind


def test_a_run_of_absence_goes_over_weekends_and_days_without_a_session():
    assert last_run(days("/\\ II II ## II")) == 6
    assert last_run(days("II I/")) == 0
    assert last_run(days("/I")) == 1
    assert last_run([]) == 0


def test_a_suspension_is_one_until_a_session_is_marked_otherwise():
    assert spells(days("EE EE ## EE /\\ /E")) == [
        (MONDAY, MONDAY + timedelta(days=3), 6),
        (MONDAY + timedelta(days=7), MONDAY + timedelta(days=7), 1),
    ]


def facts(found):
    return {one.name: one.fact for one in found}


def test_attendance_of_four_weeks_is_looked_at_from_twenty_sessions_on():
    under = weeks(4, "/\\")[:-4] + days("/U UU UU", date(2025, 4, 22))  # 33 of 38: under nine tenths
    assert facts(alerts(under, UNTIL, LIMITS))["attendance"].startswith("Attended 33 of 38 sessions")
    nine_tenths = weeks(4, "/\\")[:-2] + days("UU UU", date(2025, 4, 24))
    assert "attendance" not in facts(alerts(nine_tenths, UNTIL, LIMITS))  # 36 of 40 is not below 90%
    few = weeks(1, "UU")
    assert "attendance" not in facts(alerts(few, UNTIL, LIMITS)) and facts(alerts(few, UNTIL, {**LIMITS, "few": 10}))["attendance"]


def test_a_fall_is_from_the_eight_weeks_before_to_the_last_four():
    before = weeks(8, "/\\", until=UNTIL - timedelta(weeks=4))
    one_in_ten = weeks(4, "/\\")[:-2] + days("EI II", date(2025, 4, 24))
    assert "fall" in facts(alerts(before + one_in_ten, UNTIL, LIMITS))  # 80 of 80, then 36 of 40: ten points
    assert "fall" not in facts(alerts(before + one_in_ten, UNTIL, {**LIMITS, "fall": 11}))
    assert "fall" not in facts(alerts(one_in_ten, UNTIL, LIMITS))  # nothing to set it beside


def test_runs_unauthorised_absence_and_suspensions_pass_at_their_threshold():
    assert "run" in facts(alerts(days("/\\ II II II"), UNTIL, LIMITS)) and "run" not in facts(alerts(days("/\\ /I II II"), UNTIL, LIMITS))
    ten = weeks(2, "/U")
    assert facts(alerts(ten, UNTIL, LIMITS))["unauthorised"] == "10 sessions of unauthorised absence in ten weeks"
    assert "unauthorised" not in facts(alerts(ten[1:], UNTIL, LIMITS))
    twice = weeks(1, "/\\")[:1] + days("EE /\\ EE /\\", date(2025, 4, 22))
    assert facts(alerts(twice, UNTIL, LIMITS))["suspensions"] == "Suspended 2 times in twelve weeks"
    assert "suspensions" not in facts(alerts(twice[2:], UNTIL, LIMITS))


def test_the_newest_suspension_is_of_the_last_two_weeks():
    assert newest_suspension(days("EE EE", date(2025, 4, 14)), UNTIL) == (date(2025, 4, 14), date(2025, 4, 15), 4)
    assert newest_suspension(days("EE", date(2025, 4, 11)), UNTIL) is None
    assert part_time(days("/,C2 /,C2", date(2025, 4, 14)), UNTIL) == 2


@pytest.mark.parametrize(
    ("marks", "known", "on"),
    [
        ([], {}, False),
        (days("EE /\\ EE", date(2025, 4, 14)), {}, True),  # twice within twelve weeks
        (days("EE EE EE EE EE", date(2025, 4, 14)), {}, True),  # ten sessions in one
        (days("EE", date(2025, 4, 14)), {}, False),  # once, and nothing else
        (days("EE", date(2025, 4, 14)), {"suspensions": 1}, True),
        ([], {"suspensions": 3}, False),
        ([], {"suspensions": 3, "unplanned_moves": 1}, True),
        (
            [],
            {"primary_need": "Social, emotional and mental health", "school_moves": 1, "unplanned_moves": 2},
            False,
        ),  # needs and moves alone
        ([], {"reduced": True, "sdq_band": "concern"}, True),
        ([], {"permanent_exclusions": 1}, True),
    ],
)
def test_a_child_is_on_the_prevention_list_by_facts_that_are_named(marks, known, on):
    found = signs(marks, UNTIL, known)
    assert is_at_risk(found) is on and all(one.fact for one in found)

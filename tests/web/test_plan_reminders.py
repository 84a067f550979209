"""Reminders of plans: who is reminded of what, with a link and nothing of a child, and never twice."""

import datetime

import pytest
from web_day import TODAY

from virtualschool.web import by_command, children, plan_dates
from virtualschool.web.actions import plan_reminders
from virtualschool.web.models import Message, Plan, PlanMeeting, PlanReminder, PlanStep, PlanTerm

DAY = datetime.timedelta(days=1)
SUMMER = {"school_year": 2025, "term": "summer"}


@pytest.fixture
def term(store):
    return PlanTerm.objects.create(
        la="V01", **SUMMER, starts=datetime.date(2025, 4, 21), ends=datetime.date(2025, 7, 22), cut_off=datetime.date(2025, 5, 6)
    )


@pytest.fixture
def entry(term, roll):
    # Years in care: of one who came lately, a first plan would be due too.
    return roll("V01", 1, school="900001", entered_care=datetime.date(2020, 1, 6))[0]


@pytest.fixture
def teacher(member):
    return member("teacher", school="900001").person


def test_the_school_and_the_social_worker_are_reminded_once_of_what_is_due_soon(entry, teacher, member, relate):
    worker = member("social_worker")
    relate(worker, entry.token)
    head, other = member("head").person, member("teacher", school="900002").person
    assert plan_reminders.remind("V01") == {"dates": 1, "people": 2}
    assert {one.person for one in Message.objects.all()} == {teacher, worker.person}
    assert {one.what for one in PlanReminder.objects.all()} == {"review in the summer term, term"}
    assert Message.objects.filter(person=teacher).get().path == f"/plans/child/{entry.token}"
    # The same day and the next: nothing new.
    assert plan_reminders.remind("V01") == {"dates": 0, "people": 0}
    assert not Message.objects.filter(person__in=[head, other]).exists()


def test_what_is_late_goes_to_the_virtual_school_too_and_once(entry, teacher, member, settings):
    head = member("head").person
    plan_reminders.remind("V01")
    settings.TODAY = datetime.date(2025, 5, 7).isoformat()
    assert plan_reminders.remind("V01") == {"dates": 1, "people": 2}
    assert {(one.person, one.kind) for one in Message.objects.all()} == {
        (teacher, "plans due"),
        (teacher, "plans late"),
        (head, "plans late"),
    }
    settings.TODAY = datetime.date(2025, 5, 8).isoformat()
    assert plan_reminders.remind("V01") == {"dates": 0, "people": 0}


def test_nobody_is_reminded_of_a_plan_that_was_met_about_or_closed(entry, teacher):
    plan = Plan.objects.create(la="V01", token=entry.token, kind="primary", state="met", **SUMMER)
    PlanMeeting.objects.create(plan=plan, held_on=TODAY)
    assert plan_reminders.remind("V01")["people"] == 0
    plan.meetings.all().delete()
    assert len(list(plan_reminders.found("V01"))) == 1
    plan.state = "closed"
    plan.save()
    assert not list(plan_reminders.found("V01"))


def test_a_first_plan_is_reminded_of_by_both_limits_and_by_both_ways_to_count(term, roll):
    PlanTerm.objects.create(la="V01", school_year=2025, term="spring", starts=datetime.date(2025, 1, 6), ends=datetime.date(2025, 4, 4))
    came = datetime.date(2025, 4, 7)
    (entry,) = roll("V01", 1, school="900001", entered_care=came)
    found = {(one.one.what, one.one.counted, one.one.on, one.late) for one in plan_reminders.found("V01")}
    child = next(one for one in children.everyone("V01") if one.token == entry.token)
    dates = {(one.what, one.counted): one.on for one in plan_dates.dates_of(child, "V01", TODAY).dates}
    # Ten working days from 7 April, without Good Friday and Easter Monday, are 23 April; in school days, 21 April being one, 2 May.
    assert dates["first plan begun", "working"] == datetime.date(2025, 4, 23)
    assert ("first plan begun", "working", datetime.date(2025, 4, 23), True) in found
    assert ("first plan ready", "working", datetime.date(2025, 5, 8), False) in found
    assert any(one[:2] == ("first plan begun", "school") and not one[3] for one in found)
    # Begun, it is no longer asked for; ready it is not yet.
    plan = Plan.objects.create(la="V01", token=entry.token, kind="primary", **SUMMER)
    PlanStep.objects.create(plan=plan, state="draft", on=TODAY)
    assert {one.one.what for one in plan_reminders.found("V01") if one.one.what.startswith("first")} == {"first plan ready"}


@pytest.mark.parametrize("episode", [("V4", "U1", None, "X1"), ("V3", "U1", None, "X1"), ("C2", "U1", TODAY - DAY, "E2")])
def test_nobody_is_reminded_in_respite_or_after_a_death(entry, teacher, monkeypatch, episode):
    monkeypatch.setattr(plan_dates, "_episodes", lambda *_: {entry.child: episode})
    assert not list(plan_reminders.found("V01")) and plan_reminders.remind("V01")["people"] == 0


def test_the_daily_command_says_what_it_did_without_a_name(entry, teacher):
    assert list(by_command.remind()) == ["V01: 1 person reminded of 1 date."]
    assert list(by_command.remind("V01")) == ["V01: 0 people reminded of 0 dates."]

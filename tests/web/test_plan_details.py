"""What is filled in beside the words of a plan: by whom, kept, and seen by the rules."""

import datetime

import pytest
from web_day import TODAY

from virtualschool.web.models import Plan, PlanRows, PlanStep, PlanTerm
from virtualschool.web.plan_records import record
from virtualschool.web.presenters.plan_quality import outcomes

SUMMER = {"school_year": 2025, "term": "summer"}


@pytest.fixture
def plan(roll):
    PlanTerm.objects.create(la="V01", **SUMMER, starts=datetime.date(2025, 4, 21), ends=datetime.date(2025, 7, 22))
    (entry,) = roll("V01", 1, school="900001")
    made = Plan.objects.create(la="V01", token=entry.token, kind="secondary", **SUMMER)
    PlanStep.objects.create(plan=made, state="draft", on=TODAY)
    return made


def path(plan: Plan) -> str:
    return f"/plans/child/{plan.token}/{plan.pk}/details"


def child_of(plan: Plan):
    from virtualschool.web import children

    return next(child for child in children.everyone("V01") if child.token == plan.token)


def state(plan: Plan, rule: str) -> str:
    return next(one.state for one in outcomes(plan, child_of(plan)) if one.rule == rule)


def test_what_a_teacher_fills_in_is_kept_and_seen_by_the_rules(plan, signed_in):
    teacher = signed_in("teacher", school="900001")
    shown = teacher.get(path(plan)).content.decode()
    assert "Attendance this term, percent" in shown and "SDQ" not in shown
    assert state(plan, "PEP-A01") == "cannot tell"
    assert teacher.post(path(plan), {"attendance_percent": "88.5", "weekly_hours": "25", "timetable": "full"}).status_code == 302
    assert PlanRows.objects.get().rows == [{"attendance_percent": "88.5", "weekly_hours": "25", "timetable": "full"}]
    assert state(plan, "PEP-A03") == "does not apply"
    line = {"action-0": "A later start", "about-0": "attendance", "cause-0": "Contact", "owner_role-0": "virtual_school"}
    assert teacher.post(f"{path(plan)}/actions", line).status_code == 302
    assert state(plan, "PEP-A01") == "met"
    # What is blank after it was filled in was left blank, and what others filled in stays.
    teacher.post(path(plan), {"attendance_percent": "", "weekly_hours": "25", "timetable": "full"})
    held = record(plan, child_of(plan))
    assert held.knows("attendance_percent") and held.get("attendance_percent") is None and str(held.get("weekly_hours")) == "25"


def test_a_line_needs_what_its_table_needs_and_money_is_kept_in_pence(plan, signed_in):
    head = signed_in("head")
    answer = head.post(f"{path(plan)}/spend", {"line-0": "1", "what-0": "Tuition"})
    assert answer.status_code == 400 and "Fill in, line 1: amount." in answer.content.decode()
    head.post(f"{path(plan)}/spend", {"line-0": "1", "amount-0": "270.50", "what-0": "Tuition"})
    assert record(plan, child_of(plan)).all("spend")[0]["amount"] == 27050
    shown = head.get(f"{path(plan)}/spend").content.decode()
    assert 'value="270.50"' in shown and "paid_on-0" not in shown
    # What a file told of the payment stays when the line is written again; the form does not ask for it.
    held = PlanRows.objects.filter(plan=plan, table="spend").latest("pk")
    held.rows[0]["paid_on"] = "2025-04-28"
    held.save()
    head.post(f"{path(plan)}/spend", {"line-0": "1", "amount-0": "280.00", "what-0": "Tuition"})
    row = record(plan, child_of(plan)).all("spend")[0]
    assert (row["amount"], str(row["paid_on"])) == (28000, "2025-04-28")


def test_each_fills_in_their_own_and_only_while_the_plan_is_open(plan, signed_in, member, relate):
    worker, carer = member("social_worker"), member("carer")
    for one in (worker, carer):
        relate(one, plan.token)
    browser = signed_in(worker)
    shown = browser.get(path(plan)).content.decode()
    assert "SDQ score" in shown and "Attendance this term, percent" not in shown
    browser.post(path(plan), {"sdq_score": "19", "attendance_percent": "50"})
    assert PlanRows.objects.get().rows == [{"sdq_score": 19}]
    assert signed_in(carer).get(path(plan)).status_code == 404
    assert signed_in("head", la="V02").get(path(plan)).status_code == 404
    assert browser.get(f"{path(plan)}/targets").status_code == 404
    plan.state = "signed"
    plan.save()
    assert browser.get(path(plan)).status_code == 404

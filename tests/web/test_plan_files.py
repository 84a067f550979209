"""Plans brought by file: read with findings and an account, then kept or discarded."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from virtualschool.web.models import Plan, PlanFile, PlanTarget, PlanText

HEADINGS = "plan,child,meeting_on,next_meeting_on,completed_on,signed_on,signed_by_role,support,attendance_percent\n"


@pytest.fixture
def entries(roll):
    return roll("V01", 3, school="900001")


@pytest.fixture
def head(signed_in):
    return signed_in("head")


def bring(browser, **files):
    """Sends files, each a text by its name without the ending, and gives the answer."""
    sent = [
        SimpleUploadedFile(f"{name.replace('_json', '.json') if '_json' in name else name + '.csv'}", text.encode())
        for name, text in files.items()
    ]
    return browser.post("/plans/files", {"files": sent})


def brought(browser, **files) -> PlanFile:
    answer = bring(browser, **files)
    assert answer.status_code == 302, answer.content.decode()
    return PlanFile.objects.latest("pk")


def keep(browser, file: PlanFile) -> None:
    assert browser.post(f"/plans/files/{file.pk}", {"act": "keep"}).status_code == 302


def a_plan(entry, **more) -> dict:
    return {"plan": "S-1", "child": entry.child, "meeting_on": "2025-04-22", "term": "summer", **more}


def test_csv_files_become_plans_with_targets_views_and_signatures(head, entries):
    file = brought(
        head,
        plans=f"{HEADINGS}S-1,{entries[0].child},22/04/2025,10/09/2025,23/04/2025,24/04/2025,Designated teacher,A key adult,96.4\n",
        targets="plan,target,baseline,measure,due,owner\nS-1,Spells 20 words,8 of 20,20 of 20,18/07/2025,Tutor\nS-1,Reads more,,,Easter,\n",
        views="plan,by,topic,words\nS-1,child,hopes,i want a dog\nS-1,carer,home,Sleeps well\n",
        spend="plan,line,amount,what\nS-1,1,270.50,Six hours of tuition\n",
    )
    assert not Plan.objects.exists()
    keep(head, file)
    plan = Plan.objects.get()
    assert (plan.token, plan.school_year, plan.term, plan.state, plan.reference) == (entries[0].token, 2025, "summer", "signed", "S-1")
    words = {(one.section, one.field): one.words for one in PlanText.objects.all()}
    assert words["child", "hopes"] == "i want a dog" and words["carer", "going"] == "Sleeps well"
    assert words["teacher", "premium"] == "£270.50; Six hours of tuition" and words["teacher", "support"] == "A key adult"
    first, second = PlanTarget.objects.order_by("number")
    assert (first.text, first.due.isoformat(), first.precise) == ("Spells 20 words", "2025-07-18", True)
    assert (second.due, second.measure) == (None, "by Easter")
    assert plan.signatures.get().role == "designated_teacher" and plan.meetings.get().held_on.isoformat() == "2025-04-22"
    shown = head.get(f"/plans/child/{plan.token}/{plan.pk}").content.decode()
    assert "96.4%" in shown and "i want a dog" in shown and "As the file says" in shown


def test_json_and_a_token_serve_as_well(head, entries):
    file = brought(head, plans_json=json.dumps({"plans": [a_plan(entries[0], child=entries[0].token, targets=[{"target": "Swims"}])]}))
    keep(head, file)
    assert Plan.objects.get().state == "met" and PlanTarget.objects.get().text == "Swims"


def test_a_plan_of_no_child_or_term_is_set_aside_with_its_rows_and_told(head, entries):
    file = brought(
        head,
        plans=f"plan,child,meeting_on\nS-1,{entries[0].child},22/04/2025\nS-2,NOBODY,22/04/2025\nS-3,{entries[1].child},\nS-4,{entries[0].token},28/04/2025\n",
        targets="plan,target\nS-1,Swims\nS-2,Hops\nS-2,Runs\n",
    )
    assert [(one["kind"], one["read"], one["kept"], one["set_aside"]) for one in file.account] == [("plans", 4, 1, 3), ("targets", 3, 1, 2)]
    assert [(one["file"], one["row"], one["column"]) for one in file.findings] == [
        ("plans.csv", 3, "child"),
        ("plans.csv", 4, "term"),
        ("plans.csv", 5, "term"),
    ]
    assert "NOBODY" not in str(file.findings)
    keep(head, file)
    assert Plan.objects.count() == 1 and [one.text for one in PlanTarget.objects.all()] == ["Swims"]


def test_a_child_of_another_authority_is_not_found(head, entries, signed_in, roll):
    (other,) = roll("V02", 1)
    file = brought(head, plans=f"plan,child,meeting_on\nS-1,{other.token},22/04/2025\n")
    assert [one["column"] for one in file.findings] == ["child"] and file.held == []
    assert signed_in("head", "V02").get(f"/plans/files/{file.pk}").status_code == 404
    assert signed_in("teacher", school="900001").get("/plans/files").status_code == 404


def test_a_signed_plan_gets_a_new_version_from_a_file(head, entries):
    said = a_plan(entries[0], completed_on="2025-04-23", signed_on="2025-04-24", support="Said before", targets=[{"target": "Old"}])
    keep(head, brought(head, one_json=json.dumps([said])))
    keep(head, brought(head, two_json=json.dumps([{**said, "support": "Said since", "targets": [{"target": "New"}]}])))
    plan = Plan.objects.get()
    assert plan.version == 2
    path = f"/plans/child/{plan.token}/{plan.pk}"
    now, before = (head.get(address).content.decode() for address in (path, f"{path}/version/1"))
    assert "Said since" in now and "New" in now and "Old" not in now
    assert "Said before" in before and "Old" in before and "Said since" not in before


def test_the_same_files_are_not_kept_twice_and_discarded_ones_leave_nothing(head, entries):
    text = json.dumps([a_plan(entries[0])])
    file = brought(head, one_json=text)
    head.post(f"/plans/files/{file.pk}", {"act": "discard"})
    file.refresh_from_db()
    assert (file.state, file.held) == ("discarded", []) and not Plan.objects.exists()
    keep(head, brought(head, one_json=text))
    assert b"were brought and kept before" in bring(head, one_json=text).content


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"notes_json": "{"}, "This is not json that can be read."),
        ({"colours": "red,green\n1,2\n"}, "Its columns are of no table of plans."),
    ],
)
def test_what_is_no_file_of_plans_is_told_with_what_to_do(head, entries, files, told):
    answer = bring(head, **files)
    assert answer.status_code == 400 and told in answer.content.decode() and not PlanFile.objects.exists()

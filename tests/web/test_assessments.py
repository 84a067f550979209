"""Teachers' termly assessments: by form for a child and a class, by file with every row accounted for, and who sees them."""

import datetime
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from web_day import TODAY

from virtualschool.web.models import Event, Plan, PlanFile, PlanTerm, TeacherAssessment

SUMMER = {"school_year": 2025, "term": "summer"}


@pytest.fixture
def entries(roll):
    PlanTerm.objects.create(la="V01", **SUMMER, starts=datetime.date(2025, 4, 21), ends=datetime.date(2025, 7, 22))
    return roll("V01", 3, school="900001", year_group="8")


@pytest.fixture
def teacher(signed_in, entries):
    return signed_in("teacher", school="900001", name="Tess Teacher")


def own(entry) -> str:
    return f"/plans/child/{entry.token}/assessments?term=2025-summer"


def test_a_teacher_assesses_a_child_in_every_subject_of_the_phase_and_others(teacher, entries):
    shown = teacher.get(own(entries[0])).content.decode()
    for subject in ("English", "Maths", "Science"):
        assert f"{subject}</th>" in shown
    said = {"from_phase-0": "yes", "from_entry-0": "no", "result-0": "4", "baseline_phase-0": "3", "baseline_entry-0": "2"}
    said |= {"from_phase-1": "no", "subject-3": "Art", "from_phase-3": "yes"}
    assert teacher.post(own(entries[0]), said).status_code == 302
    made = {one.subject: (one.from_phase, one.from_entry, one.result, one.year_group) for one in TeacherAssessment.objects.all()}
    assert made == {"English": (True, False, "4", "8"), "Maths": (False, None, "", "8"), "Art": (True, None, "", "8")}
    shown = teacher.get(own(entries[0])).content.decode()
    assert "On track from the start of the phase: 2 of 3 subjects." in shown and "began at 3" in shown and "Tess Teacher" in shown
    plan = Plan.objects.create(la="V01", token=entries[0].token, kind="secondary", **SUMMER)
    assert "Not on track" in teacher.get(f"/plans/child/{plan.token}/{plan.pk}").content.decode()
    assert Event.objects.filter(action="assessed").latest("pk").detail == {"term": "2025-summer", "subjects": 3}


def test_what_does_not_change_is_not_written_again_and_an_empty_line_takes_back(teacher, entries):
    teacher.post(own(entries[0]), {"from_phase-0": "yes"})
    teacher.post(own(entries[0]), {"from_phase-0": "yes"})
    assert TeacherAssessment.objects.count() == 1
    teacher.post(own(entries[0]), {"from_phase-0": ""})
    assert [one.withdrawn for one in TeacherAssessment.objects.order_by("pk")] == [False, True]
    assert "Nobody has assessed the child yet" in teacher.get(own(entries[0])).content.decode()


def test_a_baseline_of_an_earlier_term_stands_in_the_form_of_the_next(teacher, entries):
    said = {"subject": "English", "baseline_phase": "Secure 3", "from_phase": True, "school_year": 2025, "term": "spring"}
    TeacherAssessment.objects.create(la="V01", token=entries[0].token, **said)
    shown = teacher.get(own(entries[0])).content.decode()
    assert 'value="Secure 3"' in shown and '<option value="yes" selected' not in shown


def test_a_class_is_assessed_in_one_subject_at_once(teacher, entries):
    address = "/plans/assessments?term=2025-summer&school=900001&subject=Maths"
    shown = teacher.get(address).content.decode()
    order = sorted(entries, key=lambda one: one.name.casefold())
    assert "Maths, Summer 2024/25: 0 of 3 assessed" in shown and all(entry.name in shown for entry in entries)
    said = {"token": [one.token for one in order], "from_phase-0": "yes", "from_phase-1": "no", "why_not-2": "New this week"}
    assert teacher.post(address, said).status_code == 302
    made = {one.token: (one.from_phase, one.why_not) for one in TeacherAssessment.objects.all()}
    assert made == {order[0].token: (True, ""), order[1].token: (False, ""), order[2].token: (None, "New this week")}
    # A list that changed meanwhile moves nothing to another child.
    answer = teacher.post(address, {**said, "token": [one.token for one in reversed(order)]})
    assert answer.status_code == 400 and TeacherAssessment.objects.count() == 3


def test_who_does_not_assess_sees_no_form_and_another_school_and_authority_nothing(entries, signed_in, member, relate):
    TeacherAssessment.objects.create(la="V01", token=entries[0].token, subject="Music", from_phase=True, **SUMMER)
    worker = member("social_worker")
    relate(worker, entries[0].token)
    browser = signed_in(worker)
    shown = browser.get(own(entries[0])).content.decode()
    assert "Music" in shown and "Keep the assessments" not in shown
    assert browser.post(own(entries[0]), {"from_phase-0": "yes"}).status_code == 404
    carer = member("carer")
    relate(carer, entries[0].token)
    assert signed_in(carer).get(own(entries[0])).status_code == 404
    assert signed_in("teacher", school="900002").get(own(entries[0])).status_code == 404
    other = signed_in("head", la="V02")
    assert other.get(own(entries[0])).status_code == 404
    assert entries[0].name not in other.get("/plans/assessments").content.decode()


def brought(browser, name: str, text: str):
    return browser.post("/plans/assessments/files", {"files": [SimpleUploadedFile(name, text.encode())]})


def test_a_file_is_read_with_an_account_and_findings_and_then_kept(teacher, entries):
    a, b = entries[0].child, entries[1].token
    text = (
        "Child,School year,Term,Subject,From phase,From entry,Result,Assessed on,Why not,Mood\n"
        f"{a},2024/25,Summer,Maths,yes,no,5,28/04/2025,,\n"
        f"{b},2025,summer,Maths,no,,,,,\n"
        f"{a},2025,summer,maths,no,,,,,\n"
        f"{a},2025,summer,Art,,,,,,\n"
        f"{a},2025,summer,Music,perhaps,yes,,31/02/2025,,\n"
        "nobody,2025,summer,Maths,yes,,,,,\n"
        f"{a},,summer,French,yes,,,,,\n"
    )
    assert brought(teacher, "spring.csv", text).status_code == 302
    file = PlanFile.objects.get()
    assert file.account == [{"file": "spring.csv", "part": "", "kind": "assessments", "read": 7, "kept": 3, "set_aside": 4}]
    assert [(one["row"], one["column"], one["wrong"]) for one in file.findings] == [
        (0, "Mood", "no column has this name; it is left out."),
        (4, "subject", "the child has this subject of the term in the file already; the record is set aside."),
        (5, "from_phase, from_entry, why_not", "it says neither on track or not, nor why it cannot be told; the record is set aside."),
        (6, "from_phase", "this is neither yes nor no."),
        (6, "assessed_on", "this is not a date."),
        (7, "child", "no child whom you may assess has this identifier or token; the record is set aside."),
        (8, "school_year", "there is no value, and a record needs one; the record is set aside."),
    ]
    assert not TeacherAssessment.objects.exists()
    assert teacher.post(f"/plans/assessments/files/{file.pk}", {"act": "keep"}).status_code == 302
    made = {
        (one.token, one.subject): (one.from_phase, one.from_entry, one.result, one.assessed_on) for one in TeacherAssessment.objects.all()
    }
    assert made == {
        (entries[0].token, "Maths"): (True, False, "5", TODAY),
        (entries[1].token, "Maths"): (False, None, "", None),
        (entries[0].token, "Music"): (None, True, "", None),
    }
    again = brought(teacher, "spring.csv", text)
    assert again.status_code == 400 and "brought and kept before" in again.content.decode()


def test_json_serves_as_well_and_what_is_no_file_of_assessments_is_told(teacher, entries, signed_in):
    row = {"child": entries[0].token, "school_year": 2025, "term": "summer", "subject": "Maths", "from_phase": True}
    assert brought(teacher, "a.json", json.dumps({"assessments": [row]})).status_code == 302
    assert PlanFile.objects.get().account[0]["kept"] == 1
    for name, text, told in (
        ("a.csv", "pupil,grade\nA,5\n", "it has no column child or subject"),
        ("a.json", "{", "not JSON that can be read"),
        ("a.txt", "x", "neither CSV nor JSON"),
    ):
        answer = brought(teacher, name, text)
        assert answer.status_code == 400 and told in answer.content.decode().lower().replace("json", "JSON").replace("csv", "CSV")
    # Who brought it decides about it; another teacher does not see it.
    assert signed_in("teacher", school="900002").get(f"/plans/assessments/files/{PlanFile.objects.get().pk}").status_code == 404


def test_every_column_of_an_assessment_has_its_level_in_the_table_of_roles():
    from virtualschool.web import roles
    from virtualschool.web.actions.assessments import FIELDS

    named = roles._table()["levels"]["normal"]
    assert [name for name in ("subject", *FIELDS) if f"assessment_{name}" not in named] == []
    assert {roles.level_of(name) for name in named} == {"normal"}

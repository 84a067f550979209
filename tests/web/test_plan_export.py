"""Plans taken away as files come back as the same plans, and a rebuild takes them in."""

import csv
import datetime
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from web_day import TODAY

from virtualschool.web import children, plan_records
from virtualschool.web.actions import plan_export
from virtualschool.web.models import (
    Event,
    Plan,
    PlanFile,
    PlanMeeting,
    PlanRows,
    PlanSignature,
    PlanStep,
    PlanTarget,
    PlanTerm,
    PlanText,
    TeacherAssessment,
)  # fmt: skip

SUMMER = {"school_year": 2025, "term": "summer"}
EXACT = "  i like art!!\r\n\r\n=1+1 \n- \"quoted\", and 'single'  "
DAY = datetime.date(2025, 4, 24)


@pytest.fixture
def entries(roll):
    PlanTerm.objects.create(la="V01", **SUMMER, starts=datetime.date(2025, 4, 21), ends=datetime.date(2025, 7, 22))
    return roll("V01", 3, school="900001")


@pytest.fixture
def plans(entries):
    """A plan that is signed with something in every table, one that is begun, and one that was closed."""
    signed = Plan.objects.create(la="V01", token=entries[0].token, kind="secondary", state="signed", **SUMMER)
    for state in ("draft", "met", "complete", "signed"):
        PlanStep.objects.create(plan=signed, state=state, on=DAY, by="Ada Head")
    for section, field, words in (
        ("child", "learning", EXACT), ("child", "hopes", "a vet"), ("carer", "will_do", "=Reads with me"),
        ("teacher", "support", "A key adult"),
        ("social_worker", "family", "Mum is glad"), ("virtual_school", "feedback", "Well seen"),
    ):  # fmt: skip
        PlanText.objects.create(plan=signed, section=section, field=field, words=words, school_may_read=section == "child")
    said = {
        "baseline": "8 of 20",
        "measure": "20 of 20",
        "owner": "Tutor",
        "often": "weekly",
        "need": "Gaps",
        "view": "art",
        "help": "Tuition",
    }
    more = {
        "category": "reading",
        "help_by": "Tutor",
        "help_where": "Library",
        "help_when": "Mondays",
        "in_own_words": "I spell 20",
        "spend": "£9",
    }
    PlanTarget.objects.create(plan=signed, number=1, text="Spells 20 words", due=TODAY, precise=True, outcome="met", evidence="Test",
        reviewed_on=TODAY, **said, **more)  # fmt: skip
    PlanTarget.objects.create(plan=signed, number=3, text="Swims")
    people = [{"role": "carer", "name": "C. Carer", "part": "present"}, {"role": "child", "name": "", "part": "sent_views"}]
    PlanMeeting.objects.create(plan=signed, planned_on=TODAY, held_on=DAY, next_on=datetime.date(2025, 9, 10), participation="sent_views",
        participation_why="Asked by the key adult", people=people)  # fmt: skip
    for role in ("designated_teacher", "social_worker"):
        PlanSignature.objects.create(plan=signed, role=role, on=DAY, by=f"A {role}")
    for table, rows in {
        "plans": [{"attendance_percent": "96.4", "sen": "support", "sen_review_on": "2025-06-02", "change_planned": False}],
        "spend": [{"line": "1", "amount": 27050, "strand": "looked_after", "purpose": "literacy", "what": "Tuition", "target": "1"}],
        "attendance": [{"from": "2025-04-21", "to": "2025-04-25", "sessions_possible": 10, "sessions_missed": 1}],
        "needs": [{"id": "n1", "need": "Gaps", "rank": "high", "cause": "Moves", "evidence": "Test"}],
        "actions": [{"id": "a1", "action": "Ring the school", "owner_role": "social_worker", "due_on": "2025-05-01"}],
        "attainment": [{"subject": "English", "result": "4", "standing": "below", "on_track": True, "recorded_on": "2025-04-22"}],
        "schools": [{"school": "900001", "from": "2023-09-04"}],
    }.items():  # fmt: skip
        PlanRows.objects.create(plan=signed, table=table, rows=rows)
    begun = Plan.objects.create(la="V01", token=entries[1].token, kind="primary", **SUMMER)
    PlanStep.objects.create(plan=begun, state="draft", on=DAY)
    PlanText.objects.create(plan=begun, section="child", field="learning", words="", not_today=True)
    closed = Plan.objects.create(la="V01", token=entries[2].token, kind="primary", state="closed", **SUMMER)
    PlanStep.objects.create(plan=closed, state="draft", on=DAY)
    PlanStep.objects.create(plan=closed, state="closed", on=TODAY, why="Care ended")
    TeacherAssessment.objects.create(
        la="V01", token=entries[0].token, subject="Maths", from_phase=True, from_entry=False, result="5", **SUMMER
    )
    return [signed, begun, closed]


@pytest.fixture
def head(signed_in):
    return signed_in("head")


def taken(browser, style: str) -> dict[str, bytes]:
    answer = browser.post("/plans/export", {"style": style, "term": "", "reason": "Moving to another system"})
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    if style == "json":
        return {"plans.json": answer.content}
    with zipfile.ZipFile(io.BytesIO(answer.content)) as held:
        return {name: held.read(name) for name in held.namelist()}


def standing() -> dict:
    """Everything that stands in the plans, without numbers of rows and who entered them."""
    made = {}
    for plan in Plan.objects.order_by("token"):
        made[plan.token] = {
            "plan": (plan.school_year, plan.term, plan.kind, plan.state, plan.reference),
            "texts": sorted((one.section, one.field, one.words, one.not_today, one.school_may_read) for one in plan.texts.all()),
            "targets": [
                (one.text, one.baseline, one.measure, one.due, one.owner, one.often, one.need, one.view, one.category, one.help,
                 one.help_by, one.help_where, one.help_when, one.in_own_words, one.spend,
                 one.outcome, one.evidence, one.reviewed_on, one.precise)
                for one in plan.targets.order_by("number")
            ],
            "meetings": [
                (one.planned_on, one.held_on, one.next_on, one.participation, one.participation_why, one.people)
                for one in plan.meetings.all()
            ],
            "signatures": sorted((one.role, one.on, one.for_name or one.by) for one in plan.signatures.all()),
            "steps": sorted({(one.state, one.on) for one in plan.steps.all()}),
        }  # fmt: skip
    return made


@pytest.mark.parametrize("style", ["csv", "json"])
def test_what_is_exported_imports_to_the_same_plans(plans, head, style):
    for plan in plans:
        plan.reference = f"V01-{plan.pk}"
        plan.save()
    before, files = standing(), taken(head, style)
    first, _ = plan_export.held("V01")
    Plan.objects.all().delete()
    sent = [SimpleUploadedFile(name, content) for name, content in files.items() if name != "assessments.csv"]
    assert head.post("/plans/files", {"files": sent}).status_code == 302
    file = PlanFile.objects.latest("pk")
    assert not file.findings and {one["set_aside"] for one in file.account} == {0}
    head.post(f"/plans/files/{file.pk}", {"act": "keep"})
    assert standing() == before
    # And what the rules judge by is the same, table by table.
    again, _ = plan_export.held("V01")
    for one, other in zip(sorted(first, key=lambda one: one.id), sorted(again, key=lambda one: one.id), strict=True):
        assert tell(one.fields) == tell(other.fields)
        assert {name: [tell(row, targets=name == "targets") for row in rows] for name, rows in one.rows.items() if rows} == {
            name: [tell(row, targets=name == "targets") for row in rows] for name, rows in other.rows.items() if rows
        }


def tell(row: dict, *, targets: bool = False) -> dict:
    return {name: value for name, value in row.items() if value is not None and not (targets and name == "id")}


def test_texts_that_look_like_formulas_bear_an_apostrophe(plans, head):
    rows = list(csv.DictReader(io.StringIO(taken(head, "csv")["texts.csv"].decode(), newline="")))
    assert [row["words"] for row in rows if row["field"] == "will_do"] == ["'=Reads with me"]
    assert next(row["words"] for row in rows if row["field"] == "learning") == EXACT


def test_no_name_of_a_child_is_in_the_files_and_the_export_leaves_an_event(plans, entries, head):
    files = taken(head, "csv")
    assert not any(entry.name.encode() in content for entry in entries for content in files.values())
    event = Event.objects.filter(action="downloaded").latest("pk")
    assert event.detail["plans"] == 3 and event.detail["assessments"] == 1 and event.reason == "Moving to another system"
    assert head.post("/plans/export", {"style": "csv", "term": "", "reason": ""}).status_code == 400


def test_only_the_virtual_school_takes_plans_away_and_only_its_own(plans, signed_in):
    assert signed_in("teacher", school="900001").get("/plans/export").status_code == 404
    answer = signed_in("head", la="V02").post("/plans/export", {"style": "json", "term": "", "reason": "To look at them"})
    assert answer.status_code == 400 and "there are none" in answer.content.decode()


def test_plans_are_read_some_at_a_time_and_none_is_lost(plans, monkeypatch):
    known = {one.token: one for one in children.everyone("V01")}
    whole = plan_records.records(Plan.objects.all(), known)
    monkeypatch.setattr(plan_records, "AT_ONCE", 1)
    assert len(whole) > 1 and plan_records.records(Plan.objects.all(), known) == whole


def test_a_term_can_be_taken_alone(plans, head):
    Plan.objects.create(la="V01", token=plans[0].token, kind="primary", school_year=2025, term="spring")
    answer = head.post("/plans/export", {"style": "json", "term": "2025-spring", "reason": "To look at them"})
    assert [one["term"] for one in json.loads(answer.content)["plans"]] == ["spring"]


def test_a_folder_written_by_command_is_what_a_build_reads(plans, tmp_path):
    from virtualschool import read
    from virtualschool.plans import marks
    from virtualschool.store import Store

    assert plan_export.write("V01", tmp_path / "out") == (3, 1)
    with Store(tmp_path / "store").draft(threads=1) as draft:
        found = read.read(read.inputs_of([(None, tmp_path / "out")]), draft, lambda *_: None)
        draft.rest_empty()
        marks.marks(draft)
        count = {
            name: draft.engine.value(f'SELECT count(*) FROM "{name}"')
            for name in ("plans", "plan_targets", "plan_marks", "teacher_assessments")
        }
        assert not found.findings and {one.la for one in found.files} == {"V01"}
        assert count == {"plans": 3, "plan_targets": 2, "plan_marks": 3 * 62, "teacher_assessments": 1}
        assert draft.engine.value("SELECT sum(amount) FROM plan_spend") == 27050
        assert draft.engine.value("SELECT words FROM plan_texts WHERE field = 'will_do'") == "=Reads with me"

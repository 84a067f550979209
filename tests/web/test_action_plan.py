"""Pages of the action plan: taken on by a person, closed with evidence, carried forward, never deleted. Everything is invented."""

import datetime
import io
import json
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from web_day import TODAY
from web_improvement import ABSENT, Asked, found, own_store

from virtualschool.errors import WrongUse
from virtualschool.frameworks import action_plan_file
from virtualschool.frameworks.action_plan import Reading
from virtualschool.web import worklist
from virtualschool.web.actions import action_plan as actions
from virtualschool.web.actions import evaluation
from virtualschool.web.models import ActionResult, Event, PlannedAction, ProposalPassed
from virtualschool.web.presenters import action_plan as presenter
from virtualschool.web.presenters.evaluation import in_use
from virtualschool.years import school_year_of

__all__ = ["own_store"]
DAY = datetime.timedelta(days=1)
YEAR = school_year_of(TODAY)
FORM = {
    "year": str(YEAR), "priority": "Be in school", "words": "Ring by ten", "due": f"{TODAY + 30 * DAY:%d/%m/%Y}", "criteria": [ABSENT],
    "success": "The log says so", "status": "open", "milestone_1": "Rota agreed", "milestone_1_due": f"{TODAY - DAY:%d/%m/%Y}",
}  # fmt: skip


@pytest.fixture
def head(member):
    return Asked(member("head"))


def planned(asked, **more):
    said = {
        "year": YEAR, "priority": "Be in school", "words": "Ring by ten", "due": TODAY + 30 * DAY, "criteria": [ABSENT], "indicators": [],
        "measure": "", "success": "The log says so", "status": "open", "milestones": [], "impact": "", "evidence": "", "note": "",
    }  # fmt: skip
    return actions.write(asked, owner=asked.viewer.membership, **{**said, **more})


def test_an_action_has_a_lead_a_day_and_milestones_and_every_change_is_a_version(signed_in, member):
    browser = signed_in("team", name="First Lead")
    said = {**FORM, "owner": str(browser.membership.pk)}
    assert browser.post("/improvement/plan/new", {**said, "owner": ""}).status_code == 400
    answer = browser.post("/improvement/plan/new", said)
    row = PlannedAction.objects.get()
    assert answer.headers["Location"] == f"/improvement/plan/action/{row.key}" and (row.ref, row.owner_name) == ("A1", "First Lead")
    browser.post(f"/improvement/plan/action/{row.key}/change", {**said, "words": "Ring by nine", "version": str(row.pk)})
    page = browser.get(f"/improvement/plan/action/{row.key}").content.decode()
    assert "Ring by nine" in page and "Changed: action" in page and PlannedAction.objects.count() == 2
    stale = browser.post(f"/improvement/plan/action/{row.key}/change", {**said, "version": str(row.pk)})
    assert stale.status_code == 400 and b"somebody changed it meanwhile" in stale.content
    assert signed_in("head", "V02").get(f"/improvement/plan/action/{row.key}").status_code == 404


def test_an_action_is_done_only_with_evidence_and_what_changed_for_children(head):
    row = planned(head)
    with pytest.raises(WrongUse, match="no evidence, or not what changed"):
        planned(head, before=row, status="done", evidence="Log")
    done = planned(head, before=row, status="done", evidence="Log", impact="More are there")
    assert (done.closed, done.key, done.ref) == (TODAY, row.key, "A1")


def test_what_is_carried_forward_is_closed_with_a_reason_and_goes_on_in_a_later_year(head):
    row = planned(head)
    with pytest.raises(WrongUse, match="Say why it is carried forward"):
        actions.carry_forward(head, row, YEAR + 1, " ")
    new = actions.carry_forward(head, row, YEAR + 1, "Staff left")
    (old,) = actions.rows("V01", year=YEAR)
    assert (old.status, old.note, old.carried_to) == ("carried forward", "Staff left", new.key)
    assert (new.year, new.ref, new.origin, new.status, new.drawn_from) == (YEAR + 1, "A1", "last year", "open", f"A1 of {YEAR}")


def test_a_milestone_is_marked_as_reached_and_a_late_one_is_on_the_worklist(head):
    milestones = [{"words": "Rota agreed", "due": (TODAY - DAY).isoformat(), "done": None}]
    row = planned(head, milestones=milestones)
    worklist.refresh("V01", anew=True)
    assert found("milestone_late").words == "Milestone of A1 is late: Rota agreed"
    actions.reach(head, row, 0)
    worklist.refresh("V01", anew=True)
    assert found("milestone_late").gone == TODAY


def test_an_action_past_its_day_is_on_the_worklist_until_it_is_closed(head):
    row = planned(head, due=TODAY - DAY)
    worklist.refresh("V01", anew=True)
    assert found("action_late").words == "Action A1 is late: Ring by ten"
    planned(head, before=row, due=row.due, status="dropped", note="Another way was found")
    worklist.refresh("V01", anew=True)
    assert found("action_late").gone == TODAY


def test_progress_is_read_from_the_figures_and_a_result_is_noted_with_its_snapshot(head, signed_in):
    row = planned(head, measure="persistent_absence", target=Decimal(0), target_year=2025)
    line = presenter.line(head.viewer, row)
    assert line["reading"].year <= 2025 and line["told"].verdict in ("missed", "cannot tell", "too few children", "hidden", "no figure yet")
    noted = actions.note_result(head, row, Reading(2025, 18.0, 12.0, 25.0, 90, "", "s1", TODAY))
    assert (noted.verdict, noted.snapshot) == ("missed", "s1")
    assert "Missed" in signed_in("analyst").get(f"/improvement/plan/action/{row.key}").content.decode()
    assert ActionResult.objects.count() == 1


def test_a_gap_is_proposed_and_a_person_takes_it_on_or_says_why_not(head, signed_in):
    chosen = in_use()
    made = evaluation.write_finding(head, chosen, ABSENT, side="gap", words="Absence rises", weight="great", action="Plan each move")
    other = evaluation.write_finding(head, chosen, ABSENT, side="gap", words="Few lifts", weight="some", action="")
    browser = signed_in("team")
    page = browser.get("/improvement/plan/proposals").content.decode()
    assert "Plan each move" in page and "Close the gap: Few lifts" in page
    said = {**FORM, "owner": str(browser.membership.pk)}
    browser.post(f"/improvement/plan/new?year={YEAR}&proposal=gap:{made.key}", said)
    row = PlannedAction.objects.get()
    assert (row.origin, row.proposal) == ("evidence gap", f"gap:{made.key}") and "Absence rises" in row.drawn_from
    browser.post(f"/improvement/plan/proposals?year={YEAR}", {"proposal": f"gap:{other.key}", "why": ""})
    assert not ProposalPassed.objects.exists()
    browser.post(f"/improvement/plan/proposals?year={YEAR}", {"proposal": f"gap:{other.key}", "why": "Not ours to do"})
    found = presenter.proposals(head.viewer, chosen, YEAR)
    assert [one["key"] for one in found["taken"]] == [f"gap:{made.key}"]
    assert [one["answer"].why for one in found["passed"]] == ["Not ours to do"]


def test_the_plan_leaves_as_csv_excel_word_pdf_and_json(own_store, head, signed_in):
    planned(head, words="=Ring by ten", milestones=[{"words": "Rota", "due": TODAY.isoformat(), "done": None}])
    browser = signed_in("analyst")

    def file(kind):
        return browser.get(f"/improvement/plan/file/{kind}?year={YEAR}").content

    assert "'=Ring by ten" in file("csv").decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(file("xlsx"))).active
    assert [cell.value for cell in sheet[4]][4] == "=Ring by ten" and sheet[4][4].data_type != "f"
    assert json.loads(file("json"))["actions"][0]["words"] == "=Ring by ten"
    assert b"=Ring by ten" in zipfile.ZipFile(io.BytesIO(file("docx"))).read("word/document.xml")
    assert file("pdf").startswith(b"%PDF")
    assert Event.objects.filter(action="downloaded", kind="evaluation").count() == 5


def test_a_plan_from_a_file_joins_the_plan_and_reports_find_its_copy(own_store, head, signed_in, django_capture_on_commit_callbacks):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = signed_in("head")
    text = f"id,year,priority,words,owner,due,criteria,success\nB7,{YEAR},Read,Buy books,Somebody Else,{TODAY},{ABSENT},Seen\n"
    said = {"file": SimpleUploadedFile("plan.csv", text.encode()), "owner": str(browser.membership.pk)}
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post("/improvement/plan/bring", said).status_code == 302
    (held,) = action_plan_file.held(own_store, "V01").actions
    assert (held.id, held.words, held.priority) == ("B7", "Buy books", "Read")
    again = browser.post("/improvement/plan/bring", {**said, "file": SimpleUploadedFile("plan.csv", text.encode())})
    assert again.status_code == 400 and b"the plan has these already: B7" in again.content

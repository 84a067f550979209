"""Pages of self-evaluation: what people record, who owns it, and what the rules forbid. Everybody and every grade is invented."""

import pytest
from web_day import TODAY
from web_improvement import ABSENT, ILACS, LAC, Asked, found, own_store

from virtualschool.errors import WrongUse
from virtualschool.frameworks import evaluation_file, frameworks, keeping
from virtualschool.web import worklist
from virtualschool.web.actions import evaluation as actions
from virtualschool.web.models import Decision, EvaluationEvidence, EvaluationFinding, EvaluationGrade, Event, Recommendation
from virtualschool.web.presenters import evaluation as presenter

__all__ = ["own_store"]
AT = f"/improvement/ilacs-2026/criterion/{ABSENT}"


@pytest.fixture
def head(member):
    return Asked(member("head"))


def note(asked, criterion=ABSENT, framework=ILACS, **more):
    said = {"kind": "document", "words": "The panel met", "document": "minutes", "where": "", "dated": None, **more}
    return actions.add_evidence(asked, framework, criterion, **said)


# --- Criteria ---


def test_evidence_of_three_kinds_stands_on_the_page_of_its_criterion_and_leaves_events_without_words(signed_in):
    browser = signed_in("team")
    said = {"act": "evidence", "evidence-kind": "document", "evidence-words": "Panel met weekly", "evidence-document": "minutes"}
    assert browser.post(AT, said).status_code == 302
    browser.post(AT, {"act": "evidence", "evidence-kind": "voice", "evidence-words": "Mornings are easier now"})
    browser.post(AT, {"act": "pin", "figure": "persistent_absence"})
    page = browser.get(AT).content.decode()
    assert "Panel met weekly" in page and "Mornings are easier now" in page and "Unchanged since it was pinned." in page
    pinned = EvaluationEvidence.objects.get(kind="figure").figure
    assert pinned["measure"] == "persistent_absence" and pinned["snapshot"] and "england" in pinned["beside"]
    details = [event.detail for event in Event.objects.filter(kind="evaluation").exclude(action="viewed")]
    assert len(details) == 3 and "Panel" not in str(details)


def test_a_document_says_its_kind_and_no_figure_is_pinned_that_there_is_none_of(signed_in):
    browser = signed_in("team")
    answer = browser.post(AT, {"act": "evidence", "evidence-kind": "document", "evidence-words": "x"})
    assert answer.status_code == 400 and b"Choose one: kind of document." in answer.content
    assert browser.post(AT, {"act": "pin", "figure": "nothing"}).status_code == 404
    assert not EvaluationEvidence.objects.exists()


def test_a_finding_that_is_changed_or_taken_back_stays_in_the_history(signed_in):
    browser = signed_in("head")
    said = {"side": "gap", "words": "Absence rises", "weight": "great", "action": ""}
    browser.post(AT, {"act": "finding", **{f"finding-{name}": value for name, value in said.items()}})
    row = EvaluationFinding.objects.get()
    browser.post(f"/improvement/finding/{row.key}", {**said, "words": "Absence rises after moves"})
    assert "Absence rises after moves" in browser.get(AT).content.decode()
    assert browser.post(f"/improvement/take-back/finding/{row.key}", {"why": ""}).status_code == 400
    browser.post(f"/improvement/take-back/finding/{row.key}", {"why": "It was wrong"})
    assert "Absence rises" not in browser.get(AT).content.decode()
    history = browser.get("/improvement/ilacs-2026/history").content.decode()
    assert history.count("Absence rises after moves") == 2 and "Why: It was wrong" in history and "Gap recorded, weight great" in history


def test_an_owner_finds_the_criterion_among_theirs_and_others_do_not(signed_in, member):
    owner = member("team", name="Own Er")
    browser = signed_in("head")
    browser.post(AT, {"act": "owner", "owner-owner": str(owner.pk)})
    words = next(one.words for one in ILACS.criteria if one.id == ABSENT)
    assert words in signed_in(owner).get("/improvement/mine").content.decode()
    assert words not in browser.get("/improvement/mine").content.decode()
    stranger = member("team", "V02")
    assert browser.post(AT, {"act": "owner", "owner-owner": str(stranger.pk)}).status_code == 400


def test_another_authoritys_records_are_on_no_page(signed_in, member):
    other = Asked(member("head", "V02"))
    note(other, words="Only of V02")
    actions.grade(other, ILACS, "ilacs.care_leavers", "good", "Only of V02, too")
    browser = signed_in("head")
    for address in (
        "/improvement/",
        "/improvement/ilacs-2026/",
        AT,
        "/improvement/ilacs-2026/area/ilacs.care_leavers",
        "/improvement/ilacs-2026/history",
    ):
        assert "Only of V02" not in browser.get(address).content.decode(), address
    key = EvaluationEvidence.objects.get().key
    assert browser.get(f"/improvement/take-back/evidence/{key}").status_code == 404


def test_an_analyst_reads_and_changes_nothing(signed_in):
    browser = signed_in("analyst")
    assert b"Record a strength or a gap" not in browser.get(AT).content
    assert browser.post(AT, {"act": "pin", "figure": "persistent_absence"}).status_code == 404
    assert browser.get("/improvement/ilacs-2026/area/ilacs.leaders/grade").status_code == 404


# --- Grades ---


def test_a_grade_is_recorded_by_a_person_with_a_reason_and_the_newest_stands(signed_in):
    browser = signed_in("team", name="Gra Der")
    at = "/improvement/ilacs-2026/area/ilacs.care_leavers"
    assert browser.post(f"{at}/grade", {"grade": "good", "reason": ""}).status_code == 400
    browser.post(f"{at}/grade", {"grade": "requires_improvement", "reason": "Too few in touch"})
    browser.post(f"{at}/grade", {"grade": "good", "reason": "Better since"})
    page = browser.get(at).content.decode()
    assert "Gra Der" in page and "Better since" in page and "Too few in touch" in page
    assert actions.given("V01", ILACS) == {"ilacs.care_leavers": "good"}
    browser.post(f"{at}/grade", {"act": "back", "back-why": "An error"})
    assert actions.given("V01", ILACS) == {} and EvaluationGrade.objects.count() == 3


def test_a_must_rule_forbids_and_only_the_head_overrides_it_with_a_reason(head, member):
    actions.grade(head, LAC, "lac.enjoying", "inadequate", "Evidence")
    for name in LAC.areas_of("lac.overall"):
        if name != "lac.enjoying":
            actions.grade(head, LAC, name, "good", "Evidence")
    with pytest.raises(WrongUse, match="may be inadequate at best"):
        actions.grade(head, LAC, "lac.overall", "good", "Evidence")
    with pytest.raises(WrongUse, match="only the Virtual School Head"):
        actions.grade(Asked(member("team")), LAC, "lac.overall", "good", "Evidence", "We differ")
    made = actions.grade(head, LAC, "lac.overall", "good", "Evidence", "Appeal upheld")
    assert made.against == ["lac.rule.overall_inadequate_core_outcomes"] and made.override == "Appeal upheld"


def test_what_was_seen_in_outcomes_warns_and_narrows_nothing(signed_in):
    """Rules that are observed warn: every grade stays permitted."""
    old = frameworks()["ilacs-2023"]
    observed = next(rule for rule in old.rules if rule.strength == "observed" and rule.max_grade)
    given = {name: "inadequate" for name in old.judgements if name != observed.target}
    said = presenter.simulated(old, given)
    assert any(one["rule"].id == observed.id for one in said["warnings"])
    capped = {cap["rule"] for cap in said["caps"]}
    assert observed.id not in capped


def test_the_framework_of_2026_shows_no_overall_grade_on_any_page(signed_in, head):
    for name in ILACS.judgements:
        actions.grade(head, ILACS, name, "good", "Evidence")
    browser = signed_in("head")
    for address in ("/improvement/ilacs-2026/", "/improvement/ilacs-2026/simulator", "/improvement/ilacs-2026/area/ilacs.leaders"):
        page = browser.get(address).content.decode()
        assert "Overall effectiveness" not in page and "ilacs.overall" not in page
    assert browser.get("/improvement/ilacs-2026/area/ilacs.overall").status_code == 404
    assert browser.post("/improvement/ilacs-2026/area/ilacs.overall/grade", {"grade": "good", "reason": "x"}).status_code == 404


def test_the_simulator_applies_the_rules_to_grades_that_it_keeps_nowhere(signed_in):
    page = signed_in("analyst").get("/improvement/ofsted-2009-lac/simulator?lac.safe=inadequate").content.decode()
    assert "Overall effectiveness: Inadequate at best." in page and "Outstanding</strong> again, not Inadequate" in page
    assert not EvaluationGrade.objects.exists()


def test_reports_find_a_copy_of_what_stands(own_store, head, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        note(head)
        actions.write_finding(head, ILACS, ABSENT, side="gap", words="Absence rises", weight="great", action="")
        actions.grade(head, ILACS, "ilacs.care_leavers", "good", "Evidence")
    found = evaluation_file.held(own_store, "V01")
    assert (found.framework, [one.words for one in found.findings]) == ("ilacs-2026", ["Absence rises"])
    assert [(one.judgement, one.grade, one.by) for one in found.grades] == [("ilacs.care_leavers", "good", "Test head")]
    assert found == actions.standing("V01", ILACS) and evaluation_file.held(own_store, "V02").framework == ""


# --- A change of framework ---


def test_evidence_is_carried_once_by_the_crosswalk_and_the_old_stays(signed_in, head):
    note(head, "lac.enjoying.33b", LAC, words="Attendance panel")
    note(head, "lac.capacity.20a", LAC, words="Nowhere to go")
    browser = signed_in("head")
    page = browser.get("/improvement/carry?old=ofsted-2009-lac&new=ilacs-2026").content.decode()
    assert "Carry 1 piece of evidence" in page and "Nowhere to go" in page
    for _ in range(2):
        browser.post("/improvement/carry", {"old": "ofsted-2009-lac", "new": "ilacs-2026"})
    (moved,) = EvaluationEvidence.objects.filter(framework="ilacs-2026")
    assert (moved.criterion, moved.origin, moved.words) == (ABSENT, "lac.enjoying.33b", "Attendance panel")
    assert EvaluationEvidence.objects.filter(framework="ofsted-2009-lac").count() == 2


# --- What was asked for ---


def test_a_recommendation_that_is_late_is_on_the_worklist_until_it_is_done(head):
    import datetime

    day = datetime.timedelta(days=1)
    said = {"framework": "ilacs-2026", "about": ABSENT, "words": "Act in ten days", "source": "Report", "required": True, "outcome": ""}
    row = actions.recommend(head, owner=None, made_on=TODAY - 9 * day, due=TODAY - day, done=None, **said)
    worklist.refresh("V01", anew=True)
    assert found("recommendation_late").words == "Required action is late: Act in ten days"
    with pytest.raises(WrongUse, match="Say what was done"):
        actions.recommend(head, row, owner=None, made_on=row.made_on, due=row.due, done=TODAY, **said)
    actions.recommend(head, row, owner=None, made_on=row.made_on, due=row.due, done=TODAY, **{**said, "outcome": "Log"})
    worklist.refresh("V01", anew=True)
    assert found("recommendation_late").gone == TODAY
    assert Recommendation.objects.count() == 2


# --- Lists ---

REGISTER = "la,date,type,framework,area,grade,source\nV01,2024-06-03,standard,ilacs-2023,ilacs.care_leavers,good,invented\n"


def test_a_register_is_brought_by_the_page_and_shows_ours(own_store, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = signed_in("head")
    assert b"No register is held" in browser.get("/improvement/inspections").content
    bad = browser.post(
        "/improvement/inspections", {"file": SimpleUploadedFile("bad.csv", b"la,date,type,framework,area,grade,source\nV01,x,,,,,\n")}
    )
    assert bad.status_code == 400 and b"this is not a date" in bad.content
    assert browser.post("/improvement/inspections", {"file": SimpleUploadedFile("outcomes.csv", REGISTER.encode())}).status_code == 302
    page = browser.get("/improvement/inspections").content.decode()
    assert "3 June 2024" in page and "1 kept, 0 set aside of 1" in page
    assert keeping.held(own_store, keeping.OUTCOMES, "V01").file == "outcomes.csv"


def test_the_command_keeps_a_register_where_the_pages_find_it(own_store, tmp_path, signed_in):
    from typer.testing import CliRunner

    from virtualschool.cli import app

    file = tmp_path / "outcomes.csv"
    file.write_text(REGISTER)
    command = ["inspections", str(file), "--keep", "--format", "json"]
    assert isinstance(CliRunner().invoke(app, command).exception, WrongUse)
    assert CliRunner().invoke(app, [*command, "--store", str(own_store)]).exit_code == 0
    assert "3 June 2024" in signed_in("head").get("/improvement/inspections").content.decode()


def test_what_children_said_and_what_was_done_begins_a_piece_of_evidence(signed_in):
    row = Decision.objects.create(la="V01", you_said="Lifts help", we_did="There are more", state="done", on=TODAY)
    other = Decision.objects.create(la="V02", you_said="Of V02", we_did="x", state="done", on=TODAY)
    browser = signed_in("team")
    page = browser.get(f"{AT}?said={row.pk}").content.decode()
    assert "Lifts help\nThere are more</textarea>" in page and "You said, we did, 28 April 2025" in page
    assert "Of V02" not in browser.get(f"{AT}?said={other.pk}").content.decode()


def test_a_list_of_figures_reaches_the_criteria_that_rest_on_them(own_store, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = signed_in("head")
    text = b"indicator,numerator,denominator,period,source\naudit_completed_pct,44,60,2024/25,Audit log\n"
    browser.post("/improvement/figures-from-elsewhere", {"file": SimpleUploadedFile("elsewhere.csv", text)})
    page = browser.get("/improvement/ilacs-2026/criterion/ilacs.leaders.quality_assurance").content.decode()
    assert "73.3%" in page and "44 of 60" in page and "Audit log" in page
    assert "Audited cases that are good or better" in page and "No figure" in page

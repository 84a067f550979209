"""Every rule on an invented plan that meets them all, spoilt one thing at a time."""

import json
from collections import Counter

import pytest
from an_invented_plan import BEFORE, PLAN, TODAY, plan

from virtualschool.plans.files import read_plans
from virtualschool.plans.judging import JUDGES, judge_plan
from virtualschool.plans.layout import tables
from virtualschool.plans.rules import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, all_rules, by_id, defaults


def outcomes(tmp_path, changed, before=BEFORE, settings=None):
    file = tmp_path / "plans.json"
    file.write_text(json.dumps({"plans": [*([before] if before else []), changed]}), encoding="utf-8")
    read = read_plans(file)
    assert not read.findings
    return {one.rule.removeprefix("PEP-"): one for one in judge_plan(read.plans[-1], TODAY, settings)}


def rows(table, **changes):
    """A table of the plan with every row changed."""
    return [{**row, **changes} for row in PLAN[table]]


def first(table, **changes):
    """A table of the plan with its first row changed."""
    return [{**PLAN[table][0], **changes}, *PLAN[table][1:]]


def test_the_plan_meets_every_rule_that_applies(tmp_path):
    states = Counter(one.state for one in outcomes(tmp_path, PLAN).values())
    assert states[NOT_MET] == 0
    # Whether the step is ambitious enough is always a person's to say.
    assert [rule for rule, one in outcomes(tmp_path, PLAN).items() if one.state == CANNOT_TELL] == ["G04"]


SPOILT = [
    ("T02", NOT_MET, {"number": 1, "placement_started_on": "2026-09-01", "started_on": "2026-09-16"}),  # 11 working days
    ("T02", MET, {"number": 1, "placement_started_on": "2026-09-01", "started_on": "2026-09-15"}),  # 10
    ("T02", MET, {"number": 1, "placement_started_on": "2026-09-01", "started_on": "2026-08-20"}),
    ("T03", NOT_MET, {"number": 1, "available_on": "2026-09-30", "review_on": None}),  # 21 working days
    ("T03", MET, {"number": 1, "available_on": "2026-09-29", "review_on": None}),  # 20
    ("T03", NOT_MET, {"number": 1, "available_on": "2026-09-29", "review_on": "2026-09-28"}),  # The review was earlier.
    ("T03", NOT_MET, {"number": 1, "available_on": None, "review_on": None}),
    ("T04", NOT_MET, {"meeting_on": "2026-12-20"}),
    ("T04", CANNOT_TELL, {"meeting_on": None}),  # The term still runs.
    ("T05", NOT_MET, {"school_changed_on": "2027-01-05", "meeting_on": "2027-01-20"}),
    ("T05", MET, {"school_changed_on": "2027-01-06", "meeting_on": "2027-01-20"}),
    ("T06", NOT_MET, {"education": "no_place", "place_planned_on": None}),
    ("T06", MET, {"education": "no_place", "place_planned_on": "2027-02-22"}),
    ("T07", NOT_MET, {"completed_on": "2027-02-04"}),
    ("T08", NOT_MET, {"next_meeting_on": "2027-03-01"}),
    ("P01", NOT_MET, {"people": PLAN["people"][:2]}),
    ("P02", NOT_MET, {"participation": None}),
    ("P02", NOT_MET, {"participation": "chose_not", "participation_why": None}),
    ("P02", MET, {"participation": "chose_not", "participation_why": "asked by the mentor, would rather draw"}),
    ("P03", NOT_MET, {"parent": None}),
    ("P04", NOT_MET, {"actions": first("actions", owner="school")}),
    ("P05", NOT_MET, {"signed_by_role": "class teacher"}),
    ("P06", NOT_MET, {"needs_virtual_school": "yes"}),
    ("P06", MET, {"needs_virtual_school": "yes", "people": [*PLAN["people"], {"role": "virtual_school", "part": "present"}]}),
    ("V01", NOT_MET, {"views": PLAN["views"][1:]}),
    ("V01", NOT_MET, {"views": rows("views", said_on="2026-12-01")}),  # Last term's.
    ("V01", MET, {"views": PLAN["views"][4:], "voice_method": "symbols", "participation_why": "chose pictures with the key worker"}),
    ("V02", NOT_MET, {"views": first("views", words="Child is happy in school and states that maths is good")}),
    ("V02", NOT_MET, {"views": first("views", words="n/a"), "voice_method": "form"} | {"views": [{"by": "child", "words": "declined"}]}),
    ("V03", NOT_MET, {"views": [{"by": "child", "topic": "learning", "words": "I like drawing and I find reading hard in the afternoon"}]}),
    ("V04", NOT_MET, {"targets": rows("targets", view=None)}),
    ("V04", NOT_MET, {"told_child_on": None}),
    ("V05", NOT_MET, {"communication_need": "yes"}),
    ("V05", MET, {"communication_need": "yes", "voice_method": "symbols"}),
    ("V06", NOT_MET, {"child_version": None}),
    ("C01", NOT_MET, {"views": PLAN["views"][:4]}),
    ("C01", NOT_MET, {"views": [*PLAN["views"][:4], {"by": "carer", "words": "All good at home."}]}),
    ("C02", NOT_MET, {"actions": PLAN["actions"][1:], "carer_action_why_not": None}),
    ("C02", MET, {"actions": PLAN["actions"][1:], "carer_action_why_not": "carer in hospital"}),
    ("S01", NOT_MET, {"schools": [{**PLAN["schools"][0], "to": "2026-03-01"}, PLAN["schools"][1]]}),
    ("S01", NOT_MET, {"schools": [{**PLAN["schools"][0], "left_why": None}, PLAN["schools"][1]]}),
    ("S02", NOT_MET, {"attendance_percent": None}),
    ("S02", NOT_MET, {"absence_reasons": None}),
    ("S03", NOT_MET, {"attainment": PLAN["attainment"][:2]}),
    ("S03", NOT_MET, {"attainment": rows("attainment", recorded_on="2026-10-01")}),
    ("S04", NOT_MET, {"sen": "EHCP", "sen_provision": "speech therapy", "sen_review_on": None}),
    ("S04", MET, {"sen": "support", "sen_provision": "speech therapy", "sen_review_on": "2027-05-01"}),
    ("S05", NOT_MET, {"weekly_hours": None}),
    ("S06", NOT_MET, {"change_planned": "yes", "change_eased_by": None}),
    ("S06", NOT_MET, {"change_planned": "yes", "change_eased_by": "two visits", "year_group": 10, "change_approved_by": None}),
    ("S06", MET, {"change_planned": "yes", "change_eased_by": "two visits", "year_group": 9}),
    ("S07", NOT_MET, {"leisure": "tbc"}),
    ("S08", NOT_MET, {"education": "excluded"}),
    ("S08", MET, {"education": "excluded", "actions": [{"action": "day six provision", "about": "provision", "due_on": "2027-01-28"}]}),
    ("S08", NOT_MET, {"education": "excluded", "actions": [{"action": "day seven", "about": "provision", "due_on": "2027-01-29"}]}),
    ("N01", NOT_MET, {"needs": first("needs", evidence=None)}),
    ("N02", NOT_MET, {"targets": PLAN["targets"][1:]}),
    ("N02", MET, {"targets": PLAN["targets"][1:], "needs": first("needs", no_target_why="after the assessment")}),
    ("N03", NOT_MET, {"sdq_on": "2025-12-01"}),
    ("N03", NOT_MET, {"sdq_score": 17, "targets": rows("targets", category="maths")}),
    ("N03", MET, {"sdq_score": 17}),
    ("N03", MET, {"sdq_score": 16, "targets": rows("targets", category="maths")}),
    ("N04", NOT_MET, {"screening": None}),
    ("N04", DOES_NOT_APPLY, {"attainment": rows("attainment", standing="at"), "screening": None}),
    ("G01", NOT_MET, {"targets": PLAN["targets"][:2]}),
    ("G01", NOT_MET, {"targets": rows("targets", category="wellbeing")}),
    ("G02", NOT_MET, {"targets": first("targets", target="Improve reading", baseline=None)}),
    ("G03", NOT_MET, {"targets": first("targets", target="By 26 March, read 70 of the 100 common words", baseline=None)}),
    ("G04", NOT_MET, {"targets": first("targets", target="Read 44 of 100 words", baseline="44 of 100")}),
    ("G05", NOT_MET, {"targets": first("targets", need=None)}),
    ("G06", NOT_MET, {"targets": first("targets", target="Read 70 of the 100 common words", due=None)}),
    ("G07", NOT_MET, {"targets": first("targets", target="Grade 5 in English by July", baseline="Grade 4")}),
    ("G08", NOT_MET, {"targets": first("targets", help=None, help_by=None, help_where=None, help_when=None)}),
    ("G10", DOES_NOT_APPLY, {}),
    ("G11", NOT_MET, {"year_group": 6, "aspiration": None}),
    ("G11", NOT_MET, {"year_group": 8, "aspiration": "vet", "careers_talk_on": None}),
    ("F01", NOT_MET, {"spend": first("spend", target=None)}),
    ("F01", NOT_MET, {"spend": first("spend", amount="0")}),
    ("F03", CANNOT_TELL, {"spend": first("spend", what="school uniform")}),
    ("X01", NOT_MET, {"year_group": 6, "transition_plan": None}),
    ("X01", DOES_NOT_APPLY, {"year_group": 6, "term": "autumn", "transition_plan": None}),
    ("X02", NOT_MET, {"year_group": 11, "careers_talk_on": "2026-11-01", "next_step": None}),
    ("X02", MET, {"year_group": 11, "careers_talk_on": "2026-11-01", "next_step": "Level 2 catering at college"}),
    ("X03", CANNOT_TELL, {"year_group": 12, "aspiration": "vet nurse", "pathway_aim": "joinery"}),
    ("X03", MET, {"year_group": 12, "aspiration": "vet nurse", "pathway_aim": "train as a nurse for animals"}),
    ("X03", NOT_MET, {"year_group": 12, "aspiration": "vet nurse", "pathway_aim": None}),
    ("X04", NOT_MET, {"education": "neet"}),
    ("X04", MET, {"education": "neet", "actions": [{"action": "taster", "about": "re_engagement", "due_on": "2027-02-20"}]}),
    ("A01", NOT_MET, {"attendance_percent": "94.9"}),
    ("A01", DOES_NOT_APPLY, {"attendance_percent": "95"}),
    ("A01", MET, {"attendance_percent": "91", "actions": [{"action": "taxi", "about": "attendance", "cause": "late bus"}]}),
    ("A01", NOT_MET, {"attendance_percent": "89.9", "actions": [{"action": "taxi", "about": "attendance", "cause": "late bus"}]}),
    ("A02", NOT_MET, {"suspensions": 1}),
    ("A02", MET, {"suspensions": 1, "actions": [{"action": "quiet room", "about": "suspension", "cause": "noise", "view": "v1"}]}),
    ("A03", NOT_MET, {"timetable": "reduced", "reduced_why": "return from illness", "reduced_approved_by": None, "reduced_until": None}),
    (
        "A03",
        NOT_MET,
        {"timetable": "reduced", "reduced_why": "illness", "reduced_approved_by": "A. Head", "reduced_until": "2027-03-04"},
    ),  # Six weeks and a day.
    ("A03", MET, {"timetable": "reduced", "reduced_why": "illness", "reduced_approved_by": "A. Head", "reduced_until": "2027-03-03"}),
    ("R01", NOT_MET, {"leisure": None}),
    ("R01", NOT_MET, {"actions": first("actions", action="see above")}),
    ("R02", NOT_MET, {"matches_case_system": "no"}),
    ("R03", NOT_MET, {"feedback": None}),
    ("R04", NOT_MET, {"feedback_open": 1}),
    ("R05", NOT_MET, {"shared_on": "2027-02-11"}),
    ("R06", NOT_MET, {"needs": first("needs", need="Attention-seeking in lessons")}),
    ("R07", NOT_MET, {"school_changed_on": "2027-01-06", "sent_on_to_school_on": "2027-01-21"}),
    ("R07", MET, {"school_changed_on": "2027-01-06", "sent_on_to_school_on": "2027-01-20"}),
]


@pytest.mark.parametrize("rule, state, changes", SPOILT, ids=[f"{rule}-{number}" for number, (rule, *_) in enumerate(SPOILT)])
def test_a_rule_sees_what_is_spoilt_and_only_that(rule, state, changes, tmp_path):
    found = outcomes(tmp_path, plan(**changes))[rule]
    assert found.state == state
    assert bool(found.add) == (state in (NOT_MET, CANNOT_TELL))


def test_last_targets_need_an_outcome_with_evidence_and_are_not_copied(tmp_path):
    unmet = {**BEFORE, "targets": [{"target": PLAN["targets"][0]["target"], "outcome": None, "evidence": None}]}
    found = outcomes(tmp_path, PLAN, unmet)
    assert (found["G09"].state, found["G10"].state) == (NOT_MET, NOT_MET)
    found = outcomes(tmp_path, PLAN, {**BEFORE, "spend": [{"line": "1", "amount": "300", "what": "tutor", "impact": "tbc"}]})
    assert found["F02"].state == NOT_MET


def test_every_rule_has_a_judge_and_a_case_in_which_it_is_not_met():
    assert set(by_id()) == set(JUDGES)
    assert len(all_rules()) == 62
    seen = {rule for rule, state, _ in SPOILT if state == NOT_MET} | {"G09", "G10", "F02"}
    never = {rule.removeprefix("PEP-") for rule in by_id()} - seen
    # A plan that is there exists; of F03 a person decides.
    assert never == {"T01", "F03"}


def test_what_the_files_do_not_tell_is_cannot_tell_and_not_a_fault(tmp_path):
    found = outcomes(tmp_path, {"plan": "P9", "child": "T-9"}, before=None)
    assert {one.state for rule, one in found.items() if rule not in ("T01", "R01", "R06")} == {CANNOT_TELL}
    assert found["S07"].said == "The files do not tell plans.leisure."
    assert found["S07"].add.startswith("Add plans.leisure. ")


def test_what_a_rule_needs_is_in_the_files_of_plans():
    known = {*tables(), *(f"plans.{column.name}" for column in tables()["plans"].columns)}
    for rule in all_rules():
        assert rule.needs and set(rule.needs) <= known, rule.id
        assert rule.add and rule.words and set(rule.judged_by) <= {"program", "words", "person"}


def test_an_authority_has_its_own_limits(tmp_path):
    stricter = defaults().with_own({"attendance_action_below": 97, "document_working_days": 5})
    found = outcomes(tmp_path, PLAN, settings=stricter)
    assert (found["A01"].state, found["T07"].state) == (NOT_MET, NOT_MET)


def test_attendance_is_worked_out_from_weeks_where_the_plan_does_not_say_it(tmp_path):
    weeks = [
        {"from": "2027-01-04", "sessions_possible": "10", "sessions_missed": "1"},
        {"from": "2027-01-11", "sessions_possible": "10", "sessions_missed": "0"},
        {"from": "2026-12-07", "sessions_possible": "10", "sessions_missed": "10"},  # Of the term before.
    ]
    found = outcomes(tmp_path, plan(attendance_percent=..., attendance=weeks))
    assert (found["S02"].state, found["A01"].state) == (MET, DOES_NOT_APPLY)  # 95.0 percent.
    weeks[1]["sessions_missed"] = "1"
    assert outcomes(tmp_path, plan(attendance_percent=..., attendance=weeks))["A01"].state == NOT_MET
    assert outcomes(tmp_path, plan(attendance_percent=...))["A01"].state == CANNOT_TELL

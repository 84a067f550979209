"""Records of self-evaluation, evidence carried over, and readiness. All people, grades and figures are invented."""

from dataclasses import replace
from datetime import date

import pytest

from virtualschool.errors import WrongUse
from virtualschool.frameworks import evaluation, named, readiness
from virtualschool.frameworks.crosswalk import carry, pairs
from virtualschool.frameworks.evaluation import Evidence, Finding, Grade, Owner, Recommendation
from virtualschool.frameworks.loading import frameworks
from virtualschool.frameworks.readiness import FAILINGS, PlansChecked
from virtualschool.measures import ALL
from virtualschool.publish.told import Told

TODAY = date(2026, 11, 2)
LAC, ILACS = named("ofsted-2009-lac"), named("ilacs-2026")
NOTE = Evidence("lac.enjoying.33b", "document", "Attendance panel", "A. Person", TODAY, document="minutes")


def graded(judgement, grade, reason="As the evidence says", **more):
    return evaluation.grade(LAC, {"lac.enjoying": "inadequate"}, judgement, grade, by="A. Person", when=TODAY, reason=reason, **more)


# --- Grades ---


def test_a_grade_is_a_named_persons_with_a_reason():
    assert graded("lac.overall", "inadequate").reason == "As the evidence says"
    with pytest.raises(WrongUse, match="Say why"):
        graded("lac.overall", "inadequate", reason=" ")


def test_a_must_rule_forbids_a_grade_until_somebody_overrides_it_with_a_reason():
    with pytest.raises(WrongUse) as fault:
        graded("lac.overall", "good")
    assert str(fault.value) == (
        "Grade of lac.overall: lac.overall is good, and may be inadequate at best. With staying safe or enjoying and achieving "
        "inadequate, overall effectiveness is inadequate. Record inadequate, or have it overridden by a named person with a reason."
    )
    kept = graded("lac.overall", "good", override="Appeal upheld", override_by="B. Person")
    assert (kept.against, kept.override_by) == (("lac.rule.overall_inadequate_core_outcomes",), "B. Person")


def test_a_warning_does_not_forbid_and_is_kept_with_the_grade():
    kept = evaluation.grade(
        LAC, {"lac.equality_diversity": "inadequate"}, "lac.leadership", "good", by="A. Person", when=TODAY, reason="Strong elsewhere"
    )
    assert kept.warned_by == ("lac.rule.leadership_equality",)


def test_the_grade_recorded_last_stands_and_can_cap_one_recorded_before():
    record = [
        Grade(LAC.id, "lac.safe", "good", "A. Person", date(2026, 1, 1), "x"),
        Grade(LAC.id, "lac.overall", "good", "A. Person", date(2026, 1, 2), "x"),
        Grade(LAC.id, "lac.safe", "inadequate", "A. Person", date(2026, 1, 3), "x"),
    ]
    assert evaluation.grades(record, LAC) == {"lac.safe": "inadequate", "lac.overall": "good"}
    assert [one.target for one in evaluation.unresolved(record, LAC).broken] == ["lac.overall"]


# --- Evidence and findings ---


def test_evidence_names_a_criterion_and_a_person_and_a_figure_is_pinned():
    assert evaluation.evidence(LAC, NOTE) == NOTE
    row = dict.fromkeys(("low", "high", "symbol", "note"), None) | {"measure": "m", "year": 2026, "la": "V01", "value": 1.5}
    pinned = evaluation.pin({**row, "england_value": 2.0}, "s1")
    assert (pinned.snapshot, pinned.value, pinned.beside) == ("s1", 1.5, {"england": 2.0})
    assert evaluation.evidence(LAC, replace(NOTE, kind="figure", figure=pinned, document="")).figure == pinned
    for wrong in (
        replace(NOTE, criterion="lac.enjoying.99"),
        replace(NOTE, kind="rumour"),
        replace(NOTE, document="gossip"),
        replace(NOTE, by=""),
        replace(NOTE, kind="figure"),
    ):
        with pytest.raises(WrongUse):
            evaluation.evidence(LAC, wrong)


def test_best_fit_lays_findings_beside_what_good_looks_like_and_weighs_nothing():
    gap = evaluation.finding(LAC, Finding("lac.enjoying.33b", "gap", "Year 11 is absent most", "great", "A. Person", TODAY, "A plan"))
    rows = evaluation.best_fit(LAC, "lac.enjoying", [NOTE], [gap])
    assert len(rows) == 10
    assert rows[1]["gaps"] == [gap] and rows[1]["evidence"] == {"figure": 0, "document": 1, "voice": 0}
    assert not any("grade" in name for row in rows for name in row)
    with pytest.raises(WrongUse, match="Weight 'huge'"):
        evaluation.finding(LAC, replace(gap, weight="huge"))


def test_the_owner_named_last_has_the_criterion():
    owners = [Owner("lac.enjoying.33b", "A. Person"), Owner("lac.enjoying.33a", "A. Person"), Owner("lac.enjoying.33b", "B. Person")]
    assert [one.id for one in evaluation.mine(owners, "A. Person", LAC)] == ["lac.enjoying.33a"]


def test_a_recommendation_is_late_after_its_day_until_it_is_done():
    asked = Recommendation(LAC.id, "lac.safe", "Visit in time", "Inspection", date(2026, 1, 1), TODAY, required=True)
    assert not asked.is_late(TODAY) and asked.is_late(date(2026, 11, 3))
    assert not replace(asked, done=TODAY).is_late(date(2026, 11, 3))


# --- A change of framework ---


def test_evidence_goes_to_what_is_closest_and_shares_its_figures():
    moved, left = evaluation.move([NOTE], LAC, ILACS)
    assert [(one.criterion, one.origin) for one in moved] == [("ilacs.children_in_care.attendance_inclusion", "lac.enjoying.33b")]
    assert not left


def test_what_has_no_place_is_left_and_never_lost():
    homeless = replace(NOTE, criterion="lac.capacity.20a")
    assert evaluation.move([homeless], LAC, ILACS) == ([], [homeless])


def test_themes_of_ilacs_keep_their_place_and_the_joint_area_parts():
    old, new = named("ilacs-2018"), named("ilacs-2023")
    found = carry(["ilacs.care_leavers.eet", "ilacs.children_in_care_and_care_leavers"], old, new)
    assert [(one.how, one.to) for one in found] == [
        ("same", ("ilacs.care_leavers.eet",)),
        ("closest", ("ilacs.children_in_care", "ilacs.care_leavers")),
    ]
    assert carry(["ilacs.care_leavers"], new, old)[0].to == ("ilacs.children_in_care_and_care_leavers",)


def test_a_criterion_that_shares_no_figure_goes_to_all_that_is_closest():
    (found,) = carry(["lac.contribution.34e"], LAC, ILACS)
    assert found.how == "shared figures"
    (found,) = carry(["lac.ambition.21b"], LAC, ILACS)
    assert (found.how, found.to) == ("closest", ("ilacs.leaders",))


def test_every_place_of_the_crosswalk_exists():
    known = {name for one in frameworks().values() for name in (*one.judgements, *(criterion.id for criterion in one.criteria))}
    assert {*pairs(), *(place for places in pairs().values() for place in places)} <= known


# --- Readiness ---


def row(measure, tone):
    names = ("title", "year", "pupils", "value", "other_value", "difference", "difference_low", "difference_high", "way")
    return dict.fromkeys(names) | {"measure": measure, "tone": tone, "beside": "england"}


@pytest.fixture
def ready(monkeypatch):
    """Readiness where late reviews and persistent absence are worse, and nothing else differs."""

    def told(snapshot, la, *, year, names, audience, asking):
        states = dict.fromkeys(names, "tested") | {"pep_quality": "no figure", "sdq_coverage": "too few children", "ks4": "hidden"}
        rows = [row("persistent_absence", "worse"), row("reviews_views_given", "worse"), row("leavers_eet", "better")]
        return Told(rows, ["mark"], ["note"], {"la": la, "la_name": "Ambelshire", "years": [year], "states": states})

    monkeypatch.setattr(readiness, "exceptions_told", told)
    return lambda **more: readiness.readiness(None, ILACS, "V01", year=2026, **more).to_json()


def test_each_area_has_what_differs_among_its_own_measures(ready):
    areas = {one["judgement"]: one for one in ready()["areas"]}
    assert [one["measure"] for one in areas["ilacs.children_in_care"]["differs"]] == ["persistent_absence", "reviews_views_given"]
    assert (areas["ilacs.care_leavers"]["worse"], areas["ilacs.care_leavers"]["better"]) == (0, 1)
    assert areas["ilacs.children_in_care"]["too_few_children"] == ["sdq_coverage"]


def test_each_failing_is_tested_on_figures_and_on_plans(ready):
    plain = {one["failing"]: one["verdict"] for one in ready()["failings"]}
    assert plain["child_voice_missing"] == "worse"
    assert plain["needs_analysis_weak"] == plain["targets_imprecise"] == "not tested"
    assert plain["progress_not_tracked"] == "nothing that can be told"
    checked = ready(plans={"PEP-G02": PlansChecked(40, 9), "PEP-C01": PlansChecked(40, 0)})["failings"]
    found = {one["failing"]: one["verdict"] for one in checked}
    assert (found["targets_imprecise"], found["carer_contribution_missing"]) == ("plans fail", "plans pass")


def test_the_failings_stand_by_how_often_they_are_named():
    assert [one.reports for one in FAILINGS] == sorted((one.reports for one in FAILINGS), reverse=True)
    assert (FAILINGS[0].reports, FAILINGS[0].from_2018, len(FAILINGS)) == (95, 39, 13)
    assert not {name for one in FAILINGS for name in one.measures} - set(ALL)
    themes = {one.id for one in ILACS.criteria}
    assert {one.criterion for one in FAILINGS} <= themes


# --- Since a figure was pinned ---

PINNED = evaluation.Pinned("s1", "persistent_absence", 2024, "V01", 24.5, 20.0, 29.0, "", "", {})


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        ({}, "unchanged"),
        ({"value": 24.0}, "restated"),
        ({"year": 2025, "value": 25.0, "low": 21.0, "high": 30.0}, "cannot tell"),
        ({"year": 2025, "value": 40.0, "low": 35.0, "high": 45.0}, "higher"),
        ({"year": 2025, "value": 10.0, "low": 7.0, "high": 13.0}, "lower"),
        ({"year": 2025, "value": None, "low": None, "high": None}, "no figure"),
    ],
)
def test_what_changed_since_a_figure_was_pinned_is_told_with_its_doubt(now, verdict):
    assert evaluation.since(PINNED, replace(PINNED, snapshot="s2", **now)).verdict == verdict


def test_a_later_figure_says_itself_and_whether_chance_could_have_made_the_difference():
    told = evaluation.since(PINNED, replace(PINNED, year=2025, value=40.0, low=35.0, high=45.0)).sentence
    assert told == (
        "In 2024/25 it is 40.0% (95% interval 35.0% to 45.0%): higher than when it was pinned by more than chance alone would usually make."
    )

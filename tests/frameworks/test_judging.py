"""The rules, by the cases that the sources give, and by a second, slow way: each must rule written out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from virtualschool.errors import WrongUse
from virtualschool.frameworks import changes, frameworks, judge, named

HELD = [one.id for one in frameworks().values() if one.held]
SG, LAC, ILACS, HOMES = "ofsted-2009-safeguarding", "ofsted-2009-lac", "ilacs-2023", "sccif-childrens-homes"
AREAS = ("ilacs.leaders", "ilacs.help_protection", "ilacs.children_in_care", "ilacs.care_leavers")


def ilacs(*grades):
    """The four areas of ILACS in the order of AREAS, by the first letter of their grades."""
    letters = {"i": "inadequate", "r": "requires_improvement", "g": "good", "o": "outstanding"}
    return dict(zip(AREAS, (letters[letter] for letter in grades), strict=True))


def at_best(found, target):
    return found.allowed[target][-1]


def rules(found):
    return [rule.id for rule in found.warnings]


def warned_at_best(found, target):
    """The lowest grade that a warning names for a target."""
    limits = [rule.max_grade for rule in found.warnings if rule.target == target and rule.max_grade]
    return min(limits, key=found.framework.order)


@pytest.mark.parametrize(
    ("framework", "grades", "target", "best", "by"),
    [
        (SG, {"sg.are_safe": "inadequate", "sg.feel_safe": "good"}, "sg.overall", "inadequate", "overall_inadequate_if_outcome_inadequate"),
        (SG, {"sg.are_safe": "good", "sg.feel_safe": "adequate"}, "sg.overall", "adequate", "overall_not_good_unless_both_good"),
        (SG, {"sg.are_safe": "outstanding", "sg.feel_safe": "good"}, "sg.overall", "outstanding", None),
        (LAC, {"lac.safe": "good", "lac.enjoying": "inadequate"}, "lac.overall", "inadequate", "overall_inadequate_core_outcomes"),
        (LAC, {"lac.safe": "good", "lac.enjoying": "good", "lac.healthy": "inadequate"}, "lac.overall", "outstanding", None),
        (LAC, {"lac.safe": "adequate", "lac.enjoying": "adequate"}, "lac.overall", "outstanding", None),
        (HOMES, {"sccif.protected": "good", "sccif.leaders": "inadequate"}, "sccif.experiences", "requires_improvement", "cap"),
        (HOMES, {"sccif.protected": "inadequate", "sccif.leaders": "good"}, "sccif.experiences", "inadequate", "protected_inadequate"),
    ],
)
def test_must_rules_cap(framework, grades, target, best, by):
    found = judge(named(framework), grades)
    assert at_best(found, target) == best
    assert any(cap.rule.id.endswith(by) and cap.target == target for cap in found.caps) if by else not found.caps


def test_equality_and_diversity_warns_of_leadership_and_blocks_nothing():
    for framework, prefix in ((SG, "sg"), (LAC, "lac")):
        found = judge(named(framework), {f"{prefix}.equality_diversity": "inadequate"})
        assert f"{prefix}.rule.leadership_equality" in rules(found)
        assert at_best(found, f"{prefix}.leadership") == "outstanding"


def test_one_inadequate_judgement_prompts_unless_the_must_rule_has_spoken():
    prompt = "lac.rule.overall_may_be_inadequate"
    assert prompt in rules(judge(named(LAC), {"lac.safe": "good", "lac.enjoying": "good", "lac.healthy": "inadequate"}))
    assert prompt in rules(judge(named(LAC), {"lac.equality_diversity": "inadequate"}))
    assert prompt not in rules(judge(named(LAC), {"lac.enjoying": "inadequate"}))
    assert prompt not in rules(judge(named(LAC), {"lac.overall": "inadequate"}))


@pytest.mark.parametrize(
    ("grades", "best", "by"),
    [
        (ilacs(*"rggi"), "inadequate", "ilacs.rule.practice_area_inadequate"),  # Harrow, January 2025: inadequate overall
        (ilacs(*"irrr"), "requires_improvement", "ilacs.rule.leaders_inadequate"),  # Slough, January 2023: requires improvement overall
        (ilacs(*"grrg"), "requires_improvement", "ilacs.rule.good_with_at_most_one_below"),
        (ilacs(*"oroo"), "good", "ilacs.rule.outstanding_needs_all_good"),
    ],
)
def test_what_was_observed_warns_and_narrows_nothing(grades, best, by):
    found = judge(named(ILACS), grades)
    assert by in rules(found)
    assert warned_at_best(found, "ilacs.overall") == best
    assert not found.caps and found.allowed["ilacs.overall"] == list(found.framework.grades)


def test_a_warning_of_what_was_observed_shows_its_counts():
    (warning,) = [one for one in judge(named(ILACS), ilacs(*"gggi")).to_json()["warnings"] if one["rule"].endswith("area_inadequate")]
    assert warning["strength"] == "observed" and "27 of 27 reports" in warning["prompt"]


def test_a_single_area_below_good_is_not_two():
    assert "ilacs.rule.good_with_at_most_one_below" not in rules(judge(named(ILACS), ilacs(*"grgg")))


def test_a_home_whose_leaders_are_inadequate_is_capped_and_warned():
    found = judge(named(HOMES), {"sccif.protected": "good", "sccif.leaders": "inadequate"})
    assert at_best(found, "sccif.experiences") == "requires_improvement"
    assert warned_at_best(found, "sccif.experiences") == "inadequate"


def test_ilacs_of_2018_has_the_same_rules_with_the_joint_area():
    joint = {"ilacs.leaders": "good", "ilacs.help_protection": "good", "ilacs.children_in_care_and_care_leavers": "inadequate"}
    assert "ilacs.rule.practice_area_inadequate" in rules(judge(named("ilacs-2018"), joint))


# --- No overall grade ---


def test_ilacs_of_2026_has_no_overall_grade_anywhere():
    found = judge(named("ilacs-2026"), ilacs(*"grgg"))
    assert [rule.flag for rule in found.flags] == ["short_inspection_pathway"]
    assert found.framework.overall is None
    assert "overall" not in str(found.to_json())
    assert list(found.allowed) == list(AREAS)


@pytest.mark.parametrize(("grades", "flagged"), [("ggrg", True), ("rggg", False), ("grrg", False)])
def test_the_short_pathway_needs_leaders_and_two_practice_areas_good(grades, flagged):
    assert bool(judge(named("ilacs-2026"), ilacs(*grades)).flags) == flagged


def test_an_overall_grade_is_refused_where_there_is_none():
    with pytest.raises(WrongUse, match="No overall grade is given or reported"):
        judge(named("ilacs-2026"), {"ilacs.overall": "good"})


def test_what_is_not_confirmed_binds_nothing_and_says_so():
    (flag,) = judge(named("ilacs-2026"), ilacs(*"gggg")).to_json()["flags"]
    assert flag["confirmed"] is False and "Not confirmed, so it binds nothing." in flag["prompt"]
    assert not judge(named("ilacs-2026"), ilacs(*"gggg")).caps


def test_an_overall_grade_without_every_area_goes_against_the_rule():
    found = judge(named(ILACS), {"ilacs.overall": "good", "ilacs.leaders": "good"})
    assert [(one.rule.id, one.missing) for one in found.broken] == [("ilacs.rule.overall_derived", AREAS[1:])]
    assert not judge(named(ILACS), {**ilacs(*"gggg"), "ilacs.overall": "good"}).broken


# --- Wrong use ---


def test_every_wrong_judgement_and_grade_is_named_with_all_there_are():
    with pytest.raises(WrongUse) as fault:
        judge(named(HOMES), {"sccif.leader": "good", "sccif.protected": "adequate"})
    assert str(fault.value) == (
        "Grades for sccif-childrens-homes: there is no judgement 'sccif.leader' (did you mean sccif.leaders?); 'adequate' of "
        "sccif.protected is no grade. Judgements: sccif.experiences, sccif.protected, sccif.leaders. Grades: inadequate, "
        "requires_improvement, good, outstanding."
    )


def test_a_framework_held_by_name_judges_nothing():
    with pytest.raises(WrongUse, match="it is not held"):
        judge(named("single-inspection-2013"), {})


# --- The second way ---


def best_by_hand(framework, grades):
    """The highest grade that the must rules leave to the overall judgement, written out as the sources say them."""
    if framework == SG:
        outcomes = [grades[name] for name in ("sg.are_safe", "sg.feel_safe") if name in grades]
        return "inadequate" if "inadequate" in outcomes else "adequate" if "adequate" in outcomes else "outstanding"
    if framework == LAC:
        return "inadequate" if "inadequate" in (grades.get("lac.safe"), grades.get("lac.enjoying")) else "outstanding"
    if framework == HOMES and grades.get("sccif.protected") == "inadequate":
        return "inadequate"
    return "requires_improvement" if framework == HOMES and grades.get("sccif.leaders") == "inadequate" else "outstanding"


OVERALL = {SG: "sg.overall", LAC: "lac.overall", HOMES: "sccif.experiences", ILACS: "ilacs.overall", "ilacs-2018": "ilacs.overall"}


@st.composite
def graded(draw):
    framework = named(draw(st.sampled_from(HELD)))
    names = draw(st.lists(st.sampled_from(list(framework.judgements)), unique=True))
    return framework, {name: draw(st.sampled_from(list(framework.grades))) for name in names}


@settings(max_examples=60, deadline=None)
@given(graded())
def test_no_grades_break_a_must_rule_unnoticed(drawn):
    framework, grades = drawn
    found, overall = judge(framework, grades), OVERALL.get(framework.id)
    assert all(cap.rule.strength == "must" and cap.rule.confirmed for cap in found.caps)
    if overall is None:
        assert not found.caps and not found.broken
        return
    best = best_by_hand(framework.id, grades)
    assert found.allowed[overall] == framework.up_to(best)
    assert all(found.allowed[name] == list(framework.grades) for name in framework.judgements if name != overall)
    given_overall = grades.get(overall)
    too_high = given_overall is not None and framework.order(given_overall) > framework.order(best)
    bare = framework.id.startswith("ilacs") and given_overall is not None and not set(framework.areas_of(overall)) <= set(grades)
    assert bool(found.broken) == (too_high or bare)
    assert {one.target for one in found.broken} <= {overall}


@settings(max_examples=25, deadline=None)
@given(graded())
def test_no_grade_is_ever_worked_out(drawn):
    framework, grades = drawn
    found = judge(framework, grades)
    assert found.given == grades
    assert all(len(found.allowed[name]) > 1 or any(cap.target == name for cap in found.caps) for name in framework.judgements)


@settings(max_examples=8, deadline=None)
@given(graded())
def test_the_simulator_finds_just_the_grades_that_judging_finds(drawn):
    framework, grades = drawn
    told = {(one.judgement, one.target, one.limit) for one in changes(framework, grades) if one.strength == "must"}
    before = judge(framework, grades).allowed
    found = set()
    for name in framework.judgements:
        for grade in framework.grades:
            after = judge(framework, {**grades, name: grade}).allowed
            found |= {(name, target, after[target][-1]) for target in after if target != name and after[target] != before[target]}
    assert told == found

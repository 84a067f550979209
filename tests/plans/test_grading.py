"""From outcomes to a suggestion, to a person's grade, to how far two people agree."""

import json
import math

import numpy as np
import pytest
from an_invented_plan import BEFORE, PLAN, TODAY, plan
from statsmodels.stats.inter_rater import cohens_kappa

from virtualschool.errors import Unreadable, WrongUse
from virtualschool.plans import agreement, moderation, profiles
from virtualschool.plans.files import read_plans
from virtualschool.plans.judging import judge_plan
from virtualschool.plans.rules import CANNOT_TELL, MET, NOT_MET, Outcome


def outcomes(*states):
    return [Outcome(rule, state, "") for rule, state in states]


def suggested(*states, profile="red_amber_green"):
    return profiles.suggest(outcomes(*states), profiles.named(profile))


MAJOR = ("PEP-G02", "PEP-G03", "PEP-G05", "PEP-G06")


def test_a_profile_suggests_by_the_counts_of_what_is_not_met():
    assert suggested(("PEP-G02", MET)).best == "green"
    assert suggested(*((rule, NOT_MET) for rule in MAJOR[:3])).best == "amber"
    assert suggested(*((rule, NOT_MET) for rule in MAJOR)).best == "red"
    assert suggested(("PEP-V01", NOT_MET)).best == "red"  # Critical.
    assert suggested(("PEP-T08", NOT_MET)).best == "green"  # Minor.


def test_what_cannot_be_told_makes_the_suggestion_a_range():
    found = suggested(("PEP-G02", NOT_MET), ("PEP-V01", CANNOT_TELL))
    assert (found.best, found.worst, found.cannot_tell) == ("amber", "red", 1)
    assert found.words == "red to amber: a suggestion for a person to decide on, by profile red_amber_green version 1"
    assert found.to_json()["grade"] is None


def test_a_profile_by_sections_rolls_up():
    gold = [("PEP-V01", MET)]
    assert suggested(*gold, profile="sections_gold").best == "gold"
    assert suggested(("PEP-T08", NOT_MET), profile="sections_gold").best == "gold"  # One section green.
    assert suggested(("PEP-T08", NOT_MET), ("PEP-S07", NOT_MET), profile="sections_gold").best == "green"
    assert suggested(("PEP-G02", NOT_MET), profile="sections_gold").best == "green"  # One section amber.
    assert suggested(("PEP-G02", NOT_MET), ("PEP-C01", NOT_MET), profile="sections_gold").best == "amber"
    assert suggested(("PEP-V01", NOT_MET), profile="sections_gold").best == "red"


def test_every_profile_suggests_something_for_every_plan(tmp_path):
    (tmp_path / "p.json").write_text(json.dumps({"plans": [BEFORE, PLAN, plan(plan="P3", leisure=None, targets=[])]}))
    for one in read_plans(tmp_path / "p.json").plans:
        for profile in profiles.profiles().values():
            found = profiles.suggest(judge_plan(one, TODAY), profile)
            assert found.best in profile.grades and profile.grades.index(found.best) <= profile.grades.index(found.worst)


def test_an_authoritys_own_profile_is_read_and_its_faults_are_told(tmp_path):
    file = tmp_path / "own.toml"
    steps = 'steps = [{grade = "yes", most = {critical = 0}}, {grade = "no"}]\n'
    good = '[[profiles]]\nname = "own"\nversion = 3\ngrades = ["yes", "no"]\n' + steps
    file.write_text(good)
    assert profiles.suggest(outcomes(("PEP-V01", NOT_MET)), profiles.named(str(file))).best == "no"
    for old, new, wrong in (
        ("version = 3\n", "", "it has no version"),
        ('{grade = "no"}', '{grade = "no", most = {major = 1}}', "its last step must always hold"),
        ("critical = 0", "grave = 0", "nothing is counted as grave"),
        ('grades = ["yes", "no"]', 'grades = ["no", "yes"]', "its steps are not its grades"),
        ("[[profiles]]", "[[profile]]", "it has no profile"),
        ("[[profiles]]", "[[profiles", "it is not TOML"),
    ):
        file.write_text(good.replace(old, new))
        with pytest.raises(Unreadable, match=wrong):
            profiles.named(str(file))
    with pytest.raises(WrongUse, match="Did you mean red_amber_green"):
        profiles.named("red_amber_gren")


def test_a_grade_is_a_persons_and_a_move_needs_a_reason():
    profile = profiles.named("red_amber_green")
    amber = suggested(("PEP-G02", NOT_MET))
    assert profiles.give(profile, amber, "amber", "A. Reviewer").grade == "amber"
    assert profiles.give(profile, amber, "green", "A. Reviewer", "the target is clear to all who know the child").reason
    for grade, by, reason, wrong in (
        ("amber", " ", "", "named person"),
        ("green", "A. Reviewer", "", "it differs"),
        ("gold", "A. Reviewer", "", "none of that name"),
    ):
        with pytest.raises(WrongUse, match=wrong):
            profiles.give(profile, amber, grade, by, reason)
    red = suggested(("PEP-V01", NOT_MET))
    with pytest.raises(WrongUse, match="a critical rule is not met"):
        profiles.give(profile, red, "green", "A. Reviewer", "kind")
    with pytest.raises(WrongUse, match="more than one step"):
        profiles.give(profile, suggested(("PEP-G02", MET)), "red", "A. Reviewer", "no")


# Two dermatologists on 88 patients: SAS/STAT User's Guide, The FREQ Procedure, Getting Started, Agreement Study.
DERMATOLOGISTS = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]


def test_kappa_is_that_of_the_published_worked_example():
    plain, weighted = agreement.kappa(DERMATOLOGISTS), agreement.kappa(DERMATOLOGISTS, "linear")
    assert [round(one, 4) for one in (plain.value, plain.error, plain.low, plain.high)] == [0.3449, 0.0724, 0.2030, 0.4868]
    assert [round(one, 4) for one in (weighted.value, weighted.error, weighted.low, weighted.high)] == [0.5082, 0.0655, 0.3798, 0.6366]
    assert (plain.plans, plain.same) == (88, 45)


@pytest.mark.parametrize("weights", agreement.WEIGHTS)
def test_kappa_is_that_of_another_program_on_drawn_tables(weights):
    draw = np.random.default_rng(5)
    for size in (2, 3, 4):
        table = draw.integers(1, 20, (size, size))
        found = agreement.kappa(table.tolist(), weights)
        theirs = cohens_kappa(table, wt=None if weights == "none" else weights)
        assert math.isclose(found.value, theirs.kappa) and math.isclose(found.error, theirs.std_kappa)


def test_kappa_by_hand_and_where_it_has_no_value():
    # 35 of 50 the same; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; (0.7 - 0.5) / (1 - 0.5) = 0.4.
    assert math.isclose(agreement.kappa([[20, 5], [10, 15]]).value, 0.4)
    pairs = [("green", "green"), ("green", "amber"), ("red", "red")]
    table = agreement.table_of(pairs, ("green", "amber", "red"))
    assert table == [[1, 1, 0], [0, 0, 0], [0, 0, 1]]
    assert agreement.kappa(table).note == "Fewer than 30 plans: the interval is rough."
    assert agreement.kappa([[7, 0], [0, 0]]).value is None
    with pytest.raises(WrongUse):
        agreement.kappa([[0, 0], [0, 0]])
    with pytest.raises(WrongUse):
        agreement.table_of([("green", "blue")], ("green", "amber"))


def drawn_plans(number=60):
    return [{"plan": f"P{place:02d}", "school": f"S{place % 4}", "reviewer": "AB"[place % 2]} for place in range(number)]


def test_a_sample_is_the_same_for_a_seed_and_reaches_every_reviewer_and_school():
    plans = drawn_plans()
    found = moderation.sample(plans, 7)
    assert found == moderation.sample(list(reversed(plans)), 7) != moderation.sample(plans, 8)
    assert len(found) == 6
    assert {one["reviewer"] for one in found} == {"A", "B"} and {one["school"] for one in found} == {"S0", "S1", "S2", "S3"}
    assert min(sum(one["reviewer"] == name for one in found) for name in "AB") >= moderation.LEAST
    assert len(moderation.sample(plans, 7, share=50)) == 30
    assert len(moderation.sample(plans[:3], 7)) == 3
    assert moderation.sample([], 7) == []


def test_the_second_marker_sees_nothing_until_both_marks_are_in():
    mark = moderation.DoubleMark("P1", "A. Reviewer", "green")
    assert mark.seen_by("B. Second") == {"plan": "P1", "first": None, "second": None}
    assert mark.seen_by("A. Reviewer")["first"] == "green"
    with pytest.raises(WrongUse, match="another person"):
        moderation.mark_second(mark, "a. reviewer", "amber")
    both = moderation.mark_second(mark, "B. Second", "amber")
    assert both.seen_by("A. Reviewer") == both.seen_by("B. Second") == {"plan": "P1", "first": "green", "second": "amber"}
    with pytest.raises(WrongUse, match="both marks"):
        moderation.mark_second(both, "C. Third", "red")

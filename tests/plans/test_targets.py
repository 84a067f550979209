"""Targets judged precise or not: by hand on whole sets, and one by one where a wording is easily misread."""

from dataclasses import replace

import pytest
from targets_judged import judged_by_hand

from virtualschool.plans.targets import DECIDING, Target, judge

EXAMPLES = {
    "Improve reading": {"PEP-G02", "PEP-G03", "PEP-G06"},
    "Continue to attend well and behave in maths": {"PEP-G02", "PEP-G03", "PEP-G06"},
    "Will have one-to-one tuition": {"PEP-G02", "PEP-G03"},
    "Grade 5 in English": {"PEP-G07", "PEP-G06"},
    "By 12 December, read 100 of the phase 5 words aloud with 90 percent right, from 55 in September, checked weekly by Ms A": set(),
    "By the spring PEP, ask for help with a card in 4 out of 5 maths lessons, now 1 in 5, logged by the teaching assistant": set(),
    "By 28 March, solve 8 of 10 two-step money problems without help (2 of 10 in January)": set(),
}


def lacking(target: Target | str) -> set[str]:
    judged = judge(Target("1", target) if isinstance(target, str) else target)
    return {mark.rule for mark in judged.missing if mark.rule in DECIDING}


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_of_the_rules_fail_what_they_are_said_to_fail(text):
    assert EXAMPLES[text] <= lacking(text)
    assert bool(EXAMPLES[text]) == bool(lacking(text))


@pytest.mark.parametrize(
    "name, least",
    [
        ("targets_seen", 0.98),
        ("targets_held_back", 0.95),
        ("targets_held_back_again", 0.95),
        ("targets_third", 0.95),
        ("targets_fourth", 0.95),
        ("targets_fifth", 0.95),
        ("targets_sixth", 0.95),
        ("targets_seventh", 0.95),
    ],
)
def test_targets_are_judged_as_a_person_judged_them(name, least):
    """When first tried, the rules agreed on 185 of 191, 127 of 134, 121 of 133 and 63 of 69 of the first four sets that were kept
    apart, on 122 of 123 of the fifth, all 61 of the sixth and 57 of 60 of the seventh, whose wordings were chosen to be hard."""
    held = list(judged_by_hand(name))
    right = sum(judge(target).precise == precise for precise, target in held)
    assert len(held) >= 60
    assert right / len(held) >= least


def test_the_sets_hold_no_target_twice():
    texts = [(target.text, target.baseline, target.measure, target.due) for name in SETS for _, target in judged_by_hand(name)]
    assert len(texts) == len(set(texts))


SETS = tuple(f"targets_{name}" for name in ("seen", "held_back", "held_back_again", "third", "fourth", "fifth", "sixth", "seventh"))


@pytest.mark.parametrize(
    "dress", [str.upper, "Target: {}".format, "1. {}".format, lambda text: text.replace("; ", "\n").replace("%", " per cent")]
)
def test_a_target_is_judged_alike_in_another_dress(dress):
    held = list(judged_by_hand("targets_fourth"))
    other = [judge(replace(target, text=dress(target.text))).precise for _, target in held]
    assert sum(one == precise for one, (precise, _) in zip(other, held, strict=True)) / len(held) >= 0.95


@pytest.mark.parametrize(
    "text, rule",
    [
        ("Read 100 of the phase 5 words aloud, from 55 in September", "PEP-G06"),  # The only date is the baseline's.
        ("By Easter, read 100 of the phase 5 words aloud", "PEP-G03"),
        ("From a 3 to a 5 in maths by July", "PEP-G07"),
        ("Improve comprehension (baseline RA 7.2) through 3 Lexia sessions a week by July", "PEP-G03"),  # The number is of the help.
        ("Increase from 1 to 2 tuition sessions a week by March", "PEP-G02"),
        ("Improve from 3 to 5 by Easter", "PEP-G02"),
        ("Attend lessons from 9 to 3 by Easter", "PEP-G03"),  # Hours of the day, not a step from 9 to 3.
        ("From September he will attend 5 days a week", "PEP-G06"),
    ],
)
def test_one_thing_missing_is_found(text, rule):
    assert lacking(text) == {rule} or rule in lacking(text)
    assert not judge(Target("1", text)).precise


def test_a_first_time_task_with_a_date_needs_no_baseline_and_a_habit_does():
    assert lacking("Visit Leeds City College open evening by 14 November") == set()
    assert lacking("Visit Leeds City College open evening") == {"PEP-G03", "PEP-G06"}
    assert "PEP-G03" in lacking("Visit the library every week by 14 November")


def test_columns_fill_what_the_text_leaves_out():
    bare = Target("1", "Recall 2, 5 and 10 times tables, 36 of 40")
    assert lacking(bare) == {"PEP-G03", "PEP-G06"}
    assert lacking(Target("1", bare.text, baseline="20/40", due="Easter")) == set()
    assert lacking(Target("1", bare.text, baseline="tbc", due="ongoing")) == {"PEP-G03", "PEP-G06"}
    assert lacking(Target("1", "Recall times tables", baseline="20/40", measure="36/40 in a timed quiz", due="31/03/2027")) == set()
    assert lacking(Target("1", "Grade 5 in maths", baseline="Grade 3", measure="mock exam", due="June 2027")) >= {"PEP-G03", "PEP-G07"}


def test_owner_frequency_and_need_are_said_and_do_not_decide():
    judged = judge(Target("1", "By 28 March, solve 8 of 10 two-step money problems without help (2 of 10 in January)"))
    assert judged.precise
    assert [mark.rule for mark in judged.missing] == ["PEP-P04", "PEP-G08", "PEP-G05"]
    full = judge(Target("1", "Solve 8 of 10 problems by Easter", baseline="2 of 10", owner="Mr O", often="daily", need="number"))
    assert full.missing == []
    assert judge(Target("1", "Solve 8 of 10 by Easter", baseline="2", owner="school")).missing[0].rule == "PEP-P04"


def test_a_mark_says_what_to_add():
    judged = judge(Target("1", "Read 100 of the phase 5 words aloud"))
    said = {mark.rule: (mark.said, mark.add) for mark in judged.missing}
    assert said["PEP-G03"] == ("It has no baseline.", "Say where the child is now in the same measure, with its date.")
    assert said["PEP-G06"][0] == "There is no date to be done by."


def test_an_empty_target_meets_nothing_that_decides():
    for text in ("", "n/a", "See above", "tbc"):
        assert lacking(text) == set(DECIDING)


@pytest.mark.parametrize(
    "text", ["", " ", "(", ")))((", "->", "from to", "by by by", "1/1/1/1", "🙂", "%" * 500, "a " * 3000, "9" * 400, "\x00"]
)
def test_any_text_is_judged(text):
    judge(Target("1", text, text, text, text, text))

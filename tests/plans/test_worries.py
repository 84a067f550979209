"""Rules of words: what a child writes that a person should read at once, and what adults write that blames or labels."""

import pytest

from virtualschool.errors import WrongUse
from virtualschool.plans import kind_words
from virtualschool.plans.worries import rules, worries

A_PERSON_READS = [
    ("He hits me when I get it wrong", "hurt"),
    ("I don’t feel safe at home", "not_safe"),
    ("sometimes i just want to die", "self_harm"),
    ("I cut myself last week", "self_harm"),
    ("he touched me and said it was our secret", "touched"),
    ("They asked me to hold stuff for the gang", "exploited"),
    ("I am thinking of running away", "running"),
    ("I am always hungry at night", "neglect"),
    ("people pick on me at lunch", "bullied"),
    ("She said I must not tell anyone", "secret"),
    ("I need to talk to someone", "help"),
    ("i CAN’T  cope...", "help"),
]
NOBODY_NEEDS_TO = [
    "Maths is going better, I like fractions now.",
    "I want to be a vet and work with horses.",
    "My carer helps me with reading every night.",
    "I would like a laptop and a quiet place for homework.",
    "PE is the best. We hit the ball over the wall!",
    "",
]


@pytest.mark.parametrize(("said", "rule"), A_PERSON_READS)
def test_what_may_mean_that_a_child_is_not_safe_is_found(said, rule):
    assert rule in [one.name for one in worries(said)]


@pytest.mark.parametrize("said", NOBODY_NEEDS_TO)
def test_what_says_how_school_is_going_is_left_alone(said):
    assert worries(said) == ()


def test_every_rule_of_words_has_a_sentence_that_it_finds():
    assert {rule for _, rule in A_PERSON_READS} == {one.name for one in rules()}


def test_a_rule_does_not_know_not_and_so_a_person_reads_that_too():
    assert [one.name for one in worries("I am not scared of him any more")] == ["not_safe"]


def test_words_over_several_answers_are_found_in_each_and_named_once():
    assert [one.name for one in worries("I am scared", "", "he is unsafe and scared")] == ["not_safe"]


def test_words_of_adults_that_blame_or_label_are_pointed_to_as_they_stand_with_what_to_write():
    found = kind_words.pointed("This LAC has been manipulative and refuses to engage.")
    assert [(one.found, one.does) for one in found] == [("LAC", "label"), ("manipulative", "blame"), ("refuses to engage", "blame")]
    assert found[0].write == "child in care, or the child's name"


def test_plain_words_about_a_child_are_not_pointed_to():
    assert kind_words.pointed("Ash walked out of maths on Tuesday after a change of seat. He asked for his old place.") == []


def test_an_authoritys_own_words_go_before_ours():
    own = kind_words.own_words(["looked-after child = our child", "", "pathway plan = my plan"])
    found = kind_words.pointed("A looked-after child and her pathway plan", own)
    assert [(one.found, one.does, one.write) for one in found] == [
        ("looked-after child", "preferred", "our child"),
        ("pathway plan", "preferred", "my plan"),
    ]


def test_a_line_that_does_not_say_what_to_write_instead_is_refused_with_its_number():
    with pytest.raises(WrongUse) as fault:
        kind_words.own_words(["a = b", "contact"])
    assert str(fault.value) == "Line 2: it does not say what to write instead of what. Write: looked-after child = child in care"

"""Need found in the data, beside what was spent."""

import pytest

from virtualschool.plans.premium_need import NEEDS, Assessed, by_need, needs_of, standings


def names(**facts):
    return [need.name for need in needs_of(facts)]


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"sessions_possible": 100, "sessions_missed": 10}, ["attendance"]),
        ({"sessions_possible": 101, "sessions_missed": 10}, []),  # under a tenth
        ({"sessions_possible": 59, "sessions_missed": 30}, []),  # too few sessions
        ({"sessions_possible": 60, "sessions_missed": 6}, ["attendance"]),
        ({"ks2_read": False}, ["literacy"]),
        ({"ks2_read": True, "ks1_reading": "WTS"}, []),  # the later one counts
        ({"ks1_reading": "WTS"}, ["literacy"]),
        ({"ks1_reading": "EXS", "ks1_writing": "PK2"}, ["literacy"]),
        ({"ks1_reading": "A"}, []),  # absent is not below
        ({"phonics": False}, ["literacy"]),
        ({"phonics": False, "ks1_reading": "EXS"}, []),
        ({"ks2_maths": False}, ["numeracy"]),
        ({"prior_group": 6}, ["attainment"]),
        ({"prior_group": 7}, []),
        ({"suspensions": 0}, []),
        ({"suspensions": 2}, ["suspension"]),
        ({"sen": "none"}, []),
        ({"sen": "EHCP", "primary_need": "Speech, language and communication needs"}, ["sen", "language"]),
        ({"unaccompanied": True, "language": "other than English"}, ["eal"]),
        ({"language": "other than English"}, ["eal"]),
        ({"sdq_band": "borderline"}, []),
        ({"sdq_band": "concern", "sdq_score": 19}, ["wellbeing"]),
        ({"primary_need": "Social, emotional and mental health", "sen": "support"}, ["sen", "wellbeing"]),
        ({"school_moves": 1}, ["moved"]),
        ({"assessed": (Assessed("Reading", "Spring 2024/25", False, None),)}, ["literacy"]),
        ({"assessed": (Assessed("Maths", "Spring 2024/25", True, False),)}, ["numeracy"]),
        ({"assessed": (Assessed("Art", "Spring 2024/25", False, False),)}, ["progress"]),
        ({"assessed": (Assessed("Communication and language", "Autumn 2024/25", False, True),)}, ["language"]),
        ({"assessed": (Assessed("English as an additional language", "Autumn 2024/25", False, None),)}, ["eal"]),
        ({"assessed": (Assessed("Maths", "Spring 2024/25", True, None), Assessed("Art", "Spring 2024/25", None, None))}, []),
    ],
)
def test_a_need_is_found_by_its_fact(facts, found):
    assert names(**facts) == found


def test_every_fact_says_what_it_rests_on():
    facts = {"sessions_possible": 310, "sessions_missed": 43, "suspensions": 1, "sdq_band": "concern", "sdq_score": 21, "sen": "EHCP"}
    assert [need.fact for need in needs_of(facts)] == [
        "Missed 43 of 310 sessions",
        "Suspended once",
        "SEN with an EHC plan",
        "SDQ score 21, cause for concern",
    ]


def test_what_a_teacher_says_stands_beside_what_a_test_said():
    facts = {"ks2_read": False, "assessed": (Assessed("English", "Spring 2024/25", False, False),)}
    assert [need.fact for need in needs_of(facts)] == [
        "Below the standard in reading at the end of key stage 2; Not on track in English from the start of the phase and from coming into "
        "care (teacher, Spring 2024/25)"
    ]


CHILDREN = [
    ("a", {"ks2_read": False}),  # need, no money
    ("b", {"ks2_read": False, "suspensions": 1}),  # money on one of two needs
    ("c", {"ks2_maths": False}),  # money on something else
    ("d", {"sen": "none"}),  # money, no need found
    ("e", {"sen": "none"}),
    ("f", {}),  # nothing known
    ("g", {"suspensions": 3}),  # what was paid came back
]
SPEND = {
    "b": {"literacy": 20000},
    "c": {"enrichment_culture": 5000},
    "d": {"technology_resources": 30000},
    "g": {"mentoring": 0},
}


def test_each_child_stands_in_one_group():
    assert [(one.child, one.group) for one in standings(CHILDREN, SPEND)] == [
        ("a", "need, no spend"),
        ("b", "need answered"),
        ("c", "need, spend elsewhere"),
        ("d", "spend, no need found"),
        ("e", "neither"),
        ("f", "nothing known"),
        ("g", "need, no spend"),
    ]


def test_a_need_that_no_purpose_answers_stays_open_beside_one_that_is_answered():
    b = standings(CHILDREN, SPEND)[1]
    assert (b.answered, [need.name for need in b.open], b.pence) == (("literacy",), ["suspension"], 20000)


def test_needs_are_summed_over_children():
    lines = {line.name: (line.children, line.answered, line.no_spend, line.pence) for line in by_need(standings(CHILDREN, SPEND))}
    assert lines == {"literacy": (2, 1, 1, 20000), "numeracy": (1, 0, 0, 0), "suspension": (2, 0, 1, 0)}
    assert list(lines) == [name for name in NEEDS if name in lines]

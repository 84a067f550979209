from decimal import Decimal

import pytest

from virtualschool import tables
from virtualschool.link import comparisons, explaining

BITS = {"number": "14.5", "birth": "11.25", "sex": "1", "place": "7", "ethnicity": "-2", "needs": "-0.5"}
LEVELS = {
    "number": "same",
    "birth": "same",
    "sex": "same",
    "place": "same postcode, at its time",
    "ethnicity": "differs",
    "needs": "no disability, plan",
}


def evidence(standing="linked", rank=1, probability="0.998", start="-22", **levels):
    """A row of link_evidence as the store gives it: decimals, and levels in words."""
    found = {**LEVELS, **levels}
    row = {"la": "301", "child": "C77", "pupil": "UPN88", "standing": standing, "rank": rank, "start_weight": Decimal(start)}
    for name in tables.COMPARISONS:
        row[name] = found.get(name, "not known")
        row[f"{name}_weight"] = Decimal(BITS.get(name, "0")) if name in found else Decimal(0)
    total = row["start_weight"] + sum(row[f"{name}_weight"] for name in tables.COMPARISONS)
    return row | {"weight": total, "probability": Decimal(probability)}


def test_a_link_is_told_in_words_with_the_next_pupil_who_fits():
    rival = evidence("rival", 2, "0.001")
    assert explaining.in_words(evidence(), [rival]) == (
        "The same UPN; birth date the same; sex the same; the same postcode at the same time; ethnicity differs; "
        "no disability in the return, and a plan for special needs at school. "
        "99.8% sure; the next pupil who fits is 0.1%. Not known: school, moves, free school meals, who came with the child, arrival, name."
    )


def test_a_link_without_a_rival_says_so():
    assert "99.8% sure; no other pupil fits." in explaining.in_words(evidence())


def test_a_proposal_tells_nothing_of_the_pupil_and_neither_names_anybody():
    row = evidence("review", probability="0.4")
    told = explaining.in_words(row) + " ".join(step.said + step.name + step.odds for step in explaining.steps(row))
    assert "special needs do not fit" in told
    for secret in ("plan", "disability", "C77", "UPN88", "301"):
        assert secret not in told


def test_the_steps_of_a_waterfall_lead_from_the_start_to_the_sum():
    steps = explaining.steps(evidence())
    assert [(step.name, step.kind, step.bits, step.before, step.after) for step in steps] == [
        ("Start", "start", -22, 0, -22),
        ("UPN", "for", 14.5, -22, -7.5),
        ("Birth date", "for", 11.25, -7.5, 3.75),
        ("Sex", "for", 1, 3.75, 4.75),
        ("Where they lived", "for", 7, 4.75, 11.75),
        ("Ethnicity", "against", -2, 11.75, 9.75),
        ("Special needs", "against", -0.5, 9.75, 9.25),
        ("Sum", "sum", 9.25, 0, 9.25),
    ]
    # 2^22 is 4,194,304; 2^9.25 is 608.9; 2^11.25 is 2,435.5.
    assert [step.odds for step in steps] == [
        "1 to 4.2 million",
        "23,000 times as likely",
        "2,400 times as likely",
        "2 times as likely",
        "130 times as likely",
        "4 times less likely",
        "1.4 times less likely",
        "610 to 1",
    ]


def test_what_is_not_known_is_no_step_and_a_weight_of_nought_speaks_neither_way():
    steps = explaining.steps(evidence(moves="joined no school after a move"))
    moves = next(step for step in steps if step.name == "Moves")
    assert (moves.kind, moves.odds) == ("neither", "says nothing either way")
    assert (moves.before, moves.after) == (11.75, 11.75)
    assert "Name" not in {step.name for step in steps}


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ("0", "0.0%"),
        ("0.0004", "less than 0.1%"),
        ("0.0005", "0.1%"),
        ("0.998", "99.8%"),
        ("0.9996", "more than 99.9%"),
        ("1", "more than 99.9%"),
    ],
)
def test_no_link_is_said_to_be_certain(share, said):
    assert explaining.percent(Decimal(share)) == said


def test_every_level_of_every_comparison_reads_as_words():
    for name, levels in comparisons.LEVELS.items():
        for level in levels:
            if level == comparisons.NOT_KNOWN:
                continue
            assert (name, level) in explaining.PHRASES or level == "differs", (name, level)
    assert set(explaining.SUBJECTS) == set(tables.COMPARISONS)

"""Before and after against similar children: the pull to the mean is not taken for an effect, and an effect that is there is found."""

import random
import statistics
from fractions import Fraction

import pytest
from scipy.stats import t as student_t

from virtualschool.plans.premium_effect import FEWEST, Course, caliper, effect, lasting, root, similar

CALIPER, AT_LEAST, AT_MOST = 0.25, 3, 5


def slow(courses):
    """The same answer once more, in plain loops over floating-point numbers."""
    helped = [one for one in courses if one.helped]
    others = [one for one in courses if not one.helped]
    reach = CALIPER * statistics.stdev([one.before for one in courses])
    slope = 1.0
    if len(others) >= 20:
        x, y = [one.before for one in others], [one.after for one in others]
        if len(set(x)) > 1:
            slope = min(max(statistics.linear_regression(x, y).slope, 0.0), 1.0)
    gains, residuals, used = [], {}, {}
    for one in helped:
        near = [other for other in others if other.group == one.group and abs(other.before - one.before) <= reach + 1e-9]
        near.sort(key=lambda other: (abs(other.before - one.before), other.child))
        near = near[:AT_MOST]
        if len(near) < AT_LEAST:
            continue
        after, before = statistics.fmean(other.after for other in near), statistics.fmean(other.before for other in near)
        gains.append(one.after - after - slope * (one.before - before))
        for other in near:
            used.setdefault(other.child, []).append(1 / len(near))
            residuals.setdefault(other.child, []).append(other.after - after - slope * (other.before - before))
    number, mean = len(gains), statistics.fmean(gains)
    noise = statistics.fmean(statistics.fmean(values) ** 2 for values in residuals.values())
    again = sum((sum(shares) ** 2 - sum(share**2 for share in shares)) * noise for shares in used.values()) / number**2
    half = student_t.ppf(0.975, number - 1) * (statistics.variance(gains) / number + again) ** 0.5
    return number, mean, mean - half, mean + half


def children(number, *, chance, works=0, worst_only=False):
    """Children whose value is a lasting part and the luck of a year, hundredths of a percent of absence. Help goes to a third of them
    (the worst of the first year where `worst_only`), and takes `works` off the second year."""
    made = []
    for place in range(number):
        lasts = chance.gauss(1200, 350)
        before, after = (max(0, round(lasts + chance.gauss(0, 450))) for _ in range(2))
        got = before > 1500 and chance.random() < 0.5 if worst_only else chance.random() < 1 / 3
        made.append(Course(f"{place:04}", before, max(0, after - works * got), ("primary", "secondary")[place % 2], got))
    return made


@pytest.mark.parametrize("seed", range(6))
def test_the_effect_is_what_plain_loops_make_of_it(seed):
    courses = children(160, chance=random.Random(seed), works=200, worst_only=seed % 2 == 0)
    found, (number, mean, low, high) = effect(courses, lower_is_better=True), slow(courses)
    assert found.matched == number
    assert [float(value) for value in (found.effect, found.low, found.high)] == pytest.approx([mean, low, high], abs=1e-6)


def test_help_for_the_worst_that_does_nothing_is_not_called_an_effect():
    """The plain change is large every time, as Galton has it; set beside similar children it is claimed about as often as 95% allows."""
    wrong = 0
    for seed in range(20):
        found = effect(children(300, chance=random.Random(f"nothing {seed}"), worst_only=True), lower_is_better=True)
        assert found.change is not None and found.change < -150  # a point and a half better with no help at all
        wrong += found.answer != "cannot tell"
    assert wrong <= 3


def test_an_effect_that_is_there_is_found_and_its_direction_is_that_of_the_measure():
    courses = children(400, chance=random.Random("works"), works=500, worst_only=True)
    found = effect(courses, lower_is_better=True)
    assert found.answer == "better" and found.high < 0 and found.low <= -350 <= 0
    assert effect(courses, lower_is_better=False).answer == "worse"


def drawn(helped, others):
    """Courses of one group: (before, after) of each."""
    rows = [(f"h{place}", *row, True) for place, row in enumerate(helped)] + [
        (f"o{place}", *row, False) for place, row in enumerate(others)
    ]
    return [Course(child, before, after, "primary", got) for child, before, after, got in rows]


def test_one_child_fewer_than_ten_is_too_few_to_tell():
    others = [(100, 100 + place % 3) for place in range(12)] + [(200, 200)] * 8
    for number in (FEWEST - 1, FEWEST):
        found = effect(drawn([(100, 50 + place % 2) for place in range(number)], others), lower_is_better=True)
        assert (found.matched, found.answer) == (number, "cannot tell" if number < FEWEST else "better")
    assert "10 are the fewest" in effect(drawn([(100, 50)] * 9, others), lower_is_better=True).why


def test_where_more_than_a_third_have_no_similar_child_nothing_is_claimed():
    others = [(100, 100 + place % 3) for place in range(12)] + [(900, 900)] * 2
    near, far = [(100, 50)] * 12, [(900, 100)] * 7
    found = effect(drawn(near + far, others), lower_is_better=True)
    assert (found.helped, found.matched, found.answer) == (19, 12, "cannot tell") and "7 have no similar child" in found.why
    assert effect(drawn(near + far[:6], others), lower_is_better=True).answer == "better"  # six of eighteen are a third, not more


def test_who_had_no_help_or_no_similar_child_is_said():
    assert effect(drawn([], [(1, 1)] * 5), lower_is_better=True).why == "Nobody who had help has a value both before and after."
    assert "no children without help" in effect(drawn([(1, 1)], []), lower_is_better=True).why
    assert "No similar children" in effect(drawn([(900, 1)], [(1, 1)] * 5), lower_is_better=True).why


def test_similar_children_are_the_nearest_five_of_the_same_group_within_reach():
    one = Course("a", 100, 0, "primary", True)
    others = [Course(f"o{gap}", 100 + gap, 0, "primary", False) for gap in (9, -2, 4, 3, -1, 2, 30)]
    others.append(Course("other phase", 100, 0, "secondary", False))
    assert [other.child for other in similar(one, others, Fraction(20))] == ["o-1", "o-2", "o2", "o3", "o4"]
    assert [other.child for other in similar(one, others, Fraction(1))] == ["o-1"]


def test_how_much_of_a_difference_lasts_lies_between_none_and_all():
    half = [Course(str(place), place * 10, place * 5 + 7, "primary", False) for place in range(20)]
    assert lasting(half) == Fraction(1, 2)
    assert lasting(half[:19]) == 1  # too few to tell
    assert lasting([Course(str(place), place, -place, "primary", False) for place in range(20)]) == 0
    assert lasting([Course(str(place), 5, place, "primary", False) for place in range(20)]) == 1


def test_the_caliper_is_a_quarter_of_a_standard_deviation():
    assert abs(caliper(drawn([(0, 0)], [(8, 0)])) - root(Fraction(32)) / 4) == 0
    assert caliper(drawn([(5, 0)], [])) == 0

"""Whether children who had help changed more than similar children who had not: before and after, guarded against the pull to the mean.

Help goes to children at their worst moment, and a worst moment is followed by a better one with or without help. So a plain before and
after flatters every programme. Here each child who had help is set beside the children nearest to it among those who had none: of the same
group (such as phase), with a starting value no further away than `CALIPER` standard deviations, at least `FEWEST_EACH` and at most
`MOST_EACH` of them. They stood as badly, so they are pulled to the mean as strongly; what is left over is their difference.

    effect      mean over helped children of (own value after - mean value after of the similar ones - what is left of the distance
                between their starting values, times how much of it lasts among those without help)
    interval    95%, Student's t over the helped children; a child used as a similar one for several widens it by what that uses up

It is no trial. Whoever chose the children may have known what these data do not. So the answer is "better", "worse", or "cannot tell", and
it is "cannot tell" where fewer than `FEWEST` children could be set beside similar ones, where more than a third could not, or where the
interval holds nought. Everything is worked out in whole numbers and fractions, but for square roots and Student's t.

Sources: F. Galton, Regression towards mediocrity (1886); D. B. Rubin, Matching to remove bias in observational studies (1973); A. Abadie
and G. Imbens, Large sample properties of matching estimators (2006), for the widening.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from virtualschool.intervals import student

CALIPER = Fraction(1, 4)
"""Standard deviations of the starting values of everyone; a common choice."""
FEWEST_EACH, MOST_EACH = 3, 5
FEWEST = 10
LEFT_OUT = Fraction(1, 3)
FEWEST_WITHOUT = 20
"""Children without help from whom it is learned how much of a starting value lasts."""


@dataclass(frozen=True)
class Course:
    """A child's value before and after, in whole units of the measure, and the group within which it is compared."""

    child: str
    before: int
    after: int
    group: str
    helped: bool


@dataclass(frozen=True)
class Effect:
    """What can be said. Values are exact; `low` and `high` are the interval of `effect`, None where there is none."""

    helped: int
    matched: int
    without: int
    before: Fraction | None
    after: Fraction | None
    expected: Fraction | None
    """The value after that similar children had."""
    effect: Fraction | None
    low: Fraction | None
    high: Fraction | None
    answer: str
    """better, worse or cannot tell."""
    why: str

    @property
    def change(self) -> Fraction | None:
        """Plain after less before of those matched."""
        return None if self.after is None or self.before is None else self.after - self.before

    @property
    def pull(self) -> Fraction | None:
        """What of the change similar children had too, without help."""
        return None if self.expected is None or self.before is None else self.expected - self.before


def effect(courses: Sequence[Course], *, lower_is_better: bool) -> Effect:
    """The effect of help over children, in the units of their values."""
    helped = sorted((one for one in courses if one.helped), key=lambda one: one.child)
    others = sorted((one for one in courses if not one.helped), key=lambda one: one.child)
    slope, reach = lasting(others), caliper(courses)
    pairs = [(one, near) for one in helped if len(near := similar(one, others, reach)) >= FEWEST_EACH]
    if not pairs:
        return Effect(len(helped), 0, len(others), None, None, None, None, None, None, CANNOT_TELL, _nobody(helped, others))
    number = len(pairs)
    expected = [_expected(one, near, slope) for one, near in pairs]
    gains = [one.after - told for (one, _), told in zip(pairs, expected, strict=True)]
    mean = Fraction(sum(gains), number) if number else Fraction(0)
    before, after = (Fraction(sum(getattr(one, name) for one, _ in pairs), number) for name in ("before", "after"))
    found = {"helped": len(helped), "matched": number, "without": len(others), "before": before, "after": after}
    found |= {"expected": sum(expected, Fraction(0)) / number, "effect": mean}
    half = _half(pairs, gains, mean, slope) if number >= 2 else None
    low, high = (None, None) if half is None else (mean - half, mean + half)
    answer, why = _answer(len(helped), number, low, high, lower_is_better)
    return Effect(**found, low=low, high=high, answer=answer, why=why)  # type: ignore[arg-type]


BETTER, WORSE, CANNOT_TELL = "better", "worse", "cannot tell"


def caliper(courses: Sequence[Course]) -> Fraction:
    """How far apart two starting values may be and still be near: a quarter of the standard deviation of all of them."""
    if len(courses) < 2:
        return Fraction(0)
    total = sum(one.before for one in courses)
    squares = sum(one.before * one.before for one in courses)
    return CALIPER * root((Fraction(squares) - Fraction(total * total, len(courses))) / (len(courses) - 1))


def similar(one: Course, others: Sequence[Course], reach: Fraction) -> list[Course]:
    """The children without help of the same group who began nearest, no further than `reach`; ties go by the order of their tokens."""
    near = [other for other in others if other.group == one.group and abs(other.before - one.before) <= reach]
    return sorted(near, key=lambda other: (abs(other.before - one.before), other.child))[:MOST_EACH]


def lasting(others: Sequence[Course]) -> Fraction:
    """How much of a difference in starting values is there afterwards among children without help: least squares; 1 where too few tell.

    Below 1 it is the pull to the mean itself. It is kept between 0 and 1.
    """
    number = len(others)
    if number < FEWEST_WITHOUT:
        return Fraction(1)
    x, y = sum(one.before for one in others), sum(one.after for one in others)
    xx = number * sum(one.before * one.before for one in others) - x * x
    xy = number * sum(one.before * one.after for one in others) - x * y
    return min(max(Fraction(xy, xx), Fraction(0)), Fraction(1)) if xx else Fraction(1)


def _expected(one: Course, near: Sequence[Course], slope: Fraction) -> Fraction:
    """What similar children reached, with what is left of the distance between the starting values put right."""
    began = Fraction(sum(other.before for other in near), len(near))
    return Fraction(sum(other.after for other in near), len(near)) + slope * (one.before - began)


def _half(pairs: Sequence[tuple[Course, list[Course]]], gains: Sequence[Fraction], mean: Fraction, slope: Fraction) -> Fraction:
    """Half the interval: t times the root of the variance of the mean gain, and of what reused similar children add."""
    number = len(pairs)
    variance = sum(((gain - mean) ** 2 for gain in gains), Fraction(0)) / (number - 1) / number
    weight: dict[str, Fraction] = {}
    squared: dict[str, Fraction] = {}
    left: dict[str, list[Fraction]] = {}
    for one, near in pairs:
        share = Fraction(1, len(near))
        told = _expected(one, near, slope)
        for other in near:
            weight[other.child] = weight.get(other.child, Fraction(0)) + share
            squared[other.child] = squared.get(other.child, Fraction(0)) + share * share
            left.setdefault(other.child, []).append(other.after - told - slope * (other.before - one.before))
    spread = [Fraction(sum(gaps), len(gaps)) for gaps in left.values()]
    noise = sum((gap * gap for gap in spread), Fraction(0)) / len(spread)
    reused = sum((weight[child] ** 2 - squared[child] for child in weight), Fraction(0)) * noise / (number * number)
    return Fraction(student(number - 1)) * root(variance + reused)


def _answer(helped: int, number: int, low: Fraction | None, high: Fraction | None, lower_is_better: bool) -> tuple[str, str]:
    if number < FEWEST:
        return CANNOT_TELL, f"Only {number} could be set beside similar children; {FEWEST} are the fewest that say something."
    if Fraction(helped - number, helped) > LEFT_OUT:
        return (
            CANNOT_TELL,
            f"Of {helped} who had help, {helped - number} have no similar child to be set beside: those left say too little.",
        )
    if low is None or high is None or low <= 0 <= high:
        return CANNOT_TELL, "The difference to similar children is no more than chance may make."
    better = (high < 0) == lower_is_better
    if better:
        return BETTER, "They changed for the better by more than similar children did, and by more than chance may make."
    return WORSE, "They did less well than similar children, by more than chance may make."


def _nobody(helped: Sequence[Course], others: Sequence[Course]) -> str:
    if not helped:
        return "Nobody who had help has a value both before and after."
    return "No similar children without help began near enough." if others else "There are no children without help to set beside them."


def root(value: Fraction) -> Fraction:
    """The square root to twelve decimals."""
    scale = 10**12
    return Fraction(isqrt(int(value * scale * scale)), scale)

"""A survey as figures: of each question the share of good answers, in all and by age group, with its doubt and what is hidden."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from virtualschool.plans import surveys
from virtualschool.publish.counts import SMALL
from virtualschool.publish.rounding import percent, rounded
from virtualschool.web.models import Survey
from virtualschool.web.models.voice import GROUPS

HIDDEN = "c"
FEW = 30
"""Answers, below whom the share is said to be of few; ours."""


@dataclass(frozen=True)
class Cell:
    """A share as it is shown. `value` and `limits` are c where they are hidden, '' where nobody answered."""

    answered: str
    value: str
    limits: str


@dataclass(frozen=True)
class Row:
    question: str
    all: Cell
    groups: list[Cell]
    said: str


def results(survey: Survey, audience: str) -> list[Row]:
    """A row for each question. For the public a group of fewer than six, or in which fewer than six answered well or otherwise, is hidden,
    and a second group where the first could be had from the whole."""
    held = list(survey.answers.order_by("pk").values_list("group", "question", "answer"))
    rows = []
    for whole in surveys.results((question, answer) for _, question, answer in held):
        by_group = []
        for group in (*GROUPS, ""):
            found = surveys.results((question, answer) for name, question, answer in held if name == group and question == whole.question)
            by_group.append(found[0] if found else surveys.Result(whole.question, 0, 0))
        shown = _shown(by_group, audience)
        every = _cell(whole, audience == "internal" or _fit(whole))
        cells = [_cell(one, fit and every.value != HIDDEN) for one, fit in zip(by_group, shown, strict=True)]
        rows.append(Row(whole.question, every, cells[: len(GROUPS)], _said(whole, every)))
    return rows


def _fit(one: surveys.Result) -> bool:
    """Whether a group may be shown by itself: none or more than five answered, well, and otherwise."""
    return all(not 0 < number <= SMALL for number in (one.answered, one.good, one.answered - one.good))


def _shown(groups: list[surveys.Result], audience: str) -> list[bool]:
    if audience == "internal":
        return [True] * len(groups)
    fit = [_fit(one) for one in groups]
    while fit.count(False) == 1 or (False in fit and not _fit(_together(groups, fit))):
        left = [place for place, one in enumerate(groups) if fit[place] and one.answered]
        if not left:
            break
        fit[min(left, key=lambda place: (groups[place].answered, place))] = False
    return fit


def _together(groups: list[surveys.Result], fit: list[bool]) -> surveys.Result:
    hidden = [one for one, is_fit in zip(groups, fit, strict=True) if not is_fit]
    return surveys.Result("", sum(one.answered for one in hidden), sum(one.good for one in hidden))


def _cell(one: surveys.Result, is_shown: bool) -> Cell:
    if not is_shown:
        return Cell(HIDDEN, HIDDEN, HIDDEN)
    if not one.answered or one.interval is None:
        return Cell("0", "", "")
    low, high = (_percent(limit) for limit in one.interval)
    return Cell(str(one.answered), f"{percent(one.good, one.answered, 0)}%", f"{low}% to {high}%")


def _percent(share: Decimal) -> Decimal:
    return rounded(Fraction(share) * 100, 0)


def _said(one: surveys.Result, cell: Cell) -> str:
    """What may be said of the whole, in a sentence."""
    if cell.value == HIDDEN:
        return "Too few answered to show it."
    low, high = one.interval or (Decimal(0), Decimal(1))
    half = Decimal("0.5")
    stands = (
        "Most answered well"
        if low > half
        else "Fewer than half answered well"
        if high < half
        else "It cannot be told whether most answered well"
    )
    return f"{stands}.{' Few answered, so it says little.' if one.answered < FEW else ''}"

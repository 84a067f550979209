"""What the store's own pupils say of pupils with like prior attainment: the mean of each group and the floor on extreme scores.

Only where the store holds about the whole national cohort; `is_national` says whether it does.

Source: DfE, Progress 8 ready reckoner; DfE, KS4 outliers (SQL of the ready reckoner), which sets the floor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

TOLERANCE = Decimal("0.05")
"""How far from the printed number of pupils a store may be and still stand for the nation."""

EXTREME = 100
"""One modelled pupil in a hundred lies below the floor's z."""

SIX, TEN = Decimal("0.000001"), Decimal("0.0000000001")


@dataclass(frozen=True)
class Group:
    """A prior attainment group: the mean outcome of its modelled pupils, and the lowest score of progress that counts (or None)."""

    number: int
    pupils: int
    estimate: Decimal
    floor: Decimal | None


def is_national(held: int, printed: int) -> bool:
    """Whether the number of pupils held is within 5% of the number printed."""
    return abs(held - printed) <= TOLERANCE * printed


def groups(counts: Iterable[tuple[int, Decimal, int]], *, per: int = 1, with_floor: bool) -> list[Group]:
    """The groups of a cohort from how many modelled pupils of each group have each outcome: (group, outcome, pupils).

    A score of progress is (outcome - estimate) / per. Estimates have six decimals, as do the standard deviations (n - 1) from
    which the floors come; a group of one pupil has no floor.
    """
    by_group: dict[int, list[tuple[Decimal, int]]] = {}
    for number, outcome, pupils in counts:
        by_group.setdefault(number, []).append((outcome, pupils))
    found = []
    with localcontext() as context:
        context.prec = 40
        shapes = {number: _shape(outcomes, per) for number, outcomes in by_group.items()}
        z = _extreme_z(by_group, shapes, per) if with_floor else None
        for number, (pupils, mean, spread) in sorted(shapes.items()):
            floor = (z * spread).quantize(SIX, ROUND_HALF_UP) if z is not None and spread else None
            found.append(Group(number, pupils, mean.quantize(SIX, ROUND_HALF_UP), floor))
    return found


def _shape(outcomes: list[tuple[Decimal, int]], per: int) -> tuple[int, Decimal, Decimal]:
    """Pupils, mean outcome, and the sample standard deviation of their scores of progress to six decimals."""
    pupils = sum(n for _, n in outcomes)
    mean = sum((outcome * n for outcome, n in outcomes), Decimal(0)) / pupils
    if pupils < 2:
        return pupils, mean, Decimal(0)
    squares = sum(((outcome - mean) ** 2 * n for outcome, n in outcomes), Decimal(0))
    return pupils, mean, ((squares / (pupils - 1)).sqrt() / per).quantize(SIX, ROUND_HALF_UP)


def _extreme_z(by_group: dict[int, list[tuple[Decimal, int]]], shapes: dict[int, tuple[int, Decimal, Decimal]], per: int) -> Decimal | None:
    """The z with one modelled pupil in a hundred below it, to ten decimals; between two pupils it is interpolated."""
    scored = []
    for number, outcomes in by_group.items():
        _, mean, spread = shapes[number]
        if spread:
            scored += [((outcome - mean) / per / spread, n) for outcome, n in outcomes]
    scored.sort()
    pupils = sum(n for _, n in scored)
    if pupils < 2:
        return None
    place = Decimal(pupils - 1) / EXTREME
    below, part = int(place), place - int(place)
    lower, upper = _at(scored, below), _at(scored, below + 1)
    return (lower + (upper - lower) * part).quantize(TEN, ROUND_HALF_UP)


def _at(scored: list[tuple[Decimal, int]], place: int) -> Decimal:
    """The score of the pupil at a place, counted from 0, of scores in order with the number of pupils who have each."""
    passed = 0
    for score, n in scored:
        passed += n
        if passed > place:
            return score
    return scored[-1][0]

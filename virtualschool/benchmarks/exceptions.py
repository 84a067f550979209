"""What differs, of many figures tested at once, and what cannot be tested because there are too few children."""

from collections.abc import Sequence
from dataclasses import dataclass

from virtualschool.benchmarks.estimate import Difference, Estimate, difference
from virtualschool.benchmarks.many_tests import FALSE_SHARE, adjusted

DIFFERS, CANNOT_TELL, TOO_FEW, NO_INTERVAL = "differs", "cannot tell", "too few children", "no interval"


@dataclass(frozen=True)
class Test:
    """One figure beside another. `chance` is adjusted for all that were tested with it; None where nothing could be tested."""

    own: Estimate
    other: Estimate
    name: str
    difference: Difference
    chance: float | None
    verdict: str

    @property
    def way(self) -> str:
        """`above` or `below` the other, where it differs."""
        return "" if self.verdict != DIFFERS else "above" if self.difference.value > 0 else "below"


def compared(pairs: Sequence[tuple[Estimate, Estimate, str]]) -> list[Test]:
    """Each pair's test in the same order, false ones kept to one in twenty of those that differ (Benjamini and Hochberg)."""
    differences = [difference(own, other) for own, other, _ in pairs]
    tested = [
        at
        for at, ((own, other, _), found) in enumerate(zip(pairs, differences, strict=True))
        if can_tell(own, other) and found.chance is not None
    ]
    chances = dict(zip(tested, adjusted([differences[at].chance or 0.0 for at in tested]), strict=True))
    return [
        Test(own, other, name, differences[at], chances.get(at), verdict(own, other, chances.get(at)))
        for at, (own, other, name) in enumerate(pairs)
    ]


def can_tell(own: Estimate, other: Estimate) -> bool:
    """Whether there are children enough on both sides; of a nation's or a mean's number nothing is asked."""
    return own.is_enough and (other.place.level != "la" or other.pupils is None or other.is_enough)


def verdict(own: Estimate, other: Estimate, chance: float | None) -> str:
    if not can_tell(own, other):
        return TOO_FEW
    if chance is None:
        return NO_INTERVAL
    return DIFFERS if chance <= FALSE_SHARE else CANNOT_TELL

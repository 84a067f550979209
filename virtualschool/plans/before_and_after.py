"""What children say of themselves before and after something that they took part in, and what may be said of the change.

A change after an activity is not an effect of it: children who come are those who wanted to, who feel low feel better anyway, and other
things happened too. So the most that is ever said is that ratings went up, or down, or that it
cannot be told; of a few children nothing is said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from virtualschool.intervals import mean

FEWEST = 10
"""Children with a rating before and after, below whom nothing is said of the change; ours."""
UP, DOWN, CANNOT_TELL, TOO_FEW = "went up", "went down", "cannot tell", "too few to say"


@dataclass(frozen=True)
class Change:
    """How ratings changed: how many rated both times, the sum of the changes, and the 95% interval of the mean change."""

    pairs: int
    total: int
    up: int
    same: int
    down: int
    interval: tuple[Decimal, Decimal] | None

    @property
    def said(self) -> str:
        """went up, went down, cannot tell (the interval holds nought), or too few to say."""
        if self.pairs < FEWEST or self.interval is None:
            return TOO_FEW
        low, high = self.interval
        return UP if low > 0 else DOWN if high < 0 else CANNOT_TELL


def change(pairs: Iterable[tuple[int | None, int | None]]) -> Change:
    """The change over children of (before, after); who did not rate both times does not count."""
    moved = [after - before for before, after in pairs if before is not None and after is not None]
    squares = sum(one * one for one in moved)
    held = mean(len(moved), Decimal(sum(moved)), Decimal(squares))
    ups, downs = sum(one > 0 for one in moved), sum(one < 0 for one in moved)
    return Change(len(moved), sum(moved), ups, len(moved) - ups - downs, downs, held)

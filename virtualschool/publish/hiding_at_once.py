"""Which figures are hidden, for many tables of one column at once: what hiding.judged says, in numpy over whole tables.

`hiding` is the definition, and a test holds this to it cell by cell. What it is for: all measures of all authorities by one column, with
no other place beside them, so that each authority's table is one line that adds up to its total. In one line the next to be hidden is
always the smallest that is left, so how many are hidden is the first number of them, from those that must be, at which both questions
(do they give away one another, is what they reached known too well) are answered no.
"""

from dataclasses import dataclass

import numpy as np

from virtualschool.measures import Measure
from virtualschool.publish.hiding import COUNTED
from virtualschool.publish.rules import Rule


@dataclass(frozen=True, eq=False)
class Lines:
    """The tables of one measure and year, a line each: of each group how many children count, and what they reached, in whole numbers.

    `pupils`, `numerator`, `denominator`: lines by groups; a group without children is not there. `rank` is the place of each group in the
    order of their words. `unit` is how many of the numbers make one.
    """

    measure: Measure
    rule: Rule
    pupils: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    unit: int
    rank: np.ndarray

    @property
    def there(self) -> np.ndarray:
        return self.pupils > 0

    def part(self, where: tuple) -> "Lines":
        """Some lines and groups of them."""
        cut = (self.pupils[where], self.numerator[where], self.denominator[where])
        return Lines(self.measure, self.rule, *cut, self.unit, np.zeros(cut[0].shape[1], np.int64))


def shows(measure: Measure, rule: Rule, pupils: np.ndarray, numerator: np.ndarray, denominator: np.ndarray, unit: int) -> np.ndarray:
    """Whether figures made of these sums may be shown, as Rule.shows has it."""
    nobody = pupils == 0
    enough = pupils >= rule.pupils_from
    if measure.counts not in COUNTED:
        return nobody | enough
    of_share = pupils >= rule.share_from
    few = rule.share_none_or_all_from
    none = (of_share | (few is not None)) & rule.zero_shown
    some = numerator >= rule.count_from * unit
    if measure.counts != "events":
        some &= of_share | ((numerator == denominator) & (pupils >= few) if few is not None else False)
    return nobody | (enough & np.where(numerator == 0, none, some))


def small(lines: Lines) -> np.ndarray:
    """The cells that are hidden for themselves."""
    return ~shows(lines.measure, lines.rule, lines.pupils, lines.numerator, lines.denominator, lines.unit)


def unknown(lines: Lines, hidden: np.ndarray) -> np.ndarray:
    """The cells whose number of children no measure shows: those of too few, and those that keep them uncertain."""
    few = hidden & (lines.pupils < lines.rule.pupils_from)
    order = in_turn(few, lines.there, lines.pupils, lines.rank)
    together = np.cumsum(taken(lines.pupils, order), axis=1)
    enough = together >= lines.rule.pupils_from
    enough[:, :1] = False  # One alone is the total less the others.
    asked = few.any(axis=1) & (lines.pupils.sum(axis=1) >= lines.rule.pupils_from)
    return few | first_enough(few, order, enough, lines.there, asked)


def grown(lines: Lines, hidden: np.ndarray, children: np.ndarray) -> np.ndarray:
    """The cells with those that must be hidden as well, line by line."""
    order = in_turn(hidden, lines.there, lines.pupils, lines.numerator, lines.rank)
    pupils, numerator, denominator = (np.cumsum(taken(one, order), axis=1) for one in (lines.pupils, lines.numerator, lines.denominator))
    enough = shows(lines.measure, lines.rule, pupils, numerator, denominator, lines.unit)
    enough[:, :1] = False
    if lines.measure.counts == "pupils":
        enough &= ~tight(lines, order, children)
    # The last sums of a line are those of all of it.
    asked = hidden.any(axis=1) & shows(lines.measure, lines.rule, pupils[:, -1], numerator[:, -1], denominator[:, -1], lines.unit)
    return hidden | first_enough(hidden, order, enough, lines.there, asked)


def tight(lines: Lines, order: np.ndarray, children: np.ndarray) -> np.ndarray:
    """For each number of hidden cells, in turn, whether what one too small to show reached is known too well; as hiding.tight."""
    apart = lines.rule.count_from * lines.unit
    pupils, numerator, free = (taken(one, order) for one in (lines.pupils * lines.unit, lines.numerator, children))
    few = taken(small(lines), order)
    place = np.arange(order.shape[1])
    reached = np.cumsum(numerator, axis=1)
    loose, known = np.cumsum(np.where(free, pupils, 0), axis=1), np.cumsum(np.where(free, 0, pupils), axis=1)
    several = np.cumsum(free, axis=1) > 1
    low = np.maximum(0, reached - known - np.where(several, loose, 0))
    found = (np.cumsum(few & free, axis=1) > 0) & (np.minimum(reached, loose) - low < apart)
    for at in np.flatnonzero((few & ~free).any(axis=0)):
        own = pupils[:, at : at + 1]
        low = np.maximum(0, reached - (known - own) - loose)
        known_too_well = np.minimum(reached, own) - low < np.minimum(apart, own)
        found |= known_too_well & (few & ~free)[:, at : at + 1] & (place >= at)
    return found


def in_shares(together: list[Lines], hidden: list[np.ndarray], there: np.ndarray) -> list[np.ndarray]:
    """The cells of all shares of a whole, in the order of their names, with the next smallest beside one hidden; as hiding.in_shares.

    `there` says where all the shares of a group are.
    """
    shares = len(together)
    unit = together[0].unit
    reached = np.stack([lines.numerator[there] for lines in together], axis=1)
    secret = np.stack([cells[there] for cells in hidden], axis=1)
    order = in_turn(secret, (reached > 0) | secret, reached, np.broadcast_to(np.arange(shares), reached.shape))
    enough = np.cumsum(taken(reached, order), axis=1) >= together[0].rule.count_from * unit
    enough[:, :1] = False
    more = first_enough(secret, order, enough, (reached > 0) | secret, np.any(secret, axis=1))
    found = []
    for at, cells in enumerate(hidden):
        cells = cells.copy()
        cells[there] |= more[:, at]
        found.append(cells)
    return found


# --- The first so many of a line ---


def in_turn(first: np.ndarray, there: np.ndarray, *ranks: np.ndarray) -> np.ndarray:
    """The cells of each line in the order in which they are hidden: those that are, then the others by rank; what is not there last."""
    turn = np.where(first, 0, np.where(there, 1, 2))
    return np.lexsort((*(np.broadcast_to(rank, turn.shape) for rank in reversed(ranks)), turn), axis=1)


def taken(cells: np.ndarray, order: np.ndarray) -> np.ndarray:
    return np.take_along_axis(cells, order, axis=1)


def first_enough(hidden: np.ndarray, order: np.ndarray, enough: np.ndarray, there: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """The first cells of each line in turn, as many as are enough and at least those that are hidden; all that are there where none are."""
    place = np.arange(order.shape[1])
    begun = hidden.sum(axis=1)
    fit = enough & (place + 1 >= begun[:, None])
    number = np.where(fit.any(axis=1), fit.argmax(axis=1) + 1, there.sum(axis=1))
    chosen = np.zeros_like(hidden)
    np.put_along_axis(chosen, order, (place < number[:, None]) & asked[:, None], axis=1)
    return chosen & there

"""What anyone can know of hidden counts from the counts beside them, and which more to hide so that it is not too much.

A hidden count is protected when two tables of whole numbers agree with everything that is shown and differ in that count by as
much as is asked: whoever sees the output cannot tell which of the two is true. Such tables are looked for by small moves from
the true table, then by linear programming, then by integer programming; every table found is checked in whole numbers, so nothing
rests on how a solver rounds. Where the linear program shows that there are no two such tables, more is hidden.
"""

import random
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Key = Any
LONGEST_MOVE = 8
"""Counts that change together in one move: the corners of a cube, for tables of three directions."""
STEPS = 60
"""How long a move is looked for before a program is asked."""
TRIES = 4
FAR = 10**6
LARGE = 80
"""Hidden counts tied together from which on a choice is not tried out, but made by rank."""
MANY = 60
"""Counts to prove from which on programs push all of them at once before each is moved by itself."""
PUSHES = 16


@dataclass
class Counts:
    """Counts and what ties them together. All are whole numbers from nought up, and everybody knows the ties."""

    values: dict[Key, int] = field(default_factory=dict)
    sums: list[tuple[Key, tuple[Key, ...]]] = field(default_factory=list)
    """Each whole with the parts that add up to it."""
    within: list[tuple[Key, Key]] = field(default_factory=list)
    """Each count with another that it cannot exceed: those who reached a grade, and those who could have."""

    def __post_init__(self) -> None:
        self._in_sums: dict[Key, list[int]] | None = None
        self._in_within: dict[Key, list[Key]] | None = None

    @property
    def in_sums(self) -> dict[Key, list[int]]:
        """The numbers of the sums that a count stands in."""
        if self._in_sums is None:
            self._in_sums = defaultdict(list)
            for number, (whole, parts) in enumerate(self.sums):
                for key in (whole, *parts):
                    self._in_sums[key].append(number)
        return self._in_sums

    @property
    def in_within(self) -> dict[Key, list[Key]]:
        """What a count cannot exceed, and what cannot exceed it."""
        if self._in_within is None:
            self._in_within = defaultdict(list)
            for less, more in self.within:
                self._in_within[less].append(more)
                self._in_within[more].append(less)
        return self._in_within

    def piece(self, hidden: Collection[Key], key: Key, most: float = float("inf")) -> list[Key]:
        """The hidden counts that have to do with one of them once the rest is shown, itself among them; no further than past `most`."""
        found, seen, sums = [key], {key}, set()
        for at in found:
            if len(found) > most:
                break
            near: list[Key] = [*self.in_within.get(at, ())]
            for number in self.in_sums.get(at, ()):
                if number not in sums:
                    sums.add(number)
                    whole, parts = self.sums[number]
                    near += (whole, *parts)
            for other in near:
                if other in hidden and other not in seen:
                    seen.add(other)
                    found.append(other)
        return found


def unprotected(counts: Counts, hidden: Collection[Key], asked: Mapping[Key, int]) -> set[Key]:
    """Of the hidden counts in `asked`, those that can be known to within less than what is asked for each."""
    failing: set[Key] = set()
    hidden, seen = set(hidden), set()
    for first in asked:
        if first in hidden and first not in seen:
            piece = counts.piece(hidden, first)
            seen.update(piece)
            failing |= proved(Piece(counts, piece, hidden), {key: asked[key] for key in piece if key in asked})
    return failing


_PROVED: OrderedDict[tuple, frozenset[Key]] = OrderedDict()
_PROVING = threading.Lock()
REMEMBERED = 4096
"""Proofs kept in a process: the questions of one report lay the same tables over one another again and again."""


def proved(piece: "Piece", wanted: Mapping[Key, int]) -> frozenset[Key]:
    """Of the counts wanted those that are unprotected, from an earlier proof of the very same piece where there is one."""
    asked = (piece.facts, frozenset(wanted.items()))
    with _PROVING:
        if asked in _PROVED:
            _PROVED.move_to_end(asked)
            return _PROVED[asked]
    found = frozenset(piece.unprotected(wanted))
    with _PROVING:
        _PROVED[asked] = found
        while len(_PROVED) > REMEMBERED:
            _PROVED.popitem(last=False)
    return found


def interval(counts: Counts, hidden: Collection[Key], key: Key) -> tuple[int, int | None]:
    """The least and the greatest whole number that a hidden count can be, given all that is shown; None where there is no greatest."""
    return Piece(counts, counts.piece(set(hidden), key), set(hidden)).exactly(key)


class Piece:
    """Hidden counts tied to one another, with every tie written over them alone."""

    def __init__(self, counts: Counts, keys: Sequence[Key], hidden: Collection[Key]) -> None:
        self.keys = list(keys)
        self.at = {key: number for number, key in enumerate(self.keys)}
        self.truth = [counts.values[key] for key in self.keys]
        self.low: list[int] = [0] * len(self.keys)
        self.high: list[int | None] = [None] * len(self.keys)
        self.rows: list[dict[int, int]] = []
        """Each sum as the numbers of its hidden counts with +1 for a part and -1 for the whole; it stays what it truly is."""
        for number in dict.fromkeys(number for key in self.keys for number in counts.in_sums.get(key, ())):
            whole, parts = counts.sums[number]
            row: dict[int, int] = defaultdict(int)
            for part in parts:
                if part in self.at:
                    row[self.at[part]] += 1
            if whole in self.at:
                row[self.at[whole]] -= 1
            self.rows.append({at: sign for at, sign in row.items() if sign})
        self.within: list[tuple[int, int]] = []
        for less, more in counts.within:
            if less in self.at and more in self.at:
                self.within.append((self.at[less], self.at[more]))
            elif less in self.at and more not in hidden:
                at, most = self.at[less], counts.values[more]
                self.high[at] = most if self.high[at] is None else min(self.high[at], most)  # type: ignore[type-var]
            elif more in self.at and less not in hidden:
                self.low[self.at[more]] = max(self.low[self.at[more]], counts.values[less])
        self.least, self.most = list(self.truth), list(self.truth)
        self.rows_of: list[list[int]] = [[] for _ in self.keys]
        for number, row in enumerate(self.rows):
            for at in row:
                self.rows_of[at].append(number)
        self.above: dict[int, list[int]] = defaultdict(list)
        self.below: dict[int, list[int]] = defaultdict(list)
        for less, more in self.within:
            self.above[less].append(more)
            self.below[more].append(less)

    @property
    def facts(self) -> tuple:
        """All that a proof rests on, whatever the order in which the counts were named."""
        counts = zip(self.keys, self.truth, self.low, self.high, strict=True)
        rows = frozenset(frozenset((self.keys[at], sign) for at, sign in row.items()) for row in self.rows)
        return frozenset(counts), rows, frozenset((self.keys[less], self.keys[more]) for less, more in self.within)

    # --- Whether it is protected ---

    def unprotected(self, asked: Mapping[Key, int]) -> set[Key]:
        wanted = {self.at[key]: width for key, width in asked.items()}
        lost = {at for at, width in wanted.items() if self.at_most(at) < width}
        left = {at: width for at, width in wanted.items() if at not in lost}
        if len(left) >= MANY:
            self.push(left)
            left = self.open(left)
        for at, width in left.items():
            self.move(at, width)
        left = self.open(left)
        if left:
            self.shuttle(left)
            left = self.open(left)
        return {self.keys[at] for at in lost} | {self.keys[at] for at, width in left.items() if not self.wide(at, width)}

    def at_most(self, at: int) -> float:
        """How far apart its ends can be at most, by each sum for itself."""
        high = self.high[at]
        found = float("inf") if high is None else high - self.low[at]
        for number in self.rows_of[at]:
            row = self.rows[number]
            if all(sign == row[at] for sign in row.values()):
                found = min(found, sum(self.truth[other] for other in row) if len(row) > 1 else 0)
        return found

    def open(self, wanted: Mapping[int, int]) -> dict[int, int]:
        """Those for which no two tables have been found that are far enough apart."""
        return {at: width for at, width in wanted.items() if self.most[at] - self.least[at] < width}

    def note(self, table: Sequence[int]) -> bool:
        """Whether a table of whole numbers agrees with everything shown; if so, how far it goes is kept."""
        for at, value in enumerate(table):
            high = self.high[at]
            if value < self.low[at] or (high is not None and value > high):
                return False
        if any(table[less] > table[more] for less, more in self.within):
            return False
        for row in self.rows:
            if sum(sign * (table[at] - self.truth[at]) for at, sign in row.items()):
                return False
        for at, value in enumerate(table):
            self.least[at], self.most[at] = min(self.least[at], value), max(self.most[at], value)
        return True

    # --- Small moves ---

    def move(self, target: int, width: int) -> None:
        """Goes from the true table as far up and down in one count as single moves lead, until that is far enough."""
        for way in (1, -1):
            table = Changed(self.truth)
            while self.most[target] - self.least[target] < width:
                step = self.step(table, target, way)
                if step is None:
                    break
                far = min(self.room(table, step), width)
                for at, sign in step.items():
                    table[at] += sign * far
                    # A move keeps every sum, and its room every bound, so what it leads to is a table as good as the true one.
                    self.least[at], self.most[at] = min(self.least[at], table[at]), max(self.most[at], table[at])

    def step(self, table: Mapping[int, int], target: int, way: int) -> dict[int, int] | None:
        """The smallest set of counts that may go up and down by one together, the target the way asked; None if none is found."""
        tries = 0

        def go(step: dict[int, int], off: dict[int, int], most: int) -> dict[int, int] | None:
            nonlocal tries
            tries += 1
            if not off:
                return step if self.room(table, step) > 0 else None
            if len(step) >= most or tries > STEPS:
                return None
            number = min(off, key=lambda number: len(self.rows[number]))
            choices = []
            for at, sign in self.rows[number].items():
                turn = -1 if off[number] * sign > 0 else 1
                if at not in step and (spare := self.spare(table, at, turn)):
                    # First what leaves no other sum off, then what has most room.
                    mends = sum(other in off for other in self.rows_of[at])
                    choices.append((mends - len(self.rows_of[at]), spare, at, turn))
            for _, _, at, turn in sorted(choices, reverse=True):
                more = dict(off)
                for other in self.rows_of[at]:
                    more[other] = more.get(other, 0) + turn * self.rows[other][at]
                    if not more[other]:
                        del more[other]
                if found := go({**step, at: turn}, more, most):
                    return found
            return None

        if not self.spare(table, target, way):
            return None
        begun = {number: way * self.rows[number][target] for number in self.rows_of[target]}
        for most in (4, LONGEST_MOVE):
            tries = 0
            if found := go({target: way}, begun, most):
                return found
        return None

    def spare(self, table: Mapping[int, int], at: int, turn: int) -> int:
        """How far one count can go before it meets its own bounds; those of the counts it is within are seen to in `room`."""
        high = self.high[at]
        return table[at] - self.low[at] if turn < 0 else FAR if high is None else high - table[at]

    def room(self, table: Mapping[int, int], step: Mapping[int, int]) -> int:
        """How often a move can be made before a count leaves its bounds."""
        room = FAR
        for at, sign in step.items():
            room = min(room, self.spare(table, at, sign))
            for more in self.above.get(at, ()):
                if (closing := sign - step.get(more, 0)) > 0:
                    room = min(room, (table[more] - table[at]) // closing)
            for less in self.below.get(at, ()):
                if (closing := step.get(less, 0) - sign) > 0:
                    room = min(room, (table[at] - table[less]) // closing)
        return room

    # --- Programs ---

    def push(self, left: Mapping[int, int]) -> None:
        """Pushes many counts at once to one end or the other, by chance, for as long as that leaves fewer of them unproved."""
        chance = random.Random(len(left))
        idle = 0
        for _ in range(PUSHES):
            before = len(left)
            self.solve({at: chance.choice((1, -1)) for at in left})
            left = self.open(left)
            idle = idle + 1 if len(left) > before * 7 // 8 else 0
            if not left or idle > 1:
                return

    def shuttle(self, left: Mapping[int, int]) -> None:
        """Pushes many counts at once to their ends: one solution often shows room for most of them."""
        for turn in range(4):
            left = self.open(left)
            if len(left) < 8:
                return
            towards = 1 if turn % 2 == 0 else -1
            self.solve({at: towards * (1 if (number + turn // 2) % (1 + turn // 2) == 0 else -1) for number, at in enumerate(left)})

    def wide(self, target: int, width: int) -> bool:
        """Whether one count can lie in tables that far apart: by linear programs, and by integer ones where they leave doubt."""
        ends = []
        for way in (1, -1):
            if self.most[target] - self.least[target] >= width:
                return True
            ends.append(self.solve({target: way}))
        if self.most[target] - self.least[target] >= width:
            return True
        up, down = ends
        if up is not None and down is not None and up - down < width - 1e-6:
            return False
        low, high = self.exactly(self.keys[target])
        return high is None or high - low >= width

    def exactly(self, key: Key) -> tuple[int, int | None]:
        target = self.at[key]
        down, up = self.solve({target: -1}, whole=True), self.solve({target: 1}, whole=True)
        return round(down or 0), None if up is None else round(up)

    def solve(self, towards: Mapping[int, int], *, whole: bool = False) -> float | None:
        """A table as far as it goes towards what is asked, noted if it is of whole numbers; the first count's value, None if without end.

        What has no end is stopped far out, so that a table comes back either way.
        """
        import numpy
        from scipy import optimize  # Only large or crossing tables need it, and it takes long to import.

        number, far = len(self.keys), self.far
        constraints, bounds = self.program
        costs = numpy.zeros(number)
        for at, way in towards.items():
            costs[at] = -way
        kinds = numpy.full(number, 1 if whole else 0)
        # Linear programs of this size are solved sooner than made smaller first.
        solved = optimize.milp(costs, constraints=constraints, bounds=bounds, integrality=kinds, options={"presolve": whole})
        if solved.x is None:
            return float(self.truth[next(iter(towards))])
        table = [round(value) for value in solved.x]
        if max(abs(value - kept) for value, kept in zip(solved.x, table, strict=True)) < 1e-6:
            self.note(table)
        found = float(solved.x[next(iter(towards))])
        return None if found > far / 2 else found

    @property
    def far(self) -> int:
        """Further out than anything that is shown could tell."""
        return 10 * (sum(self.truth) + 100)

    @cached_property
    def program(self) -> tuple[list, Any]:
        """The sums and bounds as a solver takes them."""
        import numpy
        from scipy import optimize, sparse

        bounds = optimize.Bounds(self.low, [self.far if high is None else high for high in self.high])
        rows = [*self.rows, *({less: 1, more: -1} for less, more in self.within)]
        entries = [(line, at, sign) for line, row in enumerate(rows) for at, sign in row.items()]
        if not entries:
            return [], bounds
        lines, columns, signs = zip(*entries, strict=True)
        matrix = sparse.csc_array((signs, (lines, columns)), shape=(len(rows), len(self.keys)), dtype=float)
        true = (matrix @ numpy.array(self.truth, dtype=float))[: len(self.rows)]
        below = numpy.array([*true, *([-numpy.inf] * len(self.within))])
        above = numpy.array([*true, *([0.0] * len(self.within))])
        return [optimize.LinearConstraint(matrix, below, above)], bounds


class Changed(dict):
    """A table that differs from the true one in few counts."""

    def __init__(self, truth: Sequence[int]) -> None:
        super().__init__()
        self.truth = truth

    def __missing__(self, at: int) -> int:
        return self.truth[at]


def protect(
    counts: Counts,
    hidden: Collection[Key],
    asked: Mapping[Key, int],
    may_hide: Mapping[Key, Any],
    *,
    prune: int = 12,
) -> tuple[set[Key], set[Key]]:
    """The further counts to hide, and those of `asked` that nothing can protect.

    `may_hide` has the counts that can still be hidden, each with its rank: the least rank goes first. What is hidden for the sake of
    others is never left exactly known either. When it is done, what turned out not to be needed is shown again (of up to `prune`).
    """
    hidden, asked = set(hidden), dict(asked)
    more: list[Key] = []
    lost: set[Key] = set()
    for key in fill(counts, hidden, asked, may_hide):
        hidden.add(key)
        more.append(key)
        asked.setdefault(key, 1)
    open_still = dict(asked)
    while failing := unprotected(counts, hidden, open_still):
        chosen: set[Key] = set()
        for key in sorted(failing, key=lambda key: (counts.values[key], str(key))):
            candidates = beside(counts, hidden, key, may_hide)
            if chosen.intersection(candidates):
                continue
            if not candidates:
                lost.add(key)
                continue
            chosen.add(best(counts, hidden | chosen, asked, key, candidates))
        hidden |= chosen
        more += sorted(chosen, key=str)
        asked.update({key: 1 for key in chosen if key not in asked})
        # What is protected stays so when more is hidden.
        open_still = {key: asked[key] for key in (failing - lost) | chosen}
    if len(more) <= prune:
        for key in sorted(more, key=lambda key: may_hide[key], reverse=True):
            if not needed(counts, hidden, asked, lost, key):
                hidden.discard(key)
                del asked[key]
    return hidden.intersection(more), lost


def needed(counts: Counts, hidden: set[Key], asked: Mapping[Key, int], lost: set[Key], key: Key) -> bool:
    """Whether something would be unprotected if one hidden count were shown, as is taken for granted where much is tied to it."""
    tied = counts.piece(hidden, key, LARGE)
    if len(tied) > LARGE:
        return True
    wanted = {other: asked[other] for other in tied if other in asked and other != key and other not in lost}
    return bool(unprotected(counts, hidden - {key}, wanted))


def fill(counts: Counts, hidden: Collection[Key], asked: Mapping[Key, int], may_hide: Mapping[Key, Any]) -> list[Key]:
    """What must be hidden whatever else is: in each sum whose whole is shown, the least rank until the hidden parts are enough together."""
    hidden, more = set(hidden), []
    waiting = list(range(len(counts.sums)))
    while waiting:
        number = waiting.pop()
        whole, parts = counts.sums[number]
        if whole in hidden:
            continue
        secret = [part for part in parts if part in hidden]
        wanted = max((asked.get(part, 1) for part in secret), default=0)
        left = sorted((part for part in parts if part in may_hide and part not in hidden), key=lambda part: (may_hide[part], str(part)))
        while secret and left and (len(secret) == 1 or sum(counts.values[part] for part in secret) < wanted):
            key = left.pop(0)
            secret.append(key)
            hidden.add(key)
            more.append(key)
            waiting += counts.in_sums[key]
    return more


def beside(counts: Counts, hidden: Collection[Key], key: Key, may_hide: Mapping[Key, Any]) -> list[Key]:
    """What could be hidden to protect a count, the least rank first: what shares a sum with it, or with what it is tied to."""
    near = {
        other for number in counts.in_sums.get(key, ()) for other in members(counts, number) if other in may_hide and other not in hidden
    }
    if not near:
        piece = counts.piece(hidden, key)
        numbers = {number for tied in piece for number in counts.in_sums.get(tied, ())}
        near = {other for number in numbers for other in members(counts, number) if other in may_hide and other not in hidden}
    return sorted(near, key=lambda other: (may_hide[other], str(other)))


def members(counts: Counts, number: int) -> tuple[Key, ...]:
    whole, parts = counts.sums[number]
    return (whole, *parts)


def best(counts: Counts, hidden: Collection[Key], asked: Mapping[Key, int], key: Key, candidates: Sequence[Key]) -> Key:
    """Of the first few candidates the first that protects the count by itself; else the first."""
    for candidate in candidates[:TRIES]:
        tried = set(hidden) | {candidate}
        piece = counts.piece(tried, key, LARGE)
        if len(piece) > LARGE:
            break
        if not proved(Piece(counts, piece, tried), {key: asked[key]}):
            return candidate
    return candidates[0]

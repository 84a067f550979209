"""The slow, certain way: every table of whole numbers that agrees with what is shown, counted through, and the fewest cells to hide."""

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from virtualschool.publish.known import Counts, Key

FURTHEST = 14
"""How far above the truth a count that nothing bounds is followed: past the widest interval that is asked for."""


def tables(counts: Counts, hidden: Collection[Key]) -> Iterator[dict[Key, int]]:
    """All tables that agree with everything shown. A sum with one count open gives it; else each value is tried in turn."""
    yield from _tables(counts, {key: value for key, value in counts.values.items() if key not in hidden}, sorted(hidden, key=str))


def _tables(counts: Counts, fixed: dict[Key, int], left: list[Key]) -> Iterator[dict[Key, int]]:
    for whole, parts in counts.sums:
        open_parts = [part for part in parts if part not in fixed]
        so_far = sum(fixed[part] for part in parts if part in fixed)
        if whole in fixed and so_far > fixed[whole]:
            return
        if whole in fixed and not open_parts and so_far != fixed[whole]:
            return
    if any(fixed[less] > fixed[more] for less, more in counts.within if less in fixed and more in fixed):
        return
    if not left:
        yield dict(fixed)
        return
    key, *rest = left
    for value in range(most(counts, fixed, key) + 1):
        yield from _tables(counts, {**fixed, key: value}, rest)


def most(counts: Counts, fixed: Mapping[Key, int], key: Key) -> int:
    found = counts.values[key] + FURTHEST
    for whole, parts in counts.sums:
        if key in parts and whole in fixed:
            found = min(found, fixed[whole] - sum(fixed[part] for part in parts if part in fixed))
        if key == whole and all(part in fixed for part in parts):
            found = min(found, sum(fixed[part] for part in parts))
    return max(found, -1)


def intervals(counts: Counts, hidden: Collection[Key]) -> dict[Key, tuple[int, int]]:
    """The least and greatest value of each hidden count over all those tables."""
    found: dict[Key, tuple[int, int]] = {}
    for table in tables(counts, hidden):
        for key in hidden:
            low, high = found.get(key, (table[key], table[key]))
            found[key] = (min(low, table[key]), max(high, table[key]))
    return found


def protected(counts: Counts, hidden: Collection[Key], asked: Mapping[Key, int]) -> bool:
    found = intervals(counts, hidden)
    return all(found[key][1] - found[key][0] >= width for key, width in asked.items() if key in hidden)


def fewest_more(counts: Counts, hidden: Collection[Key], asked: Mapping[Key, int], may_hide: Collection[Key]) -> int:
    """The least number of further counts whose hiding protects all that is asked, and that are themselves left uncertain."""
    for number in range(len(may_hide) + 1):
        for more in combinations(sorted(may_hide, key=str), number):
            if protected(counts, {*hidden, *more}, {**dict.fromkeys(more, 1), **asked}):
                return number
    raise AssertionError("nothing protects it")

"""Plain counts of children that are not figures of a measure (links made, values that differ), as an audience may see them."""

from collections.abc import Sequence

from virtualschool.publish.hiding import HIDDEN

SMALL = 5
"""Counts from 1 to 5 are not shown to the public (DfE, outcomes for children in need: suppression)."""


def counts(line: Sequence[int], audience: str) -> list[int | str]:
    """The counts of a line whose total is known, in order: each a number, or `c` where it is hidden.

    For the public, 1 to 5 are hidden; and as the total gives away what is hidden together, the smallest still shown is hidden
    too until two or more are hidden and they are more than 5 together. Nought is shown.
    """
    if audience == "internal":
        return list(line)
    secret = {at for at, count in enumerate(line) if 0 < count <= SMALL}
    while secret and (len(secret) == 1 or sum(line[at] for at in secret) <= SMALL):
        left = [at for at, count in enumerate(line) if at not in secret and count > 0]
        if not left:
            break
        secret.add(min(left, key=lambda at: (line[at], at)))
    return [HIDDEN if at in secret else count for at, count in enumerate(line)]

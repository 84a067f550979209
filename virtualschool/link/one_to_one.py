"""One pupil for a child, and within an authority at one time one child for a pupil: the assignment over the whole set.

Children who compete for a pupil are judged together: every way of giving each at most one pupil, and no pupil to two, has a
likelihood, and a pair's probability is its share in them. So two brothers with one good pupil between them are two halves
of a doubt, not two links.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

import numpy as np

WAYS = 50_000
"""So many ways are counted through; a larger knot of children is cut to its likeliest pupils, and then to the best assignment."""
LIKELIEST = 4


def settle(odds: Mapping[tuple, Mapping[str, float]], rivals: Collection[tuple]) -> dict[tuple, float]:
    """The probability of each pair (child, pupil), from its odds against "none of them" (`odds[child][pupil]`).

    `rivals` are two children who may not have the same pupil.
    """
    found: dict[tuple, float] = {}
    against = defaultdict(set)
    for one, other in rivals:
        against[one].add(other)
    for knot in knots(odds, rivals):
        inside = set(knot)
        pairs = {frozenset((one, other)) for one in knot for other in against[one] & inside}
        found.update(shares({child: odds[child] for child in knot}, pairs))
    return found


def knots(odds: Mapping, rivals: Collection[tuple]) -> list[list]:
    """The children who hang together because rivals share a pupil; most are alone."""
    parent = {child: child for child in odds}

    def root(child):
        while parent[child] != child:
            parent[child] = parent[parent[child]]
            child = parent[child]
        return child

    for one, other in rivals:
        if one in parent and other in parent and odds[one].keys() & odds[other].keys():
            parent[root(one)] = root(other)
    together = defaultdict(list)
    for child in odds:
        together[root(child)].append(child)
    return list(together.values())


def shares(odds: Mapping, rivals: set[frozenset]) -> dict[tuple, float]:
    """Each pair's share in all ways of assigning a knot."""
    children = sorted(odds, key=str)
    options = {child: sorted(odds[child].items(), key=lambda item: (-item[1], str(item[0]))) for child in children}
    if np.prod([len(options[child]) + 1.0 for child in children]) > WAYS:
        options = {child: listed[:LIKELIEST] for child, listed in options.items()}
    if np.prod([len(options[child]) + 1.0 for child in children]) > WAYS:
        return best(odds, children)
    mass: dict[tuple, float] = defaultdict(float)
    total = 0.0
    chosen: dict = {}

    def go(place: int, likelihood: float) -> None:
        nonlocal total
        if place == len(children):
            total += likelihood
            for child, pupil in chosen.items():
                mass[child, pupil] += likelihood
            return
        child = children[place]
        go(place + 1, likelihood)
        for pupil, odd in options[child]:
            if any(taken == pupil and frozenset((child, other)) in rivals for other, taken in chosen.items()):
                continue
            chosen[child] = pupil
            go(place + 1, likelihood * odd)
            del chosen[child]

    go(0, 1.0)
    return {(child, pupil): mass[child, pupil] / total for child in children for pupil in odds[child]}


def best(odds: Mapping, children: list) -> dict[tuple, float]:
    """For a knot too large to count through: the likeliest assignment, each pair at the share it would have alone, halved
    where another pupil of the child, or another child for the pupil, is nearly as good."""
    from scipy.optimize import linear_sum_assignment  # Large knots are rare, and scipy takes half a second to import.

    pupils = sorted({pupil for child in children for pupil in odds[child]}, key=str)
    place = {pupil: number for number, pupil in enumerate(pupils)}
    gain = np.zeros((len(children), len(pupils)))
    for row, child in enumerate(children):
        for pupil, odd in odds[child].items():
            gain[row, place[pupil]] = np.log1p(odd)
    rows, columns = linear_sum_assignment(-gain)
    found = {(child, pupil): 0.0 for child in children for pupil in odds[child]}
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        child, pupil = children[row], pupils[column]
        if (child, pupil) not in found or gain[row, column] == 0:
            continue
        against = sum(odd for other, odd in odds[child].items() if other != pupil)
        against += sum(odds[other].get(pupil, 0.0) for other in children if other != child)
        found[child, pupil] = odds[child][pupil] / (1.0 + odds[child][pupil] + against)
    return found

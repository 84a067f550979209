"""How sure it is that a child and a pupil are the same: weights in bits, and a posterior that knows "not among these pupils".

The method is Fellegi's and Sunter's: a level of a comparison weighs log2(m / u), where m is how often true pairs show it and u
how often others do. Where agreement by chance depends on the value (birth date, postcode, ethnicity), u is how many pupils
share that value; a rare one weighs more. A child's posterior divides what is sure between its candidates and "none of them":
being the only candidate is no evidence where the true record may be missing.

The data at hand correct the shipped model: of children whom an exact rule linked, the linked pair shows m, and the other
candidates show u; of the rest, m is estimated by expectation and maximisation.

Source: Fellegi and Sunter, A theory for record linkage, Journal of the American Statistical Association 64 (1969);
Winkler, Frequency-based matching in the Fellegi-Sunter model of record linkage, US Bureau of the Census (2000).
"""

from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from virtualschool.link import chance
from virtualschool.link.comparisons import LEVELS
from virtualschool.link.model import HOMES, Model

ROUNDS = 8
"""Of expectation and maximisation; more change no probability by a thousandth on what we tried."""
MOST_LINKS = 500.0
"""As many pairs count of those that exact rules linked, at most: who is left was in care for a shorter time and moved less."""
OF_LINKS = 0.97
"""Of children with an exact link, the share taken to be among the pupils: their pairs are weighed to be shown, not to be judged."""
BOUND_FOR_PRESENT = (0.001, 0.999)
MOST = 60
"""Bits beyond which nothing is surer."""


@dataclass
class Pairs:
    """Pairs in the order of their children, as arrays of one length, and what is known of each child."""

    child: np.ndarray
    """Position of the child; pairs of one child stand together."""
    levels: dict[str, np.ndarray]
    shared: dict[str, np.ndarray]
    """How many pupils share the value that agrees: born_alike, there, pupils_there, alike, among; 0 where not known."""
    linked: np.ndarray
    """Pairs that an exact rule linked."""
    certain: np.ndarray
    """Pairs of a child that has an exact link: they are not judged, and those that are not the link show what chance does."""
    group: np.ndarray
    """Of each child, the group whose share of children among the pupils is its own; -1 for a child that has an exact link."""
    groups: tuple[str, ...]
    pupils: int
    """How many pupils a pair is one of."""


@dataclass
class Judged:
    """What the evidence comes to: of each pair its weights (bits) and probability."""

    weights: dict[str, np.ndarray]
    start: np.ndarray
    probability: np.ndarray
    present: dict[str, float]
    m: dict[str, np.ndarray] = field(default_factory=dict)
    u: dict[str, np.ndarray] = field(default_factory=dict)

    @property
    def total(self) -> np.ndarray:
        return self.start + sum(self.weights.values())


def pairs_of(table: pa.Table, linked: np.ndarray, certain: np.ndarray, child: np.ndarray, group: np.ndarray, groups, pupils: int) -> Pairs:
    """The pairs of a table with a column for each comparison (place in LEVELS) and for each count of sharers."""
    levels = {name: table[name].to_numpy().astype(np.int64) for name in LEVELS}
    shared = {
        name: np.nan_to_num(table[name].to_numpy(zero_copy_only=False).astype(float))
        for name in ("born_alike", "there", "pupils_there", "alike", "among")
    }
    return Pairs(child, levels, shared, linked, certain, group, tuple(groups), pupils)


def judge(pairs: Pairs, shipped: Model) -> Judged:
    """The weights and probabilities of pairs, by the shipped model corrected by these very pairs."""
    homes = chance.OF_HOMES[pairs.levels["place"]]
    u = chance.learnt(pairs, shipped, homes)
    against = chance.unlikely(pairs, u, homes, shipped.strength)
    known = shown_by_links(pairs, shipped, homes)
    rows = np.flatnonzero(~pairs.certain)
    asked, of_asked = some(pairs, rows), homes[rows]
    against_asked = {name: bits[rows] for name, bits in against.items()}
    expected = np.array([shipped.present[name] for name in pairs.groups])
    children = np.bincount(pairs.group[pairs.group >= 0], minlength=len(pairs.groups))
    worth = shipped.strength / 20
    m, present = {name: chance.shares(counted) for name, counted in known.items()}, expected
    for _round in range(ROUNDS):
        probability = posterior(asked, start_weight(asked, present), weigh(asked, m, against_asked, of_asked))
        m = {name: chance.shares(known[name] + counts(asked, name, of_asked, probability)) for name in LEVELS}
        found = np.bincount(asked.group[asked.child], probability, len(pairs.groups))
        present = np.clip((found + worth * expected) / (children + worth), *BOUND_FOR_PRESENT)
    weights, start = weigh(pairs, m, against, homes), start_weight(pairs, present)
    # A pair of an exact link has no rivals here; its probability is that of the pair alone.
    alone = np.exp2(np.minimum(start + sum(weights.values()), MOST))
    probability = np.where(pairs.linked, alone / (1.0 + alone), 0.0)
    probability[rows] = posterior(asked, start[rows], {name: bits[rows] for name, bits in weights.items()})
    return Judged(weights, start, probability, dict(zip(pairs.groups, present.tolist(), strict=True)), m, u)


def some(pairs: Pairs, rows: np.ndarray) -> Pairs:
    """Some of the pairs; the children keep their places."""
    levels = {name: level[rows] for name, level in pairs.levels.items()}
    shared = {name: count[rows] for name, count in pairs.shared.items()}
    return replace(pairs, child=pairs.child[rows], levels=levels, shared=shared, linked=pairs.linked[rows], certain=pairs.certain[rows])


def shown_by_links(pairs: Pairs, shipped: Model, homes: np.ndarray) -> dict[str, np.ndarray]:
    """How many pairs show each level before any is judged: those that exact rules linked, beside the shipped shares.

    Whoever is left is mostly sought by birth date, sex and area, and a pupil in another part of the country does not come up. So
    only those links count that would have come up without the number: who went to another part changed school more often too. Of
    birth date and sex all links count. Of the number links say nothing: the rules took the pairs in which it is right.
    """
    found, linked = (pairs.linked & found_by_birth(pairs)).astype(float), pairs.linked.astype(float)
    mass = {"number": np.zeros(len(found)), "birth": linked, "sex": linked}
    say = min(1.0, MOST_LINKS / max(float(linked.sum()), 1.0))
    return {name: say * counts(pairs, name, homes, mass.get(name, found)) + shipped.strength * shipped.m[name] for name in LEVELS}


def found_by_birth(pairs: Pairs) -> np.ndarray:
    """Whether a pair would have come up without its number: by birth date and sex, and an authority or a district."""
    levels = pairs.levels
    born = (levels["birth"] == chance.SAME_BIRTH) & (levels["sex"] == chance.SAME_SEX)
    return born & ((levels["school"] >= chance.IN_AUTHORITY) | (levels["place"] > chance.AREAS[0]))


def counts(pairs: Pairs, name: str, homes: np.ndarray, mass: np.ndarray) -> np.ndarray:
    """How much of a mass falls on each level of a comparison; of schools, for each of HOMES."""
    width = len(LEVELS[name])
    if name != "school":
        return np.bincount(pairs.levels[name], mass, width)
    return np.bincount(homes * width + pairs.levels[name], mass, len(HOMES) * width).reshape(len(HOMES), width)


def start_weight(pairs: Pairs, present: np.ndarray) -> np.ndarray:
    """log2 of the odds that a pupil drawn at random is the child: one of so many, if the child is among them at all."""
    share = np.append(present, OF_LINKS)[pairs.group]
    return np.log2(share / (1 - share) / pairs.pupils)[pairs.child]


def posterior(pairs: Pairs, start: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """What is sure of each child, divided between its pairs and none of them."""
    likelihood = np.exp2(np.minimum(start + sum(weights.values()), MOST))
    return likelihood / (1.0 + np.bincount(pairs.child, likelihood, len(pairs.group)))[pairs.child]


def weigh(pairs: Pairs, m: dict[str, np.ndarray], against: dict[str, np.ndarray], homes: np.ndarray) -> dict[str, np.ndarray]:
    """log2(m / u) of each comparison of each pair; 0 where it is not known. `against` is log2 of u."""
    weights = {}
    for name, level in pairs.levels.items():
        bits = np.log2(np.maximum(m[name], chance.LEAST))
        weights[name] = np.where(level == 0, 0.0, (bits[homes, level] if name == "school" else bits[level]) - against[name])
    weights["school"][homes == chance.SAME_HOME] = 0.0
    # A school in another authority never speaks for a pair, however seldom near neighbours go to one.
    elsewhere = pairs.levels["school"] == chance.ELSEWHERE
    weights["school"][elsewhere] = np.minimum(weights["school"][elsewhere], 0.0)
    chance.allow_for_twins(pairs, weights, m)
    return weights

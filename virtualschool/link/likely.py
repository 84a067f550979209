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

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from virtualschool.link.comparisons import LEVELS
from virtualschool.link.model import Model

ROUNDS = 6
"""Of expectation and maximisation; more change no probability by a thousandth on what we tried."""
TWINS = 0.008
"""Children with a twin of the same sex: 16 of 1,000 births are of twins, and half of those are alike in sex.
Source: Office for National Statistics, Birth characteristics in England and Wales, 2021 (multiple births)."""
TWINS_OF_ONE_SURNAME = 0.9
"""Our estimate: some twins are written with the surnames of two parents, or one with a former name."""
KNOWN_BY_VALUE = ("birth", "sex", "place", "ethnicity")
PLACE_CLASSES = 4
"""Of the comparison of schools: what it is worth depends on what the homes say already."""
BOUND_FOR_PRESENT = (0.001, 0.999)
LEAST = 1e-9
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
    school = school_class(pairs)
    u = chance(pairs, shipped, school)
    m = {name: np.tile(shares, (PLACE_CLASSES, 1)) if name == "school" else shares.copy() for name, shares in shipped.m.items()}
    expected = np.array([shipped.present[name] for name in pairs.groups])
    present = expected
    children = np.bincount(pairs.group[pairs.group >= 0], minlength=len(pairs.groups))
    open_pairs = ~pairs.certain
    for _round in range(ROUNDS + 1):
        weights = weigh(pairs, m, u, school)
        start = start_weight(pairs, present)
        likelihood = np.where(open_pairs, np.exp2(np.minimum(start + sum(weights.values()), MOST)), 0.0)
        probability = likelihood / (1.0 + per_child(pairs, likelihood)[pairs.child])
        if _round == ROUNDS:
            break
        true = np.where(pairs.linked, 1.0, probability)
        for name in LEVELS:
            if name == "number":
                m[name] = smoothed(pairs.levels[name], np.where(open_pairs, true, 0.0), shipped.m[name], shipped.strength)
            elif name == "school":
                for which in range(PLACE_CLASSES):
                    m[name][which] = smoothed(pairs.levels[name], np.where(school == which, true, 0.0), shipped.m[name], shipped.strength)
            else:
                m[name] = smoothed(pairs.levels[name], true, shipped.m[name], shipped.strength)
        found = np.bincount(pairs.group[pairs.child[open_pairs]], probability[open_pairs], len(pairs.groups))
        worth = shipped.strength / 20
        present = np.clip((found + worth * expected) / (children + worth), *BOUND_FOR_PRESENT)
    # A pair of an exact link has no rivals here; its probability is that of the pair alone.
    alone = np.exp2(np.minimum(start + sum(weights.values()), MOST))
    probability = np.where(pairs.linked, alone / (1.0 + alone), probability)
    return Judged(weights, start, probability, dict(zip(pairs.groups, present.tolist(), strict=True)), m, u)


def start_weight(pairs: Pairs, present: np.ndarray) -> np.ndarray:
    """log2 of the odds that a pupil drawn at random is the child: one of so many, if the child is among them at all."""
    share = np.where(pairs.group >= 0, present[np.maximum(pairs.group, 0)] if len(present) else 0.5, 0.97)[pairs.child]
    return np.log2(share / (1 - share) / pairs.pupils)


def per_child(pairs: Pairs, values: np.ndarray) -> np.ndarray:
    return np.bincount(pairs.child, values, len(pairs.group))


def smoothed(levels: np.ndarray, mass: np.ndarray, shipped: np.ndarray, strength: float) -> np.ndarray:
    """Shares of the known levels, the shipped shares counting as `strength` pairs."""
    counted = np.bincount(levels, mass, len(shipped))
    counted[0] = 0.0
    return (counted + strength * shipped) / (counted.sum() + strength)


def school_class(pairs: Pairs) -> np.ndarray:
    """0 homes not known; 1 homes in different authorities; 2 the same authority, district or sector; 3 the same postcode."""
    return np.array([0, 1, 2, 2, 2, 3, 3, 3])[pairs.levels["place"]]


def chance(pairs: Pairs, shipped: Model, school: np.ndarray) -> dict[str, np.ndarray]:
    """How often pairs of different people show each level: the candidates of linked children that are not their links.

    Candidates share birth date, sex and authority as a rule, which is what those who are to be judged share too.
    """
    others = (pairs.certain & ~pairs.linked).astype(float)
    u = {}
    for name in LEVELS:
        if name in KNOWN_BY_VALUE and name != "ethnicity":
            continue
        if name == "school":
            u[name] = np.stack(
                [
                    smoothed(pairs.levels[name], np.where(school == which, others, 0.0), shipped.u[name], shipped.strength)
                    for which in range(PLACE_CLASSES)
                ]
            )
        else:
            u[name] = smoothed(pairs.levels[name], others, shipped.u[name], shipped.strength)
    u["number"][-2:] = 1 / pairs.pupils
    return u


def weigh(pairs: Pairs, m: dict[str, np.ndarray], u: dict[str, np.ndarray], school: np.ndarray) -> dict[str, np.ndarray]:
    """log2(m / u) of each comparison of each pair; 0 where it is not known."""
    levels, shared, pupils = pairs.levels, pairs.shared, pairs.pupils
    weights: dict[str, np.ndarray] = {}
    for name in ("number", "moves", "needs", "arrival", "name"):
        weights[name] = log2(m[name][levels[name]], u[name][levels[name]])
    usual = max(1.0, float(np.median(shared["born_alike"][shared["born_alike"] > 0])) if (shared["born_alike"] > 0).any() else 1.0)
    born = np.maximum(shared["born_alike"], usual / 2)
    by_birth = np.array([0, 1.0, 11 / 365, 1 / 180, 40 / 5000, 0])[levels["birth"]]
    by_birth = np.where(levels["birth"] == 5, np.minimum(2 * born / pupils, 1.0), by_birth)
    weights["birth"] = log2(m["birth"][levels["birth"]], by_birth)
    weights["sex"] = log2(m["sex"][levels["sex"]], 0.5)
    there = np.where(levels["place"] >= 2, np.maximum(shared["there"], 1.0) / pupils, 1.0)
    # Two postcodes, each at its time, are not twice as rare: who moves, moves within reach.
    there = np.where(levels["place"] == 7, there / 100, there)
    weights["place"] = log2(m["place"][levels["place"]], np.minimum(there, 1.0))
    share = np.clip(shared["alike"] / np.maximum(shared["among"], 1.0), 0.5 / np.maximum(shared["among"], 50.0), 0.99)
    by_chance = np.select([levels["ethnicity"] == 3, levels["ethnicity"] == 2], [share, np.full(len(share), u["ethnicity"][2])], 1 - share)
    weights["ethnicity"] = log2(m["ethnicity"][levels["ethnicity"]], np.clip(by_chance, 0.002, 1.0))
    weights["school"] = weigh_schools(pairs, m["school"], u["school"], school)
    for name, level in levels.items():
        weights[name] = np.where(level == 0, 0.0, weights[name])
    allow_for_twins(pairs, weights, m["name"])
    return weights


def weigh_schools(pairs: Pairs, m: np.ndarray, u: np.ndarray, school: np.ndarray) -> np.ndarray:
    """What the school says beyond the homes: the authority itself counts only where the homes have not said it."""
    level = pairs.levels["school"]
    inside = level >= 2
    # An authority's schools have a thousandth of all pupils at least; fewer are known where the roll is not whole.
    share = np.maximum(pairs.shared["pupils_there"] / pairs.pupils, 0.001)
    within = u / np.maximum(u[:, 2:].sum(1, keepdims=True), LEAST)
    alone = np.where(inside, np.minimum(share, 1.0) * within[school, level], 1.0)
    beside = u[school, level]
    weights = log2(m[school, level], np.where(school < 2, alone, beside))
    return np.where(school == 3, 0.0, weights)


def allow_for_twins(pairs: Pairs, weights: dict[str, np.ndarray], m_name: np.ndarray) -> None:
    """Takes from the weight of a shared home what a twin would show as well: a child who is not among the pupils may have one who is."""
    levels = pairs.levels
    alike = (levels["birth"] == 5) & (levels["sex"] == 2) & (levels["place"] >= 4) & (levels["number"] < 5)
    joint = weights["birth"] + weights["sex"] + weights["place"]
    held = -np.log2(np.exp2(-joint) + TWINS / pairs.pupils)
    weights["place"] = np.where(alike, weights["place"] + held - joint, weights["place"])
    # Twins begin at one school in one year, with serial numbers next to one another; and they are of one ethnicity.
    sibling = alike & np.isin(levels["number"], (2, 3))
    weights["number"] = np.where(sibling, np.minimum(weights["number"], 0.0), weights["number"])
    # And they share a surname, and no forename.
    namesake = alike & (levels["name"] == 2)
    weights["name"] = np.where(namesake, np.minimum(weights["name"], log2(m_name[2], TWINS_OF_ONE_SURNAME)), weights["name"])
    weights["ethnicity"] = np.where(alike, np.minimum(weights["ethnicity"], 1.0), weights["ethnicity"])


def log2(m, u) -> np.ndarray:
    return np.log2(np.maximum(m, LEAST) / np.maximum(u, LEAST))

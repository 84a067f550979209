"""How often two different people agree by chance (u), as log2, for each comparison of each pair.

For birth date, home and ethnicity it is counted: so many pupils share the value. For the rest it is how often the other candidates
of children with an exact link show a level; they share birth date, sex and authority as a rule, which is what those who are to be
judged share too.
"""

from typing import TYPE_CHECKING

import numpy as np

from virtualschool.link.comparisons import LEVELS
from virtualschool.link.model import BY_HOMES, HOMES, Model

if TYPE_CHECKING:
    from virtualschool.link.likely import Pairs

LEAST = 1e-9
SAME_BIRTH, SAME_SEX = len(LEVELS["birth"]) - 1, len(LEVELS["sex"]) - 1
OF_HOMES = np.array([0, 1, 2, 2, 3, 4, 4, 4])
"""The place in HOMES of each level of the comparison of places."""
SAME_HOME = len(HOMES) - 1
ELSEWHERE = LEVELS["school"].index("in another authority")
IN_AUTHORITY = LEVELS["school"].index("in the same authority, at another time")
"""From this level on a school lies in an authority of the child's."""
BIRTHS = np.array([1.0, 1.0, 11 / 365, 1 / 180, 40 / 5000, 1.0])
"""How often birth dates of pupils agree as each level says; the last is counted."""
AREAS = tuple(LEVELS["place"].index(f"same {area}") for area in ("authority", "postcode district", "postcode sector"))
BOTH_POSTCODES = len(LEVELS["place"]) - 1
MOST_AREAS = 20.0
TWINS = {"same": 0.012, "differs": 0.007}
"""Children with a twin, of the same sex or the other, who is among the pupils and is not looked after.

Of 1,000 maternities 16 are of twins or more, so that 3.1% of children have a twin; two in three are of one sex. Of the twins of
children in care we take four in ten to be in care too, where they have links of their own.
Source: Office for National Statistics, Birth characteristics in England and Wales, 2015 (multiple births).
"""
OF_A_TWIN = {
    "number": np.array([1.0, 0.35, 0.55, 0.08, 0.0165, 0.0005, 0.003]),
    "ethnicity": np.array([1.0, 0.05, 0.05, 0.9]),
    "name": np.array([1.0, 0.07, 0.9, 0.02, 0.01]),
}
"""How often a twin shows each level: most begin at one school in one year, and have one surname. Chosen by us."""


def learnt(pairs: "Pairs", shipped: Model, homes: np.ndarray) -> dict[str, np.ndarray]:
    """u of each level of the comparisons whose chance is not counted; those of BY_HOMES have a row for each of HOMES."""
    others = np.flatnonzero(pairs.certain & ~pairs.linked)
    u = {}
    for name in ("number", "school", "moves", "ethnicity", "needs", "meals", "company", "arrival", "name"):
        level, width = pairs.levels[name][others], len(LEVELS[name])
        if name in BY_HOMES:
            counted = np.bincount(homes[others] * width + level, minlength=len(HOMES) * width).reshape(len(HOMES), width)
        else:
            counted = np.bincount(level, minlength=width)
        u[name] = shares(counted + shipped.strength * shipped.u[name])
    u["number"][:, -2:] = 1 / pairs.pupils
    return u


def shares(counted: np.ndarray) -> np.ndarray:
    """Counts of levels as shares of the known ones."""
    known = counted.astype(float)
    known[..., 0] = 0.0
    return known / np.maximum(known.sum(-1, keepdims=True), LEAST)


def unlikely(pairs: "Pairs", u: dict[str, np.ndarray], homes: np.ndarray, strength: float) -> dict[str, np.ndarray]:
    """log2 of u, for each comparison of each pair."""
    levels, shared, pupils = pairs.levels, pairs.shared, pairs.pupils
    by_chance = {name: u[name][levels[name]] for name in ("moves", "needs", "meals", "company", "arrival", "name")}
    by_chance["number"] = u["number"][homes, levels["number"]]
    born = births(pairs)
    by_chance["birth"] = np.where(levels["birth"] == SAME_BIRTH, np.minimum(2 * born / pupils, 1.0), BIRTHS[levels["birth"]])
    by_chance["sex"] = np.full(len(born), 0.5)
    by_chance["place"] = np.minimum(places(pairs) * areas(pairs, strength)[levels["place"]], 1.0)
    by_chance["school"] = schools(pairs, u["school"], homes)
    among = shared["among"]
    share = np.clip(shared["alike"] / np.maximum(among, 1.0), 0.5 / np.maximum(among, 50.0), 0.99)
    group = np.minimum(u["ethnicity"][2], (1 - share) / 2)
    said = np.select([levels["ethnicity"] == 3, levels["ethnicity"] == 2], [share, group], 1 - share - group)
    by_chance["ethnicity"] = np.clip(said, 0.002, 1.0)
    return {name: np.log2(np.maximum(by_chance[name], LEAST)) for name in LEVELS}


def births(pairs: "Pairs") -> np.ndarray:
    """How many pupils have the birth date and sex of each pair; half the usual where hardly any roll has that age."""
    born = pairs.shared["born_alike"]
    usual = float(np.median(born[born > 0])) if (born > 0).any() else 1.0
    return np.maximum(born, max(1.0, usual) / 2)


def places(pairs: "Pairs") -> np.ndarray:
    """The share of pupils who live where a pair agrees."""
    level = pairs.levels["place"]
    there = np.where(level >= AREAS[0], np.maximum(pairs.shared["there"], 1.0) / pairs.pupils, 1.0)
    # Two postcodes, each at its time, are not twice as rare: who moves, moves within reach.
    return np.where(level == BOTH_POSTCODES, there / 100, there)


def areas(pairs: "Pairs", strength: float) -> np.ndarray:
    """For each level of places, how many times likelier it is by chance than one area says: a child may have lived in several.

    Of the other candidates of linked children so many turn up in each kind of area, and so many were to be expected of one.
    """
    found = np.ones(len(LEVELS["place"]))
    others = pairs.certain & ~pairs.linked & (pairs.levels["birth"] == SAME_BIRTH) & (pairs.levels["sex"] == SAME_SEX)
    expected = births(pairs) * np.maximum(pairs.shared["there"], 1.0) / pairs.pupils
    children = len(np.unique(pairs.child[pairs.certain & ~pairs.linked]))
    for level in AREAS:
        times = float((1 / expected[others & (pairs.levels["place"] == level)]).sum())
        found[level] = min(max((times + strength) / (children + strength), 1.0), MOST_AREAS)
    return found


def schools(pairs: "Pairs", u: np.ndarray, homes: np.ndarray) -> np.ndarray:
    """What the school says beyond the homes: the authority itself counts only where the homes have not said it."""
    level = pairs.levels["school"]
    # An authority's schools have a thousandth of all pupils at least; fewer are known where the roll is not whole.
    share = np.clip(pairs.shared["pupils_there"] / pairs.pupils, 0.001, 1.0)
    within = u / np.maximum(u[:, IN_AUTHORITY:].sum(1, keepdims=True), LEAST)
    alone = np.where(level >= IN_AUTHORITY, share * within[homes, level], 1.0)
    return np.where(homes < 2, alone, u[homes, level])


def allow_for_twins(pairs: "Pairs", weights: dict[str, np.ndarray], m: dict[str, np.ndarray]) -> None:
    """Takes from the weight of a shared home what a twin would show as well.

    A child who is not among the pupils may have a twin who is, with the same birth date and home, as a rule the same ethnicity and
    surname, and often a number of the same school and year. So chance is not only that of two strangers.
    """
    levels = pairs.levels
    joint = np.sum([weights[name] for name in ("birth", "sex", "place", *OF_A_TWIN)], axis=0)
    alike = np.flatnonzero((levels["birth"] == SAME_BIRTH) & (levels["sex"] > 0) & (levels["place"] >= AREAS[-1]))
    joint = joint[alike]
    sex = levels["sex"][alike]
    rate = np.array([0.0, TWINS["differs"], TWINS["same"]])[sex] / np.maximum(m["sex"][sex], LEAST) / pairs.pupils
    for name, shown in OF_A_TWIN.items():
        level = levels[name][alike]
        rate = rate * np.where(level > 0, shown[level] / np.maximum(m[name][level], LEAST), 1.0)
    held = -np.log2(np.exp2(-joint) + rate)
    weights["place"][alike] += held - joint

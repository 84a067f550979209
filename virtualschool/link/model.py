"""The weights of evidence: how often each level of a comparison is met by true pairs (m) and by others (u).

They are shipped as a dated file in `models/`, with what they were trained on. The data at hand correct them: what is shipped
counts as so many pairs (`strength`), to which the pairs of the build are added.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from virtualschool.link.comparisons import LEVELS

CURRENT = "2026-11"
HOMES = ("homes not known", "homes in different authorities", "homes in one authority", "homes in one postcode sector", "the same home")
BY_HOMES = ("number", "school")
"""Comparisons whose chance depends on how near each other the homes are: who lives near goes to the same schools."""


@dataclass(frozen=True)
class Model:
    """A shipped model. `m` and `u` hold for each comparison the share of each level but the first (not known).

    `u` of the comparisons of BY_HOMES, and `m` of school, have a row for each of HOMES.
    """

    name: str
    made: str
    inputs: Mapping[str, Any]
    """What it was trained on."""
    m: dict[str, np.ndarray]
    u: dict[str, np.ndarray]
    present: dict[str, float]
    """Of children whom no exact rule linked, the share who are among the pupils: by what is known of their number and age, and by whether
    they came to England alone."""
    strength: float
    link_floor: float
    link_floor_without_homes: float
    """Of pairs of which no home can be compared: fewer links are then sure, and a person could tell no better."""
    review_floor: float


@cache
def model(name: str = CURRENT) -> Model:
    held = json.loads((resources.files("virtualschool.link") / "models" / f"{name}.json").read_text(encoding="utf-8"))

    def row(told: dict[str, float], levels: tuple[str, ...]) -> list[float]:
        return [0.0, *(told[level] for level in levels[1:])]

    def shares(kind: str) -> dict[str, np.ndarray]:
        found = {}
        for comparison, levels in LEVELS.items():
            told = held[kind][comparison]
            nested = HOMES[0] in told
            found[comparison] = np.array([row(told[homes], levels) for homes in HOMES] if nested else row(told, levels))
        return found

    return Model(
        held["name"],
        held["made"],
        held["inputs"],
        shares("m"),
        shares("u"),
        held["present"],
        held["strength"],
        held["link_floor"],
        held["link_floor_without_homes"],
        held["review_floor"],
    )

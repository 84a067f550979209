"""What pupils attain at key stages 1 and 2, and the progress between, against the means of the invented national cohort."""

from dataclasses import dataclass

import numpy as np

from virtualschool.invent.chance import generator
from virtualschool.invent.england import SECONDARY, SPECIAL, England
from virtualschool.invent.people import KS2, PLAN, Pupils

KS1_CODES = {False: ("BLW", "PKF", "WTS", "EXS", "GDS"), True: ("PK1", "PK3", "WTS", "EXS", "GDS")}
"""Outcomes at key stage 1 in rising order, to 2018 and from 2019."""
LEVELS = ("W", "1", "2C", "2B", "2A", "3")
KS1_POINTS = {"BLW": 3, "PKF": 4, "PK1": 3, "PK3": 4, "WTS": 6, "EXS": 8, "GDS": 10, "W": 3, "1": 9, "2C": 13, "2B": 15, "2A": 17, "3": 21}
"""Points of key stage 1 results. Those below PKF and below level 1 are our own choice: DfE's were not found."""
WRITING = ("PK3", "WTS", "EXS", "GDS")
WRITING_POINTS = (73, 91, 103, 113)
BELOW = {2016: ("PKF", "PKE", "PKG"), 2017: ("PKF", "PKE", "PKG"), 2018: ("PKF", "PKE", "PKG")}
NOMINAL = {
    "PKF": 73, "PKE": 76, "PKG": 79, "N": 79, "PK1": 64, "PK2": 67, "PK3": 70, "PK4": 73, "PK5": 76, "PK6": 79,
}  # fmt: skip
"""Scores that stand for results below the tests. Source: DfE secondary accountability guide, by year of the tests."""
NOT_HELD = -1


@dataclass
class KeyStages:
    """Key stage 1 and 2 of one year group. Scores are scaled scores, or negative for a code: see `score_text`."""

    later: np.ndarray
    """What a pupil can do at eleven, as `ability` is at seven."""
    ks1: np.ndarray
    read: np.ndarray
    maths: np.ndarray
    gps: np.ndarray
    writing: np.ndarray
    science: np.ndarray
    taken: np.ndarray
    missing: np.ndarray


CODES = ("A", "N", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6", "PKF", "PKE", "PKG")
"""Codes given instead of a scaled score; position p stands in an array as -1 - p."""


def key_stages(seed: int, people: Pupils, held: np.ndarray, years_in_care: np.ndarray | None = None) -> KeyStages:
    """Results to the age of eleven; `held` says who was in a state school at key stages 1 and 2 (two columns)."""
    rng = generator(seed, "key stages" if years_in_care is None else "key stages in care", people.group)
    n = len(people)
    year = people.group + KS2
    english = np.where(people.male, -0.10, 0.10)
    marks = (people.ability[:, None] + rng.normal(0, 0.5, (n, 3)) + english[:, None] * np.array([0.8, 1.3, -0.4])) / 1.12
    edges = np.array([[-2.1, -1.75, -0.47, 0.88], [-2.0, -1.65, -0.25, 1.35], [-2.1, -1.75, -0.50, 0.93]])
    ks1 = np.stack([np.searchsorted(edges[s], marks[:, s]) for s in range(3)], 1)
    if people.group + 7 < 2016:
        levels = np.array([[-2.2, -1.3, -0.85, -0.35, 0.65], [-2.1, -1.15, -0.55, 0.05, 1.05], [-2.3, -1.4, -0.85, -0.3, 0.75]])
        ks1 = np.stack([np.searchsorted(levels[s], marks[:, s]) for s in range(3)], 1)
    ks1[~held[:, 0]] = NOT_HELD
    later = 0.83 * people.ability + 0.52 * rng.normal(0, 1, n)
    if years_in_care is not None:
        later = later + 0.06 + 0.012 * np.minimum(years_in_care, 8)
    marks = 0.90 * later[:, None] + 0.40 * rng.normal(0, 1, (n, 5)) + english[:, None] * np.array([0.7, -0.9, 0.9, 1.3, 0.3])
    if years_in_care is not None:
        marks[:, 1] -= 0.10
        marks[:, 2:4] -= 0.12
    better = 0.0 if year >= 2018 else -0.25 if year == 2016 else -0.1
    raw = np.array([105.0, 104.6, 104.5]) + 8.1 * (marks[:, :3] + better)
    scores = np.clip(np.round(raw), 80, 120).astype(np.int64)
    below = BELOW.get(year, ("PK2", "PK4", "PK6"))
    for column in range(3):
        low = raw[:, column] < 84
        step = np.clip((raw[:, column] - 68) // 4, 0, 3).astype(int)
        code = np.array([-1 - CODES.index(c) for c in (*below, "N")])[step]
        scores[:, column] = np.where(low & ((people.sen == PLAN) | (raw[:, column] < 80)), code, scores[:, column])
    away = rng.random(n) < 0.007
    scores[away] = -1
    writing = np.searchsorted(np.array([-1.95, -0.54, 1.17]), marks[:, 3])
    science = marks[:, 4] > -0.88
    missing = rng.random(n) < 0.002
    return KeyStages(later, ks1, scores[:, 0], scores[:, 1], scores[:, 2], writing, science, held[:, 1], missing)


def nominal(scores: np.ndarray) -> np.ndarray:
    """Scores as numbers: a code's nominal score, NaN where a pupil was absent."""
    by_code = np.array([np.nan, *(float(NOMINAL[code]) for code in CODES[1:])])
    return np.where(scores >= 0, scores, by_code[np.where(scores >= 0, 0, -1 - scores)])


def ks1_average(ks1: np.ndarray, names: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Points in the three subjects (NaN if none) and their average, in which mathematics counts as much as English."""
    points = np.array([float(KS1_POINTS[name]) for name in names] + [np.nan])[ks1]
    return points, ((points[:, 0] + points[:, 1]) / 2 + points[:, 2]) / 2


def ks1_names(group: int) -> tuple[str, ...]:
    return LEVELS if group + 7 < 2016 else KS1_CODES[group + 7 >= 2019]


@dataclass
class Progress:
    """Progress in reading, writing and mathematics: as it is, floored, and who counts."""

    raw: np.ndarray
    adjusted: np.ndarray
    counts: np.ndarray
    points: np.ndarray


def progress(place: England, people: Pupils, found: KeyStages, kind: np.ndarray) -> Progress | None:
    """Progress from key stage 1, or None in a year that has none. The model is mainstream pupils; special schools count too."""
    year = people.group + KS2
    if year not in (2016, 2017, 2018, 2019, 2022, 2023, 2026):
        return None
    points, average = ks1_average(found.ks1, ks1_names(people.group))
    # Groups are the distinct averages to 2019 in steps of a point (24 at most), after that each average by itself.
    group = np.nan_to_num(np.minimum(np.floor(average), 24) - 3 if year <= 2019 else average * 4, nan=-1).astype(int)
    scores = np.stack([nominal(found.read), np.array(WRITING_POINTS, float)[found.writing], nominal(found.maths)], 1)
    has = (group >= 0) & found.taken & ~found.missing
    model = has & (kind != SPECIAL) & (kind <= SECONDARY)
    raw, adjusted = np.full(scores.shape, np.nan), np.full(scores.shape, np.nan)
    for subject in range(3):
        raw[:, subject], adjusted[:, subject] = against_group(scores[:, subject], group, model, has, 1.0, year >= 2018)
    return Progress(raw, adjusted, ~np.isnan(raw), points)


def against_group(value, group, model, counts, divide, floored):
    """Each value less the mean of the modelled pupils in its group, divided; and the same with a floor on extremes.

    The floor of a group is the z-score below which 1% of modelled pupils lie, times the group's own spread.
    """
    value = np.where(np.isnan(value), np.nan, value)
    use = model & ~np.isnan(value)
    size = int(group.max(initial=0)) + 1
    number = np.bincount(group[use], minlength=size)
    mean = np.bincount(group[use], weights=value[use], minlength=size) / np.where(number == 0, np.nan, number)
    raw = np.where(counts & (group >= 0), (value - mean[np.maximum(group, 0)]) / divide, np.nan)
    if not floored or use.sum() < 2:
        return raw, raw
    squares = np.bincount(group[use], weights=np.square(raw[use]), minlength=size)
    spread = np.round(np.sqrt(squares / np.where(number < 2, np.nan, number - 1)), 6)
    z = np.full(len(value), np.nan)
    mine = spread[np.maximum(group, 0)]
    np.divide(raw, mine, out=z, where=mine > 0)
    constant = round(float(np.quantile(z[use][~np.isnan(z[use])], 0.01)), 10)
    return raw, np.where(z < constant, constant * mine, raw)

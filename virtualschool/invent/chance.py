"""Chance that repeats: one generator for each seed, purpose and number, so that what is drawn for one thing never moves another."""

import zlib
from collections.abc import Sequence

import numpy as np


def generator(seed: int, purpose: str, *numbers: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, zlib.crc32(purpose.encode()), *numbers])))


def pick(rng: np.random.Generator, n: int, weights: Sequence[float] | np.ndarray) -> np.ndarray:
    """Positions in `weights`, each as likely as its weight."""
    steps = np.cumsum(np.asarray(weights, float))
    return np.searchsorted(steps / steps[-1], rng.random(n), side="right").clip(max=len(weights) - 1)


def pick_each(rng: np.random.Generator, rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The same with a row of weights for each kind: `rows` says which row serves whom."""
    steps = np.cumsum(weights, axis=1)
    steps /= steps[:, -1:]
    draw = rng.random(len(rows))
    found = np.zeros(len(rows), np.int64)
    for column in range(weights.shape[1] - 1):
        found += draw >= steps[rows, column]
    return found


def within(rng: np.random.Generator, first: np.ndarray, count: np.ndarray) -> np.ndarray:
    """One position for each span that begins at `first` and holds `count`."""
    return first + np.minimum((rng.random(len(first)) * count).astype(np.int64), count - 1)

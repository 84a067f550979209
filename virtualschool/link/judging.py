"""How right links are, against a truth: precision, recall and F1 by method and by floor, and whether "95% sure" is right 95 times in 100.

A link is right when the child is that pupil; a link of a child who has no pupil in the truth is wrong. Precision is right links
of links made, recall right links of children who have a pupil, F1 their harmonic mean. Intervals are Wilson's.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from virtualschool import intervals

METHODS = ("exact", "likely", "person")
FLOORS = tuple(map(Decimal, ("0.05", "0.1", "0.2", "0.3", "0.5", "0.7", "0.8", "0.9", "0.95", "0.98", "0.99", "0.995", "0.999")))
"""Floors to try; the lowest is where a pair is first shown to a person."""
BANDS = tuple(map(Decimal, ("0", "0.05", "0.2", "0.5", "0.8", "0.95", "0.99", "0.999", "1")))
"""Where bands of probability begin and end; the last takes in its end."""

Row = Mapping[str, Any]
Truth = Mapping[tuple[str, str], str]


def share(part: int, of: int) -> float | None:
    return part / of if of else None


def interval(part: int, of: int) -> tuple[float | None, float | None]:
    """The limits of a share, None for a share of nothing."""
    found = intervals.wilson(Decimal(part), Decimal(of))
    return (float(found[0]), float(found[1])) if found else (None, None)


def f1(right: int, made: int, there: int) -> float | None:
    """The harmonic mean of precision and recall."""
    return share(2 * right, made + there)


def is_right(row: Row, truth: Truth, pupil: str = "pupil") -> bool:
    return row[pupil] is not None and truth.get((row["la"], row["child"])) == row[pupil]


def judged(made: int, right: int, there: int) -> dict[str, Any]:
    """links, right, precision with its limits, recall and F1 of some links."""
    low, high = interval(right, made)
    return {
        "links": made,
        "right": right,
        "precision": share(right, made),
        "precision_low": low,
        "precision_high": high,
        "recall": share(right, there),
        "f1": f1(right, made, there),
    }


def by_method(rows: Sequence[Row], truth: Truth) -> list[dict[str, Any]]:
    """For each method its links alone, and as `…_so_far` those of it and the methods before it together."""
    there = in_truth(rows, truth)
    found = []
    made_so_far = right_so_far = 0
    for method in METHODS:
        mine = [row for row in rows if row["method"] == method]
        right = sum(is_right(row, truth) for row in mine)
        made_so_far, right_so_far = made_so_far + len(mine), right_so_far + right
        found.append(
            {
                "method": method,
                **judged(len(mine), right, there),
                "precision_so_far": share(right_so_far, made_so_far),
                "recall_so_far": share(right_so_far, there),
                "f1_so_far": f1(right_so_far, made_so_far, there),
            }
        )
    return found


def by_floor(rows: Sequence[Row], truth: Truth) -> list[dict[str, Any]]:
    """What would be linked if the floor stood elsewhere, without a person: a row for each floor.

    The best pupil of each child who is not linked exactly, where the probability reaches the floor and a link may be made without
    a person: links, right, precision with its limits, said (the mean probability) and difference (right less said, in points);
    as `…_all`, precision, recall and F1 of these and the exact links together.
    """
    there = in_truth(rows, truth)
    exact = [row for row in rows if row["method"] == "exact"]
    exact_right = sum(is_right(row, truth) for row in exact)
    best = [row for row in weighed(rows) if row["best_may"]]
    found = []
    for floor in FLOORS:
        said = saying([row for row in best if row["best_probability"] >= floor], truth)
        made, right = len(exact) + said["links"], exact_right + said["right"]
        found.append(
            {
                "floor": float(floor),
                **said,
                "precision_all": share(right, made),
                "recall_all": share(right, there),
                "f1_all": f1(right, made, there),
            }
        )
    return found


def calibration(rows: Sequence[Row], truth: Truth) -> dict[str, Any]:
    """Of links said to be so sure, the share that is right: by `bands`, over `all` that were weighed, and over those `linked`.

    Weighed: the best pupil of each child who is not linked exactly. Each part says links, right, share with its limits, said
    (the mean probability) and difference (share less said, in points: below nought, they are less right than they say).
    """
    best = weighed(rows)
    bands = [
        {"from": float(low), "to": float(high), **saying([row for row in best if within(row["best_probability"], low, high)], truth)}
        for low, high in pairwise(BANDS)
    ]
    return {
        "bands": bands,
        "all": saying(best, truth),
        "linked": saying([row for row in best if row["method"] == "likely"], truth),
    }


def weighed(rows: Iterable[Row]) -> list[Row]:
    """Who is not linked exactly and was weighed."""
    return [row for row in rows if row["method"] != "exact" and row["best_probability"] is not None]


def saying(rows: Sequence[Row], truth: Truth) -> dict[str, Any]:
    """links, right, share, low, high, said, difference of the best pupils of some children."""
    right = sum(is_right(row, truth, "best_pupil") for row in rows)
    low, high = interval(right, len(rows))
    said = float(sum(row["best_probability"] for row in rows) / len(rows)) if rows else None
    found = share(right, len(rows))
    return {
        "links": len(rows),
        "right": right,
        "precision": found,
        "precision_low": low,
        "precision_high": high,
        "said": said,
        "difference": None if found is None or said is None else 100 * (found - said),
    }


def within(probability: Decimal, low: Decimal, high: Decimal) -> bool:
    return low <= probability < high or probability == high == BANDS[-1]


def by_sureness(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """How sure the links and the proposals are: from, to, and how many links of each method and proposals (`review`) lie between.

    Without a truth too. The last row, without ends, is of links that were not weighed.
    """
    held = {method: [row["probability"] for row in rows if row["method"] == method] for method in METHODS}
    held["review"] = [row["best_probability"] for row in rows if row["pupil"] is None and row["best_standing"] == "review"]
    known = {name: [one for one in found if one is not None] for name, found in held.items()}
    banded = [
        {"from": float(low), "to": float(high), **{name: sum(within(one, low, high) for one in found) for name, found in known.items()}}
        for low, high in pairwise(BANDS)
    ]
    return [*banded, {"from": None, "to": None, **{name: len(found) - len(known[name]) for name, found in held.items()}}]


def in_truth(rows: Iterable[Row], truth: Truth) -> int:
    """How many of the children have a pupil."""
    return sum((row["la"], row["child"]) in truth for row in rows)

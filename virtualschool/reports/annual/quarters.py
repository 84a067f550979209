"""In which quarter of itself and its statistical neighbours an authority stands, figure by figure, and how sure that is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from virtualschool.reports.annual.facts import PLACED, Facts
from virtualschool.reports.blocks import Block, Cell, Column, Paragraph, Table
from virtualschool.reports.contents import cell, exact

FEWEST = 8
"""Places with a figure, the authority among them: with fewer a quarter is one or two authorities."""
QUARTERS = ("Best quarter", "Second", "Third", "Last quarter")


def quarter(own: Mapping[str, Any], others: Sequence[Mapping[str, Any]], better: str) -> int:
    """0 for the best quarter to 3 for the last; those with the same figure share their places."""
    sign = 1 if better == "higher" else -1
    ahead = sum(sign * (one["value"] - own["value"]) > 0 for one in others)
    same = sum(one["value"] == own["value"] for one in others)
    return 4 * (2 * ahead + same + 1) // (2 * (len(others) + 1))


def apart(own: Mapping[str, Any], others: Sequence[Mapping[str, Any]], better: str) -> tuple[int, int]:
    """How many of the others are clearly better and clearly worse: their intervals do not meet the authority's."""
    known = [one for one in others if None not in (one["low"], one["high"], own["low"], own["high"])]
    above, below = sum(one["low"] > own["high"] for one in known), sum(one["high"] < own["low"] for one in known)
    return (above, below) if better == "higher" else (below, above)


def grid(facts: Facts) -> Iterator[Block]:
    """A row a figure, with a mark in the column of its quarter: read by its words, without colour."""
    lines: list[tuple[Cell, ...]] = []
    for name in PLACED:
        measure, held = facts.measure(name), [row for row in facts.places[name] if row["value"] is not None]
        own = next((row for row in held if row["role"] == "own"), None)
        others = [row for row in held if row["role"] == "neighbours"]
        if own is None or measure.better == "neither" or len(others) + 1 < FEWEST:
            continue
        at, (better, worse) = quarter(own, others, measure.better), apart(own, others, measure.better)
        marks = [f"{facts.la_name} is here" if number == at else "–" for number in range(len(QUARTERS))]
        lines.append((f"{measure.title} ({measure.unit})", exact(cell(own, "value"), measure), *marks, len(others) + 1, better, worse))
    if not lines:
        return
    yield Paragraph(
        f"The quarters are of {facts.la_name} and those of its statistical neighbours that have a figure. With few children a place in a "
        "row is mostly chance: the last two columns say how many neighbours stand clear of it by their 95% intervals. Where both are "
        "nought, the quarter tells nothing."
    )
    yield Table(
        "quarters",
        f"Where {facts.la_name} stands among its neighbours, by quarter, {facts.year}",
        (
            Column("Indicator"),
            Column("Figure", "", 2),
            *(Column(words) for words in QUARTERS),
            Column("Authorities", "count", 0),
            Column("Clearly better", "count", 0),
            Column("Clearly worse", "count", 0),
        ),
        tuple(lines),
        notes=("Best is the quarter that is better for children: lower for absence, higher for results.",),
        source=facts.asked.source,
    )

"""What passed the door, as statistics take it: one estimate for each figure that an audience may see.

Statistics about groups (funnels, ranks, gaps) are worked out from these and from nothing else, so that what leaves could have been
worked out by anybody from figures that leave anyway. For the public, figures of regions and England are taken as rounded.
"""

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from virtualschool import benchmarks, publish
from virtualschool.benchmarks.cell import Cell
from virtualschool.benchmarks.estimate import Estimate, estimate
from virtualschool.publish.releases import Release
from virtualschool.publish.rounding import rounded
from virtualschool.store import Snapshot


@dataclass(frozen=True)
class Line:
    """One published row, its cell, and the estimates of it and of its comparators; None where there is no figure or it is hidden."""

    row: Mapping[str, Any]
    cell: Cell
    own: Estimate | None
    beside: Mapping[str, Estimate | None]
    is_exact: bool = False
    """Whether it is for people who may see everything."""

    @property
    def is_hidden(self) -> bool:
        return self.own is None and self.row["symbol"] == publish.HIDDEN


@dataclass(frozen=True)
class Passed:
    lines: tuple[Line, ...]
    published: publish.Published

    def of(self, measure: str, year: int) -> list[Line]:
        return [line for line in self.lines if line.row["measure"] == measure and line.row["year"] == year]


class Asking:
    """One output's questions: an engine opened once, and for the public a look at what was released before, for all of them.

    Under a name, `release_as`, the output is a release itself: `enter` puts the figures it was worked out from in the ledger.
    """

    def __init__(self, snapshot: Snapshot, audience: str, release_as: str = "", kind: str = "") -> None:
        self.engine = snapshot.engine()
        self.release = Release(snapshot, self.engine, release_as, kind) if audience == "public" else None

    def enter(self) -> None:
        if self.release:
            self.release.enter()


def passed(
    snapshot: Snapshot,
    names: Sequence[str],
    audience: str,
    *,
    asking: Asking | None = None,
    who: str = "",
    log: pathlib.Path | None = None,
    **asked,
) -> Passed:
    """The figures asked for in the words of the command, through the door and then as estimates.

    Several questions of one output share an `asking`. Internal figures are logged as they are asked for, in the store's own log if no
    other is given.
    """
    asking = asking or Asking(snapshot, audience)
    request = benchmarks.parse(asking.engine, names, **asked)
    found = benchmarks.figures(asking.engine, snapshot.manifest, request)
    log = log or snapshot.store.path / "records" / "internal.log"
    held = asking.release.of(request) if asking.release else None
    published = publish.publish(found, audience, who=who, log=log, beside=held)
    lines = []
    for figure, row in zip(found.figures, published.rows, strict=True):
        own = seen(figure.cell, audience, row) if row["value"] is not None else None
        beside = {
            comparator.name: seen(comparator.cells[0], audience, None)
            if len(comparator.cells) == 1 and row[f"{comparator.name}_value"] is not None
            else None
            for comparator in figure.comparators
        }
        lines.append(Line(row, figure.cell, own, beside, audience == "internal"))
    return Passed(tuple(lines), published)


def seen(cell: Cell, audience: str, row: Mapping[str, Any] | None) -> Estimate | None:
    """The estimate of a cell that an audience sees: exact where its counts are printed exactly in `row`, else rounded as they are."""
    found = estimate(cell)
    if found is None or audience == "internal" or cell.printed:
        return found
    exact = row is not None and cell.sums is not None and (row["pupils"], row["numerator"]) == printed_as(cell)
    if exact:
        return found
    value = Fraction(rounded(found.value, cell.measure.decimals))
    return replace(found, value=value, pupils=row["pupils"] if row else found.pupils, reached=None, of=None)


def printed_as(cell: Cell) -> tuple[int, float]:
    """Pupils and numerator as a row has them where nothing was rounded."""
    assert cell.sums is not None
    return cell.sums.pupils, float(cell.sums.numerator)

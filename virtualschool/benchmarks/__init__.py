"""An authority's figures beside those of England, regions, neighbours, other authorities and all pupils.

`parse` turns words into a checked request, `figures` a request into raw rows; only `publish` may let them out.
"""

from dataclasses import replace

from virtualschool.benchmarks.cell import Cell, Comparator, Figure, Figures
from virtualschool.benchmarks.comparators import comparators, spelt_out
from virtualschool.benchmarks.holdings import Holdings, order
from virtualschool.benchmarks.request import FILTERS, Condition, Place, Request, parse
from virtualschool.store import Engine, remembered

__all__ = ["FILTERS", "Cell", "Comparator", "Condition", "Figure", "Figures", "Place", "Request", "figures", "parse"]


def figures(engine: Engine, manifest: dict, request: Request) -> Figures:
    """The raw rows of a request, each with its comparators, sorted by measure, year, authority and group.

    Nothing is rounded or hidden. `manifest` is the snapshot's own; the rows bear the versions of its measures.
    Raises WrongUse if the store holds nothing for the years asked for.
    """
    versions = {name: manifest.get("measures", {}).get(name, "") for name in request.measures}
    return replace(worked_out(engine, request), asked={"measures": versions, **request.in_words()})


@remembered
def worked_out(engine: Engine, request: Request) -> Figures:
    """The same, without what was asked for in words."""
    with engine.turn():
        return laid_out(Holdings(engine, request), request)


def laid_out(holdings: Holdings, request: Request) -> Figures:
    found: list[Figure] = []
    for measure in sorted(holdings.measures, key=lambda measure: measure.name):
        for year in holdings.years[measure.name]:
            asked = request.places if request.places is not None else holdings.all_authorities(measure, year)
            for at in sorted(asked, key=lambda at: at.code):
                for group in sorted(holdings.groups(measure, year, at), key=order):
                    cell = holdings.cell(measure, year, at, group)
                    found.append(Figure(cell, holdings.cohort(measure), comparators(holdings, measure, year, at, group)))
    singles = [other.cells[0] for figure in found for other in figure.comparators if len(other.cells) == 1]
    pools = tuple(holdings.pools([*(figure.cell for figure in found), *singles]))
    others = holdings.in_need if "children_in_need" in request.compare else None
    beside = (others.tables(), len(others.request.by)) if others else ((), 0)
    return Figures(tuple(found), request.by, spelt_out(holdings), holdings.tables(), pools, beside, holdings.set_apart())

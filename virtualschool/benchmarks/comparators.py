"""What a figure is put beside: England, regions, statistical neighbours, other authorities, all pupils, children in need."""

import re
from dataclasses import replace

from virtualschool.benchmarks.cell import NOT_AVAILABLE, Cell, Comparator
from virtualschool.benchmarks.holdings import ALL_PUPILS, Holdings
from virtualschool.benchmarks.request import Place, england
from virtualschool.measures import Measure
from virtualschool.places import ENGLAND


def spelt_out(holdings: Holdings) -> tuple[str, ...]:
    """The names of the comparators, with `regions` as each region's own: north_east …"""
    names: list[str] = []
    for name in holdings.request.compare:
        names += [column_name(region.name) for region in holdings.places.whole_regions()] if name == "regions" else [name]
    return tuple(dict.fromkeys(names))


def column_name(words: str) -> str:
    """Words as the beginning of a column's name: Yorkshire and The Humber is yorkshire_and_the_humber."""
    return re.sub(r"\W+", "_", words.casefold()).strip("_")


def comparators(holdings: Holdings, measure: Measure, year: int, at: Place, group: tuple) -> tuple[Comparator, ...]:
    """The comparators of one figure, in the order asked for."""
    found: list[Comparator] = []
    for name in holdings.request.compare:
        if name == "regions":
            for region in holdings.places.whole_regions():
                cell = holdings.cell(measure, year, Place("region", region.code, region.name), group)
                found.append(single(column_name(region.name), cell))
        else:
            found.append(comparator(holdings, name, measure, year, at, group))
    return tuple({comparator.name: comparator for comparator in found}.values())


def comparator(holdings: Holdings, name: str, measure: Measure, year: int, at: Place, group: tuple) -> Comparator:
    if name == "england":
        return single(name, holdings.cell(measure, year, england(holdings.places), group))
    if name == "region":
        return own_region(holdings, measure, year, at, group)
    if name == "neighbours":
        return neighbours(holdings, measure, year, at, group)
    if name in ALL_PUPILS:
        return single(name, holdings.population(name, measure, year, group))
    if name == "children_in_need":
        return in_need(holdings, measure, year, group)
    return single(name, holdings.cell(measure, year, holdings.authority(measure, name), group))


def single(name: str, cell: Cell) -> Comparator:
    return Comparator(name, (cell,), source_of(cell))


def source_of(cell: Cell) -> str:
    """Where a comparator comes from, in words."""
    if cell.printed:
        return cell.printed.label
    return cell.source or f"none: {cell.note}"


def own_region(holdings: Holdings, measure: Measure, year: int, at: Place, group: tuple) -> Comparator:
    code = holdings.places.region_of(at.code) if at.level == "la" else at.code if at.level == "region" else None
    if code is None:
        return Comparator("region", (), f"none: {at.name} lies in no region")
    return single("region", holdings.cell(measure, year, Place("region", code, holdings.places.region(code).name), group))


def neighbours(holdings: Holdings, measure: Measure, year: int, at: Place, group: tuple) -> Comparator:
    """The statistical neighbours of the year's model: all from pupil records, or else all as DfE printed them."""
    codes = holdings.neighbours(at.code, year) if at.level == "la" else []
    if not codes:
        return Comparator("neighbours", (), f"none: {at.name} has no statistical neighbours in {year}")
    cells = [holdings.cell(measure, year, holdings.authority(measure, code), group) for code in codes]
    printed = [cell for cell in cells if cell.printed]
    if printed and len({cell.source for cell in cells}) > 1:
        shelf = holdings.shelf[holdings.cohort(measure)]
        found = ((cell, shelf.find(measure.name, year, "la", cell.place.code, group)) for cell in cells)
        cells = [Cell(measure, year, cell.place, group, printed=line, symbol=line.symbol) for cell, line in found if line]
    usable = [cell for cell in cells if cell.source]
    source = source_of(usable[0]) if usable else f"none: {cells[0].note}" if cells else "none"
    return Comparator("neighbours", tuple(cells), source)


def in_need(holdings: Holdings, measure: Measure, year: int, group: tuple) -> Comparator:
    """England's children in need: from the census where the store holds that of every authority, else as DfE printed them."""
    name = "children_in_need"
    at = Place("population", name, "children in need")
    if why := measure.why_not(year):
        return single(name, Cell(measure, year, at, group, symbol=NOT_AVAILABLE, note=why))
    # England's, so that it is held against what is released of this cohort by itself.
    whole = replace(england(holdings.places), name=at.name)
    if holdings.in_need and holdings.in_need.has_records(measure, year, whole):
        part = tuple(value for value, column in zip(group, holdings.request.by, strict=True) if column in holdings.in_need.request.by)
        return single(name, holdings.in_need.cell(measure, year, whole, part))
    printed = holdings.printed_in_need.find(measure.name, year, "england", ENGLAND, group)
    if printed is None:
        return Comparator(name, (), "none: no published figure is held")
    return single(name, Cell(measure, year, at, group, printed=printed, symbol=printed.symbol))

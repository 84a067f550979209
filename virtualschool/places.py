"""Authorities, regions and neighbours: their names and codes, and which of them stood in which year.

Real ones come from `codes/`; a store of invented ones has `authorities` and `neighbours` tables of its own, and real and
invented never mix.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from virtualschool import codes, tables
from virtualschool.errors import unknown
from virtualschool.store import Engine, remembered

ENGLAND = "E92000001"


@dataclass(frozen=True)
class Authority:
    """An authority. `part` is Inner or Outer London; years are care years, None before our lists begin or while it stands."""

    la: str
    name: str
    ons_code: str | None = None
    region_code: str | None = None
    region: str | None = None
    part: str | None = None
    first_year: int | None = None
    last_year: int | None = None
    became: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    former_ons_codes: tuple[str, ...] = ()

    def existed_in(self, year: int) -> bool:
        return (self.first_year is None or self.first_year <= year) and (self.last_year is None or year <= self.last_year)


@dataclass(frozen=True)
class Region:
    """A region, England, or a part of London (then `part_of` names the region)."""

    code: str
    name: str
    part_of: str | None = None
    other_codes: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Neighbour:
    la: str
    neighbour: str
    rank: int
    first_year: int | None
    last_year: int | None
    model: str


class Places:
    """The places of one store, or of England as it is."""

    def __init__(self, authorities: Iterable[Authority], regions: Iterable[Region], neighbours: Iterable[Neighbour]) -> None:
        self.authorities = {authority.la: authority for authority in authorities}
        self.regions = {region.code: region for region in regions}
        self._in_year: dict[int | None, list[str]] = {}
        self._in_region: dict[tuple[str, int | None], list[str]] = {}
        self._neighbours: dict[str, list[Neighbour]] = {}
        for neighbour in neighbours:
            self._neighbours.setdefault(neighbour.la, []).append(neighbour)
        self._authority_by: dict[str, str] = {}
        # An ended authority's name gives way to the one that stands: Dorset is 838.
        for authority in sorted(self.authorities.values(), key=lambda found: (found.last_year is None, found.la)):
            for name in (authority.name, *authority.other_names, *_short(authority.name), authority.ons_code or ""):
                self._authority_by[_folded(name)] = authority.la
            for code in authority.former_ons_codes:
                self._authority_by[_folded(code)] = authority.la
        self._authority_by.update({_folded(la): la for la in self.authorities})
        self._authority_by.pop("", None)
        self._region_by = {
            _folded(name): region.code
            for region in self.regions.values()
            for name in (region.name, region.code, *region.other_codes, *region.other_names)
        }

    def authority(self, wanted: str) -> Authority:
        """The authority of a DfE code, ONS code or name; raises WrongUse with the nearest names."""
        if found := self.find_authority(wanted):
            return found
        raise unknown("Authority", wanted, {f"{authority.name} ({authority.la})" for authority in self.authorities.values()})

    def find_authority(self, wanted: str) -> Authority | None:
        la = self._authority_by.get(_folded(wanted))
        return self.authorities[la] if la else None

    def region(self, wanted: str) -> Region:
        """The region (or England, or a part of London) of a code or name; raises WrongUse with the nearest names."""
        if found := self.find_region(wanted):
            return found
        raise unknown("Region", wanted, {region.name for region in self.regions.values()})

    def find_region(self, wanted: str) -> Region | None:
        code = self._region_by.get(_folded(wanted))
        return self.regions[code] if code else None

    def name(self, la: str) -> str:
        """An authority's name; the code itself if nobody knows it."""
        return self.authorities[la].name if la in self.authorities else la

    def region_of(self, la: str) -> str | None:
        """The code of the region in which an authority lies."""
        return self.authorities[la].region_code if la in self.authorities else None

    def whole_regions(self) -> list[Region]:
        """The regions that make up England, in the order of their codes: neither England itself nor the parts of London."""
        return [region for _, region in sorted(self.regions.items()) if region.code != ENGLAND and not region.part_of]

    def in_region(self, region_code: str, year: int | None = None) -> list[str]:
        """The authorities of a region or of a part of London, in the order of their codes; with `year`, those of that year."""
        if (region_code, year) not in self._in_region:
            self._in_region[region_code, year] = [
                la for la in self.in_year(year) if region_code in (ENGLAND, self.authorities[la].region_code, self.authorities[la].part)
            ]
        return list(self._in_region[region_code, year])

    def in_year(self, year: int | None) -> list[str]:
        """The authorities that made a return for a care year, in the order of their codes; without `year` all there were."""
        if year not in self._in_year:
            self._in_year[year] = sorted(la for la, authority in self.authorities.items() if year is None or authority.existed_in(year))
        return list(self._in_year[year])

    def neighbours(self, la: str, year: int) -> list[str]:
        """An authority's ten statistical neighbours, nearest first, by the model that serves a year; empty if there is none."""
        return [found.neighbour for found in self._model(la, year)]

    def neighbour_model(self, la: str, year: int) -> str | None:
        """The name of the model that `neighbours` uses."""
        return next((found.model for found in self._model(la, year)), None)

    def _model(self, la: str, year: int) -> list[Neighbour]:
        return sorted(
            (
                found
                for found in self._neighbours.get(la, ())
                if (found.first_year is None or found.first_year <= year) and (found.last_year is None or year <= found.last_year)
            ),
            key=lambda found: found.rank,
        )

    def in_force(self, la: str, year: int) -> str | None:
        """The authority that answered in a year for what is now `la`: in 2023, 909 for 942. None if there is not just one."""
        authority = self.authorities.get(la)
        if authority is None or authority.existed_in(year):
            return la if authority else None
        if authority.last_year is not None and year > authority.last_year:
            return authority.became[0] if len(authority.became) == 1 else None
        before = [found.la for found in self.authorities.values() if la in found.became and found.existed_in(year)]
        return before[0] if len(before) == 1 else None


@cache
def england() -> Places:
    """England as it is, 2016 to 2026."""
    authorities = (
        Authority(
            row["la"],
            row["name"],
            row["ons_code"],
            row["region_code"],
            row["region"],
            row["part"] or None,
            _year(row["first_year"]),
            _year(row["last_year"]),
            tuple(row["became"].split()),
            tuple(filter(None, row["other_names"].split("|"))),
            tuple(row["former_ons_codes"].split()),
        )
        for row in codes.load("authorities")
    )
    regions = (
        Region(
            row["region_code"],
            row["name"],
            row["part_of"] or None,
            tuple(filter(None, row["other_codes"].split("|"))),
            tuple(filter(None, row["other_names"].split("|"))),
        )
        for row in codes.load("regions")
    )
    neighbours = (
        Neighbour(row["la"], row["neighbour"], int(row["rank"]), _year(row["first_year"]), _year(row["last_year"]), row["model"])
        for row in codes.load("neighbours")
    )
    return Places(authorities, regions, neighbours)


@remembered
def of(engine: Engine) -> Places:
    """The places of a store: its own `authorities` and `neighbours` where it holds any, else England as it is.

    Authorities of a store that are England's keep what `codes/` knows of them besides (former codes, other names, London).
    """
    rows = engine.rows("SELECT * FROM authorities ORDER BY la")
    if not rows:
        return england()
    known = england()
    if all(row["la"] in known.authorities for row in rows):
        return known
    authorities = [
        Authority(row["la"], row["name"], row["ons_code"], row["region_code"], row["region"], None, row["first_year"], row["last_year"])
        for row in rows
    ]
    named = {row["region_code"]: row["region"] for row in rows if row["region_code"]}
    regions = [Region(ENGLAND, "England"), *(Region(code, name or code) for code, name in sorted(named.items()) if code != ENGLAND)]
    neighbours = [
        Neighbour(row["la"], row["neighbour"], row["rank"] or 0, row["first_year"], row["last_year"], row["model"] or "")
        for row in engine.rows("SELECT * FROM neighbours ORDER BY la, model, rank, neighbour")
    ]
    return Places(authorities, regions, neighbours)


def authorities_table() -> pa.Table:
    """England's authorities as rows of `tables.authorities`."""
    return _rows(tables.authorities, (vars(authority) for _, authority in sorted(england().authorities.items())))


def neighbours_table() -> pa.Table:
    """England's statistical neighbours as rows of `tables.neighbours`."""
    return _rows(tables.neighbours, (vars(found) for la in sorted(england()._neighbours) for found in england()._neighbours[la]))


@cache
def districts() -> dict[str, str]:
    """The authority with children's services of each lower-tier district in England, by ONS code."""
    return {row["district"]: row["la"] for row in codes.load("districts")}


def _rows(table: tables.Table, rows: Iterable[dict]) -> pa.Table:
    listed = list(rows)
    return pa.table([pa.array([row.get(column.name) for row in listed], column.arrow) for column in table.columns], schema=table.arrow)


def _year(text: str) -> int | None:
    return int(text) if text else None


def _folded(name: str) -> str:
    """A name as it is compared: small letters and digits, `&` as `and`."""
    return "".join(letter for letter in name.casefold().replace("&", "and") if letter.isalnum())


def _short(name: str) -> tuple[str, ...]:
    """What people call an authority: Bristol for Bristol, City of; Durham for County Durham."""
    short = name.partition(", C")[0] if ", City of" in name or ", County of" in name else name.removeprefix("County ")
    return (short,) if short != name else ()

"""DfE's published statistics, figure by figure and in their own characters: rows of `tables.published`.

Four layouts: open data (one row a place, year and group; Explore Education Statistics, and the underlying data of the
statistical first releases), printed sheets (titles over a heading of several lines), national sheets turned on their side,
and the long table of the Local Authority Interactive Tool. The last three become the first (`statistics_layouts`).

What a dataset is and which of its columns make which figure is data: `codes/published_datasets.csv` tells a dataset by its
headings, `published_measures.csv` has a line for each figure, `published_filters.csv` names the columns that divide pupils
and the values that mean all of them, `published_populations.csv` the groups. A new release is lines there.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from virtualschool import places, tables, years
from virtualschool.read import statistics_layouts as layouts
from virtualschool.read import statistics_tool
from virtualschool.read.kinds import Reshape, Source
from virtualschool.read.statistics_datasets import PARTS, Dataset, Figure, alternatives, datasets, filters, folded, populations

LEVELS = {"national": "england", "regional": "region", "region": "region", "local authority": "la", "la": "la"}
PLACES_AND_TIMES = {
    *("time_period", "time_identifier", "geographic_level", "level", "geog_l", "geog_c", "geog_n", "new_geog_code", "la_order"),
    *("country_code", "country_name", "region_code", "region_name", "old_la_code", "la_name", "new_la_code", "row"),
}
PERCENTAGES = ("percentage", "percent", "children_percent")
NUMBERS = ("number", "children_count")
A_NUMBER_OR_SYMBOL = re.compile(r"-?[\d,.]+%?|[cxzku.:~-]|\.\.|low|", re.IGNORECASE)
BETWEEN = "\x1f"


def _recognises_open_data(headings: Sequence[str]) -> bool:
    found = frozenset(map(folded, headings))
    return any(dataset.fits(found) for dataset in datasets("open data"))


def _reads_open_data(source: Source) -> Iterator[pa.Table]:
    columns = columns_of(source.table())
    headings = frozenset(columns)
    fitting = (dataset for dataset in datasets("open data") if dataset.fits(headings) and dataset.told_by(columns))
    dataset = next(fitting, None)
    if dataset is None:
        source.find(
            0, "", "no figure of this table of DfE's is known to us.", "Add its columns to codes/published_measures.csv.", "unknown columns"
        )
        for row in columns["row"].to_pylist():
            source.set_aside(row, "A table of DfE's that is not in our list of datasets.")
        return
    yield from published(source, columns, dataset)


def published(source: Source, columns: Mapping[str, pa.Array], dataset: Dataset) -> Iterator[pa.Table]:
    """The figures of a file, a table for each measure. Records that give none are set aside with the reason.

    `columns` are text columns under folded headings, and `row`; several of their rows may be of one record.
    """
    reading = _Reading(dataset, columns, release_of(source.root, source.name))
    gave = pa.array([False] * reading.height)
    for figure in dataset.figures:
        table, used = reading.figure(figure)
        if table is not None:
            gave = pc.or_(gave, used)
            yield table
    for table, used in reading.rest(gave):
        if table is not None:
            gave = pc.or_(gave, used)
            yield table
    rows, reasons = columns["row"].to_pylist(), reading.reasons
    kept = {row for row, given in zip(rows, gave.to_pylist(), strict=True) if given}
    for row, reason in {row: reason for row, reason in zip(rows, reasons, strict=True) if row not in kept}.items():
        source.set_aside(row, reason or "No figure in this record.")


class _Reading:
    """One file's columns, and what is the same for each of its figures: place, year, population, breakdown."""

    def __init__(self, dataset: Dataset, columns: Mapping[str, pa.Array], release: str | None) -> None:
        self.dataset, self.columns = dataset, columns
        self.height = len(columns["row"])
        self.year = self._years()
        self.release = release or str(max((year for year in self.year.unique().to_pylist() if year), default=""))
        self.level, self.la, self.region, self.place = self._places()
        self.filters = [name for name in columns if self._is_filter(name)]
        fit = [year is not None and level is not None for year, level in zip(self.year.to_pylist(), self.level.to_pylist(), strict=True)]
        self.fit = pa.array(fit, pa.bool_())
        self.grouped: dict[tuple[str, ...], tuple[pa.Array, pa.Array]] = {}
        self.partners: dict[tuple[str, frozenset[str]], pa.Array] = {}

    @property
    def reasons(self) -> list[str | None]:
        """Why a record cannot be kept, whatever its figures; None where it could."""
        levels, found = self.level.to_pylist(), self.year.to_pylist()
        return [
            "It is about a level other than England, region or authority."
            if level is None
            else "Its year cannot be read."
            if year is None
            else None
            for level, year in zip(levels, found, strict=True)
        ]

    def figure(self, figure: Figure) -> tuple[pa.Table | None, pa.Array]:
        chosen = self.fit
        for name, values in figure.where.items():
            if name not in self.columns:
                return None, chosen
            wanted = mapped(self.columns[name], lambda text, values=values: folded(text) in values, pa.bool_())
            chosen = pc.and_(chosen, pc.fill_null(wanted, False))
        parts = {part: self._part(text, figure) for part, text in figure.parts.items()}
        if parts.get("value") is None and parts.get("numerator") is None:
            return None, chosen
        return self._rows(figure.measure, chosen, parts, frozenset(figure.where), figure.population, figure.breakdown)

    def rest(self, gave: pa.Array) -> Iterator[tuple[pa.Table | None, pa.Array]]:
        """The figures that no line of the list chooses: of the rows that gave none, or of each column left."""
        rest = self.dataset.rest or ""
        if rest.endswith("_"):
            named = {*self.dataset.columns, *self.filters, *PLACES_AND_TIMES, *filters()}
            for name in (name for name in self.columns if name not in named):
                measure = rest + re.sub(r"[^a-z0-9]+", "_", name).strip("_")
                yield self._rows(measure, self.fit, {"value": self.columns[name]}, frozenset(), None, None)
            return
        value, number = self._first(*PERCENTAGES), self._first(*NUMBERS)
        if rest and (value is not None or number is not None):
            parts = {"value": number} if value is None else {"value": value, "numerator": number}
            yield self._rows(rest, pc.and_(self.fit, pc.invert(gave)), parts, frozenset(), None, None, whole=True)

    def _rows(
        self,
        measure: str,
        chosen: pa.Array,
        parts: Mapping[str, pa.Array | None],
        consumed: frozenset[str],
        population: str | None,
        breakdown: str | None,
        whole: bool = False,
    ) -> tuple[pa.Table | None, pa.Array]:
        used = pc.and_(chosen, pc.or_(self._printed(parts.get("value")), self._printed(parts.get("numerator"))))
        indices = pc.indices_nonzero(used)
        if not len(indices):
            return None, used
        groups, divided = self._groups(consumed | (frozenset() if whole else self.dataset.ignores))
        length = len(indices)

        def fixed(text: str | None) -> pa.Array:
            return pa.nulls(length, pa.string()) if text is None else pa.repeat(pa.scalar(text, pa.string()), length)

        def chosen_of(array: pa.Array) -> pa.Array:
            return array if length == self.height else array.take(indices)

        made = {
            "series": fixed(self.dataset.series),
            "release": fixed(self.release),
            "dataset": fixed(self.dataset.name),
            "measure": fixed(measure),
            "year": chosen_of(self.year),
            "level": chosen_of(self.level),
            "la": chosen_of(self.la),
            "region_code": chosen_of(self.region),
            "place": chosen_of(self.place),
            "population": fixed(population) if population else chosen_of(groups),
            "breakdown": fixed(breakdown) if breakdown else chosen_of(divided),
            "row": chosen_of(self.columns["row"]),
        }
        for part in PARTS:
            array = parts.get(part)
            made[part] = fixed(None) if array is None else pc.if_else(pc.equal(chosen_of(array), ""), None, chosen_of(array))
        names = [name for name in tables.published.names if name in made]
        return pa.table([made[name] for name in names], names=names), used

    def _printed(self, array: pa.Array | None) -> pa.Array:
        return pa.array([False] * self.height) if array is None else pc.not_equal(pc.fill_null(array, ""), "")

    def _groups(self, consumed: frozenset[str]) -> tuple[pa.Array, pa.Array]:
        """Population and breakdown of each row, from the columns that divide pupils."""
        names = tuple(name for name in self.filters if name not in consumed)
        if names not in self.grouped:
            self.grouped[names] = self._grouped(names)
        return self.grouped[names]

    def _grouped(self, names: Sequence[str]) -> tuple[pa.Array, pa.Array]:
        default = self.dataset.population
        if not names:
            return pa.array([default] * self.height, pa.string()), pa.array(["total"] * self.height, pa.string())
        joined = pc.binary_join_element_wise(*(pc.fill_null(self.columns[name], "") for name in names), BETWEEN)
        seen: dict[str, tuple[str | None, str]] = {
            text: _group(names, text.split(BETWEEN), default) for text in joined.unique().to_pylist()
        }
        return mapped(joined, lambda text: seen[text][0]), mapped(joined, lambda text: seen[text][1])

    def _is_filter(self, name: str) -> bool:
        if name in PLACES_AND_TIMES or name in self.dataset.columns:
            return False
        if name in filters():
            return not filters()[name].ignored
        if name in (*PERCENTAGES, *NUMBERS):
            return False
        return not all(A_NUMBER_OR_SYMBOL.fullmatch(text or "") for text in self.columns[name].unique().to_pylist())

    def _first(self, *names: str) -> pa.Array | None:
        return next((self.columns[name] for name in names if name in self.columns), None)

    def _part(self, text: str, figure: Figure) -> pa.Array | None:
        if "[" not in text:
            return self._first(*alternatives(text))
        column = self._first(*alternatives(text))
        if column is None:
            return None
        there = frozenset(map(folded, text.partition("[")[2].rstrip("]").split("|")))
        turning = next(iter(figure.where))
        if (turning, there) not in self.partners:
            self.partners[turning, there] = self._partners(turning, there)
        return column.take(self.partners[turning, there])

    def _partners(self, turning: str, there: frozenset[str]) -> pa.Array:
        """For each row, the row that is the same but has one of `there` in column `turning`."""
        same = ["time_period", *(name for name in self.filters if name != turning)]
        where = [self.la, self.region, self.level, *(self.columns[name] for name in same if name in self.columns)]
        keys = pc.binary_join_element_wise(*(pc.fill_null(array, "") for array in where), BETWEEN)
        chosen = pc.indices_nonzero(pc.fill_null(mapped(self.columns[turning], lambda text: folded(text) in there, pa.bool_()), False))
        at = pc.index_in(keys, value_set=keys.take(chosen).unique()) if len(chosen) else pa.nulls(self.height, pa.int32())
        first = pc.index_in(keys.take(chosen).unique(), value_set=keys.take(chosen))
        return chosen.take(first).take(at) if len(chosen) else pa.nulls(self.height, pa.uint64())

    def _years(self) -> pa.Array:
        if "time_period" in self.columns:
            return mapped(self.columns["time_period"], lambda text: years.from_text(text or ""), pa.int32())
        return pa.array([self.dataset.year] * self.height, pa.int32())

    def _places(self) -> tuple[pa.Array, pa.Array, pa.Array, pa.Array]:
        level = mapped(self._text("geographic_level", "level", "geog_l"), lambda text: LEVELS.get(folded(text)))
        is_la, is_region = pc.equal(level, "la"), pc.equal(level, "region")
        ons = self._text("new_la_code", "new_geog_code")
        code = mapped(self._text("old_la_code", "geog_c"), lambda text: text if text and re.fullmatch(r"\d{3}|V\w+", text) else None)
        by_ons = mapped(ons, lambda text: (found := places.england().find_authority(text or "")) and found.la)
        la = pc.if_else(pc.fill_null(is_la, False), pc.coalesce(code, by_ons), None)
        region = pc.coalesce(
            mapped(self._text("region_code"), lambda text: text or None),
            mapped(self._text("region_name", "geog_n"), lambda text: (found := places.england().find_region(text or "")) and found.code),
            mapped(la, lambda text: places.england().region_of(text or "")),
        )
        region = pc.if_else(pc.fill_null(pc.or_(is_la, is_region), False), region, None)
        at_level = self._text("geog_n") if "geog_n" in self.columns else None
        if at_level is None:
            at_level = pc.if_else(
                pc.fill_null(is_la, False),
                self._text("la_name"),
                pc.if_else(
                    pc.fill_null(is_region, False), self._text("region_name"), pc.coalesce(self._text("country_name"), pa.scalar("England"))
                ),
            )
        known = pc.or_(pc.equal(level, "england"), pc.or_(pc.and_(is_la, pc.is_valid(la)), pc.and_(is_region, pc.is_valid(region))))
        return pc.if_else(pc.fill_null(known, False), level, None), la, region, at_level

    def _text(self, *names: str) -> pa.Array:
        found = self._first(*names)
        return found if found is not None else pa.nulls(self.height, pa.string())


def _group(names: Sequence[str], values: Sequence[str], default: str | None) -> tuple[str | None, str]:
    population, pairs = default, []
    for name, value in zip(names, values, strict=True):
        text = folded(value)
        known = filters().get(name)
        if text in populations():
            population = populations()[text]
        elif text not in ("", "total") and not (known and text in known.totals):
            pairs.append(f"{known.name if known else name}={value.strip()}")
    return population, ";".join(pairs) or "total"


def columns_of(table: pa.Table) -> dict[str, pa.Array]:
    """The columns of a table of text, trimmed, under folded headings; the first bearer of a name counts."""
    found: dict[str, pa.Array] = {}
    for name in table.column_names:
        array = table[name].combine_chunks()
        array = array if isinstance(array, pa.Array) else pa.concat_arrays(array.chunks)
        found.setdefault(folded(name), array if name == "row" else pc.utf8_trim_whitespace(array))
    return found


def release_of(root: str, name: str) -> str | None:
    """The year of the release that a path names: `rel2024`, `release2024`; of several the last."""
    found = re.findall(r"rel(?:ease)?[ _-]?(20\d\d)", f"{root}/{name}".casefold())
    return found[-1] if found else None


def mapped(array: pa.Array, function: Callable, kind: pa.DataType | None = None) -> pa.Array:
    """An array with a function applied to each value, once for each different one."""
    encoded = array.dictionary_encode()
    made = pa.array([function(text) for text in encoded.dictionary.to_pylist()], kind or pa.string())
    none = function(None) if encoded.null_count else None
    taken = made.take(encoded.indices)
    return taken if none is None else pc.if_else(pc.is_null(encoded.indices), none, taken)


def _reads_sheet(source: Source) -> Iterator[pa.Table]:
    title = folded(layouts.title_of(source))
    dataset = next((found for found in datasets("sheet") if any(title.startswith(name) for name in found.headings[0])), None)
    if dataset is None:
        source.find(
            0, "", "no figure of this sheet of DfE's is known to us.", "Add its title to codes/published_datasets.csv.", "unknown columns"
        )
        for row in source.table()["row"].to_pylist():
            source.set_aside(row, "A sheet of DfE's that is not in our list of datasets.")
        return
    yield from published(source, layouts.sheet(source, dataset.columns), dataset)


def _reads_turned(source: Source) -> Iterator[pa.Table]:
    in_sheets = {figure.measure for dataset in datasets("sheet") for figure in dataset.figures}
    yield from layouts.turned(source, datasets("turned"), in_sheets, PARTS)


def _recognises_tool(headings: Sequence[str]) -> bool:
    return frozenset(map(folded, headings)) >= statistics_tool.HEADINGS


def _reads_tool(source: Source) -> Iterator[pa.Table]:
    columns = columns_of(source.table())
    table, gave = statistics_tool.figures(columns, release_of(source.root, source.name), mapped)
    for row in columns["row"].filter(pc.invert(gave)).to_pylist():
        source.set_aside(row, "No figure in this record, or its year or place cannot be read.")
    yield table


open_data = Reshape(
    "published.open_data",
    tables.published,
    _recognises_open_data,
    _reads_open_data,
    "DfE, Explore Education Statistics; underlying data of SFR41/2016, SFR50/2017, SFR20/2018 and the releases of 2018 and 2019",
)
sheet = Reshape("published.sheet", tables.published, layouts.is_sheet, _reads_sheet, "DfE, SFR12/2017 and SFR41/2016: tables by authority")
turned = Reshape("published.turned", tables.published, layouts.is_turned, _reads_turned, "DfE, SFR12/2017: national underlying data")
tool = Reshape("published.tool", tables.published, _recognises_tool, _reads_tool, "DfE, Local Authority Interactive Tool: long table")

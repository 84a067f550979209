"""The long table of DfE's Local Authority Interactive Tool: one row a measure, place and year.

`codes/lait_measures.csv` gives our name, population and breakdown of its measures, by year where it gives years; one that is not listed
keeps its own name after `lait_`, and its population is `as_printed`.
"""

import re
from collections.abc import Mapping
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from virtualschool import codes, places, years

BETWEEN = "\t"
HEADINGS = {"measure_short", "year", "area", "old_la_code", "value"}


def figures(columns: Mapping[str, pa.Array], release: str | None, mapped) -> tuple[pa.Table, pa.Array]:
    """The figures of the table, and for each of its rows whether it gave one."""
    short, code = columns["measure_short"], columns["old_la_code"]
    # What is a measure's name may change with the year, as its definition does.
    of_year = pc.binary_join_element_wise(pc.fill_null(short, ""), pc.fill_null(columns["year"], ""), BETWEEN)
    year = mapped(columns["year"], lambda text: years.from_text(text or ""), pa.int32())
    region = mapped(code, lambda text: (found := places.england().find_region(text or "")) and found.code)
    england = pc.fill_null(pc.equal(region, places.ENGLAND), False)
    la = mapped(code, lambda text: text if text and places.england().find_authority(text) else None)
    level = pc.if_else(england, "england", pc.if_else(pc.is_valid(region), "region", pc.if_else(pc.is_valid(la), "la", None)))
    of_la = mapped(la, lambda text: places.england().region_of(text) if text else None)
    gave = pc.and_(pc.and_(pc.is_valid(year), pc.is_valid(level)), pc.not_equal(pc.fill_null(columns["value"], ""), ""))
    indices = pc.indices_nonzero(gave)
    newest = release or str(max((found for found in year.unique().to_pylist() if found), default=""))

    def fixed(text: str) -> pa.Array:
        return pa.repeat(pa.scalar(text), len(indices))

    table = pa.table(
        {
            "series": fixed("LAIT"),
            "release": fixed(newest),
            "dataset": fixed("lait"),
            "measure": mapped(of_year, lambda text: _named(text)["measure"]).take(indices),
            "year": year.take(indices),
            "level": level.take(indices),
            "la": la.take(indices),
            "region_code": pc.if_else(england, None, pc.coalesce(region, of_la)).take(indices),
            "place": columns["area"].take(indices),
            "population": mapped(of_year, lambda text: _named(text)["population"]).take(indices),
            "breakdown": mapped(of_year, lambda text: _named(text)["breakdown"] or "total").take(indices),
            "value": columns["value"].take(indices),
            "row": columns["row"].take(indices),
        }
    )
    return table, gave


@cache
def _named(short_and_year: str) -> dict[str, str]:
    short, _, text = short_and_year.partition(BETWEEN)
    year = years.from_text(text) or 0
    listed = next((row for row in codes.load("lait_measures") if row["measure_short"] == short and codes.in_year(row, year)), None)
    return listed or {
        "measure": f"lait_{re.sub(r'[^a-z0-9]+', '_', short.casefold().replace('%', '_percent_')).strip('_')}",
        "population": "as_printed",
        "breakdown": "total",
    }

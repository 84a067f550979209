"""What speed/web.py serves: ten years of England's looked-after children, by plain arithmetic. Prints nothing itself.

Nobody in it is anyone. A place in care is held by one child for three years, so that an authority's records pile up as they do in truth.
"""

import pathlib
from collections.abc import Iterable

import measures_sources as sources
import pyarrow as pa
from pyarrow import parquet

from virtualschool import measures, places, tables
from virtualschool.measures.facts import of_children
from virtualschool.store import Store

SCHOOLS = 20_000
STAYS = 3
"""Years for which a child holds a place in care."""

CHILD = f"lpad(CAST(CAST(child AS BIGINT) + {{children}} * ((year + CAST(child AS BIGINT)) // {STAYS}) AS VARCHAR), 12, '0')"
URN = f"CAST(100000 + hash(la, child) % {SCHOOLS} AS VARCHAR)"
HELD = {name: name for name in of_children().schema().names if "__" not in name}
OWN = {
    "token": "substr(md5(concat(la, '/', child)), 1, 22)",
    "pupil": "concat('P', child)",
    "dob": "make_date(year - 17, 9, 1) + CAST(hash(child) % 5800 AS INTEGER)",
    "year_group": "CAST(1 + hash(child) % 11 AS VARCHAR)",
    "first_entry": "make_date(year - 2, 4, 2) + CAST(hash(child) % 700 AS INTEGER)",
    "period_start": "make_date(year - 2, 4, 2) + CAST(hash(child) % 700 AS INTEGER)",
    "school": "school",
    "sessions_possible": "300 + CAST(hash(child, 1) % 90 AS INTEGER)",
    "sessions_authorised": "CAST(hash(child, year) % 20 AS INTEGER)",
    "sessions_unauthorised": "CAST(hash(year, child) % 20 AS INTEGER)",
    "sessions_missed": "CAST(hash(child, year) % 20 + hash(year, child) % 20 AS INTEGER)",
    "suspensions": "greatest(0, CAST(hash(child, year, 2) % 12 AS INTEGER) - 9)",
    "attainment_8": "CASE WHEN hash(child, 3) % 6 = 0 THEN CAST(hash(child, 4) % 60 AS DECIMAL(9, 4)) END",
}
BEGAN = "greatest(first_entry, make_date(year - 1, 4, 1))"
EPISODES = {
    "la": "la",
    "year": "year",
    "child": "child",
    "decom": f"{BEGAN} + 90 * turn",
    "rne": "'S'",
    "ls": "'C2'",
    "cin": "'N1'",
    "place": "CASE turn WHEN 0 THEN 'U4' ELSE 'U6' END",
    "place_provider": "'PR1'",
    "dec": f"CASE turn WHEN 0 THEN {BEGAN} + 90 END",
    "rec": "CASE turn WHEN 0 THEN 'X1' END",
    "file": "1",
    "row": "row_number() OVER ()",
}
"""Two episodes of each child and year: `turn` 0 and 1."""
FINDINGS = """
    SELECT 'episodes.csv' AS file, CAST(row_number() OVER () AS INTEGER) AS row, 'DECOM' AS "column", 'it is after DEC.' AS wrong,
           'Correct one of them.' AS do, '104' AS rule, la, year
    FROM children WHERE hash(la, child, year) % 500 = 0
"""
"""Of one row in five hundred something is wrong."""


def store(folder: pathlib.Path, children: int = 80_000) -> Store:
    """A store of so many children a year: facts, children, two episodes a child and year, schools, and what was printed."""
    made, years = Store(folder), sources.YEARS
    known = places.england()
    schema = of_children().schema().to_pyarrow()
    with made.draft(threads=2, memory="8GB") as draft:
        files, returns = [], []
        for year in years:
            las = known.in_year(year)
            files.append(draft.scratch / f"{year}.parquet")
            table = sources.children_of(schema, las, year, children, None if year == max(years) else sources.ALL_YEARS)
            parquet.write_table(table, files[-1], row_group_size=20_000)
            returns += [(la, year) for la in las]
        listed = ", ".join(f"'{file}'" for file in files)
        renamed = f"SELECT * REPLACE ({CHILD.format(children=children)} AS child) FROM read_parquet([{listed}])"
        now = f"SELECT * REPLACE ({URN} AS school, CAST(1 + hash(child) % 11 AS VARCHAR) AS year_group) FROM ({renamed})"
        draft.write("facts", now, order_by=("year", "la", "child"))
        draft.write("children", _made(tables.children, HELD | OWN, "facts"), order_by=("year", "la", "child"))
        draft.write("episodes", _made(tables.episodes, EPISODES, "children, (VALUES (0), (1)) AS turns(turn)"), order_by=("file", "row"))
        draft.write("schools", _made(tables.schools, schools_of(known.in_year(max(years))), f"range({SCHOOLS}) AS made(n)"))
        draft.write("pupil_facts", sources.pupils_of(max(years), 8 * children), order_by=("year", "pupil"))
        keys = pa.table(
            {"la": [la for la, _ in returns], "child": ["1"] * len(returns), "year": pa.array([at for _, at in returns], pa.int32())}
        )
        draft.write("header", sources.filled_up(keys, tables.header))
        draft.write("findings", FINDINGS)
        draft.write("published", sources.printed(known, years, 8 * children))
        draft.rest_empty()
        draft.finish({"inputs": [], "measures": {measure.name: measure.version for measure in measures.ALL.values()}})
    return made


def schools_of(las: Iterable[str]) -> dict[str, str]:
    listed = sorted(las)
    return {
        "school_urn": "CAST(100000 + n AS VARCHAR)",
        "name": "concat('School number ', n)",
        "la": f"([{', '.join(map(repr, listed))}])[1 + n % {len(listed)}]",
        "phase": "CASE n % 5 WHEN 0 THEN 'Secondary' ELSE 'Primary' END",
    }


def _made(table: tables.Table, columns: dict[str, str], rows: str) -> str:
    """A query for a table: the columns that have an expression, and the others null."""
    listed = ", ".join(f'CAST({columns.get(column.name, "NULL")} AS {column.sql}) AS "{column.name}"' for column in table.columns)
    return f"SELECT {listed} FROM {rows}"

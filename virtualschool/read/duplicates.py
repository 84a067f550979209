"""Records that stand twice: in two files of one return, or in exports that overlap."""

import pathlib
from collections.abc import Sequence

import pyarrow as pa

from virtualschool.read.account import FileAccount
from virtualschool.store import Engine, quote
from virtualschool.tables import Table


def wanted(table: Table, accounts: Sequence[FileAccount]) -> bool:
    """Whether a table has to be searched: always for care and reference, for education where files overlap in year and term."""
    if table.of_authorities:
        return True
    if table.family == "reference":
        return table.name != "published"
    spans = [(entry.spans.get("year"), entry.spans.get("term")) for entry in accounts]
    return any(
        _overlap(years, other_years) and _overlap(terms, other_terms)
        for place, (years, terms) in enumerate(spans)
        for other_years, other_terms in spans[place + 1 :]
    )


def find(engine: Engine, table: Table, chunks: Sequence[pathlib.Path]) -> pa.Table:
    """Each record that is not the first of its likes, and the first: file, row, first_file, first_row, record, la, year.

    Alike are records equal in every column; in a reference table those with one key; of plans see
    `told_again`. In education records of one file are never alike: two equal results or exclusions may both have been.
    """
    files = ", ".join(quote(str(chunk)) for chunk in chunks)
    if table.family == "plans":
        return told_again(engine, table, files)
    same = table.key if table.family == "reference" else tuple(name for name in table.names if name not in ("file", "row"))
    listed = ", ".join(f'"{name}"' for name in same)
    everything = ", ".join(f'"{name}" := "{name}"' for name in table.names if name not in ("file", "row"))
    other = 'AND file <> "first file"' if table.family == "education" else ""
    la, year = (name if name in table else "NULL" for name in ("la", "year"))
    # Hashes first, so that only what may be alike is compared. Names with a space cannot be those of a column.
    return engine.arrow(
        f"""
        WITH records AS (SELECT *, hash({listed}) AS "its hash" FROM read_parquet([{files}])),
        likely AS (SELECT "its hash" FROM records GROUP BY ALL HAVING count(*) > 1),
        placed AS (
            SELECT *, row_number() OVER alike AS "its place",
                first_value(file) OVER alike AS "first file", first_value("row") OVER alike AS "first row"
            FROM records WHERE "its hash" IN (SELECT "its hash" FROM likely)
            WINDOW alike AS (PARTITION BY {listed} ORDER BY file, "row")
        )
        SELECT file, "row", "first file", "first row", CAST(to_json(struct_pack({everything})) AS VARCHAR) AS record,
            CAST({la} AS VARCHAR) AS la, CAST({year} AS INTEGER) AS year
        FROM placed WHERE "its place" > 1 {other} ORDER BY file, "row"
        """
    )


def told_again(engine: Engine, table: Table, files: str) -> pa.Table:
    """The same of files of plans: each record of a plan (or a child's subject and term) of which a later file tells too, with that file
    and its first row; and in one file, each record of a key that stands there already."""
    of = ", ".join(f'"{name}"' for name in table.key)
    everything = ", ".join(f'"{name}" := "{name}"' for name in table.names if name not in ("file", "row"))
    # The key of a plan's part is the plan, of which a file has many rows.
    alone = table.name in ("plans", "teacher_assessments")
    return engine.arrow(
        f"""
        WITH placed AS (
            SELECT *, max(file) OVER same AS "first file", arg_max("row", (file, -"row")) OVER same AS "first row",
                row_number() OVER (PARTITION BY {of}, file ORDER BY "row") AS "its place"
            FROM read_parquet([{files}]) WINDOW same AS (PARTITION BY {of})
        )
        SELECT file, "row", "first file", "first row", CAST(to_json(struct_pack({everything})) AS VARCHAR) AS record, la,
            CAST(NULL AS INTEGER) AS year
        FROM placed WHERE file < "first file" {'OR "its place" > 1' if alone else ""} ORDER BY file, "row"
        """
    )


def _overlap(one: tuple | None, other: tuple | None) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])

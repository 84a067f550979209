"""Education plans and teachers' assessments: the documented files of plans/formats.toml and assessments.toml, as CSV.

A kind a table, recognised by the columns that the table needs. The authority is told by a column LA, the folder or the command.
Words of a list are compared without case, with _ for spaces; money is pounds in the file and pence in the table. Where a plan stands
in several files, the last one counts, table by table: the rows of the others are set aside (see `read.duplicates`).
"""

import pathlib
import tomllib

from virtualschool import tables
from virtualschool.read import values
from virtualschool.read.kinds import Kind
from virtualschool.tables import Table

FOLDER = pathlib.Path(tables.__file__).parent / "plans"
DIGITS = "replace(replace(ltrim({value}, '£'), ',', ''), ' ', '')"
PENCE = f"""CASE WHEN {{value}} IS NULL THEN NULL WHEN regexp_full_match({DIGITS}, '-?[0-9]+([.][0-9]{{1,2}})?')
    THEN CAST(CAST(CAST({DIGITS} AS DECIMAL(12, 2)) * 100 AS BIGINT) AS VARCHAR) ELSE 'no amount' END"""
UNGUARDED = "CASE WHEN regexp_matches({value}, '^''[=+@-]') THEN substr({value}, 2) ELSE {value} END"
"""Text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
PERCENT = "rtrim({value}, '% ')"


def described() -> dict[str, dict]:
    """What the two files say of each table, by the name of the table there."""
    return {
        name: table
        for file in ("formats.toml", "assessments.toml")
        for name, table in tomllib.loads((FOLDER / file).read_text(encoding="utf-8")).items()
    }


def of_table(name: str, needs: tuple[str, ...], table: Table) -> Kind:
    cleaned = {column.name: PENCE for column in table.columns if column.unit == "pence"}
    cleaned |= {column.name: PERCENT for column in table.columns if column.type == tables.POINTS}
    cleaned |= {column.name: UNGUARDED for column in table.columns if column.type == "text" and not column.listed and column.name != "la"}
    if "school_year" in table:
        cleaned["school_year"] = f"coalesce(CAST({values.year('{value}')} AS VARCHAR), {{value}})"
    return Kind(
        f"plans.{name}", table, needs, values=cleaned, whole=False, source="An authority's system of education plans; Files of plans"
    )


kinds = tuple(of_table(name, tuple(says["needs"]), table) for (name, says), table in zip(described().items(), tables.PLANS, strict=True))

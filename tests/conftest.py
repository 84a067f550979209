"""What the tests share: a store with drawn tables, and the folder of real files where there is one."""

import datetime
import decimal
import os
import pathlib

import pyarrow as pa
import pytest

from virtualschool import tables
from virtualschool.store import Draft, Store

ROOT = pathlib.Path(__file__).resolve().parents[1]


@pytest.fixture
def real_data() -> pathlib.Path:
    """The folder of real published files; VIRTUALSCHOOL_REAL_DATA names it."""
    folder = pathlib.Path(os.environ.get("VIRTUALSCHOOL_REAL_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the folder of real files is not here; set VIRTUALSCHOOL_REAL_DATA to it")
    return folder


class DrawnStore:
    """A draft in which tables are drawn by hand. Columns that are not drawn are null; drawn ones not of the table are refused."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.engine = draft, draft.engine

    def add(self, table: tables.Table, drawing: str) -> None:
        rows = parse(drawing)
        if strange := {name for row in rows for name in row} - set(table.names):
            raise ValueError(f"{table.name} has no column {sorted(strange)}")
        arrays = [pa.array([value(row.get(column.name, ""), column.type) for row in rows], column.arrow) for column in table.columns]
        self.draft.write(table.name, pa.table(arrays, schema=table.arrow))

    def rows(self, query, *columns: str) -> list[tuple]:
        """The rows of a query, those columns only, sorted; decimals as they are."""
        found = self.engine.rows(query)
        return sorted((tuple(row[column] for column in columns) for row in found), key=repr)


def parse(drawing: str) -> list[dict[str, str]]:
    lines = [line for line in drawing.strip().splitlines() if line.strip() and set(line.strip()) - set("-+")]
    head, *body = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(head, cells, strict=True)) for cells in body]


def value(cell: str, kind: str):
    if cell == "":
        return None
    if kind in ("integer", "bigint"):
        return int(cell)
    if kind == "boolean":
        return {"yes": True, "no": False}[cell]
    if kind == "date":
        return datetime.datetime.strptime(cell, "%d/%m/%Y").date() if "/" in cell else datetime.date.fromisoformat(cell)
    return decimal.Decimal(cell) if kind.startswith("decimal") else cell


@pytest.fixture
def store(tmp_path):
    """A draft of a new store on the embedded engine, every known table empty until drawn."""
    with Store(tmp_path / "store").draft(threads=2) as draft:
        draft.rest_empty()
        yield DrawnStore(draft)

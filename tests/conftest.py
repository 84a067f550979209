"""What the tests share: a store with drawn tables, on each engine, and the folder of real files where there is one."""

import contextlib
import datetime
import decimal
import gc
import os
import pathlib
from collections.abc import Callable, Iterator

import pyarrow as pa
import pytest

from virtualschool import spark, tables
from virtualschool.errors import WrongUse
from virtualschool.store import Draft, Store

ROOT = pathlib.Path(__file__).resolve().parents[1]
ENGINES = ("duckdb", pytest.param("spark", marks=pytest.mark.spark))


def pytest_configure():
    """Garbage is looked for less often: five thousand tests keep so much that each look takes long, and finds next to nothing."""
    gc.set_threshold(200_000, 50, 100)


def pytest_generate_tests(metafunc):
    if metafunc.definition.get_closest_marker("every_engine") and "engine_name" in metafunc.fixturenames:
        metafunc.parametrize("engine_name", ENGINES, scope="session")


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def engine_name() -> str:
    """The engine that a test runs on; tests marked `every_engine` run once on each."""
    return "duckdb"


@pytest.fixture(scope="session")
def drawn(engine_name, request) -> Callable[[pathlib.Path], contextlib.AbstractContextManager[DrawnStore]]:
    """Makes a draft of a new store on the engine of the test, every known table empty until drawn."""
    if engine_name == "spark":
        request.getfixturevalue("spark_session")

    @contextlib.contextmanager
    def made(path: pathlib.Path) -> Iterator[DrawnStore]:
        with Store(path).draft(threads=2) as draft, contextlib.ExitStack() as elsewhere:
            draft.rest_empty()
            if engine_name == "spark":
                elsewhere.enter_context(draft.on(elsewhere.enter_context(spark.engine(draft.engine, draft.scratch / "spark"))))
            yield DrawnStore(draft)

    return made


@pytest.fixture
def store(tmp_path, drawn):
    """A draft of a new store, every known table empty until drawn."""
    with drawn(tmp_path / "store") as store:
        yield store


@pytest.fixture(scope="session")
def spark_session(tmp_path_factory):
    """Spark, started once for all tests, with settings for tables of a few rows."""
    try:
        spark.wanted()
    except WrongUse as fault:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(fault))
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("SPARK_CONF_DIR", str(ROOT / "tests" / "spark"))
        settings.setenv("VIRTUALSCHOOL_SPARK_PARTITIONS", "1")
        with spark.session(tmp_path_factory.mktemp("spark")) as running:
            yield running


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """One file that needs the small invented England goes first, all that need none follow, the others come last: while one process makes
    that England and its store no other waits for it."""
    needing = {item.path for item in items if {"built", "england"} & set(getattr(item, "fixturenames", ()))}
    first = min(needing, default=None)
    items.sort(key=lambda item: 0 if item.path == first else 2 if item.path in needing else 1)

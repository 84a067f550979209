"""The tables that a year's outcomes are worked out over, and those that they make for themselves on the way.

Definitions know no year: `now(tables.census)` is the census of the year being worked on, `before(tables.ks2)` the key stage 2
results of all years before it, and `Stage.turn_to` says which year that is. So a definition is compiled once and run for each year.
"""

import pathlib
from collections.abc import Callable, Hashable
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from pyarrow import parquet

from virtualschool import tables
from virtualschool.compiled import Compiled, of_code
from virtualschool.store import Engine, quote


def now(table: tables.Table) -> ir.Table:
    """The table's rows of the year that is worked on."""
    return ibis.table(table.ibis().schema(), name=f"{table.name}_now")


def before(table: tables.Table) -> ir.Table:
    """The table's rows of earlier years."""
    return ibis.table(table.ibis().schema(), name=f"{table.name}_before")


def last(table: tables.Table) -> ir.Table:
    """The table's rows of the year before."""
    return ibis.table(table.ibis().schema(), name=f"{table.name}_last")


class Stage:
    """Where staged tables go: look-ups into memory, rows by the million into Parquet in a scratch folder."""

    def __init__(self, engine: Engine, folder: pathlib.Path | None = None) -> None:
        self.engine, self.folder = engine, folder

    def turn_to(self, year: int) -> None:
        """Makes `year` the year that is worked on."""
        for table in tables.EDUCATION:
            for when, rows in (("now", f"year = {year:d}"), ("before", f"year < {year:d}"), ("last", f"year = {year - 1:d}")):
                self.engine.run(f'CREATE OR REPLACE VIEW "{table.name}_{when}" AS SELECT * FROM "{table.name}" WHERE {rows}')

    def look_up(self, table: ir.Table, rows: pa.Table) -> None:
        """Gives a small table its rows."""
        self.engine.register(table.get_name(), rows)

    def put(self, name: str, build: Callable[..., ir.Table], *arguments, held: bool = True, **more) -> ir.Table:
        """The rows of a definition, written once under a name and read as often as wanted. None if there is nothing `held` to work on."""
        schema = kept(build, *arguments, **more).schema
        file = (self.folder or pathlib.Path()) / f"{name}.parquet"
        if held:
            query = compiled(build, *arguments, **more)
            self.engine.run(f"COPY ({query}) TO {quote(str(file))} (FORMAT parquet, COMPRESSION lz4)")
        else:
            parquet.write_table(schema.to_pyarrow().empty_table(), file)
        self.engine.view(name, [file])
        return ibis.table(schema, name=name)


_DEFINED: dict[Hashable, ir.Table] = {}
_KEPT: dict[Hashable, Compiled] = {}


def compiled(build: Callable[..., ir.Table], *arguments, **more) -> str:
    """The SQL of `build(*arguments, **more)`."""
    return kept(build, *arguments, **more).sql


def kept(build: Callable[..., ir.Table], *arguments, **more) -> Compiled:
    """`build(*arguments, **more)` as it is run; worked out once for the code as it stands, since Ibis takes seconds over the large ones."""
    key = called(build, arguments, more)
    if key not in _KEPT:
        name = f"{build.__module__}.{build.__qualname__} {key[1:]!r}"
        _KEPT[key] = of_code(name, lambda: defined(build, *arguments, **more), build)
    return _KEPT[key]


def defined(build: Callable[..., ir.Table], *arguments, **more) -> ir.Table:
    """What `build(*arguments, **more)` gives, built once in a process."""
    key = called(build, arguments, more)
    if key not in _DEFINED:
        _DEFINED[key] = build(*arguments, **more)
    return _DEFINED[key]


def called(build: Callable[..., ir.Table], arguments: tuple, more: dict[str, Any]) -> tuple[Hashable, ...]:
    return build, tuple(map(identity, arguments)), tuple(sorted((name, identity(value)) for name, value in more.items()))


def identity(argument: Any) -> Hashable:
    """What tells one argument of a definition from another: a table by its name and columns, anything else by itself."""
    return (argument.get_name(), str(argument.schema())) if isinstance(argument, ir.Table) else argument

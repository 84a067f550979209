"""Tables that the outcomes of a year make for themselves on the way: small look-ups, and one row a pupil from each source."""

import pathlib

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from virtualschool.store import Engine, quote, sql


def of(table: ir.Table, year: int) -> ir.Table:
    """The staged table of one year: `progress_8_groups` of 2024 is `progress_8_groups_2024`."""
    return ibis.table(table.schema(), name=f"{table.get_name()}_{year}")


class Stage:
    """Where staged tables go: look-ups into memory, rows by the million into Parquet in a scratch folder."""

    def __init__(self, engine: Engine, folder: pathlib.Path) -> None:
        self.engine, self.folder = engine, folder

    def look_up(self, name: str, rows: pa.Table) -> None:
        """Makes a small table known under its name."""
        self.engine.register(name, rows)

    def put(self, name: str, rows: ir.Table) -> ir.Table:
        """The staged rows as an unbound table, written once and read as often as wanted."""
        file = self.folder / f"{name}.parquet"
        self.engine.run(f"COPY ({sql(rows)}) TO {quote(str(file))} (FORMAT parquet, COMPRESSION lz4)")
        self.engine.view(name, [file])
        return ibis.table(rows.schema(), name=name)

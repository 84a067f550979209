"""Files written by hand and read together: the rows of a table that come of each, its account, and the findings."""

import dataclasses
import decimal
import pathlib
import textwrap

from virtualschool import read, tables
from virtualschool.store import Engine, Store


@dataclasses.dataclass
class Given:
    engine: Engine
    accounts: dict[str, dict]
    findings: list

    def rows(self, table: str, *columns: str, file: str | None = None) -> list[tuple]:
        """The rows of a table in order, of one file or all, decimals as plain numbers."""
        listed = ", ".join(f'"{column}"' for column in columns)
        of_file = f"WHERE file = {self.accounts[file]['number']}" if file else ""
        found = self.engine.rows(f'SELECT {listed} FROM "{table}" {of_file} ORDER BY ALL NULLS FIRST')
        return [tuple(float(cell) if isinstance(cell, decimal.Decimal) else cell for cell in row.values()) for row in found]

    def account(self, file: str) -> tuple[str, int, int, int]:
        account = self.accounts[file]
        return account["kind"], account["read"], account["kept"], account["set_aside"]


def given(folder: pathlib.Path, files: dict[str, str]) -> Given:
    """What is read from `files`, path to text; the text may be indented."""
    for name, text in files.items():
        place = folder / "given" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
    return reading(folder / "given", folder / "store")


def reading(source: pathlib.Path, store: pathlib.Path) -> Given:
    engine = Engine.open(threads=1)
    with Store(store).draft(threads=2) as draft:
        found = read.read(read.inputs_of([(None, source)]), draft, lambda *_: None)
        draft.rest_empty()
        for table in tables.EDUCATION:
            engine.register(table.name, draft.engine.arrow(f'SELECT * FROM "{table.name}"'))
        accounts = {account.to_json()["file"]: account.to_json() for account in found.files}
    return Given(engine, accounts, found.findings)

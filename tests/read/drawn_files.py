"""Files drawn by hand for the tests of reading, and what became of them."""

import pathlib

from virtualschool import read
from virtualschool.read import Input, Reading
from virtualschool.store import Draft


class Folder:
    """A folder in which a test writes files, and a draft into which it reads them."""

    def __init__(self, path: pathlib.Path, draft: Draft) -> None:
        self.path, self.draft, self.engine = path, draft, draft.engine

    def write(self, name: str, text: str | bytes, encoding: str = "utf-8") -> pathlib.Path:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return file

    def read(self, *sources, added: bool = False) -> Reading:
        """Read files or folders (the whole folder if none is named); a pair names an authority too."""
        pairs = [source if isinstance(source, tuple) else (None, source) for source in sources or (self.path,)]
        return self.read_inputs(read.inputs_of(pairs, added=added))

    def read_inputs(self, inputs: list[Input]) -> Reading:
        reading = read.read(inputs, self.draft)
        for account in reading.files:
            assert account.read == account.kept + account.set_aside, account
        return reading

    def rows(self, table: str, *columns: str) -> list[tuple]:
        listed = ", ".join(columns)
        return [tuple(row.values()) for row in self.engine.rows(f'SELECT {listed} FROM "{table}" ORDER BY file, row')]

    def aside(self) -> list[tuple]:
        return [tuple(row.values()) for row in self.engine.rows("SELECT row, reason, record FROM set_aside ORDER BY file, row")]


def counts(reading: Reading) -> list[tuple]:
    return [(one.file, one.kind, one.la, one.year, one.read, one.kept, one.set_aside) for one in reading.files]


def told(reading: Reading) -> list[str]:
    return [str(finding) for finding in reading.findings]

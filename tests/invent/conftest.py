"""One small invented England, made once for all the tests of this folder."""

import csv
import pathlib

import pytest

from virtualschool.invent import invent

YEARS = (2023, 2024, 2025)


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("invented") / "small"
    invent(folder, "small", YEARS, 1, lambda *_: None)
    return folder


class Rows:
    """Rows of a file of the small England, read once."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.read: dict[str, list[dict[str, str]]] = {}

    def __call__(self, name: str) -> list[dict[str, str]]:
        if name not in self.read:
            with (self.folder / name).open(encoding="utf-8") as opened:
                self.read[name] = list(csv.DictReader(opened))
        return self.read[name]

    def care(self, module: str, year: int) -> list[dict[str, str]]:
        return [dict(row, LA=la) for la in ("V01", "V02") for row in self(f"care/{la}/{year}/{module}.csv")]


@pytest.fixture(scope="session")
def rows(small) -> Rows:
    return Rows(small)

"""SQL that was compiled from definitions, kept between runs: Ibis takes longer to put a large definition together than DuckDB to run it.

What is kept belongs to the code it was compiled from: a change in any file of the package, or another version of a library, and it
is compiled anew. It lies in the environment the program runs in, holds no data, and may be deleted at any time. Where that folder
cannot be written, everything is compiled each time.
"""

import contextlib
import hashlib
import json
import os
import pathlib
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import Any, NamedTuple

import ibis

FOLDER = pathlib.Path(sys.prefix) / "cache" / "virtualschool"
PACKAGE = pathlib.Path(__file__).parent
LIBRARIES = ("ibis-framework", "sqlglot", "duckdb")


class Compiled(NamedTuple):
    """A definition as it is run: its SQL for the embedded engine, and its columns with their types as Ibis writes them."""

    sql: str
    columns: dict[str, str]

    @property
    def schema(self) -> ibis.Schema:
        return ibis.schema(self.columns)


def of_code(name: str, build: Callable[[], ibis.Table], source: Callable) -> Compiled:
    """The definition that `build` makes, from what is kept where it can be. `name` and `source` as in `kept`."""
    return Compiled(**kept(name, lambda: compile_now(build)._asdict(), source))


def kept(name: str, make: Callable[[], dict[str, Any]], source: Callable) -> dict[str, Any]:
    """What `make` gives, JSON-ready, from what is kept where it can be.

    `name` tells it from everything else of the same code. `source` is what defines it: only of this package's own code anything is kept.
    """
    if not source.__module__.startswith(f"{PACKAGE.name}."):
        return make()
    file = FOLDER / fingerprint() / f"{hashlib.sha256(name.encode()).hexdigest()}.json"
    with contextlib.suppress(OSError, ValueError):
        held = json.loads(file.read_text(encoding="utf-8"))
        if held["name"] == name:
            return held["told"]
    told = make()
    keep(file, {"name": name, "told": told})
    return told


def compile_now(build: Callable[[], ibis.Table]) -> Compiled:
    made = build()
    return Compiled(str(ibis.to_sql(made, dialect="duckdb")), {column: str(kind) for column, kind in made.schema().items()})


def keep(file: pathlib.Path, told: dict) -> None:
    """Writes a file whole or not at all; where it cannot be written, nothing is kept."""
    with contextlib.suppress(OSError):
        if not file.parent.exists():
            sweep()
            file.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            json.dump(told, opened)
        os.replace(scratch, file)


def sweep() -> None:
    """Deletes what was kept of other code."""
    for folder in FOLDER.iterdir() if FOLDER.exists() else ():
        if folder.name != fingerprint():
            shutil.rmtree(folder, ignore_errors=True)


@cache
def fingerprint() -> str:
    """Of all that a definition is made of: the package's code and code lists, and the libraries that compile it."""
    digest = hashlib.sha256(f"{platform.python_version()} {[version(name) for name in LIBRARIES]}".encode())
    for file in sorted((*PACKAGE.rglob("*.py"), *(PACKAGE / "codes").glob("*.csv"))):
        digest.update(file.relative_to(PACKAGE).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]

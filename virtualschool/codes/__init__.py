"""Code lists, authorities, neighbours, subjects and estimates: one CSV each, every item with its first and last year.

A list's source stands in its own `source` column or in the comment lines (`#`) at its head.
"""

import csv
from functools import cache
from importlib import resources

import pyarrow as pa


@cache
def load(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `codes/<name>.csv`, every value as text; an empty cell is ''."""
    lines = (resources.files("virtualschool.codes") / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


def arrow(name: str) -> pa.Table:
    """The same as an Arrow table of text columns; an empty cell is null."""
    rows = load(name)
    return pa.table({column: pa.array([row[column] or None for row in rows], pa.string()) for column in (rows[0] if rows else ())})


def in_year(row: dict[str, str], year: int) -> bool:
    """Whether a row with `first_year` and `last_year` (either may be empty) holds for a year."""
    return (not row.get("first_year") or int(row["first_year"]) <= year) and (not row.get("last_year") or year <= int(row["last_year"]))

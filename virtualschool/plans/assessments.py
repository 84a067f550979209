"""A file of teachers' termly assessments, read with an account of every row: CSV or JSON in the layout of assessments.toml.

A row needs a child, a school year, a term and a subject, and says on track or not from one starting point at least, or why that cannot be
told.
Findings never show what a cell says.
"""

import hashlib
import json
import pathlib
from dataclasses import dataclass
from typing import Any

from virtualschool.errors import Finding, Unreadable
from virtualschool.plans.cells import WRONG, typed_value
from virtualschool.plans.files import csv_records
from virtualschool.plans.layout import assessments
from virtualschool.read.account import FileAccount
from virtualschool.read.headings import fold
from virtualschool.years import from_text

TOLD = ("from_phase", "from_entry", "why_not")


@dataclass
class Assessments:
    """The rows as read, each with its number in the file; the account, and findings."""

    rows: list[tuple[int, dict[str, Any]]]
    account: FileAccount
    findings: list[Finding]


def read_assessments(file: pathlib.Path) -> Assessments:
    """Raises Unreadable for a file that holds none."""
    given, records = _json(file) if file.suffix.casefold() == ".json" else _csv(file)
    columns = {column.name: column for column in assessments().columns}
    ignored = tuple(name for name in given if name not in columns)
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    made = Assessments([], FileAccount(1, file.name, "", "plans.assessments", None, None, sha, ignored=ignored), [])
    if ignored:
        _find(made, 0, ", ".join(ignored[:6]), "no column has this name; it is left out.", "Rename it, or leave it so.", "ignored")
    seen: set[tuple[Any, ...]] = set()
    for row, cells in records:
        made.account.read += 1
        values, lacking = _typed(made, row, {name: cell for name, cell in cells.items() if name in columns})
        key = tuple(str(values.get(name)).casefold() for name in ("child", "school_year", "term", "subject"))
        if lacking:
            _aside(made, row, ", ".join(lacking), "there is no value, and a record needs one", "Fill it in.")
        elif all(values.get(name) is None for name in TOLD):
            _aside(made, row, ", ".join(TOLD), "it says neither on track or not, nor why it cannot be told", "Fill in one of these.")
        elif key in seen:
            _aside(made, row, "subject", "the child has this subject of the term in the file already", "Keep the one that holds.")
        else:
            seen.add(key)
            made.account.kept += 1
            made.rows.append((row, values))
    return made


def _typed(made: Assessments, row: int, cells: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    lacking = [column.name for column in assessments().columns if column.required and not str(cells.get(column.name) or "").strip()]
    for name, cell in cells.items():
        column = assessments().column(name)
        if name == "school_year" and cell:
            cell = from_text(str(cell).strip()) or cell  # 2025/26 is written as often as 2026.
        value, good = typed_value(column, cell)
        if not good:
            choices = f"Write one of {', '.join(column.values)}."
            wrong, do = WRONG.get(column.type, ("this is none of the words that it may hold.", choices))
            _find(made, row, name, wrong, do, "type")
            if column.required:
                lacking.append(name)
        values[name] = value
    return values, list(dict.fromkeys(lacking))


def _csv(file: pathlib.Path) -> tuple[list[str], list[tuple[int, dict[str, Any]]]]:
    headings, records = csv_records(file)
    folded = {fold(column.name): column.name for column in assessments().columns}
    names = [folded.get(fold(heading), heading.strip()) for heading in headings]
    _is_one(file, names)
    return [name for name in names if name], [(row, dict(zip(names, cells, strict=False))) for row, cells in records]


def _json(file: pathlib.Path) -> tuple[list[str], list[tuple[int, dict[str, Any]]]]:
    try:
        held = json.loads(file.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise Unreadable(
            f"File {file.name}", "this is not JSON that can be read.", 'Write {"assessments": [{"child": …}]} in UTF-8.'
        ) from fault
    rows = held.get("assessments") if isinstance(held, dict) else held
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Unreadable(f"File {file.name}", "it holds no list of assessments.", 'Write {"assessments": [{"child": …}]}.')
    names = list(dict.fromkeys(name for row in rows for name in row))
    _is_one(file, names)
    return names, list(enumerate(rows, 1))


def _is_one(file: pathlib.Path, names: list[str]) -> None:
    if lacking := [name for name in ("child", "subject") if name not in names]:
        needed = ", ".join(column.name for column in assessments().columns if column.required)
        raise Unreadable(
            f"File {file.name}", f"it has no column {' or '.join(lacking)}.", f"It needs {needed}, and from_phase or from_entry."
        )


def _find(made: Assessments, row: int, column: str, wrong: str, do: str, rule: str) -> None:
    made.findings.append(Finding(made.account.name, row, column, wrong, do, rule))


def _aside(made: Assessments, row: int, column: str, wrong: str, do: str) -> None:
    made.account.set_aside += 1
    _find(made, row, column, f"{wrong}; the record is set aside.", do, "set aside")

"""Plans and assessments in our own layout, so that what is written is read again as the same: CSV, a file a table, or one JSON file.

In CSV a text that a spreadsheet would take for a formula bears an apostrophe, which reading takes off again. A table is written if some
plan has it; of a table of plans only the columns that some plan tells.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from virtualschool.plans.cells import guarded
from virtualschool.plans.files import Plan
from virtualschool.plans.layout import Column, PlanTable, assessments, tables


def as_csv(plans: Sequence[Plan], assessed: Sequence[Mapping[str, Any]] = ()) -> dict[str, str]:
    """The text of each file by its name: plans.csv, targets.csv …, and assessments.csv where there are some."""
    made = {}
    for name, table in tables().items():
        rows = (
            [plan.fields for plan in plans] if name == "plans" else [{"plan": plan.id, **row} for plan in plans for row in plan.all(name)]
        )
        if rows or any(plan.has(name) for plan in plans) or name == "plans":
            made[f"{name}.csv"] = _sheet(table, rows)
    if assessed:
        made["assessments.csv"] = _sheet(assessments(), assessed)
    return made


def as_json(plans: Iterable[Plan], assessed: Sequence[Mapping[str, Any]] = ()) -> str:
    """All of it as one JSON document."""
    made: dict[str, Any] = {"plans": [_document(plan) for plan in plans]}
    if assessed:
        made["assessments"] = [_values(assessments(), row) for row in assessed]
    return json.dumps(made, indent=1, ensure_ascii=False)


def _document(plan: Plan) -> dict[str, Any]:
    parts = {name: [_values(tables()[name], row) for row in rows] for name, rows in plan.rows.items() if name in tables()}
    return {**_values(tables()["plans"], plan.fields), **parts}


def _values(table: PlanTable, row: Mapping[str, Any]) -> dict[str, Any]:
    columns = {column.name: column for column in table.columns}
    return {name: written(columns[name], value) if value is not None else None for name, value in row.items() if name in columns}


def _sheet(table: PlanTable, rows: Sequence[Mapping[str, Any]]) -> str:
    told = {name for row in rows for name in row}
    columns = [column for column in table.columns if column.required or column.name in told or column.name in table.needs]
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow([column.name for column in columns])
    for row in rows:
        cells = (written(column, row.get(column.name)) for column in columns)
        lines.writerow([guarded(cell) if column.type in ("text", "exact") else cell for column, cell in zip(columns, cells, strict=True)])
    return out.getvalue()


def written(column: Column, value: Any) -> str:
    """A value as a cell."""
    if value is None:
        return ""
    if column.type == "money":
        return f"{Decimal(value) / 100:.2f}"
    if column.type == "yesno":
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)

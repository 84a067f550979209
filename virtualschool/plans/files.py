"""Files of plans: a folder of CSV files or one JSON file in our own layout, read with an account of every row.

The layout is formats.toml. A row that lacks what its table needs, names a plan that is not there, or repeats a plan is set aside and
counted; a value that cannot be read becomes null with a finding. Findings never show what a cell says.
"""

import hashlib
import json
import pathlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from virtualschool.errors import Finding, Unreadable
from virtualschool.plans.cells import WRONG, typed_value
from virtualschool.plans.layout import PlanTable, recognised, tables
from virtualschool.read.account import FileAccount
from virtualschool.read.headings import fold
from virtualschool.read.text import first_records, opened


@dataclass
class Plan:
    """One plan as it was read.

    `fields` holds the columns that its file has, None where the cell is blank; `rows` the rows of each other table that was given, an
    empty list where it was given and has none for this plan. What is in neither is not known.
    """

    fields: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    previous: "Plan | None" = field(default=None, repr=False)

    @property
    def id(self) -> str:
        return self.fields["plan"]

    @property
    def child(self) -> str:
        return self.fields["child"]

    def knows(self, *columns: str) -> bool:
        return all(column in self.fields for column in columns)

    def get(self, column: str) -> Any:
        return self.fields.get(column)

    def has(self, table: str) -> bool:
        return table in self.rows

    def all(self, table: str) -> list[dict[str, Any]]:
        return self.rows.get(table, [])


@dataclass
class Plans:
    """What was read: plans in the order of the file, an account for each file or part, and findings."""

    plans: list[Plan]
    files: list[FileAccount]
    findings: list[Finding]


def read_plans(path: pathlib.Path) -> Plans:
    """The plans of a folder of CSV files, of one CSV file or of one JSON file.

    Raises Unreadable where there is nothing of that name, or no table of plans in it.
    """
    if not path.exists():
        raise Unreadable(f"File {path}", "there is no such file or folder.", "Name a folder of CSV files, or a JSON file.")
    reading = _Reading()
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
        if not files:
            raise Unreadable(f"Folder {path}", "it is empty.", "Put plans.csv into it, and the other tables beside it.")
        for file in files:
            reading.take(file, file.relative_to(path).as_posix(), alone=len(files) == 1)
    else:
        reading.take(path, path.name, alone=True)
    return reading.done(path)


@dataclass
class Sheet:
    """One table of one file: `records` are (row, cells by column name)."""

    table: PlanTable
    account: FileAccount
    given: tuple[str, ...]
    records: list[tuple[int, dict[str, Any]]]
    of: frozenset[str] | None = None
    """The plans that gave the table, None where it is a file of its own, for all of them."""


class _Reading:
    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.findings: list[Finding] = []

    def take(self, file: pathlib.Path, name: str, *, alone: bool) -> None:
        try:
            self.sheets.extend(self.json_sheets(file, name) if file.suffix.casefold() == ".json" else [self.csv_sheet(file, name)])
        except Unreadable as fault:
            if alone:
                raise
            self.find(name, 0, "", fault.wrong, fault.do, "unknown file")
        except OSError as fault:
            raise Unreadable(f"File {name}", "it cannot be opened.", "Check that you may read it.") from fault

    def find(self, file: str, row: int, column: str, wrong: str, do: str, rule: str) -> None:
        self.findings.append(Finding(file, row, column, wrong, do, rule))

    def csv_sheet(self, file: pathlib.Path, name: str) -> Sheet:
        headings, rows = csv_records(file)
        table = recognised(headings)
        if table is None:
            shown = ", ".join(tables())
            raise Unreadable(
                f"File {name}", "its columns are of no table of plans.", f"The tables are {shown}; see the reference, Files of plans."
            )
        folded = {fold(column.name): column.name for column in table.columns}
        places = {folded[fold(heading)]: place for place, heading in enumerate(headings) if fold(heading) in folded}
        ignored = tuple(heading for heading in headings if heading.strip() and fold(heading) not in folded)
        account = FileAccount(
            len(self.sheets) + 1,
            name,
            "",
            f"plans.{table.name}",
            None,
            None,
            hashlib.sha256(file.read_bytes()).hexdigest(),
            ignored=ignored,
        )
        records: list[tuple[int, dict[str, Any]]] = []
        for row, cells in rows:
            account.read += 1
            if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings) :]):
                account.set_aside += 1
                self.find(
                    name,
                    row,
                    "",
                    "there are more values than headings; the record is set aside.",
                    "Put quotes around text that holds a comma.",
                    "shape",
                )
                continue
            records.append((row, {column: cells[place] if place < len(cells) else "" for column, place in places.items()}))
        return Sheet(table, account, tuple(places), records)

    def json_sheets(self, file: pathlib.Path, name: str) -> list[Sheet]:
        raw = file.read_bytes()
        try:
            held = json.loads(raw.decode("utf-8-sig"))
        except (ValueError, RecursionError) as fault:
            raise Unreadable(
                f"File {name}", "this is not JSON that can be read.", 'Write {"plans": [{"plan": …, "child": …}]} in UTF-8.'
            ) from fault
        plans = held.get("plans") if isinstance(held, dict) else held
        if not isinstance(plans, list) or not all(isinstance(plan, dict) for plan in plans):
            raise Unreadable(f"File {name}", "it holds no list of plans.", 'Write {"plans": [{"plan": …, "child": …}]}.')
        sha = hashlib.sha256(raw).hexdigest()
        found: dict[str, list[tuple[int, dict[str, Any]]]] = {"plans": []}
        whose: dict[str, set[str]] = {}
        for row, plan in enumerate(plans, 1):
            found["plans"].append((row, {key: value for key, value in plan.items() if key not in tables()}))
            for key, rows in plan.items():
                if key in tables() and key != "plans":
                    held_rows = found.setdefault(key, [])
                    whose.setdefault(key, set()).add(str(plan.get("plan")))
                    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
                        self.find(name, row, key, "this is not a list of records.", 'Write "targets": [{"target": …}].', "shape")
                        continue
                    held_rows.extend((row, {"plan": plan.get("plan"), **one}) for one in rows)
        sheets: list[Sheet] = []
        for key, records in found.items():
            table = tables()[key]
            names = {column.name for column in table.columns}
            given = {column for _, record in records for column in record if column in names}
            unknown = {column for _, record in records for column in record if column not in names}
            account = FileAccount(
                len(self.sheets) + len(sheets) + 1, name, key, f"plans.{key}", None, None, sha, ignored=tuple(sorted(unknown))
            )
            account.read = len(records)
            # What a plan does not say is not known; what it says as null or "" was left blank.
            kept = [(row, {name: value for name, value in one.items() if name in names}) for row, one in records]
            sheets.append(Sheet(table, account, tuple(sorted(given)), kept, frozenset(whose[key]) if key in whose else None))
        return sheets

    def done(self, path: pathlib.Path) -> Plans:
        """The plans with their rows; everything that belongs to none is set aside."""
        if not any(sheet.table.name == "plans" for sheet in self.sheets):
            raise Unreadable(f"{path.name}", "there is no table of plans in it.", "Give a table with the columns plan and child.")
        plans: dict[str, Plan] = {}
        again: set[tuple[str, int]] = set()
        for sheet in (sheet for sheet in self.sheets if sheet.table.name == "plans"):
            for row, values in self.typed(sheet):
                if values["plan"] in plans:
                    again.add((sheet.account.file, row))
                    self.aside(
                        sheet,
                        row,
                        "plan",
                        "a plan of this identifier is there already; the record is set aside.",
                        "Give each plan an identifier of its own.",
                    )
                    continue
                sheet.account.kept += 1
                plans[values["plan"]] = Plan(values)
        for sheet in (sheet for sheet in self.sheets if sheet.table.name != "plans"):
            for plan in plans.values():
                if sheet.of is None or plan.id in sheet.of:
                    plan.rows.setdefault(sheet.table.name, [])
            seen: set[tuple[Any, ...]] = set()
            for row, values in self.typed(sheet):
                key = tuple(values.get(column) for column in sheet.table.once)
                if sheet.of is not None and (sheet.account.file, row) in again:
                    self.aside(sheet, row, "plan", "its plan is set aside; the record is too.", "Give each plan an identifier of its own.")
                    continue
                if key and key in seen:
                    names = ", ".join(sheet.table.once)
                    self.aside(sheet, row, names, "a record with these stands above; this one is set aside.", "Give each line its own.")
                    continue
                seen.add(key)
                if values["plan"] not in plans:
                    self.aside(
                        sheet,
                        row,
                        "plan",
                        "there is no plan of this identifier; the record is set aside.",
                        "Add the plan to the table of plans, or correct the identifier.",
                    )
                    continue
                sheet.account.kept += 1
                plans[values["plan"]].rows[sheet.table.name].append(values)
        for plan in plans.values():
            plan.previous = before(plan, plans)
        for sheet in self.sheets:
            if sheet.account.ignored:
                self.find(
                    sheet.account.name,
                    0,
                    ", ".join(sheet.account.ignored[:6]),
                    "no column has this name; it is left out.",
                    "Rename it, or leave it so.",
                    "ignored",
                )
        order = {sheet.account.name: place for place, sheet in enumerate(self.sheets)}
        findings = sorted(self.findings, key=lambda one: (order.get(one.file, -1), one.row, one.column))
        return Plans(list(plans.values()), [sheet.account for sheet in self.sheets], findings)

    def aside(self, sheet: Sheet, row: int, column: str, wrong: str, do: str) -> None:
        sheet.account.set_aside += 1
        self.find(sheet.account.name, row, column, wrong, do, "set aside")

    def typed(self, sheet: Sheet) -> Iterable[tuple[int, dict[str, Any]]]:
        """The records as values; one that lacks what it needs is set aside here."""
        columns = {column.name: column for column in sheet.table.columns}
        for row, cells in sheet.records:
            values: dict[str, Any] = {}
            lacking = [column for column in columns.values() if column.required and not str(cells.get(column.name) or "").strip()]
            for name, cell in cells.items():
                value, good = typed_value(columns[name], cell)
                if not good:
                    wrong, do = WRONG.get(
                        columns[name].type,
                        ("this is none of the words that it may hold.", f"Write one of {', '.join(columns[name].values)}."),
                    )
                    self.find(sheet.account.name, row, name, wrong, do, "type")
                    if columns[name].required:
                        lacking.append(columns[name])
                elif wrong := sheet.table.wrong_number(name, value):
                    self.find(sheet.account.name, row, name, wrong, "Correct it.", "range")
                    value = None
                values[name] = value
            if lacking:
                names = ", ".join(dict.fromkeys(column.name for column in lacking))
                self.aside(sheet, row, names, "there is no value, and a record needs one; it is set aside.", "Fill it in.")
                continue
            yield row, values


def csv_records(file: pathlib.Path) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """The headings of a CSV file, and its records with their rows as a spreadsheet counts them; blank ones are left out."""
    import io

    known = {fold(column.name) for table in tables().values() for column in table.columns}
    dialect, lines = first_records(file, lambda line: sum(fold(cell) in known for cell in line))
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise Unreadable(f"File {file.name}", "it is empty.", "Write a line of headings and a line for each record.")
    with opened(file) as packed, io.TextIOWrapper(packed, dialect.encoding, errors="replace", newline="") as text:
        records = [(row, record) for row, record in enumerate(dialect.records(text), 1) if any(cell.strip() for cell in record)]
    return tuple(records[0][1]), records[1:]


def before(plan: Plan, plans: Mapping[str, Plan]) -> Plan | None:
    """The plan before: the one that it names, or the latest earlier one of the same child."""
    if plan.get("previous_plan"):
        return plans.get(plan.get("previous_plan"))
    mine = plan.get("meeting_on") or plan.get("started_on")
    earlier = [
        (other.get("meeting_on") or other.get("started_on"), other.id, other)
        for other in plans.values()
        if other is not plan and other.child == plan.child and mine and (other.get("meeting_on") or other.get("started_on") or mine) < mine
    ]
    return max(earlier, key=lambda one: one[:2])[2] if earlier else None

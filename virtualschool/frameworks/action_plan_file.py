"""Action plans as files: JSON and CSV, the same fields in both, and the copy of an authority's plan that reports read.

JSON: `{"la": "V01", "actions": [{…}]}`. CSV: a line an action. Days are 2026-03-31. Several criteria or indicators stand side by side
with a space between; milestones in CSV as `2026-03-31 Words | 2026-07-31 Words (done 2026-07-20)`. What pages hold is written to
`records/action_plans/<la>.json` of the store after every change, so that the annual report needs no database.
"""

import csv
import dataclasses
import io
import json
import os
import pathlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from virtualschool.errors import Unreadable, VirtualSchoolError, not_text
from virtualschool.frameworks.action_plan import Action, Milestone, Plan, Reading, checked, progress
from virtualschool.reports.cells import safe

COLUMNS = (
    "id", "la", "year", "priority", "words", "owner", "start", "due", "criteria", "indicators", "measure", "baseline", "baseline_year",
    "target", "target_year", "success", "milestones", "support", "resource", "risk", "board", "origin", "drawn_from", "status",
    "closed", "impact", "evidence", "note", "carried_to",
)  # fmt: skip
NEEDED = ("id", "year", "priority", "words", "owner", "due", "criteria")
DAYS, NUMBERS, YEARS, LISTS = (
    ("start", "due", "closed"),
    ("baseline", "target"),
    ("year", "baseline_year", "target_year"),
    ("criteria", "indicators"),
)
SHAPE = f"Its first line must name {', '.join(NEEDED)}. See docs/how-to/keep-an-action-plan.md."
MILESTONE = re.compile(r"(\d{4}-\d\d-\d\d)\s+(.*?)(?:\s*\(done (\d{4}-\d\d-\d\d)\))?")


# --- Reading ---


def read(file: pathlib.Path, la: str = "") -> Plan:
    """The plan of a JSON or CSV file. `la` is whose it is where the file does not say.

    Raises Unreadable for a file that is no plan; every action that cannot be is named in one message.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise not_text(file, fault, SHAPE) from fault
    rows = json_rows(file, text) if file.suffix.casefold() == ".json" else csv_rows(file, text)
    found: list[Action] = []
    wrong: list[str] = []
    seen: set[tuple[int, str]] = set()
    for number, row in rows:
        try:
            action = checked(action_of({**row, "la": row.get("la") or la}))
        except VirtualSchoolError as fault:
            wrong.append(f"{number}: {fault}")
            continue
        if (action.year, action.id) in seen:
            wrong.append(f"{number}: id '{action.id}' of {action.year} stands there twice.")
        seen.add((action.year, action.id))
        found.append(action)
    owners = {one.la for one in found}
    if len(owners) > 1:
        wrong.append(f"it holds plans of several authorities ({', '.join(sorted(owners))}).")
    if wrong:
        raise Unreadable(f"File {file.name}", " ".join(wrong), "Put these right; nothing was read.")
    return Plan(owners.pop() if owners else la, tuple(found))


def json_rows(file: pathlib.Path, text: str) -> list[tuple[str, dict[str, Any]]]:
    try:
        said = json.loads(text)
        return [(f"action {number}", {"la": said.get("la", ""), **one}) for number, one in enumerate(said["actions"], 1)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise Unreadable(f"File {file}", "it is not JSON of a plan.", 'Write {"la": "V01", "actions": [{…}]}.') from fault


def csv_rows(file: pathlib.Path, text: str) -> list[tuple[str, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text))
    names = [(name or "").strip().casefold().replace(" ", "_") for name in reader.fieldnames or ()]
    if lacking := [name for name in NEEDED if name not in names]:
        raise Unreadable(f"File {file}", f"it has no column {', '.join(lacking)}.", SHAPE)
    reader.fieldnames = names
    rows = ((number, {name: (row.get(name) or "").strip() for name in COLUMNS if name in names}) for number, row in enumerate(reader, 2))
    return [(f"row {number}", {**row, "milestones": milestones_of(row.get("milestones", ""))}) for number, row in rows if any(row.values())]


def action_of(row: Mapping[str, Any]) -> Action:
    """An action of plain values. Raises WrongUse for days and numbers that are none."""
    said: dict[str, Any] = {name: row[name] for name in COLUMNS if row.get(name) not in (None, "", [])}
    for name in DAYS:
        if name in said:
            said[name] = day_of(name, said[name])
    for name in NUMBERS:
        if name in said:
            said[name] = number_of(name, said[name])
    for name in YEARS:
        if name in said:
            said[name] = year_of(name, said[name])
    for name in LISTS:
        held = said.get(name, ())
        said[name] = tuple(held.split() if isinstance(held, str) else held)
    said["milestones"] = tuple(
        Milestone(one["words"], day_of("milestones", one["due"]), day_of("milestones", one["done"]) if one.get("done") else None)
        for one in row.get("milestones") or ()
    )
    if reading := row.get("reading"):
        said["reading"] = Reading(**{**reading, "read": day_of("reading", reading["read"])})
    lacking = [name for name in NEEDED if not said.get(name)]
    if lacking:
        raise Unreadable("Action", f"it has no {', '.join(lacking)}.", "Fill them in.")
    said["id"] = str(said["id"])
    said.setdefault("la", "")
    return Action(**said)


def milestones_of(text: str) -> list[dict[str, str]]:
    found = []
    for part in filter(None, (piece.strip() for piece in text.split("|"))):
        match = MILESTONE.fullmatch(part)
        if not match:
            found.append({"words": part, "due": part[:10]})  # The day is refused where it is none.
            continue
        found.append({"due": match[1], "words": match[2], "done": match[3] or ""})
    return found


def day_of(name: str, text: Any) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError as fault:
        raise Unreadable(name, f"'{text}' is not a day.", "Write it as 2026-03-31.") from fault


def number_of(name: str, text: Any) -> Decimal:
    try:
        found = Decimal(str(text).removesuffix("%"))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Unreadable(name, f"'{text}' is not a number.", "Write it as it is published: 24.5, or 34 for 34%.")
    return found


def year_of(name: str, text: Any) -> int:
    if not re.fullmatch(r"\d{4}", str(text)):
        raise Unreadable(name, f"'{text}' is not a year.", "Write the year it ends in: 2026.")
    return int(text)


# --- Writing ---


def plain(action: Action) -> dict[str, Any]:
    """An action as JSON has it."""
    said = dataclasses.asdict(action)
    said["milestones"] = [
        {"words": one.words, "due": one.due.isoformat(), "done": one.done and one.done.isoformat()} for one in action.milestones
    ]
    for name in DAYS:
        said[name] = said[name] and said[name].isoformat()
    for name in NUMBERS:
        said[name] = None if said[name] is None else str(said[name])
    if action.reading:
        said["reading"]["read"] = action.reading.read.isoformat()
    return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def as_json(plan: Plan) -> str:
    rows = [{**plain(one), "progress": dataclasses.asdict(progress(one))} for one in plan.actions]
    return json.dumps({"la": plan.la, "actions": rows}, indent=1, ensure_ascii=False) + "\n"


def as_csv(plan: Plan) -> str:
    """A line an action, with `progress` and its sentence behind the columns that can be read back."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [*COLUMNS, "progress", "progress_in_words"], lineterminator="\n")
    writer.writeheader()
    for row in table(plan.actions):
        writer.writerow({name: safe(value) for name, value in row.items()})
    return out.getvalue()


def table(actions: Iterable[Action]) -> list[dict[str, Any]]:
    """Actions as flat rows of text, numbers and years."""
    rows = []
    for one in actions:
        said = plain(one)
        told = progress(one)
        row = {name: said[name] if said[name] is not None else "" for name in COLUMNS}
        row |= {name: " ".join(said[name]) for name in LISTS}
        row["milestones"] = " | ".join(in_a_line(milestone) for milestone in one.milestones)
        rows.append({**row, "progress": told.verdict, "progress_in_words": told.sentence})
    return rows


def in_a_line(one: Milestone) -> str:
    return f"{one.due.isoformat()} {one.words}" + (f" (done {one.done.isoformat()})" if one.done else "")


# --- The copy that reports read ---


def place_of(store: pathlib.Path, la: str) -> pathlib.Path:
    return store / "records" / "action_plans" / f"{la}.json"


def keep(store: pathlib.Path, plan: Plan) -> None:
    """Writes the copy of an authority's plan, whole or not at all."""
    place = place_of(store, plan.la)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(f".{os.getpid()}.part")
    part.write_text(as_json(plan), encoding="utf-8")
    part.replace(place)


def held(store: pathlib.Path, la: str) -> Plan:
    """An authority's plan as its pages last wrote it; one without actions where they never did."""
    place = place_of(store, la)
    return read(place, la) if place.exists() else Plan(la)

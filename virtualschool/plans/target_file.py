"""A file of targets, judged without a store: a CSV or JSON of id and target, and if there are any baseline, measure, due and owner.

A column is found by its heading in any case and order. Every row is judged; one without a target is not precise. A row that has more
values than headings is read whole where the target is the last column (a comma without quotes), else set aside with a finding.
"""

import hashlib
import json
import pathlib
from dataclasses import dataclass

from virtualschool.errors import Finding, Unreadable
from virtualschool.plans.files import csv_records
from virtualschool.plans.targets import Judged, Target, judge
from virtualschool.read.account import FileAccount
from virtualschool.read.headings import fold

NEEDED = ("id", "target")
OTHERS = ("baseline", "measure", "due", "owner", "often", "need", "level")
SPELLINGS = {
    "text": "target",
    "duedate": "due",
    "dueon": "due",
    "dueby": "due",
    "deadline": "due",
    "date": "due",
    "targetid": "id",
    "who": "owner",
}
DO = f"Its columns must be {' and '.join(NEEDED)}; it may also have {', '.join(OTHERS[:4])}."


@dataclass
class TargetFile:
    """The targets of a file as judged, its account, and findings."""

    judged: list[Judged]
    account: FileAccount
    findings: list[Finding]


def judge_file(file: pathlib.Path) -> TargetFile:
    """Every target of a file, judged, in its order. Raises Unreadable for a file that is no list of targets."""
    targets, account, findings = read_targets(file)
    return TargetFile([judge(target) for target in targets], account, findings)


def read_targets(file: pathlib.Path) -> tuple[list[Target], FileAccount, list[Finding]]:
    if not file.is_file():
        wrong = "it is a folder." if file.is_dir() else "there is no such file."
        raise Unreadable(f"File {file}", wrong, f"Name a CSV of targets. {DO}")
    try:
        if file.suffix.casefold() == ".json":
            headings, records = json_records(file)
        else:
            headings, records = csv_records(file)
        sha = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as fault:
        raise Unreadable(f"File {file}", "it cannot be opened.", "Check that you may read it.") from fault
    places: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = SPELLINGS.get(fold(heading), fold(heading))
        if name in (*NEEDED, *OTHERS):
            places.setdefault(name, place)
    if lacking := [name for name in NEEDED if name not in places]:
        raise Unreadable(f"File {file.name}", f"it has no column {' or '.join(lacking)}.", DO)
    ignored = tuple(heading for place, heading in enumerate(headings) if heading.strip() and place not in places.values())
    account = FileAccount(1, file.name, "", "plans.targets", None, None, sha, ignored=ignored)
    targets: list[Target] = []
    findings: list[Finding] = []
    seen: set[str] = set()
    for row, cells in records:
        account.read += 1
        if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings) :]):
            if places["target"] != len(headings) - 1:
                account.set_aside += 1
                findings.append(
                    Finding(
                        file.name,
                        row,
                        "",
                        "there are more values than headings; the row is set aside.",
                        "Put quotes around text that holds a comma.",
                        "shape",
                    )
                )
                continue
            cells = [*cells[: places["target"]], ",".join(cells[places["target"] :])]
            findings.append(
                Finding(
                    file.name,
                    row,
                    "target",
                    "there are more values than headings; they are read as one text.",
                    "Put quotes around text that holds a comma.",
                    "shape",
                )
            )
        given = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        if not given["id"]:
            given["id"] = f"row {row}"
            findings.append(
                Finding(
                    file.name,
                    row,
                    "id",
                    "there is no identifier; the row's number stands for it.",
                    "Give each target an identifier.",
                    "missing",
                )
            )
        elif given["id"] in seen:
            findings.append(
                Finding(
                    file.name,
                    row,
                    "id",
                    "this identifier is there already; both targets are judged.",
                    "Give each target an identifier of its own.",
                    "duplicate",
                )
            )
        seen.add(given["id"])
        account.kept += 1
        targets.append(Target(given.pop("id"), given.pop("target"), **given))
    if not account.read:
        raise Unreadable(f"File {file.name}", "it has headings and no rows.", "Write a row for each target.")
    return targets, account, findings


def json_records(file: pathlib.Path) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    try:
        held = json.loads(file.read_text(encoding="utf-8-sig"))
    except (ValueError, UnicodeDecodeError) as fault:
        raise Unreadable(f"File {file.name}", "this is not JSON that can be read.", 'Write [{"id": …, "target": …}] in UTF-8.') from fault
    held = held.get("targets") if isinstance(held, dict) else held
    if not isinstance(held, list) or not held or not all(isinstance(one, dict) for one in held):
        raise Unreadable(f"File {file.name}", "it holds no list of targets.", 'Write [{"id": …, "target": …}].')
    headings = tuple(dict.fromkeys(name for one in held for name in one))
    return headings, [(row, ["" if one.get(name) is None else str(one[name]) for name in headings]) for row, one in enumerate(held, 1)]

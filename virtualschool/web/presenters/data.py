"""What a store holds, as pages show it: files, findings, snapshots, and where a figure comes from. Only what concerns the viewer."""

import datetime
import json
import shlex
from dataclasses import dataclass
from typing import Any

from virtualschool import measures
from virtualschool.benchmarks.request import COHORTS
from virtualschool.check import rules as known_rules
from virtualschool.store import Snapshot, Store
from virtualschool.web import stores
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import figures_choice


def files(viewer: Viewer, snapshot: Snapshot) -> list[dict[str, Any]]:
    """The row account of each file: a host sees all, an authority its own and those that are of no one authority."""
    seen = [one for one in snapshot.manifest["files"] if not viewer.la or one["la"] in (None, viewer.la)]
    return sorted(seen, key=lambda one: (-(one["year"] or 0), one["kind"], one["file"]))


def kinds(held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a kind of file: how many, of which years, and their records."""
    made: dict[str, dict[str, Any]] = {}
    for one in held:
        row = made.setdefault(one["kind"], {"kind": one["kind"], "files": 0, "years": set(), "read": 0, "kept": 0, "set_aside": 0})
        row["files"] += 1
        row["years"] |= {one["year"]} - {None}
        for name in ("read", "kept", "set_aside"):
            row[name] += one[name]
    from virtualschool.years import runs

    return [{**row, "years": runs(sorted(row["years"])) if row["years"] else ""} for _, row in sorted(made.items())]


def findings_by_rule(viewer: Viewer, snapshot: Snapshot, year: int | None) -> list[dict[str, Any]]:
    """One row a rule that failed: what it says, how many findings, in which years."""
    where, values = _where(viewer, year)
    query = f"""
        SELECT rule, count(*) AS found, count(DISTINCT file) AS files, list_sort(list(DISTINCT year)) AS years, min(wrong) AS example
        FROM findings WHERE {where} GROUP BY rule ORDER BY found DESC, rule
    """
    messages = {rule.code: rule.message for rule in known_rules()}
    return [{**row, "says": messages.get(row["rule"], row["example"])} for row in stores.engine(snapshot).rows(query, values)]


def findings(viewer: Viewer, snapshot: Snapshot, year: int | None, rule: str | None) -> list[dict[str, Any]]:
    """Findings one by one: where, what is wrong, what to do."""
    where, values = _where(viewer, year)
    if rule is not None:
        where, values = f"{where} AND rule = ?", [*values, rule]
    query = (
        f'SELECT file, row, "column", wrong, "do", rule, la, year FROM findings WHERE {where} ORDER BY year DESC, file, row, rule, "column"'
    )
    return stores.engine(snapshot).rows(query, values)


def _where(viewer: Viewer, year: int | None) -> tuple[str, list[Any]]:
    where, values = ("(la = ? OR la IS NULL)", [viewer.la]) if viewer.la else ("true", [])
    return (f"{where} AND year = ?", [*values, year]) if year else (where, values)


@dataclass(frozen=True)
class Held:
    """One snapshot of the store's history."""

    name: str
    made: datetime.datetime
    is_current: bool
    files: int
    findings: int
    linked: int
    children: int
    version: str
    seconds: float
    changed: tuple[str, ...]
    """Kinds of file, with years, that are not as in the snapshot before."""


def history(store: Store) -> list[Held]:
    """The snapshots that are kept, newest first."""
    current = store.current().name
    made, before = [], None
    for name in store.snapshots():
        place = store.path / "snapshots" / name / "manifest.json"
        manifest = json.loads(place.read_text())
        inputs = {entry["sha256"] for entry in manifest["inputs"]}
        changed = {
            f"{one['kind']} {one['year'] or ''}".strip() for one in manifest["files"] if before is not None and one["sha256"] not in before
        }
        made.append(
            Held(
                name=name,
                made=datetime.datetime.fromtimestamp(place.stat().st_mtime, datetime.UTC),
                is_current=name == current,
                files=len(manifest["inputs"]),
                findings=manifest["findings"],
                linked=manifest["links"]["linked"],
                children=manifest["links"]["children"],
                version=manifest["version"],
                seconds=sum(manifest["steps"].values()),
                changed=tuple(sorted(changed)),
            )
        )
        before = inputs
    return made[::-1]


def lineage(viewer: Viewer, snapshot: Snapshot, name: str, year: int | None, asked: str = "") -> dict[str, Any]:
    """Where a figure comes from: definition and version, cohort, rules, the files with their hashes, and the commands that repeat it."""
    measure = measures.named(name)
    cohort = asked if asked in COHORTS else measure.cohort
    rules = snapshot.manifest["rules"]
    of_year = [one for one in rules if (not viewer.la or one["la"] == viewer.la) and (year is None or one["year"] == year)]
    states = {state: sum(one["state"] == state for one in of_year) for state in ("clean", "failed", "could not run")}
    command = [
        "virtualschool",
        "figures",
        "STORE",
        name,
        *(["--year", str(year)] if year else []),
        *(["--la", viewer.la] if viewer.la else []),
        *(["--cohort", cohort] if cohort in COHORTS else []),
    ]
    return {
        "measure": measure,
        "cohort": figures_choice.cohort_words(cohort),
        "version": snapshot.manifest["measures"].get(name, measure.version),
        "is_same": snapshot.manifest["measures"].get(name) == measure.version,
        "snapshot": snapshot.name,
        "program": snapshot.manifest["version"],
        "rules": states,
        "files": [one for one in files(viewer, snapshot) if year is None or one["year"] in (None, year)],
        "commands": ["virtualschool build STORE --from FILES", shlex.join(command)],
    }

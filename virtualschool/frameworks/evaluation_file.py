"""The self-evaluation of an authority as a file, from which reports draw without a database.

Pages write `records/evaluations/<la>.json` of the store after every change: grades that people recorded, strengths and gaps, evidence, and
what was asked for, under the framework that was written in last. Nothing in it is about a child, and no grade is worked out.
"""

import dataclasses
import json
import os
import pathlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from virtualschool.errors import Unreadable
from virtualschool.frameworks.evaluation import Evidence, Finding, Grade, Pinned, Recommendation


@dataclass(frozen=True)
class SelfEvaluation:
    """What stands. `framework` is its id, empty where nothing was ever recorded; its grades are those that hold, one a judgement."""

    la: str
    framework: str = ""
    grades: tuple[Grade, ...] = ()
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()


PARTS: dict[str, type] = {"grades": Grade, "findings": Finding, "evidence": Evidence, "recommendations": Recommendation}
DAYS = ("when", "made", "due", "done")


def place_of(store: pathlib.Path, la: str) -> pathlib.Path:
    return store / "records" / "evaluations" / f"{la}.json"


def keep(store: pathlib.Path, found: SelfEvaluation) -> None:
    """Writes the copy of an authority's self-evaluation, whole or not at all."""
    place = place_of(store, found.la)
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(dataclasses.asdict(found), indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
    part.replace(place)


def held(store: pathlib.Path, la: str) -> SelfEvaluation:
    """An authority's self-evaluation as its pages last wrote it; empty where they never did. Raises Unreadable for a damaged copy."""
    place = place_of(store, la)
    if not place.exists():
        return SelfEvaluation(la)
    try:
        said = json.loads(place.read_text(encoding="utf-8"))
        parts: dict[str, Any] = {name: tuple(made(kind, row) for row in said[name]) for name, kind in PARTS.items()}
        return SelfEvaluation(said["la"], said["framework"], **parts)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Unreadable(
            f"File {place}", "it is not a self-evaluation.", "Open the self-evaluation and save any part of it again."
        ) from fault


def made(kind: type, row: dict[str, Any]) -> Any:
    values: dict[str, Any] = {name: date.fromisoformat(value) if name in DAYS and value else value for name, value in row.items()}
    if values.get("figure"):
        values["figure"] = Pinned(**values["figure"])
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})

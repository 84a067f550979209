"""Grades that a person wrote in a file, and how what the rules say of them is printed.

Kept apart from the other commands, so that judging starts without what reads stores.
"""

import json
import pathlib
import sys
from collections.abc import Sequence
from typing import Any, TextIO

from virtualschool.errors import Unreadable, not_text
from virtualschool.frameworks.judging import Judged, strength
from virtualschool.frameworks.simulating import Change

SHAPE = 'Write one JSON object: {"ilacs.leaders": "good"}.'


def grades_of(file: pathlib.Path) -> dict[str, str]:
    """The grades of a JSON file, by judgement. Raises Unreadable where it is none."""
    try:
        said = json.loads(file.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except (OSError, UnicodeDecodeError) as fault:
        raise not_text(file, fault, SHAPE) from fault
    except ValueError as fault:
        raise Unreadable(f"File {file}", f"it is not JSON: {fault}.", SHAPE) from fault
    if not isinstance(said, dict) or not all(isinstance(grade, str) for grade in said.values()):
        raise Unreadable(f"File {file}", "it does not give one grade, as text, for each judgement.", SHAPE)
    return said


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    twice = sorted({name for name, _ in pairs if [other for other, _ in pairs].count(name) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands there twice")
    return dict(pairs)


def judged(found: Judged, moves: Sequence[Change] | None, style: str, out: TextIO | None = None) -> None:
    """What the rules say of grades, and with `moves` which change of one grade would change the limits."""
    out = out or sys.stdout
    if style == "json":
        more = {} if moves is None else {"changes": [vars(one) for one in moves]}
        json.dump({**found.to_json(), **more}, out, indent=1, ensure_ascii=False)
        print(file=out)
        return
    from virtualschool.reports import listing

    framework = found.framework
    print(f"{framework.title}, {framework.edition}", file=out)
    if framework.overall_note:
        print(framework.overall_note, file=out)
    print(file=out)
    for one in found.broken:
        print(f"Against a rule ({one.rule.id}): {one.words}", file=out)
    if not found.caps:
        print("No rule caps a grade.", file=out)
    for cap in found.caps:
        print(f"Capped ({cap.rule.id}): {cap.target} at {framework.grades[cap.max_grade]}. {cap.rule.words}", file=out)
    for rule in (*found.warnings, *found.flags):
        print(f"{strength(rule).capitalize()} ({rule.id}): {rule.said}", file=out)
    for rule, missing in found.required:
        print(f"Needed ({rule.id}): {rule.words}" + (f" Without a grade: {', '.join(missing)}." if missing else ""), file=out)
    print(file=out)
    listing.lay("What may still be recorded", [allowed(found, name) for name in found.allowed], out)
    if moves is not None:
        listing.lay("What one other grade would change", [vars(one) for one in moves], out)


def allowed(found: Judged, name: str) -> dict[str, Any]:
    labels = found.framework.grades
    given = found.given.get(name)
    return {
        "judgement": name,
        "title": found.framework.judgements[name].title,
        "grade": labels[given] if given else "",
        "allowed": ", ".join(labels[grade] for grade in found.allowed[name]),
    }

"""Frameworks read from their files: one TOML file each, in this folder. A new edition is one new file.

A file is checked as a whole; everything that is wrong with it is said at once.
"""

import calendar
import pathlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from virtualschool.errors import Unreadable, nearest, not_text, unknown
from virtualschool.frameworks.framework import (
    EVERY_AREA,
    REASON,
    STATES,
    STRENGTHS,
    Condition,
    Criterion,
    Framework,
    Judgement,
    Rule,
    State,
)
from virtualschool.frameworks.indicators import EVIDENCE, INDICATORS

FOLDER = pathlib.Path(__file__).parent


@cache
def frameworks() -> Mapping[str, Framework]:
    """Every framework of the program by its id, in the order in which they came into force."""
    return read_all(sorted(FOLDER.glob("*.toml")))


def named(name: str) -> Framework:
    """The framework of an id, or of a file that ends in .toml. Raises WrongUse with the nearest names."""
    file = pathlib.Path(name)
    if file.suffix == ".toml" and file.resolve().parent != FOLDER.resolve():
        return read_all([*sorted(FOLDER.glob("*.toml")), file])[_id(file)]
    name = file.stem if file.suffix == ".toml" else name
    if name not in frameworks():
        raise unknown("Framework", name, frameworks())
    return frameworks()[name]


def read_all(files: Iterable[pathlib.Path]) -> dict[str, Framework]:
    """The frameworks of files. A file may take its criteria over from another by `criteria_of`.

    Raises Unreadable for a file with mistakes, which names them all.
    """
    raw = {file: _toml(file) for file in files}
    by_id: dict[str, Mapping[str, Any]] = {}
    for file, said in raw.items():
        name = str(said.get("id", ""))
        if name in by_id:
            raise Unreadable(f"Framework file {file.name}", f"another file has the id '{name}' already.", "Give it an id of its own.")
        by_id[name] = said
    read = [Reader(file.name, said, by_id).framework() for file, said in raw.items()]
    return {one.id: one for one in sorted(read, key=lambda one: (min(state.first for state in one.states), one.id))}


def _toml(file: pathlib.Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise Unreadable(f"Framework file {file.name}", f"it is not TOML: {fault}.", "Put it right there.") from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise not_text(file, fault, "Name the TOML file of a framework.") from fault


def _id(file: pathlib.Path) -> str:
    return str(_toml(file).get("id", ""))


class Reader:
    """Makes a framework of what its file says, and notes what is wrong on the way."""

    def __init__(self, name: str, said: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> None:
        self.name, self.said, self.others = name, said, others
        self.wrong: list[str] = []
        self.grades: dict[str, str] = dict(said.get("grades", {}))

    def framework(self) -> Framework:
        plain = {
            one.name: tuple(self.said[one.name]) if isinstance(self.said[one.name], list) else self.said[one.name]
            for one in fields(Framework)
            if one.name in self.said and one.name not in ("states", "judgements", "rules")
        }
        needed = ("id", "title", "edition", "subject", "family", "grades", "sources", "states", "judgements")
        if lacking := [name for name in needed if not self.said.get(name)]:
            self.fail([f"it has no {', no '.join(lacking)}"])
        self.keys(self.said, [one.name for one in fields(Framework)], "the file")
        states = tuple(self.state(one) for one in self.said["states"])
        judgements = self.judgements()
        rules = tuple(self.rule(one, judgements) for one in self.said.get("rules", ()))
        self.unlike([one.id for one in rules], "rule")
        for one in rules:
            self.wrong += [f"rule {one.id}: 'unless' names no rule {name}" for name in one.unless if name not in {r.id for r in rules}]
        if self.wrong:
            self.fail(self.wrong)
        said: dict[str, Any] = {**plain, "states": states, "judgements": judgements, "rules": rules}
        return Framework(**said)

    def fail(self, wrong: Iterable[str]) -> None:
        raise Unreadable(
            f"Framework file {self.name}", f"{'; '.join(wrong)}.", "Put them right in the file; see docs/reference/frameworks.md."
        )

    def keys(self, said: Mapping[str, Any], known: Iterable[str], where: str) -> None:
        known = list(known)
        for name in said:
            if name not in known:
                near = nearest(name, known, 1)
                self.wrong.append(f"{where}: there is no '{name}'" + (f" (did you mean '{near[0]}'?)" if near else ""))

    def unlike(self, names: list[str], what: str) -> None:
        self.wrong += [f"{what} {name} stands there twice" for name in sorted({name for name in names if names.count(name) > 1})]

    def state(self, said: Mapping[str, Any]) -> State:
        self.keys(said, ("state", "from", "source", "note", "needs"), "states")
        if said.get("state") not in STATES:
            self.wrong.append(f"'{said.get('state')}' is no state: {', '.join(STATES)}")
        since = str(said.get("from", ""))
        first, last = date.min, date.min
        if days := span(since):
            first, last = days
        else:
            self.wrong.append(f"'{since}' is no date: write 2012, 2009-06 or 2026-04-01")
        needs = said.get("needs", {})
        return State(
            str(said.get("state")),
            since,
            first,
            last,
            str(said.get("source", "")),
            str(said.get("note", "")),
            tuple(needs.get("types", ())),
            tuple(needs.get("under", ())),
        )

    def judgements(self) -> dict[str, Judgement]:
        made = [self.judgement(one) for one in self.said["judgements"]]
        self.unlike([one.id for one in made], "judgement")
        found = {one.id: one for one in made}
        for one in made:
            for other in (one.within, one.apart_from, *one.derived_from):
                if other and other not in found:
                    self.wrong.append(f"judgement {one.id} names {other}, which is none")
        self.unlike([criterion.id for one in made for criterion in one.criteria], "criterion")
        return found

    def judgement(self, said: Mapping[str, Any]) -> Judgement:
        name = str(said.get("id", ""))
        self.keys(said, [*(one.name for one in fields(Judgement)), "criteria_of"], f"judgement {name}")
        return Judgement(
            id=name,
            title=str(said.get("title", "")),
            role=str(said.get("role", "")),
            within=str(said.get("within", "")),
            note=str(said.get("note", "")),
            derived_from=tuple(said.get("derived_from", ())),
            apart_from=str(said.get("apart_from", "")),
            criteria=tuple(self.criterion(one, name, owner) for owner, one in self.criteria_of(said)),
        )

    def criteria_of(self, said: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The criteria of a judgement, each with the framework whose file has it."""
        yield from ((str(self.said["id"]), one) for one in said.get("criteria", ()))
        if taken := said.get("criteria_of"):
            other = self.others.get(taken["framework"])
            theirs = {one["id"]: one.get("criteria", ()) for one in other["judgements"]} if other else {}
            for judgement in taken["judgements"]:
                if not theirs.get(judgement):
                    self.wrong.append(f"judgement {said.get('id')}: {taken['framework']} has no criteria of {judgement}")
                yield from ((taken["framework"], one) for one in theirs.get(judgement, ()))

    def criterion(self, said: Mapping[str, Any], judgement: str, owner: str) -> Criterion:
        name = str(said.get("id", ""))
        self.keys(said, ("id", "words", "figures", "evidence", "national", "share"), f"criterion {name}")
        self.wrong += [f"criterion {name}: there is no indicator {one}" for one in said.get("figures", ()) if one not in INDICATORS]
        self.wrong += [f"criterion {name}: there is no kind of evidence {one}" for one in said.get("evidence", ()) if one not in EVIDENCE]
        return Criterion(
            id=name,
            words=str(said.get("words", "")),
            judgement=judgement,
            figures=tuple(said.get("figures", ())),
            evidence=tuple(said.get("evidence", ())),
            national=str(said.get("national", "")),
            share=said.get("share"),
            written_in=owner,
        )

    def rule(self, said: Mapping[str, Any], judgements: Mapping[str, Judgement]) -> Rule:
        name = str(said.get("id", ""))
        self.keys(said, [one.name for one in fields(Rule)], f"rule {name}")
        target = str(said.get("target", ""))
        if target and target not in judgements:
            self.wrong.append(f"rule {name}: its target {target} is no judgement")
        if said.get("strength") not in STRENGTHS:
            self.wrong.append(f"rule {name}: '{said.get('strength')}' is no strength: {', '.join(STRENGTHS)}")
        if said.get("max_grade", "") not in ("", *self.grades):
            self.wrong.append(f"rule {name}: '{said['max_grade']}' is no grade")
        if not (said.get("always") or said.get("any") or said.get("all")):
            self.wrong.append(f"rule {name}: it does not say when it holds (any, all or always)")
        self.wrong += [f"rule {name}: nothing is known of '{one}'" for one in said.get("requires", ()) if one not in (EVERY_AREA, REASON)]
        conditions = {part: tuple(self.condition(one, name, judgements) for one in said.get(part, ())) for part in ("any", "all")}
        plain = {key: tuple(value) if isinstance(value, list) else value for key, value in said.items()}
        missing = {key: "" for key in ("id", "strength", "words", "source") if key not in plain}
        self.wrong += [f"rule {name}: it has no {key}" for key in missing]
        allowed = {one.name for one in fields(Rule)}
        made: dict[str, Any] = {**missing, **{key: value for key, value in plain.items() if key in allowed}, **conditions}
        return Rule(**made)

    def condition(self, said: Mapping[str, Any], rule: str, judgements: Mapping[str, Judgement]) -> Condition:
        tests = ("grade_in", "grade_below", "grade_at_least")
        self.keys(said, ("area", "areas", "at_least", "differs_from", *tests), f"rule {rule}")
        asked = tuple(said.get("areas", ())) or (str(said.get("area", "")),)
        for name in (*asked, *([said["differs_from"]] if "differs_from" in said else [])):
            if name not in judgements and not (name.endswith(".*") and any(one.startswith(name[:-1]) for one in judgements)):
                self.wrong.append(f"rule {rule}: there is no judgement {name}")
        order = list(self.grades)
        grades: list[str] = list(said.get("grade_in", ()))
        for grade in (*grades, *(said[test] for test in tests[1:] if test in said)):
            if grade not in order:
                self.wrong.append(f"rule {rule}: '{grade}' is no grade")
                return Condition(asked)
        if "grade_below" in said:
            grades = order[: order.index(said["grade_below"])]
        elif "grade_at_least" in said:
            grades = order[order.index(said["grade_at_least"]) :]
        if not grades and "differs_from" not in said:
            self.wrong.append(f"rule {rule}: a condition names no grade")
        return Condition(asked, frozenset(grades), int(said.get("at_least", 1)), str(said.get("differs_from", "")))


def span(text: str) -> tuple[date, date] | None:
    """The first and last day of a date that may be known only to the month or year; None where it is none."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    last_month = month or 12
    return first, date(year, last_month, calendar.monthrange(year, last_month)[1])

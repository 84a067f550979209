"""The register of inspection outcomes: published judgements of authorities, over time and under each framework.

A CSV (or Excel) of la, date, type, framework, area, grade, source: one line for each judgement. A visit that gives no grade has one line
with area and grade empty. The program carries no outcomes of its own: whoever loads the file answers for it, and `source` says where a
line is from.
"""

import pathlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from virtualschool.errors import nearest
from virtualschool.frameworks.framework import Framework
from virtualschool.frameworks.given import Account, Line, Refused, opened, refuse
from virtualschool.frameworks.in_force import can_date
from virtualschool.frameworks.judging import judge
from virtualschool.frameworks.loading import frameworks
from virtualschool.places import Places
from virtualschool.years import care_year_of

COLUMNS = ("la", "date", "type", "framework", "area", "grade", "source")
STANDARD, SHORT = "standard", "short"
VISITS = ("focused visit", "monitoring visit")
"""These give no grades."""
TYPES = ("full", STANDARD, SHORT, "joint", *VISITS)
"""full: an inspection of 2009 or under the single inspection framework; standard and short: ILACS."""
SAME, HIGHER, LOWER = "same", "higher", "lower"


@dataclass(frozen=True)
class Inspection:
    """One inspection of an authority, with its grades by judgement. `rows` are those of the file."""

    la: str
    date: date
    type: str
    framework: Framework
    grades: Mapping[str, str]
    sources: tuple[str, ...]
    rows: tuple[int, ...]

    def to_json(self, places: Places) -> dict[str, Any]:
        return {
            "la": self.la,
            "la_name": places.name(self.la),
            "date": self.date.isoformat(),
            "type": self.type,
            "framework": self.framework.id,
            "grades": dict(self.grades),
            "source": "; ".join(self.sources),
        }


@dataclass(frozen=True)
class Apart:
    """A grade of care leavers beside that of children in care, in one inspection: same, higher or lower."""

    inspection: Inspection
    care_leavers: str
    children_in_care: str
    way: str


@dataclass(frozen=True)
class Register:
    """Inspections by authority and date, and the account of the rows they were read from."""

    inspections: tuple[Inspection, ...]
    account: Account
    places: Places

    @property
    def is_invented(self) -> bool:
        """Whether its authorities are invented: their codes are not DfE's numbers."""
        return any(not one.la.isdigit() for one in self.inspections)

    def of(self, la: str) -> list[Inspection]:
        """An authority's inspections, the first one first."""
        return [one for one in self.inspections if one.la == la]

    def latest(self, la: str, *, graded: bool = True) -> Inspection | None:
        """An authority's last inspection, or the last that gave grades."""
        found = [one for one in self.of(la) if one.grades or not graded]
        return found[-1] if found else None

    def neighbours(self, la: str, year: int) -> list[tuple[str, Inspection | None]]:
        """The last graded inspection of each statistical neighbour, nearest first; None where the register has none."""
        return [(near, self.latest(near)) for near in self.places.neighbours(la, year)]

    def were_inspected(self, day: date, la: str | None = None) -> bool:
        """Whether an authority, or else every one of that year, had an ILACS standard or short inspection before the day: what
        `in_force` is to be told."""
        asked = [la] if la else self.places.in_year(care_year_of(day))
        return bool(asked) and all(self.was_inspected(one, day) for one in asked)

    def was_inspected(
        self, la: str, before: date, types: Sequence[str] = (STANDARD, SHORT), under: Sequence[str] = ("ilacs-2018",)
    ) -> bool:
        """Whether an authority had an inspection of these types under these frameworks before a day."""
        return any(one.date < before and one.type in types and one.framework.id in under for one in self.of(la))

    def apart(self) -> list[Apart]:
        """Every inspection that gave care leavers a grade of their own beside one of children in care."""
        found = []
        for one in self.inspections:
            for name, judgement in one.framework.judgements.items():
                own, other = one.grades.get(name), one.grades.get(judgement.apart_from)
                if own and other:
                    step = one.framework.order(own) - one.framework.order(other)
                    found.append(Apart(one, own, other, SAME if not step else HIGHER if step > 0 else LOWER))
        return found

    def apart_counts(self) -> list[dict[str, Any]]:
        """How often care leavers were graded by themselves, and how often otherwise than children in care, by framework."""
        found = self.apart()
        rows = []
        for framework in dict.fromkeys(one.framework.id for one in self.inspections if one.grades):
            graded = [one for one in self.inspections if one.framework.id == framework and one.grades]
            its = [one for one in found if one.inspection.framework.id == framework]
            ways = {way: sum(one.way == way for one in its) for way in (SAME, HIGHER, LOWER)}
            rows.append({"framework": framework, "inspections": len(graded), "care_leavers_graded": len(its), **ways})
        return rows


def read(file: pathlib.Path, places: Places, known: Mapping[str, Framework] | None = None) -> Register:
    """The register of a file. Raises Unreadable for one that has not the columns; every other fault is a finding."""
    known = known or frameworks()
    account, lines = opened(file, COLUMNS)
    kept: dict[tuple[str, date, str, str], list[tuple[Line, str, str]]] = {}
    seen: dict[tuple[str, date, str, str, str], tuple[int, str]] = {}
    for line in lines:
        try:
            key, area, grade = judgement_of(line, places, known)
            before = seen.get((*key, area))
            if before:
                twice = "with another grade" if before[1] != grade else "with the same grade"
                raise Refused("area", f"row {before[0]} has this judgement already, {twice}.", "Keep the published one.")
        except Refused as fault:
            refuse(account, line, fault)
            continue
        account.kept += 1
        seen[*key, area] = (line.row, grade)
        kept.setdefault(key, []).append((line, area, grade))
    inspections = [inspection(key, its, known) for key, its in sorted(kept.items(), key=lambda item: item[0][:3])]
    for one in inspections:
        doubt(account, one)
    return Register(tuple(inspections), account, places)


def judgement_of(line: Line, places: Places, known: Mapping[str, Framework]) -> tuple[tuple[str, date, str, str], str, str]:
    authority = places.find_authority(line["la"])
    if authority is None:
        raise Refused("la", f"there is no authority '{line['la']}'.", "Give its three-digit code or its name.")
    day = day_of(line["date"])
    kind = line["type"].casefold()
    if kind not in TYPES:
        raise Refused("type", f"'{line['type']}' is no type of inspection.", f"One of {', '.join(TYPES)}.")
    framework = known.get(line["framework"])
    if framework is None or framework.subject != "authority":
        of_authorities = [name for name, one in known.items() if one.subject == "authority"]
        near = nearest(line["framework"], of_authorities, 1)
        do = f"Did you mean {near[0]}?" if near else f"One of {', '.join(of_authorities)}."
        raise Refused("framework", f"'{line['framework']}' is no framework for authorities.", do)
    area, grade = line["area"], line["grade"].casefold().replace(" ", "_")
    if not line["source"]:
        raise Refused("source", "it is empty.", "Say where the judgement was published.")
    if kind in VISITS and (area or grade):
        raise Refused("grade", f"a {kind} gives no grades.", "Leave area and grade empty, or put the type right.")
    if kind not in VISITS or area or grade:
        if area not in framework.judgements:
            why = f" {framework.overall_note}" if framework.overall is None and area.endswith(".overall") else ""
            raise Refused("area", f"{framework.id} has no judgement '{area}'.{why}", f"One of {', '.join(framework.judgements)}.")
        if grade not in framework.grades:
            raise Refused("grade", f"'{line['grade']}' is no grade of {framework.id}.", f"One of {', '.join(framework.grades)}.")
    return (authority.la, day, kind, framework.id), area, grade


def day_of(text: str) -> date:
    try:
        day, month, year = text.split("/") if "/" in text else reversed(text[:10].split("-"))
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Refused("date", "this is not a date.", "Write 2025-01-31 or 31/01/2025.") from None


def inspection(key: tuple[str, date, str, str], its: Iterable[tuple[Line, str, str]], known: Mapping[str, Framework]) -> Inspection:
    la, day, kind, framework = key
    listed = list(its)
    return Inspection(
        la,
        day,
        kind,
        known[framework],
        {area: grade for _, area, grade in listed if area},
        tuple(dict.fromkeys(line["source"] for line, _, _ in listed)),
        tuple(line.row for line, _, _ in listed),
    )


def doubt(account: Account, one: Inspection) -> None:
    """Findings about an inspection as a whole. Its rows stay: a published judgement is what was published."""
    if not can_date(one.framework, one.date):
        account.find(
            one.rows[0], "date", f"{one.framework.id} was not in force on this day.", "See whether date and framework are right.", "date"
        )
    if one.framework.held:
        for broken in judge(one.framework, one.grades).broken:
            if broken.max_grade:
                account.find(
                    one.rows[0], "grade", f"the grades go against a rule: {broken.words}", "See whether they are as published.", "rule"
                )

"""How the commands on frameworks, outcomes and readiness print: a table for a person, JSON for a program."""

import pathlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from virtualschool import places
from virtualschool.errors import WrongUse
from virtualschool.frameworks.elsewhere import CriterionFigures, Elsewhere, Figure, counted
from virtualschool.frameworks.framework import Framework
from virtualschool.frameworks.given import Account
from virtualschool.frameworks.in_force import Answer, state_on
from virtualschool.frameworks.judging import strength
from virtualschool.frameworks.loading import frameworks
from virtualschool.frameworks.readiness import Readiness
from virtualschool.frameworks.register import Register
from virtualschool.frameworks.register import read as read_register
from virtualschool.reports import listing
from virtualschool.years import care_year_of

# --- Frameworks ---


def listed(day: date, answers: Sequence[Answer], inspected: bool | None, style: str) -> None:
    """Every framework with its state on a day, and which are in force for what."""
    rows = [framework_line(one, state_on(one, day, inspected=inspected)) for one in frameworks().values()]
    in_force = [one.id for answer in answers for one in answer.frameworks]
    words = [sentence for answer in answers for sentence in answer.words]
    if style == "json":
        return listing.as_json({"on": day.isoformat(), "in_force": in_force, "words": words, "frameworks": rows})
    listing.lay(f"Frameworks on {day:%-d %B %Y}", rows)
    print(f"In force: {', '.join(in_force) or 'none that is held'}.")
    for sentence in words:
        print(sentence)
    return None


def framework_line(framework: Framework, state: str) -> dict[str, Any]:
    return {
        "framework": framework.id,
        "title": framework.title,
        "edition": framework.edition,
        "of": framework.subject,
        "state": state if framework.held else f"{state}, not held",
        "overall_grade": framework.overall is not None,
        "judgements": len(framework.judgements),
        "criteria": len(framework.criteria),
        "rules": len(framework.rules),
    }


def criteria(framework: Framework, found: Sequence[CriterionFigures], elsewhere: Elsewhere | None, style: str) -> None:
    """A framework's criteria, with the figures that each has and those that it has none of."""
    counts = counted(found)
    account = elsewhere.account if elsewhere else None
    if style == "json":
        said = {"framework": framework.id, "title": framework.title, "criteria_basis": framework.criteria_basis, "counts": counts}
        rules = [{"rule": one.id, "strength": strength(one), "target": one.target, "words": one.words} for one in framework.rules]
        file = account.to_json() if account else None
        return listing.as_json({**said, "file": file, "rules": rules, "criteria": [one.to_json() for one in found]})
    if account:
        lay_account(account)
    print(f"{framework.title}, {framework.edition}. {framework.criteria_basis}\n")
    rows = [
        {
            "criterion": one.criterion.id,
            "what good looks like": one.criterion.words,
            "our measures": " ".join(dict.fromkeys(name for held in one.held for name in held.measures)),
            "from elsewhere": "; ".join(said_of(figure) for held in one.held for figure in held.figures),
            "no figure": " ".join(one.without),
        }
        for one in found
    ]
    listing.lay("Criteria", rows)
    print("Criteria with " + ", ".join(f"{name}: {count}" for name, count in counts.items()) + ".")
    return None


def said_of(figure: Figure) -> str:
    group = f" ({figure.group})" if figure.group else ""
    return f"{figure.indicator.name}{group} {figure.printed} {figure.indicator.unit}, {figure.period}, {figure.source}"


# --- The register ---


def register(found: Register, la: str | None, year: int | None, style: str) -> None:
    """The register of a file: its account, inspections (of one authority, with its neighbours'), and care leavers graded apart."""
    authority = found.places.authority(la) if la else None
    shown = found.of(authority.la) if authority else list(found.inspections)
    near: list[dict[str, Any]] = []
    if authority:
        last = max((one.date for one in found.inspections), default=None)
        at = year or (care_year_of(last) if last else 0)
        near = [
            {"la": code, "la_name": found.places.name(code), "latest": one.to_json(found.places) if one else None}
            for code, one in found.neighbours(authority.la, at)
        ]
    rows = [one.to_json(found.places) for one in shown]
    if style == "json":
        said = {"file": found.account.to_json(), "invented": found.is_invented, "inspections": rows, "neighbours": near}
        return listing.as_json({**said, "care_leavers_apart": found.apart_counts()})
    if style == "csv":
        return listing.as_csv([line for row in rows for line in by_judgement(row)])
    lay_account(found.account)
    if found.is_invented:
        print("Invented: these authorities and their outcomes are of nobody.\n")
    listing.lay("Inspections", [in_a_line(row) for row in rows])
    if authority:
        listing.lay(f"Statistical neighbours of {authority.name}", [in_a_line(row["latest"] or row) for row in near])
    listing.lay("Care leavers graded by themselves, beside children in care", found.apart_counts())
    return None


def by_judgement(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    plain = {name: row[name] for name in ("la", "la_name", "date", "type", "framework")}
    grades = row["grades"] or {"": ""}
    return [{**plain, "area": area, "grade": grade, "source": row["source"]} for area, grade in grades.items()]


def in_a_line(row: Mapping[str, Any]) -> dict[str, Any]:
    grades = ", ".join(f"{area.partition('.')[2]} {grade}" for area, grade in row.get("grades", {}).items())
    said = {name: row.get(name, "") for name in ("la", "la_name", "date", "type", "framework")}
    return {**said, "grades": grades or ("none held" if "latest" in row else "none given"), "source": row.get("source", "")}


# --- Readiness ---


def readiness(found: Readiness, style: str) -> None:
    if style == "json":
        return listing.as_json(found.to_json())
    for mark in found.told.marks:
        print(mark)
    print(f"{found.told.about['la_name']}, {found.told.about['years'][0]}: {found.framework.title}, {found.framework.edition}\n")
    for area in found.areas:
        lacking = (
            f"; no figure of {len(area['no_figure'])}, too few children in {len(area['too_few_children'])}, hidden {len(area['hidden'])}"
        )
        print(f"{area['title']}: {area['worse']} worse, {area['better']} better{lacking}")
        shown = ("title", "beside", "pupils", "value", "other_value", "difference", "difference_low", "difference_high", "tone")
        if area["differs"]:
            listing.lay("", [{name: row[name] for name in shown} for row in area["differs"]])
    print()
    print("Criteria with " + ", ".join(f"{name}: {count}" for name, count in counted(found.criteria).items()) + ".\n")
    listing.lay("What reports name most, of personal education plans", [failing_line(one) for one in found.failings])
    for note in found.told.notes:
        print(f"  {note}")
    return None


def failing_line(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "failing": one["words"],
        "reports": f"{one['reports']} of {one['of']}",
        "here": one["verdict"],
        "tested on": "; ".join(f"{measure['measure']}: {measure['verdict']}" for measure in one["measures"]),
        "from elsewhere": "; ".join(f"{figure['indicator']} {figure['value']:g}" for figure in one["figures"]),
        "no figure of": " ".join(one["without"]),
    }


def inspected(outcomes: pathlib.Path, day: date, la: str | None) -> bool:
    """Whether a register says that an authority (all of them, without one) had the inspection that care leavers' judgement waited for."""
    known = places.england()
    return read_register(outcomes, known).were_inspected(day, known.authority(la).la if la else None)


def day_of(text: str) -> date:
    """The day of an option. Raises WrongUse for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise WrongUse(f"Date '{text}'", "this is not a day.", "Write it as 2026-04-01.") from fault


def lay_account(account: Account) -> None:
    print(f"{account.file}: {account.read} rows read, {account.kept} kept, {account.set_aside} set aside.")
    if account.ignored:
        print(f"Left alone: {', '.join(account.ignored)}.")
    for one in sorted(account.findings, key=lambda one: (one.row, one.column)):
        print(one)
    print()

"""What the pages of the annual report show."""

from typing import Any

from virtualschool import reports
from virtualschool.reports.annual import cohort, records
from virtualschool.reports.annual.contents import SECTIONS
from virtualschool.reports.annual.parts import PARTS, TABLES, Part
from virtualschool.reports.annual.versions import VERSIONS
from virtualschool.web import stores
from virtualschool.web.actions import annual_records, annual_report
from virtualschool.years import label

WORDS = {"html": "Page", "docx": "Word", "pdf": "PDF", "xlsx": "Excel"}


def overview(viewer: Any, year: int, held: list[int]) -> dict[str, Any]:
    """The report of a year: parts by section with their state, and the files for each audience that the viewer may have."""
    context: dict[str, Any] = {"year": year, "years": held, "may_write": viewer.may("report", "change"), "audiences": []}
    if not year:
        return context
    audiences = [name for name in reports.AUDIENCES if name == "public" or viewer.may("exact_figures")]
    context["audiences"] = [audience_of(viewer.la, year, name) for name in audiences]
    if context["may_write"]:
        texts = annual_report.texts(viewer.la, year)
        titles = {section.number: section.title for section in SECTIONS}
        context["groups"] = [
            {
                "title": f"{number}. {titles[number]}" if number else "Other versions: the board's paper and the young people's version",
                "parts": [line(texts, part) for part in PARTS.values() if part.section == number],
            }
            for number in [*sorted({part.section for part in PARTS.values() if part.section}), 0]
        ]
    return context


def audience_of(la: str, year: int, name: str) -> dict[str, Any]:
    grouped: dict[str, list[dict[str, str]]] = {}
    for file in annual_report.files(la, year, name):
        version = next((one for one in VERSIONS.values() if f"-{one.name}" in file.name), None)
        if version:
            grouped.setdefault(version.title, []).append({"name": file.name, "words": WORDS[file.suffix[1:]], "kind": file.suffix[1:]})
    return {"name": name, "state": annual_report.state(la, year, name), "versions": grouped}


def line(texts: Any, part: Part) -> dict[str, Any]:
    newest = next(iter(texts.history(part.name)), None)
    check = texts.check_of(part.name) if newest or part in TABLES else None
    if part in TABLES:
        state = "ready" if check else "to check"
    elif newest is None or not newest.words:
        state = "to write"
    elif newest.draft:
        state = "draft"
    elif part.checked and check is None:
        state = "to check"
    else:
        state = "ready"
    return {"part": part, "newest": newest, "state": state, "check": check}


def part(viewer: Any, year: int, about: Part, words: str | None) -> dict[str, Any]:
    texts = annual_report.texts(viewer.la, year)
    history = texts.history(about.name)
    newest = history[0] if history else None
    return {
        "year": year,
        "part": about,
        "words": words if words is not None else (newest.words if newest else ""),
        "newest": newest,
        "history": history[1:],
        "check": texts.check_of(about.name),
        "table": table(viewer, year, about),
        "can_be_checked": about.checked and bool(texts.words(about.name)),
    }


def table(viewer: Any, year: int, about: Part) -> Any:
    """The table of a part that is only checked, as the public files would show it; None where there is nothing in it."""
    if about.name == "schools":
        rows = cohort.school_rows(stores.engine(), viewer.la, year)
        return cohort.schools_table(rows, about.title, "public", "") if rows else None
    if about.name == "children_quotes":
        found = records.quotes(annual_records.quotes_of(viewer.la, year), label(year), True, "public")
        return found[0] if found else None
    return None

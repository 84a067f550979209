"""A recording document as tagged PDF, held to PDF/UA-1 as it is written: to print and write on, or to read.

A PDF of ours cannot be filled in on a screen; the Word document can.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

from virtualschool import reports
from virtualschool.plans.progress_ways import Field, Kind
from virtualschool.reports.documents.document import INVENTED, MADE
from virtualschool.reports.documents.pdf import fonts
from virtualschool.reports.forms.sheet import HOW_ON_PAPER, Grid, Part, Sheet, Words, weights

WIDTH = {"date": 2.3, "whole": 2.1, "choice": 3.0, "text": 3.4, "words": 4.6}
HEIGHT = {"words": 2.1}
LINE = 0.7
"""How high the box of an answer is, in centimetres."""


def pdf(sheet: Sheet) -> bytes:
    """The PDF of a sheet. Raises ValueError where it would not keep to PDF/UA-1."""
    import typst

    told = {
        "title": sheet.title,
        "subtitle": f"{sheet.document.who}. {sheet.document.when}.",
        "mark": sheet.mark,
        "invented": INVENTED if sheet.invented else "",
        "how": HOW_ON_PAPER,
        "foot": f"{sheet.title}. {sheet.reference}",
        "facts": list(_facts(sheet)),
        "parts": [*map(_told, sheet.told), *map(_part, sheet.parts)],
    }
    source = (resources.files(reports) / "templates" / "form.typ").read_bytes()
    try:
        return typst.compile(
            source, font_paths=fonts(), sys_inputs={"sheet": json.dumps(told, ensure_ascii=False)}, pdf_standards=["ua-1"], timestamp=MADE
        )
    except typst.TypstError as fault:
        raise ValueError(f"The PDF was not written: {fault.message} {' '.join(fault.hints)}") from fault


def _facts(sheet: Sheet) -> Iterable[dict[str, Any]]:
    asked = [*sheet.facts, ("Filled in by (name and role)", ""), ("Date", "")]
    if sheet.document.about == "child":
        asked.append(("The child took part in filling this in, or has seen it", ""))
    return (_row(label, value) for label, value in asked)


def _row(label: str, value: str = "", options: Iterable[str] = (), height: float = LINE) -> dict[str, Any]:
    return {"label": label, "value": value, "options": list(options), "height": height}


def _told(told: Words | Grid) -> dict[str, Any]:
    if isinstance(told, Words):
        return {**_empty(told.title), "lines": told.lines}
    return {**_empty(told.title), "tables": [_table("", told.columns, told.rows)]}


def _empty(title: str) -> dict[str, Any]:
    return {"title": title, "meaning": "", "note": "", "lines": [], "tables": [], "cards": [], "own_page": False}


def _part(part: Part) -> dict[str, Any]:
    kind = part.kind
    made = {**_empty(kind.title), "meaning": kind.meaning, "note": part.note, "own_page": kind.always_stays_home}
    if kind.layout == "row":
        asked = [one.ask for one in kind.fields]
        if part.recorded:
            rows = [[one.shown(row.get(one.name)) or "–" for one in kind.fields] for row in part.recorded]
            made["tables"].append(_table("Recorded so far", asked, rows))
        widths = [WIDTH[one.type] for one in kind.fields]
        title = "To add" if part.recorded else ""
        blank = _table(title, asked, [[one.shown(row.get(one.name)) for one in kind.fields] for row in part.entries], widths)
        made["tables"].append({**blank, "blank": True, "notes": _lists(kind)})
        return made
    for number, row in enumerate(part.recorded, 1):
        known = [_row(one.ask, one.shown(row.get(one.name))) for one in kind.fields if one.shown(row.get(one.name))]
        made["cards"].append({"title": f"Recorded so far, {number}", "nothing": False, "rows": known})
    for number, preset in enumerate(part.entries, 1):
        shown = ", ".join(kind.field(name).shown(value) for name, value in preset.items())
        title = shown or (f"To add, {number}" if part.recorded else f"Entry {number}")
        questions = [
            _row(one.ask, one.shown(preset.get(one.name)), _options(one, preset), HEIGHT.get(one.type, LINE)) for one in kind.fields
        ]
        made["cards"].append({"title": title, "nothing": number == 1, "rows": questions})
    return made


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float] = ()) -> dict[str, Any]:
    found = list(widths) or weights(columns, rows)
    return {"title": title, "columns": list(columns), "rows": [list(row) for row in rows], "widths": found, "blank": False, "notes": []}


def _options(field: Field, preset: Mapping[str, str]) -> Iterable[str]:
    return () if field.values is None or field.name in preset else field.values.values()


def _lists(kind: Kind) -> list[str]:
    """What can be chosen in the columns of a table, for who writes by hand."""
    return [f"{one.ask.rstrip('?')}: {', '.join(one.values.values())}." for one in kind.fields if one.values]

"""The list of children as a file: CSV, and a workbook without formulas. Its columns are those that the viewer may read."""

import csv
import datetime
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import xlsxwriter

from virtualschool.benchmarks.request import FILTERS
from virtualschool.reports.cells import safe
from virtualschool.web import clock
from virtualschool.web.children import Child
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_facts
from virtualschool.web.presenters.children_facts import Fact
from virtualschool.web.templatetags.words import moment

STYLES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
FIRST = ("name", "age", "year_group", "school", "social_worker", "reviewing_officer", "placement", "home", "carer", "placement_began",
  "entered_care", "flags", "absence")  # fmt: skip


def table(viewer: Viewer, found: Iterable[Child]) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows: the child's identifier for the authority itself, then each column that the viewer may read."""
    facts = children_facts.facts()
    columns = [
        facts[name] for name in (*FIRST, *FILTERS) if name in facts and viewer.may_read("sessions_missed" if name == "absence" else name)
    ]
    columns = list({fact.name: fact for fact in columns}.values())
    ours = viewer.role is not None and viewer.role.scope == "authority"
    rows = [
        [*([_identifier(child)] if ours else []), *(_cell(fact, children_facts.value(viewer, child, fact)) for fact in columns)]
        for child in found
    ]
    return [*(["Identifier"] if ours else []), *(fact.words for fact in columns)], rows


def mark(viewer: Viewer, children: int) -> str:
    """What the file says of itself: that it is about children, whose copy it is, and when it was made."""
    return (
        f"Official-sensitive: personal data about {children} children. Downloaded by {viewer.email} on {moment(clock.now())}. "
        "Keep it no longer than you need it."
    )


def as_csv(marked: str, headings: list[str], rows: list[list[Any]]) -> bytes:
    """The table as CSV, its mark in the last row; a text that a workbook would take for a formula begins with an apostrophe."""
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(headings)
    lines.writerows([[_safe(cell) for cell in row] for row in rows])
    lines.writerow([_safe(marked)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(marked: str, headings: list[str], rows: list[list[Any]]) -> bytes:
    """The table as a workbook: mark, headings that stay in view, filters; nothing in it is a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Children")
        bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_string(0, 0, marked)
        for place, heading in enumerate(headings):
            sheet.write_string(2, place, heading, bold)
        for number, row in enumerate(rows, 3):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime.date):
                    sheet.write_datetime(number, place, datetime.datetime.combine(cell, datetime.time()), day)
                elif isinstance(cell, int | Decimal) and not isinstance(cell, bool):
                    sheet.write_number(number, place, cell)
                elif cell not in (None, ""):
                    sheet.write_string(number, place, str(cell))
        sheet.freeze_panes(3, 1)
        sheet.autofilter(2, 0, 2 + len(rows), len(headings) - 1)
        sheet.set_column(0, len(headings) - 1, 18)
    return out.getvalue()


def _identifier(child: Child) -> str:
    return str(child.entry.child if child.entry is not None else child.row.get("child") or "")


def _cell(fact: Fact, value: Any) -> Any:
    """A number as a number and a day as a day; what is not known is empty."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or fact.name in ("school", "year_group"):
        return fact.shown(value)
    return value


def _safe(cell: Any) -> Any:
    if isinstance(cell, datetime.date):
        return f"{cell:%d/%m/%Y}"
    return safe(cell)

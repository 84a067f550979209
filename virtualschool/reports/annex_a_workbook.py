"""The child-level lists as a workbook: a sheet for each list, one for what was not held, nothing in it a formula or a link."""

import datetime
import io
from decimal import Decimal
from typing import Any

import xlsxwriter

from virtualschool.reports.annex_a import Lists, not_held

DAY = "dd/mm/yyyy"


def workbook(found: Lists, marked: str) -> bytes:
    """The lists as XLSX. `marked` says in each sheet's first row whose copy it is."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": f"Child-level lists as of {found.as_of:%d/%m/%Y}"})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped, day = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"num_format": DAY})
        about(book, bold, wrapped, found, marked)
        for name, (columns, rows) in found.sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, marked)
            for place, column in enumerate(columns):
                sheet.write_string(2, place, column.heading, bold)
            for number, row in enumerate(rows, 3):
                for place, column in enumerate(columns):
                    put(sheet, number, place, column.of(row) if column.of else "", day)
            sheet.freeze_panes(3, 1)
            sheet.autofilter(2, 0, 2 + max(len(rows), 1), len(columns) - 1)
            sheet.set_column(0, len(columns) - 1, 20)
            sheet.set_row(2, 62)
    return out.getvalue()


def about(book: Any, bold: Any, wrapped: Any, found: Lists, marked: str) -> None:
    """What the lists are, and each column that stays empty with where it would come from."""
    sheet = book.add_worksheet("About")
    lines = [
        marked,
        f"As of {found.as_of:%d/%m/%Y}, the end of the newest return. List 8: in care on that day, or left care in the six months before. "
        "List 9: care leavers of that return.",
        "Headings follow an open specification of 2022, with later columns of list 9. Compare them with the current request before you "
        "send it.",
        f"{found.left_out} children of the return are not here, because you may not see them: protected, or sealed by an adoption."
        if found.left_out
        else "No child of the return is left out.",
        "Columns that stay empty, since nothing that is read holds them:",
    ]
    for place, line in enumerate(lines):
        sheet.write_string(place, 0, line, wrapped)
    for place, heading in enumerate(("Sheet", "Column", "Comes from")):
        sheet.write_string(len(lines), place, heading, bold)
    for number, row in enumerate(not_held(), len(lines) + 1):
        for place, word in enumerate(row):
            sheet.write_string(number, place, word, wrapped)
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 2, 50)


def put(sheet: Any, number: int, place: int, value: Any, day: Any) -> None:
    if isinstance(value, datetime.date):
        sheet.write_datetime(number, place, datetime.datetime.combine(value, datetime.time()), day)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        sheet.write_number(number, place, value)
    elif value not in (None, ""):
        sheet.write_string(number, place, str(value))

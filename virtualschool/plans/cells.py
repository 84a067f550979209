"""A cell of a file of plans as a value of its column: dates, numbers, money in pence, yes or no, and words of a list."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from virtualschool.plans.layout import Column

WRONG = {
    "date": ("this is not a date.", "Write dates as 31/03/2026."),
    "whole": ("this is not a whole number.", "Write it in digits, such as 12."),
    "number": ("this is not a number.", "Write it in digits, such as 96.4."),
    "money": ("this is not an amount of money.", "Write pounds, such as 550 or 550.00."),
    "yesno": ("this is neither yes nor no.", "Write yes or no."),
}


BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet would work out: OWASP, CSV Injection."""


def guarded(text: str) -> str:
    """A text for a CSV, with an apostrophe before what a spreadsheet would take for a formula, and before one that stood there."""
    return f"'{text}" if text.removeprefix("'").startswith(BEGINS_A_FORMULA) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and text[1:].removeprefix("'").startswith(BEGINS_A_FORMULA) else text


def typed_value(column: Column, cell: Any) -> tuple[Any, bool]:
    """A cell as a value of its column, and whether it could be read; blank is None."""
    if isinstance(cell, bool):
        return (cell, True) if column.type == "yesno" else (None, False)
    text = "" if cell is None else str(cell).strip()
    if text == "" or text == "NULL":
        return None, True
    if column.type in ("text", "exact"):
        return unguarded(str(cell) if column.type == "exact" else text), True
    found: Any = None
    if column.type == "date":
        found = day(text)
    elif column.type == "yesno":
        found = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}.get(text.casefold())
    elif column.type in ("whole", "number", "money"):
        found = amount(text.removeprefix("£") if column.type == "money" else text.removesuffix("%"), column.type)
    else:
        word = re.sub(r"[\s/-]+", "_", text.casefold())
        found = next((value for value in column.values if value.casefold() == word), None)
    return found, found is not None


def amount(text: str, type_: str) -> int | Decimal | None:
    """A number; money in pence, a whole number as int."""
    text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.strip())
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) > 10**12:
        return None
    if type_ == "number":
        return value
    value = value * 100 if type_ == "money" else value
    return int(value) if value == value.to_integral_value() else None


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def day(text: str) -> date | None:
    """A day as files write it, the day before the month: 31/03/2026, 1.4.26, 2026-03-31, 31 March 2026, 31-Mar-26, Excel's day numbers."""
    text = re.sub(r"[T ]\d{1,2}:.*$", "", text.strip())
    for pattern, order in ((r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", (3, 2, 1)), (r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})", (1, 2, 3))):
        if match := re.fullmatch(pattern, text):
            return made(*(int(match[place]) for place in order))
    if (match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?[ -](\d{4}|\d{2})", text)) and match[2][
        :3
    ].casefold() in MONTHS:
        return made(int(match[3]), MONTHS.index(match[2][:3].casefold()) + 1, int(match[1]))
    if re.fullmatch(r"[1-9]\d{4}(\.0+)?", text):
        return (datetime(1899, 12, 30) + timedelta(days=int(float(text)))).date()
    return None


def made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, number)
    except ValueError:
        return None

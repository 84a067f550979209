"""Text in files that spreadsheets open: none of it is taken for a formula, whatever it came from."""

import re
from typing import Any

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""OWASP, CSV Injection; the full-width ones because some spreadsheets read them alike."""
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")


def safe(cell: Any) -> Any:
    """The cell, with an apostrophe before a text that a spreadsheet would work out. Numbers stay, written as text or not."""
    if not isinstance(cell, str) or not cell.startswith(BEGINS_A_FORMULA) or NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"

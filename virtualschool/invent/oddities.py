"""Ways in which a file may differ and still be read: in a few small files of one authority and year, in size `small` alone."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

AUTHORITY, YEAR = "V02", 2024
"""The return that has them; all the others are plain."""


def make(folder: Path, years: tuple[int, ...]) -> None:
    if YEAR not in years:
        return
    for module, change in ODDITIES.items():
        path = folder / "care" / AUTHORITY / str(YEAR) / f"{module}.csv"
        path.write_bytes(change(path.read_text(encoding="utf-8")))


def byte_order_mark(text: str) -> bytes:
    return text.encode("utf-8-sig")


def semicolons(text: str) -> bytes:
    return text.replace(",", ";").encode()


def shuffled_columns(text: str) -> bytes:
    """The columns the other way round, their headings in small letters."""
    rows = [row[::-1] for row in csv.reader(io.StringIO(text))]
    rows[0] = [name.lower() for name in rows[0]]
    return "".join(",".join(row) + "\n" for row in rows).encode()


def iso_dates(text: str) -> bytes:
    return re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\3-\2-\1", text).encode()


def windows(text: str) -> bytes:
    """Windows' own encoding and line ends, every cell in quotation marks, and a heading with a pound sign that says nothing."""
    rows = list(csv.reader(io.StringIO(text)))
    rows[0].append("COST £")
    lines = [",".join(f'"{cell}"' for cell in row + [""] * (len(rows[0]) - len(row))) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


ODDITIES: dict[str, Callable[[str], bytes]] = {
    "sw_episodes": byte_order_mark,
    "reviews": semicolons,
    "oc3": shuffled_columns,
    "missing": iso_dates,
    "previous_permanence": windows,
}

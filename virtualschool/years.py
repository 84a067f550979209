"""Years and dates. A year is the calendar year it ends in: 2026 is the care year to 31 March 2026 and the school year 2025/26."""

import re
from collections.abc import Iterable
from datetime import date

from virtualschool.errors import WrongUse

TERMS = ("autumn", "spring", "summer")


def care_year_start(year: int) -> date:
    return date(year - 1, 4, 1)


def care_year_end(year: int) -> date:
    return date(year, 3, 31)


def care_year_of(day: date) -> int:
    """The care year that a day falls in: 31 March 2026 is in 2026, 1 April 2026 in 2027."""
    return day.year + (day >= date(day.year, 4, 1))


def school_year_start(year: int) -> date:
    return date(year - 1, 9, 1)


def school_year_of(day: date) -> int:
    """The school year that a day falls in: 31 August 2026 is in 2026, 1 September 2026 in 2027."""
    return day.year + (day >= date(day.year, 9, 1))


def age_on(born: date, day: date) -> int:
    """Whole years of age; someone born on 29 February has a birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def label(year: int) -> str:
    """The school year as DfE prints it: 2024 is 2023/24."""
    return f"{year - 1}/{year % 100:02d}"


def from_text(text: str) -> int | None:
    """The year that a heading, path part or time period names, or None.

    Read as one year: 2024, 202324, 2023/24, 2023-24, 2023_24, 2023/2024, FY2024.
    """
    text = text.strip()
    if match := re.fullmatch(r"(?:FY|AY|year)?\s*((?:19|20)\d\d)", text, re.IGNORECASE):
        return int(match[1])
    if match := re.fullmatch(r"((?:19|20)\d\d)[\s/_-]?((?:19|20)?\d\d)", text):
        first, last = int(match[1]), int(match[2])
        return first + 1 if last % 100 == (first + 1) % 100 else None
    return None


def span(text: str) -> tuple[int, ...]:
    """The years of an option: `2024`, `2022-2026` or `2022,2024`, in order."""
    years: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not (first.isdigit() and (last or first).isdigit() and len(first) == 4 and len(last or first) == 4) or int(last or first) < int(
            first
        ):
            raise WrongUse(f"Year '{text}'", "this is not a year or a span of years.", "Write 2024, 2022-2026 or 2022,2024.")
        years.update(range(int(first), int(last or first) + 1))
    return tuple(sorted(years))


def runs(years: Iterable[int]) -> str:
    """Years in as few words as they take: 2016 to 2019, 2022 to 2024."""
    parts: list[list[int]] = []
    for year in sorted(set(years)):
        if parts and parts[-1][-1] == year - 1:
            parts[-1].append(year)
        else:
            parts.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in parts)

"""The word lists by which a target is read, compiled once; see wording.toml."""

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def lists() -> dict:
    return tomllib.loads((resources.files("virtualschool.plans") / "wording.toml").read_text(encoding="utf-8"))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One pattern that finds any of a list."""
    held = lists()[name]
    return re.compile("|".join(f"(?:{one})" for one in held) if isinstance(held, list) else held)


@cache
def words(name: str) -> frozenset[str]:
    return frozenset(lists()[name])


def says_nothing(text: str | None) -> bool:
    """Whether a cell is blank or holds only such words as tbc, n/a or see above."""
    return re.sub(r"\s+", " ", (text or "").strip().casefold().rstrip(".!")) in words("placeholders")

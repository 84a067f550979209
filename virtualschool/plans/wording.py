"""The word lists by which a target is read, compiled once; see wording.toml."""

import re
import tomllib
from functools import cache
from importlib import resources


@cache
def lists() -> dict:
    return tomllib.loads((resources.files("virtualschool.plans") / "wording.toml").read_text(encoding="utf-8"))


@cache
def either(name: str) -> str:
    """Any of a list, as a part of a pattern."""
    return "(?:" + "|".join(lists()[name]) + ")"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One pattern that finds any of a list, or the one that stands there."""
    held = lists()[name]
    return re.compile("|".join(f"(?:{one})" for one in held) if isinstance(held, list) else held)


@cache
def whole_words(name: str) -> re.Pattern[str]:
    """Any of a list as whole words, in any case."""
    return re.compile(rf"\b{either(name)}\b", re.IGNORECASE)


@cache
def words(name: str) -> frozenset[str]:
    return frozenset(lists()[name])


def says_nothing(text: str | None) -> bool:
    """Whether a cell is blank or holds only such words as tbc, n/a or see above."""
    return re.sub(r"\s+", " ", (text or "").strip().casefold().rstrip(".!")) in words("placeholders")

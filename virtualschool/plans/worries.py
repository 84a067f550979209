"""Whether a person should read what a child wrote at once: rules of words, each with what it is about; see worries.toml.

A rule that is found decides nothing about the child. It brings the statement before a named person on the same day, and keeps it out of
whatever is counted, quoted or handed on until that person has looked.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Worry:
    """A rule: its name, what it is about in words, and what it looks for."""

    name: str
    words: str
    pattern: re.Pattern[str]


@cache
def rules() -> tuple[Worry, ...]:
    held = tomllib.loads((resources.files("virtualschool.plans") / "worries.toml").read_text(encoding="utf-8"))
    made = []
    for name, row in held.items():
        if name != "version":
            made.append(Worry(name, row["words"], re.compile(rf"\b(?:{'|'.join(row['patterns'])})\b")))
    return tuple(made)


@cache
def by_name() -> dict[str, Worry]:
    return {one.name: one for one in rules()}


def worries(*said: str) -> tuple[Worry, ...]:
    """The rules that something in these words meets, in the order of the list; none for words that meet none."""
    text = plain("\n".join(said))
    return tuple(one for one in rules() if one.pattern.search(text))


def plain(text: str) -> str:
    """Small letters, plain apostrophes, single spaces: how children type, with the marks that stand between letters gone."""
    text = text.casefold().replace("’", "'").replace("`", "'")
    text = re.sub(r"[*_~]", "", text)
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)[.,!?;:…-]+(?=\s|$)", " ", text))

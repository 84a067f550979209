"""Words of adults that blame a child or put a label on them, and what may be written instead; see kind_words.toml.

For what adults write. A child's own words are never looked at for this, and nothing is ever changed.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from virtualschool.errors import WrongUse

LONGEST, MOST = 60, 40


@dataclass(frozen=True)
class Pointed:
    """Words that stand in a text: as they are written there, what they do (blame, label, jargon or preferred), and what to write."""

    found: str
    does: str
    write: str


@cache
def _rows() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    held = tomllib.loads((resources.files("virtualschool.plans") / "kind_words.toml").read_text(encoding="utf-8"))["words"]
    return tuple((re.compile(rf"\b(?:{'|'.join(row['words'])})\b", re.IGNORECASE), row["does"], row["write"]) for row in held)


def pointed(text: str, preferred: Mapping[str, str] | None = None) -> list[Pointed]:
    """The words to look at again, in the order of the text, each once. `preferred` are an authority's own: what not to write, and what
    instead; they go before ours where both find the same."""
    own = [(re.compile(rf"\b{re.escape(words)}\b", re.IGNORECASE), "preferred", write) for words, write in (preferred or {}).items()]
    found: dict[str, tuple[int, Pointed]] = {}
    taken: list[tuple[int, int]] = []
    for pattern, does, write in [*own, *_rows()]:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            found.setdefault(match[0].casefold(), (match.start(), Pointed(match[0], does, write)))
    return [one for _, one in sorted(found.values(), key=lambda pair: pair[0])]


def own_words(lines: Iterable[str]) -> dict[str, str]:
    """An authority's own words from lines `not this = this`. Raises WrongUse for a line that is none."""
    made: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        words, sign, write = (part.strip() for part in line.partition("="))
        if not sign or not words or not write or len(words) > LONGEST or len(write) > LONGEST:
            raise WrongUse(f"Line {number}", "it does not say what to write instead of what.", "Write: looked-after child = child in care")
        made[words] = write
    if len(made) > MOST:
        raise WrongUse("Words", f"there are more than {MOST}.", "Keep those that matter most.")
    return made

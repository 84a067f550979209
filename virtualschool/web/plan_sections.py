"""The sections of education plans, read from `plan_sections.toml`: who writes and reads each, and what is asked in it."""

import functools
import pathlib
import tomllib
from dataclasses import dataclass

FILE = pathlib.Path(__file__).parent / "plan_sections.toml"


@dataclass(frozen=True)
class Asked:
    """One question of a section, and the kinds of plan that ask it."""

    name: str
    question: str
    hint: str
    kinds: frozenset[str]


@dataclass(frozen=True)
class Section:
    """A part of a plan. `about` names whose it is; `writes` and `reads` are names of roles."""

    name: str
    title: str
    about: str
    writes: frozenset[str]
    reads: frozenset[str]
    fields: tuple[Asked, ...]
    kinds: frozenset[str] = frozenset()
    school_if_allowed: bool = False

    def is_of(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds

    def asked(self, kind: str) -> list[Asked]:
        """What is asked in a plan of this kind."""
        return [one for one in self.fields if not one.kinds or kind in one.kinds]


@functools.cache
def sections() -> dict[str, Section]:
    """Every section by name, in the order of a plan."""
    made = {}
    for name, row in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        asked = tuple(
            Asked(one[0], one[1], one[2], frozenset(one[3].split()) if len(one) > 3 else frozenset()) for one in row.pop("fields")
        )
        writes, reads, kinds = (frozenset(row.pop(key, ())) for key in ("writes", "reads", "kinds"))
        made[name] = Section(name, writes=writes, reads=reads, fields=asked, kinds=kinds, **row)
    return made


def own(role: str, kind: str) -> Section | None:
    """The section that a role writes in a plan of this kind."""
    return next((one for one in sections().values() if role in one.writes and one.is_of(kind)), None)

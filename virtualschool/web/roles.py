"""The role table, read from `roles.toml`: who may see and change which kind of data, about whom, and how delicate."""

import functools
import pathlib
import tomllib
from dataclasses import dataclass

FILE = pathlib.Path(__file__).parent / "roles.toml"
SCOPES = ("authority", "school", "home", "own", "all", "none")


@dataclass(frozen=True)
class Role:
    """One role. `scope` says whose records: the authority's, one school's or home's, children related to the person, or nobody's."""

    name: str
    words: str
    scope: str
    level: str
    names: bool
    second_factor: bool
    sees: frozenset[str]
    changes: frozenset[str]

    def may(self, kind: str, action: str = "see") -> bool:
        return kind in (self.sees if action == "see" else self.changes)

    def may_read(self, column: str) -> bool:
        """Whether a column of a child's record is no more delicate than the role's level."""
        return _rank(level_of(column)) <= _rank(self.level)


@dataclass(frozen=True)
class Purpose:
    """What a link for one visit is for: the kinds of data it opens, as far as the role of its holder has them."""

    name: str
    words: str
    kinds: frozenset[str]


@functools.cache
def purposes() -> dict[str, Purpose]:
    return {name: Purpose(name, row["words"], frozenset(row["kinds"])) for name, row in _table()["purposes"].items()}


@functools.cache
def _table() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@functools.cache
def kinds() -> dict[str, str]:
    """Each kind of data, in words."""
    return _table()["kinds"]


@functools.cache
def roles() -> dict[str, Role]:
    made = {}
    for name, row in _table()["roles"].items():
        sees, changes = frozenset(row["see"]), frozenset(row["change"])
        if strange := (sees | changes) - set(kinds()):
            raise ValueError(f"Role '{name}': there is no kind of data {sorted(strange)}.")
        if not changes <= sees or row["scope"] not in SCOPES or row["level"] not in _table()["levels"]["order"]:
            raise ValueError(f"Role '{name}': who may change must see, and scope and level must be known.")
        made[name] = Role(name, row["words"], row["scope"], row["level"], row["names"], row["second_factor"], sees, changes)
    return made


@functools.cache
def known_as() -> dict[str, str]:
    """Which role serves each of the roles that authorities know."""
    found = _table()["known_as"]
    if strange := set(found.values()) ^ set(roles()):
        raise ValueError(f"[known_as] and the roles differ: {sorted(strange)}.")
    return found


@functools.cache
def level_of(column: str) -> str:
    levels = _table()["levels"]
    return next((level for level in reversed(levels["order"]) if column in levels.get(level, ())), levels["order"][0])


def _rank(level: str) -> int:
    return _table()["levels"]["order"].index(level)

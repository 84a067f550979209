"""The six ways of measuring a child's progress, and what is recorded for each: read from `progress_ways.toml`.

Pages, recording documents and the reader of filled documents are made from these definitions.
Source of the six ways: Rezume, 6 ways to successfully measure looked after children's progress; it follows the guide to the Children's
Homes (England) Regulations 2015. Kinds, fields and steps are this project's own.
"""

import datetime
import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from virtualschool.errors import unknown
from virtualschool.plans import cells

LONGEST = {"text": 200, "words": 4_000}
"""Characters that an answer of each type may have."""


@dataclass(frozen=True)
class Way:
    """One of the six. `needs` says how many records of which kinds it rests on at the least; `child` is its title for a child."""

    name: str
    number: int
    title: str
    meaning: str
    child: str
    needs: Mapping[str, int]


@dataclass(frozen=True)
class Field:
    """One question. `values` maps what is kept to what is shown; empty where any answer may be given."""

    name: str
    ask: str
    type: str
    needed: bool = False
    values: Mapping[str, str] | None = None
    least: int | None = None
    most: int | None = None
    hint: str = ""

    def shown(self, value: Any) -> str:
        """A kept value in words; nothing for none."""
        if value in (None, ""):
            return ""
        if self.values is not None:
            return self.values.get(str(value), "")
        if self.type == "date":
            day = value if isinstance(value, datetime.date) else datetime.date.fromisoformat(str(value))
            return f"{day.day} {day:%B %Y}"
        return str(value)


@dataclass(frozen=True)
class Kind:
    """A kind of record. `about` is child, or home for what a home records about itself; `dated` names the field that says when."""

    name: str
    way: str
    title: str
    meaning: str
    layout: str
    writes: frozenset[str]
    fields: tuple[Field, ...]
    dated: str = "on"
    about: str = "child"
    always_stays_home: bool = False
    stays_home_by: str = ""
    stay_home: frozenset[str] = frozenset()

    def field(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)

    @property
    def may_stay_home(self) -> bool:
        return self.always_stays_home or bool(self.stay_home)

    def stays_home(self, values: Mapping[str, Any]) -> bool:
        """Whether a record of these values stays in the home unless somebody decides to share it."""
        return self.always_stays_home or (bool(self.stays_home_by) and values.get(self.stays_home_by) in self.stay_home)

    def on(self, values: Mapping[str, Any]) -> datetime.date:
        day = values[self.dated]
        return day if isinstance(day, datetime.date) else datetime.date.fromisoformat(day)


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("virtualschool.plans").joinpath("progress_ways.toml").read_text(encoding="utf-8"))


@functools.cache
def ways() -> dict[str, Way]:
    """The six ways by name, in their order."""
    return {name: Way(name, **row) for name, row in sorted(_table()["ways"].items(), key=lambda one: one[1]["number"])}


@functools.cache
def kinds() -> dict[str, Kind]:
    """Every kind of record by name, in the order of the file."""
    return {name: _kind(name, row) for name, row in _table()["kinds"].items()}


def kind(name: str) -> Kind:
    """Raises WrongUse for a kind that there is none of."""
    if name not in kinds():
        raise unknown("Kind of record", name, kinds())
    return kinds()[name]


def of_way(way: str, about: str = "child") -> list[Kind]:
    return [one for one in kinds().values() if one.way == way and one.about == about]


def _kind(name: str, row: dict[str, Any]) -> Kind:
    row, lists = dict(row), _table()["lists"]
    fields = tuple(Field(**{**one, "values": lists[one["values"]] if "values" in one else None}) for one in row.pop("fields"))
    return Kind(
        name,
        fields=fields,
        writes=frozenset(row.pop("writes")),
        always_stays_home=row.pop("stays_home", False),
        stay_home=frozenset(row.pop("stay_home", ())),
        **row,
    )


# --- Answers as values ---


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one answer, without saying what it was."""

    field: str
    wrong: str
    do: str


def values_of(kind: Kind, said: Mapping[str, Any], today: datetime.date) -> tuple[dict[str, Any], list[Wrong]]:
    """The values of a record as they are kept (dates in ISO form), and everything that is wrong with what was said.

    A choice may be given by its key or by its words, as documents show it. No record is of a day to come.
    """
    values: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for field in kind.fields:
        text = "" if said.get(field.name) is None else str(said[field.name])
        if not text.strip():
            if field.needed:
                wrong.append(Wrong(field.name, "it is empty.", "Answer it."))
            continue
        found, fault = _value(field, text)
        if fault:
            wrong.append(Wrong(field.name, *fault))
        else:
            values[field.name] = found
    names = {one.field for one in wrong}
    return values, [*wrong, *(one for one in _together(kind, values, today) if one.field not in names)]


def _value(field: Field, text: str) -> tuple[Any, tuple[str, str] | None]:
    if field.values is not None:
        folded = text.strip().casefold()
        for key, words in field.values.items():
            if folded in (key.casefold(), words.casefold()):
                return key, None
        return None, ("it is none of the answers to choose from.", "Choose one of the list.")
    if field.type == "date":
        day = cells.day(text.strip())
        return (day.isoformat(), None) if day else (None, ("this is not a date.", "Write dates as 31/03/2026."))
    if field.type == "whole":
        number = cells.amount(text, "whole")
        if not isinstance(number, int):
            return None, ("this is not a whole number.", "Write it in digits, such as 12.")
        if not (field.least or 0) <= number <= (field.most or 10**9):
            return None, (f"it is not between {field.least or 0} and {field.most}.", "Look at the number again.")
        return number, None
    if len(text) > LONGEST[field.type]:
        return None, (f"it is longer than {LONGEST[field.type]:,} characters.", "Write it shorter.")
    return text, None


def _together(kind: Kind, values: Mapping[str, Any], today: datetime.date) -> list[Wrong]:
    """What is wrong with answers that are right one by one."""
    found = []
    latest = today.isoformat()
    for field in kind.fields:
        if field.type == "date" and field.name not in ("due", "until") and values.get(field.name, "") > latest:
            found.append(Wrong(field.name, "it is a day to come.", "Give the day on which it was."))
    if values.get("from") and values.get("to") and values["to"] < values["from"]:
        found.append(Wrong("to", "it is before the first day.", "Look at both days again."))
    if "attended" in values and "possible" in values and values["attended"] > values["possible"]:
        found.append(Wrong("attended", "it is more than the sessions possible.", "Look at both numbers again."))
    if values.get("lowered") == "yes" and not values.get("why_lowered", "").strip():
        found.append(Wrong("why_lowered", "it is empty.", "Say why less is hoped for, and what would raise it again."))
    if kind.name == "wellbeing" and values.get("tool") == "own" and not 1 <= values.get("score", 1) <= 10:
        found.append(Wrong("score", "it is not between 1 and 10.", "The child's own rating goes from 1 to 10."))
    if kind.name == "goal_rating" and not {"child_step", "adult_step"} & set(values):
        found.append(Wrong("adult_step", "neither the child's step nor the adult's is given.", "Give at least one of them."))
    if kind.name == "relationship" and not {"child_says", "adult_says"} & set(values):
        found.append(Wrong("adult_says", "neither the child's answer nor the adult's is given.", "Give at least one of them."))
    if "due" in values and kind.dated in values and values["due"] < values[kind.dated]:
        found.append(Wrong("due", "it is before the day it was set.", "Give a later day."))
    return found

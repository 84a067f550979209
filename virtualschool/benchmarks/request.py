"""What is asked for, in the words of the command, checked against whitelists: measures, places, columns and values.

Only the names of columns that `tables` marks as filters ever reach a query, and only values bound to it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from virtualschool import measures, places, tables, years
from virtualschool.errors import WrongUse, nearest, unknown
from virtualschool.places import ENGLAND, Places
from virtualschool.store import Engine, remembered

COHORTS = {
    "12months": "looked_after_12_months",
    "march": "at_31_march",
    "year": "in_year",
    "cin": "in_need",
    "cpp": "protection_plan",
    "leavers": "care_leaver",
}
"""Each cohort with its column."""
IN_NEED = ("cin", "cpp")
"""Cohorts of the children in need census; a store without one has them in DfE's printed figures alone."""
COMPARATORS = ("england", "region", "regions", "neighbours", "all_pupils", "not_looked_after", "children_in_need")
OPERATORS = ("!=", "<=", ">=", "=", "<", ">", "in")
FILTERS = {column.name: column for column in tables.children.columns if column.filter}
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Place:
    """Where a figure is about: an authority, a region, or England. `code` is DfE's for an authority, ONS's otherwise."""

    level: str
    code: str
    name: str


@dataclass(frozen=True)
class Condition:
    """One part of --where: a column, an operator and its values (None is 'not known')."""

    column: str
    operator: str
    values: tuple[Any, ...]

    def sql(self) -> tuple[str, list]:
        """The condition with a place for each value, and the values."""
        column = f'"{self.column}"'
        known = [value for value in self.values if value is not None]
        tests = [f"{column} IS NULL"] if len(known) < len(self.values) else []
        if self.operator in ("=", "in"):
            if known:
                tests.append(f"{column} IN ({', '.join('?' * len(known))})")
            return f"({' OR '.join(tests)})", known
        if self.operator == "!=":
            # What is not known is neither the value nor another, so it is left out.
            return (f"({column} IS NOT NULL)", []) if not known else (f"({column} <> ?)", known)
        return f"({column} {self.operator} ?)", known


@dataclass(frozen=True)
class Request:
    """A checked question. `years` is None for the newest that each measure has; `cohort` None for each measure's own."""

    measures: tuple[str, ...]
    places: tuple[Place, ...] | None = None
    """None: every authority that is held."""
    years: tuple[int, ...] | None = None
    by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    cohort: str | None = None
    schools: str = "state"
    compare: tuple[str, ...] = ()
    source: str | None = None
    release: str | None = None

    def in_words(self) -> dict[str, str]:
        """What was asked for, for marks and logs; --where by its columns alone, since a value could be a child's."""
        asked = {
            "places": ", ".join(at.code for at in self.places) if self.places is not None else "all",
            "by": ", ".join(self.by),
            "where": ", ".join(dict.fromkeys(condition.column for condition in self.where)),
            "cohort": self.cohort or "",
            "schools": self.schools,
            "compare": ", ".join(self.compare),
        }
        return {name: words for name, words in asked.items() if words}


def parse(
    engine: Engine,
    names: Sequence[str],
    *,
    year: str | int | None = None,
    la: str = "all",
    by: str | Sequence[str] | None = None,
    where: str | None = None,
    cohort: str | None = None,
    schools: str = "state",
    compare: str | Sequence[str] | None = None,
    source: str | None = None,
    release: str | None = None,
) -> Request:
    """The request that the words of `figures` make; raises WrongUse, with the nearest names, at the first that does not exist."""
    known = places.of(engine)
    chosen = tuple(dict.fromkeys(measures.named(name).name for name in listed(names)))
    if not chosen:
        raise WrongUse("figures", "no measure is named.", "Name one: virtualschool measures")
    for what, given, choices in (
        ("Cohort", cohort, tuple(COHORTS)),
        ("Schools", schools, ("state", "all")),
        ("Source", source, ("pupils", "published")),
    ):
        if given is not None and given not in choices:
            raise unknown(what, given, choices)
    request = Request(
        measures=chosen,
        places=places_of(known, engine, la),
        years=years.span(str(year)) if year is not None else None,
        by=tuple(dict.fromkeys(column(name).name for name in listed(by))),
        where=tuple(as_held(engine, found) for found in conditions(where or "")),
        cohort=cohort,
        schools=schools,
        compare=comparators(known, engine, compare),
        source=source,
        release=release,
    )
    there = columns_there(engine)
    if lacking := [name for name in (*request.by, *(found.column for found in request.where)) if there and name not in there]:
        raise WrongUse(
            f"Column '{lacking[0]}'",
            "the store was built before this column was read.",
            "Build it again: virtualschool build STORE --add FILES",
        )
    if request.where and source == "published":
        raise WrongUse("--where", "figures that DfE printed cannot be filtered.", "Leave out --where, or ask with --source pupils.")
    if cohort in IN_NEED and source == "pupils" and not needs_held(engine):
        raise WrongUse(
            f"Cohort '{cohort}'",
            "the store holds no children in need census, so it is known from DfE's printed figures alone.",
            "Ask with --source published, or read the census: virtualschool build STORE --add FILES",
        )
    if release and release.casefold().split() not in (held := releases(engine)):
        raise unknown("Release", release, [" ".join(words).upper() for words in held if len(words) > 1])
    return request


@remembered
def columns_there(engine: Engine) -> frozenset[str]:
    """The columns of the store's facts: one that was built before a measure or column was written lacks it."""
    return frozenset(row["column_name"] for row in engine.rows("SELECT column_name FROM (DESCRIBE facts)"))


@remembered
def needs_held(engine: Engine) -> frozenset[tuple[str, int]]:
    """The authorities and years of which a children in need census is held."""
    if not {COHORTS[cohort] for cohort in IN_NEED} <= columns_there(engine):
        return frozenset()  # The store was built before these cohorts were read.
    rows = engine.rows("SELECT DISTINCT la, year FROM facts WHERE in_need OR protection_plan")
    return frozenset((row["la"], row["year"]) for row in rows)


@remembered
def releases(engine: Engine) -> list[list[str]]:
    """The releases of DfE's files that the store holds, as they may be named: `2024`, `ees 2024`."""
    rows = engine.rows("SELECT DISTINCT series, release FROM published WHERE release IS NOT NULL ORDER BY series, release")
    named = [words.casefold().split() for row in rows for words in (row["release"], f"{row['series']} {row['release']}")]
    return [list(words) for words in dict.fromkeys(map(tuple, named))]


def listed(text: str | Sequence[str] | None) -> list[str]:
    parts = text.split(",") if isinstance(text, str) else list(text or ())
    return [part.strip() for part in parts if part.strip()]


def column(name: str) -> tables.Column:
    """The column to filter or break down by; raises WrongUse with the nearest names."""
    if name.casefold() not in FILTERS:
        raise unknown("Column", name, FILTERS)
    return FILTERS[name.casefold()]


# --- Places ---


def places_of(known: Places, engine: Engine, text: str) -> tuple[Place, ...] | None:
    """The places that --la names: an authority, a region, `region` for all regions, `england`; None for `all`."""
    folded = text.strip().casefold()
    if folded == "all":
        return None
    if folded == "england":
        return (england(known),)
    if folded in ("region", "regions"):
        return tuple(Place("region", region.code, region.name) for region in known.whole_regions())
    if found := place(known, engine, text):
        return (found,)
    parts = [place(known, engine, part) for part in listed(text)]
    if len(parts) > 1 and all(parts):
        return tuple(dict.fromkeys(part for part in parts if part))
    raise no_place(known, engine, text)


def england(known: Places) -> Place:
    return Place("england", ENGLAND, known.regions[ENGLAND].name if ENGLAND in known.regions else "England")


def place(known: Places, engine: Engine, text: str) -> Place | None:
    """The authority or region of a code or name, or None."""
    if found := known.find_authority(text):
        return Place("la", found.la, found.name)
    if region := known.find_region(text):
        return england(known) if region.code == ENGLAND else Place("region", region.code, region.name)
    if text.strip() in held_codes(engine):
        return Place("la", text.strip(), known.name(text.strip()))
    return None


def no_place(known: Places, engine: Engine, text: str) -> WrongUse:
    names = {authority.name: authority.la for authority in known.authorities.values()}
    near = [f"{name} ({names[name]})" for name in nearest(text, names)] or nearest(text, [*names.values(), *held_codes(engine)])
    do = f"Did you mean {' or '.join(near)}?" if near else "Give a DfE code, a name, region, england or all."
    return WrongUse(f"Authority '{text}'", "there is none of that code or name.", do)


@remembered
def held_codes(engine: Engine) -> set[str]:
    """The codes of authorities of which the store holds a return."""
    return {row["la"] for row in engine.rows("SELECT DISTINCT la FROM header")} | {
        row["la"] for row in engine.rows("SELECT DISTINCT la FROM children")
    }


def comparators(known: Places, engine: Engine, text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The comparators that --compare names; an authority by its code."""
    found = []
    for name in listed(text):
        if name.casefold() in COMPARATORS:
            found.append(name.casefold())
        elif (at := place(known, engine, name)) and at.level == "la":
            found.append(at.code)
        else:
            near = nearest(name, [*COMPARATORS, *(authority.name for authority in known.authorities.values())])
            do = f"Did you mean {' or '.join(near)}?" if near else f"Known: {', '.join(COMPARATORS)}, and authorities by code or name."
            raise WrongUse(f"Comparator '{name}'", "there is none of that name.", do)
    return tuple(dict.fromkeys(found))


# --- Conditions: COL op VALUE and COL op VALUE … ---

_PART = re.compile(r"\s*(?P<column>\w+)\s*(?P<operator>!=|<=|>=|=|<|>|\bin\b)\s*(?P<value>.*?)\s*$", re.IGNORECASE | re.DOTALL)
_AND = re.compile(r"\s+and\s+(?=\w+\s*(?:!=|<=|>=|=|<|>|in\b))", re.IGNORECASE)


def conditions(text: str) -> tuple[Condition, ...]:
    """The conditions of --where, each checked against its column's type and values."""
    return tuple(condition(part) for part in _AND.split(text)) if text.strip() else ()


def condition(text: str) -> Condition:
    match = _PART.match(text)
    if not match or not match["value"]:
        raise WrongUse(
            f"Condition '{text.strip()}'", "it is not COLUMN OPERATOR VALUE.", f"Operators: {' '.join(OPERATORS)}. Join with 'and'."
        )
    named, operator = column(match["column"]), match["operator"].lower()
    if operator in ("<", "<=", ">", ">=") and named.type != "integer":
        raise WrongUse(f"Condition '{text.strip()}'", f"{named.name} is not a number.", "Use =, != or in.")
    inside = match["value"].removeprefix("(").removesuffix(")") if operator == "in" else match["value"]
    values = _LISTED.findall(inside) if operator == "in" else [inside]
    if not any(value.strip() for value in values):
        raise WrongUse(f"Condition '{text.strip()}'", "it lists no value.", f"Write: {named.name} in (one, other)")
    return Condition(named.name, operator, tuple(typed(named, unquoted(value)) for value in values if value.strip()))


_LISTED = re.compile(r"""\s*(?:"[^"]*"|'[^']*')\s*(?=,|$)|[^,]+""")
"""The values of a list: in quotes, and then with commas in them, or without."""


def unquoted(text: str) -> str:
    text = text.strip()
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


CODES = ("school", "school_la", "placement_la")
"""Columns of codes: one that the store does not hold is an empty group, and no slip of the pen."""


def as_held(engine: Engine, condition: Condition) -> Condition:
    """The condition with words spelt as the store holds them; raises WrongUse for a word that is none of the column's."""
    named = FILTERS[condition.column]
    if named.type != "text" or named.values or named.name in CODES or not any(condition.values):
        return condition
    # The name is one of FILTERS, so it may stand in a query.
    held = words_held(engine, named.name)
    for value in condition.values:
        if held and value is not None and value.casefold() not in held:
            raise unknown(f"Value of {named.name}", value, sorted(held.values()))
    return replace(condition, values=tuple(value and held.get(value.casefold(), value) for value in condition.values))


@remembered
def words_held(engine: Engine, name: str) -> dict[str, str]:
    """The words that a column of children or pupils holds, by how they read without capitals."""
    tables_with = ["facts", *(["pupil_facts"] if name in tables.pupils else [])]
    query = " UNION ".join(f'SELECT DISTINCT "{name}" AS word FROM {table}' for table in tables_with)
    return {row["word"].casefold(): row["word"] for row in engine.rows(query) if row["word"] is not None}


def typed(named: tables.Column, text: str) -> Any:
    """A value of --where as its column's type; None for 'not known'."""
    if text.casefold() == NOT_KNOWN and NOT_KNOWN not in named.values:
        return None
    if named.type == "integer":
        if not re.fullmatch(r"-?\d{1,9}", text):
            raise WrongUse(f"Value '{text}'", f"{named.name} is a whole number.", "Write it in digits.")
        return int(text)
    if named.type == "boolean":
        found = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False}.get(text.casefold())
        if found is None:
            raise WrongUse(f"Value '{text}'", f"{named.name} is yes or no.", "Write yes or no.")
        return found
    if named.values:
        folded = {value.casefold(): value for value in named.values}
        if text.casefold() not in folded:
            raise unknown(f"Value of {named.name}", text, named.values)
        return folded[text.casefold()]
    return text

"""The list of children: who is on it, narrowed, in order, and the words for what was asked."""

import functools
import hashlib
import operator
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from virtualschool import measures, tables
from virtualschool.benchmarks.request import COHORTS, FILTERS, NOT_KNOWN
from virtualschool.errors import WrongUse
from virtualschool.web import children, stores
from virtualschool.web.children import Child
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters import children_facts
from virtualschool.web.presenters.behind import tokens_behind
from virtualschool.web.presenters.children_facts import Fact
from virtualschool.web.templatetags.words import school_year

A_PAGE = 50
SHOWN = ("name", "age", "year_group", "school", "social_worker", "placement", "absence", "flags")
FIRST_FILTERS = ("year_group", "school", "social_worker", "flags", "sex", "sen", "placement", "out_of_authority")
"""The filters that stand open; the others are behind 'More filters'."""
FROM_THE_ROLL = ("social_worker", "flags", "placement", "home", "reviewing_officer")
NOT_AS_FILTERS = ("state_funded", "in_need", "protection_plan")
MOST_CHOICES = 60
WHO = {"now": "Looked after now", "record": "Everyone on record"}


@dataclass(frozen=True)
class Filter:
    """One filter of the form: a choice of values, or from and to where it is a number with many."""

    name: str
    words: str
    choices: list[tuple[str, str]] = field(default_factory=list)
    """What stands in the address, and its words."""
    value: str = ""
    low: str = ""
    high: str = ""

    @property
    def is_range(self) -> bool:
        return not self.choices

    @property
    def in_words(self) -> str:
        if self.is_range:
            return " ".join(filter(None, [f"from {self.low}" if self.low else "", f"to {self.high}" if self.high else ""]))
        return dict(self.choices).get(self.value, "")


@dataclass
class Listing:
    """The children asked for, in order, and how they were asked for."""

    children: list[Child]
    everyone: int
    who: str
    sort: str
    filters: list[Filter]
    search: str = ""
    behind: str = ""
    """The words for the figure whose children these are; empty where the list stands behind none."""
    counted: int = 0
    """How many children count in that figure."""
    problem: str = ""

    @property
    def first_filters(self) -> list[Filter]:
        return [one for one in self.filters if one.name in FIRST_FILTERS]

    @property
    def more_filters(self) -> list[Filter]:
        return [one for one in self.filters if one.name not in FIRST_FILTERS]

    @property
    def chosen(self) -> list[Filter]:
        return [one for one in self.filters if one.in_words]

    @property
    def hidden(self) -> int:
        """How many children of the figure are not on the list for this viewer."""
        return self.counted - len(self.children) if self.behind and not self.chosen and not self.search else 0


def listing(viewer: Viewer, query: QueryDict, search: str = "") -> Listing:
    """The list that an address asks for. A value that there is none of narrows nothing."""
    facts = children_facts.facts()
    seen = children.of(viewer)
    behind, tokens, problem = _behind(viewer, query)
    who = query.get("who", "")
    who = who if who in WHO else "record" if behind else "now"
    base = [child for child in seen if (child.token in tokens if behind else who == "record" or child.is_current)]
    # Of children behind a figure, columns of the store are as they were in the figure's year, and have narrowed it already.
    offered = [name for name in _offered(viewer) if not behind or name in FROM_THE_ROLL]
    filters = [one for name in offered if (one := _filter(viewer, base, facts[name], query)) is not None]
    narrowing = [one for one in filters if one.in_words]
    found = [child for child in base if all(_passes(viewer, child, facts[one.name], one) for one in narrowing)]
    if search:
        found = [child for child in found if is_called(child, search)]
    sort = query.get("sort", "name")
    sort = sort if sort.removeprefix("-") in shown(viewer) else "name"
    return Listing(
        in_order(viewer, found, facts[sort.removeprefix("-")], sort.startswith("-")),
        len(base),
        who,
        sort,
        filters,
        search,
        behind,
        len(tokens),
        problem,
    )


def shown(viewer: Viewer) -> list[str]:
    """The columns of the list for this viewer."""
    return [name for name in SHOWN if viewer.may_read("sessions_missed" if name == "absence" else name)]


def lines(viewer: Viewer, found: Iterable[Child]) -> list[dict[str, Any]]:
    """The rows of the table: the child, whether it can be opened, and the cells beside the name."""
    facts, columns = children_facts.facts(), [name for name in shown(viewer) if name != "name"]
    return [
        {
            "child": child,
            "opens": viewer.may("record") and (child.kinds is None or "record" in child.kinds),
            "cells": [(facts[name], facts[name].shown(children_facts.value(viewer, child, facts[name]))) for name in columns],
        }
        for child in found
    ]


def headings(viewer: Viewer, asked: Listing) -> list[dict[str, Any]]:
    """The headings, each with the sort that a press on it asks for."""
    facts = children_facts.facts()
    made = []
    for name in shown(viewer):
        order = "ascending" if asked.sort == name else "descending" if asked.sort == f"-{name}" else "none"
        made.append({"fact": facts[name], "order": order, "sort": f"-{name}" if order == "ascending" else name})
    return made


def in_order(viewer: Viewer, found: Iterable[Child], fact: Fact, backwards: bool) -> list[Child]:
    """Children by a column; those of one value by name, then token, whichever way it goes; those of no value last."""
    alike = sorted(found, key=lambda child: (child.name.casefold(), child.token))
    placed = [(children_facts.place_in_order(children_facts.value(viewer, child, fact)), child) for child in alike]
    known = sorted((one for one in placed if one[0] != (1,)), key=lambda one: one[0], reverse=backwards)
    return [child for place, child in [*known, *(one for one in placed if one[0] == (1,))]]


def is_called(child: Child, search: str) -> bool:
    """Whether every word of a search begins a word of one of the child's names, without regard to capitals and accents."""
    names = [child.name] if child.hides_name or child.entry is None else [child.entry.name, child.entry.preferred_name, child.name]
    words = {word for name in names for word in _folded(name).split()}
    return all(any(word.startswith(part) for word in words) for part in _folded(search).split())


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign if sign.isalnum() else "" if unicodedata.combining(sign) or sign in "'’" else " " for sign in plain)


def _offered(viewer: Viewer) -> list[str]:
    names = [*FIRST_FILTERS, *FROM_THE_ROLL, *(name for name in FILTERS if name not in NOT_AS_FILTERS)]
    return [name for name in dict.fromkeys(names) if viewer.may_read(name)]


def _filter(viewer: Viewer, base: list[Child], fact: Fact, query: Mapping[str, Any]) -> Filter | None:
    """The filter of a column with the values that these children have; None where they have fewer than two."""
    shared = any(child.kinds is not None for child in base)
    values = dict(_choices(viewer, base, fact) if shared else _remembered_choices(_Same(base), fact.name))
    if fact.number and len(values) > MOST_CHOICES // 3:
        low, high = (query.get(f"{fact.name}_{end}", "") for end in ("from", "to"))
        return Filter(fact.name, fact.words, low=low if low.isdigit() else "", high=high if high.isdigit() else "")
    chosen = query.get(fact.name, "")
    if len(values) < 2 and chosen not in values:
        return None
    return Filter(fact.name, fact.words, list(values.items()), chosen if chosen in values else "")


class _Same:
    """Children as a key to what is remembered of them: the very same ones."""

    def __init__(self, held: Sequence[Child]) -> None:
        self.held, self.mark = held, hash(tuple(map(id, held)))

    def __hash__(self) -> int:
        return self.mark

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and len(self.held) == len(other.held) and all(map(operator.is_, self.held, other.held))


@functools.lru_cache(maxsize=2048)
def _remembered_choices(base: _Same, name: str) -> tuple[tuple[str, str], ...]:
    """The choices among children of whom everything may be read that the role may read, whoever asks."""
    return tuple(_choices(None, base.held, children_facts.facts()[name]))


def _choices(viewer: Viewer | None, base: Sequence[Child], fact: Fact) -> list[tuple[str, str]]:
    """The values of a column, as they stand in an address and in words, in order."""
    distinct = {one for child in base for one in _values(viewer, child, fact)}
    values = {key(fact, one): NOT_KNOWN if one is None else fact.shown(one) for one in distinct}
    order = {key(fact, one): children_facts.place_in_order(fact.shown(one) if fact.name == "school" and one else one) for one in distinct}
    return sorted(values.items(), key=lambda one: (order[one[0]], one[1]))


def key(fact: Fact, value: Any) -> str:
    """What stands for a value in an address: codes and words of the store as they are, and nobody's name."""
    if value is None:
        return NOT_KNOWN
    if fact.name in ("social_worker", "reviewing_officer", "home", "flags"):
        return hashlib.sha256(str(value).encode()).hexdigest()[:10]
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _values(viewer: Viewer | None, child: Child, fact: Fact) -> list[Any]:
    """The values of a column that this viewer may read: several flags, one of anything else."""
    if child.kinds is not None and (viewer is None or not children_facts.may_read(viewer, child, fact.name)):
        return [None]
    if fact.name == "flags":
        return (child.entry.flags if child.entry is not None else None) or [None]
    return [fact.of(child)]


def _passes(viewer: Viewer, child: Child, fact: Fact, asked: Filter) -> bool:
    if asked.is_range:
        value = children_facts.value(viewer, child, fact)
        return value is not None and int(asked.low or 0) <= value <= int(asked.high or 1 << 30)
    return asked.value in {key(fact, one) for one in _values(viewer, child, fact)}


def _behind(viewer: Viewer, query: QueryDict) -> tuple[str, set[str], str]:
    """The words for the figure that the address names, the tokens behind it, and what is wrong with the address."""
    measure = query.get("measure", "")
    if not measure:
        return "", set(), ""
    if not viewer.may("exact_figures"):
        return "", set(), "The children behind a figure are shown only to who may see exact figures."
    part, year = query.get("part", "denominator"), query.get("year", "")
    try:
        found = measures.named(measure)
        if not year.isdigit() or len(year) != 4:
            raise WrongUse("Year", "this is not a year.", "Open the list from a figure.")
        asked = [(name, [one for one in query.getlist(name) if one]) for name in FILTERS if name in query]
        hidden = [name for name, _ in asked if not viewer.may_read(name)]
        if hidden:
            raise WrongUse("Filter", "it uses a column that you may not read.", "Open the list from a figure of your own.")
        where = " and ".join(f"{name} in ({', '.join(_quoted(one) for one in values)})" for name, values in asked if values)
        cohort, schools = query.get("cohort", ""), query.get("schools", "state")
        held = stores.snapshot()
        tokens = tokens_behind(held, viewer.la, found.name, int(year), cohort=cohort, schools=schools, where=where, part=part)
    except WrongUse as fault:
        return "", set(), f"{fault.where}: {fault.wrong} {fault.do}"
    whose = "children it is true of" if part == "numerator" else "children counted in it"
    in_cohort = f", cohort {cohort}" if cohort in COHORTS else ""
    narrowed = "".join(f", {words(name)} {' or '.join(values)}" for name, values in asked if values)
    return f"{found.title}, {school_year(int(year))}: {whose}{in_cohort}{narrowed}", tokens, ""


def words(name: str) -> str:
    column: tables.Column = FILTERS[name]
    return children_facts.words_of(column).lower() if column.name not in ("sen", "sdq_band") else column.name.upper()


def _quoted(text: str) -> str:
    return text if text.casefold() == NOT_KNOWN else f"'{text}'" if '"' in text else f'"{text}"'

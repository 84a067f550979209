"""The figures of every authority's report at once, as one release: each question is asked, and held against the ledger, once for all.

Measures of different children never give one another away, so their families are worked out side by side in processes of their own.
"""

import json
import pathlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

from virtualschool import measures
from virtualschool.places import ENGLAND
from virtualschool.publish.ledger import Seen
from virtualschool.publish.releases import Release, family
from virtualschool.reports.annual.facts import BESIDE_ALL, GROUPED, GROUPS, IN_NEED, PLACED, TRENDED, YEARS
from virtualschool.reports.asking import Asked
from virtualschool.store import Snapshot, Store

Row = dict[str, Any]


@dataclass
class Together:
    """Published rows of all authorities by kind of question, and what the ledger is to be told of them."""

    trend: list[Row] = field(default_factory=list)
    places: list[Row] = field(default_factory=list)
    groups: dict[str, list[Row]] = field(default_factory=dict)
    in_need: dict[str, list[Row]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def add(self, other: "Together") -> None:
        self.trend += other.trend
        self.places += other.places
        self.seen += other.seen
        for mine, more in ((self.groups, other.groups), (self.in_need, other.in_need)):
            for name, rows in more.items():
                mine.setdefault(name, []).extend(rows)

    def write(self, file: pathlib.Path) -> None:
        """Keeps the rows in a file, whole or not at all."""
        part = file.with_name(file.name + ".part")
        seen = [one.__dict__ for one in self.seen]
        told = {"trend": self.trend, "places": self.places, "groups": self.groups, "in_need": self.in_need, "seen": seen}
        part.write_text(json.dumps(told), encoding="utf-8")
        part.replace(file)

    @classmethod
    def read(cls, file: pathlib.Path) -> "Together":
        held = json.loads(file.read_text(encoding="utf-8"))
        seen = [
            Seen(
                **{
                    **one,
                    "question": tuple((column, operator, tuple(values)) for column, operator, values in one["question"]),
                    "numbers": None if one["numbers"] is None else tuple(one["numbers"]),
                }
            )
            for one in held.pop("seen")
        ]
        return cls(**held, seen=seen)

    def by_authority(self, las: Iterable[str]) -> dict[str, "Handed"]:
        """The rows of each authority, with those of the places that it stands beside left to be added."""
        found: dict[str, Handed] = {la: Handed() for la in las}
        for row in self.trend:
            if row["la"] in found:
                found[row["la"]].trended.append(row)
        for kind in ("groups", "in_need"):
            for name, rows in getattr(self, kind).items():
                for row in rows:
                    if row["la"] in found:
                        getattr(found[row["la"]], f"of_{kind}")[name].append(row)
        return found

    def by_place(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.places:
            found[row["la"]].append(row)
        return found


@dataclass
class Handed:
    """One authority's rows, as a report takes them (facts.Figures)."""

    trended: list[Row] = field(default_factory=list)
    placed: list[Row] = field(default_factory=list)
    of_groups: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    of_in_need: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def trend(self) -> list[Row]:
        return self.trended

    def places(self) -> list[Row]:
        return self.placed

    def groups(self, column: str) -> list[Row]:
        return self.of_groups[column]

    def in_need(self, cohort: str) -> list[Row]:
        return self.of_in_need[cohort]


def parts() -> list[tuple[str, ...]]:
    """The measures of a report by family, the families with groups first, since these take longest."""
    families: dict[tuple, list[str]] = {}
    for name in dict.fromkeys([*TRENDED, *PLACED, *GROUPED, *IN_NEED]):
        families.setdefault(family(measures.named(name)), []).append(name)
    return [tuple(names) for names in sorted(families.values(), key=lambda names: -len({*names} & {*GROUPED}))]


def ask_all(pool: Executor, snapshot: Snapshot, year: int, audience: str, who: str, done: Any = None) -> Together:
    """The rows of every authority, asked for family by family."""
    whole = Together()
    waiting = [pool.submit(ask_part, str(snapshot.store.path), snapshot.name, year, audience, who, names) for names in parts()]
    for number, part in enumerate(waiting, 1):
        whole.add(part.result())
        if done:
            done(number, len(waiting))
    return whole


def ask_part(store: str, name: str, year: int, audience: str, who: str, names: Sequence[str]) -> Together:
    """The rows of one family of measures."""
    snapshot = Snapshot(Store(store), name)
    engine = snapshot.engine(threads=1)
    first = str(
        engine.value(
            "SELECT min(la) FROM (SELECT la FROM children WHERE year = ? UNION SELECT la FROM published WHERE year = ?)", [year] * 2
        )
    )
    release = Release(snapshot, engine, release_name(year), "report", who) if audience == "public" else None
    asked = Asked(snapshot, first, year, audience, who, engine=engine, release=release)
    held = [row["year"] for row in engine.rows("SELECT DISTINCT year FROM children UNION SELECT DISTINCT year FROM published")]
    since = max(min(one for one in held if one is not None), year - YEARS + 1)
    found = Together()
    if trended := [one for one in TRENDED if one in names]:
        found.trend = asked.ask(trended, year=f"{since}-{year}", la="all", compare=BESIDE_ALL)
    if placed := [one for one in PLACED if one in names]:
        regions = [region.code for region in asked.known.whole_regions()]
        found.places = asked.ask(placed, year=str(year), la=",".join([ENGLAND, *regions, *authorities(asked, year)]))
    if grouped := [one for one in GROUPED if one in names]:
        found.groups = {column: asked.ask(grouped, year=str(year), la="all", by=column) for column in GROUPS}
    if in_need := [one for one in IN_NEED if one in names]:
        found.in_need = {
            cohort: asked.ask(in_need, year=str(year), la="all", cohort=cohort, compare="england") for cohort in ("cin", "cpp")
        }
    if release:
        found.seen = list(release.seen.values())
    return found


def authorities(asked: Asked, year: int) -> list[str]:
    """The authorities that have a return of the year, or DfE's printed figures."""
    rows = asked.engine.rows(
        "SELECT la FROM children WHERE year = ? UNION SELECT la FROM published WHERE year = ? ORDER BY la", [year, year]
    )
    return [row["la"] for row in rows if row["la"] and asked.known.find_authority(row["la"])]


def enter(snapshot: Snapshot, year: int, who: str, seen: Sequence[Seen]) -> None:
    """Enters the release in the ledger; one that is there already is not entered again."""
    release = Release(snapshot, snapshot.engine(threads=1), release_name(year), "report", who)
    release.seen = {one.key: one for one in seen}
    release.enter()


def release_name(year: int) -> str:
    return f"reports of all authorities {year}"


def handed(whole: Together, las: Mapping[str, Mapping[str, str]]) -> dict[str, Handed]:
    """Each authority's rows, with those of the places that `las` says it stands beside."""
    found, places = whole.by_authority(las), whole.by_place()
    for la, roles in las.items():
        found[la].placed = [row for place in roles for row in places.get(place, ())]
    return found

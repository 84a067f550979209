"""Asks for figures as one viewer may see them: their own authority's as the role allows, everybody else's as the public sees them.

Who may open the children behind a figure sees it exact, marked, and logged with their name. England, the region and other authorities
stand beside it as they are published, so that nothing of another authority's few children shows. Screens hide over the whole table of
the columns chosen; what is downloaded for the public is a release, and held against the ledger.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from virtualschool import measures, places
from virtualschool.benchmarks.estimate import Estimate
from virtualschool.benchmarks.request import as_held, conditions
from virtualschool.errors import WrongUse
from virtualschool.measures import Measure
from virtualschool.places import ENGLAND
from virtualschool.publish import doubt, effects, expected, internal, stand_in
from virtualschool.publish.passed import Asking, Line, Passed, passed
from virtualschool.publish.releases import Release
from virtualschool.publish.told import Told
from virtualschool.store import Engine, Snapshot, Store
from virtualschool.web import stores
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters.figures_choice import Choice

BESIDE = ("england", "region", "neighbours")
MOST_YEARS = 8
SCREENS_KEPT = 256


class Served(Snapshot):
    """A snapshot whose questions are answered by the lasting engine of this process."""

    def engine(self, **_: Any) -> Engine:
        return stores.engine(self)


@functools.lru_cache(maxsize=4)
def served(path: str, name: str) -> Served:
    return Served(Store(path), name)


class Screen(Asking):
    """The questions of a page: hidden as they must be, and not held against releases, of which a page is none."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.engine, self.release = snapshot.engine(), None


class Download(Asking):
    """The questions of a file for the public: one release, held against the ledger and entered in it."""

    def __init__(self, snapshot: Snapshot, name: str, who: str) -> None:
        self.engine = snapshot.engine()
        self.release = Release(snapshot, self.engine, name, "figures", who)


@dataclass(frozen=True)
class Row:
    """One figure of the place that a page is about, and what stands beside it. `group` has the value of each column of the breakdown."""

    line: Line
    group: tuple
    beside: Mapping[str, Estimate | None]
    values: Mapping[str, Any]
    """The row as it is printed, with `<name>_value`, `_low` and `_high` of each comparator."""

    @property
    def year(self) -> int:
        return self.line.cell.year


class Figures:
    """What one viewer asks with one choice. Public answers are shared by all who ask the same; exact ones are logged with the name."""

    def __init__(self, viewer: Viewer, choice: Choice, release_as: str = "") -> None:
        self.viewer, self.choice = viewer, choice
        held = stores.snapshot()
        self.snapshot = served(str(held.store.path), held.name)
        self.engine = self.snapshot.engine()
        self.known = places.of(self.engine)
        self.la = viewer.la or self._place(choice.la)
        self.audience = "public" if choice.public or not viewer.la else viewer.audience
        for condition in conditions(choice.where):
            as_held(self.engine, condition)
        if self.audience == "public" and (why := choice.why_not_public):
            raise WrongUse("This choice", why, "Take a filter away, or ask someone who may open these children's records.")
        self.releasing = Download(self.snapshot, release_as, viewer.email) if release_as and self.audience == "public" else None

    def _place(self, text: str) -> str:
        return self.known.authority(text).la if text and text != ENGLAND else ENGLAND

    @property
    def is_internal(self) -> bool:
        return self.audience == "internal"

    @property
    def la_name(self) -> str:
        return "England" if self.la == ENGLAND else self.known.name(self.la)

    @property
    def source(self) -> str:
        return f"snapshot {self.snapshot.name}"

    @property
    def year(self) -> int:
        """The year that was chosen, or the newest that the store has the first measure for."""
        if self.choice.year is not None:
            return self.choice.year
        return newest(self.snapshot, self.choice.measure or "attainment_8", self.choice.cohort, self.la)

    @property
    def why_none_beside(self) -> str:
        """Why nothing can stand beside the figures of this choice; empty where it can."""
        return self.choice.why_not_public

    # --- Questions ---

    def own(self, names: Sequence[str], year: str, by: Sequence[str] = ()) -> Passed:
        """The place's own figures, for the viewer's audience."""
        if self.audience == "public":
            return self.public(names, self.la, year, by)
        asked = {"la": self.la, "year": year, "by": list(by), "where": self.choice.where or None, **self.choice.asked()}
        return passed(self.snapshot, names, "internal", asking=Screen(self.snapshot), who=self.viewer.email, **asked)

    def public(self, names: Sequence[str], la: str, year: str, by: Sequence[str] = (), compare: Sequence[str] = ()) -> Passed:
        """Figures as everybody may see them. Filters are columns of the table too: what is hidden is hidden over all of it."""
        columns = (*self.choice.filters, *by)
        cohort, schools = self.choice.cohort or None, self.choice.schools
        key = (tuple(names), la, year, columns, tuple(compare), cohort, schools)
        if self.releasing:
            return ask_public(self.snapshot, self.releasing, *key)
        return on_screen(str(self.snapshot.store.path), self.snapshot.name, *key)

    def rows(self, names: Sequence[str], year: str, by: Sequence[str] = ()) -> list[Row]:
        """The place's figures with England, its region and its neighbours beside them, as far as they may stand there."""
        own = self.of_choice(self.own(names, year, by), by)
        found: dict[tuple, Line] = {}
        if not self.why_none_beside:
            beside = self.of_choice(self.public(names, self.la, year, by, compare_to(self.la)), by)
            found = {key_of(line, group): line for line, group in beside}
        return [self._row(line, group, found.get(key_of(line, group))) for line, group in own]

    def of_choice(self, found: Passed, by: Sequence[str]) -> list[tuple[Line, tuple]]:
        """The lines of the values that were filtered by, each with its group."""
        columns = found.published.by
        filters = {name: self.choice.filters[name][0] for name in columns if name in self.choice.filters and name not in by}
        lines = []
        for line in found.lines:
            if all(matches(line.row[name], value) for name, value in filters.items()):
                lines.append((line, tuple(line.row[name] for name in by)))
        return lines

    def _row(self, line: Line, group: tuple, other: Line | None) -> Row:
        values = dict(line.row)
        beside: dict[str, Estimate | None] = {}
        for name in BESIDE:
            known = other.beside.get(name) if other else None
            beside[name] = known
            values[f"{name}_value"] = other.row.get(f"{name}_value") if other else None
            values[f"{name}_source"] = other.row.get(f"{name}_source") if other else f"none: {self.why_none_beside}"
            values[f"{name}_low"], values[f"{name}_high"] = (known.low, known.high) if known else (None, None)
            values.pop(f"{name}_difference", None)
        return Row(line, group, beside, values)

    def neighbours(self, year: int) -> list[str]:
        return near(self.known, self.la, year) if self.la != ENGLAND else []

    # --- Statistics ---

    def funnel(self, name: str, ranks: bool = False) -> Told:
        """All authorities, as everybody may see them, without filters."""
        choice = self.choice
        key = (name, choice.year, choice.together, choice.cohort or None)
        if self.releasing:
            return ask_authorities(self.snapshot, self.releasing, *key, ranks)
        return authorities_on_screen(str(self.snapshot.store.path), self.snapshot.name, *key, ranks)

    def gaps(self, name: str, years: str, others: Sequence[str]) -> Told:
        choice = self.choice
        asking = self.releasing or Screen(self.snapshot)
        asked: dict[str, Any] = {"by": None, **choice.asked()}
        if self.is_internal:
            asked["where"] = choice.where or None
        elif choice.filters:
            asked["by"] = list(choice.filters)
        told = doubt.gap_rows(
            self.snapshot,
            [name],
            la=self.la,
            year=years,
            others=others,
            audience=self.audience,
            who=self.viewer.email,
            asking=asking,
            **asked,
        )
        if asked["by"]:
            kept = [row for row in told.rows if all(matches(row[column], values[0]) for column, values in choice.filters.items())]
            told = Told(kept, told.marks, told.notes, told.about)
        return told

    def factors(self, name: str, adjusted: str) -> Told:
        """The effects of a model, which everybody sees alike."""
        return factors_on_screen(str(self.snapshot.store.path), self.snapshot.name, name, adjusted)

    def expected(self, name: str, adjusted: str) -> Told:
        """Observed against expected. What is exact is logged whenever it is asked for, kept or not."""
        path, held = str(self.snapshot.store.path), self.snapshot.name
        if self.releasing:
            return ask_expected(self.snapshot, self.releasing, name, self.la, adjusted, "public", "")
        told = expected_on_screen(path, held, name, self.la, adjusted, self.audience, self.viewer.email if self.is_internal else "")
        if not self.is_internal:
            return told
        said = {"who": self.viewer.email, "command": "expected", "measures": [name], "la": self.la, "years": "all"}
        internal.note_down(self.snapshot.store.path / "records" / "internal.log", said)
        return replace(told, marks=[internal.mark(self.viewer.email)])

    def stand_in(self, name: str) -> Told:
        return stand_in_on_screen(str(self.snapshot.store.path), self.snapshot.name, name, "england" if self.la == ENGLAND else self.la)

    def enter(self) -> None:
        """Enters what was downloaded in the ledger of releases."""
        if self.releasing:
            self.releasing.enter()


def compare_to(la: str) -> tuple[str, ...]:
    return () if la == ENGLAND else BESIDE


def near(known: places.Places, la: str, year: int) -> list[str]:
    """The authorities that answered for a place's statistical neighbours in a year, nearest first."""
    found = (known.in_force(at, year) for at in known.neighbours(la, year))
    return list(dict.fromkeys(code for code in found if code and code != la))


def key_of(line: Line, group: tuple) -> tuple:
    return line.cell.measure.name, line.cell.year, line.cell.place.code, group


def matches(held: Any, chosen: str) -> bool:
    """Whether a printed value of a column is the one that was chosen."""
    return (str(held) if held is not None else "not known").casefold() == chosen.strip().casefold()


# --- Answers that everybody shares ---


@functools.lru_cache(maxsize=SCREENS_KEPT)
def on_screen(path: str, snapshot: str, *asked: Any) -> Passed:
    held = served(path, snapshot)
    return ask_public(held, Screen(held), *asked)


def ask_public(snapshot: Snapshot, asking: Asking, names, la, year, by, compare, cohort, schools) -> Passed:
    asked = {"la": la, "year": year, "by": list(by), "compare": list(compare), "cohort": cohort, "schools": schools}
    return passed(snapshot, names, "public", asking=asking, **asked)


@functools.lru_cache(maxsize=SCREENS_KEPT)
def authorities_on_screen(path: str, snapshot: str, *asked: Any) -> Told:
    held = served(path, snapshot)
    return ask_authorities(held, Screen(held), *asked)


def ask_authorities(snapshot: Snapshot, asking: Asking, name, year, together, cohort, ranks) -> Told:
    told = doubt.ranks_told if ranks else doubt.funnel_told
    return told(snapshot, name, year=year, together=together, audience="public", asking=asking, cohort=cohort)


@functools.lru_cache(maxsize=SCREENS_KEPT)
def expected_on_screen(path: str, snapshot: str, *asked: Any) -> Told:
    held = served(path, snapshot)
    return ask_expected(held, Screen(held), *asked)


def ask_expected(snapshot: Snapshot, asking: Asking, name, la, adjusted, audience, who) -> Told:
    at = "england" if la == ENGLAND else la
    return expected.expected_told(snapshot, name, la=at, adjusted=adjusted, audience=audience, who=who, asking=asking)


@functools.lru_cache(maxsize=SCREENS_KEPT)
def factors_on_screen(path: str, snapshot: str, name: str, adjusted: str) -> Told:
    return effects.factors_told(served(path, snapshot), name, adjusted, None, "public")


@functools.lru_cache(maxsize=SCREENS_KEPT)
def stand_in_on_screen(path: str, snapshot: str, name: str, la: str) -> Told:
    return stand_in.stand_in_told(served(path, snapshot), name, la=la)


@functools.lru_cache(maxsize=SCREENS_KEPT)
def _newest(path: str, snapshot: str, name: str, cohort: str, la: str) -> int:
    from virtualschool import benchmarks
    from virtualschool.benchmarks.holdings import Holdings

    engine = served(path, snapshot).engine()
    request = benchmarks.parse(engine, [name], la=la, cohort=cohort or None)
    return Holdings(engine, request).years[name][-1]


def newest(snapshot: Snapshot, name: str, cohort: str, la: str) -> int:
    """The newest year that the store has a measure for."""
    return _newest(str(snapshot.store.path), snapshot.name, name, cohort, la)


@functools.lru_cache(maxsize=4)
def _years(path: str, snapshot: str) -> tuple[int, ...]:
    rows = served(path, snapshot).engine().rows("SELECT DISTINCT year FROM facts UNION SELECT DISTINCT year FROM published")
    return tuple(sorted(row["year"] for row in rows if row["year"] is not None))


def years_held(snapshot: Snapshot) -> tuple[int, ...]:
    """Every year of which the store holds something."""
    return _years(str(snapshot.store.path), snapshot.name)


def span(figures: Figures) -> str:
    """The years of a trend: from the first chosen, or eight years back, as far as anything is held."""
    last = figures.year
    first = figures.choice.since or max(last - MOST_YEARS + 1, min(years_held(figures.snapshot), default=last))
    return f"{min(first, last)}-{last}"


def measure_of(figures: Figures) -> Measure:
    return measures.named(figures.choice.measure)

"""What a report asks for: published figures of one authority and year, and the snapshot's account of itself.

Everything about groups of children comes through `publish`. The report asks for each kind of figure once for all its
measures, so that a report is a handful of questions.
"""

import datetime
import getpass
import math
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from virtualschool import benchmarks, measures, places, publish
from virtualschool.errors import WrongUse
from virtualschool.places import ENGLAND
from virtualschool.publish.releases import Release
from virtualschool.store import Engine, Snapshot
from virtualschool.years import runs

BESIDE = "england,region,neighbours"


class Asked:
    """One authority, year and audience, and the questions a report has about them. `release` is one of several reports together.

    Raises WrongUse when the store has no such authority or nothing about the year.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        la: str,
        year: int,
        audience: str,
        who: str = "",
        *,
        engine: Engine | None = None,
        release: Release | None = None,
    ) -> None:
        self.snapshot, self.year, self.audience = snapshot, year, audience
        self.manifest, self.engine = snapshot.manifest, engine or snapshot.engine()
        self.who, self.when = who or getpass.getuser(), datetime.datetime.now(datetime.UTC)
        self.release = release or (
            Release(snapshot, self.engine, f"report {la} {year}", "report", self.who) if audience == "public" else None
        )
        self.marks: dict[str, None] = {}
        """What the door said of everything that passed it, in order: whose rules hid what, whose figures stand in it."""
        self.measures: dict[str, Any] = dict(measures.ALL)
        self.known = places.of(self.engine)
        authority = self.known.authority(la)
        self.la, self.la_name = authority.la, authority.name
        held = self.years_held
        if year not in held:
            raise WrongUse(
                f"Report of {self.la_name}", f"the store holds nothing about {year}.", f"Years it holds: {runs(held) or 'none'}."
            )

    @cached_property
    def years_held(self) -> tuple[int, ...]:
        rows = self.engine.rows(
            "SELECT year FROM children WHERE la = ? UNION SELECT year FROM published WHERE la = ? ORDER BY year", [self.la, self.la]
        )
        return tuple(row["year"] for row in rows if row["year"] is not None)

    @property
    def invented(self) -> bool:
        """Whether this is a made-up authority; DfE's codes are three digits."""
        return not self.la.isdigit()

    @cached_property
    def mark(self) -> str:
        if self.audience == "internal":
            return f"Marked internal, not for release. Made by {self.who}, {self.when:%-d %B %Y, %H:%M} UTC"
        return "Public: small numbers are hidden"

    @property
    def source(self) -> str:
        return f"snapshot {self.snapshot.name}"

    @cached_property
    def neighbours(self) -> list[str]:
        """The statistical neighbours by the model in force for the year, nearest first."""
        return self.known.neighbours(self.la, self.year)

    def ask(self, names: Sequence[str], **more: Any) -> list[dict]:
        """Published rows, in the shape of the `figures` command."""
        request = benchmarks.parse(self.engine, list(names), **more)
        rows = benchmarks.figures(self.engine, self.manifest, request)
        log = self.snapshot.store.path / "records" / "internal.log"
        beside = self.release.of(request) if self.release else None
        published = publish.publish(rows, self.audience, who=self.who, when=self.when, log=log, beside=beside)
        self.marks.update(dict.fromkeys(published.marks_in_words()))
        return published.rows

    def trend(self, names: Sequence[str], most: int) -> dict[str, list[dict]]:
        """For each measure a row a year, oldest first, up to the report's year; that one with the limits of its comparators."""
        first = max(min(self.years_held), self.year - most + 1)
        rows = self._by_measure(names, self.ask(names, year=f"{first}-{self.year}", la=self.la, compare=BESIDE))
        return {name: [self._with_limits(row) if row["year"] == self.year else row for row in found] for name, found in rows.items()}

    @cached_property
    def roles(self) -> dict[str, str]:
        """The authority, England, its region and its neighbours by code, each with what it is beside the authority."""
        region = self.known.region_of(self.la)
        roles = {self.la: "own", ENGLAND: "england", **({region: "region"} if region else {})}
        return roles | {la: "neighbours" for la in self.neighbours if la not in roles}

    @cached_property
    def places(self) -> dict[str, list[dict]]:
        """For each measure the authority, England, the region and the neighbours, each with its own interval and `role`."""
        roles = self.roles
        names, order = list(self.measures), list(roles)
        rows = self.ask(names, year=str(self.year), la=",".join(roles))
        marked = [{**row, "role": roles[row["la"]]} for row in rows if row["la"] in roles]
        return self._by_measure(names, sorted(marked, key=lambda row: order.index(row["la"])))

    def groups(self, names: Sequence[str], column: str) -> dict[str, list[dict]]:
        """For each measure a row for each value of a column."""
        return self._by_measure(names, self.ask(names, year=str(self.year), la=self.la, by=column))

    def all_measures(self) -> list[dict]:
        """A row for every measure of the year, in the order of the definitions, with the limits of its comparators."""
        names = list(self.measures)
        rows = self._by_measure(names, self.ask(names, year=str(self.year), la=self.la, compare=BESIDE))
        return [self._with_limits(row) for name in names for row in rows[name]]

    def _with_limits(self, row: dict) -> dict:
        """The row with `<name>_low` and `<name>_high` of each comparator, null where they are not known."""
        limits: dict[str, Any] = {}
        for name in BESIDE.split(","):
            others = [place for place in self.places[row["measure"]] if place["role"] == name and place["value"] is not None]
            low, high = limits_of_mean(others)
            limits |= {f"{name}_low": low, f"{name}_high": high}
        return {**row, **limits}

    @staticmethod
    def _by_measure(names: Sequence[str], rows: Sequence[dict]) -> dict[str, list[dict]]:
        return {name: [row for row in rows if row["measure"] == name] for name in names}


def limits_of_mean(rows: Sequence[dict]) -> tuple[float | None, float | None]:
    """The limits of a simple mean of figures that do not depend on one another, from the limits of each; null if one has none.

    Distances from the figure to its limits add up as squares. For one figure these are its own limits.
    """
    if not rows or any(row["low"] is None or row["high"] is None for row in rows):
        return None, None
    middle = sum(row["value"] for row in rows) / len(rows)
    below = math.hypot(*(row["value"] - row["low"] for row in rows)) / len(rows)
    above = math.hypot(*(row["high"] - row["value"] for row in rows)) / len(rows)
    return middle - below, middle + above

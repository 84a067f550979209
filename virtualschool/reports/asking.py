"""What a report asks for: published figures of one authority and year, and the snapshot's account of itself.

Everything about groups of children comes through `publish`. The report asks for each kind of figure once for all its
measures, so that a report is a handful of questions.
"""

import datetime
import getpass
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from virtualschool import benchmarks, measures, publish
from virtualschool.errors import WrongUse, unknown
from virtualschool.store import Snapshot
from virtualschool.years import runs

BESIDE = "england,region,neighbours"


class Asked:
    """One authority, year and audience, and the questions a report has about them.

    Raises WrongUse when the store has no such authority or nothing about the year.
    """

    def __init__(self, snapshot: Snapshot, la: str, year: int, audience: str, who: str = "") -> None:
        self.snapshot, self.year, self.audience = snapshot, year, audience
        self.manifest, self.engine = snapshot.manifest, snapshot.engine()
        self.who = who or getpass.getuser()
        self.measures: dict[str, Any] = dict(measures.ALL)
        self.la, self.la_name = self._authority(la)
        held = self.years_held
        if year not in held:
            raise WrongUse(
                f"Report of {self.la_name}", f"the store holds nothing about {year}.", f"Years it holds: {runs(held) or 'none'}."
            )

    def _authority(self, wanted: str) -> tuple[str, str]:
        rows = self.engine.rows("SELECT DISTINCT la, name FROM authorities WHERE la IS NOT NULL ORDER BY la")
        names = {row["la"]: row["name"] for row in rows}
        for row in self.engine.rows("SELECT DISTINCT la FROM header WHERE la IS NOT NULL ORDER BY la"):
            names.setdefault(row["la"], row["la"])
        for la, name in names.items():
            if wanted.casefold() in (la.casefold(), name.casefold()):
                return la, name
        raise unknown("Authority", wanted, [*names, *names.values()])

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
            return f"Internal, not for release. Made for {self.who}, {datetime.datetime.now():%-d %B %Y, %H:%M}."
        return "Public: small numbers are hidden"

    @property
    def source(self) -> str:
        return f"snapshot {self.snapshot.name}"

    @cached_property
    def neighbours(self) -> tuple[str, ...]:
        """The ten statistical neighbours by the model in force for the year, nearest first."""
        rows = self.engine.rows(
            "SELECT neighbour FROM neighbours WHERE la = ? AND coalesce(first_year, 0) <= ? AND coalesce(last_year, 9999) >= ? "
            "ORDER BY rank, neighbour",
            [self.la, self.year, self.year],
        )
        return tuple(dict.fromkeys(row["neighbour"] for row in rows))

    def ask(self, names: Sequence[str], **more: Any) -> list[dict]:
        """Published rows, in the shape of the `figures` command."""
        request = benchmarks.parse(self.engine, list(names), **more)
        rows = benchmarks.figures(self.engine, self.manifest, request)
        log = self.snapshot.store.path / "records" / "internal.log"
        return list(publish.publish(rows, self.audience, log=log).rows)

    def trend(self, names: Sequence[str], most: int) -> dict[str, list[dict]]:
        """For each measure a row a year, oldest first, up to the report's year."""
        first = max(min(self.years_held), self.year - most + 1)
        return self._by_measure(names, self.ask(names, year=f"{first}-{self.year}", la=self.la, compare=BESIDE))

    def places(self, names: Sequence[str]) -> dict[str, list[dict]]:
        """For each measure the authority, England, the region and the neighbours, each with its own interval and `role`."""
        order = [("own", self.la), *(("neighbours", la) for la in self.neighbours)]
        everyone = self.ask(names, year=str(self.year), la="all")
        england = self.ask(names, year=str(self.year), la="england")
        region = self.ask(names, year=str(self.year), la=self.la, compare="region")
        found: dict[str, list[dict]] = {}
        for name in names:
            mine = {row["la"]: row for row in everyone if row["measure"] == name}
            rows = [{**mine[la], "role": role} for role, la in order if la in mine]
            rows[1:1] = [{**row, "role": "england"} for row in england if row["measure"] == name]
            found[name] = rows
        del region
        return found

    def groups(self, names: Sequence[str], column: str) -> dict[str, list[dict]]:
        """For each measure a row for each value of a column."""
        return self._by_measure(names, self.ask(names, year=str(self.year), la=self.la, by=column))

    def all_measures(self) -> list[dict]:
        """A row for every measure of the year, in the order of the definitions."""
        names = list(self.measures)
        rows = self._by_measure(names, self.ask(names, year=str(self.year), la=self.la, compare=BESIDE))
        return [row for name in names for row in rows[name]]

    @staticmethod
    def _by_measure(names: Sequence[str], rows: Sequence[dict]) -> dict[str, list[dict]]:
        return {name: [row for row in rows if row["measure"] == name] for name in names}

"""Gaps, funnels and ranks as they may leave.

Each is worked out from the figures that passed the door (`passed`). A figure that is hidden takes no part, has no rank and no verdict,
and is only counted among the hidden.
"""

import math
from collections.abc import Sequence
from typing import Any

from virtualschool import measures, years
from virtualschool.benchmarks import change, estimate, funnel, gaps, ranks
from virtualschool.benchmarks.estimate import Estimate
from virtualschool.errors import WrongUse
from virtualschool.outcomes.national import invented
from virtualschool.publish.passed import Asking, Line, Passed, passed
from virtualschool.publish.spread import Spreads, with_limits
from virtualschool.publish.told import Told, of_difference, of_estimate, printed
from virtualschool.store import Snapshot

SHOWN_ARE_A_SAMPLE = (
    "Percentages that few children reach are hidden, so the authorities shown are not like those hidden. The centre is England's own "
    "figure."
)

# --- Gaps ---


def gap_rows(
    snapshot: Snapshot,
    names: Sequence[str],
    *,
    la: str,
    year: str | None,
    others: Sequence[str],
    by: str | Sequence[str] | None,
    audience: str,
    asking: Asking | None = None,
    **asked,
) -> Told:
    """A row for each measure, place, group, other population and year, and with each the answer for the whole series."""
    if strange := [name for name in others if name not in gaps.POPULATIONS]:
        raise WrongUse(f"Gap to '{strange[0]}'", "there is no such population.", f"Known: {', '.join(gaps.POPULATIONS)}.")
    asking = asking or Asking(snapshot, audience)
    found = passed(snapshot, names, audience, asking=asking, la=la, year=year, by=by, compare=list(others), **asked)
    found, said = with_limits(found, asking.engine)
    rows: list[dict[str, Any]] = []
    notes = dict.fromkeys(said)
    series: dict[tuple, list[Line]] = {}
    for line in found.lines:
        series.setdefault((line.cell.measure.name, line.cell.place, line.cell.group), []).append(line)
    for (name, _, _), lines in series.items():
        measure = measures.named(name)
        for other in others:
            told = gaps.gaps(measure, [gaps.gap(line.cell.year, line.own, line.beside.get(other)) for line in lines])
            rows += [gap_row(found, line, told, other) for line in lines]
            shown = [one.year for one in told.years if one.difference]
            notes |= dict.fromkeys(f"{measure.title}: {words}" for words in change.breaks(measure, shown))
    return Told(rows, found.published.marks_in_words(), list(notes))


def gap_row(found: Passed, line: Line, told: gaps.Gaps, other: str) -> dict[str, Any]:
    measure, year = line.cell.measure, line.cell.year
    one = next(one for one in told.years if one.year == year)
    by = {name: line.row[name] for name in found.published.by}
    used = told.change.years
    return {
        **{name: line.row[name] for name in ("measure", "year", "la", "la_name")},
        **by,
        "pupils": line.row["pupils"],
        **of_estimate(one.own, measure),
        "symbol": line.row["symbol"],
        "source": line.row["source"],
        "other": other,
        "other_value": printed(one.other.value if one.other else None, measure.decimals),
        "other_source": line.row[f"{other}_source"],
        **of_difference(one.difference, measure, "gap"),
        "used": year in used,
        "since": used[0] if len(used) > 1 else None,
        "until": used[-1] if len(used) > 1 else None,
        "change": printed(told.change.value, measure.decimals),
        "change_low": printed(told.change.low, measure.decimals),
        "change_high": printed(told.change.high, measure.decimals),
        "narrowing": told.narrowing,
        "why": told.why,
    }


# --- Authorities beside one another ---


class Authorities:
    """The authorities' figures of one measure that passed the door, England's, and what is known of one pupil's spread.

    With `together` the figures are of so many years put together, of those that are shown and may be set beside one another.
    """

    def __init__(
        self, snapshot: Snapshot, name: str, *, year: int | None, together: int, audience: str, release_as: str = "", **asked
    ) -> None:
        self.measure = measures.named(name)
        asking = Asking(snapshot, audience, release_as, "funnel")
        self.engine = asking.engine
        asked = {"asking": asking, **asked}
        newest = passed(snapshot, [name], audience, la="all", year=year, compare="england", **asked)
        if year is None and not any(line.own for line in newest.lines):
            # The newest year may be one in which nothing can be worked out or shown; then it is the newest with a figure.
            newest = self.newest_shown(snapshot, audience, asked) or newest
        self.year = newest.lines[0].cell.year if newest.lines else year or self.measure.first_year
        first = max(self.year - together + 1, self.measure.first_year)
        found = (
            newest
            if together == 1
            else passed(snapshot, [name], audience, la="all", year=f"{first}-{self.year}", compare="england", **asked)
        )
        now = change.standard(self.measure, self.year)
        self.lines = [line for line in found.lines if change.standard(self.measure, line.cell.year) == now]
        self.published, self.snapshot, self.audience, self.asked = found.published, snapshot, audience, asked
        self.years = sorted({line.cell.year for line in self.lines if line.own})
        self.by_place: dict[str, list[Estimate]] = {}
        by_place = self.by_place
        for line in sorted(self.lines, key=lambda line: line.cell.year):
            if line.own:
                by_place.setdefault(line.cell.place.code, []).append(line.own)
        self.shown = list(filter(None, (self.put_together(each) for each in by_place.values())))
        self.hidden = {line.cell.place.code for line in self.lines if line.is_hidden} - set(by_place)
        national = {line.cell.year: line.beside["england"] for line in self.lines if line.beside["england"]}
        self.england = self.put_together([one for _, one in sorted(national.items()) if one])
        asking.enter()

    def newest_shown(self, snapshot: Snapshot, audience: str, asked: dict[str, Any]) -> Passed | None:
        query = "SELECT max(year) FROM (SELECT year FROM facts UNION SELECT year FROM published)"
        newest = self.engine.value(query) or self.measure.first_year
        # A look: of a release only what is in it is entered.
        look = {**asked, "asking": None}
        found = passed(snapshot, [self.measure.name], audience, la="all", year=f"{self.measure.first_year}-{newest}", **look)
        shown = max((line.cell.year for line in found.lines if line.own), default=None)
        if shown is None:
            return None
        return passed(snapshot, [self.measure.name], audience, la="all", year=shown, compare="england", **asked)

    @staticmethod
    def put_together(found: Sequence[Estimate]) -> Estimate | None:
        return (found[0] if len(found) == 1 else estimate.pooled(found)) if found else None

    def years_of(self, one: Estimate) -> str:
        """The years that an authority's figure is of, those of hidden ones left out."""
        return years.runs(each.year for each in self.by_place[one.place.code])

    def why_not(self) -> str:
        """Why nothing can be said; empty if it can."""
        if why := self.measure.why_not(self.year):
            return why
        if self.england is None:
            return f"The store holds no figure of England for {self.year}, and the mean of the authorities shown would mislead."
        return "" if self.shown else f"No authority has a figure for {self.year} that may be shown."

    def funnel(self) -> funnel.Funnel | None:
        assert self.england is not None
        made = funnel.funnel(self.shown, self.england, hidden=len(self.hidden))
        if made is None and (sigma := Spreads(self.engine, [self.measure]).sigma(self.measure)):
            made = funnel.funnel(self.shown, self.england, sigma, "how far authorities' figures move from year to year")
        return made

    def about(self) -> dict[str, Any]:
        return {
            "measure": self.measure.name,
            "title": self.measure.title,
            "unit": self.measure.unit,
            "years": self.years or [self.year],
            "centre": printed(self.england.value if self.england else None, self.measure.decimals),
            "centre_source": self.england.source if self.england else None,
            "shown": len(self.shown),
            "hidden": len(self.hidden),
            "invented": invented(self.engine),
        }

    def notes(self) -> list[str]:
        said = []
        if self.hidden and self.audience == "public":
            said.append(f"{len(self.hidden)} authorities are hidden and take no part. {SHOWN_ARE_A_SAMPLE}")
        elif any(one.source != "pupils" for one in self.shown):
            said.append(SHOWN_ARE_A_SAMPLE)
        if len(self.years) > 1 and not self.measure.counts_once:
            said.append("The same children come again in these years, so the doubt is that of one year's number of children.")
        return said


NO_SPREAD = (
    "How far one pupil's value lies from another's is not known, so there are no limits: the store has neither pupils nor enough years."
)


def funnel_told(snapshot: Snapshot, name: str, *, year: int | None = None, together: int = 1, audience: str = "public", **asked) -> Told:
    """A row for each authority shown, with its limits and where it stands; `about` has the lines of the plot.

    With `release_as` its figures are entered in the ledger under that name.
    """
    found = Authorities(snapshot, name, year=year, together=together, audience=audience, **asked)
    marks, about, notes = found.published.marks_in_words(), found.about(), found.notes()
    made = None if (why := found.why_not()) else found.funnel()
    if made is None:
        return Told([], marks, [why or NO_SPREAD, *notes], {**about, "lines": []})
    rows = [spot_row(found, made, spot) for spot in made.spots]
    counted = len(rows)
    beyond = sum(spot.stands_by_chance != "within" for spot in made.spots)
    about |= {
        "spread": printed(made.spread, found.measure.decimals + 1),
        "spread_from": made.spread_from,
        "phi": printed(made.dispersion.phi, 2),
        "tau": printed(made.dispersion.tau, found.measure.decimals + 1),
        "beyond_95_by_chance": beyond,
        "expected_beyond_95": printed(0.05 * counted, 1),
        "beyond_95": sum(spot.stands != "within" for spot in made.spots),
        "lines": [line_row(made, pupils) for pupils in made.sizes()],
    }
    notes = [made.dispersion.in_words, *notes]
    return Told(rows, marks, notes, about)


def spot_row(found: Authorities, made: funnel.Funnel, spot: funnel.Spot) -> dict[str, Any]:
    one, decimals = spot.estimate, made.measure.decimals
    too_few = not one.is_enough
    return {
        "la": one.place.code,
        "la_name": one.place.name,
        "years": found.years_of(one),
        "pupils": one.pupils,
        "value": printed(one.value, decimals),
        **{name: printed(getattr(spot.chance, name), decimals) for name in LIMITS},
        **{f"wide_{name}": printed(getattr(spot.wide, name), decimals) for name in LIMITS},
        "by_chance": "too few children" if too_few else spot.stands_by_chance,
        "stands": "too few children" if too_few else spot.stands,
        "more_up": None if too_few else spot.more_up,
        "more_down": None if too_few else spot.more_down,
    }


LIMITS = ("low95", "high95", "low998", "high998")


def line_row(made: funnel.Funnel, pupils: int) -> dict[str, Any]:
    chance, wide, decimals = made.limits(pupils), made.limits(pupils, wide=True), made.measure.decimals + 1
    return {
        "pupils": pupils,
        **{name: printed(getattr(chance, name), decimals) for name in LIMITS},
        **{f"wide_{name}": printed(getattr(wide, name), decimals) for name in LIMITS},
    }


def ranks_told(snapshot: Snapshot, name: str, *, year: int | None = None, together: int = 1, audience: str = "public", **asked) -> Told:
    """A row for each authority shown: its figure, the figure drawn in to England's, its rank with its range, and the chance that it
    is in the lowest quarter."""
    found = Authorities(snapshot, name, year=year, together=together, audience=audience, **asked)
    marks, about, notes = found.published.marks_in_words(), found.about(), found.notes()
    made = None if (why := found.why_not()) else found.funnel()
    if made is None or found.england is None:
        return Told([], marks, [why or NO_SPREAD, *notes], about)
    if len(found.hidden) > ranks.MOST_HIDDEN * (len(found.hidden) + len(found.shown)):
        return Told([], marks, ["So many authorities are hidden that ranks of the others would mislead.", *notes], about)
    ranking = ranks.ranking(found.shown, found.england, made.spread)
    if ranking is None:
        return Told([], marks, [f"Ranks need {ranks.FEWEST} authorities or more.", *notes], about)
    decimals = found.measure.decimals
    rows = [
        {
            "la": one.estimate.place.code,
            "la_name": one.estimate.place.name,
            "years": found.years_of(one.estimate),
            "pupils": one.estimate.pupils,
            **of_estimate(one.estimate, found.measure),
            "shrunk": printed(one.shrunk, decimals),
            "shrunk_low": printed(one.low, decimals),
            "shrunk_high": printed(one.high, decimals),
            "reliability": printed(one.reliability, 2),
            "rank": printed(one.rank, 0),
            "rank_low": one.rank_low,
            "rank_high": one.rank_high,
            "lowest_quarter": printed(one.lowest_quarter, 2),
        }
        for one in ranking.ranked
    ]
    about |= {
        "spread": printed(made.spread, decimals + 1),
        "spread_from": made.spread_from,
        "tau": printed(ranking.tau, decimals + 1),
        "tau_low": printed(ranking.tau_low, decimals + 1),
        "tau_high": printed(ranking.tau_high, decimals + 1),
        "reliability_at_median": printed(median_reliability(ranking), 2),
    }
    first = {"higher": "the highest", "lower": "the lowest"}.get(found.measure.better, "the highest (neither is better)")
    notes = [f"Rank 1 is {first} of the {len(rows)} authorities shown.", *notes]
    return Told(rows, marks, notes, about)


def median_reliability(ranking: ranks.Ranking) -> float:
    in_order = sorted(one.reliability for one in ranking.ranked)
    return math.fsum(in_order[(len(in_order) - 1) // 2 : len(in_order) // 2 + 1]) / (2 - len(in_order) % 2)

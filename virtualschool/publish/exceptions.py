"""The exception page as it may leave: of all measures of an authority and year, only what differs from England or from its neighbours.

Below 11 children nothing is concluded. Such measures are named, so that those who may open the children's records look at each child.
"""

from collections.abc import Sequence
from typing import Any

from virtualschool import measures, places
from virtualschool.benchmarks import exceptions
from virtualschool.benchmarks.estimate import ENOUGH, Estimate, mean_of
from virtualschool.benchmarks.request import Place
from virtualschool.places import ENGLAND
from virtualschool.publish.passed import Asking, Line, passed
from virtualschool.publish.spread import with_limits
from virtualschool.publish.told import Told, of_difference, of_estimate, printed
from virtualschool.store import Snapshot

OVERLAPPING = "suspended_12_months_to_"
"""Twelve measures of the same suspensions, month by month: the one of the school year stands for them unless they are asked for."""
NEIGHBOURS = Place("mean", "neighbours", "statistical neighbours")
TESTED, HIDDEN, NO_FIGURE = "tested", "hidden", "no figure"
"""What became of a measure; the other way is `too few children`."""


def exceptions_told(
    snapshot: Snapshot,
    la: str,
    *,
    year: int,
    names: Sequence[str] = (),
    audience: str = "public",
    release_as: str = "",
    asking: Asking | None = None,
) -> Told:
    """A row for each measure and comparator that differ; `about` has how many were tested, which measures have too few children, and in
    `states` what became of each measure. With `release_as` the figures it was worked out from are entered in the ledger: what does not
    differ is told too, by not being listed. A page gives an `asking` of its own, which is no release."""
    asking = asking or Asking(snapshot, audience, release_as, "exceptions")
    known = places.of(asking.engine)
    authority = known.authority(la)
    near = [code for at in known.neighbours(authority.la, year) if (code := known.in_force(at, year)) and code != authority.la]
    chosen = [measures.named(name) for name in names] or [one for one in measures.ALL.values() if not one.name.startswith(OVERLAPPING)]
    asked = [measure.name for measure in chosen if measure.exists_for(year)]
    codes = list(dict.fromkeys([authority.la, ENGLAND, *near]))
    found = passed(snapshot, asked, audience, asking=asking, la=",".join(codes), year=year)
    found, said = with_limits(found, asking.engine)
    by_place: dict[tuple[str, str], Line] = {(line.cell.measure.name, line.cell.place.code): line for line in found.lines}
    pairs: list[tuple[Estimate, Estimate, str]] = []
    few: list[dict[str, Any]] = []
    states = {one.name: TESTED if one.exists_for(year) else NO_FIGURE for one in chosen}
    hidden = without = 0
    for name in asked:
        own = by_place.get((name, authority.la))
        if own is None or own.own is None:
            hidden += bool(own and own.is_hidden)
            without += not (own and own.is_hidden)
            states[name] = HIDDEN if own and own.is_hidden else NO_FIGURE
            continue
        if not own.own.is_enough:
            states[name] = exceptions.TOO_FEW
            few.append(too_few(own))
            continue
        for comparator, other in beside(by_place, name, near).items():
            if other:
                pairs.append((own.own, other, comparator))
    tested = exceptions.compared(pairs)
    rows = [row(one) for one in tested if one.verdict == exceptions.DIFFERS]
    made = counted(tested, exceptions.DIFFERS, exceptions.CANNOT_TELL)
    notes = [
        f"{made} comparisons of {len({one.own.measure.name for one in tested})} measures were made. Of those listed, on average at most "
        "one in twenty does not differ (Benjamini and Hochberg's control of many tests).",
        "A difference does not say what made it.",
        *said,
    ]
    if few:
        notes.append(
            f"Fewer than {ENOUGH} children: nothing is concluded of {len(few)} measures. Those who may open these children's records look "
            "at each child instead."
        )
    if hidden:
        notes.append(f"{hidden} measures are hidden and were not tested.")
    about = {
        "la": authority.la,
        "la_name": authority.name,
        "years": [year],
        "comparisons": made,
        "differ": len(rows),
        "without_interval": counted(tested, exceptions.NO_INTERVAL),
        "hidden": hidden,
        "no_figure": without,
        "too_few": few,
        "states": states,
    }
    asking.enter()
    return Told(rows, found.published.marks_in_words(), notes, about)


def counted(tested: Sequence[exceptions.Test], *verdicts: str) -> int:
    return sum(one.verdict in verdicts for one in tested)


def beside(by_place: dict[tuple[str, str], Line], name: str, near: Sequence[str]) -> dict[str, Estimate | None]:
    england = by_place.get((name, ENGLAND))
    others = [line.own for la in near if (line := by_place.get((name, la))) and line.own]
    return {"england": england.own if england else None, "neighbours": mean_of(others, NEIGHBOURS)}


def too_few(line: Line) -> dict[str, Any]:
    """A measure with too few children, and whom to look at."""
    measure, place = line.cell.measure, line.cell.place
    return {
        "measure": measure.name,
        "title": measure.title,
        "pupils": line.row["pupils"],
        "look_at": f"the children of {place.name} ({place.code}) who count in it in {line.cell.year}, cohort {line.row['cohort']}",
    }


def row(one: exceptions.Test) -> dict[str, Any]:
    measure = one.own.measure
    return {
        "measure": measure.name,
        "title": measure.title,
        "unit": measure.unit,
        "year": one.own.year,
        "beside": one.name,
        "pupils": one.own.pupils,
        **of_estimate(one.own, measure),
        "other_value": printed(one.other.value, measure.decimals),
        "other_source": one.other.source,
        **of_difference(one.difference, measure, "difference"),
        "chance": printed(one.chance, 3),
        "way": one.way,
        "tone": tone(one),
    }


def tone(one: exceptions.Test) -> str:
    better = one.own.measure.better
    return "neither" if better == "neither" else "better" if (one.way == "above") == (better == "higher") else "worse"

"""What the first page says: headline figures beside England, what has changed, and what waits."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from virtualschool import measures
from virtualschool.errors import VirtualSchoolError
from virtualschool.places import ENGLAND
from virtualschool.reports import wording
from virtualschool.reports.contents import HEADLINES
from virtualschool.store import Snapshot
from virtualschool.web import asking, stores
from virtualschool.web.permissions import Viewer
from virtualschool.web.worklist.evidence import Evidence

OF_OWN_RECORDS = ("pep_reviewed_each_term", "pep_targets_precise", "views_changed_something")
"""Headline figures of education plans and of what children say, which no release prints."""


@dataclass(frozen=True)
class Card:
    """One headline figure: its words, value and doubt, how it stands to England, and where it leads."""

    name: str
    title: str
    year: int
    value: str
    unit: str
    interval: str
    standing: str
    sentence: str
    address: str


@dataclass(frozen=True)
class Change:
    """One thing that has changed, with how many children, in words, and where they are listed."""

    number: int
    words: str
    address: str


def cards(viewer: Viewer, snapshot: Snapshot) -> list[Card]:
    """The headline figures of the viewer's authority in the newest year that each has."""
    key = f"home:{snapshot.store.path.name}:{snapshot.name}:{viewer.la}:{viewer.audience}"
    found = cache.get(key)
    if found is None:
        found = _figures(viewer, snapshot)
        cache.set(key, found, 12 * 60 * 60)
    return [_card(row) for row in found]


def _figures(viewer: Viewer, snapshot: Snapshot) -> list[dict[str, Any]]:
    """A row of each headline figure, beside what everybody may see of England: exact figures of both would tell of other authorities."""
    try:
        own = asking.figures(viewer, HEADLINES, snapshot, la=viewer.la).rows
        # Those of the authority's own records are there only once it has brought some.
        own += [row for row in asking.figures(viewer, OF_OWN_RECORDS, snapshot, la=viewer.la).rows if row["value"] is not None]
    except VirtualSchoolError:
        return []
    rows = []
    for row in own:
        england = asking.figures(viewer, [row["measure"]], snapshot, la=ENGLAND, year=str(row["year"])).rows
        beside = {f"england_{part}": england[0][part] if england else None for part in ("value", "low", "high")}
        rows.append({**row, **beside})
    return sorted(rows, key=lambda row: (*HEADLINES, *OF_OWN_RECORDS).index(row["measure"]))


def _first_sentence(text: str) -> str:
    return text.split(". ")[0].rstrip(".") + "."


def _card(row: dict[str, Any]) -> Card:
    measure = measures.named(row["measure"])
    hidden = row["value"] is None
    stands = wording.standing(row, measure, "england")
    sentences = wording.comparisons(row, measure, {"england": "England"})
    return Card(
        name=measure.name,
        title=measure.title,
        year=row["year"],
        value="–" if hidden else wording.amount(row["value"], measure),
        unit="" if hidden else wording.unit_word(measure),
        interval="" if hidden else wording.interval(row, measure),
        standing="No figure" if hidden else wording.at_a_glance(stands, measure, "England"),
        sentence=" ".join([_first_sentence(wording.reason(row))] if hidden else sentences),
        address=_trend(measure.name),
    )


def _trend(measure: str) -> str:
    place = leads_to("figures-trend")
    return f"{place}?measure={measure}" if place else ""


def changes(seen: Evidence) -> list[Change]:
    """Children joining, leaving and moving since the last roll, in words; nothing where there are not two rolls."""
    if not seen.has_two_rolls:
        return []
    now, before = seen.now, seen.before
    both = [(now[token], before[token]) for token in now if token in before]
    counted = (
        (sum(token not in before for token in now), "joined", "joined"),
        (sum(token not in now for token in before), "left", "left"),
        (
            sum((a.placement, a.home, a.placement_began) != (b.placement, b.home, b.placement_began) for a, b in both),
            "moved placement",
            "moved",
        ),
        (sum(a.school != b.school for a, b in both), "changed school", "changed-school"),
    )
    place = leads_to("children-changes")
    return [Change(number, words, f"{place}#{part}" if place else "") for number, words, part in counted]


def leads_to(view: str, **parts: Any) -> str:
    """The address of a page that may be there; empty where it is not."""
    try:
        return reverse(view, kwargs=parts or None)
    except NoReverseMatch:
        return ""


def as_of(seen: Evidence) -> dict[str, Any]:
    """How fresh what the page says is: the newest roll and the one before, the newest return, and the snapshot."""
    newest = seen.rolls[0].as_of if seen.rolls else None
    return {
        "roll": newest,
        "roll_before": seen.rolls[1].as_of if seen.has_two_rolls else None,
        "roll_age": (seen.today - newest).days if newest else None,
        "year": seen.year,
        "snapshot": stores.snapshot().name,
        "children": len(seen.children),
    }

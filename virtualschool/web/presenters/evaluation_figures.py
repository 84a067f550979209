"""The figures that criteria rest on, as everybody may see them: live from the snapshot, given from elsewhere, and pinned before.

Pages of self-evaluation show, pin and compare what may be published, so that a judgement rests on what an inspector can be shown. Who may
see exact figures finds them under Figures.
"""

import functools
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from virtualschool import measures, years
from virtualschool.errors import VirtualSchoolError
from virtualschool.frameworks import elsewhere, evaluation, keeping
from virtualschool.frameworks.action_plan import Reading, reading_of
from virtualschool.frameworks.elsewhere import Elsewhere, Figure
from virtualschool.frameworks.evaluation import Pinned
from virtualschool.frameworks.framework import Criterion
from virtualschool.frameworks.indicators import INDICATORS, Indicator
from virtualschool.measures import Measure
from virtualschool.reports import wording
from virtualschool.web import clock, stores
from virtualschool.web.permissions import Viewer
from virtualschool.web.presenters.figures_asked import Figures, Row, newest, served
from virtualschool.web.presenters.figures_choice import Choice
from virtualschool.web.presenters.figures_pieces import TITLES, says, standing

BESIDE = {f"{name}_value": title for name, title in TITLES.items()}
GIVEN = "given:"
"""What the name of a pinned figure from elsewhere begins with."""


# --- Live ---


def asked_of(viewer: Viewer, names: Sequence[str], year: int | None = None, release_as: str = "") -> Figures:
    return Figures(viewer, Choice(measures=tuple(names), year=year, public=True), release_as)


def live(viewer: Viewer, names: Iterable[str]) -> dict[str, Row]:
    """The newest figure of each measure that has one in the store, by measure."""
    wanted = [name for name in dict.fromkeys(names) if not measures.ALL[name].awaits]
    if not wanted:
        return {}
    figures = asked_of(viewer, wanted)
    by_year: dict[int, list[str]] = {}
    for name in wanted:
        try:
            by_year.setdefault(newest(figures.snapshot, name, "", figures.la), []).append(name)
        except (VirtualSchoolError, IndexError, KeyError):
            continue  # The store holds no year of it.
    return {row.line.cell.measure.name: row for year, alike in by_year.items() for row in figures.rows(alike, str(year))}


def pinned_of(row: Row, snapshot: str) -> Pinned:
    return evaluation.pin(row.values, snapshot)


def reading(viewer: Viewer, name: str, target_year: int | None, figures: Figures | None = None) -> Reading | None:
    """The figure to set beside a target: of its year where the store has it, else the newest before it; None where there is none."""
    figures = figures or asked_of(viewer, [name])
    try:
        last = newest(figures.snapshot, name, "", figures.la)
        year = min(last, target_year) if target_year else last
        found = figures.rows([name], str(year))
    except (VirtualSchoolError, IndexError, KeyError):
        return None
    return reading_of(found[0].values, figures.snapshot.name, clock.today()) if found else None


# --- From elsewhere ---


def given(la: str) -> Elsewhere | None:
    """The figures from elsewhere that hold for an authority: those of its newest list on the page, before those built into the store."""
    kept = keeping.held(pathlib.Path(settings.STORE), keeping.ELSEWHERE, la)
    listed = _read(str(kept.path)) if kept and kept.path.exists() else None
    snapshot = stores.snapshot()
    return elsewhere.together(_of_store(str(snapshot.store.path), snapshot.name, la), listed)


@functools.lru_cache(maxsize=40)
def _of_store(path: str, snapshot: str, la: str) -> Elsewhere | None:
    return elsewhere.of_store(stores.engine(served(path, snapshot)), la)


@functools.lru_cache(maxsize=40)
def _read(path: str) -> Elsewhere:
    """A file is kept under the hash of its content, so that it never changes."""
    return elsewhere.read(pathlib.Path(path))


def pinned_given(figure: Figure, la: str) -> Pinned:
    """A figure from elsewhere, pinned: the year is the one in which its period ends, and its note says period and source."""
    said = f"{figure.period}, {figure.source}" + (f", {figure.group}" if figure.group else "")
    return Pinned(
        f"list {figure.sha256[:12]}" if figure.sha256 else f"snapshot {stores.snapshot().name}",
        GIVEN + figure.indicator.name,
        figure.until.year,
        la,
        float(figure.printed),
        None,
        None,
        "",
        said,
    )


# --- For pages ---


@dataclass(frozen=True)
class Shown:
    """One figure of a criterion, in words. `name` is what a form gives to pin it."""

    name: str
    title: str
    value: str
    when: str
    doubt: str
    others: tuple[tuple[str, str], ...]
    standing: str
    sentences: tuple[str, ...]
    source: str
    address: str = ""
    tone: str = "neither"


@dataclass(frozen=True)
class OfIndicator:
    """What a criterion has of one indicator."""

    indicator: Indicator
    shown: tuple[Shown, ...]

    @property
    def is_without(self) -> bool:
        return not self.shown


def of_criterion(criterion: Criterion, rows: Mapping[str, Row], from_elsewhere: Elsewhere | None) -> list[OfIndicator]:
    """Each indicator of a criterion with its figures; those it has none of are there too, and say so."""
    found = []
    for name in criterion.figures:
        indicator = INDICATORS[name]
        shown = [of_row(rows[measure]) for measure in indicator.measures if measure in rows]
        listed = from_elsewhere.of(name) if from_elsewhere else []
        newest_until = max((one.until for one in listed), default=None)
        shown += [of_given(one) for one in listed if one.until == newest_until]
        found.append(OfIndicator(indicator, tuple(shown)))
    return found


def of_row(row: Row) -> Shown:
    measure, values = row.line.cell.measure, row.values
    known = values["value"] is not None
    tone = wording.tone(wording.standing(values, measure, "england"), measure) if known else "neither"
    return Shown(
        name=measure.name,
        title=measure.title,
        value=value_of(values, measure),
        when=years.label(row.year),
        doubt=wording.interval(values, measure),
        others=tuple(
            (title, wording.amount(values[f"{name}_value"], measure))
            for name, title in TITLES.items()
            if values[f"{name}_value"] is not None
        ),
        standing=standing(row, measure) if known else "",
        sentences=(*([] if known else [wording.reason(values)]), *says(row, measure)),
        source="this store",
        address=reverse("figures-trend") + Choice(measures=(measure.name,)).query(),
        tone=tone,
    )


def of_given(figure: Figure) -> Shown:
    of = f"{figure.numerator:,f} of {figure.denominator:,f}" if figure.denominator is not None else ""
    title = figure.indicator.title + (f": {figure.group}" if figure.group else "")
    name = GIVEN + figure.indicator.name + (f"|{figure.group}" if figure.group else "")
    return Shown(
        name, title, with_unit(figure.printed, figure.indicator.unit), figure.period, of, (), "",
        ("Nothing stands beside it: it is not held for other authorities.",), figure.source,
    )  # fmt: skip


def value_of(values: Mapping[str, Any], measure: Measure) -> str:
    if values["value"] is not None:
        return wording.amount(values["value"], measure)
    return wording.SHORT.get(wording.of_today(values["symbol"] or "x"), "no figure")


def with_unit(amount: Any, unit: str) -> str:
    text = wording.number(amount, max(-Decimal(str(amount)).as_tuple().exponent, 0))  # type: ignore[operator]
    return {"percent": f"{text}%", "gbp": f"£{text}", "days": f"{text} days"}.get(unit, text)


# --- What changed since a figure was pinned ---


def of_pinned(held: Mapping[str, Any]) -> Pinned:
    return Pinned(**{**held, "beside": held.get("beside") or {}})


def pinned_words(pinned: Pinned) -> dict[str, Any]:
    """A pinned figure in words: title, value, doubt, what stood beside it, and where it came from."""
    if pinned.measure.startswith(GIVEN):
        indicator = INDICATORS.get(pinned.measure.removeprefix(GIVEN))
        value = with_unit(Decimal(str(pinned.value)), indicator.unit if indicator else "")
        return {"title": indicator.title if indicator else pinned.measure, "value": value, "when": pinned.note, "doubt": "", "others": [],
                "source": pinned.snapshot}  # fmt: skip
    measure = measures.ALL.get(pinned.measure)
    if measure is None:
        return {"title": pinned.measure, "value": str(pinned.value), "when": years.label(pinned.year), "doubt": "", "others": [],
                "source": f"snapshot {pinned.snapshot}"}  # fmt: skip
    row = {"value": pinned.value, "low": pinned.low, "high": pinned.high, "symbol": pinned.symbol, "note": pinned.note}
    return {
        "title": measure.title,
        "value": value_of(row, measure),
        "when": years.label(pinned.year),
        "doubt": wording.interval(row, measure),
        "others": [(TITLES.get(name, name), wording.amount(value, measure)) for name, value in pinned.beside.items() if value is not None],
        "source": f"snapshot {pinned.snapshot}",
    }


def since(pinned: Pinned, rows: Mapping[str, Row], from_elsewhere: Elsewhere | None) -> str:
    """What changed since a figure was pinned, in a sentence."""
    if pinned.measure.startswith(GIVEN):
        name = pinned.measure.removeprefix(GIVEN)
        listed = from_elsewhere.of(name) if from_elsewhere else []
        if not listed:
            return "The list that it was in is no longer there."
        now = pinned_given(listed[0], pinned.la)
        if now.note == pinned.note and now.value == pinned.value:
            return "Unchanged since it was pinned."
        return f"Now {with_unit(listed[0].printed, listed[0].indicator.unit)} ({now.note})."
    row = rows.get(pinned.measure)
    if row is None:
        return "The store has no figure of it now."
    return evaluation.since(pinned, replace(pinned_of(row, ""), snapshot="now")).sentence

"""Rows and figures for a national host. A pseudonym is a keyed hash that changes with the year, so that it opens
nothing and joins nothing."""

import functools
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import salted_hmac

from virtualschool import measures
from virtualschool.errors import VirtualSchoolError
from virtualschool.web import asking, stores
from virtualschool.web.models import Protection
from virtualschool.web.permissions import Viewer

SHOWN = 50
FIGURES = ("attainment_8", "absence_rate", "persistent_absence", "suspended_once_or_more", "ks2_rwm")
COLUMNS = ("la", "token", "age_band", "sex", "sen", "looked_after_12_months", "at_31_march", "placement_type", "linked")


@dataclass(frozen=True)
class Row:
    """A child under a pseudonym."""

    pseudonym: str
    authority: str
    age_band: str
    sex: str
    sen: str
    twelve_months: bool | None
    at_31_march: bool | None
    placement_type: str
    linked: bool | None


def year() -> int | None:
    return stores.newest_year(stores.snapshot())


def pseudonym(token: str, in_year: int) -> str:
    return salted_hmac(f"national {in_year}", token, algorithm="sha256").hexdigest()[:12]


def children(la: str, band: str, number: int) -> tuple[int, list[Row]]:
    """How many children answer to a choice, and one page of them, in the order of their pseudonyms.

    Left out: children whose record is sealed or protected.
    """
    newest = year()
    if newest is None:
        return 0, []
    held = stores.snapshot()
    kept = set(Protection.objects.filter(ended__isnull=True).values_list("token", flat=True)) | stores.sealed(held)
    names = stores.places(held).name
    found = [row for row in _rows(str(held.store.path), held.name, newest) if row[1]["token"] not in kept]
    found = [row for row in found if (not la or row[1]["la"] == la) and (not band or row[1]["age_band"] == band)]
    start = (max(number, 1) - 1) * SHOWN
    return len(found), [
        Row(
            hidden,
            names(row["la"]),
            row["age_band"] or "not known",
            row["sex"] or "not known",
            row["sen"] or "not known",
            row["looked_after_12_months"],
            row["at_31_march"],
            row["placement_type"] or "not known",
            row["linked"],
        )
        for hidden, row in found[start : start + SHOWN]
    ]


@functools.lru_cache(maxsize=2)
def _rows(path: str, name: str, newest: int) -> list[tuple[str, dict[str, Any]]]:
    """Each child of the newest year with its pseudonym, in the order of these, which says nothing."""
    query = f"SELECT {', '.join(COLUMNS)} FROM children WHERE year = ? AND in_year"
    return sorted(((pseudonym(row["token"], newest), row) for row in stores.engine().rows(query, [newest])), key=lambda pair: pair[0])


def authorities() -> list[tuple[str, str]]:
    newest = year()
    rows = stores.engine().rows("SELECT DISTINCT la FROM children WHERE year = ? ORDER BY la", [newest]) if newest else []
    return [(row["la"], stores.places().name(row["la"])) for row in rows]


def bands() -> list[str]:
    newest = year()
    query = "SELECT DISTINCT age_band FROM children WHERE year = ? AND age_band IS NOT NULL ORDER BY age_band"
    return [row["age_band"] for row in stores.engine().rows(query, [newest])] if newest else []


def figures(viewer: Viewer) -> dict[str, Any]:
    """A table of every authority's published figures: headings, and a row an authority. Hidden and rounded as for the public."""
    rows: dict[str, dict[str, str]] = {}
    titles, notes = [], []
    for name in FIGURES:
        try:
            published = asking.figures(viewer, [name], la="all")
        except VirtualSchoolError as fault:
            notes.append(str(fault))
            continue
        measure = measures.named(name)
        titles.append((name, f"{measure.title} ({'%' if measure.unit == 'percent' else measure.unit})"))
        for row in published.rows:
            rows.setdefault(row["la_name"], {})[name] = published.text(row)
    return {
        "titles": titles,
        "rows": [(la, [cells.get(name, "–") for name, _ in titles]) for la, cells in sorted(rows.items())],
        "notes": notes,
    }

"""The annual report on the web: writing its parts, checking them, and having the files made.

Files are made by the task worker and kept in `reports/<la>/<year>/<audience>/` of the store, with `state.json` that says how far that is.
"""

import json
import pathlib
from functools import partial
from typing import Any

from django.conf import settings

from virtualschool import reports
from virtualschool.errors import VirtualSchoolError, WrongUse
from virtualschool.reports.annual import cohort, records
from virtualschool.reports.annual.texts import Check, Text, Texts
from virtualschool.web import clock, events, stores
from virtualschool.web.actions import annual_records

WAITING, MADE, FAILED = "waiting", "made", "failed"
STATE = "state.json"


def texts(la: str, year: int) -> Texts:
    """The texts and checks of a year; the parts that are tables are checked as they are drawn now."""
    tables = {"schools": partial(schools_text, la, year), "children_quotes": partial(quotes_text, la, year)}
    return Texts(pathlib.Path(settings.STORE), la, year, tables)


def schools_text(la: str, year: int) -> str:
    return cohort.schools_text(stores.engine(), la, year)


def quotes_text(la: str, year: int) -> str:
    return records.quotes_text(annual_records.quotes_of(la, year))


def save(request: Any, year: int, part: str, words: str, draft: bool) -> Text:
    """Saves a text in the viewer's name. Raises WrongUse."""
    viewer = request.viewer
    saved = texts(viewer.la, year).save(part, words, by=viewer.name, when=said_now(), draft=draft)
    events.record(request, "changed", "report", part=part, year=year, letters=len(words), draft=draft)
    return saved


def check(request: Any, year: int, part: str, checked: str) -> Check:
    """Records that the viewer read a part and that no child can be known by it. Raises WrongUse."""
    viewer = request.viewer
    found = texts(viewer.la, year).check(part, by=viewer.name, when=said_now(), checked=checked)
    events.record(request, "checked", "report", part=part, year=year)
    return found


def said_now() -> str:
    return f"{clock.now().astimezone(clock.LONDON):%-d %B %Y, %H:%M}"


def folder_of(la: str, year: int, audience: str) -> pathlib.Path:
    if audience not in reports.AUDIENCES:
        raise WrongUse("Audience", "there is none of that name.", "Choose public or internal.")
    return pathlib.Path(settings.STORE) / "reports" / la / str(year) / audience


def state(la: str, year: int, audience: str) -> dict[str, Any]:
    """How far the making of the files is: {"state", "who", "when", "why"}; empty where nobody asked."""
    file = folder_of(la, year, audience) / STATE
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def files(la: str, year: int, audience: str) -> list[pathlib.Path]:
    """The files that were made, in the order of versions and formats."""
    folder = folder_of(la, year, audience)
    found = [file for file in folder.glob(f"{la}-{year}-*") if file.is_file() and file.suffix in (".html", ".docx", ".pdf", ".xlsx")]
    return sorted(found, key=lambda file: (rank(file.name), file.suffix))


def rank(name: str) -> int:
    return next((at for at, version in enumerate(reports.VERSIONS) if f"-{version}" in name), len(reports.VERSIONS))


def ask(request: Any, year: int, audience: str) -> None:
    """Has the files made by the task worker. Raises WrongUse for a year that the store does not hold."""
    from virtualschool.web import tasks

    viewer = request.viewer
    if audience == "internal" and not viewer.may("exact_figures"):
        raise WrongUse("Internal report", "your role sees public figures.", "Ask the head.")
    if year not in years(viewer.la):
        raise WrongUse(f"Report of {year}", "the store holds nothing about that year.", "Choose another year.")
    tell(viewer.la, year, audience, WAITING, viewer.name)
    events.record(request, "asked for", "report", year=year, audience=audience)
    tasks.make_report.enqueue(viewer.la, year, audience, viewer.name)


def tell(la: str, year: int, audience: str, now: str, who: str, why: str = "") -> None:
    folder = folder_of(la, year, audience)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{STATE}.part"
    part.write_text(json.dumps({"state": now, "who": who, "when": said_now(), "why": why}), encoding="utf-8")
    part.replace(folder / STATE)


def make(la: str, year: int, audience: str, who: str) -> None:
    """Makes every version in every format, with what the application's records hold."""
    versions = [version for version in reports.VERSIONS if version != reports.FIGURES]
    try:
        given = annual_records.given(la, year, audience, texts(la, year).is_checked)
        reports.write(stores.snapshot(), la, year, folder_of(la, year, audience), reports.EVERY_FORMAT, audience, who, versions, given)
    except VirtualSchoolError as fault:
        tell(la, year, audience, FAILED, who, str(fault))
        return
    tell(la, year, audience, MADE, who)


def years(la: str) -> list[int]:
    """The years of which the store holds something about an authority, the newest first."""
    rows = stores.engine().rows(
        "SELECT year FROM children WHERE la = ? UNION SELECT year FROM published WHERE la = ? ORDER BY year DESC", [la, la]
    )
    return [row["year"] for row in rows if row["year"] is not None]

"""What a report says, and a writer for each format.

`write` puts an authority's report in a folder. It says the same whatever the format: `contents` makes the report of figures and
`annual` the annual report of the virtual school head; `html`, `xlsx` and `documents` lay them out.
"""

import os
import pathlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from virtualschool.errors import WrongUse, unknown
from virtualschool.store import Snapshot

if TYPE_CHECKING:
    from virtualschool.reports.annual.facts import Facts
    from virtualschool.reports.annual.versions import Version
    from virtualschool.reports.asking import Asked
    from virtualschool.reports.blocks import Block, Report

FORMATS = ("html", "xlsx")
"""Those that are written where none is named."""
EVERY_FORMAT = ("html", "xlsx", "docx", "pdf")
AUDIENCES = ("public", "internal")
FIGURES, ANNUAL = "figures", "annual-report"
VERSIONS = (ANNUAL, "summary", "board", "young-people", "slides", FIGURES)


def write(
    snapshot: Snapshot,
    la: str,
    year: int,
    folder: pathlib.Path,
    formats: Sequence[str] = FORMATS,
    audience: str = "public",
    who: str = "",
    versions: Sequence[str] = (FIGURES,),
    given: "Mapping[str, Sequence[Block]] | None" = None,
) -> list[pathlib.Path]:
    """The files of an authority's report, written to `folder`: `V01-2024.html` (the figures), `V01-2024-annual-report.docx`, and with
    `-internal` at the end of the name where it is.

    A version is left out in a format that it does not come in (versions.VERSIONS). `who` is written on an internal report; without it the
    name of the user of this machine. `given` are blocks of the application's records, by the item of the annual report that they fill.
    Raises WrongUse for a format, version, audience, authority or year that there is none of; nothing is written then.
    """
    from virtualschool.reports.asking import Asked

    wanted, chosen = checked(formats), checked_versions(versions)
    if audience not in AUDIENCES:
        raise unknown("Audience", audience, AUDIENCES)
    folder = pathlib.Path(folder)
    refuse_no_place(folder)
    asked = Asked(snapshot, la, year, audience, who)
    drawn = list(_drawn(asked, wanted, chosen, given))
    if asked.release:
        asked.release.enter()
    folder.mkdir(parents=True, exist_ok=True)
    return [file for draw in drawn for file in draw(folder)]


def refuse_no_place(folder: pathlib.Path) -> None:
    """Raises WrongUse if there can be no files in that folder, before anything is worked out or noted as released."""
    standing = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    if not standing.is_dir() or not os.access(standing, os.W_OK):
        raise WrongUse(f"Folder {folder}", "no report can be written there.", "Name another.")


def write_all(
    snapshot: Snapshot,
    year: int,
    folder: pathlib.Path,
    formats: Sequence[str] = FORMATS,
    audience: str = "public",
    who: str = "",
    versions: Sequence[str] = (ANNUAL,),
    tell: Callable[[str, int, int], None] = lambda step, done, of: None,
) -> list[pathlib.Path]:
    """The files of every authority's annual report of a year. A run that was interrupted goes on when it is asked for again.

    Raises WrongUse as `write` does, and for the version `figures`, which is written authority by authority.
    """
    import getpass

    wanted, chosen = checked(formats), checked_versions(versions)
    if audience not in AUDIENCES:
        raise unknown("Audience", audience, AUDIENCES)
    if chosen == (FIGURES,):
        raise WrongUse("Version 'figures'", "it is written authority by authority.", "Name the authority: --la CODE")
    from virtualschool.reports.annual.every_authority import write_all as every

    chosen = tuple(name for name in chosen if name != FIGURES)
    folder = pathlib.Path(folder)
    refuse_no_place(folder)
    if audience == "internal":
        from virtualschool.publish import internal

        log = snapshot.store.path / "records" / "internal.log"
        internal.note_down(log, {"report": "every authority", "years": [year], **({"who": who} if who else {})})
    folder.mkdir(parents=True, exist_ok=True)
    return every(snapshot, year, folder, wanted, audience, chosen, who or getpass.getuser(), tell)


def _drawn(
    asked: "Asked", formats: Sequence[str], versions: Sequence[str], given: "Mapping[str, Sequence[Block]] | None"
) -> Iterator[Callable[[pathlib.Path], Iterable[pathlib.Path]]]:
    """For each version what writes it. All figures are asked for before the first file is written, so that they are one release."""
    from virtualschool.reports.annual import writing

    if others := [name for name in versions if name != FIGURES]:
        facts = writing.facts_of(asked, given)
        for version in writing.versions_of(others):
            name = writing.name_of(asked.la, asked.year, version.name, asked.audience)
            version.report(facts)
            yield partial(_annual, facts, version, formats, name)
    if FIGURES in versions:
        from virtualschool.reports.contents import contents

        yield partial(_figures, contents(asked), formats)


def _annual(facts: "Facts", version: "Version", formats: Sequence[str], name: str, folder: pathlib.Path) -> Iterable[pathlib.Path]:
    from virtualschool.reports.annual import writing

    return writing.written(facts, version, formats, folder, name)


def _figures(report: "Report", formats: Sequence[str], folder: pathlib.Path) -> Iterator[pathlib.Path]:
    name = f"{report.la}-{report.year}" + ("-internal" if report.audience == "internal" else "")
    for style in formats:
        file = folder / f"{name}.{style}"
        if style == "html":
            from virtualschool.reports.html import html

            file.write_text(html(report), encoding="utf-8")
        elif style == "xlsx":
            from virtualschool.reports import xlsx

            xlsx.write(report, file)
        else:
            from virtualschool.reports.documents import pdf, word
            from virtualschool.reports.documents.document import of_report

            file.write_bytes(pdf.pdf(of_report(report)) if style == "pdf" else word.word(of_report(report)))
        yield file


def checked(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats asked for, each once; raises WrongUse for one that reports cannot be written in."""
    wanted = tuple(dict.fromkeys(style.strip().lower() for style in formats if style.strip()))
    for style in wanted:
        if style not in EVERY_FORMAT:
            raise unknown("Format", style, EVERY_FORMAT)
    if not wanted:
        raise WrongUse("Format", "none is named.", "Ask for html, xlsx, docx or pdf.")
    return wanted


def checked_versions(versions: Sequence[str]) -> tuple[str, ...]:
    """The versions asked for, each once; `all` for every one. Raises WrongUse for one that there is not."""
    wanted = tuple(dict.fromkeys(name.strip().lower() for name in versions if name.strip()))
    if wanted == ("all",):
        return VERSIONS
    for name in wanted:
        if name not in VERSIONS:
            raise unknown("Version", name, VERSIONS)
    if not wanted:
        raise WrongUse("Version", "none is named.", f"Ask for one of {', '.join(VERSIONS)}.")
    return wanted

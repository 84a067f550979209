"""What a report says, and a writer for each format.

`write` puts an authority's report in a folder. It says the same whatever the format: `contents` makes it, `html` and `xlsx`
lay it out.
"""

import pathlib
from collections.abc import Sequence

from virtualschool.errors import WrongUse, unknown
from virtualschool.store import Snapshot

FORMATS = ("html", "xlsx")
LATER = ("docx", "pdf")
AUDIENCES = ("public", "internal")


def write(
    snapshot: Snapshot,
    la: str,
    year: int,
    folder: pathlib.Path,
    formats: Sequence[str] = FORMATS,
    audience: str = "public",
    who: str = "",
) -> list[pathlib.Path]:
    """The files of an authority's report, written to `folder`: `V01-2024.html`, `V01-2024.xlsx`; `V01-2024-internal.html` if internal.

    `who` is written on an internal report; without it the name of the user of this machine. Raises WrongUse for a format,
    audience, authority or year that there is none of; nothing is written then.
    """
    from virtualschool.reports.asking import Asked
    from virtualschool.reports.contents import contents

    wanted = checked(formats)
    if audience not in AUDIENCES:
        raise unknown("Audience", audience, AUDIENCES)
    asked = Asked(snapshot, la, year, audience, who)
    report = contents(asked)
    if asked.release:
        asked.release.enter()
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{report.la}-{year}" + ("-internal" if audience == "internal" else "")
    written = []
    for style in wanted:
        file = folder / f"{name}.{style}"
        if style == "html":
            from virtualschool.reports.html import html

            file.write_text(html(report), encoding="utf-8")
        else:
            from virtualschool.reports import xlsx

            xlsx.write(report, file)
        written.append(file)
    return written


def checked(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats asked for, each once; raises WrongUse for one that reports cannot be written in."""
    wanted = tuple(dict.fromkeys(style.strip().lower() for style in formats if style.strip()))
    if later := [style for style in wanted if style in LATER]:
        raise WrongUse(f"Format '{later[0]}'", "reports cannot be written as Word or PDF yet.", "Ask for html or xlsx, or print the page.")
    for style in wanted:
        if style not in FORMATS:
            raise unknown("Format", style, FORMATS)
    if not wanted:
        raise WrongUse("Format", "none is named.", "Ask for html or xlsx.")
    return wanted

"""The files of an authority's annual report, in every version and format that is asked for, all of one release."""

import pathlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from virtualschool.frameworks import action_plan_file, evaluation_file
from virtualschool.reports import pictures, xlsx
from virtualschool.reports.annual import actions, cohort, recorded, records
from virtualschool.reports.annual.facts import Facts, Figures
from virtualschool.reports.annual.slides import charts
from virtualschool.reports.annual.texts import Texts
from virtualschool.reports.annual.versions import VERSIONS, Version
from virtualschool.reports.asking import Asked
from virtualschool.reports.blocks import Block, Report
from virtualschool.reports.documents.document import of_report
from virtualschool.reports.documents.pdf import pdf
from virtualschool.reports.documents.word import word
from virtualschool.reports.html import html


def facts_of(asked: Asked, given: Mapping[str, Sequence[Block]] | None = None, figures: Figures | None = None) -> Facts:
    """The facts of a report: figures, what is recorded beside the store, and `given`, blocks of the application's records by item."""
    store = asked.snapshot.store.path
    texts = Texts(store, asked.la, asked.year, {"schools": lambda: cohort.schools_text(asked.engine, asked.la, asked.year)})
    facts = Facts(asked, recorded.kept(store, asked.la, asked.year), texts, given, figures)
    if grades := records.grades(evaluation_file.held(store, asked.la), asked.audience):
        facts.given.setdefault("grades", grades)
    plan = action_plan_file.held(store, asked.la)
    if plan.actions:
        rows = {name: facts.row(name) for name in facts.trends}
        last = actions.last_priorities(plan, asked.year, rows, asked.snapshot.name, asked.when.date())
        following = actions.next_priorities(plan, asked.year + 1)
        for item, blocks in (("last_priorities", last), ("next_priorities", following)):
            if blocks:
                facts.given.setdefault(item, blocks)
        facts.targets = actions.targets(plan.of(asked.year) + plan.of(asked.year + 1))
    return facts


def written(facts: Facts, version: Version, formats: Sequence[str], folder: pathlib.Path, name: str) -> Iterator[pathlib.Path]:
    """Writes a version in those of the formats that it comes in, one after the other."""
    report = version.report(facts)
    for style in formats:
        if style in version.formats:
            file = folder / f"{name}.{style}"
            put(file, body(report, version, style))
            yield file
    if version.name == "slides" and "pdf" in formats:
        yield from pictures_of(report, folder / f"{name}-pictures")


def body(report: Report, version: Version, style: str) -> bytes:
    """A version in one format."""
    drawn: dict[str, Callable[[], bytes]] = {
        "html": lambda: html(report).encode("utf-8"),
        "docx": lambda: word(of_report(report, version.contents, version.one_page)),
        "pdf": lambda: pdf(
            of_report(report, version.contents, version.one_page), "slides.typ" if version.name == "slides" else "document.typ"
        ),
        "xlsx": lambda: xlsx.as_bytes(report),
    }
    return drawn[style]()


def pictures_of(report: Report, folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """Each chart as SVG and PNG, and a page that says of each how large it is and what it shows."""
    folder.mkdir(parents=True, exist_ok=True)
    told = [f"{report.title}\n{report.mark}\n"]
    for chart in charts(report):
        drawing, dots = pictures.svg(chart), pictures.png(chart)
        for kind, content in (("svg", drawing.encode("utf-8")), ("png", dots)):
            file = folder / f"{chart.name}.{kind}"
            put(file, content)
            yield file
        across, down = pictures.size(drawing)
        wide, high = pictures.size_of_png(dots)
        told.append(
            f"{chart.name}.svg ({across} by {down}), {chart.name}.png ({wide} by {high} pixels)\n  {chart.title}\n  {chart.description}\n"
        )
    file = folder / "read-me.txt"
    put(file, "\n".join(told).encode("utf-8"))
    yield file


def put(file: pathlib.Path, content: bytes) -> None:
    """Writes a file whole or not at all."""
    part = file.with_name(file.name + ".part")
    part.write_bytes(content)
    part.replace(file)


def name_of(la: str, year: int, version: str, audience: str) -> str:
    return f"{la}-{year}-{version}" + ("-internal" if audience == "internal" else "")


def versions_of(names: Sequence[str]) -> list[Version]:
    return [VERSIONS[name] for name in names if name in VERSIONS]

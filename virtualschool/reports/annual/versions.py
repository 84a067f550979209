"""The versions of the annual report: who each is for, and what it says. All are drawn from the same facts."""

from collections.abc import Callable
from dataclasses import dataclass

from virtualschool.reports.annual import board, contents, one_page, slides, young_people
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.blocks import Report

DRAWN = ("html", "docx", "pdf", "xlsx")


@dataclass(frozen=True)
class Version:
    """A version: its name in file names and commands, its words, the formats it comes in, and whether it lists its contents."""

    name: str
    title: str
    report: Callable[[Facts], Report]
    formats: tuple[str, ...]
    contents: bool = True
    one_page: bool = False
    """Whether it is laid out small, to fit a page."""


VERSIONS = {
    one.name: one
    for one in (
        Version("annual-report", "Annual report", contents.report, DRAWN),
        Version("summary", "One-page summary", one_page.report, ("html", "docx", "pdf"), contents=False, one_page=True),
        Version("board", "Corporate parenting board paper", board.report, ("html", "docx", "pdf"), contents=False),
        Version("young-people", "Young people's version", young_people.report, ("html", "docx", "pdf"), contents=False),
        Version("slides", "Chart pack for slides", slides.report, ("pdf",), contents=False),
    )
}
FIGURES = "figures"
"""The version that is no annual report: every measure, with its groups and lineage."""
EVERY = (*VERSIONS, FIGURES)

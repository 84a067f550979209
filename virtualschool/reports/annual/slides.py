"""The chart pack: each chart that the annual report draws, one a slide, with the sentence that says what it tells."""

from virtualschool import years
from virtualschool.reports.annual.contents import SECTIONS, in_short, of
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.blocks import Block, Chart, Heading, Paragraph, Report


def report(facts: Facts) -> Report:
    blocks: list[Block] = []
    for section in SECTIONS:
        before: Block | None = None
        for block in section.drawn(facts):
            if isinstance(block, Chart):
                blocks.append(Heading(block.title, block.name))
                if isinstance(before, Paragraph):
                    blocks.append(before)
                blocks.append(block)
            before = block
    return of(
        facts,
        f"Charts of the annual report: {facts.la_name}, {years.label(facts.year)}",
        "One chart a slide; the same charts as pictures are beside this file",
        in_short(facts),
        blocks,
    )


def charts(report_of: Report) -> list[Chart]:
    return [block for block in report_of.blocks if isinstance(block, Chart)]

"""The annual report whole: its 20 sections in order."""

from virtualschool import years
from virtualschool.reports.annual import annexes, cohort, learning, opening, school_year, support, wider
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.section import Section
from virtualschool.reports.blocks import Block, Gap, Place, Report
from virtualschool.reports.contents import HEADLINES, summary

SECTIONS: tuple[Section, ...] = (
    *opening.SECTIONS,
    *cohort.SECTIONS,
    *school_year.SECTIONS,
    *learning.SECTIONS,
    *support.SECTIONS,
    *wider.SECTIONS,
    *annexes.SECTIONS,
)


def report(facts: Facts) -> Report:
    """The annual report."""
    blocks: list[Block] = [block for section in SECTIONS for block in section.drawn(facts)]
    return of(
        facts,
        f"Annual report of the virtual school head: {facts.la_name}, {years.label(facts.year)}",
        f"The education of children looked after by {facts.la_name}: the school year {years.label(facts.year)} and the care year to "
        f"31 March {facts.year}",
        (*in_short(facts), *open_places(blocks)),
        blocks,
    )


def of(facts: Facts, title: str, subtitle: str, told: tuple[str, ...], blocks: list[Block]) -> Report:
    return Report(
        la=facts.asked.la,
        la_name=facts.la_name,
        year=facts.year,
        title=title,
        subtitle=subtitle,
        audience=facts.asked.audience,
        mark=facts.asked.mark,
        summary=told,
        blocks=tuple(blocks),
        invented=facts.asked.invented,
    )


def in_short(facts: Facts) -> tuple[str, ...]:
    chosen = [facts.measure(name) for name in HEADLINES if name in facts.trends]
    return summary(facts.asked, chosen, facts.trends)


def open_places(blocks: list[Block]) -> tuple[str, ...]:
    """How much is still to be written or loaded, so that nobody takes a draft for a report."""
    waits = sum(isinstance(block, Place) and not block.paragraphs for block in blocks)
    gaps = sum(isinstance(block, Gap) for block in blocks)
    if not waits and not gaps:
        return ()
    return (f"This is a draft: {waits} places wait for a person's words, and {gaps} items have no data yet. Each says what it waits for.",)

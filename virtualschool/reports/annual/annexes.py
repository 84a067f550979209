"""Section 20: benchmarks, notes on the data, glossary, case studies."""

from collections.abc import Iterator

from virtualschool.reports import account, wording
from virtualschool.reports.annual import quarters, standing
from virtualschool.reports.annual.facts import TRENDED, Facts
from virtualschool.reports.annual.figures import figures_table
from virtualschool.reports.annual.parts import rows
from virtualschool.reports.annual.section import Item, Section, written
from virtualschool.reports.blocks import Block, Column, Heading, Paragraph, Points, Table


def benchmarks(facts: Facts) -> Iterator[Block]:
    yield from figures_table(facts, TRENDED, "benchmarks", f"Every figure of this report beside England and neighbours, {facts.year}")
    named = [facts.asked.known.name(la) for la in facts.asked.neighbours]
    if named:
        yield Paragraph(f"Statistical neighbours in force for {facts.year}, nearest first: {wording.listed(named)}.")


def data_notes(facts: Facts) -> Iterator[Block]:
    yield Points(
        (
            "Children: those looked after without a break from 1 April to 31 March, agreed short breaks left out, unless a line says "
            "otherwise. What a figure of school counts is a child who is linked to a pupil record.",
            "England and the region are pooled from all their children; neighbours are the simple mean of the ten, those hidden left out.",
            "95% interval: chance alone moves a figure about that much from year to year. It says nothing of children who could not be "
            "linked.",
            "Better and worse are said where the interval of the difference does not reach nought. Of twenty such comparisons one will by "
            "chance alone seem to differ.",
            f"Year {facts.year} is the care year to 31 March {facts.year} and the school year that ends in it. Results loaded in the "
            "autumn are often provisional, and are final in spring: the table Provisional or final says it of each figure.",
        )
    )
    linked = [block for block in account.links(facts.asked) if not isinstance(block, Heading)]
    yield from linked
    used = {meaning: symbol for symbol, meaning in wording.SYMBOLS.items()}
    yield Table(
        "symbols",
        "Symbols that stand in the place of a number",
        (Column("Symbol"), Column("Meaning")),
        tuple((symbol, wording.sentence(meaning)) for meaning, symbol in used.items()),
    )


def glossary(facts: Facts) -> Iterator[Block]:
    yield Table(
        "glossary",
        "Words of this report",
        (Column("Word"), Column("Meaning")),
        tuple((row["word"], row["meaning"]) for row in rows("glossary")),
    )


SECTIONS = (
    Section(
        20,
        "annexes",
        "Annexes",
        (
            Item("benchmarks", "Benchmarks", benchmarks, "load returns and results of the year, or published figures."),
            Item(
                "quarters",
                "Quarters among neighbours",
                quarters.grid,
                f"load figures or published rows of at least {quarters.FEWEST - 1} statistical neighbours, and their list.",
            ),
            Item("standing", "Provisional or final", standing.table, "load returns and results of the year."),
            Item("data_notes", "Notes on the data", data_notes),
            Item("glossary", "Glossary", glossary),
            written("case_studies"),
        ),
    ),
)

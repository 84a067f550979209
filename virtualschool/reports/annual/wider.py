"""Sections 16 to 19: the wider remit, training and partnership, self-evaluation, and next year's priorities."""

from collections.abc import Iterator

from virtualschool.reports import wording
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.figures import recorded
from virtualschool.reports.annual.section import Item, Section, from_file, written
from virtualschool.reports.blocks import Block, Column, Table
from virtualschool.reports.contents import cell, exact


def wider_outcomes(facts: Facts) -> Iterator[Block]:
    """Children in need and on protection plans as a group."""
    lines = []
    for cohort, words in (("cin", "Children in need"), ("cpp", "Children on a protection plan")):
        for row in facts.in_need(cohort):
            measure = facts.measure(row["measure"])
            if row["value"] is None and row["symbol"] != "c":
                continue
            england = row["england_value"] if row["england_value"] is not None else "x"
            numbers = (exact(cell(row, key), measure) for key in ("value", "low", "high"))
            lines.append((words, f"{measure.title} ({measure.unit})", cell(row, "pupils"), *numbers, exact(england, measure)))
    if lines:
        yield Table(
            "wider_outcomes",
            f"Outcomes of children with a social worker, {facts.la_name}, {facts.year}",
            (
                Column("Group"),
                Column("Measure"),
                Column("Children", "count", 0),
                *(Column(words, "", 2) for words in ("Figure", "Lower limit", "Upper limit", "England")),
            ),
            tuple(lines),
            source=f"{wording.sentence('children in need census and pupil records')[:-1]}; {facts.asked.source}",
        )
    yield from recorded(facts, "wider_outcomes")


SECTIONS = (
    Section(
        16,
        "wider-remit",
        "Previously looked-after children, children with a social worker, kinship care",
        (
            from_file("enquiries", "Enquiries and advice", "enquiries recorded in the application"),
            from_file("wider_training", "Training"),
            Item(
                "wider_outcomes",
                "Outcomes as a group",
                wider_outcomes,
                "load the children in need census of the year with pupil records, or annual_report.csv with the item wider_outcomes.",
            ),
            written("wider_remit"),
        ),
    ),
    Section(
        17,
        "training",
        "Training and partnership",
        (
            from_file("training", "Numbers by role", "training recorded in the application"),
            from_file("feedback", "Feedback"),
            written("partnership"),
        ),
    ),
    Section(
        18,
        "self-evaluation",
        "Self-evaluation",
        (from_file("grades", "Grades with evidence", "a self-evaluation in the application"), written("self_evaluation")),
    ),
    Section(
        19,
        "next-priorities",
        "Priorities and action plan",
        (
            from_file("next_priorities", "Actions, owners, dates and measures", "an action plan in the application"),
            written("next_priorities"),
        ),
    ),
)

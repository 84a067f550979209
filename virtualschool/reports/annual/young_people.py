"""The young people's version: short, in plain words, with pictures. It says no more than the figures do, and never who anybody is."""

from collections.abc import Iterator
from fractions import Fraction

from virtualschool import years
from virtualschool.publish.rounding import rounded
from virtualschool.reports import wording
from virtualschool.reports.annual.contents import of
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.figures import recorded, roll_chart
from virtualschool.reports.annual.section import written
from virtualschool.reports.blocks import Block, Gap, Heading, KeyFigure, KeyFigures, Paragraph, Points, Report, Table

CARDS = (
    ("absence_rate", "Days of school missed", "Out of every 100 half days at school, young people in care missed about {of}.", False),
    (
        "suspended_once_or_more",
        "Sent home from school",
        "Of every 100 young people in care, about {of} were sent home for a time.",
        False,
    ),
    ("pep_in_place", "Your plan", "Out of every 100 young people in care, about {of} had a plan for their learning.", True),
    ("reviews_all_views_given", "Having your say", "Out of every 100 young people, about {of} gave their views to every review.", True),
    (
        "placements_3_plus",
        "Moving home",
        "Of every 100 young people in care, about {of} lived in three or more homes in the year.",
        False,
    ),
    ("leavers_eet", "After school", "Out of every 100 care leavers aged 19 to 21, about {of} were learning or working.", True),
)


def report(facts: Facts) -> Report:
    blocks: list[Block] = [
        Heading("Hello", "hello"),
        *written("young_hello").drawn(facts),
        Heading("Who we are", "who"),
        *who(facts),
        Heading("How school went", "school"),
        *school(facts),
        Heading("What you told us", "told-us"),
        *told_us(facts),
        Heading("What we will do next", "next"),
        *written("young_next").drawn(facts),
        Heading("Can we be sure?", "sure"),
        Points(
            (
                "There are not many of us, so luck alone can make a number go up or down. We only say that something changed when luck "
                "would hardly do it.",
                "Some numbers are hidden, so that nobody can work out who they are about.",
                "If you want to know more, or see what is written about you, ask your social worker or the virtual school. You have a "
                "right to.",
            )
        ),
    ]
    return of(
        facts,
        f"Our year at school: {facts.la_name}, {years.label(facts.year)}",
        "For young people in care and care leavers",
        (),
        blocks,
    )


def who(facts: Facts) -> Iterator[Block]:
    total = facts.total("march")
    if isinstance(total, int) and total:
        yield Paragraph(f"On 31 March {facts.year} there were {total:,} of us in care in {facts.la_name}. This is how old we were.")
        yield from plain_chart(facts)
    else:
        yield Gap("How many of us there are", "load the SSDA903 return of the year.")


def plain_chart(facts: Facts) -> Iterator[Block]:
    yield from roll_chart(facts, "age_band", "How old we are")


def school(facts: Facts) -> Iterator[Block]:
    cards = [card for name, title, words, _ in CARDS if (card := drawn(facts, name, title, words))]
    if cards:
        yield KeyFigures("How school went", tuple(cards))
    else:
        yield Gap("How school went", "load attendance, plans and results of the year.")


def drawn(facts: Facts, name: str, title: str, words: str) -> KeyFigure | None:
    row, measure = facts.row(name), facts.measure(name)
    if row["value"] is None:
        return None
    whole = rounded(_exact(row["value"]), 0)
    said = [words.format(of=f"{whole}")]
    if row.get("england_value") is not None:
        stands = wording.standing(row, measure, "england")
        england = rounded(_exact(row["england_value"]), 0)
        told = {"above": "That is more than", "below": "That is fewer than"}.get(stands, "We cannot be sure that this differs from")
        said.append(f"{told} for young people in care in all of England (about {england}).")
    return KeyFigure(title, f"{whole} in 100", "", "", "", wording.tone(wording.standing(row, measure, "england"), measure), tuple(said))


def _exact(value: float) -> Fraction:
    return Fraction(str(value))


def told_us(facts: Facts) -> Iterator[Block]:
    yield from written("children_said").drawn(facts)
    for item in ("children_said", "voice_changes"):
        for block in (*facts.given.get(item, ()), *recorded(facts, item)):
            if isinstance(block, Table):
                yield block

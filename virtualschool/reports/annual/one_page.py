"""The year on one page: who the children are, twelve figures, what stands apart, and what children said. Short enough to fit."""

from collections.abc import Sequence

from virtualschool import years
from virtualschool.publish.rounding import percent
from virtualschool.reports.annual.contents import of
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.opening import better, key_figure
from virtualschool.reports.annual.section import withheld
from virtualschool.reports.blocks import Block, Heading, KeyFigure, KeyFigures, Paragraph, Points, Report

FIGURES = (
    "attendance_all_looked_after",
    "persistent_absence",
    "suspended_once_or_more",
    "permanent_exclusion_rate",
    "pep_in_time",
    "pep_quality",
    "pep_targets_met",
    "attainment_8",
    "ehcp",
    "placement_stability",
    "leavers_eet",
)
MOST, LETTERS, WORDS_OF_CHILDREN = 3, 190, 420
"""How many points each list has, and how many letters a point and what children said may have: more would not fit the page."""
OF_GOOD = ("Outstanding", "Good")


def report(facts: Facts) -> Report:
    figures = [KeyFigure(**{**key_figure(facts, name).__dict__, "sentences": ()}) for name in FIGURES]
    blocks: list[Block] = [
        Heading("The year in figures", "figures"),
        KeyFigures("The year in figures", (*figures, school_quality(facts))),
        Paragraph(
            "Chance alone moves figures about so few children. We say that one differs from another only where chance would hardly do it."
        ),
    ]
    for title, tone in (("What went well", "better"), ("What worries us", "worse")):
        found = [short(words, LETTERS) for words in better(facts, tone)[:MOST]]
        blocks.append(Heading(title, tone))
        blocks.append(Points(tuple(found)) if found else Paragraph("No figure stands clearly apart from England or from earlier years."))
    blocks.append(Heading("What children said", "children-said"))
    said = facts.text("children_said")
    if said and not facts.may_show("children_said"):
        blocks.append(withheld("What children said"))
    else:
        first = said.words.split("\n\n")[0] if said else "Nobody wrote down yet what children said."
        blocks.append(Paragraph(short(" ".join(first.split()), WORDS_OF_CHILDREN)))
    return of(
        facts,
        f"The virtual school on one page: {facts.la_name}, {years.label(facts.year)}",
        f"{facts.total('march')} children looked after on 31 March {facts.year}" if isinstance(facts.total("march"), int) else "",
        (),
        blocks,
    )


def short(words: str, most: int) -> str:
    """The words, or as many of their first sentences as fit; of one long sentence the whole words that fit, and three dots."""
    if len(words) <= most:
        return words
    kept = ""
    for sentence in words.replace(". ", ".\n").split("\n"):
        if len(kept) + len(sentence) > most:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or words[:most].rsplit(" ", 1)[0] + "…"


def school_quality(facts: Facts) -> KeyFigure:
    """How many of the children whose school was inspected are in one that was last judged good or outstanding."""
    held = dict(facts.roll("school_inspection"))
    known = {outcome: number for outcome, number in held.items() if outcome != "not known"}
    title = "In a school last judged good or outstanding"
    if not known:
        return KeyFigure(title, "–", "", "", "No figure", "none", (), "x")
    if not all(isinstance(number, int) for number in known.values()):
        return KeyFigure(title, "–", "", "", "Hidden", "none", (), "c")
    numbers = {outcome: int(number) for outcome, number in known.items()}
    share = percent(sum_of(numbers, OF_GOOD), sum(numbers.values()))
    return KeyFigure(title, f"{share}%", "", f"of {sum(numbers.values()):,} children", "", "none", ())


def sum_of(numbers: dict[str, int], outcomes: Sequence[str]) -> int:
    return sum(numbers.get(outcome, 0) for outcome in outcomes)

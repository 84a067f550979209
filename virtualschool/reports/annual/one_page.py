"""The year on one page: six figures, what stands apart, and what children said."""

from virtualschool import years
from virtualschool.reports.annual.contents import in_short, of
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.opening import better, key_figure
from virtualschool.reports.annual.section import withheld
from virtualschool.reports.blocks import Block, Heading, KeyFigure, KeyFigures, Paragraph, Points, Report

SIX = ("absence_rate", "persistent_absence", "suspended_once_or_more", "attainment_8", "placements_3_plus", "leavers_eet")
MOST = 3


def report(facts: Facts) -> Report:
    figures = [key_figure(facts, name) for name in SIX]
    blocks: list[Block] = [
        Heading("The year in figures", "figures"),
        Paragraph(
            "Chance alone moves figures about so few children. We say that one differs from another only where chance would hardly do it."
        ),
        KeyFigures("The year in figures", tuple(KeyFigure(**{**one.__dict__, "sentences": ()}) for one in figures)),
    ]
    for title, tone in (("What went well", "better"), ("What worries us", "worse")):
        found = better(facts, tone)[:MOST]
        blocks.append(Heading(title, tone))
        blocks.append(Points(tuple(found)) if found else Paragraph("No figure stands clearly apart from England or from earlier years."))
    blocks.append(Heading("What children said", "children-said"))
    said = facts.text("children_said")
    if said and not facts.may_show("children_said"):
        blocks.append(withheld("What children said"))
    else:
        blocks.append(Paragraph(said.words.split("\n\n")[0] if said else "Nobody wrote down yet what children said."))
    return of(
        facts,
        f"The virtual school on one page: {facts.la_name}, {years.label(facts.year)}",
        f"{facts.total('march')} children looked after on 31 March {facts.year}" if isinstance(facts.total("march"), int) else "",
        in_short(facts)[:2],
        blocks,
    )

"""The corporate parenting board's paper: short, with ten indicators, exceptions with their causes, and the decisions wanted."""

from collections.abc import Iterator
from decimal import Decimal

from virtualschool import years
from virtualschool.reports import wording
from virtualschool.reports.annual.contents import in_short, of
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.figures import recorded
from virtualschool.reports.annual.opening import better
from virtualschool.reports.annual.section import Item, written
from virtualschool.reports.blocks import Block, Cell, Column, Gap, Heading, Paragraph, Points, Report, Table
from virtualschool.reports.contents import cell, exact

INDICATORS = (
    "pep_in_time",
    "pep_quality",
    "absence_rate",
    "persistent_absence",
    "suspended_once_or_more",
    "permanent_exclusion_rate",
    "placement_stability",
    "leavers_eet",
    "attainment_8",
    "progress_8",
)


def report(facts: Facts) -> Report:
    def part(name: str) -> list[Block]:
        return written(name).drawn(facts)

    blocks: list[Block] = [
        Heading("Purpose", "purpose"),
        Paragraph(
            f"To tell the board, as corporate parents, how the children whom {facts.la_name} looks after got on in education in "
            f"{years.label(facts.year)}, and to ask for its challenge."
        ),
        Heading("Recommendation", "recommendation"),
        *part("board_recommendation"),
        Heading("What has changed since last time", "changes"),
        *part("board_changes"),
        Heading("Indicators", "indicators"),
        *indicators(facts),
        Heading("Exceptions", "exceptions"),
        *exceptions(facts),
        *part("board_causes"),
        Heading("What children say", "voice"),
        *part("children_said"),
        Heading("Priorities and actions", "priorities"),
        *Item(
            "next_priorities",
            "Priorities and actions",
            lambda of_facts: recorded(of_facts, "next_priorities"),
            "load an action plan, or annual_report.csv with the item next_priorities.",
        ).drawn(facts),
        Heading("Decisions wanted", "decisions"),
        *part("board_decisions"),
        Heading("Risks and next steps", "risks"),
        *part("board_risks"),
        Heading("Equality, finance and legal implications", "implications"),
        *part("board_implications"),
    ]
    return of(
        facts,
        f"Corporate parenting board: education of our children, {facts.la_name}, {years.label(facts.year)}",
        "Paper of the virtual school head",
        in_short(facts),
        blocks,
    )


def indicators(facts: Facts) -> Iterator[Block]:
    """Ten indicators with last year's figure, England's, the target where an action plan has one, and whether they moved."""
    rows: list[tuple[Cell, ...]] = []
    for name in INDICATORS:
        measure, row = facts.measure(name), facts.row(name)
        before = [past for past in facts.trends[name] if past["year"] == facts.year - 1]
        rows.append(
            (
                f"{measure.title} ({measure.unit})",
                target(facts, name),
                exact(cell(before[0], "value") if before else "x", measure),
                exact(cell(row, "value"), measure),
                exact(cell(row, "low"), measure),
                exact(cell(row, "high"), measure),
                exact(row["england_value"] if row.get("england_value") is not None else "x", measure),
                wording.one_word(wording.standing(row, measure, "england"), measure),
                trend_word(facts, name),
            )
        )
    yield Table(
        "board_indicators",
        f"Ten indicators, {facts.la_name}, {facts.year}",
        (
            Column("Indicator"),
            Column("Target"),
            *(Column(words, "", 2) for words in (str(facts.year - 1), str(facts.year), "Lower limit", "Upper limit", "England")),
            Column("Beside England"),
            Column("Change"),
        ),
        tuple(rows),
        source=facts.asked.source,
    )
    yield Paragraph(
        "Children out of school are the tenth matter that a board should see: they are in the annual report, section 5, where somebody "
        "recorded them. Limits are of 95% intervals."
    )


def target(facts: Facts, name: str) -> str:
    """The target that an action of this year's plan sets."""
    found: Decimal | None = facts.targets.get(name)
    return "none set" if found is None else wording.number(found, facts.measure(name).decimals)


def trend_word(facts: Facts, name: str) -> str:
    held = [row for row in facts.trends[name] if row["value"] is not None]
    if len(held) < 2 or held[-1]["year"] != facts.year:
        return "no figure"
    told = wording.change(held[-2], held[-1])
    return "higher" if told.startswith("higher") else "lower" if told.startswith("lower") else "no clear change"


def exceptions(facts: Facts) -> Iterator[Block]:
    found = [*better(facts, "worse"), *better(facts, "better")]
    if found:
        yield Points(tuple(found))
    else:
        yield Paragraph("No figure stands apart from England, or from earlier years, by more than chance alone would usually make.")
    if not facts.totals["ever"]:
        yield Gap("Children looked after", "load the SSDA903 return of the year.")

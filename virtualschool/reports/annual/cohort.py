"""Sections 4 and 5: who the children are, and where they learn."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from virtualschool.publish.counts import counts
from virtualschool.reports.annual.facts import Facts
from virtualschool.reports.annual.figures import measured, recorded, roll_chart, roll_table, several_children
from virtualschool.reports.annual.section import Item, Section, from_file, withheld, written
from virtualschool.reports.blocks import Block, Column, Paragraph, Table

RETURN = "load the SSDA903 return of the year (header and episodes)."
CENSUS = "load the SSDA903 return and a school census or pupil file of the year."


def on_roll(facts: Facts) -> Iterator[Block]:
    if not facts.totals["ever"]:
        return
    yield Paragraph(
        f"On 31 March {facts.year} {facts.la_name} looked after {several_children(facts.total('march'))}. "
        f"{several_children(facts.total('whole')).capitalize()} had been looked after for the twelve months before, which is whom "
        "national figures "
        f"of school are about; {several_children(facts.total('ever'))} at some time in the year. Short breaks are left out."
    )
    yield Table(
        "on_roll",
        f"Children looked after by {facts.la_name}, {facts.year}",
        (Column("Who"), Column("Children", "count", 0)),
        (
            ("On 31 March", facts.total("march")),
            ("For the twelve months to 31 March", facts.total("whole")),
            ("At any time in the year", facts.total("ever")),
        ),
        source=f"the authority's own return of looked-after children; {facts.asked.source}",
    )


def counted(column: str, title: str) -> Callable[[Facts], Iterator[Block]]:
    def blocks(facts: Facts) -> Iterator[Block]:
        yield from roll_chart(facts, column, title)

    return blocks


def tabled(columns: dict[str, str], name: str, title: str) -> Callable[[Facts], Iterator[Block]]:
    def blocks(facts: Facts) -> Iterator[Block]:
        if facts.totals["march"] and any(value != "not known" for column in columns for value, _ in facts.roll(column)):
            yield roll_table(facts, columns, name, title)

    return blocks


def needs(facts: Facts) -> Iterator[Block]:
    yield from tabled(
        {"sen": "Special educational needs", "disability": "Disability"}, "roll_needs", "Children by special educational need"
    )(facts)
    yield from measured(facts, ["sen_support", "ehcp"], "needs", f"Special educational needs, {facts.la_name}, {facts.year}")


def moves(facts: Facts) -> Iterator[Block]:
    names = ["placements_3_plus", "placement_stability", "school_moved"]
    yield from measured(facts, names, "moves", f"Moves, {facts.la_name}, {facts.year}", names[:1])


def in_area(facts: Facts) -> Iterator[Block]:
    columns = {"out_of_authority": "Where the placement stands", "distance_band": "Distance from home"}
    yield from tabled(columns, "roll_area", "Children by where they live")(facts)
    yield from measured(
        facts, ["placed_out_of_authority", "placed_over_20_miles_outside"], "area", f"Placed away from home, {facts.la_name}, {facts.year}"
    )


def school_types(facts: Facts) -> Iterator[Block]:
    yield from roll_chart(facts, "school_type", "Children by type of school")
    if any(value != "not known" for value, _ in facts.roll("school_type")):
        yield Paragraph("Not known: children below or above school age, and those who are not linked to a pupil record.")


def inspections(facts: Facts) -> Iterator[Block]:
    yield from tabled({"school_inspection": "Outcome"}, "roll_inspection", "Children by their school's latest inspection outcome")(facts)
    yield from recorded(facts, "school_inspections")


def alternative(facts: Facts) -> Iterator[Block]:
    held = dict(facts.roll("school_type"))
    if "alternative provision" in held:
        number = held["alternative provision"]
        yield Paragraph(f"Alternative provision was the main school of {several_children(number)} on the roll.")
    yield from recorded(facts, "alternative_provision")


def school_moves(facts: Facts) -> Iterator[Block]:
    yield from measured(facts, ["school_moved"], "school_moves", f"Moves of school, {facts.la_name}, {facts.year}", ["school_moved"])


def schools(facts: Facts) -> Iterator[Block]:
    """Each school with its children: for those who may know them, and for the public only after a check."""
    if not facts.may_show("schools"):
        yield withheld("Schools one by one")
        return
    rows = school_rows(facts.asked.engine, facts.asked.la, facts.year)
    if rows:
        title = f"Schools of {facts.la_name}'s looked-after children, {facts.year}"
        yield schools_table(rows, title, facts.asked.audience, f"children's main schools; {facts.asked.source}")


def school_rows(engine: Any, la: str, year: int) -> list[tuple[str, str, str, int]]:
    """Each school of an authority's children on 31 March: its URN, type, latest inspection, and how many children, a true number."""
    rows = engine.rows(
        "SELECT school, min(school_type) AS kind, min(school_inspection) AS outcome, count(*) AS n FROM children "
        "WHERE la = ? AND year = ? AND at_31_march AND school IS NOT NULL GROUP BY school ORDER BY n DESC, school",
        [la, year],
    )
    return [(str(row["school"]), row["kind"] or "not known", row["outcome"] or "not known", row["n"]) for row in rows]


def schools_text(engine: Any, la: str, year: int) -> str:
    """The table of schools as the text that a check is of, with true numbers, so that each change of the table undoes the check."""
    return "\n".join(" | ".join(str(cell) for cell in row) for row in school_rows(engine, la, year))


def schools_table(rows: Sequence[tuple[str, str, str, int]], title: str, audience: str, source: str) -> Table:
    numbers = counts([row[3] for row in rows], audience)
    columns = (Column("School (URN)"), Column("Type"), Column("Latest inspection"), Column("Children", "count", 0))
    lines = tuple((*row[:3], number) for row, number in zip(rows, numbers, strict=True))
    return Table("schools", title, columns, lines, source=source, open=False)


SECTIONS = (
    Section(
        4,
        "cohort",
        "Who our children are",
        (
            Item("on_roll", "Number on roll", on_roll, RETURN),
            Item("phase", "Phase and age", lambda facts: [*counted("age_band", "Children by age")(facts), *phases(facts)], RETURN),
            Item("sex", "Sex", counted("sex", "Children by sex"), RETURN),
            Item("ethnicity", "Ethnicity", counted("ethnic_group", "Children by ethnic group"), RETURN),
            Item("needs", "Special educational needs and plans", needs, CENSUS),
            Item("unaccompanied", "Unaccompanied children", counted("unaccompanied", "Unaccompanied asylum-seeking children"), RETURN),
            Item("time_in_care", "Time in care", counted("length_of_care", "Children by length of care"), RETURN),
            Item(
                "placement_type", "Where they live: type of placement", counted("placement_type", "Children by type of placement"), RETURN
            ),
            Item("area", "In or out of the area", in_area, f"{RETURN[:-1]} and the list of postcodes."),
            Item("moves", "Moves", moves, RETURN),
            from_file("other_authorities", "Children of other authorities", "the weekly roll with children placed here by others"),
        ),
    ),
    Section(
        5,
        "where-children-learn",
        "Where our children learn",
        (
            Item("school_type", "Type of school", school_types, CENSUS),
            Item(
                "school_inspections",
                "Inspection profile",
                inspections,
                "load the list of schools (GIAS), or annual_report.csv with school_inspections.",
            ),
            Item(
                "alternative_provision", "Alternative provision", alternative, "load annual_report.csv with the item alternative_provision."
            ),
            from_file("out_of_school", "Children out of school", "cases of children without a full-time place in the application"),
            written("out_of_school_story"),
            Item("school_moves", "Moves of school", school_moves, CENSUS),
            Item("schools", "Schools one by one", schools, CENSUS),
        ),
    ),
)


def phases(facts: Facts) -> Iterator[Block]:
    yield from tabled({"school_phase": "Phase"}, "roll_phase", "Children by phase of school")(facts)

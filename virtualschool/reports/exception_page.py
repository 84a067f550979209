"""The exception page: what differs of everything measured, in a table, and where there are too few children to say."""

from virtualschool import measures
from virtualschool.publish.told import Told
from virtualschool.reports import wording
from virtualschool.reports.blocks import Block, Column, Heading, Note, Paragraph, Points, Report, Table
from virtualschool.reports.telling import cell

BESIDE = {"england": "England", "neighbours": "statistical neighbours"}
GROUPS = (("worse", "Worse"), ("better", "Better"), ("neither", "Different, and neither better nor worse"))


def page(told: Told) -> Report:
    about = told.about
    year = about["years"][0]
    counts = {tone: sum(row["tone"] == tone for row in told.rows) for tone, _ in GROUPS}
    summary = [f"{wording.several(about['differ'], 'difference')} in {wording.several(about['comparisons'], 'comparison')}."]
    blocks: list[Block] = []
    for tone, title in GROUPS:
        if counts[tone]:
            blocks += [Heading(title, tone), table(told, tone, f"{title}: {about['la_name']}, {year}")]
    if not told.rows:
        blocks += [Heading("What differs", "none"), Note("Nothing differs", "No comparison shows more than chance would make.")]
    if about["too_few"]:
        blocks += [
            Heading("Too few children to say", "few"),
            Paragraph("Nothing is concluded below 11 children. Those who may open these children's records look at each child instead."),
            Points(tuple(f"{one['title']}: {one['look_at']}." for one in about["too_few"])),
        ]
    blocks += [Heading("What to mind", "notes"), Points(tuple(told.notes))]
    if told.marks:
        blocks += [Heading("Whose rules", "rules"), Paragraph(" ".join(told.marks))]
    internal = any("internal" in mark for mark in told.marks)
    return Report(
        la=about["la"],
        la_name=about["la_name"],
        year=year,
        title=f"What differs: {about['la_name']}, {year}",
        subtitle="Of everything that is measured, only what differs from England or from the statistical neighbours by more than chance",
        audience="internal" if internal else "public",
        mark=told.marks[0] if internal else "Public: small numbers are hidden",
        summary=tuple(summary),
        blocks=tuple(blocks),
        invented=not about["la"].isdigit(),
    )


def table(told: Told, tone: str, title: str) -> Table:
    """The differences of one tone. Measures have their own units and decimals, so numbers stand as they are said."""
    names = ("Measure", "Beside", "Children", "Figure", "95% interval", "Theirs", "Difference, points", "95% interval of it")
    columns = tuple(Column(name, "count", 0) if name == "Children" else Column(name) for name in names)
    rows = []
    for row in told.rows:
        if row["tone"] != tone:
            continue
        measure = measures.named(row["measure"])
        amounts = {
            name: wording.number(row[name], measure.decimals) if name.startswith("difference") else wording.amount(row[name], measure)
            for name in ("value", "low", "high", "other_value", "difference", "difference_low", "difference_high")
            if row[name] is not None
        }
        rows.append(
            (
                row["title"],
                BESIDE[row["beside"]],
                cell(row["pupils"], columns[2]),
                amounts["value"],
                between(amounts, "low", "high"),
                amounts["other_value"],
                amounts["difference"],
                between(amounts, "difference_low", "difference_high"),
            )
        )
    return Table(f"differs_{tone}", title, columns, tuple(rows))


def between(amounts: dict[str, str], low: str, high: str) -> str:
    return f"{amounts[low]} to {amounts[high]}" if low in amounts and high in amounts else "x"

"""Several measures in one table, each with its comparison and a link to all that is known of it."""

from typing import Any

from django.urls import reverse

from virtualschool import measures, years
from virtualschool.measures import Measure
from virtualschool.reports import wording
from virtualschool.reports.blocks import Cell, Column, Table
from virtualschool.reports.contents import HEADLINES
from virtualschool.web.presenters import behind
from virtualschool.web.presenters.figures_asked import Figures, Row
from virtualschool.web.presenters.figures_pieces import TITLES, Piece, cell, count, exact, says, standing
from virtualschool.web.presenters.figures_trend import in_pages


def rows_of(figures: Figures) -> list[tuple[Measure, Row]]:
    """The row of each measure in the year chosen, or in the newest that each has."""
    names = figures.choice.measures or HEADLINES
    if figures.choice.year is not None:
        found = {row.line.cell.measure.name: row for row in figures.rows(names, str(figures.choice.year))}
    else:
        from virtualschool.web.presenters.figures_asked import newest

        by_year: dict[int, list[str]] = {}
        for name in names:
            by_year.setdefault(newest(figures.snapshot, name, figures.choice.cohort, figures.la), []).append(name)
        found = {row.line.cell.measure.name: row for year, alike in by_year.items() for row in figures.rows(alike, str(year))}
    return [(measures.named(name), found[name]) for name in names if name in found]


def overview(figures: Figures) -> dict[str, Any]:
    """Lines of the table of measures, ready to be laid out."""
    found = rows_of(figures)
    lines = []
    for measure, row in found:
        values = row.values
        known = values["value"] is not None
        to_children = ""
        if figures.is_internal and values["source"] == "pupils" and values["pupils"]:
            to_children = behind.address(figures.choice, measure.name, row.year, "denominator")
        lines.append(
            {
                "title": measure.title,
                "address": reverse("figures-trend") + figures.choice.query(measures=(measure.name,)),
                "year": years.label(row.year),
                "children": "" if values["pupils"] is None else f"{values['pupils']:,}",
                "behind": to_children,
                "value": wording.amount(values["value"], measure) if known else "",
                "symbol": wording.SHORT.get(wording.of_today(values["symbol"] or "x"), "no figure") if not known else "",
                "interval": wording.interval(values, measure).removeprefix("95% interval "),
                "others": [other(values, name, measure) for name in TITLES],
                "standing": standing(row, measure),
                "tone": wording.tone(wording.standing(values, measure, "england"), measure) if known else "neither",
                "says": [*([] if known else [in_pages(wording.reason(values))]), *says(row, measure)],
            }
        )
    return {"lines": lines, "marks": marks(figures, [row for _, row in found]), "others": list(TITLES.values())}


def marks(figures: Figures, rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(row.line.row["mark"] for row in rows if row.line.row.get("mark")))


def other(values: Any, name: str, measure: Measure) -> str:
    value = values.get(f"{name}_value")
    return "" if value is None else wording.amount(value, measure)


def piece(figures: Figures) -> Piece:
    """The table of measures as a file has it."""
    rows: list[tuple[Cell, ...]] = []
    found = rows_of(figures)
    for measure, row in found:
        values = row.values
        amounts = [values[name] for name in ("low", "high", *(f"{name}_value" for name in TITLES))]
        shown = [cell(values, "value"), *("z" if value is None else exact(value) for value in amounts)]
        rows.append((measure.title, measure.unit, years.label(row.year), cell(values, "pupils"), *shown, standing(row, measure)))
    numbers = ("Figure", "From", "To", *TITLES.values())
    columns = (Column("Measure"), Column("Unit"), Column("School year"), count("Children"), *(Column(name, "", 2) for name in numbers))
    table = Table("measures", f"Figures of {figures.la_name}", (*columns, Column("Beside England")), tuple(rows), (), figures.source)
    return Piece("measures", "Figures", "", None, table, marks(figures, [row for _, row in found]))

"""Pages of the models: what makes the most difference, what was expected of authorities' children, and the stand-in."""

from collections.abc import Sequence
from typing import Any

from virtualschool.publish.told import Told
from virtualschool.reports import telling
from virtualschool.reports.blocks import Block, Chart, Column, Heading, Mark, Note, Points, Report, Table

EFFECTS = ("place", "title", "unit", "part", "effect", "low", "high", "typical_effect", "children", "says")
EXPECTED = ("la", "la_name", "years", "children", "observed", "expected", "range_low", "range_high", "difference", "low", "high", "verdict")
STAND_IN = ("year", "la", "la_name", "children", "others", "difference", "low", "high", "starting_point", "verdict")
"""Columns of a table for a person."""
MOST_ROWS = 60
"""A chart of more rows than this cannot be read."""


def factors(told: Told) -> Report:
    """The effects as a chart and a table, what may be read from each, and whether the model can be trusted."""
    about = told.about
    unit = about["unit"]
    blocks: list[Block] = [Heading("What makes the most difference", "effects")]
    if not told.rows:
        blocks.append(Note("No model", " ".join(told.notes)))
    else:
        blocks.append(effects_chart(told))
        blocks.append(Points(tuple(f"{row['title']}. {row['says']} {row['can_say']}" for row in told.rows)))
        blocks += [Heading("What is a cause and what is not", "causes"), Points(tuple(told.notes))]
        blocks += [Heading("Whether the model can be trusted", "checks"), checks_table(about, unit)]
    return report(told, f"What goes with {about['title'].lower()}", "Looked-after children, adjusted for one another", blocks)


def effects_chart(told: Told) -> Chart:
    unit = told.about["unit"]
    marks = tuple(
        Mark(row["title"], "Effect", row["typical_effect"], row["typical_low"], row["typical_high"], group=row["part"]) for row in told.rows
    )
    in_order = tuple(mark for part in dict.fromkeys(mark.group for mark in marks) for mark in marks if mark.group == part)
    columns = {
        "place": "Place",
        "title": "Factor",
        "unit": "Of what",
        "part": "Part",
        "effect": "Effect",
        "low": "Low",
        "high": "High",
        "children": "Children",
    }
    return Chart(
        "effects",
        "dots",
        "Difference between a child with much of it and a child with little",
        "Each mark is the difference that goes with a factor, with its 95% interval: for a yes or no between the two, for a number between "
        "the ninth tenth of children and the first. Everything else in the model is alike.",
        unit[:1].upper() + unit[1:],
        in_order,
        (("Effect", "own"),),
        effects_table(told, columns, unit),
        reference=("no difference", 0.0),
    )


def effects_table(told: Told, columns: dict[str, str], unit: str) -> Table:
    made = telling.table_of(told, "effects", "Effects", columns, unit, 2)
    return Table(made.name, made.title, counted(made.columns, {"Place", "Children"}), made.rows, (), open=True)


def counted(columns: Sequence[Column], whole: set[str]) -> tuple[Column, ...]:
    return tuple(Column(column.title, "count", 0) if column.title in whole and column.is_number else column for column in columns)


def checks_table(about: dict[str, Any], unit: str) -> Table:
    rows = tuple(
        (row["check"], row["part"], *(telling.cell(row[name], Column("", unit, 3)) for name in ("value", "beside")), row["children"] or "")
        for row in about.get("checks", ())
    )
    notes = (
        "Out of sample: children in ten parts, each foretold by a model of the other nine; beside it the spread of results.",
        "Calibration: children in tenths by what was foretold; the mean foretold, and beside it the mean observed.",
        "Collinearity: how much wider an effect's doubt is because its factor goes together with others; 1 is not at all.",
        "Influence: the most that leaving one authority out moves any effect, in its standard errors.",
    )
    columns = (Column("Check"), Column("Of what"), Column("Figure", "", 3), Column("Beside it", "", 3), Column("Children", "count", 0))
    return Table("checks", "Checks of the model", columns, rows, notes, open=False)


def expected(told: Told) -> Report:
    """Authorities' observed values beside what was expected, with the range that chance gives."""
    about = told.about
    rows = [row for row in told.rows if row["difference"] is not None]
    blocks: list[Block] = [Heading("Observed against expected", "expected")]
    if not rows:
        blocks.append(Note("No figure", told.notes[0]))
    elif len(rows) <= MOST_ROWS:
        blocks.append(differences_chart(told, rows))
    else:
        blocks.append(expected_table(told, rows))
    blocks += [Heading("What to mind", "notes"), Points(tuple(told.notes))]
    return report(told, f"{about['title']}: observed against expected", f"Given {about.get('adjusted_for', 'groups of children')}", blocks)


def differences_chart(told: Told, rows: Sequence[dict[str, Any]], group: str = "years") -> Chart:
    unit = told.about["unit"]
    marks = tuple(Mark(row["la_name"], "Difference", row["difference"], row["low"], row["high"], group=str(row[group])) for row in rows)
    return Chart(
        "differences",
        "dots",
        "Difference from what was expected",
        "Each mark is what was observed less what was expected, with its 95% interval. Where the interval holds nought, nobody can tell.",
        unit[:1].upper() + unit[1:],
        marks,
        (("Difference", "own"),),
        expected_table(told, rows),
        reference=("as expected", 0.0),
    )


def expected_table(told: Told, rows: Sequence[dict[str, Any]]) -> Table:
    names = {
        "la_name": "Authority",
        "years": "Years",
        "year": "Year",
        "starting_point": "Starting point",
        "children": "Children",
        "observed": "Observed",
        "expected": "Expected",
        "range_low": "Range from",
        "range_high": "Range to",
        "difference": "Difference",
        "low": "Low",
        "high": "High",
        "shrunk": "Difference to count on",
        "verdict": "Verdict",
    }
    shown = {name: words for name, words in names.items() if rows and name in rows[0]}
    made = telling.table_of(Told(list(rows), told.marks), "differences", "Observed against expected", shown, told.about["unit"], 2)
    return Table(made.name, made.title, counted(made.columns, {"Children", "Year"}), made.rows, (), open=True)


def stand_in(told: Told) -> Report:
    """The differences of groups from what was expected, where there is no progress."""
    about = told.about
    blocks: list[Block] = [Heading(about["title"], "stand-in")]
    rows = [row for row in told.rows if row["difference"] is not None]
    if not rows:
        blocks.append(Note("No figure", " ".join(told.notes[3:]) or told.notes[0]))
    elif len(rows) <= MOST_ROWS:
        blocks.append(differences_chart(told, rows, group="year"))
    else:
        blocks.append(expected_table(told, rows))
    blocks += [Heading("What it is and what it is not", "notes"), Points(tuple(told.notes))]
    return report(told, about["title"], "In points. It stands in for progress in years that have none, and is not progress", blocks)


def report(told: Told, title: str, subtitle: str, blocks: Sequence[Block]) -> Report:
    internal = any("internal" in mark for mark in told.marks)
    return Report(
        la="all",
        la_name="all authorities",
        year=0,
        title=title,
        subtitle=subtitle,
        audience="internal" if internal else "public",
        mark=told.marks[0],
        summary=tuple(told.notes[:1]),
        blocks=tuple(blocks),
        invented=any(not str(row.get("la", "301"))[:1].isdigit() and row.get("la") != "england" for row in told.rows),
    )

"""Pages of the models: what makes the most difference, what was expected of authorities' children, and the stand-in."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from virtualschool import measures
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
    subtitle = f"Looked-after children of {about.get('years', 'no year')}, everything else in the model alike"
    made = report(told, f"What makes the most difference: {about['title']}", subtitle, blocks)
    greatest = tuple(f"{row['title']}. {row['says']}" for row in told.rows[:3] if row["clear"])
    return replace(made, summary=(*greatest, *made.summary))


def effects_chart(told: Told) -> Chart:
    unit = told.about["unit"]
    marks = tuple(
        Mark(row["title"], "Effect", row["typical_effect"], row["typical_low"], row["typical_high"], group=row["part"]) for row in told.rows
    )
    in_order = tuple(mark for part in dict.fromkeys(mark.group for mark in marks) for mark in marks if mark.group == part)
    columns = {
        "title": "Factor",
        "place": "Place",
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
    made = telling.table_of(told, "effects", "Effects", columns, unit, decimals(told) + 1)
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
    several = len({row[group] for row in rows}) > 1
    marks = tuple(
        Mark(f"{row['la_name']}, {row[group]}" if several else row["la_name"], "Difference", row["difference"], row["low"], row["high"])
        for row in rows
    )
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
    # A year is no amount: it has no comma.
    rows = [row | {"year": str(row["year"])} if "year" in row else row for row in rows]
    made = telling.table_of(
        Told(list(rows), told.marks), "differences", "Observed against expected", shown, told.about["unit"], decimals(told)
    )
    return Table(made.name, made.title, counted(made.columns, {"Children"}), made.rows, (), open=True)


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
        year=max((int(word) for word in str(told.about.get("years", "")).split() if word.isdigit()), default=0) or newest(told),
        title=title,
        subtitle=subtitle,
        audience="internal" if internal else "public",
        mark=told.marks[0],
        summary=tuple(told.notes[:1]),
        blocks=tuple(blocks),
        invented=bool(told.about.get("invented")),
    )


def newest(told: Told) -> int:
    """The newest year that the rows are of."""
    return max((int(word) for row in told.rows for word in re.findall(r"20\d\d", str(row.get("years", row.get("year", ""))))), default=0)


def decimals(told: Told) -> int:
    """Those of the measure; points of a stand-in have one."""
    name = told.about["measure"]
    return measures.ALL[name].decimals if name in measures.ALL else 1

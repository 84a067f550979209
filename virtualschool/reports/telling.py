"""How statistics are told: a table for a person, CSV or JSON for a program, and where there is a chart, SVG or a page."""

import pathlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TextIO

from virtualschool import measures
from virtualschool.errors import unknown
from virtualschool.publish.told import Told
from virtualschool.reports import listing
from virtualschool.reports.blocks import Block, Chart, Column, Heading, Note, Paragraph, Points, Report, Table
from virtualschool.reports.cells import safe

PLAIN = ("table", "csv", "json")
PAGED, DRAWN = (*PLAIN, "html"), (*PLAIN, "svg", "html")


def style_of(style: str, styles: Sequence[str] = PLAIN, output: pathlib.Path | None = None) -> str:
    """The style; raises WrongUse for one that this cannot be told in, or a file that cannot be written, before anything is read."""
    if style not in styles:
        raise unknown("Format", style, styles)
    listing.can_be_written(output)
    return style


def tell(
    told: Told,
    style: str,
    title: str,
    *,
    output: pathlib.Path | None = None,
    columns: Sequence[str] = (),
    chart: Callable[[Told], Chart] | None = None,
    page_of: Callable[[Told], Report] | None = None,
) -> None:
    """Writes a statistic in a style. A table for a person has only `columns`, if any are named; the others have all."""
    with listing.written(output) as out:
        if style == "json":
            listing.as_json(told.to_json(), out)
        elif style == "csv":
            as_csv(told.rows, out)
        elif style == "svg" and chart:
            from virtualschool.reports import charts

            out.write(charts.svg(chart(told)) + "\n")
        elif style == "html" and (made := page_of(told) if page_of else chart and page(told, chart(told))):
            from virtualschool.reports.html import html

            out.write(html(made))
        else:
            table(told, title, columns, out)


def tell_page(
    told: Told, style: str, title: str, page: Callable[[Told], Report], *, output: pathlib.Path | None = None, columns: Sequence[str] = ()
) -> None:
    """Writes a statistic in a style of PAGED; `page` makes its page."""
    if style == "table":
        told = replace(told, rows=[seen(row) for row in told.rows])
    if style != "html":
        return tell(told, style, title, output=output, columns=columns)
    from virtualschool.reports.html import html

    with listing.written(output) as out:
        out.write(html(page(told)))
    return None


def seen(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its symbol in the place of every number that is hidden."""
    symbol = row.get("symbol")
    return {name: symbol if value is None and symbol else value for name, value in row.items()}


def as_csv(rows: Sequence[Mapping[str, Any]], out: TextIO) -> None:
    import csv

    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: safe(value) for name, value in row.items()} for row in rows)


def table(told: Told, title: str, columns: Sequence[str], out: TextIO) -> None:
    for mark in told.marks:
        print(mark, file=out)
    listing.lay(title, [line(row, columns) for row in told.rows], out)
    for name, value in told.about.items():
        if isinstance(value, int | float | str) and name not in ("measure", "title", "unit") and value != "":
            print(f"  {name.replace('_', ' ')}: {value}", file=out)
    for note in told.notes:
        print(f"  {note}", file=out)


def line(row: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    """The row of a table: a value that is hidden shows its symbol."""
    kept = {name: row[name] for name in (columns or row) if name in row}
    if kept.get("value", "") is None and row.get("symbol"):
        kept["value"] = row["symbol"]
    return kept


# --- A page ---


def page(told: Told, chart: Chart) -> Report:
    """A page of one chart with its table and notes."""
    blocks: list[Block] = [Heading("The chart", "chart"), Paragraph(chart.description), chart]
    if told.notes:
        blocks += [Heading("What to mind", "notes"), Points(tuple(told.notes))]
    if told.marks:
        blocks += [Heading("Whose rules", "rules"), Paragraph(" ".join(told.marks))]
    if not told.rows:
        blocks.insert(2, Note("No figure", told.notes[0] if told.notes else "Nothing can be shown."))
    internal = any("internal" in mark for mark in told.marks)
    return Report(
        la=told.about.get("la", "all"),
        la_name=told.about.get("la_name", "all authorities"),
        year=(told.about.get("years") or [0])[-1],
        title=chart.title,
        subtitle=told.about.get("la_name", "All authorities"),
        audience="internal" if internal else "public",
        mark=told.marks[0] if internal else "Public: small numbers are hidden",
        summary=tuple(told.notes[:1]),
        blocks=tuple(blocks),
        invented=bool(told.about.get("invented")),
    )


def table_of(told: Told, name: str, title: str, columns: Mapping[str, str], unit: str, decimals: int) -> Table:
    """A table under a chart: `columns` gives the words of each column of the rows."""
    whole = {"pupils", "more_up", "more_down", "rank", "rank_low", "rank_high"}
    kinds = []
    for key, words in columns.items():
        numbers = [row[key] for row in told.rows if isinstance(row[key], int | float) and not isinstance(row[key], bool)]
        kinds.append(Column(words, "count" if key in whole else unit, 0 if key in whole else decimals) if numbers else Column(words))
    rows = tuple(tuple(cell(row[key], kind) for key, kind in zip(columns, kinds, strict=True)) for row in told.rows)
    return Table(name, title, tuple(kinds), rows, tuple(told.notes), open=False)


def cell(value: Any, column: Column) -> str | int | Decimal:
    if value is None:
        return "x" if column.is_number else ""
    if isinstance(value, float):
        return Decimal(str(value))
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def title_of(name: str) -> str:
    return measures.named(name).title

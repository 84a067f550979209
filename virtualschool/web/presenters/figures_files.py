"""Figures as files: CSV for programs, a workbook for people. Formulas are off, and every row says what it bears."""

import csv
import io
import pathlib
import tempfile

from virtualschool.reports.blocks import Heading, Report, Table
from virtualschool.reports.cells import safe
from virtualschool.web.presenters.figures_asked import Figures
from virtualschool.web.presenters.figures_pieces import Piece, heading, of_whom, text

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def name(figures: Figures, piece: Piece, kind: str) -> str:
    """attainment_8-trend-V01-2026.csv"""
    parts = [figures.choice.measure or "figures", piece.name, figures.la, str(figures.year), *(["internal"] if figures.is_internal else [])]
    return "-".join(parts) + f".{kind}"


def bearing(figures: Figures, piece: Piece) -> list[str]:
    """What a file says of itself beside its numbers."""
    mark = [] if piece.marks else ["Public: small numbers are hidden."]
    return [*piece.marks, *mark, f"{of_whom(figures)}. {figures.la_name}.", f"From {figures.source}."]


def as_csv(figures: Figures, piece: Piece) -> bytes:
    """A line a row, numbers as a program reads them; the last column says whose figures they are."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    table = piece.table
    writer.writerow([*(safe(heading(column)) for column in table.columns), "About these figures"])
    about = " ".join(bearing(figures, piece))
    for row in table.rows:
        cells = [str(value) if column.is_number else safe(text(value, column)) for value, column in zip(row, table.columns, strict=True)]
        writer.writerow([*cells, safe(about)])
    return out.getvalue().encode("utf-8-sig")


def as_workbook(figures: Figures, piece: Piece) -> bytes:
    from virtualschool.reports import xlsx

    said = bearing(figures, piece)
    table = Table(piece.table.name, piece.table.title, piece.table.columns, piece.table.rows, tuple(piece.notes), figures.source)
    report = Report(
        la=figures.la,
        la_name=figures.la_name,
        year=figures.year,
        title=piece.table.title,
        subtitle=f"{of_whom(figures)}. {figures.la_name}.",
        audience=figures.audience,
        mark=said[0],
        summary=tuple(filter(None, (piece.sentence, *said[1:]))),
        blocks=(Heading(piece.title, piece.name), table),
        invented=figures.la.startswith("V"),
    )
    with tempfile.TemporaryDirectory() as scratch:
        file = pathlib.Path(scratch) / "figures.xlsx"
        xlsx.write(report, file)
        return file.read_bytes()

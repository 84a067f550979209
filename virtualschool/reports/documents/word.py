"""A document as Word: real styles, headings, captions with numbers, words for pictures, header rows that repeat, a list of contents.

Everything can be edited. Nothing is laid out by tables but data.
"""

import functools
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from virtualschool.reports import pictures
from virtualschool.reports.blocks import (
    Answer,
    Block,
    Chart,
    Choice,
    Column,
    Gap,
    Heading,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Place,
    Points,
    Table,
)
from virtualschool.reports.documents.document import INVENTED, MADE, Document, heading, shown, symbols, weights
from virtualschool.reports.documents.word_parts import (
    FIGURE,
    TABLE,
    Parts,
    bookmark,
    caption,
    contents,
    control,
    describe,
    filled,
    header_row,
    set_up,
    ticked,
    widths,
)

WIDE_CM = 17.0
"""The width of the text on a page: A4 less its margins."""


def word(document: Document) -> bytes:
    """The Word file of a document."""
    import docx

    made = docx.Document()
    set_up(made, document)
    # Each paragraph looks its style up among all of them; from here on none is added.
    made.part.get_style_id = functools.cache(made.part.get_style_id)  # type: ignore[method-assign]
    first_page(made, document)
    parts = Parts()
    for block in document.blocks:
        draw(made, block, parts, document.one_page)
    out = io.BytesIO()
    made.save(out)
    return timeless(out)


def timeless(written: io.BytesIO) -> bytes:
    """The file with a fixed time on each of its parts, so that the same document is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(written) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in held.infolist():
            kept.writestr(zipfile.ZipInfo(part.filename, MADE.timetuple()[:6]), held.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def first_page(made: Any, document: Document) -> None:
    made.add_paragraph(document.title, style="Title")
    if document.subtitle:
        made.add_paragraph(document.subtitle, style="Subtitle")
    made.add_paragraph(document.mark, style="Mark")
    if document.invented:
        made.add_paragraph(INVENTED, style="Mark")
    if document.summary:
        made.add_paragraph(document.summary_title, style="Box heading")
        for text in document.summary:
            made.add_paragraph(text, style="List Bullet")
    if document.contents:
        made.add_paragraph("Contents", style="Box heading")
        contents(made, [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 2])
        made.add_page_break()


def draw(made: Any, block: Block, parts: Parts, is_one_page: bool = False) -> None:
    match block:
        case Heading():
            paragraph = made.add_heading(block.text, block.level - 1)
            if block.level == 2:
                bookmark(paragraph, parts.next_heading())
        case Paragraph():
            made.add_paragraph(block.text)
        case Points():
            for text in block.texts:
                made.add_paragraph(text, style="List Bullet")
        case Note():
            titled(made, "Note", block.title, block.text)
        case Gap():
            titled(made, "Gap", block.title, block.text)
        case Place():
            place(made, block)
        case Answer():
            answer(made, block)
        case Choice():
            choice(made, block)
        case KeyFigures():
            table(made, figures(block.title, block.figures), parts, is_one_page)
        case Table():
            table(made, block, parts)
        case Chart():
            chart(made, block, parts)


def titled(made: Any, style: str, title: str, text: str) -> None:
    paragraph = made.add_paragraph(style=style)
    paragraph.add_run(f"{title}. ").bold = True
    paragraph.add_run(text)


def place(made: Any, block: Place) -> None:
    """A field with the person's words, or with the prompt until there are some."""
    texts = block.paragraphs
    control(made, block.name, block.title, texts or (block.prompt,), style="Normal" if texts else "Place", waits=not texts)
    if texts and block.written:
        made.add_paragraph(block.written, style="Small")


def answer(made: Any, block: Answer) -> None:
    made.add_paragraph(block.label, style="Question")
    if block.hint:
        made.add_paragraph(block.hint, style="Small").paragraph_format.keep_with_next = True
    texts = tuple(block.text.split("\n")) if block.text else (" ",)
    control(made, block.label, block.label, texts, style="Answer", waits=not block.text, lines=block.lines)


def choice(made: Any, block: Choice) -> None:
    made.add_paragraph(block.label, style="Question")
    if block.hint:
        made.add_paragraph(block.hint, style="Small").paragraph_format.keep_with_next = True
    for option in block.options:
        ticked(made, option, option in block.chosen)


def figures(title: str, shown_figures: Sequence[KeyFigure]) -> Table:
    """Key figures as a table: boxes side by side say nothing to those who hear a page."""
    columns = [Column("Measure"), Column("Figure"), Column("Interval"), Column("At a glance")]
    rows: list[tuple[str, ...]] = [
        (one.title, f"{one.value} {one.unit}".strip(), one.interval or "none", one.standing or "–") for one in shown_figures
    ]
    said = [" ".join(filter(None, one.sentences)) for one in shown_figures]
    if any(said):
        columns.append(Column("What can be said"))
        rows = [(*row, words) for row, words in zip(rows, said, strict=True)]
    return Table("key_figures", title, tuple(columns), tuple(rows))


def table(made: Any, block: Table, parts: Parts, is_small: bool = False) -> None:
    if not block.rows:
        made.add_paragraph(f"{block.title}: there are none.")
        return
    caption(made, TABLE, parts.next(TABLE), block.title)
    small = is_small or len(block.columns) > 6
    lines = [
        [heading(column) for column in block.columns],
        *([shown(value, column) for value, column in zip(row, block.columns, strict=True)] for row in block.rows),
    ]
    drawn = filled(made, lines, [column.is_number for column in block.columns], "Smallcell" if small else "Cell")
    header_row(drawn)
    widths(drawn, weights(block.columns, block.rows), WIDE_CM)
    describe(drawn, block.title)
    for text in block.notes:
        made.add_paragraph(text, style="Small")
    if told := symbols(block.columns, block.rows):
        made.add_paragraph(told, style="Small")
    made.add_paragraph(f"Source: {block.source}." if block.source else " ", style="Small")


def chart(made: Any, block: Chart, parts: Parts) -> None:
    from docx.shared import Cm

    caption(made, FIGURE, parts.next(FIGURE), block.title)
    run = made.add_paragraph(style="Picture").add_run()
    picture = run.add_picture(io.BytesIO(pictures.png(block)), width=Cm(WIDE_CM - 1))
    properties = picture._inline.docPr
    properties.set("descr", f"{block.title}. {block.description}")
    properties.set("title", block.title)
    properties.set("name", block.name)
    table(made, block.table, parts)

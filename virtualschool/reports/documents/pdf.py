"""A document as tagged PDF, held to PDF/UA-1 as it is written: what would break it stops the writing.

The words go to the template as data, never as its source. Typst itself checks what of PDF/UA-1 a machine can: a title, headings
without a gap, words for each picture.
"""

import json
import pathlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any

from virtualschool import reports
from virtualschool.reports import pictures
from virtualschool.reports.blocks import Answer, Block, Chart, Choice, Gap, Heading, KeyFigures, Note, Paragraph, Place, Points, Table
from virtualschool.reports.documents.document import INVENTED, Document, heading, shown, symbols, weights

FONT = "Source Sans 3"


def pdf(document: Document, template: str = "document.typ") -> bytes:
    """The PDF of a document. Raises ValueError where it would not keep to PDF/UA-1."""
    import typst

    told = {
        "title": document.title,
        "subtitle": document.subtitle,
        "mark": document.mark,
        "about": document.about,
        "internal": document.internal,
        "invented": INVENTED if document.invented else "",
        "summary": document.summary,
        "summary_title": document.summary_title,
        "contents": document.contents,
        "one_page": document.one_page,
        "language": document.language.partition("-")[0],
        "region": document.language.partition("-")[2],
        "blocks": list(blocks(document.blocks)),
    }
    # The template has the data from its surroundings, so that no word of a person is ever read as its language.
    source = (resources.files(reports) / "templates" / template).read_bytes()
    try:
        made = typst.compile(
            source,
            font_paths=fonts(),
            sys_inputs={"document": json.dumps(told, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=document.made,
        )
    except typst.TypstError as fault:
        raise ValueError(f"The PDF was not written: {fault.message} {' '.join(fault.hints)}") from fault
    return made


@cache
def fonts() -> Any:
    """Our own font alone, so that a document looks the same everywhere; Typst's where the browser's files were not fetched."""
    import typst

    folder = resources.files("virtualschool.web") / "assets" / "fonts"
    found = [pathlib.Path(str(folder))] if folder.is_dir() else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=found)


def blocks(listed: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """The blocks as the template takes them: plain words and numbers of how wide things are."""
    for block in listed:
        match block:
            case Heading():
                yield {"kind": "heading", "text": block.text, "level": block.level - 1}
            case Paragraph():
                yield {"kind": "paragraph", "text": block.text}
            case Points():
                yield {"kind": "points", "texts": block.texts}
            case Note():
                yield {"kind": "note", "title": block.title, "text": block.text}
            case Gap():
                yield {"kind": "gap", "title": block.title, "text": block.text}
            case Place():
                place = {"title": block.title, "prompt": block.prompt, "texts": block.paragraphs, "written": block.written}
                yield {"kind": "place", **place}
            case Answer():
                yield {"kind": "answer", "label": block.label, "text": block.text, "hint": block.hint, "lines": block.lines}
            case Choice():
                options = [{"text": option, "ticked": option in block.chosen} for option in block.options]
                yield {"kind": "choice", "label": block.label, "hint": block.hint, "options": options}
            case KeyFigures():
                yield {"kind": "figures", "title": block.title, "figures": [figure(one) for one in block.figures]}
            case Table():
                yield table(block)
            case Chart():
                drawn = pictures.for_pdf(block, FONT)
                yield {"kind": "chart", "title": block.title, "alt": f"{block.title}. {block.description}", "svg": drawn}
                yield table(block.table)


def figure(one: Any) -> dict[str, Any]:
    return {
        "title": one.title,
        "value": f"{one.value} {one.unit}".strip(),
        "interval": one.interval,
        "standing": one.standing,
        "tone": one.tone,
        "texts": [text for text in one.sentences if text],
    }


def table(block: Table) -> dict[str, Any]:
    if not block.rows:
        return {"kind": "paragraph", "text": f"{block.title}: there are none."}
    notes = [*block.notes, *([symbols(block.columns, block.rows)] if symbols(block.columns, block.rows) else [])]
    return {
        "kind": "table",
        "title": block.title,
        "columns": [{"title": heading(column), "number": column.is_number} for column in block.columns],
        "widths": weights(block.columns, block.rows),
        "rows": [[shown(value, column) for value, column in zip(row, block.columns, strict=True)] for row in block.rows],
        "notes": notes,
        "source": f"Source: {block.source}." if block.source else "",
    }

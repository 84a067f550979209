"""Recording documents: Word that is filled in by keyboard and read back, and tagged PDF to print and write on.

`sheet` says what a document holds, from the one definition in `plans.progress_documents`; `word` and `pdf` draw it; `reading` reads a
filled Word document.
"""

import pathlib
from collections.abc import Sequence

from virtualschool.errors import unknown

FORMATS = ("docx", "pdf")


def drawn(sheet, style: str) -> bytes:
    """A sheet as a file of a format."""
    if style == "docx":
        from virtualschool.reports.forms.word import word

        return word(sheet)
    if style == "pdf":
        from virtualschool.reports.forms.pdf import pdf

        return pdf(sheet)
    raise unknown("Format", style, FORMATS)


def write_blank(folder: pathlib.Path, formats: Sequence[str] = FORMATS) -> list[pathlib.Path]:
    """Every document, blank, written to `folder`; the files. Raises WrongUse for a format that there is none of, before writing."""
    from virtualschool.plans.progress_documents import documents
    from virtualschool.reports.forms.sheet import blank

    wanted = list(dict.fromkeys(formats))
    if strange := [style for style in wanted if style not in FORMATS]:
        raise unknown("Format", strange[0], FORMATS)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for document in documents().values():
        for style in wanted:
            file = folder / f"{document.name}.{style}"
            file.write_bytes(drawn(blank(document), style))
            written.append(file)
    return written

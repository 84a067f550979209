"""A recording document as Word: every answer is a content control with its question as title, so that it is filled in by keyboard.

Lists are drop-down lists, dates are date pickers, yes is a box to tick. The file is protected for filling in forms, without a password:
Tab then goes from answer to answer, and who wants to change the document ends the protection in Word. Each control bears a tag
(`kind:entry:field`), by which `reading` knows it.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from virtualschool.plans.progress_ways import Field, Kind
from virtualschool.reports.documents.document import INVENTED, Document
from virtualschool.reports.documents.word_parts import describe, element, header_row, made, set_up, widths
from virtualschool.reports.forms.sheet import HOW, Part, Sheet, Words, weights

WIDE_CM = 17.0
WIDTH = {"date": 2.3, "whole": 2.1, "choice": 3.0, "text": 3.4, "words": 4.6}
"""How wide a column of a type of answer is beside others, in centimetres where all fit."""
PROMPT = {"date": "Day", "whole": "Number", "choice": "Choose", "text": "Write", "words": "Write here"}
TICKED, UNTICKED = "☒", "☐"
TICKS = (("child_took_part", "The child took part in filling this in"), ("child_has_seen", "The child has seen it, or heard it read out"))


def word(sheet: Sheet) -> bytes:
    """The Word file of a sheet."""
    import docx

    file = docx.Document()
    about = ", ".join(value for _, value in sheet.facts if value)
    set_up(file, Document(title=sheet.title, mark=sheet.mark, blocks=(), about=about or "Virtual School", invented=sheet.invented))
    _styles(file)
    _first_part(file, sheet)
    for told in sheet.told:
        file.add_heading(told.title, 1)
        if isinstance(told, Words):
            for line in told.lines:
                file.add_paragraph(line, style="List Bullet")
        else:
            _table(file, told.title, told.columns, told.rows)
    for part in sheet.parts:
        _part(file, part)
    _protect(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _first_part(file: Any, sheet: Sheet) -> None:
    file.add_paragraph(sheet.title, style="Title")
    file.add_paragraph(f"{sheet.document.who}. {sheet.document.when}.", style="Subtitle")
    file.add_paragraph(sheet.mark, style="Mark")
    if sheet.invented:
        file.add_paragraph(INVENTED, style="Mark")
    for line in HOW:
        file.add_paragraph(line)
    rows: list[tuple[str, Any]] = []
    for label, value in sheet.facts:
        name = label.split()[0].casefold()
        rows.append((label, value or Control(f"about:1:{name}", label, "text")))
    rows += [("Filled in by (name and role)", Control("about:1:by", "Filled in by", "text"))]
    rows += [("Date", Control("about:1:on", "Date on which it was filled in", "date"))]
    if sheet.document.about == "child":
        rows += [(label, Control(f"about:1:{name}", label, "tick")) for name, label in TICKS]
    rows += [("Form reference (leave as it is)", Control("form", "Form reference", "locked", sheet.reference))]
    _card(file, "About this document", rows)


def _part(file: Any, part: Part) -> None:
    kind = part.kind
    heading = file.add_heading(kind.title, 1)
    heading.paragraph_format.page_break_before = kind.always_stays_home
    file.add_paragraph(kind.meaning)
    if part.note:
        file.add_paragraph(part.note, style="Note")
    if part.recorded:
        file.add_heading("Recorded so far", 2)
        _table(
            file,
            f"{kind.title}: recorded so far",
            [one.ask for one in kind.fields],
            [[one.shown(row.get(one.name)) for one in kind.fields] for row in part.recorded],
        ) if kind.layout == "row" else _told_cards(file, kind, part.recorded)
        file.add_heading("To add", 2)
    nothing = file.add_paragraph(style="Question")
    nothing._p.append(_control(Control(f"none:{kind.name}:1", f"{kind.title}: nothing to record today", "tick")))
    nothing.add_run(" Nothing to record here today")
    if kind.layout == "row":
        _rows(file, kind, part.entries)
        return
    for number, preset in enumerate(part.entries, 1):
        shown = _preset_words(kind, preset)
        file.add_heading(f"{kind.title}: {shown}" if shown else f"{kind.title}, entry {number}", 2)
        rows = [(_label(one), Control.of(kind, number, one, preset.get(one.name, ""))) for one in kind.fields]
        _card(file, f"{kind.title}, entry {number}", rows)


def _told_cards(file: Any, kind: Kind, recorded: Sequence[Mapping[str, Any]]) -> None:
    for number, row in enumerate(recorded, 1):
        known = [(one.ask, one.shown(row.get(one.name))) for one in kind.fields if one.shown(row.get(one.name))]
        _card(file, f"{kind.title}, recorded {number}", known)
        file.add_paragraph(style="Small")


def _preset_words(kind: Kind, preset: Mapping[str, str]) -> str:
    return ", ".join(kind.field(name).shown(value) for name, value in preset.items())


def _label(field: Field) -> str:
    return field.ask + ("" if field.needed else " (if there is something to say)" if field.type == "words" else "")


# --- Tables ---


def _table(file: Any, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table of what is known: a header row that repeats, the first column names its row."""
    drawn = file.add_table(rows=1 + len(rows), cols=len(columns), style="Figures")
    for cells, texts in zip(drawn.rows, [columns, *rows], strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            _write(cell, text or "–", "Cell")
    _finish(drawn, title, weights(columns, rows))


def _rows(file: Any, kind: Kind, entries: Sequence[Mapping[str, str]]) -> None:
    """Entries as lines of a table."""
    drawn = file.add_table(rows=1 + len(entries), cols=len(kind.fields), style="Form")
    for cell, field in zip(drawn.rows[0].cells, kind.fields, strict=True):
        _write(cell, field.ask, "Cell", bold=True)
    for number, (row, preset) in enumerate(zip(drawn.rows[1:], entries, strict=True), 1):
        row.height = 420_000
        for cell, field in zip(row.cells, kind.fields, strict=True):
            _put(cell, Control.of(kind, number, field, preset.get(field.name, "")), "Cell")
    _finish(drawn, f"{kind.title}: entries to fill in", [WIDTH[one.type] for one in kind.fields])
    file.add_paragraph(style="Small")


def _card(file: Any, title: str, rows: Sequence[tuple[str, Any]]) -> None:
    """One entry as a table: the question on the left, the answer on the right."""
    drawn = file.add_table(rows=1 + len(rows), cols=2, style="Form")
    for cell, text in zip(drawn.rows[0].cells, ("Question", "Answer"), strict=True):
        _write(cell, text, "Cell", bold=True)
    for row, (label, answer) in zip(drawn.rows[1:], rows, strict=True):
        _write(row.cells[0], label, "Cell")
        if isinstance(answer, Control):
            row.height = 900_000 if answer.type == "words" else 320_000
            _put(row.cells[1], answer, "Cell")
        else:
            _write(row.cells[1], answer, "Cell")
    _finish(drawn, title, [6, 11])
    file.add_paragraph(style="Small")


def _finish(drawn: Any, title: str, weights: Sequence[float]) -> None:
    header_row(drawn)
    widths(drawn, weights, WIDE_CM)
    describe(drawn, title)


def _write(cell: Any, text: str, style: str, bold: bool = False) -> None:
    first, *more = str(text).split("\n")
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style  # By its identifier: looking its name up for every cell took most of the time.
    paragraph.add_run(first).bold = bold or None
    for line in more:
        cell.add_paragraph(line)._p.style = style


def _put(cell: Any, control: "Control", style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style
    paragraph._p.append(_control(control))


# --- Content controls ---


class Control:
    """One answer to fill in: its tag, the words by which it is announced, its type, and what stands in it already."""

    def __init__(self, tag: str, title: str, type: str, value: str = "", values: Mapping[str, str] | None = None) -> None:
        self.tag, self.title, self.type, self.value, self.values = tag, title, type, value, values

    @classmethod
    def of(cls, kind: Kind, number: int, field: Field, value: str) -> "Control":
        return cls(
            f"{kind.name}:{number}:{field.name}", spoken(field.ask, kind.title, number), field.type, field.shown(value), field.values
        )


LONGEST_TITLE = 64
"""Letters of a control's title; Word takes no more."""


def spoken(ask: str, kind: str, number: int) -> str:
    """The title by which a control is announced. It always ends with the entry, so that no two of a document are called alike."""
    short = f" (entry {number})"
    for title in (f"{ask} ({kind}, entry {number})", f"{ask}{short}"):
        if len(title) <= LONGEST_TITLE:
            return title
    return ask[: LONGEST_TITLE - len(short)].rsplit(" ", 1)[0] + short


def _control(one: Control) -> Any:
    """The content control as XML, to stand within a paragraph."""
    held = made("w:sdt")
    properties = element("w:sdtPr", held)
    shown = one.value or PROMPT.get(one.type, "")
    element("w:alias", properties, **{"w:val": one.title[:LONGEST_TITLE]})
    element("w:tag", properties, **{"w:val": one.tag})
    element("w:lock", properties, **{"w:val": "sdtContentLocked" if one.type == "locked" else "sdtLocked"})
    waits = not one.value and one.type not in ("tick", "locked")
    if waits:
        element("w:showingPlcHdr", properties)
    _typed(one, properties)
    run = element("w:r", element("w:sdtContent", held))
    look = element("w:rPr", run)
    if one.type == "tick":
        element("w:rFonts", look, **{"w:ascii": "MS Gothic", "w:hAnsi": "MS Gothic", "w:eastAsia": "MS Gothic"})
        shown = UNTICKED
    elif waits:
        element("w:rStyle", look, **{"w:val": "PlaceholderText"})
    text = element("w:t", run, **{"xml:space": "preserve"})
    text.text = shown
    return held


def _typed(one: Control, properties: Any) -> None:
    if one.type == "choice":
        listed = element("w:dropDownList", properties)
        for key, words in (one.values or {}).items():
            element("w:listItem", listed, **{"w:displayText": words, "w:value": key})
    elif one.type == "date":
        date = element("w:date", properties)
        element("w:dateFormat", date, **{"w:val": "dd/MM/yyyy"})
        element("w:lid", date, **{"w:val": "en-GB"})
        element("w:storeMappedDataAs", date, **{"w:val": "dateTime"})
        element("w:calendar", date, **{"w:val": "gregorian"})
    elif one.type == "tick":
        box = element("w14:checkbox", properties)
        element("w14:checked", box, **{"w14:val": "0"})
        element("w14:checkedState", box, **{"w14:val": "2612", "w14:font": "MS Gothic"})
        element("w14:uncheckedState", box, **{"w14:val": "2610", "w14:font": "MS Gothic"})
    else:
        element("w:text", properties, **({"w:multiLine": "1"} if one.type == "words" else {}))


# --- The file ---


def _styles(file: Any) -> None:
    """A grid for answers, and the grey of what waits for one: dark enough to be read."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    style = file.styles.add_style("Form", WD_STYLE_TYPE.TABLE)
    properties = element("w:tblPr", style.element)
    borders = element("w:tblBorders", properties)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        element(f"w:{side}", borders, **{"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "767676"})
    margins = element("w:tblCellMar", properties)
    for side, width in (("top", "50"), ("left", "80"), ("bottom", "50"), ("right", "80")):
        element(f"w:{side}", margins, **{"w:w": width, "w:type": "dxa"})
    first = element("w:tblStylePr", style.element, **{"w:type": "firstRow"})
    element("w:b", element("w:rPr", first))
    element("w:shd", element("w:tcPr", first), **{"w:val": "clear", "w:color": "auto", "w:fill": "E6EDF4"})
    waiting = file.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    waiting.element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", "PlaceholderText")
    waiting.font.color.rgb = RGBColor.from_string("5A5A5A")


def _protect(file: Any) -> None:
    """Only answers can be changed, and Tab goes from one to the next; no password."""
    settings = file.settings.element
    protection = made("w:documentProtection", **{"w:edit": "forms", "w:enforcement": "1"})
    after = ("defaultTabStop", "autoHyphenation", "characterSpacingControl", "compat", "rsids", "themeFontLang", "clrSchemeMapping")
    place = next((child for child in settings if child.tag.partition("}")[2] in after), None)
    settings.append(protection) if place is None else place.addprevious(protection)

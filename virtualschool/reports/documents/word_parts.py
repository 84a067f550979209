"""The parts of a Word file that python-docx has no word for: styles, fields, captions, header rows, content controls."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as made_of
from typing import Any

from virtualschool.reports.documents.document import Document

FONT, DEEP, QUIET, WARN = "Arial", "12436D", "484949", "8A5A00"
TABLE, FIGURE = "Table", "Figure"


@dataclass
class Parts:
    """What has been numbered so far."""

    counted: Counter[str] = made_of(default_factory=Counter)

    def next(self, kind: str) -> int:
        self.counted[kind] += 1
        return self.counted[kind]

    def next_heading(self) -> str:
        return address(self.next("Heading"))


def address(number: int) -> str:
    return f"_Toc{number:08d}"


# --- Styles and pages ---


def _without_old_styles(made: Any) -> None:
    """Takes out the second list of styles of the empty file: only Word 2010 reads it, and it knows none of ours."""
    for name, link in list(made.part.rels.items()):
        if link.reltype.endswith("/stylesWithEffects"):
            del made.part.rels[name]


def set_up(made: Any, document: Document) -> None:
    """Language, title, page, styles, header and foot of a new file."""
    from docx.shared import Cm

    properties = made.core_properties
    properties.title, properties.subject, properties.author = document.title, document.mark, "Virtual School"
    properties.language, properties.comments, properties.keywords = document.language, "", ""
    properties.created = properties.modified = document.made.replace(tzinfo=None)
    properties.last_modified_by, properties.revision = "Virtual School", 1
    _without_old_styles(made)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    section.different_first_page_header_footer = True
    styles(made, document.language)
    section.header.paragraphs[0].text = document.title + (" (invented)" if document.invented else "")
    section.header.paragraphs[0].style = "Small"
    for foot in (section.first_page_footer, section.footer):
        paragraph = foot.paragraphs[0]
        paragraph.style = "Small"
        paragraph.add_run(". ".join(filter(None, (document.about, document.mark))) + ". Page ")
        field(paragraph, "PAGE", "1")
        paragraph.add_run(" of ")
        field(paragraph, "NUMPAGES", "1")


def styles(made: Any, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    known = made.styles
    normal = known["Normal"]
    fonted(normal, 11)
    element("w:lang", normal.element.get_or_add_rPr(), **{"w:val": language, "w:eastAsia": language, "w:bidi": "ar-SA"})
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.12
    for name, size, before in (
        ("Title", 26.0, 0),
        ("Subtitle", 13, 0),
        ("Heading 1", 18, 22),
        ("Heading 2", 14, 14),
        ("Heading 3", 12, 10),
    ):
        style = known[name]
        fonted(style, size)
        style.font.bold, style.font.italic = name != "Subtitle", False
        style.font.color.rgb = RGBColor.from_string(QUIET if name == "Subtitle" else DEEP)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        style.paragraph_format.keep_with_next = True
        for border in style.element.xpath("w:pPr/w:pBdr"):
            border.getparent().remove(border)
    fonted(known["Caption"], 10)
    known["Caption"].font.bold, known["Caption"].font.color.rgb = True, RGBColor.from_string("0B0C0C")
    known["Caption"].paragraph_format.keep_with_next = True
    known["Caption"].paragraph_format.space_before = Pt(8)
    known["Caption"].paragraph_format.space_after = Pt(4)
    for name, points, bold, after in (
        ("Small", 8.5, False, 3),
        ("Cell", 9.5, False, 0),
        ("Smallcell", 7.5, False, 0),
        ("Mark", 10.5, True, 4),
        ("Note", 10.5, False, 6),
        ("Gap", 10.5, False, 6),
        ("Place", 10.5, False, 6),
        ("Box heading", 13, True, 4),
        ("Question", 11, True, 3),
        ("Answer", 11, False, 6),
        ("Picture", 11, False, 4),
        ("Contents line", 11, False, 3),
    ):
        style = known.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold = Pt(points), bold
        style.paragraph_format.space_after = Pt(after)
    known["Small"].font.color.rgb = RGBColor.from_string(QUIET)
    known["Box heading"].font.color.rgb = RGBColor.from_string(DEEP)
    for name in ("Box heading", "Question", "Picture"):
        known[name].paragraph_format.keep_with_next = True
    for name in ("Cell", "Smallcell"):
        known[name].paragraph_format.line_spacing = 1.0
    bordered(known["Mark"], DEEP, "single", ("left",), "E6EDF4")
    bordered(known["Note"], WARN, "single", ("left",), "FFF8E1")
    bordered(known["Gap"], QUIET, "dashed", ("top", "left", "bottom", "right"))
    bordered(known["Place"], DEEP, "dotted", ("top", "left", "bottom", "right"))
    bordered(known["Answer"], QUIET, "single", ("top", "left", "bottom", "right"))
    figures_style(made)


def fonted(style: Any, size: float) -> None:
    """A style in our font: the template's theme would win over a name alone."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.size = Pt(size)
    style.font.name = FONT
    names = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        names.attrib.pop(qn(f"w:{key}"), None)
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        names.set(qn(f"w:{key}"), FONT)


def bordered(style: Any, colour: str, line: str, sides: Sequence[str], ground: str = "") -> None:
    properties = style.element.get_or_add_pPr()
    borders = element("w:pBdr", properties)
    size = "36" if len(sides) == 1 else "6"
    for side in sides:
        element(f"w:{side}", borders, **{"w:val": line, "w:sz": size, "w:space": "6", "w:color": colour})
    if ground:
        element("w:shd", properties, **{"w:val": "clear", "w:color": "auto", "w:fill": ground})
    ordered(properties)


def figures_style(made: Any) -> None:
    """A table style of our own: lines between rows, a heavier one under the header row, first column for the row's words."""
    from docx.enum.style import WD_STYLE_TYPE

    style = made.styles.add_style("Figures", WD_STYLE_TYPE.TABLE)
    properties = element("w:tblPr", style.element)
    borders = element("w:tblBorders", properties)
    for side in ("top", "bottom", "insideH"):
        element(f"w:{side}", borders, **{"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "CECECE"})
    margins = element("w:tblCellMar", properties)
    for side, width in (("top", "40"), ("left", "70"), ("bottom", "40"), ("right", "70")):
        element(f"w:{side}", margins, **{"w:w": width, "w:type": "dxa"})
    first = element("w:tblStylePr", style.element, **{"w:type": "firstRow"})
    element("w:b", element("w:rPr", first))
    cells = element("w:tcPr", first)
    lines = element("w:tcBorders", cells)
    element("w:bottom", lines, **{"w:val": "single", "w:sz": "10", "w:space": "0", "w:color": "0B0C0C"})


# --- Fields, captions, contents ---


def field(paragraph: Any, code: str, result: str, dirty: bool = False) -> None:
    """A field with what it shows until Word works it out."""
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("result", result), ("end", "")):
        run = paragraph.add_run(result if kind == "result" else "")
        if kind in ("begin", "separate", "end"):
            more = {"w:dirty": "true"} if dirty and kind == "begin" else {}
            element("w:fldChar", run._r, **{"w:fldCharType": kind, **more})
        elif not kind:
            told = element("w:instrText", run._r, **{"xml:space": "preserve"})
            told.text = f" {text} "


def caption(made: Any, kind: str, number: int, text: str) -> None:
    paragraph = made.add_paragraph(style="Caption")
    paragraph.add_run(f"{kind} ")
    field(paragraph, f"SEQ {kind} \\* ARABIC", str(number))
    paragraph.add_run(f": {text}")


def bookmark(paragraph: Any, name: str) -> None:
    number = str(int(name.removeprefix("_Toc")))
    start = element("w:bookmarkStart", paragraph._p, **{"w:id": number, "w:name": name})
    paragraph._p.remove(start)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    element("w:bookmarkEnd", paragraph._p, **{"w:id": number})


def contents(made: Any, titles: Sequence[str]) -> None:
    """A table of contents: lines that lead to their headings, which Word can bring up to date with page numbers."""
    for number, title in enumerate(titles, 1):
        paragraph = made.add_paragraph(style="Contents line")
        if number == 1:
            begin = paragraph.add_run()
            element("w:fldChar", begin._r, **{"w:fldCharType": "begin"})
            told = element("w:instrText", paragraph.add_run()._r, **{"xml:space": "preserve"})
            told.text = ' TOC \\o "1-1" \\h \\z \\u '
            element("w:fldChar", paragraph.add_run()._r, **{"w:fldCharType": "separate"})
        link = element("w:hyperlink", paragraph._p, **{"w:anchor": address(number), "w:history": "1"})
        words = element("w:t", element("w:r", link), **{"xml:space": "preserve"})
        words.text = title
        if number == len(titles):
            element("w:fldChar", paragraph.add_run()._r, **{"w:fldCharType": "end"})


# --- Tables ---


def filled(made_in: Any, lines: Sequence[Sequence[str]], numbers: Sequence[bool], style: str) -> Any:
    """A table with these lines of cells at the end of a file; columns of numbers are set to the right.

    It is made in one piece: cell by cell takes ten times as long.
    """
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.table import Table

    right = '<w:jc w:val="right"/>'
    cells = "".join(
        "<w:tr>"
        + "".join(
            f'<w:tc><w:tcPr/><w:p><w:pPr><w:pStyle w:val="{style}"/>{right if is_number else ""}</w:pPr>'
            f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
            for text, is_number in zip(line, numbers, strict=True)
        )
        + "</w:tr>"
        for line in lines
    )
    grid = "<w:gridCol/>" * len(numbers)
    told = f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="Figures"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{cells}</w:tbl>'
    body = parse_xml(told)
    made_in.element.body.insert_element_before(body, "w:sectPr")
    return Table(body, made_in)


def escape(text: str) -> str:
    """Text as XML has it, without what XML cannot hold."""
    kept = "".join(letter for letter in text if letter >= " " or letter in "\t\n")
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def header_row(table: Any) -> None:
    """The first row is the header, which repeats on each page; no row is split; the first column names its row."""
    for number, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        element("w:cantSplit", properties)
        if not number:
            element("w:tblHeader", properties)
    look = table._tbl.tblPr.find(tag("w:tblLook"))
    if look is None:
        look = element("w:tblLook", table._tbl.tblPr)
    for key in list(look.attrib):
        del look.attrib[key]
    given = {"val": "00A0", "firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
    for key, value in given.items():
        look.set(tag(f"w:{key}"), value)


def widths(table: Any, weights: Sequence[float], whole_cm: float) -> None:
    whole = round(whole_cm * 567)
    parts = [round(whole * weight / sum(weights)) for weight in weights]
    properties = table._tbl.tblPr
    for old in properties.findall(tag("w:tblW")) + properties.findall(tag("w:tblLayout")):
        properties.remove(old)
    element("w:tblW", properties, **{"w:w": str(whole), "w:type": "dxa"})
    element("w:tblLayout", properties, **{"w:type": "fixed"})
    for column, part in zip(table._tbl.tblGrid.gridCol_lst, parts, strict=True):
        column.set(tag("w:w"), str(part))
    for row in table._tbl.tr_lst:
        for cell, part in zip(row.tc_lst, parts, strict=True):
            held = cell.get_or_add_tcPr()
            for old in held.findall(tag("w:tcW")):
                held.remove(old)
            held.insert(0, made("w:tcW", **{"w:w": str(part), "w:type": "dxa"}))
    ordered(properties)


def describe(table: Any, text: str) -> None:
    """Words for those who hear a table."""
    properties = table._tbl.tblPr
    element("w:tblCaption", properties, **{"w:val": text})
    element("w:tblDescription", properties, **{"w:val": f"{text}. The first row holds the headings, the first column names each row."})
    ordered(properties)


# --- Content controls ---


def control(made_in: Any, name: str, title: str, texts: Sequence[str], *, style: str, waits: bool, lines: int = 0) -> None:
    """A field that a person fills in, of one paragraph or several; while it waits its words are a prompt that typing replaces."""
    body = made_in.element.body
    field_of = made("w:sdt")
    properties = element("w:sdtPr", field_of)
    element("w:alias", properties, **{"w:val": title[:64]})
    element("w:tag", properties, **{"w:val": name[:64]})
    if waits:
        element("w:showingPlcHdr", properties)
    inside = element("w:sdtContent", field_of)
    for text in texts:
        paragraph = made_in.add_paragraph(text, style=style)
        for _ in range(max(lines - len(texts), 0)):
            paragraph.add_run().add_break()
        inside.append(paragraph._p)
    body.insert_element_before(field_of, "w:sectPr")


def ticked(made_in: Any, option: str, is_ticked: bool) -> None:
    """A box to tick, with its words."""
    paragraph = made_in.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    box = element("w:sdt", paragraph._p)
    properties = element("w:sdtPr", box)
    element("w:alias", properties, **{"w:val": option[:64]})
    check = element("w14:checkbox", properties)
    element("w14:checked", check, **{"w14:val": "1" if is_ticked else "0"})
    element("w14:checkedState", check, **{"w14:val": "2612", "w14:font": "MS Gothic"})
    element("w14:uncheckedState", check, **{"w14:val": "2610", "w14:font": "MS Gothic"})
    run = element("w:r", element("w:sdtContent", box))
    look = element("w:rPr", run)
    element("w:rFonts", look, **{"w:ascii": "MS Gothic", "w:hAnsi": "MS Gothic", "w:eastAsia": "MS Gothic"})
    element("w:t", run).text = "☒" if is_ticked else "☐"
    paragraph.add_run(f" {option}")


# --- XML ---

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing jc outlineLvl rPr",
    "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook tblCaption tblDescription",
}
"""The order of the schema, which Word asks for."""


def tag(name: str) -> str:
    from docx.oxml.ns import qn

    prefix, _, local = name.partition(":")
    return f"{{{W14}}}{local}" if prefix == "w14" else qn(name)


def made(name: str, **given: str) -> Any:
    from docx.oxml import OxmlElement
    from lxml import etree

    prefix = name.partition(":")[0]
    found = etree.Element(tag(name), nsmap={"w14": W14}) if prefix == "w14" else OxmlElement(name)
    for key, value in given.items():
        found.set("{http://www.w3.org/XML/1998/namespace}space" if key == "xml:space" else tag(key), value)
    return found


def element(name: str, inside: Any, **given: str) -> Any:
    found = made(name, **given)
    inside.append(found)
    return found


def ordered(properties: Any) -> None:
    """Puts the children of a node into the order that the schema asks for."""
    order = ORDER[properties.tag.partition("}")[2]].split()
    held = sorted(properties, key=lambda child: order.index(name) if (name := child.tag.partition("}")[2]) in order else len(order))
    for child in held:
        properties.append(child)

"""Recording documents: from one definition to Word and PDF, filled in and read back."""

import copy
import dataclasses
import datetime
import io
import re
import zipfile

import docx
import pytest
from lxml import etree

from virtualschool.errors import Unreadable, WrongUse
from virtualschool.plans.progress import Record, summary
from virtualschool.plans.progress_documents import document, documents
from virtualschool.plans.progress_ways import kinds, ways
from virtualschool.reports import forms
from virtualschool.reports.forms.pdf import pdf
from virtualschool.reports.forms.reading import W14, W, read
from virtualschool.reports.forms.sheet import blank, filled
from virtualschool.reports.forms.word import word

TODAY = datetime.date(2025, 4, 28)
CAME = datetime.date(2025, 1, 6)


@pytest.fixture(scope="module")
def blanks() -> dict[str, bytes]:
    return {name: word(blank(document(name))) for name in ("education", "own-context", "baseline")}


def body(content: bytes):
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return etree.fromstring(held.read("word/document.xml"))


def with_body(content: bytes, root) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(out, "w") as made:
        for part in held.namelist():
            made.writestr(part, etree.tostring(root) if part == "word/document.xml" else held.read(part))
    return out.getvalue()


def fill(root, **answers) -> None:
    """Writes answers into controls as Word does: `award__1__what="Gold"`; True ticks a box."""
    tags = {one.find(f"{W}sdtPr/{W}tag").get(f"{W}val"): one for one in root.iter(f"{W}sdt")}
    for name, words in answers.items():
        control = tags[name.replace("__", ":")]
        properties = control.find(f"{W}sdtPr")
        waiting = properties.find(f"{W}showingPlcHdr")
        if waiting is not None:
            properties.remove(waiting)
        if words is True:
            properties.find(f"{W14}checkbox/{W14}checked").set(f"{W14}val", "1")
        else:
            control.find(f"{W}sdtContent/{W}r/{W}t").text = words


def sent_back(content: bytes, **answers):
    root = body(content)
    fill(root, **answers)
    return read(with_body(content, root), TODAY)


AWARD = {"award__1__on": "03/03/2025", "award__1__what": "Gold", "award__1__kind": "Sport", "award__1__source": "The child"}


def test_there_are_ten_documents_and_one_for_each_way():
    assert len(documents()) == 10
    assert [one.way for one in documents().values() if one.way] == list(ways())
    assert {"baseline", "twelve-week-review", "six-month-home-review", "leaving-summary"} <= set(documents())


def test_every_kind_of_record_can_be_written_in_some_document():
    assert {part.kind.name for one in documents().values() for part in one.parts} == set(kinds())


@pytest.mark.parametrize("name", ["education", "own-context", "baseline"])
def test_every_question_is_a_control_with_a_title_of_its_type(blanks, name):
    asked = {
        f"{part.kind.name}:{number}:{field.name}": field.type
        for part in document(name).parts
        for number in range(1, len(part.entries) + 1)
        for field in part.kind.fields
    }
    inner = {"choice": f"{W}dropDownList", "date": f"{W}date", "text": f"{W}text", "words": f"{W}text", "whole": f"{W}text"}
    found = {}
    for one in body(blanks[name]).iter(f"{W}sdt"):
        properties = one.find(f"{W}sdtPr")
        assert properties.find(f"{W}alias").get(f"{W}val")
        found[properties.find(f"{W}tag").get(f"{W}val")] = properties
    assert set(asked) <= set(found)
    assert all(found[tag].find(inner[type]) is not None for tag, type in asked.items())
    assert [tag for tag in found if tag in asked] == list(asked)  # Tab goes in the order of reading.


ORDER = ("alias", "tag", "lock", "showingPlcHdr", "dropDownList", "date", "text", "checkbox")
"""Of what we write within w:sdtPr, as ISO/IEC 29500-1 (transitional) puts it; w14:checkbox stands where a type of answer does."""


@pytest.mark.parametrize("name", ["words-and-numbers", "health", "relationships"])
def test_controls_keep_to_the_standard_and_no_two_are_called_alike(name):
    content = word(blank(document(name)))
    called, root = [], body(content)
    for one in root.iter(f"{W}sdt"):
        assert [child.tag.partition("}")[2] for child in one] == ["sdtPr", "sdtContent"]
        within = [child.tag.partition("}")[2] for child in one.find(f"{W}sdtPr")]
        assert within == [name for name in ORDER if name in within] and len(set(within) & set(ORDER[4:])) == 1
        called.append(one.find(f"{W}sdtPr/{W}alias").get(f"{W}val"))
        for listed in (one.iter(f"{W}listItem") for _ in one.iter(f"{W}dropDownList")):
            values = [item.get(f"{W}value") for item in listed]
            assert all(values) and len(set(values)) == len(values)
    assert len(set(called)) == len(called) and max(map(len, called)) <= 64
    assert "w14" in root.getroottree().getroot().get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable").split()
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "word/stylesWithEffects.xml" not in names


def test_a_drop_down_offers_the_list_and_a_box_is_there_to_tick(blanks):
    root = body(blanks["education"])
    (kind,) = [one for one in root.iter(f"{W}sdt") if one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == "award:1:kind"]
    listed = [one.get(f"{W}displayText") for one in kind.iter(f"{W}listItem")]
    assert listed == list(kinds()["award"].field("kind").values.values())
    assert len(list(root.iter(f"{W14}checkbox"))) == 2 + 3  # Two about the child, and one for each part.


def test_a_document_is_protected_for_filling_in_has_real_headings_and_says_its_language(blanks):
    file = docx.Document(io.BytesIO(blanks["own-context"]))
    protection = file.settings.element.find(f"{W}documentProtection")
    assert (protection.get(f"{W}edit"), protection.get(f"{W}enforcement")) == ("forms", "1") and len(protection.attrib) == 2
    assert file.core_properties.language == "en-GB"
    assert file.styles.element.xpath("//w:style[@w:styleId='Normal']//w:lang/@w:val") == ["en-GB"]
    styles = [one.style.name for one in file.paragraphs]
    assert styles[0] == "Title" and styles.count("Heading 1") == len(document("own-context").parts)
    for table in file.tables:
        assert table._tbl.tr_lst[0].trPr.find(f"{W}tblHeader") is not None
        assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val")


def test_a_blank_document_holds_no_entry(blanks):
    for content in blanks.values():
        found = read(content, TODAY)
        assert (found.entries, found.findings, found.nothing) == ((), (), ())
        assert {(one.read, one.kept, one.set_aside) for one in found.account} == {(0, 0, 0)}


# --- Read back ---


def test_what_is_filled_in_is_read_back(blanks):
    found = sent_back(blanks["education"], **AWARD, about__1__by="Sam, key worker", about__1__child_took_part=True, none__test__1=True)
    (entry,) = found.entries
    assert (entry.kind, dict(entry.values)) == ("award", {"on": "2025-03-03", "what": "Gold", "kind": "sport", "source": "child"})
    assert {one.kind: (one.read, one.kept, one.set_aside) for one in found.account} == {
        "teacher_assessment": (0, 0, 0),
        "award": (1, 1, 0),
        "test": (0, 0, 0),
    }
    assert found.about["by"] == "Sam, key worker" and found.about["child_took_part"] == "yes"
    assert (found.findings, found.nothing, found.key, found.document.name) == ((), ("test",), "", "education")


def test_an_entry_with_a_fault_is_set_aside_and_said_without_its_words(blanks):
    answers = {**AWARD, "award__1__on": "sometime", "award__2__what": "Silver"}
    found = sent_back(blanks["education"], **answers)
    (account,) = [one for one in found.account if one.kind == "award"]
    assert (account.read, account.kept, account.set_aside, found.entries) == (2, 0, 2, ())
    assert [str(one) for one in found.findings] == [
        "the document, row 1, Award or qualification, entry 1, Date: this is not a date. "
        "Write dates as 31/03/2026. The entry is set aside.",
        "the document, row 2, Award or qualification, entry 2, Date: it is empty. Answer it. The entry is set aside.",
        "the document, row 2, Award or qualification, entry 2, Kind: it is empty. Answer it. The entry is set aside.",
        "the document, row 2, Award or qualification, entry 2, Who says so?: it is empty. Answer it. The entry is set aside.",
    ]


def test_an_answer_that_the_document_gave_is_no_entry_by_itself(blanks):
    found = sent_back(blanks["baseline"], starting_point__2__on="10/01/2025", starting_point__2__words="Came on 3 days of 5")
    assert found.entries == ()  # One was begun and lacks answers; seven were left as they came.
    (account,) = [one for one in found.account if one.kind == "starting_point"]
    assert (account.read, account.set_aside) == (1, 1)
    whole = {"starting_point__2__sure": "Sure", "starting_point__2__source": "School or college"}
    more = sent_back(blanks["baseline"], starting_point__2__on="10/01/2025", starting_point__2__words="Came on 3 days of 5", **whole)
    assert more.entries[0].values["area"] == "attendance"


def test_a_row_that_was_copied_in_word_is_an_entry_of_its_own(blanks):
    root = body(blanks["education"])
    fill(root, **AWARD)
    (row,) = {one.getparent().getparent().getparent() for one in root.iter(f"{W}sdt") if "award:1:" in etree.tostring(one).decode()}
    row.addnext(copy.deepcopy(row))
    found = read(with_body(blanks["education"], root), TODAY)
    assert len(found.entries) == 2


def test_lines_within_an_answer_are_kept(blanks):
    root = body(blanks["education"])
    fill(root, **AWARD, teacher_assessment__1__words="One")
    (control,) = [one for one in root.iter(f"{W}sdt") if one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == "teacher_assessment:1:words"]
    run = control.find(f"{W}sdtContent/{W}r")
    etree.SubElement(run, f"{W}br")
    etree.SubElement(run, f"{W}t").text = "Two"
    answers = {"on": "03/03/2025", "subject": "Art", "standing": "At what is expected", "source": "The child"}
    fill(root, **{f"teacher_assessment__1__{name}": value for name, value in answers.items()})
    found = read(with_body(blanks["education"], root), TODAY)
    assert next(one for one in found.entries if one.kind == "teacher_assessment").values["words"] == "One\nTwo"


def test_what_is_no_document_of_ours_is_refused_with_what_to_do():
    other = io.BytesIO()
    docx.Document().save(other)
    for content, wrong in (
        (b"%PDF-1.7", "a PDF is for printing"),
        (b"nothing", "it is no Word document"),
        (other.getvalue(), "it is none of the recording documents"),
    ):
        with pytest.raises(Unreadable, match=wrong):
            read(content, TODAY)
    with pytest.raises(WrongUse, match="larger than 5 MB"):
        read(b"0" * 5_000_001, TODAY)


def test_a_document_that_declares_outside_parts_is_refused(blanks):
    with zipfile.ZipFile(io.BytesIO(blanks["education"])) as held:
        xml = held.read("word/document.xml")
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as made:
        made.writestr("word/document.xml", xml.replace(b"?>", b'?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', 1))
    with pytest.raises(Unreadable, match="declares a document type"):
        read(spoilt.getvalue(), TODAY)


def test_a_document_of_an_older_version_is_refused(blanks):
    root = body(blanks["education"])
    fill(root, form="progress education 0")
    with pytest.raises(Unreadable, match="version 0"):
        read(with_body(blanks["education"], root), TODAY)


# --- Filled for a child ---

HELD = (
    Record("award", {"on": "2025-03-03", "what": "Gold swimmer", "kind": "sport", "source": "child"}, 1),
    Record("restraint", {"on": "2025-03-04", "minutes": 2, "why": "A secret of the home", "tried": "Words"}, 2),
)


def a_filled(name: str, with_home_parts: bool = False):
    seen = HELD if with_home_parts else HELD[:1]
    facts = (("Child", "Invented Name"), ("Home or carer", "Home One"))
    told = summary(seen, CAME, TODAY)
    return filled(document(name), facts=facts, records=seen, summary=told, key="tok V01", with_home_parts=with_home_parts)


def test_a_document_for_a_child_shows_what_is_recorded_and_knows_the_child_when_it_comes_back():
    content = word(a_filled("education"))
    words = "".join(body(content).itertext())
    assert "Gold swimmer" in words and "Invented Name" in words and "Teacher's assessment: none recorded, 2 needed" in words
    found = sent_back(content, **{**AWARD, "award__1__what": "Silver"})
    assert found.key == "tok V01" and [one.values["what"] for one in found.entries] == ["Silver"]


def test_what_stays_in_the_home_is_in_no_document_for_others():
    others, home = (a_filled("words-and-numbers", with_home_parts) for with_home_parts in (False, True))
    assert "restraint" not in [one.kind.name for one in others.parts] and "secret" not in str(others)
    (part,) = [one for one in home.parts if one.kind.name == "restraint"]
    text = "".join(body(word(dataclasses.replace(home, parts=(part,)))).itertext())
    assert "A secret of the home" in text and "This part stays in the home" in text


# --- PDF and the command ---


def test_a_pdf_is_tagged_has_a_title_and_a_language():
    made = pdf(a_filled("leaving-summary"))
    assert made.startswith(b"%PDF") and b"/MarkInfo" in made and b"/StructTreeRoot" in made
    assert re.search(rb"/Lang\s*\(en-GB\)", made) and b"pdfuaid" in made
    assert pdf(a_filled("leaving-summary")) == made  # The same document is the same bytes.


def test_all_ten_are_written_in_each_format(tmp_path):
    from typer.testing import CliRunner

    from virtualschool.cli import app

    done = CliRunner().invoke(app, ["progress", "documents", "--output", str(tmp_path / "out"), "--format", "pdf"])
    assert done.exit_code == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == sorted(f"{name}.pdf" for name in documents())
    assert done.stdout.splitlines()[0].endswith("education.pdf")


def test_a_format_that_there_is_none_of_writes_nothing(tmp_path):
    with pytest.raises(WrongUse, match="Format 'odt'"):
        forms.write_blank(tmp_path / "out", ["pdf", "odt"])
    assert not (tmp_path / "out").exists()

"""The annual report: its sections, what it says where nothing is held, persons' words and checks, and the formats."""

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from virtualschool import reports
from virtualschool.errors import WrongUse
from virtualschool.reports.annual import cohort, recorded, together, writing
from virtualschool.reports.annual import facts as facts_module
from virtualschool.reports.annual.contents import SECTIONS, report
from virtualschool.reports.annual.every_authority import begin, done_before
from virtualschool.reports.annual.parts import PARTS
from virtualschool.reports.annual.texts import Texts
from virtualschool.reports.annual.versions import VERSIONS
from virtualschool.reports.asking import Asked
from virtualschool.reports.blocks import Chart, Choice, Column, Gap, Heading, Note, Place, Points, Table
from virtualschool.reports.documents import Document
from virtualschool.reports.documents.pdf import pdf
from virtualschool.reports.documents.word import word

MUST_HOLD = """
1  | one_page successes concerns children_said foreword key_messages
2  | duties remit team board_meetings
3  | last_priorities
4  | on_roll phase sex ethnicity needs unaccompanied time_in_care placement_type area moves other_authorities
5  | school_type school_inspections alternative_provision out_of_school school_moves
6  | on_time termly quality plan_voice plans_changes
7  | present persistent severe attendance_groups attendance_action
8  | numbers suspension_reasons reduced_timetables scrutiny exclusion_steps
9  | early_years phonics key_stage_2 key_stage_4 attainment_story
10 | progress_from_baseline national_progress
11 | years_12_13 eet neet university apprenticeships
12 | premium_received premium_allocated premium_kept premium_purposes premium_impact
13 | sdq help_given events leisure celebration
14 | children_said voice_changes
15 | group_unaccompanied group_sen group_early_years group_out_of_area group_sex group_ethnicity
16 | enquiries wider_training wider_outcomes
17 | training feedback
18 | grades self_evaluation
19 | next_priorities
20 | benchmarks quarters standing data_notes glossary case_studies
"""
"""What each section must hold, by hand from the table of what such reports hold."""


@pytest.fixture(scope="module", autouse=True)
def one_year():
    """The report's year alone: the years before it are as many more of the same."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (facts_module, together):
            patch.setattr(module, "YEARS", 1)
            patch.setattr(module, "BESIDE_ALL", "england")
        yield


@pytest.fixture(scope="module")
def facts(snapshot, one_year):
    return writing.facts_of(Asked(snapshot, "V01", 2025, "internal", "A. Head"))


@pytest.fixture(scope="module")
def annual(facts):
    return report(facts)


def texts(tmp_path) -> Texts:
    return Texts(tmp_path, "V01", 2025)


def test_each_of_the_twenty_sections_holds_every_item_that_it_must():
    wanted = {int(number): set(items.split()) for number, items in (line.split("|") for line in MUST_HOLD.strip().splitlines())}
    assert [section.number for section in SECTIONS] == sorted(wanted) == list(range(1, 21))
    for section in SECTIONS:
        assert wanted[section.number] <= {item.name for item in section.items}, section.title


def test_an_item_has_something_to_say_or_names_what_to_load(annual):
    follows = list(zip(annual.blocks, [*annual.blocks[1:], None], strict=True))
    empty = [
        block.text for block, after in follows if isinstance(block, Heading) and block.level == 3 and isinstance(after, Heading | None)
    ]
    assert empty == []
    gaps = [block for block in annual.blocks if isinstance(block, Gap)]
    assert gaps and all(re.fullmatch(r"No data: (load|record) .+\.", gap.text) for gap in gaps)
    assert "Reasons: No data: load annual_report.csv with the item suspension_reasons." in [f"{gap.title}: {gap.text}" for gap in gaps]


def test_headings_leave_out_no_level_and_no_two_bear_the_same_name(annual):
    headings = [block for block in annual.blocks if isinstance(block, Heading)]
    assert headings[0].level == 2 and {heading.level for heading in headings} == {2, 3}
    names = [heading.name for heading in headings]
    assert len(names) == len(set(names))


def test_a_place_waits_for_a_person_until_somebody_writes(annual):
    places = {block.name: block for block in annual.blocks if isinstance(block, Place)}
    assert {"foreword", "case_studies", "self_evaluation"} <= set(places)
    assert not places["foreword"].paragraphs and places["foreword"].prompt
    assert any("wait for a person's words" in line for line in annual.summary)


# --- Words of persons ---


def test_words_are_kept_and_the_last_ones_hold(tmp_path):
    texts(tmp_path).save("foreword", "First.", by="A. Head", when="1 May 2026")
    texts(tmp_path).save("foreword", "Second.\n\nAnd more.", by="B. Deputy", when="2 May 2026")
    texts(tmp_path).save("foreword", "Not yet.", by="A. Head", when="3 May 2026", draft=True)
    again = texts(tmp_path)
    assert (again.latest("foreword").words, again.latest("foreword").by) == ("Second.\n\nAnd more.", "B. Deputy")
    assert [text.words for text in again.history("foreword")] == ["Not yet.", "Second.\n\nAnd more.", "First."]


@pytest.mark.parametrize(
    ("part", "words", "by", "message"),
    [
        ("forword", "x", "A", "Part 'forword': there is none of that name. Did you mean foreword or board?"),
        ("foreword", "x", " ", "The text of foreword: it has no name. Say who writes it."),
    ],
)
def test_words_of_nobody_and_for_nothing_are_refused(tmp_path, part, words, by, message):
    with pytest.raises(WrongUse) as refused:
        texts(tmp_path).save(part, words, by=by, when="1 May 2026")
    assert str(refused.value) == message


def test_a_check_is_of_the_words_as_they_stood(tmp_path):
    held = texts(tmp_path)
    held.save("case_studies", "A child went to school.", by="A. Head", when="1 May 2026")
    with pytest.raises(WrongUse, match="does not say what was checked"):
        held.check("case_studies", by="A. Head", when="1 May 2026", checked=" ")
    held.check("case_studies", by="B. Reader", when="2 May 2026", checked="Names, ages and places are changed.")
    assert texts(tmp_path).is_checked("case_studies")
    texts(tmp_path).save("case_studies", "A child of nine went to school.", by="A. Head", when="3 May 2026")
    assert not texts(tmp_path).is_checked("case_studies")


def told_of(asked, held, part):
    """The blocks of the report that stand under a part's heading, with these words."""
    facts = writing.facts_of(asked)
    facts.texts = held
    item = next(item for section in SECTIONS for item in section.items if item.name == part and item.title == PARTS[part].title)
    return item.drawn(facts)


@pytest.mark.parametrize("part", ["case_studies", "celebration", "children_said"])
def test_what_is_about_single_children_goes_public_only_after_a_check(snapshot, tmp_path, part):
    held = texts(tmp_path)
    held.save(part, "A child liked the trip.", by="A. Head", when="1 May 2026")
    public, internal = (Asked(snapshot, "V01", 2025, audience, "A. Head") for audience in ("public", "internal"))
    (refused,) = told_of(public, held, part)
    assert isinstance(refused, Note) and "Nobody has recorded a check" in refused.text
    assert told_of(internal, held, part)[0].text == "A child liked the trip."
    held.check(part, by="B. Reader", when="2 May 2026", checked="No name, no age.")
    shown, said = told_of(public, held, part)
    assert shown.text == "A child liked the trip." and "Checked by B. Reader, 2 May 2026" in said.text


def test_schools_one_by_one_go_public_only_after_a_check(snapshot, tmp_path):
    item = next(item for section in SECTIONS for item in section.items if item.name == "schools")
    facts = writing.facts_of(Asked(snapshot, "V01", 2025, "public"))
    table = ["100001 | academy | good | 7"]
    facts.texts = Texts(tmp_path, "V01", 2025, {"schools": lambda: "\n".join(table)})
    (refused,) = item.drawn(facts)
    assert refused.title == "Schools one by one: not in the public report"
    facts.texts.check("schools", by="B. Reader", when="2 May 2026", checked="No school has fewer than six children.")
    assert not isinstance(item.drawn(facts)[0], Note)
    table.append("100002 | academy | good | 1")
    (refused,) = item.drawn(facts)
    assert isinstance(refused, Note)


def test_a_table_with_nothing_in_it_cannot_be_checked(tmp_path):
    held = Texts(tmp_path, "V01", 2025, {"schools": str})
    with pytest.raises(WrongUse, match="nothing in it to read"):
        held.check("schools", by="B. Reader", when="2 May 2026", checked="All.")


def test_the_table_of_schools_is_what_its_check_is_of():
    class Engine:
        def rows(self, sql, values):
            assert values == ["V01", 2025]
            return [
                {"school": 100001, "kind": "academy", "outcome": None, "n": 7},
                {"school": 100002, "kind": None, "outcome": "good", "n": 1},
            ]

    assert cohort.schools_text(Engine(), "V01", 2025) == "100001 | academy | not known | 7\n100002 | not known | good | 1"


# --- What people recorded in a file ---


def recorded_file(tmp_path, *lines):
    file = tmp_path / "annual_report.csv"
    file.write_text("\n".join(["la,year,item,group,number,words,source", *lines]) + "\n")
    return file


def test_a_file_fills_items_and_small_numbers_of_children_are_hidden(snapshot, tmp_path):
    file = recorded_file(
        tmp_path,
        "V01,2025,suspension_reasons,disruption,12,,school returns",
        "V01,2025,suspension_reasons,assault,7,,school returns",
        "V01,2025,suspension_reasons,drugs,3,,school returns",
        "V02,2025,suspension_reasons,drugs,9,,school returns",
        "V01,2025,training,teachers,3,,",
    )
    tables = {}
    for audience in ("public", "internal"):
        facts = writing.facts_of(Asked(snapshot, "V01", 2025, audience, "A. Head"))
        facts.recorded = recorded.read(file, "V01", 2025)
        items = {item.name: item for section in SECTIONS for item in section.items}
        tables[audience] = [block for name in ("suspension_reasons", "training") for block in items[name].drawn(facts)]
    rows = [[row[1] for row in table.rows] for table in tables["public"]]
    # The smallest that is left would give the hidden one away, and goes with it; numbers of teachers are nobody's secret.
    assert rows == [[12, "c", "c"], [3]]
    assert [[row[1] for row in table.rows] for table in tables["internal"]] == [[12, 7, 3], [3]]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "V01,2025,trainning,all,3,,",
            "annual_report.csv, row 2, item 'trainning': there is none of that name. Did you mean training or wider_training?",
        ),
        (
            "V01,2025,training,all,three,,",
            "annual_report.csv, row 2, number or year: it is not a number. Write digits alone, the year as 2026.",
        ),
        ("V01,2025,events,all,2.5,,", "annual_report.csv, row 2, number: it is no whole number of children. Write how many there are."),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(tmp_path, line, message):
    with pytest.raises(WrongUse) as refused:
        recorded.read(recorded_file(tmp_path, line), "V01", 2025)
    assert str(refused.value) == message


# --- Formats ---

TABLE = Table(
    "t", "Children by school", (Column("School"), Column("Children", "count", 0)), (("Mainstream", 12), ("Special", "c")), source="here"
)
CHART = Chart("c", "bars", "Children in bars", "Bar chart: 12.", "Children", (), (("Children", "for"),), TABLE)


@pytest.fixture(scope="module")
def document():
    blocks = (Heading("First part", "first"), Points(("One.",)), Gap("Plans", "load plans."), Place("x", "Foreword", "Say."), CHART, TABLE)
    blocks += (Heading("Second part", "second"), Choice("Tick one", ("Yes", "No"), ("No",)))
    return Document("A <title> & more", "Public: small numbers are hidden", blocks, about="Invented V01", summary=("It went well.",))


@pytest.fixture(scope="module")
def drawn():
    with pytest.MonkeyPatch.context() as patch:
        from virtualschool.reports import charts

        plain = (
            '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" viewBox="0 0 20 10"><text font-family="Arial">12</text></svg>'
        )
        patch.setattr(charts, "_render", lambda drawn: plain)
        yield


def test_word_has_styles_captions_words_for_pictures_and_header_rows(document, drawn):
    import docx

    made = docx.Document(io.BytesIO(word(document)))
    styles = [paragraph.style.name for paragraph in made.paragraphs]
    assert styles.count("Heading 1") == 2 and "Title" in styles and "Caption" in styles and "Gap" in styles
    assert made.core_properties.title == "A <title> & more" and made.core_properties.language == "en-GB"
    xml = zipfile.ZipFile(io.BytesIO(word(document))).read("word/document.xml").decode()
    assert 'descr="Children in bars. Bar chart: 12."' in xml
    assert xml.count("<w:tblHeader/>") == 2 and xml.count("w:tblCaption") == 2
    assert 'TOC \\o "1-1"' in xml and xml.count("<w:hyperlink") == 2
    assert '<w:tag w:val="x"/>' in xml and "Say." in xml
    assert "[c]" in xml


def test_pdf_is_held_to_pdf_ua_and_is_tagged(document, drawn):
    made = pdf(document)
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid:part" in made and b"/StructTreeRoot" in made and b"/Lang" in made
    assert made == pdf(document)


def test_pdf_is_not_written_where_a_level_of_heading_is_left_out():
    with pytest.raises(ValueError, match="heading"):
        pdf(Document("T", "m", (Heading("Deep", "deep", 4),)))


# --- All authorities ---


def test_a_run_goes_on_only_with_what_is_the_same_and_still_there(tmp_path):
    state = tmp_path / ".reports"
    begin(state, {"snapshot": "a"})
    (tmp_path / "V01.pdf").touch()
    (state / "done").write_text('{"la": "V01", "files": ["V01.pdf"]}\n{"la": "V02", "files": ["V02.pdf"]}\n{"la": "V03", "fi')
    begin(state, {"snapshot": "a"})
    assert done_before(state, tmp_path) == {"V01": ["V01.pdf"]}
    begin(state, {"snapshot": "b"})
    assert done_before(state, tmp_path) == {}


def test_asked_together_figures_are_those_of_one_report(snapshot, monkeypatch):
    few = ("attainment_8", "absence_rate")
    for module in (facts_module, together):
        for name in ("TRENDED", "PLACED", "GROUPED", "IN_NEED"):
            monkeypatch.setattr(module, name, few)
    monkeypatch.setattr(together, "GROUPS", ("sex",))
    with ThreadPoolExecutor(1) as pool:
        whole = together.ask_all(pool, snapshot, 2025, "public", "A. Head")
    alone = writing.facts_of(Asked(snapshot, "V01", 2025, "public"))
    mine = together.handed(whole, {"V01": alone.asked.roles})["V01"]
    both = writing.facts_of(Asked(snapshot, "V01", 2025, "public"), figures=mine)
    assert [both.row(name) for name in few] == [alone.row(name) for name in few]
    assert both.places == alone.places
    assert {one.place for one in whole.seen} > {"V01", "V12"}


def test_every_version_names_its_formats():
    assert set(VERSIONS) | {reports.FIGURES} == set(reports.VERSIONS)
    assert VERSIONS["annual-report"].formats == ("html", "docx", "pdf", "xlsx")

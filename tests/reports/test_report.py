"""An authority's report, from a store to a page and a workbook."""

import io
import itertools
import json
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from lxml import html as markup

from virtualschool import reports
from virtualschool.errors import WrongUse
from virtualschool.reports import charts, contents, xlsx
from virtualschool.reports.asking import Asked
from virtualschool.reports.blocks import Column, Report, Table
from virtualschool.reports.documents import Document
from virtualschool.reports.documents.word import word


@pytest.fixture(scope="module", autouse=True)
def few_headlines():
    """Charts take a tenth of a second each: two measures show all there is to show, and no chart is drawn twice."""
    drawn: dict[str, str] = {}

    def draw(specification: dict) -> str:
        key = json.dumps(specification, default=str)
        if key not in drawn:
            drawn[key] = render(specification)
        return drawn[key]

    render = charts._render
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contents, "HEADLINES", ("attainment_8", "progress_8"))
        patch.setattr(charts, "_render", draw)
        yield


@pytest.fixture(scope="module")
def public(snapshot, tmp_path_factory):
    return reports.write(snapshot, "V01", 2025, tmp_path_factory.mktemp("public"))


@pytest.fixture(scope="module")
def page(public):
    return markup.fromstring(public[0].read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def book(public):
    return openpyxl.load_workbook(public[1])


@pytest.fixture(scope="module")
def internal(snapshot, tmp_path_factory):
    return reports.write(snapshot, "V01", 2025, tmp_path_factory.mktemp("internal"), ("html",), "internal", "A. Analyst")


@pytest.fixture(scope="module")
def inside(internal):
    return markup.fromstring(internal[0].read_text(encoding="utf-8"))


def said(element) -> str:
    return re.sub(r"\s+", " ", element.text_content()).strip()


def cards(page) -> dict[str, str]:
    return {said(card.find("h3")): said(card) for card in page.xpath("//li[contains(@class, 'card')]")}


def table(page, caption: str) -> list[list[str]]:
    found = next(table for table in page.iter("table") if said(table.find("caption")).startswith(caption))
    return [[said(cell) for cell in row] for row in found.find("tbody")]


def test_the_files_are_named_for_the_authority_and_year(public):
    assert [file.name for file in public] == ["V01-2025.html", "V01-2025.xlsx"]


def test_the_page_needs_nothing_but_itself(page):
    assert not page.xpath("//script | //link | //img | //iframe")
    assert all(target.startswith("#") for target in page.xpath("//@href"))
    assert not page.xpath("//@src | //@onclick")
    assert "url(" not in page.findtext(".//style")


def test_every_part_of_the_page_bears_who_it_is_for(page):
    parts = page.xpath("//section")
    assert len(parts) > 5
    assert all("Public: small numbers are hidden" in said(part) for part in parts)
    assert "Invented places and people: no real child is in this report." in said(page)


def test_headings_follow_one_another_and_every_link_leads_somewhere(page):
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    names = page.xpath("//@id")
    assert len(names) == len(set(names))
    assert {target.removeprefix("#") for target in page.xpath("//a/@href")} <= set(names)


def test_a_headline_figure_has_its_interval_and_says_what_it_can(page):
    # Attainment 8 of V01 in 2025, worked out by hand from the rule of conftest: 30 children of even number.
    points = [10 + (number * 7 + 2025) % 21 for number in range(0, 60, 2)]
    assert f"{sum(points) / 30:.1f} points" in cards(page)["Average Attainment 8 score"]
    assert "95% interval" in cards(page)["Average Attainment 8 score"]
    assert "30 children counted." in cards(page)["Average Attainment 8 score"]


def test_a_year_without_the_measure_gives_its_reason_and_the_last_figure(page):
    card = cards(page)["Average Progress 8 score"]
    assert card.startswith("Average Progress 8 score – No figure There is no Progress 8 for this year")
    assert "The last figure was" in card
    rows = table(page, "Average Progress 8 score over the years")
    assert [row[0] for row in rows] == ["2023", "2024", "2025"]
    assert rows[-1][3:6] == ["[x]", "[x]", "[x]"]


def test_a_chart_stands_above_the_table_of_its_numbers(page):
    figures = page.xpath("//figure")
    assert figures
    for figure in figures:
        assert len(figure.findall("svg")) == 2
        assert figure.xpath(".//details//table//tbody/tr")


def test_every_measure_is_in_the_report(page):
    from virtualschool import measures

    assert {row[0] for row in table(page, "Every measure for")} == {measure.title for measure in measures.ALL.values()}


def test_groups_of_few_children_are_hidden_from_the_public(page):
    # Of the 30 at the end of key stage 4, 5 in each 15 have an even number divisible by 3: none of the groups shown has 1 to 5.
    rows = table(page, "Average Attainment 8 score in 2025 for groups")
    assert all(row[2] == "[c]" or int(row[2]) > 5 for row in rows)


def test_links_are_told_with_the_reasons_of_those_without(page):
    # Numbers 9, 19, … 59 have no link: 6 of 60.
    assert table(page, "Children of Invented V01 looked after") == [
        ["yes", "U1: exact", "nothing", "54"],
        ["yes", "all of these", "see above", "54"],
        ["no", "no UPN: The return holds no UPN, nor a code that says why.", "Ask the school for the UPN.", "6"],
        ["no", "all of these", "see above", "6"],
    ]


def test_values_that_differ_from_dfes_are_counted_and_small_counts_hidden(page, inside):
    # Numbers 0, 12, 24, 36, 48 differ by one point: 5 of 30, too few for the public, and 25 would give them away.
    title = "Children at the end of key stage 4 in 2025"
    assert table(page, title)[0] == ["Attainment 8", "[c]", "[c]", "0", "0"]
    assert table(inside, title)[0] == ["Attainment 8", "25", "5", "0", "0"]


def test_the_public_sees_rows_of_whole_families_of_files(page):
    assert table(page, "Files by family") == [["Care returns", "2", "63", "61", "2"], ["Education files", "1", "500", "500", "0"]]


def test_an_internal_report_says_for_whom_it_is_on_every_part_and_is_logged(snapshot, internal, inside):
    assert internal[0].name == "V01-2025-internal.html"
    assert all("internal, not for release. Made by A. Analyst" in said(part) for part in inside.xpath("//section"))
    log = (snapshot.store.path / "records" / "internal.log").read_text().splitlines()
    assert json.loads(log[-1])["who"] == "A. Analyst"


def test_an_internal_report_lists_the_files_of_its_own_authority(inside):
    assert [row[0] for row in table(inside, "Every file")] == ["care/V01/2024/header.csv", "care/V01/2024/uasc.csv", "ks4.csv"]


def test_the_same_report_is_the_same_bytes(public, snapshot, tmp_path):
    again = reports.write(snapshot, "V01", 2025, tmp_path)
    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in public]


def test_the_workbook_follows_good_practice(book):
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    for sheet in book.worksheets[3:]:
        assert len(sheet.tables) == 1
        (marked,) = sheet.tables.values()
        cells = [cell for row in sheet[marked.ref] for cell in row]
        assert all(cell.value is not None for cell in cells)
        assert "Public: small numbers are hidden" in [sheet.cell(row, 1).value for row in (1, 2, 3)]


def test_a_table_is_marked_in_the_workbook_whatever_its_name_and_nothing_in_it_is_a_formula_or_empty():
    drawn = Table("gap-by sex", "Gap", (Column("Group"), Column("Rate", "percent", 1)), (("=1+1", Decimal("2.5")), (" ", "c")), ("Few.",))
    whole = Report("V01", "Invented", 2025, "Title", "About", "internal", "Mark", (), (drawn,))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.as_bytes(whole)))["Table_1"]
    (marked,) = sheet.tables.values()
    assert (marked.name, sheet["A1"].value) == ("gap_by_sex", "Gap[note 1]")
    held = [[(cell.value, cell.data_type, cell.number_format) for cell in row] for row in sheet[marked.ref][1:]]
    assert held == [
        [("=1+1", "s", "General"), (2.5, "n", "#,##0.0")],
        [("[z]", "s", "General"), ("[c]", "s", "#,##0.0")],
    ]


def test_a_word_file_bears_no_time_of_its_writing():
    with zipfile.ZipFile(io.BytesIO(word(Document("Title", "Mark", ())))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(2020, 1, 1, 0, 0, 0)}


def test_the_workbook_says_the_same_as_the_page(book, page):
    sheet = next(sheet for sheet in book.worksheets[3:] if str(sheet["A1"].value).startswith("Average Attainment 8 score over the years"))
    (marked,) = sheet.tables.values()
    rows = [[cell.value for cell in row] for row in sheet[marked.ref]][1:]
    shown = table(page, "Average Attainment 8 score over the years")
    assert [[row[0], f"{row[3]:.1f}"] for row in rows] == [[row[0], row[3]] for row in shown]


def test_a_name_serves_as_well_as_a_code(snapshot):
    assert Asked(snapshot, "invented v02", 2024, "public").la == "V02"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"versions": ("anual-report",)}, "Version 'anual-report': there is none of that name. Did you mean annual-report?"),
        ({"formats": ("html", "pfd")}, "Format 'pfd': there is none of that name. Did you mean pdf?"),
        ({"formats": ("htm",)}, "Format 'htm': there is none of that name. Did you mean html?"),
        ({"formats": ()}, "Format: none is named. Ask for html, xlsx, docx or pdf."),
        ({"audience": "publik"}, "Audience 'publik': there is none of that name. Did you mean public?"),
        ({"year": 2019}, "Report of Invented V01: the store holds nothing about 2019. Years it holds: 2023 to 2025."),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is(snapshot, tmp_path, asked, message):
    with pytest.raises(WrongUse) as refused:
        reports.write(snapshot, "V01", **{"year": 2024, "folder": tmp_path / "out", **asked})
    assert str(refused.value) == message
    assert not (tmp_path / "out").exists()

"""The page about links, and what the command says of them, on drawn children."""

import csv
import io
import json

import pytest
from conftest import DrawnStore
from lxml import etree
from lxml import html as parser

from virtualschool import tables
from virtualschool.errors import WrongUse
from virtualschool.measures import facts
from virtualschool.reports import linking, listing
from virtualschool.reports.html import html
from virtualschool.store import Store

MANIFEST = {"version": "0.1", "files": [], "findings": 0, "inputs": [], "notes": [], "links": {"children": 6, "linked": 3}, "measures": {}}
TRUTH = "la,child,pupil\nV01,A,P1\nV01,B,P2\nV01,C,P3\nV02,E,P5\n"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    """A is linked exactly and B by weight; C waits for a person; D's link ended with an order; E is of another authority; L left care."""
    with Store(tmp_path_factory.mktemp("linking") / "store").draft(threads=2) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        store.add(tables.authorities, "la | name\nV01 | Ashford Vale\nV02 | Brackwater")
        store.add(
            tables.header,
            """
            la  | year | child | sex | dob
            ----+------+-------+-----+-----------
            V01 | 2024 | A     | 1   | 01/01/2008
            V01 | 2024 | B     | 2   | 01/01/2008
            V01 | 2024 | C     | 2   | 01/01/2008
            V01 | 2024 | D     | 1   | 01/01/2012
            V02 | 2024 | E     | 1   | 01/01/2012
            V01 | 2024 | L     | 1   | 01/01/2004
            """,
        )
        store.add(
            tables.children,
            """
        la  | year | child | token | pupil | age | linked | looked_after_12_months | at_ks4 | attainment_8 | english_maths_94 | ethnic_group
        ----+------+-------+-------+-------+-----+--------+------------------------+--------+--------------+------------------+-------------
        V01 | 2024 | A     | aaa   | P1    |  15 | yes    | yes                    | yes    |           20 | yes              | White
        V01 | 2024 | B     | bbb   | P2    |  15 | yes    | yes                    | yes    |           40 | no               | White
        V01 | 2024 | C     | ccc   |       |  15 | no     | yes                    |        |              |                  | Black
        V01 | 2024 | D     | ddd   | P4    |  11 | yes    | yes                    |        |              |                  | White
        V02 | 2024 | E     | eee   | P5    |  11 | yes    | yes                    |        |              |                  | White
            """,
        )
        store.add(
            tables.links,
            """
            la  | child | pupil | method | rule    | weight | probability | agreed                    | until
            ----+-------+-------+--------+---------+--------+-------------+---------------------------+-----------
            V01 | A     | P1    | exact  | U1      |   12.5 |      0.9999 | UPN, birth date and sex   |
            V01 | B     | P2    | likely | weights |    6.0 |        0.98 | birth date, sex, postcode |
            V01 | D     | P4    | exact  | U1      |   12.5 |      0.9999 | UPN, birth date and sex   | 01/09/2024
            V02 | E     | P5    | exact  | U1      |        |             | UPN, birth date and sex   |
            """,
        )
        store.add(tables.unlinked, "la | child | reason\nV01 | C | several equally likely\nV01 | L | over school age")
        store.add(
            tables.link_evidence,
            """
            la  | child | pupil | standing | rank | probability | weight | start_weight | number  | number_weight | birth | birth_weight
            ----+-------+-------+----------+------+-------------+--------+--------------+---------+---------------+-------+-------------
            V01 | A     | P1    | linked   |    1 |      0.9999 |   12.5 |          -22 | same    |            20 | same  |         14.5
            V01 | B     | P2    | linked   |    1 |        0.98 |    6.0 |          -22 | differs |            -2 | same  |           30
            V01 | C     | P3    | review   |    1 |        0.45 |    1.0 |          -22 | differs |            -2 | same  |           25
            """,
        )
        facts(draft)
        return draft.finish(MANIFEST)


@pytest.fixture
def truth(tmp_path):
    (tmp_path / "truth.csv").write_text(TRUTH)
    return tmp_path / "truth.csv"


def page(snapshot, **asked) -> etree._Element:
    return parser.fromstring(html(linking.report(linking.asked(snapshot, "html", **asked))))


def text(element) -> str:
    return " ".join("".join(element.itertext()).split())


def headings(drawn) -> list[str]:
    return [text(heading) for heading in drawn.iter("h2")]


def test_the_page_says_what_was_linked_why_not_how_sure_and_what_it_means(snapshot):
    drawn = page(snapshot)
    assert headings(drawn) == [
        "Contents",
        "In short",
        "What was linked, and how",
        "For whom there are links",
        "Why the others have no link, and what to do",
        "How sure the links are",
        "How one link is made",
        "How far the headline figures could move",
        "Words on this page",
    ]
    assert text(drawn.find(".//h1")) == "Children in care and their pupil records: 2 authorities"


def test_the_page_in_short_is_true(snapshot, truth):
    drawn = page(snapshot, truth=truth)
    assert [text(line) for line in drawn.xpath("//div[@class='summary']//li")] == [
        "6 children are in the returns; 4 of them are linked to a pupil. Of the 5 of school age, 4 are (80.0%).",
        # Three of four links are right (nobody knows who D is), and three of four children found.
        "Against the truth, 75.00% of the links are right (precision), and 75.0% of the children who have a pupil are linked to it "
        "(recall).",
        "Likely links say of themselves that they are 98.0% sure on average, and 100.0% of them are right.",
        # 20 and 40, and one child with 0 or 90.
        "Average Attainment 8 score of 2024 is 30.0 for linked children. If the 1 child who has no link did as badly as can be it would be "
        "20.0, and as well as can be, 50.0.",
    ]


def test_a_truth_adds_how_right_the_links_are(snapshot, truth):
    drawn = page(snapshot, truth=truth)
    assert "How right the links are" in headings(drawn)
    captions = {text(caption) for caption in drawn.iter("caption")}
    assert {"What would be linked without a person, by floor", "Links said to be so sure, and the share of them that is right"} <= captions


def test_the_page_is_marked_internal_needs_nothing_else_and_speaks_to_those_who_hear_it(snapshot, truth):
    written = html(linking.report(linking.asked(snapshot, "html", truth=truth)))
    assert "Marked internal, not for release. Made by" in written
    for foreign in ("<script", "http://", "https://", "<link", "<img", "@import", "onload="):
        assert foreign not in written.replace('xmlns="http://www.w3.org/2000/svg"', "")
    drawn = parser.fromstring(written)
    drawings = list(drawn.iter("{*}svg", "svg"))
    assert drawings
    for drawing in drawings:
        assert drawing.get("role") == "img"
        assert len(drawing.get("aria-labelledby").split()) == 2
    named = [element.get("id") for element in drawn.iter() if element.get("id")]
    assert len(named) == len(set(named))
    assert len(list(drawn.iter("h1"))) == 1
    assert all(table.find("caption") is not None for table in drawn.iter("table"))


def test_no_pupil_and_no_identifier_of_a_child_is_on_the_page(snapshot, truth):
    said = text(page(snapshot, truth=truth, token="ccc"))
    for secret in ("P1", "P2", "P3", "P4", "P5", "01/01/2008", "2008-01-01", "ccc"):
        assert secret not in said


def test_a_waterfall_is_told_in_words_and_in_a_table(snapshot):
    drawn = page(snapshot)
    told = next(text(desc) for desc in drawn.iter("desc") if desc.get("id") == "example-likely-steps-wide-text")
    assert told == (
        "Waterfall chart of weights in bits. It starts at −22.0 (1 to 4.2 million). For it: birth date the same +30.0. "
        "Against it: UPN differs −2.0. The sum is +6.0 (64 to 1)."
    )
    table = next(table for table in drawn.iter("table") if text(table.find("caption")) == "An example, step by step")
    assert [text(cell) for cell in table.findall(".//tr")[-1]] == ["Sum", "everything together", "12.5", "12.5", "5,800 to 1"]


def test_one_child_is_explained_on_the_page(snapshot):
    drawn = page(snapshot, token="ccc")
    part = text(drawn.xpath("//section[@aria-labelledby='child']")[0])
    assert "Not linked: several equally likely." in part
    assert "1 pupil could be meant. A person is to judge it: virtualschool review STORE --la V01 --as NAME" in part
    part = text(page(snapshot, token="bbb").xpath("//section[@aria-labelledby='child']")[0])
    assert "UPN differs; birth date the same. 98.0% sure; no other pupil fits." in part


def test_a_link_that_ended_with_an_order_is_sealed_on_the_page(snapshot):
    part = text(page(snapshot, token="ddd").xpath("//section[@aria-labelledby='child']")[0])
    assert "Linked. The link ended with an order, and the record before it is sealed" in part
    assert "bits" not in part


def test_a_store_of_one_authority_is_called_by_its_name(tmp_path):
    with Store(tmp_path / "store").draft(threads=2) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        store.add(tables.authorities, "la | name\nV01 | Ashford Vale")
        store.add(tables.header, "la | year | child | sex | dob\nV01 | 2024 | A | 1 | 01/01/2008")
        store.add(tables.unlinked, "la | child | reason\nV01 | A | no education file held")
        facts(draft)
        made = draft.finish(MANIFEST)
    drawn = page(made)
    assert text(drawn.find(".//h1")) == "Children in care and their pupil records: Ashford Vale"
    assert "No child is linked." in text(drawn)
    assert "The store holds no pupils at all." in text(drawn)


def test_a_store_without_returns_says_so(tmp_path):
    with Store(tmp_path / "store").draft(threads=2) as draft:
        draft.rest_empty()
        facts(draft)
        made = draft.finish(MANIFEST)
    assert "The store holds no return, so there is nobody to link." in text(page(made))
    said = linking.asked(made, "json")
    assert (said["children"], said["by_group"], said["bounds"][0]["value"]) == (0, [], None)


def test_the_json_has_every_key_whether_there_is_a_truth_or_not(snapshot, truth, capsys):
    listing.links(linking.asked(snapshot, "json", truth=truth), "json")
    with_truth = json.loads(capsys.readouterr().out)
    listing.links(linking.asked(snapshot, "json"), "json")
    without = json.loads(capsys.readouterr().out)
    assert set(with_truth) == set(without)
    assert {"children", "linked", "by_method", "by_reason", "precision", "recall", "by_group", "bounds", "calibration"} <= set(without)
    assert (with_truth["precision"], without["precision"]) == (0.75, None)
    assert {"group": "la", "value": "V01", "children": 5, "linked": 3}.items() <= with_truth["by_group"][0].items()


def test_the_csv_is_a_row_a_child_and_with_a_truth_says_whether_it_is_right(snapshot, truth, capsys):
    listing.links(linking.asked(snapshot, "csv", truth=truth), "csv")
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(rows[0]) == [*listing.LINK_COLUMNS, "right"]
    assert [(row["child"], row["pupil"], row["until"], row["right"]) for row in rows] == [
        ("A", "P1", "", "yes"),
        ("B", "P2", "", "yes"),
        ("C", "", "", ""),
        ("D", "", "2024-09-01", "no"),
        ("L", "", "", ""),
        ("E", "P5", "", "yes"),
    ]
    assert rows[2]["next_step"]
    assert [row["child"] for row in linking.asked(snapshot, "csv", token="bbb")] == ["B"]


def test_the_table_names_no_pupil_and_explains_one_child_alone(snapshot, capsys):
    listing.links(linking.asked(snapshot, "table"), "table")
    whole = capsys.readouterr().out
    assert whole.startswith("Marked internal, not for release. Made by")
    assert "How far headline figures could move" in whole
    listing.links(linking.asked(snapshot, "table", token="bbb"), "table")
    alone = capsys.readouterr().out
    assert "Linked by weight." in alone
    assert "98.0% sure" in alone
    assert "By group" not in alone
    assert "P2" not in whole + alone


def test_who_asked_is_noted_down_and_about_which_child_is_not(snapshot):
    log = snapshot.store.path / "records" / "internal.log"
    linking.asked(snapshot, "table", year=2024, token="bbb", who="A. Head")
    line = json.loads(log.read_text().splitlines()[-1])
    assert line.pop("when")
    assert line == {"who": "A. Head", "command": "links", "format": "table", "year": 2024, "one child": True}


@pytest.mark.parametrize("style", ["table", "csv"])
@pytest.mark.parametrize(
    ("asked", "said"), [({"token": "nobody"}, "Child: the store has no child of that token."), ({"year": 2031}, "Year 2031:")]
)
def test_what_the_store_does_not_hold_is_refused(snapshot, style, asked, said):
    with pytest.raises(WrongUse) as told:
        linking.asked(snapshot, style, **asked)
    assert str(told.value).startswith(said)


def test_a_format_or_a_place_that_there_is_none_of_is_refused(tmp_path):
    with pytest.raises(WrongUse) as told:
        listing.link_style("xlsx")
    assert str(told.value) == "Format 'xlsx': there is none of that name. Known: csv, html, json, table."
    with pytest.raises(WrongUse), listing.written(tmp_path / "nowhere" / "links.html"):
        pass

"""Files of payments and extracts of the finance system: every row is kept or set aside with its reason."""

from datetime import date

import pytest

from virtualschool.errors import Unreadable
from virtualschool.plans.premium_file import read, years

KNOWN = {"C1": "aaa", "C2": "bbb", "aaa": "aaa"}
HEADINGS = "Reference,Date,Amount,Where,Purpose,Strand,Children,School,Target,Cohort,What"


def taken(tmp_path, *rows, headings=HEADINGS):
    file = tmp_path / "payments.csv"
    file.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8")
    return read(file, KNOWN.get)


def test_a_payment_is_read_with_its_money_in_pence_and_its_children_by_token(tmp_path):
    found = taken(tmp_path, 'R1,01/10/2025,"£1,550.05",Devolved,Academic tuition,,C1; C2,900001,Reads 60 words,,Tutor')
    (one,) = found.payments
    assert (one.row, one.on, one.pence, one.where, one.purpose) == (2, date(2025, 10, 1), 155005, "devolved", "academic_tuition")
    assert (one.strand, one.children, one.school, one.target) == ("looked_after", ("aaa", "bbb"), "900001", "Reads 60 words")
    assert (found.read, found.kept, found.set_aside, years(found)) == (1, 1, 0, ["2025-26"])


@pytest.mark.parametrize("written", ["-5.00", "-£5", "£-5.00", "(5.00)"])
def test_money_that_came_back_is_below_nought(tmp_path, written):
    assert taken(tmp_path, f"R1,01/10/2025,{written},central,literacy").payments[0].pence == -500


@pytest.mark.parametrize(
    ("row", "column", "wrong"),
    [
        (",01/10/2025,5,central,literacy", "reference", "there is none"),
        ("R1,2025,5,central,literacy", "date", "this is not a date"),
        ("R1,01/10/2025,five,central,literacy", "amount", "this is not an amount of money"),
        ("R1,01/10/2025,0,central,literacy", "amount", "this is not an amount of money"),
        ("R1,01/10/2025,5.005,central,literacy", "amount", "this is not an amount of money"),
        ("R1,01/10/2025,5,north,literacy", "where", "it is neither devolved nor central"),
        ("R1,01/10/2025,5,central,sweets", "purpose", "it is none that this strand pays for"),
        ("R1,01/10/2025,5,central,literacy,pension", "strand", "it is none of the strands"),
        (
            "R1,01/10/2025,5,central,literacy,previously_looked_after",
            "strand",
            "schools hold that money themselves, and the virtual school does not manage it",
        ),
        ("R1,01/10/2025,5,central,literacy,,C9", "children", "it is no child of the authority"),
        ("R1,01/10/2025,5,central,literacy,,C1;C9", "children", "a child in it is not one of the authority's"),
        ("R1,01/10/2025,5,central,literacy,,C1;aaa", "children", "a child stands there twice"),
        ("R1,01/10/2025,5,central,literacy,,,,,,a,b", "", "there are more values than headings"),
    ],
)
def test_a_row_that_cannot_be_used_is_set_aside_and_said_why(tmp_path, row, column, wrong):
    found = taken(tmp_path, row, "R2,01/10/2025,5,central,literacy")
    assert (found.read, found.kept, found.set_aside) == (2, 1, 1)
    (finding,) = found.findings
    assert (finding.row, finding.column, finding.wrong) == (2, column, f"{wrong}; the row is set aside.") and finding.do
    assert "C9" not in str(finding) and "five" not in str(finding)


def test_a_reference_that_stands_twice_is_set_aside(tmp_path):
    found = taken(tmp_path, "R1,01/10/2025,5,central,literacy", "R1,02/10/2025,5,central,literacy")
    assert [finding.wrong for finding in found.findings] == ["it stands above already; the row is set aside."]


def test_an_extract_of_the_finance_system_has_reference_and_amount(tmp_path):
    found = taken(tmp_path, "R1,5.00,x", "R1,2.50,x", "R2,nothing,x", headings="Reference,Amount,Cost centre")
    assert (found.kind, found.bank, found.set_aside) == ("extract", [("R1", 500), ("R1", 250)], 1)
    assert found.findings[0].wrong == "no column has this name; it is left out."


@pytest.mark.parametrize("headings", ["Name,Age", "Reference,Date,Amount,Purpose"])
def test_what_is_no_such_file_is_refused(tmp_path, headings):
    with pytest.raises(Unreadable, match=r"neither those of payments|no column where"):
        taken(tmp_path, "a,01/01/2025,5,literacy", headings=headings)

"""The SSDA903 return in its forms: the sample returns, XML, workbooks, Parquet."""

import csv
import datetime
import pathlib
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest
from drawn_files import counts, told

from virtualschool import read, tables
from virtualschool.errors import Unreadable
from virtualschool.read import sheets

RETURN = """<?xml version='1.0'?><EXPSSDA903><CHILD><HEADER><CHILDID>A1</CHILDID><UPN>UN1</UPN><SEX>2</SEX><DOB>28/07/2010</DOB>
<ETHNIC>WBRI</ETHNIC><UASC>1</UASC><DUC>27/07/2028</DUC><IN_TOUCH>YES</IN_TOUCH><ACTIV>F1</ACTIV><ACCOM/>
<AREVIEW><REVIEW>27/09/2023</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
<AREVIEW><REVIEW>27/03/2024</REVIEW><REVIEW_CODE>PN2</REVIEW_CODE></AREVIEW>
<MOTHER/><MC_DOB/><OC2><SDQ_SCORE>21</SDQ_SCORE><CONVICTED>0</CONVICTED><HEALTH_CHECK>1</HEALTH_CHECK></OC2></HEADER>
<EPISODE><DECOM>06/05/2023</DECOM><RNE>S</RNE><LS>V2</LS><CIN>N1</CIN><PL>U6</PL><PL_POST>AB1 2CD</PL_POST><DEC/><REC/></EPISODE>
</CHILD><CHILD><HEADER><CHILDID>A2</CHILDID><SEX>1</SEX><DOB>28/07/2011</DOB><ETHNIC>WBRI</ETHNIC><UASC/></HEADER>
<EPISODE><DECOM>soon</DECOM><RNE>S</RNE><LS>V2</LS></EPISODE></CHILD></EXPSSDA903>"""


def test_an_xml_return_gives_the_modules_of_the_csv_form(folder):
    folder.write("301/2024/return.xml", RETURN)
    reading = folder.read()
    assert [(one.part, one.kind, one.read, one.kept, one.set_aside) for one in reading.files] == [
        ("HEADER", "ssda903.header", 2, 2, 0),
        ("EPISODE", "ssda903.episodes", 2, 1, 1),
        ("OC3", "ssda903.oc3", 1, 1, 0),
        ("UASC", "ssda903.uasc", 1, 1, 0),
        ("AREVIEW", "ssda903.reviews", 2, 2, 0),
        ("OC2", "ssda903.oc2", 1, 1, 0),
    ]
    assert folder.rows("header", "child", "sex", "dob", "uasc") == [
        ("A1", "2", datetime.date(2010, 7, 28), "1"),
        ("A2", "1", datetime.date(2011, 7, 28), None),
    ]
    assert folder.rows("uasc", "child", "sex", "duc") == [("A1", "2", datetime.date(2028, 7, 27))]
    assert folder.rows("reviews", "child", "dob", "review_code") == [
        ("A1", datetime.date(2010, 7, 28), "PN1"),
        ("A1", datetime.date(2010, 7, 28), "PN2"),
    ]
    assert folder.rows("episodes", "child", "place", "pl_post") == [("A1", "U6", "AB1 2CD")]
    assert folder.rows("oc3", "in_touch", "activ", "accom") == [("YES", "F1", None)]
    assert told(reading) == ["301/2024/return.xml, EPISODE, row 3, DECOM: this is not a date. Write dates as 31/03/2026."]


def test_a_module_of_xml_is_known_by_its_element_whatever_fields_it_lacks(folder):
    body = """<CHILD><HEADER><CHILDID>A1</CHILDID><UPN>UN1</UPN><SEX>2</SEX><DOB>28/07/2010</DOB><ETHNIC>WBRI</ETHNIC><ACTIV>F2</ACTIV>
    <OC2><SDQ_SCORE>14</SDQ_SCORE></OC2></HEADER></CHILD>"""
    folder.write("301/2024/return.xml", f"<EXPSSDA903>{body}</EXPSSDA903>")
    assert told(folder.read()) == []
    assert folder.rows("oc2", "child", "sdq_score", "health_check") == [("A1", 14, None)]
    assert folder.rows("oc3", "child", "activ", "in_touch") == [("A1", "F2", None)]


def test_xml_asks_for_nothing_outside_itself(folder, tmp_path):
    (tmp_path / "secret").write_text("secret")
    entity = f'<!DOCTYPE x [<!ENTITY other SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    body = RETURN.partition("?>")[2].replace("<UPN>UN1</UPN>", "<UPN>&other;</UPN>")
    folder.write("301/2024/return.xml", f"<?xml version='1.0'?>{entity}{body}")
    folder.read()
    assert folder.rows("header", "child", "upn") == [("A1", None), ("A2", None)]


HEADER = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")


def workbook(folder, name: str, **named) -> pathlib.Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in named.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    (folder.path / name).parent.mkdir(parents=True, exist_ok=True)
    book.save(folder.path / name)
    return folder.path / name


def test_each_sheet_of_a_workbook_is_a_part_with_its_own_account(folder):
    workbook(
        folder,
        "301/2024/return.xlsx",
        Children=[
            ("Our children",),
            (),
            HEADER,
            ("A1", 1, datetime.datetime(2010, 3, 2), "WBRI", "UN1", 1.0, None),
            (),
            ("A2", 2, 40239, "WBRI"),
        ],
        Notes=[("These are notes.",)],
        Leavers=[("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"), ("A3", datetime.date(2004, 3, 2), "YES", "F1", "B1", None, "more")],
    )
    reading = folder.read()
    assert [(one.part, one.kind, one.read, one.kept, one.set_aside) for one in reading.files] == [
        ("Children", "ssda903.header", 2, 2, 0),
        ("Leavers", "ssda903.oc3", 1, 0, 1),
    ]
    assert folder.rows("header", "child", "sex", "dob", "mother", "row") == [
        ("A1", "1", datetime.date(2010, 3, 2), "1", 4),
        ("A2", "2", datetime.date(2010, 3, 2), None, 6),
    ]
    assert [(one.file, one.row, one.rule) for one in reading.findings] == [
        ("301/2024/return.xlsx, Leavers", 2, "shape"),
        ("301/2024/return.xlsx, Notes", 0, "unknown file"),
    ]


def test_a_workbook_that_unpacks_to_more_than_a_workbook_holds_is_refused(folder, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_UNPACKED", 1000)
    file = workbook(folder, "return.xlsx", Children=[HEADER])
    with pytest.raises(Unreadable) as refused:
        folder.read(file)
    assert str(refused.value) == "return.xlsx: it unpacks to more than a workbook holds. Save its sheets as CSV."


def test_a_workbook_that_declares_entities_is_refused(folder):
    file = folder.path / "return.xlsx"
    file.parent.mkdir(parents=True)
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x/>')
    with pytest.raises(Unreadable):
        folder.read(file)


def test_a_parquet_file_is_read_by_its_own_types(folder):
    table = pa.table(
        {
            "child": ["A1", "A2"],
            "SEX": pa.array([1, 2], pa.int8()),
            "DOB": pa.array([datetime.date(2010, 3, 2), None], pa.date32()),
            "ethnic": ["wbri", "WBRI"],
            "la": pa.array([301, 301]),
            "year": pa.array([2024, 2024]),
        }
    )
    (folder.path / "pooled").mkdir(parents=True)
    pa.parquet.write_table(table, folder.path / "pooled" / "header.parquet")
    reading = folder.read()
    assert counts(reading) == [("pooled/header.parquet", "ssda903.header", "301", 2024, 2, 1, 1)]
    assert folder.rows("header", "la", "year", "child", "sex", "dob", "ethnic", "row") == [
        ("301", 2024, "A1", "1", datetime.date(2010, 3, 2), "WBRI", 2)
    ]


def test_the_sample_returns_are_read_with_a_true_account(folder, real_data):
    samples = real_data / "samples_903"
    reading = folder.read(samples)
    found = {one.file: one for one in reading.files if not one.part}
    for file in samples.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            wanted = sum(any(cell.strip() for cell in record) for record in csv.reader(lines)) - 1
        assert found[file.name].read == wanted, file.name
    assert {one.kind for one in reading.files} == {f"ssda903.{table.name}" for table in tables.CARE}
    assert {one.part: one.read for one in reading.files if one.part} == {
        "HEADER": 150,
        "EPISODE": 279,
        "AREVIEW": 705,
        "PERMANENCE": 150,
        "OC2": 150,
        "AMISSING": 3,
        "UASC": 8,
        "OC3": 2,
        "AD1": 1,
        "AD_PLACED": 1,
    }
    # The care year of a return without one in its path is that of its episodes.
    assert {one.year for one in reading.files if "fixes" not in one.file} == {2018}
    assert {one.la for one in reading.files} == {None}
    kept = sum(one.kept for one in reading.files if one.kind == "ssda903.episodes")
    assert kept == folder.engine.value("SELECT count(*) FROM episodes") == 5352
    assert folder.engine.value("SELECT count(*) FROM episodes WHERE la = ?", [read.UNKNOWN]) == 5329

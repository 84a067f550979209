"""Files into tables, with an account of every record."""

import datetime
import json

import pytest
from drawn_files import counts, told

from virtualschool import read
from virtualschool.errors import Unreadable, WrongUse
from virtualschool.read import account, records

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
ONE = "A1,01/05/2023,S,V2,N1,U6,PR4,31/03/2024,X1,,AB1 2CD,EF3 4GH,SC123456\n"
NO_PLACE = "Put it in a folder named after the authority's code, or name the code: 301=FOLDER."


def test_values_are_trimmed_typed_and_codes_put_in_capitals(folder):
    folder.write("301/2024/any name.csv", EPISODES + " A1 , 01/05/2023 ,s,v2,n1,u6,pr4,,,,ab1 2cd,,1.0\n")
    reading = folder.read()
    assert counts(reading) == [("301/2024/any name.csv", "ssda903.episodes", "301", 2024, 1, 1, 0)]
    assert folder.rows(
        "episodes", "la", "year", "child", "decom", "rne", "ls", "place", "dec", "home_post", "pl_post", "urn", "file", "row"
    ) == [("301", 2024, "A1", datetime.date(2023, 5, 1), "S", "V2", "U6", None, "AB1 2CD", None, "1", 1, 2)]
    assert told(reading) == []


def test_a_value_that_cannot_be_read_is_a_finding_and_the_record_stays(folder):
    folder.write("301/2024/e.csv", EPISODES + ONE.replace("31/03/2024", "31/02/2024") + ONE.replace("A1", "A2"))
    reading = folder.read()
    assert counts(reading) == [("301/2024/e.csv", "ssda903.episodes", "301", 2024, 2, 2, 0)]
    assert told(reading) == ["301/2024/e.csv, row 2, DEC: this is not a date. Write dates as 31/03/2026."]
    assert folder.rows("episodes", "child", "dec") == [("A1", None), ("A2", datetime.date(2024, 3, 31))]
    assert folder.engine.rows("SELECT * FROM findings") == [
        {
            "file": "301/2024/e.csv",
            "row": 2,
            "column": "DEC",
            "wrong": "this is not a date.",
            "do": "Write dates as 31/03/2026.",
            "rule": "type",
            "la": "301",
            "year": 2024,
        }
    ]


def test_a_record_without_what_it_needs_is_set_aside_whole(folder):
    folder.write("301/2024/e.csv", EPISODES + ONE.replace("A1", "") + ONE.replace("01/05/2023", "1 May") + ONE)
    reading = folder.read()
    assert counts(reading) == [("301/2024/e.csv", "ssda903.episodes", "301", 2024, 3, 1, 2)]
    assert told(reading) == [
        "301/2024/e.csv, row 2, CHILD: there is no value, and a record needs one. Fill it in; until then the record is set aside.",
        "301/2024/e.csv, row 3, DECOM: this is not a date. Write dates as 31/03/2026.",
    ]
    (row, reason, record), second = folder.aside()
    assert (row, reason) == (2, "child: there is no value")
    assert second[:2] == (3, "decom: cannot be read")
    wanted = dict(zip(EPISODES.strip().split(","), ONE.strip().split(","), strict=True))
    assert json.loads(record) == {name: value for name, value in wanted.items() if value and name != "CHILD"}


def test_a_record_with_too_many_values_is_set_aside(folder):
    folder.write("301/2024/e.csv", EPISODES + ONE.strip() + ",more\n" + ONE)
    reading = folder.read()
    assert counts(reading) == [("301/2024/e.csv", "ssda903.episodes", "301", 2024, 2, 1, 1)]
    assert told(reading) == [
        "301/2024/e.csv, row 2: this record has more values than there are headings. "
        "Check its quotation marks and delimiters; it is set aside."
    ]
    assert json.loads(folder.aside()[0][2])["value 14"] == "more"


def test_lines_above_the_headings_are_no_records_and_rows_count_them(folder):
    folder.write("301/2024/e.csv", "Our return\n\n" + EPISODES + ONE)
    assert counts(folder.read()) == [("301/2024/e.csv", "ssda903.episodes", "301", 2024, 1, 1, 0)]
    assert folder.rows("episodes", "row") == [(4,)]


def test_a_file_of_headings_alone_has_an_account_of_nothing(folder):
    folder.write("301/2024/e.csv", EPISODES)
    assert counts(folder.read()) == [("301/2024/e.csv", "ssda903.episodes", "301", 2024, 0, 0, 0)]


def test_headings_that_no_column_has_are_in_the_account(folder):
    folder.write("301/2024/e.csv", EPISODES.replace("URN", "URN,Notes") + ONE)
    assert folder.read().files[0].to_json()["ignored"] == ["Notes"]


# --- Whose and when ---


def test_episodes_tell_the_year_of_the_other_files_of_their_folder(folder):
    folder.write("301/a/header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nA1,1,02/03/2010,WBRI,UN1,,\n")
    folder.write("301/a/z.csv", EPISODES + ONE)
    assert counts(folder.read()) == [
        ("301/a/header.csv", "ssda903.header", "301", 2024, 1, 1, 0),
        ("301/a/z.csv", "ssda903.episodes", "301", 2024, 1, 1, 0),
    ]


def test_days_that_the_year_of_the_path_does_not_allow_decide_with_a_finding(folder):
    folder.write("301/2023/e.csv", EPISODES + ONE)
    reading = folder.read()
    assert counts(reading) == [("301/2023/e.csv", "ssda903.episodes", "301", 2024, 1, 1, 0)]
    assert told(reading) == [
        "301/2023/e.csv: by most days on which its episodes begin and end this is of 2024, by its path of 2023; it is read as 2024. "
        "Put it in the folder of its year."
    ]


def test_the_year_of_the_path_is_believed_without_a_word_where_every_day_allows_it(folder):
    folder.write("301/2026/e.csv", "CHILD,DECOM,RNE,LS,DEC\nA1,01/05/2019,S,C2,\nA2,01/05/2019,S,C2,\nA3,01/05/2025,S,C2,31/03/2026\n")
    reading = folder.read()
    assert counts(reading) == [("301/2026/e.csv", "ssda903.episodes", "301", 2026, 3, 3, 0)]
    assert told(reading) == []


def test_files_of_one_folder_that_bear_years_are_returns_of_their_own(folder):
    folder.write("301/episodes_2023.csv", EPISODES + ONE.replace("2024", "2023").replace("/05/2023", "/05/2022"))
    folder.write("301/episodes_2024.csv", EPISODES + ONE)
    folder.write("301/oc3_2023.csv", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nA1,02/03/2004,YES,F1,B1\n")
    assert [(one.file, one.year) for one in folder.read().files] == [
        ("301/episodes_2023.csv", 2023),
        ("301/episodes_2024.csv", 2024),
        ("301/oc3_2023.csv", 2023),
    ]


def test_columns_tell_authority_and_year_record_by_record(folder):
    folder.write(
        "pooled.csv",
        EPISODES.replace("URN", "URN,LA,YEAR")
        + ONE.strip()
        + ",Dorset,2018\n"
        + ONE.strip()
        + ",Dorset,2024/25\n"
        + ONE.strip()
        + ",302,2024\n",
    )
    reading = folder.read()
    assert folder.rows("episodes", "la", "year") == [("835", 2018), ("838", 2025), ("302", 2024)]
    assert counts(reading) == [("pooled.csv", "ssda903.episodes", None, None, 3, 3, 0)]
    assert told(reading) == []


def test_columns_count_more_than_the_path_with_a_finding(folder):
    folder.write("302/2023/e.csv", EPISODES.replace("URN", "URN,LA,YEAR") + ONE.strip() + ",301,2024\n")
    reading = folder.read()
    assert counts(reading) == [("302/2023/e.csv", "ssda903.episodes", "301", 2024, 1, 1, 0)]
    assert told(reading) == [
        "302/2023/e.csv, LA: by its column this is of 301, by its path of 302; the column counts. Put it in the folder of its authority.",
        "302/2023/e.csv, YEAR: by its column this is of 2024, by its path of 2023; the column counts. Put it in the folder of its year.",
    ]


def test_an_authority_that_nobody_knows_sets_the_record_aside(folder):
    folder.write("pooled.csv", EPISODES.replace("URN", "URN,LA,YEAR") + ONE.strip() + ",Atlantis,2024\n")
    reading = folder.read()
    assert told(reading) == [
        "pooled.csv, row 2, LA: there is no authority of that code or name. Write DfE's three-digit code, such as 301."
    ]
    assert counts(reading) == [("pooled.csv", "ssda903.episodes", None, None, 1, 0, 1)]


def test_records_that_nothing_tells_the_authority_of_are_kept_with_a_finding(folder):
    folder.write("2024/e.csv", EPISODES + ONE)
    reading = folder.read()
    assert counts(reading) == [("2024/e.csv", "ssda903.episodes", None, 2024, 1, 1, 0)]
    assert folder.rows("episodes", "la") == [(read.UNKNOWN,)]
    assert told(reading) == [f"2024/e.csv: nothing tells whose this file is; the records are kept without an authority. {NO_PLACE}"]


def test_the_command_names_the_authority_and_the_path_comes_first(folder):
    folder.write("a/2024/e.csv", EPISODES + ONE)
    folder.write("302/2024/e.csv", EPISODES + ONE)
    reading = folder.read(("301", folder.path))
    assert [(one.file, one.la) for one in reading.files] == [("302/2024/e.csv", "302"), ("a/2024/e.csv", "301")]
    assert told(reading) == [
        "302/2024/e.csv: by its path this is a file of 302, by the command of 301; it is read as 302. "
        "Put it in the folder of its authority."
    ]


def test_records_that_nothing_tells_the_year_of_are_set_aside(folder):
    folder.write("301/d.csv", "CHILD,DOB,DOLO_START,DOLO_END\nA1,02/03/2010,,\nA2,02/03/2010,01/05/2026,\n")
    reading = folder.read()
    assert counts(reading) == [("301/d.csv", "ssda903.dolo", "301", None, 2, 0, 2)]
    assert told(reading) == [
        "301/d.csv: nothing tells the year of this file. "
        "Add a column YEAR, or put the file in a folder named after the year, such as 2026.",
        "301/d.csv, row 2, DOLO_START: there is no value, and a record needs one. Fill it in; until then the record is set aside.",
    ]


def test_real_and_invented_authorities_never_mix(folder):
    folder.write("301/2024/e.csv", EPISODES + ONE)
    folder.write("V01/2024/e.csv", EPISODES + ONE)
    with pytest.raises(WrongUse) as refused:
        folder.read()
    assert str(refused.value) == (
        "These files: some are of invented authorities (V01 …), some of real ones (301 …). Build a store of each; they never mix in one."
    )


# --- Files that are not known ---


def test_an_unknown_file_in_a_folder_is_a_finding_that_names_the_nearest_kind(folder):
    folder.write("301/2024/e.csv", EPISODES + ONE)
    folder.write("301/2024/f.csv", "CHILD,DECOM,PLACE,Colour\nA1,01/05/2023,U6,red\n")
    folder.write("301/2024/return.zip", b"PK\x03\x04")
    folder.write("301/2024/.hidden.csv", "nothing to read")
    folder.write("README.txt", "what this folder is")
    reading = folder.read()
    assert counts(reading) == [("301/2024/e.csv", "ssda903.episodes", "301", 2024, 1, 1, 0)]
    assert [given["name"] for given in reading.inputs()] == ["301/2024/e.csv", "301/2024/f.csv"]
    assert told(reading) == [
        "301/2024/f.csv: this is no table that we know. The nearest is ssda903.episodes (missing here: RNE, LS; unknown there: Colour). "
        "Give it the headings of that table, or leave it out.",
        "301/2024/return.zip: we do not read files of this kind. Save it as CSV, Excel (.xlsx) or Parquet, or leave it out.",
    ]


def test_an_unknown_file_named_by_itself_cannot_be_read(folder):
    file = folder.write("f.csv", "CHILD,DECOM,PLACE,Colour\nA1,01/05/2023,U6,red\n")
    with pytest.raises(Unreadable) as refused:
        folder.read(file)
    assert str(refused.value) == (
        "f.csv: this is no table that we know. The nearest is ssda903.episodes (missing here: RNE, LS; unknown there: Colour). "
        "Give it the headings of that table, or leave it out."
    )
    assert refused.value.exit_code == 2


def test_a_file_without_headings_is_not_quoted_in_the_message(folder):
    file = folder.write("f.csv", "A1,02/03/2010,Smith\nA2,03/03/2010,Jones\n")
    with pytest.raises(Unreadable) as refused:
        folder.read(file)
    assert str(refused.value) == (
        "f.csv: this is no table that we know, and none of its headings are. Leave it out, or give it a line of headings."
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "there is no such file or folder. Check the path."),
        ("notes.txt", "we do not read files of this kind. We read .csv, .csv.gz, .xml, .xlsx, .parquet."),
        ("empty", "there is no file in this folder that we read. We read .csv, .csv.gz, .xml, .xlsx, .parquet."),
    ],
)
def test_a_path_with_nothing_to_read_is_refused(folder, name, message):
    folder.write("notes.txt", "nothing to read")
    (folder.path / "empty").mkdir()
    with pytest.raises(Unreadable) as refused:
        read.inputs_of([(None, folder.path / name)])
    assert str(refused.value) == f"{folder.path / name}: {message}"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"PAR1broken", b"<a><b/></a>", b"<CHILD", b"\x00\x01\x02\x03,\x00"])
def test_a_damaged_file_is_a_finding_and_the_rest_is_read(folder, content):
    folder.write("301/2024/damaged.csv", content)
    folder.write("301/2024/e.csv", EPISODES + ONE)
    reading = folder.read()
    assert counts(reading) == [("301/2024/e.csv", "ssda903.episodes", "301", 2024, 1, 1, 0)]
    assert [(one.file, one.rule) for one in reading.findings] == [("301/2024/damaged.csv", "unknown file")]


# --- Twice the same ---


def test_the_same_file_twice_in_one_return_is_set_aside(folder):
    folder.write("301/2024/e.csv", EPISODES + ONE)
    folder.write("301/2024/f.csv", EPISODES + ONE)
    reading = folder.read()
    assert [(one.file, one.read, one.kept, one.set_aside) for one in reading.files] == [
        ("301/2024/e.csv", 1, 1, 0),
        ("301/2024/f.csv", 1, 0, 1),
    ]
    assert told(reading) == ["301/2024/f.csv: this is the same file as 301/2024/e.csv; it is set aside. Leave one of them out."]


def test_the_same_file_in_two_returns_counts_in_both(folder):
    folder.write("301/2024/e.csv", EPISODES + ONE)
    folder.write("302/2024/e.csv", EPISODES + ONE)
    assert [one.kept for one in folder.read().files] == [1, 1]


def test_a_record_that_stands_in_two_files_of_a_return_is_kept_once(folder):
    folder.write("301/2024/e.csv", EPISODES + ONE)
    folder.write("301/2024/f.csv", EPISODES + ONE.replace("A1", "A2") + ONE)
    reading = folder.read()
    assert folder.rows("episodes", "child", "file", "row") == [("A1", 1, 2), ("A2", 2, 2)]
    assert [(one.kept, one.set_aside) for one in reading.files] == [(1, 0), (1, 1)]
    assert told(reading) == ["301/2024/f.csv, row 3: the same record stands in 301/2024/e.csv, row 2. Leave it out; it is set aside."]


# --- Adding to what a store holds ---


def inputs(folder, *names, added):
    return [read.Input(name, "given", folder.path / name, None, added) for name in names]


def test_a_file_that_is_added_replaces_that_of_the_same_kind_authority_and_year(folder):
    folder.write("301/2023/e.csv", EPISODES + ONE.replace("2024", "2023").replace("05/2023", "05/2022"))
    folder.write("301/2024/e.csv", EPISODES + ONE)
    folder.write("302/2024/e.csv", EPISODES + ONE)
    folder.write("new/301/2024/better.csv", EPISODES + ONE.replace("A1", "B1"))
    given = [
        *inputs(folder, "301/2023/e.csv", "301/2024/e.csv", "302/2024/e.csv", added=False),
        *inputs(folder, "new/301/2024/better.csv", added=True),
    ]
    reading = folder.read_inputs(given)
    assert [(one.file, one.la, one.year) for one in reading.files] == [
        ("301/2023/e.csv", "301", 2023),
        ("302/2024/e.csv", "302", 2024),
        ("new/301/2024/better.csv", "301", 2024),
    ]
    assert folder.rows("episodes", "child", "la", "year") == [("A1", "301", 2023), ("A1", "302", 2024), ("B1", "301", 2024)]
    assert [one["name"] for one in reading.inputs()] == ["301/2023/e.csv", "302/2024/e.csv", "new/301/2024/better.csv"]


def test_a_file_that_is_added_again_from_its_place_replaces_what_it_was(folder):
    folder.write("old/301/2024/e.csv", EPISODES + ONE)
    folder.write("old/2024/list.csv", "UPN,Subject,Grade\nH801200001001,Mathematics,4\n")
    folder.write("new/301/2024/e.csv", EPISODES + ONE.replace("A1", "B1"))
    folder.write("new/2024/list.csv", "UPN,Subject,Grade\nH801200001001,Mathematics,5\n")
    names = ("301/2024/e.csv", "2024/list.csv")
    given = [read.Input(name, "given", folder.path / age / name, None, age == "new") for age in ("old", "new") for name in names]
    reading = folder.read_inputs(given)
    assert folder.rows("episodes", "child") == [("B1",)]
    assert folder.rows("ks4_results", "grade") == [("5",)]
    assert [entry["name"] for entry in reading.inputs()] == list(names)


def test_the_same_file_added_twice_is_held_once(folder):
    folder.write("301/2024/e.csv", EPISODES + ONE)
    reading = folder.read_inputs([*inputs(folder, "301/2024/e.csv", added=False), *inputs(folder, "301/2024/e.csv", added=True)])
    assert counts(reading) == [("301/2024/e.csv", "ssda903.episodes", "301", 2024, 1, 1, 0)]
    assert len(reading.inputs()) == 1


def test_a_pooled_file_is_replaced_only_where_what_is_added_speaks_of_the_same(folder):
    pooled = EPISODES.replace("URN", "URN,LA,YEAR") + ONE.strip() + ",Dorset,2018\n" + ONE.strip() + ",302,2023/24\n"
    folder.write("pooled.csv", pooled)
    folder.write("302/2024/e.csv", EPISODES + ONE.replace("A1", "B1"))
    reading = folder.read_inputs([*inputs(folder, "pooled.csv", added=False), *inputs(folder, "302/2024/e.csv", added=True)])
    assert folder.rows("episodes", "la", "year", "child") == [("835", 2018, "A1"), ("302", 2024, "B1")]
    assert counts(reading) == [
        ("pooled.csv", "ssda903.episodes", "835", 2018, 2, 1, 1),
        ("302/2024/e.csv", "ssda903.episodes", "302", 2024, 1, 1, 0),
    ]
    assert [aside[:2] for aside in folder.aside()] == [(3, "replaced by a file that was added")]


def test_education_files_are_replaced_by_year_and_term(folder):
    heading = "ACADYR,UPN,KS2_READSCORE,KS2_MATSCORE\n"
    folder.write("old/a.csv", heading + "2023,A123456789012,101,102\n")
    folder.write("old/b.csv", heading + "2024,A123456789012,103,104\n")
    folder.write("new/c.csv", heading + "2023/24,B123456789012,105,106\n")
    folder.read_inputs([*inputs(folder, "old/a.csv", "old/b.csv", added=False), *inputs(folder, "new/c.csv", added=True)])
    assert folder.rows("ks2", "year", "upn") == [(2023, "A123456789012"), (2024, "B123456789012")]


def test_what_is_kept_of_a_store_can_be_read_again(folder, tmp_path):
    from virtualschool.store import Store

    folder.write("301/2024/e.csv", EPISODES + ONE)
    reading = folder.read(("301", folder.path))
    folder.draft.finish({"inputs": reading.inputs()})
    (folder.path / "301/2024/e.csv").unlink()
    again = read.inputs_kept(Store.open(folder.draft.store.path).current())
    assert [(one.name, one.root, one.la, one.alone) for one in again] == [("301/2024/e.csv", folder.path.as_posix(), "301", False)]
    assert counts(folder.read_inputs(again)) == counts(reading)


# --- Many files, many findings ---


def test_records_are_typed_together_whatever_their_number(folder, monkeypatch):
    monkeypatch.setattr(records, "BLOCK", 5)
    for year in (2022, 2023, 2024):
        rows = "".join(f"A{number},01/05/{year - 1},S,V2,N1,U6,PR4,31/03/{year},X1,,,,\n" for number in range(7))
        folder.write(f"301/{year}/e.csv", EPISODES + rows + f"X,,S,,,,,31/03/{year},,,,,\n")
    reading = folder.read()
    assert [(one.read, one.kept, one.set_aside) for one in reading.files] == [(8, 7, 1)] * 3
    assert len(folder.rows("episodes", "child")) == 21
    assert [row for row, _, _ in folder.aside()] == [9, 9, 9]


def test_many_findings_of_one_kind_are_listed_in_part_and_counted(folder, monkeypatch):
    monkeypatch.setattr(account, "LISTED", 2)
    wrong = "".join(ONE.replace("31/03/2024", "never").replace("A1", child) for child in ("A2", "A3", "A4", "A5"))
    folder.write("301/2024/e.csv", EPISODES + ONE + wrong)
    assert told(folder.read()) == [
        "301/2024/e.csv, row 3, DEC: this is not a date. Write dates as 31/03/2026.",
        "301/2024/e.csv, row 4, DEC: this is not a date. Write dates as 31/03/2026.",
        "301/2024/e.csv, DEC: 2 more: this is not a date. The table `findings` lists them all.",
    ]
    assert folder.engine.value("SELECT count(*) FROM findings") == 4


def test_the_same_files_make_the_same_bytes(folder, tmp_path):
    from virtualschool.store import Store

    folder.write("301/2024/e.csv", EPISODES + ONE + ONE.replace("A1", "A2"))
    folder.write("302/2024/e.csv", EPISODES + ONE)
    folder.read()
    with Store(tmp_path / "other").draft(threads=1) as draft:
        read.read(read.inputs_of([(None, folder.path)]), draft)
        assert draft.tables == folder.draft.tables

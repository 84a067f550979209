"""Names and learner numbers: an authority's own list, and the census where it has them."""

import pytest
from drawn_files import counts, told

LIST = "CHILD,FORENAME,SURNAME,ULN\nA1,Zoë,O'Wimbrel,1234567890\nA2,Ann,,\n"
CENSUS = "UPN_Spr24,Forename_Spr24,Surname_Spr24,ULN_Census_Spr24,FSMeligible_Spr24\nA100000000001,Zoe,Wimbrel,1234567890,1\n"


def test_a_list_of_names_is_told_by_its_columns_and_its_year_and_authority_by_its_path(folder):
    folder.write("301/2024/anything.csv", LIST)
    reading = folder.read()
    assert counts(reading) == [("301/2024/anything.csv", "list.names", "301", 2024, 2, 2, 0)]
    assert told(reading) == []
    assert folder.rows("names", "la", "year", "child", "forename", "surname", "uln") == [
        ("301", 2024, "A1", "ZOË", "O'WIMBREL", "1234567890"),
        ("301", 2024, "A2", "ANN", None, None),
    ]


@pytest.mark.parametrize(
    "headings",
    ["LA,YEAR,Child ID,First name,Last name,UniqueLearnerNumber", "la,year,child,Preferred name,Family name,Unique learner number"],
)
def test_a_list_of_names_may_bear_other_headings_and_columns_of_its_own_for_authority_and_year(folder, headings):
    folder.write("names.csv", f"{headings}\n301,2023/24,A1,Zoe,Wimbrel,1234567890\n302,2023/24,A1,Ann,Other,\n")
    assert [one[1] for one in counts(folder.read())] == ["list.names"]
    assert folder.rows("names", "la", "year", "child", "forename", "surname", "uln") == [
        ("301", 2024, "A1", "ZOE", "WIMBREL", "1234567890"),
        ("302", 2024, "A1", "ANN", "OTHER", None),
    ]


def test_a_learner_number_alone_is_a_list_too_and_is_ten_digits_or_nothing(folder):
    written = ["1234567890", "123 456 7890", "1234567890.0", "123456789", "12345678901", "0234567890", "123456789X", "9999999999"]
    folder.write("301/2024/n.csv", "CHILD,ULN\n" + "".join(f"A{place},{number}\n" for place, number in enumerate(written)))
    assert told(folder.read()) == []
    assert [uln for (uln,) in folder.rows("names", "uln")] == ["1234567890"] * 3 + [None] * 5


def test_a_module_of_the_return_with_names_stays_that_module(folder):
    folder.write("301/2024/header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,FORENAME,SURNAME,ULN\nA1,1,01/02/2010,WBRI,,Zoe,Wimbrel,1234567890\n")
    folder.write("301/2024/d.csv", "CHILD,DOB,DOLO_START,DOLO_END,FORENAME,SURNAME,ULN\nA1,01/02/2010,01/05/2023,,Zoe,Wimbrel,1234567890\n")
    assert [one[1] for one in counts(folder.read())] == ["ssda903.dolo", "ssda903.header"]


def test_a_file_of_names_joins_those_that_are_held(folder):
    first = folder.write("301/2024/n.csv", LIST)
    folder.write("301/2024/more.csv", "CHILD,FORENAME,SURNAME\nA3,Bea,Other\n")
    assert len(folder.read().files) == 2
    assert [child for (child,) in folder.rows("names", "child")] == ["A3", "A1", "A2"]
    assert first.exists()


@pytest.mark.parametrize(
    "headings",
    [
        "UPN_Spr24,Forename_Spr24,Surname_Spr24,ULN_Census_Spr24,FSMeligible_Spr24",
        "upn_spr24,forenames_spr24,surname_spr24,uln_spr24,fsmeligible_spr24",
        "UPN,Forename,Surname,UniqueLearnerNumber,FSMeligible",
    ],
)
def test_a_census_has_names_and_learner_numbers_where_the_file_has_them(folder, headings):
    folder.write("census/2024/spring/c.csv", CENSUS.replace(CENSUS.splitlines()[0], headings))
    assert counts(folder.read())[0][1] == "npd.census"
    assert folder.rows("census", "upn", "forename", "surname", "uln", "fsm") == [("A100000000001", "Zoe", "Wimbrel", "1234567890", True)]


def test_a_return_out_of_collect_has_names_and_learner_numbers(folder):
    folder.write(
        "2025/spring/pupilonroll.csv",
        "pupilonrolltableid,NativeId,dob,surname,forename,upn,uniquelearnernumber,sex,entrydate,pupilonrollorderseqcolumn\n"
        "1,3011234,2010-02-01,Wimbrel,Zoe,A100000000001,1234567890,F,2021-09-01,1\n",
    )
    folder.read()
    assert folder.rows("census", "upn", "forename", "surname", "uln") == [("A100000000001", "Zoe", "Wimbrel", "1234567890")]

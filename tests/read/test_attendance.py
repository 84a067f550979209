"""Absence and exclusions: the NPD's tables, schools' summaries, and sheets by attendance code."""

import pytest
from given import Given, given

ABSENCE = ("year", "term", "upn", "sessions_possible", "sessions_authorised", "sessions_unauthorised", "sessions_missed")

WHOLE_YEAR = {
    "items": """
        UPN_ab18,LAEstab_ab18,SessionsPossible_6HalfTerms_ab18,AuthorisedAbsence_6HalfTerms_ab18,UnauthorisedAbsence_6HalfTerms_ab18,\
OverallAbsence_6HalfTerms_ab18
        H801200001001,8014000,300,20,10,30
        """,
    "lab": """
        upn_ab18,laestab_ab18,sessionspossible_6halfterms_ab18,authorisedabsence_6halfterms_ab18,unauthorisedabsence_6halfterms_ab18
        H801200001002,8014000,300,20,10
        """,
    "terms": """
        UPN_ab18,SessionsPossible_Autumn_ab18,SessionsPossible_Spring_ab18,SessionsPossible_Summer_ab18,AuthorisedAbsence_Autumn_ab18,\
AuthorisedAbsence_Spring_ab18,AuthorisedAbsence_Summer_ab18,UnauthorisedAbsence_Autumn_ab18,UnauthorisedAbsence_Spring_ab18,\
UnauthorisedAbsence_Summer_ab18
        H801200001003,120,100,80,12,8,,,4,6
        """,
    "list": "UPN,Sessions possible,Authorised,Unauthorised,year\nH801200001004,300,20,10,2018",
}
BY_CODE = "UPN,TermlySessionsPossible,/,\\,C,C1,C2,H,I,J1,O,U,X,Y,Y1,Year\n{upn},200,51,45,1,2,4,64,8,16,32,,5,3,7,{year}"
EXCLUSIONS = {
    "items": """
        UPN_ex24,Category_ex24,StartDate_ex24,Sessions_ex24,Reason_ex24
        H801200001001,FIXD,2023-11-02,4,DB
        H801200001001,PERM,2024-03-05,,PA
        H801200001001,LNCH,2024-04-18,1,DB
        """,
    "lab": """
        upn_ex24,category_ex24,startdate_ex24,sessions_ex24,reason_ex24
        H801200001002,SUSP,02/11/2023,4,DB
        H801200001002,PERM,05/03/2024,,PA
        H801200001002,LNCH,18/04/2024,1,DB
        """,
    "list": """
        UPN,Suspension type,Date of exclusion,Days,Reason,Year
        H801200001003,Suspension,02/11/2023,2,DB,2023/24
        H801200001003,Permanent exclusion,05/03/2024,,PA,2023/24
        H801200001003,Lunchtime,18/04/2024,0.5,DB,2023/24
        """,
}
OTHERS = {
    "special.csv": """
        UPN_ab19,SessionsPossible_6HalfTerms_ab19,SessionsPossible_Annual_ab19,OverallAbsence_6HalfTerms_ab19,OverallAbsence_Annual_ab19,\
MainRecord_ab19
        H801200001001,,310,,15,1
        T213456718001,300,,3,,0
        """,
    "one_term.csv": "UPN_ab22,EnrolStatus_ab22,SessionsPossible_Spring_ab22,OverallAbsence_Spring_ab22\nH801200001001,S,100,7",
    "attended.csv": "UPN,Possible sessions,Attended,Term,Year\nH801200001001,120,111,Autumn,2025",
    "codes_2024.csv": BY_CODE.format(upn="H801200001005", year=2024),
    "codes_2025.csv": BY_CODE.format(upn="H801200001005", year="2024/25"),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Given:
    files = {f"absence/{spelling}.csv": text for spelling, text in WHOLE_YEAR.items()}
    files |= {f"exclusions/{spelling}.csv": text for spelling, text in EXCLUSIONS.items()}
    return given(tmp_path_factory.mktemp("attendance"), files | OTHERS)


def test_nothing_is_set_aside_or_found_wrong(found):
    assert {account["set_aside"] for account in found.accounts.values()} == {0}
    assert found.findings == []


@pytest.mark.parametrize("spelling", WHOLE_YEAR)
def test_a_years_absence_is_read_in_each_spelling(found, spelling):
    [(year, term, _, *counts)] = found.rows("absence", *ABSENCE, file=f"absence/{spelling}.csv")
    assert (year, term, *counts) == (2018, "year", 300, 20, 10, 30)


def test_a_special_school_has_its_annual_count(found):
    assert found.rows("absence", "upn", "sessions_possible", "sessions_missed", "main_enrolment", file="special.csv") == [
        ("H801200001001", 310, 15, True),
        ("T213456718001", 300, 3, False),
    ]


def test_a_file_of_one_term_is_of_that_term(found):
    assert found.rows("absence", *ABSENCE, file="one_term.csv") == [(2022, "spring", "H801200001001", 100, None, None, 7)]
    assert found.rows("absence", "main_enrolment", file="one_term.csv") == [(False,)]


def test_sessions_attended_give_those_missed(found):
    assert found.rows("absence", *ABSENCE, file="attended.csv") == [(2025, "autumn", "H801200001001", 120, None, None, 9)]


@pytest.mark.parametrize(
    ("year", "authorised"),
    [
        pytest.param(2024, 73, id="to summer 2024: C 1, H 64 and I 8"),
        pytest.param(2025, 31, id="from autumn 2024: C 1, C1 2, C2 4, I 8 and J1 16; H has ended"),
    ],
)
def test_a_sheet_by_attendance_code_is_added_up_by_what_each_code_was_in_its_year(found, year, authorised):
    assert found.rows("absence", *ABSENCE, file=f"codes_{year}.csv") == [
        (year, None, "H801200001005", 200, authorised, 32, authorised + 32)
    ]


@pytest.mark.parametrize("spelling", EXCLUSIONS)
def test_exclusions_are_read_in_each_spelling(found, spelling):
    rows = found.rows("exclusions", "year", "category", "start_date", "sessions", "reason", file=f"exclusions/{spelling}.csv")
    assert [(year, category, str(day), sessions, reason) for year, category, day, sessions, reason in rows] == [
        (2024, "lunchtime", "2024-04-18", 1, "DB"),
        (2024, "permanent", "2024-03-05", None, "PA"),
        (2024, "suspension", "2023-11-02", 4, "DB"),
    ]

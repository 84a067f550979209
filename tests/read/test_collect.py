"""Two returns of one school, taken out of COLLECT table by table, put together and worked out by hand.

In the autumn of 2024 (school year 2024/25) there are two pupils on roll and one who left; in the spring of 2025 one of them is
back under the same table id. The autumn return reports the summer of 2024, the spring return the autumn of 2024.
"""

import datetime

import pytest
from given import Given, given

FILES = {
    "2024_autumn_pupilonroll.csv": """
        pupilonrolltableid,NativeId,dob,upn,formerupn,sex,entrydate,pupilonrollorderseqcolumn,sourceid,schoolcensustableid,termlysessionspossible,termlysessionsauthorised,termlysessionsunauthorised,summerhalfterm2sessionspossible,summerhalfterm2sessionsauthorised,summerhalfterm2sessionsunauthorised,language,enrolstatus,senprovision,ncyearactual
        r1,8014000,2012-Jan-21 00:00:00,H801200001001,,F,2023-Sep-05 00:00:00,1,a,c1,60.0,50.0,50.0,50.0,,,ENG,C,K,8
        r2,8014000,2013-Feb-03 00:00:00,T213456718001,U80120000100A,M,2024-Sep-03 00:00:00,2,b,c1,58.0,4.0,1.0,,,,FRE,S,N,7
        """,
    "2024_autumn_pupilnolongeronroll.csv": """
        pupilnolongeronrolltableid,NativeId,dob,upn,sex,entrydate,leavingdate,pupilnolongeronrollorderseqcolumn,sourceid,schoolcensustableid,termlysessionspossible,ncyearleaving
        r1,8014000,2010-May-09 00:00:00,W938400119023,M,2021-Sep-06 00:00:00,2024-Jul-19 00:00:00,1,d,c1,40.0,9
        """,
    "2024_autumn_termlysessiondetailsonroll.csv": """
        pupilonrolltableid,NativeId,termlysessiondetailsonrolltableid,termlysessiondetailsonrollorderseqcolumn,sourceid,sessions,attendancereason
        r1,8014000,x1,1,a,3.0,I
        r1,8014000,x2,2,a,2.0,H
        r1,8014000,x3,3,a,4.0,O
        r1,8014000,x4,4,a,30.0,X
        """,
    "2024_autumn_termlysessiondetailsoffroll.csv": """
        pupilnolongeronrolltableid,NativeId,termlysessiondetailsoffrolltableid,termlysessiondetailsoffrollorderseqcolumn,sourceid,sessions,attendancereason
        r1,8014000,y1,1,d,7.0,U
        """,
    "2024_autumn_summerhalfterm2sessiondetailsonroll.csv": """
        pupilonrolltableid,NativeId,summerhalfterm2sessiondetailsonrolltableid,summerhalfterm2sessiondetailsonrollorderseqcolumn,sourceid,sessions,attendancereason
        r1,8014000,z1,1,a,5.0,M
        """,
    "2024_autumn_fsmperiodsonroll.csv": """
        pupilonrolltableid,NativeId,fsmperiodsonrolltableid,fsmperiodsonrollorderseqcolumn,sourceid,fsmstartdate,fsmenddate,ukcountry
        r1,8014000,f1,1,a,2022-Jan-10 00:00:00,2023-Mar-31 00:00:00,ENG
        r1,8014000,f2,2,a,2024-May-01 00:00:00,,ENG
        """,
    "2024_autumn_addressesonroll.csv": """
        addressesonrolltableid,NativeId,addressesonrollorderseqcolumn,sourceid,pupilonrolltableid,postcode
        d1,8014000,1,a,r1,ZZ1 1AA
        """,
    "2024_autumn_termlyexclusionsonroll.csv": """
        pupilonrolltableid,NativeId,termlyexclusionsonrolltableid,termlyexclusionsonrollorderseqcolumn,sourceid,startdate,sessions,reason1,reason2,reason3,category,senprovision
        r1,8014000,e1,1,a,2024-Mar-04 00:00:00,10.0,PP,DB,,SUSP,K
        r1,8014000,e2,2,a,2024-Sep-20 00:00:00,,PA,,,PERM,K
        r9,8014000,e3,3,q,2024-Mar-05 00:00:00,1.0,DB,,,LNCH,N
        """,
    "2025_spring_pupilonroll.csv": """
        pupilonrolltableid,NativeId,dob,upn,sex,entrydate,pupilonrollorderseqcolumn,sourceid,schoolcensustableid,termlysessionspossible,ethnicity,language,enrolstatus,senprovision,ncyearactual
        r1,8014000,2012-Jan-21 00:00:00,H801200001001,F,2023-Sep-05 00:00:00,1,e,c2,70.0,WBRI,ENG,C,E,8
        r3,8014000,2011-Jan-21 00:00:00,K380930001701,F,2025-Jan-06 00:00:00,2,f,c2,12.0,AIND,ENG,M,N,9
        """,
    "2025_spring_senneeds.csv": """
        pupilonrolltableid,NativeId,senneedstableid,senneedsorderseqcolumn,sourceid,sentyperank,sentype
        r1,8014000,n2,2,e,2.0,SLCN
        r1,8014000,n1,1,e,1.0,SEMH
        """,
    "2025_spring_termlysessiondetailsonroll.csv": """
        pupilonrolltableid,NativeId,termlysessiondetailsonrolltableid,termlysessiondetailsonrollorderseqcolumn,sourceid,sessions,attendancereason
        r1,8014000,x1,1,e,3.0,I
        r1,8014000,x2,2,e,2.0,H
        r1,8014000,x3,3,e,6.0,C2
        r1,8014000,x4,4,e,1.0,N
        """,
}


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Given:
    return given(tmp_path_factory.mktemp("collect"), FILES)


def test_every_record_of_every_table_is_kept(found):
    assert {(account["read"], account["kept"]) for account in found.accounts.values()} == {(1, 1), (2, 2), (3, 3), (4, 4)}
    assert found.findings == []


def test_a_census_record_is_a_pupil_on_a_roll_in_a_term(found):
    columns = ("year", "term", "upn", "former_upn", "laestab", "sen", "year_group", "enrol_status", "on_roll", "leaving_date")
    assert found.rows("census", *columns) == [
        (2025, "autumn", "H801200001001", None, "8014000", "K", "8", "C", True, None),
        (2025, "autumn", "T213456718001", "U80120000100A", "8014000", "N", "7", "S", True, None),
        (2025, "autumn", "W938400119023", None, "8014000", None, "9", None, False, datetime.date(2024, 7, 19)),
        (2025, "spring", "H801200001001", None, "8014000", "E", "8", "C", True, None),
        (2025, "spring", "K380930001701", None, "8014000", "N", "9", "M", True, None),
    ]


def test_meals_needs_and_addresses_hang_on_their_pupil_in_their_term(found):
    assert found.rows("census", "term", "upn", "fsm", "primary_need", "postcode") == [
        ("autumn", "H801200001001", True, None, "ZZ11AA"),
        ("autumn", "T213456718001", False, None, None),
        ("autumn", "W938400119023", None, None, None),
        ("spring", "H801200001001", None, "SEMH", None),
        ("spring", "K380930001701", None, None, None),
    ]


def test_sessions_are_added_up_by_code_for_the_term_before(found):
    """Worked by hand.

    Summer 2024, first pupil: 60 + 50 possible; I 3 and H 2 authorised, M 5 of the second half; O 4 unauthorised; X is no session.
    Her totals of 50 and 50 on the roll give way to the codes. The second pupil has no codes, and so his totals: 4 and 1.
    The leaver: U 7 unauthorised. Autumn 2024: I 3 and C2 6 authorised, since H ended in August 2024; N 1 unauthorised. The pupil
    who came in January has no record in a return that has them, and missed nothing.
    """
    columns = ("year", "term", "upn", "sessions_possible", "sessions_authorised", "sessions_unauthorised", "sessions_missed")
    assert found.rows("absence", *columns, "main_enrolment") == [
        (2024, "summer", "H801200001001", 110, 10, 4, 14, True),
        (2024, "summer", "T213456718001", 58, 4, 1, 5, False),
        (2024, "summer", "W938400119023", 40, 0, 7, 7, None),
        (2025, "autumn", "H801200001001", 70, 9, 1, 10, True),
        (2025, "autumn", "K380930001701", 12, 0, 0, 0, True),
    ]


def test_an_exclusion_is_of_the_school_year_in_which_it_began_and_stays_without_its_pupil(found):
    assert found.rows("exclusions", "year", "upn", "category", "sessions", "reason") == [
        (2024, None, "lunchtime", 1.0, "DB"),
        (2024, "H801200001001", "suspension", 10.0, "PP"),
        (2025, "H801200001001", "permanent", None, "PA"),
    ]


def test_the_return_itself_tells_its_term_school_and_day_where_it_is_given(tmp_path):
    """The path says nothing; the free meals ended on the day before the census, so that they no longer count."""
    found = given(
        tmp_path,
        {
            "schoolcensus.csv": """
                schoolcensustableid,NativeId,schoolcensusorderseqcolumn,sourceid,name,collection,term,year,referencedate,estab,lea,urn
                c1,S1,1,s,School Census,SC,SUM,2023,2023-May-18 00:00:00,4001,801,100001
                """,
            "pupilonroll.csv": """
                pupilonrolltableid,NativeId,upn,gender,dob,entrydate,sourceid,schoolcensustableid,termlysessionspossible,termlysessionsauthorised,termlysessionsunauthorised
                r1,S1,H801200001001,M,2012-Jan-21 00:00:00,2022-Sep-05 00:00:00,s,c1,110,5,6
                """,
            "fsmperiod.csv": """
                pupilonrolltableid,NativeId,fsmperiodtableid,sourceid,fsmstartdate,fsmenddate
                r1,S1,f1,s,2022-Jan-10 00:00:00,2023-May-17 00:00:00
                """,
        },
    )
    columns = ("year", "term", "upn", "sex", "laestab", "school_urn")
    assert found.rows("census", *columns, "fsm") == [(2023, "summer", "H801200001001", "M", "8014001", "100001", False)]
    columns = (*columns, "sessions_possible", "sessions_authorised", "sessions_missed")
    assert found.rows("absence", *columns) == [(2023, "spring", "H801200001001", "M", "8014001", "100001", 110, 5, 11)]

"""The children in need census, under NPD item names."""

import datetime

CENSUS = """
    CIN_ACADYR,CIN_LA,CIN_PupilMatchingRefAnonymous,CIN_UPN,CIN_Gender,CIN_CINAt31March,CIN_CINReferralDate,CIN_CPPstartDate,CIN_OpenCaseInformation
    2023/2024,801,P1,h801200001001,2,1,12/05/2023,01/02/2024,CLA
    2023/2024,,P2,,1,0,,,
    """


def test_the_children_in_need_census_is_read_and_a_record_of_no_authority_set_aside(folder):
    folder.write("cin.csv", CENSUS)
    [account] = folder.read().files
    assert (account.kind, account.read, account.kept, account.set_aside) == ("npd.cin", 2, 1, 1)
    columns = ("year", "need_la", "pmr", "upn", "sex", "at_31_march", "referral", "plan_start", "case_status")
    days = datetime.date(2023, 5, 12), datetime.date(2024, 2, 1)
    assert folder.rows("in_need", *columns) == [(2024, "801", "P1", "H801200001001", "F", True, *days, "CLA")]


def test_a_children_in_need_census_without_pupils_is_known_and_set_aside(folder):
    folder.write("cin.csv", "CIN_ACADYR,CIN_LA,CIN_PrimaryNeedCode\n2023/2024,801,N1\n")
    [account] = folder.read().files
    assert (account.kind, account.kept, account.set_aside) == ("unused.children_in_need", 0, 1)

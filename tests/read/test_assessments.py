"""The early years profile, phonics, the multiplication check and key stage 5, as their files spell them."""

from given import given


def test_early_years_goals_are_read_in_both_editions_and_marks_for_nothing_are_none(tmp_path):
    found = given(
        tmp_path,
        {
            "new.csv": """
                FSP_ACADYR,FSP_PupilMatchingRef,FSP_UPN,FSP_DOB,FSP_SEX,FSP_COM_E01,FSP_COM_G01,FSP_MAT_E12,FSP_GLD
                2023/2024,R1,A123456789012,01/02/2019,F,2,,1,0
                2023/2024,R2,B123456789012,01/02/2019,M,A,,.,
            """,
            "old.csv": """
                FSP_ACADYR,FSP_PupilMatchingRefAnonymous,FSP_COM_G01,FSP_MAT_G12,FSP_GLD
                2018/2019,R3,3,2.0,1
            """,
            "older.csv": """
                FSP_ACADYR,FSP_PupilMatchingRefAnonymous,FSP_PSE_AS1
                2009/2010,R4,7
            """,
        },
    )
    assert found.rows("early_years", "pmr", "year", "sex", "goal_01", "goal_12", "good_development") == [
        ("R1", 2024, "F", "2", "1", False),
        ("R2", 2024, "M", "A", None, None),
        ("R3", 2019, None, "3", "2", True),
    ]
    assert found.account("older.csv") == ("unused.eyfsp", 1, 0, 1)
    assert found.findings == []


def test_a_phonics_mark_may_be_a_letter_and_outcomes_are_in_capitals(tmp_path):
    found = given(
        tmp_path,
        {
            "phonics.csv": """
                Phonics_ACADYR,Phonics_PUPILMATCHINGREF,Phonics_NCYEARACTUAL,Phonics_PHONICS_MARK,Phonics_PHONICS_OUTCOME
                2022/2023,R1,1,32,Wa
                2022/2023,R2,1,A,A
                2022/2023,R3,2,31.0,wt
            """
        },
    )
    assert found.account("phonics.csv") == ("npd.phonics", 3, 3, 0)
    rows = [("R1", "1", 32, "WA"), ("R2", "1", None, "A"), ("R3", "2", 31, "WT")]
    assert found.rows("phonics", "pmr", "year_group", "mark", "outcome") == rows
    assert found.findings == []


def test_the_multiplication_check_and_key_stage_5(tmp_path):
    found = given(
        tmp_path,
        {
            "mtc.csv": """
                ACADYR,PupilMatchingRef,UPN,Sex,DOB,LA,ESTAB,FormMark,PupilStatus,ReasonNotTakingCheck
                2023/2024,R1,A123456789012,F,03/04/2015,301,2001,25,Completed,
                2023/2024,R2,B123456789012,M,03/04/2015,301,2001,,Not taking the check,Left school
            """,
            "ks5.csv": """
                KS5_ACADYR,KS5_PupilMatchingRefAnonymous,KS5_PASS1L3,KS5_L3_flag,KS5_INSCOPE_ALEV_RET,KS5_RETAINED_ALEV_RET,KS5_InScope_L2VOC_Ret
                2016/2017,R1,1,1,1,0,
            """,
        },
    )
    assert found.rows("multiplication", "pmr", "mark", "reason", "laestab") == [
        ("R1", 25, None, "3012001"),
        ("R2", None, "Left school", "3012001"),
    ]
    columns = ("pmr", "level_3", "level_3_cohort", "in_scope_alev", "retained_alev", "in_scope_l2voc")
    assert found.rows("post_16", *columns) == [("R1", True, True, True, False, None)]
    assert found.findings == []

"""One pupil's facts, written in each of the spellings, are the same rows."""

import csv

import pytest
from given import Given, given

from virtualschool.read import headings
from virtualschool.read.kinds import Reshape

CENSUS = {
    "items": """
        PupilMatchingRefAnonymous_SPR18,UPN_SPR18,Gender_SPR18,LAEstab_SPR18,FSMeligible_Spr18,SENprovision_SPR18,NCyearActual_SPR18,Ethnicity_SPR18
        P1,h801200001001 ,2,801/2000,1,k,9,wbri
        """,
    "lab": """
        pupilmatchingrefanonymous,upn,gender,laestab,fsmeligible,senprovision,ncyearactual,ethnicity,academicyear,censusterm
        P1,H801200001001,F,8012000,1,K,9,WBRI,2017/2018,SPR
        """,
    "download": """
        PupilMatchingRef,AcademicYear,CensusTerm,LA,Estab,LAEstab,UPN,Sex,Ethnicity,FSMeligible,FSM_protected,NCyearActual,SENProvision
        P1,201718,Spring,801,2000,8012000,H801200001001,F,WBRI,1,0,09,K
        """,
    "analysts": """
        LA,Estab,UPN,PMR,Gender,EnrolStatus,EntryDate,NCyearActual,Ethnicity,SENprovision,SENneed1,FSME on Census Day,Year,Term
        801,2000,H801200001001,P1,W,C,2016-09-02 00:00:00,9,WBRI,K,SPLD,True,2018,Spring
        """,
}
KS1 = {
    "items": """
        KS1_ACADYR,KS1_PupilMatchingRefAnonymous,KS1_UPN,KS1_GENDER,KS1_READ_OUTCOME,KS1_WRIT_OUTCOME,KS1_MATH_OUTCOME
        2017/2018,P1,H801200001001,F,GDS,EXS,WTS
        """,
    "lab": """
        ks1_acadyr,ks1_pupilmatchingrefanonymous,ks1_upn,ks1_gender,ks1_read_outcome,ks1_writ_outcome,ks1_math_outcome
        2018,P1,H801200001001,F,GDS,EXS,WTS
        """,
    "download": """
        ACADYR,PUPILMATCHINGREF,KS1_ID,UPN,SEX,LAESTAB,READ_OUTCOME,WRIT_OUTCOME,MATH_OUTCOME,SCI_OUTCOME
        2017/2018,P1,1,H801200001001,F,8012000,GDS,EXS,WTS,EXS
        """,
    "list": "PMR,UPN,Sex,KS1 reading,KS1 writing,KS1 maths,year\nP1,H801200001001,girl,GDS,EXS,WTS,2018",
}
KS2 = {
    "items": """
        KS2_ACADYR,KS2_UPN,KS2_READSCORE,KS2_READOUTCOME,KS2_MATSCORE,KS2_MATOUTCOME,KS2_WRITTAOUTCOME,KS2_READEXP,KS2_ELIGRWM,KS2_VALRWM
        2018/2019,H801200001001,104,AS,,N,GDS,1,1,0
        2018/2019,T213456718001,NULL,B,NA,T,EXS,0,1,1
        """,
    "lab": """
        ks2_acadyr,ks2_upn,ks2_readscore,ks2_readoutcome,ks2_matscore,ks2_matoutcome,ks2_writtaoutcome,ks2_readexp,ks2_eligrwm,ks2_valrwm
        2019,H801200001001,104,AS,,N,GDS,1,1,0
        2019,T213456718001,,B,,T,EXS,0,1,1
        """,
    "download": """
        ACADYR,UPN,READSCORE,READOUTCOME,MATSCORE,MATOUTCOME,WRITTAOUTCOME,READEXP,ELIGRWM,VALRWM,KS2READSCORE,KS2MATSCORE
        2018/2019,H801200001001,104,AS,,N,GDS,1,1,0,104,79
        2018/2019,T213456718001,,B,,T,EXS,0,1,1,71,79
        """,
}
KS4 = {
    "items": """
        KS4_ACADYR,KS4_UPN,KS4_GENDER,KS4_LAESTAB,KS4_ATT8,KS4_P8SCORE,KS4_INP8CALC,KS4_L2BASICS_94,KS4_EBACC_E_PTQ_EE
        2018/2019,H801200001001,F,8014000,46.5,-0.25,1,1,0
        """,
    "lab": """
        ks4_acadyr,ks4_upn,ks4_gender,ks4_laestab,ks4_att8,ks4_p8score,ks4_inp8calc,ks4_l2basics_94,ks4_ebacc_e_ptq_ee
        201819,H801200001001,2,8014000,46.5,-0.25,1,1,0
        """,
    "download": """
        KS4_ACADYR,KS4_UPN,KS4_SEX,KS4_LA,KS4_ESTAB,KS4_ATT8,KS4_P8SCORE,KS4_INP8CALC,KS4_L2BASICS_94,KS4_EBACC_E_PTQ_EE
        2018/2019,H801200001001,F,801,4000,46.5,-0.25,1,1,0
        """,
    "analysts": """
        Gender,Pupil Inclusion Status Flag,Pupil included in progress 8 calculations,DfE Establishment Number,UPN,\
English & maths GCSEs A*-C?,Entries,Entry ALL EBacc,Attainment 8 score,Pupil progress 8 score,Year
        F,401,1,8014000,H801200001001,Y,8,,46.5,-0.25,2019
        """,
    "list": """
        UPN,Sex,LAESTAB,Attainment 8,Progress 8,Included in Progress 8,9-4 English and maths,EBacc entered,year
        H801200001001,Female,801/4000,46.5,-0.25,Y,Yes,No,2019
        """,
}
OTHERS = {
    "autumn.csv": "UPN_AUT17,FSMeligible_AUT17\nH801200009001,0",
    "pru.csv": "PRU_UPN_SPR12,PRU_LAEstab_SPR12,PRU_FSMeligible_SPR12,PRU_NCyearActual_SPR12\nH801200001001,8011100,1,10",
    "ap.csv": "AP_UPN,AP_ACADYR,AP_FSMeligible,AP_SENProvision\nT213456718001,2023/2024,0,E",
    "levels.csv": "KS1_ACADYR,KS1_UPN,KS1_READING,KS1_WRITING,KS1_MATHS\n2012/2013,H801200001001,2A,2B,3",
    "adjusted.csv": "KS2_ACADYR,KS2_UPN,KS2_READSCORE,KS2_READPROGSCORE_P,KS2_READPROGSCORE_P_ADJUSTED\n2019,H801200001001,80,-20.5,-16.25",
    "adjusted_download.csv": """
        ACADYR,UPN,READSCORE,MATSCORE,READPROGSCORE_EM,READPROGSCORE_EM_ADJUSTED,INREADPROG,KS1READPS
        2023,T213456718001,80,99,-20.5,-16.25,1,8
        """,
    "marks.csv": "KS4_ACADYR,KS4_UPN,KS4_ATT8,KS4_P8SCORE,KS4_INP8CALC\n2025,H801200001001,31.5,x,x\n2025,T213456718001,SUPP,.,0",
    "wrong.csv": "KS4_ACADYR,KS4_UPN,KS4_ATT8\n2025,H801200001001,thirty",
    "elements.csv": """
        KS4_ACADYR,KS4_UPN,KS4_ATT8,KS4_SLOT1ENG,KS4_SLOT2MAT,KS4_EBACSCR,KS4_OPENSCR,KS4_KS2READSCORE,KS4_KS2EMSS
        2024,H801200001001,40,8,10,12,10,NA,101.5
        """,
}


SPELLINGS = ("items", "lab", "download", "analysts", "list")


def own(spelling: str, text: str) -> str:
    """The text with pupils of its own: a record that stands in two files is kept once."""
    place = SPELLINGS.index(spelling)
    return text.replace("801200001001", f"80120000{place}001").replace("213456718001", f"21345671{place}001")


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Given:
    tables = {"census": CENSUS, "ks1": KS1, "ks2": KS2, "ks4": KS4}
    files = {f"{table}/{spelling}.csv": own(spelling, text) for table, texts in tables.items() for spelling, text in texts.items()}
    return given(tmp_path_factory.mktemp("npd"), files | OTHERS)


@pytest.mark.parametrize("spelling", CENSUS)
def test_a_census_is_read_in_each_spelling(found, spelling):
    columns = ("year", "term", "pmr", "upn", "sex", "laestab", "fsm", "sen", "year_group", "ethnicity", "on_roll")
    assert found.rows("census", *columns, file=f"census/{spelling}.csv") == [
        (2018, "spring", "P1", own(spelling, "H801200001001"), "F", "8012000", True, "K", "9", "WBRI", True)
    ]


def test_each_file_is_told_as_the_spelling_it_has(found):
    assert {name: account["kind"] for name, account in found.accounts.items() if "/" in name} == {
        "census/items.csv": "npd.census",
        "census/lab.csv": "npd.census",
        "census/download.csv": "giap.census",
        "census/analysts.csv": "analysts.census",
        "ks1/items.csv": "npd.ks1",
        "ks1/lab.csv": "npd.ks1",
        "ks1/download.csv": "giap.ks1",
        "ks1/list.csv": "list.ks1",
        "ks2/items.csv": "npd.ks2",
        "ks2/lab.csv": "npd.ks2",
        "ks2/download.csv": "giap.ks2",
        "ks4/items.csv": "npd.ks4",
        "ks4/lab.csv": "npd.ks4",
        "ks4/download.csv": "npd.ks4",
        "ks4/analysts.csv": "analysts.ks4",
        "ks4/list.csv": "list.ks4",
    }


def test_an_item_of_the_autumn_census_is_of_the_school_year_that_follows(found):
    assert found.rows("census", "year", "term", "fsm", file="autumn.csv") == [(2018, "autumn", False)]


def test_pupil_referral_units_and_alternative_provision_are_in_the_census(found):
    columns = ("year", "term", "upn", "laestab", "fsm", "sen")
    assert found.rows("census", *columns, file="pru.csv") == [(2012, "spring", "H801200001001", "8011100", True, None)]
    assert found.rows("census", *columns, file="ap.csv") == [(2024, "spring", "T213456718001", None, False, "E")]


@pytest.mark.parametrize("spelling", KS1)
def test_key_stage_1_is_read_in_each_spelling(found, spelling):
    columns = ("year", "pmr", "upn", "sex", "reading", "writing", "maths")
    assert found.rows("ks1", *columns, file=f"ks1/{spelling}.csv") == [
        (2018, "P1", own(spelling, "H801200001001"), "F", "GDS", "EXS", "WTS")
    ]


def test_levels_of_key_stage_1_stand_where_outcomes_were_not_yet_given(found):
    assert found.rows("ks1", "year", "reading", "writing", "maths", file="levels.csv") == [(2013, "2A", "2B", "3")]


@pytest.mark.parametrize("spelling", KS2)
def test_key_stage_2_is_read_in_each_spelling_and_a_code_stands_where_there_is_no_score(found, spelling):
    columns = ("year", "upn", "read_result", "maths_result", "writing_result", "read_expected", "rwm_eligible", "rwm_valid")
    assert found.rows("ks2", *columns, file=f"ks2/{spelling}.csv") == [
        (2019, own(spelling, "H801200001001"), "104", "N", "GDS", True, True, False),
        (2019, own(spelling, "T213456718001"), "B", "T", "EXS", False, True, True),
    ]


@pytest.mark.parametrize(("file", "counts", "points"), [("adjusted.csv", None, None), ("adjusted_download.csv", True, 8.0)])
def test_progress_that_was_adjusted_comes_before_the_score_as_it_was(found, file, counts, points):
    assert found.rows("ks2", "read_progress", "in_read_progress", "ks1_reading_points", file=file) == [(-16.25, counts, points)]


@pytest.mark.parametrize("spelling", KS4)
def test_key_stage_4_is_read_in_each_spelling(found, spelling):
    columns = ("year", "upn", "sex", "laestab", "attainment_8", "progress_8", "in_progress_8", "english_maths_94", "ebacc_entered")
    assert found.rows("ks4", *columns, file=f"ks4/{spelling}.csv") == [
        (2019, own(spelling, "H801200001001"), "F", "8014000", 46.5, -0.25, True, True, False)
    ]


def test_the_elements_of_attainment_8_and_prior_attainment_are_read(found):
    elements = ("attainment_8_english", "attainment_8_maths", "attainment_8_ebacc", "attainment_8_open", "ks2_reading", "ks2_average")
    assert found.rows("ks4", *elements, file="elements.csv") == [(8.0, 10.0, 12.0, 10.0, None, 101.5)]


def test_a_mark_for_nothing_is_null_and_no_finding(found):
    assert found.rows("ks4", "upn", "attainment_8", "progress_8", "in_progress_8", file="marks.csv") == [
        ("H801200001001", 31.5, None, None),
        ("T213456718001", None, None, False),
    ]


def test_a_number_that_is_none_is_a_finding_and_the_record_stays(found):
    assert found.account("wrong.csv") == ("npd.ks4", 1, 1, 0)
    assert [(finding.file, finding.row, finding.column, finding.wrong) for finding in found.findings] == [
        ("wrong.csv", 2, "KS4_ATT8", "this is not a number.")
    ]


def test_every_item_list_of_key_stage_4_is_told_as_its_table(real_data):
    with (real_data / "npd" / "npd_ks4_data_items.csv").open(encoding="utf-8-sig", newline="") as opened:
        items = list(csv.DictReader(opened))
    told = {}
    for table in sorted({item["table"] for item in items}):
        line = tuple(dict.fromkeys(item["npd_alias"].split("\n")[0] for item in items if item["table"] == table))
        recognised = headings.recognise(line)
        told[table] = recognised.name if isinstance(recognised, Reshape) else recognised.kind.name
    assert told == {"KS4 exam": "npd.ks4_results", "KS4 pupil": "npd.ks4"}

"""Results of single examinations and the lists that reach an authority for children placed elsewhere."""

import pytest
from given import Given, given

from virtualschool.read import headings

LISTS = {
    "plain": "UPN,Subject,Grade,Qualification,Year",
    "pupil": "pupil,subject,grade,qualification,year",
    "worded": "Unique Pupil Number,Subject Name,Result,Level,Academic Year",
}
OTHERS = {
    "entries.csv": """
        KS4_ACADYR,KS4_PupilMatchingRefAnonymous,KS4_LAESTAB,KS4_QAN,KS4_SUBLEVNO,KS4_MAPPING,KS4_GSIZE,KS4_GRADE,KS4_POINTS,\
KS4_DISC3_PTQ_EE,KS4_DISCALL
        2018/2019,P1,8014000,60142923,310,5030,1,7,7,0,
        2018/2019,P1,8014000,60141222,310,2210,1,X,,1,
        """,
    "elsewhere/2024/ks2.csv": "UPN,Reading,Writing,Maths,DOB,Sex\nH801200001001,104,EXS,B,02/03/2013,M",
    "elsewhere/UDF_4_301_2024.csv": "UPN,Attainment 8,Progress 8\nT213456718001,31.25,-1.5",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Given:
    files = {
        f"{name}/2025.csv": f"""
            {head}
            h8012000{number}1001,Mathematics,5,GCSE,2025
            H8012000{number}1001,Art & Design,D*,BTEC,2025
            T2134567{number}8001,History,U,GCSE,2025
            """
        for number, (name, head) in enumerate(LISTS.items(), 10)
    }
    return given(tmp_path_factory.mktemp("exams"), files | OTHERS)


def test_exam_entries_are_read_with_their_mapping_code_and_grade(found):
    columns = ("pmr", "qan", "subject_code", "size", "grade", "result_points", "discounted")
    assert found.rows("ks4_results", *columns, file="entries.csv") == [
        ("P1", "60141222", "2210", 1, "X", None, True),
        ("P1", "60142923", "5030", 1, "7", 7, False),
    ]
    assert found.account("entries.csv") == ("npd.ks4_results", 2, 2, 0)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_results_is_read_for_one_pupil_or_many(found, name):
    assert found.account(f"{name}/2025.csv") == ("list.ks4_results", 3, 3, 0)
    assert found.rows("ks4_results", "year", "subject", "qualification", "grade", "row", file=f"{name}/2025.csv") == [
        (2025, "Art & Design", "BTEC", "D*", 3),
        (2025, "History", "GCSE", "U", 4),
        (2025, "Mathematics", "GCSE", "5", 2),
    ]


def test_the_year_of_a_list_may_stand_in_its_path(found):
    columns = ("year", "upn", "sex", "read_result", "writing_result", "maths_result")
    assert found.rows("ks2", *columns) == [(2024, "H801200001001", "M", "104", "EXS", "B")]
    assert found.rows("ks4", "year", "upn", "attainment_8", "progress_8") == [(2024, "T213456718001", 31.25, -1.5)]


def test_lists_join_what_is_held_and_whole_tables_replace_it():
    education = [kind for kind in headings.kinds() if kind.table.family == "education"]
    assert {kind.name for kind in education if not kind.whole} == {kind.name for kind in education if kind.name.startswith("list.")}

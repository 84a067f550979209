"""Results of single examinations: the NPD's table of entries, and the lists that schools send for one pupil or many.

`subject` stands as the file has it, `subject_code` is the NPD's mapping code; what subject they mean is settled with the outcomes.
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind
from virtualschool.read.npd import LISTS
from virtualschool.read.spelling import IDS, SCHOOL_OF_PARTS, parts, pupil, spelled, values

RESULT_NAMES = spelled(tables.ks4_results, "KS4_{}", only=IDS)

npd_results = Kind(
    name="npd.ks4_results",
    table=tables.ks4_results,
    needs=("pupil", "grade", "what"),
    names=RESULT_NAMES,
    also={
        "pupil": pupil(tables.ks4_results, RESULT_NAMES),
        "what": (*tables.ks4_results["qan"].names, *tables.ks4_results["subject_code"].names, *tables.ks4_results["subject"].names),
        **parts("KS4_{}"),
    },
    values=values(tables.ks4_results),
    derived={"laestab": SCHOOL_OF_PARTS},
    source=f"{LISTS}: KS4 exam",
)

results_list = Kind(
    name="list.ks4_results",
    table=tables.ks4_results,
    needs=("pupil", "subject", "grade"),
    names={
        "upn": ("pupil", "Pupil UPN"),
        "subject": ("subject", "subject name", "exam subject"),
        "grade": ("grade", "result", "exam grade", "final grade"),
        "qualification": ("qualification", "qualification type", "level", "exam level"),
        "result_points": ("points", "point score"),
        "size": ("size", "gcse size"),
        "qan": ("qan", "qn", "qualification number"),
        "exam_date": ("exam date", "date sat", "exam series", "date"),
        "discount_code": ("discount code",),
    },
    also={"pupil": ("pupil", "Pupil UPN", *pupil(tables.ks4_results, {})), **parts("{}")},
    values=values(tables.ks4_results),
    derived={"laestab": SCHOOL_OF_PARTS},
    whole=False,
    source="A school's list of results, one line for each: UPN, subject, grade [, qualification, points, size, QAN, exam date, "
    "date of birth, sex, LAESTAB, year]",
)

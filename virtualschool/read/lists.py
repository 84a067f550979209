"""What reaches an authority for children placed elsewhere: short lists of key stage results, one pupil or many.

Each needs a UPN, the results, and a year, in a column `year` or in the path. Date of birth and sex make the link to the care
record sure. Results of single examinations are in `exams`, summaries of attendance in `attendance`.
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind
from virtualschool.read.spelling import NUMBER, SCHOOL_OF_PARTS, parts, pupil, values

UPN = ("pupil", "Pupil UPN")
KS1 = {"reading": ("KS1 reading",), "writing": ("KS1 writing",), "maths": ("KS1 maths", "KS1 mathematics")}
KS2 = {
    "read_result": ("reading", "reading score", "reading scaled score", "reading result", "KS2 reading", "KS2 reading scaled score"),
    "writing_result": ("writing", "writing TA", "writing teacher assessment", "writing result", "KS2 writing"),
    "maths_result": (
        "maths",
        "mathematics",
        "maths score",
        "maths scaled score",
        "maths result",
        "KS2 maths",
        "KS2 mathematics",
        "KS2 maths scaled score",
    ),
    "gps_result": ("GPS", "GPS score", "GPS scaled score", "SPaG", "KS2 GPS"),
    "science_result": ("science", "science TA", "KS2 science"),
}
KS4 = {
    "attainment_8": ("attainment 8", "attainment 8 score", "att 8", "A8", "A8 score"),
    "progress_8": ("progress 8", "progress 8 score", "pupil progress 8 score", "P8", "P8 score"),
    "english_maths_94": ("English and maths 9-4", "9-4 English and maths", "English & maths 9-4", "basics 9-4", "basics 4+"),
    "english_maths_95": ("English and maths 9-5", "9-5 English and maths", "English & maths 9-5", "basics 9-5", "basics 5+"),
    "ebacc_entered": ("EBacc entered", "entered EBacc", "EBacc entry"),
    "ebacc_aps": ("EBacc APS", "EBacc average point score"),
    "in_progress_8": ("included in progress 8", "in progress 8"),
    "ks2_reading": ("KS2 reading", "KS2 reading scaled score"),
    "ks2_maths": ("KS2 maths", "KS2 mathematics", "KS2 maths scaled score"),
    "ks2_year": ("KS2 year",),
}

ks1_list = Kind(
    name="list.ks1",
    table=tables.ks1,
    needs=("pupil", "reading", "maths"),
    names={"upn": UPN, **KS1},
    also={"pupil": (*UPN, *pupil(tables.ks1, {})), **parts("{}")},
    forbids=("KS1_ACADYR", "KS1_READ_OUTCOME", "KS1_MATH_OUTCOME"),
    values=values(tables.ks1),
    derived={"laestab": SCHOOL_OF_PARTS},
    whole=False,
    source="A school's list of key stage 1 outcomes: UPN, KS1 reading, KS1 writing, KS1 maths [, date of birth, sex, LAESTAB, year]",
)

ks2_list = Kind(
    name="list.ks2",
    table=tables.ks2,
    needs=("pupil", "read_result", "maths_result"),
    names={"upn": UPN, "year": ("KS2 year", "year of tests"), **KS2},
    also={"pupil": (*UPN, *pupil(tables.ks2, {})), **parts("{}")},
    forbids=("KS2_READSCORE", "KS2_READOUTCOME", "READOUTCOME", "attainment 8", "attainment 8 score", "A8", "subject"),
    values=values(tables.ks2),
    derived={"laestab": SCHOOL_OF_PARTS},
    whole=False,
    source="A school's list of key stage 2 results: UPN, reading, writing, maths (scaled scores or codes) [, GPS, date of birth, sex, "
    "LAESTAB, year]",
)

ks4_list = Kind(
    name="list.ks4",
    table=tables.ks4,
    needs=("pupil", "result"),
    names={"upn": UPN, **KS4},
    also={"pupil": (*UPN, *pupil(tables.ks4, {})), "result": (*KS4["attainment_8"], *KS4["progress_8"]), **parts("{}")},
    forbids=("KS4_ATT8",),
    values=values(tables.ks4, in_progress_8=NUMBER),
    derived={"laestab": SCHOOL_OF_PARTS},
    whole=False,
    source="A list of key stage 4 figures, such as NCER's exports and user-defined files (UDF_k_uuu_yyyy.csv, UPN first): UPN, "
    "Attainment 8 or Progress 8 [, English and maths 9-4, 9-5, EBacc entered, EBacc APS, date of birth, sex, LAESTAB, year]",
)

"""The National Pupil Database's tables, as item names and as the secure lab writes them: census and key stages.

A heading stands with or without the prefix or suffix of its table, since labs keep some tables without. Absence and exclusions
are in `attendance`, results of single examinations in `exams`, downloads of "Get information about pupils" in `giap`.
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind
from virtualschool.read.spelling import IDS, SCHOOL_OF_PARTS, parts, pupil, spelled, values

LISTS = "DfE, National Pupil Database: data item lists (npd-find-and-explore, June 2021)"

CENSUS_ITEMS = ("fsm", "sen", "primary_need", "year_group", "enrol_status", "entry_date", "ethnicity", "language", "postcode")
OWN_ITEMS = ("fsm", "sen", "year_group", "enrol_status", "entry_date")
"""Those that tell a census under a plain heading; any list of children may have ethnicity and postcode."""

OTHER_TABLES = (
    "pupilonrolltableid",
    "pupilnolongeronrolltableid",
    "SessionsPossible_6HalfTerms",
    "SessionsPossible",
    "TermlySessionsPossible",
    "Category",
    "Exclusion type",
    "KS2_READOUTCOME",
    "READOUTCOME",
    "KS4_ATT8",
    "KS4_GRADE",
)
"""Headings of other tables, which repeat much of the census."""

CENSUS_NAMES = spelled(tables.census, "{}_[term][yy]", uln=("ULN_Census_[term][yy]",))
PRU_NAMES = spelled(tables.census, "PRU_{}_SPR[yy]", uln=("PRU_ULN_Census_SPR[yy]",))
AP_NAMES = spelled(tables.census, "AP_{}")
KS1_NAMES = {
    **spelled(tables.ks1, "KS1_{}", only=IDS),
    # Levels, to 2015.
    "reading": ("KS1_READ_OUTCOME", "KS1_READING"),
    "writing": ("KS1_WRIT_OUTCOME", "KS1_WRITING"),
    "maths": ("KS1_MATH_OUTCOME", "KS1_MATHS"),
}
KS2_NAMES = spelled(tables.ks2, "KS2_{}", "KS2_s.{}", only=IDS)
KS4_NAMES = spelled(
    tables.ks4,
    "KS4_{}",
    only=IDS,
    # The same standard under the grades of before 2017.
    english_maths_94=("KS4_L2BASICS_94", "KS4_L2BASICS_LL_PTQ_EE", "KS4_L2BASICS_PTQ_EE"),
)


def items(table: tables.Table, names: dict[str, tuple[str, ...]], columns: tuple[str, ...]) -> tuple[str, ...]:
    """Every heading of some columns of a kind, of which one must be there."""
    return tuple(dict.fromkeys(heading for column in columns for heading in (*names.get(column, ()), *table[column].names)))


npd_census = Kind(
    name="npd.census",
    table=tables.census,
    needs=("pupil", "item"),
    names=CENSUS_NAMES,
    also={
        "pupil": pupil(tables.census, CENSUS_NAMES),
        "item": (
            *(heading for column in CENSUS_ITEMS for heading in CENSUS_NAMES[column]),
            *items(tables.census, {}, OWN_ITEMS),
        ),
        **parts("{}_[term][yy]", "{}"),
    },
    forbids=OTHER_TABLES,
    values=values(tables.census),
    derived={"term": "{term}", "laestab": SCHOOL_OF_PARTS, "on_roll": "'true'"},
    source=f"{LISTS}: School census pupil",
)

npd_pru_census = Kind(
    name="npd.pru_census",
    table=tables.census,
    needs=("pupil", "item"),
    names=PRU_NAMES,
    also={
        "pupil": PRU_NAMES["pmr"] + PRU_NAMES["upn"],
        "item": tuple(heading for column in CENSUS_ITEMS for heading in PRU_NAMES[column]),
        **parts("PRU_{}_SPR[yy]"),
    },
    values=values(tables.census),
    derived={"term": "'spring'", "laestab": SCHOOL_OF_PARTS, "on_roll": "'true'"},
    source=f"{LISTS}: PRU census, 2009/10 to 2012/13",
)

npd_ap_census = Kind(
    name="npd.ap_census",
    table=tables.census,
    needs=("pupil", "item"),
    names=AP_NAMES,
    also={
        "pupil": AP_NAMES["pmr"] + AP_NAMES["upn"],
        "item": tuple(heading for column in CENSUS_ITEMS for heading in AP_NAMES[column]),
    },
    values=values(tables.census),
    derived={"term": "'spring'", "on_roll": "'true'"},
    source=f"{LISTS}: Alternative provision census",
)

npd_ks1 = Kind(
    name="npd.ks1",
    table=tables.ks1,
    needs=("pupil", "item"),
    names=KS1_NAMES,
    also={
        "pupil": pupil(tables.ks1, KS1_NAMES),
        "item": items(tables.ks1, KS1_NAMES, ("reading", "writing", "maths")),
        **parts("KS1_{}"),
    },
    values=values(tables.ks1),
    derived={"laestab": SCHOOL_OF_PARTS},
    source=f"{LISTS}: KS1",
)

npd_ks2 = Kind(
    name="npd.ks2",
    table=tables.ks2,
    needs=("pupil", "item"),
    names=KS2_NAMES,
    also={
        "pupil": pupil(tables.ks2, KS2_NAMES),
        "item": items(tables.ks2, KS2_NAMES, ("read_result", "maths_result", "writing_result", "rwm_expected", "read_expected")),
        # Where a score is one of DfE's marks for nothing, the outcome code stands for it.
        "read_outcome": ("KS2_READOUTCOME",),
        "maths_outcome": ("KS2_MATOUTCOME",),
        "gps_outcome": ("KS2_GPSOUTCOME",),
        **parts("KS2_{}"),
    },
    values=values(tables.ks2),
    derived={
        "laestab": SCHOOL_OF_PARTS,
        "read_result": "read_outcome",
        "maths_result": "maths_outcome",
        "gps_result": "gps_outcome",
    },
    source=f"{LISTS}: KS2",
)

KS4_ITEMS = (
    "attainment_8",
    "progress_8",
    "english_maths_94",
    "english_maths_95",
    "ebacc_entered",
    "ebacc_aps",
    "end_of_key_stage",
)

npd_ks4 = Kind(
    name="npd.ks4",
    table=tables.ks4,
    needs=("pupil", "item"),
    names=KS4_NAMES,
    also={"pupil": pupil(tables.ks4, KS4_NAMES), "item": items(tables.ks4, KS4_NAMES, KS4_ITEMS), **parts("KS4_{}")},
    values=values(tables.ks4),
    derived={"laestab": SCHOOL_OF_PARTS},
    source=f"{LISTS}: KS4 pupil; the download of Get information about pupils bears the same names",
)

IN_NEED_NAMES = spelled(tables.in_need, "CIN_{}", only=IDS)

npd_in_need = Kind(
    name="npd.cin",
    table=tables.in_need,
    needs=("pupil", "item"),
    names=IN_NEED_NAMES,
    also={
        "pupil": IN_NEED_NAMES["pmr"] + IN_NEED_NAMES["upn"],
        "item": items(tables.in_need, IN_NEED_NAMES, ("at_31_march", "referral", "plan_start", "case_status")),
    },
    forbids=("KS1_READ_OUTCOME", "KS2_ACADYR", "KS4_ACADYR", "cla_POC_START"),
    values=values(tables.in_need),
    derived={"need_la": "{la}"},
    source=f"{LISTS}: CIN",
)

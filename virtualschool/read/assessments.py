"""Assessments before and between the key stages, and after them: early years profile, phonics, multiplication tables, key stage 5.

As NPD items and as "Get information about pupils" spell them: both bear the same names here.
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind
from virtualschool.read.npd import LISTS, items
from virtualschool.read.spelling import IDS, SCHOOL_OF_PARTS, parts, pupil, spelled, values

DOWNLOAD = "the download of Get information about pupils bears the same names"
EARLY_YEARS_NAMES = spelled(tables.early_years, "FSP_{}", only=IDS)
PHONICS_NAMES = spelled(tables.phonics, "PHONICS_{}", "PHONICS_s.{}", only=IDS)
POST_16_NAMES = spelled(tables.post_16, "KS5_{}", only=IDS)
GOALS = tuple(column.name for column in tables.early_years.columns if column.name.startswith("goal_"))
# A level is one letter or figure; DfE's marks for nothing are none.
LEVEL = (
    "CASE WHEN upper({value}) IN ('1', '2', '3', 'A') THEN upper({value}) WHEN {value} IN ('1.0', '2.0', '3.0') THEN left({value}, 1) END"
)
MARK = "CASE WHEN regexp_full_match({value}, '[0-9]+([.]0+)?') THEN {value} END"

early_years = Kind(
    name="npd.early_years",
    table=tables.early_years,
    needs=("pupil", "item"),
    names=EARLY_YEARS_NAMES,
    also={
        "pupil": pupil(tables.early_years, EARLY_YEARS_NAMES),
        "item": items(tables.early_years, {}, ("good_development", *GOALS)),
        **parts("FSP_{}"),
    },
    values=values(tables.early_years, **dict.fromkeys(GOALS, LEVEL)),
    derived={"laestab": SCHOOL_OF_PARTS},
    source=f"{LISTS}: EYFSP; {DOWNLOAD}",
)

phonics = Kind(
    name="npd.phonics",
    table=tables.phonics,
    needs=("pupil", "item"),
    names=PHONICS_NAMES,
    also={
        "pupil": pupil(tables.phonics, PHONICS_NAMES),
        "item": items(tables.phonics, {}, ("outcome", "mark")),
        **parts("PHONICS_{}"),
    },
    # The mark of a pupil who did not take the check is a letter.
    values=values(tables.phonics, outcome="upper({value})", mark=MARK),
    derived={"laestab": SCHOOL_OF_PARTS},
    source=f"{LISTS}: Phonics; {DOWNLOAD}",
)

multiplication = Kind(
    name="giap.multiplication",
    table=tables.multiplication,
    needs=("pupil", "mark", "reason"),
    also={"pupil": pupil(tables.multiplication, {}), **parts("{}")},
    values=values(tables.multiplication, mark=MARK),
    derived={"laestab": SCHOOL_OF_PARTS},
    source="DfE, Get information about pupils: download classes, August 2026",
)

key_stage_5 = Kind(
    name="npd.key_stage_5",
    table=tables.post_16,
    needs=("pupil", "item"),
    names=POST_16_NAMES,
    also={
        "pupil": pupil(tables.post_16, POST_16_NAMES),
        "item": items(
            tables.post_16, {}, ("level_3", "two_level_3", "level_3_cohort", *(f"in_scope_{name}" for name in tables.PROGRAMMES))
        ),
        **parts("KS5_{}"),
    },
    values=values(tables.post_16),
    derived={"laestab": SCHOOL_OF_PARTS},
    source=f"{LISTS}: KS5",
)

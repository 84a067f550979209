"""Sheets of authorities' analysts and of the checking exercise, with readable headings: census and key stage 4."""

import dataclasses

from virtualschool import tables
from virtualschool.read.kinds import Kind
from virtualschool.read.npd import OTHER_TABLES
from virtualschool.read.spelling import SCHOOL_OF_PARTS, parts, pupil, values

# A flag left empty on these sheets says no.
FLAG = "CASE WHEN upper(coalesce({value}, 'N')) IN ('1', 'Y', 'YES', 'TRUE') THEN 'true' ELSE 'false' END"

analysts_census = Kind(
    name="analysts.census",
    table=tables.census,
    needs=("pupil", "sheet"),
    names={
        "fsm": ("FSME on Census Day", "FSM on census day", "Free school meals", "FSM"),
        "primary_need": ("SENneed1", "SEN need 1", "Primary SEN need"),
        "sen": ("SEN provision", "SEN status", "SEN"),
        "year_group": ("NC year", "Year group", "NCYEAR_ACTUAL"),
        "term": ("term", "census term"),
    },
    also={
        "pupil": pupil(tables.census, {}),
        "sheet": ("FSME on Census Day", "FSM on census day", "Free school meals", "SENneed1", "SEN need 1", "SENneed2", "NC year"),
        **parts("{}"),
    },
    forbids=(*OTHER_TABLES, "FSM_protected", "Attainment 8 score", "subject"),
    values=values(tables.census),
    derived={"term": "{term}", "laestab": SCHOOL_OF_PARTS, "on_roll": "'true'"},
    source="Authorities' census sheets, such as the January census of Buckinghamshire's example data, 2020 to 2022",
)

analysts_ks4 = Kind(
    name="analysts.ks4",
    table=tables.ks4,
    needs=("pupil", "inclusion", "english_maths_94", "ebacc_entered"),
    names={
        "attainment_8": ("Attainment 8 score",),
        "attainment_8_english": ("Score achieved in English",),
        "attainment_8_maths": ("Score achieved in mathematics",),
        "attainment_8_ebacc": ("Score achieved in EBacc slots",),
        "attainment_8_open": ("Score achieved in open slots",),
        "progress_8": ("Pupil progress 8 score", "Progress 8 score"),
        "in_progress_8": ("Pupil included in progress 8 calculations",),
        "english_maths_94": ("English & maths GCSEs A*-C?", "English & maths GCSEs 9-4?", "English & maths 9-4?"),
        "english_maths_95": ("English & maths GCSEs 9-5?", "English & maths 9-5?"),
        "ebacc_entered": ("Entry ALL EBacc",),
        "ebacc_aps": ("EBacc average point score", "EBacc APS"),
        "ks2_average": ("Prior attainment score in English and mathematics",),
    },
    also={
        "pupil": pupil(tables.ks4, {}),
        "inclusion": ("Pupil Inclusion Status Flag", "Forvus index number"),
        "entries": ("Entries",),
        "gcse_entries": ("GCSE Entries",),
        "capped_points": ("Capped Point Score",),
        **parts("{}"),
    },
    values=values(tables.ks4, english_maths_94=FLAG, ebacc_entered=FLAG),
    derived={"laestab": SCHOOL_OF_PARTS},
    source="DfE's key stage 4 checking exercise as authorities keep it, layouts of 2015 and 2020",
)

analysts_ks4_without_flags = dataclasses.replace(
    analysts_ks4,
    name="analysts.ks4_without_flags",
    needs=("pupil", "inclusion", "attainment_8"),
    values=values(tables.ks4),
    source="The same without both flags of English with mathematics and of EBacc entry, which then are not known",
)

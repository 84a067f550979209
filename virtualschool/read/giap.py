"""Downloads of DfE's "Get information about pupils": census, key stage 1 and key stage 2. Key stage 4 bears NPD item names.

They have `SEX` for `Gender` and no prefix or year. Progress 8 is `x` in years without it.
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind
from virtualschool.read.npd import CENSUS_ITEMS, OTHER_TABLES, items
from virtualschool.read.spelling import SCHOOL_OF_PARTS, bare, parts, pupil, values

SOURCE = "DfE, Get information about pupils: download classes, August 2026"


def _plain(table: tables.Table, prefix: str) -> dict[str, tuple[str, ...]]:
    """The names of the columns without the prefix of their table."""
    return {
        column.name: tuple(dict.fromkeys(name.removeprefix(prefix) for name in column.names)) for column in table.columns if column.names
    }


def _with_prior(names: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """With the progress scores as the download spells them: `_EM_ADJUSTED` after any adjustment, `_EM` before."""
    subjects = {"read_progress": "READ", "writing_progress": "WRIT", "maths_progress": "MAT"}
    return {
        **names,
        **{column: (f"{subject}PROGSCORE_EM_ADJUSTED", *names[column], f"{subject}PROGSCORE_EM") for column, subject in subjects.items()},
    }


giap_census = Kind(
    name="giap.census",
    table=tables.census,
    needs=("pupil", "item", "term", "fsm_protected"),
    also={
        "pupil": pupil(tables.census, {}),
        "item": items(tables.census, {}, CENSUS_ITEMS),
        "fsm_protected": ("FSM_protected",),
        "idaci_score": ("IDACI_S",),
        **parts("{}"),
    },
    forbids=OTHER_TABLES,
    values=values(tables.census),
    derived={"term": "{term}", "laestab": SCHOOL_OF_PARTS, "on_roll": "'true'"},
    source=SOURCE,
)

giap_ks1 = Kind(
    name="giap.ks1",
    table=bare(tables.ks1),
    needs=("pupil", "reading", "writing", "maths"),
    names={**_plain(tables.ks1, "KS1_"), "reading": ("READ_OUTCOME",), "writing": ("WRIT_OUTCOME",), "maths": ("MATH_OUTCOME",)},
    also={"pupil": pupil(tables.ks1, {}), **parts("{}")},
    values=values(tables.ks1),
    derived={"laestab": SCHOOL_OF_PARTS},
    source=SOURCE,
)

giap_ks2 = Kind(
    name="giap.ks2",
    # Its KS2READSCORE is the score that enters the progress measure, not the item KS2_READSCORE.
    table=bare(tables.ks2),
    needs=("pupil", "read_result", "maths_result"),
    names=_with_prior(_plain(tables.ks2, "KS2_")),
    also={
        "pupil": tuple(heading for column in ("pmr", "upn") for heading in tables.ks2[column].names),
        "read_outcome": ("READOUTCOME",),
        "maths_outcome": ("MATOUTCOME",),
        "gps_outcome": ("GPSOUTCOME",),
        **parts("{}"),
    },
    values=values(tables.ks2),
    derived={
        "laestab": SCHOOL_OF_PARTS,
        "read_result": "read_outcome",
        "maths_result": "maths_outcome",
        "gps_result": "gps_outcome",
    },
    source=SOURCE,
)

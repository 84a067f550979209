"""An authority's own list of its children's names and learner numbers: CHILD and FORENAME, SURNAME or ULN [, LA, YEAR].

The SSDA903 return has neither, and the case records have both. They serve the link only (`link.comparisons.name`, `link.exact`).
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind
from virtualschool.read.spelling import ULN
from virtualschool.read.ssda903 import WITHOUT_POINT

FORENAME = ("First name", "Given name", "Preferred name", "Preferred forename")
SURNAME = ("Last name", "Family name")
OF_A_RETURN = (
    "DECOM", "REVIEW", "DUC", "SDQ_SCORE", "IN_TOUCH", "DATE_INT", "DATE_PLACED", "PREV_PERM", "MIS_START", "SW_DECOM", "DOLO_START",
)  # fmt: skip
"""Headings of modules of the return, to which somebody has added names."""

names_list = Kind(
    name="list.names",
    table=tables.names,
    needs=("child", "told"),
    names={"forename": (*tables.names["forename"].names, *FORENAME), "surname": (*tables.names["surname"].names, *SURNAME)},
    also={
        "told": (
            *(name for column in ("forename", "surname", "uln") for name in tables.names[column].names),
            *FORENAME,
            *SURNAME,
        )
    },
    forbids=OF_A_RETURN,
    values={"child": WITHOUT_POINT, "uln": ULN},
    whole=False,
    source="An authority's own list of names: CHILD, FORENAME, SURNAME, ULN [, LA, YEAR]",
)

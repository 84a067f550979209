"""The modules of the SSDA903 return, 2017 to 2027, and files pooled from several returns (with columns LA and YEAR).

The columns of a module have not changed over these years; what they may hold has (`codes/`). Social worker episodes came
with 2024, deprivation of liberty with 2027. Source: DfE, Children looked-after by local authorities in England: guide to the
SSDA903 collection, edition of each year.
"""

from virtualschool import tables
from virtualschool.read.kinds import Kind
from virtualschool.tables import Table

SOURCE = "DfE, guide to the SSDA903 collection"


WITHOUT_POINT = "CASE WHEN ends_with({value}, '.0') THEN regexp_replace({value}, '^([0-9]+)[.]0$', '\\1') ELSE {value} END"
"""Spreadsheets and statistical packages write a column of codes that has gaps as 1.0."""


def module(table: Table, *needs: str) -> Kind:
    values = {column.name: WITHOUT_POINT for column in table.columns if column.type == "text" and column.name != "la"}
    return Kind(f"ssda903.{table.name}", table, ("child", *needs), values=values, source=SOURCE)


header = module(tables.header, "sex", "dob", "ethnic")
episodes = module(tables.episodes, "decom", "rne", "ls")
reviews = module(tables.reviews, "review")
uasc = module(tables.uasc, "dob", "duc")
oc2 = module(tables.oc2, "sdq_score", "health_check")
oc3 = module(tables.oc3, "in_touch", "activ")
ad1 = module(tables.ad1, "date_int", "date_match")
placed_for_adoption = module(tables.placed_for_adoption, "date_placed")
previous_permanence = module(tables.previous_permanence, "prev_perm")
missing = module(tables.missing, "mis_start")
sw_episodes = module(tables.sw_episodes, "sw_decom")
dolo = module(tables.dolo, "dolo_start")

"""What the store holds: its years, whether its country is invented, and how many pupils DfE printed for the nation."""

import re

import ibis
import ibis.expr.types as ir
from ibis import _

from virtualschool import tables
from virtualschool.outcomes.staging import compiled
from virtualschool.store import Engine

ALL_PUPILS = "all_pupils"
COHORTS = ("attainment_8", "progress_8", "ks2_rwm")
"""The measures whose printed pupils tell how large a national cohort is."""


def years_held(engine: Engine) -> list[int]:
    """The school years that any education table has rows of, in order."""
    return sorted(row["year"] for row in engine.rows(compiled(education_years)) if row["year"] is not None)


def education_years() -> ir.Table:
    return ibis.union(*(table.ibis().select("year").distinct() for table in tables.EDUCATION), distinct=True)


def invented(engine: Engine) -> bool:
    """Whether the store's authorities are invented: their codes begin with V, which DfE's never do."""
    return bool(engine.rows(compiled(invented_authorities)))


def invented_authorities() -> ir.Table:
    named = ibis.union(*(table.ibis().select("la") for table in (tables.authorities, tables.header, tables.schools)))
    return named.filter(_.la.startswith("V")).limit(1)


def printed_pupils(engine: Engine, measure: str, year: int) -> int | None:
    """How many pupils DfE printed for England in a measure of all pupils, in the newest release; None if it printed none."""
    rows = [row for row in engine.rows(compiled(printed)) if (row["measure"], row["year"]) == (measure, year)]
    found = sorted(rows, key=lambda row: (row["release"] or "", row["pupils"]))
    numbers = [row["pupils"].replace(",", "").strip() for row in found]
    whole = [int(float(number)) for number in numbers if re.fullmatch(r"\d+(\.0+)?", number)]
    return whole[-1] if whole else None


def printed() -> ir.Table:
    """What was printed of the pupils of England in each of COHORTS: measure, year, release and pupils."""
    rows = tables.published.ibis().filter(_.measure.isin(COHORTS), _.level == "england", _.population == ALL_PUPILS, _.breakdown == "total")
    return rows.filter(_.pupils.notnull()).select("measure", "year", "release", "pupils").distinct()

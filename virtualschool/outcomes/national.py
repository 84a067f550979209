"""What the store holds: its years, whether its country is invented, and how many pupils DfE printed for the nation."""

import re

import ibis
from ibis import _

from virtualschool import tables
from virtualschool.store import Engine

ALL_PUPILS = "all_pupils"


def years_held(engine: Engine) -> list[int]:
    """The school years that any education table has rows of, in order."""
    years = ibis.union(*(table.ibis().select("year") for table in tables.EDUCATION)).distinct()
    return sorted(row["year"] for row in engine.rows(years) if row["year"] is not None)


def invented(engine: Engine) -> bool:
    """Whether the store's authorities are invented: their codes begin with V, which DfE's never do."""
    named = ibis.union(tables.authorities.ibis().select("la"), tables.header.ibis().select("la"), tables.schools.ibis().select("la"))
    return bool(engine.value(named.filter(_.la.startswith("V")).count()))


def printed_pupils(engine: Engine, measure: str, year: int) -> int | None:
    """How many pupils DfE printed for England in a measure of all pupils, in the newest release; None if it printed none."""
    rows = tables.published.ibis().filter(
        _.measure == measure, _.year == year, _.level == "england", _.population == ALL_PUPILS, _.breakdown == "total"
    )
    found = sorted(engine.rows(rows.select("release", "pupils").distinct()), key=lambda row: (row["release"] or "", row["pupils"] or ""))
    numbers = [row["pupils"].replace(",", "").strip() for row in found if row["pupils"]]
    whole = [int(float(number)) for number in numbers if re.fullmatch(r"\d+(\.0+)?", number)]
    return whole[-1] if whole else None

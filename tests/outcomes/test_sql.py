"""The SQL of the main definitions, as it stands in `sql/`. A change there changes figures: read the difference before keeping it.

To keep it: `WRITE_SQL=1 python -m pytest tests/outcomes/test_sql.py`, then look at what git shows.
"""

import os
import pathlib
import re

import ibis
import pytest
import sqlglot

from virtualschool import tables
from virtualschool.outcomes import absence, attainment_8, characteristics, exclusions, key_stage_2, key_stage_4, progress_8, year
from virtualschool.outcomes.rules import rules_of
from virtualschool.outcomes.staging import compiled, defined

FOLDER = pathlib.Path(__file__).parent / "sql"


def staged(build, name, *arguments, **more):
    return ibis.table(defined(build, *arguments, **more).schema(), name=name)


def scored(how):
    rules = rules_of(2024)
    census = staged(characteristics.at_census, "on_census", by_upn=False)
    results = staged(key_stage_4.worked, "worked", rules, by_upn=False)
    return how(year.ks4_scored, rules, results, census, results_held=True, by_upn=False, by_upn_ks2=False)


def with_source():
    return compiled(progress_8.with_source, ibis.table(scored(defined).schema(), name="ks4_scored"))


def ks2_progress():
    assessed = staged(year.ks2_assessed, "ks2_assessed", by_upn=False, by_upn_ks1=False)
    return compiled(key_stage_2.with_progress, assessed, own_cohort=True)


def ks2_standards():
    wanted = ("pupil", *key_stage_2.COLUMNS)
    return compiled(lambda: key_stage_2.standards(tables.ks2.ibis().mutate(pupil="pmr")).select(*wanted))


DEFINITIONS = {
    "repeated_results": lambda: compiled(key_stage_4.repeated, by_upn=False),
    "spellings": lambda: compiled(attainment_8.spellings),
    "worked": lambda: compiled(key_stage_4.worked, rules_of(2024), by_upn=False),
    "ks4_scored": lambda: scored(compiled),
    "progress_8": with_source,
    "ks2_standards": ks2_standards,
    "ks2_progress": ks2_progress,
    "absence": lambda: compiled(absence.attended, by_upn=False),
    "exclusions": lambda: compiled(exclusions.excluded, by_upn=False),
    "census": lambda: compiled(characteristics.at_census, by_upn=False),
}


def laid_out(query: str) -> str:
    """The query over several lines. Ibis lists what it leaves out in no fixed order, so that is sorted."""
    query = sqlglot.parse_one(query, read="duckdb").sql(dialect="duckdb", pretty=True)
    return re.sub(r"EXCLUDE \(([^)]*)\)", lambda match: f"EXCLUDE ({', '.join(sorted(match[1].split(', ')))})", query) + "\n"


@pytest.mark.parametrize("name", DEFINITIONS)
def test_the_sql_of_a_definition_is_as_it_was_last_read(name):
    file = FOLDER / f"{name}.sql"
    query = laid_out(DEFINITIONS[name]()).encode()
    if os.environ.get("WRITE_SQL"):
        file.write_bytes(query)
    assert query == file.read_bytes()

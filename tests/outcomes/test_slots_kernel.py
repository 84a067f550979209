"""The kernel gives what the expression gives: of pupils by chance, whose results are written and spread in every way that a file may."""

import datetime
import pathlib
import random
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from virtualschool import tables
from virtualschool.outcomes import attainment_8, key_stage_4, points, slots_kernel
from virtualschool.outcomes.rules import rules_of
from virtualschool.outcomes.staging import Stage, compiled

SUBJECTS = (
    "English language", "English literature", "English", "Mathematics", "Combined science", "Biology", "Chemistry", "Physics",
    "Computer science", "History", "Geography", "French", "Urdu", "Art and design", "Physical education", "Sport", "Knitting", None,
)  # fmt: skip
QUALIFICATIONS = (None, None, None, "GCSE", "AS", "Applied GCE AS level Double Award", "BTEC First Award", "NVQ of some kind")
GRADES = (*"9876543211", "5-4", "77", "A*", "C", "G", "A", "E", "M2", "P1", "U", "X", None)
DAYS = (None, None, datetime.date(2023, 6, 1), datetime.date(2024, 5, 15), datetime.date(2024, 6, 1))


def drawn_results(chance: random.Random, pupils: int, *, together: bool) -> list[dict]:
    """Results of so many pupils, each pupil's together or all mixed, over two files."""
    rows = []
    for number in range(pupils):
        for _result in range(chance.randint(0, 14)):
            named = chance.random() < 0.9
            rows.append(
                {
                    "file": chance.choice((1, 1, 1, 2)) if not together else 1,
                    "pmr": f"P{number}" if named else None,
                    "upn": f"U{number}" if not named or chance.random() < 0.5 else None,
                    "subject": chance.choice(SUBJECTS),
                    "qualification": chance.choice(QUALIFICATIONS),
                    "grade": chance.choice(GRADES),
                    "result_points": chance.choice((None, None, None, Decimal(4), Decimal(7), Decimal(58))),
                    "discount_code": chance.choice((None, None, None, "MA1", "XX9", "5030")),
                    "discounted": chance.choice((None, False, False, False, True)),
                    "exam_date": chance.choice(DAYS),
                }
            )
    if not together:
        chance.shuffle(rows)
    for number, row in enumerate(rows, start=2):
        row |= {"row": number, "year": 2024}
    return rows


def both(store, rows: list[dict], year: int, *, by_upn: bool = True) -> tuple[list[dict], list[dict]]:
    """What the expression and the kernel say of results under the rules of a year, in the order of the pupils."""
    keys = {"identifier": ["P1", "U2", "U3"], "kind": ["pmr", "upn", "upn"], "pupil": ["P0", "P2", "P2"]}
    store.engine.register("pupil_keys", pa.table({**keys, "note": pa.nulls(3, pa.string())}))
    columns = [pa.array([row.get(column.name) for row in rows], column.arrow) for column in tables.ks4_results.columns]
    store.engine.register("ks4_results_now", pa.table(columns, schema=tables.ks4_results.arrow))
    stage, rules = Stage(store.engine, pathlib.Path(store.draft.scratch)), rules_of(year)
    stage.look_up(points.MEANINGS, points.meanings(store.engine.rows(compiled(attainment_8.spellings)), year))
    stage.put(attainment_8.REPEATED.get_name(), key_stage_4.repeated, by_upn=by_upn)
    stage.put("worked", key_stage_4.worked, rules, by_upn=by_upn)
    store.engine.register("made", slots_kernel.worked(store.engine, rules, 2024, by_upn=by_upn))
    return tuple(store.engine.rows(f"SELECT * FROM {table} ORDER BY pupil") for table in ("worked", "made"))


@pytest.mark.parametrize("together", [True, False])
def test_the_kernel_agrees_with_the_expression_on_fifteen_hundred_pupils(store, together, monkeypatch):
    monkeypatch.setattr(slots_kernel, "BLOCK", 1000)
    expected, found = both(store, drawn_results(random.Random(17 + together), 1500, together=together), 2024)
    assert len(expected) > 1300
    assert found == expected


def test_the_kernel_agrees_with_the_expression_on_cohorts_by_chance(store):
    rules = some.sampled_from([(2016, True), (2024, True), (2024, False)])

    @settings(max_examples=12, deadline=None)
    @given(seed=some.integers(0, 2**32), pupils=some.integers(0, 6), together=some.booleans(), rules=rules)
    def agrees(seed, pupils, together, rules):
        year, by_upn = rules
        expected, found = both(store, drawn_results(random.Random(seed), pupils, together=together), year, by_upn=by_upn)
        assert found == expected

    agrees()

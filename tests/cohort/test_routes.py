"""The way of a care leaver through school and care, on drawn tables."""

from decimal import Decimal

import pytest
from conftest import DrawnStore
from drawn_cohorts import unoptimised

from virtualschool import measures, tables
from virtualschool.cohort import cohort
from virtualschool.store import Store

OC3 = """
la  | year | child    | in_touch | activ | accom
----+------+----------+----------+-------+------
301 | 2026 | through  | YES      | F1    | Z1
301 | 2026 | twice    | YES      | G5    | U1
301 | 2026 | stranger | YES      | F5    | U1
301 | 2026 | guarded  | YES      | F5    | U1
301 | 2026 | unseen   | YES      | F5    | U1
"""
EPISODES = """
la  | year | child    | decom      | dec        | rne | rec | ls | place | pl_post
----+------+----------+------------+------------+-----+-----+----+-------+--------
301 | 2024 | through  | 01/06/2012 | 01/09/2023 | S   | X1  | C2 | U6    | AA1 1AA
301 | 2024 | through  | 01/09/2023 |            | P   |     | C2 | K2    | AA1 2AA
301 | 2025 | through  | 01/09/2023 | 20/06/2024 | P   | X1  | C2 | K2    | AA1 2AA
301 | 2025 | through  | 20/06/2024 | 05/07/2024 | T   | X1  | C2 | T0    | AA1 3AA
301 | 2025 | through  | 05/07/2024 | 10/01/2025 | P   | E4A | C2 | P1    | AA1 4AA
301 | 2024 | twice    | 01/02/2022 | 01/03/2023 | S   | E4A | C2 | U6    | AA2 1AA
301 | 2024 | twice    | 15/10/2023 |            | S   |     | C2 | U1    | AA2 2AA
301 | 2025 | twice    | 15/10/2023 | 14/04/2024 | S   | E4A | C2 | U1    | AA2 2AA
301 | 2024 | stranger | 01/06/2023 |            | S   |     | V2 | H5    | AA3 1AA
301 | 2024 | guarded  | 01/06/2012 | 01/06/2023 | S   | E48 | C2 | U6    | AA4 1AA
301 | 2026 | still in | 01/06/2012 |            | S   |     | C2 | U6    | AA5 1AA
301 | 2026 | young    | 01/06/2012 |            | S   |     | C2 | U6    | AA6 1AA
"""
HEADER = """
la  | year | child    | dob        | sex
----+------+----------+------------+----
301 | 2026 | through  | 10/01/2007 | F
301 | 2026 | twice    | 14/04/2006 | F
301 | 2026 | stranger | 01/01/2007 | M
301 | 2026 | guarded  | 01/01/2007 | M
301 | 2026 | unseen   | 01/01/2007 | M
301 | 2026 | still in | 31/03/2010 | M
301 | 2026 | young    | 01/04/2012 | M
"""
LINKS = """
la  | child   | pupil | method
----+---------+-------+-------
301 | through | p1    | exact
301 | twice   | p2    | exact
301 | guarded | p3    | exact
"""
PUPILS = """
pupil | year | sen         | at_ks4 | attainment_8 | english_maths_94
------+------+-------------+--------+--------------+-----------------
p1    | 2022 | EHCP        |        |              |
p1    | 2023 | SEN support | yes    | 41.5         | yes
p1    | 2024 |             |        |              |
p2    | 2024 | none        | yes    | 12           | no
p2    | 2027 | EHCP        | yes    | 60           | yes
p3    | 2023 | none        | yes    | 50           | yes
"""
LIST = """
la  | year | child   | eligibility     | pathway_plan | pathway_review | pathway_part | staying_put | vocational_match | transition_plan
----+------+---------+-----------------+--------------+----------------+--------------+-------------+------------------+----------------
301 | 2026 | through | former_relevant | 01/02/2025   | 30/09/2025     | yes          | no          | yes              |
301 | 2026 | twice   | former_relevant | 01/02/2025   | 01/10/2025     | no           | yes         |                  | yes
301 | 2026 | unseen  | qualifying      |              |                |              |             |                  |
301 | 2026 | still in | eligible       | 01/02/2026   |                | yes          |             | no               | yes
301 | 2026 | young   |                 |              |                |              |             | yes              | yes
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("routes") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        for name, text in zip(
            ("oc3", "episodes", "header", "links", "pupils", "leaving_care"), (OC3, EPISODES, HEADER, LINKS, PUPILS, LIST), strict=True
        ):
            store.add(tables.ALL[name], text)
        cohort(draft)
        with unoptimised(store):
            measures.facts(draft)
        yield draft


@pytest.fixture(scope="module")
def rows(built):
    return {row["child"]: row for row in built.engine.rows("SELECT * FROM children WHERE year = 2026")}


def of(row, *names: str) -> tuple:
    return tuple(row[f"route_{name}"] for name in names)


def test_results_and_needs_are_the_newest_up_to_the_year(rows):
    assert of(rows["through"], "sen", "english_maths", "attainment_8", "ks4_year") == ("SEN support", True, Decimal("41.5"), 2023)
    assert of(rows["twice"], "sen", "english_maths", "attainment_8", "ks4_year") == ("none", False, Decimal(12), 2024)


def test_without_a_link_nothing_is_known_of_school_and_after_an_order_neither(rows):
    for child in ("stranger", "guarded", "unseen"):
        assert of(rows[child], "sen", "english_maths", "attainment_8", "ks4_year") == (None, None, None, None)


def test_the_last_placement_is_no_temporary_stay_and_entry_the_first_day_told_of(rows):
    assert of(rows["through"], "placement", "age_at_entry", "length_of_care") == ("parents", "5 to 10", "5 years or more")
    assert of(rows["twice"], "placement", "age_at_entry") == ("kinship foster", "11 to 15")
    assert of(rows["unseen"], "placement", "age_at_entry", "length_of_care") == (None, None, None)


def test_length_of_care_is_that_of_the_last_period(rows):
    # 15 October 2023 to 14 April 2024 is a day short of six months.
    assert rows["twice"]["route_length_of_care"] == "under 6 months"


def test_a_pathway_plan_is_current_if_made_or_reviewed_in_the_six_months_to_31_march(rows):
    assert {child: row["pathway_current"] for child, row in rows.items()} == {
        "through": False, "twice": True, "unseen": False, "stranger": None, "guarded": None, "still in": True, "young": False,
    }  # fmt: skip


def test_what_the_list_says_of_preparation_is_counted_of_those_on_it(built):
    # All are 19 on the birthday in the year, and the list says nothing of those who are not on it.
    names = ("pathway_current", "pathway_part", "staying_put", "vocational_match", "transition_plan")
    query = ", ".join(f'sum("leavers_{name}__n"), sum("leavers_{name}__d")' for name in names)
    found = built.engine.connection.execute(f"SELECT {query} FROM facts WHERE care_leaver AND year = 2026").fetchone()
    assert [None if value is None else int(value) for value in found] == [1, 3, 1, 2, 1, 1, 1, 1, 1, 1]


def test_next_steps_of_those_in_care_are_counted_from_14_to_17_on_31_march(built):
    names = ("vocational_match", "transition_plan", "eligible_pathway_current")
    query = ", ".join(f'sum("{name}__n"), sum("{name}__d")' for name in names)
    found = built.engine.connection.execute(f"SELECT {query} FROM facts WHERE at_31_march AND year = 2026").fetchone()
    # Who is 13 until 1 April counts in none of them, and a pathway plan is looked for at 16.
    assert [int(value) for value in found] == [0, 1, 1, 1, 1, 1]

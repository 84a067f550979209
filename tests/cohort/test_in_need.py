"""Children in need and on protection plans: who is in which group, and what is worked out of them."""

import pytest
from conftest import DrawnStore
from drawn_cohorts import figures, unoptimised

from virtualschool import measures, tables
from virtualschool.cohort import in_need
from virtualschool.store import Store

CENSUS = """
year | need_la | pmr          | upn           | at_31_march | referral   | closure    | plan_start | plan_end   | case_status
-----+---------+--------------+---------------+-------------+------------+------------+------------+------------+------------
2024 | 301     | in need      |               | yes         |            |            |            |            |
2024 | 301     | by days      |               |             | 01/06/2023 |            |            |            |
2024 | 301     | last day     |               |             | 31/03/2024 |            |            |            |
2024 | 301     | closed then  |               |             | 01/06/2023 | 31/03/2024 |            |            |
2024 | 301     | closed later |               |             | 01/06/2023 | 01/04/2024 |            |            |
2024 | 301     | not then     |               | no          | 01/06/2023 |            |            |            |
2024 | 301     | on a plan    |               | yes         |            |            | 01/01/2024 |            |
2024 | 301     | plan ended   |               | yes         |            |            | 01/01/2024 | 31/03/2024 |
2024 | 301     | two records  |               | yes         |            |            |            |            |
2024 | 301     | two records  |               | yes         |            |            | 31/03/2024 | 01/04/2024 |
2024 | 301     | looked after |               | yes         |            |            | 01/01/2024 |            | CLA
2024 | 301     | by return    |               | yes         |            |            |            |            |
2024 | 301     | left care    |               | yes         |            |            |            |            |
2024 | 301     |              | A123456789012 | yes         |            |            |            |            |
2024 | 301     |              |               | yes         |            |            |            |            |
2023 | 301     | by return    |               | yes         |            |            |            |            |
"""
CHILDREN = """
la  | year | child | pupil     | at_31_march | in_year
----+------+-------+-----------+-------------+--------
302 | 2024 | 1     | by return | yes         | yes
301 | 2024 | 2     | left care | no          | yes
"""
IN_NEED = ("by days", "by upn", "closed later", "in need", "last day", "left care", "plan ended")


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("need") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        store.add(tables.in_need, CENSUS)
        store.add(tables.children, CHILDREN)
        store.add(tables.pupil_keys, "identifier | kind | pupil\nA123456789012 | upn | by upn")
        rows = [f"{pupil} | 2024 | yes | {20 + place} | support | yes" for place, pupil in enumerate(IN_NEED)]
        rows.append("on a plan | 2024 | yes | 10 | EHCP | yes")
        store.add(tables.pupils, "\n".join(["pupil | year | at_ks4 | attainment_8 | sen | state_funded", *rows]))
        in_need.in_need(draft)
        with unoptimised(store):
            measures.facts(draft)
        yield store


def test_a_child_is_in_one_group_and_looked_after_children_are_in_none(held):
    rows = held.rows("SELECT * FROM children_in_need", "year", "pupil", "in_need", "protection_plan")
    of_2024 = [(pupil, plan) for year, pupil, need, plan in rows if year == 2024 and need is not plan]
    assert of_2024 == sorted([*((pupil, False) for pupil in IN_NEED), ("on a plan", True), ("two records", True)])
    assert (2023, "by return", True, False) in rows
    assert len(rows) == len(IN_NEED) + 3


def test_a_figure_of_children_in_need_is_of_those_only_and_one_of_looked_after_children_has_none_of_them(held):
    [need] = figures(held, "attainment_8", "internal", la="301", year=2024, cohort="cin")
    assert (need["cohort"], need["source"], need["pupils"], need["value"]) == ("cin", "pupils", 7, 23.0)
    [plan] = figures(held, "attainment_8", "internal", la="301", year=2024, cohort="cpp")
    assert (plan["cohort"], plan["pupils"], plan["value"]) == ("cpp", 1, 10.0)
    [cared] = figures(held, "attainment_8", "internal", la="301", year=2024, cohort="year")
    assert (cared["pupils"], cared["value"]) == (None, None)


def test_a_group_too_small_is_hidden_and_a_year_without_a_census_says_so(held):
    [row] = figures(held, "attainment_8", la="301", year=2024, cohort="cpp")
    assert (row["value"], row["symbol"]) == (None, "c")
    [row] = figures(held, "attainment_8", la="302", year=2024, cohort="cin")
    assert row["note"] == ("The store lacks the children in need census of Barnet for 2024, or of part of it, and a published figure.")


def test_an_authority_without_a_return_is_not_held_for_its_census(held):
    [row] = figures(held, "attainment_8", la="301", year=2023)
    assert "no return of Barking and Dagenham for 2023" in row["note"]

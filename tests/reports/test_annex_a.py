"""Lists 8 and 9 on drawn tables."""

from datetime import date

import pytest
from conftest import DrawnStore

from virtualschool import tables
from virtualschool.reports import annex_a
from virtualschool.store import Store

CHILDREN = """
la  | year | child  | token | in_year | at_31_march | care_leaver | dob
----+------+--------+-------+---------+-------------+-------------+-----------
301 | 2026 | stays  | t1    | yes     | yes         | no          | 01/04/2010
301 | 2026 | left   | t2    | yes     | no          | no          | 31/03/2010
301 | 2026 | before | t3    | yes     | no          | no          | 01/01/2010
301 | 2026 | leaver | t4    | no      | no          | yes         | 01/04/2005
301 | 2025 | older  | t5    | yes     | yes         | no          | 01/01/2010
302 | 2026 | other  | t6    | yes     | yes         | no          | 01/01/2010
"""
EPISODES = """
la  | year | child  | decom      | dec        | rne | rec | ls | cin | place
----+------+--------+------------+------------+-----+-----+----+-----+------
301 | 2026 | stays  | 01/05/2025 | 01/06/2025 | S   | E4A | V2 | N1  | U6
301 | 2026 | stays  | 01/08/2025 | 01/10/2025 | S   | X1  | V2 | N1  | U6
301 | 2026 | stays  | 01/10/2025 | 01/12/2025 | L   | X1  | C1 | N1  | U6
301 | 2026 | stays  | 01/12/2025 |            | P   |     | C1 | N1  | K2
301 | 2026 | left   | 01/06/2015 | 01/10/2025 | S   | E4A | C2 | N1  | U6
301 | 2026 | before | 01/06/2015 | 30/09/2025 | S   | E4A | C2 | N1  | U6
"""
REVIEWS = """
la  | year | child | review
----+------+-------+-----------
301 | 2026 | stays | 01/09/2025
301 | 2026 | stays | 01/02/2026
"""
LEAVING = """
la  | year | child  | eligibility     | pathway_plan | pathway_review
----+------+--------+-----------------+--------------+---------------
301 | 2026 | leaver | former_relevant | 01/02/2025   | 30/12/2025
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("lists") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        for name, text in {"children": CHILDREN, "episodes": EPISODES, "reviews": REVIEWS, "leaving_care": LEAVING}.items():
            store.add(tables.ALL[name], text)
        yield draft.engine


def cells(lists, sheet: str) -> dict[str, dict[str, object]]:
    columns, rows = lists.sheets[sheet]
    return {row["child"]: {one.heading: one.of(row) for one in columns if one.of} for row in rows}


def test_list_8_is_who_is_in_care_on_31_march_or_left_in_the_six_months_before(found):
    lists = annex_a.lists(found, "301")
    assert lists.as_of == date(2026, 3, 31)
    assert set(cells(lists, "List 8")) == {"stays", "left"} and set(cells(lists, "List 9")) == {"leaver"}


def test_the_row_of_a_child_is_that_of_the_newest_episode(found):
    row = cells(annex_a.lists(found, "301"), "List 8")["stays"]
    assert row["Child's Legal Status"].startswith("C1") and row["Start date of current legal status"] == date(2025, 10, 1)
    assert row["Start Date of Most Recent Placement"] == date(2025, 12, 1) and row["Placement Type"].startswith("K2")
    assert row["Date of Latest Statutory Review"] == date(2026, 2, 1)
    assert row["Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)"] == "Yes"
    assert row["Date Ceased to be Looked After"] is None and row["Reason Ceased to be Looked After"] == ""


def test_who_left_has_the_day_and_the_reason(found):
    row = cells(annex_a.lists(found, "301"), "List 8")["left"]
    assert row["Date Ceased to be Looked After"] == date(2025, 10, 1) and row["Reason Ceased to be Looked After"].startswith("E4A")
    assert row["Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)"] == "No"


def test_the_latest_pathway_plan_is_its_latest_review_and_age_is_that_on_31_march(found):
    row = cells(annex_a.lists(found, "301"), "List 9")["leaver"]
    assert row["Latest Pathway Plan"] == date(2025, 12, 30) and row["Eligibility Category"] == "former relevant"
    assert row["Age of Child (Years)"] == 20


def test_whom_the_reader_may_not_see_is_counted_and_not_listed(found):
    lists = annex_a.lists(found, "301", may_see={"t1"})
    assert set(cells(lists, "List 8")) == {"stays"} and not cells(lists, "List 9") and lists.left_out == 3


def test_an_authority_without_a_return_has_no_lists(found):
    assert annex_a.lists(found, "999") is None

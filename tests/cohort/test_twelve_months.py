import pytest
from conftest import DrawnStore

from virtualschool import tables
from virtualschool.cohort import periods, twelve_months
from virtualschool.link.workings import lay_by
from virtualschool.store import Store

EPISODES = """
la  | child            | year | decom      | rne | ls | dec        | rec
----+------------------+------+------------+-----+----+------------+----
301 | long             | 2024 | 10/02/2021 | S   | C2 |            |
301 | from 1 April     | 2024 | 01/04/2023 | S   | C2 |            |
301 | from 2 April     | 2024 | 02/04/2023 | S   | C2 |            |
301 | home in december | 2024 | 10/02/2021 | S   | C2 | 20/12/2023 | E4A
301 | respite          | 2024 | 05/01/2022 | S   | V4 |            |
301 | left on 31 March | 2024 | 10/02/2021 | S   | C2 | 31/03/2024 | E17
301 | left on 30 March | 2024 | 10/02/2021 | S   | C2 | 30/03/2024 | E17
301 | left on 1 April  | 2024 | 10/02/2021 | S   | C2 | 01/04/2023 | E4A
301 | left the day after | 2025 | 10/02/2021 | S   | C2 | 01/04/2024 | E4A
301 | left the day after | 2024 | 10/02/2021 | S   | C2 |            |
301 | moved on         | 2024 | 10/02/2021 | S   | C2 | 20/12/2023 | X1
301 | moved on         | 2024 | 20/12/2023 | P   | C2 |            |
301 | no reason        | 2024 | 10/02/2021 | S   | C2 | 20/12/2023 |
301 | no reason        | 2024 | 20/12/2023 | P   | C2 |            |
301 | back the next day | 2024 | 10/02/2021 | S   | C2 | 20/12/2023 | E4A
301 | back the next day | 2024 | 21/12/2023 | S   | C2 |            |
301 | respite till 1 April | 2024 | 10/02/2021 | S   | V3 | 01/04/2023 | X1
301 | respite till 1 April | 2024 | 01/04/2023 | L   | C2 |            |
301 | respite till 31 March | 2023 | 10/02/2021 | S   | V3 | 31/03/2023 | X1
301 | respite till 31 March | 2023 | 31/03/2023 | L   | C2 |            |
301 | respite till 31 March | 2024 | 31/03/2023 | L   | C2 |            |
301 | respite at the end | 2024 | 10/02/2021 | S   | C2 | 31/03/2024 | X1
301 | respite at the end | 2024 | 31/03/2024 | L   | V3 |            |
301 | respite the day after | 2024 | 10/02/2021 | S   | C2 |            |
301 | respite the day after | 2025 | 10/02/2021 | S   | C2 | 01/04/2024 | X1
301 | respite the day after | 2025 | 01/04/2024 | L   | V3 |            |
"""

ANSWERS = {
    # child: looked after 12 months, on 31 March, episodes outside short breaks
    "long": (True, True, 1),
    "from 1 April": (True, True, 1),
    "from 2 April": (False, True, 1),
    "home in december": (False, False, 1),
    "respite": (False, False, 0),
    "left on 31 March": (True, False, 1),
    "left on 30 March": (False, False, 1),
    "left on 1 April": (False, False, 1),
    "left the day after": (True, True, 1),
    "moved on": (True, True, 2),
    "no reason": (False, True, 2),
    "back the next day": (False, True, 2),
    "respite till 1 April": (False, True, 1),
    "respite till 31 March": (True, True, 1),
    "respite at the end": (False, False, 1),
    "respite the day after": (True, True, 1),
}


@pytest.fixture(scope="module")
def flags(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("twelve") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        DrawnStore(draft).add(tables.episodes, EPISODES)
        known = lay_by(draft, "known", periods.episodes_known())
        rows = draft.engine.rows(twelve_months.flags(periods.child_years(known), known))
    return {row["child"]: row for row in rows if row["year"] == 2024}


@pytest.mark.parametrize("child", ANSWERS)
def test_the_year_to_31_march_2024_of(flags, child):
    row = flags[child]
    assert (row["looked_after_12_months"], row["at_31_march"], row["episodes"]) == ANSWERS[child]


def test_no_other_child_has_a_row_in_that_year(flags):
    assert set(flags) == set(ANSWERS)

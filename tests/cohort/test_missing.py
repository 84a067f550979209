from virtualschool import tables
from virtualschool.cohort import missing, periods

EPISODES = "\n".join(
    ["la | year | child | decom | dec | rne | rec | ls"]
    + [f"301 | 2024 | {child} | 01/05/2020 | | S | | C2" for child in "ABCDE"]
    + ["302 | 2024 | A | 01/05/2020 | | S | | C2"]
)
SPELLS = """
la  | year | child | missing | mis_start  | mis_end
----+------+-------+---------+------------+-----------
301 | 2024 | A     | M       | 31/03/2023 | 01/04/2023
301 | 2024 | A     | M       | 30/03/2023 | 31/03/2023
301 | 2024 | A     | M       | 31/03/2024 |
301 | 2024 | A     | A       | 05/05/2023 | 06/05/2023
301 | 2024 | B     | M       | 05/05/2023 | 06/05/2023
301 | 2024 | B     | M       | 05/05/2023 | 07/05/2023
301 | 2024 | C     | M       | 01/04/2024 |
301 | 2024 | D     | A       | 05/05/2023 | 06/05/2023
"""


def test_spells_with_a_day_in_the_year_count_once_each_and_away_apart(store):
    store.add(tables.episodes, EPISODES)
    store.add(tables.missing, SPELLS)
    years = periods.child_years(periods.episodes_known())
    found = store.rows(missing.missing_fields(years), "la", "child", "missing_episodes", "away_episodes")
    # 302 returned no spell of anybody, so that nothing is known of its child.
    assert found == [("301", "A", 2, 1), ("301", "B", 1, 0), ("301", "C", 0, 0), ("301", "D", 0, 1), ("301", "E", 0, 0)]

from virtualschool import tables
from virtualschool.cohort import schools

CENSUS = """
year | term   | pmr         | laestab | entry_date | enrol_status
-----+--------+-------------+---------+------------+-------------
2023 | spring | winter      | 3011001 | 01/09/2021 | C
2024 | spring | winter      | 3011002 | 10/01/2024 | C
2023 | spring | september   | 3011001 | 01/09/2021 | C
2024 | spring | september   | 3011002 | 30/09/2023 | C
2023 | spring | october     | 3011001 | 01/09/2021 | C
2024 | spring | october     | 3011002 | 01/10/2023 | C
2023 | spring | july        | 3011001 | 01/09/2021 | C
2024 | spring | july        | 3011002 | 31/07/2023 | C
2023 | spring | august      | 3011001 | 01/09/2021 | C
2024 | spring | august      | 3011002 | 01/08/2023 | C
2023 | spring | before care | 3011001 | 01/09/2021 | C
2024 | spring | before care | 3011002 | 09/10/2023 | C
2024 | spring | first       | 3011002 | 10/01/2024 | C
2023 | spring | twice       | 3011001 | 01/09/2021 | C
2024 | spring | twice       | 3011002 | 10/11/2023 | C
2024 | summer | twice       | 3011003 | 20/02/2024 | C
2023 | spring | guest       | 3011001 | 01/09/2021 | C
2024 | spring | guest       | 3011002 | 10/01/2024 | G
2024 | autumn | undated     | 3011001 |            | C
2024 | spring | undated     | 3011002 |            | C
2023 | summer | last day    | 3011001 | 01/09/2021 | C
2024 | summer | last day    | 3011002 | 31/03/2024 | C
2023 | summer | next year   | 3011001 | 01/09/2021 | C
2024 | summer | next year   | 3011002 | 01/04/2024 | C
2022 | spring | not there   | 3011001 | 01/09/2021 | C
"""
LINKED = """
la  | child | year | pupil       | start      | finish     | period_start
----+-------+------+-------------+------------+------------+-------------
"""


def test_moves_are_counted_in_the_care_year_outside_the_summer_and_from_the_start_of_care(store):
    days = tuple(tables.day(name, "") for name in ("start", "finish", "period_start"))
    linked = tables.Table("linked", "", (tables.LA, tables.CHILD, tables.YEAR, tables.PUPIL, *days))
    pupils = list(dict.fromkeys(line.split("|")[2].strip() for line in CENSUS.strip().splitlines()[2:]))
    store.add(tables.census, CENSUS)
    rows = [f"301 | {pupil} | 2024 | {pupil} | 01/04/2023 | 31/03/2024 | 10/10/2022" for pupil in pupils]
    store.add(
        linked,
        LINKED
        + "\n".join(rows).replace(
            "before care | 01/04/2023 | 31/03/2024 | 10/10/2022", "before care | 01/04/2023 | 31/03/2024 | 10/10/2023"
        ),
    )
    assert dict(store.rows(schools.moves(linked.ibis()), "child", "school_moves")) == {
        "winter": 1,
        "september": 0,
        "october": 1,
        "july": 1,
        "august": 0,
        "before care": 0,
        "first": 0,
        "twice": 2,
        "guest": 0,
        "undated": 1,
        "last day": 1,
        "next year": 0,
    }

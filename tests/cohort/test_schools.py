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
la  | child | year | pupil       | start      | finish
----+-------+------+-------------+------------+-----------
"""


def test_moves_are_counted_in_the_care_year_outside_the_summer_and_from_the_start_of_care(store):
    days = tuple(tables.day(name, "") for name in ("start", "finish"))
    linked = tables.Table("linked", "", (tables.LA, tables.CHILD, tables.YEAR, tables.PUPIL, *days))
    cared = tables.Table("cared", "", (tables.LA, tables.CHILD, tables.YEAR, tables.day("cared_from", "")))
    pupils = list(dict.fromkeys(line.split("|")[2].strip() for line in CENSUS.strip().splitlines()[2:]))
    store.add(tables.census, CENSUS)
    rows = [(pupil, pupil) for pupil in pupils] + [("leaver, with no day in care", "winter")]
    store.add(linked, LINKED + "\n".join(f"301 | {child} | 2024 | {pupil} | 01/04/2023 | 31/03/2024" for child, pupil in rows))
    since = {"before care": "10/10/2023"}
    lines = [f"301 | {pupil} | 2024 | {since.get(pupil, '01/04/2023')}" for pupil in pupils]
    store.add(cared, "la | child | year | cared_from\n" + "\n".join(lines))
    assert dict(store.rows(schools.moves(linked.ibis(), cared.ibis()), "child", "school_moves")) == {
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


def test_care_is_counted_from_1_april_or_from_the_first_day_of_it_in_the_year(store):
    episodes = tables.care("care", "", tables.day("decom", ""), tables.day("until", ""), tables.yes_no("is_open", ""))
    years = tables.Table("years", "", (tables.LA, tables.CHILD, tables.YEAR, tables.day("start", ""), tables.day("finish", "")))
    store.add(
        years, "\n".join(["la | child | year | start | finish", *(f"301 | {child} | 2024 | 01/04/2023 | 31/03/2024" for child in "ABC")])
    )
    store.add(
        episodes,
        """
        la  | child | decom      | until      | is_open
        ----+-------+------------+------------+--------
        301 | A     | 01/02/2022 | 01/04/2024 | yes
        301 | B     | 01/02/2022 | 01/06/2023 | no
        301 | B     | 05/11/2023 | 01/04/2024 | yes
        301 | C     | 05/05/2023 | 06/05/2023 | no
        """,
    )
    found = store.rows(schools.days_in_care(years.ibis(), episodes.ibis()), "child", "cared_from")
    assert [(child, str(day)) for child, day in found] == [("A", "2023-04-01"), ("B", "2023-04-01"), ("C", "2023-05-05")]

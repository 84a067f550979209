"""Early years, phonics, multiplication tables, key stage 5 and the months of suspensions: both sides of every edge, by hand and slowly."""

import random

import pytest

from virtualschool import outcomes, tables
from virtualschool.outcomes.exclusions import MONTHS


def add(store, table, year, drawing):
    head, *lines = [line.strip() for line in drawing.strip().splitlines()]
    rows = [f"year | file | row | {head}"]
    for number, line in enumerate(lines, start=2):
        at, _, rest = line.partition(":") if ":" in line else (str(year), "", line)
        rows.append(f"{at.strip()} | 1 | {number} | {rest}")
    store.add(table, "\n".join(rows))


def pupils(store, year, *columns):
    outcomes.outcomes(store.draft)
    return store.rows(f"SELECT * FROM pupils WHERE year = {year}", "pupil", *columns)


def test_each_source_says_its_own_of_a_pupil(store):
    """One build of four small files: a child in reception, checks of years 1, 2 and 4, and a student at eighteen."""
    goals = [f"goal_{number:02d}" for number in range(1, 13)]
    head = " | ".join(["pmr", "good_development", *goals])
    levels = {
        "ALL2": ["2"] * 12,
        "ONE1": ["2"] * 11 + ["1"],
        "ONE3": ["3"] * 12,
        "EXEMPT": ["A"] + ["2"] * 11,
        "A_AND_1": ["A", "1"] + ["2"] * 10,
        "BLANK": [""] * 12,
    }
    lines = [f"{name} |  | {' | '.join(of)}" for name, of in levels.items()]
    lines += ["FLAG | no | " + " | ".join(["2"] * 12), "FLAG2 | yes | " + " | ".join(["A"] * 12)]
    add(store, tables.early_years, 2024, "\n".join([head, *lines]))
    add(
        store,
        tables.phonics,
        2024,
        """pmr | year_group | outcome | mark
        P1 | 1 | WA | 32
        P2 | 1 | wt | 31
        P3 | 1 | A |
        P4 | 1 | D |
        P5 | 1 | Q |
        P6 | 1 | L |
        P7 | 1 |   | 32
        P8 | 1 |   | 31
        P9 | 1 |   |
        2023: S1 | 1 | WA | 40
        2023: S2 | 1 | WT | 10
        S2 | 2 | WA | 33
        2023: S3 | 1 | WT | 10
        S3 | 2 | WT | 12
        2023: S4 | 1 | D |
        S5 | 2 | L |
        2023: S6 | 1 | WT | 3""",
    )
    add(store, tables.census, 2024, "pmr | term | year_group\nS1 | spring | 2\nS4 | spring | 2\nS6 | spring | 3\nS5 | spring | 2")
    add(
        store,
        tables.multiplication,
        2024,
        """pmr | mark | reason
        M1 | 25 |
        M2 | 0  |
        M3 |    | Absent during check window
        M4 |    | Left school
        M5 |    | Z
        M6 |    |
        M7 | 26 |
        M8 | 24 | Left school""",
    )
    add(
        store,
        tables.post_16,
        2024,
        """pmr | level_3 | two_level_3 | level_3_cohort | in_scope_acad | retained_acad | in_scope_tlev | retained_tlev
        A | yes | no  | yes | yes | no  | no | yes
        B | yes | yes | no  | yes | yes |    |
        C | no  |     |     | no  | yes |    |""",
    )
    columns = (
        *("at_early_years", "good_development", "phonics", "phonics_by_year_2", "at_multiplication", "multiplication_mark"),
        *("at_post_16", "level_3", "two_level_3", "retained_post_16", "year_group"),
    )
    rows = pupils(store, 2024, *columns)
    found = {pupil: dict(zip(columns, of, strict=True)) for pupil, *of in rows}
    good = {name: of["good_development"] for name, of in found.items() if of["at_early_years"]}
    assert good == {
        "ALL2": True, "ONE1": False, "ONE3": True, "EXEMPT": None, "A_AND_1": False, "BLANK": None, "FLAG": False, "FLAG2": True,
    }  # fmt: skip
    assert {name: of["phonics"] for name, of in found.items() if name.startswith("P")} == {
        "P1": True, "P2": False, "P3": False, "P4": False, "P5": False, "P6": None, "P7": True, "P8": False, "P9": None,
    }  # fmt: skip
    assert {name: (of["phonics"], of["phonics_by_year_2"]) for name, of in found.items() if name.startswith("S")} == {
        "S1": (None, True), "S2": (None, True), "S3": (None, False), "S4": (None, False), "S5": (None, None), "S6": (None, None),
    }  # fmt: skip
    assert {name: of["multiplication_mark"] for name, of in found.items() if of["at_multiplication"]} == {
        "M1": 25, "M2": 0, "M3": None, "M6": None, "M7": None, "M8": 24,
    }  # fmt: skip
    after = {name: (of["level_3"], of["two_level_3"], of["retained_post_16"]) for name, of in found.items() if of["at_post_16"]}
    assert after == {"A": (True, False, False), "B": (None, None, True), "C": (False, None, None)}
    assert (found["ALL2"]["year_group"], found["P1"]["year_group"], found["M1"]["year_group"], found["A"]["year_group"]) == (
        "R",
        "1",
        "4",
        None,
    )


def test_a_suspension_stands_in_the_month_in_which_it_began(store):
    add(
        store,
        tables.exclusions,
        2024,
        """pmr | category | start_date
        A | suspension | 01/09/2023
        A | suspension | 30/09/2023
        A | suspension | 01/10/2023
        B | suspension | 31/08/2024
        C | suspension | 31/08/2023
        D | suspension |
        D | suspension | 05/02/2024
        E | lunchtime  |
        F | permanent  | 05/02/2024
        2023: A | suspension | 31/08/2023
        2023: G | suspension | 01/09/2022
        2023: H | suspension | """,
    )
    add(store, tables.census, 2024, "pmr | term\n" + "\n".join(f"{name} | spring" for name in "ABCDEFGHI"))
    found = {pupil: of for pupil, *of in pupils(store, 2024, "suspension_months", "suspension_months_before")}
    assert found == {
        "A": [1 + 2, 2048],
        "B": [2048, 0],
        "C": [None, 0],
        "D": [None, 0],
        "E": [0, 0],
        "F": [0, 0],
        "G": [0, 1],
        "H": [0, None],
        "I": [0, 0],
    }


@pytest.fixture(scope="module")
def invented():
    """A few hundred pupils, each with suspensions by chance in two school years: (school year, year, month)."""
    chance = random.Random(4)
    found = {}
    for number in range(300):
        rows = []
        for year in (2023, 2024):
            for _time in range(chance.choice((0, 0, 0, 1, 2))):
                month = chance.choice(MONTHS)
                rows.append((year, year - 1 if month >= 9 else year, month))
        found[f"P{number:03d}"] = rows
    return found


def test_twelve_months_to_any_month_are_what_a_calendar_says(store, invented):
    rows = [f"{year}: {pupil} | suspension | 15/{month:02d}/{at}" for pupil, of in invented.items() for year, at, month in of]
    add(store, tables.exclusions, 2024, "\n".join(["pmr | category | start_date", *rows]))
    add(store, tables.census, 2024, "\n".join(["pmr | term", *(f"{pupil} | spring" for pupil in invented)]))
    found = {pupil: of for pupil, *of in pupils(store, 2024, "suspension_months", "suspension_months_before")}
    for place, month in enumerate(MONTHS):
        last = (2023 if month >= 9 else 2024) * 12 + month
        slow = {pupil for pupil, of in invented.items() if any(last - 12 < at * 12 + begun <= last for _, at, begun in of)}
        so_far = (1 << place + 1) - 1
        assert {pupil for pupil, (now, before) in found.items() if now & so_far or before & ~so_far & 4095} == slow


def test_without_the_checks_of_year_1_nothing_is_said_of_the_end_of_year_2_but_in_the_year_after_the_pandemic(store):
    add(store, tables.phonics, 2024, "pmr | year_group | outcome\nS | 2 | WT\n2022: T | 2 | WA\n2022: U | 2 | WT")
    assert pupils(store, 2024, "phonics_by_year_2") == [("S", None)]
    assert pupils(store, 2022, "phonics_by_year_2") == [("T", True), ("U", False)]

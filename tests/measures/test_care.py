"""Measures of children's care records: who counts in each and who reaches it, both sides of every edge."""

import pytest
from drawn_cohorts import built, children, figures, standing

from virtualschool import measures, tables

CHILDREN = """
child    | age_on_31_march | health_assessed | development_checks | convicted | substance_misuse | intervention_received
---------+-----------------+-----------------+--------------------+-----------+------------------+----------------------
aged 4   | 4               | yes             | yes                | no        | no               |
aged 5   | 5               | no              | yes                | no        | no               |
aged 9   | 9               | yes             |                    | yes       | no               |
aged 10  | 10              | yes             |                    | yes       | yes              | yes
aged 17  | 17              | yes             |                    | no        | yes              |
aged 18  | 18              | no              |                    | yes       | yes              | no
not told | 12              |                 |                    |           |                  |
"""


def counted(store, name: str) -> dict[str, tuple]:
    """(numerator, denominator) by child, of those who count."""
    table = tables.children.ibis()
    numerator, denominator = measures.named(name).columns(table)
    found = store.engine.rows(table.select("child", n=numerator, d=denominator))
    return {row["child"]: (float(row["n"]), float(row["d"])) for row in found if row["d"] is not None}


def drawn(store, drawing: str, **names: str) -> None:
    """Writes children of one authority and year; `names` are columns under short headings."""
    head, line, *rows = drawing.strip().splitlines()
    head = " | ".join(names.get(name, name) for name in map(str.strip, head.split("|")))
    store.add(tables.children, "\n".join([f"la | year | {head}", line, *(f"301 | 2024 | {row}" for row in rows if row.strip())]))


def test_health_is_of_those_of_whom_it_is_told_and_some_of_it_of_an_age(store):
    drawn(store, CHILDREN)
    assert set(counted(store, "health_assessment")) == {"aged 4", "aged 5", "aged 9", "aged 10", "aged 17", "aged 18"}
    assert counted(store, "development_assessment") == {"aged 4": (1, 1)}
    assert counted(store, "convicted") == {"aged 10": (1, 1), "aged 17": (0, 1)}
    assert counted(store, "substance_misuse_intervention") == {"aged 10": (1, 1), "aged 17": (0, 1), "aged 18": (0, 1)}


def test_reasons_for_no_score_are_of_those_without_one_and_none_given_is_one(store):
    drawn(
        store,
        """
        child | dob        | sdq_score | sdq_reason
        ------+------------+-----------+-------------------
        A     | 01/01/2012 |        12 |
        B     | 01/01/2012 |           | carer refused
        C     | 01/01/2012 |           |
        D     | 01/01/2022 |           | under 4 or over 16
        E     | 01/01/2012 |           | child's disability
        """,
    )
    assert counted(store, "sdq_none_carer_refused") == {"B": (1, 1), "C": (0, 1), "E": (0, 1)}
    assert counted(store, "sdq_none_not_told") == {"B": (0, 1), "C": (1, 1), "E": (0, 1)}
    assert counted(store, "sdq_none_disability")["E"] == (1, 1)


def test_reviews_are_pooled_and_all_on_time_is_a_childs(store):
    drawn(
        store,
        """
        child    | reviews_due | reviews_on_time | reviews_taking_part | reviews_attended | reviews_views_given
        ---------+-------------+-----------------+---------------------+------------------+--------------------
        all      |           3 |               3 |                   3 |                1 |                   3
        not all  |           3 |               2 |                   2 |                2 |                   1
        none due |           0 |               0 |                   0 |                0 |                   0
        not told |             |                 |                     |                  |
        """,
    )
    assert counted(store, "reviews_on_time") == {"all": (1, 1), "not all": (0, 1)}
    assert counted(store, "reviews_attended") == {"all": (1, 3), "not all": (2, 2)}
    assert counted(store, "reviews_views_given") == {"all": (3, 3), "not all": (1, 2)}
    assert counted(store, "reviews_all_views_given") == {"all": (1, 1), "not all": (0, 1)}


def test_spells_missing_are_averaged_over_those_who_went(store):
    drawn(store, "child | missing_episodes | away_episodes\n---\nA | 0 | 0\nB | 1 | 0\nC | 5 | 2\nD | |")
    assert counted(store, "missing_once_or_more") == {"A": (0, 1), "B": (1, 1), "C": (1, 1)}
    assert counted(store, "missing_more_than_once") == {"A": (0, 1), "B": (0, 1), "C": (1, 1)}
    assert counted(store, "missing_episodes") == {"B": (1, 1), "C": (5, 1)}
    assert counted(store, "away_episodes") == {"C": (2, 1)}


def test_moves_are_of_all_children_and_the_unplanned_of_moves_with_a_reason(store):
    drawn(
        store,
        """
        child | placement_moves | placement_moves_explained | unplanned_moves | school_moves | social_workers_in_year
        ------+-----------------+---------------------------+-----------------+--------------+-----------------------
        A     |               0 |                         0 |               0 |            0 |                      2
        B     |               2 |                         1 |               1 |            1 |                      3
        C     |               1 |                         0 |               0 |              |
        """,
    )
    assert counted(store, "placement_moves") == {"A": (0, 1), "B": (2, 1), "C": (1, 1)}
    assert counted(store, "unplanned_moves_of_moves") == {"B": (1, 1)}
    assert counted(store, "unplanned_move_once_or_more") == {"A": (0, 1), "B": (1, 1), "C": (0, 1)}
    assert counted(store, "school_moved") == {"A": (0, 1), "B": (1, 1)}
    assert counted(store, "social_workers_3_plus") == {"A": (0, 1), "B": (1, 1)}


def test_distance_is_of_all_and_the_place_of_those_of_whom_it_is_known(store):
    drawn(
        store,
        """
        child | distance_band     | out_of_authority
        ------+-------------------+-----------------
        A     | over 20 miles     | yes
        B     | over 20 miles     | no
        C     | 20 miles or under | yes
        D     | not known         |
        E     |                   |
        """,
    )
    assert counted(store, "placed_over_20_miles_outside") == {"A": (1, 1), "B": (0, 1), "C": (0, 1), "D": (0, 1)}
    assert counted(store, "placed_out_of_authority") == {"A": (1, 1), "B": (0, 1), "C": (1, 1)}


def test_drift_is_of_those_in_care_for_more_than_120_days(store):
    drawn(
        store,
        """
        child | period_days | permanence_on_record | days_without_permanence
        ------+-------------+----------------------+------------------------
        A     |         120 | no                   |                     120
        B     |         121 | no                   |                     121
        C     |         400 | yes                  |                      50
        """,
    )
    assert counted(store, "no_permanence_on_record") == {"B": (1, 1), "C": (0, 1)}
    assert counted(store, "days_without_permanence") == {"B": (121, 1), "C": (50, 1)}


def test_long_term_stability_is_of_children_under_16_and_needs_the_returns_before(store):
    drawn(
        store,
        """
        child | age | there | long | same | spent | placed | one      | two
        ------+-----+-------+------+------+-------+--------+----------+---------
        A     | 15  | yes   | yes  | yes  | yes   | 2      |          |
        B     | 16  | yes   | yes  | yes  | yes   | 3      |          |
        C     | 15  | yes   | no   | no   | no    | 3      |          |
        D     | 15  | no    |      |      |       | 5      |          |
        E     | 15  | yes   | yes  | no   | yes   | 4      |          | not held
        F     | 15  | yes   | yes  | no   | yes   | 4      | not held | not held
        """,
        age="age_on_31_march",
        there="at_31_march",
        long="in_care_long_term",
        same="same_carer_2_years",
        spent="spent_year_before",
        placed="placements_in_2_years",
        one="without_year_before",
        two="without_two_years_before",
    )
    assert counted(store, "placement_stability") == {"A": (1, 1)}
    assert counted(store, "placements_3_plus_in_2_years") == {"A": (0, 1), "B": (1, 1), "E": (1, 1)}


# --- As figures ---


def leaving_301() -> list[dict]:
    """An authority's leavers: 20 of 19 years, 12 of them occupied; 15 of 21 years, 6 of them; 10 of 18 years, 8 of them."""
    rows = []
    for age, numbers in ((19, (12, 8)), (21, (6, 9)), (18, (8, 2))):
        for number, activity in zip(numbers, ("other education", "none: other circumstances"), strict=True):
            rows += children(
                "301", 2024, number, age_on_31_march=age, leaver_activity=activity, care_leaver=True, looked_after_12_months=False,
                at_31_march=False, in_year=age == 18, sex="female", in_touch="in touch",
            )  # fmt: skip
    rows += children(
        "301", 2024, 30, age_on_31_march=15, care_leaver=False, in_year=True, placement_moves=1, without_two_years_before="Not held."
    )
    return rows


def test_leavers_are_worked_out_from_the_return_each_age_group_by_itself(worked):
    (headline,) = figures(worked, "leavers_eet", la="301", year=2024)
    assert (headline["cohort"], headline["source"], headline["pupils"], headline["numerator"]) == ("leavers", "pupils", 35, 18)
    assert headline["value"] == 51
    (young,) = figures(worked, "leavers_17_18_eet", la="301", year=2024)
    assert (young["pupils"], young["numerator"]) == (10, 8)


def test_leavers_can_be_broken_down_and_filtered_by_age(worked):
    rows = figures(worked, "leavers_eet", la="301", year=2024, by="age_on_31_march", audience="internal")
    assert [(row["age_on_31_march"], row["numerator"], row["pupils"]) for row in rows] == [(19, 12, 20), (21, 6, 15)]
    (row,) = figures(worked, "leavers_eet", la="301", year=2024, where="age_on_31_march >= 21 and sex = female", audience="internal")
    assert (row["numerator"], row["pupils"]) == (6, 15)


def test_leavers_are_in_no_figure_of_children_looked_after(worked):
    (row,) = figures(worked, "placement_moves", la="301", year=2024, audience="internal")
    assert row["pupils"] == 30
    (row,) = figures(worked, "leavers_eet", la="301", year=2024, cohort="march", audience="internal")
    assert row["pupils"] == 0


def test_without_the_returns_before_there_is_no_stability_and_the_note_says_why(worked):
    (row,) = figures(worked, "placement_stability", la="301", year=2024)
    assert (row["value"], row["symbol"], row["note"]) == (None, "x", "Not held.")


def test_without_plans_in_the_store_a_figure_of_plans_says_so(worked):
    (row,) = figures(worked, "pep_in_time", la="301", year=2024)
    assert (row["value"], row["symbol"]) == (None, "x")
    assert row["note"] == "It rests on plans that an authority brings itself, and the store has none of Barking and Dagenham for 2024."


# --- As DfE printed them: counts of real authorities, Children looked after in England, releases of 2023 and 2025 ---


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """A store with the counts of DfE's worked cases, and authority 301."""

    def leaving(la: str, year: int, number: int, **values) -> list[dict]:
        out = {"care_leaver": True, "looked_after_12_months": False, "at_31_march": False, "in_touch": "in touch"}
        return children(la, year, number, **(out | values))

    rows = []
    for number, same in ((25, True), (15, False)):
        rows += children("867", 2023, number, age_on_31_march=10, in_care_long_term=True, same_carer_2_years=same)
    for number, placements in ((24, 3), (68, 2)):
        rows += children(
            "867", 2023, number, age_on_31_march=16, in_care_long_term=False, spent_year_before=True, placements_in_2_years=placements
        )
    for la, counts in (("839", (12, 65, 6, 85, 132)), ("382", (15, 56, 6, 40, 112))):
        words = ("higher education", "other education", "apprenticeship", "training or employment, no apprenticeship", "not known")
        for number, activity in zip(counts, words, strict=True):
            rows += leaving(la, 2025, number, age_on_31_march=20, leaver_activity=activity)
    rows += leaving("303", 2025, 44, age_on_31_march=18, accommodation="semi-independent", accommodation_suitable=True)
    for number, lives, suitable in (
        (222, "independent living", True),
        (24, "custody", False),
        (13, "not known", None),
        (7, "deported", None),
    ):
        rows += leaving("371", 2025, number, age_on_31_march=19, accommodation=lives, accommodation_suitable=suitable)
    with standing(tmp_path_factory.mktemp("worked")) as store:
        built(store, rows + leaving_301())
        yield store


@pytest.mark.parametrize(
    ("la", "year", "name", "numerator", "pupils", "value"),
    [
        ("867", 2023, "placement_stability", 25, 40, 63),  # Bracknell Forest
        ("867", 2023, "placements_3_plus_in_2_years", 24, 92, 26),
        ("839", 2025, "leavers_eet", 168, 300, 56),  # Bournemouth, Christchurch and Poole
        ("382", 2025, "leavers_eet", 117, 229, 51),  # Kirklees
        ("303", 2025, "leavers_17_18_suitable", 44, 44, 100),  # Bexley
        ("371", 2025, "leavers_suitable", 222, 259, 86),  # Doncaster
    ],
)
def test_worked_cases_come_out_as_dfe_printed_them(worked, la, year, name, numerator, pupils, value):
    (row,) = figures(worked, name, la=la, year=year)
    assert (row["numerator"], row["pupils"], row["value"]) == (numerator, pupils, value)

import decimal

import pytest
from conftest import DrawnStore

from virtualschool import tables
from virtualschool.cohort import cohort
from virtualschool.store import Store

HEADER = """
la  | year | child   | sex | dob        | ethnic | upn           | uasc
----+------+---------+-----+------------+--------+---------------+-----
301 | 2024 | here    | 1   | 31/08/2008 | WBRI   | A100000000001 |
301 | 2024 | away    | F   | 01/09/2008 | REFU   | A200000000002 |
301 | 2024 | leaver  | F   | 01/09/2004 | WBRI   | A300000000003 |
301 | 2024 | respite | F   | 01/09/2012 | MWBC   | A400000000004 |
301 | 2024 | alone   | U   | 01/01/2015 | XXXX   | UN2           | 1
301 | 2022 | adopted | F   | 01/01/2016 | AIND   | A500000000005 |
301 | 2024 | adopted | F   | 01/01/2016 | AIND   | A600000000006 |
301 | 2024 | kept    | F   | 01/01/2016 | AIND   | A700000000007 |
301 | 2022 | kept    | F   | 01/01/2016 | AIND   | A700000000007 |
302 | 2024 | away    | F   | 01/09/2013 | BCRB   | A800000000008 |
301 | 2023 | no longer in a header | 2 | 01/01/2010 | WBRI | |
"""
EPISODES = """
la  | year | child   | decom      | dec        | rne | rec | ls | cin | place
----+------+---------+------------+------------+-----+-----+----+-----+------
301 | 2024 | here    | 01/09/2022 |            | S   |     | C2 | N1  | U6
301 | 2024 | away    | 31/08/2022 |            | S   |     | C2 | N1  | U6
301 | 2024 | respite | 01/06/2023 |            | S   |     | V4 | N2  | R1
301 | 2024 | alone   | 01/06/2023 |            | S   |     | V2 | N8  | K2
301 | 2021 | adopted | 01/06/2019 |            | S   |     | E1 | N1  | A5
301 | 2022 | adopted | 01/06/2019 | 01/06/2021 | S   | E11 | E1 | N1  | A5
301 | 2024 | adopted | 01/06/2023 |            | S   |     | C2 | N1  | U6
301 | 2022 | kept    | 01/06/2019 | 01/06/2021 | S   | E12 | E1 | N1  | A5
301 | 2024 | kept    | 01/06/2023 |            | S   |     | C2 | N1  | U6
302 | 2024 | away    | 01/06/2020 |            | S   |     | C2 | N2  | U6
301 | 2024 | no longer in a header | 01/06/2020 | | S |   | C2 | N1  | U6
"""
LINKS = """
la  | child   | pupil | method
----+---------+-------+-------
301 | here    | P1    | exact
301 | away    | P2    | exact
301 | adopted | P5    | exact
301 | kept    | P7    | exact
302 | away    | P8    | exact
"""
PUPILS = """
pupil | year | sex    | ethnicity     | ethnic_group | year_group | sen  | primary_need        | school_la | attainment_8 | at_ks4
------+------+--------+---------------+--------------+------------+------+---------------------+-----------+--------------+-------
P1    | 2023 | male   | White British | White        | 10         | none |                     | 301       |              | no
P1    | 2024 | female | White Irish   | White        | 11         | none |                     | 301       |         40.5 | yes
P2    | 2024 | female | Indian        | Asian        | 10         | EHCP | Physical disability | 999       |              | no
P5    | 2024 | female |               |              | 3          |      |                     | 301       |              | no
P7    | 2024 | female |               |              | 3          |      |                     | 301       |              | no
P8    | 2024 | female |               |              | 5          |      |                     | 301       |              | no
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A draft with the drawn tables and the children table made from them."""
    with Store(tmp_path_factory.mktemp("children") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        store.add(tables.header, HEADER)
        store.add(tables.episodes, EPISODES)
        store.add(tables.links, LINKS)
        store.add(tables.pupils, PUPILS)
        store.add(tables.uasc, "la | year | child | duc\n301 | 2024 | here | 31/03/2023\n301 | 2024 | away | 01/04/2023")
        store.add(
            tables.oc2,
            """
            la  | year | child | sdq_score | sdq_reason
            ----+------+-------+-----------+-----------
            301 | 2024 | here  | 13        |
            301 | 2023 | away  | 14        |
            301 | 2024 | away  |           | SDQ2
            302 | 2024 | away  | 17        |
            301 | 2024 | kept  | 41        |
            301 | 2024 | adopted | 16      |
            """,
        )
        store.add(
            tables.sw_episodes,
            """
            la  | year | child | sw_id | sw_decom   | sw_dec
            ----+------+-------+-------+------------+-----------
            301 | 2024 | here  | SW1   | 01/01/2022 | 01/06/2023
            301 | 2024 | here  | SW2   | 01/06/2023 | 01/09/2023
            301 | 2024 | here  | SW1   | 01/09/2023 |
            301 | 2024 | here  | SW9   | 01/01/2020 | 31/03/2023
            """,
        )
        cohort(draft)
        yield draft


@pytest.fixture(scope="module")
def rows(built):
    """The rows of the children table, by authority, child and year."""
    found = built.engine.rows(tables.children.ibis())
    keys = {(row["la"], row["child"], row["year"]) for row in found}
    assert len(keys) == len(found)
    return {(row["la"], row["child"], row["year"]): row for row in found}


def test_the_columns_are_those_of_the_contract_and_every_word_is_among_its_values(rows):
    assert all(tuple(row) == tables.children.names for row in rows.values())
    for column in tables.children.columns:
        if column.values:
            assert {row[column.name] for row in rows.values()} <= {*column.values, None}, column.name


def test_a_row_is_a_child_of_a_return_with_an_episode_in_the_year(rows):
    assert set(rows) == {
        ("301", "adopted", 2021),
        ("301", "adopted", 2022),
        ("301", "adopted", 2024),
        ("301", "alone", 2024),
        ("301", "away", 2024),
        ("301", "here", 2024),
        ("301", "kept", 2022),
        ("301", "kept", 2024),
        ("301", "no longer in a header", 2024),
        ("301", "respite", 2024),
        ("302", "away", 2024),
    }


def test_a_child_with_short_breaks_only_is_listed_and_not_in_care(rows):
    row = rows["301", "respite", 2024]
    assert (row["in_year"], row["at_31_march"], row["looked_after_12_months"]) == (False, False, False)
    assert (row["period_start"], row["placement_type"], row["length_of_care"]) == (None, None, None)


def test_a_child_educated_elsewhere_is_in_the_figures_of_the_responsible_authority_once(rows):
    named = [row for row in rows.values() if row["pupil"] == "P2"]
    assert [(row["la"], row["school_la"], row["linked"], row["sen"]) for row in named] == [("301", "999", True, "EHCP")]
    # The other authority's child of the same identifier is another child.
    assert rows["302", "away", 2024]["pupil"] == "P8"


def test_sex_and_ethnicity_are_the_returns_and_the_census_fills_what_it_does_not_know(rows):
    assert (rows["301", "here", 2024]["sex"], rows["301", "here", 2024]["ethnicity"]) == ("male", "White British")
    assert (rows["301", "away", 2024]["ethnicity"], rows["301", "away", 2024]["ethnic_group"]) == ("Indian", "Asian")
    assert (rows["301", "alone", 2024]["sex"], rows["301", "alone", 2024]["ethnic_group"]) == (None, "not known")
    assert rows["301", "no longer in a header", 2024]["sex"] == "female"


def test_age_is_that_of_31_august_before_the_school_year(rows):
    assert (rows["301", "here", 2024]["age"], rows["301", "away", 2024]["age"]) == (15, 14)


def test_care_began_before_or_during_the_key_stage_by_1_september_of_its_first_year(rows):
    # Year 11 in 2023/24: key stage 4 began on 1 September 2022. Year 10 in 2023/24: on 1 September 2023.
    assert rows["301", "here", 2024]["entered"] == "during"
    assert rows["301", "away", 2024]["entered"] == "before"
    # No pupil: 8 on 31 August 2023 is year 4, so key stage 2 began on 1 September 2022.
    assert rows["301", "alone", 2024]["entered"] == "during"


def test_outcomes_are_those_of_the_linked_pupil_in_the_year(rows):
    assert rows["301", "here", 2024]["attainment_8"] == decimal.Decimal("40.5")
    assert rows["301", "alone", 2024]["linked"] is False


def test_unaccompanied_is_who_has_the_status_on_a_day_of_the_year_or_the_flag(rows):
    told = {child: rows["301", child, 2024]["unaccompanied"] for child in ("here", "away", "alone", "kept")}
    assert told == {"here": False, "away": True, "alone": True, "kept": False}


def test_disability_is_a_category_of_need_or_a_primary_need(rows):
    assert rows["301", "away", 2024]["disability"] is True
    assert rows["302", "away", 2024]["disability"] is True
    assert rows["301", "here", 2024]["disability"] is False


def test_scores_have_bands_and_a_year_and_what_is_no_score_is_none(rows):
    told = [
        tuple(rows[la, child, 2024][column] for column in ("sdq_score", "sdq_band", "sdq_reason", "sdq_year"))
        for la, child in (("301", "here"), ("301", "away"), ("302", "away"), ("301", "kept"), ("301", "adopted"))
    ]
    assert told == [
        (13, "normal", None, 2024),
        (None, None, "carer refused", 2023),
        (17, "concern", None, 2024),
        (None, None, None, None),
        (16, "borderline", None, 2024),
    ]


def test_a_social_worker_who_comes_back_counts_once_and_one_who_left_before_the_year_not(rows):
    assert rows["301", "here", 2024]["social_workers_in_year"] == 2
    assert rows["301", "away", 2024]["social_workers_in_year"] is None
    assert rows["301", "kept", 2022]["social_workers_in_year"] is None


def test_an_adoption_seals_the_link_from_its_care_year_on_whatever_number_the_child_bears(rows):
    assert {year: rows["301", "adopted", year]["pupil"] for year in (2021, 2022, 2024)} == {2021: "P5", 2022: None, 2024: None}
    assert {year: rows["301", "kept", year]["pupil"] for year in (2022, 2024)} == {2022: None, 2024: None}
    for child in ("adopted", "kept"):
        assert rows["301", child, 2022]["token"] != rows["301", child, 2024]["token"]
    assert rows["301", "adopted", 2021]["token"] == rows["301", "adopted", 2022]["token"]


def test_tokens_are_different_for_different_children(rows):
    lives = {(*key[:2], key[2] == 2024) for key in rows}
    assert len({row["token"] for row in rows.values()}) == len(lives)


def test_making_it_again_gives_the_same_bytes(built):
    before = built.tables["children"]
    cohort(built)
    assert built.tables["children"] == before

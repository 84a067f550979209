import pytest
from conftest import DrawnStore
from drawn_cohorts import unoptimised

from virtualschool import measures, tables
from virtualschool.cohort import cohort
from virtualschool.store import Store

OC3 = """
la  | year | child      | in_touch | activ | accom
----+------+------------+----------+-------+------
301 | 2024 | at work    | YES      | F5    | U1
301 | 2024 | apprentice | YES      | P4    | Z1
301 | 2024 | student    | YES      | F1    | D2
301 | 2024 | ill        | YES      | G4    | B1
301 | 2024 | refuses    | REFU     | 0     | 0
301 | 2024 | lost       | NO       | F2    | R2
301 | 2024 | abroad     | YES      | F5    | G1
301 | 2024 | dead       | DIED     | 0     | 0
301 | 2024 | home       | RHOM     | 0     | 0
301 | 2024 | taken over | YES      | F2    | U1
301 | 2024 | breaks     | YES      | F2    | B1
301 | 2024 | empty row  |          |       |
301 | 2024 | eighteen   | YES      | F2    | Z1
301 | 2024 | 22         | YES      | F5    | U1
301 | 2024 | came alone | YES      | F5    | U1
"""
BIRTHS = {
    "at work": "31/03/2005",
    "apprentice": "01/04/2002",
    "eighteen": "01/04/2005",
    "22": "31/03/2002",
    "still in care": "01/01/2010",
    "empty row": "01/01/2004",
}
EPISODES = """
la  | year | child         | decom      | dec        | rne | rec | ls | place
----+------+---------------+------------+------------+-----+-----+----+------
301 | 2023 | taken over    | 01/06/2019 | 01/06/2022 | S   | E3  | C2 | U6
301 | 2023 | breaks        | 01/06/2019 | 01/06/2022 | S   | E4A | V3 | U6
301 | 2023 | at work       | 01/06/2015 | 01/06/2022 | S   | X1  | C2 | U6
301 | 2023 | at work       | 01/06/2022 | 31/03/2023 | L   | E17 | V2 | U6
301 | 2024 | eighteen      | 01/06/2015 | 01/04/2023 | S   | E17 | C2 | U6
301 | 2024 | still in care | 01/06/2015 |            | S   |     | C2 | U6
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("leavers") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        store.add(tables.oc3, OC3)
        store.add(tables.episodes, EPISODES)
        children = [line.split("|")[2].strip() for line in OC3.strip().splitlines()[2:]]
        header = [f"301 | 2024 | {child} | {BIRTHS.get(child, '01/01/2004')} | F" for child in [*children, "still in care"]]
        store.add(tables.header, "\n".join(["la | year | child | dob | sex", *header]))
        store.add(tables.uasc, "la | year | child | duc\n301 | 2021 | came alone | 01/01/2022")
        with unoptimised(store):
            cohort(draft)
            measures.facts(draft)
        yield draft


@pytest.fixture(scope="module")
def rows(built):
    return {row["child"]: row for row in built.engine.rows("SELECT * FROM children WHERE year = 2024")}


def counted(built, name: str) -> tuple[set[str], set[str]]:
    """Who reaches a measure, and who else counts in it."""
    query = f'SELECT child, "{name}__n" AS n FROM facts WHERE care_leaver AND year = 2024 AND "{name}__d" IS NOT NULL'
    found = {row["child"]: row["n"] for row in built.engine.rows(query)}
    return {child for child, n in found.items() if n}, {child for child, n in found.items() if not n}


def test_a_care_leaver_has_a_row_and_is_not_looked_after(rows):
    assert {rows["student"][flag] for flag in ("in_year", "at_31_march", "looked_after_12_months")} == {False}
    assert rows["student"]["care_leaver"] is True
    assert rows["still in care"]["care_leaver"] is False
    assert "empty row" not in rows


def test_who_left_care_in_the_year_is_in_one_row_as_child_and_leaver(rows):
    assert (rows["eighteen"]["in_year"], rows["eighteen"]["care_leaver"]) == (True, True)


def test_the_dead_those_at_home_those_taken_over_and_short_breaks_are_left_out(rows):
    left_out = {child for child, row in rows.items() if row["care_leaver"] is False}
    assert left_out == {"dead", "home", "taken over", "breaks", "still in care"}


def test_a_leaver_keeps_having_come_alone_and_a_token(rows):
    assert rows["came alone"]["unaccompanied"] is True
    assert rows["student"]["unaccompanied"] is False
    assert rows["student"]["token"]


def test_ages_are_those_of_the_birthday_in_the_year(built, rows):
    assert {child: rows[child]["age_on_31_march"] for child in BIRTHS if child in rows} == {
        "at work": 19,
        "apprentice": 21,
        "eighteen": 18,
        "22": 22,
        "still in care": 14,
    }
    assert counted(built, "leavers_17_18_eet") == ({"eighteen"}, set())
    assert rows["22"]["age_band"] == "16 and over" and rows["still in care"]["age_band"] == "10 to 15"


OF_19_TO_21 = {"at work", "apprentice", "student", "ill", "refuses", "lost", "abroad", "came alone"}


def test_those_of_whom_nothing_is_known_stay_in_the_number(built):
    occupied = {"at work", "apprentice", "student", "lost", "abroad", "came alone"}
    assert counted(built, "leavers_eet") == (occupied, OF_19_TO_21 - occupied)
    assert counted(built, "leavers_neet") == ({"ill"}, OF_19_TO_21 - {"ill"})
    assert counted(built, "leavers_activity_not_known") == ({"refuses"}, OF_19_TO_21 - {"refuses"})
    assert counted(built, "leavers_apprenticeship") == ({"apprentice"}, OF_19_TO_21 - {"apprentice"})
    assert counted(built, "leavers_higher_education") == ({"student"}, OF_19_TO_21 - {"student"})


def test_contact_is_one_of_four_answers(built):
    assert counted(built, "leavers_in_touch")[1] == {"refuses", "lost"}
    assert counted(built, "leavers_not_in_touch") == ({"lost"}, OF_19_TO_21 - {"lost"})


def test_suitability_leaves_out_those_abroad_or_of_no_known_residence(built):
    housed = OF_19_TO_21 - {"abroad", "lost"}
    assert counted(built, "leavers_suitable") == (housed - {"student", "refuses"}, {"student", "refuses"})
    assert counted(built, "leavers_unsuitable") == ({"student"}, housed - {"student"})
    assert counted(built, "leavers_suitability_not_known") == ({"refuses"}, housed - {"refuses"})
    assert counted(built, "leavers_accommodation_not_known")[0] == {"refuses", "lost"}

import pytest
from conftest import DrawnStore

from virtualschool import codes, tables
from virtualschool.cohort import periods, placements
from virtualschool.link.workings import lay_by
from virtualschool.store import Store

EPISODES = """
la  | child             | year | decom      | dec        | rne | rec | ls | place | pl_post | cin | place_provider
----+-------------------+------+------------+------------+-----+-----+----+-------+---------+-----+---------------
301 | legal change      | 2024 | 01/05/2021 | 01/06/2023 | S   | X1  | C1 | U6    | A1      | N1  | PR1
301 | legal change      | 2024 | 01/06/2023 |            | L   |     | C2 | U6    | A1      | N1  | PR1
301 | same carer        | 2024 | 01/05/2021 | 01/06/2023 | S   | X1  | C2 | U6    | A1      | N1  | PR1
301 | same carer        | 2024 | 01/06/2023 | 01/09/2023 | T   | X1  | C2 | U4    | A1      | N1  | PR1
301 | same carer        | 2024 | 01/09/2023 |            | U   |     | E1 | U5    | A1      | N1  | PR1
301 | adopted by carer  | 2024 | 01/05/2021 | 01/06/2023 | S   | X1  | E1 | U6    | A1      | N1  | PR1
301 | adopted by carer  | 2024 | 01/06/2023 |            | P   |     | E1 | A5    | A1      | N1  | PR1
301 | hospital and back | 2024 | 01/05/2021 | 01/06/2023 | S   | X1  | C2 | U6    | A1      | N1  | PR1
301 | hospital and back | 2024 | 01/06/2023 | 05/06/2023 | P   | X1  | C2 | T1    | H1      | N1  |
301 | hospital and back | 2024 | 05/06/2023 |            | P   |     | C2 | U6    | A1      | N1  | PR1
301 | hospital and away | 2024 | 01/05/2021 | 01/06/2023 | S   | X1  | C2 | U6    | A1      | N1  | PR1
301 | hospital and away | 2024 | 01/06/2023 | 05/06/2023 | P   | X1  | C2 | T1    | H1      | N1  |
301 | hospital and away | 2024 | 05/06/2023 |            | P   |     | C2 | U6    | B2      | N1  | PR1
301 | moved on 1 April  | 2024 | 01/05/2021 | 01/04/2023 | S   | X1  | C2 | U6    | A1      | N1  | PR1
301 | moved on 1 April  | 2024 | 01/04/2023 |            | P   |     | C2 | K2    | B2      | N1  | PR4
301 | moved on 31 March | 2023 | 01/05/2021 | 31/03/2023 | S   | X1  | C2 | U6    | A1      | N1  | PR1
301 | moved on 31 March | 2023 | 31/03/2023 |            | P   |     | C2 | K2    | B2      | N1  | PR4
301 | moved on 31 March | 2024 | 31/03/2023 |            | P   |     | C2 | K2    | B2      | N1  | PR4
301 | three             | 2024 | 01/05/2021 | 01/06/2023 | S   | X1  | C2 | U6    | A1      | N1  | PR1
301 | three             | 2024 | 01/06/2023 | 01/07/2023 | P   | X1  | C2 | U6    | B2      | N1  | PR4
301 | three             | 2024 | 01/07/2023 |            | B   |     | V2 | K2    | C3      | N2  | PR5
301 | came back         | 2024 | 01/05/2021 | 01/06/2023 | S   | E4A | C2 | U6    | A1      | N1  | PR1
301 | came back         | 2024 | 01/09/2023 |            | S   |     | C2 | U6    | A1      | N4  | PR1
301 | on holiday        | 2024 | 01/05/2021 | 20/03/2024 | S   | X1  | C2 | U1    | A1      | N1  | PR1
301 | on holiday        | 2024 | 20/03/2024 |            | P   |     | C2 | T2    | H1      | N1  |
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """The placement fields of the year to 31 March 2024, and the latest episode's, by child."""
    with Store(tmp_path_factory.mktemp("placements") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        DrawnStore(draft).add(tables.episodes, EPISODES)
        known = lay_by(draft, "known", periods.episodes_known())
        years = lay_by(draft, "years", periods.child_years(known))
        care = lay_by(draft, "care", periods.care(known))
        fields = placements.placement_fields(years, periods.period_fields(years, care), placements.placements(care))
        latest = placements.latest(years, care)
        joined = fields.inner_join(latest, ["la", "child", "year"])
        return {row["child"]: row for row in draft.engine.rows(joined) if row["year"] == 2024}


@pytest.mark.parametrize(
    ("child", "in_year", "in_period"),
    [
        ("legal change", 1, 1),
        ("same carer", 1, 1),
        ("adopted by carer", 1, 1),
        ("hospital and back", 1, 1),
        ("hospital and away", 2, 2),
        ("moved on 1 April", 2, 2),
        ("moved on 31 March", 1, 2),
        ("three", 3, 3),
        ("came back", 2, 1),
        ("on holiday", 1, 1),
    ],
)
def test_placements_are_counted_by_carer(rows, child, in_year, in_period):
    row = rows[child]
    assert (row["placements_in_year"], row["placements_in_period"], row["placement_changed"]) == (in_year, in_period, in_year > 1)


def test_the_latest_episode_says_status_need_and_place_in_words(rows):
    row = rows["three"]
    assert (row["placement_type"], row["placement_provider"]) == ("children's home", "voluntary")
    assert (row["legal_status"], row["category_of_need"], row["disability_need"]) == ("section 20", "child's disability", True)


def test_a_temporary_stay_leaves_the_placement_type_as_it_was(rows):
    assert rows["on holiday"]["placement_type"] == "kinship foster"


def test_every_placement_code_has_one_of_the_words_of_the_children_table():
    words = {row["words"] for row in codes.load("ssda903") if row["codeset"] == "PLACE"}
    assert words == set(tables.children["placement_type"].values)

import datetime

import pytest

from virtualschool import link, tables
from virtualschool.link import keys

pytestmark = pytest.mark.every_engine

CENSUS = """
year | term   | upn           | former_upn    | dob        | sex | pmr
-----+--------+---------------+---------------+------------+-----+----
2023 | spring | A000000000001 |               | 01/02/2010 | M   |
2024 | spring | A000000000002 |               | 01/02/2010 | M   | P2
2022 | spring | A000000000003 |               | 03/02/2010 | M   | P3
2023 | spring | A000000000003 |               | 03/02/2010 | M   | P3
2024 | spring | A000000000003 |               | 03/02/2010 | M   | P4
2022 | spring | C00000000001A |               | 01/03/2010 | M   |
2023 | spring | C000000000002 | C00000000001A | 01/03/2010 | M   |
2024 | spring | C000000000003 | C000000000002 | 01/03/2010 | M   |
2022 | spring | D000000000001 |               | 01/04/2010 | M   |
2023 | spring | D000000000002 | D000000000001 | 09/04/2011 | M   |
2022 | spring | E000000000001 |               | 01/05/2010 | F   |
2023 | spring | E000000000002 | E000000000001 | 01/05/2010 | M   |
2023 | spring | F000000000001 |               | 01/06/2010 | M   |
2023 | spring | F000000000002 | F000000000001 | 01/06/2010 | M   |
2023 | spring | G000000000001 |               |            |     |
2023 | autumn | G000000000002 | G000000000001 | 01/07/2010 | M   |
2023 | spring | H000000000002 | H000000000001 | 01/08/2010 | M   |
2023 | spring | H000000000003 | H000000000001 | 09/08/2011 | M   |
2021 | spring | J000000000001 |               | 01/09/2010 | M   |
2023 | spring | J000000000002 | J000000000001 | 01/09/2010 | M   |
2022 | spring | K000000000001 |               | 01/10/2010 | M   |
2023 | spring | K000000000002 | K000000000001 | 01/10/2010 | M   | P9
2023 | spring | L000000000002 |               | 01/11/2010 | M   |
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory, drawn):
    """What one drawn census makes of identifiers: identifier and kind to pupil and note."""
    with drawn(tmp_path_factory.mktemp("keys") / "store") as store:
        store.add(tables.census, CENSUS)
        store.add(tables.ks4, "year | upn | pmr\n2024 | A000000000001 | P1\n2024 | UN2 | P7")
        store.add(
            tables.header,
            "la | year | child | dob | upn\n301 | 2022 | A | 01/09/2010 | J000000000001\n301 | 2022 | B | 03/02/2010 | A000000000003",
        )
        store.add(tables.episodes, "la | year | child | decom | dec | rec\n301 | 2022 | A | 01/04/2020 | 05/05/2021 | E12")
        link.gather(store.draft)
        return {(row["identifier"], row["kind"]): (row["pupil"], row["note"]) for row in store.engine.rows(tables.pupil_keys.ibis())}


def of(found, letter: str) -> dict:
    return {key: pupil for key, (pupil, _note) in found.items() if key[0].startswith(letter)}


def test_an_identifier_means_the_matching_reference_that_any_record_ties_it_to(found):
    assert found["A000000000001", "upn"] == ("P1", None)
    assert ("A000000000002", "upn") not in found, "every record of it has the reference, and no return asks"


def test_a_matching_reference_means_itself_and_needs_no_row_nor_does_a_upn_without_one(found):
    assert of(found, "P") == of(found, "U") == of(found, "L") == {}


def test_of_two_matching_references_the_one_on_most_records_is_taken_and_the_choice_noted(found):
    assert found["A000000000003", "upn"] == ("P3", "several PMRs bear it: the one on most records")


def test_chains_of_former_upns_lead_to_the_present_one(found):
    assert of(found, "C") == {
        ("C00000000001A", "upn"): "C000000000003",
        ("C00000000001A", "former_upn"): "C000000000003",
        ("C000000000002", "upn"): "C000000000003",
        ("C000000000002", "former_upn"): "C000000000003",
    }


def test_a_chain_with_a_matching_reference_leads_to_it(found):
    assert of(found, "K") == {
        ("K000000000001", "upn"): "P9",
        ("K000000000001", "former_upn"): "P9",
        ("K000000000002", "upn"): "P9",
    }


@pytest.mark.parametrize(
    ("letter", "why"),
    [("D", "another birth date"), ("E", "another sex"), ("F", "both on roll at once"), ("G", "still borne, nothing to compare")],
)
def test_a_former_upn_that_is_another_pupils_own_is_no_bridge(found, letter, why):
    assert of(found, letter) == {}, why


def test_a_former_upn_that_two_pupils_claim_is_no_bridge(found):
    assert of(found, "H") == {}


def test_the_upn_of_an_adopted_child_is_no_bridge(found):
    assert of(found, "J") == {}


def test_two_upns_that_name_each_other_as_former_are_one_pupil():
    born = datetime.date(2010, 2, 1)
    bearers = [{"upn": upn, "pmr": None, "dob": born, "sex": "M", "year": year, "records": 1} for upn, year in (("A1", 2023), ("B2", 2024))]
    claims = [{"former_upn": "A1", "upn": "B2", "first_year": 2023}, {"former_upn": "B2", "upn": "A1", "first_year": 2023}]
    made = keys.former_numbers(claims, bearers, set(), set())
    assert {(row["identifier"], row["pupil"]) for row in made} == {("A1", "B2"), ("B2", "B2")}


@pytest.mark.parametrize(
    "upn", ["H801200001001", "X00180001701A", "T213456718001", "W938400119023", "K380930001701", "G213100119001", "U80120000100A"]
)
def test_the_check_letter_of_a_true_upn_is_its_first(upn):
    assert keys.check_letter(upn) == upn[0]


def test_a_wrong_check_letter_and_a_wrong_shape_are_told():
    assert keys.check_letter("A801200001001") == "H"
    assert keys.check_letter("H80120000100") is None
    assert keys.check_letter("H8012000010I1") is None

import pytest

from virtualschool import tables
from virtualschool.errors import Unreadable
from virtualschool.link import quality


@pytest.fixture
def linked(store, tmp_path):
    store.add(
        tables.header,
        """
        la  | year | child | sex | dob
        ----+------+-------+-----+-----------
        301 | 2023 | A     | 1   | 01/09/2009
        301 | 2024 | A     | 1   | 01/09/2009
        301 | 2024 | B     | F   | 31/08/2014
        302 | 2024 | C     | F   | 01/01/2006
        302 | 2023 | D     | F   | 01/01/2012
        """,
    )
    store.add(
        tables.children,
        "la | child | year | placement_type | out_of_authority\n301 | A | 2024 | foster | yes\n301 | B | 2024 | foster | no",
    )
    store.add(tables.links, "la | child | pupil | method\n301 | A | P1 | exact\n301 | B | P2 | exact\n302 | D | P4 | exact")
    store.add(tables.unlinked, "la | child | reason\n302 | C | UN2")
    store.add(tables.pupil_keys, "identifier | kind | pupil\nP1 | pmr | P1\nU4 | upn | P4\nP9 | pmr | P9")
    truth = tmp_path / "links.csv"
    truth.write_text("la,child,pupil\n301,A,P1\n301,B,P9\n302,C,P3\n302,D,U4\n302,E,P5\n")
    return store, truth


def test_links_are_judged_by_the_truth_about_the_children_of_the_headers(linked):
    store, truth = linked
    found = quality.links(store.engine, truth)
    groups = found.pop("by_group")
    assert found == {
        "children": 4,
        "linked": 3,
        "by_method": {"exact": 3},
        "by_reason": {"UN2": 1},
        "precision": 2 / 3,
        "recall": 2 / 4,
    }
    assert [row for row in groups if row["group"] in ("age_band", "placement_type")] == [
        {"group": "age_band", "value": "10 to 15", "children": 2, "linked": 2},
        {"group": "age_band", "value": "16 and over", "children": 1, "linked": 0},
        {"group": "age_band", "value": "5 to 9", "children": 1, "linked": 1},
        {"group": "placement_type", "value": "foster", "children": 2, "linked": 2},
        {"group": "placement_type", "value": "not known", "children": 2, "linked": 1},
    ]


def test_a_year_takes_the_children_of_its_headers_only_and_no_truth_gives_no_judgement(linked):
    store, _truth = linked
    found = quality.links(store.engine, None, 2023)
    assert (found["children"], found["linked"], found["precision"], found["recall"]) == (2, 2, None, None)


def test_a_truth_of_another_kind_is_refused_with_a_message(linked, tmp_path):
    store, _truth = linked
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("name\nx\n")
    with pytest.raises(Unreadable) as told:
        quality.links(store.engine, wrong)
    assert str(told.value) == (
        f"Truth {wrong}: it cannot be read as a list of which child is which pupil. Give a CSV with columns la, child, pupil."
    )

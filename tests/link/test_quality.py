import pytest

from virtualschool import tables
from virtualschool.errors import WrongUse
from virtualschool.link import quality

pytestmark = pytest.mark.slow


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
    store.add(
        tables.links,
        """
        la  | child | pupil | method | rule   | agreed                  | probability
        301 | A     | P1    | exact  | U1     | UPN, birth date and sex |
        301 | B     | P2    | likely | likely | birth date and postcode | 0.97
        302 | D     | P4    | exact  | U1     | UPN, birth date and sex | 0.9999
        """,
    )
    store.add(tables.unlinked, "la | child | reason\n302 | C | UN2")
    store.add(
        tables.link_evidence,
        """
        la  | child | pupil | standing | rank | probability | birth           | arrival
        301 | B     | P2    | linked   |    1 |        0.97 | same            | not known
        301 | B     | P9    | rival    |    2 |        0.02 | same            |
        302 | C     | P3    | review   |    1 |        0.40 | nearly the same | not seen before the child arrived
        302 | D     | P4    | linked   |    1 |      0.9999 | same            | not known
        """,
    )
    store.add(tables.pupil_keys, "identifier | kind | pupil\nP1 | pmr | P1\nU4 | upn | P4\nP9 | pmr | P9")
    truth = tmp_path / "links.csv"
    truth.write_text("la,child,pupil\n301,A,P1\n301,B,P9\n302,C,P3\n302,D,U4\n302,E,P5\n")
    return store, truth


def test_links_are_judged_by_the_truth_about_the_children_of_the_headers(linked):
    store, truth = linked
    found = quality.links(store.engine, truth)
    said = ("children", "linked", "by_method", "by_reason", "precision", "recall", "f1")
    assert {name: found[name] for name in said} == {
        "children": 4,
        "linked": 3,
        "by_method": {"exact": 2, "likely": 1},
        "by_reason": {"UN2": 1},
        "precision": 2 / 3,
        "recall": 2 / 4,
        "f1": 4 / 7,
    }
    assert [(line["method"], line["right"]) for line in found["quality_by_method"]] == [("exact", 2), ("likely", 0), ("person", 0)]
    # At the lowest floor the child without a link would have one, and it is right.
    assert found["by_threshold"][0]["recall_all"] == 3 / 4
    assert (found["calibration"]["all"]["links"], found["calibration"]["linked"]["links"]) == (2, 1)


def test_each_group_has_its_match_rate_with_an_interval_and_the_reasons_of_those_without_a_link(linked):
    store, _truth = linked
    groups = quality.links(store.engine)["by_group"]
    told = [(row["group"], row["value"], row["children"], row["linked"], row["by_reason"]) for row in groups]
    assert [row for row in told if row[0] in ("la", "age_band", "placement_type")] == [
        ("la", "301", 2, 2, {}),
        ("la", "302", 2, 1, {"UN2": 1}),
        ("age_band", "10 to 15", 2, 2, {}),
        ("age_band", "16 and over", 1, 0, {"UN2": 1}),
        ("age_band", "5 to 9", 1, 1, {}),
        ("placement_type", "foster", 2, 2, {}),
        ("placement_type", "not known", 2, 1, {"UN2": 1}),
    ]
    half = next(row for row in groups if row["value"] == "302")
    assert (half["match_rate"], half["low"], half["high"]) == (1 / 2, pytest.approx(0.0945, abs=1e-4), pytest.approx(0.9055, abs=1e-4))
    assert "precision" not in half
    assert (half["school_age"]["children"], half["school_age"]["match_rate"]) == (1, 1.0)  # C is 18.


def test_care_leavers_and_children_under_five_are_left_out_of_the_rate_of_school_age(linked):
    store, _truth = linked
    found = quality.links(store.engine)["school_age"]
    assert (found["children"], found["linked"]) == (3, 3)


def test_each_group_is_judged_where_there_is_a_truth(linked):
    store, truth = linked
    found = {(row["group"], row["value"]): row for row in quality.links(store.engine, truth)["by_group"]}
    assert (found["la", "301"]["precision"], found["la", "301"]["recall"]) == (1 / 2, 1 / 2)


def test_a_year_takes_the_children_of_its_headers_only_and_no_truth_gives_no_judgement(linked):
    store, _truth = linked
    found = quality.links(store.engine, None, 2023)
    assert (found["children"], found["linked"]) == (2, 2)
    for name in ("precision", "recall", "f1", "quality_by_method", "by_threshold", "calibration"):
        assert found[name] is None


@pytest.mark.parametrize(
    ("birth", "arrival", "links"),
    [
        ("same", "not known", 1),
        ("nearly the same", "", 1),
        ("same month", "not known", 0),
        ("not known", "not known", 0),
        ("same", "seen before the child arrived", 0),
    ],
)
def test_a_floor_makes_no_link_where_birth_dates_differ_or_the_pupil_was_here_before_the_child(linked, birth, arrival, links):
    store, truth = linked
    head = "la | child | pupil | standing | rank | probability | birth | arrival"
    store.add(tables.link_evidence, f"{head}\n302 | C | P3 | review | 1 | 0.9 | {birth} | {arrival}")
    assert quality.links(store.engine, truth)["by_threshold"][0]["links"] == links


def test_rules_and_proposals_are_counted(linked):
    store, _truth = linked
    found = quality.links(store.engine)
    assert [(line["method"], line["rule"], line["children"]) for line in found["by_rule"]] == [("exact", "U1", 2), ("likely", "likely", 1)]
    assert next(line for line in found["by_sureness"] if line["from"] == 0.2)["review"] == 1


def test_a_year_without_a_return_is_refused_with_the_years_there_are(linked):
    store, _truth = linked
    with pytest.raises(WrongUse) as told:
        quality.links(store.engine, None, 2031)
    assert str(told.value) == "Year 2031: the store holds no return of it. It holds returns of 2023 to 2024."


def test_a_store_without_returns_has_no_children_and_says_what_to_build_for_a_year(store):
    assert quality.links(store.engine)["children"] == 0
    with pytest.raises(WrongUse) as told:
        quality.links(store.engine, None, 2024)
    assert str(told.value).endswith("Build it from returns: virtualschool build STORE --from FOLDER")


def test_a_store_from_before_links_were_weighed_is_to_be_built_again(store):
    store.engine.run("CREATE OR REPLACE VIEW links AS SELECT 'V01' AS la, 'A' AS child, 'P1' AS pupil, 'exact' AS method")
    with pytest.raises(WrongUse) as told:
        quality.links(store.engine)
    assert str(told.value) == (
        "Store: an earlier version of the program built it, and links tells less than is asked now. "
        "Build it again: virtualschool build STORE --add FILES"
    )

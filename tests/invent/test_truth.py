from collections import Counter

from tests.invent.conftest import YEARS


def test_every_true_link_joins_a_child_of_a_header_to_a_pupil_of_a_table(rows):
    children = {(row["LA"], row["CHILD"]) for year in YEARS for row in rows.care("header", year)}
    known = set()
    for year in YEARS:
        known |= {row[f"PupilMatchingRefAnonymous_Spr{year % 100}"] for row in rows(f"education/{year}/census_spring.csv")}
        known |= {row["KS4_PupilMatchingRefAnonymous"] for row in rows(f"education/{year}/ks4.csv")}
    links = rows("truth/links.csv")
    assert len(links) > 300
    assert {(row["la"], row["child"]) for row in links} <= children
    assert {row["pupil"] for row in links} <= known
    assert max(Counter((row["la"], row["child"]) for row in links).values()) == 1


def test_pupils_have_numbers_of_their_own(rows):
    for year in YEARS:
        census = rows(f"education/{year}/census_spring.csv")
        assert max(Counter(row[f"PupilMatchingRefAnonymous_Spr{year % 100}"] for row in census).values()) == 1
        assert max(Counter(row[f"UPN_Spr{year % 100}"] for row in census if row[f"UPN_Spr{year % 100}"]).values()) == 1


def test_most_linked_children_have_the_number_of_their_pupil_and_some_do_not(rows):
    upn = {row["PupilMatchingRefAnonymous_Spr25"]: row["UPN_Spr25"] for row in rows("education/2025/census_spring.csv")}
    pupil = {(row["la"], row["child"]): row["pupil"] for row in rows("truth/links.csv")}
    agree = Counter(
        upn[pupil[row["LA"], row["CHILD"]]] == row["UPN"]
        for row in rows.care("header", 2025)
        if pupil.get((row["LA"], row["CHILD"])) in upn
    )
    assert 0.88 < agree[True] / agree.total() < 0.99


def test_birth_dates_disagree_now_and_then(rows):
    born = {row["PupilMatchingRefAnonymous_Spr25"]: row["DOB_Spr25"] for row in rows("education/2025/census_spring.csv")}
    pupil = {(row["la"], row["child"]): row["pupil"] for row in rows("truth/links.csv")}
    agree = [
        born[pupil[row["LA"], row["CHILD"]]] == row["DOB"]
        for row in rows.care("header", 2025)
        if pupil.get((row["LA"], row["CHILD"])) in born
    ]
    assert 0.95 < sum(agree) / len(agree) <= 1


def test_children_under_school_age_have_no_number_yet(rows):
    young = [row for row in rows.care("header", 2025) if int(row["DOB"][-4:]) >= 2022]
    assert young and {row["UPN"] for row in young} <= {"UN1", "UN4"}


def test_effects_are_written_with_their_sizes(rows):
    effects = {row["name"]: row["size"] for row in rows("truth/effects.csv")}
    assert effects["placement change after 11"] == "-0.3333"
    assert effects["special school at 16"] == "-14.0"

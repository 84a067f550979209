"""What a link does not carry: past an order, over a transfer, or out of care into a list of names."""

import datetime

import pytest

from virtualschool import tables
from virtualschool.cohort import cohort

PUPILS = """
pupil | year | sex    | attainment_8 | at_ks4 | sen | school
P1    | 2021 | female |              | no     | EHCP | 100001
P1    | 2022 | female |              | no     | EHCP | 100001
P1    | 2023 | female |           30 | yes    | EHCP | 100001
P1    | 2024 | female |              | no     | EHCP | 100001
"""
TOLD = ("pupil", "linked", "link_method", "attainment_8", "sen", "school", "school_moves")
NOTHING = (None, False, None, None, None, None, None)


def children(store, episodes: str, links: str = "la | child | pupil | method\n301 | A | P1 | exact") -> dict:
    store.add(tables.episodes, episodes)
    store.add(tables.links, links)
    store.add(tables.pupils, PUPILS)
    cohort(store.draft)
    return {(row["la"], row["child"], row["year"]): row for row in store.engine.rows(tables.children.ibis())}


def linked(found: dict) -> dict:
    assert all(tuple(row[name] for name in TOLD) == NOTHING for row in found.values() if row["pupil"] is None)
    return {year: row["pupil"] for (_, _, year), row in found.items()}


ENDED = """
la  | child | year | decom      | dec   | rne | rec   | ls
301 | A     | 2021 | 01/05/2019 |       | S   |       | C2
301 | A     | 2022 | 01/05/2019 |       | S   |       | C2
301 | A     | 2023 | 01/05/2019 | {day} | S   | {rec} | C2
"""
MARCH = """
la  | child | year | decom      | dec        | rne | rec   | ls
301 | A     | 2021 | 01/05/2019 |            | S   |       | C2
301 | A     | 2022 | 01/05/2019 | 31/03/2022 | S   | {rec} | C2
"""


@pytest.mark.parametrize("rec", ["E11", "E12", "E41", "E45"])
def test_an_order_on_31_march_seals_the_year_that_ends_and_on_1_april_the_next(store, rec):
    assert linked(children(store, MARCH.format(rec=rec))) == {2021: "P1", 2022: None}
    assert linked(children(store, ENDED.format(day="01/04/2022", rec=rec))) == {2021: "P1", 2022: "P1", 2023: None}


def test_other_ends_of_care_keep_the_link_of_the_year(store):
    for rec in ("E3", "E4A", "E8", "E17"):
        assert linked(children(store, ENDED.format(day="01/06/2022", rec=rec))) == {2021: "P1", 2022: "P1", 2023: "P1"}


BACK = """
la  | child | year | decom      | dec        | rne | rec   | ls
301 | A     | 2021 | 01/05/2019 |            | S   |       | C2
301 | A     | 2022 | 01/05/2019 | 01/06/2021 | S   | {rec} | C2
301 | A     | 2024 | 01/06/2023 |            | S   |       | {ls}
"""


def test_a_child_who_comes_back_after_guardianship_has_the_link_in_every_year_and_after_an_adoption_in_none(store):
    assert linked(children(store, BACK.format(rec="E45", ls="C2"))) == {2021: "P1", 2022: "P1", 2024: "P1"}
    assert linked(children(store, BACK.format(rec="E45", ls="V4"))) == {2021: "P1", 2022: None, 2024: None}
    assert linked(children(store, BACK.format(rec="E11", ls="C2"))) == {2021: "P1", 2022: None, 2024: None}


def test_a_seal_takes_nobody_out_of_the_group_of_twelve_months_but_for_an_order_on_31_march(store):
    rows = children(store, ENDED.format(day="30/03/2023", rec="E45"))
    assert {year: row["looked_after_12_months"] for (_, _, year), row in rows.items()} == {2021: True, 2022: True, 2023: False}
    rows = children(store, ENDED.format(day="31/03/2023", rec="E45"))
    assert rows["301", "A", 2023]["looked_after_12_months"] and not rows["301", "A", 2023]["linked"]


TRANSFER = """
la  | child | year | decom      | dec        | rne | rec | ls | place | cin
301 | old   | 2022 | 01/05/2015 | 01/09/2018 | S   | E4A | C2 | K2    | N1
301 | old   | 2022 | 01/10/2019 | 01/06/2020 | S   | X1  | C2 | U6    | N1
301 | old   | 2022 | 01/06/2020 | 10/01/2022 | P   | E3  | C2 | K2    | N1
302 | new   | 2022 | 10/01/2022 |            | S   |     | C2 | U4    | N5
302 | new   | 2023 | 10/01/2022 |            | S   |     | C2 | U4    | N5
"""
BOTH = """
la  | child | pupil | method
301 | old   | P1    | exact
302 | new   | P1    | exact
"""
HISTORY = (
    "first_entry",
    "age_at_entry",
    "period_start",
    "periods",
    "episodes",
    "placements_in_period",
    "placements_in_year",
    "period_days",
)


def test_after_a_transfer_the_new_authority_has_nothing_of_the_old_ones_history_through_the_link(store):
    store.add(tables.header, "la | child | year | dob\n301 | old | 2022 | 01/05/2008\n302 | new | 2022 | 01/05/2008")
    store.add(tables.uasc, "la | child | year | duc\n301 | old | 2022 |")
    store.add(tables.oc2, "la | child | year | sdq_score\n301 | old | 2022 | 12\n301 | old | 2021 | 12")
    with_both = children(store, TRANSFER, BOTH)
    row = with_both["302", "new", 2022]
    assert (row["first_entry"], row["period_start"]) == (datetime.date(2022, 1, 10), datetime.date(2022, 1, 10))
    assert (row["periods"], row["episodes"], row["placements_in_period"], row["placements_in_year"]) == (1, 1, 1, 1)
    assert (row["age_at_entry"], row["looked_after_12_months"], row["unaccompanied"], row["sdq_year"]) == (13, False, False, None)
    # The pupil's own school years are there for both.
    assert (row["pupil"], row["sen"], with_both["301", "old", 2022]["pupil"]) == ("P1", "EHCP", "P1")
    alone = "\n".join(line for line in TRANSFER.splitlines() if not line.startswith("301"))
    without = children(store, alone, BOTH)
    history = [name for name in tables.children.names if name not in ("token",)]
    for year in (2022, 2023):
        assert [without["302", "new", year][name] for name in history] == [with_both["302", "new", year][name] for name in history]


def test_the_old_authority_learns_nothing_of_the_years_after_a_transfer(store):
    assert {(la, year) for la, _, year in children(store, TRANSFER, BOTH)} == {("301", 2022), ("302", 2022), ("302", 2023)}


@pytest.mark.parametrize("rec", ["E11", "E45", "E41", "E4A", "E3", "E17"])
def test_a_child_who_left_care_is_in_no_row_after_the_year_of_leaving_whatever_the_pupil_went_on_to_do(store, rec):
    assert max(year for _, _, year in children(store, ENDED.format(day="01/06/2022", rec=rec))) == 2023


def test_no_column_that_people_see_or_filter_by_says_how_or_when_care_ended():
    named = set(tables.children.names)
    assert not named & {"rec", "dec", "until", "adopted", "ended", "left", "reason", "previously_looked_after"}

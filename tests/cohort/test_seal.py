"""What a link does not carry: past an order, over a transfer, or out of care into a list of names."""

import datetime

import pytest
from conftest import DrawnStore

from virtualschool import tables
from virtualschool.cohort import cohort
from virtualschool.store import Store

ORDERS = ("E11", "E12", "E41", "E43", "E45", "E48")
OTHER_ENDS = ("E3", "E4A", "E8", "E17")
PUPILS = """
pupil | year | sex    | attainment_8 | at_ks4 | sen  | school
P1    | 2021 | female |              | no     | EHCP | 100001
P1    | 2022 | female |              | no     | EHCP | 100001
P1    | 2023 | female |           30 | yes    | EHCP | 100001
P1    | 2024 | female |              | no     | EHCP | 100001
"""
HEAD = "la | child | year | decom | dec | rne | rec | ls | place | cin"
TRANSFER = """
301 | old | 2022 | 01/05/2015 | 01/09/2018 | S | E4A | C2 | K2 | N1
301 | old | 2022 | 01/10/2019 | 01/06/2020 | S | X1  | C2 | U6 | N1
301 | old | 2022 | 01/06/2020 | 10/01/2022 | P | E3  | C2 | K2 | N1
302 | new | 2022 | 10/01/2022 |            | S |     | C2 | U4 | N5
302 | new | 2023 | 10/01/2022 |            | S |     | C2 | U4 | N5
"""
TOLD = ("pupil", "linked", "link_method", "attainment_8", "sen", "school", "school_moves")
NOTHING = (None, False, None, None, None, None, None)


def ended(child: str, rec: str, day: str, year: int, came_back: str = "") -> str:
    """A child in care since 2019 who left on a day of a care year, and came back in June 2023 with the legal status of `came_back`."""
    rows = [f"301 | {child} | {before} | 01/05/2019 | | S | | C2 | U4 | N1" for before in range(2021, year)]
    rows.append(f"301 | {child} | {year} | 01/05/2019 | {day} | S | {rec} | C2 | U4 | N1")
    rows += [f"301 | {child} | 2024 | 01/06/2023 | | S | | {came_back} | U4 | N1"] if came_back else []
    return "\n".join(rows)


DRAWN = "\n".join(
    (
        *(ended(f"{rec} in March", rec, "31/03/2022", 2022) for rec in (*ORDERS, *OTHER_ENDS)),
        *(ended(f"{rec} in April", rec, "01/04/2022", 2023) for rec in (*ORDERS, *OTHER_ENDS)),
        ended("the day before the last", "E45", "30/03/2022", 2022),
        *(ended(f"{rec} and back", rec, "01/06/2021", 2022, "C2") for rec in ("E11", "E45", "E41")),
        ended("E45 and short breaks", "E45", "01/06/2021", 2022, "V4"),
        TRANSFER.strip(),
    )
)


def made(folder, episodes: str) -> dict:
    """The rows of `children` by la, child and year; every child is linked to one pupil."""
    with Store(folder).draft(threads=1) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        store.add(tables.episodes, f"{HEAD}\n{episodes}")
        named = sorted({tuple(cell.strip() for cell in line.split("|")[:2]) for line in episodes.splitlines()})
        store.add(tables.links, "la | child | pupil | method\n" + "\n".join(f"{la} | {child} | P1 | exact" for la, child in named))
        store.add(tables.pupils, PUPILS)
        store.add(tables.header, "la | child | year | dob\n301 | old | 2022 | 01/05/2008\n302 | new | 2022 | 01/05/2008")
        store.add(tables.uasc, "la | child | year | duc\n301 | old | 2022 |")
        store.add(tables.oc2, "la | child | year | sdq_score\n301 | old | 2022 | 12\n301 | old | 2021 | 12")
        cohort(draft)
        return {(row["la"], row["child"], row["year"]): row for row in store.engine.rows(tables.children.ibis())}


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    return made(tmp_path_factory.mktemp("seal") / "store", DRAWN)


def linked(rows: dict, child: str) -> dict:
    """The years of a child, each with whether the row has the pupil; one without has nothing of the pupil's at all."""
    mine = {year: row for (_, name, year), row in rows.items() if name == child}
    assert all(tuple(row[name] for name in TOLD) == NOTHING for row in mine.values() if row["pupil"] is None)
    return {year: row["pupil"] == "P1" for year, row in mine.items()}


@pytest.mark.parametrize("rec", ORDERS)
def test_an_order_on_31_march_seals_the_year_that_ends_and_on_1_april_the_next(rows, rec):
    assert linked(rows, f"{rec} in March") == {2021: True, 2022: False}
    assert linked(rows, f"{rec} in April") == {2021: True, 2022: True, 2023: False}


@pytest.mark.parametrize("rec", OTHER_ENDS)
def test_other_ends_of_care_keep_the_link_of_the_year(rows, rec):
    assert linked(rows, f"{rec} in March") == {2021: True, 2022: True}
    assert linked(rows, f"{rec} in April") == {2021: True, 2022: True, 2023: True}


def test_a_child_who_comes_back_after_guardianship_has_the_link_in_every_year_and_after_an_adoption_in_none(rows):
    assert linked(rows, "E45 and back") == linked(rows, "E41 and back") == {2021: True, 2022: True, 2024: True}
    assert linked(rows, "E45 and short breaks") == linked(rows, "E11 and back") == {2021: True, 2022: False, 2024: False}


def test_a_seal_takes_nobody_out_of_the_group_of_twelve_months_but_for_an_order_on_31_march(rows):
    def group(child: str) -> list:
        return [(row["looked_after_12_months"], row["linked"]) for (_, name, year), row in sorted(rows.items()) if name == child]

    assert group("the day before the last") == [(True, True), (False, False)]
    assert group("E45 in March") == [(True, True), (True, False)]


def test_after_a_transfer_the_new_authority_has_nothing_of_the_old_ones_history_through_the_link(rows, tmp_path):
    row, before = rows["302", "new", 2022], rows["301", "old", 2022]
    assert (row["first_entry"], row["period_start"]) == (datetime.date(2022, 1, 10), datetime.date(2022, 1, 10))
    assert (row["periods"], row["episodes"], row["placements_in_period"], row["placements_in_year"]) == (1, 1, 1, 1)
    assert (row["age_at_entry"], row["looked_after_12_months"], row["unaccompanied"], row["sdq_year"]) == (13, False, False, None)
    assert (before["periods"], before["unaccompanied"], before["sdq_year"]) == (2, True, 2022)
    # The pupil's own school years are there for both.
    assert (row["pupil"], row["sen"], before["pupil"]) == ("P1", "EHCP", "P1")
    alone = made(tmp_path / "store", "\n".join(line for line in TRANSFER.strip().splitlines() if line.startswith("302")))
    history = [name for name in tables.children.names if name != "token"]
    for year in (2022, 2023):
        assert [alone["302", "new", year][name] for name in history] == [rows["302", "new", year][name] for name in history]


def test_the_old_authority_learns_nothing_of_the_years_after_a_transfer(rows):
    assert {year for la, child, year in rows if child == "old"} == {2022}


@pytest.mark.parametrize("rec", (*ORDERS, *OTHER_ENDS))
def test_a_child_who_left_care_is_in_no_row_after_the_year_of_leaving_whatever_the_pupil_went_on_to_do(rows, rec):
    assert max(linked(rows, f"{rec} in March")) == 2022
    assert max(linked(rows, f"{rec} in April")) == 2023


def test_no_column_that_people_see_or_filter_by_says_how_or_when_care_ended():
    named = set(tables.children.names)
    assert not named & {"rec", "dec", "until", "adopted", "ended", "left", "reason", "previously_looked_after"}

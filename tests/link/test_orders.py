import datetime

import pytest

from virtualschool import codes, tables
from virtualschool.link import orders

DAY = datetime.date


def ends(store, drawing: str) -> dict:
    store.add(tables.episodes, drawing)
    return {(row["la"], row["child"]): row["until"] for row in store.engine.rows(orders.ends())}


@pytest.mark.parametrize("rec", ["E11", "E12", "E41", "E43", "E44", "E45", "E46", "E47", "E48"])
def test_an_order_ends_a_link_on_its_day(store, rec):
    found = ends(
        store,
        f"""
        la  | child | year | decom      | dec        | rec
        301 | A     | 2021 | 01/05/2019 |            |
        301 | A     | 2022 | 01/05/2019 | 01/06/2021 | {rec}
        """,
    )
    assert found == {("301", "A"): DAY(2021, 6, 1)}


def test_the_orders_are_those_of_the_list_of_reasons(store):
    meant = {row["code"]: row["label"].casefold() for row in codes.load("ssda903") if row["codeset"] == "REC"}
    adoption = {code for code, said in meant.items() if "adopted" in said}
    others = {code for code, said in meant.items() if any(word in said for word in ("special guardianship", "sgo", "arrangements order"))}
    assert adoption == set(orders.ADOPTED)
    assert others == {*orders.GUARDIANSHIP, *orders.ARRANGEMENTS}


@pytest.mark.parametrize("rec", ["X1", "E2", "E3", "E4A", "E4B", "E13", "E5", "E8", "E9", "E16", "E17", ""])
def test_no_other_end_of_care_ends_a_link(store, rec):
    assert ends(store, f"la | child | year | decom | dec | rec\n301 | A | 2022 | 01/05/2019 | 01/06/2021 | {rec}") == {}


RETURNED = """
la  | child | year | decom      | dec        | rec   | ls
301 | A     | 2022 | 01/05/2019 | 01/06/2021 | {rec} | C2
301 | A     | 2022 | {came}     | {went}     |       | {ls}
"""


def test_coming_back_into_care_lifts_guardianship_and_arrangements_and_never_an_adoption(store):
    for rec in ("E45", "E41"):
        assert ends(store, RETURNED.format(rec=rec, came="01/09/2021", went="", ls="C2")) == {}
    assert ends(store, RETURNED.format(rec="E12", came="01/09/2021", went="", ls="C2")) == {("301", "A"): DAY(2021, 6, 1)}


def test_to_come_back_is_to_begin_care_on_the_day_of_the_order_or_later(store):
    sealed = {("301", "A"): DAY(2021, 6, 1)}
    assert ends(store, RETURNED.format(rec="E45", came="01/06/2021", went="", ls="C2")) == {}
    assert ends(store, RETURNED.format(rec="E45", came="31/05/2021", went="", ls="C2")) == sealed
    # A short break is no care, and what ends on the day it began is no episode.
    assert ends(store, RETURNED.format(rec="E45", came="01/09/2021", went="", ls="V4")) == sealed
    assert ends(store, RETURNED.format(rec="E45", came="01/09/2021", went="01/09/2021", ls="C2")) == sealed


def test_coming_back_elsewhere_or_under_another_identifier_lifts_nothing(store):
    found = ends(
        store,
        """
        la  | child | year | decom      | dec        | rec
        301 | A     | 2022 | 01/05/2019 | 01/06/2021 | E45
        302 | A     | 2022 | 01/09/2021 |            |
        301 | B     | 2022 | 01/09/2021 |            |
        """,
    )
    assert found == {("301", "A"): DAY(2021, 6, 1)}


def test_of_two_orders_the_first_that_stands_counts(store):
    found = ends(
        store,
        """
        la  | child | year | decom      | dec        | rec
        301 | A     | 2019 | 01/05/2017 | 01/06/2018 | E45
        301 | A     | 2021 | 01/09/2019 | 01/07/2020 | E41
        301 | B     | 2019 | 01/05/2017 | 01/06/2018 | E11
        301 | B     | 2021 | 01/09/2019 | 01/07/2020 | E41
        301 | C     | 2019 | 01/05/2017 | 01/06/2018 | E45
        301 | C     | 2021 | 01/09/2019 | 01/07/2020 | E12
        """,
    )
    assert found == {("301", "A"): DAY(2020, 7, 1), ("301", "B"): DAY(2018, 6, 1), ("301", "C"): DAY(2020, 7, 1)}


def test_an_order_without_a_day_is_taken_for_the_first_that_it_can_be(store):
    found = ends(
        store,
        """
        la  | child | year | decom      | dec | rec
        301 | A     | 2022 | 01/05/2019 |     | E11
        301 | B     | 2022 | 10/06/2021 |     | E45
        """,
    )
    assert found == {("301", "A"): DAY(2021, 4, 1), ("301", "B"): DAY(2021, 6, 10)}
    adopted = store.engine.rows(orders.adopted())
    assert [(row["child"], row["adopted"]) for row in adopted] == [("A", DAY(2021, 4, 1))]


@pytest.mark.parametrize(
    ("until", "served"),
    [("31/03/2022", {2021}), ("01/04/2022", {2021, 2022}), ("31/12/2021", {2021}), ("01/01/2022", {2021}), (None, {2021, 2022, 2023})],
)
def test_a_link_serves_the_care_years_before_that_of_the_order(store, until, served):
    store.add(tables.links, f"la | child | until\n301 | A | {until or ''}")
    store.add(tables.header, "la | child | year\n301 | A | 2021\n301 | A | 2022\n301 | A | 2023")
    rows = tables.header.ibis().inner_join(tables.links.ibis(), ["la", "child"])
    found = store.engine.rows(rows.filter(orders.serves(rows.year, rows["until"])).select("year"))
    assert {row["year"] for row in found} == served

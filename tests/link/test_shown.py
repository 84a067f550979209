import datetime

import pytest

from virtualschool import tables
from virtualschool.errors import WrongUse
from virtualschool.link import shown


@pytest.fixture
def held(store):
    """A is linked exactly and weighed, B by weight, C waits for a person, D has a link that ended with an adoption and came back
    as somebody else, E is linked exactly and was not weighed, L is a care leaver."""
    store.add(
        tables.header,
        """
        la  | year | child
        ----+------+------
        301 | 2024 | A
        301 | 2024 | B
        301 | 2024 | C
        301 | 2022 | D
        301 | 2024 | D
        301 | 2024 | E
        301 | 2024 | L
        """,
    )
    store.add(
        tables.children,
        """
        la  | year | child | token | pupil
        ----+------+-------+-------+------
        301 | 2024 | A     | aaa   | P1
        301 | 2024 | B     | bbb   | P2
        302 | 2023 | B2    | bbb   |
        301 | 2024 | C     | ccc   |
        301 | 2022 | D     | ddd   | P4
        301 | 2024 | D     | zzz   |
        301 | 2024 | E     | eee   | P5
        """,
    )
    store.add(
        tables.links,
        """
        la  | child | pupil | method | rule   | weight | probability | agreed                     | until
        ----+-------+-------+--------+--------+--------+-------------+----------------------------+-----------
        301 | A     | P1    | exact  | U1     |   12.5 |      0.9999 | UPN, birth date and sex    |
        301 | B     | P2    | likely | likely |    6.0 |        0.98 | birth date, sex, postcode  |
        301 | D     | P4    | exact  | U1     |   12.5 |      0.9999 | UPN, birth date and sex    | 01/09/2022
        301 | E     | P5    | exact  | U4     |        |             | UPN                        |
        """,
    )
    store.add(tables.unlinked, "la | child | reason\n301 | C | several equally likely\n301 | L | over school age\n302 | B2 | UN2")
    store.add(
        tables.link_evidence,
        """
    la  | child | pupil | standing | rank | probability | number  | number_weight | birth | birth_weight | needs            | needs_weight
    ----+-------+-------+----------+------+-------------+---------+---------------+-------+--------------+------------------+-------------
    301 | A     | P1    | linked   |    1 |      0.9999 | same    |            20 | same  |         14.5 | not known        |            0
    301 | B     | P2    | linked   |    1 |        0.98 | differs |            -2 | same  |           30 | not known        |            0
    301 | B     | P8    | rival    |    2 |        0.01 | differs |            -2 | same  |           24 | not known        |            0
    301 | C     | P3    | review   |    1 |        0.45 | differs |            -2 | same  |           24 | disability, plan |            1
    301 | C     | P9    | rival    |    2 |        0.40 | differs |            -2 | same  |           24 | not known        |            0
    301 | D     | P4    | linked   |    1 |      0.9999 | same    |            20 | same  |         14.5 | not known        |            0
        """,
    )
    return store


def test_a_linked_child_is_explained_by_token_with_the_steps_and_no_pupil(held):
    (mine,) = shown.of_child(held.engine, "aaa")
    assert (mine["la"], mine["years"], mine["linked"], mine["method"], mine["rule"]) == ("301", [2024], True, "exact", "U1")
    assert mine["said"] == "The same UPN; birth date the same. More than 99.9% sure; no other pupil fits. Not known: special needs."
    assert [step["name"] for step in mine["steps"]] == ["Start", "UPN", "Birth date", "Sum"]
    assert "P1" not in str(mine)


def test_a_child_whom_two_authorities_had_has_a_part_for_each(held):
    first, second = shown.of_child(held.engine, "bbb")
    assert (first["la"], first["linked"], first["probability"]) == ("301", True, 0.98)
    assert "98.0% sure; the next pupil who fits is 1.0%." in first["said"]
    assert (second["la"], second["linked"], second["reason"]) == ("302", False, "UN2")
    assert second["said"] == "Never at a maintained school in England."


def test_a_child_without_a_link_has_its_reason_and_its_next_step_and_proposals_are_only_counted(held):
    (mine,) = shown.of_child(held.engine, "ccc")
    assert (mine["linked"], mine["reason"], mine["method"], mine["proposals"], mine["steps"]) == (
        False,
        "several equally likely",
        None,
        1,
        [],
    )
    assert mine["next_step"]
    for secret in ("P3", "P9", "disability", "plan"):
        assert secret not in str(mine)


def test_a_link_that_ended_with_an_order_is_not_explained_and_the_identity_after_it_has_none(held):
    (before,) = shown.of_child(held.engine, "ddd")
    assert (before["linked"], before["said"], before["steps"], before["method"]) == (True, shown.ENDED, [], None)
    (after,) = shown.of_child(held.engine, "zzz")
    assert (after["linked"], after["said"], after["reason"], after["steps"], after["proposals"]) == (False, None, None, [], 0)


def test_a_link_that_was_not_weighed_says_what_its_rule_asks(held):
    (mine,) = shown.of_child(held.engine, "eee")
    assert (mine["said"], mine["probability"]) == ("UPN. How sure it is was not weighed.", None)


def test_a_token_that_nobody_has_is_refused_without_repeating_it(held):
    with pytest.raises(WrongUse) as told:
        shown.of_child(held.engine, "qqq")
    assert str(told.value) == (
        "Child: the store has no child of that token. Tokens stand in the list: virtualschool links STORE --format csv"
    )


def test_the_list_has_every_child_once_with_its_link_or_its_reason(held):
    rows = {row["child"]: row for row in shown.listed(held.engine)}
    assert list(rows) == ["A", "B", "C", "D", "E", "L"]
    assert (rows["A"]["pupil"], rows["A"]["token"], rows["A"]["reason"], rows["A"]["next_step"]) == ("P1", "aaa", None, None)
    assert (rows["L"]["pupil"], rows["L"]["token"], rows["L"]["reason"]) == (None, None, "over school age")
    assert rows["L"]["next_step"] == "Nothing, unless older files can be had."
    assert [row["child"] for row in shown.listed(held.engine, 2022)] == ["D"]


def test_the_list_does_not_say_who_a_child_was_whose_link_ended_with_an_order(held):
    mine = next(row for row in shown.listed(held.engine) if row["child"] == "D")
    assert (mine["pupil"], mine["until"], mine["token"]) == (None, datetime.date(2022, 9, 1), "ddd")


def test_an_example_of_each_method_is_a_usual_link_and_nobody_in_particular(held):
    found = {example["method"]: example for example in shown.examples(held.engine)}
    assert set(found) == {"exact", "likely"}
    assert set(found["exact"]) == {"method", "rule", "probability", "said", "steps"}
    assert found["likely"]["probability"] == 0.98
    assert shown.examples(held.engine, 2022) == []

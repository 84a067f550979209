import dataclasses
import datetime

import ibis
import pytest

from virtualschool import tables
from virtualschool.link import dates, exact, link, reasons
from virtualschool.link.cascade import run

pytestmark = pytest.mark.every_engine

CHILDREN = """
la  | year | child     | sex | dob        | upn
----+------+-----------+-----+------------+--------------
301 | 2024 | full      | 1   | 01/02/2010 | A100000000001
301 | 2024 | former    | F   | 05/06/2010 | A200000000002
301 | 2024 | sex       | M   | 07/08/2010 | A300000000003
301 | 2024 | swapped   | M   | 03/09/2010 | A400000000004
301 | 2024 | typed     | M   | 11/11/2010 | A500000000995
301 | 2024 | stranger  | M   | 30/12/2012 | A600000000006
301 | 2024 | other sex | M   | 04/04/2011 | A700000000007
301 | 2024 | alone     | M   | 04/04/2011 | A800000000008
301 | 2024 | nowhere   | M   | 01/09/2005 | A900000000009
301 | 2024 | coded     | M   | 04/04/2011 | un3
301 | 2024 | blank     | M   | 31/08/2019 |
301 | 2024 | young     | M   | 01/09/2019 |
301 | 2024 | old       | M   | 31/08/2005 | A900000000010
301 | 2024 | moved     | M   | 17/05/2012 | B100000000001
302 | 2024 | moved too | M   | 17/05/2012 | B100000000001
301 | 2024 | twice 1   | M   | 18/05/2012 | B200000000002
301 | 2024 | twice 2   | M   | 18/05/2012 | B200000000002
301 | 2024 | in turn 1 | M   | 19/05/2012 | B300000000003
301 | 2024 | in turn 2 | M   | 19/05/2012 | B300000000003
301 | 2024 | better    | M   | 20/05/2012 | B400000000004
301 | 2024 | worse     | F   | 20/05/2012 | B400000000004
301 | 2023 | corrected | M   | 21/05/2012 | B500000000005
301 | 2024 | corrected | M   | 21/05/2012 | UN5
301 | 2022 | adopted   | M   | 22/05/2018 | B600000000006
301 | 2024 | adopted   | M   | 22/05/2018 | B700000000007
301 | 2022 | renumbered | M  | 23/05/2018 | B800000000008
"""
EPISODES = """
la  | year | child     | decom      | dec        | rec
----+------+-----------+------------+------------+----
301 | 2024 | in turn 1 | 01/05/2022 | 10/06/2023 | E4A
301 | 2024 | in turn 2 | 10/06/2023 |            |
301 | 2024 | twice 1   | 01/05/2022 | 11/06/2023 | E4A
301 | 2024 | twice 2   | 10/06/2023 |            |
301 | 2024 | better    | 01/05/2022 |            |
301 | 2024 | worse     | 01/05/2022 |            |
301 | 2022 | adopted   | 01/05/2019 | 01/03/2022 | E11
301 | 2022 | renumbered | 01/05/2019 | 01/03/2022 | E11
301 | 2024 | adopted   | 01/05/2023 |            |
"""
PUPILS = """
year | term   | upn           | former_upn    | dob        | sex | pmr
-----+--------+---------------+---------------+------------+-----+----
2024 | spring | A100000000001 |               | 01/02/2010 | M   | P1
2024 | spring | Z200000000002 | A200000000002 | 05/06/2010 | F   | P2
2024 | spring | A300000000003 |               | 07/08/2010 | F   | P3
2024 | spring | A400000000004 |               | 09/03/2010 | M   | P4
2024 | spring | A500000000005 |               | 11/11/2010 | M   | P5x
2024 | spring | A500000000985 |               | 11/11/2010 | M   | P5
2024 | spring | A600000000006 |               | 01/01/2011 | M   | P6
2024 | spring | A700000000007 |               | 05/04/2011 | F   | P7
2024 | spring | A800000000008 |               |            |     | P8
2024 | spring | B100000000001 |               | 17/05/2012 | M   | Q1
2024 | spring | B200000000002 |               | 18/05/2012 | M   | Q2
2024 | spring | B300000000003 |               | 19/05/2012 | M   | Q3
2024 | spring | B400000000004 |               | 20/05/2012 | M   | Q4
2024 | spring | B500000000005 |               | 21/05/2012 | M   | Q5
2022 | spring | B600000000006 |               | 22/05/2018 | M   | Q6
2023 | spring | B800000000008 |               | 23/05/2018 | M   | Q8
2024 | spring | B700000000007 |               | 22/05/2018 | M   | Q7
"""


@pytest.fixture
def linked(store):
    store.add(tables.header, CHILDREN)
    store.add(tables.episodes, EPISODES)
    store.add(tables.census, PUPILS)
    link(store.draft)
    return store


def test_each_child_is_linked_by_the_first_rule_that_is_clear_or_has_a_reason(linked):
    assert linked.rows(tables.links.ibis(), "child", "pupil", "rule", "method") == [
        ("adopted", "Q6", "U1", "exact"),
        ("alone", "P8", "U3", "exact"),
        ("better", "Q4", "U1", "exact"),
        ("corrected", "Q5", "U1", "exact"),
        ("former", "P2", "U1 former", "exact"),
        ("full", "P1", "U1", "exact"),
        ("in turn 1", "Q3", "U1", "exact"),
        ("in turn 2", "Q3", "U1", "exact"),
        ("moved too", "Q1", "U1", "exact"),
        ("moved", "Q1", "U1", "exact"),
        ("sex", "P3", "U2", "exact"),
        ("swapped", "P4", "U2 nearly", "exact"),
        ("typed", "P5", "weights", "likely"),
    ]
    assert linked.rows(tables.unlinked.ibis(), "child", "reason") == [
        ("blank", "no UPN"),
        ("coded", "UN3"),
        ("nowhere", "UPN not among these pupils"),
        ("old", "over school age"),
        ("other sex", "sex differs and birth date nearly"),
        ("renumbered", "no education file for the school's authority"),
        ("stranger", "birth date differs"),
        ("twice 1", "several equally likely"),
        ("twice 2", "several equally likely"),
        ("worse", "pupil already linked"),
        ("young", "under school age"),
    ]
    listed = {row["reason"] for row in linked.engine.rows(tables.unlinked.ibis())}
    assert listed <= set(reasons.BY_NAME)


ONE, OTHER = (exact.Rule(name, name, lambda pair: pair.exact, method) for name, method in (("one", "exact"), ("other", "likely")))


def pair(child: str, pupil: str, *rules: str, la: str = "301") -> dict:
    return {"la": la, "child": child, "pupil": pupil, "one": "one" in rules, "other": "other" in rules}


def test_a_rule_at_the_end_takes_what_the_others_leave():
    made, left = run((ONE, OTHER), [pair("A", "P", "one", "other"), pair("B", "Q", "other")], [])
    assert [(row["child"], row["pupil"], row["method"]) for row in made] == [("A", "P", "exact"), ("B", "Q", "likely")]
    assert left == []


def test_a_weaker_rule_does_not_choose_where_a_stronger_one_could_not():
    made, left = run((ONE, OTHER), [pair("A", "P", "one"), pair("A", "Q", "one"), pair("A", "R", "other")], [])
    assert made == []
    assert left == [{"la": "301", "child": "A", "reason": "several equally likely"}]


def test_two_authorities_may_hold_one_pupil_and_one_authority_may_not_at_one_time():
    pairs = [pair("A", "P", "one"), pair("B", "P", "one"), pair("A", "P", "one", la="302")]
    clashes = [{"la": "301", "child": a, "other": b, "pupil": "P"} for a, b in (("A", "B"), ("B", "A"))]
    made, left = run((ONE,), pairs, clashes)
    assert [(row["la"], row["child"]) for row in made] == [("302", "A")]
    assert [row["reason"] for row in left] == ["several equally likely"] * 2


def test_without_education_files_every_child_says_so(store):
    store.add(tables.header, "la | year | child | sex | dob | upn\n301 | 2024 | A | 1 | 01/02/2010 | A100000000001")
    link(store.draft)
    assert store.rows(tables.links.ibis(), "child") == []
    assert store.rows(tables.unlinked.ibis(), "child", "reason") == [("A", "no education file held")]


def test_every_reason_has_words_and_a_next_step():
    assert len(reasons.BY_NAME) == len(reasons.REASONS)
    assert all(reason.words.endswith(".") and reason.next_step.endswith(".") for reason in reasons.REASONS)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("2010-02-01", "2010-02-01", False),
        ("2010-02-01", "2010-01-02", True),
        ("2010-02-01", "2010-02-02", True),
        ("2010-02-09", "2010-02-10", True),
        ("2010-02-01", "2010-02-21", True),
        ("2010-02-01", "2010-02-13", False),
        ("2009-02-01", "2010-02-01", True),
        ("2010-02-01", "2000-02-01", True),
        ("2010-02-01", "2011-03-01", False),
        ("2010-12-31", "2011-01-01", False),
    ],
)
def test_birth_dates_are_nearly_the_same_by_one_digit_swap_or_step(store, one, other, near):
    days = [ibis.literal(datetime.date.fromisoformat(day)) for day in (one, other)]
    assert store.engine.rows(ibis.range(1).unnest().name("n").as_table().select(near=dates.nearly(*days))) == [{"near": near}]


def test_rules_are_frozen_and_bear_different_names():
    assert len({rule.name for rule in exact.CASCADE}) == len(exact.CASCADE)
    with pytest.raises(dataclasses.FrozenInstanceError):
        exact.U1.name = "other"
